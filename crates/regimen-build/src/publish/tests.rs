//! Publishing, on a real disk.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use super::disk::Step;
use super::*;
use crate::error::{Error, Reason};
use crate::manifest::MANIFEST;
use crate::{Built, Digest, Exported, Stage, testing};

/// A catalogue's folder and an output folder beside it.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = testing::folder();
        fs::create_dir(folder.path().join("catalog")).unwrap();
        Self { folder }
    }

    /// The same, with files published already.
    fn with(files: &[(&str, &str)]) -> Self {
        let place = Self::new();
        place.publish(files).unwrap();
        place
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join("out").join(path)
    }

    /// Writes a file as a user would.
    fn put(&self, path: &str, text: &str) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        let mut file = fs::File::create(self.at(path)).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }

    fn to(&self, out: &str, built: &Fake, adopt: bool) -> Result<Published, Error> {
        self.in_steps(out, built, adopt, Box::new(|| Ok(())))
    }

    fn in_steps(&self, out: &str, fake: &Fake, adopt: bool, step: Step) -> Result<Published, Error> {
        let target = Target {
            out: &self.folder.path().join(out),
            catalog_root: &self.folder.path().join("catalog"),
            adopt,
            keep_going: false,
        };
        let output = OutputFolder::open_in_steps(target, step)?;
        let built = fake.staged(&output)?;
        output.publish(&built)
    }

    fn publish(&self, files: &[(&str, &str)]) -> Result<Published, Error> {
        self.to("out", &built(files), false)
    }

    fn adopt(&self, files: &[(&str, &str)]) -> Result<Published, Error> {
        self.to("out", &built(files), true)
    }

    /// Publishes, and stops as if killed before change number `last`. Whether it got to its end.
    fn stopped(&self, files: &[(&str, &str)], last: usize) -> bool {
        self.in_steps("out", &built(files), false, stopping_after(last, "stopped")).is_ok()
    }

    /// Every path in the output folder but the lock and the manifest; files with their text.
    fn tree(&self) -> Vec<String> {
        fn walk(folder: &Path, below: &Path, found: &mut Vec<String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(below).unwrap().display().to_string();
                if path.is_dir() {
                    found.push(format!("{name}/"));
                    walk(&path, below, found);
                } else if ![MANIFEST, ".regimen-lock"].contains(&name.as_str()) {
                    found.push(format!("{name} {}", fs::read_to_string(&path).unwrap()));
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.at(""), &self.at(""), &mut found);
        found.sort();
        found
    }

    fn manifest(&self) -> String {
        fs::read_to_string(self.at(MANIFEST)).unwrap()
    }
}

fn target<'a>(out: &'a Path, catalog_root: &'a Path) -> Target<'a> {
    Target { out, catalog_root, adopt: false, keep_going: false }
}

/// Lets so many changes happen, and fails all that follow.
fn stopping_after(last: usize, why: &'static str) -> Step {
    let steps = AtomicUsize::new(0);
    Box::new(move || if steps.fetch_add(1, Ordering::Relaxed) < last { Ok(()) } else { Err(io::Error::other(why)) })
}

/// A build that is not staged yet, and the texts of its files.
struct Fake {
    built: Built,
    texts: Vec<String>,
}

impl Fake {
    fn staged(&self, stage: &dyn Stage) -> Result<Built, Error> {
        let mut built = self.built.clone();
        let exporters: Vec<String> = built.exporters.iter().map(|one| one.id.clone()).collect();
        stage.begin(&exporters.iter().map(String::as_str).collect::<Vec<_>>())?;
        let mut texts = self.texts.iter();
        for file in built.exporters.iter_mut().flat_map(|one| &mut one.files) {
            let text = texts.find(|text| Digest::of(text.as_bytes()) == file.sha256).unwrap();
            texts = self.texts.iter();
            file.staged = stage.put(&file.path, file.sha256, text.clone().into_bytes())?;
        }
        Ok(built)
    }
}

