//! An open folder: its entries are reached through it, wherever its path leads by now.
//!
//! On Unix the folder is a file descriptor and every call names an entry of it (`openat` and its family), so a folder or
//! a link that somebody puts in its place meanwhile is never entered. Elsewhere it is a path.

#[cfg(not(unix))]
mod path;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub(crate) use path::Folder;
#[cfg(unix)]
pub(crate) use unix::Folder;

use crate::stamp::Stamp;

/// What an entry of a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryKind {
    File(Stamp),
    Folder,
    /// A symbolic link, wherever it leads.
    Link,
    /// A device, pipe or socket.
    Other,
}
