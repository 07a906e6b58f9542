//! Loads that nobody knows beforehand: after the first time they are the reader's own.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::Instruction;
use super::grown::WeekOfPhase;
use super::linear::steps_made;
use super::share;
use crate::model::{Dose, Doses, Exercise, Item, Measure, Scheme, Stages, Stated};
use crate::quantity::{Extent, Load, Measured, Percent};
use crate::reference::Id;

/// The loads that have become the reader's own. To be asked and told in the order of days.
#[derive(Clone, Default)]
pub(super) struct Started {
    begun: Vec<Begun>,
    /// Lines without a rule whose load was printed, by where they are written: it stays as the author says.
    stated: BTreeSet<usize>,
    /// The sessions so far.
    sessions: usize,
}

/// A line whose load became the reader's own.
#[derive(Clone)]
struct Begun {
    /// Where the line is written.
    item: usize,
    exercise: Id<Exercise>,
    /// Where the rule is written, and the phase that has it.
    rule: usize,
    phase: usize,
    /// With which doses the line began.
    doses: Vec<Dose>,
    session: usize,
}

/// A line of a session in its week, whose load may be the reader's own.
pub(super) struct Lifted<'a> {
    pub(super) item: &'a Item,
    pub(super) scheme: Option<&'a Scheme>,
    /// The position of the phase.
    pub(super) phase: usize,
    /// The doses in full.
    pub(super) doses: &'a [Dose],
    /// Whether it is in a part of the session that grows.
    pub(super) is_work: bool,
}

/// The shares of a lighter week.
#[derive(Clone, Copy)]
pub(super) struct Shares {
    pub(super) volume: Option<Percent>,
    pub(super) load: Option<Percent>,
}

impl Started {
    /// Begins a session: what it begins itself, or what may be done in its place, has no load of before.
    pub(super) fn next_session(&mut self) {
        self.sessions += 1;
    }

    /// Whether the load of a line is the reader's own from now on and has been before.
    pub(super) fn is_open(&mut self, line: &Lifted<'_>) -> bool {
        let item = std::ptr::from_ref(line.item).addr();
        match line.scheme {
            Some(scheme) if scheme.is_open() => {
                let restarts = states_load(scheme);
                let rule = std::ptr::from_ref(scheme).addr();
                let is_open = self.begun.iter().any(|begun| {
                    let is_meant = !restarts || begun.phase == line.phase;
                    is_meant && (begun.is_line(item, rule, restarts) || begun.is_same_load(line, rule, self.sessions))
                });
                if !self.begun.iter().any(|begun| begun.item == item && begun.rule == rule) {
                    let (exercise, doses) = (line.item.exercise.clone(), line.doses.to_vec());
                    let (phase, session) = (line.phase, self.sessions);
                    self.begun.push(Begun { item, exercise, rule, phase, doses, session });
                }
                is_open
            }
            // What another rule says of the load, the author knows.
            Some(scheme) if scheme.replaces_doses() => false,
            Some(_) | None => {
                let is_open = self.begun.iter().any(|begun| {
                    let goes_on = || line.is_work && begun.phase < line.phase && begun.is_same_work(line);
                    begun.item == item || (!self.stated.contains(&item) && goes_on())
                });
                if !is_open {
                    self.stated.insert(item);
                }
                is_open
            }
        }
    }
}

impl Begun {
    /// Whether this is the line itself; if its rule says with which load it begins, under that rule.
    fn is_line(&self, item: usize, rule: usize, restarts: bool) -> bool {
        self.item == item && (!restarts || self.rule == rule)
    }

    /// Whether a line of another session is lifted with this load: one rule is for both, and they begin with the same load, or they have
    /// rules of their own and are the same work.
    fn is_same_load(&self, line: &Lifted<'_>, rule: usize, session: usize) -> bool {
        let loads = || self.doses.iter().map(|dose| &dose.load).eq(line.doses.iter().map(|dose| &dose.load));
        self.session != session
            && self.exercise == line.item.exercise
            && ((self.rule == rule && loads()) || self.is_same_work(line))
    }

    /// Whether a line is the same work with the same load, wherever it is written.
    fn is_same_work(&self, line: &Lifted<'_>) -> bool {
        self.exercise == line.item.exercise && self.doses.iter().any(has_weight) && self.doses == line.doses
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
