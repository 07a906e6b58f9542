//! The three exports say the same, because they come from the same plan.

use std::collections::BTreeSet;

use regimen_tests::{Project, Tool};

use crate::plan::{catalog, exercise_names, items, plan, work};

#[test]
fn the_programme_is_what_was_decided() {
    let catalog = catalog();
    let plan = plan(&catalog);
    assert_eq!(plan.weeks.len(), 8);
    assert_eq!(plan.sessions().count(), 24);
    assert!(plan.weeks.iter().all(|week| week.sessions.len() == 3));
}

/// A calendar's text with long lines put together and escapes undone.
fn unfolded(calendar: &str) -> String {
    calendar.replace("\r\n ", "").replace("\\,", ",").replace("\\;", ";").replace("\\n", "\n")
}

#[test]
fn the_calendar_has_every_session_with_its_exercises() {
    let catalog = catalog();
    let plan = plan(&catalog);
    let project = Project::shipped();
    project.run("build --only ics").exits(0);
    let calendar = unfolded(&project.text("out/ics/spring-2027.ics"));
    let events: Vec<&str> = calendar.split("BEGIN:VEVENT").skip(1).collect();
    assert_eq!(events.len(), plan.sessions().count());
    for (event, session) in events.iter().zip(plan.sessions()) {
        let date = session.date.unwrap().strftime("%Y%m%d").to_string();
        assert!(event.contains(&format!("DTSTART;TZID=Europe/London:{date}T183000")), "{date}: {event}");
        assert!(event.contains(catalog.sessions[&session.session].words.name.as_str()), "{event}");
        for item in items(session) {
            let line = format!("- {}: {}", catalog.exercises[&item.exercise].words.name, work(item));
            assert!(event.contains(&line), "{} misses {line}:\n{event}", session.slot);
        }
    }
}

#[test]
fn the_pages_name_every_exercise_of_the_plan() {
    let catalog = catalog();
    let project = Project::shipped();
    project.run("build --only markdown").exits(0);
    let page = project.text("out/markdown/programs/runners-hamstrings.md");
    // Links lead to the cards below; without their targets the page reads as the handout does.
    let read = page.split("](#").map(|part| part.split_once(')').map_or(part, |(_, after)| after));
    let read: String = read.collect::<Vec<_>>().concat().replace(['[', ']'], "");
    for session in plan(&catalog).sessions() {
        let name = &catalog.sessions[&session.session].words.name;
        let sheet = section(&read, &format!("\n## {name}\n"), "\n## ");
        for item in items(session) {
            let exercise = &catalog.exercises[&item.exercise].words.name;
            let cell = cell(sheet, exercise, session.week);
            let said = cell.is_some_and(|cell| cell.split(" · ").next() == Some(&*work(item)))
                || sheet.contains(&format!("{exercise} {}", work(item)));
            assert!(said, "{} misses {exercise} {}:\n{sheet}", session.slot, work(item));
        }
    }
    let guide = project.text("out/markdown/guides/best-hamstring-exercises-for-runners.md");
    let words = &catalog.guides.values().next().unwrap().words;
    assert!(guide.starts_with(&format!("# {}\n", words.title)), "{}", &guide[..200]);
    for (id, exercise) in &catalog.exercises {
        let own = project.text(&format!("out/markdown/exercises/{}.md", id.as_str()));
        for step in &exercise.words.steps {
            let debug = format!("{step:?}");
            let pieces = plain(&debug);
            assert!(!pieces.is_empty() && pieces.iter().all(|piece| own.contains(piece)), "{id:?} misses {step:?}");
        }
    }
}

/// The text from one sign up to the next other one.
fn section<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, after) = text.split_once(from).unwrap();
    after.split(to).next().unwrap()
}

/// What an exercise has in a week, in the tables of its session.
fn cell<'a>(sheet: &'a str, exercise: &str, week: u32) -> Option<&'a str> {
    let tables = sheet.split("\n\n").filter(|table| table.starts_with('|'));
    tables
        .filter_map(|table| {
            let cells = |line: &'a str| line.split(" | ").map(|cell| cell.trim_matches(['|', ' '])).collect::<Vec<_>>();
            let column = cells(table.lines().next()?).iter().position(|title| *title == format!("Week {week}"))?;
            let row = table.lines().map(cells).find(|row| row[0].split(" · ").next() == Some(exercise))?;
            row.get(column).copied()
        })
        .next()
}

/// A text without its blanks.
fn tight(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The texts in a line of prose, as its debug form shows them.
fn plain(debug: &str) -> Vec<&str> {
    debug.split("Text(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_handouts_say_what_the_plan_says() {
    let Some(pdftotext) = Tool::named("pdftotext") else {
        return;
    };
    let catalog = catalog();
    let plan = plan(&catalog);
    let project = Project::shipped();
    let settings = project.text("catalog/regimen.yaml").replace("layout: [sheet,", "layout: [handout,");
    let project = project.file("catalog/regimen.yaml", settings);
    project.run("build --only pdf").exits(0);
    let printed = |file: &str| {
        let text = pdftotext.judge(&[&project.path(file), &"-"]);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let handout = printed("out/pdf/schedules/spring-2027.pdf");
    let names: BTreeSet<String> = plan.sessions().flat_map(|session| exercise_names(&catalog, session)).collect();
    for name in &names {
        assert!(handout.contains(name), "the handout misses {name}");
    }
    for session in plan.sessions() {
        let name = &catalog.sessions[&session.session].words.name;
        // Readers of PDF guess blanks from distances, so none count here.
        let facts = format!("{name} {} · weeks", session.date.unwrap().strftime("%A"));
        let handout = tight(&handout);
        let sheet = section(&handout, &tight(&facts), "·weeks");
        for item in items(session) {
            // Lines of narrow cells come mixed with those of the cells beside them, so each word is asked for alone.
            let said = format!("{} {}", catalog.exercises[&item.exercise].words.name, work(item));
            for word in said.split_whitespace() {
                assert!(sheet.contains(word), "{} misses {word} of {said}:\n{sheet}", session.slot);
            }
        }
        let day = session.date.unwrap().strftime("%-d %B").to_string();
        assert!(handout.contains(&tight(&day)), "the handout misses {day}");
    }
    let guide = printed("out/pdf/guides/best-hamstring-exercises-for-runners.pdf");
    assert!(guide.contains(catalog.guides.values().next().unwrap().words.title.as_str()));
}

#[test]
fn a_handout_with_dates_ends_with_the_way_into_a_calendar() {
    let Some(pdftotext) = Tool::named("pdftotext") else {
        return;
    };
    let told = |options: &str| {
        let schedules = "schedules: {spring: {program: strong-calves, start: 2027-01-04}}";
        let file = format!("language: en\nexporters: {{pdf: {{{options}}}}}\n{schedules}\nwords: {{title: Small}}\n");
        let project = Project::small().file("catalog/regimen.yaml", file);
        project.run("build --only pdf").exits(0);
        let text = pdftotext.judge(&[&project.path("out/pdf/schedules/spring.pdf"), &"-"]);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for options in ["layout: handout", "details: full"] {
        assert!(told(options).contains("In your calendar The file spring.ics holds every session."), "{options}");
    }
    assert!(told("layout: handout, address: https://club.example/c").contains("https://club.example/c/spring.ics"));
    for options in ["layout: handout, calendar: false", "layout: sheet"] {
        assert!(!told(options).contains("In your calendar"), "{options}");
    }
}