/// A build of everything; the first folder of a path is its exporter.
fn built(files: &[(&str, &str)]) -> Fake {
    let mut built = Built { everything: true, ..Built::default() };
    for (path, text) in files {
        let id = path.split('/').next().unwrap();
        if !built.exporters.iter().any(|one| one.id == id) {
            built.exporters.push(Exported { id: id.into(), ..Exported::default() });
        }
        let exporter = built.exporters.iter_mut().find(|one| one.id == id).unwrap();
        exporter.files.push(testing::file(path, text, path));
    }
    Fake { built, texts: files.iter().map(|(_, text)| (*text).to_owned()).collect() }
}

/// Asserts that publishing was refused because of `path`, with a way out, and gives the reason.
fn refused(result: Result<Published, Error>, path: &Path) -> Reason {
    let error = result.expect_err("it has to be refused");
    let said = error.to_string();
    assert!(said.starts_with("nothing was written: "), "{said}");
    assert!(said.contains(&path.file_name().unwrap().display().to_string()), "{said}");
    assert!(!error.hints().is_empty() && !error.hints()[0].is_empty());
    match error {
        Error::Refused(refusals) => refusals[0].reason.clone(),
        other => panic!("refused was expected, not {other}"),
    }
}

const TWO: &[(&str, &str)] = &[("pdf/a", "one"), ("ics/b/c", "two")];

#[test]
fn a_first_build_writes_all_and_a_second_one_nothing() {
    let place = Place::new();
    let first = place.publish(TWO).unwrap();
    assert_eq!(place.tree(), ["ics/", "ics/b/", "ics/b/c two", "pdf/", "pdf/a one"]);
    let pdf = Tally { exporter: "pdf".into(), written: 1, bytes: 3, ..Tally::default() };
    assert_eq!(first.exporters[0], pdf);
    let stamp = |path: &str| fs::metadata(place.at(path)).unwrap().modified().unwrap();
    let before = ["pdf/a", MANIFEST].map(stamp);
    let second = place.publish(TWO).unwrap();
    assert_eq!(["pdf/a", MANIFEST].map(stamp), before);
    assert_eq!((second.exporters[0].written, second.exporters[0].unchanged), (0, 1));
}

#[test]
#[cfg(unix)]
fn published_files_have_ordinary_rights() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::with(TWO);
    place.put("by-hand", "");
    let mode = |path: &str| fs::metadata(place.at(path)).unwrap().permissions().mode();
    assert_eq!(mode("pdf/a"), mode("by-hand"));
}

#[test]
fn a_stale_file_goes_and_its_empty_folders_with_it() {
    let place = Place::with(TWO);
    let published = place.publish(&[("pdf/a", "one"), ("ics/d", "new")]).unwrap();
    assert_eq!(place.tree(), ["ics/", "ics/d new", "pdf/", "pdf/a one"]);
    assert_eq!(published.exporters[1].removed, 1);
    let published = place.publish(&[("pdf/a", "one")]).unwrap();
    assert_eq!(place.tree(), ["pdf/", "pdf/a one"]);
    assert_eq!((published.exporters[1].exporter.as_str(), published.exporters[1].removed), ("ics", 1));
}

#[test]
fn a_stale_file_that_was_edited_stays_and_is_said_once() {
    let place = Place::with(TWO);
    place.put("ics/b/c", "mine");
    let published = place.publish(&[("pdf/a", "one")]).unwrap();
    assert!(published.warnings[0].message.contains("ics/b/c"));
    assert!(published.warnings[0].help.is_some());
    assert_eq!(place.tree(), ["ics/", "ics/b/", "ics/b/c mine", "pdf/", "pdf/a one"]);
    assert_eq!(place.publish(&[("pdf/a", "one")]).unwrap().warnings, []);
}

