//! The end of a build: who is gone, and each log with a line for each person.

use std::collections::{BTreeMap, BTreeSet};

use super::log::{Files, Kept, Known, Log, line};
use super::{Part, PeopleFolder, exporter_of};
use crate::digest::Digest;
use crate::error::Error;
use crate::publish::disk::Found;
use crate::share::{LOGS, number_of};

impl PeopleFolder {
    /// Ends a build: removes the files of everybody who is `gone`, if the whole roster was built, and writes each log anew that is not
    /// as it should be. How many files were removed, by exporter, and the ids of those whose files were changed by hand and stay. `part` says what
    /// the folder has from now on.
    pub(crate) fn finish(
        mut self,
        gone: Option<&dyn Fn(&str) -> bool>,
        part: Option<&Part>,
    ) -> Result<(BTreeMap<String, u64>, Vec<String>), Error> {
        let (mut removed, mut changed) = (BTreeMap::new(), Vec::new());
        for log in 0..LOGS {
            if !self.held(log).is && gone.is_none() {
                continue;
            }
            let Log { mut people, bytes, .. } = self.read(log)?;
            let is_gone = |id: &str| !id.is_empty() && gone.is_some_and(|gone| gone(id));
            for (id, known) in people.iter_mut().filter(|(id, _)| is_gone(id)) {
                let mut stay = false;
                for path in known.contents.keys() {
                    if self.remove_ours(known, path)? {
                        *removed.entry(exporter_of(path).to_owned()).or_default() += 1;
                    } else {
                        stay |= self.disk.look(path)? != Found::Nothing;
                    }
                }
                if stay {
                    changed.push(id.clone());
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
        changed.sort();
        if let Some(part) = part {
            self.mark(part)?;
        }
        self.disk.sync_all();
        self.is_published = true;
        Ok((removed, changed))
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
