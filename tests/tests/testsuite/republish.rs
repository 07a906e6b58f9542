//! Calendars that readers already have: what a later build changes in them.

use std::collections::BTreeMap;

use regimen_tests::Project;

const CALENDAR: &str = "out/ics/spring-2027.ics";
const PROGRAM: &str = "catalog/programs/runners-hamstrings.yaml";

/// The shipped catalogue with its calendar published.
fn published() -> Project {
    let project = Project::shipped();
    build(&project, "");
    project
}

fn build(project: &Project, more: &str) {
    project.run(&format!("build --only ics {more}")).exits(0);
}

/// A file of the project with a change that it has room for.
fn edited(project: Project, path: &str, before: &str, after: &str) -> Project {
    let text = project.text(path);
    assert!(text.contains(before), "{before} is in {path}");
    project.file(path, text.replacen(before, after, 1))
}

/// The lines of each event by its UID.
fn events(project: &Project) -> BTreeMap<String, String> {
    let text = project.text(CALENDAR);
    let event = |part: &str| {
        let event = part.split("END:VEVENT").next().unwrap().to_owned();
        let uid = event.lines().find_map(|line| line.strip_prefix("UID:")).unwrap().to_owned();
        (uid, event)
    };
    text.split("BEGIN:VEVENT").skip(1).map(event).collect()
}

/// The value of a line in every event.
fn values(events: &BTreeMap<String, String>, name: &str) -> Vec<String> {
    let value = |event: &String| event.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned();
    events.values().map(value).collect()
}

