//! Whether a plugin keeps to the protocol: the checks of `regimen plugin test`.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use regimen_catalog::language::Language;
use regimen_catalog::model::{Entry, Person, PersonalFacts, Program};
use regimen_catalog::plan::{PersonalPlan, personalise};
use regimen_catalog::written::written;
use regimen_catalog::{Catalog, Diagnostic, FilePath, Loaded, PROJECT_FILE, Sources, YAML, load_files};
use regimen_export::{Artifact, BuildInfo, Granularity, Subject};
use serde_json::{Value, json};

use crate::cache::Made;
use crate::external::{
    External, Section, Startable, Unopened, date_of, describe, description, export, external, made, read, run,
};
use crate::fault::{Fault, MOST_FILES};
use crate::job::{Job, Personal};
use crate::opened::Opened;
use crate::people::is_own;
use crate::plan::{Given, Planner};
use crate::visible::visible_catalog;

/// The file beside a plugin that says how it is run, with the keys of its section in `regimen.yaml`.
pub const PLUGIN_FILE: &str = "plugin.yaml";

/// A check, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What is asked of the plugin.
    pub name: String,
    /// What it did, or what is wrong.
    pub outcome: Result<String, String>,
}

/// A catalogue to test with.
#[derive(Debug)]
pub struct Sample<'a> {
    /// What it is called in the table.
    pub name: String,
    /// It.
    pub catalog: &'a Catalog,
    /// Its files.
    pub sources: &'a Sources,
}

/// Tests the plugin in a folder, whose `plugin.yaml` says how it is run, with an empty catalogue and with some others. `guard` is a program
/// that calls [`serve`](crate::external::guard::serve).
///
/// # Errors
/// If there is no such file or it cannot be understood; the text says why.
pub fn conformance(
    folder: &Path,
    samples: &[Sample<'_>],
    build: &BuildInfo,
    guard: Option<&Path>,
) -> Result<Vec<Check>, String> {
    let mut section = section(folder)?;
    section.command.environment.push(date_of(build));
    let mut test = Test { section: section.clone(), build, guard, makes_people: false, checks: Vec::new() };
    let Some(external) = test.describes(&section) else { return Ok(test.checks) };
    test.makes_people = external.kinds.contains(&Granularity::Person);
    let opened = [Opened::external(external)];
    let empty = empty();
    let samples = samples.iter().map(|sample| (sample.name.as_str(), sample.catalog, sample.sources));
    let empty = empty.catalog.as_ref().map(|catalog| ("nothing in it", catalog, &empty.sources));
    for (name, catalog, sources) in empty.into_iter().chain(samples) {
        test.exports((name, catalog, sources), &opened);
    }
    Ok(test.checks)
}

/// Reads how a plugin is run from the file beside it.
fn section(folder: &Path) -> Result<Section, String> {
    let file = folder.join(PLUGIN_FILE);
    let text =
        std::fs::read_to_string(&file).map_err(|error| format!("`{}` cannot be read: {error}", file.display()))?;
    let mut sources = Sources::default();
    sources.add(PLUGIN_FILE, text, YAML);
    let said = written(&sources, PLUGIN_FILE).ok_or_else(|| format!("`{}` is not valid YAML", file.display()))?;
    let shown = |findings: Vec<Diagnostic>| format!("`{}`: {}", file.display(), in_one_line(findings));
    let name = folder.canonicalize().ok().and_then(|folder| Some(folder.file_name()?.to_str()?.to_owned()));
    read(&name.unwrap_or_default().to_lowercase().replace(['_', ' ', '.'], "-"), &said, folder).map_err(shown)
}

fn in_one_line(findings: Vec<Diagnostic>) -> String {
    let shown = findings.into_iter().map(|finding| match finding.help {
        Some(help) => format!("{}; {help}", finding.message),
        None => finding.message,
    });
    shown.collect::<Vec<_>>().join("; ")
}

fn empty() -> Loaded {
    let project = "language: en\nwords: {title: Nothing yet}\n";
    load_files(&[(PROJECT_FILE.into(), project.as_bytes().into())].into())
}

struct Test<'a> {
    section: Section,
    build: &'a BuildInfo,
    guard: Option<&'a Path>,
    /// Whether it is tried with people, too.
    makes_people: bool,
    checks: Vec<Check>,
}

