//! Doing what was decided.

use super::decide::Decision;
use super::disk::Disk;
use crate::error::Error;
use crate::manifest::{CHANGES, MANIFEST, Manifest, Records};

/// Carries the decision out. `manifest` is the manifest's bytes on the disk, if it can be kept.
pub(super) fn act(disk: &Disk<'_>, decision: &Decision<'_>, manifest: Option<Vec<u8>>) -> Result<(), Error> {
    disk.sweep(decision.present.keys().chain(decision.future.keys()).chain(&decision.dropped))?;
    let mut on_disk = manifest;
    let mut keep = |files: &Records, pending: Records| {
        let manifest = Manifest { files: files.clone(), pending, told: CHANGES };
        let bytes = manifest.to_bytes();
        if on_disk.as_deref() == Some(&bytes) {
            return Ok(());
        }
        disk.write(MANIFEST, &bytes)?;
        disk.sync_folders([MANIFEST].into_iter());
        on_disk = Some(bytes);
        Ok::<(), Error>(())
    };
    let changes = !decision.write.is_empty() || !decision.remove.is_empty();
    if changes {
        keep(&decision.present, decision.pending())?;
    }
    for path in &decision.remove {
        disk.remove(path.as_str())?;
    }
    for path in &decision.dropped {
        disk.prune(path.as_str())?;
    }
    for file in &decision.write {
        disk.write(file.path.as_str(), &file.bytes)?;
    }
    if changes {
        let written = decision.write.iter().map(|file| &file.path);
        let touched = written.chain(&decision.remove);
        disk.sync_folders(touched.map(|path| path.as_str()));
    }
    keep(&decision.future, Records::new())
}
