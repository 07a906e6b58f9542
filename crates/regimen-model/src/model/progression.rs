//! How the work of a phase changes from week to week.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Deserialize;

use super::by_result::{ByResult, Stages};
use super::doses::Doses;
use super::exercise::Exercise;
use super::placement::PhaseSession;
use super::run::{RunStep, StepLength};
use super::session::{Item, Session};
use super::step_every::StepEvery;
use super::work::WorkKind;
use crate::json_schema::{Alternative, alternatives};
use crate::quantity::{
    BadQuantity, Count, Duration, Extent, LengthUnit, Literal, LoadStep, LoadUnit, Measured, OrNone, Percent, Reps,
    Rpe, TimeUnit, Unit, WHOLE, literal, or_in_two_units, parse_decimal, shape_with, unreadable,
};
use crate::reference::Id;

/// How one exercise, or one step of a run, changes in a phase.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(try_from = "ProgressionAsWritten")]
#[schemars(with = "ProgressionAsWritten")]
pub struct Progression {
    /// What changes.
    pub of: Grows,
    /// The one session that is meant, if not all are.
    pub session: Option<Id<Session>>,
    /// The one place in the week that is meant, by the name that the programme has for it, if not all are.
    pub slot: Option<Id<PhaseSession>>,
    /// How it changes.
    pub scheme: Scheme,
}

impl Progression {
    /// Whether it is meant for a session, where the programme speaks of its place by this name.
    pub fn is_for(&self, session: &Id<Session>, name: &str) -> bool {
        let of_session = self.session.as_ref().is_none_or(|only| only == session);
        of_session && self.slot.as_ref().is_none_or(|only| only.as_str() == name)
    }
}

/// What a progression changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grows {
    /// An exercise, in every session of the phase that has it in its main or accessory part.
    Exercise(Id<Exercise>),
    /// One line of a session with an exercise, by its id.
    Item(Id<Item>),
    /// A step of a run, by its id.
    Step(Id<RunStep>),
}

impl Grows {
    /// The key that names it in the file.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Exercise(_) => "exercise",
            Self::Item(_) => "item",
            Self::Step(_) => "step",
        }
    }

    /// The id that is named.
    pub fn id(&self) -> &str {
        match self {
            Self::Exercise(id) => id.as_str(),
            Self::Item(id) => id.as_str(),
            Self::Step(id) => id.as_str(),
        }
    }
}

/// What happens from week to week.
#[derive(Debug, Clone)]
pub enum Scheme {
    /// This dose in all weeks, instead of the session's.
    Constant(Doses),
    /// The same step again and again, up to a cap, from the session's dose or another one.
    Linear {
        /// The dose of the phase's first week, if it is not the session's.
        from: Option<Doses>,
        /// The step.
        step: Step,
    },
    /// More repetitions first, then more load: the reader's results decide when.
    Double {
        /// The dose of the phase's first week, if it is not the session's.
        from: Option<Doses>,
        /// The rule.
        rule: Double,
    },
    /// More load after each success, less after misses: the reader's results decide.
    ByResult {
        /// The dose of the phase's first week, if it is not the session's.
        from: Option<Doses>,
        /// The rule.
        rule: ByResult,
    },
    /// Doses to go through, one after each miss: the reader's results decide.
    Stages(Stages),
    /// Shares of the reader's best, set by set.
    PercentTable(PercentTable),
    /// One dose for each week of the phase.
    Explicit(Vec<Doses>),
    /// One length for each week of the phase, of a step of a run.
    Lengths(Vec<StepLength>),
    /// One number of repeats for each week of the phase, of a step of a run.
    Repeats(Vec<Count>),
}

impl Scheme {
    /// The doses from which it starts, if it says so, and the step that it makes again and again, if it does.
    pub(crate) fn linear(&self) -> Option<(Option<&Doses>, &Step)> {
        match self {
            Self::Linear { from, step } => Some((from.as_ref(), step)),
            Self::Constant(_)
            | Self::Explicit(_)
            | Self::Double { .. }
            | Self::ByResult { .. }
            | Self::Stages(_)
            | Self::PercentTable(_)
            | Self::Lengths(_)
            | Self::Repeats(_) => None,
        }
    }

