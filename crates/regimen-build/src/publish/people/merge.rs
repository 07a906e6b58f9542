//! Joining the output folders of the shares of a roster, one log after the other.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::part::{part_of, together};
use super::{Change, Files, Gone, Kept, Known, PEOPLE, Part, PeopleFolder, log_in};
use crate::digest::Digest;
use crate::error::{Error, Reason, Refusal};
use crate::publish::Tally;
use crate::publish::disk::{Disk, Found};
use crate::publish::lock::resolve;
use crate::share::LOGS;

/// An output folder with the files of a share of a roster. It is only read.
#[derive(Debug)]
pub(crate) struct Share {
    /// As it was named.
    folder: PathBuf,
    disk: Disk,
}

/// What a merge came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// How many people have files in the folder.
    pub people: usize,
    /// What was done for each exporter.
    pub exporters: Vec<Tally>,
    /// What is in the way of files, or the matter with those of a share; whose they are has the files of before.
    pub refused: Vec<Refusal>,
    /// The ids of people who are in no share, and some of whose files were changed by hand and stay.
    pub left_behind: Vec<String>,
}

/// Somebody's files, and the share that has them by its place in the list.
type Owned = BTreeMap<String, (Files, Vec<usize>)>;

impl Share {
    /// Opens a folder.
    ///
    /// # Errors
    /// [`Error::Usage`] if it is not there, or was not made by a build for people; [`Error::Refused`] if it is in the output folder or
    /// around it.
    pub(crate) fn open(folder: &Path, out: &Path) -> Result<Self, Error> {
        let found = fs::canonicalize(folder).map_err(|_| no_share(folder, "is not there"))?;
        let root = resolve(out)?;
        if found.starts_with(&root) || root.starts_with(&found) {
            return Err(Error::refused(folder, Reason::ShareInOutput));
        }
        if !found.is_dir() {
            return Err(no_share(folder, "is not a folder"));
        }
        let disk = Disk::open(folder, Box::new(|| Ok(())))?;
        match disk.look(PEOPLE)? {
            Found::Folder => Ok(Self { folder: folder.to_owned(), disk }),
            _ => Err(no_share(folder, "was not made by `regimen build --people`")),
        }
    }

    /// Stages a file, if it has the bytes that the log says.
    fn stage(&self, into: &PeopleFolder, path: &str, name: &str, kept: Kept) -> Result<(), Error> {
        let Kept(size, digest) = kept;
        let from = self.disk.at(path);
        match self.disk.look(path)? {
            Found::File(stamp) if stamp.size == size => {}
            Found::File(_) => return Err(Error::refused(from, Reason::UnfinishedShare)),
            Found::Nothing => return Err(Error::refused(from, Reason::MissingInShare)),
            Found::Link(link) => return Err(Error::refused(link, Reason::Link)),
            Found::Folder | Found::FileAbove(_) | Found::Other => return Err(Error::refused(from, Reason::NotAFile)),
        }
        into.disk.take(&self.disk, path, &into.staged, name).map_err(Error::io("copy", &from))?;
        // What counts is what was taken, for somebody may have changed the file meanwhile.
        let taken = into.staged.read(name).map_err(Error::io("read", &from))?;
        if Digest::of(&taken) == digest { Ok(()) } else { Err(Error::refused(from, Reason::UnfinishedShare)) }
    }
}

fn no_share(folder: &Path, why: &str) -> Error {
    Error::Usage {
        message: format!("`{}` {why}", folder.display()),
        help: "name the folders that `regimen build --people ROSTER --shard I/N --out DIR` made".into(),
    }
}

