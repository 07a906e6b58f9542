//! A catalogue, its exporters and a cache in one value: load, check, build and publish, for whatever drives it: the
//! program, a preview, the server of an editor.
//!
//! It keeps nothing between two calls and nothing for the whole process, so that several workspaces can be used side by side.

use std::path::{Path, PathBuf};

use regimen_catalog::people::Roster;
use regimen_catalog::{Catalog, Diagnostic, LoadError, Loaded, Missing, Overlay, list_over, load_over};
use regimen_export::{BuildInfo, Plugin};

use crate::choose;
use crate::external::{self, PluginFacts, Trust};
use crate::last_build::{Done, Inputs, LastBuild, Unchanged};
use crate::people::ForPeople;
use crate::{
    Built, BuiltForPeople, Cache, Chosen, Error, OutputFolder, PreviousOutput, Progress, Published, Request,
    ScheduleOverrides, Stage, Target, build, build_info, check, check_options,
};

/// What to load, check and build, and with which exporters.
///
/// ```no_run
/// use regimen_build::{BuildOptions, MemoryStage, Program, Workspace};
/// # fn preview(exporters: &[regimen_export::Plugin]) -> Result<(), Box<dyn std::error::Error>> {
/// let program = Program { version: "1.0", identity: "preview 1.0", source_date_epoch: None };
/// let mut workspace = Workspace::new("catalog", exporters, program);
/// // What is open in an editor, not yet saved.
/// workspace.overlay.insert("exercises/squat.yaml".into(), Some(b"level: 2\n".as_slice().into()));
/// let loaded = workspace.load()?;
/// let stage = MemoryStage::new();
/// let built = workspace.build(&loaded, &BuildOptions::default(), &stage, &())?;
/// let files = stage.into_files(&built);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Workspace<'a> {
    /// The folder of the catalogue.
    pub root: PathBuf,
    /// Files in memory in place of those on disk.
    pub overlay: Overlay,
    /// The exporters that there are, in the order in which builds report them.
    pub exporters: &'a [Plugin],
    /// Where the output of exporters is kept from one build to the next.
    pub cache: Option<Cache>,
    /// Which external plugins builds may start; without a word, none.
    pub trust: Trust,
    /// The program that guards plugins: one that calls [`serve`](crate::external::guard::serve). Without one, plugins have no limit of
    /// memory, and some of what they start may stay when this program is killed.
    pub guard: Option<PathBuf>,
    /// The program that drives it.
    pub program: Program<'a>,
}

/// The program that drives a workspace, as far as builds depend on it.
#[derive(Debug, Clone, Copy)]
pub struct Program<'a> {
    /// Its version, which is written into files.
    pub version: &'static str,
    /// Text that differs between any two programs that may make different files: part of every cache key.
    pub identity: &'a str,
    /// Seconds since 1970 as text, in place of the catalogue's newest revision: the variable `SOURCE_DATE_EPOCH`.
    pub source_date_epoch: Option<&'a str>,
}

/// How to build.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// The ids of the exporters to run; all of them if `None`.
    pub only: Option<Vec<String>>,
    /// Dates and times in place of those of the schedules.
    pub overrides: ScheduleOverrides,
    /// A copy of an earlier output folder, to continue its files in place of those of the output folder.
    pub previous: Option<PathBuf>,
    /// How many threads work; 0 for one on each core.
    pub jobs: usize,
}

impl BuildOptions {
    /// The copy of an earlier output folder, if there is one.
    fn copy(&self) -> Result<Option<PreviousOutput>, Error> {
        self.previous.as_deref().map(PreviousOutput::copied).transpose()
    }
}

/// How much of a catalogue is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Its files and the options of exporters.
    Content,
    /// These, and what the exporters find when they run. A catalogue without an error builds.
    Everything,
}

/// A checked catalogue.
#[derive(Debug)]
pub struct Checked {
    /// The catalogue, with every finding.
    pub loaded: Loaded,
    /// Why checking broke off, apart from findings.
    pub failure: Option<Error>,
}

/// What publishing came to.
#[derive(Debug)]
pub enum Outcome {
    /// There was nothing to do.
    Unchanged(Unchanged),
    /// The catalogue was loaded, and built as far as its findings allow.
    Built(Box<Finished>),
}

