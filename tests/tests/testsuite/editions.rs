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

/// The lines of what is printed behind the empty line: the slips.
fn slips(printed: &str) -> Vec<&str> {
    printed.split_once("\n\n").map_or(Vec::new(), |(_, slips)| slips.lines().collect())
}

/// The shipped catalogue, and a copy of it from before an edit of one dose and one day.
fn edited_since() -> Project {
    let repository = regimen_tests::repository();
    let project = Project::small().overlay("before", &repository.join("tests/fixtures/small"));
    let project = edited(project, "catalog/fragments/warm-up.yaml", "reps: 5", "reps: 6");
    let other = "  autumn: {program: strong-calves, start: 2027-09-06}\n";
    let own = project.text("catalog/regimen.yaml").replace("schedules:\n", &format!("schedules:\n{other}"));
    let before = project.text("before/regimen.yaml").replace("schedules:\n", &format!("schedules:\n{other}"));
    project.file("catalog/regimen.yaml", own).file("before/regimen.yaml", before)
}

#[test]
fn who_gets_a_slip_is_who_has_another_sheet() {
    let project = edited_since();
    let run = project.run("changed --since before").exits(0).quietly();
    let slips = slips(&run.stdout);
    assert_eq!(slips.len(), 2, "{}", run.stdout);
    assert!(slips.iter().all(|slip| slip.contains("(+ 7): Heel raise: 5 reps → 6 reps")), "{slips:?}");
    // What is the same in all sessions of a sheet is listed once.
    let listed: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("    ")).collect();
    assert_eq!(listed, ["    Heel raise: 5 reps → 6 reps"; 2], "{}", run.stdout);
    assert_eq!(
        run.stdout.lines().filter(|line| line.starts_with("  ") && line.ends_with(" (+ 7)")).count(),
        2,
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("  in fragments/warm-up.yaml\n"), "{}", run.stdout);
    let project = edited(project, "catalog/fragments/warm-up.yaml", "reps: 6", "reps: 5");
    let project = edited(project, "catalog/regimen.yaml", "start: 2027-09-06", "start: 2027-09-13");
    let run = project.run("changed --since before").exits(0).quietly();
    let found: Vec<&str> = self::slips(&run.stdout);
    assert!(found.len() == 1 && found[0].starts_with("autumn: "), "{}", run.stdout);
    assert!(found[0].contains("Tuesday 7 September 2027 → Tuesday 14 September 2027"), "{}", run.stdout);
    let json = project.run("changed --since before --format json").exits(0).quietly().stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json[0]["sheet"], json.as_array().unwrap().len()), (&Value::from("schedules/autumn"), 1));
}

#[test]
fn a_slip_names_the_sheets_that_are_not_as_they_were() {
    let project = edited_since();
    let json = project.run("changed --since before --format json").exits(0).quietly().stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    let pages: Vec<&str> = json[0]["pages"].as_array().unwrap().iter().map(|page| page.as_str().unwrap()).collect();
    assert!(!pages.is_empty(), "{json}");
    let run = project.run("changed --since before").exits(0).quietly();
    let named = format!(" [{}]: ", pages.join("; "));
    assert!(slips(&run.stdout)[0].contains(&named), "{}", run.stdout);
    assert!(run.stdout.contains(&format!("  on {}\n", pages.join("; "))), "{}", run.stdout);
}

#[test]
fn an_output_folder_says_who_has_another_edition() {
    let project = edited_since();
    project.run("build before --only ics").exits(0);
    project.run("changed --since out before").exits(0).says("nothing that is handed out has changed since out");
    let run = project.run("changed --since out").exits(0).quietly();
    assert_eq!(slips(&run.stdout).len(), 2, "{}", run.stdout);
}

#[test]
fn git_knows_the_edition_of_a_date_and_of_a_mark() {
    let Some(_) = Tool::named("git") else { return };
    let project = Project::small();
    let git = |project: &Project, arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.arg("-C").arg(project.path(".")).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]);
        let day = "2026-11-20T12:00:00Z";
        let done = command.args(arguments).env("GIT_COMMITTER_DATE", day).env("GIT_AUTHOR_DATE", day).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    git(&project, &["init", "-q"]);
    git(&project, &["add", "."]);
    git(&project, &["commit", "-q", "-m", "First"]);
    let shown = project.run("show program:strong-calves --format json").exits(0).stdout;
    let shown: Value = serde_json::from_str(&shown).unwrap();
    let mark = shown["facts"]["schedules"][0]["edition"].as_str().unwrap().to_owned();
    project.run(&format!("changed --since {mark}")).exits(0).says("nothing that is handed out has changed");
    let project = edited(project, "catalog/fragments/warm-up.yaml", "reps: 5", "reps: 6");
    for since in ["2026-11-20", "2026-12-01", &mark, &mark.to_lowercase()] {
        let run = project.run(&format!("changed --since {since}")).exits(0).quietly();
        let slips = slips(&run.stdout);
        assert!(slips.len() == 1 && slips[0].starts_with(&format!("spring: {mark} → ")), "{since}: {}", run.stdout);
    }
    project.run("changed --since 2026-11-19").exits(2).says("git has no state of");
    project.run("changed --since 2222-222").exits(2).says("no sheet has the mark");
}

#[test]
fn what_is_no_edition_is_explained() {
    let project = Project::small().file("empty/a.txt", "");
    project.run("changed --since yesterday").exits(2).says("is no date, no mark of a sheet, and no folder");
    project.run("changed --since empty").exits(2).says("is neither a catalogue nor an output folder");
    project.run("changed --since 2026-01-01").exits(2).says("git");
}