impl PeopleFolder {
    /// Makes a folder have the files of all shares and of nobody else.
    ///
    /// # Errors
    /// [`Error::Usage`] if the shares do not belong together or one is missing. [`Error::Refused`] if two have different files of somebody,
    /// then nothing has changed. [`Error::Io`] if the system says no.
    pub(crate) fn merge(shares: &[Share], out: &Path, adopt: bool) -> Result<Merged, Error> {
        let parts = shares.iter().map(|share| Ok((share.folder.as_path(), part_of(&share.disk)?)));
        let whole = together(&parts.collect::<Result<Vec<_>, Error>>()?)?;
        let all: Vec<usize> = (0..LOGS).collect();
        all.par_iter().try_for_each(|log| owned(shares, *log).map(drop))?;
        let folder = Self::open_alone(out, adopt)?;
        folder.mark(&Part { complete: false, ..whole.clone() })?;
        let all = all.par_iter().map(|log| folder.merge_log(shares, *log));
        let done = all.try_reduce(Done::default, |one, other| Ok(one.and(other)))?;
        // Logs that a killed merge left are written anew, too.
        let Done { people, tallies, mut refused, mut left_behind } = done;
        let gone = Gone { is: &|_| Some(false), may_be_most: true };
        folder.finish(Some(&gone), Some(&Part { complete: refused.is_empty(), ..whole }))?;
        left_behind.sort();
        refused.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(Merged { people, exporters: tallies.into_values().collect(), refused, left_behind })
    }

    /// Brings in everybody of one log, and removes everybody else of it.
    fn merge_log(&self, shares: &[Share], log: usize) -> Result<Done, Error> {
        let mut owned = owned(shares, log)?;
        let mut touched = self.held(log);
        let before = self.read(log)?.people;
        for id in before.keys() {
            owned.entry(id.clone()).or_default();
        }
        let (mut done, nobody) = (Done::default(), Known::default());
        for (id, (files, of)) in owned {
            let known = before.get(&id).unwrap_or(&nobody);
            let dropped: Vec<String> =
                known.contents.keys().filter(|path| !files.contains_key(*path)).cloned().collect();
            let stage = |path: &str, name: &str| {
                let has = |share: &&usize| shares[**share].disk.look(path).is_ok_and(|found| found != Found::Nothing);
                let share = of.iter().find(has).unwrap_or(&of[0]);
                shares[*share].stage(self, path, name, files[path])
            };
            let (wanted, future) = (files.clone(), files.clone());
            let change = Change { id: &id, known, wanted, dropped: dropped.clone(), future };
            // Lines were added since the log was read.
            let whole = self.read(log)?.whole;
            let put = match self.carry_out(&mut touched, whole, change, &stage) {
                Err(Error::Refused(refused)) => {
                    done.refused.extend(refused);
                    continue;
                }
                put => put?,
            };
            let stays = |path: &String| Ok::<bool, Error>(self.disk.look(path)? != Found::Nothing);
            if files.is_empty() && dropped.iter().map(stays).collect::<Result<Vec<_>, _>>()?.contains(&true) {
                done.left_behind.push(id.clone());
            }
            done.people += usize::from(!id.is_empty() && !files.is_empty());
            done = done.and(Done { tallies: put.tallies, ..Done::default() });
        }
        Ok(done)
    }
}

/// What became of some logs.
#[derive(Default)]
struct Done {
    people: usize,
    tallies: BTreeMap<String, Tally>,
    refused: Vec<Refusal>,
    left_behind: Vec<String>,
}

impl Done {
    fn and(mut self, other: Self) -> Self {
        self.people += other.people;
        self.refused.extend(other.refused);
        self.left_behind.extend(other.left_behind);
        for (exporter, tally) in other.tallies {
            match self.tallies.entry(exporter) {
                Entry::Occupied(mut known) => known.get_mut().add(&tally),
                Entry::Vacant(new) => drop(new.insert(tally)),
            }
        }
        self
    }
}

/// The people of a log in all shares. Files that people share are those of any share.
fn owned(shares: &[Share], log: usize) -> Result<Owned, Error> {
    let mut owned = Owned::new();
    for (at, share) in shares.iter().enumerate() {
        for (id, Known { files, .. }) in log_in(&share.disk, log)?.people {
            if files.is_empty() {
                continue;
            }
            let (together, of) = owned.entry(id.clone()).or_default();
            let differs = |path: &String, kept: &Kept| together.get(path).is_some_and(|known| known != kept);
            let is_other = if id.is_empty() {
                files.iter().any(|(path, kept)| differs(path, kept))
            } else {
                !of.is_empty() && *together != files
            };
            if is_other {
                let other = of.first().map_or(PathBuf::new(), |first| shares[*first].disk.at(""));
                return Err(Error::refused(share.disk.at(""), Reason::OtherShare { id, other }));
            }
            together.extend(files);
            of.push(at);
        }
    }
    Ok(owned)
}
