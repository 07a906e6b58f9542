//! What events of calendars say of sessions, days and lengths.

use regimen_tests::Project;

use super::{EXERCISE, PROGRAM, PROJECT, SESSION, START, edited, racing, small};

/// The calendar of the only schedule, one property in a line.
fn calendar(project: &Project) -> String {
    project.run("build --only ics").exits(0);
    project.text("out/ics/spring.ics").replace("\r\n ", "").replace("\\,", ",").replace("\r\n", "\n")
}

#[test]
fn events_say_all_of_a_session_and_name_a_present_zone() {
    let zone = format!("{START}\n    timezone: Asia/Calcutta\n    at: \"18:30\"");
    let session = "  name: Gym\n  summary: Calves only, to spare the knee.\n  texts:\n    film: Watch [the \
                   film](https://a.example/1) first.\n";
    let project = edited(small(PROJECT, START, &zone), SESSION, "  name: Calf day\n", session);
    let project = edited(project, SESSION, "words:\n", "  - text: film\nwords:\n");
    let text = calendar(&project);
    assert!(text.contains("DTSTART;TZID=Asia/Kolkata:20270105T183000\n"), "{text}");
    assert!(text.contains("TZID:Asia/Kolkata\n") && !text.contains("Calcutta"), "{text}");
    let description = text.lines().find(|line| line.starts_with("DESCRIPTION:")).unwrap();
    assert!(description.contains("\\nCalves only, to spare the knee.\\n"), "{description}");
    assert!(description.contains("- Watch the film (https://a.example/1) first.\\n"), "{description}");
}

#[test]
fn a_race_covers_its_days_and_has_no_hour_that_its_author_did_not_give() {
    let text = calendar(&racing("race: 2027-03-28\n    timezone: America/New_York\n    at: \"18:30\""));
    let event = text.split("BEGIN:VEVENT").find(|event| event.contains("SUMMARY:Race day")).unwrap();
    assert!(event.contains("DTSTART;VALUE=DATE:20270328\nDTEND;VALUE=DATE:20270330\n"), "{event}");
    assert!(text.contains("DTSTART;TZID=America/New_York:20270327T183000\n"), "{text}");
}

#[test]
fn a_length_written_for_a_lighter_week_is_that_length() {
    let phases = "    overrides:\n      - {week: 4, kind: deload, volume: 60 %}\n    progression:\n      - {step: long, \
                  lengths: [8 km, 9 km, 10 km, 7 km]}\nwords:\n";
    let session = "kind: run\nduration: 50-80 min\nmain:\n  - run: [{id: long, duration: 8 km, target: \
                   6:00-6:20/km}]\nwords:\n  name: Long run\n";
    let program = Project::small().text(PROGRAM);
    let (before, rest) = program.split_once("    progression:\n").unwrap();
    let (_, words) = rest.split_once("words:\n").unwrap();
    let project = Project::small().file(PROGRAM, format!("{before}{phases}{words}")).file(SESSION, session);
    let text = calendar(&project);
    let titles: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("SUMMARY:Long run ")).collect();
    let length = |title: &&str| title.split(", week").next().unwrap().to_owned();
    let lengths: Vec<String> = titles.iter().step_by(2).map(length).collect();
    assert_eq!(lengths, ["8 km", "9 km", "10 km", "7 km"]);
    assert!(titles[6].ends_with("week 4 of 4 (lighter week)"), "{titles:?}");
}

#[test]
fn an_event_of_several_exercises_has_the_name_of_its_session() {
    let project = Project::small();
    let other = project.text(EXERCISE).replace("Heel raise", "Toe raise");
    let project = edited(project, SESSION, "main:\n", "main:\n  - exercise: toe-raise\n");
    let text = calendar(&project.file("catalog/exercises/toe-raise.yaml", other));
    assert!(text.contains("SUMMARY:Calf day, Toe raise 2 × 10–15 + 1 more exercise, week 1 of 4\n"), "{text}");
}

#[test]
fn nouns_of_labels_keep_their_capitals_inside_a_line() {
    let labels = "name: Deutsch\nlabels:\n  intensity:\n    recovery: Erholung\n  text:\n    rest: Pause {time}\n";
    let project = Project::small().file("catalog/languages/de.yaml", labels);
    let steps = "main:\n  - run: [{repeat: 6, steps: [{duration: 400 m}, {duration: 90 s, intensity: recovery}]}]\n";
    let project = edited(project, SESSION, "main:\n", steps);
    project.run("build --only ics").exits(0);
    let text = project.text("out/ics/de/spring.ics").replace("\r\n ", "");
    assert!(text.contains("90 s Erholung") && text.contains("Pause 45 s"), "{text}");
}
