//! What is asked of a plugin: units, each with the part of the catalogue that it may see.

use std::collections::BTreeMap;

use rayon::prelude::*;
use regimen_catalog::language::{Direction, Language, LanguageTag};
use regimen_catalog::model::{Entity, Entry, Person, PersonalFacts, Program, Session, Table};
use regimen_catalog::plan::{Plan, PlannedBlock, PlannedPart, PlannedSession};
use regimen_catalog::written::written;
use regimen_catalog::{Catalog, FilePath, Id, Kind, PROJECT_FILE, Sources, TableVisitor};
use regimen_export::compose::{PlainBlock, plain_blocks};
use regimen_export::{BuildInfo, Subject};
use serde_json::{Map, Value};

use super::protocol::{
    Build, Export, PROTOCOL, Request, WireAlternative, WireBlock, WireCatalog, WireLanguage, WireLeftOut, WirePart,
    WirePerson, WirePlan, WireSchedule, WireSession, WireUnit, WireWait, WireWeek,
};
use super::section::Section;
use super::translate;
use crate::job::Job;
use crate::visible;

/// The version of the form that catalogues have.
const SCHEMA: u32 = 1;

/// The question that every plugin answers first.
pub(crate) fn describe() -> Vec<u8> {
    serde_json::to_vec(&Request::Describe { protocol: PROTOCOL }).unwrap_or_default()
}

/// The request for the files of some jobs.
pub(crate) fn export(section: &Section, jobs: &[&Job<'_>], build: &BuildInfo, sources: &Sources) -> Vec<u8> {
    let (mut languages, mut catalogs) = (BTreeMap::new(), BTreeMap::new());
    for job in jobs {
        languages.entry(job.language.tag.as_str()).or_insert_with(|| wire_language(job.language));
        catalogs.entry(slice_name(job)).or_insert_with(|| wire_catalog(job.catalog, &job.language.tag, sources));
    }
    let language = jobs.first().map(|job| job.catalog.language().to_string()).unwrap_or_default();
    let export = Export {
        protocol: PROTOCOL,
        target: &section.name,
        options: &section.options,
        build: Build { date: build.date.to_string(), epoch: build.epoch, language, version: build.version.to_owned() },
        languages,
        catalogs,
        units: jobs.iter().map(|job| wire_unit(job)).collect(),
    };
    serde_json::to_vec(&Request::Export(Box::new(export))).unwrap_or_default()
}

/// Units of one root share their part of the catalogue, such as the readers of a programme, and people who have the same exercises.
fn slice_name(job: &Job<'_>) -> String {
    let root = subject(job).unwrap_or_else(|| "catalog".to_owned());
    let more = job.person.iter().flat_map(|personal| personal.replacements).map(|id| format!(" + exercise:{id}"));
    format!("{root}{} ({})", more.collect::<String>(), job.language.tag)
}

fn subject(job: &Job<'_>) -> Option<String> {
    Some(match job.subject {
        Subject::Catalog => return None,
        Subject::Guide(guide) => format!("guide:{}", guide.id),
        Subject::Exercise(exercise) => format!("exercise:{}", exercise.id),
        Subject::Program(program, _) | Subject::Plan(program, _) => format!("program:{}", program.id),
    })
}

fn wire_language(language: &Language) -> WireLanguage<'_> {
    let direction = match language.direction {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    };
    WireLanguage { name: &language.name, direction, labels: language.labels() }
}

fn wire_catalog(catalog: &Catalog, language: &LanguageTag, sources: &Sources) -> WireCatalog {
    let of = |kind| catalog.visit(kind, &mut Entries { language, sources });
    WireCatalog {
        schema: SCHEMA,
        language: language.to_string(),
        project: project(catalog, language, sources),
        muscles: of(Kind::Muscle),
        muscle_groups: of(Kind::MuscleGroup),
        equipment: of(Kind::Equipment),
        conditions: of(Kind::Condition),
        exercises: of(Kind::Exercise),
        fragments: of(Kind::Fragment),
        sessions: of(Kind::Session),
        programs: of(Kind::Program),
        guides: of(Kind::Guide),
        sources: of(Kind::Source),
    }
}

