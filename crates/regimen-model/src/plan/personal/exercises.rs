//! Which exercises a person does: those of the programme, others in their place, or none. Nothing that does not suit a condition gets
//! through, also not in place of something else.

use std::collections::{BTreeMap, BTreeSet};

use super::doses::{Lost, left_out, of_another};
use super::emptied::Before;
use super::parts_mut;
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Severity};
use crate::join;
use crate::model::{Condition, Entry, Equipment, Exercise, OwnDose, PersonalFacts};
use crate::plan::{Instruction, Plan, PlannedBlock, PlannedItem};
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
    /// What of lines of the plan is not for the exercise that is in place of theirs.
    lost: BTreeMap<Id<Exercise>, BTreeSet<Lost>>,
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
        let (decided, named, lost) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
        Self { catalog, own, decided, errors: Vec::new(), findings: Vec::new(), named, lost }
    }

    /// Puts other exercises and doses into a plan.
    pub(super) fn choose(mut self, plan: &mut Plan) -> Result<Chosen, Vec<Diagnostic>> {
        let before = Before::of(plan);
        for parts in parts_mut(plan) {
            for part in parts.iter_mut() {
                part.blocks.retain_mut(|block| self.block(block));
            }
            parts.retain(|part| !part.blocks.is_empty());
        }
        self.idle();
        let (emptied, findings) = before.compare(plan);
        self.errors.extend(emptied);
        self.findings.extend(findings);
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        for (planned, lost) in &self.lost {
            let Some(Decision::Replaced(other)) = self.decided.get(planned) else { continue };
            self.findings
                .extend(self.catalog.exercises.get(other).into_iter().flat_map(|other| left_out(lost, planned, other)));
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
        let decision = self.decision(&planned);
        if matches!(decision, Decision::LeftOut) {
            return false;
        }
        let mut stays = self.dose(item, &planned);
        if let Decision::Replaced(other) = decision {
            self.replace(item, &other);
            stays &= other == planned || self.dose(item, &other);
        }
        stays
    }

    /// Lays what the person states of the dose of an exercise over that of a line; `false` if that is a further dose of a line of which
    /// all sets are stated.
    fn dose(&mut self, item: &mut PlannedItem, exercise: &Id<Exercise>) -> bool {
        let own = self.own;
        let Some(dose) = own.doses.get(exercise) else { return true };
        self.named.insert(exercise.clone());
        match dose.over(&item.dose) {
            Ok(whole) => item.dose = whole,
            Err(bad) => {
                let found = Diagnostic::error("wrong-value", format!("`doses` of `{exercise}`: {bad}"));
                let found =
                    found.help("the keys that are stated lie over the dose of the programme; change one of them");
                if !self.errors.contains(&found) {
                    self.errors.push(found);
                }
            }
        }
        item.instruction = item.instruction.take().filter(|instruction| still_holds(instruction, dose));
        !(item.goes_on && dose.states_amounts())
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
                self.has_equipment(other, &format!("`instead.{exercise}` names it"));
            }
            return Decision::Replaced(other.clone());
        }
        if !self.suits(entry, None) {
            return Decision::Kept;
        }
        if self.is_equipped(entry) {
            return Decision::Kept;
        }
        let mut others = entry.substitutes.iter().filter_map(|id| self.catalog.exercises.get(id));
        let other = others.find(|other| self.may_do(other)).map(|other| &other.id);
        match other {
            Some(other) => {
                let message = format!("`{other}` is in place of `{exercise}`, for which they lack the equipment");
                let help = format!(
                    "add what it needs to their `equipment`, or name another exercise with `instead.{exercise}`"
                );
                self.findings.push(Diagnostic::new(Severity::Info, "replaced-exercise", message).help(help));
                Decision::Replaced(other.clone())
            }
            None => {
                let why = self.nothing_instead(entry);
                self.has_equipment(entry, &why);
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
            format!("name `{0}` under `without`, or another exercise under `instead.{0}`", of.id)
        } else {
            format!(
                "without that condition in their list are {}: name one under `instead.{1}`, or name `{1}` under `without`",
                join::and(&other),
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
        others.filter(|other| self.may_do(other)).map(|other| &other.id).filter(|id| seen.insert(*id)).collect()
    }

    /// Whether an exercise may be put into their plan although nobody named it: it suits them, needs nothing that they lack, and is none
    /// that they leave out or have another one for.
    fn may_do(&self, other: &'a Entry<Exercise>) -> bool {
        let is_taken_out = self.own.without.contains(&other.id) || self.own.instead.contains_key(&other.id);
        !is_taken_out && self.against(other).is_empty() && self.is_equipped(other)
    }

    /// Why nothing is in place of an exercise for which they lack the equipment.
    fn nothing_instead(&self, entry: &'a Entry<Exercise>) -> String {
        let substitutes = entry.substitutes.iter().filter_map(|id| self.catalog.exercises.get(id));
        let taken_out = substitutes.filter(|other| self.is_equipped(other) && self.against(other).is_empty());
        let taken_out: Vec<String> = taken_out.map(|other| format!("`{}`", other.id)).collect();
        match taken_out.as_slice() {
            [] => "no substitute of it does without".to_owned(),
            some => format!("`without` or `instead` takes {} out of their plan", join::and(some)),
        }
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

    /// Says so if they lack what an exercise needs, and why it is in their plan all the same.
    fn has_equipment(&mut self, entry: &Entry<Exercise>, why: &str) {
        if self.is_equipped(entry) {
            return;
        }
        let sets = entry.equipment.iter().flatten().filter(|set| !set.is_empty());
        let sets = sets.map(|set| join::and(&set.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>()));
        let help = format!(
            "name another exercise under `instead.{0}`, name it under `without`, or add what it needs to their `equipment`: {1}",
            entry.id,
            join::or(&sets.collect::<Vec<_>>())
        );
        let message = format!("`{}` needs equipment that they do not have, and {why}", entry.id);
        self.findings.push(Diagnostic::warning("missing-equipment", message).help(help));
    }

    /// Puts another exercise into a line of a session, with what it can have of the dose. The note of the line is about how the first one
    /// is done.
    fn replace(&mut self, item: &mut PlannedItem, other: &Id<Exercise>) {
        let planned = std::mem::replace(&mut item.exercise, other.clone());
        item.instruction = None;
        let Some(entry) = self.catalog.exercises.get(other) else { return };
        let note = item.note.take().map(|_| Lost::Note);
        let lost: Vec<Lost> = of_another(&mut item.dose, entry).into_iter().chain(note).collect();
        let stated = self.own.doses.get(other);
        let is_told = |lost: &Lost| match lost {
            Lost::Load => !stated.is_some_and(OwnDose::states_load),
            Lost::Work => !stated.is_some_and(OwnDose::states_amounts),
            Lost::Note => true,
        };
        let told: Vec<Lost> = lost.into_iter().filter(is_told).collect();
        if !told.is_empty() {
            self.lost.entry(planned).or_default().extend(told);
        }
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
}

/// Whether what a reader does by their results is so for a dose with keys of their own: not if it starts from the amounts that they replace.
fn still_holds(instruction: &Instruction, own: &OwnDose) -> bool {
    match instruction {
        Instruction::AddLoad { .. } | Instruction::ByResult(_) | Instruction::Stages { .. } => {
            !own.states_load() && !own.states_amounts()
        }
        Instruction::RaiseBest { .. } | Instruction::MoreThanAtStart { .. } | Instruction::ReachedLoad(_) => {
            !own.states_load()
        }
    }
}
