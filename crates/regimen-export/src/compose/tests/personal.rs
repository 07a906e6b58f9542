//! Documents for one person: their name, note, units, loads.

use regimen_catalog::model::{Person, PersonalFacts};
use regimen_catalog::plan::personalise;

use super::super::{Editions, fridge, program, session_sheets, week_grid};
use super::programs::{planned, read};
use super::with_unit;
use crate::document::Document;
use crate::exporter::{Subject, Unit};

const PHASES: &str = "{id: a, kind: base, weeks: 2, sessions: [{session: gym, day: monday}]}";
const FILES: &[(&str, &str)] = &[
    ("equipment/bar.yaml", "{kind: free-weight, increments: [2.5 kg, 5 lb], words: {name: Bar}}"),
    ("exercises/press.yaml", "{kind: strength, equipment: [[bar]], words: {name: Press, summary: S., steps: [Go.]}}"),
    (
        "sessions/gym.yaml",
        "{kind: strength, duration: 20 min, main: [{exercise: press, dose: {sets: 3, reps: 5, load: 75 %1rm}}], words: {name: Gym}}",
    ),
];

/// A document as text, for somebody with these facts.
fn document(facts: &serde_json::Value, compose: impl FnOnce(&Unit<'_>) -> Document) -> String {
    let catalog = planned(PHASES, FILES);
    let own: PersonalFacts = serde_json::from_value(facts.clone()).expect("facts");
    let person =
        Person { id: "p-1".parse().expect("an id"), program: "plan".parse().expect("an id"), schedule: None, own };
    let entry = &catalog.programs["plan"];
    let plan = personalise(&catalog, entry, &person).expect("a plan").plan;
    with_unit(&catalog, "en", |unit| {
        let unit = Unit { person: Some(&person), subject: Subject::Plan(entry, &plan), ..*unit };
        let document = compose(&unit);
        format!("{}\n{}", regimen_catalog::prose::plain_text(&document.summary), read(&document.blocks))
            .replace('\u{a0}', " ")
    })
}

fn of_plan(
    unit: &Unit<'_>,
    compose: fn(
        &Unit<'_>,
        &regimen_catalog::model::Entry<regimen_catalog::model::Program>,
        &regimen_catalog::plan::Plan,
    ) -> Document,
) -> Document {
    let Subject::Plan(program, plan) = unit.subject else { panic!("a plan") };
    compose(unit, program, plan)
}

#[test]
fn paper_says_for_whom_it_is_and_from_whom() {
    let facts =
        serde_json::json!({"name": "Ann", "note": "Slowly down.", "from": "Dr Elm", "next_visit": "14 January"});
    let sheet = document(&facts, |unit| of_plan(unit, session_sheets));
    assert!(sheet.contains("fields Name: Ann | From: Dr Elm | Next visit: 14 January"), "{sheet}");
    assert!(sheet.contains("\nSlowly down.\n"), "{sheet}");
    for compose in [fridge, week_grid] {
        let page = document(&facts, |unit| of_plan(unit, compose));
        assert!(page.starts_with("Name: Ann"), "{page}");
    }
    let page = document(&facts, |unit| of_plan(unit, program));
    assert!(page.contains("Name: Ann\nFrom: Dr Elm\nNext visit: 14 January\nSlowly down.\n"), "{page}");
    let nobody = document(&serde_json::json!({}), |unit| of_plan(unit, session_sheets));
    assert!(nobody.contains("fields Name:  | From: "), "lines to write on: {nobody}");
}

#[test]
fn weights_have_the_share_beside_them_and_places_the_unit_of_the_person() {
    let sheet = |facts: serde_json::Value| document(&facts, |unit| of_plan(unit, session_sheets));
    let pounds = sheet(serde_json::json!({"best": {"press": "100 kg"}, "units": ["lb"]}));
    assert!(pounds.contains("165 lb (75 %)"), "{pounds}");
    let kilograms = sheet(serde_json::json!({"best": {"press": "100 kg"}}));
    assert!(kilograms.contains("75 kg (75 %)"), "{kilograms}");
    let unknown = sheet(serde_json::json!({}));
    assert!(unknown.contains("75 %") && !unknown.contains("kg ("), "{unknown}");
}

#[test]
fn another_person_has_another_mark() {
    let mark = |facts: serde_json::Value| {
        let mut found = None;
        document(&facts, |unit| {
            found = Editions::default().mark(unit);
            of_plan(unit, fridge)
        });
        found.expect("a mark")
    };
    let (ann, ben) = (mark(serde_json::json!({"name": "Ann"})), mark(serde_json::json!({"name": "Ben"})));
    assert_ne!(ann, ben);
    assert_eq!(ann, mark(serde_json::json!({"name": "Ann"})));
}
