//! What tables of weeks and texts of events say of sessions that are on another day than readers expect, or left out.

use regimen_catalog::Catalog;
use regimen_catalog::model::Day;
use regimen_catalog::plan::{Plan, expand};
use regimen_catalog::prose::plain_text;
use regimen_catalog::vocabulary::Weekday;

use super::super::{day_columns, fridge, program, session, week_grid};
use super::programs::{composed, handout, planned, read};
use crate::document::{Block, Row};

const PHASES: &str = "{id: a, kind: build, weeks: 2, sessions: [{session: day, day: monday}, {session: day, day: sunday, slot: long}]}, \
    {id: b, kind: race, weeks: 1, sessions: [{session: day, day: monday}, {session: day, day: sunday, slot: race}]}";
const RACE: (&str, &str) =
    ("sessions/race.yaml", "{kind: race, duration: 1 h, main: [{exercise: raise}], words: {name: Race}}");

fn project(schedule: &str) -> String {
    format!("language: en\nschedules: {{s: {{program: plan, {schedule}}}}}\nwords: {{title: T}}\n")
}

fn with_race(date: u8) -> Catalog {
    let phases = PHASES.replace("{session: day, day: sunday, slot: race}", "{session: race, day: sunday}");
    planned(&phases, &[("regimen.yaml", &project(&format!("race: 2027-04-{date}"))), RACE])
}

fn dated(catalog: &Catalog) -> Plan {
    let schedule = catalog.project.schedules.iter().next();
    expand(catalog, &catalog.programs["plan"], schedule).expect("a plan")
}

/// The rows of the weeks in a handout.
fn rows(text: &str) -> Vec<&str> {
    text.lines()
        .skip_while(|line| !line.starts_with("Week |"))
        .skip(1)
        .take_while(|line| line.contains(" | "))
        .collect()
}

#[test]
fn each_session_is_below_its_weekday_whatever_the_weekday_of_the_race() {
    for date in 19..=25 {
        let plan = dated(&with_race(date));
        assert!(plan.sessions().is_sorted_by_key(|session| session.date), "{date}");
        assert_eq!(plan.sessions().count(), 6);
        let mut found = 0;
        for (week, day) in
            plan.weeks.iter().flat_map(|week| day_columns::days(&plan).into_iter().map(move |day| (week, day)))
        {
            for session in day_columns::on_day(&plan, week, day) {
                assert_eq!(day, Day::Weekday(Weekday::of(session.date.expect("a date"))));
                found += 1;
            }
        }
        assert_eq!(found, 6);
    }
}

#[test]
fn a_row_whose_week_begins_on_another_weekday_than_the_columns_has_dates() {
    let text = |date| {
        let catalog = with_race(date);
        read(&composed(&catalog, |unit, plan| program(unit, &catalog.programs["plan"], plan)).blocks)
    };
    let saturday = text(24);
    let last = rows(&saturday)[2].replace('\u{a0}', " ");
    assert!(last.starts_with("3 (18 April) | Race | "), "{last}");
    assert!(last.contains("18 April") && last.contains("24 April"), "{last}");
    assert!(rows(&saturday)[..2].iter().all(|row| row.matches("April").count() == 1), "{saturday}");
    assert!(rows(&text(25)).iter().all(|row| row.matches("April").count() == 1));
}

const TWO: &str =
    "{id: a, kind: base, weeks: 2, sessions: [{session: day, day: monday}, {session: day, day: thursday, slot: b}]}";
const CHANGES: &str = "start: 2027-01-04, changes: [{skip: w1-b}, {move: w2-day, to: 2027-01-16}]";

#[test]
fn what_is_left_out_or_moved_is_marked_in_its_week() {
    let files = [("regimen.yaml", &*project(CHANGES))];
    let text = handout(TWO, &files).replace('\u{a0}', " ");
    let rows = rows(&text);
    assert!(rows[0].contains("| Day / left out |"), "{text}");
    assert!(rows[1].contains(" / moved from 11 January"), "{text}");
    assert!(!rows[1].contains("16 January"), "the row says when: {text}");
    let catalog = planned(TWO, &files);
    let wall = read(&composed(&catalog, |unit, plan| week_grid(unit, &catalog.programs["plan"], plan)).blocks);
    let wall = wall.replace('\u{a0}', " ");
    assert!(wall.contains("Day / left out") && wall.contains("moved from 11 January"), "{wall}");
}

