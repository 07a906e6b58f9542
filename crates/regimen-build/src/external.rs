//! External plugins: exporters that are programs of their own, in any language.
//!
//! ```text
//! schema    the options that a plugin takes, and those that it gets
//! section   what regimen.yaml says: which program, made of which files, with which options
//! process   runs it, within limits
//! protocol  what is said, as types
//! request   units and their parts of the catalogue, as JSON
//! answer    files and findings, checked
//! place     from `exercises[3].words.cues` to a file of the author
//! ```
//!
//! A plugin is started once to describe itself and once for all units that the cache does not have. It gets no path of
//! ours: the host writes every file. It is trusted code all the same, for nothing keeps it from reading what its user can.

mod answer;
pub mod conformance;
mod ending;
mod place;
mod process;
pub mod protocol;
mod request;
mod schema;
mod section;
mod translate;

use std::ffi::OsString;
use std::fmt;
use std::path::Path;
use std::process::ExitStatus;

use regimen_catalog::model::Project;
use regimen_catalog::{Diagnostic, FieldPath, PROJECT_FILE, Place, Sources};
use regimen_export::{BuildInfo, Granularity};
use sha2::{Digest as _, Sha256};

use crate::cache::{Cache, Made};
use crate::digest::Digest;
use crate::plan::Job;
use process::Failure;
use protocol::Description;
use schema::Schema;
use section::Section;
pub use section::is_external;
pub(crate) use section::names;

/// What an external plugin did wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The plugin.
    pub plugin: String,
    /// The unit, if it is the fault of one.
    pub unit: Option<String>,
    /// Whether it is a mistake, a limit that it ran into, or no start at all.
    pub kind: FaultKind,
    /// What it did.
    pub message: String,
    /// The end of what it said on standard error.
    pub stderr: String,
}

/// Why a plugin failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// It did what no plugin may do, or broke off.
    Mistake,
    /// It took or made more than a plugin may.
    Limit,
    /// It could not be started at all.
    Start,
}

impl Fault {
    fn new(kind: FaultKind, message: String) -> Self {
        Self { plugin: String::new(), unit: None, kind, message, stderr: String::new() }
    }

    pub(crate) fn mistake(message: String) -> Self {
        Self::new(FaultKind::Mistake, message)
    }

    pub(crate) fn limit(message: String) -> Self {
        Self::new(FaultKind::Limit, message)
    }

    pub(crate) fn at(self, unit: &str) -> Self {
        Self { unit: Some(unit.to_owned()), ..self }
    }

    fn of(self, plugin: &str) -> Self {
        Self { plugin: plugin.to_owned(), ..self }
    }

    fn saying(self, stderr: String) -> Self {
        Self { stderr, ..self }
    }

    /// What it did, without saying who.
    fn told(&self) -> String {
        let said = self.stderr.lines().last().map(|line| format!("; it said: {line}")).unwrap_or_default();
        let unit = self.unit.as_ref().map(|unit| format!("at {unit}: ")).unwrap_or_default();
        format!("{unit}{}{said}", self.message)
    }

    /// What can be done about it.
    pub(crate) fn hint(&self) -> String {
        match self.kind {
            FaultKind::Mistake => format!(
                "this is a mistake of the plugin, not of your catalogue: tell its author, and run `regimen plugin test` on \
                 it; to build without it, take `exporters.{}` out or name the others after `--only`",
                self.plugin
            ),
            FaultKind::Start => format!(
                "look at `exporters.{}.process` in `regimen.yaml`: its first word is a program that may be run; a script names its \
                 interpreter, as in `[python3, plugins/cards.py]`, or is made executable (`chmod +x`)",
                self.plugin
            ),
            FaultKind::Limit => format!(
                "a plugin has 60 s unless `exporters.{}.timeout` says otherwise, may answer 256 MiB, and may make {} files",
                self.plugin,
                answer::MOST_FILES
            ),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "plugin `{}`", self.plugin)?;
        if let Some(unit) = &self.unit {
            write!(f, " at {unit}")?;
        }
        write!(f, ": {}", self.message)?;
        if !self.stderr.is_empty() {
            f.write_str("; it said:")?;
            let lines: Vec<&str> = self.stderr.lines().collect();
            for line in &lines[lines.len().saturating_sub(SHOWN)..] {
                write!(f, "\n    {line}")?;
            }
        }
        Ok(())
    }
}

/// How many lines of its standard error are shown.
const SHOWN: usize = 12;

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

/// A plugin that described itself and whose options fit.
#[derive(Debug)]
pub(crate) struct External {
    section: Section,
    pub(crate) kind: Granularity,
    pub(crate) summary: String,
    /// What its output depends on besides units: its files, its options, and what it says of itself.
    pub(crate) stamp: Digest,
}

