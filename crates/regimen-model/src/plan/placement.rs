//! Where a programme is in the calendar, once its first day is known.

use std::ops::Range;

use jiff::civil::Date;

use super::outline::Outline;

/// Where a programme is in the calendar.
pub(super) struct Placement {
    /// The first day of the first week of the programme, whether the schedule has that week or not.
    pub(super) first: Date,
    /// The race, if the weeks count back from it, and the weeks that do.
    pub(super) race: Option<FromRace>,
    /// The weeks that the schedule has.
    pub(super) kept: Range<usize>,
    /// The days of the programme before which the plan waits, in order, and how many days it does.
    pub(super) pauses: Vec<(i64, i64)>,
}

impl Placement {
    /// A placement by the first day alone.
    pub(super) fn new(first: Date, kept: Range<usize>) -> Self {
        Self { first, race: None, kept, pauses: Vec::new() }
    }

    /// How many days later than its place in the programme a day comes because of pauses.
    pub(super) fn waits(&self, day: i64) -> i64 {
        self.pauses.iter().filter(|(from, _)| *from <= day).map(|(_, days)| days).sum()
    }

    /// The pauses between two of so many days, the first of which is `begins`.
    pub(super) fn waits_within(&self, begins: i64, days: u32) -> &[(i64, i64)] {
        let first = self.pauses.partition_point(|(from, _)| *from <= begins);
        let end = self.pauses.partition_point(|(from, _)| *from < begins + i64::from(days));
        self.pauses.get(first..end).unwrap_or_default()
    }

    /// The date of a day of the programme, if the calendar has it.
    pub(super) fn date(&self, day: i64) -> Option<Date> {
        self.first.checked_add(jiff::Span::new().try_days(day + self.waits(day)).ok()?).ok()
    }

    /// The race whose days a week counts from, if it does: its sessions are as many days before or after it as in the programme.
    pub(super) fn race_of(&self, week: &Outline<'_>) -> Option<&FromRace> {
        self.race.as_ref().filter(|race| week.phase_index >= race.phase)
    }

    /// How many days a week begins later than the weeks before the phase of the race have it, negative for earlier.
    pub(super) fn shift(&self, week: &Outline<'_>) -> i64 {
        self.race_of(week).map_or(0, |race| race.shift)
    }
}

/// A session by its week, counted from 0, and its position in that week.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct SessionPosition {
    pub(super) week: usize,
    pub(super) index: usize,
}

/// The race that holds a plan in place, and the weeks that count from it.
pub(super) struct FromRace {
    pub(super) session: SessionPosition,
    /// Its day, counted from the first day of the programme; a pause never moves it.
    pub(super) day: i64,
    /// The position of its phase. This one and all after it count from the race.
    pub(super) phase: usize,
    /// How many days their weeks begin later than the weeks before them have it, negative for earlier.
    pub(super) shift: i64,
}

/// So many days after a date; `None` where the calendar ends.
pub(super) fn after(first: Date, days: u32) -> Option<Date> {
    first.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}
