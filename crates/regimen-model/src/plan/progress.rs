//! How the work changes from week to week of a phase.

use rust_decimal::Decimal;

use super::Instruction;
use super::grown::{ProgressionError, WeekDoses, written};
use super::results::{self, Added};
use super::share::{length_grain, of_count, of_length, rounded, time_grain};
use crate::model::{
    ByResult, Deload, Dose, Doses, Double, Grows, Measure, PercentTable, Progression, Repeat, RunStep, Scheme, Stated,
    Step, StepLength, Stretch, Success, Work, WorkAmountMut, WorkKind,
};
use crate::quantity::{Distance, Duration, Extent, Load, LoadUnit, Measured, PerSet, Percent, Reps, Rpe, Unit};

/// A progression of a phase, with its position there.
#[derive(Debug, Clone, Copy)]
pub(super) struct PhaseProgression<'a> {
    pub(super) index: usize,
    pub(super) rule: &'a Progression,
}

/// A week of a phase.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WeekOfPhase {
    /// 0 for the first.
    pub(crate) week: u32,
    /// How many weeks the phase has.
    pub(crate) weeks: u32,
}

/// The work of an exercise in a week of the phase.
pub(crate) fn dose_in_week(
    progression: &Progression,
    doses: &Doses,
    at: WeekOfPhase,
) -> Result<WeekDoses, ProgressionError> {
    match &progression.scheme {
        Scheme::Constant(doses) => Ok(doses.clone().into()),
        Scheme::Explicit(weeks) => of_week(weeks, "explicit", at).map(|doses| doses.clone().into()),
        Scheme::Linear { from, step } => started(from.as_ref(), doses, |doses| grown(doses, step, at)),
        Scheme::Double { from, rule } => started(from.as_ref(), doses, |doses| doubled(doses, rule)),
        Scheme::ByResult { from, rule } => started(from.as_ref(), doses, |doses| results::by_result(doses, rule)),
        Scheme::Stages(rule) => results::in_stages(doses, rule),
        Scheme::PercentTable(table) => shares(table, doses, at),
        Scheme::Lengths(_) | Scheme::Repeats(_) => Ok(doses.clone().into()),
    }
}

/// The work that grows from the dose that a progression states itself, else from the session's.
fn started(
    from: Option<&Doses>,
    doses: &Doses,
    grow: impl FnOnce(&Doses) -> Result<WeekDoses, ProgressionError>,
) -> Result<WeekDoses, ProgressionError> {
    match from {
        Some(from) => grow(from).map_err(|problem| ProgressionError { involves_dose: false, ..problem }),
        None => grow(doses),
    }
}

/// The entry of this week in a list that has one for each week.
fn of_week<'a, T>(list: &'a [T], key: &'static str, at: WeekOfPhase) -> Result<&'a T, ProgressionError> {
    match (list_fits(key, list.len(), at), list.get(at.week as usize)) {
        (None, Some(entry)) => Ok(entry),
        (problem, _) => Err(problem.unwrap_or_else(|| wrong_length(key, list.len(), at))),
    }
}

/// What is wrong with a list that should have one entry for each week of the phase, if its length is.
pub(super) fn list_fits(key: &'static str, count: usize, at: WeekOfPhase) -> Option<ProgressionError> {
    (count != at.weeks as usize).then(|| wrong_length(key, count, at))
}

fn wrong_length(key: &'static str, count: usize, at: WeekOfPhase) -> ProgressionError {
    let [entries, weeks] = [(count, "entry", "entries"), (at.weeks as usize, "week", "weeks")]
        .map(|(n, one, many)| format!("{n} {}", if n == 1 { one } else { many }));
    ProgressionError {
        key,
        message: format!("`{key}` has {entries}, and the phase has {weeks}"),
        help: "list one entry for each week of the phase",
        involves_dose: false,
    }
}