/// How many events differ, and how many of the others stayed.
fn changes(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> (usize, usize) {
    let same = after.iter().filter(|(uid, event)| before.get(*uid) == Some(event)).count();
    (after.len() - same, same)
}

#[test]
fn a_revision_of_something_else_changes_no_event() {
    let project = published();
    let before = events(&project);
    let project = edited(project, "catalog/regimen.yaml", "revised: 2026-11-20", "revised: 2026-12-24");
    build(&project, "");
    assert_eq!(events(&project), before);
}

#[test]
fn an_edited_dose_changes_the_events_that_show_it() {
    let project = published();
    let before = events(&project);
    let dose = "{sets: 2, reps: 8, tempo: 3-1-1-0, rpe: 6, rest: 90 s}";
    let project = edited(project, PROGRAM, dose, &dose.replace("reps: 8", "reps: 6"));
    build(&project, "");
    let after = events(&project);
    let (changed, same) = changes(&before, &after);
    assert!((1..=2).contains(&changed) && changed + same == 24, "{changed} changed");
    assert!(before.keys().eq(after.keys()));
    let raised = values(&after, "SEQUENCE:").into_iter().filter(|sequence| sequence == "1").count();
    assert_eq!(raised, changed);
}

#[test]
fn removed_sessions_are_cancelled_in_a_file_and_left_out_of_a_feed() {
    let session = "      - {session: hamstring-mobility, day: thursday, slot: mobility}\n";
    let project = edited(published(), PROGRAM, session, "");
    build(&project, "");
    let after = events(&project);
    assert_eq!(after.len(), 24);
    let cancelled: Vec<_> = after.values().filter(|event| event.contains("STATUS:CANCELLED")).collect();
    assert_eq!(cancelled.len(), 3, "three weeks of the first phase");
    assert!(cancelled.iter().all(|event| event.contains("SUMMARY:Cancelled: ") && event.contains("SEQUENCE:1\r\n")));
    build(&project, "");
    assert_eq!(events(&project), after, "and stay as they are");

    let feed = edited(published(), "catalog/regimen.yaml", "exporters:", "exporters:\n  ics: {feed: true}");
    let feed = edited(feed, PROGRAM, session, "");
    build(&feed, "");
    assert_eq!(events(&feed).len(), 21);
    assert!(!feed.text(CALENDAR).contains("CANCELLED"));
}

#[test]
fn a_plan_that_moves_by_a_week_moves_its_events() {
    let project = published();
    let before = events(&project);
    build(&project, "--start 2027-01-11");
    let after = events(&project);
    assert!(before.keys().eq(after.keys()));
    assert!(values(&after, "SEQUENCE:").iter().all(|sequence| sequence == "1"));
    assert!(values(&after, "DTSTART").contains(&";TZID=Europe/London:20270112T183000".to_owned()));
    build(&project, "--at 07:00 --timezone America/New_York --length 45min");
    let again = events(&project);
    assert!(values(&again, "SEQUENCE:").iter().all(|sequence| sequence == "2"));
    assert!(values(&again, "DTSTART").contains(&";TZID=America/New_York:20270105T070000".to_owned()));
    assert!(values(&again, "DTEND").contains(&";TZID=America/New_York:20270105T074500".to_owned()));
}

#[test]
fn two_readers_of_one_programme_have_events_of_their_own() {
    let other = "  anna:\n    program: runners-hamstrings\n    start: 2027-01-04\nwords:";
    let project = edited(published(), "catalog/regimen.yaml", "words:", other);
    let before = events(&project);
    build(&project, "");
    assert_eq!(events(&project), before, "a new reader changes nothing for the first");
    let anna = project.text("out/ics/anna.ics");
    assert!(before.keys().all(|uid| !anna.contains(uid)));
}

#[test]
fn a_calendar_that_cannot_be_read_is_never_overwritten() {
    let project = published();
    let good = project.text(CALENDAR);
    let project = project.file(CALENDAR, &good[..good.len() / 2]);
    project.run("build --only ics").exits(3).says("was changed by hand after a build wrote it");
    let run = project.run("build --only ics --adopt").exits(1);
    run.says("error[ics/damaged-calendar]: the earlier `spring-2027.ics` cannot be read").says("put the file back");
    assert_eq!(project.text(CALENDAR), &good[..good.len() / 2]);

    let foreign = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Else//EN\r\nEND:VCALENDAR\r\n";
    let project = Project::shipped().file(CALENDAR, foreign);
    project.run("build --only ics").exits(3).says("holds no manifest");
    project.run("build --only ics --adopt").exits(1).says("error[ics/foreign-calendar]").says("`-//Else//EN`");
    assert_eq!(project.text(CALENDAR), foreign);
}

#[test]
fn a_copy_of_what_readers_have_stands_for_the_output_folder() {
    let project = published();
    build(&project, "--start 2027-01-11");
    let bytes = project.text(CALENDAR);
    let fresh = Project::shipped().file("site/ics/spring-2027.ics", bytes);
    build(&fresh, "--previous site");
    assert!(values(&events(&fresh), "SEQUENCE:").iter().all(|sequence| sequence == "2"));
    fresh.run("build --previous nowhere").exits(2).says("there is no folder `nowhere`").says("first build");
    let before = fresh.files("out");
    for wrong in ["site/ics", "catalog"] {
        fresh.run(&format!("build --only ics --previous {wrong}")).exits(1).says("error[nothing-earlier]");
    }
    let odd = Project::shipped().file("site/ics/spring-2027.ics/notes.txt", "");
    odd.run("build --only ics --previous site").exits(3).says("it is not a file");
    assert!(before == fresh.files("out"), "nothing is written");
}

#[test]
fn a_race_holds_the_programmes_that_have_one() {
    let racer = Project::small().overlay("catalog", &regimen_tests::repository().join("tests/fixtures/racer"));
    build(&racer, "--race 2027-05-02");
    let calendar = racer.text("out/ics/spring-race.ics").replace("\r\n ", "");
    let race = calendar.split("BEGIN:VEVENT").find(|event| event.contains("Half marathon race")).unwrap();
    assert!(race.contains("DTSTART;VALUE=DATE:20270502"), "{race}");
    racer.run("build --race 2027-05-02 --start 2027-01-04").exits(2).says("cannot be used with");
    Project::shipped().run("build --race 2027-05-02").exits(2).says("no schedule has a programme with a race");
}

#[test]
fn times_that_cannot_be_meant_are_explained() {
    for (arguments, said) in [
        ("--at 7", "such as 18:30"),
        ("--at 25:00", "such as 18:30"),
        ("--timezone Europe/Berlni", "did you mean `Europe/Berlin`?"),
        ("--length long", "such as \"45 min\""),
        ("--race tomorrow", "such as 2027-01-04"),
    ] {
        Project::shipped().run(&format!("build {arguments}")).exits(2).says(said);
    }
    let racer = Project::small().overlay("catalog", &regimen_tests::repository().join("tests/fixtures/racer"));
    racer.run("build --at 18:30").exits(2).says("`spring-race` gets a time of day").says("--timezone");
}

#[test]
fn a_build_says_what_it_does_to_readers() {
    // Friday has a session already, which then follows this one.
    let project = edited(published(), PROGRAM, "day: thursday", "day: friday");
    project.run("build --only ics").exits(0).says("info[ics/changes]: spring-2027: 6 moved, 18 as before");
    project.run("build --only ics").exits(0).quietly();
}

#[test]
fn a_renamed_schedule_goes_on_from_its_calendar() {
    let before = published();
    let known = events(&before);
    let project =
        edited(before, "catalog/regimen.yaml", "  spring-2027:\n", "  summer-2027:\n    formerly: [spring-2027]\n");
    build(&project, "");
    let renamed = project.text("out/ics/summer-2027.ics");
    assert!(known.values().all(|event| renamed.contains(event)), "not a byte of any event changes");
    assert!(!project.path(CALENDAR).exists());
}

#[test]
fn a_calendar_that_is_no_longer_made_is_named() {
    let project = Project::small();
    project.run("build").exits(0).quietly();
    let renamed = project.text("catalog/regimen.yaml").replace("\n  spring:\n", "\n  summer:\n");
    let project = project.file("catalog/regimen.yaml", renamed);
    let run = project.run("build").exits(0);
    run.says("warning[no-longer-made]: no longer made: `ics/spring.ics`; new: `ics/summer.ics`").says("`formerly`");
    project.run("build").exits(0).quietly();
}

#[test]
fn calendars_that_were_lost_are_missed() {
    let project = Project::shipped();
    let run = || project.run("build --only ics --cache kept").exits(0);
    run().quietly();
    std::fs::remove_dir_all(project.path("out")).unwrap();
    run().says("warning[revisions-lost]");
    run().quietly();
}

#[test]
fn private_calendars_are_two() {
    let options = "exporters:\n  ics: {private: true}\n";
    let project = edited(Project::shipped(), "catalog/regimen.yaml", "exporters:\n", options);
    build(&project, "");
    let (others, own) = (project.text(CALENDAR), project.text("out/ics/private/spring-2027.ics"));
    assert!(!others.contains("Strength") && !others.contains("amstring") && !others.contains("DESCRIPTION"));
    assert!(own.contains("SUMMARY:Strength A"));
}