    /// Whether it counts sets and repetitions towards a result, which a clock does not wait for.
    pub fn is_by_results(&self) -> bool {
        self.is_open() || matches!(self, Self::PercentTable(_))
    }

    /// Whether nobody but the reader knows what is lifted after the first time.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Double { .. } | Self::ByResult { .. } | Self::Stages(_))
    }

    /// Whether it has doses of its own, in place of those that the session writes out.
    pub fn replaces_doses(&self) -> bool {
        match self {
            Self::Linear { from, .. } => from.is_some(),
            Self::ByResult { from, .. } => from.is_some(),
            Self::Constant(_) | Self::Double { .. } | Self::Stages(_) | Self::PercentTable(_) | Self::Explicit(_) => {
                true
            }
            Self::Lengths(_) | Self::Repeats(_) => false,
        }
    }

    /// Whether it lists every week of the phase. Such amounts are final: no share of a lighter week changes them.
    pub fn is_written_by_week(&self) -> bool {
        match self {
            Self::Explicit(_) | Self::Lengths(_) | Self::Repeats(_) => true,
            Self::PercentTable(table) => table.then.is_none(),
            Self::Constant(_) | Self::Linear { .. } | Self::Double { .. } | Self::ByResult { .. } | Self::Stages(_) => {
                false
            }
        }
    }

    /// The key that holds it in the file.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Constant(_) => "from",
            Self::Linear { .. } => "linear",
            Self::Double { .. } => "double",
            Self::ByResult { .. } => "by_result",
            Self::Stages(_) => "stages",
            Self::PercentTable(_) => "percent_table",
            Self::Explicit(_) => "explicit",
            Self::Lengths(_) => "lengths",
            Self::Repeats(_) => "repeats",
        }
    }
}

/// A step: `{add: 1 reps, every: 1, cap: 12 reps, deload: {every: 4, to: 80 %}}`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What is added.
    pub add: Measure,
    /// Weeks between two steps, or the sessions between them: `session` for each time. 1 week unless stated.
    pub every: Option<StepEvery>,
    /// The most that is reached.
    pub cap: Option<Measure>,
    /// Lighter weeks in between.
    pub deload: Option<Deload>,
}

impl Step {
    /// How often the step has been made in a week of its phase, 0 for the first, if what grows has been done so many times in the
    /// weeks and on the days before that are no lighter ones. In a lighter week none is added.
    pub fn made_in(&self, week: u32, done: u32) -> u32 {
        match self.every {
            Some(StepEvery::Sessions(sessions)) if self.is_lighter(week) => done.saturating_sub(1) / sessions,
            Some(StepEvery::Sessions(sessions)) => done / sessions,
            Some(StepEvery::Weeks(_)) | None => {
                let lighter = self.deload.map_or(0, |deload| (week + 1) / deload.every.0.low());
                let weeks = self.every.map_or(1, StepEvery::number);
                week.saturating_sub(lighter) / weeks
            }
        }
    }

    /// Whether a week of its phase, 0 for the first, is a lighter one.
    pub fn is_lighter(&self, week: u32) -> bool {
        self.deload.is_some_and(|deload| (week + 1).is_multiple_of(deload.every.0.low()))
    }
}

/// Every so many weeks a lighter one, in which nothing is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deload {
    /// Each such week of the phase is lighter: 4 is every fourth.
    pub every: Count,
    /// The share that is left of what the step changes.
    pub to: Percent,
}

/// Double progression: `{reps: 8-12, add: 2.5 kg, cap: 60 kg}`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Double {
    /// Where the repetitions start, and what must be reached before load is added.
    pub reps: Count,
    /// The load that is added then.
    pub add: LoadStep,
    /// The most load that is reached.
    pub cap: Option<LoadStep>,
}

/// A table of shares: `{of: tm, weeks: [[{reps: 5, at: 65 %}, {reps: amrap, at: 85 %}]], then: 2.5 kg}`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PercentTable {
    /// Which best the shares are of.
    pub of: PercentOf,
    /// The sets of each week.
    pub weeks: Vec<Vec<PercentSet>>,
    /// What is added to the best each time the table starts again; without it the table covers the whole phase.
    pub then: Option<LoadStep>,
}

