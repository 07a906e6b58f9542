//! For the tests of an exporter: a small catalogue in memory, and a host that runs the exporter over all of it.
//!
//! The catalogue has one of each: the exercise `calf-raise`, the session `calf-day`, the programme `calf-plan` of two
//! weeks with the schedule `spring`, and the guide `calves`. Everything here panics where a test should fail.
//!
//! ```
//! use regimen_export::{Artifact, Exporter, Granularity, Output, Subject, Unit, testing};
//!
//! struct Names;
//! impl Exporter for Names {
//!     fn granularity(&self) -> &[Granularity] { &[Granularity::Exercise] }
//!     fn export(&self, unit: &Unit<'_>, out: &mut Output) {
//!         let Subject::Exercise(exercise) = unit.subject else { return };
//!         let path = format!("{}.txt", exercise.id).parse().expect("ids are safe");
//!         out.file(Artifact { path, bytes: exercise.words(unit.tag()).name.clone().into() });
//!     }
//! }
//! assert_eq!(testing::export(&testing::catalog(), &Names).text("calf-raise.txt"), "Calf raise");
//! ```

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use regimen_catalog::language::Language;
use regimen_catalog::plan::{Plan, expand};
use regimen_catalog::{Catalog, Diagnostic, Files, Reference, Severity, load_files};

use crate::artifact::{Artifact, ArtifactPath};
use crate::exporter::{BuildInfo, Exporter, Granularity, Output, Subject, Unit};

/// The facts of every build of this module.
///
/// ```
/// assert_eq!(regimen_export::testing::BUILD.date.to_string(), "2026-05-01");
/// ```
pub static BUILD: BuildInfo = BuildInfo { date: date(2026, 5, 1), epoch: 1_777_593_600, version: "0.0.0" };

const FILES: &[(&str, &str)] = &[
    (
        "regimen.yaml",
        "language: en\nbrand: {name: Calf Club}\nschedules: {spring: {program: calf-plan, start: 2027-01-04}}\n\
         words: {title: Strong calves, disclaimer: Ask a professional if in doubt.}\n",
    ),
    (
        "muscles/soleus.yaml",
        "{latin: musculus soleus, region: lower-leg, side: back, words: {name: Soleus, \
         summary: The deeper muscle of the calf., origin: Tibia and fibula., insertion: Heel bone.}}",
    ),
    (
        "exercises/calf-raise.yaml",
        "kind: strength\npattern: calf-raise\nlaterality: bilateral\nlevel: 1\ndefaults: {sets: 3, reps: 8-12}\n\
         muscles: [{target: muscle:soleus, role: prime}]\nequipment: [[]]\n\
         media: [{id: up, file: media/calf-raise.svg, role: end, author: The club, licence: CC0-1.0}]\n\
         words: {name: Calf raise, summary: Makes calves strong., steps: [Rise onto your toes., Lower your heels.], \
         cues: [Go slowly.], stop_if: [It hurts.], \
         alt: {up: Standing on the toes.}}\n",
    ),
    ("media/calf-raise.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M1 8h7'/></svg>"),
    (
        "sessions/calf-day.yaml",
        "{kind: strength, duration: 20 min, main: [{exercise: calf-raise}], words: {name: Calf day}}",
    ),
    (
        "programs/calf-plan.yaml",
        "{level: 1, phases: [{id: base, kind: base, weeks: 2, sessions: [{session: calf-day, day: monday}]}], \
         words: {name: Calf plan, summary: Two weeks for calves., goal: Stronger calves., audience: Beginners.}}",
    ),
    (
        "guides/calves.md",
        "---\ntitle: Calves\nsummary: Why calves matter.\nreviewed_on: 2026-05-01\n---\n## Why\n\n\
         Calves carry you. See [](exercise:calf-raise).\n",
    ),
];

/// A catalogue with one exercise, session, programme and guide, in English.
///
/// ```
/// let catalog = regimen_export::testing::catalog();
/// assert_eq!(catalog.exercises["calf-raise"].words.name, "Calf raise");
/// ```
pub fn catalog() -> Catalog {
    catalog_with(&[])
}

/// The same with more files, or with others in the place of its own, as an author would write them.
///
/// ```
/// let german = ("languages/de.yaml", "{name: Deutsch}");
/// let catalog = regimen_export::testing::catalog_with(&[german]);
/// assert_eq!(catalog.languages.len(), 2);
/// ```
///
/// # Panics
/// If checking the catalogue finds an error.
pub fn catalog_with(files: &[(&str, &str)]) -> Catalog {
    let all = FILES.iter().chain(files);
    let all: Files = all.map(|(file, text)| ((*file).into(), text.as_bytes().into())).collect();
    let loaded = load_files(&all);
    let wrong: Vec<&Diagnostic> = loaded.findings.iter().filter(|one| one.severity == Severity::Error).collect();
    assert!(wrong.is_empty(), "the catalogue has errors: {wrong:#?}");
    loaded.catalog.expect("a catalogue without errors is there")
}

