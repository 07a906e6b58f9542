//! Programmes: phases of weeks, and sessions on days.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::change::HourOfDay;
use super::cycle::{PhaseLength, Rotation};
use super::doses::Doses;
use super::entry::references;
use super::exercise::{Exercise, Level};
use super::grid::Grid;
use super::placement::{self, PerWeek};
use super::progression::{Grows, Progression};
use super::run::{RunStep, StepLength};
use super::session::Session;
use super::small::Source;
use super::target::RunTarget;
use super::visit::{At, FactVisitor, Facts, List, Naming};
use super::word_field::words;
use super::words::{Needed, Words};
use crate::json_schema::{Alternative, CalendarDay, alternatives};
use crate::prose::{InlineText, Prose, Word};
use crate::quantity::{BadQuantity, Count, Duration, Literal, Numbers, OrNone, Percent, literal, one_of};
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
    /// The sessions of all weeks as a grid, beside or instead of the `sessions` of phases.
    pub grid: Option<Grid>,
    /// What it rests on.
    #[serde(default)]
    pub sources: Vec<Id<Source>>,
}

impl Program {
    /// How many weeks it has in all; the turns of a cycle count as weeks.
    pub fn weeks(&self) -> u32 {
        self.phases.iter().map(|phase| phase.length.weeks()).sum()
    }

    /// How many days it has in all.
    pub fn days(&self) -> u32 {
        self.phases.iter().map(|phase| phase.length.days()).sum()
    }
}

/// Some weeks with the same sessions.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(try_from = "PhaseAsWritten")]
#[schemars(with = "PhaseAsWritten")]
pub struct Phase {
    /// Its id within the programme; the words describe it under this id.
    pub id: Id<Phase>,
    /// What it is for.
    pub kind: PhaseKind,
    /// How long it lasts.
    pub length: PhaseLength,
    /// Share of the work that is done: sets, rounds, repeats and the length of runs; all unless stated.
    pub volume: Option<Percent>,
    /// Share of the load that is lifted; all unless stated.
    pub load: Option<Percent>,
    /// The sessions of each week.
    pub sessions: Vec<PhaseSession>,
    /// Sessions that take turns, across weeks.
    pub rotation: Option<Rotation>,
    /// Whether a week that the reader does not manage comes again before the next.
    pub repeat_weeks: bool,
    /// Weeks that differ from the rest of the phase.
    pub overrides: Vec<WeekOverride>,
    /// How the work changes from week to week.
    pub progression: Vec<Progression>,
}

/// The keys of a phase as authors write them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = alternatives(LENGTHS, BESIDE))]
struct PhaseAsWritten {
    /// Its id within the programme; the words describe it under this id.
    id: Id<Phase>,
    /// What it is for.
    kind: PhaseKind,
    /// How many weeks it lasts.
    #[schemars(range(min = 1))]
    weeks: Option<u8>,
    /// How many days it lasts, instead of `weeks`; the next phase begins on the day after.
    #[schemars(range(min = 1, max = 3640))]
    days: Option<u16>,
    /// After how many days the sessions come again, such as 9; their `day` is then one of these. A week's 7 unless stated.
    #[schemars(range(min = 2, max = 99))]
    cycle: Option<u8>,
    /// Share of the work that is done: sets, rounds, repeats and the length of runs; all unless stated.
    volume: Option<Percent>,
    /// Share of the load that is lifted; all unless stated.
    load: Option<Percent>,
    /// The sessions of each week, or of each turn of a cycle.
    #[serde(default)]
    sessions: Vec<PhaseSession>,
    /// Sessions that take turns on some days, across weeks.
    rotation: Option<Rotation>,
    /// Whether a week that the reader does not manage comes again before the next.
    #[serde(default)]
    repeat_weeks: bool,
    /// Weeks that differ from the rest of the phase.
    #[serde(default)]
    overrides: Vec<WeekOverride>,
    /// How the work changes from week to week.
    #[serde(default)]
    progression: Vec<Progression>,
}

/// The keys of which a phase has one.
const LENGTHS: &[Alternative] = &[
    Alternative::keyed("weeks").needs(&["id", "kind"]),
    Alternative::keyed("days").needs(&["id", "kind"]).takes(&["cycle"]),
];

/// The keys that every phase may have.
const BESIDE: &[&str] = &["volume", "load", "sessions", "rotation", "repeat_weeks", "overrides", "progression"];

impl TryFrom<PhaseAsWritten> for Phase {
    type Error = &'static str;

    fn try_from(written: PhaseAsWritten) -> Result<Self, &'static str> {
        let PhaseAsWritten {
            id,
            kind,
            weeks,
            days,
            cycle,
            volume,
            load,
            sessions,
            rotation,
            repeat_weeks,
            overrides,
            progression,
        } = written;
        let length = PhaseLength::written(weeks, days, cycle)?;
        Ok(Self { id, kind, length, volume, load, sessions, rotation, repeat_weeks, overrides, progression })
    }
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
    /// Every so many days from that day on, whatever weekday that is: 2 is every other day.
    #[schemars(range(min = 1, max = 99))]
    pub every: Option<u8>,
    /// The least time since the session of the same kind before it.
    pub min_gap: Option<Duration>,
    /// A name that stays when day or session change, so that calendars see the same event; the session's id
    /// unless stated.
    pub slot: Option<Id<PhaseSession>>,
    /// When on its day: `morning`, `evening`, or a time of day; what the schedule says of all sessions unless stated.
    pub at: Option<HourOfDay>,
    /// How long its step is, instead of what the session says: the one step of its main part that is done once.
    pub length: Option<StepLength>,
    /// How long that step is in each week of the phase; in a week with `none` there is no such session.
    pub lengths: Option<Vec<OrNone<StepLength>>>,
    /// How often the repeat of its main part is done: the same in every week, or one number for each week of the phase.
    pub repeats: Option<PerWeek<Count>>,
    /// How fast or how hard its step is, instead of what the session says.
    pub target: Option<RunTarget>,
    /// The step that is meant, by its `id`, if the main part has several.
    pub step: Option<Id<RunStep>>,
    /// The steps of its main part, instead of the session's.
    #[schemars(length(min = 1))]
    pub run: Option<Vec<RunStep>>,
    /// The doses of its exercises, instead of what session and progressions say.
    #[serde(default)]
    pub doses: BTreeMap<Id<Exercise>, Doses>,
    /// Whether the reader may leave it out.
    #[serde(default)]
    pub optional: bool,
    /// What may be done instead: sessions, or `rest`.
    #[serde(default)]
    pub or: Vec<placement::Alternative>,
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
    /// A day counted from 1: of the week, where it moves to a day on which the reader can train, or of a turn of a
    /// cycle, or of a phase in days.
    Number(u8),
}

