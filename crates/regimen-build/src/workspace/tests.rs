//! One catalogue, driven as a program, a preview and an editor drive it.

#![expect(clippy::disallowed_methods, reason = "tests write the catalogue that they load")]

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, SystemTime};

use regimen_catalog::FieldPath;
use regimen_export::{Exporter, Granularity, Output as Files, Unit};
use tempfile::TempDir;

use super::*;
use crate::testing::{plugin, text_file};
use crate::{MemoryStage, Tally};

/// Writes the title, and warns of it.
const TITLE: Plugin = plugin("title", |_| Ok(Box::new(Title)));

struct Title;

impl Exporter for Title {
    fn granularity(&self) -> &[Granularity] {
        &[Granularity::Catalog]
    }

    fn export(&self, unit: &Unit<'_>, out: &mut Files) {
        let title = unit.catalog.project_words(unit.tag()).map(|words| words.title.to_string());
        out.file(text_file("title.txt", &title.unwrap_or_default()));
        let place = regimen_catalog::Place::value("regimen.yaml", FieldPath::root().key("words").key("title"));
        out.report(Diagnostic::warning("title/short", "short").at(place, "this"));
    }
}

const PROJECT: &str = "language: en\nwords: {title: Saved, disclaimer: Ask first.}\n";

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(desk.path("catalog")).unwrap();
        fs::write(desk.path("catalog/regimen.yaml"), PROJECT).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn workspace(&self) -> Workspace<'static> {
        let program = Program { version: "1", identity: "test", source_date_epoch: None };
        Workspace::new(self.path("catalog"), &[TITLE], program)
    }

    fn publish(&self, workspace: &Workspace<'_>) -> Outcome {
        let out = self.path("out");
        let output = Output { folder: &out, adopt: false, keep_going: false };
        workspace.publish(&BuildOptions::default(), output, &()).unwrap()
    }
}

fn file(name: &str, text: &str) -> (regimen_catalog::FilePath, Option<std::sync::Arc<[u8]>>) {
    (name.into(), Some(text.as_bytes().into()))
}

/// What a preview shows: the files of a build, by their paths.
fn preview(workspace: &Workspace<'_>) -> BTreeMap<String, String> {
    let loaded = workspace.load().unwrap();
    let stage = MemoryStage::new();
    let built = workspace.build(&loaded, &BuildOptions::default(), &stage, &()).unwrap();
    let text = |(path, bytes): (regimen_export::ArtifactPath, Vec<u8>)| (path.to_string(), String::from_utf8(bytes));
    stage.into_files(&built).into_iter().map(text).map(|(path, text)| (path, text.unwrap())).collect()
}

fn tallies(outcome: &Outcome) -> Vec<Tally> {
    match outcome {
        Outcome::Built(finished) => finished.result.as_ref().unwrap().as_ref().unwrap().1.exporters.clone(),
        Outcome::Unchanged(unchanged) => panic!("{unchanged:?}"),
    }
}

#[test]
fn files_in_memory_come_before_those_on_disk() {
    let desk = Desk::new();
    let mut workspace = desk.workspace();
    assert_eq!(preview(&workspace), [("title/title.txt".into(), "Saved".into())].into());
    workspace.overlay.extend([file("regimen.yaml", &PROJECT.replace("Saved", "Typed"))]);
    assert_eq!(preview(&workspace), [("title/title.txt".into(), "Typed".into())].into());
    assert!(!desk.path("out").exists(), "a preview writes nothing");
    // A file that is only in memory is checked like any other.
    workspace.overlay.extend([file("exercises/squat.yaml", "level: 9\n"), file("notes.txt", "mine")]);
    let loaded = workspace.load().unwrap();
    assert!(loaded.has_errors() && loaded.sources.text("exercises/squat.yaml") == Some("level: 9\n"));
    // Neither an editor's swap file nor a plugin is content.
    workspace.overlay = [file("exercises/.squat.yaml", "level: 9\n"), file("plugins/a.yaml", "a: 1\n")].into();
    assert!(!workspace.load().unwrap().has_errors());
}

