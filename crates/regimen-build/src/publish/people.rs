//! The files of people in an output folder.
//!
//! People are published one by one: all files of a person are made and staged before any of them takes its place, and those of others
//! do not wait. What is ours is known from logs, [`LOGS`] of them, so that nothing has to be kept in memory for each person: a person's
//! line is appended before their files are moved in, so that a build that finds it knows both contents that each file may have. At the
//! end of a build each log that was touched is written anew, with one line for each person, in the order of their ids.

mod carry;
mod finish;
mod log;
mod merge;
mod part;
mod shared;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use regimen_catalog::Id;
use regimen_catalog::model::PersonId;
use regimen_export::{Artifact, ArtifactPath};

use self::carry::Change;
pub(crate) use self::finish::Gone;
use self::log::{Files, Log, log_path};
pub(crate) use self::log::{Kept, Known};
pub use self::merge::Merged;
pub(crate) use self::merge::Share;
pub(crate) use self::part::Part;
use super::disk::{Disk, Found, Step};
use super::lock::{OutputLock, lock};
use super::{Tally, Target};
use crate::digest::Digest;
use crate::error::{Error, Reason};
use crate::folder::Folder;
use crate::manifest::PEOPLE;
use crate::share::{LOGS, log_of};
use crate::stamp::Stamp;

/// The folder of staged files.
const STAGED: &str = ".regimen-tmp-people";

/// An output folder in which the files of people are brought up to date.
pub(crate) struct PeopleFolder {
    adopt: bool,
    disk: Disk,
    staged: Folder,
    /// Files that people share and that this build has put, by path and size: they are the same for all.
    shared: Mutex<BTreeSet<(String, usize)>>,
    /// One for each log: whoever holds it may read and append to the log.
    touched: Vec<Mutex<Touched>>,
    /// Files that were removed, one for each folder. Their folders are removed at the end, for others may be writing there.
    emptied: Mutex<BTreeMap<String, String>>,
    is_published: bool,
    lock: OutputLock,
}

/// What was done with a log.
#[derive(Debug, Default)]
struct Touched {
    /// Whether anything was appended.
    is: bool,
    /// Who has all their files in place, by the numbers of their ids.
    done: BTreeSet<u64>,
}

impl fmt::Debug for PeopleFolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PeopleFolder").field("disk", &self.disk).finish_non_exhaustive()
    }
}

/// What became of the files of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Put {
    /// By exporter.
    pub(crate) tallies: BTreeMap<String, Tally>,
    /// The state of each file that is there now.
    pub(crate) stamps: Vec<(String, Stamp)>,
}

impl PeopleFolder {
    /// Checks and locks the output folder, makes it if need be, and removes what a killed build left under temporary names.
    ///
    /// # Errors
    /// As [`OutputFolder::open`](super::OutputFolder::open).
    pub(crate) fn open(target: Target<'_>, exporters: &[&str]) -> Result<Self, Error> {
        Self::open_in_steps(target, exporters, Box::new(|| Ok(())))
    }

    /// The same; `step` is asked before every single change of the disk but for the folder itself, so that tests can stop there.
    fn open_in_steps(target: Target<'_>, exporters: &[&str], step: Step) -> Result<Self, Error> {
        let Target { out, catalog_root, adopt, keep_going: _ } = target;
        let lock = lock(out, Some(catalog_root), adopt)?;
        match lock.refuse_catalog_in_output(exporters) {
            Ok(()) => Self::locked(lock, adopt, step),
            Err(error) => {
                lock.undo();
                Err(error)
            }
        }
    }

    /// The same where no catalogue is concerned.
    fn open_alone(out: &Path, adopt: bool) -> Result<Self, Error> {
        Self::locked(lock(out, None, adopt)?, adopt, Box::new(|| Ok(())))
    }

