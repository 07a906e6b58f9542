//! The files of people, stopped everywhere.

use std::fs;
use std::io::{self, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use super::*;
use crate::testing;

/// A catalogue's folder and an output folder beside it.
struct Place(TempDir);

/// Somebody's files, each with its text.
type Person<'a> = (&'a str, &'a [(&'a str, &'a str)]);

const BEFORE: &[Person<'_>] = &[
    ("a", &[("pdf/people/a.pdf", "a1"), ("ics/people/a.ics", "a1"), ("pdf/de/people/a.pdf", "a1")]),
    ("b", &[("pdf/people/b.pdf", "b1")]),
    ("c", &[("pdf/people/c.pdf", "c1")]),
];
const AFTER: &[Person<'_>] = &[
    ("a", &[("pdf/people/a.pdf", "a2"), ("ics/people/a.ics", "a2")]),
    ("c", &[("pdf/people/c.pdf", "c1")]),
    ("d", &[("pdf/people/d.pdf", "d2"), ("ics/de/people/d.ics", "d2")]),
];

impl Place {
    fn new() -> Self {
        let folder = testing::folder();
        fs::create_dir(folder.path().join("catalog")).unwrap();
        Self(folder)
    }

    fn at(&self, path: &str) -> std::path::PathBuf {
        self.0.path().join(path)
    }

    /// Builds for people, and stops before change number `last`.
    fn build(&self, people: &[Person<'_>], last: usize) -> Result<Vec<String>, Error> {
        self.build_but(people, "", last)
    }

    /// The same, with somebody who is in the roster, but cannot be built.
    fn build_but(&self, people: &[Person<'_>], failing: &str, last: usize) -> Result<Vec<String>, Error> {
        let (out, catalog_root) = (&self.at("out"), &self.at("catalog"));
        let target = Target { out, catalog_root, adopt: false, keep_going: false };
        let steps = AtomicUsize::new(0);
        let step = move || match steps.fetch_add(1, Ordering::Relaxed) < last {
            true => Ok(()),
            false => Err(io::Error::from(ErrorKind::StorageFull)),
        };
        let folder = PeopleFolder::open_in_steps(target, &["pdf", "ics"], Box::new(step))?;
        for (id, files) in people.iter().filter(|(id, _)| *id != failing) {
            let file = |(path, text): &(&str, &str)| {
                let artifact = Artifact { path: path.parse().unwrap(), bytes: text.as_bytes().to_vec() };
                (artifact, Digest::of(text.as_bytes()))
            };
            folder.put_shared(&"pdf/media/x.svg".parse().unwrap(), b"x")?;
            folder.put(&id.parse().unwrap(), &["pdf", "ics"].into(), &files.iter().map(file).collect::<Vec<_>>())?;
        }
        let gone = |id: &str| Some(!people.iter().any(|(known, _)| *known == id));
        folder.finish(Some(&Gone { is: &gone, may_be_most: true }), None).map(|ended| ended.changed)
    }

    /// Every file in the output folder but the lock, with its text.
    fn tree(&self) -> Vec<String> {
        fn walk(folder: &Path, below: &Path, found: &mut Vec<String>) {
            for path in fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()) {
                let name = path.strip_prefix(below).unwrap().display().to_string();
                if path.is_dir() {
                    found.push(format!("{name}/"));
                    walk(&path, below, found);
                } else if name != ".regimen-lock" {
                    found.push(format!("{name} {}", fs::read_to_string(&path).unwrap()));
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.at("out"), &self.at("out"), &mut found);
        found.sort();
        found
    }
}

fn tree(people: &[Person<'_>]) -> Vec<String> {
    let place = Place::new();
    place.build(people, usize::MAX).unwrap();
    place.tree()
}

/// Stops a build at each of its changes, and hands each folder over.
fn stopped_everywhere(then: impl Fn(&Place)) {
    let all: Vec<String> = [tree(BEFORE), tree(AFTER)].concat();
    for last in 0.. {
        let place = Place::new();
        place.build(BEFORE, usize::MAX).unwrap();
        let ended = place.build(AFTER, last).is_ok();
        let of_people = |line: &&String| !line.starts_with(".regimen-");
        let strange: Vec<_> = place.tree().into_iter().filter(|line| of_people(&line) && !all.contains(line)).collect();
        assert!(strange.is_empty(), "{last}: {strange:?}");
        then(&place);
        if ended {
            assert!(last > 10, "there are changes to stop at");
            return;
        }
    }
}

#[test]
fn a_build_that_was_stopped_anywhere_is_finished_by_the_next() {
    let clean = tree(AFTER);
    stopped_everywhere(|place| {
        assert_eq!(place.build(AFTER, usize::MAX).unwrap(), [""; 0]);
        assert_eq!(place.tree(), clean);
    });
}

#[test]
fn what_a_stopped_build_left_of_somebody_is_still_ours_after_a_build_in_which_they_fail() {
    let clean = tree(AFTER);
    stopped_everywhere(|place| {
        assert_eq!(place.build_but(AFTER, "a", usize::MAX).unwrap(), [""; 0]);
        assert_eq!(place.build(AFTER, usize::MAX).unwrap(), [""; 0]);
        assert_eq!(place.tree(), clean);
    });
}

#[test]
fn a_build_that_was_stopped_anywhere_can_be_taken_back() {
    let clean = tree(BEFORE);
    stopped_everywhere(|place| {
        assert_eq!(place.build(BEFORE, usize::MAX).unwrap(), [""; 0]);
        assert_eq!(place.tree(), clean);
    });
}

#[test]
fn half_a_line_of_a_log_gives_way_to_the_next_line() {
    let place = Place::new();
    place.build(BEFORE, usize::MAX).unwrap();
    let log = place.at(&format!("out/{}", log_path(log_of("a"))));
    let mut file = fs::File::options().append(true).open(log).unwrap();
    file.write_all(b"{\"id\":\"a\",\"fil").unwrap();
    drop(file);
    place.build(AFTER, usize::MAX).unwrap();
    assert_eq!(place.tree(), tree(AFTER));
}

#[test]
fn files_that_somebody_changed_stay_as_they_are() {
    let place = Place::new();
    place.build(BEFORE, usize::MAX).unwrap();
    for path in ["out/pdf/people/a.pdf", "out/pdf/people/b.pdf", "out/pdf/people/d.pdf"] {
        fs::File::create(place.at(path)).unwrap().write_all(b"mine").unwrap();
    }
    let refused = |result: Result<Vec<String>, Error>| -> Vec<Reason> {
        match result {
            Err(Error::Refused(all)) => all.into_iter().map(|one| one.reason).collect(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refused(place.build(AFTER, usize::MAX)), [Reason::EditedFile]);
    assert_eq!(refused(place.build_but(AFTER, "a", usize::MAX)), [Reason::NotOurFile]);
    assert_eq!(place.build(&AFTER[1..2], usize::MAX).unwrap(), ["a", "b"], "their files are told of");
    for path in ["out/pdf/people/b.pdf", "out/pdf/people/d.pdf"] {
        assert_eq!(fs::read(place.at(path)).unwrap(), b"mine");
    }
}

#[test]
fn people_are_put_by_many_threads_into_folders_that_none_has_made_yet() {
    for _ in 0..20 {
        let place = Place::new();
        let (out, catalog_root) = (&place.at("out"), &place.at("catalog"));
        let target = Target { out, catalog_root, adopt: false, keep_going: false };
        let folder = PeopleFolder::open(target, &["pdf"]).unwrap();
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let folder = &folder;
                scope.spawn(move || {
                    let path = format!("pdf/new/people/p-{thread}.pdf").parse().unwrap();
                    let file = (Artifact { path, bytes: b"p".to_vec() }, Digest::of(b"p"));
                    folder.put(&format!("p-{thread}").parse().unwrap(), &["pdf"].into(), &[file]).unwrap();
                });
            }
        });
        folder.finish(Some(&Gone { is: &|_| Some(false), may_be_most: false }), None).unwrap();
    }
}
