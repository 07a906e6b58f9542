//! Which sheet is the newer: the mark of the content, on paper, in the calendar and on the page.

use regimen_tests::{Project, Tool};
use serde_json::Value;

/// A file of the project with a change that it has room for.
fn edited(project: Project, path: &str, before: &str, after: &str) -> Project {
    let text = project.text(path);
    assert!(text.contains(before), "{before} is in {path}");
    project.file(path, text.replacen(before, after, 1))
}

/// The mark of the shipped programme and of its schedule, as `regimen show` has them.
fn shown(project: &Project) -> [String; 2] {
    let shown = project.run("show program:runners-hamstrings --format json").exits(0).stdout;
    let shown: Value = serde_json::from_str(&shown).unwrap();
    let facts = &shown["facts"];
    [&facts["edition"], &facts["schedules"][0]["edition"]].map(|mark| mark.as_str().unwrap().to_owned())
}

/// The line of a calendar that has its edition.
fn of_calendar(project: &Project) -> String {
    let text = project.text("out/ics/spring-2027.ics");
    text.lines().find_map(|line| line.strip_prefix("X-WR-CALDESC:")).unwrap().to_owned()
}

#[test]
fn the_same_edition_is_on_paper_in_the_calendar_and_on_the_page() {
    let project = Project::shipped();
    project.run("build").exits(0);
    let [program, spring] = shown(&project);
    assert_eq!(
        spring.split_once('-').unwrap().0,
        program,
        "the days have a mark of their own behind that of the programme"
    );
    assert_eq!(of_calendar(&project), format!("20 November 2026 · {spring}"));
    let page = project.text("out/markdown/programs/runners-hamstrings.md");
    assert!(page.trim_end().ends_with(&format!("20 November 2026 · {program}")), "{}", &page[page.len() - 400..]);
    let Some(pdftotext) = Tool::named("pdftotext") else { return };
    let read = pdftotext.judge(&[&"-layout", &project.path("out/pdf/schedules/spring-2027.pdf"), &"-"]);
    let pages: Vec<&str> = read.trim_end_matches('\u{c}').split('\u{c}').collect();
    for page in pages {
        let edition = format!("20 November 2026 · {spring}");
        assert!(page.replace('\u{a0}', " ").contains(&edition), "{edition} is on every page: {page}");
    }
}

#[test]
fn the_same_content_has_the_same_mark() {
    let project = Project::shipped();
    let first = shown(&project);
    let project =
        edited(project, "catalog/programs/runners-hamstrings.yaml", "words:", "# For nobody to read.\nwords:");
    let project = edited(project, "catalog/regimen.yaml", "revised: 2026-11-20", "revised: 2026-12-24");
    assert_eq!(shown(&project), first, "what no reader sees is no content");
}

#[test]
fn another_content_has_another_mark_and_days_have_their_own() {
    let project = Project::shipped();
    let first = shown(&project);
    project.run("build --only ics").exits(0);
    let project = edited(project, "catalog/regimen.yaml", "start: 2027-01-04", "start: 2027-01-11");
    let moved = shown(&project);
    assert_eq!(moved[0], first[0], "the programme is as it was");
    assert_ne!(moved[1], first[1]);
    let exercise = "catalog/exercises/nordic-curl.yaml";
    let project = edited(project, exercise, "Nordic curl", "Nordic hamstring lower");
    let renamed = shown(&project);
    assert_ne!(renamed[0], first[0]);
    assert_eq!(renamed[1].split_once('-').unwrap().1, moved[1].split_once('-').unwrap().1, "the days are as they were");
}

#[test]
fn a_new_mark_changes_no_event() {
    let project = Project::shipped();
    project.run("build --only ics").exits(0);
    let before = project.text("out/ics/spring-2027.ics");
    let edition = of_calendar(&project);
    // It is printed with the programme and is in no event.
    let project =
        edited(project, "catalog/programs/runners-hamstrings.yaml", "  notes:\n", "  notes:\n    - Ask if in doubt.\n");
    project.run("build --only ics").exits(0);
    assert_ne!(of_calendar(&project), edition);
    assert_eq!(project.text("out/ics/spring-2027.ics").replace(&of_calendar(&project), &edition), before);
}
