//! The end of a build: who is gone, and each log with a line for each person.

use std::collections::{BTreeMap, BTreeSet};

use super::log::{Files, Kept, Known, Log, line};
use super::{Part, PeopleFolder, exporter_of};
use crate::digest::Digest;
use crate::error::Error;
use crate::publish::disk::Found;
use crate::share::{LOGS, number_of};

/// From so many people on it is asked whether most of them can be gone.
const MANY: usize = 10;

/// Who is gone from a roster that was built to its end.
pub(crate) struct Gone<'a> {
    /// Whether somebody is gone; `None` of people whom the build was not for.
    pub(crate) is: &'a dyn Fn(&str) -> Option<bool>,
    /// Whether they lose their files although they are most people, or all.
    pub(crate) may_be_most: bool,
}

/// How many people are gone, and of how many.
type Spared = (usize, usize);

/// What the end of a build came to.
#[derive(Debug, Default)]
pub(crate) struct Ended {
    /// How many files were removed, by exporter.
    pub(crate) removed: BTreeMap<String, u64>,
    /// The ids of those whose files were changed by hand and stay.
    pub(crate) changed: Vec<String>,
    /// How many are gone and keep their files because they are most people, and of how many.
    pub(crate) spared: Option<Spared>,
}

impl Gone<'_> {
    /// Whether this is somebody who is gone; files that all people share are nobody's.
    fn has(&self, id: &str) -> bool {
        !id.is_empty() && (self.is)(id) == Some(true)
    }
}

impl PeopleFolder {
    /// Ends a build: removes the files of everybody who is gone, if the whole roster was built, and writes each log anew that is not
    /// as it should be. Nobody loses files if they are most people, for then it is mostly the roster that broke off. `part` says what
    /// the folder has from now on.
    pub(crate) fn finish(mut self, gone: Option<&Gone<'_>>, part: Option<&Part>) -> Result<Ended, Error> {
        let mut ended = Ended::default();
        let (logs, spared) = self.logs_to_write(gone)?;
        let gone = gone.filter(|_| spared.is_none());
        ended.spared = spared;
        for log in logs {
            let Log { mut people, bytes, .. } = self.read(log)?;
            for (id, known) in people.iter_mut().filter(|(id, _)| gone.is_some_and(|gone| gone.has(id))) {
                let mut stay = false;
                for path in known.contents.keys() {
                    if self.remove_ours(known, path)? {
                        *ended.removed.entry(exporter_of(path).to_owned()).or_default() += 1;
                    } else {
                        stay |= self.disk.look(path)? != Found::Nothing;
                    }
                }
                if stay {
                    ended.changed.push(id.clone());
                }
                // What somebody has changed is theirs now.
                *known = Known::default();
            }
            // Before the log forgets what was there: a build that is killed here is gone on with.
            for path in std::mem::take(&mut *self.emptied()).values() {
                self.disk.prune(path)?;
            }
            let lines = self.lines(&people, &self.held(log).done)?;
            if lines != bytes {
                self.write(log, &lines)?;
            }
        }
        ended.changed.sort();
        if let Some(part) = part {
            self.mark(&Part { complete: part.complete && ended.spared.is_none(), ..part.clone() })?;
        }
        self.disk.sync_all();
        self.is_published = true;
        Ok(ended)
    }

    /// The logs that are not as they should be, and how many are gone of how many if these are too many.
    fn logs_to_write(&self, gone: Option<&Gone<'_>>) -> Result<(Vec<usize>, Option<Spared>), Error> {
        let (mut logs, mut missing, mut all) = (Vec::new(), 0, 0);
        for log in 0..LOGS {
            let is_touched = self.held(log).is;
            let Some(gone) = gone else {
                logs.extend(is_touched.then_some(log));
                continue;
            };
            let Log { people, bytes, .. } = self.read(log)?;
            let are_gone = people.keys().filter(|id| gone.has(id)).count();
            missing += are_gone;
            all += people.keys().filter(|id| !id.is_empty() && (gone.is)(id).is_some()).count();
            if is_touched || are_gone > 0 || self.lines(&people, &self.held(log).done)? != bytes {
                logs.push(log);
            }
        }
        let are_too_many = missing > MANY && missing * 2 > all && !gone.is_none_or(|gone| gone.may_be_most);
        Ok((logs, are_too_many.then_some((missing, all))))
    }

    /// A log with a line for each person who has files. Whoever is not `done` may have files of an earlier line, if a build was killed:
    /// that line stays before theirs.
    fn lines(&self, people: &BTreeMap<String, Known>, done: &BTreeSet<u64>) -> Result<Vec<u8>, Error> {
        let mut lines = Vec::new();
        for (id, known) in people {
            let mut earlier = Files::new();
            if !known.is_settled() && !done.contains(&number_of(id)) {
                for path in known.contents.keys() {
                    let Found::File(stamp) = self.disk.look(path)? else {
                        self.disk.prune(path)?;
                        continue;
                    };
                    let found = Kept(stamp.size, Digest::of(&self.disk.read(path)?));
                    if known.is_ours(path, found.1) && known.files.get(path) != Some(&found) {
                        earlier.insert(path.clone(), found);
                    }
                }
            }
            if !earlier.is_empty() {
                lines.extend(line(id, earlier));
                lines.extend(line(id, known.files.clone()));
            } else if !known.files.is_empty() {
                lines.extend(line(id, known.files.clone()));
            }
        }
        Ok(lines)
    }
}
