//! A small catalogue and small exporters for the tests of this crate.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::date;
use regimen_catalog::model::{Entity, Entry, Exercise, Guide, GuideWords, Program, Project, Session, Table};
use regimen_catalog::{Catalog, FilePath, Id, LanguageTag};
use regimen_export::{
    Artifact, BadOptions, BuildInfo, Exporter, Granularity, Options, OptionsSchema, Output, Plugin, Subject, Unit,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::built::{File, Staged, UnitOrigin};
use crate::digest::Digest;
use crate::job::UnitSource;

/// English and German; guides `calf` and `hip`, exercise `raise`, programmes `long`, `short` and `race`, which has one.
pub(crate) fn catalog() -> Catalog {
    catalog_with(json!({"language": "en"}))
}

/// The same with another project file.
pub(crate) fn catalog_with(project: Value) -> Catalog {
    let english = regimen_catalog::english();
    let german = json!({"name": "Deutsch"});
    let german = english.clone().overlaid(tag("de"), serde_json::from_value(german).unwrap());
    Catalog {
        languages: [english, german].map(|language| (language.tag.clone(), Arc::new(language))).into(),
        exercises: [exercise("raise")].into(),
        sessions: [race()].into(),
        programs: ["long", "short", "race"].map(program).into(),
        guides: ["calf", "hip"].map(guide).into(),
        ..Catalog::new(serde_json::from_value::<Project>(project).unwrap())
    }
}

/// A catalogue with more in it.
pub(crate) trait More {
    /// With sessions of these ids, to run.
    fn with_sessions(self, ids: &[&str]) -> Self;

    /// With a programme of these facts.
    fn with_program(self, id: &str, facts: Value) -> Self;
}

impl More for Catalog {
    fn with_sessions(mut self, ids: &[&str]) -> Self {
        for id in ids {
            let facts = serde_json::from_value(json!({"kind": "run", "duration": "30 min"})).unwrap();
            let words = serde_json::from_value(json!({"name": id})).unwrap();
            self.sessions.extend([entry::<Session>(id, format!("sessions/{id}.yaml"), facts, words)]);
        }
        self
    }

    fn with_program(mut self, id: &str, facts: Value) -> Self {
        let words = json!({"name": id, "summary": "", "goal": "", "audience": ""});
        let words = serde_json::from_value(words).unwrap();
        let facts = serde_json::from_value(facts).unwrap();
        self.programs.extend([entry::<Program>(id, format!("programs/{id}.yaml"), facts, words)]);
        self
    }
}

pub(crate) fn tag(text: &str) -> LanguageTag {
    text.parse().unwrap()
}

fn entry<T: Entity>(id: &str, file: String, facts: T, words: T::Words) -> (Id<T>, Arc<Entry<T>>) {
    let id: Id<T> = id.parse().unwrap();
    let entry = Entry::new(id.clone(), file, facts, words);
    (id, Arc::new(entry))
}

fn guide(id: &str) -> (Id<Guide>, Arc<Entry<Guide>>) {
    let facts = serde_json::from_value(json!({"reviewed_on": "2026-03-01"})).unwrap();
    let words = GuideWords {
        title: id.to_uppercase().into(),
        summary: regimen_catalog::prose::InlineText::default(),
        body: Vec::new(),
        references: Vec::new(),
        raw_markup: Vec::new(),
    };
    entry(id, format!("guides/{id}.md"), facts, words)
}

fn program(id: &str) -> (Id<Program>, Arc<Entry<Program>>) {
    let sessions = if id == "race" { json!([{"session": "final", "day": "sunday"}]) } else { json!([]) };
    let phase = json!({"id": "base", "kind": "base", "weeks": 1, "sessions": sessions});
    let facts = serde_json::from_value(json!({"level": 1, "phases": [phase]})).unwrap();
    let words = json!({"name": id, "summary": "", "goal": "", "audience": ""});
    let words = serde_json::from_value(words).unwrap();
    entry(id, format!("programs/{id}.yaml"), facts, words)
}

fn race() -> (Id<Session>, Arc<Entry<Session>>) {
    let facts = serde_json::from_value(json!({"kind": "race", "duration": "2 h"})).unwrap();
    entry("final", "sessions/final.yaml".into(), facts, serde_json::from_value(json!({"name": "Final"})).unwrap())
}

fn exercise(id: &str) -> (Id<Exercise>, Arc<Entry<Exercise>>) {
    let facts = json!({
        "kind": "strength", "pattern": "hinge", "laterality": "bilateral", "level": 1,
        "muscles": [], "defaults": {"sets": 3, "reps": 8},
    });
    let words = json!({"name": id, "summary": "", "steps": []});
    let facts = serde_json::from_value(facts).unwrap();
    let words = serde_json::from_value(words).unwrap();
    entry(id, format!("exercises/{id}.yaml"), facts, words)
}

/// Facts of a build.
pub(crate) fn info() -> BuildInfo {
    BuildInfo { date: date(2026, 3, 1), epoch: 1_772_323_200, version: "1" }
}

/// What a fake exporter does with a unit.
type Export = fn(&Unit<'_>, &mut Output);

/// An exporter made of a list and a function.
pub(crate) struct Fake(pub(crate) &'static [Granularity], pub(crate) Export);

impl Exporter for Fake {
    fn granularity(&self) -> &[Granularity] {
        self.0
    }

    fn export(&self, unit: &Unit<'_>, out: &mut Output) {
        (self.1)(unit, out);
    }
}

/// A plugin of the given id.
pub(crate) const fn plugin(id: &'static str, open: fn(&Options) -> Result<Box<dyn Exporter>, BadOptions>) -> Plugin {
    Plugin { id, version: "1", summary: "for tests", explanations: "", options: OptionsSchema::none, open }
}

/// Writes one text file for each unit of every kind.
pub(crate) const ALL: Plugin = plugin("all", |_| {
    use Granularity::{Catalog, Exercise, Guide, Plan, Program};
    Ok(Box::new(Fake(&[Plan, Catalog, Program, Exercise, Guide, Guide], |unit, out| {
        out.file(text_file(&file_name(unit), &describe(unit)));
    })))
});

/// Writes one text file for each guide.
pub(crate) const GUIDES: Plugin = plugin("guides", |_| {
    Ok(Box::new(Fake(&[Granularity::Guide], |unit, out| {
        out.file(text_file(&file_name(unit), &describe(unit)));
    })))
});

/// An empty folder. Where a system keeps one in memory, syncing takes no time.
pub(crate) fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    folder.unwrap()
}

/// A text file.
pub(crate) fn text_file(path: &str, text: &str) -> Artifact {
    Artifact { path: path.parse().unwrap(), bytes: text.into() }
}

/// A file of a build, made by a unit of this name and staged nowhere.
pub(crate) fn file(path: &str, text: &str, unit: &str) -> File {
    let unit = UnitOrigin { name: unit.to_owned(), source: UnitSource::File(regimen_catalog::PROJECT_FILE.into()) };
    File {
        path: path.parse().unwrap(),
        size: text.len() as u64,
        sha256: Digest::of(text.as_bytes()),
        unit: Arc::new(unit),
        staged: Staged::default(),
    }
}

fn file_name(unit: &Unit<'_>) -> String {
    match unit.subject {
        Subject::Catalog => "catalog.txt".into(),
        Subject::Guide(guide) => format!("guides/{}.txt", guide.id),
        Subject::Exercise(exercise) => format!("exercises/{}.txt", exercise.id),
        Subject::Program(program, _) => format!("programs/{}.txt", program.id),
        Subject::Plan(program, plan) => match &plan.schedule {
            Some(schedule) => format!("plans/{}-{}.txt", schedule.name, schedule.start),
            None => format!("plans/{}.txt", program.id),
        },
    }
}

/// What a unit is, in words.
pub(crate) fn describe(unit: &Unit<'_>) -> String {
    let slice = &unit.catalog;
    format!(
        "{} in {} with {} guides and {} programmes\n",
        file_name(unit),
        unit.language.name,
        slice.guides.len(),
        slice.programs.len()
    )
}

/// A text for each file that a catalogue is said to be read from, which says `level`.
pub(crate) fn texts(catalog: &Catalog, level: &str) -> Vec<(FilePath, String)> {
    fn of<T: Entity>(table: &Table<T>) -> Vec<FilePath> {
        let files = |entry: &Arc<Entry<T>>| entry.all_words().map(|(file, _)| file.clone()).collect::<Vec<_>>();
        table.values().flat_map(files).collect()
    }
    let mut files = of(&catalog.exercises);
    files.extend(of(&catalog.guides));
    files.extend(of(&catalog.programs));
    files.extend(of(&catalog.sessions));
    files.extend(of(&catalog.muscles));
    files.into_iter().map(|file| (file, format!("level: {level}\n"))).collect()
}