impl Test<'_> {
    fn note(&mut self, name: impl Into<String>, outcome: Result<String, String>) {
        self.checks.push(Check { name: name.into(), outcome });
    }

    fn describes(&mut self, section: &Section) -> Option<External> {
        let said = run(&section.command, describe(), section.limits_of_describing(), self.guard).map_err(Fault::from);
        let described = said.and_then(|said| description(&said));
        let described = match described {
            Ok(described) => described,
            Err(fault) => {
                self.note("describes itself", Err(fault.told()));
                return None;
            }
        };
        let units = described.granularity.iter().map(|kind| format!("{kind:?}").to_lowercase());
        let units = units.collect::<Vec<_>>().join(" or a ");
        let said = format!("{} {}, a unit is a {units}", described.name, described.version);
        self.note("describes itself", Ok(said));
        match external(Startable::anyway(section.clone()), &described, self.build, unkept(section)) {
            Ok(external) => {
                self.note("takes the options of plugin.yaml", Ok(section.options.to_string()));
                Some(external)
            }
            Err(Unopened::Findings(findings)) => {
                self.note("takes the options of plugin.yaml", Err(in_one_line(findings)));
                None
            }
            Err(Unopened::Fault(fault)) => {
                self.note("takes the options of plugin.yaml", Err(fault.told()));
                None
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "how long a plugin takes is what its author wants to know")]
    fn exports(&mut self, (name, catalog, sources): (&str, &Catalog, &Sources), opened: &[Opened]) {
        let catalog = &visible_catalog(catalog);
        let schedules = catalog.project.schedules.clone();
        let planner = Planner::new(catalog, opened, Given { schedules: &schedules, keys: None });
        let tasks = planner.all_tasks(&|_| true);
        let mut all: Vec<Job<'_>> = tasks.iter().filter_map(|task| task.job(&planner).ok().flatten()).collect();
        let people = if self.makes_people { MadeUp::all(catalog) } else { Vec::new() };
        all.extend(people.iter().map(MadeUp::job));
        let jobs: Vec<&Job<'_>> = all.iter().collect();
        let asked = export(&self.section, &jobs, self.build, sources);
        let start = Instant::now();
        let first = self.run(asked.clone(), &jobs);
        let took = start.elapsed();
        let (first, size) = match first {
            Ok(done) => done,
            Err(fault) => return self.note(format!("exports a catalogue: {name}"), Err(fault.told())),
        };
        if let Some(stray) = jobs.iter().zip(&first).find_map(|(job, (files, _))| stray(job, files)) {
            return self.note(format!("exports a catalogue: {name}"), Err(stray));
        }
        let files: usize = first.iter().map(|(files, _)| files.len()).sum();
        let findings: usize = first.iter().map(|(_, findings)| findings.len()).sum();
        let units = jobs.len();
        self.note(
            format!("exports a catalogue: {name}"),
            Ok(format!("units: {units}, files with safe paths: {files}, findings: {findings}")),
        );
        let limits = format!(
            "{:.2} s of {:.0} s, {size} bytes of {}, {files} files of {MOST_FILES}",
            took.as_secs_f64(),
            self.section.limits.time.as_secs_f64(),
            self.section.limits.output
        );
        self.note(
            "  stays far below the limits",
            if took * 2 < self.section.limits.time { Ok(limits) } else { Err(limits) },
        );
        let again = self.run(asked.clone(), &jobs);
        self.compare("  makes the same bytes again", again, &first);
        let more = self.run(with_more_keys(&asked), &jobs);
        self.compare("  ignores keys that it does not know", more, &first);
    }

    fn run(&self, asked: Vec<u8>, jobs: &[&Job<'_>]) -> Result<(Vec<Made>, usize), Fault> {
        let said = run(&self.section.command, asked, self.section.limits, self.guard)?;
        Ok((made(&said, &self.section.name, jobs)?, said.len()))
    }

    fn compare(&mut self, name: &str, again: Result<(Vec<Made>, usize), Fault>, first: &[Made]) {
        let outcome = match again {
            Err(fault) => Err(fault.told()),
            Ok((again, _)) if again == first => Ok("yes".to_owned()),
            Ok((again, _)) => Err(difference(&again, first)),
        };
        self.note(name, outcome);
    }
}

/// Somebody who does not exist, with their plan of a programme.
struct MadeUp<'a> {
    person: Person,
    program: &'a Entry<Program>,
    plan: PersonalPlan,
    slice: Catalog,
    language: &'a Language,
    name: String,
}

