//! Whether every file of an output folder is what this program makes of a catalogue.
//!
//! Everything is made again, in memory and without a cache, with the options that the manifest tells of, and its digests are compared
//! with those of the manifest and with the files. Files that go on from earlier ones, such as calendars, are made from
//! what is published: a build makes the same again after its own output. So what only earlier editions said, such as the number of a revision, is
//! taken from the file, unless a copy of an earlier folder is given. Nothing is written.

mod judge;
mod said;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use regimen_catalog::{Diagnostic, LoadError, Loaded, Overlay};

use self::judge::{Judge, Made};
use crate::asked::Asked;
use crate::choose;
use crate::error::Error;
use crate::manifest::Manifest;
use crate::publish::OutputState;
use crate::workspace::Part;
use crate::{BuildOptions, Built, DigestStage, PreviousOutput, Program, Progress, ScheduleOverrides, Workspace, build};

/// What to verify, and how.
#[derive(Debug, Clone)]
pub struct Verifying<'a> {
    /// The output folder.
    pub folder: &'a Path,
    /// Dates and times that were asked for; those that the manifest tells of if `None`.
    pub overrides: Option<ScheduleOverrides>,
    /// A copy of an earlier output folder, to make files that go on from earlier ones from it.
    pub previous: Option<PathBuf>,
    /// Whether other things may be in the folder, outside of the folders of exporters.
    pub has_others: bool,
    /// Whether it is enough that files of people are as they were written.
    pub without_people: bool,
    /// How many threads work; 0 for one on each core.
    pub jobs: usize,
}

/// What verifying came to.
#[derive(Debug)]
pub struct Verified {
    /// The catalogue, with every finding. Without an error, every file is right.
    pub loaded: Loaded,
    /// The exporters that have files in the folder.
    pub exporters: Vec<VerifiedExporter>,
    /// Why verifying broke off, apart from findings.
    pub failure: Option<Error>,
}

/// The files of an exporter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifiedExporter {
    /// Its id.
    pub id: String,
    /// What it makes, in a few words.
    pub summary: String,
    /// How many of its files are what it makes.
    pub right: usize,
    /// The size of these, in bytes.
    pub bytes: u64,
    /// With which options they were made again: `--start 2027-01-04`. Empty for none.
    pub options: String,
}

impl Workspace<'_> {
    /// Makes everything again and compares it with an output folder. Plugins are started as in a build.
    ///
    /// # Errors
    /// As [`load`](Self::load); all else is part of the outcome.
    pub fn verify(&self, verifying: &Verifying<'_>, progress: &dyn Progress) -> Result<Verified, LoadError> {
        let mut loaded = self.load()?;
        let mut verifier =
            Verifier { workspace: self, verifying, progress, findings: Vec::new(), exporters: Vec::new() };
        let result = verifier.run(&loaded);
        let Verifier { findings, exporters, .. } = verifier;
        loaded.add(findings);
        let failure = result.err().filter(|error| !matches!(error, Error::Findings { .. }));
        Ok(Verified { loaded, exporters, failure })
    }
}

struct Verifier<'a> {
    workspace: &'a Workspace<'a>,
    verifying: &'a Verifying<'a>,
    progress: &'a dyn Progress,
    findings: Vec<Diagnostic>,
    exporters: Vec<VerifiedExporter>,
}

