//! A folder as a path, where a system has no calls that start from an open folder.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::EntryKind;
use crate::stamp::Stamp;

/// A folder that was there when it was opened.
#[derive(Debug)]
pub(in crate::publish) struct Folder(PathBuf);

impl Folder {
    /// Opens the folder at a path, following links.
    pub(in crate::publish) fn open(path: &Path) -> io::Result<Self> {
        if fs::metadata(path)?.is_dir() { Ok(Self(path.to_owned())) } else { Err(ErrorKind::NotADirectory.into()) }
    }

    /// Whether there still is a folder at its path.
    pub(in crate::publish) fn is_at(&self, path: &Path) -> bool {
        path.is_dir()
    }

    /// Opens a folder in it, unless that is a link.
    pub(in crate::publish) fn child(&self, name: &str) -> io::Result<Self> {
        match self.look(name)? {
            Some(EntryKind::Folder) => Ok(Self(self.0.join(name))),
            Some(_) => Err(ErrorKind::NotADirectory.into()),
            None => Err(ErrorKind::NotFound.into()),
        }
    }

    /// Makes a folder in it.
    pub(in crate::publish) fn make(&self, name: &str) -> io::Result<()> {
        fs::create_dir(self.0.join(name))
    }

    /// What an entry is; `None` if there is none.
    pub(in crate::publish) fn look(&self, name: &str) -> io::Result<Option<EntryKind>> {
        match fs::symlink_metadata(self.0.join(name)) {
            Ok(found) if found.is_symlink() => Ok(Some(EntryKind::Link)),
            Ok(found) if found.is_dir() => Ok(Some(EntryKind::Folder)),
            Ok(found) if found.is_file() => Ok(Some(EntryKind::File(Stamp::of(&found)))),
            Ok(_) => Ok(Some(EntryKind::Other)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The bytes of a file.
    pub(in crate::publish) fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.0.join(name))
    }

    /// Opens a file that is there, to make it last.
    pub(in crate::publish) fn sync_file(&self, name: &str) -> io::Result<()> {
        OpenOptions::new().write(true).open(self.0.join(name))?.sync_all()
    }

    /// Makes a file that is not there yet.
    pub(in crate::publish) fn create(&self, name: &str) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(self.0.join(name))
    }

    /// Opens a file to add to its end, and makes it if it is not there.
    pub(in crate::publish) fn append(&self, name: &str) -> io::Result<File> {
        OpenOptions::new().append(true).create(true).open(self.0.join(name))
    }

    /// Moves a file into a folder, over a file of that name.
    pub(in crate::publish) fn rename(&self, name: &str, to: &Self, new_name: &str) -> io::Result<()> {
        fs::rename(self.0.join(name), to.0.join(new_name))
    }

    /// Gives a file another name in a folder.
    pub(in crate::publish) fn link(&self, name: &str, to: &Self, new_name: &str) -> io::Result<()> {
        fs::hard_link(self.0.join(name), to.0.join(new_name))
    }

    /// Clones a file into a folder, where the file system keeps one copy of the bytes of both.
    #[expect(clippy::unused_self, reason = "other systems can")]
    pub(in crate::publish) fn clone_file(&self, _: &str, _: &Self, _: &str) -> io::Result<()> {
        Err(ErrorKind::Unsupported.into())
    }

    /// Removes a file.
    pub(in crate::publish) fn remove_file(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.0.join(name))
    }

    /// Removes an empty folder.
    pub(in crate::publish) fn remove_folder(&self, name: &str) -> io::Result<()> {
        fs::remove_dir(self.0.join(name))
    }

    /// The names of its entries.
    pub(in crate::publish) fn names(&self) -> io::Result<Vec<OsString>> {
        fs::read_dir(&self.0)?.map(|entry| Ok(entry?.file_name())).collect()
    }

    /// Makes changes of its entries last through a power cut, where a system can sync a folder.
    pub(in crate::publish) fn sync(&self) -> io::Result<()> {
        File::open(&self.0)?.sync_all()
    }

    /// Makes everything on its file system last, in one go. Whether the system can.
    #[expect(clippy::unused_self, reason = "other systems can")]
    pub(in crate::publish) fn sync_all_below(&self) -> bool {
        false
    }
}
