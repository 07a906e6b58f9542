//! A catalogue that no file holds: reading files would refuse most of the names that the tests of texts need.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::ToSpan as _;
use jiff::civil::date;
use regimen_catalog::model::{Day, Entity, Entry, Project};
use regimen_catalog::plan::{Plan, PlanSchedule, PlannedSession, PlannedWeek};
use regimen_catalog::vocabulary::{PhaseKind, SessionKind};
use regimen_catalog::{Catalog, Id, Severity};
use regimen_export::{Options, Output, Subject, Unit};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::event::Event;
use super::{bytes, planned};

/// The calendar of a programme with a session of each name, and the events that must be read in it. The first name is
/// the programme's and the place of all sessions, too.
pub(super) fn calendar(names: &[String]) -> (Vec<u8>, Vec<Event>) {
    let (catalog, plan, build) = (catalog(names), plan(names.len()), planned::build_info());
    let unit = Unit {
        subject: Subject::Plan(&catalog.programs[&plan.program], &plan),
        catalog: &catalog,
        language: &regimen_catalog::english(),
        build: &build,
        previous: &[],
        person: None,
    };
    let mut out = Output::new();
    // A place has at least one character that shows and at most 200.
    let place = format!("Gym {}", names[0].chars().take(190).collect::<String>());
    let options = Options::new(json!({"location": place, "reminder": "30 min"}));
    (regimen_ics::PLUGIN.open)(&options).unwrap().export(&unit, &mut out);
    let (artifacts, findings) = out.into_parts();
    assert!(findings.iter().all(|finding| finding.severity != Severity::Error), "{findings:?}");
    let mut calendars = artifacts.into_iter().filter(|artifact| artifact.path.as_str().ends_with(".ics"));
    let calendar = calendars.next().expect("a calendar");
    assert!(calendars.next().is_none(), "one calendar");
    (calendar.bytes, planned::events(&catalog, &plan, false))
}

/// Writes the calendars of several programmes, checks their bytes, and gives what must be read in each.
pub(super) fn written(folder: &TempDir, programs: &[(String, Vec<String>)]) -> BTreeMap<PathBuf, Vec<Event>> {
    let write = |(name, names): &(String, Vec<String>)| {
        let (bytes, planned) = calendar(names);
        let problems = bytes::problems(&bytes);
        assert!(problems.is_empty(), "{name}: {problems:#?}");
        let path = folder.path().join(format!("{name}.ics"));
        fs::write(&path, bytes).unwrap();
        (path, planned)
    };
    programs.iter().map(write).collect()
}

fn plan(sessions: usize) -> Plan {
    let start = date(2027, 1, 4);
    let session = |index: usize| PlannedSession {
        slot: format!("slot-{index}"),
        week: 1,
        day: Day::Number(1),
        offset: 0,
        usual: 0,
        place: regimen_catalog::Place::file("programs/p.yaml"),
        at: None,
        day_times: Vec::new(),
        hour: None,
        moved_from: None,
        date: Some(start + i64::try_from(index).unwrap().days()),
        is_in_turn: false,
        session: id(&format!("session-{index}")),
        kind: SessionKind::Strength,
        duration: "60 min".parse().ok(),
        lighter: false,
        targets: Vec::new(),
        parts: Vec::new(),
        optional: false,
        or: Vec::new(),
    };
    // Whole days, because readers take long over zones, and these tests are about texts.
    let at = None;
    let sessions = (0..sessions).map(session).collect();
    Plan {
        program: id("program"),
        schedule: Some(PlanSchedule {
            name: id("schedule"),
            start,
            race: None,
            at,
            race_at: None,
            timezone: None,
            day_times: Vec::new(),
            pauses: Vec::new(),
            length: None,
            formerly: Vec::new(),
        }),
        left_out: Vec::new(),
        weeks: vec![PlannedWeek {
            number: 1,
            first_day: 0,
            days: 7,
            waits: Vec::new(),
            is_turn: false,
            phase: id("base"),
            kind: PhaseKind::Base,
            start: Some(start),
            sessions,
        }],
    }
}

fn catalog(names: &[String]) -> Catalog {
    let session = |(index, name): (usize, &String)| {
        entry(&format!("session-{index}"), json!({"kind": "strength", "duration": "60 min"}), json!({"name": name}))
    };
    let words = json!({"name": names[0], "summary": "s", "goal": "g", "audience": "a"});
    Catalog {
        sessions: names.iter().enumerate().map(session).collect(),
        programs: [entry("program", json!({"level": 2, "phases": []}), words)].into(),
        ..Catalog::new(decoded::<Project>(json!({"language": "en"})))
    }
}

fn entry<T>(name: &str, facts: Value, words: Value) -> (Id<T>, Arc<Entry<T>>)
where
    T: Entity<Words: DeserializeOwned> + DeserializeOwned,
{
    (
        id(name),
        Arc::new(Entry::new(id(name), format!("{}/{name}.yaml", T::KIND.folder()), decoded(facts), decoded(words))),
    )
}

fn id<T>(text: &str) -> Id<T> {
    text.parse().unwrap()
}

fn decoded<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}
