//! How a dose changes from week to week.

use rust_decimal::Decimal;

use crate::model::{Dose, Measure, Progression, Scheme, Step, Work};
use crate::quantity::{Extent, Load, Measured, Reps, Rpe, Unit};

/// Why a progression does not fit its dose.
pub(crate) struct Misfit {
    /// The key of the progression that is meant.
    pub(super) key: &'static str,
    pub(super) message: String,
    pub(super) help: &'static str,
}

/// The dose in a week of the phase; 0 is its first.
pub(crate) fn dose_in_week(progression: &Progression, dose: &Dose, week: u32) -> Result<Dose, Misfit> {
    let start = progression.from.as_ref().unwrap_or(dose);
    match &progression.scheme {
        None => Ok(start.clone()),
        Some(Scheme::Explicit(doses)) => doses.get(week as usize).cloned().ok_or_else(|| Misfit {
            key: "explicit",
            message: format!("`explicit` has {} doses, but the phase has more weeks", doses.len()),
            help: "list one dose for each week of the phase",
        }),
        Some(Scheme::Linear(step)) => {
            let steps = week / step.every.map_or(1, |every| every.0.low());
            grown(start, step, steps)
        }
    }
}

fn grown(dose: &Dose, step: &Step, steps: u32) -> Result<Dose, Misfit> {
    let mut dose = dose.clone();
    let misfit = || Misfit {
        key: "linear",
        message: format!("a step of `{}` does not fit the dose that it changes", step.add),
        help: "a step names what the dose has, in the dose's own unit: `reps`, `sets`, `rpe`, or a time, distance or load",
    };
    let cap = match step.cap {
        None => None,
        Some(cap) => Some(amount_like(cap, step.add).ok_or_else(|| Misfit {
            key: "linear",
            message: format!("the cap `{cap}` is not of the same kind as the step `{}`", step.add),
            help: "write the cap in the same words or unit as `add`",
        })?),
    };
    let total = amount(step.add).saturating_mul(Decimal::from(steps));
    match (step.add, &mut dose) {
        (Measure::Sets(_), Dose { sets, .. }) => *sets = raise_count(*sets, total, cap),
        (Measure::Reps(_), Dose { work: Work::Reps(Reps::Count(reps)), .. }) => *reps = raise_count(*reps, total, cap),
        (Measure::Rpe(_), Dose { rpe: Some(rpe), .. }) => {
            let raised = raise(Extent::one(rpe.value()), total, cap).high().min(Decimal::TEN);
            *rpe = Rpe::new(raised).ok_or_else(misfit)?;
        }
        (Measure::Load(_, unit), Dose { load: Some(Load::Amount(load)), .. }) if load.unit == unit => {
            raise_measured(load, total, cap);
        }
        (Measure::Time(_, unit), Dose { work: Work::Hold(time) | Work::Time(time), .. }) if time.unit == unit => {
            raise_measured(time, total, cap);
        }
        (Measure::Distance(_, unit), Dose { work: Work::Distance(distance), .. }) if distance.unit == unit => {
            raise_measured(distance, total, cap);
        }
        _ => return Err(misfit()),
    }
    Ok(dose)
}

fn amount(measure: Measure) -> Decimal {
    match measure {
        Measure::Sets(count) | Measure::Reps(count) => count.into(),
        Measure::Rpe(amount) | Measure::Load(amount, _) | Measure::Time(amount, _) | Measure::Distance(amount, _) => {
            amount
        }
    }
}

/// The amount of `cap`, if it measures the same thing in the same unit as `like`.
fn amount_like(cap: Measure, like: Measure) -> Option<Decimal> {
    let same = match (cap, like) {
        (Measure::Load(_, a), Measure::Load(_, b)) => a == b,
        (Measure::Time(_, a), Measure::Time(_, b)) => a == b,
        (Measure::Distance(_, a), Measure::Distance(_, b)) => a == b,
        _ => std::mem::discriminant(&cap) == std::mem::discriminant(&like),
    };
    same.then(|| amount(cap))
}

/// Both ends raised alike, until the upper one reaches the cap. A start above its cap stays as it is.
fn raise(extent: Extent<Decimal>, by: Decimal, cap: Option<Decimal>) -> Extent<Decimal> {
    let room = cap.map_or(by, |cap| (cap - extent.high()).max(Decimal::ZERO));
    extent.map(|end| end.saturating_add(by.min(room)))
}

fn raise_count(extent: Extent<u32>, by: Decimal, cap: Option<Decimal>) -> Extent<u32> {
    let mut raised = raise(extent.map(Decimal::from), by, cap);
    raised = raised.map(|end| end.min(Decimal::ONE_THOUSAND));
    raised.map(|end| u32::try_from(end).unwrap_or(u32::MAX))
}

fn raise_measured<U: Unit>(measured: &mut Measured<U>, by: Decimal, cap: Option<Decimal>) {
    measured.amount = raise(measured.amount, by, cap);
}
