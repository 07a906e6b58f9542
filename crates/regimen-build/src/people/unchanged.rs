//! What a person's files were made from, so that a build makes them again only if that changed, and can say why.
//!
//! It is known by digests that are keyed with a secret of the user, because what a person has could be guessed from others. They are in
//! the cache, and nothing else of a person is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::cause::Cause;
use crate::cache::Cache;
use crate::digest::Digest;
use crate::keys::Files;
use crate::share::{LOGS, log_of};
use crate::stamp::Stamp;

/// The first half of a keyed digest: who somebody is.
type Half = [u8; 16];

/// The start of a digest, enough to see that something is another.
type Short = u64;

/// What a person's files are made from, each part by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MadeFrom {
    /// What everybody's files depend on: the program, the project file and the languages.
    program: Short,
    /// The exporters with their options.
    exporters: Short,
    /// Their row, and their language.
    row: Short,
    /// Their part of the catalogue.
    slice: Short,
}

/// The parts that are the same for everybody.
#[derive(Debug, Clone, Copy)]
pub(super) struct Common {
    program: Short,
    exporters: Short,
}

/// Whether there were findings about a person, and what it takes to find them again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EarlierFindings {
    None,
    /// They follow from their row and their plan.
    OfPlan,
    /// Exporters have to be asked again.
    OfExporters,
}

/// What is remembered of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Remembered {
    made_from: MadeFrom,
    /// The states of their files.
    state: Short,
    findings: EarlierFindings,
}

/// What became of a person since the last build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Compared {
    /// Nothing, and no exporter has anything to say; whether anything else is to be findings.
    Same(EarlierFindings),
    /// Why their files are made again.
    Other(Vec<Cause>),
}

/// What an earlier build and this one made.
pub(crate) struct Unchanged<'c> {
    cache: &'c Cache,
    /// Which output folder.
    folder: PathBuf,
    logs: Vec<Mutex<Log>>,
}

#[derive(Default)]
struct Log {
    /// As the earlier build left it; `None` until somebody asks.
    earlier: Option<BTreeMap<Half, Remembered>>,
    now: BTreeMap<Half, Remembered>,
}

impl<'c> Unchanged<'c> {
    /// What is known of the builds into a folder; `None` if it is not known where that is.
    pub(crate) fn open(cache: &'c Cache, folder: &Path) -> Option<Self> {
        let folder = std::path::absolute(folder).ok()?;
        let logs = (0..LOGS).map(|_| Mutex::default()).collect();
        Some(Self { cache, folder, logs })
    }

    fn keyed(&self, text: &str) -> Digest {
        self.cache.secret().digest("people", &[text.as_bytes()])
    }

    fn short(&self, text: &str) -> Short {
        short(&self.keyed(text))
    }

    /// What is the same for everybody.
    pub(super) fn common(&self, program: &str, exporters: &str) -> Common {
        Common { program: self.short(program), exporters: self.short(exporters) }
    }

    /// What a person's files are made from: their row as text, and the digest of their part of the catalogue.
    pub(super) fn made_from(&self, common: Common, row: &str, slice: Digest) -> MadeFrom {
        let Common { program, exporters } = common;
        MadeFrom { program, exporters, row: self.short(row), slice: short(&slice) }
    }

    /// Whether what a person's files are made from and the files are as they were, and else why not. `stamps` are `None` if a file is
    /// missing or has another size.
    pub(super) fn compare(&self, id: &str, made_from: MadeFrom, stamps: Option<&[(String, Stamp)]>) -> Compared {
        let half = self.keyed(id).first_half();
        let mut log = self.logs[log_of(id)].lock().unwrap_or_else(PoisonError::into_inner);
        let earlier = log.earlier.get_or_insert_with(|| self.read(log_of(id)));
        let Some(earlier) = earlier.get(&half).copied() else { return Compared::Other(vec![Cause::NotRemembered]) };
        let state = stamps.map(state);
        let is_same = earlier.made_from == made_from && state == Some(earlier.state);
        if is_same && earlier.findings != EarlierFindings::OfExporters {
            log.now.insert(half, earlier);
            return Compared::Same(earlier.findings);
        }
        let MadeFrom { program, exporters, row, slice } = earlier.made_from;
        let differs = [
            (row != made_from.row, Cause::Row),
            (slice != made_from.slice, Cause::Catalog(slice)),
            (exporters != made_from.exporters, Cause::Exporters),
            (program != made_from.program, Cause::Program),
            (state != Some(earlier.state), Cause::Files),
            (is_same, Cause::Findings),
        ];
        Compared::Other(differs.into_iter().filter_map(|(differs, cause)| differs.then_some(cause)).collect())
    }

    /// Remembers what a person's files were made from, and whether there was something to say.
    pub(super) fn keep(&self, id: &str, made_from: MadeFrom, stamps: &[(String, Stamp)], findings: EarlierFindings) {
        let half = self.keyed(id).first_half();
        let mut log = self.logs[log_of(id)].lock().unwrap_or_else(PoisonError::into_inner);
        log.now.insert(half, Remembered { made_from, state: state(stamps), findings });
    }