impl Literal for Day {
    const EXPECTED: &'static str =
        "a weekday such as `tuesday`, or a day of the week from `1` to `7` (of a longer cycle, up to `99`)";
    const NUMBERS: Option<Numbers> = Some(Numbers { low: 1, high: 99, halves: false });

    fn shape() -> String {
        format!("{}|[1-9][0-9]?", one_of(Weekday::ALL.iter().map(|day| day.as_str())))
    }

    fn examples() -> Vec<String> {
        Weekday::ALL.iter().map(ToString::to_string).collect()
    }
}

impl FromStr for Day {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let weekday = Weekday::ALL.iter().find(|day| day.as_str() == text).map(|day| Self::Weekday(*day));
        let number = || text.parse().ok().filter(|number| (1..=99).contains(number)).map(Self::Number);
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
    /// What must be true before a phase begins, by its id.
    #[serde(default)]
    pub enter: BTreeMap<Id<Phase>, Vec<InlineText>>,
    /// What must be true before a phase ends, by its id. Its weeks are then an estimate, and the last one comes again until
    /// all is true.
    #[serde(default)]
    pub exit: BTreeMap<Id<Phase>, Vec<InlineText>>,
}

impl ProgramWords {
    /// What must be true before a phase ends.
    pub fn exit_of(&self, phase: &Id<Phase>) -> &[InlineText] {
        self.exit.get(phase).map_or(&[], Vec::as_slice)
    }

    /// What must be true before a phase begins.
    pub fn enter_of(&self, phase: &Id<Phase>) -> &[InlineText] {
        self.enter.get(phase).map_or(&[], Vec::as_slice)
    }
}

impl Words for ProgramWords {
    const REQUIRED: &'static [Needed] =
        &[Needed::Text("name"), Needed::Text("summary"), Needed::Text("goal"), Needed::Text("audience")];

    fn name(&self) -> Option<&Word> {
        Some(&self.name)
    }

    words!(Self { name, summary, goal, audience, notes, phases, enter, exit });
}

impl Facts for Program {
    fn visit(&self, visitor: &mut impl FactVisitor) {
        let Self { level: _, revised: _, phases, grid, sources } = self;
        let at = At::key("phases");
        phases.iter().enumerate().for_each(|(index, phase)| phase.visit(&at.index(index), visitor));
        grid.iter().for_each(|grid| grid.visit(&At::key("grid"), visitor));
        visitor.entries(references(sources), List::Shown, &At::key("sources"));
    }
}

impl Phase {
    fn visit(&self, at: &At<'_>, visitor: &mut impl FactVisitor) {
        let Self {
            id: _,
            kind: _,
            length: _,
            volume: _,
            load: _,
            sessions,
            rotation,
            repeat_weeks: _,
            overrides,
            progression,
        } = self;
        visit_sessions(sessions, at, visitor);
        if let Some(Rotation { sessions, days: _, slot: _ }) = rotation {
            let at = at.below("rotation");
            visitor.entries(references(sessions), List::Shown, &at.below("sessions"));
        }
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
                Grows::Item(_) | Grows::Step(_) => {}
            }
            session.iter().for_each(|session| visitor.entry(session.into(), Naming::Needed, &at.below("session")));
        }
    }
}

fn visit_sessions(sessions: &[PhaseSession], at: &At<'_>, visitor: &mut impl FactVisitor) {
    let at = at.below("sessions");
    for (index, planned) in sessions.iter().enumerate() {
        planned.visit(&at.index(index), visitor);
    }
}

impl PhaseSession {
    /// A session on a day, of which nothing more is said.
    pub(crate) fn new(session: Id<Session>, day: Day) -> Self {
        Self {
            session,
            day,
            every: None,
            min_gap: None,
            slot: None,
            at: None,
            length: None,
            lengths: None,
            repeats: None,
            target: None,
            step: None,
            run: None,
            doses: BTreeMap::new(),
            optional: false,
            or: Vec::new(),
        }
    }

    fn visit(&self, at: &At<'_>, visitor: &mut impl FactVisitor) {
        let Self {
            session,
            day: _,
            every: _,
            min_gap: _,
            slot: _,
            at: _,
            length: _,
            lengths: _,
            repeats: _,
            target: _,
            step: _,
            run: _,
            doses,
            optional: _,
            or,
        } = self;
        visitor.entry(session.into(), Naming::Needed, &at.below("session"));
        for exercise in doses.keys() {
            visitor.entry(exercise.into(), Naming::Needed, &at.below("doses").id(exercise));
        }
        for (index, other) in or.iter().enumerate() {
            if let placement::Alternative::Session(other) = other {
                visitor.entry((&other.session).into(), Naming::Needed, &at.below("or").index(index));
            }
        }
    }
}