/// A programme written out week by week, without dates.
///
/// ```
/// use regimen_export::testing;
/// let plan = testing::plan(&testing::catalog(), "calf-plan");
/// assert_eq!((plan.weeks.len(), plan.sessions().count()), (2, 2));
/// ```
///
/// # Panics
/// If the catalogue has no such programme, or it cannot be written out.
pub fn plan(catalog: &Catalog, program: &str) -> Plan {
    let program = catalog.programs.get(program).unwrap_or_else(|| panic!("there is no programme `{program}`"));
    expand(catalog, program, None).unwrap_or_else(|found| panic!("`{}` cannot be planned: {found:#?}", program.id))
}

/// The programme of a schedule of `regimen.yaml`, with its dates.
///
/// ```
/// use regimen_export::testing;
/// let plan = testing::dated_plan(&testing::catalog(), "spring");
/// assert_eq!(plan.weeks[1].sessions[0].date.unwrap().to_string(), "2027-01-11");
/// ```
///
/// # Panics
/// If the project file has no such schedule, or the programme does not fit it.
pub fn dated_plan(catalog: &Catalog, schedule: &str) -> Plan {
    let found = catalog.project.schedules.get_key_value(schedule);
    let (name, schedule) = found.unwrap_or_else(|| panic!("there is no schedule `{schedule}`"));
    let program = catalog.programs.get(&schedule.program).expect("checking finds schedules without a programme");
    expand(catalog, program, Some((name, schedule))).unwrap_or_else(|found| panic!("`{name}` does not fit: {found:#?}"))
}

/// A unit about one thing, in the catalogue's own language. It sees the whole catalogue; in a build, and with
/// [`export`], it sees what the subject needs.
///
/// ```
/// use regimen_export::{Subject, testing};
/// let catalog = testing::catalog();
/// let unit = testing::unit(&catalog, Subject::Guide(&catalog.guides["calves"]));
/// assert_eq!(unit.tag().as_str(), "en");
/// ```
pub fn unit<'a>(catalog: &'a Catalog, subject: Subject<'a>) -> Unit<'a> {
    unit_in(catalog, &catalog.languages[catalog.language()], subject)
}

fn unit_in<'a>(catalog: &'a Catalog, language: &'a Language, subject: Subject<'a>) -> Unit<'a> {
    Unit { subject, catalog, language, build: &BUILD, previous: &[], person: None }
}

/// What an exporter made of a catalogue.
///
/// ```
/// use regimen_export::testing::Exported;
/// let mut exported = Exported::default();
/// exported.files.insert("a.txt".parse().unwrap(), b"Hello".to_vec());
/// assert_eq!((exported.paths(), exported.text("a.txt")), (vec!["a.txt"], "Hello"));
/// ```
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// The files below the exporter's folder; those of languages that are not the catalogue's own are in a folder each.
    pub files: BTreeMap<ArtifactPath, Vec<u8>>,
    /// The findings in order of the units.
    pub findings: Vec<Diagnostic>,
}

impl Exported {
    /// The paths of the files in order.
    pub fn paths(&self) -> Vec<&str> {
        self.files.keys().map(ArtifactPath::as_str).collect()
    }

    /// The text of a file.
    ///
    /// # Panics
    /// If there is no such file, or it is no text.
    pub fn text(&self, path: &str) -> &str {
        let file = self.files.iter().find(|(one, _)| one.as_str() == path);
        let (_, bytes) = file.unwrap_or_else(|| panic!("there is no file `{path}`, only {:?}", self.paths()));
        std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("`{path}` is no text: {error}"))
    }
}

/// Runs an exporter over all its units in all languages, as a build does. Each unit is exported twice, to see that it
/// gives the same again.
///
/// ```
/// use regimen_export::{Exporter, Granularity, Output, Unit, testing};
///
/// struct Silent;
/// impl Exporter for Silent {
///     fn granularity(&self) -> &[Granularity] { &[Granularity::Catalog] }
///     fn export(&self, _unit: &Unit<'_>, _out: &mut Output) {}
/// }
/// assert_eq!(testing::export(&testing::catalog(), &Silent), testing::Exported::default());
/// ```
///
/// # Panics
/// If a unit gives something else the second time, two files have the same path, or a programme cannot be planned.
pub fn export(catalog: &Catalog, exporter: &dyn Exporter) -> Exported {
    export_after(&Exported::default(), catalog, exporter)
}

