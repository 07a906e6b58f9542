//! Which exercises a person does: those of the programme, others in their place, or none. Nothing that does not suit a condition gets
//! through, also not in place of something else.

use std::collections::{BTreeMap, BTreeSet};

use super::parts_mut;
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::join;
use crate::model::{Condition, Dose, Entry, Equipment, Exercise, PersonalFacts, Stated};
use crate::plan::{Plan, PlannedBlock, PlannedItem};
use crate::quantity::{Load, LoadUnit};
use crate::reference::Id;

/// What is chosen for one person.
pub(super) struct Choice<'a> {
    catalog: &'a Catalog,
    own: &'a PersonalFacts,
    decided: BTreeMap<Id<Exercise>, Decision>,
    errors: Vec<Diagnostic>,
    findings: Vec<Diagnostic>,
    /// The exercises of the plan that something personal is said of.
    named: BTreeSet<Id<Exercise>>,
}

/// What came of it.
pub(super) struct Chosen {
    pub(super) replacements: BTreeSet<Id<Exercise>>,
    pub(super) findings: Vec<Diagnostic>,
}

#[derive(Clone)]
enum Decision {
    Kept,
    LeftOut,
    Replaced(Id<Exercise>),
}

impl<'a> Choice<'a> {
    pub(super) fn new(catalog: &'a Catalog, own: &'a PersonalFacts) -> Self {
        let (decided, named) = (BTreeMap::new(), BTreeSet::new());
        Self { catalog, own, decided, errors: Vec::new(), findings: Vec::new(), named }
    }

    /// Puts other exercises and doses into a plan.
    pub(super) fn choose(mut self, plan: &mut Plan) -> Result<Chosen, Vec<Diagnostic>> {
        for parts in parts_mut(plan) {
            for part in parts.iter_mut() {
                part.blocks.retain_mut(|block| self.block(block));
            }
            parts.retain(|part| !part.blocks.is_empty());
        }
        self.idle();
        self.emptied(plan);
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        let replacements = self.decided.into_values().filter_map(|decision| match decision {
            Decision::Replaced(other) => Some(other),
            Decision::Kept | Decision::LeftOut => None,
        });
        Ok(Chosen { replacements: replacements.collect(), findings: self.findings })
    }

    /// Changes a block; `false` if nothing of it is left.
    fn block(&mut self, block: &mut PlannedBlock) -> bool {
        match block {
            PlannedBlock::Item(item) => self.item(item),
            PlannedBlock::Group { items, .. } => {
                items.retain_mut(|item| self.item(item));
                !items.is_empty()
            }
            PlannedBlock::Run(_) | PlannedBlock::Text(..) => true,
        }
    }

    fn item(&mut self, item: &mut PlannedItem) -> bool {
        let planned = item.exercise.clone();
        match self.decision(&planned) {
            Decision::Kept => {}
            Decision::LeftOut => return false,
            Decision::Replaced(other) => self.replace(item, other),
        }
        for exercise in [&planned, &item.exercise] {
            if let Some(dose) = self.own.doses.get(exercise) {
                self.named.insert(exercise.clone());
                item.dose = dose.clone().over(&item.dose);
                // What a rule would add is of the programme's dose.
                item.instruction = None;
                break;
            }
        }
        true
    }

    fn decision(&mut self, exercise: &Id<Exercise>) -> Decision {
        if let Some(known) = self.decided.get(exercise) {
            return known.clone();
        }
        let decision = self.decide(exercise);
        self.decided.insert(exercise.clone(), decision.clone());
        decision
    }

    fn decide(&mut self, exercise: &Id<Exercise>) -> Decision {
        if self.own.without.contains(exercise) {
            self.named.insert(exercise.clone());
            return Decision::LeftOut;
        }
        let Some(entry) = self.catalog.exercises.get(exercise) else { return Decision::Kept };
        if let Some(other) = self.own.instead.get(exercise) {
            self.named.insert(exercise.clone());
            if let Some(other) = self.catalog.exercises.get(other) {
                self.suits(other, Some(entry));
                self.has_equipment(other);
            }
            return Decision::Replaced(other.clone());
        }
        if !self.suits(entry, None) {
            return Decision::Kept;
        }
        if self.is_equipped(entry) {
            return Decision::Kept;
        }
        let other = entry.substitutes.iter().filter_map(|id| self.catalog.exercises.get(id));
        let other =
            other.filter(|other| self.is_equipped(other) && self.against(other).is_empty()).map(|other| &other.id);
        match other.take(1).next() {
            Some(other) => Decision::Replaced(other.clone()),
            None => {
                self.has_equipment(entry);
                Decision::Kept
            }
        }
    }

    /// Whether an exercise suits the person; an error if not. `planned` is the one in whose place it is.
    fn suits(&mut self, entry: &'a Entry<Exercise>, planned: Option<&'a Entry<Exercise>>) -> bool {
        let against = self.against(entry);
        if against.is_empty() {
            return true;
        }
        let names = join::and(&against.iter().map(|condition| format!("`{condition}`")).collect::<Vec<_>>());
        let what = match planned {
            None => format!("`{}` does not suit the condition {names}", entry.id),
            Some(planned) => {
                format!("`{}`, in place of `{}`, does not suit the condition {names}", entry.id, planned.id)
            }
        };
        let of = planned.unwrap_or(entry);
        let other = self.alternatives(of).into_iter().filter(|other| *other != &entry.id);
        let other: Vec<String> = other.map(|other| format!("`{other}`")).collect();
        let help = if other.is_empty() {
            format!("leave it out (`without: [{}]`), or give them another exercise", of.id)
        } else {
            let first = other[0].trim_matches('`');
            format!(
                "without that condition in their list are {}: write `instead: {{{}: {first}}}`, or leave it out (`without: [{}]`)",
                join::and(&other),
                of.id,
                of.id
            )
        };
        self.errors.push(Diagnostic::error("unsuitable-exercise", what).help(help));
        false
    }

