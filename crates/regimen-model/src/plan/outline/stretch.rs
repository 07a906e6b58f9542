//! The days of a week, or of a turn of a cycle, and which of them a session is on.

use super::Slot;
use crate::model::{Day, PhaseLength, PhaseSession};
use crate::vocabulary::Weekday;

/// Some days of a phase: a week, or a turn of a cycle.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    /// The length of the phase.
    pub(super) length: PhaseLength,
    /// The weekday of the first day of the phase.
    pub(super) first: Weekday,
    /// Whether the programme has sessions on weekdays.
    pub(super) names_weekdays: bool,
    /// Its first day, counted from that of the phase.
    pub(super) begins: u32,
    pub(super) days: u32,
}

/// A day of a session.
pub(super) struct On {
    pub(super) day: Day,
    pub(super) fixed: Option<u32>,
    pub(super) slot: Slot<'static>,
}

impl Stretch {
    /// The days on which a session of the list stands.
    pub(super) fn days_of(&self, planned: &PhaseSession) -> Vec<On> {
        match planned.every {
            None => self.on(planned.day).into_iter().map(|(_, on)| on).collect(),
            Some(every) => self.every(planned.day, u32::from(every).max(1)),
        }
    }

    /// Where a day stands in these days, if it does: how many days after the first, and what is known of it.
    pub(super) fn on(&self, day: Day) -> Option<(u32, On)> {
        let (offset, fixed, slot) = match (day, self.length) {
            (Day::Weekday(weekday), _) => (self.offset(weekday), None, Slot::Week),
            (Day::Number(number), PhaseLength::Weeks(_)) => (u32::from(number).saturating_sub(1), None, Slot::Week),
            (Day::Number(number), PhaseLength::Turns { .. }) => {
                (u32::from(number).saturating_sub(1), Some(u32::from(number).saturating_sub(1)), Slot::Turn)
            }
            (Day::Number(number), PhaseLength::Days(_)) => {
                let offset = (u32::from(number).saturating_sub(1)).checked_sub(self.begins)?;
                (offset, Some(offset), Slot::Day)
            }
        };
        (offset < self.days).then_some((offset, On { day, fixed, slot }))
    }

    /// The day of a column of a grid, whose rows count their days from 1, and how many days after the first it is where the programme
    /// counts days.
    pub(super) fn in_row(&self, day: Day) -> Option<(Day, Option<u32>)> {
        let (Day::Number(column), PhaseLength::Days(_)) = (day, self.length) else {
            return self.on(day).map(|(_, on)| (on.day, on.fixed));
        };
        let offset = Some(u32::from(column).saturating_sub(1)).filter(|offset| *offset < self.days)?;
        Some((number(self.begins + offset), Some(offset)))
    }

    /// Every so many days of the phase, from a day of it on.
    fn every(&self, day: Day, every: u32) -> Vec<On> {
        let start = match day {
            Day::Number(number) => u32::from(number).saturating_sub(1),
            Day::Weekday(weekday) => Stretch { begins: 0, ..*self }.offset(weekday),
        };
        let ends = self.begins + self.days;
        let skipped = self.begins.saturating_sub(start).div_ceil(every);
        let first = start + skipped * every;
        let days = (first..ends).step_by(every as usize);
        days.map(|of_phase| {
            let offset = of_phase - self.begins;
            let shown = match (day, self.length) {
                (Day::Weekday(_), _) => Day::Weekday(self.weekday(offset)),
                // One table has no days of two kinds.
                (Day::Number(_), PhaseLength::Weeks(_)) if self.names_weekdays => Day::Weekday(self.weekday(offset)),
                (Day::Number(_), PhaseLength::Days(_)) => number(of_phase),
                (Day::Number(_), _) => number(offset),
            };
            On { day: shown, fixed: Some(offset), slot: Slot::Day }
        })
        .collect()
    }

    /// Days from the first of these to such a weekday.
    fn offset(&self, weekday: Weekday) -> u32 {
        let begins = self.weekday(0) as u32;
        (weekday as u32 + 7 - begins) % 7
    }

    /// The weekday so many days after the first of these.
    fn weekday(&self, offset: u32) -> Weekday {
        let day = (self.first as u32 + self.begins + offset) % 7;
        Weekday::ALL[day as usize]
    }
}

/// A day so many days after the first.
fn number(offset: u32) -> Day {
    Day::Number(u8::try_from(offset + 1).unwrap_or(u8::MAX))
}