    /// Remembers the files of a part of the catalogue, so that a later build can say which of them changed.
    pub(super) fn keep_slice(&self, slice: Digest, files: &dyn Fn() -> Files) {
        let key = self.slice_key(short(&slice));
        if !self.cache.has(&key) {
            let files = files();
            let lines =
                files.iter().map(|(path, digest)| format!("{:016x} {:016x}\n", self.short(path), short(digest)));
            self.cache.put(&key, lines.collect::<String>().as_bytes());
        }
    }

    /// The files of a part of the catalogue that are not as they were in an earlier part; `None` if that is not known any more.
    pub(super) fn changed_files(&self, earlier: Short, files: &Files) -> Option<Vec<String>> {
        let text = String::from_utf8(self.cache.get(&self.slice_key(earlier))?).ok()?;
        let line = |line: &str| {
            let (path, digest) = line.split_once(' ')?;
            Some((Short::from_str_radix(path, 16).ok()?, Short::from_str_radix(digest, 16).ok()?))
        };
        let known: BTreeMap<Short, Short> = text.lines().filter_map(line).collect();
        let is_other = |(path, digest): &(&String, &Digest)| known.get(&self.short(path)) != Some(&short(digest));
        Some(files.iter().filter(is_other).map(|(path, _)| path.clone()).collect())
    }

    fn slice_key(&self, slice: Short) -> Digest {
        self.keyed(&format!("people slice {slice:016x}"))
    }

    /// Writes what is remembered. Of people who were not part of this build what was known stays, unless the build was of all.
    pub(crate) fn write(self, is_whole: bool) {
        for (at, log) in self.logs.iter().enumerate() {
            let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
            let Log { earlier, now } = std::mem::take(&mut *log);
            if now.is_empty() && (earlier.is_none() || !is_whole) {
                continue;
            }
            let mut known = if is_whole { BTreeMap::new() } else { earlier.clone().unwrap_or_else(|| self.read(at)) };
            known.extend(now);
            if earlier.as_ref() != Some(&known) {
                self.cache.put_note(&self.note(at), &self.folder, &text(&known));
            }
        }
    }

    fn note(&self, log: usize) -> Digest {
        self.keyed(&format!("people 4 {:?} {log}", self.folder))
    }

    fn read(&self, log: usize) -> BTreeMap<Half, Remembered> {
        let text = self.cache.note(&self.note(log)).unwrap_or_default();
        text.lines().filter_map(line).collect()
    }
}

fn text(known: &BTreeMap<Half, Remembered>) -> String {
    let line = |(id, remembered): (&Half, &Remembered)| {
        let Remembered { made_from: MadeFrom { program, exporters, row, slice }, state, findings } = remembered;
        let id = u128::from_be_bytes(*id);
        let findings = match findings {
            EarlierFindings::None => 0,
            EarlierFindings::OfPlan => 1,
            EarlierFindings::OfExporters => 2,
        };
        format!("{id:032x} {program:016x} {exporters:016x} {row:016x} {slice:016x} {state:016x} {findings:x}\n")
    };
    known.iter().map(line).collect()
}

fn line(line: &str) -> Option<(Half, Remembered)> {
    let (id, rest) = line.split_once(' ')?;
    let parts: Option<Vec<Short>> = rest.split(' ').map(|part| Short::from_str_radix(part, 16).ok()).collect();
    let [program, exporters, row, slice, state, findings] = parts?.try_into().ok()?;
    let id = u128::from_str_radix(id, 16).ok()?.to_be_bytes();
    let findings = match findings {
        0 => EarlierFindings::None,
        1 => EarlierFindings::OfPlan,
        2 => EarlierFindings::OfExporters,
        _ => return None,
    };
    Some((id, Remembered { made_from: MadeFrom { program, exporters, row, slice }, state, findings }))
}

/// The states of files in short.
fn state(stamps: &[(String, Stamp)]) -> Short {
    short(&Digest::of(format!("{stamps:?}").as_bytes()))
}

fn short(digest: &Digest) -> Short {
    digest.first_half().iter().take(8).fold(0, |number, byte| number << 8 | Short::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_read_back() {
        let made_from = MadeFrom { program: 1, exporters: u64::MAX, row: 3, slice: 4 };
        let known = [
            ([7; 16], 5, EarlierFindings::None),
            ([0; 16], 0, EarlierFindings::OfPlan),
            ([1; 16], 1, EarlierFindings::OfExporters),
        ];
        let known = known.map(|(id, state, findings)| (id, Remembered { made_from, state, findings })).into();
        let read: BTreeMap<_, _> = text(&known).lines().filter_map(line).collect();
        assert_eq!(read, known);
        for damaged in ["", "7", "07 1 2 3 4 5", "07 1 2 3 4 5 x", "07 1 2 3 4 5 3", "07 1 2 3 4 5 0 0"] {
            assert_eq!(line(damaged), None, "{damaged}");
        }
    }
}
