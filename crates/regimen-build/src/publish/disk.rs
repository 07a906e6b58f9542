//! The output folder, by artefact paths. The only code that changes it.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use regimen_export::ArtifactPath;

use crate::digest::Digest;
use crate::error::Error;
use crate::folder::{EntryKind, Folder};
use crate::stamp::Stamp;

/// Temporary files and folders start like this, so that those of a killed build are recognised.
pub(super) const TEMPORARY: &str = ".regimen-tmp-";
/// As many folders are kept open; others are opened each time.
const MOST_OPEN: usize = 100;

/// Asked before every single change of the disk, so that tests can stop a build there.
pub(super) type Step = Box<dyn Fn() -> io::Result<()> + Send + Sync>;

/// The output folder.
pub(super) struct Disk {
    path: PathBuf,
    root: Arc<Folder>,
    /// Folders below it that were entered, by their paths.
    open: Mutex<BTreeMap<String, Arc<Folder>>>,
    step: Step,
}

/// What is at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    Nothing,
    File(Stamp),
    Folder,
    /// A file where the path needs a folder.
    FileAbove(PathBuf),
    /// A symbolic link at the path or above it.
    Link(PathBuf),
    /// A device, pipe or socket.
    Other,
}

/// The folder that a path is in.
enum Parent {
    Open(Arc<Folder>),
    /// There is none: what is found instead.
    Not(Found),
}

impl fmt::Debug for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Disk").field(&self.path).finish()
    }
}

impl Disk {
    /// Opens a folder.
    pub(super) fn open(path: &Path, step: Step) -> Result<Self, Error> {
        let root = Arc::new(Folder::open(path).map_err(Error::io("look into", path))?);
        Ok(Self { path: path.to_owned(), root, open: Mutex::default(), step })
    }

    /// Forgets the folders that were entered, so that each is entered by its name again. Whether the output folder itself
    /// is still where it was.
    pub(super) fn look_again(&self) -> bool {
        self.opened().clear();
        self.root.is_at(&self.path)
    }

    /// Whether the output folder has temporary files of a killed build.
    pub(super) fn has_temporaries(&self) -> bool {
        let is_temporary = |name: &std::ffi::OsString| name.to_string_lossy().starts_with(TEMPORARY);
        self.root.names().is_ok_and(|names| names.iter().any(is_temporary))
    }

    /// The full path.
    pub(super) fn at(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }

    /// What is at `path`, without following a link.
    pub(super) fn look(&self, path: &str) -> Result<Found, Error> {
        let folder = match self.parent(path)? {
            Parent::Open(folder) => folder,
            Parent::Not(found) => return Ok(found),
        };
        Ok(match folder.look(name_of(path)).map_err(Error::io("look at", &self.at(path)))? {
            None => Found::Nothing,
            Some(EntryKind::File(stamp)) => Found::File(stamp),
            Some(EntryKind::Folder) => Found::Folder,
            Some(EntryKind::Link) => Found::Link(self.at(path)),
            Some(EntryKind::Other) => Found::Other,
        })
    }

    fn parent(&self, path: &str) -> Result<Parent, Error> {
        let Some((above, _)) = path.rsplit_once('/') else { return Ok(Parent::Open(self.root.clone())) };
        if let Some(open) = self.opened().get(above) {
            return Ok(Parent::Open(open.clone()));
        }
        let (mut folder, mut start) = (self.root.clone(), 0);
        for end in above.match_indices('/').map(|(end, _)| end).chain([above.len()]) {
            match folder.child(&above[start..end]) {
                Ok(child) => folder = Arc::new(child),
                Err(error) => {
                    return match self.no_folder(&folder, &above[..end], error)? {
                        // Another thread has made it meanwhile.
                        Found::Folder => self.parent(path),
                        found => Ok(Parent::Not(found)),
                    };
                }
            }
            start = end + 1;
        }
        let mut open = self.opened();
        if open.len() < MOST_OPEN {
            open.insert(above.to_owned(), folder.clone());
        }
        Ok(Parent::Open(folder))
    }

    /// What there is in place of a folder that cannot be entered.
    fn no_folder(&self, above: &Folder, path: &str, error: io::Error) -> Result<Found, Error> {
        let fail = |error| Error::io("look at", &self.at(path))(error);
        match above.look(name_of(path)).map_err(fail)? {
            None => Ok(Found::Nothing),
            Some(EntryKind::Link) => Ok(Found::Link(self.at(path))),
            Some(EntryKind::File(_) | EntryKind::Other) => Ok(Found::FileAbove(self.at(path))),
            Some(EntryKind::Folder) if error.kind() == ErrorKind::NotFound => Ok(Found::Folder),
            Some(EntryKind::Folder) => Err(fail(error)),
        }
    }