/// A build that was run.
#[derive(Debug)]
pub struct Finished {
    /// The catalogue, with every finding.
    pub loaded: Loaded,
    /// What was built and published; `None` if an error of the catalogue leaves nothing to build.
    pub result: Option<Result<(Built, Published), Error>>,
}

impl<'a> Workspace<'a> {
    /// A catalogue on disk, without a cache.
    pub fn new(root: impl Into<PathBuf>, exporters: &'a [Plugin], program: Program<'a>) -> Self {
        Self {
            root: root.into(),
            overlay: Overlay::new(),
            exporters,
            cache: None,
            trust: Trust::default(),
            guard: None,
            program,
        }
    }

    /// Reads the catalogue, with every finding of its files.
    ///
    /// # Errors
    /// If there is no catalogue in the folder, or the system refuses to read it.
    pub fn load(&self) -> Result<Loaded, LoadError> {
        load_over(&self.root, &self.overlay)
    }

    /// Reads the catalogue and finds everything that is wrong with it. No code of the catalogue runs: its plugins are not started.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn check(&self, depth: Depth, progress: &dyn Progress) -> Result<Checked, LoadError> {
        let mut loaded = self.load()?;
        let failure = match self.findings(&loaded, depth, progress) {
            None => None,
            Some(Ok(built)) => {
                let failure = built.verdict().err().filter(|error| !matches!(error, Error::Findings { .. }));
                loaded.add(built.findings().cloned().collect::<Vec<_>>());
                failure
            }
            Some(Err(error)) => Some(error),
        };
        loaded.add(self.settled_cache());
        Ok(Checked { loaded, failure })
    }

    /// What the exporters find. While the catalogue has errors there is nothing to make, so only their options are checked.
    fn findings(&self, loaded: &Loaded, depth: Depth, progress: &dyn Progress) -> Option<Result<Built, Error>> {
        let part = Part { catalog: loaded.catalog.as_ref()?, missing: None, loaded };
        let previous = PreviousOutput::none();
        let options = BuildOptions::default();
        let request = self.request(part, &options, &previous);
        Some(request.and_then(|request| {
            if depth == Depth::Content || loaded.has_errors() {
                Ok(Built { findings: check_options(&request), ..Built::default() })
            } else {
                check(&request, progress)
            }
        }))
    }

    /// The external plugins of a loaded catalogue, by name: each as it is now, or what is wrong with its section. None is started.
    pub fn plugins(&self, loaded: &Loaded) -> Vec<(String, Result<PluginFacts, Vec<Diagnostic>>)> {
        let Some(project) = loaded.catalog.as_ref().map(|catalog| &catalog.project) else { return Vec::new() };
        let names = choose::external_names(self.exporters, project);
        names.map(|name| (name.to_owned(), external::facts(name, project, &self.root))).collect()
    }

    /// Builds a loaded catalogue without errors and hands its files to a stage. Nothing is continued: calendars begin again,
    /// unless `previous` of the options names a copy of what was published.
    ///
    /// # Errors
    /// [`Error::Findings`] if the catalogue has errors; else as [`build`], such as [`Error::Untrusted`] if a plugin is not trusted.
    pub fn build(
        &self,
        loaded: &Loaded,
        options: &BuildOptions,
        stage: &dyn Stage,
        progress: &dyn Progress,
    ) -> Result<Built, Error> {
        let errors = loaded.errors();
        let (Some(catalog), 0) = (&loaded.catalog, errors) else { return Err(Error::Findings { errors }) };
        let previous = options.copy()?.unwrap_or_else(PreviousOutput::none);
        let part = Part { catalog, missing: None, loaded };
        build(&self.request(part, options, &previous)?, stage, progress)
    }

    /// Loads, builds and publishes into an output folder, or finds that there is nothing to do.
    ///
    /// # Errors
    /// As [`load`](Self::load); all else is part of the outcome.
    pub fn publish(
        &self,
        options: &BuildOptions,
        output: Output<'_>,
        progress: &dyn Progress,
    ) -> Result<Outcome, LoadError> {
        let publishing = Publishing { workspace: self, options, output, progress };
        publishing.run()
    }

    /// Makes and publishes the files of people: those of the rows of `roster`, as far as they are chosen. The catalogue has been loaded
    /// and has no errors.
    ///
    /// # Errors
    /// [`Error::Findings`] if the catalogue has errors; [`Error::Usage`] for an unknown exporter; [`Error::Refused`] and [`Error::Io`] as
    /// when an output folder is opened. What is in the way of one person is a finding.
    pub fn publish_people(
        &self,
        loaded: &Loaded,
        options: &BuildOptions,
        people: People<'_>,
        output: Output<'_>,
    ) -> Result<BuiltForPeople, Error> {
        let Output { folder, adopt, keep_going } = output;
        let target = Target { out: folder, catalog_root: &self.root, adopt, keep_going };
        let mut built = self.for_people(loaded, options, people, |build, roster| build.publish(roster, target))?;
        built.findings.extend(self.settled_cache());
        Ok(built)
    }

    /// Makes the files of people in memory, and keeps the findings alone. A row without an error builds.
    ///
    /// # Errors
    /// [`Error::Findings`] if the catalogue has errors; [`Error::Usage`] for an unknown exporter.
    pub fn check_people(&self, loaded: &Loaded, depth: Depth, people: People<'_>) -> Result<BuiltForPeople, Error> {
        let options = BuildOptions::default();
        self.for_people(loaded, &options, people, |build, roster| build.check(roster, depth == Depth::Everything))
    }

    fn for_people<'p, T>(
        &self,
        loaded: &Loaded,
        options: &BuildOptions,
        people: People<'p>,
        work: impl FnOnce(&ForPeople<'_>, Roster<'p>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let errors = loaded.errors();
        let (Some(catalog), 0) = (&loaded.catalog, errors) else { return Err(Error::Findings { errors }) };
        let previous = PreviousOutput::none();
        let request = &self.request(Part { catalog, missing: None, loaded }, options, &previous)?;
        let People { roster, chosen, explains, is_stopped, progress } = people;
        work(&ForPeople { request, chosen, explains, progress, is_stopped }, roster)
    }

    /// Lets go of what the cache has too much of, and says what did not fit in it.
    fn settled_cache(&self) -> Option<Diagnostic> {
        let cache = self.cache.as_ref()?;
        cache.tidy();
        cache.misfits()
    }

    pub(crate) fn request<'r>(
        &'r self,
        part: Part<'r>,
        options: &BuildOptions,
        previous: &'r PreviousOutput,
    ) -> Result<Request<'r>, Error> {
        let Part { catalog, missing, loaded } = part;
        let whole = loaded.catalog.as_ref().unwrap_or(catalog);
        Ok(Request {
            catalog,
            sources: &loaded.sources,
            root: &self.root,
            plugins: self.exporters,
            only: options.only.clone(),
            overrides: options.overrides.clone(),
            previous,
            cache: self.cache.as_ref(),
            code: self.program.identity,
            jobs: options.jobs,
            info: self.info(whole)?,
            allowances: &loaded.allowances,
            trust: &self.trust,
            guard: self.guard.as_deref(),
            missing,
        })
    }

    fn info(&self, catalog: &Catalog) -> Result<BuildInfo, Error> {
        build_info(catalog, self.program.version, self.program.source_date_epoch)
    }
}

