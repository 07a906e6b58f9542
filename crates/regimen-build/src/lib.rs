//! How a build runs: which units there are, running them side by side, and publishing what they make.
//!
//! ```text
//! build(request)   choose exporters -> open them -> plan jobs -> run in parallel -> check paths
//! publish(built)   look at the output folder -> refuse or decide -> write, manifest last
//! ```
//!
//! [`build`] writes nothing, and reads nothing but the files of an earlier build that exporters go on from.
//! [`publish()`] is the only code of the workspace that writes output files. Neither prints, reads the clock or
//! reads the environment.
//!
//! # Where files land
//! `<out>/<exporter>/<path>` for the catalogue's default language and `<out>/<exporter>/<tag>/<path>` for every
//! other language that it is written in. Exporters choose `<path>` only, and links from one language to the
//! next stay within one exporter's folder.

pub mod cache;
mod choose;
mod codes;
mod conflict;
pub mod conformance;
mod continued;
mod digest;
mod error;
pub mod external;
mod fault;
mod guard;
mod info;
mod job;
mod keys;
mod manifest;
mod opened;
mod plan;
mod publish;
mod run;
#[cfg(test)]
mod testing;
mod when;

use std::collections::BTreeSet;
use std::path::Path;

use publish::Seen;
use regimen_catalog::lint::{Allowance, ExporterRules};
use regimen_catalog::{Catalog, Diagnostic, Missing, Place, Severity, Sources};
use regimen_export::{Artifact, ArtifactPath, BuildInfo, Plugin};

pub use cache::Cache;
pub use digest::Digest;
pub use error::{Bug, Error, Reason, Refusal};
pub use fault::{Fault, FaultKind};
pub use info::build_info;
pub use publish::{Earlier, Published, Tally, Target, publish};
pub use when::{NewAnchor, When};

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
    pub when: When,
    /// What an earlier build published.
    pub earlier: &'a Earlier,
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
    /// What is missing in the catalogue because of errors in it, if it is only the part that is sound.
    pub missing: Option<&'a Missing>,
}

impl Request<'_> {
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
}

/// Nobody listens.
impl Progress for () {
    fn planned(&self, _: usize) {}
    fn finished(&self, _: &str, _: &str) {}
}

/// What a build made, in memory.
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
    /// Whether the catalogue is only the part that is sound, so that files may be missing.
    is_part: bool,
    /// The earlier files that were asked for and may be replaced now, if they came from the output folder.
    seen: Seen,
    /// The doses that print more than their session says, for those who do not know it yet.
    inherited: Vec<Place>,
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
}

/// A file to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where, below the output folder.
    pub path: ArtifactPath,
    /// What.
    pub bytes: Vec<u8>,
    /// The SHA-256 sum of `bytes`.
    pub sha256: Digest,
    /// The unit that made it, as messages call it.
    pub unit: String,
    /// Where the author speaks of that unit.
    pub place: Place,
}

impl File {
    /// A file at the path of `artifact`, made by `unit`.
    pub fn new(artifact: Artifact, unit: String) -> Self {
        let place = Place::file(regimen_catalog::PROJECT_FILE);
        Self { path: artifact.path, sha256: Digest::of(&artifact.bytes), bytes: artifact.bytes, unit, place }
    }
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
    names.filter_map(|name| external::check(name, project, request.root))
}

/// Makes everything that the exporters of this program make, and keeps the findings alone: the files have their paths and
/// sums, but no bytes. External plugins are not started, so this runs no code of the catalogue.
///
/// # Errors
/// As [`build`].
pub fn check(request: &Request<'_>, progress: &dyn Progress) -> Result<Built, Error> {
    made(request, progress, Aim::Findings)
}

/// Builds a catalogue in memory. The same request gives the same result, whatever the number of threads.
///
/// Problems of the content or of the options are findings in the result; a panic inside an exporter is a
/// [`Bug`] in it, and the other units are made all the same.
///
/// # Errors
/// [`Error::Usage`] for an unknown name in `only` and for a [`When`] that no schedule can keep, [`Error::Bugs`] for a
/// wrong list of plugins, [`Error::Io`] if threads cannot be started or an earlier file cannot be read.
pub fn build(request: &Request<'_>, progress: &dyn Progress) -> Result<Built, Error> {
    made(request, progress, Aim::Files)
}

/// Why exporters run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// To publish their files.
    Files,
    /// To hear their findings.
    Findings,
}

