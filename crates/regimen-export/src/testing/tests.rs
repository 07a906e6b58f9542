//! What a build in a test does and refuses.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

/// Writes a file for each unit of every kind, and a number that grows if it is told so.
struct All {
    path: fn(&Unit<'_>) -> String,
    calls: Option<AtomicUsize>,
}

impl Exporter for All {
    fn granularity(&self) -> &[Granularity] {
        use Granularity::{Catalog, Exercise, Guide, Plan, Program};
        &[Plan, Catalog, Guide, Exercise, Program, Guide]
    }

    fn export(&self, unit: &Unit<'_>, out: &mut Output) {
        let calls = self.calls.as_ref().map_or(0, |calls| calls.fetch_add(1, Ordering::Relaxed));
        let seen = format!("{} exercises, {} guides, {calls}", unit.catalog.exercises.len(), unit.catalog.guides.len());
        out.file(Artifact { path: (self.path)(unit).parse().unwrap(), bytes: seen.into() });
    }
}

fn path(unit: &Unit<'_>) -> String {
    match unit.subject {
        Subject::Catalog => "catalog".to_owned(),
        Subject::Guide(guide) => format!("guide/{}", guide.id),
        Subject::Exercise(exercise) => format!("exercise/{}", exercise.id),
        Subject::Program(program, plan) => format!("program/{}-{}", program.id, plan.schedule.is_some()),
        Subject::Plan(program, plan) => format!("plan/{}-{}", program.id, plan.schedule.is_some()),
    }
}

#[test]
fn units_are_those_of_a_build() {
    let second = "{level: 1, phases: [{id: base, kind: base, weeks: 1, sessions: [{session: calf-day, day: 1}]}], \
                  words: {name: B, summary: B., goal: B., audience: B.}}";
    let catalog = catalog_with(&[("programs/b.yaml", second), ("languages/de.yaml", "{name: Deutsch}")]);
    let made = export(&catalog, &All { path, calls: None });
    let english = [
        "catalog",
        "exercise/calf-raise",
        "guide/calves",
        "plan/b-false",
        "plan/calf-plan-true",
        "program/b-false",
        "program/calf-plan-false",
    ];
    let german = english.map(|path| format!("de/{path}"));
    let mut expected: Vec<&str> = english.into_iter().chain(german.iter().map(String::as_str)).collect();
    expected.sort_unstable();
    assert_eq!(made.paths(), expected);
    assert_eq!(made.text("exercise/calf-raise"), "1 exercises, 0 guides, 0", "a unit sees its part only");
}

#[test]
#[should_panic(expected = "is made twice")]
fn two_files_at_one_path_are_refused() {
    export(&catalog(), &All { path: |_| "same".to_owned(), calls: None });
}

#[test]
#[should_panic(expected = "gives something else again")]
fn what_is_not_the_same_again_is_refused() {
    export(&catalog(), &All { path, calls: Some(AtomicUsize::new(0)) });
}

#[test]
#[should_panic(expected = "the catalogue has errors")]
fn a_wrong_file_is_refused() {
    catalog_with(&[("exercises/bad.yaml", "kind: [")]);
}
