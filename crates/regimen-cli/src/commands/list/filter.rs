//! Which entries fit what was asked for.

use std::collections::BTreeSet;

use regimen_catalog::model::{Exercise, Guide, Level, MuscleTarget, Program};
use regimen_catalog::suggest::did_you_mean;
use regimen_catalog::{Catalog, Kind, Reference};

use super::List;
use crate::exit::Exit;
use crate::report;
use crate::report::text::one_line;

/// What entries must be, with everything that was named looked up.
pub(super) struct Filter<'a> {
    list: &'a List,
    catalog: &'a Catalog,
    /// For each muscle or group that was named, the targets that train it.
    targets: Vec<BTreeSet<Reference>>,
    /// What others refer to, if that matters.
    used: Option<BTreeSet<Reference>>,
}

impl<'a> Filter<'a> {
    /// Looks up what was named.
    pub(super) fn new(list: &'a List, catalog: &'a Catalog) -> Result<Self, Exit> {
        let targets: Result<_, _> = list.muscle.iter().map(|name| targets(catalog, name)).collect();
        let equipment = catalog.ids(Kind::Equipment);
        for name in &list.equipment {
            known(name, "equipment", &equipment)?;
        }
        list.tag.iter().for_each(|tag| say_of_unknown(tag, catalog));
        let used = || {
            let others = catalog.mentions().into_iter().filter(|mention| mention.from.as_ref() != Some(&mention.to));
            others.map(|mention| mention.to).collect()
        };
        Ok(Self { list, catalog, targets: targets?, used: list.unused.then(used) })
    }

    /// Whether an entry is one of those that were asked for.
    pub(super) fn fits(&self, reference: &Reference) -> bool {
        let tags = tags(self.catalog, reference);
        let exercise = self.catalog.entry::<Exercise>(reference);
        let of_exercise = |fits: &dyn Fn(&Exercise) -> bool| exercise.is_some_and(|exercise| fits(exercise));
        self.list.tag.iter().all(|tag| tags.contains(tag))
            && self.targets.iter().all(|targets| of_exercise(&|exercise| trains(exercise, targets)))
            && self.list.equipment.iter().all(|id| of_exercise(&|exercise| takes(exercise, id)))
            && self.list.level.is_none_or(|(low, high)| {
                level(self.catalog, reference).is_some_and(|level| (low..=high).contains(&level))
            })
            && self.used.as_ref().is_none_or(|used| !used.contains(reference))
    }
}

fn trains(exercise: &Exercise, targets: &BTreeSet<Reference>) -> bool {
    exercise.muscles().iter().any(|muscle| targets.contains(&MuscleTarget::reference(&muscle.target)))
}

fn takes(exercise: &Exercise, id: &str) -> bool {
    exercise.equipment().iter().flatten().any(|one| one.as_str() == id)
}

/// The targets that train a muscle or a group: itself, the groups of a muscle, the muscles of a group.
fn targets(catalog: &Catalog, name: &str) -> Result<BTreeSet<Reference>, Exit> {
    let all: Vec<&str> = catalog.ids(Kind::Muscle).into_iter().chain(catalog.ids(Kind::MuscleGroup)).collect();
    known(name, "muscle or muscle group", &all)?;
    let mut targets = BTreeSet::new();
    for (id, group) in &catalog.muscle_groups {
        let named = id.as_str() == name;
        if named || group.members.iter().any(|member| member.as_str() == name) {
            targets.insert(Reference::from(id));
        }
        if named {
            targets.extend(group.members.iter().map(Reference::from));
        }
    }
    let muscle = catalog.muscles.keys().find(|id| id.as_str() == name);
    targets.extend(muscle.map(Reference::from));
    Ok(targets)
}

fn known(name: &str, what: &str, all: &[&str]) -> Result<(), Exit> {
    if all.contains(&name) {
        return Ok(());
    }
    report::failure(&format!("there is no {what} `{name}`"), did_you_mean(name, all.iter().copied()).as_deref());
    Err(Exit::Usage)
}

/// How hard an entry is, if it has a level.
pub(super) fn level(catalog: &Catalog, reference: &Reference) -> Option<Level> {
    match reference.kind() {
        Kind::Exercise => catalog.entry::<Exercise>(reference).and_then(|exercise| exercise.level),
        Kind::Program => catalog.entry::<Program>(reference).map(|program| program.level),
        _ => None,
    }
}

/// The tags of an entry.
pub(super) fn tags<'c>(catalog: &'c Catalog, reference: &Reference) -> &'c [String] {
    match reference.kind() {
        Kind::Exercise => catalog.entry::<Exercise>(reference).map_or(&[], |exercise| &exercise.tags),
        Kind::Guide => catalog.entry::<Guide>(reference).map_or(&[], |guide| &guide.tags),
        _ => &[],
    }
}

/// Tags are free words, so one that nothing has is no mistake, but worth a word.
fn say_of_unknown(tag: &str, catalog: &Catalog) {
    let exercises = catalog.exercises.values().flat_map(|exercise| &exercise.tags);
    let all: BTreeSet<&str> =
        exercises.chain(catalog.guides.values().flat_map(|guide| &guide.tags)).map(String::as_str).collect();
    if !all.contains(tag) {
        let nearest = did_you_mean(tag, all.into_iter()).map(|hint| format!("; {hint}")).unwrap_or_default();
        report::note(&one_line(&format!("nothing has the tag `{tag}`{nearest}")));
    }
}