/// Which best a share is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
pub enum PercentOf {
    /// The one-repetition maximum.
    #[serde(rename = "1rm")]
    OneRepMax,
    /// The training maximum, mostly nine tenths of it.
    #[serde(rename = "tm")]
    TrainingMax,
}

impl PercentOf {
    /// The unit of such a share.
    pub fn unit(self) -> LoadUnit {
        match self {
            Self::OneRepMax => LoadUnit::PercentOneRepMax,
            Self::TrainingMax => LoadUnit::PercentTrainingMax,
        }
    }
}

/// Some sets at one share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PercentSet {
    /// How many sets; 1 unless stated.
    pub sets: Option<Count>,
    /// How many repetitions.
    pub reps: Reps,
    /// At which share.
    pub at: Percent,
    /// Rest after each set; that of the session's dose if left out, `none` for no rest.
    pub rest: Option<OrNone<Duration>>,
}

/// An amount of one part of a dose, written `1 reps`, `1 sets`, `0.5 rpe`, `2.5 kg`, `5 s`, `100 m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Sets.
    Sets(u32),
    /// Work that is counted in whole numbers, such as repetitions.
    Count(WorkKind, u32),
    /// Effort, in steps of 0.5.
    Rpe(Decimal),
    /// Load.
    Load(Decimal, LoadUnit),
    /// Hold or time.
    Time(Decimal, TimeUnit),
    /// Distance.
    Distance(Decimal, LengthUnit),
}

impl Literal for Measure {
    const EXPECTED: &'static str = "a step such as `1 reps`, `1 sets`, `0.5 rpe`, `2.5 kg`, `5 s` or `100 m`";

    fn shape() -> String {
        let amounts = [shape_of::<LoadUnit>(), shape_of::<TimeUnit>(), shape_of::<LengthUnit>()].join("|");
        let counts = counts().map(|(names, _)| one_or_several(names)).collect::<Vec<_>>().join("|");
        format!(r"{WHOLE}\s*({counts})|([0-8](\.[05]0*)?|9(\.0+)?)\s*rpe|{amounts}")
    }

    fn read(text: &str) -> Option<Self> {
        let whole = |number: &str| number.trim().parse::<u32>().ok().filter(|n| (1..=1000).contains(n));
        let count = counts().find_map(|(names, of)| without(text, names).and_then(whole).map(of));
        let rpe = || {
            let number = parse_decimal(text.strip_suffix("rpe")?.trim())?;
            // A step may be smaller than the lowest rating, but it has the same grain.
            Rpe::new(number + Decimal::ONE).map(|_| Self::Rpe(number))
        };
        let load = || one::<LoadUnit>(text).map(|(amount, unit)| Self::Load(amount, unit));
        let time = || one::<TimeUnit>(text).map(|(amount, unit)| Self::Time(amount, unit));
        let distance = || one::<LengthUnit>(text).map(|(amount, unit)| Self::Distance(amount, unit));
        count.or_else(rpe).or_else(load).or_else(time).or_else(distance)
    }

    fn advice(tidied: &str) -> Option<String> {
        if let Some(share) = tidied.strip_suffix('%') {
            let most = format!("{} %1rm", share.trim());
            let most = Self::read(&most).map(|_| format!("; where the load is a share of the highest one, `{most}`"));
            return Some(format!("write a weight, such as `2.5 kg`, or `1 reps`{}", most.unwrap_or_default()));
        }
        let number = parse_decimal(tidied).filter(|number| !number.is_zero())?;
        let reps = if number.is_integer() { format!(", `{number} reps`") } else { String::new() };
        Some(format!("write its unit: `{number} kg`, `{number} lb`{reps} or `{number} min`"))
    }

    fn respelt(tidied: &str) -> Vec<String> {
        // A number alone has no unit that would be meant more than another, and a share of the load cannot be added.
        if tidied.ends_with('%') || tidied.ends_with(|c: char| c.is_ascii_digit()) {
            return Vec::new();
        }
        let bare = |names| without(tidied, names).and_then(|number| parse_decimal(number.trim()));
        let counts = counts().filter_map(|(names, _)| Some(format!("{} {}", bare(names)?, names.first()?)));
        let load = Measured::<LoadUnit>::respelt(tidied);
        counts
            .chain(load)
            .chain(Measured::<TimeUnit>::respelt(tidied))
            .chain(Measured::<LengthUnit>::respelt(tidied))
            .collect()
    }
}