#[test]
fn foreign_files_beside_ours_stay() {
    let place = Place::with(TWO);
    place.put("ics/b/mine", "mine");
    place.publish(&[("pdf/a", "one")]).unwrap();
    assert_eq!(place.tree(), ["ics/", "ics/b/", "ics/b/mine mine", "pdf/", "pdf/a one"]);
}

#[test]
fn only_some_exporters_leave_the_others_alone() {
    let place = Place::with(TWO);
    let mut some = built(&[("pdf/n", "new")]);
    some.built.everything = false;
    place.to("out", &some, false).unwrap();
    assert_eq!(place.tree(), ["ics/", "ics/b/", "ics/b/c two", "pdf/", "pdf/n new"]);
    assert!(place.manifest().contains("ics/b/c") && !place.manifest().contains("pdf/a"));
}

#[test]
fn a_failed_build_writes_nothing() {
    let place = Place::new();
    let mut failed = built(TWO);
    failed.built.findings.push(Diagnostic::error("x", "wrong"));
    let error = place.to("out", &failed, false).expect_err("a failed build");
    assert!(matches!(error, Error::Findings { errors: 1 }));
    assert!(!place.at("").exists());
}

#[test]
fn a_foreign_folder_is_refused_until_adopted() {
    let place = Place::new();
    place.put("mine", "mine");
    assert_eq!(refused(place.publish(TWO), &place.at("")), Reason::NotOurFolder);
    assert_eq!(place.tree(), ["mine mine"]);
    assert!(!place.at(".regimen-lock").exists());
    place.adopt(TWO).unwrap();
    assert!(place.tree().contains(&"mine mine".into()) && place.at("pdf/a").exists());
    place.publish(&[]).unwrap();
    assert_eq!(place.tree(), ["mine mine"]);
}

#[test]
fn a_foreign_file_in_the_way_is_refused_until_adopted() {
    let place = Place::with(&[("pdf/x", "x")]);
    place.put("pdf/a", "mine");
    let new = &[("pdf/a", "one"), ("pdf/b", "two")];
    assert_eq!(refused(place.publish(new), &place.at("pdf/a")), Reason::NotOurFile);
    assert_eq!(place.tree(), ["pdf/", "pdf/a mine", "pdf/x x"]);
    place.adopt(new).unwrap();
    assert_eq!(place.tree(), ["pdf/", "pdf/a one", "pdf/b two"]);
}

#[test]
fn a_foreign_file_that_is_right_already_is_ours() {
    let place = Place::with(&[("pdf/x", "x")]);
    place.put("pdf/a", "one");
    place.publish(&[("pdf/a", "one")]).unwrap();
    place.publish(&[("pdf/a", "new")]).unwrap();
    assert_eq!(place.tree(), ["pdf/", "pdf/a new"]);
}

#[test]
fn an_edited_file_is_not_overwritten() {
    let place = Place::with(TWO);
    place.put("pdf/a", "mine");
    for text in ["one", "new"] {
        let result = place.publish(&[("pdf/a", text)]);
        assert_eq!(refused(result, &place.at("pdf/a")), Reason::EditedFile);
    }
    place.adopt(&[("pdf/a", "new")]).unwrap();
    assert_eq!(place.tree(), ["pdf/", "pdf/a new"]);
}

#[test]
fn all_obstacles_are_said_at_once() {
    let place = Place::with(TWO);
    place.put("pdf/a", "mine");
    place.put("ics/b/c", "mine");
    let error = place.publish(&[("pdf/a", "1"), ("ics/b/c", "2")]).expect_err("two edits");
    assert!(matches!(&error, Error::Refused(refusals) if refusals.len() == 2));
    assert_eq!(error.hints().len(), 1);
}

