//! Programmes: phases of weeks, and sessions on days.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::entry::references;
use super::exercise::Level;
use super::progression::{Grows, Progression};
use super::session::Session;
use super::small::Source;
use super::visit::{At, FactVisitor, Facts, List, Naming};
use super::word_field::words;
use super::words::{Needed, Words};
use crate::json_schema::CalendarDay;
use crate::prose::{InlineText, Prose, Word};
use crate::quantity::{BadQuantity, Duration, Literal, Numbers, Percent, literal, one_of};
use crate::reference::Id;
use crate::suggest::{calendar, nearest};
use crate::vocabulary::{PhaseKind, Weekday};

/// The facts of a programme. It holds no dates: a schedule anchors it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// For whom it is: 1 beginner to 5 expert.
    pub level: Level,
    /// When its content last changed; calendars carry it as their revision.
    #[schemars(with = "Option<CalendarDay>")]
    #[serde(default, deserialize_with = "crate::civil::read")]
    pub revised: Option<Date>,
    /// The phases in order.
    #[schemars(length(min = 1))]
    pub phases: Vec<Phase>,
    /// What it rests on.
    #[serde(default)]
    pub sources: Vec<Id<Source>>,
}

impl Program {
    /// How many weeks it has in all.
    pub fn weeks(&self) -> u32 {
        self.phases.iter().map(|phase| u32::from(phase.weeks)).sum()
    }
}

/// Some weeks with the same sessions.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// Its id within the programme; the words describe it under this id.
    pub id: Id<Phase>,
    /// What it is for.
    pub kind: PhaseKind,
    /// How many weeks it lasts.
    #[schemars(range(min = 1))]
    pub weeks: u8,
    /// Share of the work that is done: sets, rounds, repeats and the length of runs; all unless stated.
    pub volume: Option<Percent>,
    /// Share of the load that is lifted; all unless stated.
    pub load: Option<Percent>,
    /// The sessions of each week.
    pub sessions: Vec<PhaseSession>,
    /// Weeks that differ from the rest of the phase.
    #[serde(default)]
    pub overrides: Vec<WeekOverride>,
    /// How the work changes from week to week.
    #[serde(default)]
    pub progression: Vec<Progression>,
}

/// One week of a phase that differs from the others. What it does not state is as in the phase.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeekOverride {
    /// Which week of the phase; 1 is its first.
    #[schemars(range(min = 1))]
    pub week: u8,
    /// What this week is for.
    pub kind: Option<PhaseKind>,
    /// Share of the work, instead of the phase's.
    pub volume: Option<Percent>,
    /// Share of the load, instead of the phase's.
    pub load: Option<Percent>,
    /// The sessions of this week, instead of the phase's.
    pub sessions: Option<Vec<PhaseSession>>,
    /// Sessions that this week does not have, by their `slot` or else their session's id.
    #[serde(default)]
    pub without: Vec<Id<PhaseSession>>,
}

/// A session on a day.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PhaseSession {
    /// Which session.
    pub session: Id<Session>,
    /// On which day.
    pub day: Day,
    /// The least time since the session of the same kind before it.
    pub min_gap: Option<Duration>,
    /// A name that stays when day or session change, so that calendars see the same event; the session's id
    /// unless stated.
    pub slot: Option<Id<PhaseSession>>,
}

impl PhaseSession {
    /// The name by which a week speaks of it.
    pub fn name(&self) -> &str {
        self.slot.as_ref().map_or(self.session.as_str(), Id::as_str)
    }
}

/// A day of a training week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Day {
    /// The same weekday for every reader.
    Weekday(Weekday),
    /// The first to the seventh day of the week, written `1` to `7`; it moves to a day on which the reader can train.
    Number(u8),
}

impl Literal for Day {
    const EXPECTED: &'static str = "a weekday such as `tuesday`, or a day of the week from `1` to `7`";
    const NUMBERS: Option<Numbers> = Some(Numbers { low: 1, high: 7, halves: false });

