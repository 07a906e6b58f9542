//! The record of what a user has trusted: one file, outside every catalogue, that nobody else can write.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::super::parts::PluginFile;
use super::PluginFacts;
use crate::digest::Digest;
use crate::untrusted::{Change, WhyUntrusted};

/// The form of the file; one of another form is not understood.
const VERSION: u32 = 1;
/// The largest record that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// Where it is recorded which plugins a user trusts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustStore {
    file: PathBuf,
}

/// A plugin that was trusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trusted {
    /// Its name.
    pub plugin: String,
    /// The folder of its catalogue, for people: the same plugin is trusted wherever it is.
    pub catalog: String,
    /// What is trusted.
    pub digest: Digest,
    /// The digest of its section, to tell what changed.
    pub section: Digest,
    /// The digest of each of its files, likewise.
    pub files: BTreeMap<String, Digest>,
}

#[derive(Serialize, Deserialize)]
struct Record {
    version: u32,
    trusted: Vec<Trusted>,
}

impl TrustStore {
    /// The record in a file, which need not exist.
    pub fn new(file: impl Into<PathBuf>) -> Self {
        Self { file: file.into() }
    }

    /// Its file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// All that is trusted, oldest first.
    ///
    /// # Errors
    /// If the file cannot be read, or others could have written it.
    pub fn list(&self) -> io::Result<Vec<Trusted>> {
        let file = match File::open(&self.file) {
            Ok(file) => file,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let metadata = file.metadata()?;
        is_own(&metadata)?;
        if metadata.len() > LARGEST {
            return Err(wrong("it is too large"));
        }
        let record: Record =
            serde_json::from_reader(io::BufReader::new(file)).map_err(|error| wrong(&error.to_string()))?;
        if record.version != VERSION {
            return Err(wrong(&format!("it has the form {}, and this program knows {VERSION}", record.version)));
        }
        Ok(record.trusted)
    }

    /// Records plugins of a catalogue as they are now, in place of what was trusted of them before.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn add(&self, plugins: &[&PluginFacts], catalog: &Path) -> io::Result<()> {
        if self.is_inside(catalog) {
            return Err(wrong("it is in the folder of the catalogue, which cannot say of itself that it is trusted"));
        }
        let catalog = path_of(catalog);
        self.edit(|trusted| {
            trusted.retain(|one| one.catalog != catalog || plugins.iter().all(|facts| facts.name != one.plugin));
            trusted.extend(plugins.iter().map(|facts| Trusted {
                plugin: facts.name.clone(),
                catalog: catalog.clone(),
                digest: facts.digest,
                section: section_of(facts),
                files: facts.files.iter().map(|file| (file.name.clone(), file.sha256)).collect(),
            }));
        })
    }

    /// Trusts plugins of a catalogue no more, and gives back which these were: those of these names, or all.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn remove(&self, catalog: &Path, plugins: &[PluginFacts], names: &[String]) -> io::Result<Vec<Trusted>> {
        let catalog = path_of(catalog);
        let mut removed = Vec::new();
        self.edit(|trusted| {
            // The same plugin may have been trusted in a copy of the catalogue.
            let is_meant = |one: &Trusted| {
                (one.catalog == catalog || plugins.iter().any(|facts| facts.digest == one.digest))
                    && (names.is_empty() || names.contains(&one.plugin))
            };
            removed = trusted.iter().filter(|one| is_meant(one)).cloned().collect();
            trusted.retain(|one| !is_meant(one));
        })?;
        Ok(removed)
    }

    /// Whether a plugin is trusted as it is now.
    pub(crate) fn known(&self, facts: &PluginFacts, catalog: &Path) -> Result<(), WhyUntrusted> {
        if self.is_inside(catalog) {
            let file = self.file.display();
            return Err(WhyUntrusted::Unreadable(format!(
                "`{file}` does not count, because it is in the catalogue's folder"
            )));
        }
        let trusted = self.list().map_err(|error| {
            WhyUntrusted::Unreadable(format!("what is trusted cannot be read from `{}`: {error}", self.file.display()))
        })?;
        if facts.unknown.is_none() && trusted.iter().any(|one| one.digest == facts.digest) {
            return Ok(());
        }
        let catalog = path_of(catalog);
        let earlier = trusted.iter().rev().find(|one| one.plugin == facts.name && one.catalog == catalog);
        Err(earlier.map_or(WhyUntrusted::New, |one| WhyUntrusted::Changed(changes(one, facts))))
    }

    /// Whether the file is in the folder of a catalogue, which could then say of itself that it is trusted.
    fn is_inside(&self, catalog: &Path) -> bool {
        let (Ok(catalog), Some(folder)) = (catalog.canonicalize(), self.file.parent()) else { return false };
        self.file.canonicalize().is_ok_and(|file| file.starts_with(&catalog))
            || folder.canonicalize().is_ok_and(|folder| folder.starts_with(&catalog))
    }

    /// Changes the record in one step, one program after the other.
    fn edit(&self, change: impl FnOnce(&mut Vec<Trusted>)) -> io::Result<()> {
        let folder = self.file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        make_folder(folder)?;
        let lock = File::options().create(true).truncate(false).write(true).open(self.file.with_extension("lock"))?;
        lock.lock()?;
        let mut trusted = self.list()?;
        change(&mut trusted);
        // A file of this kind is its user's alone, and is there whole or not at all.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut file, &Record { version: VERSION, trusted }).map_err(io::Error::from)?;
        file.write_all(b"\n")?;
        file.as_file().sync_all()?;
        file.persist(&self.file)?;
        Ok(())
    }
}

fn wrong(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

fn section_of(facts: &PluginFacts) -> Digest {
    Digest::of(facts.section.to_string().as_bytes())
}

/// The folder of a catalogue as it is recorded.
fn path_of(catalog: &Path) -> String {
    catalog.canonicalize().unwrap_or_else(|_| catalog.to_owned()).to_string_lossy().into_owned()
}

fn changes(known: &Trusted, facts: &PluginFacts) -> Vec<Change> {
    let mut changes = Vec::new();
    if known.section != section_of(facts) {
        changes.push(Change::Section);
    }
    for PluginFile { name, sha256, .. } in &facts.files {
        match known.files.get(name) {
            None => changes.push(Change::New(name.clone())),
            Some(before) if before != sha256 => changes.push(Change::Other(name.clone())),
            Some(_) => {}
        }
    }
    let now: BTreeSet<&str> = facts.files.iter().map(|file| file.name.as_str()).collect();
    changes.extend(known.files.keys().filter(|name| !now.contains(name.as_str())).cloned().map(Change::Gone));
    changes
}

/// Refuses a file that others could have written.
#[cfg(unix)]
fn is_own(file: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    let is_own = file.uid() == rustix::process::geteuid().as_raw() && file.mode() & 0o022 == 0 && file.is_file();
    if is_own { Ok(()) } else { Err(wrong("it is not yours alone to write (`chmod 600` makes it so)")) }
}

#[cfg(not(unix))]
fn is_own(_: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

/// Makes the folder of the record, for its user alone.
#[cfg(unix)]
fn make_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}