    fn locked(lock: OutputLock, adopt: bool, step: Step) -> Result<Self, Error> {
        let opened = Disk::open(&lock.root, step).and_then(|disk| {
            disk.sweep([PEOPLE].into_iter())?;
            let staged = disk.temporary_folder(STAGED).map_err(Error::io("write", &disk.at(STAGED)))?;
            disk.make_folder(PEOPLE)?;
            Ok((disk, staged))
        });
        match opened {
            Ok((disk, staged)) => {
                let touched = (0..LOGS).map(|_| Mutex::default()).collect();
                let (shared, emptied) = (Mutex::default(), Mutex::default());
                Ok(Self { adopt, disk, staged, touched, shared, emptied, is_published: false, lock })
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
        Ok(self.read(log)?.people.remove(id.as_str()).unwrap_or_default())
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
        // A build that was killed may have left other files.
        if !known.is_settled() {
            return Ok(None);
        }
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
        files: &[(Artifact, Digest)],
    ) -> Result<Put, Error> {
        let kept = |(file, digest): &(Artifact, Digest)| {
            (file.path.as_str().to_owned(), Kept(file.bytes.len() as u64, *digest))
        };
        let bytes: BTreeMap<&str, &[u8]> =
            files.iter().map(|(file, _)| (file.path.as_str(), file.bytes.as_slice())).collect();
        let stage = |path: &str, name: &str| match self.disk.write_temporary(&self.staged, name, bytes[path]) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            written => written.map(drop).map_err(Error::io("write", &self.disk.at(path))),
        };
        let is_of_these = |path: &str| exporters.contains(exporter_of(path));
        self.replace(id.as_str(), &is_of_these, files.iter().map(kept).collect(), &stage)
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
        let wanted: Files = [(path.as_str().to_owned(), Kept(bytes.len() as u64, digest))].into();
        let stage = |path: &str, name: &str| {
            let written = self.disk.write_temporary(&self.staged, name, bytes);
            written.map(drop).map_err(Error::io("write", &self.disk.at(path)))
        };
        self.replace("", &|_| false, wanted, &stage).map(drop)
    }

    /// Puts files of somebody, or with no id those that people share, in place of theirs that are to be replaced.
    fn replace(
        &self,
        id: &str,
        is_replaced: &dyn Fn(&str) -> bool,
        wanted: Files,
        stage: &dyn Fn(&str, &str) -> Result<(), Error>,
    ) -> Result<Put, Error> {
        let log = log_of(id);
        let mut touched = self.held(log);
        let Log { mut people, whole, .. } = self.read(log)?;
        let known = people.remove(id).unwrap_or_default();
        let mut future = known.files.clone();
        future.retain(|path, _| !is_replaced(path));
        future.extend(wanted.clone());
        let dropped = known.contents.keys().filter(|path| is_replaced(path) && !future.contains_key(*path));
        let change = Change { id, known: &known, wanted, dropped: dropped.cloned().collect(), future };
        self.carry_out(&mut touched, whole, change, stage)
    }

    fn held(&self, log: usize) -> MutexGuard<'_, Touched> {
        self.touched[log].lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn emptied(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.emptied.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self, log: usize) -> Result<Log, Error> {
        match log_in(&self.disk, log) {
            Err(Error::Refused(_)) if self.adopt && matches!(self.disk.look(&log_path(log))?, Found::File(_)) => {
                // Begun again, for nobody knows what it said.
                Ok(Log { bytes: vec![b'\n'], ..Log::default() })
            }
            read => read,
        }
    }

    fn write(&self, log: usize, lines: &[u8]) -> Result<(), Error> {
        let path = log_path(log);
        if lines.is_empty() { self.disk.remove(&path) } else { self.disk.write_in(PEOPLE, &path, lines) }
    }
}

impl Put {
    /// Counts a file that is as it was.
    pub(crate) fn keep(&mut self, path: &str, size: u64) {
        let tally = self.of(path);
        tally.unchanged += 1;
        tally.bytes += size;
    }

    /// The tally of the exporter of a file.
    fn of(&mut self, path: &str) -> &mut Tally {
        let exporter = exporter_of(path);
        let new = || Tally { exporter: exporter.to_owned(), ..Tally::default() };
        self.tallies.entry(exporter.to_owned()).or_insert_with(new)
    }
}

/// The exporter whose folder a path is in.
pub(crate) fn exporter_of(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

/// The files of everybody in an output folder, by their ids; those that people share have none.
pub(crate) fn known_people(disk: &Disk) -> Result<BTreeMap<String, Known>, Error> {
    let mut people = BTreeMap::new();
    for log in 0..LOGS {
        people.extend(log_in(disk, log)?.people);
    }
    Ok(people)
}

/// A log of an output folder.
fn log_in(disk: &Disk, log: usize) -> Result<Log, Error> {
    let path = log_path(log);
    let bytes = match disk.look(&path)? {
        Found::Nothing => return Ok(Log::default()),
        Found::File(_) => disk.read(&path)?,
        _ => return Err(Error::refused(disk.at(&path), Reason::NotAFile)),
    };
    Log::parse(bytes).map_err(|reason| Error::refused(disk.at(&path), reason))
}

impl Drop for PeopleFolder {
    fn drop(&mut self) {
        self.disk.discard(STAGED);
        if !self.is_published {
            self.lock.undo();
        }
    }
}

#[cfg(test)]
mod tests;
