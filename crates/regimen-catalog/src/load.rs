//! From a folder to a catalogue: every file read in parallel, every finding kept.

mod assemble;
mod available;
mod english;
mod entry;
mod file;
mod folder;
mod font;
mod guide;
mod idle;
mod layout;
mod limits;
mod picture;
mod sound;
mod stray;
mod table;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use available::{Available, OnDemand};
pub use english::{english, language_of};
pub use file::{ListedFile, LoadError};
pub use folder::{Contents, Listing};
pub(crate) use guide::{GuideHead, front_matter};
pub(crate) use layout::{Class, classify};
pub use layout::{EntryFile, entry_of};
pub use sound::{Missing, Sound};
pub(crate) use table::{TableCell, cell_text, with_cells};

use entry::LostSchedules;
use regimen_lint::Allowance;
use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FilePath, Severity};
use regimen_model::source::Sources;

/// What loading gives: the catalogue as far as it can be understood, and all that is wrong with it.
#[derive(Debug)]
pub struct Loaded {
    /// The catalogue; `None` if the project file cannot be read. Entries with errors are left out, so it is
    /// whole only if no finding is an error.
    pub catalog: Option<Catalog>,
    /// Every finding, in order of file and position.
    pub findings: Vec<Diagnostic>,
    /// The texts of the files, to show findings in.
    pub sources: Sources,
    /// Every `allow` of the catalogue, for findings that others add.
    pub allowances: Vec<Allowance>,
    /// The schedules that could not be read, with their programmes as far as these could.
    pub(crate) lost_schedules: LostSchedules,
}

/// The files of a catalogue by their path from its root.
pub type Files = BTreeMap<FilePath, Arc<[u8]>>;

/// Reads and checks the catalogue in a folder.
///
/// # Errors
/// If there is no such folder, it has no project file, or the system refuses to read it. What is wrong
/// *in* the files is a finding, not an error.
pub fn load(root: &Path) -> Result<Loaded, LoadError> {
    load_over(root, &Overlay::new())
}

/// Lists the files of a catalogue without reading them, so that a caller can tell whether they have changed.
///
/// # Errors
/// As [`load`].
pub fn list(root: &Path) -> Result<Listing, LoadError> {
    list_over(root, &Overlay::new())
}

/// Files that are in memory in place of those on disk, such as what is open in an editor, by their path from the
/// catalogue's root; `None` for a file that counts as removed.
pub type Overlay = BTreeMap<FilePath, Option<Arc<[u8]>>>;

/// Lists the files of a catalogue, with those of `overlay` in place of the ones on disk.
///
/// # Errors
/// As [`load`]. The folder must exist, but the project file may be in the overlay alone.
pub fn list_over(root: &Path, overlay: &Overlay) -> Result<Listing, LoadError> {
    folder::list_over(root, overlay)
}

/// Reads and checks the catalogue in a folder, with the files of `overlay` in place of those on disk.
///
/// # Errors
/// As [`load`]. The folder must exist, but the project file may be in the overlay alone.
pub fn load_over(root: &Path, overlay: &Overlay) -> Result<Loaded, LoadError> {
    Ok(list_over(root, overlay)?.read()?.load())
}

impl Contents {
    /// Checks the catalogue that these files are.
    pub fn load(&self) -> Loaded {
        let Self { files, pictures, refused, unread, others } = self;
        if !refused.is_empty() {
            return Loaded::refused(files, refused);
        }
        let mut loaded = assemble::assemble(Available { files, pictures }, unread, others);
        loaded.add(stray::findings(others.clone()));
        loaded
    }
}

/// Reads and checks a catalogue that is already in memory.
///
/// ```
/// use regimen_catalog::{Files, load_files};
/// let mut files = Files::new();
/// files.insert("regimen.yaml".into(), b"language: en\nwords: {title: My club}\n".as_slice().into());
/// let loaded = load_files(&files);
/// assert!(loaded.findings.is_empty() && loaded.catalog.is_some());
/// ```
pub fn load_files(files: &Files) -> Loaded {
    let mut loaded = assemble::assemble(Available::in_memory(files), &[], &[]);
    loaded.sort();
    loaded
}

impl Loaded {
    /// A catalogue of which too much is there to be read.
    fn refused(files: &Files, findings: &[Diagnostic]) -> Self {
        let mut sources = Sources::default();
        for (file, bytes) in files {
            sources.add(file.clone(), String::from_utf8_lossy(bytes).into_owned(), crate::YAML);
        }
        let (findings, allowances) = (findings.to_vec(), Vec::new());
        Self { catalog: None, findings, sources, allowances, lost_schedules: LostSchedules::new() }
    }

    /// Whether one of the findings is an error.
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// How many of the findings are errors.
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }

    /// Adds what others found in the catalogue, such as what is wrong with the options of an exporter.
    pub fn add(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        self.findings.extend(findings);
        self.sort();
    }

    /// In order of file and position, so that reading the findings follows the files.
    fn sort(&mut self) {
        let sources = &self.sources;
        self.findings.sort_by_cached_key(|finding| {
            let location = finding.labels.first().map(|label| {
                let start = sources.locate(&label.place).map_or(0, |location| location.range.start);
                (label.place.file.clone(), start)
            });
            (location, finding.code.clone(), finding.message.clone())
        });
        self.findings.dedup();
    }
}
