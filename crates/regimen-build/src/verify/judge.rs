//! What to say of each file: what it is, what the manifest says of it, and what is made.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use regimen_catalog::Diagnostic;

use super::{Verifying, said};
use crate::built::{File, UnitOrigin};
use crate::digest::Digest;
use crate::error::Error;
use crate::manifest::{Manifest, Record};
use crate::publish::{Kept, Known, OutputState, Present, exporter_of};

/// A file as it was made.
pub(super) struct Made {
    sha256: Digest,
    unit: Arc<UnitOrigin>,
}

impl Made {
    pub(super) fn of(file: &File) -> Self {
        Self { sha256: file.sha256, unit: file.unit.clone() }
    }
}

pub(super) struct Judge<'a> {
    pub(super) verifying: &'a Verifying<'a>,
    pub(super) state: &'a OutputState,
    pub(super) manifest: &'a Manifest,
    /// What is made, by paths.
    pub(super) made: &'a BTreeMap<String, Made>,
}

/// What is said of all files.
#[derive(Default)]
pub(super) struct Judged {
    pub(super) findings: Vec<Diagnostic>,
    /// The paths and sizes of those that are right.
    pub(super) right: Vec<(String, u64)>,
}

/// What is said of a file.
enum Verdict {
    /// It is right, and of this size.
    Right(u64),
    Wrong(Box<Diagnostic>),
    /// It is nobody's concern.
    None,
}

impl Judge<'_> {
    /// The verdict on every file that is made, listed or there.
    pub(super) fn all(&self) -> Result<Judged, Error> {
        let mut judged = Judged::default();
        let of_people = self.people(&mut judged)?;
        let records: BTreeMap<&str, &Record> =
            self.manifest.files.iter().map(|(path, record)| (path.as_str(), record)).collect();
        let mut paths: BTreeSet<String> = self.state.everything()?;
        paths.retain(|path| !of_people.contains(path));
        paths.extend(records.keys().map(|path| (*path).to_owned()).chain(self.made.keys().cloned()));
        let paths: Vec<String> = paths.into_iter().collect();
        let verdicts = paths.par_iter().map(|path| self.judge(path, records.get(path.as_str()).copied()));
        let verdicts: Vec<Verdict> = verdicts.collect::<Result<_, Error>>()?;
        for (path, verdict) in paths.into_iter().zip(verdicts) {
            match verdict {
                Verdict::Right(bytes) => judged.right.push((path, bytes)),
                Verdict::Wrong(finding) => judged.findings.push(*finding),
                Verdict::None => {}
            }
        }
        Ok(judged)
    }

    fn judge(&self, path: &str, record: Option<&Record>) -> Result<Verdict, Error> {
        let (folder, made) = (self.verifying.folder, self.made.get(path));
        let wrong = |finding: Diagnostic| Ok(Verdict::Wrong(Box::new(finding)));
        let (bytes, found) = match self.state.present(path)? {
            Present::Nothing => return wrong(said::missing(folder, path)),
            Present::File(bytes, found) => (bytes, found),
            Present::Other if record.is_some() || made.is_some() => return wrong(said::not_a_file(folder, path)),
            Present::Other if self.is_of_others(path) => return Ok(Verdict::None),
            Present::Other => return wrong(said::unlisted(folder, path)),
        };
        let Some(record) = record else {
            let is_theirs = made.is_none() && self.is_of_others(path);
            return if is_theirs { Ok(Verdict::None) } else { wrong(said::unlisted(folder, path)) };
        };
        let is_made = made.is_some_and(|made| made.sha256 == found);
        match (record.sha256 == found && record.size == bytes, is_made) {
            (true, true) => Ok(Verdict::Right(bytes)),
            (true, false) => wrong(said::other_output(folder, path, made.map(|made| made.unit.name.as_str()))),
            (false, true) => wrong(said::changed_manifest(folder, path)),
            (false, false) => wrong(said::changed(folder, path)),
        }
    }

    /// Whether a file that no build made may be there all the same.
    fn is_of_others(&self, path: &str) -> bool {
        let exporter = exporter_of(path);
        let is_of_exporter =
            exporter != path && self.manifest.files.values().any(|record| &*record.exporter == exporter);
        self.verifying.has_others && !is_of_exporter && !self.manifest.asked.contains_key(exporter)
    }

    /// Compares the files of people with what was written, and gives their paths. Nobody can make them again without their rows.
    fn people(&self, judged: &mut Judged) -> Result<BTreeSet<String>, Error> {
        let mut paths = BTreeSet::new();
        if !self.state.has_people() {
            return Ok(paths);
        }
        let people = self.state.people()?;
        let mut count = 0;
        for (id, known) in &people {
            count += usize::from(!id.is_empty() && !known.files.is_empty());
            self.person(id, known, judged)?;
            paths.extend(known.files.keys().cloned());
        }
        if count > 0 && !self.verifying.without_people {
            judged.findings.push(said::people(self.verifying.folder, count));
        }
        Ok(paths)
    }

    fn person(&self, id: &str, known: &Known, judged: &mut Judged) -> Result<(), Error> {
        let folder = self.verifying.folder;
        if !known.is_settled() {
            judged.findings.push(said::unfinished_person(folder, id));
            return Ok(());
        }
        for (path, Kept(size, digest)) in &known.files {
            match self.state.present(path)? {
                Present::Nothing => judged.findings.push(said::missing(folder, path)),
                Present::Other => judged.findings.push(said::not_a_file(folder, path)),
                Present::File(bytes, found) if (bytes, found) != (*size, *digest) => {
                    judged.findings.push(said::changed(folder, path));
                }
                Present::File(..) => {}
            }
        }
        Ok(())
    }
}
