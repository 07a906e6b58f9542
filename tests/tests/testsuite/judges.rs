//! What other programs make of the exports. `tests/judges` has the scripts, `.ci/run` installs the programs.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::ToSpan as _;
use regimen_tests::{Project, Tool};
use serde_json::Value;

use crate::plan::{catalog, exercise_names, plan};

/// The shipped catalogue, built by one exporter.
fn built(exporter: &str) -> Project {
    let project = Project::shipped();
    project.run(&format!("build --only {exporter}")).exits(0);
    project
}

/// The handouts of a built project.
fn handouts(project: &Project) -> Vec<PathBuf> {
    let files = project.files("out/pdf").into_keys();
    let handouts: Vec<_> = files.map(|file| project.path("out/pdf").join(file)).collect();
    assert_eq!(handouts.len(), 2);
    handouts
}

#[test]
fn qpdf_finds_no_damage() {
    let Some(qpdf) = Tool::named("qpdf") else { return };
    for handout in handouts(&built("pdf")) {
        let said = qpdf.judge(&[&"--check", &handout]);
        assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
    }
}

#[test]
fn poppler_finds_every_font_embedded_and_subset() {
    let Some(pdffonts) = Tool::named("pdffonts") else {
        return;
    };
    for handout in handouts(&built("pdf")) {
        let table = pdffonts.judge(&[&handout]);
        let fonts: Vec<&str> = table.lines().skip(2).collect();
        assert!(fonts.len() >= 3, "{table}");
        for font in fonts {
            // The columns from the right: object number and generation, unicode, subset, embedded.
            let columns: Vec<&str> = font.split_whitespace().rev().collect();
            assert_eq!(&columns[2..5], ["yes", "yes", "yes"], "{font}");
        }
    }
}

#[test]
fn poppler_finds_title_and_tags() {
    let Some(pdfinfo) = Tool::named("pdfinfo") else { return };
    for handout in handouts(&built("pdf")) {
        let info = pdfinfo.judge(&[&handout]);
        let field = |name: &str| {
            let line = info.lines().find_map(|line| line.strip_prefix(name));
            line.map(|value| value.trim_start_matches(':').trim().to_owned()).unwrap_or_default()
        };
        assert_eq!(field("Tagged"), "yes", "{info}");
        assert!(field("Title").contains("amstring"), "{info}");
        assert!(field("Page size").ends_with("(A4)"), "{info}");
        assert_eq!(field("JavaScript"), "no", "{info}");
    }
}

#[test]
fn mupdf_draws_every_page_without_a_warning() {
    let Some(mutool) = Tool::named("mutool") else { return };
    for handout in handouts(&built("pdf")) {
        let said = mutool.complaints(&[&"draw", &"-F", &"trace", &"-o", &"/dev/null", &handout]);
        // It names each page, and what it was built without.
        let complaints: Vec<&str> = said
            .lines()
            .filter(|line| !line.starts_with("page ") && !line.contains("ICC support is not available"))
            .collect();
        assert!(complaints.is_empty(), "{complaints:#?}");
    }
}

#[test]
fn three_checkers_find_the_handouts_accessible() {
    let Some(judge) = Tool::python("pdf.py", "page, outloud, pdfua") else {
        return;
    };
    for handout in handouts(&built("pdf")) {
        judge.judge(&[&handout]);
    }
}

/// Asserts that a reader of calendars found what the plan says.
fn agrees_with_the_plan(answer: &str) {
    let events: Value = serde_json::from_str(answer).unwrap();
    let events = events.as_array().unwrap();
    let catalog = catalog();
    let plan = plan(&catalog);
    assert_eq!(events.len(), plan.sessions().count());
    let identities: BTreeSet<&str> = events.iter().map(|event| event["uid"].as_str().unwrap()).collect();
    assert_eq!(identities.len(), events.len());
    let (time, zone) = plan.schedule.as_ref().unwrap().at.clone().unwrap();
    for (event, session) in events.iter().zip(plan.sessions()) {
        let start = session.date.unwrap().to_datetime(time).in_tz(&zone).unwrap();
        let seconds: i64 = session.duration.seconds().high().try_into().unwrap();
        let end = start.checked_add(seconds.seconds()).unwrap();
        assert_eq!(event["start_utc"], start.timestamp().to_string(), "{}", session.slot);
        assert_eq!(event["end_utc"], end.timestamp().to_string(), "{}", session.slot);
        let summary = event["summary"].as_str().unwrap();
        let week = format!("week {} of {}", session.week, plan.weeks.len());
        assert!(summary.ends_with(&week), "{summary} is not in {week}");
        let description = event["description"].as_str().unwrap();
        let name = &catalog.sessions[&session.session].words.name;
        assert!(description.lines().next().unwrap().contains(name.as_str()), "{event:#}");
        for exercise in exercise_names(&catalog, session) {
            assert!(description.contains(&format!("- {exercise}: ")), "{exercise} in {description}");
        }
        assert!(!description.contains('\\'), "escapes are undone: {description}");
    }
}

#[test]
fn three_readers_in_python_find_every_session() {
    let Some(judge) = Tool::python("ics.py", "icalendar, recurring_ical_events, ical") else {
        return;
    };
    agrees_with_the_plan(&judge.judge(&[&built("ics").path("out/ics/spring-2027.ics")]));
}

#[test]
fn thunderbirds_reader_finds_every_session() {
    let Some(judge) = Tool::node("ics.mjs", "ical.js") else {
        return;
    };
    agrees_with_the_plan(&judge.judge(&[&built("ics").path("out/ics/spring-2027.ics")]));
}

#[test]
fn another_markdown_parser_follows_every_link() {
    let Some(judge) = Tool::python("markdown.py", "markdown_it") else {
        return;
    };
    let project = built("markdown");
    let answer: Value = serde_json::from_str(&judge.judge(&[&project.path("out/markdown")])).unwrap();
    let pages: BTreeSet<&str> = answer.as_object().unwrap().keys().map(String::as_str).collect();
    let written = project.files("out/markdown").into_keys().filter(|file| file.ends_with(".md"));
    assert_eq!(pages.len(), written.count());
    let links = |page: &str| answer[page]["links"].as_array().unwrap().len();
    assert!(links("README.md") >= 27, "the first page leads everywhere");
    assert!(links("guides/best-hamstring-exercises-for-runners.md") > 10);
}
