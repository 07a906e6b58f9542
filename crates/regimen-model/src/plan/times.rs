//! When on its day each session starts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use jiff::civil::{Date, Time};

use super::{Plan, PlannedSession};
use crate::model::{Anchor, HourOfDay, Schedule};
use crate::vocabulary::{SessionKind, Weekday};

/// How long a session takes where nobody can know.
const UNKNOWN: SignedDuration = SignedDuration::from_mins(60);

/// Gives each session of a dated plan its time of day, or several. What would start at the same minute of one day follows each other in
/// the order of the programme, as long as neither the reader nor the programme has said otherwise of each.
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

/// A start that somebody stated.
#[derive(Clone, Copy)]
struct Stated {
    time: Time,
    by: StatedBy,
}

/// Who stated a start, and of what.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StatedBy {
    /// The reader, of this session alone.
    Reader,
    /// The programme, of this session alone.
    Program,
    /// The reader, of a day or part of a day.
    Day,
}

fn of_day(sessions: Vec<&mut PlannedSession>, schedule: &Schedule) {
    let mut timed = Vec::new();
    for session in sessions {
        let day_times = session.times_of_day(&schedule.day_times);
        if session.kind == SessionKind::Rest {
            // In no one's way.
            session.day_times = day_times.to_vec();
            continue;
        }
        let several = day_times.first().map(|time| Stated { time: *time, by: StatedBy::Day });
        timed.extend(several.or_else(|| stated(session, schedule)).map(|stated| (stated, session)));
    }
    let mut taken = TakenTimes::default();
    let (own, others) = timed.into_iter().partition(|(stated, _)| stated.by == StatedBy::Reader);
    take(own, &mut taken, schedule);
    // A time that the reader gives one session and the programme another is no one's word for both.
    let is_own = |stated: &Stated| stated.by == StatedBy::Program && taken.is_free(stated.time);
    let (own, others): (_, Vec<_>) = others.into_iter().partition(|(stated, _)| is_own(stated));
    take(own, &mut taken, schedule);
    for (Stated { time, .. }, session) in others {
        session.day_times = taken.take_each(session, schedule);
        let first = session.day_times.first().copied();
        session.at = first.or_else(|| Some(taken.take_free(time, length(session, schedule))));
    }
}

/// Starts each session at its own time, whatever else starts then.
fn take(sessions: Vec<(Stated, &mut PlannedSession)>, taken: &mut TakenTimes, schedule: &Schedule) {
    for (Stated { time, .. }, session) in sessions {
        session.at = Some(time);
        taken.take(time, length(session, schedule));
    }
}

/// When on a day something is going on already, in minutes after midnight.
#[derive(Debug, Default)]
struct TakenTimes(Vec<(i64, i64)>);

impl TakenTimes {
    /// Something starts at this time, whatever else does.
    fn take(&mut self, start: Time, lasts: SignedDuration) {
        self.push(minute_of(start), lasts.as_mins());
    }

    /// Whether nothing starts at this time.
    fn is_free(&self, time: Time) -> bool {
        self.at(minute_of(time)).is_none()
    }

    fn at(&self, minute: i64) -> Option<&(i64, i64)> {
        self.0.iter().find(|(start, _)| *start == minute)
    }

    /// Something starts at this time, or when what starts then is over; if the day ends before that, then so early that it is over
    /// when the other one starts, and in the last resort at the next minute at which nothing starts.
    fn take_free(&mut self, wanted: Time, lasts: SignedDuration) -> Time {
        let lasts = lasts.as_mins();
        let start = self.free(minute_of(wanted), lasts);
        self.push(start, lasts);
        let part = |number: i64| i8::try_from(number).ok();
        let time = part(start / 60).zip(part(start % 60)).and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
        time.unwrap_or(wanted)
    }

    /// What a session has at each of several times of its day starts at that time, or at a free one; nothing if it is done once.
    fn take_each(&mut self, session: &PlannedSession, schedule: &Schedule) -> Vec<Time> {
        let times = session.times_of_day(&schedule.day_times);
        let starts = (1..).zip(times).map(|(number, time)| {
            let then = session.at_time_of_day(number, times.len());
            self.take_free(*time, length(&then, schedule))
        });
        starts.collect()
    }

    fn push(&mut self, start: i64, lasts: i64) {
        // What takes no time is a whole-day entry.
        if lasts > 0 {
            self.0.push((start, start.saturating_add(lasts)));
        }
    }

    fn free(&self, wanted: i64, lasts: i64) -> i64 {
        let mut after = wanted;
        // Each turn passes over one of the others.
        while let Some((_, end)) = self.at(after) {
            after = *end;
        }
        if after < MINUTES_OF_A_DAY {
            return after;
        }
        if let Some(before) = self.room_before(wanted, lasts) {
            return before;
        }
        let near = (0..wanted).rev().chain(wanted..MINUTES_OF_A_DAY);
        near.into_iter().find(|minute| self.at(*minute).is_none()).unwrap_or(wanted)
    }