/// How many steps have been made, and whether this week is a lighter one.
pub(super) fn steps_made(step: &Step, week: u32) -> (u32, Option<Percent>) {
    let lighter =
        |deload: &Deload| ((week + 1) / deload.every.0.low(), (week + 1).is_multiple_of(deload.every.0.low()));
    let (pauses, is_lighter) = step.deload.as_ref().map_or((0, false), lighter);
    let weeks = week.saturating_sub(pauses);
    (weeks / step.every.map_or(1, |every| every.0.low()), step.deload.map(|deload| deload.to).filter(|_| is_lighter))
}

/// A `deload` that is one: some weeks are lighter, and not all.
fn lighter_at_times(step: &Step) -> Result<(), ProgressionError> {
    match &step.deload {
        Some(Deload { every, to }) if to.0 > Decimal::ONE_HUNDRED || every.0.low() < 2 => Err(ProgressionError {
            key: "linear",
            message: format!("`deload: {{every: {every}, to: {to}}}` makes no week lighter than the others"),
            help: "`every` is 2 weeks or more, and `to` at most `100 %`",
            involves_dose: false,
        }),
        Some(_) | None => Ok(()),
    }
}

/// What is added in all, where it must stop, and the share of a lighter week.
struct LinearStep {
    by: Decimal,
    cap: Option<(Decimal, Measure)>,
    share: Option<Percent>,
}

impl LinearStep {
    fn new(step: &Step, week: u32) -> Result<Self, ProgressionError> {
        let (steps, share) = steps_made(step, week);
        lighter_at_times(step)?;
        let cap = match step.cap {
            None => None,
            Some(cap) => {
                Some(amount_like(cap, step.add).map(|amount| (amount, cap)).ok_or_else(|| ProgressionError {
                    key: "linear",
                    message: format!("the cap `{cap}` is not of the same kind as the step `{}`", step.add),
                    help: "write the cap in the same words or unit as `add`",
                    involves_dose: false,
                })?)
            }
        };
        Ok(Self { by: amount(step.add).saturating_mul(Decimal::from(steps)), cap, share })
    }

    /// As much of the rise as the amount that is highest allows: until its upper end reaches the cap.
    fn below_cap(&self, highest: Extent<Decimal>) -> Result<Self, ProgressionError> {
        if let Some((_, cap)) = self.cap.filter(|(cap, _)| *cap < highest.high()) {
            return Err(ProgressionError {
                key: "linear",
                message: format!("the cap `{cap}` is below {highest}, where the steps start"),
                help: "raise the `cap`, or start lower with `from`",
                involves_dose: true,
            });
        }
        let room = self.cap.map_or(self.by, |(cap, _)| cap - highest.high());
        Ok(Self { by: self.by.min(room), cap: None, share: self.share })
    }

    /// Both ends raised alike, until the upper one reaches the cap.
    fn of(&self, extent: Extent<Decimal>, grain: Decimal) -> Result<Extent<Decimal>, ProgressionError> {
        let rise = self.below_cap(extent)?;
        let raised = extent.map(|end| end.saturating_add(rise.by).min(MOST).normalize());
        Ok(self.share.map_or(raised, |share| raised.map(|end| rounded(end, share, grain))))
    }

    fn count(&self, count: &mut Extent<u32>) -> Result<(), ProgressionError> {
        let raised = self.of(count.map(Decimal::from), Decimal::ONE)?;
        *count = raised.map(|end| u32::try_from(end).unwrap_or(1000).clamp(1, 1000));
        Ok(())
    }

    fn measured<U: Unit>(&self, measured: &mut Measured<U>, grain: Decimal) -> Result<(), ProgressionError> {
        measured.amount = self.of(measured.amount, grain)?;
        Ok(())
    }

