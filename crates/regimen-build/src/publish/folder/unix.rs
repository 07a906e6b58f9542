//! A folder as a file descriptor.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::ffi::OsStringExt as _;
use std::path::Path;

use rustix::fs::{
    AtFlags, Dir, FileType, Mode, OFlags, Stat, fstat, linkat, mkdirat, open, openat, renameat, statat, unlinkat,
};

use super::EntryKind;
use crate::stamp::Stamp;

/// An open folder.
#[derive(Debug)]
pub(in crate::publish) struct Folder(OwnedFd);

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
const FILE: OFlags = OFlags::CLOEXEC.union(OFlags::NOFOLLOW);

impl Folder {
    /// Opens the folder at a path, following links.
    pub(in crate::publish) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self(open(path, FOLDER, Mode::empty())?))
    }

    /// Whether the path still leads to this folder.
    pub(in crate::publish) fn is_at(&self, path: &Path) -> bool {
        let identity = |folder: &OwnedFd| fstat(folder).ok().map(|found| (found.st_dev, found.st_ino));
        Self::open(path).is_ok_and(|other| identity(&other.0).is_some() && identity(&other.0) == identity(&self.0))
    }

    /// Opens a folder in it, unless that is a link.
    pub(in crate::publish) fn child(&self, name: &str) -> io::Result<Self> {
        Ok(Self(openat(&self.0, name, FOLDER | OFlags::NOFOLLOW, Mode::empty())?))
    }

    /// Makes a folder in it.
    pub(in crate::publish) fn make(&self, name: &str) -> io::Result<()> {
        // The user's umask takes away what the user does not want to give.
        Ok(mkdirat(&self.0, name, Mode::from_raw_mode(0o777))?)
    }

    /// What an entry is; `None` if there is none.
    pub(in crate::publish) fn look(&self, name: &str) -> io::Result<Option<EntryKind>> {
        match statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(found) => Ok(Some(kind(&found))),
            Err(error) if io::Error::from(error).kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The bytes of a file, unless that is a link.
    pub(in crate::publish) fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        // A pipe that somebody put in its place would keep us waiting for ever.
        let flags = FILE | OFlags::RDONLY | OFlags::NONBLOCK;
        let mut file = File::from(openat(&self.0, name, flags, Mode::empty())?);
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Opens a file that is there, to make it last.
    pub(in crate::publish) fn sync_file(&self, name: &str) -> io::Result<()> {
        File::from(openat(&self.0, name, FILE | OFlags::RDONLY, Mode::empty())?).sync_all()
    }

    /// Makes a file that is not there yet, with the rights of an ordinary one.
    pub(in crate::publish) fn create(&self, name: &str) -> io::Result<File> {
        let flags = FILE | OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL;
        Ok(File::from(openat(&self.0, name, flags, Mode::from_raw_mode(0o666))?))
    }

    /// Opens a file to add to its end, and makes it if it is not there.
    pub(in crate::publish) fn append(&self, name: &str) -> io::Result<File> {
        let flags = FILE | OFlags::WRONLY | OFlags::CREATE | OFlags::APPEND;
        Ok(File::from(openat(&self.0, name, flags, Mode::from_raw_mode(0o666))?))
    }

    /// Moves a file into a folder, over a file of that name.
    pub(in crate::publish) fn rename(&self, name: &str, to: &Self, new_name: &str) -> io::Result<()> {
        Ok(renameat(&self.0, name, &to.0, new_name)?)
    }

    /// Gives a file another name in a folder.
    pub(in crate::publish) fn link(&self, name: &str, to: &Self, new_name: &str) -> io::Result<()> {
        Ok(linkat(&self.0, name, &to.0, new_name, AtFlags::empty())?)
    }

    /// Clones a file into a folder, where the file system keeps one copy of the bytes of both.
    pub(in crate::publish) fn clone_file(&self, name: &str, to: &Self, new_name: &str) -> io::Result<()> {
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
    pub(in crate::publish) fn remove_file(&self, name: &str) -> io::Result<()> {
        Ok(unlinkat(&self.0, name, AtFlags::empty())?)
    }

    /// Removes an empty folder.
    pub(in crate::publish) fn remove_folder(&self, name: &str) -> io::Result<()> {
        Ok(unlinkat(&self.0, name, AtFlags::REMOVEDIR)?)
    }

    /// The names of its entries.
    pub(in crate::publish) fn names(&self) -> io::Result<Vec<OsString>> {
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
    pub(in crate::publish) fn sync(&self) -> io::Result<()> {
        Ok(rustix::fs::fsync(&self.0)?)
    }

    /// Makes everything on its file system last, in one go. Whether the system can.
    pub(in crate::publish) fn sync_all_below(&self) -> bool {
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
