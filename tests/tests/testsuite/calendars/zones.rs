//! One schedule for each zone and each change of its clocks: every reader must find every session at the right time.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZoneDatabase;
use jiff::{Timestamp, ToSpan as _};
use regimen_tests::Project;

use super::event::Event;
use super::{bytes, planned, readers};

/// Both hemispheres, whole, half and quarter hours, zones that never change, change at midnight, by half an hour,
/// backwards (Dublin), on days that no yearly rule names (Cairo, Jerusalem, Nuuk, Santiago), and others that took
/// another rule in 2026 (Casablanca, Edmonton, Vancouver).
const ZONES: &[&str] = &[
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "America/Asuncion",
    "America/Edmonton",
    "America/Havana",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Vancouver",
    "Asia/Beirut",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Australia/Adelaide",
    "Australia/Brisbane",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Chisinau",
    "Europe/Dublin",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Easter",
    "UTC",
];

/// Before, inside and after the hours in which clocks change, in turn.
const TIMES: [&str; 5] = ["00:30", "02:30", "23:15", "01:45", "18:30"];

/// Three days, the second of them long enough to begin and end on both sides of a change.
const PROGRAM: &str = "\
level: 1
phases:
  - id: start
    kind: base
    weeks: 1
    sessions:
      - {session: calf-day, day: 1}
      - {session: long-day, day: 2}
      - {session: calf-day, day: 3}
words: {name: \"Strong, and well\", summary: Three days., goal: Stronger calves, audience: Everyone}
";

const LONG_DAY: &str = "\
kind: strength
duration: 140-150 min
main:
  - exercise: heel-raise
  - text: slowly
words:
  name: Langer Übungstag 🏃🏽‍♀️
  texts:
    slowly: \"Slowly; with a comma, a \\\\ and \\\"quotes\\\".\"
";

/// The days on which the clocks of a zone change from spring 2026 to spring 2027, and two on which few do.
fn days(zone: &str) -> Vec<Date> {
    let clocks = TimeZoneDatabase::bundled().get(zone).unwrap();
    let start: Timestamp = "2026-02-01T00:00:00Z".parse().unwrap();
    let end: Timestamp = "2027-05-01T00:00:00Z".parse().unwrap();
    let changes = clocks.following(start).map(|change| change.timestamp()).take_while(|change| *change < end);
    let mut days: Vec<Date> = changes.map(|change| clocks.to_datetime(change).date()).collect();
    days.extend([Date::constant(2026, 11, 1), Date::constant(2027, 1, 10)]);
    days.sort_unstable();
    days.dedup();
    days
}

/// A project with a schedule for each of them, with `settings` for the exporter.
fn project(settings: &str) -> Project {
    let days = ZONES.iter().flat_map(|zone| days(zone).into_iter().map(move |day| (zone, day)));
    let schedule = |(index, (zone, day)): (usize, (&&str, Date))| {
        let name = zone.to_lowercase().replace(['/', '_'], "-");
        let (start, at) = (day - 1.day(), TIMES[index % TIMES.len()]);
        format!("  {name}-{day}: {{program: strong-calves, start: {start}, timezone: {zone}, at: \"{at}\"}}\n")
    };
    let schedules: String = days.enumerate().map(schedule).collect();
    let whole_days = "  whole-days: {program: strong-calves, start: 2027-03-27}\n";
    let file = format!(
        "language: en\nrevised: 2026-11-20\nexporters:\n  ics: {settings}\nschedules:\n{whole_days}{schedules}\
         words: {{title: Zones}}\nrules: {{cool-down: off, disclaimer-missing: off, source-missing: off, warm-up: off}}\n"
    );
    Project::small()
        .file("catalog/regimen.yaml", file)
        .file("catalog/sessions/long-day.yaml", LONG_DAY)
        .file("catalog/programs/strong-calves.yaml", PROGRAM)
}

/// Builds the calendars of a project, and gives what must be read in each.
fn built(project: &Project) -> BTreeMap<PathBuf, Vec<Event>> {
    project.run("build --only ics").exits(0);
    let planned = planned::of_project(project);
    let files = project.files("out/ics").into_keys().filter(|file| file.ends_with(".ics"));
    let written = files.map(|file| project.path("out/ics").join(file));
    assert!(planned.keys().cloned().eq(written), "a file for each schedule");
    for path in planned.keys() {
        let problems = bytes::problems(&fs::read(path).unwrap());
        assert!(problems.is_empty(), "{}: {problems:#?}", path.display());
    }
    planned
}

#[test]
fn every_reader_finds_every_session_in_every_zone() {
    let project = project("{}");
    let planned = built(&project);
    assert!(planned.len() > 100, "{} files", planned.len());
    let described = |path: &PathBuf| fs::read_to_string(path).unwrap().contains("BEGIN:VTIMEZONE");
    let by_rules = planned.keys().filter(|path| described(path)).count();
    assert!(by_rules > 60 && by_rules < planned.len() - 10, "{by_rules} files describe their zone");
    readers::assert_agreement(&planned);
}

#[test]
fn every_reader_finds_whole_days_and_times_without_a_zone() {
    let project = project("{floating: true, reminder: [90 min, 1 d], colour: teal, url: \"https://a.example\"}");
    let mut planned = built(&project);
    // The address stands at the end of the text, too.
    for event in planned.values_mut().flatten() {
        event.description = format!("{}\n\nhttps://a.example", event.description.trim());
        assert!(!event.start.ends_with('Z'));
    }
    let few = planned.into_iter().filter(|(path, _)| {
        let name = path.file_name().unwrap().to_str().unwrap();
        ["whole", "utc", "europe-berlin", "australia-lord"].iter().any(|start| name.starts_with(start))
    });
    readers::assert_agreement(&few.collect());
}

#[test]
fn every_reader_finds_every_session_of_the_shipped_programme() {
    let project = Project::shipped();
    let planned = built(&project);
    assert_eq!(planned.values().map(Vec::len).sum::<usize>(), 24);
    let catalog = crate::plan::catalog();
    let plan = crate::plan::plan(&catalog);
    for (event, session) in planned.values().flatten().zip(plan.sessions()) {
        assert!(event.summary.contains(&format!("week {} of {}", session.week, plan.weeks.len())));
        for exercise in crate::plan::exercise_names(&catalog, session) {
            assert!(event.description.contains(&format!("- {exercise}: ")), "{exercise} in {}", event.description);
        }
    }
    readers::assert_agreement(&planned);
}
