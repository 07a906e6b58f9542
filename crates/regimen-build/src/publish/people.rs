//! The files of people in an output folder.
//!
//! People are published one by one: all files of a person are made and staged before any of them takes its place, and those of others
//! do not wait. What is ours is known from logs, [`LOGS`] of them, so that nothing has to be kept in memory for each person: a person's
//! line is appended before their files are moved in, so that a build that finds it knows both contents that each file may have. At the
//! end of a build each log that was touched is written anew, with one line for each person, in the order of their ids.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::ErrorKind;
use std::sync::{Mutex, MutexGuard, PoisonError};

use regimen_catalog::Id;
use regimen_catalog::model::PersonId;
use regimen_export::{Artifact, ArtifactPath};
use serde::{Deserialize, Serialize};

use super::Target;
use super::act::temporary_name;
use super::disk::{Disk, Found};
use super::folder::Folder;
use super::lock::{OutputLock, lock};
use crate::digest::Digest;
use crate::error::{Error, Reason, Refusal};
use crate::manifest::PEOPLE;
use crate::share::{LOGS, log_of};
use crate::stamp::Stamp;

/// The folder of staged files.
const STAGED: &str = ".regimen-tmp-people";

/// An output folder in which the files of people are brought up to date.
pub(crate) struct PeopleFolder<'a> {
    target: Target<'a>,
    disk: Disk,
    staged: Folder,
    /// One for each log: whoever holds it may read and append to the log. Whether anything was appended.
    touched: Vec<Mutex<bool>>,
    /// Files that people share and that this build has put, by path and size: they are the same for all.
    shared: Mutex<BTreeSet<(String, usize)>>,
    is_published: bool,
    lock: OutputLock,
}

impl fmt::Debug for PeopleFolder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PeopleFolder").field("target", &self.target).finish_non_exhaustive()
    }
}

/// What is known of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept(pub(crate) u64, pub(crate) Digest);

/// A line of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) id: String,
    /// The files by their paths; none of somebody whose files were removed.
    pub(crate) files: BTreeMap<String, Kept>,
}

/// The files of a person, as a log has them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// As the last line says.
    pub(crate) files: BTreeMap<String, Kept>,
    /// All contents that any line says.
    contents: BTreeMap<String, BTreeSet<Digest>>,
}

impl Known {
    fn add(&mut self, files: BTreeMap<String, Kept>) {
        for (path, Kept(_, digest)) in &files {
            self.contents.entry(path.clone()).or_default().insert(*digest);
        }
        self.files = files;
    }

    fn is_ours(&self, path: &str, digest: Digest) -> bool {
        self.contents.get(path).is_some_and(|contents| contents.contains(&digest))
    }
}

/// What became of the files of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Put {
    /// By exporter: how many were written, how many were right, how many removed, and the bytes of all that are there.
    pub(crate) tallies: BTreeMap<String, [u64; 4]>,
    /// The state of each file that is there now.
    pub(crate) stamps: Vec<(String, Stamp)>,
}

impl<'a> PeopleFolder<'a> {
    /// Checks and locks the output folder, makes it if need be, and removes what a killed build left under temporary names.
    ///
    /// # Errors
    /// As [`OutputFolder::open`](super::OutputFolder::open).
    pub(crate) fn open(target: Target<'a>, exporters: &[&str]) -> Result<Self, Error> {
        let lock = lock(target)?;
        let opened = lock.refuse_catalog_in_output(exporters).and_then(|()| {
            let disk = Disk::open(&lock.root, Box::new(|| Ok(())))?;
            disk.sweep(std::iter::empty())?;
            let staged = disk.temporary_folder(STAGED).map_err(Error::io("write", &disk.at(STAGED)))?;
            disk.make_folder(PEOPLE)?;
            Ok((disk, staged))
        });
        match opened {
            Ok((disk, staged)) => {
                let touched = (0..LOGS).map(|_| Mutex::new(false)).collect();
                let shared = Mutex::default();
                Ok(Self { target, disk, staged, touched, shared, is_published: false, lock })
            }
            Err(error) => {
                lock.undo();
                Err(error)
            }
        }
    }

