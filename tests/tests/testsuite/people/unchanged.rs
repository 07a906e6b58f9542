//! `regimen build --people`: people of whom there is something to say, and of whom nothing has changed.

use std::fs;

use regimen_tests::Project;

use super::roster::{all, people, project};

const BUILD: &str = "build --people people.csv --cache cache";

/// Three people who have another exercise, because they lack the wall.
fn replaced() -> Project {
    let exercise = include_str!("../../../fixtures/small/exercises/heel-raise.yaml");
    project()
        .file("catalog/equipment/mat.yaml", "words: {name: Mat}\n")
        .file("catalog/exercises/toe-raise.yaml", exercise.replace("[[wall]]", "[]").replace("Heel raise", "Toe raise"))
        .file("catalog/exercises/heel-raise.yaml", exercise.replace("\nwords:", "\nsubstitutes: [toe-raise]\nwords:"))
        .file(
            "people.csv",
            "id,program,equipment\np-1,strong-calves,mat\np-2,strong-calves,mat\np-3,strong-calves,mat\n",
        )
}

#[test]
fn what_is_said_of_people_is_said_again_and_nothing_is_made_again() {
    let project = replaced();
    let said = |stderr: &str| stderr.matches("`toe-raise` is in place of `heel-raise`").count();
    let first = project.run(BUILD).exits(0).prints("3 people");
    assert_eq!(said(&first.stderr), 3, "{}", first.stderr);
    let before = all(&project, "out");
    let run = project.run(&format!("{BUILD} --explain")).exits(0).prints("3 people, 3 as they were");
    assert!(!run.stdout.contains("written") && !run.stdout.contains("p-1"), "{}", run.stdout);
    assert_eq!(said(&run.stderr), 3, "{}", run.stderr);
    assert!(all(&project, "out") == before);
    let page = project.path("out/markdown/people/p-2.md");
    let changed = fs::read_to_string(&page).unwrap() + "mine";
    fs::write(&page, changed).unwrap();
    project.run(BUILD).exits(1).says("p-2.md` was changed by hand");
}

#[test]
fn exporters_that_have_something_to_say_of_somebody_are_asked_again() {
    let file = "catalog/regimen.yaml";
    let project = project().file("people.csv", people(2, ""));
    let text = project.text(file).replace("words:\n", "exporters: {ics: {reminder: \"20:00\"}}\nwords:\n");
    let project = project.file(file, text);
    let late = |stderr: &str| stderr.matches("[ics/late-reminder]").count();
    assert_eq!(late(&project.run(BUILD).exits(0).stderr), 2);
    let run = project.run(&format!("{BUILD} --explain")).exits(0);
    assert_eq!(late(&run.stderr), 2, "{}", run.stderr);
    assert!(run.stdout.contains("p-002: an exporter had something to say, and is asked again"), "{}", run.stdout);
    assert!(!run.stdout.contains("written"), "{}", run.stdout);
}
