//! Loads that nobody knows beforehand: after the first time they are the reader's own.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::Instruction;
use super::grown::WeekOfPhase;
use super::linear::steps_made;
use super::share;
use crate::model::{Dose, Doses, Exercise, Item, Measure, Scheme, Stages, Stated};
use crate::quantity::{Extent, Load, Measured, Percent};

/// The items whose load has become the reader's own, by where they are written.
#[derive(Default)]
pub(super) struct Started {
    items: BTreeSet<usize>,
    /// The same for progressions that state the load with which their phase begins, by where these are written.
    stated: BTreeSet<(usize, usize)>,
}

/// The shares of a lighter week.
#[derive(Clone, Copy)]
pub(super) struct Shares {
    pub(super) volume: Option<Percent>,
    pub(super) load: Option<Percent>,
}

impl Started {
    /// Whether the load of an item is the reader's own from now on and has been before. To be asked in the order of days.
    pub(super) fn is_open(&mut self, item: &Item, scheme: Option<&Scheme>) -> bool {
        let item = std::ptr::from_ref(item).addr();
        match scheme {
            Some(scheme) if scheme.is_open() => {
                let is_first = self.items.insert(item);
                if states_load(scheme) {
                    !self.stated.insert((item, std::ptr::from_ref(scheme).addr()))
                } else {
                    !is_first
                }
            }
            // What another rule says of the load, the author knows.
            Some(scheme) if scheme.replaces_doses() => false,
            Some(_) | None => self.items.contains(&item),
        }
    }
}

/// Whether a progression says with which load its phase begins.
fn states_load(scheme: &Scheme) -> bool {
    let has_load = |doses: &Doses| doses.iter().any(has_weight);
    match scheme {
        Scheme::Double { from, .. } | Scheme::ByResult { from, .. } => from.as_ref().is_some_and(has_load),
        Scheme::Stages(Stages { of, .. }) => of.first().is_some_and(has_weight),
        Scheme::Constant(_)
        | Scheme::Linear { .. }
        | Scheme::PercentTable(_)
        | Scheme::Explicit(_)
        | Scheme::Lengths(_)
        | Scheme::Repeats(_) => false,
    }
}

/// Whether a load is in kilograms or pounds, which grow; percent and bands do not.
fn is_weight(load: &Load) -> bool {
    matches!(load, Load::Amount(load) if load.unit.is_weight())
}

fn has_weight(dose: &Dose) -> bool {
    dose.load.get().is_some_and(|load| load.iter().any(is_weight))
}

/// Takes loads away that are no longer true, and says what to take instead.
pub(super) fn reached(
    doses: &mut [Dose],
    instruction: Option<Instruction>,
    shares: Option<Shares>,
) -> Option<Instruction> {
    let had_weight = doses.iter().any(has_weight);
    if !had_weight && doses.first().is_some_and(|dose| dose.load.get().is_some()) {
        // A share of a best, or a band.
        return later(instruction, None);
    }
    for dose in doses.iter_mut().filter(|dose| has_weight(dose)) {
        dose.load = Stated::Unknown;
    }
    let lighter = shares.and_then(|shares| shares.load).filter(|share| share.0 != Decimal::ONE_HUNDRED);
    match instruction {
        Some(Instruction::Stages { .. }) => later(instruction, lighter),
        // A lighter week of the step in a lighter week of the phase.
        Some(Instruction::ReachedLoad(Some(own))) => Some(Instruction::ReachedLoad(Some(
            lighter.map_or(own, |share| Percent(share::rounded(own.0, share, Decimal::ONE))),
        ))),
        // No load is added in a week that has less of it.
        Some(_) if lighter.is_some() => Some(Instruction::ReachedLoad(lighter)),
        Some(instruction) => Some(instruction),
        None => (had_weight || lighter.is_some()).then_some(Instruction::ReachedLoad(lighter)),
    }
}

/// What a step of load adds to a load that nobody knows.
pub(super) fn stepped(scheme: Option<&Scheme>, at: WeekOfPhase) -> Option<Instruction> {
    let Some(Scheme::Linear { step, .. }) = scheme else { return None };
    let Measure::Load(add, unit) = step.add else { return None };
    let load = |amount| Measured { amount: Extent::one(amount), unit };
    match steps_made(step, at) {
        (_, Some(share)) => Some(Instruction::ReachedLoad(Some(share))),
        (0, None) => None,
        (steps, None) => {
            let cap = step.cap.and_then(|cap| match cap {
                Measure::Load(amount, _) => Some(load(amount)),
                _ => None,
            });
            Some(Instruction::MoreThanAtStart { by: load(add.saturating_mul(Decimal::from(steps)).normalize()), cap })
        }
    }
}

/// Stages after the first time: which of them is done depends on the reader, and in a lighter week the load is a share.
fn later(instruction: Option<Instruction>, share: Option<Percent>) -> Option<Instruction> {
    match instruction {
        Some(Instruction::Stages { rule, .. }) => Some(Instruction::Stages { rule, is_start: false, share }),
        instruction => instruction,
    }
}

/// The stages of a week with a share of the work.
pub(super) fn lighter_stages(
    instruction: Option<Instruction>,
    exercise: &Exercise,
    shares: Option<Shares>,
) -> Option<Instruction> {
    match (instruction, shares.and_then(|shares| shares.volume)) {
        (Some(Instruction::Stages { mut rule, is_start, share }), Some(volume)) => {
            rule.of.iter_mut().for_each(|stage| share::of_work(stage, exercise.kind, volume));
            Some(Instruction::Stages { rule, is_start, share })
        }
        (instruction, _) => instruction,
    }
}
