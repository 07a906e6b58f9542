//! The files that a plugin is made of: those that its section names, and all that are beside them, because an interpreter finds
//! the modules of a script there without anybody naming them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::section::{Section, Seed};
use crate::digest::Digest;

/// The most files that a plugin may have beside those that its section names.
const MOST_FILES: usize = 10_000;
/// How large they may be together.
const MOST_BYTES: u64 = 256 << 20;
/// The deepest folder below that of a named file.
const DEEPEST: usize = 32;
/// Folders and files of version control and systems, which change by themselves.
const NO_PARTS: [&str; 5] = [".git", ".hg", ".svn", ".DS_Store", "Thumbs.db"];
/// The folder of a catalogue in which nothing is content.
const PLUGINS: &str = "plugins";
/// How the names of files end that are content elsewhere in a catalogue, and no part of a plugin unless it names them.
const CONTENT: [&str; 12] =
    [".yaml", ".yml", ".md", ".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf", ".ttc", ".otc", ".csv"];

/// A file of a plugin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginFile {
    /// Its path, counted from the folder of `regimen.yaml`.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// The digest of its bytes.
    pub sha256: Digest,
}

/// The files of a plugin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    /// In order of their names.
    pub(crate) files: Vec<PluginFile>,
    /// Why it cannot be told which files belong to it, besides those that its section names.
    pub(crate) unknown: Option<String>,
}

impl Parts {
    /// Reads the files of a plugin; `root` is the catalogue's folder.
    pub(crate) fn of(section: &Section, root: &Path) -> Self {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let mut walk = Walk { root: &root, files: BTreeMap::new(), seen: BTreeSet::new(), count: 0, bytes: 0 };
        let mut unknown = None;
        for seed in &section.seeds {
            // A file that is gone meanwhile is one that cannot be read.
            let read = walk.named(seed);
            unknown = unknown.or(read.err());
        }
        for seed in section.seeds.iter().filter(|seed| seed.has_folder) {
            if unknown.is_some() {
                break;
            }
            unknown = walk.beside(seed).err();
        }
        Self { files: walk.files.into_values().collect(), unknown }
    }

    /// One digest of all.
    pub(crate) fn digest(&self) -> Digest {
        let mut hasher = Sha256::new();
        for PluginFile { name, size, sha256 } in &self.files {
            hasher.update(format!("{} {name} {size} {sha256}\n", name.len()));
        }
        hasher.update(format!("{:?}", self.unknown));
        Digest::from(hasher)
    }
}

struct Walk<'a> {
    /// The catalogue's folder, without links.
    root: &'a Path,
    files: BTreeMap<String, PluginFile>,
    /// Folders that were walked, without links.
    seen: BTreeSet<PathBuf>,
    count: usize,
    bytes: u64,
}

