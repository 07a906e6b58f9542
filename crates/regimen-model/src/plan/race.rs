//! Days that are counted from a race, whatever weekday it is on.
//!
//! The phase that holds the race, and all that follows it, move as a whole, so that every session keeps its distance from the
//! race. The phases before keep their weekdays.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::outline::{Outline, Outlined};
use super::placement::{FromRace, SessionPosition};
use crate::model::{Day, Session};
use crate::reference::Id;
use crate::vocabulary::{SessionKind, Weekday};

/// What is to be on the day of its race.
pub(super) struct Held<'a> {
    pub(super) weeks: &'a [Outline<'a>],
    pub(super) session: SessionPosition,
    /// Whether numbered days move to days on which the reader can train.
    pub(super) may_move: bool,
}

impl Held<'_> {
    /// How many days lie between the first day of the plan and the race, and what counts from the race.
    pub(super) fn days_before(&self, date: Date) -> (i64, FromRace) {
        let SessionPosition { week, index } = self.session;
        let race = &self.weeks[week].sessions[index];
        let phase = self.weeks[week].phase_index;
        let day = i64::from(self.weeks[week].usual_day(race));
        let shift = match race.day {
            Day::Weekday(weekday) if race.fixed.is_none() => self.shift(nearest(weekday, Weekday::of(date))),
            // Numbered days count from the race in all weeks.
            Day::Weekday(_) | Day::Number(_) => 0,
        };
        let is_first = self.weeks.first().is_some_and(|first| first.phase_index == phase);
        let shift = if is_first { 0 } else { shift };
        (day + shift, FromRace { session: self.session, day: day + shift, phase, shift })
    }

    /// Nothing that is meant for before a race may come on its day or after it, be it another one in the weeks that move, and nothing
    /// before the first day of the plan.
    fn shift(&self, nearest: i64) -> i64 {
        let phase = self.weeks[self.session.week].phase_index;
        let days = |week: &Outline<'_>, session: &Outlined<'_>| match session.day {
            Day::Number(_) if self.may_move && session.fixed.is_none() => week.first_day + week.days - 1,
            Day::Number(_) | Day::Weekday(_) => week.usual_day(session),
        };
        let before = self.weeks.iter().filter(|week| week.phase_index < phase);
        let last =
            before.flat_map(|week| week.sessions.iter().map(move |session| i64::from(days(week, session)))).max();
        let first =
            self.weeks.iter().find(|week| week.phase_index == phase).map_or(0, |week| i64::from(week.first_day));
        let moved = self.weeks.iter().filter(|week| week.phase_index >= phase);
        let races = moved.flat_map(|week| {
            let races = week.sessions.iter().filter(|session| session.session.kind == SessionKind::Race);
            races.map(|race| i64::from(week.usual_day(race)))
        });
        let race = races.min().unwrap_or_default();
        let fits = last.is_none_or(|last| last < race + nearest) && first + nearest >= 0;
        if fits { nearest } else { nearest + 7 }
    }
}

/// How many days the second weekday is after the first, or before it (negative), whichever is less.
fn nearest(from: Weekday, to: Weekday) -> i64 {
    (to as i64 - from as i64 + 3).rem_euclid(7) - 3
}

/// Whether a plan that begins on the weekday of this date has a session before a race that is meant for after it, or the other way
/// round, or weeks that are cut short before their race.
pub(super) fn is_turned(weeks: &[Outline<'_>], first: Date) -> bool {
    let first = Weekday::of(first);
    let days = |week: &Outline<'_>, session: &Outlined<'_>| {
        let usual = i64::from(week.usual_day(session));
        (usual, usual + days_later(week, session, first), session.session.kind == SessionKind::Race)
    };
    let sessions: Vec<(i64, i64, bool)> =
        weeks.iter().flat_map(|week| week.sessions.iter().map(move |session| days(week, session))).collect();
    let mut races = sessions.iter().filter(|(.., is_race)| *is_race);
    races.any(|(usual, day, _)| sessions.iter().any(|other| other.0.cmp(usual) != other.1.cmp(day)))
        || has_other_races(weeks, first)
}

/// How many days later than in a plan that begins on a Monday a session is, or earlier (negative), in one that begins on such a day.
fn days_later(week: &Outline<'_>, session: &Outlined<'_>, first: Weekday) -> i64 {
    // What comes again every so many days keeps its distance from its first weekday, and what counts from a number stays, whatever
    // day is shown.
    let Day::Weekday(weekday) = session.planned.day else { return 0 };
    let days = |first| i64::from(day_from(week.first_day, weekday, first));
    days(first) - days(Weekday::Monday)
}

/// Whether short weeks that begin on such a weekday lack a race that they have from a Monday on, or have one more.
fn has_other_races(weeks: &[Outline<'_>], first: Weekday) -> bool {
    let sessions = weeks.iter().flat_map(|week| &week.sessions);
    let races = sessions.filter(|session| session.session.kind == SessionKind::Race);
    let races: BTreeSet<&Id<Session>> = races.map(|race| &race.planned.session).collect();
    weeks.iter().any(|week| {
        let named = week.listed().iter().filter(|planned| planned.every.is_none() && races.contains(&planned.session));
        let mut days = named.filter_map(|planned| match planned.day {
            Day::Weekday(day) => Some(day),
            Day::Number(_) => None,
        });
        days.any(|day| {
            (day_from(week.first_day, day, Weekday::Monday) < week.days)
                != (day_from(week.first_day, day, first) < week.days)
        })
    })
}

/// Days from a day of the programme, counted from 0, to a weekday, if the programme begins on such a day.
fn day_from(from: u32, weekday: Weekday, first: Weekday) -> u32 {
    (weekday as u32 + 14 - first as u32 - from % 7) % 7
}

#[cfg(test)]
mod tests {
    use super::nearest;
    use crate::vocabulary::Weekday;

    #[test]
    fn the_nearer_way_round_the_week_is_at_most_three_days() {
        use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
        let days = [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday];
        assert_eq!(days.map(|day| nearest(Sunday, day)), [1, 2, 3, -3, -2, -1, 0]);
        assert_eq!(days.map(|day| nearest(Monday, day)), [0, 1, 2, 3, -3, -2, -1]);
        assert_eq!(days.map(|day| nearest(Thursday, day)), [-3, -2, -1, 0, 1, 2, 3]);
    }
}
