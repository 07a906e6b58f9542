//! What is handed out of a catalogue, each sheet with its mark.

use std::collections::{BTreeMap, BTreeSet};

use regimen_catalog::language::Language;
use regimen_catalog::plan::{Plan, expand};
use regimen_catalog::{Catalog, Kind, Loaded, Reference};
use regimen_export::Subject;
use regimen_export::compose::{Editions, Mark, PlanEdition, Revised, revisions, sheet_marks};

/// Sheets by the path that they had first.
pub(super) type Sheets<'a> = BTreeMap<String, Sheet<'a>>;

/// One thing that is handed out.
pub(super) struct Sheet<'a> {
    loaded: &'a Loaded,
    catalog: &'a Catalog,
    language: &'a Language,
    /// The guide or the programme.
    entry: Reference,
    plan: Option<Plan>,
    /// What it is called: the name of the schedule, or the id of the entry.
    pub(super) name: String,
    pub(super) mark: Mark,
}

/// The sheet of each schedule, of each programme without one, and of each guide, in the catalogue's own language.
pub(super) fn of(loaded: &Loaded) -> Sheets<'_> {
    let mut sheets = Sheets::new();
    let Some(catalog) = &loaded.catalog else { return sheets };
    let Some(language) = catalog.languages.get(catalog.language()) else { return sheets };
    let editions = Editions::default();
    let mut add = |key: String, name: &str, entry: Reference, subject: Subject<'_>, plan: Option<&Plan>| {
        let Some(mark) = editions.mark_in(catalog, language, subject) else { return };
        let (name, plan) = (name.to_owned(), plan.cloned());
        sheets.insert(key, Sheet { loaded, catalog, language, entry, plan, name, mark });
    };
    let mut scheduled = BTreeSet::new();
    for (name, schedule) in &catalog.project.schedules {
        let Some(program) = catalog.programs.get(&schedule.program) else { continue };
        scheduled.insert(&program.id);
        if let Ok(plan) = expand(catalog, program, Some((name, schedule))) {
            let first = plan.schedule.as_ref().map_or(name, |schedule| schedule.first_name());
            let key = format!("schedules/{first}");
            add(key, name.as_str(), (&program.id).into(), Subject::Plan(program, &plan), Some(&plan));
        }
    }
    for program in catalog.programs.values().filter(|program| !scheduled.contains(&program.id)) {
        if let Ok(plan) = expand(catalog, program, None) {
            let key = format!("programs/{}", program.id);
            add(key, program.id.as_str(), (&program.id).into(), Subject::Program(program, &plan), Some(&plan));
        }
    }
    for guide in catalog.guides.values() {
        add(format!("guides/{}", guide.id), guide.id.as_str(), (&guide.id).into(), Subject::Guide(guide), None);
    }
    sheets
}

impl Sheet<'_> {
    /// The path of its handout without the ending.
    pub(super) fn path(&self) -> String {
        let is_schedule = self.plan.as_ref().is_some_and(|plan| plan.schedule.is_some());
        let folder = if is_schedule { "schedules" } else { self.entry.kind().folder() };
        format!("{folder}/{}", self.name)
    }

    /// The days and doses of a later edition that are not as in this one.
    pub(super) fn revisions(&self, now: &Self) -> Vec<Revised> {
        match (self.edition(), now.edition()) {
            (Some(before), Some(now)) => revisions(before, now),
            _ => Vec::new(),
        }
    }

    /// The titles of the sheets, or the sections of a guide, that are not as in this one in a later edition; "− " before what is gone.
    pub(super) fn pages(&self, now: &Self) -> Vec<String> {
        let (before, now) = (self.marked(), now.marked());
        let mut titles: Vec<String> = Vec::new();
        let changed = now.iter().filter(|page| !before.contains(page)).map(|(title, _)| title.clone());
        let gone = before.iter().filter(|(title, _)| now.iter().all(|(other, _)| other != title));
        for title in changed.chain(gone.map(|(title, _)| format!("− {title}"))) {
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        titles
    }

    fn marked(&self) -> Vec<(String, Mark)> {
        let id = self.entry.id();
        let program = self.catalog.programs.get(id).zip(self.plan.as_ref());
        let subject = match program {
            Some((program, plan)) => Subject::Plan(program, plan),
            None => match self.catalog.guides.get(id) {
                Some(guide) => Subject::Guide(guide),
                None => return Vec::new(),
            },
        };
        sheet_marks(self.catalog, self.language, subject)
    }

    fn edition(&self) -> Option<PlanEdition<'_>> {
        let Self { catalog, language, plan, .. } = self;
        Some(PlanEdition { catalog, language, plan: plan.as_ref()? })
    }

    /// The files of entries that both print, or one of them, and that are not the same.
    pub(super) fn other_files(&self, now: &Self) -> Vec<String> {
        let (before, now) = (self.files(), now.files());
        let all: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
        all.into_iter().filter(|file| before.get(*file) != now.get(*file)).cloned().collect()
    }

    /// The texts of the files that its content comes from.
    fn files(&self) -> BTreeMap<String, Option<&str>> {
        let slice = self.catalog.slice(std::slice::from_ref(&self.entry));
        let references = Kind::ALL.into_iter().flat_map(|kind| slice.references(kind));
        let files = references.filter_map(|reference| slice.file(&reference).cloned());
        files.map(|file| (file.to_string(), self.loaded.sources.text(&file))).collect()
    }
}