/// The same after an earlier build, whose files the exporter may [go on from](Exporter::previous_files).
///
/// ```
/// use regimen_export::{Artifact, ArtifactPath, Exporter, Granularity, Output, Unit, testing};
///
/// struct Counter;
/// impl Exporter for Counter {
///     fn granularity(&self) -> &[Granularity] { &[Granularity::Catalog] }
///     fn previous_files(&self, _unit: &Unit<'_>) -> Vec<ArtifactPath> { vec!["count.txt".parse().unwrap()] }
///     fn export(&self, unit: &Unit<'_>, out: &mut Output) {
///         let path: ArtifactPath = "count.txt".parse().unwrap();
///         let bytes = [unit.previous(&path).unwrap_or_default(), b"I"].concat();
///         out.file(Artifact { path, bytes });
///     }
/// }
/// let catalog = testing::catalog();
/// let first = testing::export(&catalog, &Counter);
/// assert_eq!(testing::export_after(&first, &catalog, &Counter).text("count.txt"), "II");
/// ```
///
/// # Panics
/// As [`export`] does.
pub fn export_after(previous: &Exported, catalog: &Catalog, exporter: &dyn Exporter) -> Exported {
    let (undated, dated) = plans(catalog);
    let kinds: BTreeSet<Granularity> = exporter.granularity().iter().copied().collect();
    let mut exported = Exported::default();
    let mut languages: Vec<&Language> = catalog.languages.values().map(AsRef::as_ref).collect();
    languages.sort_by_key(|language| language.tag != *catalog.language());
    for language in languages {
        for kind in &kinds {
            for (subject, root) in subjects(catalog, &undated, &dated, *kind) {
                let slice = root.map_or_else(|| catalog.clone(), |root| catalog.slice(&[root]));
                run(exporter, unit_in(&slice, language, subject), previous, &mut exported);
            }
        }
    }
    exported
}

fn plans(catalog: &Catalog) -> (Vec<Plan>, Vec<Plan>) {
    let undated = catalog.programs.keys().map(|program| plan(catalog, program.as_str()));
    let dated = catalog.project.schedules.keys().map(|schedule| dated_plan(catalog, schedule.as_str()));
    (undated.collect(), dated.collect())
}

/// What the units of a kind are about, each with the entry that its part of the catalogue grows from.
fn subjects<'a>(
    catalog: &'a Catalog,
    undated: &'a [Plan],
    dated: &'a [Plan],
    kind: Granularity,
) -> Vec<(Subject<'a>, Option<Reference>)> {
    let program = |plan: &Plan| (&*catalog.programs[&plan.program], Some(Reference::from(&plan.program)));
    let of_plan = |plan: &'a Plan| (Subject::Plan(program(plan).0, plan), program(plan).1);
    match kind {
        Granularity::Catalog => vec![(Subject::Catalog, None)],
        Granularity::Guide => {
            let guides = catalog.guides.values();
            guides.map(|guide| (Subject::Guide(guide), Some(Reference::from(&guide.id)))).collect()
        }
        Granularity::Exercise => {
            let exercises = catalog.exercises.values();
            exercises.map(|one| (Subject::Exercise(one), Some(Reference::from(&one.id)))).collect()
        }
        Granularity::Program => {
            undated.iter().map(|plan| (Subject::Program(program(plan).0, plan), program(plan).1)).collect()
        }
        // People are in no catalogue.
        Granularity::Person => Vec::new(),
        Granularity::Plan => {
            let without = |plan: &&Plan| dated.iter().all(|other| other.program != plan.program);
            dated.iter().chain(undated.iter().filter(without)).map(of_plan).collect()
        }
    }
}

fn run(exporter: &dyn Exporter, unit: Unit<'_>, previous: &Exported, exported: &mut Exported) {
    let folder = (unit.tag() != unit.catalog.language()).then(|| unit.tag().as_str().to_owned());
    let placed = |path: &ArtifactPath| match &folder {
        Some(folder) => path.below(folder).expect("a tag is a safe folder"),
        None => path.clone(),
    };
    let continued = exporter.previous_files(&unit).into_iter();
    let known =
        continued.filter_map(|path| Some(Artifact { bytes: previous.files.get(&placed(&path))?.clone(), path }));
    let known: Vec<Artifact> = known.collect();
    let unit = Unit { previous: &known, ..unit };
    let made = || {
        let mut out = Output::new();
        exporter.export(&unit, &mut out);
        out.into_parts()
    };
    let (artifacts, findings) = made();
    assert!(made() == (artifacts.clone(), findings.clone()), "{:?} gives something else again", unit.subject);
    for Artifact { path, bytes } in artifacts {
        let path = placed(&path);
        assert!(exported.files.insert(path.clone(), bytes).is_none(), "`{path}` is made twice");
    }
    exported.findings.extend(findings);
}
