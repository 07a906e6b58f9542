//! Doing what was decided.

use super::decide::Decision;
use super::disk::Disk;
use crate::digest::Digest;
use crate::error::Error;
use crate::folder::Folder;
use crate::manifest::{self, CHANGES, MANIFEST, Records};

/// A decision, and what it takes to carry it out.
pub(super) struct Act<'a> {
    pub(super) disk: &'a Disk,
    /// The folder of staged files, if there are any.
    pub(super) staged: Option<&'a Folder>,
    pub(super) decision: &'a Decision<'a>,
}

impl Act<'_> {
    /// Carries the decision out. `manifest` is the digest of the manifest on the disk, if it can be kept.
    pub(super) fn run(&self, manifest: Option<Digest>) -> Result<(), Error> {
        let Self { disk, decision, .. } = self;
        let mut on_disk = manifest;
        let mut keep = |files: &Records, pending: &Records| {
            let bytes = manifest::written(files, pending, CHANGES, &decision.asked);
            let digest = Some(Digest::of(&bytes));
            if on_disk == digest {
                return Ok(());
            }
            disk.write(MANIFEST, &bytes)?;
            disk.sync_folders(std::iter::empty());
            on_disk = digest;
            Ok::<(), Error>(())
        };
        let changes = !decision.write.is_empty() || !decision.remove.is_empty();
        if changes {
            keep(&decision.present, &decision.pending())?;
        }
        for path in &decision.remove {
            disk.remove(path.as_str())?;
        }
        for path in &decision.dropped {
            disk.prune(path.as_str())?;
        }
        self.move_in()?;
        if changes {
            let written = decision.write.iter().map(|file| &file.path);
            let touched = written.chain(&decision.remove);
            disk.sync_folders(touched.map(|path| path.as_str()));
        }
        keep(&decision.future, &Records::new())
    }

    fn move_in(&self) -> Result<(), Error> {
        let Some(staged) = self.staged else { return Ok(()) };
        let mut files = self.decision.write.iter();
        files.try_for_each(|file| {
            self.disk.move_in(staged, &temporary_name(file.path.as_str(), &file.sha256), file.path.as_str())
        })
    }
}

/// The name of a staged file: another one for each path and each content.
pub(super) fn temporary_name(path: &str, digest: &Digest) -> String {
    Digest::of(format!("{digest} {path}").as_bytes()).to_string()
}
