//! Finding, checking and locking the output folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use crate::conflict::RESERVED;
use crate::error::{Error, Reason};
use crate::manifest::{MANIFEST, PEOPLE};

/// The lock's name in the output folder. The file stays: removing it would let two builds lock two files.
pub(super) const LOCK: &str = ".regimen-lock";

/// An output folder that exists and is ours to write to, as long as this value lives.
pub(super) struct OutputLock {
    /// The folder without links in its path.
    pub(super) root: PathBuf,
    /// The catalogue's folder without links in its path, if there is one.
    catalog: Option<PathBuf>,
    /// The folders that were made for it, the outermost first.
    made: Vec<PathBuf>,
    /// Whether there was no lock before.
    is_new: bool,
    /// Closing the file unlocks it.
    _file: File,
}

/// Checks the output folder, makes it if need be, and locks it against other builds. With `adopt` it may hold other things.
pub(super) fn lock(out: &Path, catalog: Option<&Path>, adopt: bool) -> Result<OutputLock, Error> {
    let root = resolve(out)?;
    let find = |catalog: &Path| fs::canonicalize(catalog).map_err(Error::io("find the catalogue", catalog));
    let catalog = catalog.map(find).transpose()?;
    if catalog.as_ref().is_some_and(|catalog| root.starts_with(catalog)) {
        return Err(Error::refused(out, Reason::OutputInCatalog));
    }
    if root.exists() {
        if !root.is_dir() {
            return Err(Error::refused(out, Reason::OutputIsNotAFolder));
        }
        if !adopt && !is_ours(&root)? {
            return Err(Error::refused(out, Reason::NotOurFolder));
        }
    }
    let made = make_folders(&root).map_err(Error::io("make the folder", &root))?;
    let is_new = fs::symlink_metadata(root.join(LOCK)).is_err();
    match lock_file(&root) {
        Ok(file) => Ok(OutputLock { root, catalog, made, is_new, _file: file }),
        Err(error) => {
            remove_folders(&made);
            Err(error)
        }
    }
}

impl OutputLock {
    /// Refuses an output folder around the catalogue if one of these exporters would write among the author's files.
    pub(super) fn refuse_catalog_in_output(&self, exporters: &[&str]) -> Result<(), Error> {
        let Some(catalog) = &self.catalog else { return Ok(()) };
        let below = catalog.strip_prefix(&self.root).ok().and_then(|below| below.components().next());
        let below = below.map(|first| first.as_os_str().to_string_lossy().to_lowercase());
        if exporters.iter().any(|exporter| below.as_deref() == Some(*exporter)) {
            return Err(Error::refused(catalog, Reason::CatalogInOutput));
        }
        Ok(())
    }

    /// Takes away what was made for nothing.
    pub(super) fn undo(&self) {
        if self.is_new {
            let _gone = fs::remove_file(self.root.join(LOCK));
        }
        remove_folders(&self.made);
    }
}

/// Makes a folder and those above it, and says which were missing, the outermost first.
fn make_folders(root: &Path) -> io::Result<Vec<PathBuf>> {
    let missing = root.ancestors().take_while(|folder| !folder.exists());
    let mut made: Vec<PathBuf> = missing.map(Path::to_owned).collect();
    made.reverse();
    fs::create_dir_all(root)?;
    Ok(made)
}

/// Removes folders as far as nobody has put anything into them.
fn remove_folders(made: &[PathBuf]) {
    let _kept = made.iter().rev().try_for_each(fs::remove_dir);
}

/// The folder's path without links. Its last parts need not exist yet.
pub(super) fn resolve(out: &Path) -> Result<PathBuf, Error> {
    let mut existing = out;
    let mut rest: Vec<&std::ffi::OsStr> = Vec::new();
    loop {
        let path = if existing.as_os_str().is_empty() { Path::new(".") } else { existing };
        match fs::canonicalize(path) {
            Ok(found) => return Ok(rest.iter().rev().fold(found, |path, part| path.join(part))),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) if error.kind() == ErrorKind::NotADirectory => {
                return Err(Error::refused(out, Reason::OutputIsNotAFolder));
            }
            Err(error) => return Err(Error::io("look at", path)(error)),
        }
        match (existing.components().next_back(), existing.parent()) {
            (Some(Component::Normal(part)), Some(parent)) => {
                rest.push(part);
                existing = parent;
            }
            // What `new/..` is depends on what `new` will be.
            _ => return Err(Error::refused(out, Reason::OutputIsUnclear)),
        }
    }
}

/// Whether the folder has a manifest, or nothing but the start of a build that was killed.
fn is_ours(root: &Path) -> Result<bool, Error> {
    if [MANIFEST, PEOPLE].iter().any(|name| fs::symlink_metadata(root.join(name)).is_ok()) {
        return Ok(true);
    }
    for entry in fs::read_dir(root).map_err(Error::io("look into", root))? {
        let entry = entry.map_err(Error::io("look into", root))?;
        if !entry.file_name().to_string_lossy().starts_with(RESERVED) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Tries for a moment: another build may just be ending, and a program that is being started holds on to all files until it
/// runs.
fn patiently(file: &File) -> Result<(), TryLockError> {
    for _ in 0..TRIES {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            tried => return tried,
        }
    }
    file.try_lock()
}

const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(20);

fn lock_file(root: &Path) -> Result<File, Error> {
    let path = root.join(LOCK);
    loop {
        // Opening would follow a link and make a file elsewhere.
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_symlink() => return Err(Error::refused(path, Reason::Link)),
            Ok(found) if !found.is_file() => return Err(Error::refused(path, Reason::NotAFile)),
            Ok(_) | Err(_) => {}
        }
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let file = file.map_err(Error::io("write", &path))?;
        match patiently(&file) {
            Ok(()) if is_gone(&file) => {}
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => return Err(Error::refused(root, Reason::OtherBuild)),
            // Some network drives have no locks. Building without one is what most programs do there.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(Error::io("lock", &path)(error)),
        }
    }
}

/// Whether a first build that failed has removed the file that we waited for.
#[cfg(unix)]
fn is_gone(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    file.metadata().is_ok_and(|file| file.nlink() == 0)
}

/// Other systems do not remove a file that is open.
#[cfg(not(unix))]
fn is_gone(_: &File) -> bool {
    false
}
