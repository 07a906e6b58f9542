//! What a build comes to: files by their digests, findings, mistakes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use regimen_catalog::{Diagnostic, FieldPath, PROJECT_FILE, Place, Severity};
use regimen_export::ArtifactPath;

use crate::asked::Asked;
use crate::digest::Digest;
use crate::error::{Bug, Error};
use crate::fault::Fault;
use crate::guard::guarded;
use crate::job::UnitSource;
use crate::opened::{Backend, Opened};
use crate::seen::Seen;
use crate::stamp::Stamp;

/// What a build made. Its files are where its stage keeps them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Built {
    /// The exporters that ran, in the order of the request.
    pub exporters: Vec<Exported>,
    /// Findings that belong to no single exporter, or that kept one from starting.
    pub findings: Vec<Diagnostic>,
    /// Mistakes of exporters that did not even start.
    pub bugs: Vec<Bug>,
    /// What external plugins did wrong before they got a unit.
    pub faults: Vec<Fault>,
    /// Whether all exporters were asked for, so that files of any other exporter are left-overs.
    pub everything: bool,
    /// By which program it was made, and what was asked.
    pub(crate) asked: Asked,
    /// Whether the catalogue is only the part that is sound, so that files may be missing.
    pub(crate) is_part: bool,
    /// The earlier files that were asked for and may be replaced now, if they came from the output folder.
    pub(crate) seen: Seen,
    /// The doses that print more than their session says, for those who do not know it yet.
    pub(crate) inherited: Vec<Place>,
}

/// What one exporter made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exported {
    /// The exporter's id.
    pub id: String,
    /// What it makes, in a few words.
    pub summary: String,
    /// How many units it was given.
    pub units: usize,
    /// Its files, in the order of the units.
    pub files: Vec<File>,
    /// What it has to say, in the order of the units.
    pub findings: Vec<Diagnostic>,
    /// Units at which it broke off.
    pub bugs: Vec<Bug>,
    /// What it did wrong, if it is an external plugin.
    pub faults: Vec<Fault>,
    /// How many units the cache knew.
    pub cached: usize,
    /// Whether it makes the same again after its own output.
    pub(crate) is_idempotent: bool,
    /// Whether it is an external plugin, whose inputs are not all known.
    pub(crate) is_external: bool,
}

impl Staged {
    /// The state that the published file has, if it was staged on the disk.
    pub(crate) fn stamp(self) -> Option<Stamp> {
        match self.0 {
            StagedAs::Elsewhere => None,
            StagedAs::Published(stamp) | StagedAs::Temporary(stamp) => Some(stamp),
        }
    }
}

/// A file to publish. Its bytes are where the build's stage keeps them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where, below the output folder.
    pub path: ArtifactPath,
    /// How many bytes it has.
    pub size: u64,
    /// Their SHA-256 digest.
    pub sha256: Digest,
    /// Who made it.
    pub unit: Arc<UnitOrigin>,
    /// How the stage keeps it.
    pub(crate) staged: Staged,
}

/// A unit, as messages call it, and where its author speaks of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitOrigin {
    /// `guide:hamstrings (en)`
    pub name: String,
    /// Where its author speaks of it.
    pub(crate) source: UnitSource,
}

impl UnitOrigin {
    /// The schedule of a programme with dates, else the file of the entry.
    pub fn place(&self) -> Place {
        match &self.source {
            UnitSource::File(file) => Place::file(file.clone()),
            UnitSource::Schedule(name) => {
                Place::key(PROJECT_FILE, FieldPath::root().key("schedules").key(name.as_str()))
            }
        }
    }
}

/// How a stage keeps a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Staged(pub(crate) StagedAs);

/// The state of the copy that will be the published file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum StagedAs {
    /// Not on the disk.
    #[default]
    Elsewhere,
    /// It is published already, in this state.
    Published(Stamp),
    /// Under a temporary name, in this state.
    Temporary(Stamp),
}