impl Walk<'_> {
    /// A file that the section names, however large.
    fn named(&mut self, seed: &Seed) -> Result<(), String> {
        let (size, sha256) = digest(&seed.path, u64::MAX).map_err(|error| unreadable(&seed.name, &error))?;
        self.files.insert(seed.name.clone(), PluginFile { name: seed.name.clone(), size, sha256 });
        Ok(())
    }

    /// What is beside a named file, and beside the file that it is a link to.
    fn beside(&mut self, seed: &Seed) -> Result<(), String> {
        let real = seed.path.canonicalize().map_err(|error| unreadable(&seed.name, &error))?;
        let folders = [seed.path.parent(), real.parent()];
        for (at, folder) in folders.into_iter().flatten().enumerate() {
            let folder = folder.canonicalize().map_err(|error| unreadable(&seed.name, &error))?;
            // A link from the catalogue may lead to a program of the system, which is one file.
            if at == 1 && !self.is_near(&folder) {
                continue;
            }
            if folder != *self.root && self.root.starts_with(&folder) {
                return Err(format!(
                    "`{}` is in a folder that has the whole catalogue in it, so nothing tells which other files belong to it",
                    seed.name
                ));
            }
            self.folder(&folder, 0)?;
        }
        Ok(())
    }

    /// Whether a folder is in that of the catalogue, or in one beside it.
    fn is_near(&self, folder: &Path) -> bool {
        let around = self.root.parent().filter(|around| around.parent().is_some());
        folder.starts_with(around.unwrap_or(self.root))
    }

    fn folder(&mut self, folder: &Path, depth: usize) -> Result<(), String> {
        if !self.seen.insert(folder.to_owned()) {
            return Ok(());
        }
        let shown = self.name(folder);
        if depth > DEEPEST {
            return Err(format!("`{shown}` is nested too deeply"));
        }
        let listed = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        for item in listed.map_err(|error| unreadable(&shown, &error))? {
            let path = item.path();
            if item.file_name().to_str().is_some_and(|name| NO_PARTS.contains(&name)) {
                continue;
            }
            let is_link = item.file_type().is_ok_and(|kind| kind.is_symlink());
            let Ok(metadata) = path.metadata() else {
                // A link that leads nowhere may lead somewhere tomorrow.
                self.add(&path, &|| Ok(link(&path)))?;
                continue;
            };
            if metadata.is_dir() {
                let real = path.canonicalize().map_err(|error| unreadable(&self.name(&path), &error))?;
                if is_link {
                    self.add(&path, &|| Ok(link(&path)))?;
                }
                let is_around = real != *self.root && self.root.starts_with(&real);
                if is_link && (is_around || !self.is_near(&real)) {
                    let shown = self.name(&path);
                    return Err(format!("`{shown}` is a link to a folder elsewhere, in which files change unseen"));
                }
                if !is_around {
                    self.folder(&real, depth + 1)?;
                }
            } else if metadata.is_file() && !self.is_content(&path) {
                let most = MOST_BYTES - self.bytes;
                // What is too large is not read.
                let is_large = metadata.len() > most;
                self.add(&path, &|| {
                    if is_large { Ok((metadata.len(), Digest::of(b""))) } else { digest(&path, most) }
                })?;
            }
        }
        Ok(())
    }

    fn add(&mut self, path: &Path, read: &dyn Fn() -> io::Result<(u64, Digest)>) -> Result<(), String> {
        let name = self.name(path);
        if self.files.contains_key(&name) {
            return Ok(());
        }
        self.count += 1;
        let (size, sha256) = read().map_err(|error| unreadable(&name, &error))?;
        self.bytes = self.bytes.saturating_add(size);
        if self.count > MOST_FILES || self.bytes > MOST_BYTES {
            let (files, megabytes) = (MOST_FILES, MOST_BYTES >> 20);
            return Err(format!("beside it are more than {files} files, or more than {megabytes} MiB"));
        }
        self.files.insert(name.clone(), PluginFile { name, size, sha256 });
        Ok(())
    }

    /// Whether a file is read as content of the catalogue, or may be.
    fn is_content(&self, path: &Path) -> bool {
        let Ok(inner) = path.strip_prefix(self.root) else { return false };
        let ends = |name: &str| CONTENT.iter().any(|ending| name.to_lowercase().ends_with(ending));
        !inner.starts_with(PLUGINS) && path.file_name().and_then(|name| name.to_str()).is_some_and(ends)
    }

    /// A path as it is written in `regimen.yaml`, if it is in the catalogue's folder.
    fn name(&self, path: &Path) -> String {
        let inner = path.strip_prefix(self.root).unwrap_or(path);
        match (inner.iter().map(|part| part.to_str()).collect::<Option<Vec<_>>>(), path.to_str()) {
            (Some(parts), _) if inner != path => parts.join("/"),
            (_, Some(whole)) if inner == path => whole.to_owned(),
            // Two names that are no text stay two.
            _ => format!("{inner:?}"),
        }
    }
}

fn unreadable(name: &str, error: &io::Error) -> String {
    format!("`{name}` cannot be read: {error}")
}

/// What a link says, for one that leads to no file.
fn link(path: &Path) -> (u64, Digest) {
    let target = fs::read_link(path).unwrap_or_default();
    (0, Digest::of(format!("link {}", target.display()).as_bytes()))
}

/// The size and digest of a file; one byte more than `most` is its size if it is larger.
fn digest(path: &Path, most: u64) -> io::Result<(u64, Digest)> {
    let mut file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
    let mut hasher = Sha256::new();
    let size = io::copy(&mut file.by_ref().take(most.saturating_add(1)), &mut Hashing(&mut hasher))?;
    Ok((size, Digest::from(hasher)))
}

struct Hashing<'a>(&'a mut Sha256);

impl io::Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
