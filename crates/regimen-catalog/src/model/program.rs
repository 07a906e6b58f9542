//! Programmes: phases of weeks, sessions on days, and how the work grows.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::dose::Dose;
use super::entry::Entity;
use super::exercise::{Exercise, Level};
use super::session::Session;
use super::small::Source;
use crate::prose::{Line, Prose};
use crate::quantity::{Count, LengthUnit, LoadUnit, Measured, Percent, Rpe, TimeUnit};
use crate::reference::{Id, Kind};
use crate::vocabulary::{PhaseKind, Weekday};

/// The facts of a programme. It holds no dates: a schedule anchors it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// For whom it is: 1 beginner to 5 expert.
    pub level: Level,
    /// When its content last changed; calendars carry it as their revision.
    pub revised: Option<Date>,
    /// The phases in order.
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
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// Its id within the programme; the words describe it under this id.
    pub id: Id<Phase>,
    /// What it is for.
    pub kind: PhaseKind,
    /// How many weeks it lasts.
    pub weeks: u8,
    /// Share of the sets that are done, at least one each; all unless stated. A lighter week has `60 %`.
    pub volume: Option<Percent>,
    /// The sessions of each week.
    pub sessions: Vec<PhaseSession>,
    /// How the work changes from week to week.
    #[serde(default)]
    pub progression: Vec<Progression>,
}

/// A session on a day of the week.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhaseSession {
    /// Which session.
    pub session: Id<Session>,
    /// On which day.
    pub day: Weekday,
    /// A name that stays when day or session change, so that calendars see the same event; the session's id
    /// unless stated.
    pub slot: Option<Id<PhaseSession>>,
}

/// How the dose of one exercise changes in a phase.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "ProgressionAsWritten")]
pub struct Progression {
    /// The exercise, in every session of the phase that has it in its main or accessory part.
    pub exercise: Id<Exercise>,
    /// The one session that is meant, if not all are.
    pub session: Option<Id<Session>>,
    /// The dose of the phase's first week, instead of the session's.
    pub from: Option<Dose>,
    /// What happens from week to week; `None` keeps `from`.
    pub scheme: Option<Scheme>,
}

/// What happens to a dose from week to week.
#[derive(Debug, Clone)]
pub enum Scheme {
    /// The same step again and again, up to a cap.
    Linear(Step),
    /// One dose for each week of the phase.
    Explicit(Vec<Dose>),
}

/// A step: `{add: 1, to: reps, every: 1, cap: 12}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What is added.
    pub add: Measure,
    /// Weeks between two steps; 1 unless stated.
    pub every: Option<Count>,
    /// The most that is reached.
    pub cap: Option<Measure>,
}

/// An amount of one part of a dose, written `1 reps`, `1 sets`, `0.5 rpe`, `2.5 kg`, `5 s`, `100 m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Sets.
    Sets(u32),
    /// Repetitions.
    Reps(u32),
    /// Effort, in steps of 0.5.
    Rpe(Decimal),
    /// Load.
    Load(Decimal, LoadUnit),
    /// Hold or time.
    Time(Decimal, TimeUnit),
    /// Distance.
    Distance(Decimal, LengthUnit),
}

impl std::str::FromStr for Measure {
    type Err = crate::quantity::BadQuantity;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let whole = |number: &str| number.trim().parse::<u32>().ok().filter(|n| (1..=1000).contains(n));
        let sets = text.strip_suffix("sets").or_else(|| text.strip_suffix("set")).and_then(whole).map(Self::Sets);
        let reps = || text.strip_suffix("reps").or_else(|| text.strip_suffix("rep")).and_then(whole).map(Self::Reps);
        let rpe = || {
            let number = text.strip_suffix("rpe")?.trim().parse::<Decimal>().ok()?;
            // A step may be smaller than the lowest rating, but it has the same grain.
            Rpe::new(number + Decimal::ONE).map(|_| Self::Rpe(number))
        };
        let load = || one::<LoadUnit>(text).map(|(amount, unit)| Self::Load(amount, unit));
        let time = || one::<TimeUnit>(text).map(|(amount, unit)| Self::Time(amount, unit));
        let distance = || one::<LengthUnit>(text).map(|(amount, unit)| Self::Distance(amount, unit));
        sets.or_else(reps).or_else(rpe).or_else(load).or_else(time).or_else(distance).ok_or_else(|| {
            crate::quantity::BadQuantity::new(format!(
                "`{}` is not a step such as `1 reps`, `1 sets`, `0.5 rpe`, `2.5 kg`, `5 s` or `100 m`",
                text.escape_debug()
            ))
        })
    }
}

impl std::fmt::Display for Measure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use crate::quantity::Unit as _;
        match self {
            Self::Sets(count) => write!(f, "{count} sets"),
            Self::Reps(count) => write!(f, "{count} reps"),
            Self::Rpe(amount) => write!(f, "{amount} rpe"),
            Self::Load(amount, unit) => write!(f, "{amount} {}", unit.symbol()),
            Self::Time(amount, unit) => write!(f, "{amount} {}", unit.symbol()),
            Self::Distance(amount, unit) => write!(f, "{amount} {}", unit.symbol()),
        }
    }
}

crate::quantity::literal!(Measure);

fn one<U: crate::quantity::Unit>(text: &str) -> Option<(Decimal, U)> {
    let measured: Measured<U> = text.parse().ok()?;
    measured.amount.is_one().then(|| (measured.amount.low(), measured.unit))
}

/// The keys of a progression as authors write them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProgressionAsWritten {
    exercise: Id<Exercise>,
    session: Option<Id<Session>>,
    from: Option<Dose>,
    linear: Option<Step>,
    explicit: Option<Vec<Dose>>,
}

impl TryFrom<ProgressionAsWritten> for Progression {
    type Error = &'static str;

    fn try_from(written: ProgressionAsWritten) -> Result<Self, &'static str> {
        let scheme = match (written.linear, written.explicit) {
            (Some(_), Some(_)) => {
                return Err("a progression has at most one of `linear` and `explicit`");
            }
            (Some(step), None) => Some(Scheme::Linear(step)),
            (None, Some(doses)) => Some(Scheme::Explicit(doses)),
            (None, None) if written.from.is_none() => {
                return Err("a progression says what changes: `from`, `linear` or `explicit`");
            }
            (None, None) => None,
        };
        if written.from.is_some() && matches!(scheme, Some(Scheme::Explicit(_))) {
            return Err("`explicit` lists the dose of every week, so `from` has nothing to say");
        }
        Ok(Self { exercise: written.exercise, session: written.session, from: written.from, scheme })
    }
}

/// The words of a programme.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgramWords {
    /// Its name.
    pub name: String,
    /// What it does, in a sentence or two.
    pub summary: Prose,
    /// What it is for, in a few words.
    pub goal: Line,
    /// For whom it is, in a few words.
    pub audience: Line,
    /// What to know before the first session.
    #[serde(default)]
    pub notes: Vec<Line>,
    /// What each phase is about, by its id.
    #[serde(default)]
    pub phases: BTreeMap<Id<Phase>, Line>,
}

impl Entity for Program {
    type Words = ProgramWords;
    const KIND: Kind = Kind::Program;
}