impl Verifier<'_> {
    fn run(&mut self, loaded: &Loaded) -> Result<(), Error> {
        let folder = self.verifying.folder;
        let state = OutputState::open(folder).ok_or_else(|| said::no_folder(folder))?;
        let manifest = state.read_manifest()?;
        if manifest.is_none() && !state.has_people() {
            return Err(said::no_manifest(folder));
        }
        let manifest = manifest.unwrap_or_default();
        if !manifest.pending.is_empty() {
            self.findings.push(said::unfinished(folder));
            return Ok(());
        }
        let mut made = BTreeMap::new();
        for (asked, ids) in self.groups(loaded, &manifest) {
            let built = self.make(loaded, &state, (&manifest, &asked), &ids)?;
            self.compare_options(&asked, &built, &ids);
            for exporter in &built.exporters {
                let options = said::options(&built.asked);
                let (id, summary) = (exporter.id.clone(), exporter.summary.clone());
                self.exporters.push(VerifiedExporter { id, summary, options, ..VerifiedExporter::default() });
            }
            let files = built.files().map(|(_, file)| (file.path.to_string(), Made::of(file)));
            made.extend(files.collect::<Vec<_>>());
        }
        self.exporters.sort_by(|one, other| one.id.cmp(&other.id));
        let judge = Judge { verifying: self.verifying, state: &state, manifest: &manifest, made: &made };
        let judged = judge.all()?;
        self.findings.extend(judged.findings);
        for (path, bytes) in judged.right {
            let id = crate::publish::exporter_of(&path);
            if let Some(exporter) = self.exporters.iter_mut().find(|exporter| exporter.id == id) {
                exporter.right += 1;
                exporter.bytes += bytes;
            }
        }
        Ok(())
    }

    /// The exporters that have built into the folder, together with those of which the same was asked.
    fn groups(&mut self, loaded: &Loaded, manifest: &Manifest) -> BTreeMap<Asked, Vec<String>> {
        let Some(catalog) = &loaded.catalog else { return BTreeMap::new() };
        let (exporters, folder) = (self.workspace.exporters, self.verifying.folder);
        let of_files = manifest.files.values().map(|record| &*record.exporter);
        let known: BTreeSet<&str> = manifest.asked.keys().map(String::as_str).chain(of_files).collect();
        let version = self.workspace.program.version;
        let mut groups: BTreeMap<Asked, Vec<String>> = BTreeMap::new();
        let ours = exporters.iter().map(|exporter| exporter.id);
        for id in ours.chain(choose::external_names(exporters, &catalog.project)) {
            if !known.contains(id) {
                // A folder for people alone has no manifest.
                self.findings.extend((!known.is_empty()).then(|| said::not_built(folder, id)));
                continue;
            }
            let asked = manifest.asked.get(id).cloned();
            let asked = asked.unwrap_or_else(|| Asked { program: version.to_owned(), ..Asked::default() });
            if asked.program != version {
                self.findings.push(said::other_program(id, &asked.program, version));
            }
            groups.entry(asked).or_default().push(id.to_owned());
        }
        groups
    }

    /// What these exporters make.
    fn make(
        &mut self,
        loaded: &Loaded,
        state: &OutputState,
        (manifest, asked): (&Manifest, &Asked),
        ids: &[String],
    ) -> Result<Built, Error> {
        let errors = loaded.errors();
        let (Some(catalog), 0) = (&loaded.catalog, errors) else { return Err(Error::Findings { errors }) };
        let Workspace { root, exporters, trust, guard, program, .. } = self.workspace;
        let Verifying { folder, overrides, previous, jobs, .. } = self.verifying;
        let recorded = ScheduleOverrides::of(asked).ok_or_else(|| said::damaged_options(folder));
        let overrides = overrides.clone().map_or(recorded, Ok)?;
        let recorded = asked.source_date_epoch.map(|seconds| seconds.to_string());
        let program = Program { source_date_epoch: program.source_date_epoch.or(recorded.as_deref()), ..*program };
        let (trust, guard) = (trust.clone(), guard.clone());
        let fresh =
            Workspace { root: root.clone(), overlay: Overlay::new(), exporters, cache: None, trust, guard, program };
        let previous = match previous {
            Some(copy) => PreviousOutput::copied(copy)?,
            None => state.previous(manifest),
        };
        let options = BuildOptions { only: Some(ids.to_vec()), overrides, previous: None, jobs: *jobs };
        let request = fresh.request(Part { catalog, missing: None, loaded }, &options, &previous)?;
        let built = build(&request, &DigestStage, self.progress)?;
        built.verdict().inspect_err(|_| self.findings.extend(built.findings().cloned()))?;
        Ok(built)
    }

    /// Says if something else was asked for than the manifest tells of.
    fn compare_options(&mut self, asked: &Asked, built: &Built, ids: &[String]) {
        let is_asked = self.verifying.overrides.is_some() || self.workspace.program.source_date_epoch.is_some();
        let same = Asked { program: asked.program.clone(), ..built.asked.clone() };
        if is_asked && same != *asked {
            self.findings.push(said::other_options(ids, asked, &built.asked));
        }
    }
}
