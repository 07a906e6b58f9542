//! The manifest: which files of the output folder are ours.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use regimen_export::ArtifactPath;
use serde::{Deserialize, Serialize};

use crate::asked::Asked;
use crate::conflict::RESERVED;
use crate::digest::Digest;
use crate::error::Reason;

/// The manifest's name in the output folder.
pub(crate) const MANIFEST: &str = ".regimen-manifest.json";

/// The folder of logs that say which files of people are ours.
pub(crate) const PEOPLE: &str = ".regimen-people";

/// The format that this program writes and reads.
const VERSION: u64 = 1;

/// How many changes of what prints there were that the owner of an output folder is told of, once, by the first build
/// after them. 1: doses take side, rest, tempo and band from the exercise's defaults.
pub(crate) const CHANGES: u32 = 1;

/// What a file is as far as we know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// Its size in bytes.
    pub(crate) size: u64,
    /// The digest of its bytes.
    pub(crate) sha256: Digest,
    /// Who made it; a name that many files share.
    pub(crate) exporter: Arc<str>,
}

pub(crate) type Records = BTreeMap<ArtifactPath, Record>;

/// The files of the output folder that are ours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// Files as the last build left them.
    pub(crate) files: Records,
    /// Files that a build is about to write, or was when it was killed. Empty once a build has ended.
    pub(crate) pending: Records,
    /// Of how many [`CHANGES`] the owner was told.
    pub(crate) told: u32,
    /// What was asked of each exporter when it last built into this folder.
    pub(crate) asked: BTreeMap<String, Asked>,
}

impl Manifest {
    /// Reads a manifest.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Reason> {
        let damaged = |error: serde_json::Error| Reason::DamagedManifest(error.to_string());
        let header: Header = serde_json::from_slice(bytes).map_err(damaged)?;
        if header.version > VERSION {
            return Err(Reason::LaterManifest(header.version));
        }
        let document: Document = serde_json::from_slice(bytes).map_err(damaged)?;
        Ok(Self {
            files: records(document.files)?,
            pending: records(document.pending)?,
            told: document.told,
            asked: document.asked,
        })
    }

    /// The manifest as it is kept.
    #[cfg(test)]
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        written(&self.files, &self.pending, self.told, &self.asked)
    }
}

/// A manifest as it is kept: sorted, one field a line, nothing that differs between two equal builds.
pub(crate) fn written(files: &Records, pending: &Records, told: u32, asked: &BTreeMap<String, Asked>) -> Vec<u8> {
    // One growing vector would take three times the memory at its last step.
    let mut bytes = Vec::with_capacity((files.len() + pending.len()) * BYTES_OF_A_LINE + 1024);
    let document = WrittenDocument { version: VERSION, told, asked, files: lines(files), pending: lines(pending) };
    serde_json::to_writer_pretty(&mut bytes, &document)
        .unwrap_or_else(|error| unreachable!("text and numbers are always JSON: {error}"));
    bytes.push(b'\n');
    bytes
}

/// What a file usually takes in a manifest.
const BYTES_OF_A_LINE: usize = 220;

/// What every version of the format has.
#[derive(Deserialize)]
struct Header {
    version: u64,
}

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    told: u32,
    #[serde(default)]
    asked: BTreeMap<String, Asked>,
    files: Vec<Line>,
    #[serde(default)]
    pending: Vec<Line>,
}

/// A record as it is read.
#[derive(Deserialize)]
struct Line {
    path: String,
    size: u64,
    sha256: Digest,
    exporter: String,
}

#[derive(Serialize)]
struct WrittenDocument<'a> {
    version: u64,
    told: u32,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    asked: &'a BTreeMap<String, Asked>,
    files: Vec<WrittenLine<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pending: Vec<WrittenLine<'a>>,
}

/// A record as it is written.
#[derive(Serialize)]
struct WrittenLine<'a> {
    path: &'a str,
    size: u64,
    sha256: Digest,
    exporter: &'a str,
}

fn records(lines: Vec<Line>) -> Result<Records, Reason> {
    let mut names: BTreeSet<Arc<str>> = BTreeSet::new();
    let one = |line: Line| {
        // Checked like a path from an exporter: a forged manifest must not lead outside either.
        let path =
            line.path.parse().map_err(|bad: regimen_export::BadPath| Reason::DamagedManifest(bad.to_string()))?;
        if line.path.split('/').any(|part| part.starts_with(RESERVED)) {
            return Err(Reason::DamagedManifest(format!(
                "`{}` is not a file that an exporter makes",
                line.path.escape_debug()
            )));
        }
        let exporter = names.get(line.exporter.as_str()).cloned().unwrap_or_else(|| line.exporter.into());
        names.insert(exporter.clone());
        let record = Record { size: line.size, sha256: line.sha256, exporter };
        Ok((path, record))
    };
    lines.into_iter().map(one).collect()
}

fn lines(records: &Records) -> Vec<WrittenLine<'_>> {
    let mut lines = Vec::with_capacity(records.len());
    for (path, Record { size, sha256, exporter }) in records {
        lines.push(WrittenLine { path: path.as_str(), size: *size, sha256: *sha256, exporter });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(text: &str) -> Record {
        Record { size: text.len() as u64, sha256: Digest::of(text.as_bytes()), exporter: "pdf".into() }
    }

    fn manifest() -> Manifest {
        let path = |path: &str| path.parse::<ArtifactPath>().unwrap();
        Manifest {
            files: [(path("pdf/b"), record("b")), (path("pdf/a"), record("a"))].into(),
            pending: [(path("pdf/c"), record("c"))].into(),
            told: CHANGES,
            asked: [("pdf".to_owned(), Asked { program: "1".into(), ..Asked::default() })].into(),
        }
    }

    #[test]
    fn a_manifest_reads_as_it_was_written() {
        let bytes = manifest().to_bytes();
        assert_eq!(Manifest::parse(&bytes), Ok(manifest()));
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.find("pdf/a") < text.find("pdf/b") && text.ends_with("}\n"), "{text}");
        let done = Manifest { pending: Records::new(), ..manifest() };
        assert!(!String::from_utf8(done.to_bytes()).unwrap().contains("pending"));
    }

    #[test]
    fn what_is_no_manifest_is_damaged() {
        let good = String::from_utf8(manifest().to_bytes()).unwrap();
        let outside = good.replace("pdf/a", "../a");
        for bad in ["", "{}", "[1]", &good[..good.len() / 2], &outside] {
            let reason = Manifest::parse(bad.as_bytes());
            assert!(matches!(reason, Err(Reason::DamagedManifest(_))), "{bad}: {reason:?}");
        }
    }

    #[test]
    fn a_later_format_is_told_apart_from_damage() {
        let later = br#"{"version": 2, "files": {"new": "shape"}}"#;
        assert_eq!(Manifest::parse(later), Err(Reason::LaterManifest(2)));
    }
}