    /// The last start from which something is over at this minute or before, with nothing else going on meanwhile.
    fn room_before(&self, minute: i64, lasts: i64) -> Option<i64> {
        let mut start = minute.saturating_sub(lasts.max(1));
        let meanwhile =
            |start: i64| move |other: &&(i64, i64)| other.0 < start.saturating_add(lasts) && start < other.1;
        // Each turn passes over one of the others.
        while let Some((other, _)) = self.0.iter().filter(meanwhile(start)).min() {
            start = other.saturating_sub(lasts.max(1));
        }
        (start >= 0).then_some(start)
    }
}

const MINUTES_OF_A_DAY: i64 = 24 * 60;

fn minute_of(time: Time) -> i64 {
    60 * i64::from(time.hour()) + i64::from(time.minute())
}

/// What is stated for a session: most of all for the session itself, then for its part of the day, its weekday, and all.
fn stated(session: &PlannedSession, schedule: &Schedule) -> Option<Stated> {
    let is_race = matches!(schedule.anchor, Anchor::Race { date, .. } if session.date == Some(date));
    let is_race = is_race && session.kind == SessionKind::Race;
    let race = is_race.then(|| schedule.race_at.or_else(|| schedule.time_of("race"))).flatten();
    let named = [session.slot.as_str(), session.session.as_str()].into_iter().find_map(|name| schedule.time_of(name));
    if let Some(time) = race.or(named) {
        return Some(Stated { time, by: StatedBy::Reader });
    }
    // Races start when their organiser says, so that the hour of training is none of theirs.
    if session.kind == SessionKind::Race {
        return None;
    }
    if let Some(HourOfDay::Time(time)) = session.hour {
        return Some(Stated { time, by: StatedBy::Program });
    }
    let part = session.hour.and_then(HourOfDay::word).and_then(|word| schedule.time_of(word));
    let weekday = || session.date.and_then(|date| schedule.time_of(Weekday::of(date).as_str()));
    let time = part.or_else(weekday).or(schedule.at)?;
    Some(Stated { time, by: StatedBy::Day })
}

/// How long a session takes for its reader.
fn length(session: &PlannedSession, schedule: &Schedule) -> SignedDuration {
    let length = schedule.length.filter(|_| session.kind != SessionKind::Race).or(session.duration);
    let minutes = length.and_then(|length| {
        let seconds: i64 = length.seconds().high().ceil().try_into().ok()?;
        Some(SignedDuration::from_mins(seconds.checked_add(59)? / 60))
    });
    minutes.unwrap_or(UNKNOWN)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::SignedDuration;
    use jiff::civil::{Time, time};

    use super::TakenTimes;

    /// When sessions that are all meant for this time start, each by its minutes.
    fn starts(wanted: Time, minutes: &[i64]) -> Vec<Time> {
        let mut day = TakenTimes::default();
        minutes.iter().map(|minutes| day.take_free(wanted, SignedDuration::from_mins(*minutes))).collect()
    }

    #[test]
    fn sessions_of_a_day_follow_each_other() {
        let hour = |hour: i8, minute: i8| time(hour, minute, 0, 0);
        assert_eq!(starts(hour(18, 0), &[45, 30, 30]), [hour(18, 0), hour(18, 45), hour(19, 15)]);
        assert_eq!(starts(hour(23, 0), &[90, 30, 30]), [hour(23, 0), hour(22, 30), hour(22, 0)], "no room after it");
        assert_eq!(starts(hour(23, 30), &[20, 30, 30]), [hour(23, 30), hour(23, 50), hour(23, 0)]);
        let none_meanwhile = [hour(23, 30), hour(22, 45), hour(22, 35), hour(21, 50)];
        assert_eq!(starts(hour(23, 30), &[60, 45, 10, 45]), none_meanwhile, "the third is over when the second begins");
        assert_eq!(
            starts(hour(0, 10), &[2000, 2000, 20]),
            [hour(0, 10), hour(0, 9), hour(0, 8)],
            "longer than the day"
        );
        assert_eq!(starts(hour(18, 0), &[0, 30]), [hour(18, 0), hour(18, 0)], "what takes no time is in nobody's way");
    }

    #[test]
    fn one_may_start_when_another_ends() {
        let hour = |hour: i8, minute: i8| time(hour, minute, 0, 0);
        let mut day = TakenTimes::default();
        day.take(hour(21, 0), SignedDuration::from_mins(90));
        day.take(hour(23, 0), SignedDuration::from_mins(90));
        assert_eq!(day.take_free(hour(23, 0), SignedDuration::from_mins(30)), hour(22, 30));
    }

    #[test]
    fn no_two_start_at_the_same_minute() {
        let mut random: u64 = 7;
        let mut next = |below: u64| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from((random >> 33) % below).unwrap_or_default()
        };
        for _ in 0..2000 {
            let mut day = TakenTimes::default();
            let count = next(40) + 2;
            let all: Vec<Time> = (0..count)
                .map(|_| {
                    let wanted = [0, 1, 700, 1380, 1410, 1438, 1439][usize::try_from(next(7)).unwrap_or_default()];
                    let wanted = time((wanted / 60) as i8, (wanted % 60) as i8, 0, 0);
                    day.take_free(
                        wanted,
                        SignedDuration::from_mins([1, 30, 60, 1500][usize::try_from(next(4)).unwrap_or_default()]),
                    )
                })
                .collect();
            assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{all:?}");
        }
    }
}
