//! Pictures and fonts: files that are read when something names them, each once.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::Files;
use super::file::ListedFile;
use regimen_model::diagnostic::FilePath;

/// The pictures and fonts of a folder, of which those that are named are read.
#[derive(Debug, Default)]
pub(super) struct OnDemand(BTreeMap<FilePath, Picture>);

#[derive(Debug)]
struct Picture {
    file: ListedFile,
    /// Its bytes, or why they cannot be read.
    bytes: OnceLock<Result<Arc<[u8]>, String>>,
}

impl OnDemand {
    pub(super) fn new<'f>(files: impl Iterator<Item = &'f ListedFile>) -> Self {
        let unread = |file: &ListedFile| (file.name.clone(), Picture { file: file.clone(), bytes: OnceLock::new() });
        Self(files.map(unread).collect())
    }

    /// The bytes of a picture that was read.
    pub(super) fn read(&self, file: &str) -> Option<&Arc<[u8]>> {
        self.0.get(file)?.bytes.get()?.as_ref().ok()
    }
}

/// Where the bytes of a catalogue's files are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Available<'a> {
    /// Those that are in memory.
    pub(super) files: &'a Files,
    /// Those that are read when they are asked for.
    pub(super) pictures: &'a OnDemand,
}

impl<'a> Available<'a> {
    /// All files in memory, pictures too.
    pub(super) fn in_memory(files: &'a Files) -> Self {
        static NONE: OnDemand = OnDemand(BTreeMap::new());
        Self { files, pictures: &NONE }
    }

    /// The bytes of a picture or font; `None` if there is no such file.
    pub(super) fn get(self, file: &str) -> Option<Result<&'a Arc<[u8]>, &'a str>> {
        if let Some(bytes) = self.files.get(file) {
            return Some(Ok(bytes));
        }
        let picture = self.pictures.0.get(file)?;
        let bytes = picture.bytes.get_or_init(|| picture.file.read().map_err(|error| error.to_string()));
        Some(bytes.as_ref().map_err(String::as_str))
    }

    /// Whether there is such a file.
    pub(super) fn has(self, file: &str) -> bool {
        self.files.contains_key(file) || self.pictures.0.contains_key(file)
    }

    /// The size of a picture or font, in bytes; 0 if there is no such file.
    pub(super) fn size(self, file: &str) -> u64 {
        let in_memory = self.files.get(file).map(|bytes| bytes.len() as u64);
        in_memory.or_else(|| self.pictures.0.get(file).map(|picture| picture.file.size)).unwrap_or_default()
    }

    /// The names of all files.
    pub(super) fn names(self) -> impl Iterator<Item = &'a FilePath> {
        self.files.keys().chain(self.pictures.0.keys())
    }
}