    fn opened(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Arc<Folder>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The folder of a path that has to be there.
    fn folder_of(&self, path: &str) -> io::Result<Arc<Folder>> {
        match self.parent(path) {
            Ok(Parent::Open(folder)) => Ok(folder),
            Ok(Parent::Not(Found::Nothing)) => Err(ErrorKind::NotFound.into()),
            Ok(Parent::Not(_)) => Err(ErrorKind::NotADirectory.into()),
            Err(Error::Io { source, .. }) => Err(source),
            Err(_) => Err(ErrorKind::Other.into()),
        }
    }

    /// The bytes of a file that [`look`](Self::look) has found.
    pub(super) fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        let read = || self.folder_of(path)?.read(name_of(path));
        read().map_err(Error::io("read", &self.at(path)))
    }

    /// The digest of the file at `path`; `None` if there is no file of this size.
    pub(super) fn digest(&self, path: &str, size: u64) -> Result<Option<Digest>, Error> {
        match self.look(path)? {
            Found::File(stamp) if stamp.size == size => Ok(Some(Digest::of(&self.read(path)?))),
            _ => Ok(None),
        }
    }

    /// Whether two paths are the same file, as on a system that ignores the case of letters.
    pub(super) fn same(&self, one: &ArtifactPath, other: &ArtifactPath) -> bool {
        let real = |path: &ArtifactPath| fs::canonicalize(self.at(path.as_str())).ok();
        one.folded() == other.folded() && real(one).is_some_and(|path| real(other) == Some(path))
    }

    /// The names in a folder; none if it is gone. The root has no path.
    pub(super) fn names(&self, folder: &str) -> Result<Vec<OsString>, Error> {
        let names = || {
            if folder.is_empty() { self.root.names() } else { self.folder_of(folder)?.child(name_of(folder))?.names() }
        };
        names().map_err(Error::io("look into", &self.at(folder)))
    }

    /// The paths in a folder; `None` if a name is not Unicode, so that no path of ours can be it. What is
    /// left over from a killed build does not count.
    pub(super) fn list(&self, folder: &str) -> Result<Option<Vec<String>>, Error> {
        let names = || self.folder_of(folder)?.child(name_of(folder))?.names();
        let mut paths = Vec::new();
        for name in names().map_err(Error::io("look into", &self.at(folder)))? {
            match name.to_str() {
                None => return Ok(None),
                Some(name) if name.starts_with(TEMPORARY) => {}
                Some(name) => paths.push(format!("{folder}/{name}")),
            }
        }
        Ok(Some(paths))
    }

    /// Makes a folder for temporary files in the root.
    pub(super) fn temporary_folder(&self, name: &str) -> io::Result<Folder> {
        self.step()?;
        self.root.make(name)?;
        self.root.child(name)
    }

    /// Writes a temporary file, which need not last yet.
    pub(super) fn write_temporary(&self, folder: &Folder, name: &str, bytes: &[u8]) -> io::Result<Stamp> {
        self.step()?;
        let mut file = folder.create(name)?;
        let written = file.write_all(bytes).and_then(|()| file.metadata());
        if written.is_err() {
            // Half a file is of no use; what cannot be removed is swept by the next build.
            let _gone = self.step().and_then(|()| folder.remove_file(name));
        }
        written.map(|metadata| Stamp::of(&metadata))
    }

    /// Puts the file at a path of another folder under a temporary name: as a clone that takes no room, else as another name of the same
    /// file, else as a copy.
    pub(super) fn take(&self, from: &Self, path: &str, temporary: &Folder, name: &str) -> io::Result<()> {
        let folder = from.folder_of(path)?;
        self.step()?;
        if folder
            .clone_file(name_of(path), temporary, name)
            .or_else(|_| folder.link(name_of(path), temporary, name))
            .is_ok()
        {
            return Ok(());
        }
        self.write_temporary(temporary, name, &folder.read(name_of(path))?).map(drop)
    }

    /// Moves a temporary file to its place, and makes the folders of that.
    pub(super) fn move_in(&self, temporary: &Folder, name: &str, path: &str) -> Result<(), Error> {
        let fail = |error| Error::io("write", &self.at(path))(error);
        self.make_folders(path)?;
        let folder = self.folder_of(path).map_err(fail)?;
        self.step().map_err(fail)?;
        match temporary.rename(name, &folder, name_of(path)) {
            // Another file system is mounted there.
            Err(error) if error.kind() == ErrorKind::CrossesDevices => {
                let bytes = temporary.read(name).map_err(fail)?;
                self.replace(&folder, path, &bytes)
            }
            moved => moved.map_err(fail),
        }
    }

