//! The output folder, by artefact paths. The only code that changes it.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use regimen_export::ArtifactPath;

use crate::digest::Digest;
use crate::error::Error;

/// Temporary files start like this, so that those of a killed build are recognised.
const TEMPORARY: &str = ".regimen-tmp-";

/// The output folder.
pub(super) struct Disk<'a> {
    root: &'a Path,
    /// Asked before every single change.
    step: &'a dyn Fn() -> io::Result<()>,
}

/// What stands at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    Nothing,
    File,
    Folder,
    /// A file where the path needs a folder.
    FileAbove(PathBuf),
    /// A symbolic link at the path or above it.
    Link(PathBuf),
    /// A device, pipe or socket.
    Other,
}

impl<'a> Disk<'a> {
    pub(super) fn new(root: &'a Path, step: &'a dyn Fn() -> io::Result<()>) -> Self {
        Self { root, step }
    }

    /// The full path.
    pub(super) fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// What stands at `path`, without following a link.
    pub(super) fn look(&self, path: &str) -> Result<Found, Error> {
        let mut here = self.root.to_owned();
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            here.push(part);
            let kind = match fs::symlink_metadata(&here) {
                Ok(found) => found.file_type(),
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
                Err(error) => return Err(Error::io("look at", &here)(error)),
            };
            let is_last = parts.peek().is_none();
            if kind.is_symlink() {
                return Ok(Found::Link(here));
            } else if kind.is_dir() {
                continue;
            } else if !is_last {
                return Ok(Found::FileAbove(here));
            }
            return Ok(if kind.is_file() { Found::File } else { Found::Other });
        }
        Ok(Found::Folder)
    }

    /// The bytes of a file that [`look`](Self::look) has found.
    pub(super) fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        let path = self.at(path);
        fs::read(&path).map_err(Error::io("read", &path))
    }

    /// The sum of the file at `path`; `None` if there is no file of this size.
    pub(super) fn digest(&self, path: &str, size: u64) -> Result<Option<Digest>, Error> {
        if self.look(path)? != Found::File {
            return Ok(None);
        }
        let full = self.at(path);
        let found = fs::symlink_metadata(&full).map_err(Error::io("look at", &full))?;
        if found.len() != size {
            return Ok(None);
        }
        Ok(Some(Digest::of(&self.read(path)?)))
    }

    /// Whether two paths are the same file, as on a system that ignores the case of letters.
    pub(super) fn same(&self, one: &ArtifactPath, other: &ArtifactPath) -> bool {
        let real = |path: &ArtifactPath| fs::canonicalize(self.at(path.as_str())).ok();
        one.folded() == other.folded() && real(one).is_some_and(|path| real(other) == Some(path))
    }

    /// The paths in a folder; `None` if a name is not Unicode, so that no path of ours can be it. What is
    /// left over from a killed build does not count.
    pub(super) fn list(&self, folder: &str) -> Result<Option<Vec<String>>, Error> {
        let mut paths = Vec::new();
        let full = self.at(folder);
        for entry in fs::read_dir(&full).map_err(Error::io("look into", &full))? {
            let entry = entry.map_err(Error::io("look into", &full))?;
            match entry.file_name().to_str() {
                None => return Ok(None),
                Some(name) if name.starts_with(TEMPORARY) => {}
                Some(name) => paths.push(format!("{folder}/{name}")),
            }
        }
        Ok(Some(paths))
    }

    /// Writes a file whole or not at all, and its folders.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let full = self.at(path);
        let folder = full.parent().unwrap_or(self.root);
        let fail = |error| Error::io("write", &full)(error);
        if !folder.is_dir() {
            self.step().map_err(fail)?;
            fs::create_dir_all(folder).map_err(Error::io("make the folder", folder))?;
        }
        self.step().map_err(fail)?;
        let mut file = temporary(folder).map_err(fail)?;
        file.write_all(bytes).map_err(fail)?;
        file.as_file().sync_all().map_err(fail)?;
        self.step().map_err(fail)?;
        file.persist(&full).map_err(|error| fail(error.error))?;
        Ok(())
    }

    /// Removes a file.
    pub(super) fn remove(&self, path: &str) -> Result<(), Error> {
        let full = self.at(path);
        let fail = |error| Error::io("remove", &full)(error);
        self.step().map_err(fail)?;
        fs::remove_file(&full).map_err(fail)
    }

    /// Removes the folder of `path` and those above it, as long as they are empty.
    pub(super) fn prune(&self, path: &str) -> Result<(), Error> {
        let mut folder = path;
        while let Some((above, _)) = folder.rsplit_once('/') {
            folder = above;
            if self.look(folder)? != Found::Folder {
                continue;
            }
            let full = self.at(folder);
            let fail = |error| Error::io("remove", &full)(error);
            let mut entries = fs::read_dir(&full).map_err(fail)?;
            if entries.next().is_some() {
                return Ok(());
            }
            self.step().map_err(fail)?;
            fs::remove_dir(&full).map_err(fail)?;
        }
        Ok(())
    }

    /// Removes what a killed build left under temporary names, in the root and in the folders of `paths`.
    pub(super) fn sweep<'p>(&self, paths: impl Iterator<Item = &'p ArtifactPath>) -> Result<(), Error> {
        let folder_of = |path: &'p ArtifactPath| path.as_str().rsplit_once('/').map(|(folder, _)| folder);
        let folders: BTreeSet<&str> = paths.filter_map(folder_of).collect();
        let is_folder = |folder: &str| Ok::<_, Error>(self.look(folder)? == Found::Folder);
        self.sweep_folder(self.root)?;
        for folder in folders {
            if is_folder(folder)? {
                self.sweep_folder(&self.at(folder))?;
            }
        }
        Ok(())
    }

    fn sweep_folder(&self, folder: &Path) -> Result<(), Error> {
        let fail = |error| Error::io("look into", folder)(error);
        for entry in fs::read_dir(folder).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            if is_file && entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
                let path = entry.path();
                let fail = |error| Error::io("remove", &path)(error);
                self.step().map_err(fail)?;
                fs::remove_file(&path).map_err(fail)?;
            }
        }
        Ok(())
    }

    /// Makes renames and removals in the folders above `paths` last through a power cut.
    pub(super) fn sync_folders<'p>(&self, paths: impl Iterator<Item = &'p str>) {
        let above = |path: &'p str| {
            let ends = path.match_indices('/').map(|(end, _)| end);
            ends.chain([0]).map(move |end| &path[..end])
        };
        let folders: BTreeSet<&str> = paths.flat_map(above).collect();
        for folder in folders {
            // Not every system can sync a folder, and without it the files are still whole.
            if let Ok(folder) = fs::File::open(self.at(folder)) {
                folder.sync_all().unwrap_or_default();
            }
        }
    }

    fn step(&self) -> io::Result<()> {
        (self.step)()
    }
}

/// A temporary file that has the rights of an ordinary file once it is renamed.
fn temporary(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // The user's umask takes away what the user does not want to give.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}
