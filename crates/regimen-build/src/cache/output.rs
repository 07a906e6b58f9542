//! What exporters made of units, as entries of the cache.
//!
//! An entry is a line of JSON with the findings and the path, size and digest of each file, a line that binds the first one to
//! its key and its user, and the bytes of the files. So a build that needs no bytes reads two lines, and the digests of the files are
//! known as soon as their bytes have been checked.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};

use regimen_catalog::Diagnostic;
use regimen_export::{Artifact, ArtifactPath};
use serde::{Deserialize, Serialize};

use super::Cache;
use crate::digest::Digest;

/// What an exporter made of a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct UnitOutput {
    pub(crate) files: Vec<StoredFile>,
    pub(crate) findings: Vec<Diagnostic>,
}

/// A file of a unit, at its path below the exporter's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredFile {
    pub(crate) path: ArtifactPath,
    pub(crate) size: u64,
    pub(crate) digest: Digest,
    /// Its bytes; none if only size and digest were asked for.
    pub(crate) bytes: Vec<u8>,
}

/// Files and findings as exporters hand them over.
pub(crate) type Made = (Vec<Artifact>, Vec<Diagnostic>);

impl From<Made> for UnitOutput {
    fn from((artifacts, findings): Made) -> Self {
        let file =
            |Artifact { path, bytes }| StoredFile { path, size: bytes.len() as u64, digest: Digest::of(&bytes), bytes };
        Self { files: artifacts.into_iter().map(file).collect(), findings }
    }
}

/// The first line of an entry.
#[derive(Serialize, Deserialize)]
struct Head {
    files: Vec<HeadFile>,
    findings: Vec<Diagnostic>,
}

#[derive(Serialize, Deserialize)]
struct HeadFile {
    path: String,
    size: u64,
    sha256: Digest,
}

/// More is no first line of ours.
const MOST_OF_A_HEAD: u64 = 64 << 20;

impl Cache {
    /// What is known under a key, with the bytes of the files if they are wanted.
    pub(crate) fn output(&self, key: &Digest, with_bytes: bool) -> Option<UnitOutput> {
        let place = self.place(key);
        let output = self.read_output(self.open(&place)?, key, with_bytes);
        match output {
            Some(_) => self.renew(&place),
            // Half an entry is none, and neither is one that somebody else has made.
            None => self.refuse(&place),
        }
        output
    }

    /// Remembers what was made under a key. A full disk keeps nobody from working.
    pub(crate) fn put_output(&self, key: &Digest, output: &UnitOutput) {
        let write = |file: &mut dyn io::Write| -> io::Result<()> {
            let head = |one: &StoredFile| HeadFile { path: one.path.to_string(), size: one.size, sha256: one.digest };
            let head = Head { files: output.files.iter().map(head).collect(), findings: output.findings.clone() };
            let mut head = serde_json::to_vec(&head)?;
            let mac = self.mac_of_head(key, &head);
            writeln!(head, "\n{mac}")?;
            file.write_all(&head)?;
            output.files.iter().try_for_each(|one| file.write_all(&one.bytes))
        };
        let _kept = self.write(&self.place(key), &mut |file| write(file));
    }

    fn mac_of_head(&self, key: &Digest, head: &[u8]) -> String {
        self.mac("output", key, &[head])
    }

    fn read_output(&self, file: File, key: &Digest, with_bytes: bool) -> Option<UnitOutput> {
        let mut file = BufReader::new(file);
        let mut line = || -> Option<Vec<u8>> {
            let mut line = Vec::new();
            file.by_ref().take(MOST_OF_A_HEAD).read_until(b'\n', &mut line).ok()?;
            (line.pop() == Some(b'\n')).then_some(line)
        };
        let (head, mac) = (line()?, line()?);
        if mac != self.mac_of_head(key, &head).as_bytes() {
            return None;
        }
        let head: Head = serde_json::from_slice(&head).ok()?;
        let mut files = Vec::with_capacity(head.files.len());
        for HeadFile { path, size, sha256: digest } in head.files {
            let mut bytes = Vec::new();
            if with_bytes {
                let read = file.by_ref().take(size).read_to_end(&mut bytes).ok()?;
                if read as u64 != size || Digest::of(&bytes) != digest {
                    return None;
                }
            }
            files.push(StoredFile { path: path.parse().ok()?, size, digest, bytes });
        }
        Some(UnitOutput { files, findings: head.findings })
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests damage what was written")]
mod tests {
    use std::fs;
    use std::time::SystemTime;

    use regimen_catalog::{FieldPath, Place};

    use super::*;
    use crate::testing;

    #[test]
    fn what_was_made_comes_back_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (cache, key) = (
            Cache::new(crate::cache::Store::new(folder.path(), SystemTime::UNIX_EPOCH), [7; 32].into()),
            Digest::of(b"key"),
        );
        let place = Place::value("exercises/raise.yaml", FieldPath::root().key("words").index(2));
        let findings = vec![Diagnostic::warning("left-behind", "hm").at(place, "here").help("do")];
        let made = (vec![testing::text_file("a/b.txt", "one\ntwo"), testing::text_file("c.txt", "")], findings);
        let output = UnitOutput::from(made);
        assert_eq!(cache.output(&key, true), None);
        cache.put_output(&key, &output);
        assert_eq!(cache.output(&key, true).as_ref(), Some(&output));
        let brief = cache.output(&key, false).unwrap();
        assert_eq!((brief.files[0].digest, brief.files[0].size), (output.files[0].digest, 7));
        assert!(brief.files.iter().all(|file| file.bytes.is_empty()));
    }

    #[test]
    fn a_damaged_entry_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let (cache, key) = (
            Cache::new(crate::cache::Store::new(folder.path(), SystemTime::UNIX_EPOCH), [7; 32].into()),
            Digest::of(b"key"),
        );
        let output = UnitOutput::from((vec![testing::text_file("a", "content")], Vec::new()));
        cache.put_output(&key, &output);
        let entry = cache.path(&key);
        let whole = fs::read(&entry).unwrap();
        let ends = [0, 1, 40, whole.len() - 7, whole.len() - 1];
        let cut = ends.map(|end| whole[..end].to_vec());
        let changed = [3, whole.len() - 1].map(|at| {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            damaged
        });
        for damaged in cut.into_iter().chain(changed) {
            fs::write(&entry, damaged).unwrap();
            assert_eq!(cache.output(&key, true), None);
            assert!(!entry.exists());
            cache.put_output(&key, &output);
        }
        assert_eq!(cache.output(&key, true), Some(output));
    }
}
