//! A programme as plugins get it: written out week by week.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// A programme written out.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WirePlan {
    /// When it happens, if it has a schedule.
    pub schedule: Option<WireSchedule>,
    /// Its weeks in order.
    pub weeks: Vec<WireWeek>,
    /// What its reader leaves out, in order of the days.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<WireLeftOut>,
}

/// A session that a reader leaves out.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireLeftOut {
    /// Its slot, which no session of the plan has.
    pub slot: String,
    /// Its week.
    pub week: u32,
    /// The day on which it would be.
    pub date: String,
    /// The id of the session.
    pub session: String,
    /// Whether the whole plan pauses on that day.
    pub paused: bool,
}

/// When a plan happens.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireSchedule {
    /// The schedule's name.
    pub name: String,
    /// The first day of its first week.
    pub start: String,
    /// The day of its race, if one holds it in place.
    pub race: Option<String>,
    /// When sessions start, such as `18:30:00`; none for whole days. Races have no hour but that of `race_at`.
    pub at: Option<String>,
    /// When the race of `race` starts; none for a whole day, whatever `at` says.
    pub race_at: Option<String>,
    /// When what is done several times a day is done, if the reader wants an event for each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub day_times: Vec<String>,
    /// Days on which its reader does not train, such as `2027-03-01..2027-03-05`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<String>,
    /// The time zone of all times of day.
    pub timezone: Option<String>,
}

/// A week of a plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireWeek {
    /// 1 for the first; the turns of a cycle count as weeks.
    pub number: u32,
    /// How many days lie between the first day of the plan and its first.
    pub first_day: u32,
    /// How many days it has: 7, but for turns of a cycle and the last days of a phase in days. Those on which the plan waits are none of them.
    pub days: u32,
    /// Days between two of its days on which the plan waits because its reader pauses, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waits: Vec<WireWait>,
    /// Whether it is a turn of a cycle.
    pub is_turn: bool,
    /// The phase it belongs to.
    pub phase: String,
    /// What the phase is called in the language, if the programme says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase_name: Option<String>,
    /// What the phase is for, such as `base` or `taper`.
    pub kind: String,
    /// Its first day, if the plan has dates.
    pub start: Option<String>,
    /// Its sessions in order of their days.
    pub sessions: Vec<WireSession>,
}

/// Days on which a plan waits.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireWait {
    /// How many days lie between the first day of the plan and the first of them.
    pub first_day: u32,
    /// How many they are.
    pub days: u32,
}

/// A session of a plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireSession {
    /// What stays the same when day, session or doses change; unique within the plan.
    pub slot: String,
    /// The day as the programme names it: a weekday, or a number such as `1`.
    pub day: String,
    /// How many days lie between the first day of the plan and this one.
    pub offset: u32,
    /// The same in the programme itself, which begins on a Monday: what is meant to come before what.
    pub usual: u32,
    /// The date, if the plan has dates.
    pub date: Option<String>,
    /// When it starts on that day, such as `18:30:00`; not there for a whole-day entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// When on its day, as the programme says: `morning`, `evening` or a time of day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hour: Option<String>,
    /// The date on which it would be, if its reader has moved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<String>,
    /// The id of the session.
    pub session: String,
    /// Its name in the unit's language.
    pub name: String,
    /// What it is for, such as `strength`.
    pub kind: String,
    /// How long it takes, such as `40 min`; not there where that depends on the reader.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
    /// Whether there is less to do than in the weeks around it.
    pub lighter: bool,
    /// Its parts in order.
    pub parts: Vec<WirePart>,
    /// Whether the reader may leave it out; not there if not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// What may be done instead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub or: Vec<WireAlternative>,
}

/// A session that may be done instead of another one.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireAlternative {
    /// The id of the session.
    pub session: String,
    /// Its name in the unit's language.
    pub name: String,
    /// What it is for, such as `strength`.
    pub kind: String,
    /// How long it takes, such as `40 min`; not there where that depends on the reader.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
    /// Its parts in order.
    pub parts: Vec<WirePart>,
}

/// A part of a session.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WirePart {
    /// `warm-up`, `main`, `accessory` or `cool-down`.
    pub section: String,
    /// What is done, in order.
    pub blocks: Vec<WireBlock>,
}

/// A piece of a part: an exercise, exercises in turns, a step of a run, or a text.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireBlock {
    /// All of it in words of the unit's language.
    pub text: String,
    /// The id of the exercise, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exercise: Option<String>,
    /// How much of the exercise, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// The same with the keys that a dose has in files: `{"sets": "3", "reps": "8", "rest": "90 s"}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dose: Option<Value>,
    /// The exercises done in turns, what the reader decides, or a note.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inner: Vec<WireBlock>,
}