    /// What is known of a person's files.
    pub(crate) fn known(&self, id: &Id<PersonId>) -> Result<Known, Error> {
        let log = log_of(id.as_str());
        let _held = self.held(log);
        Ok(self.read(log)?.remove(id.as_str()).unwrap_or_default())
    }

    /// The bytes of a person's file from an earlier build; `None` if there is none or somebody has changed it.
    pub(crate) fn previous(&self, known: &Known, path: &ArtifactPath) -> Result<Option<Vec<u8>>, Error> {
        if !known.files.contains_key(path.as_str()) || !matches!(self.disk.look(path.as_str())?, Found::File(_)) {
            return Ok(None);
        }
        let bytes = self.disk.read(path.as_str())?;
        Ok(known.is_ours(path.as_str(), Digest::of(&bytes)).then_some(bytes))
    }

    /// The states of a person's files, if all of them are there.
    pub(crate) fn stamps(
        &self,
        known: &Known,
        exporters: &BTreeSet<&str>,
    ) -> Result<Option<Vec<(String, Stamp)>>, Error> {
        let mut stamps = Vec::new();
        for (path, Kept(size, _)) in known.files.iter().filter(|(path, _)| exporters.contains(exporter_of(path))) {
            match self.disk.look(path)? {
                Found::File(stamp) if stamp.size == *size => stamps.push((path.clone(), stamp)),
                _ => return Ok(None),
            }
        }
        Ok(Some(stamps))
    }

    /// Brings the files of a person up to date: all that these exporters made for them. Files of other exporters stay.
    ///
    /// # Errors
    /// [`Error::Refused`] if a file in the way is not ours; then nothing of the person has changed. [`Error::Io`] if the system says
    /// no.
    pub(crate) fn put(
        &self,
        id: &Id<PersonId>,
        exporters: &BTreeSet<&str>,
        files: Vec<(Artifact, Digest)>,
    ) -> Result<Put, Error> {
        let log = log_of(id.as_str());
        let mut touched = self.held(log);
        let known = self.read(log)?.remove(id.as_str()).unwrap_or_default();
        let mut future: BTreeMap<String, Kept> = known.files.clone();
        future.retain(|path, _| !exporters.contains(exporter_of(path)));
        let (mut put, mut moved, mut refused) = (Put::default(), Vec::new(), Vec::new());
        for (Artifact { path, bytes }, digest) in &files {
            future.insert(path.as_str().to_owned(), Kept(bytes.len() as u64, *digest));
            match self.state(&known, path, *digest, bytes.len() as u64)? {
                State::Right(stamp) => {
                    put.count(path.as_str(), RIGHT, bytes.len());
                    put.stamps.push((path.as_str().to_owned(), stamp));
                }
                State::Free => moved.push((path, *digest, bytes)),
                State::Taken(reason) => refused.push(Refusal { path: self.disk.at(path.as_str()), reason }),
            }
        }
        if !refused.is_empty() {
            return Err(Error::Refused(refused));
        }
        for (path, digest, bytes) in &moved {
            self.stage(path, *digest, bytes)?;
        }
        let dropped: Vec<&String> = known.files.keys().filter(|path| !future.contains_key(*path)).collect();
        if known.files != future {
            *touched = true;
            self.append(log, &Line { id: id.as_str().to_owned(), files: future.clone() })?;
        }
        for path in dropped {
            if self.remove_ours(&known, path)? {
                put.count(path, REMOVED, 0);
            }
        }
        for (path, digest, bytes) in moved {
            self.disk.move_in(&self.staged, &temporary_name(path, &digest), path.as_str())?;
            put.count(path.as_str(), WRITTEN, bytes.len());
            if let Found::File(stamp) = self.disk.look(path.as_str())? {
                put.stamps.push((path.as_str().to_owned(), stamp));
            }
        }
        put.stamps.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(put)
    }