fn made(request: &Request<'_>, progress: &dyn Progress, aim: Aim) -> Result<Built, Error> {
    let project = &request.catalog.project;
    let chosen = choose::choose(request.plugins, project, request.only.as_deref())?;
    let mut findings = choose::unknown_sections(project, request.plugins);
    findings.extend(codes::unknown(request));
    let mut opening = choose::open(&chosen.plugins, project);
    match aim {
        Aim::Files => {
            opening.add_external(&chosen.external, (project, request.root), (&request.info, request.cache));
        }
        Aim::Findings => findings.extend(check_sections(request)),
    }
    findings.extend(opening.findings);
    let opened = opening.opened;
    let mut exporters: Vec<Exported> = opened.iter().map(Exported::of).collect();
    let schedules = request.when.schedules(request.catalog)?;
    let with_sources = (request.catalog, request.sources);
    if request.when != When::default() {
        findings.extend(regimen_catalog::check_schedules(with_sources, &schedules, request.allowances));
    }
    let keys = request.cache.map(|_| keys::Keys::new(with_sources, (request.code, &request.info), &schedules));
    let catalog = &keys::seen(request.catalog);
    let (mut seen, mut wanted, mut found_earlier) = (Seen::new(), 0, 0);
    let mut allowed = BTreeSet::new();
    run::pool(request.jobs)?.install(|| {
        let (material, found) = plan::gather(catalog, &opened, (&schedules, keys.as_ref()));
        findings.extend(found);
        let mut jobs = plan::jobs(catalog, &material, &opened);
        jobs.retain(|job| request.missing.is_none_or(|missing| !job.lacks(missing)));
        let runner =
            run::Runner { opened: &opened, request, keys: keys.as_ref(), progress, keeps_bytes: aim == Aim::Files };
        for (job, mut ran) in jobs.iter().zip(runner.run(&jobs)?) {
            seen.append(&mut ran.seen);
            allowed.append(&mut ran.allowed);
            wanted += ran.earlier.0;
            found_earlier += ran.earlier.1;
            exporters[job.exporter].add(ran);
        }
        Ok::<(), Error>(())
    })?;
    if let (true, 0, Some(copy)) = (wanted > 0, found_earlier, request.earlier.copy()) {
        findings.push(nothing_earlier(copy));
    }
    let (bugs, faults, is_part) = (opening.bugs, opening.faults, request.missing.is_some());
    let everything = request.only.is_none();
    // Only who publishes has earlier handouts.
    let inherited = if aim == Aim::Files { request.catalog.inherited_doses() } else { Vec::new() };
    let mut built = Built { exporters, findings, bugs, faults, everything, is_part, seen, inherited };
    for (exporter, one) in built.exporters.iter_mut().zip(&opened) {
        exporter.keep_one_of_each();
        exporter.gather(one);
    }
    let (clashes, in_conflict) = conflict::conflicts(built.files());
    built.findings.extend(clashes);
    built.findings.extend(codes::unused(request, &built, &allowed));
    built.exporters.iter_mut().for_each(|one| one.files.retain(|file| !in_conflict.contains(&file.path)));
    Ok(built)
}

/// A wrong folder would start every calendar anew.
fn nothing_earlier(copy: &Path) -> Diagnostic {
    let message = format!("`{}` has none of the files that this build would go on from", copy.display());
    Diagnostic::error("nothing-earlier", message).help(
        "name the folder that is laid out as an output folder is, with `ics/` in it; leave it out for the first build",
    )
}

impl Exported {
    fn of(opened: &opened::Opened) -> Self {
        Self { id: opened.id.clone(), summary: opened.summary.clone(), ..Self::default() }
    }

    /// Units of one exporter may make the same file, such as a picture that several pages show, and find the same
    /// fault, such as a logo that none of them can read.
    fn keep_one_of_each(&mut self) {
        let mut said = BTreeSet::new();
        self.findings.retain(|finding| said.insert(format!("{finding:?}")));
        let mut seen = BTreeSet::new();
        self.files.retain(|file| seen.insert((file.path.clone(), file.sha256)));
    }

    /// Lets the exporter say in few findings what many units found.
    fn gather(&mut self, opened: &opened::Opened) {
        let opened::Maker::Here(exporter) = &opened.maker else { return };
        let found = std::mem::take(&mut self.findings);
        match guard::guarded(|| exporter.gather(found)) {
            Ok(findings) => self.findings = findings,
            Err(message) => self.bugs.push(Bug { exporter: self.id.clone(), unit: None, message }),
        }
    }

    fn add(&mut self, ran: run::Ran) {
        self.units += 1;
        self.files.extend(ran.files);
        self.findings.extend(ran.findings);
        self.bugs.extend(ran.bug);
        self.faults.extend(ran.fault);
        self.cached += usize::from(ran.cached);
    }
}

#[cfg(test)]
mod tests;
