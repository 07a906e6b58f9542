//! Builds with nothing to do, and builds that only look like it.

#![expect(clippy::disallowed_methods, reason = "tests edit files, and some have the time of now")]

use std::path::PathBuf;

use regimen_catalog::{list, load};
use regimen_export::{ArtifactPath, Exporter, Granularity, Output as Files, Plugin, Unit};
use tempfile::TempDir;

use super::*;
use crate::testing::{self, plugin, text_file};
use crate::{OutputFolder, Request, ScheduleOverrides, build};

/// Writes the title and warns of it.
const TITLE: Plugin = plugin("title", |_| Ok(Box::new(Title)));
/// Adds a stroke to what it published before.
const TALLY: Plugin = plugin("tally", |_| Ok(Box::new(Strokes { is_idempotent: false })));
/// Says of itself that it does not.
const CALM: Plugin = plugin("tally", |_| Ok(Box::new(Strokes { is_idempotent: true })));

struct Title;

impl Exporter for Title {
    fn granularity(&self) -> &[Granularity] {
        &[Granularity::Catalog]
    }

    fn export(&self, unit: &Unit<'_>, out: &mut Files) {
        let title = unit.catalog.project_words(unit.tag()).map(|words| words.title.to_string());
        out.file(text_file("title.txt", &title.unwrap_or_default()));
        let path = regimen_catalog::FieldPath::root().key("words").key("title");
        out.report(Diagnostic::warning("title/hm", "hm").at(Place::value("regimen.yaml", path), "this"));
    }
}

struct Strokes {
    is_idempotent: bool,
}

impl Exporter for Strokes {
    fn granularity(&self) -> &[Granularity] {
        &[Granularity::Catalog]
    }

    fn previous_files(&self, _: &Unit<'_>) -> Vec<ArtifactPath> {
        vec!["strokes".parse().unwrap()]
    }

    fn is_idempotent(&self) -> bool {
        self.is_idempotent
    }

    fn export(&self, unit: &Unit<'_>, out: &mut Files) {
        let before = unit.previous(&"strokes".parse().unwrap()).unwrap_or_default();
        out.file(text_file("strokes", &format!("{}|", String::from_utf8_lossy(before))));
    }
}

struct World {
    folder: TempDir,
    /// When builds begin, as they are told.
    now: SystemTime,
}

