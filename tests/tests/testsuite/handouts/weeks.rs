//! Plans on one page for the wall: as long as is promised, in turns of nine days, and longer than a page.

use std::fmt::Write as _;

use regimen_export::document::{ColumnRole, Direction, Document};
use regimen_tests::{Project, Tool};

use super::kinds::handout;
use super::sample;

const RUN: &str =
    "kind: run\nduration: 30-90 min\nmain:\n  - run: [{duration: 5 km, target: easy pace}]\nwords:\n  name: ";
const WORDS: &str =
    "words:\n  name: To the marathon\n  summary: Half a year.\n  goal: A marathon\n  audience: Runners\n";

/// A catalogue whose programmes are printed on one page each.
pub(super) fn wall(options: &str) -> Project {
    let small = Project::small();
    let settings = small.text("catalog/regimen.yaml");
    small
        .file("catalog/regimen.yaml", format!("{settings}exporters:\n  pdf: {{{options}, layout: weeks}}\n"))
        .file("catalog/sessions/easy-run.yaml", format!("{RUN}Easy run\n"))
        .file("catalog/sessions/long-run.yaml", format!("{RUN}Long run\n"))
        .file("catalog/programs/half-year.yaml", half_year(24))
        .file("catalog/sessions/track.yaml", TRACK)
        .file("catalog/sessions/gym.yaml", GYM)
        .file("catalog/programs/double-days.yaml", double_days())
        .file("catalog/programs/nine-days.yaml", nine_days())
}

/// A grid of so many weeks with a run on six days of each.
fn half_year(weeks: usize) -> String {
    let mut text = format!("level: 2\nphases:\n  - {{id: all, kind: build, weeks: {weeks}}}\n");
    text.push_str("grid:\n  sessions: {easy: easy-run, long: long-run}\n  weeks:\n");
    for week in 0..weeks {
        let (easy, long) = (5 + week % 4, 10 + week % 8);
        let easy = format!("{easy} km easy");
        writeln!(text, "    - [rest, {easy}, {easy}, {easy}, {easy}, {easy}, {long} km long]").unwrap();
    }
    text + WORDS
}

const TRACK: &str = "kind: run\nmain:\n  - run: [{repeat: 6, steps: [{duration: 400 m, target: 5k pace}, \
                     {duration: 200 m, intensity: recovery}]}]\nwords:\n  name: Track repeats\n";
const GYM: &str = "kind: strength\nduration: 30 min\nmain:\n  - {exercise: heel-raise, dose: {sets: 3, reps: 8, load: 20 kg}}\nwords:\n  name: Gym\n";

/// A grid of 24 weeks in miles, with two sessions on several days that change from week to week.
fn double_days() -> String {
    let mut text =
        "level: 3\nphases:\n  - {id: all, kind: build, weeks: 24}\ngrid:\n  sessions: {easy: easy-run, long: \
                    long-run, repeats: track}\n  weeks:\n"
            .to_owned();
    let days = [
        "5 mi easy + gym",
        "6 x 400 m @ 5k, 200 m jog",
        "3 mi easy + 3 mi easy",
        "4 x 1 mi @ threshold, 90 s rest + gym",
    ];
    for week in 0..24 {
        let [tuesday, thursday, saturday] = [0, 1, 2].map(|day| days[(week + day) % days.len()]);
        let long = 8 + week / 2;
        let fixed = "6 x 800 m @ 10k, 400 m jog";
        writeln!(text, "    - [rest, '{tuesday}', '{fixed}', '{thursday}', rest or gym, '{saturday}', {long} mi long]")
            .unwrap();
    }
    text + WORDS
}

/// Eighteen turns of nine days.
fn nine_days() -> String {
    let days = (2..=9).map(|day| format!("{{session: easy-run, day: {day}}}")).collect::<Vec<_>>().join(", ");
    format!(
        "level: 2\nphases:\n  - {{id: all, kind: build, days: 162, cycle: 9, sessions: [{{session: long-run, day: 1}}, {days}]}}\n{WORDS}"
    )
}