    /// Writes a file in the root whole or not at all.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        self.replace(&self.root, path, bytes)
    }

    /// Writes a file in a folder of the root whole or not at all.
    pub(super) fn write_in(&self, folder: &str, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let open = self.root.child(folder).map_err(Error::io("write", &self.at(path)))?;
        self.replace(&open, path, bytes)
    }

    /// Adds bytes to a file where its whole lines end, in place of half a line behind them, and makes it if it is not there.
    pub(super) fn append(&self, path: &str, whole: u64, bytes: &[u8]) -> Result<(), Error> {
        let append = || {
            self.step()?;
            let mut file = self.folder_of(path)?.append(name_of(path))?;
            if file.metadata()?.len() > whole {
                file.set_len(whole)?;
            }
            file.write_all(bytes)
        };
        append().map_err(Error::io("write", &self.at(path)))
    }

    /// Makes a folder in the root, unless it is there.
    pub(super) fn make_folder(&self, name: &str) -> Result<(), Error> {
        self.make_folders(&format!("{name}/"))
    }

    fn replace(&self, folder: &Folder, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let temporary = format!("{TEMPORARY}{}", std::process::id());
        let replace = || {
            folder.sync_file(&temporary)?;
            self.step()?;
            folder.rename(&temporary, folder, name_of(path))
        };
        let written = self.write_temporary(folder, &temporary, bytes).and_then(|_| {
            replace().inspect_err(|_| {
                let _gone = self.step().and_then(|()| folder.remove_file(&temporary));
            })
        });
        written.map_err(Error::io("write", &self.at(path)))
    }

    fn make_folders(&self, path: &str) -> Result<(), Error> {
        for (end, _) in path.match_indices('/') {
            let folder = &path[..end];
            if self.opened().contains_key(folder) || self.look(folder)? != Found::Nothing {
                continue;
            }
            let make = || {
                self.step()?;
                self.folder_of(folder)?.make(name_of(folder))
            };
            match make() {
                // Another thread was first.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
                made => made,
            }
            .map_err(Error::io("make the folder", &self.at(folder)))?;
        }
        Ok(())
    }

    /// Removes a file.
    pub(super) fn remove(&self, path: &str) -> Result<(), Error> {
        let remove = || {
            self.step()?;
            self.folder_of(path)?.remove_file(name_of(path))
        };
        remove().map_err(Error::io("remove", &self.at(path)))
    }

    /// Removes the folder of `path` and those above it, as long as they are empty.
    pub(super) fn prune(&self, path: &str) -> Result<(), Error> {
        let mut folder = path;
        while let Some((above, _)) = folder.rsplit_once('/') {
            folder = above;
            if self.look(folder)? != Found::Folder {
                continue;
            }
            let fail = |error| Error::io("remove", &self.at(folder))(error);
            let parent = self.folder_of(folder).map_err(fail)?;
            let is_empty = parent.child(name_of(folder)).and_then(|folder| folder.names()).map_err(fail)?.is_empty();
            if !is_empty {
                return Ok(());
            }
            self.step().map_err(fail)?;
            self.opened().remove(folder);
            parent.remove_folder(name_of(folder)).map_err(fail)?;
        }
        Ok(())
    }

    /// Removes what a killed build left under temporary names, in the root and in these folders.
    pub(super) fn sweep<'p>(&self, folders: impl Iterator<Item = &'p str>) -> Result<(), Error> {
        self.sweep_folder(&self.root, "")?;
        for folder in folders.collect::<BTreeSet<_>>() {
            if self.look(folder)? == Found::Folder {
                let open = self.folder_of(folder).and_then(|above| above.child(name_of(folder)));
                self.sweep_folder(&open.map_err(Error::io("look into", &self.at(folder)))?, folder)?;
            }
        }
        Ok(())
    }

    fn sweep_folder(&self, folder: &Folder, path: &str) -> Result<(), Error> {
        let full = self.at(path);
        for name in folder.names().map_err(Error::io("look into", &full))? {
            let Some(name) = name.to_str().filter(|name| name.starts_with(TEMPORARY)) else { continue };
            self.remove_temporary(folder, name).map_err(Error::io("remove", &full.join(name)))?;
        }
        Ok(())
    }

    /// Removes a temporary file, or the folder of such files with them. Whatever else has such a name stays.
    fn remove_temporary(&self, folder: &Folder, name: &str) -> io::Result<()> {
        match folder.look(name)? {
            Some(EntryKind::File(_)) => {
                self.step()?;
                folder.remove_file(name)
            }
            Some(EntryKind::Folder) => {
                let inner = folder.child(name)?;
                for file in inner.names()? {
                    if let Some(file) = file.to_str() {
                        self.step()?;
                        inner.remove_file(file)?;
                    }
                }
                self.step()?;
                folder.remove_folder(name)
            }
            None | Some(EntryKind::Link | EntryKind::Other) => Ok(()),
        }
    }

    /// Removes a folder of temporary files, as far as that is possible.
    pub(super) fn discard(&self, name: &str) {
        let _gone = self.remove_temporary(&self.root, name);
    }

    /// Makes all files that were written below it last, in one go. Whether the system can.
    pub(super) fn sync_all(&self) -> bool {
        self.root.sync_all_below()
    }

    /// Makes renames and removals in the folders above `paths` last through a power cut.
    pub(super) fn sync_folders<'p>(&self, paths: impl Iterator<Item = &'p str>) {
        let above = |path: &'p str| path.match_indices('/').map(move |(end, _)| &path[..end]);
        let folders: BTreeSet<&str> = paths.flat_map(above).collect();
        // Not every system can sync a folder, and without it the files are still whole.
        self.root.sync().unwrap_or_default();
        for folder in folders {
            let open = self.folder_of(folder).and_then(|above| above.child(name_of(folder)));
            open.and_then(|folder| folder.sync()).unwrap_or_default();
        }
    }

    fn step(&self) -> io::Result<()> {
        (self.step)()
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
