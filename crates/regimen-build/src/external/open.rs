//! Opening a plugin: its section is read, it says what it is, and its options are held against its schema.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

use regimen_catalog::model::Project;
use regimen_catalog::{Diagnostic, FieldPath, PROJECT_FILE, Place, Sources};
use regimen_export::options::{Schema, TooMuchWork};
use regimen_export::{BuildInfo, Granularity};
use sha2::{Digest as _, Sha256};

use super::parts::Parts;
use super::process::{self, Failure, Limits};
use super::protocol::Description;
use super::section::{self, Section};
use super::trust::{PluginFacts, Trust};
use super::{answer, request};
use crate::cache::{Cache, Made};
use crate::digest::Digest;
use crate::fault::{Fault, FaultKind};
use crate::job::Job;
use crate::options::BadSection;
use crate::shown::plain;
use crate::untrusted::Untrusted;

/// A plugin that described itself and whose options fit.
#[derive(Debug)]
pub(crate) struct External {
    program: Startable,
    /// The kinds of unit that it makes files of.
    pub(crate) kinds: BTreeSet<Granularity>,
    pub(crate) summary: String,
    /// What its output depends on besides units: its files, its options, and what it says of itself.
    pub(crate) fingerprint: Digest,
}

/// What plugins are opened with, besides their names.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    pub(crate) project: &'a Project,
    /// The folder of the catalogue, from which files of plugins are counted.
    pub(crate) root: &'a Path,
    pub(crate) build: &'a BuildInfo,
    pub(crate) cache: Option<&'a Cache>,
    pub(crate) trust: &'a Trust,
    /// The program that guards plugins.
    pub(crate) guard: Option<&'a Path>,
}

/// A plugin that may be started.
#[derive(Debug)]
pub(crate) struct Startable {
    section: Section,
    /// The files that it was trusted with, and where; nothing if it need not be trusted.
    trusted: Option<(Parts, PathBuf)>,
    guard: Option<PathBuf>,
}

impl Startable {
    /// A plugin that is started whatever its files are.
    pub(crate) fn anyway(section: Section) -> Self {
        Self { section, trusted: None, guard: None }
    }

    /// Starts it and gives back what it says. Its files are looked at right before, for somebody may have changed them since they were
    /// trusted.
    fn run(&self, request: Vec<u8>, limits: Limits) -> Result<Vec<u8>, Fault> {
        if self.trusted.as_ref().is_some_and(|(parts, root)| Parts::of(&self.section, root) != *parts) {
            let message = "its files are no longer those that were trusted, so it was not started";
            return Err(Fault::new(FaultKind::Changed, message.into()));
        }
        Ok(process::run(&self.section.command, request, limits, self.guard.as_deref())?)
    }
}

/// Why a plugin cannot run.
pub(crate) enum Unopened {
    Findings(Vec<Diagnostic>),
    Fault(Fault),
}

impl From<Vec<Diagnostic>> for Unopened {
    fn from(findings: Vec<Diagnostic>) -> Self {
        Self::Findings(findings)
    }
}

/// Plugins that may be started.
#[derive(Default)]
pub(crate) struct Ready {
    pub(crate) plugins: Vec<(Startable, Digest)>,
    /// What is wrong with the sections of others.
    pub(crate) findings: Vec<Diagnostic>,
    /// Those that may not.
    pub(crate) untrusted: Vec<Untrusted>,
}

/// Reads the sections and files of plugins and asks whether they are trusted. Nothing is started.
pub(crate) fn ready(names: &[&str], within: Surroundings<'_>) -> Ready {
    let Surroundings { project, root, build, trust, guard, cache: _ } = within;
    let mut ready = Ready::default();
    for name in names {
        let section = project.exporters.get(*name).cloned().unwrap_or_default();
        let mut section = match section::read(name, &section, root) {
            Ok(section) => section,
            Err(findings) => {
                ready.findings.extend(findings);
                continue;
            }
        };
        section.command.environment.push(date_of(build));
        let parts = Parts::of(&section, root);
        let made_of = made_of(&section, &parts, build);
        let trusted = (!matches!(trust, Trust::Everybody)).then(|| (parts.clone(), root.to_owned()));
        match trust.against(&PluginFacts::new(&section, parts), root) {
            None => ready.plugins.push((Startable { section, trusted, guard: guard.map(Path::to_owned) }, made_of)),
            Some(untrusted) => ready.untrusted.push(untrusted),
        }
    }
    ready
}

/// Gets a plugin ready for work: asks what it is, and holds its options against its schema.
pub(crate) fn open((program, made_of): (Startable, Digest), within: Surroundings<'_>) -> Result<External, Unopened> {
    let name = program.section.name.clone();
    let description = describe(&program, &made_of, within.cache).map_err(|fault| Unopened::Fault(fault.of(&name)))?;
    external(program, &description, within.build, made_of)
}

/// The date of a build in the environment, where many programs look for it.
pub(crate) fn date_of(build: &BuildInfo) -> (&'static str, OsString) {
    ("SOURCE_DATE_EPOCH", build.epoch.to_string().into())
}

