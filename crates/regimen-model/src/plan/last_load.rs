//! Shares of the load of the set before, in kilograms or pounds where that load is known.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::share::{rounded, stated_grain};
use super::{PlannedBlock, PlannedItem, PlannedPart};
use crate::catalog::Catalog;
use crate::model::{Dose, Exercise, Stated};
use crate::quantity::{Extent, Load, LoadUnit, Measured, Percent};
use crate::reference::Id;

/// The weight of the last set of each exercise, as far as it is known.
type LastWeights = BTreeMap<Id<Exercise>, Measured<LoadUnit>>;

/// Writes shares of the last load as weights. What depends on the reader's results, and a share of something else, stays a share.
pub(super) fn in_weights(catalog: &Catalog, parts: &mut [PlannedPart]) {
    let mut last = LastWeights::new();
    for block in parts.iter_mut().flat_map(|part| &mut part.blocks) {
        match block {
            PlannedBlock::Item(item) => in_weight(catalog, item, &mut last),
            PlannedBlock::Group { items, .. } => {
                for item in items {
                    // In the second round the set before is another one than in the first.
                    if !item.goes_on {
                        last.remove(&item.exercise);
                    }
                    in_weight(catalog, item, &mut last);
                }
            }
            PlannedBlock::Run(_) | PlannedBlock::Text(..) => {}
        }
    }
}

fn in_weight(catalog: &Catalog, item: &mut PlannedItem, last: &mut LastWeights) {
    let before = last.remove(&item.exercise);
    let Some(exercise) = catalog.exercises.get(&item.exercise) else { return };
    let grain = |unit| stated_grain(catalog, exercise, unit).unwrap_or_else(|| usual_grain(unit));
    let after = of_sets(&mut item.dose, before, grain);
    if let Some(weight) = after.filter(|_| item.instruction.is_none()) {
        last.insert(item.exercise.clone(), weight);
    }
}

/// Gives the sets of a dose their weights; the last of them, if it is known.
fn of_sets(
    dose: &mut Dose,
    before: Option<Measured<LoadUnit>>,
    grain: impl Fn(LoadUnit) -> Decimal,
) -> Option<Measured<LoadUnit>> {
    let Stated::Is(loads) = &mut dose.load else { return None };
    let mut last = before;
    for load in loads.as_mut_slice() {
        if let (Load::Amount(share), Some(before)) = (&mut *load, last)
            && share.unit == LoadUnit::PercentLast
        {
            let of = |end: Decimal, percent: Decimal| rounded(end, Percent(percent), grain(before.unit));
            let (low, high) =
                (of(before.amount.low(), share.amount.low()), of(before.amount.high(), share.amount.high()));
            let amount = Extent::new(low, high).unwrap_or(Extent::one(low));
            *load = Load::Amount(Measured { amount, unit: before.unit });
        }
        last = load.amount().filter(|load| load.unit.is_weight());
    }
    last
}

/// To what a weight is rounded where no equipment says its steps.
fn usual_grain(unit: LoadUnit) -> Decimal {
    if unit == LoadUnit::Kilogram { Decimal::new(5, 1) } else { Decimal::ONE }
}
