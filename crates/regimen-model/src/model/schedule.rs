//! Schedules: a programme in the calendar of one reader, and what that reader has otherwise than the programme.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use schemars::JsonSchema;
use serde::Deserialize;

use super::change::{Change, DateSpan};
use super::placement::PhaseSession;
use super::program::Program;
use crate::json_schema::{Alternative, CalendarDay, TimeOfDay, alternatives, needs};
use crate::quantity::Duration;
use crate::reference::Id;
use crate::vocabulary::Weekday;

/// A marker for the names of schedules.
#[derive(Debug)]
pub struct ScheduleName;

/// A programme with its place in the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "ScheduleAsWritten")]
#[schemars(with = "ScheduleAsWritten")]
pub struct Schedule {
    /// Which programme.
    pub program: Id<Program>,
    /// The day that holds it in place.
    pub anchor: Anchor,
    /// The week with which it begins, counted as in the programme; the first unless stated.
    pub from_week: Option<u32>,
    /// How many weeks it has, if fewer than the programme: the last ones up to the race or the end, else the first ones.
    pub weeks: Option<u32>,
    /// The days on which the reader can train; all of them if there are none.
    pub available_days: Vec<Weekday>,
    /// Dates on which the reader cannot train.
    pub busy: Vec<DateSpan>,
    /// Dates on which the reader can train, although `available_days` lacks their weekday.
    pub free: Vec<DateSpan>,
    /// What this reader does on other days than planned, or not at all.
    pub changes: Vec<Change>,
    /// The time zone of the reader, such as `Europe/London`; needed when `at` is given.
    pub timezone: Option<String>,
    /// When the sessions start; whole-day entries unless stated.
    pub at: Option<Time>,
    /// When the race of `race` starts; a whole-day entry unless stated.
    pub race_at: Option<Time>,
    /// When sessions start that `at` does not suit: by weekday, session, slot, or the words `race`, `morning` and `evening`.
    pub times: BTreeMap<Id<Timed>, Time>,
    /// When what is done several times a day is done, so that calendars have an event for each; one event a day unless stated.
    pub day_times: Vec<Time>,
    /// How long sessions take in a calendar, instead of their own `duration`; races and rests keep theirs.
    pub length: Option<Duration>,
    /// The names that the schedule had before, the first one first, so that calendars know its sessions again.
    pub formerly: Vec<Id<ScheduleName>>,
}

/// A marker for what `times` of a schedule names: a weekday, a session, a slot, `race`, `morning` or `evening`.
#[derive(Debug)]
pub struct Timed;

impl Schedule {
    /// A programme at its place in the calendar, and nothing else said.
    pub fn new(program: Id<Program>, anchor: Anchor) -> Self {
        Self {
            program,
            anchor,
            from_week: None,
            weeks: None,
            available_days: Vec::new(),
            busy: Vec::new(),
            free: Vec::new(),
            changes: Vec::new(),
            timezone: None,
            at: None,
            race_at: None,
            times: BTreeMap::new(),
            day_times: Vec::new(),
            length: None,
            formerly: Vec::new(),
        }
    }

    /// The keys of schedules other than `program`, as files have them.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        ["start", "end", "race", "event", "race_at"].into_iter().chain(BESIDE.iter().copied())
    }

    /// The keys that have lists.
    pub const LISTS: &'static [&'static str] = &["available_days", "busy", "free", "changes", "day_times", "formerly"];

    /// This schedule with what `base` has under all other keys than those that are `stated`. A day that holds the programme in its
    /// place comes with how it does.
    #[must_use]
    pub fn over(self, base: &Self, stated: &dyn Fn(&str) -> bool) -> Self {
        fn own<T: Clone>(stated: bool, own: T, base: &T) -> T {
            if stated { own } else { base.clone() }
        }
        let Self { program, anchor, from_week, weeks, available_days, busy, free, changes, .. } = self;
        let Self { timezone, at, race_at, times, day_times, length, formerly, .. } = self;
        let is_anchored = ["start", "end", "race"].into_iter().any(stated);
        let mut anchor = own(is_anchored, anchor, &base.anchor);
        // Another day for the same race: it starts when it starts, and is the one that is meant.
        let mut is_race = !is_anchored;
        if let (Anchor::Race { event, .. }, Anchor::Race { event: of_base, .. }) = (&mut anchor, &base.anchor) {
            is_race = true;
            *event = event.take().or_else(|| of_base.clone());
        }
        Self {
            program,
            anchor,
            from_week: own(stated("from_week"), from_week, &base.from_week),
            weeks: own(stated("weeks"), weeks, &base.weeks),
            available_days: own(stated("available_days"), available_days, &base.available_days),
            busy: own(stated("busy"), busy, &base.busy),
            free: own(stated("free"), free, &base.free),
            changes: own(stated("changes"), changes, &base.changes),
            timezone: own(stated("timezone"), timezone, &base.timezone),
            at: own(stated("at"), at, &base.at),
            race_at: own(stated("race_at"), race_at, &base.race_at).filter(|_| is_race || stated("race_at")),
            times: own(stated("times"), times, &base.times),
            day_times: own(stated("day_times"), day_times, &base.day_times),
            length: own(stated("length"), length, &base.length),
            // Other people have had the names of the schedule.
            formerly: own(true, formerly, &base.formerly),
        }
    }

    /// The time of day that `times` has under a name.
    pub fn time_of(&self, name: &str) -> Option<Time> {
        self.times.get(name).copied()
    }
}