/// A plugin ready for work, if its options fit.
pub(crate) fn external(
    program: Startable,
    description: &Description,
    build: &BuildInfo,
    made_of: Digest,
) -> Result<External, Unopened> {
    let section = &program.section;
    check_options(section, description)?;
    let kinds = description.granularity.clone();
    if section.people == Some(true) && !kinds.contains(&Granularity::Person) {
        return Err(vec![makes_no_people(&section.name)].into());
    }
    let said = serde_json::to_string(description).unwrap_or_default();
    let fingerprint = Digest::of(format!("{made_of} {} {} {said}", build.version, section.options).as_bytes());
    let summary = plain(&description.summary, 80);
    Ok(External { program, kinds, summary, fingerprint })
}

/// A plugin that was let see people, and that has nothing to make of them.
fn makes_no_people(name: &str) -> Diagnostic {
    let path = FieldPath::root().key("exporters").key(name).key(section::PEOPLE);
    Diagnostic::error(section::CODE, format!("the plugin `{name}` makes no files for people"))
        .at(Place::value(PROJECT_FILE, path), "")
        .help("take `people` out, so that it never sees them; a plugin that makes such files says `\"granularity\": \"person\"` of itself")
}

/// The digest of the files that a plugin is made of, and of how it is started.
fn made_of(section: &Section, parts: &Parts, build: &BuildInfo) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(format!("{} {:?} {}", build.version, section.command, parts.digest()));
    // A program that is not among the files, such as an interpreter, is large: another version has another size or time.
    if let Ok(program) = section.command.program.metadata() {
        hasher.update(format!("{} {:?}", program.len(), program.modified().ok()));
    }
    Digest::from(hasher)
}

fn describe(program: &Startable, made_of: &Digest, cache: Option<&Cache>) -> Result<Description, Fault> {
    let key = Digest::of(format!("description {made_of}").as_bytes());
    let known = cache.and_then(|cache| cache.get(&key)).and_then(|said| answer::description(&said).ok());
    if let Some(known) = known {
        return Ok(known);
    }
    let said = program.run(request::describe(), program.section.limits_of_describing())?;
    let description = answer::description(&said)?;
    if let Some(cache) = cache {
        cache.put(&key, &said);
    }
    Ok(description)
}

/// Holds the options of a section against the schema that the plugin gave.
fn check_options(section: &Section, description: &Description) -> Result<(), Unopened> {
    let none = serde_json::json!({"type": "object", "additionalProperties": false});
    let fault = |message: String| Unopened::Fault(Fault::mistake(message).of(&section.name));
    let schema = Schema::parse(description.options_schema.as_ref().unwrap_or(&none))
        .map_err(|why| fault(format!("its `options_schema` cannot be used: {why}")))?;
    let wrong = schema.check(&section.options);
    let wrong = wrong.map_err(|TooMuchWork| {
        fault("its `options_schema` has so many alternatives within each other that checking takes too long".into())
    })?;
    if wrong.is_empty() {
        return Ok(());
    }
    let bad = BadSection {
        code: "bad-option",
        owner: format!("the plugin `{}`", section.name),
        path: FieldPath::root().key("exporters").key(section.name.as_str()).key("options"),
        help: format!("the plugin `{}` says itself which options it takes", section.name),
    };
    Err(bad.findings(wrong).into())
}

impl External {
    /// Its name in the project file.
    pub(crate) fn name(&self) -> &str {
        &self.program.section.name
    }

    /// Whether it may see people.
    pub(crate) fn may_see_people(&self) -> bool {
        self.program.section.people == Some(true)
    }

    /// Whether it could make files for people, and nothing says whether it may see them.
    pub(crate) fn wants_people(&self) -> bool {
        self.program.section.people.is_none() && self.kinds.contains(&Granularity::Person)
    }

    /// What was made of each of the jobs, in their order.
    pub(crate) fn export(&self, jobs: &[&Job<'_>], build: &BuildInfo, sources: &Sources) -> Result<Vec<Made>, Fault> {
        let request = request::export(&self.program.section, jobs, build, sources);
        let run = || {
            let said = self.program.run(request, self.program.section.limits)?;
            answer::made(&said, self.name(), jobs)
        };
        run().map_err(|fault: Fault| fault.of(self.name()))
    }
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Folder(error) => Self::new(
                FaultKind::Start,
                format!("there is no folder for it to work in (TMPDIR says where): {error}"),
            ),
            Failure::Start(error) => Self::new(FaultKind::Start, format!("it cannot be started: {error}")),
            Failure::Time { after, stderr } => {
                Self::limit(format!("it took longer than {} s and was ended", after.as_secs_f64())).saying(stderr)
            }
            Failure::Output { stderr } => Self::limit("it said too much and was ended".into()).saying(stderr),
            Failure::Ended { status, stderr } => Self::mistake(ended(status)).saying(stderr),
            Failure::Lingers { stderr } => {
                Self::mistake("it left a process behind that keeps its output open".into()).saying(stderr)
            }
        }
    }
}

fn ended(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return format!("it was ended by signal {signal}");
    }
    match status.code() {
        Some(code) => format!("it ended with exit code {code}, where 0 says that all went well"),
        None => "it broke off".into(),
    }
}
