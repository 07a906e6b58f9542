//! The disk: the only part of this crate that reads files, and only below the catalogue's root.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

use super::file::{Content, ListedFile, LoadError};
use super::{Files, OnDemand, Overlay, font, limits, table};
use regimen_model::diagnostic::{Diagnostic, FilePath, Place};
use regimen_model::limits::FILES;
use regimen_model::model::TableName;

/// The deepest folder below the root.
const MAX_DEPTH: usize = 8;
/// Files with other endings are not part of a catalogue.
const ENDINGS: [&str; 7] = [".yaml", ".yml", ".md", ".svg", ".png", ".jpg", ".jpeg"];

/// How the names of a catalogue's files end.
fn endings() -> impl Iterator<Item = &'static str> {
    ENDINGS.into_iter().chain(font::ENDINGS)
}

/// How the name of a file of a catalogue ends, in whatever letters; `None` for any other file.
fn ending_of(name: &str, path: &str) -> Option<&'static str> {
    let known = endings().find(|ending| name.to_lowercase().ends_with(ending));
    known.or_else(|| table::is_table(path).then_some(TableName::ENDING))
}

/// The folder for external plugins, with whatever they are made of. None of it is content.
const PLUGINS: &str = "plugins";

/// A file that is left out, and why.
pub(super) type Unread = (FilePath, Diagnostic);

/// The files of a catalogue's folder, listed and not yet read.
#[derive(Debug)]
pub struct Listing {
    files: Vec<ListedFile>,
    unread: Vec<Unread>,
    others: Vec<FilePath>,
}

/// The files of a catalogue's folder, read.
#[derive(Debug)]
pub struct Contents {
    pub(super) files: Files,
    pub(super) pictures: OnDemand,
    /// Why nothing of them is looked at, if there is too much.
    pub(super) refused: Vec<Diagnostic>,
    /// Files that are left out: what refers to them is right.
    pub(super) unread: Vec<Unread>,
    /// Files with other endings than a catalogue's.
    pub(super) others: Vec<FilePath>,
}

impl Listing {
    /// The files that are part of the catalogue, in no order.
    pub fn files(&self) -> &[ListedFile] {
        &self.files
    }

    /// The files that are not, each in words that change if it is left out for another reason; in no order.
    pub fn left_out(&self) -> impl Iterator<Item = &str> {
        let unread = self.unread.iter().map(|(_, finding)| finding.message.as_str());
        unread.chain(self.others.iter().map(AsRef::as_ref))
    }

    /// Reads the files.
    ///
    /// # Errors
    /// If the system refuses to read one.
    pub fn read(&self) -> Result<Contents, LoadError> {
        let is_text = |file: &&ListedFile| limits::is_text(&file.name);
        let is_project = |file: &&ListedFile| *file.name == *regimen_model::PROJECT_FILE;
        let read = |file: &ListedFile| Ok((file.name.clone(), file.read()?));
        let mut files = self.files.iter().filter(is_project).map(read).collect::<Result<Files, LoadError>>()?;
        let raised = files.values().map(|project| limits::raised(project)).next().unwrap_or_default();
        let listed = self.files.len() + self.unread.len() + self.others.len();
        let size = self.files.iter().filter(is_text).map(|file| file.size).sum();
        let mut refused = limits::of_folder(&raised, listed, size);
        if refused.is_empty() {
            let others = self.files.par_iter().filter(|file| is_text(file) && !is_project(file));
            files.extend(others.map(read).collect::<Result<Files, LoadError>>()?);
        }
        refused.extend(limits::of_marks(&raised, &files));
        let pictures = OnDemand::new(self.files.iter().filter(|file| !is_text(file)));
        Ok(Contents { files, pictures, refused, unread: self.unread.clone(), others: self.others.clone() })
    }
}

impl Contents {
    /// The bytes of a file as they were read; `None` for a picture or font that nothing names, which is not read.
    pub fn bytes(&self, file: &str) -> Option<&Arc<[u8]>> {
        self.files.get(file).or_else(|| self.pictures.read(file))
    }
}

