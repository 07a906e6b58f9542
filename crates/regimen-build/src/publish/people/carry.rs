//! Putting the files of a person in their place, after the line of the log that knows them.

use super::log::{Files, Kept, Known, line, log_path};
use super::{PeopleFolder, Put, Touched};
use crate::digest::Digest;
use crate::error::{Error, Reason, Refusal};
use crate::publish::act::temporary_name;
use crate::publish::disk::Found;
use crate::share::{log_of, number_of};
use crate::stamp::Stamp;

/// What is to become of the files of a person.
pub(super) struct Change<'a> {
    pub(super) id: &'a str,
    pub(super) known: &'a Known,
    /// Files that shall be there.
    pub(super) wanted: Files,
    /// Files that shall be there no longer.
    pub(super) dropped: Vec<String>,
    /// The next line of the log.
    pub(super) future: Files,
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

impl PeopleFolder {
    /// Stages files, writes the line of the log, removes what is dropped and moves the files in. `whole` is where the log's whole lines
    /// end, `stage` puts the file of a path under a temporary name.
    pub(super) fn carry_out(
        &self,
        touched: &mut Touched,
        whole: u64,
        change: Change<'_>,
        stage: &dyn Fn(&str, &str) -> Result<(), Error>,
    ) -> Result<Put, Error> {
        let Change { id, known, wanted, dropped, future } = change;
        let (mut put, mut moved, mut refused) = (Put::default(), Vec::new(), Vec::new());
        for (path, Kept(size, digest)) in &wanted {
            match self.state(known, path, *digest, *size)? {
                State::Right(stamp) => {
                    put.keep(path, *size);
                    put.stamps.push((path.clone(), stamp));
                }
                State::Free => moved.push((path, *size, temporary_name(path, digest))),
                State::Taken(reason) => refused.push(Refusal { path: self.disk.at(path), reason }),
            }
        }
        if !refused.is_empty() {
            return Err(Error::Refused(refused));
        }
        for (path, _, name) in &moved {
            stage(path, name)?;
        }
        if known.files != future {
            touched.is = true;
            self.disk.append(&log_path(log_of(id)), whole, &line(id, future))?;
        }
        for path in &dropped {
            if self.remove_ours(known, path)? {
                put.of(path).removed += 1;
            }
        }
        for (path, size, name) in moved {
            self.disk.move_in(&self.staged, &name, path)?;
            let tally = put.of(path);
            tally.written += 1;
            tally.bytes += size;
            if let Found::File(stamp) = self.disk.look(path)? {
                put.stamps.push((path.clone(), stamp));
            }
        }
        if known.contents.keys().all(|path| wanted.contains_key(path) || dropped.contains(path)) {
            touched.done.insert(number_of(id));
        }
        put.stamps.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(put)
    }

    /// Removes a file that has a content of ours; whether it was there and did.
    pub(super) fn remove_ours(&self, known: &Known, path: &str) -> Result<bool, Error> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.emptied().insert(folder.to_owned(), path.to_owned());
        let Found::File(_) = self.disk.look(path)? else { return Ok(false) };
        let is_ours = self.adopt || known.is_ours(path, Digest::of(&self.disk.read(path)?));
        if is_ours {
            self.disk.remove(path)?;
        }
        Ok(is_ours)
    }

    fn state(&self, known: &Known, path: &str, digest: Digest, size: u64) -> Result<State, Error> {
        Ok(match self.disk.look(path)? {
            Found::Nothing => State::Free,
            Found::File(stamp) => {
                let found = Digest::of(&self.disk.read(path)?);
                if found == digest && stamp.size == size {
                    State::Right(stamp)
                } else if self.adopt || known.is_ours(path, found) {
                    State::Free
                } else {
                    State::Taken(if known.files.contains_key(path) { Reason::EditedFile } else { Reason::NotOurFile })
                }
            }
            Found::Folder => State::Taken(Reason::FolderInsteadOfFile),
            Found::FileAbove(_) => State::Taken(Reason::FileInsteadOfFolder),
            Found::Other => State::Taken(Reason::NotAFile),
            Found::Link(_) => State::Taken(Reason::Link),
        })
    }
}
