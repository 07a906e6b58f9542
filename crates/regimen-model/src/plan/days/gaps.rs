//! The least time between two sessions of one kind.

use super::{Freed, Last, OnDay, Week};
use crate::plan::placement::SessionPosition;
use crate::quantity::Duration;

/// A session that comes too soon after one of its kind.
pub(super) struct TooClose {
    /// Its position in the week.
    pub(super) session: usize,
    /// How many days lie between.
    pub(super) gap: i64,
    /// The one before it.
    pub(super) before: OnDay,
}

impl Week<'_> {
    /// The first session that comes too soon after one of its kind. Where only the race, or the weekday on which weeks begin,
    /// brings two together that are far enough from each other in the programme, the rule about the order of sessions says so.
    pub(super) fn too_close(&self, days: &[i64], fixed: &[Option<u8>], last: &Last, freed: Freed) -> Option<TooClose> {
        let counts = |index: &usize| !self.is_freed(*index, freed);
        let mut order: Vec<usize> = (0..days.len()).filter(counts).collect();
        order.sort_by_key(|index| days[*index]);
        let mut last = if freed == Freed::Nothing { &last.all } else { &last.kept }.clone();
        for index in order {
            let session = &self.outline.sessions[index];
            let is_as_planned = fixed[index].is_some();
            let position = SessionPosition { week: self.number, index };
            let before = last.insert(session.session.kind, OnDay { position, day: days[index], is_as_planned });
            if let (Some(before), Some(least)) = (before, &session.planned.min_gap) {
                let (least, gap) = (whole_days(least), days[index] - before.day);
                let is_brought_together =
                    || is_as_planned && before.is_as_planned && self.usual_gap(index, before.position) >= least;
                if gap < least && !is_brought_together() {
                    return Some(TooClose { session: index, gap, before });
                }
            }
        }
        None
    }

    /// How many days lie between two sessions in the programme.
    pub(super) fn usual_gap(&self, index: usize, before: SessionPosition) -> i64 {
        let before =
            self.weeks.get(before.week).and_then(|week| Some(week.usual_day(week.sessions.get(before.index)?)));
        let day = self.outline.usual_day(&self.outline.sessions[index]);
        before.map_or(0, |before| i64::from(day.abs_diff(before)))
    }
}

/// A gap in whole days: 48 h are 2, 36 h are 2 as well.
pub(super) fn whole_days(gap: &Duration) -> i64 {
    let days = gap.seconds().low() / rust_decimal::Decimal::from(86_400);
    days.ceil().try_into().unwrap_or(i64::MAX)
}