#[test]
#[cfg(unix)]
fn links_below_the_output_folder_are_never_followed() {
    use std::os::unix::fs::symlink;
    for (link, wanted) in [("pdf/a", "pdf/a"), ("pdf", "pdf/a"), ("pdf/sub", "pdf/sub/a")] {
        let place = Place::with(&[("ics/x", "x")]);
        let elsewhere = place.folder.path().join("elsewhere");
        fs::create_dir_all(elsewhere.join("sub")).unwrap();
        fs::create_dir_all(place.at(link).parent().unwrap()).unwrap();
        symlink(&elsewhere, place.at(link)).unwrap();
        for adopt in [false, true] {
            let result = place.to("out", &built(&[(wanted, "one")]), adopt);
            assert_eq!(refused(result, &place.at(link)), Reason::Link, "{link}");
        }
        assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 1);
    }
}

#[test]
#[cfg(unix)]
fn a_stale_file_behind_a_link_stays() {
    use std::os::unix::fs::symlink;
    let place = Place::with(TWO);
    fs::rename(place.at("ics"), place.folder.path().join("moved")).unwrap();
    symlink(place.folder.path().join("moved"), place.at("ics")).unwrap();
    let published = place.publish(&[("pdf/a", "one")]).unwrap();
    assert_eq!(published.warnings.len(), 1);
    assert!(place.at("ics/b/c").exists());
}

#[test]
#[cfg(unix)]
fn a_linked_manifest_or_lock_is_refused() {
    use std::os::unix::fs::symlink;
    for name in [MANIFEST, ".regimen-lock"] {
        let place = Place::with(TWO);
        let elsewhere = place.folder.path().join("elsewhere");
        fs::rename(place.at(name), &elsewhere).unwrap();
        symlink(&elsewhere, place.at(name)).unwrap();
        assert_eq!(refused(place.publish(&[("pdf/a", "new")]), &place.at(name)), Reason::Link);
    }
}

#[test]
#[cfg(unix)]
fn the_output_folder_itself_may_be_a_link() {
    let place = Place::new();
    let real = place.folder.path().join("real");
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, place.folder.path().join("out")).unwrap();
    place.publish(TWO).unwrap();
    assert!(real.join("pdf/a").exists());
}

#[test]
fn the_output_folder_has_to_be_a_folder_outside_the_catalogue() {
    let place = Place::new();
    let file = place.folder.path().join("file");
    drop(fs::File::create(&file).unwrap());
    let wrong = [
        ("file", Reason::OutputIsNotAFolder),
        ("file/out", Reason::OutputIsNotAFolder),
        ("catalog", Reason::OutputInCatalog),
        ("catalog/new/out", Reason::OutputInCatalog),
        ("catalog/../catalog/out", Reason::OutputInCatalog),
        ("new/../catalog", Reason::OutputIsUnclear),
    ];
    for (out, reason) in wrong {
        let result = place.to(out, &built(TWO), true);
        assert_eq!(refused(result, Path::new(out)), reason, "{out}");
    }
    assert_eq!(fs::read_dir(place.folder.path().join("catalog")).unwrap().count(), 0);
    place.to("deep/new/out", &built(TWO), false).unwrap();
}

