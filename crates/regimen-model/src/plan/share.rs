//! Lighter weeks: a share of the sets, of the length of a run, of the load.
//!
//! Shares are rounded half up to what can be done: whole sets, whole minutes, the plates that there are.

use std::cmp::Ordering;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::catalog::Catalog;
use crate::model::{Dose, Exercise, Manner, Repeat, RunStep, Stated, StepLength, Stretch, WorkAmountMut};
use crate::quantity::{Extent, LengthUnit, Load, LoadUnit, Measured, Percent, TimeUnit};
use crate::vocabulary::{ExerciseKind, SetType};

/// A share of an amount, rounded half up to a multiple of `grain`, at least one of it and never more than before. All of it is as
/// it was.
pub(super) fn rounded(amount: Decimal, share: Percent, grain: Decimal) -> Decimal {
    let part = amount.saturating_mul(share.0) / Decimal::ONE_HUNDRED;
    let grains = (part / grain).round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).max(Decimal::ONE);
    let rounded = grains.saturating_mul(grain).normalize();
    match share.0.cmp(&Decimal::ONE_HUNDRED) {
        Ordering::Less => rounded.min(amount),
        Ordering::Equal => amount,
        Ordering::Greater => rounded,
    }
}

/// A share of a number of sets, rounds or repeats.
pub(super) fn of_count(count: Extent<u32>, share: Percent) -> Extent<u32> {
    count.map(|end| u32::try_from(rounded(end.into(), share, Decimal::ONE)).unwrap_or(end).clamp(1, 1000))
}

/// The work of a dose: its sets, or how long one stretch of running or riding is. Of sets that differ the last ones are left out.
pub(super) fn of_work(dose: &mut Dose, kind: ExerciseKind, share: Percent) {
    let is_one_stretch =
        kind == ExerciseKind::Cardio && dose.sets == Extent::one(1) && dose.work.kind().manner() == Manner::Moving;
    if is_one_stretch {
        for amount in dose.work.amounts_mut() {
            match amount {
                WorkAmountMut::Time(time) => {
                    time.amount = time.amount.map(|end| rounded(end, share, time_grain(time.unit)));
                }
                WorkAmountMut::Distance(distance) => {
                    distance.amount = distance.amount.map(|end| rounded(end, share, length_grain(distance.unit)));
                }
                WorkAmountMut::Count(_) | WorkAmountMut::AtLeast(_) | WorkAmountMut::Open => {}
            }
        }
        return;
    }
    match dose.sets_that_differ() {
        None => dose.sets = of_count(dose.sets, share),
        Some(sets) if dose.sets == Extent::one(sets) => {
            dose.keep_first(of_count(dose.sets, share).low().min(sets));
        }
        // One for each round, which the block counts.
        Some(_) => {}
    }
}

/// The work of several doses in a row: a share of all their sets, of which the last ones are left out. Sets that only warm up stay.
pub(super) fn of_works(doses: &mut Vec<Dose>, kind: ExerciseKind, share: Percent) {
    let counts = |dose: &Dose| dose.set_type != SetType::Warmup;
    let is_alone = doses.len() == 1;
    if doses.iter().filter(|dose| counts(dose)).count() < 2 || share.0 > Decimal::ONE_HUNDRED {
        let lightened = doses.iter_mut().filter(|dose| is_alone || counts(dose));
        return lightened.for_each(|dose| of_work(dose, kind, share));
    }
    let all = |end: fn(&Extent<u32>) -> u32| doses.iter().filter(|dose| counts(dose)).map(|dose| end(&dose.sets)).sum();
    let (low, high): (u32, u32) = (all(Extent::low), all(Extent::high));
    let left = |sets: u32| of_count(Extent::one(sets), share).low();
    let (mut low, mut high) = (left(low), left(high));
    doses.retain_mut(|dose| {
        if !counts(dose) {
            return true;
        }
        let (least, most) = (dose.sets.low().min(low), dose.sets.high().min(high));
        (low, high) = (low - least, high - most);
        match dose.sets_that_differ() {
            _ if most == 0 => return false,
            Some(sets) if dose.sets == Extent::one(sets) => dose.keep_first(most),
            // One for each round, which the block counts.
            Some(_) => {}
            None => dose.sets = Extent::new(least.max(1), most).unwrap_or(Extent::one(most)),
        }
        true
    });
}