/// Becomes the parent of whatever plugins leave behind, on Linux, so that it is found and ended. Only for programs that start
/// no other processes.
pub fn adopt_orphans() {
    ending::adopt_orphans();
}

/// Ends every plugin that runs, with what it started, waits until they are gone, and then ends this program with the exit
/// code. A program that is told to end in the middle of a build calls this. It does not return, so that no plugin that
/// was ended by it is reported as one that failed.
pub fn end_running_and_exit(code: i32) -> ! {
    process::end_running_and_exit(code)
}

/// Why a plugin cannot run.
pub(crate) enum Unopened {
    Finding(Diagnostic),
    Fault(Fault),
}

impl From<Diagnostic> for Unopened {
    fn from(finding: Diagnostic) -> Self {
        Self::Finding(finding)
    }
}

/// Findings on a plugin's section that need no look at the plugin itself.
pub(crate) fn check(name: &str, project: &Project, root: &Path) -> Option<Diagnostic> {
    section::read(name, project.exporters.get(name)?, root).err()
}

/// Gets a plugin ready: reads its section, asks what it is, and holds its options against its schema.
pub(crate) fn open(
    name: &str,
    project: &Project,
    root: &Path,
    (build, cache): (&BuildInfo, Option<&Cache>),
) -> Result<External, Unopened> {
    let section = project.exporters.get(name).cloned().unwrap_or_default();
    let mut section = section::read(name, &section, root)?;
    section.command.environment.push(date_of(build));
    let made_of = made_of(&section, build);
    let description = describe(&section, &made_of, cache).map_err(|fault| Unopened::Fault(fault.of(name)))?;
    external(section, &description, build, made_of)
}

/// The date of a build in the environment, where many programs look for it.
fn date_of(build: &BuildInfo) -> (&'static str, OsString) {
    ("SOURCE_DATE_EPOCH", build.epoch.to_string().into())
}

/// A plugin ready for work, if its options fit.
fn external(
    section: Section,
    description: &Description,
    build: &BuildInfo,
    made_of: Digest,
) -> Result<External, Unopened> {
    check_options(&section, description)?;
    let kind = description.granularity;
    let said = serde_json::to_string(description).unwrap_or_default();
    let stamp = Digest::of(format!("{made_of} {} {} {said}", build.version, section.options).as_bytes());
    let summary = description.summary.chars().filter(|c| !c.is_control()).take(80).collect();
    Ok(External { section, kind, summary, stamp })
}

/// The sum of the files that a plugin is made of, and of how it is started.
fn made_of(section: &Section, build: &BuildInfo) -> Digest {
    let mut sum = Sha256::new();
    sum.update(format!("{} {:?}", build.version, section.command));
    for input in &section.inputs {
        let bytes = std::fs::read(input).unwrap_or_default();
        sum.update(bytes.len().to_le_bytes());
        sum.update(bytes);
    }
    // A program that is not among the inputs, such as an interpreter, is large: another version has another size or time.
    if let Ok(program) = section.command.program.metadata() {
        sum.update(format!("{} {:?}", program.len(), program.modified().ok()));
    }
    Digest::from(sum)
}

fn describe(section: &Section, made_of: &Digest, cache: Option<&Cache>) -> Result<Description, Fault> {
    let key = Digest::of(format!("description {made_of}").as_bytes());
    let known = cache.and_then(|cache| cache.get(&key)).and_then(|said| answer::description(&said).ok());
    if let Some(known) = known {
        return Ok(known);
    }
    let said = process::run(&section.command, request::describe(), section.limits)?;
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
    let wrong = wrong.map_err(|schema::TooMuchWork| {
        fault("its `options_schema` has so many alternatives within each other that checking takes too long".into())
    })?;
    let Some(wrong) = wrong else { return Ok(()) };
    let path = FieldPath::root().key("exporters").key(section.name.as_str()).key("options").join(wrong.path);
    let message = format!("`{path}` {}", wrong.message);
    let place = if wrong.is_key { Place::key(PROJECT_FILE, path) } else { Place::value(PROJECT_FILE, path) };
    let help =
        wrong.help.unwrap_or_else(|| format!("the plugin `{}` says itself which options it takes", section.name));
    Err(Diagnostic::error("bad-option", message).at(place, "").help(help).into())
}

impl External {
    /// Its name in the project file.
    pub(crate) fn name(&self) -> &str {
        &self.section.name
    }

    /// What was made of each of the jobs, in their order.
    pub(crate) fn export(&self, jobs: &[&Job<'_>], build: &BuildInfo, sources: &Sources) -> Result<Vec<Made>, Fault> {
        let request = request::export(&self.section, jobs, build, sources);
        let run = || {
            let said = process::run(&self.section.command, request, self.section.limits)?;
            answer::made(&said, &self.section.name, jobs)
        };
        run().map_err(|fault: Fault| fault.of(&self.section.name))
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
