//! How a build runs: which units there are, running them side by side, and publishing what they make.
//!
//! Start with [`Workspace`]: a catalogue, its exporters and a cache in one value, by which a program, a preview or the server
//! of an editor loads, checks, builds and publishes. It takes these steps:
//!
//! ```text
//! OutputFolder::open   look at the output folder -> refuse it or lock it
//! build(request)       choose exporters -> open them -> plan, export and stage units in parallel -> check paths
//! publish(built)       decide about every file -> rename what was staged, manifest last
//! ```
//!
//! [`build`] hands each file to a [`Stage`] as soon as it is made, and keeps its path, size and digest alone.
//! [`OutputFolder`] is the only code of the workspace that writes output files. Neither prints, reads the clock or
//! reads the environment.
//!
//! # Where files land
//! `<out>/<exporter>/<path>` for the catalogue's default language and `<out>/<exporter>/<tag>/<path>` for every
//! other language that it is written in. Exporters choose `<path>` only, and links from one language to the
//! next stay within one exporter's folder.

mod asked;
mod budget;
mod built;
pub mod cache;
mod choose;
mod codes;
mod collect;
mod conflict;
pub mod conformance;
mod continued;
mod digest;
mod error;
pub mod external;
mod fault;
mod folder;
mod guard;
mod info;
mod job;
mod keys;
mod last_build;
mod manifest;
mod merge;
mod opened;
mod options;
mod overrides;
mod people;
mod plan;
mod publish;
mod run;
mod schema;
mod seen;
mod share;
mod shown;
mod stage;
mod stamp;
#[cfg(test)]
mod testing;
mod untrusted;
mod verify;
mod visible;
mod workspace;

use std::path::Path;

use regimen_catalog::lint::{Allowance, ExporterRules};
use regimen_catalog::{Catalog, Diagnostic, Missing, Sources};
use regimen_export::{BuildInfo, Plugin};

pub use asked::Asked;
pub use built::{Built, Exported, File, Staged, UnitOrigin};
pub use cache::{Cache, Secret};
pub use digest::Digest;
pub use error::{Bug, Error, Reason, Refusal};
pub use external::{PluginFacts, PluginFile, Trust, TrustStore, Trusted};
pub use fault::{Fault, FaultKind};
pub use info::build_info;
pub use last_build::{ExporterReport, Report, Unchanged};
pub use merge::merge;
pub use overrides::{DateOverride, ScheduleOverrides};
pub use people::{BuiltForPeople, Chosen, Why};
pub use publish::{Merged, OutputFolder, PreviousOutput, Published, Tally, Target};
pub use schema::project_schema;
pub use share::Shard;
pub use stage::{DigestStage, MemoryStage, Stage};
pub use untrusted::{Change, Untrusted, WhyUntrusted};
pub use verify::{Verified, VerifiedExporter, Verifying};
pub use workspace::{BuildOptions, Checked, Depth, Finished, Outcome, Output, People, Program, Workspace};

/// A page for each code of a build's own findings, each under a line `# code`: Markdown.
pub const EXPLANATIONS: &str = include_str!("explain.md");

/// What to build.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The catalogue, loaded and checked.
    pub catalog: &'a Catalog,
    /// The files that it was read from.
    pub sources: &'a Sources,
    /// Its folder, from which the files of external plugins are counted.
    pub root: &'a Path,
    /// Every exporter that there is.
    pub plugins: &'a [Plugin],
    /// The ids of the exporters to run; all of them if `None`.
    pub only: Option<Vec<String>>,
    /// When programmes happen, as far as it is not left to the schedules of the project file.
    pub overrides: ScheduleOverrides,
    /// The output of an earlier build.
    pub previous: &'a PreviousOutput,
    /// Where to keep what was made, and to look for it.
    pub cache: Option<&'a Cache>,
    /// What tells this very program from others, because what is cached depends on it.
    pub code: &'a str,
    /// How many threads work; 0 for one on each core. The result does not depend on it.
    pub jobs: usize,
    /// The facts of the build, from [`build_info`].
    pub info: BuildInfo,
    /// Every `allow` of the catalogue, from loading it.
    pub allowances: &'a [Allowance],
    /// Which external plugins may be started.
    pub trust: &'a Trust,
    /// The program that guards plugins, if there is one: see [`external::guard`].
    pub guard: Option<&'a Path>,
    /// What is missing in the catalogue because of errors in it, if it is only the part that is sound.
    pub missing: Option<&'a Missing>,
}

impl Request<'_> {
    /// What external plugins are opened with.
    pub(crate) fn surroundings(&self) -> external::Surroundings<'_> {
        let Self { catalog, root, info: build, cache, trust, guard, .. } = self;
        external::Surroundings { project: &catalog.project, root, build, cache: *cache, trust, guard: *guard }
    }

    /// By which program this is made, and what is asked, for who wants to do the same again.
    fn asked(&self) -> Asked {
        let usual = build_info(self.catalog, self.info.version, None).map(|info| info.epoch);
        let from_outside = usual.ok() != Some(self.info.epoch);
        Asked {
            program: self.info.version.to_owned(),
            source_date_epoch: from_outside.then_some(self.info.epoch),
            ..self.overrides.asked()
        }
    }

    /// What the catalogue says of findings of exporters.
    pub(crate) fn rules(&self) -> ExporterRules<'_> {
        ExporterRules::new(&self.catalog.project.rules, self.allowances)
    }
}

