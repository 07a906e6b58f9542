//! Where the files of a build go while it is not yet known whether it may be published.
//!
//! Workers hand over each file as soon as it is made and keep nothing of it but its path, size and digest, so the memory
//! of a build follows its threads and not its files. [`OutputFolder`](crate::OutputFolder) keeps files below the output
//! folder under temporary names, [`MemoryStage`] in memory, and [`DigestStage`] not at all.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use regimen_export::ArtifactPath;

use crate::built::{Built, File, Staged};
use crate::digest::Digest;
use crate::error::Error;

/// Takes the files of a build as they are made, from several threads.
///
/// Two units may make the same path; whether that is an error is known later, so a stage keeps both contents apart.
pub trait Stage: Sync {
    /// Hears which exporters will run, before any does.
    ///
    /// # Errors
    /// If these exporters must not write here.
    fn begin(&self, _exporters: &[&str]) -> Result<(), Error> {
        Ok(())
    }

    /// Whether it wants the bytes of files, or only their sizes and digests.
    fn wants_bytes(&self) -> bool {
        true
    }

    /// Takes a file whose bytes have this digest. If it does not want bytes, there may be none.
    ///
    /// # Errors
    /// [`Error::Io`] if it cannot be kept.
    fn put(&self, path: &ArtifactPath, digest: Digest, bytes: Vec<u8>) -> Result<Staged, Error>;
}

/// Keeps files in memory, for previews and tests.
#[derive(Debug, Default)]
pub struct MemoryStage {
    files: Mutex<BTreeMap<(ArtifactPath, Digest), Vec<u8>>>,
}

impl MemoryStage {
    /// An empty stage.
    pub fn new() -> Self {
        Self::default()
    }

    /// The files of a build that was staged here, by their paths.
    pub fn into_files(self, built: &Built) -> BTreeMap<ArtifactPath, Vec<u8>> {
        let mut staged = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        let take = |(_, file): (&str, &File)| {
            let (path, bytes) = staged.remove_entry(&(file.path.clone(), file.sha256))?;
            Some((path.0, bytes))
        };
        built.files().filter_map(take).collect()
    }
}

impl Stage for MemoryStage {
    fn put(&self, path: &ArtifactPath, digest: Digest, bytes: Vec<u8>) -> Result<Staged, Error> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert((path.clone(), digest), bytes);
        Ok(Staged::default())
    }
}

/// Keeps no bytes, for a build that is run to hear its findings.
#[derive(Debug, Clone, Copy, Default)]
pub struct DigestStage;

impl Stage for DigestStage {
    fn wants_bytes(&self) -> bool {
        false
    }

    fn put(&self, _: &ArtifactPath, _: Digest, _: Vec<u8>) -> Result<Staged, Error> {
        Ok(Staged::default())
    }
}
