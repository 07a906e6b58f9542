//! People who lack a weekday that the programme names: its sessions move to a day of the same week that they have.

use super::{Freed, Laying, Outlined, Week};
use crate::model::Day;
use crate::vocabulary::{SessionKind, Weekday};

/// Which sessions on weekdays may move. Fewer are tried first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Weekdays {
    /// None of them.
    Stay,
    /// Those on weekdays that the reader lacks.
    Lacking,
    /// All of them, so that they stay in their order.
    All,
}

impl Week<'_> {
    /// Whether a session of the week is on a weekday that the reader lacks and may leave it.
    pub(super) fn lacks_weekdays(&self) -> bool {
        let sessions = self.outline.sessions.iter().filter(|session| session.fixed.is_none());
        let mut on_weekdays = sessions.filter_map(|session| match session.day {
            Day::Weekday(day) => Some((session, day)),
            Day::Number(_) => None,
        });
        on_weekdays.any(|(session, day)| self.moves_weekday(session, day, Weekdays::Lacking))
    }

    /// Whether a session on a weekday may leave it. A race never does.
    pub(super) fn moves_weekday(&self, session: &Outlined<'_>, day: Weekday, weekdays: Weekdays) -> bool {
        let Some(reader) = self.setting.reader.filter(|reader| reader.moves_weekdays) else { return false };
        let available = &reader.schedule.available_days;
        let may = session.session.kind != SessionKind::Race && !available.is_empty();
        let is_free = || {
            let date = self.date(self.planned_day(session));
            date.is_some_and(|date| reader.schedule.free.iter().any(|days| days.contains(date)))
        };
        may && match weekdays {
            Weekdays::Stay => false,
            Weekdays::Lacking => !available.contains(&day) && !is_free(),
            Weekdays::All => true,
        }
    }

    /// Whether sessions on days of the week that follow each other still do, where weekdays move.
    pub(super) fn keeps_order(&self, days: &[i64], laying: Laying<'_>) -> bool {
        if laying.weekdays == Weekdays::Stay {
            return true;
        }
        let counts = |index: &usize| {
            let is_aside = laying.freed == Freed::Rests && self.is_rest(*index);
            !is_aside && !self.is_freed(*index, laying.freed)
        };
        let mut order: Vec<usize> = (0..days.len()).filter(counts).collect();
        let usual = |index: usize| self.usual(&self.outline.sessions[index]);
        order.sort_by_key(|index| usual(*index));
        order.windows(2).all(|two| usual(two[0]) == usual(two[1]) || days[two[0]] < days[two[1]])
    }
}