impl FromStr for Measure {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sets(count) => write!(f, "{count} sets"),
            Self::Count(work, count) => write!(f, "{count} {}", work.steps().first().unwrap_or(&work.key())),
            Self::Rpe(amount) => write!(f, "{amount} rpe"),
            Self::Load(amount, unit) => write!(f, "{amount} {}", unit.symbol()),
            Self::Time(amount, unit) => write!(f, "{amount} {}", unit.symbol()),
            Self::Distance(amount, unit) => write!(f, "{amount} {}", unit.symbol()),
        }
    }
}

literal!(Measure);

/// The names of one or several of everything that is counted in whole numbers, each with its measure.
fn counts() -> impl Iterator<Item = (&'static [&'static str], impl Fn(u32) -> Measure)> {
    let works = WorkKind::ALL.iter().filter(|work| !work.steps().is_empty());
    let works = works.map(|work| (work.steps(), Some(*work)));
    let all = std::iter::once((&["sets", "set"][..], None)).chain(works);
    all.map(|(names, work)| {
        let measure = move |count| work.map_or(Measure::Sets(count), |work| Measure::Count(work, count));
        (names, measure)
    })
}

/// `sets?` for "sets" and "set".
fn one_or_several(names: &[&str]) -> String {
    match names {
        [several, one] if several.strip_suffix('s') == Some(one) => format!("{one}s?"),
        names => names.join("|"),
    }
}

/// The text before one of these names.
fn without<'t>(text: &'t str, names: &[&str]) -> Option<&'t str> {
    names.iter().find_map(|name| text.strip_suffix(name))
}

fn shape_of<U: Unit>() -> String {
    or_in_two_units::<U>(shape_with(U::SPELLINGS, str::to_owned))
}

fn one<U: Unit>(text: &str) -> Option<(Decimal, U)> {
    let measured = Measured::<U>::read(text)?;
    measured.amount.is_one().then(|| (measured.amount.low(), measured.unit))
}

/// The keys of a progression as authors write them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = alternatives(WAYS, BESIDE))]
struct ProgressionAsWritten {
    /// The exercise that changes.
    exercise: Option<Id<Exercise>>,
    /// The one line of a session with an exercise that changes, by its `id`.
    item: Option<Id<Item>>,
    /// The step of a run that changes, by its `id`.
    step: Option<Id<RunStep>>,
    /// The one session that is meant, if not all are.
    session: Option<Id<Session>>,
    /// The one place in the week that is meant, if not all are: the `slot` of a session of the phase, else its session's id; in a grid
    /// the day of its cell, such as `tuesday` or, for the second session of that day, `tuesday-2`.
    slot: Option<Id<PhaseSession>>,
    /// The dose of the phase's first week, if it is not the session's; alone, that of all weeks.
    from: Option<Doses>,
    /// The same step again and again.
    linear: Option<Step>,
    /// More repetitions first, then more load: the reader's results decide when.
    double: Option<Double>,
    /// More load after each success, less after misses: the reader's results decide.
    by_result: Option<ByResult>,
    /// Doses to go through, one after each miss: the reader's results decide.
    stages: Option<Stages>,
    /// Shares of the reader's best, set by set.
    percent_table: Option<PercentTable>,
    /// One dose for each week of the phase.
    explicit: Option<Vec<Doses>>,
    /// One length for each week of the phase.
    lengths: Option<Vec<StepLength>>,
    /// One number of repeats for each week of the phase.
    repeats: Option<Vec<Count>>,
}

/// The keys that every progression may have.
const BESIDE: &[&str] = &["session", "slot"];

