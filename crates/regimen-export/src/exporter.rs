//! The contract between the program and an exporter.

use std::sync::Arc;

use jiff::civil::Date;
use regimen_catalog::language::{Language, LanguageTag};
use regimen_catalog::model::{Entry, Exercise, Guide, Program};
use regimen_catalog::plan::Plan;
use regimen_catalog::{Catalog, Diagnostic};

use crate::artifact::{Artifact, ArtifactPath};
use crate::options::{BadOptions, Options};

/// An exporter that can be chosen by name. Exporters are listed as constants of this type.
#[derive(Debug, Clone, Copy)]
pub struct Plugin {
    /// Its name in `--only`, in `regimen.yaml` and as the folder of its files; kebab-case.
    pub id: &'static str,
    /// Its own version. It is part of what makes its output, so raise it when the output changes.
    pub version: &'static str,
    /// What it makes, in a few words: "printable handouts".
    pub summary: &'static str,
    /// A page for each code of its own findings, each under a line `# code`: Markdown.
    pub explanations: &'static str,
    /// Reads its options and gets ready for a build.
    pub open: fn(&Options) -> Result<Box<dyn Exporter>, BadOptions>,
}

/// What the units of a build are. An exporter gets one unit for each thing of the kinds that it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Granularity {
    /// The whole catalogue at once.
    Catalog,
    /// Each guide.
    Guide,
    /// Each exercise.
    Exercise,
    /// Each programme, without dates.
    Program,
    /// Each schedule's programme with its dates, and each programme without a schedule once, without dates.
    Plan,
}

/// Turns units into files. It sees no disk, clock, environment or network, so the same unit always gives
/// the same bytes, on any thread. What was published before is a part of the unit.
pub trait Exporter: Send + Sync {
    /// The kinds of unit that it wants.
    fn granularity(&self) -> &[Granularity];

    /// The files whose earlier publication the unit's new ones go on from, such as a calendar whose events keep
    /// their revisions. Most exporters start afresh.
    fn continues(&self, _unit: &Unit<'_>) -> Vec<ArtifactPath> {
        Vec::new()
    }

    /// Makes the files of one unit. Problems go to `out` as findings; an error there fails the unit.
    fn export(&self, unit: &Unit<'_>, out: &mut Output);
}

/// The smallest thing worth making alone: one guide in one language, one programme for one schedule.
#[derive(Debug, Clone, Copy)]
pub struct Unit<'a> {
    /// What it is about.
    pub subject: Subject<'a>,
    /// The part of the catalogue that the subject refers to, directly or through others.
    pub catalog: &'a Catalog,
    /// The language to write in.
    pub language: &'a Language,
    /// The facts of this build.
    pub build: &'a BuildInfo,
    /// What an earlier build published, as far as the exporter [continues](Exporter::continues) it.
    pub earlier: &'a [Artifact],
}

impl Unit<'_> {
    /// The language's tag.
    pub fn tag(&self) -> &LanguageTag {
        &self.language.tag
    }

    /// The bytes of a file as an earlier build published it, if the exporter continues it and it was there.
    pub fn earlier(&self, path: &ArtifactPath) -> Option<&[u8]> {
        let file = self.earlier.iter().find(|file| file.path == *path)?;
        Some(&file.bytes)
    }

    /// The bytes of a picture, by its path from the catalogue's root.
    pub fn media(&self, file: &str) -> Option<Arc<[u8]>> {
        self.catalog.media.get(file).cloned()
    }

    /// The bytes of a font of the brand, by its path from the catalogue's root.
    pub fn font(&self, file: &str) -> Option<Arc<[u8]>> {
        self.catalog.fonts.get(file).cloned()
    }
}

/// What a unit is about.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// The whole catalogue.
    Catalog,
    /// A guide.
    Guide(&'a Entry<Guide>),
    /// An exercise.
    Exercise(&'a Entry<Exercise>),
    /// A programme without dates.
    Program(&'a Entry<Program>, &'a Plan),
    /// A programme, with dates if its plan has a schedule.
    Plan(&'a Entry<Program>, &'a Plan),
}

/// The facts of a build that are not in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildInfo {
    /// The only date that exporters know: `SOURCE_DATE_EPOCH`, else the catalogue's newest revision.
    pub date: Date,
    /// The same as seconds since 1970-01-01T00:00:00Z.
    pub epoch: i64,
    /// The program's version.
    pub version: &'static str,
}

/// Collects what an exporter makes and what it has to say.
#[derive(Debug, Default)]
pub struct Output {
    artifacts: Vec<Artifact>,
    findings: Vec<Diagnostic>,
}

impl Output {
    /// An empty output.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    pub fn file(&mut self, artifact: Artifact) {
        self.artifacts.push(artifact);
    }

    /// Adds a finding.
    pub fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// The files and the findings.
    pub fn into_parts(self) -> (Vec<Artifact>, Vec<Diagnostic>) {
        (self.artifacts, self.findings)
    }
}