    /// Writes a file that people share, such as a picture of their pages, unless it is there.
    pub(crate) fn put_shared(&self, path: &ArtifactPath, bytes: &[u8]) -> Result<(), Error> {
        let known = (path.as_str().to_owned(), bytes.len());
        if self.shared.lock().unwrap_or_else(PoisonError::into_inner).contains(&known) {
            return Ok(());
        }
        self.put_first(path, Digest::of(bytes), bytes)?;
        self.shared.lock().unwrap_or_else(PoisonError::into_inner).insert(known);
        Ok(())
    }

    fn put_first(&self, path: &ArtifactPath, digest: Digest, bytes: &[u8]) -> Result<(), Error> {
        let log = log_of("");
        let mut touched = self.held(log);
        let mut known = self.read(log)?.remove("").unwrap_or_default();
        match self.state(&known, path, digest, bytes.len() as u64)? {
            State::Right(_) if known.files.contains_key(path.as_str()) => return Ok(()),
            State::Right(_) | State::Free => {}
            State::Taken(reason) => return Err(Error::refused(self.disk.at(path.as_str()), reason)),
        }
        self.stage(path, digest, bytes)?;
        known.files.insert(path.as_str().to_owned(), Kept(bytes.len() as u64, digest));
        *touched = true;
        self.append(log, &Line { id: String::new(), files: known.files })?;
        self.disk.move_in(&self.staged, &temporary_name(path, &digest), path.as_str())
    }

    /// Ends a build: removes the files of everybody in `share` whom `is_known` does not know, if the whole roster was built, and writes
    /// each touched log anew. How many files were removed, by exporter, and the ids of those whose files were changed by hand and stay.
    pub(crate) fn finish(
        mut self,
        gone: Option<&dyn Fn(&str) -> bool>,
    ) -> Result<(BTreeMap<String, u64>, Vec<String>), Error> {
        let (mut removed, mut changed) = (BTreeMap::new(), Vec::new());
        for log in 0..LOGS {
            let mut touched = *self.held(log);
            if !touched && gone.is_none() {
                continue;
            }
            let mut people = self.read(log)?;
            if let Some(gone) = gone {
                for (id, known) in
                    people.iter_mut().filter(|(id, known)| !id.is_empty() && !known.files.is_empty() && gone(id))
                {
                    touched = true;
                    let mut left = BTreeMap::new();
                    for (path, kept) in &known.files {
                        if self.remove_ours(known, path)? {
                            *removed.entry(exporter_of(path).to_owned()).or_default() += 1;
                        } else if self.disk.look(path)? != Found::Nothing {
                            left.insert(path.clone(), *kept);
                        }
                    }
                    if !left.is_empty() {
                        changed.push(id.clone());
                    }
                    // What somebody has changed is theirs now.
                    known.files.clear();
                }
            }
            if touched {
                self.write(log, &people)?;
            }
        }
        self.disk.sync_all();
        self.is_published = true;
        Ok((removed, changed))
    }

    fn held(&self, log: usize) -> MutexGuard<'_, bool> {
        self.touched[log].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The people of a log. A last line without an end was being written when a build was killed, and nothing rests on it yet.
    fn read(&self, log: usize) -> Result<BTreeMap<String, Known>, Error> {
        let path = log_path(log);
        let bytes = match self.disk.look(&path)? {
            Found::Nothing => return Ok(BTreeMap::new()),
            Found::File(_) => self.disk.read(&path)?,
            _ => return Err(Error::refused(self.disk.at(&path), Reason::NotAFile)),
        };
        people_of(&bytes).map_err(|reason| Error::refused(self.disk.at(&path), reason))
    }

    fn append(&self, log: usize, line: &Line) -> Result<(), Error> {
        let path = log_path(log);
        self.disk.append(&path, &written(line))
    }

    fn write(&self, log: usize, people: &BTreeMap<String, Known>) -> Result<(), Error> {
        let path = log_path(log);
        let lines = lines_of(people);
        if lines.is_empty() {
            return if self.disk.look(&path)? == Found::Nothing { Ok(()) } else { self.disk.remove(&path) };
        }
        self.disk.write_in(PEOPLE, &path, &lines)
    }

