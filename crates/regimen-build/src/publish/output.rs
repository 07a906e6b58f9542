//! An output folder that a build has to itself, from before its exporters run until its files are published.

use std::fmt;
use std::io::{self, ErrorKind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use regimen_export::ArtifactPath;

use super::act::{Act, temporary_name};
use super::decide::{self, Goal};
use super::disk::{Disk, Found};
use super::lock::{OutputLock, lock};
use super::{PreviousOutput, Published, Target};
use crate::built::{Built, File, Staged, StagedAs};
use crate::digest::Digest;
use crate::error::{Error, Reason};
use crate::folder::Folder;
use crate::manifest::Manifest;
use crate::stage::Stage;
use crate::stamp::Stamp;

/// An output folder, locked against other builds. Files of a build are staged in it under temporary names; unless they
/// are [published](Self::publish), dropping it leaves the folder as it was.
pub struct OutputFolder<'a> {
    target: Target<'a>,
    disk: Arc<Disk>,
    manifest: Arc<Manifest>,
    /// The digest of the manifest on the disk, if it can be kept.
    manifest_digest: Option<Digest>,
    /// The folder of staged files, once there are any.
    staged: Mutex<Option<Arc<Folder>>>,
    is_published: bool,
    /// Last, so that it is let go when all else is done.
    lock: OutputLock,
}

/// The folder of staged files.
pub(super) const STAGED: &str = ".regimen-tmp-staged";
/// From so many files on, making the whole file system last takes less time than one file after the other.
const MANY: usize = 64;
/// How many files are made to last side by side: disks are quick if they may choose an order.
const SYNCING: usize = 8;

impl fmt::Debug for OutputFolder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutputFolder").field("target", &self.target).finish_non_exhaustive()
    }
}

impl<'a> OutputFolder<'a> {
    /// Checks and locks the output folder, makes it if need be, and removes what a killed build left under temporary names.
    ///
    /// # Errors
    /// [`Error::Refused`] if it must not be written to or another build is at it, [`Error::Io`] if the system says no.
    pub fn open(target: Target<'a>) -> Result<Self, Error> {
        Self::open_in_steps(target, Box::new(|| Ok(())))
    }

    /// The same; `step` is asked before every single change of the disk but for the folder itself, so that tests can stop
    /// it there.
    pub(super) fn open_in_steps(target: Target<'a>, step: super::disk::Step) -> Result<Self, Error> {
        let lock = lock(target.out, Some(target.catalog_root), target.adopt)?;
        let opened = Disk::open(&lock.root, step).and_then(|disk| {
            let (manifest, digest) = decide::read_manifest(&disk, target.adopt)?;
            let paths = manifest.files.keys().chain(manifest.pending.keys());
            disk.sweep(paths.filter_map(|path| Some(path.as_str().rsplit_once('/')?.0)))?;
            Ok((disk, manifest, digest))
        });
        match opened {
            Ok((disk, manifest, manifest_digest)) => {
                let (disk, staged) = (Arc::new(disk), Mutex::default());
                let manifest = Arc::new(manifest);
                Ok(Self { target, disk, manifest, manifest_digest, staged, is_published: false, lock })
            }
            Err(error) => {
                lock.undo();
                Err(error)
            }
        }
    }

    /// The files of the folder as its last build left them, for exporters that go on from them. What somebody changed
    /// since then does not count, because publishing will refuse to overwrite it; with `adopt`, which does overwrite, all
    /// of it counts.
    pub fn previous(&self) -> PreviousOutput {
        let manifest = (!self.target.adopt).then(|| self.manifest.clone());
        PreviousOutput::published(self.disk.clone(), manifest)
    }