/// The work of a run: its repeats, and its stretches outside of repeats. Warm-up and cool-down stay, and so do steps
/// that are final.
pub(super) fn of_run(steps: &[RunStep], share: Percent, is_final: &impl Fn(&RunStep) -> bool) -> Vec<RunStep> {
    let part = |step: &RunStep| match step {
        step if is_final(step) => step.clone(),
        RunStep::Repeat(repeat) => RunStep::Repeat(Repeat { times: of_count(repeat.times, share), ..repeat.clone() }),
        RunStep::Stretch(stretch) if stretch.intensity.is_work() => {
            let within = of_run(&stretch.within, share, is_final);
            let lighter = Stretch { length: of_length(stretch.length, share), within, ..stretch.clone() };
            // What is final within it may leave no room for less.
            RunStep::Stretch(if lighter.has_room_within() { lighter } else { stretch.clone() })
        }
        RunStep::Stretch(_) => step.clone(),
    };
    steps.iter().map(part).collect()
}

/// A share of the length of a step.
pub(super) fn of_length(length: StepLength, share: Percent) -> StepLength {
    match length {
        StepLength::Time(Measured { amount, unit }) => {
            StepLength::Time(Measured { amount: amount.map(|end| rounded(end, share, time_grain(unit))), unit })
        }
        StepLength::Distance(Measured { amount, unit }) => {
            StepLength::Distance(Measured { amount: amount.map(|end| rounded(end, share, length_grain(unit))), unit })
        }
        StepLength::Open => StepLength::Open,
    }
}

/// The load of a dose, in steps that the exercise's equipment allows.
pub(super) fn of_load(catalog: &Catalog, exercise: &Exercise, dose: &mut Dose, share: Percent) {
    let Stated::Is(loads) = &mut dose.load else { return };
    for load in loads.as_mut_slice() {
        // A share of the last load is as much lighter as that one is.
        if let Load::Amount(Measured { amount, unit }) = load
            && !matches!(unit, LoadUnit::RepMax | LoadUnit::PercentLast)
        {
            let grain = load_grain(catalog, exercise, *unit);
            *amount = amount.map(|end| rounded(end, share, grain));
        }
    }
}

/// The smallest change of a load that the equipment says.
pub(super) fn stated_grain(catalog: &Catalog, exercise: &Exercise, unit: LoadUnit) -> Option<Decimal> {
    let pieces = exercise.equipment().iter().flatten().filter_map(|id| catalog.equipment.get(id));
    let stated = pieces.flat_map(|piece| &piece.increments).find(|step| step.unit() == unit);
    stated.map(|step| step.amount())
}

/// The smallest change of a load: of the equipment if that says so, else 2.5 kg, 5 lb or 1 %.
pub(super) fn load_grain(catalog: &Catalog, exercise: &Exercise, unit: LoadUnit) -> Decimal {
    let usual = match unit {
        LoadUnit::Kilogram => Decimal::new(25, 1),
        LoadUnit::Pound => Decimal::from(5),
        _ => Decimal::ONE,
    };
    stated_grain(catalog, exercise, unit).unwrap_or(usual)
}

/// To what a share of a time is rounded.
pub(super) fn time_grain(unit: TimeUnit) -> Decimal {
    match unit {
        TimeUnit::Second => Decimal::from(5),
        TimeUnit::Minute => Decimal::ONE,
        TimeUnit::Hour => Decimal::new(25, 2),
    }
}

/// To what a share of a distance is rounded.
pub(super) fn length_grain(unit: LengthUnit) -> Decimal {
    match unit {
        LengthUnit::Metre | LengthUnit::Yard => Decimal::from(50),
        LengthUnit::Kilometre | LengthUnit::Mile => Decimal::new(5, 1),
    }
}