    fn stage(&self, path: &ArtifactPath, digest: Digest, bytes: &[u8]) -> Result<(), Error> {
        match self.disk.write_temporary(&self.staged, &temporary_name(path, &digest), bytes) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            written => written.map(drop).map_err(Error::io("write", &self.disk.at(path.as_str()))),
        }
    }

    /// Removes a file that has a content of ours; whether it was there and did.
    fn remove_ours(&self, known: &Known, path: &str) -> Result<bool, Error> {
        let Found::File(_) = self.disk.look(path)? else { return Ok(false) };
        let is_ours = known.is_ours(path, Digest::of(&self.disk.read(path)?));
        if is_ours || self.target.adopt {
            self.disk.remove(path)?;
            self.disk.prune(path)?;
        }
        Ok(is_ours || self.target.adopt)
    }

    fn state(&self, known: &Known, path: &ArtifactPath, digest: Digest, size: u64) -> Result<State, Error> {
        Ok(match self.disk.look(path.as_str())? {
            Found::Nothing => State::Free,
            Found::File(stamp) => {
                let found = Digest::of(&self.disk.read(path.as_str())?);
                if found == digest && stamp.size == size {
                    State::Right(stamp)
                } else if self.target.adopt || known.is_ours(path.as_str(), found) {
                    State::Free
                } else {
                    State::Taken(if known.files.contains_key(path.as_str()) {
                        Reason::EditedFile
                    } else {
                        Reason::NotOurFile
                    })
                }
            }
            Found::Folder => State::Taken(Reason::FolderInsteadOfFile),
            Found::FileAbove(_) => State::Taken(Reason::FileInsteadOfFolder),
            Found::Other => State::Taken(Reason::NotAFile),
            Found::Link(_) => State::Taken(Reason::Link),
        })
    }
}

/// What is where a file shall be.
enum State {
    /// The same file.
    Right(Stamp),
    /// Nothing, or a file of ours.
    Free,
    /// Something that is not ours.
    Taken(Reason),
}

const WRITTEN: usize = 0;
const RIGHT: usize = 1;
const REMOVED: usize = 2;
const BYTES: usize = 3;

impl Put {
    /// Counts a file that is as it was.
    pub(crate) fn keep(&mut self, path: &str, size: u64) {
        self.count(path, RIGHT, usize::try_from(size).unwrap_or_default());
    }

    fn count(&mut self, path: &str, what: usize, bytes: usize) {
        let tally = self.tallies.entry(exporter_of(path).to_owned()).or_default();
        tally[what] += 1;
        tally[BYTES] += bytes as u64;
    }
}

/// The exporter whose folder a path is in.
pub(crate) fn exporter_of(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

fn log_path(log: usize) -> String {
    format!("{PEOPLE}/{log:03x}.jsonl")
}

fn written(line: &Line) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(line).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The people of a log, by their ids.
pub(crate) fn people_of(bytes: &[u8]) -> Result<BTreeMap<String, Known>, Reason> {
    let mut people: BTreeMap<String, Known> = BTreeMap::new();
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    for line in bytes[..whole].split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let line: Line = serde_json::from_slice(line).map_err(|error| Reason::DamagedManifest(error.to_string()))?;
        for path in line.files.keys() {
            path.parse::<ArtifactPath>().map_err(|bad| Reason::DamagedManifest(bad.to_string()))?;
        }
        people.entry(line.id).or_default().add(line.files);
    }
    Ok(people)
}

/// A log with a line for each person who has files.
pub(crate) fn lines_of(people: &BTreeMap<String, Known>) -> Vec<u8> {
    let with_files = people.iter().filter(|(_, known)| !known.files.is_empty());
    with_files.flat_map(|(id, known)| written(&Line { id: id.clone(), files: known.files.clone() })).collect()
}

impl Drop for PeopleFolder<'_> {
    fn drop(&mut self) {
        self.disk.discard(STAGED);
        if !self.is_published {
            self.lock.undo();
        }
    }
}
