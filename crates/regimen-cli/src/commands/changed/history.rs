//! Earlier states of a catalogue, from the git repository that it is in. Git is asked as a program; nothing of its repository is changed.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use jiff::civil::Date;
use regimen_catalog::Files;

/// The states of a catalogue's folder that were committed, the newest first.
pub(super) struct History<'a> {
    folder: &'a Path,
    pub(super) commits: Vec<Commit>,
}

/// One of them.
pub(super) struct Commit {
    hash: String,
    /// The day of the commit, where it was made.
    pub(super) date: Date,
}

impl<'a> History<'a> {
    /// # Errors
    /// If there is no git, or the folder is in no repository.
    pub(super) fn of(folder: &'a Path) -> Result<Self, String> {
        let log = git(folder, &["log", "--format=%H %cs", "--", "."], Vec::new())?;
        let log = String::from_utf8_lossy(&log);
        let commits = log.lines().filter_map(|line| {
            let (hash, date) = line.split_once(' ')?;
            Some(Commit { hash: hash.to_owned(), date: date.parse().ok()? })
        });
        Ok(Self { folder, commits: commits.collect() })
    }

    /// The files of the catalogue at that time.
    pub(super) fn files(&self, commit: &Commit) -> Result<Files, String> {
        let tree = git(self.folder, &["ls-tree", "-r", "-z", &commit.hash], Vec::new())?;
        let tree = String::from_utf8_lossy(&tree);
        let entries = tree.split('\0').filter_map(|entry| {
            let (about, path) = entry.split_once('\t')?;
            let mut about = about.split(' ');
            // Links and modules have other modes.
            let is_file = about.next()?.starts_with("100");
            about.nth(0)?;
            is_file.then_some((about.next()?, path))
        });
        let entries: Vec<(&str, &str)> = entries.collect();
        let asked: String = entries.iter().map(|(object, _)| format!("{object}\n")).collect();
        let answer = git(self.folder, &["cat-file", "--batch"], asked.into_bytes())?;
        let mut rest = answer.as_slice();
        let mut files = Files::new();
        for (_, path) in entries {
            let Some((content, after)) = object(rest) else { return Err("git does not give all files".into()) };
            files.insert(path.into(), content.into());
            rest = after;
        }
        Ok(files)
    }
}

/// The first object of an answer, and what follows it: `HASH blob SIZE`, a line break, its bytes, a line break.
fn object(answer: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = answer.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(&answer[..end]).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let content = answer.get(end + 1..)?;
    Some((content.get(..size)?, content.get(size + 1..)?))
}

/// What git answers.
fn git(folder: &Path, arguments: &[&str], input: Vec<u8>) -> Result<Vec<u8>, String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().map_err(|error| format!("git cannot be asked: {error}"))?;
    let stdin = process.stdin.take();
    // Git answers while it is asked, so neither may wait for the other.
    let asking = std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(&input)));
    let output = process.wait_with_output().map_err(|error| format!("git cannot be asked: {error}"))?;
    drop(asking.join());
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("git says of `{}`: {}", folder.display(), said.lines().next().unwrap_or("nothing")))
}
