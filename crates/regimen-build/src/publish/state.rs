//! The state of published files, for those who only look.

use std::path::Path;

use super::disk::{Disk, Found};
use crate::digest::Digest;
use crate::manifest::MANIFEST;
use crate::stamp::Stamp;

/// An output folder that is only looked at.
#[derive(Debug)]
pub(crate) struct OutputState(Disk);

impl OutputState {
    /// Opens an output folder, if there is one.
    pub(crate) fn open(out: &Path) -> Option<Self> {
        Disk::open(out, Box::new(|| Ok(()))).ok().map(Self)
    }

    /// The state of its manifest.
    pub(crate) fn manifest(&self) -> Option<Stamp> {
        self.stamp(MANIFEST)
    }

    /// Whether a killed build left temporary files, which the next build removes.
    pub(crate) fn has_temporaries(&self) -> bool {
        self.0.has_temporaries()
    }

    /// The state of a file; `None` if there is no file.
    pub(crate) fn stamp(&self, path: &str) -> Option<Stamp> {
        match self.0.look(path) {
            Ok(Found::File(stamp)) => Some(stamp),
            Ok(_) | Err(_) => None,
        }
    }

    /// The digest of a file of this size.
    pub(crate) fn digest(&self, path: &str, size: u64) -> Option<Digest> {
        self.0.digest(path, size).ok()?
    }
}