    /// The conditions of the person with which an exercise must not be done.
    fn against(&self, entry: &'a Entry<Exercise>) -> Vec<&'a Id<Condition>> {
        entry.contraindications.iter().filter(|condition| self.own.conditions.contains(*condition)).collect()
    }

    /// Exercises that do the same job or are easier, suit the person, and need nothing that they lack.
    fn alternatives(&self, entry: &'a Entry<Exercise>) -> Vec<&'a Id<Exercise>> {
        let mut seen = BTreeSet::new();
        let others = entry.substitutes.iter().chain(&entry.regressions).chain(&entry.variant_of);
        let others = others.filter(|id| **id != entry.id).filter_map(|id| self.catalog.exercises.get(id));
        let suitable = others.filter(|other| self.against(other).is_empty() && self.is_equipped(other));
        suitable.map(|other| &other.id).filter(|id| seen.insert(*id)).collect()
    }

    /// Whether the person has what an exercise needs, as far as both are known.
    fn is_equipped(&self, entry: &Exercise) -> bool {
        let (Some(own), Some(needed)) = (&self.own.equipment, &entry.equipment) else { return true };
        // What does the same job as a piece of equipment stands for it.
        let stands_for = |piece: &Id<Equipment>| {
            self.catalog
                .equipment
                .get(piece)
                .is_some_and(|piece| piece.substitutes.iter().any(|other| own.contains(other)))
        };
        let is_there = |piece: &Id<Equipment>| own.contains(piece) || stands_for(piece);
        needed.is_empty() || needed.iter().any(|set| set.iter().all(is_there))
    }

    fn has_equipment(&mut self, entry: &Entry<Exercise>) {
        if self.is_equipped(entry) {
            return;
        }
        let sets = entry.equipment.iter().flatten().filter(|set| !set.is_empty());
        let sets = sets.map(|set| join::and(&set.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>()));
        let help = format!(
            "give them another exercise (`instead: {{{0}: …}}`), leave it out (`without: [{0}]`), or add what it needs to their `equipment`: {1}",
            entry.id,
            join::or(&sets.collect::<Vec<_>>())
        );
        let message =
            format!("`{}` needs equipment that they do not have, and no substitute of it does without", entry.id);
        self.findings.push(Diagnostic::warning("missing-equipment", message).help(help));
    }

    /// Puts another exercise into a line of a session. Its dose stays as far as it can be that of another exercise: no weight does.
    fn replace(&self, item: &mut PlannedItem, other: Id<Exercise>) {
        let defaults = self.catalog.exercises.get(&other).and_then(|entry| entry.defaults.clone());
        let is_like = defaults.as_ref().is_none_or(|own| own.work.kind().manner() == item.dose.work.kind().manner());
        match defaults {
            Some(own) if !is_like => item.dose = own,
            _ => without_weights(&mut item.dose),
        }
        item.exercise = other;
        item.instruction = None;
    }

    /// What is said of exercises that the plan does not have.
    fn idle(&mut self) {
        let PersonalFacts { doses, instead, without, .. } = self.own;
        let keys = [("doses", doses.keys().collect::<Vec<_>>()), ("instead", instead.keys().collect())];
        for (key, ids) in keys.into_iter().chain([("without", without.iter().collect())]) {
            for id in ids.into_iter().filter(|id| !self.named.contains(*id)) {
                let message = format!("`{key}` names `{id}`, which their plan does not have");
                self.findings.push(
                    Diagnostic::warning("idle-person-key", message).help("take it out, or name another exercise"),
                );
            }
        }
    }

    /// Sessions of which nothing is left.
    fn emptied(&mut self, plan: &Plan) {
        let mut told = BTreeSet::new();
        for session in plan.sessions().filter(|session| session.parts.is_empty()) {
            let entry = self.catalog.sessions.get(&session.session);
            let had = entry.is_some_and(|entry| entry.parts().iter().any(|(_, _, blocks)| !blocks.is_empty()));
            if had && told.insert(&session.session) {
                let message = format!("nothing is left to do in `{}`", session.session);
                let help = "give them another exercise in place of one of those that are left out";
                self.findings.push(Diagnostic::warning("empty-session", message).help(help));
            }
        }
    }
}

/// A dose for another exercise: a weight is for the one that it was written for, a share is of a best of its own.
fn without_weights(dose: &mut Dose) {
    let is_own = |load: &Load| match load.amount() {
        Some(amount) => matches!(amount.unit, LoadUnit::PercentLast) || amount.unit.is_weight(),
        None => false,
    };
    if dose.load.get().is_some_and(|loads| loads.iter().any(is_own)) {
        dose.load = Stated::Unknown;
    }
}