#[test]
fn a_session_that_is_moved_out_of_its_week_has_its_date() {
    let schedule = CHANGES.replace("2027-01-16", "2027-01-20");
    let text = handout(TWO, &[("regimen.yaml", &project(&schedule))]).replace('\u{a0}', " ");
    assert!(rows(&text)[1].contains(" / 20 January, moved from 11 January"), "{text}");
}

#[test]
fn a_phase_in_days_has_the_columns_of_seven_days() {
    for days in [35, 126, 3640] {
        let phase = format!("{{id: a, kind: base, days: {days}, sessions: [{{session: day, day: 1, every: 2}}]}}");
        let catalog = planned(&phase, &[]);
        let plan = expand(&catalog, &catalog.programs["plan"], None).expect("a plan");
        assert_eq!(day_columns::days(&plan), [1, 2, 3, 4, 5, 6, 7].map(Day::Number), "{days} days");
    }
}

#[test]
fn a_day_that_is_counted_keeps_its_column_when_it_is_moved_away_or_left_out() {
    let phase =
        "{id: a, kind: base, days: 18, cycle: 9, sessions: [{session: day, day: 1}, {session: day, day: 3, slot: b}]}";
    let changes = "start: 2027-01-04, changes: [{skip: c1-b}, {move: c2-b, to: 2027-01-05}]";
    let catalog = planned(phase, &[("regimen.yaml", &project(changes))]);
    let plan = dated(&catalog);
    assert_eq!(day_columns::days(&plan), [Day::Number(1), Day::Number(3)]);
    let text = read(&composed(&catalog, |unit, plan| program(unit, &catalog.programs["plan"], plan)).blocks);
    let text = text.replace('\u{a0}', " ");
    assert!(text.contains("Day / left out") && text.contains("5 January, moved from 15 January"), "{text}");
}

#[test]
fn an_event_says_from_when_it_was_moved() {
    let catalog = planned(TWO, &[("regimen.yaml", &project(CHANGES))]);
    let plan = dated(&catalog);
    let body = |index: usize| {
        let planned = plan.sessions().nth(index).expect("a session");
        super::with_unit(&catalog, "en", |unit| session(unit, &plan, planned, 80).body.whole())
    };
    let moved = body(2);
    assert!(moved.contains("\nMoved from Monday 11 January 2027\n"), "{moved}");
    assert!(!body(0).contains("Moved"));
}

#[test]
fn months_mark_what_is_left_out_or_moved() {
    let files = [("regimen.yaml", &*project(CHANGES))];
    let text = handout(TWO, &files).replace('\u{a0}', " ");
    let months = &text[text.find("January 2027").expect("a month")..];
    assert!(months.contains("moved from 11 January") && months.contains("left out"), "{months}");
}

