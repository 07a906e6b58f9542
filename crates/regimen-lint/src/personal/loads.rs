//! Weights that are stated for somebody whose best is known, asked as `impossible-load` asks shares of a best.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::rules::impossible_load::{MARGIN, most_of_best};
use crate::view::weights;
use regimen_model::diagnostic::Diagnostic;
use regimen_model::model::{OwnDose, PersonalFacts, RuleSettings};
use regimen_model::plan::{Plan, PlannedItem, PlannedSession, in_unit};
use regimen_model::quantity::LoadUnit;

/// Weights that nobody lifts so often who lifts their best once. Those of the programme are asked in its first week: later ones are for
/// who has got stronger by then.
pub(super) fn impossible(settings: &RuleSettings, plan: &Plan, own: &PersonalFacts) -> Vec<Diagnostic> {
    if own.best.is_empty() {
        return Vec::new();
    }
    let margin = settings.limit("impossible-load", MARGIN.key).unwrap_or_else(|| MARGIN.standard()).high();
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    let weeks = plan.weeks.iter().enumerate();
    let items = weeks.flat_map(|(week, planned)| {
        let items = planned.sessions.iter().flat_map(PlannedSession::items);
        items.map(move |(_, item)| (week, item))
    });
    for (week, item) in items {
        let is_own = own.doses.get(&item.exercise).is_some_and(OwnDose::states_load);
        if (week == 0 || is_own) && is_too_much(item, own, margin) && told.insert(&item.exercise) {
            found.push(too_much(item, is_own));
        }
    }
    found
}

fn is_too_much(item: &PlannedItem, own: &PersonalFacts, margin: Decimal) -> bool {
    let Some(best) = own.best.get(&item.exercise) else { return false };
    let best = in_unit(best.amount(), best.unit(), LoadUnit::Kilogram);
    weights(&item.dose).into_iter().any(|(reps, weight, unit)| {
        let weight = in_unit(weight, unit, LoadUnit::Kilogram);
        let percent = weight.saturating_mul(Decimal::ONE_HUNDRED).checked_div(best).unwrap_or(Decimal::MAX);
        percent > Decimal::ONE_HUNDRED
            || reps > 1 && (percent == Decimal::ONE_HUNDRED || percent > most_of_best(reps, margin))
    })
}

fn too_much(item: &PlannedItem, is_own: bool) -> Diagnostic {
    let id = &item.exercise;
    let whose = if is_own { format!("`doses.{id}.load`") } else { format!("the load of `{id}` in the programme") };
    let message = format!("{whose} is more than can be lifted so often by who lifts `best.{id}` once");
    let help = if is_own {
        format!("look at both, and at their units; else lower `doses.{id}.load` or the repetitions")
    } else {
        format!("look at `best.{id}` and its unit; if it is right, state what they lift with `doses.{id}.load`")
    };
    Diagnostic::warning("unlikely-value", message).help(help)
}