#[test]
fn a_damaged_manifest_is_said_and_adopting_starts_a_new_one() {
    let place = Place::with(TWO);
    place.put(MANIFEST, "{");
    let reason = refused(place.publish(TWO), &place.at(MANIFEST));
    assert!(matches!(reason, Reason::DamagedManifest(_)));
    place.adopt(TWO).unwrap();
    place.publish(TWO).unwrap();
    place.put(MANIFEST, r#"{"version": 9}"#);
    let reason = refused(place.adopt(TWO), &place.at(MANIFEST));
    assert_eq!(reason, Reason::LaterManifest(9));
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let place = Place::with(TWO);
    let other = fs::File::open(place.at(".regimen-lock")).unwrap();
    other.lock().unwrap();
    assert_eq!(refused(place.publish(TWO), &place.at("")), Reason::OtherBuild);
    drop(other);
    place.publish(TWO).unwrap();
}

#[test]
fn files_and_folders_change_places() {
    let place = Place::with(&[("pdf/a", "file"), ("pdf/b/c/d", "deep")]);
    place.publish(&[("pdf/a/b", "deep"), ("pdf/b", "file")]).unwrap();
    assert_eq!(place.tree(), ["pdf/", "pdf/a/", "pdf/a/b deep", "pdf/b file"]);
    place.put("pdf/a/mine", "mine");
    let reason = refused(place.publish(&[("pdf/a", "file")]), &place.at("pdf/a"));
    assert_eq!(reason, Reason::FolderInsteadOfFile);
    let reason = refused(place.publish(&[("pdf/a/mine/x", "x")]), &place.at("pdf/a/mine"));
    assert_eq!(reason, Reason::FileInsteadOfFolder);
}

#[test]
fn a_name_changes_the_case_of_its_letters() {
    let place = Place::with(&[("pdf/Guide", "one")]);
    place.publish(&[("pdf/guide", "one")]).unwrap();
    assert_eq!(place.tree(), ["pdf/", "pdf/guide one"]);
}

/// Three states of an output: files that stay, change, go, come, and swap places with folders.
const STATES: [&[(&str, &str)]; 3] = [
    &[("pdf/same", "same"), ("pdf/changed", "old"), ("pdf/gone/x", "gone"), ("ics/swap", "file")],
    &[("pdf/same", "same"), ("pdf/changed", "mid"), ("pdf/new/y", "new"), ("ics/swap/z", "deep")],
    &[("pdf/same", "same"), ("pdf/changed", "new"), ("pdf/gone", "file"), ("ics/swap", "again")],
];

#[test]
fn wherever_a_build_is_stopped_the_next_one_goes_on() {
    let fresh = STATES.map(|state| Place::with(state).tree());
    for next in [0, 1, 2] {
        for last in 0.. {
            let place = Place::with(STATES[0]);
            let done = place.stopped(STATES[1], last);
            place.publish(STATES[next]).unwrap();
            assert_eq!(place.tree(), fresh[next], "stopped after {last}, then state {next}");
            assert_eq!(place.publish(STATES[next]).unwrap().warnings, []);
            if done {
                assert!(last > 10, "{last}");
                break;
            }
        }
    }
}

#[test]
fn stopped_twice_is_no_worse_than_once() {
    let fresh = Place::with(STATES[2]).tree();
    for (first, second) in (0..14).flat_map(|first| (0..14).map(move |second| (first, second))) {
        let place = Place::with(STATES[0]);
        place.stopped(STATES[1], first);
        place.stopped(STATES[2], second);
        place.publish(STATES[2]).unwrap();
        assert_eq!(place.tree(), fresh, "stopped after {first} and {second}");
    }
}

#[test]
fn a_first_build_that_is_stopped_leaves_a_folder_of_ours() {
    for last in 0..8 {
        let place = Place::new();
        place.stopped(TWO, last);
        place.publish(TWO).unwrap();
        assert_eq!(place.tree(), Place::with(TWO).tree(), "stopped after {last}");
    }
}

#[test]
fn what_an_exporter_left_pending_stays_known_when_another_runs() {
    let place = Place::with(STATES[0]);
    // Far enough that a changed file is on the disk, and not so far that the manifest is final.
    assert!(!place.stopped(STATES[1], 12));
    let mut some = built(&[("ics/swap", "file")]);
    some.built.everything = false;
    place.to("out", &some, false).unwrap();
    assert!(!place.manifest().contains("pending"));
    place.publish(STATES[2]).unwrap();
    assert_eq!(place.tree(), Place::with(STATES[2]).tree());
}

#[test]
fn a_file_of_a_stopped_build_that_was_edited_is_not_overwritten() {
    let place = Place::new();
    // Staged are two files, written is the manifest, and of the files the one whose folder came first.
    place.stopped(TWO, 7);
    let left: Vec<String> = place.tree().into_iter().filter(|path| !path.starts_with(output::STAGED)).collect();
    assert_eq!(left, ["pdf/", "pdf/a one"]);
    place.put("pdf/a", "mine");
    assert_eq!(refused(place.publish(TWO), &place.at("pdf/a")), Reason::NotOurFile);
}

#[test]
fn left_over_temporary_files_are_swept() {
    let place = Place::with(TWO);
    for path in [".regimen-tmp-1", "pdf/.regimen-tmp-2", "ics/b/.regimen-tmp-3"] {
        place.put(path, "half");
    }
    place.publish(&[("pdf/a", "one"), ("ics/b", "file")]).unwrap();
    assert_eq!(place.tree(), ["ics/", "ics/b file", "pdf/", "pdf/a one"]);
}

#[test]
#[cfg(unix)]
#[expect(clippy::print_stderr, reason = "a test that does nothing says so")]
fn a_folder_without_the_right_to_write_is_an_io_error() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::with(TWO);
    let before = place.tree();
    let rights = |mode| fs::set_permissions(place.at("pdf"), fs::Permissions::from_mode(mode)).unwrap();
    rights(0o555);
    if fs::File::create(place.at("pdf/probe")).is_ok() {
        eprintln!("skipped: this user may write everywhere");
        return;
    }
    let error = place.publish(&[("pdf/a", "new"), ("ics/b/c", "two")]).expect_err("read-only");
    rights(0o755);
    assert!(matches!(error, Error::Io { .. }));
    assert!(error.to_string().contains("pdf/a") && error.hints()[0].contains("--out"));
    assert_eq!(place.tree(), before);
    place.publish(&[("pdf/a", "new"), ("ics/b/c", "two")]).unwrap();
}

