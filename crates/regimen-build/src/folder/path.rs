//! A folder as a path, where a system has no calls that start from an open folder.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::EntryKind;
use crate::stamp::Stamp;

/// A folder that was there when it was opened.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Opens the folder at a path, following links.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        if fs::metadata(path)?.is_dir() { Ok(Self(path.to_owned())) } else { Err(ErrorKind::NotADirectory.into()) }
    }

    /// Whether there still is a folder at its path.
    pub(crate) fn is_at(&self, path: &Path) -> bool {
        path.is_dir()
    }

    /// Opens a folder in it, unless that is a link.
    pub(crate) fn child(&self, name: &str) -> io::Result<Self> {
        match self.look(name)? {
            Some(EntryKind::Folder) => Ok(Self(self.0.join(name))),
            Some(_) => Err(ErrorKind::NotADirectory.into()),
            None => Err(ErrorKind::NotFound.into()),
        }
    }

    /// Makes a folder in it.
    pub(crate) fn make(&self, name: &str) -> io::Result<()> {
        fs::create_dir(self.0.join(name))
    }

    /// Makes a folder in it, with the rights that the folder hands down.
    pub(crate) fn make_private(&self, name: &str) -> io::Result<()> {
        self.make(name)
    }

    /// What an entry is; `None` if there is none.
    pub(crate) fn look(&self, name: &str) -> io::Result<Option<EntryKind>> {
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
    pub(crate) fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.0.join(name))
    }

    /// Opens a file to read it.
    pub(crate) fn file(&self, name: &str) -> io::Result<File> {
        File::open(self.0.join(name))
    }

    /// Sets the time at which a file was last changed.
    pub(crate) fn renew(&self, name: &str, time: SystemTime) -> io::Result<()> {
        OpenOptions::new().append(true).open(self.0.join(name))?.set_modified(time)
    }

    /// Opens a file that is there, to make it last.
    pub(crate) fn sync_file(&self, name: &str) -> io::Result<()> {
        OpenOptions::new().write(true).open(self.0.join(name))?.sync_all()
    }

    /// Makes a file that is not there yet.
    pub(crate) fn create(&self, name: &str) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(self.0.join(name))
    }

    /// Makes a file that is not there yet, with the rights that the folder hands down.
    pub(crate) fn create_private(&self, name: &str) -> io::Result<File> {
        self.create(name)
    }

    /// Opens a file to add to its end, and makes it if it is not there.
    pub(crate) fn append(&self, name: &str) -> io::Result<File> {
        OpenOptions::new().append(true).create(true).open(self.0.join(name))
    }

    /// Moves a file into a folder, over a file of that name.
    pub(crate) fn rename(&self, name: &str, to: &Self, new_name: &str) -> io::Result<()> {
        fs::rename(self.0.join(name), to.0.join(new_name))
    }

    /// Gives a file another name in a folder.
    pub(crate) fn link(&self, name: &str, to: &Self, new_name: &str) -> io::Result<()> {
        fs::hard_link(self.0.join(name), to.0.join(new_name))
    }

    /// Clones a file into a folder, where the file system keeps one copy of the bytes of both.
    #[expect(clippy::unused_self, reason = "other systems can")]
    pub(crate) fn clone_file(&self, _: &str, _: &Self, _: &str) -> io::Result<()> {
        Err(ErrorKind::Unsupported.into())
    }

    /// Removes a file.
    pub(crate) fn remove_file(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.0.join(name))
    }

    /// Removes an empty folder.
    pub(crate) fn remove_folder(&self, name: &str) -> io::Result<()> {
        fs::remove_dir(self.0.join(name))
    }

    /// The names of its entries.
    pub(crate) fn names(&self) -> io::Result<Vec<OsString>> {
        fs::read_dir(&self.0)?.map(|entry| Ok(entry?.file_name())).collect()
    }

    /// Makes changes of its entries last through a power cut, where a system can sync a folder.
    pub(crate) fn sync(&self) -> io::Result<()> {
        File::open(&self.0)?.sync_all()
    }

    /// Makes everything on its file system last, in one go. Whether the system can.
    #[expect(clippy::unused_self, reason = "other systems can")]
    pub(crate) fn sync_all_below(&self) -> bool {
        false
    }
}