/// Lists every file below the root of a catalogue, with those of `overlay` in place of the ones on disk.
pub(super) fn list_over(root: &Path, overlay: &Overlay) -> Result<Listing, LoadError> {
    match fs::metadata(root) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(LoadError::Missing(root.to_owned()));
        }
        Err(error) => return Err(LoadError::Io(root.to_owned(), error)),
        Ok(metadata) if !metadata.is_dir() => return Err(LoadError::NotAFolder(root.to_owned())),
        Ok(_) => {}
    }
    let project = root.join(regimen_model::PROJECT_FILE);
    let has_project = match overlay.get(regimen_model::PROJECT_FILE) {
        Some(replaced) => replaced.is_some(),
        None => project.is_file(),
    };
    if !has_project {
        return Err(LoadError::NoProjectFile(root.to_owned()));
    }
    let mut walk = Walk::default();
    walk.folder(root, "", 0)?;
    walk.replace(overlay);
    walk.only_named_fonts(&project)?;
    walk.only_named_tables()?;
    Ok(Listing { files: walk.files, unread: walk.unread, others: walk.others })
}

#[derive(Default)]
struct Walk {
    files: Vec<ListedFile>,
    unread: Vec<Unread>,
    others: Vec<FilePath>,
}

impl Walk {
    /// Puts files of memory in place of those on disk; they are listed by the same rules.
    fn replace(&mut self, overlay: &Overlay) {
        if overlay.is_empty() {
            return;
        }
        self.files.retain(|file| !overlay.contains_key(&file.name));
        self.unread.retain(|(name, _)| !overlay.contains_key(name));
        self.others.retain(|name| !overlay.contains_key(name));
        for (name, bytes) in overlay {
            let Some(bytes) = bytes else { continue };
            if name.split('/').any(|part| part.starts_with('.')) || name.split('/').next() == Some(PLUGINS) {
                continue;
            }
            if endings().any(|ending| name.ends_with(ending)) || table::is_table(name) {
                let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                let content = Content::Memory(Arc::clone(bytes));
                self.file(ListedFile { name: name.clone(), size, modified: None, changed: None, content });
            } else {
                self.others.push(name.clone());
            }
        }
    }

    /// Drops the fonts that the project file does not name: a folder may have whole families of them.
    fn only_named_fonts(&mut self, project: &Path) -> Result<(), LoadError> {
        let names = self.files.iter().map(|file| &file.name).chain(self.unread.iter().map(|(name, _)| name));
        if !names.into_iter().any(|name| font::is_font(name)) {
            return Ok(());
        }
        let listed = self.files.iter().find(|file| *file.name == *regimen_model::PROJECT_FILE);
        let text = match listed {
            Some(file) => file.read()?,
            None => Content::Disk(project.to_owned()).read()?,
        };
        let text = String::from_utf8_lossy(&text);
        let wanted =
            |name: &FilePath| !font::is_font(name) || name.rsplit('/').next().is_some_and(|name| text.contains(name));
        self.files.retain(|file| wanted(&file.name));
        self.unread.retain(|(name, _)| wanted(name));
        Ok(())
    }

