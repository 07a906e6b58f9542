//! When on its day each session starts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use jiff::civil::{Date, Time};

use super::{Plan, PlannedSession};
use crate::model::{Anchor, HourOfDay, Schedule};
use crate::vocabulary::{SessionKind, Weekday};

/// How long a session takes where nobody can know.
const UNKNOWN: SignedDuration = SignedDuration::from_mins(60);

/// Gives each session of a dated plan its time of day. Sessions of one day that would start at the same minute follow each other, as
/// long as the reader has not said otherwise of each.
pub(super) fn set(plan: &mut Plan, schedule: &Schedule) {
    if schedule.timezone.is_some() {
        let mut days: BTreeMap<Date, Vec<&mut PlannedSession>> = BTreeMap::new();
        for session in plan.weeks.iter_mut().flat_map(|week| &mut week.sessions) {
            let Some(date) = session.date else { continue };
            days.entry(date).or_default().push(session);
        }
        days.into_values().for_each(|sessions| of_day(sessions, schedule));
    }
    for week in &mut plan.weeks {
        // Sessions without a time stay where the programme lists them.
        let untimed = week.sessions.iter().filter(|session| session.at.is_none()).map(|session| session.offset);
        let untimed: BTreeSet<u32> = untimed.collect();
        let order = |session: &PlannedSession| session.at.filter(|_| !untimed.contains(&session.offset));
        week.sessions.sort_by_key(|session| (session.offset, order(session)));
    }
}

/// A start that somebody stated: for this session alone, or for a day or part of a day.
#[derive(Clone, Copy)]
struct Stated {
    time: Time,
    is_own: bool,
}

fn of_day(sessions: Vec<&mut PlannedSession>, schedule: &Schedule) {
    let mut taken: Vec<(Time, Time)> = Vec::new();
    let mut others = Vec::new();
    for session in sessions {
        match stated(session, schedule) {
            Some(Stated { time, is_own: true }) => {
                session.at = Some(time);
                taken.push((time, end(session, time, schedule)));
            }
            Some(Stated { time, is_own: false }) => others.push((time, session)),
            None => {}
        }
    }
    for (time, session) in others {
        let mut start = time;
        // Each turn passes over one of the others.
        while let Some((_, later)) = taken.iter().find(|(taken, end)| *taken == start && *end > start) {
            start = *later;
        }
        session.at = Some(start);
        taken.push((start, end(session, start, schedule)));
    }
}

/// What is stated for a session: most of all for the session itself, then for its part of the day, its weekday, and all.
fn stated(session: &PlannedSession, schedule: &Schedule) -> Option<Stated> {
    if session.kind == SessionKind::Rest {
        return None;
    }
    let own = |time: Time| Stated { time, is_own: true };
    let is_race = matches!(schedule.anchor, Anchor::Race { date, .. } if session.date == Some(date));
    let is_race = is_race && session.kind == SessionKind::Race;
    let race = is_race.then(|| schedule.race_at.or_else(|| schedule.time_of("race"))).flatten();
    let named = [session.slot.as_str(), session.session.as_str()].into_iter().find_map(|name| schedule.time_of(name));
    if let Some(time) = race.or(named) {
        return Some(own(time));
    }
    // Races start when their organiser says, so that the hour of training is none of theirs.
    if session.kind == SessionKind::Race {
        return None;
    }
    if let Some(HourOfDay::Time(time)) = session.hour {
        return Some(own(time));
    }
    let part = session.hour.and_then(HourOfDay::word).and_then(|word| schedule.time_of(word));
    let weekday = || session.date.and_then(|date| schedule.time_of(Weekday::of(date).as_str()));
    let time = part.or_else(weekday).or(schedule.at)?;
    Some(Stated { time, is_own: false })
}

/// When a session that starts then is over, at the latest at the end of the day.
fn end(session: &PlannedSession, start: Time, schedule: &Schedule) -> Time {
    let length = schedule.length.filter(|_| session.kind != SessionKind::Race).or(session.duration);
    let minutes = length.and_then(|length| {
        let seconds: i64 = length.seconds().high().ceil().try_into().ok()?;
        Some(SignedDuration::from_mins(seconds.checked_add(59)? / 60))
    });
    start.saturating_add(minutes.unwrap_or(UNKNOWN))
}