    fn shape() -> String {
        format!("{}|[1-7]", one_of(Weekday::ALL.iter().map(|day| day.as_str())))
    }

    fn examples() -> Vec<String> {
        Weekday::ALL.iter().map(ToString::to_string).collect()
    }
}

impl FromStr for Day {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let weekday = Weekday::ALL.iter().find(|day| day.as_str() == text).map(|day| Self::Weekday(*day));
        let number = || text.parse().ok().filter(|number| (1..=7).contains(number)).map(Self::Number);
        weekday.or_else(number).ok_or_else(|| {
            if let Some(days) = calendar::weekdays(text) {
                return BadQuantity::new(format!("{}; {}", BadQuantity::not::<Self>(text), each_day(&days)));
            }
            let near = nearest(&text.to_lowercase(), Weekday::ALL.iter().map(|day| day.as_str()));
            BadQuantity::meant::<Self>(text, near)
        })
    }
}

/// What to write for a session on several days of a week.
fn each_day(days: &[Weekday]) -> String {
    let days: Vec<String> = days.iter().map(|day| format!("`day: {day}`")).collect();
    format!("write the session once for each day, with {}", days.join(", with "))
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weekday(day) => day.fmt(f),
            Self::Number(number) => number.fmt(f),
        }
    }
}

literal!(Day);

/// The words of a programme.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgramWords {
    /// Its name.
    #[schemars(length(min = 1))]
    pub name: Word,
    /// What it does, in a sentence or two.
    pub summary: Prose,
    /// What it is for, in a few words.
    pub goal: InlineText,
    /// For whom it is, in a few words.
    pub audience: InlineText,
    /// What to know before the first session.
    #[serde(default)]
    pub notes: Vec<InlineText>,
    /// What each phase is about, by its id.
    #[serde(default)]
    pub phases: BTreeMap<Id<Phase>, InlineText>,
}

impl Words for ProgramWords {
    const REQUIRED: &'static [Needed] =
        &[Needed::Text("name"), Needed::Text("summary"), Needed::Text("goal"), Needed::Text("audience")];

    fn name(&self) -> Option<&Word> {
        Some(&self.name)
    }

    words!(Self { name, summary, goal, audience, notes, phases });
}

impl Facts for Program {
    fn visit(&self, visitor: &mut impl FactVisitor) {
        let Self { level: _, revised: _, phases, sources } = self;
        let at = At::key("phases");
        phases.iter().enumerate().for_each(|(index, phase)| phase.visit(&at.index(index), visitor));
        visitor.entries(references(sources), List::Shown, &At::key("sources"));
    }
}

impl Phase {
    fn visit(&self, at: &At<'_>, visitor: &mut impl FactVisitor) {
        let Self { id: _, kind: _, weeks: _, volume: _, load: _, sessions, overrides, progression } = self;
        visit_sessions(sessions, at, visitor);
        let weeks = at.below("overrides");
        for (index, week) in overrides.iter().enumerate() {
            let WeekOverride { week: _, kind: _, volume: _, load: _, sessions, without: _ } = week;
            visit_sessions(sessions.as_deref().unwrap_or_default(), &weeks.index(index), visitor);
        }
        let rules = at.below("progression");
        for (index, rule) in progression.iter().enumerate() {
            let (Progression { of, session, scheme: _ }, at) = (rule, rules.index(index));
            match of {
                Grows::Exercise(exercise) => visitor.entry(exercise.into(), Naming::Needed, &at.below("exercise")),
                Grows::Step(_) => {}
            }
            session.iter().for_each(|session| visitor.entry(session.into(), Naming::Needed, &at.below("session")));
        }
    }
}

fn visit_sessions(sessions: &[PhaseSession], at: &At<'_>, visitor: &mut impl FactVisitor) {
    let at = at.below("sessions");
    for (index, planned) in sessions.iter().enumerate() {
        let PhaseSession { session, day: _, min_gap: _, slot: _ } = planned;
        visitor.entry(session.into(), Naming::Needed, &at.index(index).below("session"));
    }
}