#[test]
fn a_table_beside_a_programme_is_seen_on_disk_and_in_memory() {
    let desk = Desk::new();
    let program = "level: 1\nphases: [{id: a, kind: base, weeks: 1}]\ngrid: {file: p.csv}\n\
                   words: {name: P, summary: S., goal: G, audience: A}\n";
    let run = "kind: run\nmain: [{run: [{duration: 5 km}]}]\nwords: {name: Run}\n";
    for (name, text) in
        [("programs/p.yaml", program), ("programs/p.csv", "mon\n3 km run\n"), ("sessions/run.yaml", run)]
    {
        let path = desk.path("catalog").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let steps = |workspace: &Workspace<'_>| {
        let catalog = workspace.load().unwrap().catalog.unwrap();
        let plan = regimen_catalog::plan::expand(&catalog, &catalog.programs["p"], None).unwrap();
        let steps = plan.weeks[0].sessions[0].parts[0].blocks[0].run().unwrap();
        steps[0].metres().normalize().to_string()
    };
    let mut workspace = desk.workspace();
    assert_eq!(steps(&workspace), "3000");
    workspace.overlay.extend([file("programs/p.csv", "mon\n4 km run\n")]);
    assert_eq!(steps(&workspace), "4000", "as an editor has it");
    workspace.overlay.insert("programs/p.csv".into(), None);
    assert!(workspace.load().unwrap().has_errors(), "a programme misses its table");
    workspace.overlay.clear();
    workspace.cache = Some(Cache::new(
        crate::cache::Store::new(desk.path("cache"), SystemTime::now() + Duration::from_secs(60)),
        [7; 32].into(),
    ));
    assert!(matches!(desk.publish(&workspace), Outcome::Built(_)));
    assert!(matches!(desk.publish(&workspace), Outcome::Unchanged(_)));
    fs::write(desk.path("catalog/programs/p.csv"), "mon\n5 km run\n").unwrap();
    assert!(matches!(desk.publish(&workspace), Outcome::Built(_)));
    assert_eq!(steps(&workspace), "5000");
}

#[test]
fn a_file_that_counts_as_removed_is_not_there() {
    let desk = Desk::new();
    fs::create_dir(desk.path("catalog/exercises")).unwrap();
    fs::write(desk.path("catalog/exercises/squat.yaml"), "level: 9\n").unwrap();
    let mut workspace = desk.workspace();
    assert!(workspace.load().unwrap().has_errors());
    workspace.overlay.insert("exercises/squat.yaml".into(), None);
    assert!(!workspace.load().unwrap().has_errors());
    workspace.overlay.insert("regimen.yaml".into(), None);
    assert!(matches!(workspace.load(), Err(LoadError::NoProjectFile(_))));
    // A catalogue may be in memory alone, apart from its folder.
    fs::remove_file(desk.path("catalog/regimen.yaml")).unwrap();
    workspace.overlay.extend([file("regimen.yaml", PROJECT)]);
    assert!(!workspace.load().unwrap().has_errors());
}

#[test]
fn exporters_are_asked_if_everything_is_checked_and_nothing_is_written() {
    let desk = Desk::new();
    let found = |depth| {
        let checked = desk.workspace().check(depth, &()).unwrap();
        assert!(checked.failure.is_none());
        checked.loaded.findings.iter().map(|finding| finding.code.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(found(Depth::Content), [""; 0]);
    assert_eq!(found(Depth::Everything), ["title/short"]);
    assert!(!desk.path("out").exists());
}

#[test]
fn publishing_again_has_nothing_to_do_unless_files_are_in_memory() {
    let desk = Desk::new();
    let mut workspace = desk.workspace();
    workspace.cache = Some(Cache::new(
        crate::cache::Store::new(desk.path("cache"), SystemTime::now() + Duration::from_secs(60)),
        [7; 32].into(),
    ));
    assert_eq!(tallies(&desk.publish(&workspace))[0].written, 1);
    let Outcome::Unchanged(unchanged) = desk.publish(&workspace) else { panic!("it is the same") };
    assert_eq!(unchanged.report.findings.len(), 1);
    workspace.overlay.extend([file("regimen.yaml", &PROJECT.replace("Saved", "Typed"))]);
    assert_eq!(tallies(&desk.publish(&workspace))[0].written, 1);
    assert_eq!(fs::read_to_string(desk.path("out/title/title.txt")).unwrap(), "Typed");
    workspace.overlay.clear();
    assert_eq!(tallies(&desk.publish(&workspace))[0].written, 1);
}

#[test]
fn a_catalogue_with_errors_is_neither_built_nor_published() {
    let desk = Desk::new();
    let mut workspace = desk.workspace();
    workspace.overlay.extend([file("regimen.yaml", "language: en\nwords: {}\n")]);
    let outcome = desk.publish(&workspace);
    let Outcome::Built(finished) = &outcome else { panic!("{outcome:?}") };
    assert!(finished.result.is_none() && finished.loaded.has_errors());
    assert!(!desk.path("out").exists());
    let loaded = workspace.load().unwrap();
    let built = workspace.build(&loaded, &BuildOptions::default(), &MemoryStage::new(), &());
    assert!(matches!(built, Err(Error::Findings { errors: 1.. })), "{built:?}");
}
