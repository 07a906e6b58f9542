//! The shipped catalogue with a schedule for each of many readers.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use jiff::ToSpan as _;
use jiff::civil::Date;
use regimen_tests::{program, repository};

use crate::measure::{Call, Cost, measure};
use crate::remove;

/// A catalogue in a folder of its own, with one exporter.
pub(crate) struct Clinic {
    folder: tempfile::TempDir,
    exporter: &'static str,
}

impl Clinic {
    /// `readers` schedules of the shipped programme, over a year of Mondays and five times of day.
    pub(crate) fn new(exporter: &'static str, readers: usize) -> Self {
        // Beside what is compiled: a folder for temporary files may be memory, which costs nothing to write to.
        let here = std::env::current_exe().unwrap();
        let folder = tempfile::Builder::new().prefix("scale-").tempdir_in(here.parent().unwrap()).unwrap();
        let catalog = folder.path().join("catalog");
        for (path, bytes) in regimen_tests::files(&repository().join("catalog")) {
            let path = catalog.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        let file = catalog.join("regimen.yaml");
        let project = fs::read_to_string(&file).unwrap();
        let (before, rest) = project.split_once("schedules:\n").unwrap();
        let after = rest.find("\nwords:").map_or("", |at| &rest[at + 1..]);
        let limits = "limits: {schedules: 100000, pages: 10000000}\n";
        fs::write(&file, format!("{before}{limits}schedules:\n{}{after}", schedules(readers))).unwrap();
        Self { folder, exporter }
    }

    /// Builds, with `more` arguments.
    pub(crate) fn build(&self, more: &[&str]) -> Cost {
        let mut words = vec![program().into()];
        words.extend(["build", "catalog", "--only", self.exporter].map(Into::into));
        if !more.contains(&"--cache") {
            words.push("--no-cache".into());
        }
        words.extend(more.iter().map(Into::into));
        measure(&Call { folder: self.folder.path().to_owned(), words })
    }

    /// Copies the files of the build to `copy`.
    pub(crate) fn copy(&self) -> Call {
        Call { folder: self.folder.path().to_owned(), words: ["cp", "-r", "out", "copy"].map(Into::into).to_vec() }
    }

    /// Removes the build.
    pub(crate) fn clear(&self) {
        remove(&self.folder.path().join("out"));
    }

    /// Removes the copy.
    pub(crate) fn clear_copy(&self) {
        remove(&self.folder.path().join("copy"));
    }

    /// A call of git in the output folder, without what a user has set.
    pub(crate) fn git(&self, arguments: &[&str]) -> Call {
        let plain = ["git", "-c", "user.name=scale", "-c", "user.email=scale@example.org", "-c", "gc.auto=0"];
        let words = plain.iter().chain(arguments).map(Into::into).collect();
        Call { folder: self.output(), words }
    }

    /// Puts the output under git's care, as one commit.
    pub(crate) fn commit_output(&self) {
        for arguments in [&["init", "--quiet"][..], &["add", "--all"], &["commit", "--quiet", "--message", "output"]] {
            measure(&self.git(arguments));
        }
    }

    fn output(&self) -> PathBuf {
        self.folder.path().join("out")
    }
}

/// The YAML of the schedules, below their key.
fn schedules(readers: usize) -> String {
    const TIMES: [&str; 5] = ["06:30", "07:00", "12:15", "17:45", "18:30"];
    let first = Date::constant(2027, 1, 4);
    let mut written = String::new();
    for reader in 0..readers {
        let start = first + i64::try_from(reader % 52).unwrap().weeks();
        let at = TIMES[reader % TIMES.len()];
        // On one line each: 10,000 have to fit into the megabyte that a file may have.
        let when = format!("start: {start}, timezone: Europe/London, at: \"{at}\"");
        writeln!(written, "  reader-{reader:05}: {{program: runners-hamstrings, {when}}}").unwrap();
    }
    written
}