/// A plan of 24 weeks in a language that runs to the left.
pub(super) fn leftwards() -> Document {
    let days = ["Week", "Monday", "Tuesday", "Thursday", "Sunday"];
    let columns = days.map(|day| (day, if day == "Week" { ColumnRole::Amount } else { ColumnRole::Log }));
    let numbers: Vec<String> = (1..=24).map(|week| format!("{week} Build")).collect();
    let rows: Vec<[&str; 5]> =
        numbers.iter().map(|week| [week.as_str(), "8 km", "6 × 400 m", "8 km", "20 km"]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 5]>::as_slice).collect();
    let document = sample::document("Weeks", vec![sample::table("Weeks", &columns, &rows)]);
    Document { direction: Direction::RightToLeft, ..document }
}

#[test]
fn a_plan_for_the_wall_is_one_page() {
    let (Some(info), Some(text)) = (Tool::named("pdfinfo"), Tool::named("pdftotext")) else { return };
    let catalogues = ["wall", "wall-letter"]
        .map(|kind| ["half-year", "nine-days", "double-days"].map(|plan| format!("{kind}/programs/{plan}.weeks")));
    let names = catalogues.into_iter().flatten().chain(["samples/weeks-leftwards".to_owned()]);
    for name in names {
        let path = &handout(&name).path;
        let pages = info.silently(&[path]).unwrap();
        assert!(pages.lines().any(|line| line.split_whitespace().eq(["Pages:", "1"])), "{name}\n{pages}");
        if name.ends_with("half-year.weeks") {
            let said = text.silently(&[&"-layout", path, &"-"]).unwrap();
            // The last week has no less than the first.
            assert!(said.contains("17 km") && said.contains("57 km"), "{said}");
        }
    }
}

#[test]
fn weeks_that_no_page_holds_are_reported() {
    let project = wall("paper: a4").file("catalog/programs/half-year.yaml", half_year(104));
    let run = project.run("build --only pdf").exits(0);
    let said = run.says("warning[pdf/weeks]: the plan has 104 weeks, one page holds 24, and they take ");
    said.says("leave `weeks` out of `layout`");
}

#[test]
fn three_waves_of_four_lifts_fit_the_fridge() {
    let lifts = [("squat", "monday"), ("press", "tuesday"), ("bench", "thursday"), ("pull", "friday")];
    let small = Project::small();
    let (settings, exercise) = (small.text("catalog/regimen.yaml"), small.text("catalog/exercises/heel-raise.yaml"));
    let waves = "[{reps: 5, at: 65 %}, {reps: 5, at: 75 %}, {reps: amrap, at: 85 %}], \
                 [{reps: 3, at: 70 %}, {reps: 3, at: 80 %}, {reps: amrap, at: 90 %}], \
                 [{reps: 5, at: 75 %}, {reps: 3, at: 85 %}, {reps: amrap, at: 95 %}], \
                 [{reps: 5, at: 40 %}, {reps: 5, at: 50 %}, {reps: 5, at: 60 %}]";
    let (mut sessions, mut progress) = (String::new(), String::new());
    for (lift, day) in lifts {
        writeln!(sessions, "      - {{session: {lift}-day, day: {day}}}").unwrap();
        let table = format!("percent_table: {{of: tm, weeks: [{waves}], then: 2.5 kg}}");
        writeln!(progress, "      - {{exercise: {lift}, {table}}}").unwrap();
    }
    let phase =
        format!("  - id: all\n    kind: build\n    weeks: 12\n    sessions:\n{sessions}    progression:\n{progress}");
    let project = small
        .file("catalog/regimen.yaml", format!("{settings}exporters: {{pdf: {{layout: fridge}}}}\n"))
        .file("catalog/programs/waves.yaml", format!("level: 2\nphases:\n{phase}{WORDS}"));
    let project = lifts.iter().fold(project, |project, (lift, _)| {
        let session = format!(
            "kind: strength\nduration: 60 min\nwarm_up:\n  - text: ramp\nmain:\n  - exercise: {lift}\naccessory:\n  \
             - {{exercise: heel-raise, dose: {{sets: 5, reps: 10, rest: 90 s}}}}\nwords:\n  name: Day of the {lift}\n  \
             texts: {{ramp: Two or three light sets of five.}}\n"
        );
        project
            .file(&format!("catalog/exercises/{lift}.yaml"), exercise.replace("Heel raise", &format!("The {lift}")))
            .file(&format!("catalog/sessions/{lift}-day.yaml"), session)
    });
    let run = project.run("build --only pdf").exits(0);
    assert!(!run.stderr.contains("pdf/too-long"), "{}", run.stderr);
    assert!(project.files("out/pdf").contains_key("programs/waves.fridge.pdf"));
}
