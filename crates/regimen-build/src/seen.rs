//! Which previous files a build has asked for.

use std::collections::{BTreeMap, BTreeSet};

use regimen_export::ArtifactPath;

use crate::digest::Digest;

/// The previous files that a build has asked for, if they came from the output folder.
///
/// A calendar asks for all the files that it may have had, so most are not there, and of these only digests of their paths
/// are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    found: BTreeMap<ArtifactPath, Digest>,
    absent: BTreeSet<PathDigest>,
    /// What paths end with, such as `ics`.
    endings: BTreeSet<String>,
}

/// The first half of a digest.
type PathDigest = [u8; 16];

impl Seen {
    /// Remembers a file by the digest of its bytes; `None` for a file that was not there.
    pub(crate) fn insert(&mut self, path: ArtifactPath, file: Option<Digest>) {
        if let Some(ending) = ending(&path)
            && !self.endings.contains(ending)
        {
            self.endings.insert(ending.to_owned());
        }
        match file {
            Some(digest) => drop(self.found.insert(path, digest)),
            None => drop(self.absent.insert(path_digest(path.as_str()))),
        }
    }

    /// Adds what another unit has asked for.
    pub(crate) fn extend(&mut self, other: Self) {
        self.found.extend(other.found);
        self.absent.extend(other.absent);
        self.endings.extend(other.endings);
    }

    /// What was seen of a file that was asked for.
    pub(crate) fn get(&self, path: &ArtifactPath) -> Option<Option<Digest>> {
        match self.found.get(path) {
            Some(digest) => Some(Some(*digest)),
            None => self.is_absent(path.as_str()).then_some(None),
        }
    }

    /// Whether a file was asked for.
    pub(crate) fn contains(&self, path: &ArtifactPath) -> bool {
        self.get(path).is_some()
    }

    /// Whether a file was asked for and not there.
    pub(crate) fn is_absent(&self, path: &str) -> bool {
        !self.absent.is_empty() && self.absent.contains(&path_digest(path))
    }

    /// The files that were there.
    pub(crate) fn found(&self) -> impl Iterator<Item = (&ArtifactPath, &Digest)> {
        self.found.iter()
    }

    /// Whether a file of the same ending was asked for.
    pub(crate) fn has_ending_of(&self, path: &ArtifactPath) -> bool {
        ending(path).is_some_and(|ending| self.endings.contains(ending))
    }
}

fn ending(path: &ArtifactPath) -> Option<&str> {
    path.as_str().rsplit_once('.').map(|(_, ending)| ending)
}

fn path_digest(path: &str) -> PathDigest {
    Digest::of(path.as_bytes()).first_half()
}