/// The day that holds a programme in its place in the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// The first day of its first week.
    Start(Date),
    /// The last day of its last week.
    End(Date),
    /// The day of its race; weeks may follow.
    Race {
        /// The day.
        date: Date,
        /// Which of its races, by `slot` or session, if it has several.
        event: Option<Id<PhaseSession>>,
    },
}

impl Anchor {
    /// The key that holds the day in the file.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Start(_) => "start",
            Self::End(_) => "end",
            Self::Race { .. } => "race",
        }
    }
}

/// The keys of a schedule as authors write them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = alternatives(ANCHORS, BESIDE))]
#[schemars(transform = needs("at", "timezone"), transform = needs("race_at", "timezone"))]
#[schemars(transform = needs("times", "timezone"), transform = needs("day_times", "timezone"))]
#[schemars(transform = needs("free", "available_days"))]
struct ScheduleAsWritten {
    /// Which programme.
    program: Id<Program>,
    /// The first day of its first week, best a Monday.
    #[schemars(with = "Option<CalendarDay>")]
    #[serde(default, deserialize_with = "crate::civil::read")]
    start: Option<Date>,
    /// The last day of its last week.
    #[schemars(with = "Option<CalendarDay>")]
    #[serde(default, deserialize_with = "crate::civil::read")]
    end: Option<Date>,
    /// The day of its race; weeks may follow.
    #[schemars(with = "Option<CalendarDay>")]
    #[serde(default, deserialize_with = "crate::civil::read")]
    race: Option<Date>,
    /// Which of its races is meant, by `slot` or session, if it has several.
    event: Option<Id<PhaseSession>>,
    /// The week of the programme with which it begins, such as 3; its number and what calendars know it by stay.
    #[schemars(range(min = 1))]
    from_week: Option<u32>,
    /// How many weeks it has, if fewer than the programme: with `race` or `end` the last ones, with `start` the first ones.
    #[schemars(range(min = 1))]
    weeks: Option<u32>,
    /// The days on which the reader can train; all of them unless stated.
    #[schemars(length(min = 1))]
    available_days: Option<Vec<Weekday>>,
    /// Dates on which the reader cannot train, such as `2027-01-09` or `2027-01-12..2027-01-14`.
    #[serde(default)]
    busy: Vec<DateSpan>,
    /// Dates on which the reader can train, although `available_days` lacks their weekday.
    #[serde(default)]
    free: Vec<DateSpan>,
    /// What this reader does on other days than planned, or not at all.
    #[serde(default)]
    changes: Vec<Change>,
    /// The time zone of the reader, such as `Europe/London`; needed with `at`.
    timezone: Option<String>,
    /// When the sessions start; without it they are whole-day entries.
    #[schemars(with = "Option<TimeOfDay>")]
    #[serde(default, deserialize_with = "crate::civil::read")]
    at: Option<Time>,
    /// When the race of `race` starts; without it the race is a whole-day entry, whatever `at` says.
    #[schemars(with = "Option<TimeOfDay>")]
    #[serde(default, deserialize_with = "crate::civil::read")]
    race_at: Option<Time>,
    /// When sessions start that `at` does not suit, by weekday, session, slot, or the words `race`, `morning` and `evening`.
    #[schemars(with = "BTreeMap<String, TimeOfDay>")]
    #[serde(default, deserialize_with = "crate::civil::read_by_name")]
    times: BTreeMap<Id<Timed>, Time>,
    /// When what is done several times a day is done: calendars then have an event for each.
    #[schemars(with = "Vec<TimeOfDay>")]
    #[serde(default, deserialize_with = "crate::civil::read_all")]
    day_times: Vec<Time>,
    /// How long sessions take in a calendar, such as `45 min`, instead of their own `duration`; races and rests keep
    /// theirs.
    #[schemars(with = "Option<Duration>")]
    #[serde(default, deserialize_with = "crate::quantity::maybe_in_minutes")]
    length: Option<Duration>,
    /// The names that the schedule had before, the first one first. Its calendar then goes on from the one with that name.
    #[serde(default)]
    formerly: Vec<Id<ScheduleName>>,
}

