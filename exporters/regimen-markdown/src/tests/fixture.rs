//! A small catalogue to link into.

use std::collections::BTreeMap;
use std::sync::Arc;

use regimen_catalog::model::{Entity, Entry, Exercise, Guide, GuideWords, Program, Project, Session, Table};
use regimen_catalog::plan::{Plan, expand};
use regimen_catalog::prose::{InlineText, parse};
use regimen_catalog::{Catalog, Kind, Reference};
use regimen_export::document::{Direction, Document, Frame};
use regimen_export::{Artifact, BuildInfo, Options, Output, Subject, Unit};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub(super) fn reference(kind: Kind, id: &str) -> Reference {
    Reference::new(kind, id).expect("an id")
}

pub(super) fn document(title: &str) -> Document {
    Document {
        title: title.to_owned(),
        title_language: None,
        summary: Vec::new(),
        authors: vec!["A. Writer".into()],
        language: "en".into(),
        direction: Direction::default(),
        keywords: Vec::new(),
        frame: Frame::default(),
        blocks: Vec::new(),
    }
}

fn entry<T: Entity + DeserializeOwned>(id: &str, facts: Value, words: T::Words) -> Table<T> {
    let id: regimen_catalog::Id<T> = id.parse().expect("an id");
    let facts = serde_json::from_value(facts).expect("facts");
    let entry = Entry::new(id.clone(), format!("{}/{id}.yaml", T::KIND.folder()), facts, words);
    BTreeMap::from([(id, Arc::new(entry))])
}

fn exercise(id: &str, name: &str) -> Table<Exercise> {
    let facts = json!({
        "kind": "strength", "pattern": "squat", "laterality": "bilateral", "level": 2, "muscles": [],
        "defaults": {"sets": 3, "reps": "8-10"}, "tags": ["legs"],
        "media": [{"id": "side", "file": format!("media/{id}.svg"), "role": "overview", "author": "A <b>", "licence": "CC0-1.0"}],
        "progressions": if id == "squat" { vec!["lunge"] } else { vec![] },
    });
    let words = json!({
        "name": name, "summary": "Trains the *whole* leg.", "alt": {"side": "A person [who squats]"},
        "steps": ["Stand up.", "Sit back."], "cues": ["Knees over toes", "\\- slowly"],
    });
    entry(id, facts, serde_json::from_value(words).expect("words"))
}

fn guide() -> Table<Guide> {
    let text = "## Why run?\n\nSee [the squat](exercise:squat), [the plan](program:base) and [why](#why-run).\n\n\
        ![](exercise:squat)\n\n## Why run?\n\n![A track](pics/track.svg)\n\nThen the [lunge](exercise:lunge).";
    let parsed = parse(text);
    let words = GuideWords {
        title: "Run & \"jump\": a guide".into(),
        summary: InlineText::from(vec![regimen_catalog::prose::Inline::Text("How to run.".into())]),
        body: parsed.blocks,
        references: parsed.references,
        raw_markup: Vec::new(),
    };
    let facts = json!({"authors": ["B. Author"], "reviewed_on": "2026-05-01", "tags": ["running"]});
    entry("run", facts, words)
}

/// Two exercises, a session, a programme and a guide that lead to each other.
pub(super) fn catalog() -> Catalog {
    let english = regimen_catalog::english();
    let project: Project = serde_json::from_value(json!({"language": "en"})).expect("a project");
    let words = json!({"title": "Training", "disclaimer": "No *advice*."});
    let session = json!({"kind": "strength", "duration": "40 min", "main": [{"exercise": "squat"}]});
    let program = json!({"level": 1, "revised": "2026-04-01", "phases": [
        {"id": "build", "kind": "base", "weeks": 2, "sessions": [{"session": "legs", "day": "monday"}]},
    ]});
    let named = json!({"name": "Base", "summary": "A base.", "goal": "Strong legs", "audience": "All"});
    let session_words = json!({"name": "Legs", "summary": "Legs."});
    let mut exercises = exercise("squat", "Squat");
    exercises.extend(exercise("lunge", "Lunge | walking"));
    let pictures = ["media/squat.svg", "media/lunge.svg", "pics/track.svg"];
    Catalog {
        project_words: BTreeMap::from([(english.tag.clone(), Arc::new(serde_json::from_value(words).expect("words")))]),
        languages: BTreeMap::from([(english.tag.clone(), Arc::new(english))]),
        exercises,
        sessions: entry::<Session>("legs", session, serde_json::from_value(session_words).expect("words")),
        programs: entry::<Program>("base", program, serde_json::from_value(named).expect("words")),
        guides: guide(),
        media: pictures.map(|file| (file.to_owned(), Arc::from(&b"<svg/>"[..]))).into(),
        ..Catalog::new(project)
    }
}

/// Everything that the exporter makes of the catalogue.
pub(super) fn export(options: Value) -> Vec<Artifact> {
    let catalog = catalog();
    let exporter = (crate::PLUGIN.open)(&Options::new(options)).expect("options");
    let plans: Vec<Plan> =
        catalog.programs.values().map(|program| expand(&catalog, program, None).expect("a plan")).collect();
    let mut subjects = vec![Subject::Catalog];
    subjects.extend(catalog.guides.values().map(|guide| Subject::Guide(guide)));
    subjects.extend(catalog.exercises.values().map(|exercise| Subject::Exercise(exercise)));
    let programs = catalog.programs.values().zip(&plans);
    subjects.extend(programs.map(|(program, plan)| Subject::Program(program, plan)));
    let build = BuildInfo { date: jiff::civil::date(2026, 6, 1), epoch: 1_780_272_000, version: "0" };
    let mut output = Output::new();
    for subject in subjects {
        let language = &catalog.languages[catalog.language()];
        let unit = Unit { subject, catalog: &catalog, language, build: &build, previous: &[], person: None };
        exporter.export(&unit, &mut output);
    }
    let (artifacts, findings) = output.into_parts();
    assert_eq!(findings, []);
    artifacts
}

/// A unit of the whole catalogue.
pub(super) fn with_unit<T>(catalog: &Catalog, work: impl FnOnce(&Unit<'_>) -> T) -> T {
    let build = BuildInfo { date: jiff::civil::date(2026, 6, 1), epoch: 1_780_272_000, version: "0" };
    let language = &catalog.languages[catalog.language()];
    work(&Unit { subject: Subject::Catalog, catalog, language, build: &build, previous: &[], person: None })
}