#[test]
fn an_io_error_names_its_file_and_leaves_no_half_file() {
    let before = ["ics/", "ics/b/", "ics/b/c two", "pdf/", "pdf/a one"];
    // Step 1 makes the folder of staged files, 2 and 3 write them, 4 and 5 the manifest, 6 is the first rename.
    for last in 0..6 {
        let place = Place::with(TWO);
        let steps = Arc::new(AtomicUsize::new(0));
        let step = {
            let steps = steps.clone();
            Box::new(move || {
                // The disk is full for a moment only, so that what was staged can be removed.
                if steps.fetch_add(1, Ordering::Relaxed) == last {
                    Err(io::ErrorKind::StorageFull.into())
                } else {
                    Ok(())
                }
            })
        };
        let error = place.in_steps("out", &built(&[("pdf/a", "new"), ("ics/b/c", "two"), ("pdf/b", "x")]), false, step);
        let error = error.expect_err("no space");
        assert!(error.to_string().starts_with("cannot write `"), "{error}");
        let named = ["pdf/a`", "pdf/a`", "pdf/b`", MANIFEST, MANIFEST, "pdf/a`"][last];
        assert!(error.to_string().contains(named), "{last}: {error}");
        assert!(error.hints()[0].starts_with("free some space"));
        assert_eq!(place.tree(), before, "{last}");
    }
}

#[test]
fn a_first_build_that_fails_leaves_nothing() {
    for last in 0..3 {
        let place = Place::new();
        let steps = AtomicUsize::new(0);
        let step =
            Box::new(
                move || {
                    if steps.fetch_add(1, Ordering::Relaxed) == last { Err(io::Error::other("no")) } else { Ok(()) }
                },
            );
        place.in_steps("deep/out", &built(TWO), false, step).expect_err("it stops");
        assert!(!place.folder.path().join("deep").exists(), "{last}");
    }
    let place = Place::new();
    fs::create_dir(place.at("")).unwrap();
    let mut failed = built(TWO);
    failed.built.findings.push(Diagnostic::error("x", "wrong"));
    place.to("out", &failed, false).expect_err("a failed build");
    assert_eq!(fs::read_dir(place.at("")).unwrap().count(), 0, "a folder of the user's stays, and is empty");
}