#[test]
fn a_pause_and_when_on_its_day_a_session_is_are_said() {
    let phases = "{id: a, kind: base, weeks: 2, sessions: [{session: day, day: monday, at: evening}, \
        {session: day, day: thursday, slot: b, at: \"06:15\"}]}";
    let said = |schedule: &str| {
        let catalog = planned(phases, &[("regimen.yaml", &project(schedule))]);
        let plan = dated(&catalog);
        let page = composed(&catalog, |unit, plan| program(unit, &catalog.programs["plan"], plan));
        let first = super::with_unit(&catalog, "en", |unit| session(unit, &plan, &plan.weeks[0].sessions[0], 80));
        (read(&page.blocks).replace('\u{a0}', " "), first.body.whole().lines().nth(1).unwrap_or_default().to_owned())
    };
    let (page, event) = said("start: 2027-01-04, changes: [{pause: 2027-01-20..2027-01-22}, {pause: 2027-01-06}]");
    assert!(page.contains("6 January: pause") && page.contains("20 January to 22 January: pause"), "{page}");
    assert!(rows(&page)[0].contains("evening") && rows(&page)[0].contains("06:15"), "{page}");
    let paused = project("start: 2027-01-04, changes: [{pause: 2027-01-12..2027-01-13}]");
    let catalog = planned(phases, &[("regimen.yaml", &paused)]);
    let wall = composed(&catalog, |unit, plan| week_grid(unit, &catalog.programs["plan"], plan));
    let wall = plain_text(&wall.summary).replace('\u{a0}', " ");
    assert!(wall.starts_with("Starts: ") && wall.ends_with("2027 · 12 January to 13 January: pause"), "{wall}");
    let door = composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan));
    assert_eq!(plain_text(&door.summary).replace('\u{a0}', " "), "12 January to 13 January: pause");
    assert!(event.contains(", evening, "), "{event}");
    let (page, _) = said("start: 2027-01-04, timezone: UTC, times: {evening: \"19:30\"}");
    assert!(rows(&page)[0].contains("19:30") && !page.contains("evening"), "{page}");
}

#[test]
fn the_first_event_of_a_phase_says_when_it_begins() {
    let phase = |id: &str, first: &str| {
        format!(
            "{{id: {id}, kind: rehab, weeks: 2, sessions: [{{session: {first}, day: monday}}, {{session: day, day: friday, slot: b}}]}}"
        )
    };
    let words = "{name: Plan, summary: All., goal: Go., audience: You., enter: {two: [You walk without a limp.]}}";
    let plan = format!("{{level: 1, phases: [{}, {}], words: {words}}}", phase("one", "day"), phase("two", "off"));
    let rest = "{kind: rest, words: {name: Off}}";
    let catalog = super::catalog("{reps: 8}", &[("programs/plan.yaml", &plan), ("sessions/off.yaml", rest)]);
    let plan = expand(&catalog, &catalog.programs["plan"], None).expect("a plan");
    let says = |planned| super::with_unit(&catalog, "en", |unit| session(unit, &plan, planned, 80).body.whole());
    let said = plan.sessions().filter(|planned| says(planned).contains("You walk without a limp."));
    let said: Vec<&str> = said.map(|planned| planned.slot.as_str()).collect();
    assert_eq!(said, ["w3-b"], "a rest may have no event");
}

/// The columns in which a list of a week has its days, and what stands beside them.
fn lists(catalog: &Catalog) -> Vec<Vec<(usize, String)>> {
    let page = composed(catalog, |unit, plan| program(unit, &catalog.programs["plan"], plan));
    let tables =
        page.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    let weeks = tables.take(1).flat_map(|table| &table.rows);
    let listed = |row: &Row| row.listed.iter().map(|cell| (cell.column, cell.title.clone())).collect();
    weeks.map(listed).collect()
}

#[test]
fn a_list_of_a_week_follows_its_dates() {
    let last = |date| lists(&with_race(date)).pop().expect("a week");
    assert_eq!(last(25), [], "the columns have the order of the dates");
    let titled = |column, title: &str| (column, title.to_owned());
    // Monday's session is six days before the race: on a Friday, which comes before it.
    let days = [titled(4, "Friday"), titled(3, "Thursday")];
    assert_eq!(last(22)[1..3], days);
}

#[test]
fn what_stands_above_a_column_is_a_list_in_the_language_of_the_reader() {
    let phases = PHASES.replace("{session: day, day: sunday, slot: race}", "{session: race, day: sunday}");
    let project = project("race: 2027-04-22, timezone: UTC, at: \"18:30\"");
    let chinese = "{name: English, labels: {text: {list-separator: 、}}}";
    let catalog = planned(&phases, &[("regimen.yaml", &project), ("languages/en.yaml", chinese), RACE]);
    let titles = lists(&catalog).pop().expect("a week").into_iter().map(|(_, title)| title);
    assert_eq!(titles.collect::<Vec<_>>(), ["Phase", "Friday、18:30", "Thursday", "Total"]);
}

