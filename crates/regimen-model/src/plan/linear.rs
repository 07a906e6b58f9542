//! The same step again and again: how much is added by a week, where it stops, and which amounts of a dose grow.

use rust_decimal::Decimal;

use super::grown::{ProgressionError, WeekDoses, WeekOfPhase, written};
use super::share::{length_grain, rounded, time_grain};
use crate::model::{Deload, Dose, Doses, Measure, Stated, Step, WorkAmountMut, WorkKind};
use crate::quantity::{Distance, Duration, Extent, Load, LoadUnit, Measured, Percent, Rpe, Unit};

/// How many steps have been made, and the share of this week if it is a lighter one.
pub(super) fn steps_made(step: &Step, at: WeekOfPhase) -> (u32, Option<Percent>) {
    let lighter = step.deload.filter(|_| step.is_lighter(at.week));
    (step.made_in(at.week, at.done), lighter.map(|deload| deload.to))
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
pub(super) struct LinearStep {
    by: Decimal,
    cap: Option<(Decimal, Measure)>,
    share: Option<Percent>,
}

impl LinearStep {
    fn new(step: &Step, at: WeekOfPhase) -> Result<Self, ProgressionError> {
        let (steps, share) = steps_made(step, at);
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

    /// The same without the share of a lighter week.
    pub(super) fn in_full(step: &Step, at: WeekOfPhase) -> Result<Self, ProgressionError> {
        Ok(Self { share: None, ..Self::new(step, at)? })
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

    pub(super) fn count(&self, count: &mut Extent<u32>) -> Result<(), ProgressionError> {
        let raised = self.of(count.map(Decimal::from), Decimal::ONE)?;
        *count = raised.map(|end| u32::try_from(end).unwrap_or(1000).clamp(1, 1000));
        Ok(())
    }

    pub(super) fn measured<U: Unit>(&self, measured: &mut Measured<U>, grain: Decimal) -> Result<(), ProgressionError> {
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

/// The doses of a week of the phase.
pub(super) fn grown(doses: &Doses, step: &Step, at: WeekOfPhase) -> Result<WeekDoses, ProgressionError> {
    raised(doses, step, &LinearStep::new(step, at)?)
}

/// The doses that a week would have if it were no lighter one.
pub(super) fn in_full(doses: &Doses, step: &Step, at: WeekOfPhase) -> Result<Vec<Dose>, ProgressionError> {
    raised(doses, step, &LinearStep::in_full(step, at)?).map(|week| week.doses)
}

/// The doses so many steps later.
pub(super) fn later(doses: &Doses, step: &Step, steps: u32) -> Result<Vec<Dose>, ProgressionError> {
    let first = WeekOfPhase { week: 0, weeks: 1, done: 0 };
    let by = amount(step.add).saturating_mul(Decimal::from(steps));
    raised(doses, step, &LinearStep { by, ..LinearStep::in_full(step, first)? }).map(|week| week.doses)
}

fn raised(doses: &Doses, step: &Step, rise: &LinearStep) -> Result<WeekDoses, ProgressionError> {
    let written = written(doses);
    let mut doses: Vec<Dose> = doses.iter().cloned().collect();
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
                Load::Amount(_) | Load::Band(_) | Load::Reckoned { .. } => None,
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

pub(super) fn does_not_fit(add: Measure, changed: &str) -> ProgressionError {
    ProgressionError {
        key: "linear",
        message: format!("a step of `{add}` does not fit `{changed}`"),
        help: "a step names what is there, in its own unit: `reps`, `sets`, `rpe`, or a time, distance or load",
        involves_dose: true,
    }
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