#[test]
fn what_a_killed_build_has_staged_is_swept_and_never_published() {
    let place = Place::with(TWO);
    let (out, catalog) = (place.at(""), place.folder.path().join("catalog"));
    let output = OutputFolder::open(target(&out, &catalog)).unwrap();
    built(&[("pdf/a", "new"), ("pdf/b", "more")]).staged(&output).unwrap();
    assert_eq!(fs::read_dir(place.at(output::STAGED)).unwrap().count(), 2);
    assert_eq!(refused(place.publish(TWO), &place.at("")), Reason::OtherBuild, "it has the folder to itself");
    drop(output);
    assert_eq!(place.tree(), ["ics/", "ics/b/", "ics/b/c two", "pdf/", "pdf/a one"]);
    fs::create_dir(place.at(output::STAGED)).unwrap();
    place.put(&format!("{}/half", output::STAGED), "half");
    place.publish(TWO).unwrap();
    assert_eq!(place.tree(), ["ics/", "ics/b/", "ics/b/c two", "pdf/", "pdf/a one"]);
}

#[test]
fn what_is_published_already_is_not_staged() {
    let place = Place::with(TWO);
    let (out, catalog) = (place.at(""), place.folder.path().join("catalog"));
    let output = OutputFolder::open(target(&out, &catalog)).unwrap();
    let staged = built(TWO).staged(&output).unwrap();
    assert!(!place.at(output::STAGED).exists());
    place.put("pdf/a", "own");
    let refused = output.publish(&staged).expect_err("changed while the build ran").to_string();
    assert!(refused.contains("pdf/a` was moved or changed while"), "{refused}");
    place.put("pdf/a", "one");
    let output = OutputFolder::open(target(&out, &catalog)).unwrap();
    let staged = built(TWO).staged(&output).unwrap();
    fs::remove_file(place.at("pdf/a")).unwrap();
    let refused = output.publish(&staged).expect_err("gone while the build ran").to_string();
    assert!(refused.contains("pdf/a` was moved or changed while"), "{refused}");
}

#[test]
#[cfg(unix)]
fn a_folder_that_is_swapped_for_a_link_is_not_followed() {
    use std::os::unix::fs::symlink;
    let place = Place::with(TWO);
    let elsewhere = place.folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let (out, catalog) = (place.at(""), place.folder.path().join("catalog"));
    let output = OutputFolder::open(target(&out, &catalog)).unwrap();
    let staged = built(&[("pdf/a", "new"), ("ics/b/c", "two"), ("ics/n/d", "new")]).staged(&output).unwrap();
    fs::rename(place.at("pdf"), place.at("moved")).unwrap();
    for link in ["pdf", "ics/n"] {
        symlink(&elsewhere, place.at(link)).unwrap();
    }
    let refused = output.publish(&staged).map(drop);
    assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    assert_eq!(fs::read_to_string(place.at("moved/a")).unwrap(), "one");
}

#[test]
#[cfg(unix)]
fn folders_that_are_moved_away_meanwhile_are_left_alone() {
    let place = Place::with(TWO);
    let (out, catalog) = (place.at(""), place.folder.path().join("catalog"));
    let output = OutputFolder::open(target(&out, &catalog)).unwrap();
    let staged = built(&[("pdf/a", "new"), ("ics/b/c", "new")]).staged(&output).unwrap();
    fs::rename(place.at("pdf"), place.at("copy")).unwrap();
    output.publish(&staged).unwrap();
    assert_eq!(place.tree(), ["copy/", "copy/a one", "ics/", "ics/b/", "ics/b/c new", "pdf/", "pdf/a new"]);
    // The same of the whole output folder: nothing is published into the one that was moved.
    let output = OutputFolder::open(target(&out, &catalog)).unwrap();
    let staged = built(TWO).staged(&output).unwrap();
    let moved = place.folder.path().join("moved");
    fs::rename(&out, &moved).unwrap();
    assert_eq!(refused(output.publish(&staged), &out), Reason::ChangedMeanwhile);
    assert_eq!(fs::read_to_string(moved.join("pdf/a")).unwrap(), "new");
}
