//! The state of published files, for those who only look.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::decide;
use super::disk::{Disk, Found};
use super::lock::LOCK;
use super::people::{Known, known_people};
use super::previous::PreviousOutput;
use crate::digest::Digest;
use crate::error::Error;
use crate::manifest::{MANIFEST, Manifest, PEOPLE};
use crate::stamp::Stamp;

/// An output folder that is only looked at.
#[derive(Debug)]
pub(crate) struct OutputState(Arc<Disk>);

/// What there is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Present {
    Nothing,
    /// A file of this size with this digest.
    File(u64, Digest),
    /// A link, or something in a folder that is one, or anything else that no build makes.
    Other,
}

impl OutputState {
    /// Opens an output folder, if there is one.
    pub(crate) fn open(out: &Path) -> Option<Self> {
        Disk::open(out, Box::new(|| Ok(()))).ok().map(|disk| Self(Arc::new(disk)))
    }

    /// Its manifest; `None` if it has none.
    pub(crate) fn read_manifest(&self) -> Result<Option<Manifest>, Error> {
        let (manifest, digest) = decide::read_manifest(&self.0, false)?;
        Ok(digest.map(|_| manifest))
    }

    /// Its files as exporters go on from them: those that are as the manifest says.
    pub(crate) fn previous(&self, manifest: &Manifest) -> PreviousOutput {
        PreviousOutput::published(self.0.clone(), Some(Arc::new(manifest.clone())))
    }

    /// Whether it has files of people.
    pub(crate) fn has_people(&self) -> bool {
        matches!(self.0.look(PEOPLE), Ok(Found::Folder))
    }

    /// The files of people, by their ids.
    pub(crate) fn people(&self) -> Result<BTreeMap<String, Known>, Error> {
        known_people(&self.0)
    }

    /// What is at a path.
    pub(crate) fn present(&self, path: &str) -> Result<Present, Error> {
        Ok(match self.0.look(path)? {
            Found::Nothing => Present::Nothing,
            Found::File(_) => {
                let bytes = self.0.read(path)?;
                Present::File(bytes.len() as u64, Digest::of(&bytes))
            }
            Found::Folder | Found::FileAbove(_) | Found::Link(_) | Found::Other => Present::Other,
        })
    }

    /// Everything that is not a folder, but what builds keep for themselves. No link is entered. A name that is no text comes as near to
    /// it as it can.
    pub(crate) fn everything(&self) -> Result<BTreeSet<String>, Error> {
        let mut all = BTreeSet::new();
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            for name in self.0.names(&folder)? {
                let name = name.to_string_lossy();
                if folder.is_empty() && [MANIFEST, LOCK, PEOPLE].contains(&&*name) {
                    continue;
                }
                let path = if folder.is_empty() { name.into_owned() } else { format!("{folder}/{name}") };
                match self.0.look(&path)? {
                    Found::Folder => folders.push(path),
                    _ => drop(all.insert(path)),
                }
            }
        }
        Ok(all)
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