impl Built {
    /// Every finding: first those of the whole build, then exporter by exporter.
    pub fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        let own = self.exporters.iter().flat_map(|one| &one.findings);
        self.findings.iter().chain(own)
    }

    /// Every mistake of an exporter.
    pub fn bugs(&self) -> impl Iterator<Item = &Bug> {
        let own = self.exporters.iter().flat_map(|one| &one.bugs);
        self.bugs.iter().chain(own)
    }

    /// Everything that external plugins did wrong.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        let own = self.exporters.iter().flat_map(|one| &one.faults);
        self.faults.iter().chain(own)
    }

    /// Every file with its exporter.
    pub fn files<'a>(&'a self) -> impl Iterator<Item = (&'a str, &'a File)> {
        let of = |one: &'a Exported| {
            let id = one.id.as_str();
            one.files.iter().map(move |file| (id, file))
        };
        self.exporters.iter().flat_map(of)
    }

    /// Whether the same build again, after this one was published, would make the same of the same inputs.
    pub(crate) fn repeats(&self) -> bool {
        let files: BTreeMap<&ArtifactPath, (&Exported, Digest)> = self
            .exporters
            .iter()
            .flat_map(|one| one.files.iter().map(move |file| (&file.path, (one, file.sha256))))
            .collect();
        let is_as_before =
            |(path, seen): (&ArtifactPath, &Digest)| files.get(path).is_some_and(|(_, made)| made == seen);
        let is_settled = |(path, (exporter, _)): (&&ArtifactPath, &(&Exported, Digest))| {
            exporter.is_idempotent || !self.seen.is_absent(path.as_str())
        };
        !self.is_part
            && !self.exporters.iter().any(|one| one.is_external)
            && self.seen.found().all(is_as_before)
            && files.iter().all(is_settled)
    }

    /// Whether this may be published.
    ///
    /// # Errors
    /// [`Error::Bugs`] if an exporter broke off, [`Error::Faults`] if an external plugin did, [`Error::Findings`] if a
    /// finding is an error.
    pub fn verdict(&self) -> Result<(), Error> {
        let bugs: Vec<Bug> = self.bugs().cloned().collect();
        if !bugs.is_empty() {
            return Err(Error::Bugs(bugs));
        }
        let faults: Vec<Fault> = self.faults().cloned().collect();
        if !faults.is_empty() {
            return Err(Error::Faults(faults));
        }
        let is_error = |finding: &&Diagnostic| finding.severity == Severity::Error;
        match self.findings().filter(is_error).count() {
            0 => Ok(()),
            errors => Err(Error::Findings { errors }),
        }
    }
}

impl Exported {
    pub(crate) fn of(opened: &Opened) -> Self {
        let (is_idempotent, is_external) = match &opened.backend {
            Backend::BuiltIn(exporter) => (exporter.is_idempotent(), false),
            Backend::External(_) => (false, true),
        };
        let (id, summary) = (opened.id.clone(), opened.summary.clone());
        Self { id, summary, is_idempotent, is_external, ..Self::default() }
    }

    /// Units of one exporter may make the same file, such as a picture that several pages show.
    pub(crate) fn keep_one_of_each_file(&mut self) {
        let mut seen = BTreeSet::new();
        let is_first: Vec<bool> = self.files.iter().map(|file| seen.insert((&file.path, file.sha256))).collect();
        let mut is_first = is_first.into_iter();
        self.files.retain(|_| is_first.next().unwrap_or_default());
    }

    /// Lets the exporter say in few findings what many units found.
    pub(crate) fn gather(&mut self, opened: &Opened) {
        let Backend::BuiltIn(exporter) = &opened.backend else { return };
        let found = std::mem::take(&mut self.findings);
        match guarded(|| exporter.gather(found)) {
            Ok(findings) => self.findings = findings,
            Err(message) => self.bugs.push(Bug { exporter: self.id.clone(), unit: None, message }),
        }
    }
}