fn project(catalog: &Catalog, language: &LanguageTag, sources: &Sources) -> Value {
    let mut project = visible::project(sources);
    let Some(keys) = project.as_object_mut() else { return project };
    let (file, path) = catalog.project_words_place(language);
    let words = catalog.project_words(language).filter(|_| path.0.is_empty());
    if let (Some(words), Some(written)) = (words, written(sources, &file)) {
        let of = |file: &FilePath| words_of(sources, file, PROJECT_FILE);
        keys.insert("words".into(), translate::filled(written, &words.stood_in, &of));
    }
    project
}

/// The words of a file: of the one with the facts, what stands beside them.
fn words_of(sources: &Sources, file: &FilePath, facts: &str) -> Option<Value> {
    let mut written = written(sources, file)?;
    let is_guide = written.get(regimen_catalog::written::BODY).is_some();
    if **file == *facts && !is_guide { Some(written.get_mut("words")?.take()) } else { Some(written) }
}

struct Entries<'a> {
    language: &'a LanguageTag,
    sources: &'a Sources,
}

impl TableVisitor<'_> for Entries<'_> {
    type Output = Vec<Value>;

    fn table<T: Entity>(&mut self, table: &Table<T>) -> Vec<Value> {
        // Reading the texts again is most of the work of a request.
        table.values().collect::<Vec<_>>().into_par_iter().map(|entry| self.entry(entry)).collect()
    }
}

impl Entries<'_> {
    fn entry<T: Entity>(&self, entry: &Entry<T>) -> Value {
        let mut keys = Map::new();
        keys.insert("id".into(), entry.id.as_str().into());
        keys.insert("file".into(), (&*entry.file).into());
        if let Some(Value::Object(written)) = written(self.sources, &entry.file) {
            keys.extend(written);
        }
        let translation = entry.translation(self.language).map(|(_, translation)| translation);
        let written = translation.and_then(|one| Some((one, written(self.sources, &one.file)?)));
        if let Some((translation, written)) = written {
            let of = |file: &FilePath| words_of(self.sources, file, &entry.file);
            match translate::filled(written, &translation.stood_in, &of) {
                // The front matter of a guide has its words beside its facts.
                Value::Object(words) if keys.contains_key(regimen_catalog::written::BODY) => keys.extend(words),
                words => drop(keys.insert("words".into(), words)),
            }
        }
        Value::Object(keys)
    }
}

fn wire_unit<'a>(job: &'a Job<'_>) -> WireUnit<'a> {
    let plan = match job.subject {
        Subject::Program(program, plan) | Subject::Plan(program, plan) => {
            Some(wire_plan(plan, program, job.catalog, job.language))
        }
        Subject::Catalog | Subject::Guide(_) | Subject::Exercise(_) => None,
    };
    WireUnit {
        id: &job.name,
        subject: subject(job),
        language: job.language.tag.as_str(),
        catalog: slice_name(job),
        plan,
        person: job.person.as_ref().map(|personal| wire_person(personal.person)),
    }
}

/// What a plugin gets of a person: what their paper shows, and nothing of their health.
fn wire_person(person: &Person) -> WirePerson<'_> {
    let PersonalFacts { name, note, .. } = &person.own;
    WirePerson { id: person.id.as_str(), name: name.as_deref(), note: note.as_deref() }
}