/// For whom to build.
pub struct People<'a> {
    /// The rows of a roster that was opened for the loaded catalogue.
    pub roster: Roster<'a>,
    /// Who of them.
    pub chosen: &'a Chosen,
    /// Whether to say why each person's files were made; with a cache only.
    pub explains: bool,
    /// Asked before each person; once it says so, no other one is begun.
    pub is_stopped: &'a (dyn Fn() -> bool + Sync),
    /// Hears of each person who is done.
    pub progress: &'a dyn Progress,
}

impl std::fmt::Debug for People<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("People").field("chosen", &self.chosen).finish_non_exhaustive()
    }
}

/// A catalogue, or the part of it that is sound.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) missing: Option<&'a Missing>,
    pub(crate) loaded: &'a Loaded,
}

/// Where to publish, and what may be overwritten.
#[derive(Debug, Clone, Copy)]
pub struct Output<'a> {
    /// The output folder; it need not exist.
    pub folder: &'a Path,
    /// Whether to build into a folder that holds other things, and over files that were changed by hand.
    pub adopt: bool,
    /// Whether to publish what no error concerns, if there are errors.
    pub keep_going: bool,
}

/// One call of [`Workspace::publish`].
struct Publishing<'a> {
    workspace: &'a Workspace<'a>,
    options: &'a BuildOptions,
    output: Output<'a>,
    progress: &'a dyn Progress,
}

