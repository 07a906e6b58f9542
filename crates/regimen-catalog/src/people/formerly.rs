//! Names that calendars of people had before. Events are known by them, so each leads to one calendar, or an app would take the events of
//! one person for those of another.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FilePath, Place};
use regimen_model::model::{Schedule, ScheduleName};
use regimen_model::reference::Id;

use super::keys::at;

/// The names that schedules and people so far have.
pub(super) struct FormerNames<'c> {
    /// Those of the schedules of the project file, each with the schedule that has it now.
    of_schedules: BTreeMap<&'c Id<ScheduleName>, &'c Id<ScheduleName>>,
    /// Digests of those of people.
    of_people: HashSet<u64>,
}

impl<'c> FormerNames<'c> {
    pub(super) fn new(catalog: &'c Catalog) -> Self {
        let schedules = catalog.project.schedules.iter();
        let names = |(name, schedule): (&'c Id<ScheduleName>, &'c Schedule)| {
            std::iter::once(name).chain(&schedule.formerly).map(move |former| (former, name))
        };
        Self { of_schedules: schedules.flat_map(names).collect(), of_people: HashSet::new() }
    }

    /// What is wrong with the names of one more person. They may tell who somebody is, so they are not repeated.
    pub(super) fn add(&mut self, file: &FilePath, names: &[Id<ScheduleName>]) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let digests: Vec<u64> = names.iter().map(digest).collect();
        for (index, (name, digest)) in names.iter().zip(&digests).enumerate() {
            let item = index + 1;
            let (message, help) = if let Some(schedule) = self.of_schedules.get(name) {
                let message =
                    format!("item {item} of `formerly` is a name of the schedule `{schedule}` of `regimen.yaml`");
                (message, "take it out here, or take the schedule out of `regimen.yaml` if it was theirs alone")
            } else if self.of_people.contains(digest) {
                let message = format!("another person before this one has item {item} of `formerly`, too");
                (message, "leave it with the person whose calendar had the name, and take it out of the other")
            } else {
                continue;
            };
            let place = Place::value(file.clone(), at("formerly").index(index));
            found.push(Diagnostic::error("duplicate-id", message).at(place, "").help(help));
        }
        self.of_people.extend(digests);
        found
    }
}

fn digest(name: &Id<ScheduleName>) -> u64 {
    let mut digest = DefaultHasher::new();
    name.as_str().hash(&mut digest);
    digest.finish()
}