#[test]
fn each_session_of_a_cell_with_two_dates_says_its_own() {
    let changes = "start: 2027-01-04, changes: [{move: w1-b, to: 2027-01-18}]";
    let phases = TWO.replace("weeks: 2", "weeks: 3");
    let text = handout(&phases, &[("regimen.yaml", &project(changes))]).replace('\u{a0}', " ");
    assert!(rows(&text)[0].contains(" / 4 January / "), "{text}");
    assert!(rows(&text)[0].contains(" / 18 January, moved from 7 January"), "{text}");
    assert!(rows(&text)[1].matches("January").count() == 1, "{text}");
}

#[test]
fn days_are_counted_in_one_way_around_a_pause() {
    let catalog = counted("{pause: 2027-01-12..2027-01-16}");
    let page = composed(&catalog, |unit, plan| program(unit, &catalog.programs["plan"], plan));
    let text = read(&page.blocks).replace('\u{a0}', " ");
    assert!(text.contains("Days | Phase | 1 | 2 | 3 | 4 | 5 | 6 | 7 | Total"), "{text}");
    assert!(text.contains("8–15 (11 January) | ") && text.contains("16–22 (19 January) | "), "{text}");
    assert!(text.contains(" / 17 January | ") && text.contains(" / 18 January | "), "{text}");
    assert!(text.contains("22 days") && !text.contains("Day 3"), "{text}");
    let third: Vec<String> = lists(&catalog)[2].iter().map(|(_, title)| title.clone()).collect();
    assert_eq!(third, ["Phase", "Day 18", "Total"]);
}

/// Ten days of which each has a session, then a week that has one on its third day.
const COUNTED: &str = "{id: a, kind: rehab, days: 10, sessions: [{session: day, day: 1, every: 1}]}, \
    {id: b, kind: rehab, days: 7, sessions: [{session: day, day: 3}]}";

/// That plan for a reader who changes this.
fn counted(changes: &str) -> Catalog {
    planned(COUNTED, &[("regimen.yaml", &project(&format!("start: 2027-01-04, changes: [{changes}]")))])
}

#[test]
fn an_event_counts_days_as_its_plan_does_whether_it_knows_dates_or_not() {
    let said = |changes: &str| {
        let catalog = counted(changes);
        let plan = dated(&catalog);
        let mut undated = Plan { schedule: None, ..plan.clone() };
        for week in &mut undated.weeks {
            week.start = None;
            week.sessions.iter_mut().for_each(|session| session.date = None);
        }
        super::with_unit(&catalog, "en", |unit| {
            let said = |plan: &Plan| session(unit, plan, plan.by_week().last().expect("a session"), 80).title;
            assert_eq!(said(&plan), said(&undated));
            said(&plan)
        })
    };
    assert_eq!(said("{pause: 2027-01-15..2027-01-18}"), "Day, Raise 3 × 8, day 17 of 21");
    assert_eq!(said("{pause: 2027-01-15..2027-01-18}, {pause: 2027-01-22}"), "Day, Raise 3 × 8, day 17 of 22");
    assert_eq!(said("{pause: 2027-01-12}, {pause: 2027-01-13..2027-01-14}"), "Day, Raise 3 × 8, day 16 of 20");
}

#[test]
fn what_is_left_out_or_moved_after_a_pause_is_in_the_column_of_its_day() {
    // Day 8 is 11 January, day 9 the 17th and day 10 the 18th.
    let pause = "{pause: 2027-01-12..2027-01-16}";
    let row = |change: &str| {
        let catalog = counted(&format!("{pause}, {change}"));
        let plan = dated(&catalog);
        let cells = day_columns::days(&plan).into_iter().map(|day| {
            let sessions = day_columns::on_day(&plan, &plan.weeks[1], day).map(|session| session.slot.as_str());
            let left_out = day_columns::left_out_on(&plan, &plan.weeks[1], day).map(|session| session.slot.as_str());
            sessions.chain(left_out).collect::<Vec<_>>().join(" + ")
        });
        cells.collect::<Vec<_>>().join(" | ")
    };
    let usual = "d8-day | d9-day | d10-day |  |  |  | ";
    assert_eq!(row("{skip: d10-day}"), usual);
    assert_eq!(row("{move: d9-day, to: 2027-01-18}"), "d8-day |  | d9-day + d10-day |  |  |  | ");
    for elsewhere in ["2027-01-14", "2027-01-20", "2027-01-05"] {
        assert_eq!(row(&format!("{{move: d10-day, to: {elsewhere}}}")), usual, "{elsewhere}");
    }
}

