//! Rest days, which need none of the days on which the reader can train.

use super::Week;
use crate::vocabulary::SessionKind;

impl Week<'_> {
    /// Whether a session of the week is a rest.
    pub(super) fn is_rest(&self, index: usize) -> bool {
        self.outline.sessions.get(index).is_some_and(|session| session.session.kind == SessionKind::Rest)
    }

    /// Puts rest days that need none of the reader's days on the nearest day of the week on which nothing else is, the later of two, if
    /// something else is on theirs.
    pub(super) fn put_rests_aside(&self, days: &mut [i64]) {
        for index in (0..days.len()).filter(|index| self.is_rest(*index)) {
            let is_taken =
                |day: i64, days: &[i64]| days.iter().enumerate().any(|(other, on)| other != index && *on == day);
            let meant = days[index];
            let week = self.start()..self.start() + i64::from(self.outline.days);
            let free = week.filter(|day| !is_taken(*day, days));
            let nearest = free.min_by_key(|day| ((day - meant).abs(), day < &meant));
            days[index] = nearest.unwrap_or(meant);
        }
    }
}