/// What can change, and in which ways.
const WAYS: &[Alternative] = &[
    Alternative::keyed("linear").needs(&["exercise"]).takes(&["from"]),
    Alternative::keyed("double").needs(&["exercise"]).takes(&["from"]),
    Alternative::keyed("by_result").needs(&["exercise"]).takes(&["from"]),
    Alternative::keyed("stages").needs(&["exercise"]),
    Alternative::keyed("percent_table").needs(&["exercise"]),
    Alternative::keyed("explicit").needs(&["exercise"]),
    Alternative::keyed("from").needs(&["exercise"]),
    Alternative::keyed("linear").needs(&["item"]).takes(&["from"]),
    Alternative::keyed("double").needs(&["item"]).takes(&["from"]),
    Alternative::keyed("percent_table").needs(&["item"]),
    Alternative::keyed("explicit").needs(&["item"]),
    Alternative::keyed("from").needs(&["item"]),
    Alternative::keyed("linear").needs(&["step"]),
    Alternative::keyed("lengths").needs(&["step"]),
    Alternative::keyed("repeats").needs(&["step"]),
];

impl TryFrom<ProgressionAsWritten> for Progression {
    type Error = String;

    fn try_from(written: ProgressionAsWritten) -> Result<Self, String> {
        let of = match (written.exercise, written.item, written.step) {
            (Some(exercise), None, None) => Grows::Exercise(exercise),
            (None, Some(item), None) => Grows::Item(item),
            (None, None, Some(step)) => Grows::Step(step),
            _ => return Err("a progression names one of an `exercise`, an `item` or a `step` of a run".into()),
        };
        let from = written.from;
        let starts = from.is_some();
        let mut schemes: Vec<Scheme> = Vec::new();
        schemes.extend(written.linear.map(|step| Scheme::Linear { from: from.clone(), step }));
        schemes.extend(written.double.map(|rule| Scheme::Double { from: from.clone(), rule }));
        schemes.extend(written.by_result.map(|rule| Scheme::ByResult { from: from.clone(), rule }));
        schemes.extend(written.stages.map(Scheme::Stages));
        schemes.extend(written.percent_table.map(Scheme::PercentTable));
        schemes.extend(written.explicit.map(Scheme::Explicit));
        schemes.extend(written.lengths.map(Scheme::Lengths));
        schemes.extend(written.repeats.map(Scheme::Repeats));
        if let [one, other, ..] = schemes.as_slice() {
            return Err(format!("a progression goes one way; this one has `{}` and `{}`", one.key(), other.key()));
        }
        let scheme = match (schemes.pop(), from) {
            (Some(scheme), _) => scheme,
            (None, Some(dose)) => Scheme::Constant(dose),
            (None, None) => {
                return Err("a progression says what changes: `from`, `linear`, `double`, `by_result`, `stages`, \
                            `percent_table`, `explicit`, `lengths` or `repeats`"
                    .into());
            }
        };
        fits(&of, &scheme, starts)?;
        Ok(Self { of, session: written.session, slot: written.slot, scheme })
    }
}

/// Whether a scheme can change what is named, and whether `from` has something to say.
fn fits(of: &Grows, scheme: &Scheme, starts: bool) -> Result<(), String> {
    let key = scheme.key();
    match (of, scheme) {
        (Grows::Exercise(_) | Grows::Item(_), Scheme::Lengths(_) | Scheme::Repeats(_)) => {
            Err(format!("`{key}` changes a `step` of a run; an exercise has `explicit` doses"))
        }
        (Grows::Step(_), Scheme::Lengths(_) | Scheme::Repeats(_) | Scheme::Linear { from: None, .. }) if !starts => {
            Ok(())
        }
        (Grows::Step(_), _) => Err(format!(
            "a step of a run changes by `linear`, `lengths` or `repeats`, not by `{}`",
            if starts { "from" } else { key }
        )),
        (Grows::Exercise(_) | Grows::Item(_), Scheme::Explicit(_) | Scheme::PercentTable(_) | Scheme::Stages(_))
            if starts =>
        {
            Err(format!("`{key}` states the work of every week, so `from` has nothing to say"))
        }
        (Grows::Exercise(_) | Grows::Item(_), _) => Ok(()),
    }
}

/// The range of repetitions of a double progression.
impl Double {
    /// From where the repetitions start to what must be reached.
    pub fn range(&self) -> Extent<u32> {
        self.reps.0
    }
}