impl<'a> MadeUp<'a> {
    /// One for each programme.
    fn all(catalog: &'a Catalog) -> Vec<Self> {
        let made_up = |(number, program): (usize, &'a Arc<Entry<Program>>)| {
            let id = format!("p-{number:03}").parse().ok()?;
            let own = PersonalFacts {
                name: Some("Ann Example".into()),
                note: Some("Slowly down, quickly up.".into()).filter(|_| number % 2 == 1),
                ..PersonalFacts::default()
            };
            let person = Person { id, program: program.id.clone(), schedule: None, own };
            let plan = personalise(catalog, program, &person).ok()?;
            let language = catalog.languages.get(catalog.language())?;
            let name = format!("person:{} ({})", person.id, language.tag);
            Some(Self { slice: catalog.slice(&[(&program.id).into()]), person, program, plan, language, name })
        };
        (1..).zip(catalog.programs.values()).filter_map(made_up).collect()
    }

    fn job(&self) -> Job<'_> {
        Job {
            subject: Subject::Plan(self.program, &self.plan.plan),
            catalog: &self.slice,
            language: self.language,
            folder: None,
            name: self.name.clone(),
            file: FilePath::clone(&self.program.file),
            slice_digest: None,
            person: Some(Personal { person: &self.person, replacements: &self.plan.replacements }),
        }
    }
}

/// A file of a person that is not called by their id.
fn stray(job: &Job<'_>, files: &[Artifact]) -> Option<String> {
    let id = &job.person.as_ref()?.person.id;
    let stray = files.iter().find(|file| !is_own(file, id))?;
    Some(format!("`{}` is made for the person `{id}`, whose files are called `people/{id}.…`", stray.path))
}

/// The first file that is another.
fn difference(again: &[Made], first: &[Made]) -> String {
    let files = |made: &[Made]| made.iter().flat_map(|(files, _)| files.clone()).collect::<Vec<_>>();
    let (again, first) = (files(again), files(first));
    let other =
        again.iter().find(|file| !first.contains(file)).or_else(|| first.iter().find(|file| !again.contains(file)));
    other.map_or("its findings differ".to_owned(), |file| format!("`{}` differs", file.path))
}

/// The same request as a later version of the program might make it.
fn with_more_keys(asked: &[u8]) -> Vec<u8> {
    let Ok(mut asked) = serde_json::from_slice::<Value>(asked) else { return asked.to_vec() };
    add_keys(&mut asked, 0);
    serde_json::to_vec(&asked).unwrap_or_default()
}

/// A new key in every object that the protocol knows; what authors name themselves stays as it is.
fn add_keys(value: &mut Value, depth: usize) {
    const NAMED_BY_AUTHORS: &[&str] = &["options", "languages", "project", "words"];
    match value {
        Value::Object(keys) => {
            for (key, inner) in keys.iter_mut() {
                if key == "catalogs" {
                    inner.as_object_mut().into_iter().flatten().for_each(|(_, catalog)| add_keys(catalog, depth + 2));
                } else if !NAMED_BY_AUTHORS.contains(&key.as_str()) {
                    add_keys(inner, depth + 1);
                }
            }
            keys.insert("added-by-a-later-version".into(), json!({"depth": depth}));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| add_keys(item, depth + 1)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A stamp for what no cache sees.
fn unkept(section: &Section) -> crate::digest::Digest {
    crate::digest::Digest::of(section.name.as_bytes())
}