    fn rpe(&self, rpe: &mut Extent<Rpe>) -> Result<(), ProgressionError> {
        let half = Decimal::new(5, 1);
        // No set is harder than 10, which nobody has to write as a cap; a range keeps its width below it.
        let most = Decimal::TEN - rpe.high().value();
        let raised = Self { by: self.by.min(most), ..*self }.of(rpe.map(Rpe::value), half)?;
        let rating = |value: Decimal| Rpe::new(value).unwrap_or(rpe.high());
        *rpe = raised.map(rating);
        Ok(())
    }
}

/// No amount grows beyond what a literal may state.
const MOST: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

fn grown(doses: &Doses, step: &Step, at: WeekOfPhase) -> Result<WeekDoses, ProgressionError> {
    let written = written(doses);
    let mut doses: Vec<Dose> = doses.iter().cloned().collect();
    let rise = LinearStep::new(step, at.week)?;
    if matches!(step.add, Measure::Sets(_)) {
        one_more_set(&doses, step.add, &written)?;
    }
    let mut growing: Vec<Growing<'_>> = doses.iter_mut().flat_map(|dose| growing(dose, step.add)).collect();
    let Some(highest) = growing.iter().map(Growing::extent).max_by_key(Extent::high) else {
        return Err(does_not_fit(step.add, &written));
    };
    // Sets that differ keep their differences: all rise alike, until the highest reaches the cap.
    let rise = rise.below_cap(highest)?;
    for amount in &mut growing {
        amount.raise(&rise)?;
    }
    Ok(WeekDoses { doses, instruction: None })
}

/// There is no set like the others to add where each is written out.
fn one_more_set(doses: &[Dose], add: Measure, written: &str) -> Result<(), ProgressionError> {
    match doses {
        [dose] if dose.sets_that_differ().is_none() => Ok(()),
        _ => Err(ProgressionError {
            key: "linear",
            message: format!("a step of `{add}` does not fit `{written}`, whose sets differ"),
            help: "write the sets of each week with `explicit`, or give each dose a line of its own with an `id`, and name \
                   that line with `item`",
            involves_dose: true,
        }),
    }
}

