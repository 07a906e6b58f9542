//! The project file, `regimen.yaml`: what the catalogue is called, whom it is from, and what is built.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny};

use super::brand::Brand;
use super::program::{PhaseSession, Program};
use super::settings::RuleSettings;
use super::version::Version;
use super::word_field::words;
use super::words::{Needed, StoodIn, Words};
use crate::diagnostic::{Segment, Spot};
use crate::json_schema::{Alternative, CalendarDay, Options, TimeOfDay, alternatives, needs};
use crate::language::{LanguageTag, Share};
use crate::prose::{InlineText, Word};
use crate::quantity::Duration;
use crate::reference::Id;
use crate::vocabulary::Weekday;

/// The facts of the project file.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// The language of the words that stand beside the facts.
    pub language: LanguageTag,
    /// When the catalogue last changed, if no entry is newer.
    #[schemars(with = "Option<CalendarDay>")]
    #[serde(default, deserialize_with = "crate::civil::read")]
    pub revised: Option<Date>,
    /// Whom it is from.
    #[serde(default)]
    pub brand: Brand,
    /// The options of each exporter, by its id; the exporter itself knows what they mean.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Options>")]
    pub exporters: BTreeMap<String, serde_json::Value>,
    /// How severe the linter's rules are, and where their limits lie.
    // The linter knows what may stand here, and reads it.
    #[serde(default, deserialize_with = "read_elsewhere")]
    #[schemars(with = "Options")]
    pub rules: RuleSettings,
    /// Programmes with a start.
    #[serde(default)]
    pub schedules: BTreeMap<Id<ScheduleName>, Schedule>,
}

/// Passes over what somebody else reads.
fn read_elsewhere<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RuleSettings, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|IgnoredAny| RuleSettings::default())
}

impl Project {
    /// The name of the schedule that a spot of the project file is in.
    pub fn schedule_at(spot: &Spot) -> Option<&str> {
        let (Spot::Value(path) | Spot::Key(path) | Spot::Within(path, _)) = spot else { return None };
        match path.0.as_slice() {
            [Segment::Key(list), Segment::Key(name), ..] if **list == *SCHEDULES => Some(name),
            _ => None,
        }
    }
}

/// The key that holds the schedules of the project file.
const SCHEDULES: &str = "schedules";

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
    /// The days on which the reader can train; all of them if there are none.
    pub available_days: Vec<Weekday>,
    /// The time zone of the reader, such as `Europe/London`; needed when `at` is given.
    pub timezone: Option<String>,
    /// When the sessions start; whole-day entries unless stated.
    pub at: Option<Time>,
    /// When the race of `race` starts; a whole-day entry unless stated.
    pub race_at: Option<Time>,
    /// How long sessions take in a calendar, instead of their own `duration`; races and rests keep theirs.
    pub length: Option<Duration>,
    /// The names that the schedule had before, the first one first, so that calendars know its sessions again.
    pub formerly: Vec<Id<ScheduleName>>,
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
    /// The days on which the reader can train; all of them unless stated.
    #[schemars(length(min = 1))]
    available_days: Option<Vec<Weekday>>,
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
const BESIDE: &[&str] = &["available_days", "timezone", "at", "length", "formerly"];

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
        Ok(Self {
            program: written.program,
            anchor,
            available_days: written.available_days.unwrap_or_default(),
            timezone: written.timezone,
            at: written.at,
            race_at: written.race_at,
            length: written.length,
            formerly: written.formerly,
        })
    }
}

/// The words of the project file.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectWords {
    /// What the catalogue is called.
    pub title: Word,
    /// Small print for everything that is handed out.
    #[serde(default)]
    pub disclaimer: InlineText,
    /// A short line on top of every page but the first, instead of the document's title; `{title}`, `{page}`, `{pages}`
    /// and `{date}` are filled in.
    #[serde(default)]
    pub header: Word,
    /// A short line above the contacts at the foot of every page; `{title}`, `{page}`, `{pages}` and `{date}` are
    /// filled in.
    #[serde(default)]
    pub footer: Word,
    /// The version of these words or, in a translation, of those that it follows.
    #[serde(skip)]
    pub version: Option<Version>,
    /// The words that stand in for missing ones of a translation.
    #[serde(skip)]
    pub stood_in: StoodIn,
    /// How many of the default language's words a translation has.
    #[serde(skip)]
    pub share: Share,
}

impl Words for ProjectWords {
    const REQUIRED: &'static [Needed] = &[Needed::Text("title")];

    fn name(&self) -> Option<&Word> {
        Some(&self.title)
    }

    words!(
        @ (Self { title, disclaimer, header, footer, version: _, stood_in: _, share: _ })
        Self { title, disclaimer, header, footer }
    );
}

impl ProjectWords {
    /// The names in braces that are filled in.
    pub const NAMES: [&str; 4] = ["title", "page", "pages", "date"];
}