#[test]
fn hours_of_a_schedule_stand_above_the_column_or_in_the_cell() {
    let project = project("start: 2027-01-04, timezone: UTC, at: \"18:30\", times: {w2-b: \"07:00\"}");
    let catalog = planned(TWO, &[("regimen.yaml", &project)]);
    let text = handout(TWO, &[("regimen.yaml", &project)]).replace('\u{a0}', " ");
    assert!(text.contains("Monday / 18:30 | Thursday / 18:30"), "{text}");
    assert!(rows(&text)[1].contains(" / 07:00") && !rows(&text)[0].contains("18:30"), "{text}");
    let months = &text[text.find("January 2027").expect("a month")..];
    assert!(months.contains("18:30") && months.contains("07:00"), "{months}");
    let wall = read(&composed(&catalog, |unit, plan| week_grid(unit, &catalog.programs["plan"], plan)).blocks);
    assert!(wall.contains("18:30") && wall.contains("07:00"), "{wall}");
    let event = super::with_unit(&catalog, "en", |unit| {
        session(unit, &dated(&catalog), &dated(&catalog).weeks[0].sessions[0], 80).body.whole()
    });
    assert!(!event.contains("18:30"), "a calendar shows it: {event}");
}

#[test]
fn an_hour_above_a_column_covers_no_cell_that_has_none() {
    let phases = PHASES.replace("{session: day, day: sunday, slot: race}", "{session: race, day: sunday}");
    let project = project("start: 2027-01-04, timezone: UTC, at: \"18:30\"");
    let text = handout(&phases, &[("regimen.yaml", &project), RACE]).replace('\u{a0}', " ");
    assert!(text.contains("Monday / 18:30 | Sunday / 18:30 (weeks 1–2) | "), "{text}");
    assert!(rows(&text).iter().all(|row| !row.contains("18:30")), "only a race has none: {text}");
}

#[test]
fn a_sheet_says_when_on_its_days_the_session_is() {
    let of = |more: &str| {
        let project = project(&format!("start: 2027-01-04, timezone: UTC, {more}"));
        handout(PHASES, &[("regimen.yaml", &project), RACE])
    };
    let always = of("at: \"18:30\"");
    assert!(always.contains("\nMonday, Sunday · weeks 1–3 · 18:30 · 30 min\n"), "{always}");
    let days = of("times: {monday: \"18:30\", sunday: \"07:00\"}");
    assert!(days.contains("\nMonday, Sunday · weeks 1–3 · 18:30 (Monday), 07:00 (Sunday) · 30 min\n"), "{days}");
}

#[test]
fn the_time_of_some_weeks_is_not_said_of_all() {
    let run = "{kind: run, main: [{run: [{id: far, duration: 5 km}]}], words: {name: Day}}";
    let of = |lengths: &str| {
        let sessions = format!("{{session: day, day: thursday, lengths: [{lengths}]}}");
        handout(&format!("{{id: a, kind: base, weeks: 3, sessions: [{sessions}]}}"), &[("sessions/day.yaml", run)])
    };
    let [some, all] = ["5 km, 5 km, 20 min", "10 min, 15 min, 20 min"].map(of);
    assert!(some.contains("\nThursday · weeks 1–3\n"), "{some}");
    assert!(all.contains("\nThursday · weeks 1–3 · 10–20 min\n"), "{all}");
}