impl World {
    /// A catalogue whose files are older than any build.
    fn new() -> Self {
        let world = Self { folder: tempfile::tempdir().unwrap(), now: SystemTime::now() + Duration::from_secs(60) };
        fs::create_dir_all(world.path("catalog/media")).unwrap();
        fs::write(world.path("catalog/regimen.yaml"), "language: en\nwords: {title: My club}\n").unwrap();
        fs::write(world.path("catalog/media/notes.txt"), "notes").unwrap();
        world
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// What a build has to say if it has nothing to do; else it is run.
    fn build(&self, plugins: &[Plugin], settings: &str) -> Option<Unchanged> {
        let cache = Cache::new(crate::cache::Store::new(self.path("cache"), self.now), [7; 32].into());
        let (out, root) = (self.path("out"), self.path("catalog"));
        let target = Target { out: &out, catalog_root: &root, adopt: false, keep_going: false };
        let last = LastBuild::new(&cache, target, settings).unwrap();
        let listing = list(&root).unwrap();
        if let Some(unchanged) = last.unchanged(&listing) {
            return Some(unchanged);
        }
        let contents = listing.read().unwrap();
        let loaded = contents.load();
        let inputs = Inputs::new(&listing, &contents);
        let output = OutputFolder::open(target).unwrap();
        let request = Request {
            catalog: loaded.catalog.as_ref().unwrap(),
            sources: &loaded.sources,
            root: &root,
            plugins,
            only: None,
            overrides: ScheduleOverrides::default(),
            previous: &output.previous(),
            cache: None,
            code: "tests",
            jobs: 1,
            info: testing::info(),
            allowances: &loaded.allowances,
            trust: &crate::Trust::Everybody,
            guard: None,
            missing: None,
        };
        let built = build(&request, &output, &()).unwrap();
        let published = output.publish(&built).unwrap();
        let findings: Vec<Diagnostic> = built.findings().cloned().collect();
        last.keep(Done {
            inputs: &inputs,
            built: &built,
            published: &published,
            findings: &findings,
            sources: &loaded.sources,
        });
        None
    }

    fn is_skipped(&self) -> bool {
        self.build(&[TITLE], "").is_some()
    }

    /// Changes a file and gives it the time that it had.
    fn change_unseen(&self, path: &str, text: &str) {
        let path = self.path(path);
        let modified = fs::metadata(&path).unwrap().modified().unwrap();
        fs::write(&path, text).unwrap();
        fs::File::options().append(true).open(path).unwrap().set_modified(modified).unwrap();
    }
}

#[test]
fn a_build_with_nothing_to_do_says_the_same_again() {
    let world = World::new();
    assert!(!world.is_skipped());
    let Unchanged { report, sources } = world.build(&[TITLE], "").expect("nothing to do");
    let exporter = ExporterReport { id: "title".into(), summary: "for tests".into(), files: 1, bytes: 7 };
    assert_eq!(report.exporters, [exporter]);
    let (finding, loaded) = (&report.findings[0], load(&world.path("catalog")).unwrap());
    let path = regimen_catalog::FieldPath::root().key("words").key("title");
    let before = loaded.sources.locate(&Place::value("regimen.yaml", path));
    assert_eq!(sources.locate(&finding.labels[0].place), before, "at the same bytes, without YAML");
    assert!(before.is_some() && finding.code == "title/hm");
}

#[test]
fn whatever_changes_is_seen() {
    type Change = fn(&World);
    let changes: &[(&str, Change)] = &[
        ("a file", |world| world.change_unseen("catalog/regimen.yaml", "language: en\nwords: {title: My gang}\n\n")),
        ("a new file", |world| fs::write(world.path("catalog/media/a.svg"), "<svg/>").unwrap()),
        ("a new file that is not read", |world| fs::write(world.path("catalog/media/b.txt"), "").unwrap()),
        ("a file that is gone", |world| fs::remove_file(world.path("catalog/media/notes.txt")).unwrap()),
        ("a published file", |world| fs::write(world.path("out/title/title.txt"), "My Club").unwrap()),
        ("a published file that is gone", |world| fs::remove_file(world.path("out/title/title.txt")).unwrap()),
        ("the manifest", |world| fs::remove_file(world.path("out/.regimen-manifest.json")).unwrap()),
        ("the folder", |world| fs::remove_dir_all(world.path("out")).unwrap()),
    ];
    for (what, change) in changes {
        let world = World::new();
        world.is_skipped();
        assert!(world.is_skipped(), "{what}");
        change(&world);
        let cache = Cache::new(crate::cache::Store::new(world.path("cache"), world.now), [7; 32].into());
        let (out, root) = (world.path("out"), world.path("catalog"));
        let target = Target { out: &out, catalog_root: &root, adopt: false, keep_going: false };
        let last = LastBuild::new(&cache, target, "").unwrap();
        assert!(last.unchanged(&list(&root).unwrap()).is_none(), "{what}");
    }
    let world = World::new();
    assert!(world.build(&[TITLE], "one").is_none());
    assert!(world.build(&[TITLE], "two").is_none(), "other settings");
    assert!(world.build(&[TITLE], "two").is_some());
}

#[test]
fn what_was_touched_and_is_the_same_is_no_change() {
    let world = World::new();
    world.is_skipped();
    let project = fs::File::options().append(true).open(world.path("catalog/regimen.yaml")).unwrap();
    project.set_modified(SystemTime::now() + Duration::from_secs(5)).unwrap();
    assert!(world.is_skipped());
}

#[test]
fn a_change_of_the_same_size_and_time_is_seen() {
    // As from an archive whose files all have one time, or by a tool that keeps times.
    for later in [0, 1, 60] {
        let mut world = World::new();
        world.now = SystemTime::now() + Duration::from_secs(later);
        world.is_skipped();
        assert!(world.is_skipped(), "{later} s: nothing has changed");
        world.change_unseen("catalog/regimen.yaml", "language: en\nwords: {title: My gang}\n");
        assert!(!world.is_skipped(), "{later} s");
        assert_eq!(fs::read_to_string(world.path("out/title/title.txt")).unwrap(), "My gang");
        world.change_unseen("out/title/title.txt", "My Gang");
        assert!(!world.is_unchanged(), "{later} s");
    }
}

#[test]
fn what_a_killed_build_left_is_something_to_do() {
    let world = World::new();
    world.is_skipped();
    assert!(world.is_unchanged());
    fs::create_dir(world.path("out/.regimen-tmp-staged")).unwrap();
    fs::write(world.path("out/.regimen-tmp-staged/half"), "half").unwrap();
    assert!(!world.is_skipped());
    assert!(!world.path("out/.regimen-tmp-staged").exists());
    assert!(world.is_skipped());
}

impl World {
    fn is_unchanged(&self) -> bool {
        let cache = Cache::new(crate::cache::Store::new(self.path("cache"), self.now), [7; 32].into());
        let (out, root) = (self.path("out"), self.path("catalog"));
        let target = Target { out: &out, catalog_root: &root, adopt: false, keep_going: false };
        LastBuild::new(&cache, target, "").unwrap().unchanged(&list(&root).unwrap()).is_some()
    }
}

#[test]
fn a_damaged_record_is_none() {
    let world = World::new();
    world.is_skipped();
    let notes = fs::read_dir(world.path("cache/v3/notes")).unwrap();
    let note = notes.map(|note| note.unwrap().path()).next().unwrap();
    let whole = fs::read_to_string(&note).unwrap();
    for damaged in ["", "{}", "[1]", &whole[..whole.len() / 2], &whole.replace("\"form\":3", "\"form\":1")] {
        fs::write(&note, damaged).unwrap();
        assert!(!world.is_skipped());
        assert!(world.is_skipped(), "it is written again");
    }
}

#[test]
fn what_goes_on_from_its_own_output_has_something_to_do() {
    let world = World::new();
    for strokes in ["|", "||", "|||"] {
        assert!(world.build(&[TALLY], "").is_none());
        assert_eq!(fs::read_to_string(world.path("out/tally/strokes")).unwrap(), strokes);
    }
    let world = World::new();
    assert!(world.build(&[CALM], "").is_none());
    assert!(world.build(&[CALM], "").is_some());
}