    /// Puts the tables that no programme names back among files of other kinds: a folder may have notes of its own.
    fn only_named_tables(&mut self) -> Result<(), LoadError> {
        let names = self.files.iter().map(|file| &file.name).chain(self.unread.iter().map(|(name, _)| name));
        if !names.into_iter().any(|name| table::is_table(name)) {
            return Ok(());
        }
        let is_program = |file: &&ListedFile| file.name.starts_with("programs/") && file.name.ends_with(".yaml");
        let texts = self.files.iter().filter(is_program).map(ListedFile::read).collect::<Result<Vec<_>, _>>()?;
        let texts: Vec<_> = texts.iter().map(|text| String::from_utf8_lossy(text)).collect();
        let wanted = |name: &FilePath| {
            let own = name.rsplit('/').next().unwrap_or_default();
            !table::is_table(name) || texts.iter().any(|text| text.contains(own))
        };
        let others = &mut self.others;
        let mut keep = |name: &FilePath| {
            wanted(name) || {
                others.push(name.clone());
                false
            }
        };
        self.files.retain(|file| keep(&file.name));
        self.unread.retain(|(name, _)| keep(name));
        Ok(())
    }

    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), LoadError> {
        let refused = |error| LoadError::Io(folder.to_owned(), error);
        for item in fs::read_dir(folder).map_err(refused)? {
            let item = item.map_err(refused)?;
            if FILES.highest.is_some_and(|most| self.count() as u64 > most) {
                // Too many already, whatever the project file says.
                return Ok(());
            }
            let Some(name) = item.file_name().to_str().map(str::to_owned) else {
                let shown = format!("{prefix}{}", item.file_name().to_string_lossy());
                self.left_out(&shown, "its name is not text in UTF-8", "rename it");
                continue;
            };
            // Version control, editors and systems keep such files; none of them is content.
            if name.starts_with('.') || (depth == 0 && name == PLUGINS) {
                continue;
            }
            let kind = item.file_type().map_err(refused)?;
            let shown = format!("{prefix}{name}");
            if kind.is_symlink() {
                self.left_out(
                    &shown,
                    "it is a link, and a catalogue reads only its own files",
                    "put the file itself here",
                );
            } else if kind.is_dir() && depth >= MAX_DEPTH {
                self.left_out(&shown, "it is nested too deeply", "move it up");
            } else if kind.is_dir() && !endings().any(|ending| name.to_lowercase().ends_with(ending)) {
                self.folder(&item.path(), &format!("{shown}/"), depth + 1)?;
            } else if let Some(ending) = ending_of(&name, &shown) {
                if !kind.is_file() {
                    self.left_out(&shown, "it has the name of a file, but is none", "rename it, or move it elsewhere");
                } else if name.ends_with(ending) {
                    let metadata = item.metadata().map_err(refused)?;
                    let (size, modified, changed) = (metadata.len(), metadata.modified().ok(), changed(&metadata));
                    let content = Content::Disk(item.path());
                    self.file(ListedFile { name: shown.into(), size, modified, changed, content });
                } else {
                    self.left_out(
                        &shown,
                        "its ending is not in small letters",
                        &format!("rename it to end in `{ending}`"),
                    );
                }
            } else if kind.is_file() {
                self.others.push(shown.into());
            }
        }
        Ok(())
    }

    /// How many files there are so far.
    fn count(&self) -> usize {
        self.files.len() + self.unread.len() + self.others.len()
    }

    fn file(&mut self, file: ListedFile) {
        let limit = limits::of_file(&file.name);
        if limit.is_exceeded_by(file.size) {
            let reason = format!("it is larger than {limit}");
            self.left_out(
                &file.name,
                &reason,
                "split it or make it smaller; what is no content belongs outside the catalogue",
            );
        } else {
            self.files.push(file);
        }
    }

    fn left_out(&mut self, file: &str, reason: &str, help: &str) {
        let finding = Diagnostic::error("unread-file", format!("`{file}` is not read: {reason}"));
        self.unread.push((file.into(), finding.at(Place::file(file), "").help(help)));
    }
}

/// When anything of a file was changed, if the system tells.
#[cfg(unix)]
fn changed(metadata: &fs::Metadata) -> Option<SystemTime> {
    use std::os::unix::fs::MetadataExt as _;
    let seconds = u64::try_from(metadata.ctime()).ok()?;
    let nanoseconds = u32::try_from(metadata.ctime_nsec()).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(std::time::Duration::new(seconds, nanoseconds))
}

#[cfg(not(unix))]
fn changed(_: &fs::Metadata) -> Option<SystemTime> {
    None
}