fn wire_plan(plan: &Plan, program: &Entry<Program>, catalog: &Catalog, language: &Language) -> WirePlan {
    let phase_names = &program.words(&language.tag).phase_names;
    let schedule = plan.schedule.as_ref().map(|schedule| WireSchedule {
        name: schedule.name.to_string(),
        start: schedule.start.to_string(),
        race: schedule.race.map(|day| day.to_string()),
        at: schedule.at.as_ref().map(|(time, _)| time.to_string()),
        race_at: schedule.race_at.as_ref().map(|(time, _)| time.to_string()),
        day_times: schedule.day_times.iter().map(ToString::to_string).collect(),
        pauses: schedule.pauses.iter().map(ToString::to_string).collect(),
        timezone: schedule.timezone.clone().filter(|_| is_timed(plan)),
    });
    let weeks = plan.weeks.iter().map(|week| WireWeek {
        number: week.number,
        first_day: week.first_day,
        days: week.days,
        waits: week.waits.iter().map(|wait| WireWait { first_day: wait.first_day, days: wait.days }).collect(),
        is_turn: week.is_turn,
        phase: week.phase.to_string(),
        phase_name: phase_names.get(&week.phase).map(ToString::to_string),
        kind: week.kind.to_string(),
        start: week.start.map(|day| day.to_string()),
        sessions: week.sessions.iter().map(|session| wire_session(session, catalog, language)).collect(),
    });
    let left_out = plan.left_out.iter().map(|session| WireLeftOut {
        slot: session.slot.clone(),
        week: session.week,
        date: session.date.to_string(),
        session: session.session.to_string(),
        paused: session.paused,
    });
    WirePlan { schedule, weeks: weeks.collect(), left_out: left_out.collect() }
}

/// Whether anything in a plan has a time of day.
fn is_timed(plan: &Plan) -> bool {
    let schedule = plan.schedule.as_ref();
    schedule.is_some_and(|one| one.at.is_some() || one.race_at.is_some() || !one.day_times.is_empty())
        || plan.sessions().any(|session| session.at.is_some())
}

fn wire_session(session: &PlannedSession, catalog: &Catalog, language: &Language) -> WireSession {
    let or = session.or.iter().map(|other| WireAlternative {
        session: other.session.to_string(),
        name: session_name(&other.session, catalog, language),
        kind: other.kind.to_string(),
        duration: other.duration.map(|time| time.to_string()),
        parts: wire_parts(&other.parts, catalog, language),
    });
    WireSession {
        slot: session.slot.clone(),
        day: session.day.to_string(),
        offset: session.offset,
        usual: session.usual,
        date: session.date.map(|day| day.to_string()),
        at: session.at.map(|time| time.to_string()),
        hour: session.hour.map(|hour| hour.to_string()),
        moved_from: session.moved_from.map(|day| day.to_string()),
        session: session.session.to_string(),
        name: session_name(&session.session, catalog, language),
        kind: session.kind.to_string(),
        duration: session.duration.map(|time| time.to_string()),
        lighter: session.lighter,
        parts: wire_parts(&session.parts, catalog, language),
        optional: session.optional,
        or: or.collect(),
    }
}

/// The name of a session in a language; its id if there is no such session.
fn session_name(id: &Id<Session>, catalog: &Catalog, language: &Language) -> String {
    let name = catalog.sessions.get(id).map(|entry| entry.words(&language.tag).name.to_string());
    name.unwrap_or_else(|| id.to_string())
}

fn wire_parts(parts: &[PlannedPart], catalog: &Catalog, language: &Language) -> Vec<WirePart> {
    let parts = parts.iter().map(|part| WirePart {
        section: part.section.to_string(),
        blocks: part.blocks.iter().flat_map(|block| wire_blocks(block, catalog, language)).collect(),
    });
    parts.collect()
}

fn wire_blocks(block: &PlannedBlock, catalog: &Catalog, language: &Language) -> Vec<WireBlock> {
    let mut doses = block.items().iter().map(|item| serde_json::to_value(item.dose.clone()).unwrap_or_default());
    let plain = plain_blocks(catalog, language, block);
    plain.into_iter().map(|piece| wire_block(piece, &mut doses)).collect()
}

/// Exercises come in the order of their doses.
fn wire_block(block: PlainBlock, doses: &mut dyn Iterator<Item = Value>) -> WireBlock {
    let dose = block.exercise.as_ref().and_then(|_| doses.next());
    WireBlock {
        text: block.text,
        exercise: block.exercise.map(|exercise| exercise.to_string()),
        amount: block.dose,
        dose,
        inner: block.inner.into_iter().map(|inner| wire_block(inner, doses)).collect(),
    }
}
