//! Weights in other units, and in steps that there are.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::diagnostic::Diagnostic;
use crate::model::Exercise;
use crate::quantity::{Extent, Load, LoadUnit, Measured};
use crate::reference::Id;

/// An international pound in kilograms (1959).
const KILOGRAMS_IN_A_POUND: Decimal = Decimal::from_parts(45_359_237, 0, 0, false, 8);

/// A weight in another unit.
pub fn in_unit(weight: Decimal, from: LoadUnit, to: LoadUnit) -> Decimal {
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

/// Weights that steps make something else of, by exercise: what was asked for, and what it came to. Each exercise has one.
#[derive(Default)]
pub(super) struct Distorted(BTreeMap<Id<Exercise>, (String, String)>);

impl Distorted {
    /// Notes a weight that is more than a fifth away from what it was before it was put in steps.
    pub(super) fn note(
        &mut self,
        exercise: &Id<Exercise>,
        (exact, stepped): (Decimal, Decimal),
        asked: &str,
        unit: LoadUnit,
    ) {
        let away = (stepped - exact).abs().saturating_mul(Decimal::from(5));
        if away > exact.abs() && !self.0.contains_key(exercise) {
            self.0.insert(
                exercise.clone(),
                (asked.to_owned(), Load::Amount(Measured { amount: Extent::one(stepped), unit }).to_string()),
            );
        }
    }

    /// What is said of them.
    pub(super) fn findings(self, help: impl Fn(&Id<Exercise>) -> String) -> Vec<Diagnostic> {
        let finding = |(exercise, (asked, shown)): (Id<Exercise>, (String, String))| {
            let message = format!(
                "`{asked}` of `{exercise}` is {shown} in the steps that there are, which is more than a fifth away from it"
            );
            Diagnostic::warning("unlikely-value", message).help(help(&exercise))
        };
        self.0.into_iter().map(finding).collect()
    }
}