/// Hears how far a build has come. It is called from several threads.
pub trait Progress: Sync {
    /// So many units will be made.
    fn planned(&self, units: usize);
    /// A unit is done, well or not.
    fn finished(&self, exporter: &str, unit: &str);
    /// External plugins may be started from here on.
    fn starting_plugins(&self) {}
}

/// Nobody listens.
impl Progress for () {
    fn planned(&self, _: usize) {}
    fn finished(&self, _: &str, _: &str) {}
}

/// Findings on the exporters' sections of the project file, without building anything.
///
/// External plugins are not started; what they think of their options is known when they are.
pub fn check_options(request: &Request<'_>) -> Vec<Diagnostic> {
    let (project, plugins) = (&request.catalog.project, request.plugins);
    let mut findings = choose::unknown_sections(project, plugins);
    findings.extend(codes::unknown(request));
    findings.extend(choose::open(plugins, project).findings);
    findings.extend(check_sections(request));
    findings
}

/// Findings on the sections of external plugins, none of which is started.
fn check_sections<'a>(request: &'a Request<'_>) -> impl Iterator<Item = Diagnostic> + use<'a> {
    let project = &request.catalog.project;
    let names = choose::external_names(request.plugins, project);
    names.flat_map(|name| external::check(name, project, request.root))
}

/// Makes everything that the exporters of this program make, and keeps the findings alone: the files have their paths and
/// digests, but no bytes. External plugins are not started, so this runs no code of the catalogue.
///
/// # Errors
/// As [`build`].
pub fn check(request: &Request<'_>, progress: &dyn Progress) -> Result<Built, Error> {
    Build { request, stage: &DigestStage, progress, aim: Aim::Findings }.run()
}

/// Builds a catalogue and hands its files to a stage. The same request gives the same result, whatever the number of
/// threads.
///
/// Problems of the content or of the options are findings in the result; a panic inside an exporter is a
/// [`Bug`] in it, and the other units are made all the same.
///
/// # Errors
/// [`Error::Untrusted`] if `trust` does not have one of the external plugins, of which none is started then;
/// [`Error::Usage`] for an unknown name in `only` and for a [`ScheduleOverrides`] that no schedule can keep, [`Error::Bugs`] for a
/// wrong list of plugins, [`Error::Io`] if threads cannot be started, an earlier file cannot be read or a new one not be
/// staged, [`Error::Refused`] if the stage refuses an exporter.
pub fn build(request: &Request<'_>, stage: &dyn Stage, progress: &dyn Progress) -> Result<Built, Error> {
    Build { request, stage, progress, aim: Aim::Files }.run()
}

/// Why exporters run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// To publish their files.
    Files,
    /// To hear their findings.
    Findings,
}

/// All that a build is told.
struct Build<'a> {
    request: &'a Request<'a>,
    stage: &'a dyn Stage,
    progress: &'a dyn Progress,
    aim: Aim,
}

impl Build<'_> {
    fn run(&self) -> Result<Built, Error> {
        let request = self.request;
        let project = &request.catalog.project;
        let chosen = choose::choose(request.plugins, project, request.only.as_deref())?;
        let mut findings = choose::unknown_sections(project, request.plugins);
        findings.extend(codes::unknown(request));
        let mut opening = choose::open(&chosen.plugins, project);
        match self.aim {
            Aim::Files => {
                if !chosen.external.is_empty() {
                    self.progress.starting_plugins();
                }
                opening.add_external(&chosen.external, request.surroundings())?;
            }
            Aim::Findings => findings.extend(check_sections(request)),
        }
        findings.extend(opening.findings);
        let opened = opening.opened;
        let overrides::Scheduled { schedules, findings: moved } = request.overrides.schedules(request.catalog)?;
        findings.extend(moved);
        if let Some(too_much) = budget::too_much(request.catalog, &opened, &schedules) {
            findings.push(too_much);
            return Ok(Built { findings, bugs: opening.bugs, faults: opening.faults, ..Built::default() });
        }
        self.stage.begin(&opened.iter().map(|one| one.id.as_str()).collect::<Vec<_>>())?;
        if request.overrides != ScheduleOverrides::default() {
            let (catalog, sources) = (request.catalog, request.sources);
            findings.extend(regimen_catalog::check_schedules(catalog, sources, &schedules, request.allowances));
        }
        let keys = request.cache.map(|_| keys::CacheKeys::new(request, &schedules));
        let catalog = &visible::visible_catalog(request.catalog);
        let collected = run::pool(request.jobs)?.install(|| {
            let planner =
                plan::Planner::new(catalog, &opened, plan::Given { schedules: &schedules, keys: keys.as_ref() });
            let runner = run::Runner { opened: &opened, build: self, keys: keys.as_ref(), planner: &planner };
            runner.run()
        })?;
        let mut built = Built {
            findings,
            bugs: opening.bugs,
            faults: opening.faults,
            asked: request.asked(),
            everything: request.only.is_none(),
            is_part: request.missing.is_some(),
            // Only who publishes has earlier handouts.
            inherited: if self.aim == Aim::Files { request.catalog.inherited_doses() } else { Vec::new() },
            ..Built::default()
        };
        let allowed = collected.settle(&mut built, &opened, request.previous);
        let (clashes, in_conflict) = conflict::conflicts(built.files());
        built.findings.extend(clashes);
        if !in_conflict.is_empty() {
            built.exporters.iter_mut().for_each(|one| one.files.retain(|file| !in_conflict.contains(&file.path)));
        }
        let unused = codes::unused(request, &built, &allowed);
        built.findings.extend(unused);
        Ok(built)
    }
}

#[cfg(test)]
mod tests;
