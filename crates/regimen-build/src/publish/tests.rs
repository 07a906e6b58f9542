//! Publishing, on a real disk.

use std::cell::Cell;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::error::Reason;
use crate::manifest::MANIFEST;
use crate::testing::text_file;
use crate::{Exported, File};

/// A catalogue's folder and an output folder beside it.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        // Where a system keeps a folder in memory, syncing takes no time.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        let folder = folder.unwrap();
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

    fn to(&self, out: &str, built: &Built, adopt: bool) -> Result<Published, Error> {
        let target = Target {
            out: &self.folder.path().join(out),
            catalog_root: &self.folder.path().join("catalog"),
            adopt,
            keep_going: false,
        };
        publish(built, target)
    }

    fn publish(&self, files: &[(&str, &str)]) -> Result<Published, Error> {
        self.to("out", &built(files), false)
    }

    fn adopt(&self, files: &[(&str, &str)]) -> Result<Published, Error> {
        self.to("out", &built(files), true)
    }

    /// Publishes, and stops as if killed before change number `last`. Whether it got to its end.
    fn stopped(&self, files: &[(&str, &str)], last: usize) -> bool {
        let target = Target {
            out: &self.at(""),
            catalog_root: &self.folder.path().join("catalog"),
            adopt: false,
            keep_going: false,
        };
        let steps = Cell::new(0);
        let step = || {
            steps.set(steps.get() + 1);
            if steps.get() > last { Err(io::Error::other("stopped")) } else { Ok(()) }
        };
        let done = publish_in_steps(&built(files), target, &step).is_ok();
        // Killed for good, a build also leaves the temporary file that it was writing.
        for (path, _) in files.iter().filter(|_| !done) {
            let folder = self.at(path).parent().unwrap().to_owned();
            if folder.is_dir() {
                drop(fs::File::create(folder.join(".regimen-tmp-killed")).unwrap());
            }
        }
        done
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

/// A build of everything; the first folder of a path is its exporter.
fn built(files: &[(&str, &str)]) -> Built {
    let mut built = Built { everything: true, ..Built::default() };
    for (path, text) in files {
        let id = path.split('/').next().unwrap();
        if !built.exporters.iter().any(|one| one.id == id) {
            built.exporters.push(Exported { id: id.into(), ..Exported::default() });
        }
        let exporter = built.exporters.iter_mut().find(|one| one.id == id).unwrap();
        exporter.files.push(File::new(text_file(path, text), (*path).into()));
    }
    built
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
    let some = Built { everything: false, ..built(&[("pdf/n", "new")]) };
    place.to("out", &some, false).unwrap();
    assert_eq!(place.tree(), ["ics/", "ics/b/", "ics/b/c two", "pdf/", "pdf/n new"]);
    assert!(place.manifest().contains("ics/b/c") && !place.manifest().contains("pdf/a"));
}

#[test]
fn a_failed_build_writes_nothing() {
    let place = Place::new();
    let mut failed = built(TWO);
    failed.findings.push(Diagnostic::error("x", "wrong"));
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
    let some = Built { everything: false, ..built(&[("ics/swap", "file")]) };
    place.to("out", &some, false).unwrap();
    assert!(!place.manifest().contains("pending"));
    place.publish(STATES[2]).unwrap();
    assert_eq!(place.tree(), Place::with(STATES[2]).tree());
}

#[test]
fn a_file_of_a_stopped_build_that_was_edited_is_not_overwritten() {
    let place = Place::new();
    place.stopped(TWO, 5);
    let left = ["pdf/", "pdf/.regimen-tmp-killed ", "pdf/a one"];
    assert_eq!(place.tree(), left);
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
    let place = Place::with(TWO);
    let target = Target {
        out: &place.at(""),
        catalog_root: &place.folder.path().join("catalog"),
        adopt: false,
        keep_going: false,
    };
    let steps = Cell::new(0);
    // Steps 1 and 2 write the manifest, 3 opens the temporary file, 4 would rename it.
    let step = || {
        steps.set(steps.get() + 1);
        if steps.get() < 4 { Ok(()) } else { Err(io::ErrorKind::StorageFull.into()) }
    };
    let error = publish_in_steps(&built(&[("pdf/a", "new"), ("ics/b/c", "two")]), target, &step);
    let error = error.expect_err("no space");
    assert!(error.to_string().starts_with("cannot write `"), "{error}");
    assert!(error.to_string().contains("pdf/a`: "), "{error}");
    assert!(error.hints()[0].starts_with("free some space"));
    assert_eq!(place.tree(), ["ics/", "ics/b/", "ics/b/c two", "pdf/", "pdf/a one"]);
}
