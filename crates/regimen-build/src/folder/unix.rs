//! A folder as a file descriptor.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::ffi::OsStringExt as _;
use std::path::Path;
use std::time::SystemTime;

use rustix::fs::{
    AtFlags, Dir, FileType, Mode, OFlags, Stat, fstat, linkat, mkdirat, open, openat, renameat, statat, unlinkat,
};

use super::EntryKind;
use crate::stamp::Stamp;

/// An open folder.
#[derive(Debug)]
pub(crate) struct Folder(OwnedFd);

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
const FILE: OFlags = OFlags::CLOEXEC.union(OFlags::NOFOLLOW);

impl Folder {
    /// Opens the folder at a path, following links.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self(open(path, FOLDER, Mode::empty())?))
    }

    /// Whether the path still leads to this folder.
    pub(crate) fn is_at(&self, path: &Path) -> bool {
        let identity = |folder: &OwnedFd| fstat(folder).ok().map(|found| (found.st_dev, found.st_ino));
        Self::open(path).is_ok_and(|other| identity(&other.0).is_some() && identity(&other.0) == identity(&self.0))
    }

    /// Opens a folder in it, unless that is a link.
    pub(crate) fn child(&self, name: &str) -> io::Result<Self> {
        Ok(Self(openat(&self.0, name, FOLDER | OFlags::NOFOLLOW, Mode::empty())?))
    }

    /// Makes a folder in it.
    pub(crate) fn make(&self, name: &str) -> io::Result<()> {
        // The user's umask takes away what the user does not want to give.
        Ok(mkdirat(&self.0, name, Mode::from_raw_mode(0o777))?)
    }

    /// Makes a folder in it that is its user's alone.
    pub(crate) fn make_private(&self, name: &str) -> io::Result<()> {
        Ok(mkdirat(&self.0, name, Mode::from_raw_mode(0o700))?)
    }

    /// What an entry is; `None` if there is none.
    pub(crate) fn look(&self, name: &str) -> io::Result<Option<EntryKind>> {
        match statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(found) => Ok(Some(kind(&found))),
            Err(error) if io::Error::from(error).kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The bytes of a file, unless that is a link.
    pub(crate) fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.file(name)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Opens a file to read it, unless that is a link.
    pub(crate) fn file(&self, name: &str) -> io::Result<File> {
        // A pipe that somebody put in its place would keep us waiting for ever.
        let flags = FILE | OFlags::RDONLY | OFlags::NONBLOCK;
        Ok(File::from(openat(&self.0, name, flags, Mode::empty())?))
    }

    /// Sets the time at which a file was last changed.
    pub(crate) fn renew(&self, name: &str, time: SystemTime) -> io::Result<()> {
        self.file(name)?.set_modified(time)
    }

    /// Opens a file that is there, to make it last.
    pub(crate) fn sync_file(&self, name: &str) -> io::Result<()> {
        File::from(openat(&self.0, name, FILE | OFlags::RDONLY, Mode::empty())?).sync_all()
    }

    /// Makes a file that is not there yet, with the rights of an ordinary one.
    pub(crate) fn create(&self, name: &str) -> io::Result<File> {
        let flags = FILE | OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL;
        Ok(File::from(openat(&self.0, name, flags, Mode::from_raw_mode(0o666))?))
    }

    /// Makes a file that is not there yet and is its user's alone.
    pub(crate) fn create_private(&self, name: &str) -> io::Result<File> {
        let flags = FILE | OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL;
        Ok(File::from(openat(&self.0, name, flags, Mode::from_raw_mode(0o600))?))
    }

    /// Opens a file to add to its end, and makes it if it is not there.
    pub(crate) fn append(&self, name: &str) -> io::Result<File> {
        let flags = FILE | OFlags::WRONLY | OFlags::CREATE | OFlags::APPEND;
        Ok(File::from(openat(&self.0, name, flags, Mode::from_raw_mode(0o666))?))
    }

    /// Moves a file into a folder, over a file of that name.
    pub(crate) fn rename(&self, name: &str, to: &Self, new_name: &str) -> io::Result<()> {
        Ok(renameat(&self.0, name, &to.0, new_name)?)
    }

    /// Gives a file another name in a folder.
    pub(crate) fn link(&self, name: &str, to: &Self, new_name: &str) -> io::Result<()> {
        Ok(linkat(&self.0, name, &to.0, new_name, AtFlags::empty())?)
    }

    /// Clones a file into a folder, where the file system keeps one copy of the bytes of both.
    pub(crate) fn clone_file(&self, name: &str, to: &Self, new_name: &str) -> io::Result<()> {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        {
            let file = openat(&self.0, name, FILE | OFlags::RDONLY | OFlags::NONBLOCK, Mode::empty())?;
            let clone = to.create(new_name)?;
            rustix::fs::ioctl_ficlone(&clone, &file).or_else(|error| {
                to.remove_file(new_name)?;
                Err(error.into())
            })
        }
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        {
            let _none = (name, to, new_name);
            Err(ErrorKind::Unsupported.into())
        }
    }

    /// Removes a file.
    pub(crate) fn remove_file(&self, name: &str) -> io::Result<()> {
        Ok(unlinkat(&self.0, name, AtFlags::empty())?)
    }

    /// Removes an empty folder.
    pub(crate) fn remove_folder(&self, name: &str) -> io::Result<()> {
        Ok(unlinkat(&self.0, name, AtFlags::REMOVEDIR)?)
    }

    /// The names of its entries.
    pub(crate) fn names(&self) -> io::Result<Vec<OsString>> {
        let mut names = Vec::new();
        for entry in Dir::read_from(&self.0)? {
            let name = entry?.file_name().to_bytes().to_vec();
            if name != b"." && name != b".." {
                names.push(OsString::from_vec(name));
            }
        }
        Ok(names)
    }

    /// Makes changes of its entries last through a power cut.
    pub(crate) fn sync(&self) -> io::Result<()> {
        Ok(rustix::fs::fsync(&self.0)?)
    }

    /// Makes everything on its file system last, in one go. Whether the system can.
    pub(crate) fn sync_all_below(&self) -> bool {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        return rustix::fs::syncfs(self.0.as_fd()).is_ok();
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        false
    }
}

fn kind(found: &Stat) -> EntryKind {
    match FileType::from_raw_mode(found.st_mode) {
        FileType::RegularFile => EntryKind::File(stamp(found)),
        FileType::Directory => EntryKind::Folder,
        FileType::Symlink => EntryKind::Link,
        _ => EntryKind::Other,
    }
}

/// The types of these fields differ between systems.
fn stamp(found: &Stat) -> Stamp {
    let size = u64::try_from(found.st_size).unwrap_or_default();
    let time = |seconds: i128, nanoseconds: i128| {
        let part = |number: i128| i64::try_from(number).unwrap_or_default();
        Stamp::nanoseconds(part(seconds), part(nanoseconds))
    };
    let modified = time(i128::from(found.st_mtime), i128::from(found.st_mtime_nsec));
    let changed = time(i128::from(found.st_ctime), i128::from(found.st_ctime_nsec));
    Stamp { size, modified, changed }
}
