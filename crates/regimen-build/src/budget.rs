//! How much a build would make, as estimated from what is written, so that one that takes hours is refused before it begins.
//!
//! Each document counts with the lines of its subject, in every language, schedule and layout; what is shared or kept in the cache
//! counts all the same, because the estimate has to hold without a cache.

use std::collections::BTreeMap;

use regimen_catalog::limits::ALL_PAGES;
use regimen_catalog::lint::{lines_of_exercise, lines_of_guide, lines_of_program};
use regimen_catalog::model::Program;
use regimen_catalog::prose::estimated_pages;
use regimen_catalog::{Catalog, Diagnostic, FilePath, Id, PROJECT_FILE, Place};
use regimen_export::Granularity;

use crate::opened::{Backend, Opened};
use crate::overrides::Schedules;

/// Lines that an exercise takes at least, on its own page and among the cards of all.
const EXERCISE: u64 = 30;

/// How often a line of a programme is set, compared with one of a guide: sessions are tried in several sizes of type.
const TRIED: u64 = 3;

/// A finding if these exporters would make more than the limit.
pub(crate) fn too_much(catalog: &Catalog, opened: &[Opened], schedules: &Schedules) -> Option<Diagnostic> {
    let subjects = Subjects::of(catalog, schedules);
    let languages = catalog.languages.len() as u64;
    let lines = opened.iter().flat_map(|one| {
        let documents = |kind| match &one.backend {
            Backend::BuiltIn(exporter) => exporter.documents(kind) as u64,
            Backend::External(_) => 1,
        };
        let of = |kind: &Granularity| subjects.lines(*kind).saturating_mul(documents(*kind).max(1));
        one.kinds.iter().map(of).collect::<Vec<_>>()
    });
    let lines = lines.fold(0, u64::saturating_add).saturating_mul(languages);
    let (pages, limit) = (estimated_pages(lines), catalog.project.limits.of(ALL_PAGES));
    if !limit.is_exceeded_by(pages) {
        return None;
    }
    let message = format!("all documents together have {pages} pages, as estimated; the most is {}", limit.most);
    let (schedules, units) = (schedules.len(), opened.len());
    let parts = format!("{languages} languages, {schedules} schedules and {units} exporters");
    let finding = Diagnostic::error("too-many", message).at(Place::file(FilePath::from(PROJECT_FILE)), "");
    Some(
        finding
            .help(limit.way_out(pages, &format!("build fewer at once with `regimen build --only`: there are {parts}"))),
    )
}

/// The lines of everything that documents are made of, added up for each kind of unit.
struct Subjects {
    guides: u64,
    exercises: u64,
    programs: u64,
    plans: u64,
}

impl Subjects {
    fn of(catalog: &Catalog, schedules: &Schedules) -> Self {
        let add = u64::saturating_add;
        let mut times: BTreeMap<&Id<Program>, u64> = BTreeMap::new();
        schedules.values().for_each(|schedule| *times.entry(&schedule.program).or_default() += 1);
        let (mut programs, mut plans) = (0, 0);
        for (id, program) in &catalog.programs {
            let lines = lines_of_program(catalog, program).saturating_mul(TRIED);
            programs = add(programs, lines);
            // One without a schedule has a plan without dates.
            plans = add(plans, lines.saturating_mul(times.get(id).copied().unwrap_or(1)));
        }
        let exercises = catalog.exercises.values().map(|exercise| lines_of_exercise(exercise).max(EXERCISE));
        Self {
            guides: catalog.guides.values().map(|guide| lines_of_guide(catalog, guide)).fold(0, add),
            exercises: exercises.fold(0, add),
            programs,
            plans,
        }
    }

    fn lines(&self, kind: Granularity) -> u64 {
        match kind {
            Granularity::Guide => self.guides,
            Granularity::Catalog | Granularity::Exercise => self.exercises,
            Granularity::Program => self.programs,
            Granularity::Plan => self.plans,
            // A roster is its user's own, and streamed.
            Granularity::Person => 0,
        }
    }
}
