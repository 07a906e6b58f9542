//! Shares of a best as weights, in steps that the equipment has. The share stays beside the weight.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::parts_of;
use super::weights::{Distorted, in_steps, in_unit};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::model::{Exercise, PercentOf, PersonalFacts, Stated};
use crate::plan::share::load_grain;
use crate::plan::{Instruction, Plan, PlannedBlock, PlannedItem};
use crate::quantity::{Extent, Load, LoadStep, LoadUnit, Measured};
use crate::reference::Id;

/// Gives shares of a best the weight that they come to, as far as the best is known. A rule that raises a best does so from the week on
/// for which it says it. Says of which weights the steps make something else.
pub(super) fn from_bests(catalog: &Catalog, plan: &mut Plan, own: &PersonalFacts) -> Vec<Diagnostic> {
    let PersonalFacts { best, training_max, bodyweight, .. } = own;
    if best.is_empty() && training_max.is_empty() && bodyweight.is_none() {
        return Vec::new();
    }
    let (mut raised, mut distorted) = (Raised::default(), Distorted::default());
    for week in &mut plan.weeks {
        for session in &mut week.sessions {
            let number = session.week;
            let blocks = parts_of(session).flat_map(|parts| parts.iter_mut()).flat_map(|part| &mut part.blocks);
            for item in blocks.flat_map(PlannedBlock::items_mut) {
                raised.note(item, number);
                in_weight(catalog, item, own, &raised, &mut distorted);
            }
        }
    }
    distorted.findings(|exercise| {
        format!(
            "look at what they lift or weigh, and at its unit; if it is right, state a weight with `doses.{exercise}.load`, or smaller \
             `increments` of the equipment"
        )
    })
}

/// By how much bests have been raised so far.
#[derive(Default)]
struct Raised {
    by: BTreeMap<(PercentOf, Id<Exercise>), Vec<LoadStep>>,
    /// A best is raised once in a week, in however many sessions that is said.
    told: BTreeSet<(u32, Id<Exercise>)>,
}

impl Raised {
    fn note(&mut self, item: &PlannedItem, week: u32) {
        if let Some(Instruction::RaiseBest { of, by, from_this_week: true, .. }) = &item.instruction
            && self.told.insert((week, item.exercise.clone()))
        {
            self.by.entry((*of, item.exercise.clone())).or_default().push(*by);
        }
    }

    /// A best with all that it has been raised by, in its own unit.
    fn over(&self, of: PercentOf, exercise: &Id<Exercise>, best: LoadStep) -> Decimal {
        let more = self.by.get(&(of, exercise.clone())).into_iter().flatten();
        more.map(|by| in_unit(by.amount(), by.unit(), best.unit())).fold(best.amount(), Decimal::saturating_add)
    }
}

fn in_weight(
    catalog: &Catalog,
    item: &mut PlannedItem,
    own: &PersonalFacts,
    raised: &Raised,
    distorted: &mut Distorted,
) {
    let Some(exercise) = catalog.exercises.get(&item.exercise) else { return };
    let id = &item.exercise;
    let best = |unit: LoadUnit| match unit {
        LoadUnit::PercentOneRepMax => {
            own.best.get(id).map(|best| (raised.over(PercentOf::OneRepMax, id, *best), best.unit()))
        }
        LoadUnit::PercentTrainingMax => {
            own.training_max.get(id).map(|best| (raised.over(PercentOf::TrainingMax, id, *best), best.unit()))
        }
        LoadUnit::PercentBodyweight => own.bodyweight.map(|weight| (weight.amount(), weight.unit())),
        LoadUnit::Kilogram | LoadUnit::Pound | LoadUnit::RepMax | LoadUnit::PercentLast => None,
    };
    let Stated::Is(loads) = &mut item.dose.load else { return };
    for load in loads.as_mut_slice() {
        let Load::Amount(share) = *load else { continue };
        let Some((of, unit)) = best(share.unit) else { continue };
        // The steps are those of the unit in which the weight is printed.
        let shown = own.weights().unwrap_or(unit);
        let (of, grain) = (in_unit(of, unit, shown), load_grain(catalog, exercise, shown));
        let mut weight = |percent: Decimal| {
            let exact = of.saturating_mul(percent) / Decimal::ONE_HUNDRED;
            let stepped = in_steps(exact, grain);
            distorted.note(id, (exact, stepped), &Load::Amount(share).to_string(), shown);
            stepped
        };
        let (low, high) = (weight(share.amount.low()), weight(share.amount.high()));
        let amount = Extent::new(low, high).unwrap_or(Extent::one(low));
        *load = Load::Reckoned { amount: Measured { amount, unit: shown }, written: share };
    }
}
