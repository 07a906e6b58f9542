//! Logs of people's files: lines, and what they say together.

use std::collections::{BTreeMap, BTreeSet};

use regimen_export::ArtifactPath;
use serde::{Deserialize, Serialize};

use crate::conflict::RESERVED;
use crate::digest::Digest;
use crate::error::Reason;
use crate::manifest::PEOPLE;

/// What is known of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept(pub(crate) u64, pub(crate) Digest);

/// The files of somebody by their paths.
pub(crate) type Files = BTreeMap<String, Kept>;

/// A line of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    id: String,
    /// None of somebody whose files were removed.
    files: Files,
}

/// The files of a person, as a log has them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// As the last line says.
    pub(crate) files: Files,
    /// All contents that any line says.
    pub(super) contents: BTreeMap<String, BTreeSet<Digest>>,
}

impl Known {
    fn add(&mut self, files: Files) {
        for (path, Kept(_, digest)) in &files {
            self.contents.entry(path.clone()).or_default().insert(*digest);
        }
        self.files = files;
    }

    pub(super) fn is_ours(&self, path: &str, digest: Digest) -> bool {
        self.contents.get(path).is_some_and(|contents| contents.contains(&digest))
    }

    /// Whether the last line says all that earlier ones say: always, but for a build that was killed.
    pub(crate) fn is_settled(&self) -> bool {
        self.contents.len() == self.files.len() && self.contents.values().all(|contents| contents.len() == 1)
    }
}

/// A log as it was read.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) people: BTreeMap<String, Known>,
    /// The bytes of its whole lines.
    pub(super) whole: u64,
    /// All its bytes.
    pub(super) bytes: Vec<u8>,
}

impl Log {
    /// Reads a log. A last line without an end was being written when a build was killed, and nothing rests on it yet.
    pub(super) fn parse(bytes: Vec<u8>) -> Result<Self, Reason> {
        let mut people: BTreeMap<String, Known> = BTreeMap::new();
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        for line in bytes[..whole].split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let line: Line =
                serde_json::from_slice(line).map_err(|error| Reason::DamagedManifest(error.to_string()))?;
            for path in line.files.keys() {
                check(path)?;
            }
            people.entry(line.id).or_default().add(line.files);
        }
        Ok(Self { people, whole: whole as u64, bytes })
    }
}

/// A forged log must lead neither outside nor to the files of the publisher.
fn check(path: &str) -> Result<(), Reason> {
    path.parse::<ArtifactPath>().map_err(|bad| Reason::DamagedManifest(bad.to_string()))?;
    if path.split('/').any(|part| part.starts_with(RESERVED)) {
        let path = path.escape_debug();
        return Err(Reason::DamagedManifest(format!("`{path}` is not a file that an exporter makes")));
    }
    Ok(())
}

pub(super) fn log_path(log: usize) -> String {
    format!("{PEOPLE}/{log:03x}.jsonl")
}

/// A line of a log, as it is written.
pub(super) fn line(id: &str, files: Files) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(&Line { id: id.to_owned(), files }).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(path: &str, text: &str) -> Files {
        [(path.to_owned(), Kept(1, Digest::of(text.as_bytes())))].into()
    }

    #[test]
    fn the_last_line_of_a_person_holds_and_half_a_line_does_not() {
        let mut bytes =
            [line("a", files("pdf/a", "1")), line("a", files("pdf/b", "2")), line("b", Files::new())].concat();
        let whole = bytes.len() as u64;
        bytes.extend(&line("a", files("pdf/a", "3"))[..20]);
        let log = Log::parse(bytes).unwrap();
        assert_eq!((log.whole, log.people.len()), (whole, 2));
        let known = &log.people["a"];
        assert_eq!(known.files, files("pdf/b", "2"));
        assert!(known.is_ours("pdf/a", Digest::of(b"1")) && !known.is_ours("pdf/a", Digest::of(b"3")));
        assert!(!known.is_settled() && log.people["b"].is_settled());
    }

    #[test]
    fn a_log_that_leads_elsewhere_is_damaged() {
        for path in ["../a", "/a", ".regimen-manifest.json", "pdf/.regimen-people/a"] {
            let log = Log::parse(line("a", files(path, "1")));
            assert!(matches!(log, Err(Reason::DamagedManifest(_))), "{path}");
        }
    }
}