    /// Brings the folder up to date with a build that was staged in it.
    ///
    /// Files of exporters that were not asked for stay, and stay in the manifest. When every exporter was asked
    /// for, files of any other one are left-overs and go.
    ///
    /// # Errors
    /// [`Error::Findings`] or [`Error::Bugs`] if the build failed and should not keep going, [`Error::Refused`] with
    /// everything that is in the way; in these cases no file was changed. [`Error::Io`] if the system says no, which can be
    /// half-way: then every file is whole, and the next build goes on from there.
    pub fn publish(mut self, built: &Built) -> Result<Published, Error> {
        let verdict = built.verdict();
        let is_whole = verdict.is_ok() && !built.is_part;
        if !self.target.keep_going {
            verdict?;
        }
        let exporters: Vec<&str> = built.exporters.iter().map(|one| one.id.as_str()).collect();
        self.lock.refuse_catalog_in_output(&exporters)?;
        // Somebody may have moved folders while exporters ran: what was entered then is not where files belong now.
        if !self.disk.look_again() {
            return Err(Error::refused(self.target.out, Reason::ChangedMeanwhile));
        }
        let goal = Goal { built, is_whole, adopt: self.target.adopt };
        let decision = decide::decide(&self.disk, &goal, &self.manifest)?;
        self.make_last(&decision.write)?;
        // From here on the folder is ours, however far this gets.
        self.is_published = true;
        let staged = self.staged.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let act = Act { disk: &self.disk, staged: staged.as_deref(), decision: &decision };
        act.run(self.manifest_digest.take())?;
        Ok(decision.published)
    }

    /// Makes staged files last through a power cut, before any of them takes its place.
    fn make_last(&self, files: &[&File]) -> Result<(), Error> {
        let Some(staged) = self.staged.lock().unwrap_or_else(PoisonError::into_inner).clone() else { return Ok(()) };
        if files.len() >= MANY && self.disk.sync_all() {
            return Ok(());
        }
        let next = AtomicUsize::new(0);
        let sync = || -> Result<(), Error> {
            while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                let synced = staged.sync_file(&temporary_name(file.path.as_str(), &file.sha256));
                synced.map_err(Error::io("write", &self.disk.at(file.path.as_str())))?;
            }
            Ok(())
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..SYNCING.min(files.len())).map(|_| scope.spawn(sync)).collect();
            let broken = |_| Err(Error::io("write", &self.disk.at(""))(ErrorKind::Other.into()));
            threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(broken))
        })
    }

    /// The folder of staged files, made when the first one comes.
    fn staging(&self) -> io::Result<Arc<Folder>> {
        let mut staged = self.staged.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = &*staged {
            return Ok(folder.clone());
        }
        let folder = Arc::new(self.disk.temporary_folder(STAGED)?);
        *staged = Some(folder.clone());
        Ok(folder)
    }

    /// The state of the published file if it has just these bytes. A file that we did not write with this digest is not
    /// looked at before the verdict.
    fn published_as(&self, path: &ArtifactPath, digest: Digest, bytes: &[u8]) -> Result<Option<Stamp>, Error> {
        let Manifest { files, pending, .. } = &*self.manifest;
        if ![files, pending].into_iter().any(|known| known.get(path).is_some_and(|record| record.sha256 == digest)) {
            return Ok(None);
        }
        match self.disk.look(path.as_str())? {
            Found::File(stamp) if stamp.size == bytes.len() as u64 => {
                Ok((self.disk.read(path.as_str())? == bytes).then_some(stamp))
            }
            _ => Ok(None),
        }
    }
}

impl Stage for OutputFolder<'_> {
    fn begin(&self, exporters: &[&str]) -> Result<(), Error> {
        self.lock.refuse_catalog_in_output(exporters)
    }

    fn put(&self, path: &ArtifactPath, digest: Digest, bytes: Vec<u8>) -> Result<Staged, Error> {
        if let Some(stamp) = self.published_as(path, digest, &bytes)? {
            return Ok(Staged(StagedAs::Published(stamp)));
        }
        let name = temporary_name(path.as_str(), &digest);
        let put = || match self.disk.write_temporary(&*self.staging()?, &name, &bytes) {
            // Another unit has made the same.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                Ok(Stamp { size: bytes.len() as u64, modified: 0, changed: 0 })
            }
            written => written,
        };
        let stamp = put().map_err(Error::io("write", &self.disk.at(path.as_str())))?;
        Ok(Staged(StagedAs::Temporary(stamp)))
    }
}

impl Drop for OutputFolder<'_> {
    fn drop(&mut self) {
        if self.staged.lock().unwrap_or_else(PoisonError::into_inner).take().is_some() {
            self.disk.discard(STAGED);
        }
        if !self.is_published {
            self.lock.undo();
        }
    }
}
