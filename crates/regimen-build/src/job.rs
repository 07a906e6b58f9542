//! What there is to do for one exporter and one unit.

use std::collections::BTreeSet;

use regimen_catalog::language::Language;
use regimen_catalog::model::{Exercise, Person, ScheduleName};
use regimen_catalog::plan::Plan;
use regimen_catalog::{Catalog, FilePath, Id, Missing};
use regimen_export::Subject;

use crate::digest::Digest;

/// Where the author of a unit speaks of it. It is kept for every unit, so it is small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum UnitSource {
    /// In the file of its entry.
    File(FilePath),
    /// In the schedule of a programme with dates.
    Schedule(Id<ScheduleName>),
}

/// One unit for one exporter.
pub(crate) struct Job<'a> {
    pub(crate) subject: Subject<'a>,
    /// The slice that the subject needs.
    pub(crate) catalog: &'a Catalog,
    pub(crate) language: &'a Language,
    /// The folder below the exporter's own: none for the default language, else the language's tag.
    pub(crate) folder: Option<&'a str>,
    /// How messages call it: `guide:hamstrings (en)`.
    pub(crate) name: String,
    /// The file that it comes from, for findings without a place.
    pub(crate) file: FilePath,
    /// The digest of its slice, if that was read from files.
    pub(crate) slice_digest: Option<Digest>,
    /// Whose it is, if it is that of a person. Nothing of it is ever in the cache.
    pub(crate) person: Option<Personal<'a>>,
}

/// Whose plan a unit has.
pub(crate) struct Personal<'a> {
    pub(crate) person: &'a Person,
    /// The exercises that their part of the catalogue has besides those of their programme.
    pub(crate) replacements: &'a BTreeSet<Id<Exercise>>,
}

impl Job<'_> {
    /// Whether the unit is about something that is missing.
    pub(crate) fn lacks(&self, missing: &Missing) -> bool {
        let whole = matches!(self.subject, Subject::Catalog);
        // In place of the dates that a reader was to have there would be none.
        let undated = matches!(self.subject, Subject::Plan(program, Plan { schedule: None, .. }) if missing.is_schedule_of(&program.id));
        undated || (whole && missing.is_entry()) || missing.concerns(self.catalog, &self.language.tag)
    }

    /// Where the author speaks of it: the schedule of a programme with dates, else its file.
    pub(crate) fn source(&self) -> UnitSource {
        match self.subject {
            Subject::Plan(_, Plan { schedule: Some(schedule), .. }) => UnitSource::Schedule(schedule.name.clone()),
            _ => UnitSource::File(self.file.clone()),
        }
    }
}
