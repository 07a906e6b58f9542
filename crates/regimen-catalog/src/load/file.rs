//! A file of a catalogue's folder: what the listing says of it, and its bytes.

use std::fmt;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use regimen_model::diagnostic::FilePath;

/// Why a folder cannot be read as a catalogue at all.
#[derive(Debug)]
pub enum LoadError {
    /// There is nothing of this name.
    Missing(PathBuf),
    /// It is a file.
    NotAFolder(PathBuf),
    /// It has no project file.
    NoProjectFile(PathBuf),
    /// The system refused.
    Io(PathBuf, io::Error),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "there is no folder `{}`", path.display()),
            Self::NotAFolder(path) => {
                write!(f, "`{}` is a file; a catalogue is a folder", path.display())
            }
            Self::NoProjectFile(path) => {
                write!(
                    f,
                    "the folder `{}` is not a catalogue: it has no {}",
                    path.display(),
                    regimen_model::PROJECT_FILE
                )
            }
            Self::Io(path, error) => write!(f, "`{}` cannot be read: {error}", path.display()),
        }
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(_, error) => Some(error),
            Self::Missing(_) | Self::NotAFolder(_) | Self::NoProjectFile(_) => None,
        }
    }
}

/// A file as it was when its folder was listed.
#[derive(Debug, Clone)]
pub struct ListedFile {
    /// Its path from the root.
    pub name: FilePath,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, if its file system tells.
    pub modified: Option<SystemTime>,
    /// When its bytes, name or rights were last changed, where a system tells: unlike `modified`, no program can set it.
    pub changed: Option<SystemTime>,
    pub(super) content: Content,
}

impl ListedFile {
    /// Its bytes as they are now.
    ///
    /// # Errors
    /// If the system refuses to read it.
    pub fn read(&self) -> Result<Arc<[u8]>, LoadError> {
        self.content.read()
    }
}

/// Where the bytes of a file are.
#[derive(Debug, Clone)]
pub(super) enum Content {
    Disk(PathBuf),
    Memory(Arc<[u8]>),
}

impl Content {
    pub(super) fn read(&self) -> Result<Arc<[u8]>, LoadError> {
        match self {
            Self::Disk(path) => match fs::read(path) {
                Ok(bytes) => Ok(bytes.into()),
                Err(error) => Err(LoadError::Io(path.clone(), error)),
            },
            Self::Memory(bytes) => Ok(Arc::clone(bytes)),
        }
    }
}
