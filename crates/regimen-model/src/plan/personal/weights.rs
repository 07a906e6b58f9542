//! Weights in other units, and in steps that there are.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::quantity::LoadUnit;

/// An international pound in kilograms (1959).
const KILOGRAMS_IN_A_POUND: Decimal = Decimal::from_parts(45_359_237, 0, 0, false, 8);

/// A weight in another unit.
pub(super) fn in_unit(weight: Decimal, from: LoadUnit, to: LoadUnit) -> Decimal {
    match (from, to) {
        (LoadUnit::Pound, LoadUnit::Kilogram) => weight.saturating_mul(KILOGRAMS_IN_A_POUND),
        (LoadUnit::Kilogram, LoadUnit::Pound) => weight / KILOGRAMS_IN_A_POUND,
        _ => weight,
    }
}

/// A weight in whole steps, at least one of them; what is half-way between two is the lighter one.
pub(super) fn in_steps(weight: Decimal, step: Decimal) -> Decimal {
    let steps = (weight / step).round_dp_with_strategy(0, RoundingStrategy::MidpointTowardZero).max(Decimal::ONE);
    steps.saturating_mul(step).normalize()
}