/// An amount of a dose that a step changes.
enum Growing<'d> {
    Count(&'d mut Extent<u32>),
    AtLeast(&'d mut u32),
    Rpe(&'d mut Extent<Rpe>),
    Load(&'d mut Measured<LoadUnit>, Decimal),
    Time(&'d mut Duration),
    Distance(&'d mut Distance),
}

impl Growing<'_> {
    fn extent(&self) -> Extent<Decimal> {
        match self {
            Self::Count(count) => count.map(Decimal::from),
            Self::AtLeast(least) => Extent::one(Decimal::from(**least)),
            Self::Rpe(rpe) => rpe.map(Rpe::value),
            Self::Load(load, _) => load.amount,
            Self::Time(time) => time.amount,
            Self::Distance(distance) => distance.amount,
        }
    }

    fn raise(&mut self, rise: &LinearStep) -> Result<(), ProgressionError> {
        match self {
            Self::Count(count) => rise.count(count),
            Self::AtLeast(least) => {
                let mut count = Extent::one(**least);
                rise.count(&mut count)?;
                **least = count.low();
                Ok(())
            }
            Self::Rpe(rpe) => rise.rpe(rpe),
            Self::Load(load, grain) => rise.measured(load, *grain),
            Self::Time(time) => rise.measured(time, time_grain(time.unit)),
            Self::Distance(distance) => rise.measured(distance, length_grain(distance.unit)),
        }
    }
}

/// The amounts of a dose that are of the same kind and unit as a step.
fn growing(dose: &mut Dose, add: Measure) -> Vec<Growing<'_>> {
    let Dose { sets, work, held, load, rpe, .. } = dose;
    match add {
        Measure::Sets(_) => vec![Growing::Count(sets)],
        Measure::Rpe(_) => rpe.iter_mut().map(Growing::Rpe).collect(),
        Measure::Load(grain, unit) => {
            let loads = match load {
                Stated::Is(loads) => loads.as_mut_slice(),
                Stated::None | Stated::Unknown => &mut [],
            };
            let amounts = loads.iter_mut().filter_map(|load| match load {
                Load::Amount(load) if load.unit == unit => Some(Growing::Load(load, grain)),
                Load::Amount(_) | Load::Band(_) => None,
            });
            amounts.collect()
        }
        Measure::Count(..) | Measure::Time(..) | Measure::Distance(..) => {
            let held = held.iter_mut().map(WorkAmountMut::Time);
            let kind = work.kind();
            let amounts = work.amounts_mut().into_iter().chain(held);
            amounts.filter_map(|amount| growing_work(kind, amount, add)).collect()
        }
    }
}

/// An amount of work, if a step is of the same kind and unit.
fn growing_work(kind: WorkKind, amount: WorkAmountMut<'_>, add: Measure) -> Option<Growing<'_>> {
    match (add, amount) {
        (Measure::Count(counted, _), WorkAmountMut::Count(count)) if counted == kind => Some(Growing::Count(count)),
        (Measure::Count(counted, _), WorkAmountMut::AtLeast(least)) if counted == kind => Some(Growing::AtLeast(least)),
        (Measure::Time(_, unit), WorkAmountMut::Time(time)) if time.unit == unit => Some(Growing::Time(time)),
        (Measure::Distance(_, unit), WorkAmountMut::Distance(distance)) if distance.unit == unit => {
            Some(Growing::Distance(distance))
        }
        (
            Measure::Sets(_)
            | Measure::Count(..)
            | Measure::Rpe(_)
            | Measure::Load(..)
            | Measure::Time(..)
            | Measure::Distance(..),
            WorkAmountMut::Count(_)
            | WorkAmountMut::AtLeast(_)
            | WorkAmountMut::Open
            | WorkAmountMut::Time(_)
            | WorkAmountMut::Distance(_),
        ) => None,
    }
}

fn does_not_fit(add: Measure, changed: &str) -> ProgressionError {
    ProgressionError {
        key: "linear",
        message: format!("a step of `{add}` does not fit `{changed}`"),
        help: "a step names what is there, in its own unit: `reps`, `sets`, `rpe`, or a time, distance or load",
        involves_dose: true,
    }
}

/// The range of repetitions to work through, and what to do at its end.
fn doubled(doses: &Doses, rule: &Double) -> Result<WeekDoses, ProgressionError> {
    let range = rule.range();
    let error = |message, help, involves_dose| Err(ProgressionError { key: "double", message, help, involves_dose });
    let dose = match doses.only() {
        Some(dose) if dose.work.amounts().sets().is_none() => dose,
        Some(dose) if is_within(&dose.work, range) => {
            // Each set has the number that it must reach, so that nothing is added to it on the way.
            let Double { add, cap, .. } = *rule;
            let all = ByResult { add, every: Success::Session, reach: None, cap, miss: None };
            return results::by_result(doses, &all).map_err(|problem| ProgressionError { key: "double", ..problem });
        }
        Some(_) | None => {
            let message =
                format!("`double` counts the same repetitions in all sets, and those of `{}` differ", written(doses));
            let help =
                "list repetitions within the range of `double`, or name one of the doses by its `id` with `item`";
            return error(message, help, true);
        }
    };
    if !matches!(dose.work, Work::Reps(PerSet::All(Reps::Count(_) | Reps::AtLeast(_)))) {
        let message = format!("`double` counts repetitions, and `{}` has none", written(doses));
        return error(message, "take `linear` for a hold, a time or a distance", true);
    }
    if range.is_one() {
        let message = format!("`reps: {range}` leaves no room to grow before load is added");
        return error(message, "write a range such as `8-12`", false);
    }
    results::load_fits("double", dose, &Added { add: rule.add, cap: rule.cap })?;
    let instruction = Instruction::AddLoad { reach: range.high(), add: rule.add, again_at: range.low(), cap: rule.cap };
    let dose = Dose { work: Work::Reps(Reps::Count(range).into()), ..dose.clone() };
    Ok(WeekDoses { doses: vec![dose], instruction: Some(instruction) })
}

/// Whether each set has a number of repetitions of its own that lies within a range.
fn is_within(work: &Work, range: Extent<u32>) -> bool {
    let Work::Reps(PerSet::Each(sets)) = work else { return false };
    let is_within = |reps: &Reps| match reps {
        Reps::Count(count) => range.low() <= count.low() && count.high() <= range.high(),
        Reps::AtLeast(least) => range.low() <= *least && *least <= range.high(),
        Reps::Amrap | Reps::UntilTired => false,
    };
    sets.iter().all(is_within)
}

/// The sets of this week's row of a table of shares.
fn shares(table: &PercentTable, doses: &Doses, at: WeekOfPhase) -> Result<WeekDoses, ProgressionError> {
    let empty = || ProgressionError {
        key: "percent_table",
        message: "a table of shares has at least one set in each of its weeks".into(),
        help: "list the sets of each week: `weeks: [[{reps: 5, at: 75 %}]]`",
        involves_dose: false,
    };
    let length = table.weeks.len() as u32;
    let row = match table.then {
        Some(_) if length > 0 => &table.weeks[(at.week % length) as usize],
        Some(_) => return Err(empty()),
        None => of_week(&table.weeks, "percent_table", at)?,
    };
    if row.is_empty() {
        return Err(empty());
    }
    let base = doses.first().cloned().unwrap_or_else(|| Dose::of(Work::Reps(Reps::Amrap.into())));
    let sets = row.iter().map(|set| {
        let share = Measured { amount: Extent::one(set.at.0), unit: table.of.unit() };
        Dose {
            sets: set.sets.map_or(Extent::one(1), |sets| sets.0),
            work: Work::Reps(set.reps.into()),
            load: Stated::Is(Load::Amount(share).into()),
            rpe: None,
            rir: None,
            rest: Stated::from(set.rest).or(&base.rest),
            ..base.clone()
        }
    });
    let again = table.then.filter(|_| at.week > 0 && at.week.is_multiple_of(length));
    let instruction = again.map(|by| Instruction::RaiseBest { of: table.of, by });
    Ok(WeekDoses { doses: sets.collect(), instruction })
}

/// The steps of a run in a week of the phase: every progression that names one of them is followed.
pub(super) fn steps_in_week(
    steps: &[RunStep],
    progressions: &[PhaseProgression<'_>],
    at: WeekOfPhase,
    report: &mut impl FnMut(usize, ProgressionError),
) -> Vec<RunStep> {
    let grown = steps.iter().map(|step| {
        let step = match step.inner() {
            [] => step.clone(),
            inner => step.with_inner(steps_in_week(inner, progressions, at, report)),
        };
        match named(&step, progressions) {
            None => step,
            Some(one) => step_in_week(&step, &one.rule.scheme, at).unwrap_or_else(|problem| {
                report(one.index, problem);
                step
            }),
        }
    });
    grown.collect()
}

/// The progression that is followed for a step: the last one that names it, so that a special one may follow a general one.
fn named<'p>(step: &RunStep, progressions: &[PhaseProgression<'p>]) -> Option<PhaseProgression<'p>> {
    let id = step.id()?;
    progressions.iter().rev().find(|one| matches!(&one.rule.of, Grows::Step(named) if named == id)).copied()
}

/// Whether a progression states the step for each single week.
pub(super) fn is_written_for_week(step: &RunStep, progressions: &[PhaseProgression<'_>]) -> bool {
    named(step, progressions).is_some_and(|one| one.rule.scheme.is_written_by_week())
}

fn step_in_week(step: &RunStep, scheme: &Scheme, at: WeekOfPhase) -> Result<RunStep, ProgressionError> {
    match (scheme, step) {
        (Scheme::Lengths(list), RunStep::Stretch(stretch)) => {
            let length = *of_week(list, "lengths", at)?;
            Ok(RunStep::Stretch(Stretch { length, ..stretch.clone() }))
        }
        (Scheme::Repeats(list), RunStep::Repeat(repeat)) => {
            let times = of_week(list, "repeats", at)?.0;
            Ok(RunStep::Repeat(Repeat { times, ..repeat.clone() }))
        }
        (Scheme::Linear { step: rule, .. }, RunStep::Repeat(repeat)) => repeats_grown(repeat, rule, at),
        (Scheme::Linear { step: rule, .. }, RunStep::Stretch(stretch)) => stretch_grown(stretch, rule, at),
        (scheme, RunStep::Stretch(_)) => Err(wrong_step(scheme, "is a stretch; give `lengths` for it")),
        (scheme, RunStep::Repeat(_)) => Err(wrong_step(scheme, "is a repeat; give `repeats` for it")),
    }
}

fn wrong_step(scheme: &Scheme, why: &str) -> ProgressionError {
    let message = format!("`{}` does not fit: the step {why}", scheme.key());
    let help = "`lengths` change how long a step is, `repeats` how often it is done";
    ProgressionError { key: scheme.key(), message, help, involves_dose: false }
}

fn repeats_grown(repeat: &Repeat, rule: &Step, at: WeekOfPhase) -> Result<RunStep, ProgressionError> {
    let Measure::Count(WorkKind::Reps, _) = rule.add else {
        return Err(does_not_fit(rule.add, &format!("repeat: {}", repeat.times)));
    };
    let (_, share) = steps_made(rule, at.week);
    let mut times = repeat.times;
    LinearStep { share: None, ..LinearStep::new(rule, at.week)? }.count(&mut times)?;
    let times = share.map_or(times, |share| of_count(times, share));
    Ok(RunStep::Repeat(Repeat { times, ..repeat.clone() }))
}

fn stretch_grown(stretch: &Stretch, rule: &Step, at: WeekOfPhase) -> Result<RunStep, ProgressionError> {
    let rise = LinearStep { share: None, ..LinearStep::new(rule, at.week)? };
    let mut length = stretch.length;
    match (&mut length, rule.add) {
        (StepLength::Time(time), Measure::Time(_, unit)) if time.unit == unit => rise.measured(time, Decimal::ONE)?,
        (StepLength::Distance(distance), Measure::Distance(_, unit)) if distance.unit == unit => {
            rise.measured(distance, Decimal::ONE)?;
        }
        _ => return Err(does_not_fit(rule.add, &format!("duration: {}", stretch.length))),
    }
    let (_, share) = steps_made(rule, at.week);
    let length = share.map_or(length, |share| of_length(length, share));
    Ok(RunStep::Stretch(Stretch { length, ..stretch.clone() }))
}

fn amount(measure: Measure) -> Decimal {
    match measure {
        Measure::Sets(count) | Measure::Count(_, count) => count.into(),
        Measure::Rpe(amount) | Measure::Load(amount, _) | Measure::Time(amount, _) | Measure::Distance(amount, _) => {
            amount
        }
    }
}

/// The amount of `cap`, if it measures the same thing in the same unit as `like`.
fn amount_like(cap: Measure, like: Measure) -> Option<Decimal> {
    let same = match (cap, like) {
        (Measure::Count(a, _), Measure::Count(b, _)) => a == b,
        (Measure::Load(_, a), Measure::Load(_, b)) => a == b,
        (Measure::Time(_, a), Measure::Time(_, b)) => a == b,
        (Measure::Distance(_, a), Measure::Distance(_, b)) => a == b,
        _ => std::mem::discriminant(&cap) == std::mem::discriminant(&like),
    };
    same.then(|| amount(cap))
}