/// The keys of which a schedule has one.
const ANCHORS: &[Alternative] = &[
    Alternative::keyed("start").needs(&["program"]),
    Alternative::keyed("end").needs(&["program"]),
    Alternative::keyed("race").needs(&["program"]).takes(&["event", "race_at"]),
];

/// The keys that every schedule may have.
const BESIDE: &[&str] = &[
    "from_week",
    "weeks",
    "available_days",
    "busy",
    "free",
    "changes",
    "timezone",
    "at",
    "times",
    "day_times",
    "length",
    "formerly",
];

impl TryFrom<ScheduleAsWritten> for Schedule {
    type Error = &'static str;

    fn try_from(written: ScheduleAsWritten) -> Result<Self, &'static str> {
        let anchor = match (written.start, written.end, written.race) {
            (Some(date), None, None) => Anchor::Start(date),
            (None, Some(date), None) => Anchor::End(date),
            (None, None, Some(date)) => Anchor::Race { date, event: written.event.clone() },
            (None, None, None) => return Err("a schedule has a `start`, an `end` or a `race`"),
            _ => return Err("a schedule has only one of `start`, `end` and `race`"),
        };
        if written.event.is_some() && !matches!(anchor, Anchor::Race { .. }) {
            return Err("`event` says which session is meant by `race`");
        }
        if written.race_at.is_some() && !matches!(anchor, Anchor::Race { .. }) {
            return Err("`race_at` says when the race of `race` starts");
        }
        if written.available_days.as_ref().is_some_and(Vec::is_empty) {
            return Err("`available_days` names at least one day; leave it out if all days are fine");
        }
        if written.length.is_some_and(|length| length.seconds().high().is_zero()) {
            return Err("the `length` of sessions is more than nothing; leave it out if each takes its own time");
        }
        written.check()?;
        Ok(Self {
            program: written.program,
            anchor,
            from_week: written.from_week,
            weeks: written.weeks,
            busy: written.busy,
            free: written.free,
            changes: written.changes,
            times: written.times,
            day_times: written.day_times,
            available_days: written.available_days.unwrap_or_default(),
            timezone: written.timezone,
            at: written.at,
            race_at: written.race_at,
            length: written.length,
            formerly: written.formerly,
        })
    }
}

impl ScheduleAsWritten {
    /// Whether what one reader has otherwise can be meant together.
    fn check(&self) -> Result<(), &'static str> {
        if !self.free.is_empty() && self.available_days.is_none() {
            return Err(
                "`free` names dates on which the reader can train although `available_days` lacks them; write `available_days`, or \
                        leave `free` out where all days are fine",
            );
        }
        let race = self.times.iter().find(|(name, _)| name.as_str() == "race").map(|(_, time)| *time);
        if race.zip(self.race_at).is_some_and(|(one, other)| one != other) {
            return Err("`race_at` and the time of `race` under `times` say different hours; keep one of them");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn another_day_of_the_same_race_leaves_its_hour_as_it_is() {
        let schedule = |keys: Value| serde_json::from_value::<Schedule>(keys).expect("a schedule");
        let base = schedule(json!({
            "program": "p", "race": "2027-04-25", "event": "half", "race_at": "09:30", "timezone": "Europe/London"
        }));
        let over = |keys: Value, stated: &[&str]| schedule(keys).over(&base, &|key| stated.contains(&key));
        let race = over(json!({"program": "p", "race": "2027-05-02"}), &["race"]);
        assert_eq!(race.race_at, base.race_at);
        assert!(matches!(&race.anchor, Anchor::Race { event: Some(event), .. } if event.as_str() == "half"));
        let start = over(json!({"program": "p", "start": "2027-01-04"}), &["start"]);
        assert_eq!((start.race_at, start.timezone.as_deref()), (None, Some("Europe/London")));
    }
}