/// What a build came to.
struct Made {
    /// Findings of exporters, which come again with each build.
    findings: Vec<Diagnostic>,
    /// Findings that come once.
    once: Vec<Diagnostic>,
    result: Result<(Built, Published), Error>,
}

impl Publishing<'_> {
    fn run(&self) -> Result<Outcome, LoadError> {
        let workspace = self.workspace;
        let listing = list_over(&workspace.root, &workspace.overlay)?;
        let last = self.last_build();
        if let Some(unchanged) = last.as_ref().and_then(|last| last.unchanged(&listing)) {
            return Ok(Outcome::Unchanged(unchanged));
        }
        let contents = listing.read()?;
        let mut loaded = contents.load();
        let last = last.map(|last| (last, Inputs::new(&listing, &contents)));
        drop(contents);
        let sound = if self.output.keep_going && loaded.has_errors() { loaded.sound() } else { None };
        let whole = loaded.catalog.as_ref().filter(|_| !loaded.has_errors());
        let part = match (&sound, whole) {
            (Some(sound), _) => Part { catalog: &sound.catalog, missing: Some(&sound.missing), loaded: &loaded },
            (None, Some(catalog)) => Part { catalog, missing: None, loaded: &loaded },
            (None, None) => {
                loaded.add(workspace.settled_cache());
                return Ok(Outcome::Built(Box::new(Finished { loaded, result: None })));
            }
        };
        let Made { findings, mut once, result } = self.make(part);
        loaded.add(findings);
        loaded.add(sound.map(|sound| sound.findings).unwrap_or_default());
        if let (Some((last, inputs)), Ok((built, published)), false) = (&last, &result, loaded.has_errors()) {
            last.keep(Done { inputs, built, published, findings: &loaded.findings, sources: &loaded.sources });
        }
        once.extend(workspace.settled_cache());
        loaded.add(once);
        Ok(Outcome::Built(Box::new(Finished { loaded, result: Some(result) })))
    }

    /// The last build into this folder, if it can be known. A copy of an earlier output folder is an input that is not looked at
    /// before a build, and files in memory have no time.
    fn last_build(&self) -> Option<LastBuild<'_>> {
        let cache = self.workspace.cache.as_ref()?;
        let is_known = self.options.previous.is_none() && self.workspace.overlay.is_empty();
        is_known.then(|| LastBuild::new(cache, self.target(), &self.settings()))?
    }

    /// All that the result of a build depends on besides files. How many threads work is no part of it.
    fn settings(&self) -> String {
        let Program { version, identity, source_date_epoch } = self.workspace.program;
        let BuildOptions { only, overrides, previous: _, jobs: _ } = self.options;
        let Output { folder: _, adopt, keep_going } = self.output;
        format!("{version} {identity} {source_date_epoch:?} {only:?} {overrides:?} {adopt} {keep_going}")
    }

    fn target(&self) -> Target<'_> {
        let Output { folder, adopt, keep_going } = self.output;
        Target { out: folder, catalog_root: &self.workspace.root, adopt, keep_going }
    }

    /// Builds and publishes the output.
    fn make(&self, part: Part<'_>) -> Made {
        let (mut findings, mut once) = (Vec::new(), Vec::new());
        let result = self.stage(part, &mut findings).and_then(|(built, output)| {
            let cache = self.workspace.cache.as_ref();
            once.extend(cache.and_then(|cache| built.lost_revisions(cache, self.target())));
            let published = output.publish(&built)?;
            if let (Some(cache), true, None) = (cache, built.verdict().is_ok(), part.missing) {
                built.remember_revisions(cache, self.target());
            }
            once.extend(published.warnings.iter().cloned());
            Ok((built, published))
        });
        Made { findings, once, result }
    }

    /// Builds into the output folder, under temporary names.
    fn stage(&self, part: Part<'_>, findings: &mut Vec<Diagnostic>) -> Result<(Built, OutputFolder<'_>), Error> {
        let copy = self.options.copy()?;
        let output = OutputFolder::open(self.target())?;
        let previous = copy.unwrap_or_else(|| output.previous());
        let built = build(&self.workspace.request(part, self.options, &previous)?, &output, self.progress)?;
        findings.extend(built.findings().cloned());
        Ok((built, output))
    }
}

#[cfg(test)]
mod tests;
