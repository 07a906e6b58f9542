//! What one reader changes in a plan that is already in their calendar: pauses, sessions that are left out or moved, times of day.

use std::collections::{BTreeMap, BTreeSet};

use regimen_export::Options;
use regimen_export::testing::{Exported, catalog_with, export_after};
use serde_json::json;

use super::checker::{Component, check};

/// Three weeks of a session on Tuesday, one on Thursday with another one behind it, and a long one on Sunday.
const PROGRAM: &str = "{level: 1, phases: [{id: base, kind: base, weeks: 3, sessions: [{session: calf-day, day: tuesday}, \
    {session: calf-day, day: thursday, slot: first}, {session: calf-day, day: thursday, slot: second}, \
    {session: calf-day, day: sunday, slot: long}]}], \
    words: {name: Calf plan, summary: Three weeks for calves., goal: Stronger calves., audience: Beginners.}}";
const THRICE: &str = "{kind: strength, duration: 20 min, main: [{exercise: calf-raise, dose: {sets: 3, reps: 8, times_per_day: 3}}], words: {name: Calf day}}";

/// The calendar of a schedule with these keys besides its programme, after an earlier one.
fn built(keys: &str, session: Option<&str>, before: &Exported) -> Exported {
    built_of(PROGRAM, keys, session, before)
}

/// The same of another programme.
fn built_of(program: &str, keys: &str, session: Option<&str>, before: &Exported) -> Exported {
    let project = format!(
        "language: en\nschedules: {{spring: {{program: calf-plan, {keys}}}}}\nwords: {{title: Strong calves, disclaimer: Ask.}}\n"
    );
    let mut files = vec![("regimen.yaml", project.as_str()), ("programs/calf-plan.yaml", program)];
    files.extend(session.map(|session| ("sessions/calf-day.yaml", session)));
    let exporter = (crate::PLUGIN.open)(&Options::new(json!({}))).expect("good options");
    export_after(before, &catalog_with(&files), exporter.as_ref())
}

const EVENING: &str = "start: 2027-01-04, at: '18:00', timezone: Europe/Berlin";

/// An event as a reader's app knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    start: String,
    sequence: String,
    is_cancelled: bool,
}

/// The events of a calendar by UID. No UID comes twice, and no two that take place start at the same minute.
fn entries(exported: &Exported) -> BTreeMap<String, Entry> {
    let calendar = check(exported.text("spring.ics").as_bytes());
    let entry = |event: &Component| Entry {
        start: event.value("DTSTART").to_owned(),
        sequence: event.value("SEQUENCE").to_owned(),
        is_cancelled: event.value("STATUS") == "CANCELLED",
    };
    let all: BTreeMap<String, Entry> =
        calendar.all("VEVENT").map(|event| (event.value("UID").to_owned(), entry(event))).collect();
    assert_eq!(all.len(), calendar.all("VEVENT").count(), "a UID comes twice");
    let on: Vec<&str> = all.values().filter(|entry| !entry.is_cancelled).map(|entry| entry.start.as_str()).collect();
    assert_eq!(on.iter().collect::<BTreeSet<_>>().len(), on.len(), "two start at the same minute: {on:?}");
    all
}

/// "20270105T180000 -> 20270106T180000, 1" for each event that is not as before.
fn differences(before: &BTreeMap<String, Entry>, after: &BTreeMap<String, Entry>) -> Vec<String> {
    assert!(before.keys().eq(after.keys()), "a calendar that goes on has the same UIDs");
    let changed = before.iter().zip(after.values()).filter(|((_, before), after)| before != after);
    let said = changed.map(|((_, before), after)| {
        let now = if after.is_cancelled { "cancelled" } else { &after.start };
        format!("{} -> {now}, {}", before.start, after.sequence)
    });
    let mut said: Vec<String> = said.collect();
    said.sort();
    said
}

/// What changes for the reader of the whole plan if their schedule has these changes, and that another build changes nothing.
fn after(changes: &str) -> Vec<String> {
    let first = built(EVENING, None, &Exported::default());
    let second = built(&format!("{EVENING}, changes: [{changes}]"), None, &first);
    let again = built(&format!("{EVENING}, changes: [{changes}]"), None, &second);
    assert_eq!(again.files, second.files, "nothing is new");
    differences(&entries(&first), &entries(&second))
}

#[test]
fn a_session_that_is_left_out_is_cancelled() {
    let cancelled = ["20270112T180000 -> cancelled, 1"];
    assert_eq!(after("{skip: w2-calf-day}"), cancelled);
    assert_eq!(after("{skip: 2027-01-12}"), cancelled);
}

#[test]
fn a_session_that_is_moved_keeps_its_entry() {
    let moved = ["20270117T180000 -> 20270118T180000, 1"];
    assert_eq!(after("{move: w2-long, to: 2027-01-18}"), moved);
    assert_eq!(after("{move: 2027-01-17, to: 2027-01-18}"), moved);
}

#[test]
fn a_session_that_is_moved_to_a_day_with_another_one_starts_at_another_minute() {
    assert_eq!(
        after("{move: w2-calf-day, to: 2027-01-14}"),
        [
            "20270112T180000 -> 20270114T180000, 1",
            "20270114T180000 -> 20270114T182000, 1",
            "20270114T182000 -> 20270114T184000, 1"
        ]
    );
}

#[test]
fn a_plan_that_waits_moves_what_comes_after_the_pause() {
    let moved = after("{pause: 2027-01-12..2027-01-14}");
    assert_eq!(moved.len(), 8, "{moved:?}");
    assert_eq!(moved[0], "20270112T180000 -> 20270119T180000, 1");
    assert!(moved.iter().all(|line| line.ends_with(", 1") && !line.contains("cancelled")), "{moved:?}");
}

#[test]
fn a_pause_before_a_day_that_holds_cancels_its_sessions() {
    let held = "end: 2027-01-24, at: '18:00', timezone: Europe/Berlin";
    let first = built(held, None, &Exported::default());
    let second = built(&format!("{held}, changes: [{{pause: 2027-01-12..2027-01-14}}]"), None, &first);
    let cancelled =
        ["20270112T180000", "20270114T180000", "20270114T182000"].map(|start| format!("{start} -> cancelled, 1"));
    assert_eq!(differences(&entries(&first), &entries(&second)), cancelled);
}

#[test]
fn a_change_that_is_taken_back_brings_the_entries_back() {
    let first = built(EVENING, None, &Exported::default());
    let changes = "changes: [{skip: w2-calf-day}, {move: w2-long, to: 2027-01-18}]";
    let changed = built(&format!("{EVENING}, {changes}"), None, &first);
    let back = built(EVENING, None, &changed);
    let back = entries(&back);
    let sequences: BTreeMap<&str, usize> = back.values().fold(BTreeMap::new(), |mut counted, entry| {
        *counted.entry(entry.sequence.as_str()).or_default() += 1;
        counted
    });
    assert_eq!(sequences, BTreeMap::from([("0", 10), ("2", 2)]), "both are newer than what readers have");
    let starts =
        |entries: &BTreeMap<String, Entry>| entries.values().map(|entry| entry.start.clone()).collect::<Vec<_>>();
    assert_eq!(starts(&back), starts(&entries(&first)));
    assert!(back.values().all(|entry| !entry.is_cancelled));
}

#[test]
fn several_times_of_a_day_are_entries_of_their_own() {
    let times = |times: &str| {
        format!(
            "{EVENING}, day_times: [{times}], changes: [{{skip: w1-second}}, {{skip: w2-second}}, {{skip: w3-second}}]"
        )
    };
    let built = |keys: &str, before: &Exported| built(keys, Some(THRICE), before);
    let first = built(&times("'08:00', '13:00', '20:00'"), &Exported::default());
    let before = entries(&first);
    assert_eq!(before.len(), 27);
    let later = built(&times("'08:00', '13:30', '20:00'"), &first);
    let moved = differences(&before, &entries(&later));
    assert_eq!((moved.len(), moved[0].as_str()), (9, "20270105T130000 -> 20270105T133000, 1"));
    let fewer = differences(&before, &entries(&built(&times("'08:00', '13:00'"), &first)));
    let gone: Vec<&String> = fewer.iter().filter(|line| line.contains("cancelled")).collect();
    assert_eq!((gone.len(), gone[0].as_str()), (9, "20270105T200000 -> cancelled, 1"));
    assert_eq!(fewer.len(), 27, "the others now say how often");
}

#[test]
fn two_sessions_of_a_day_have_no_common_time_of_the_day() {
    let keys = format!("{EVENING}, day_times: ['08:00', '13:00', '20:00']");
    entries(&built(&keys, Some(THRICE), &Exported::default()));
}

#[test]
fn an_event_says_the_hour_at_which_it_is() {
    let program = PROGRAM.replace("slot: second}", "slot: second, at: '07:00'}");
    let times = [("tuesday: '09:00'", "07:00"), ("w1-first: '07:00'", "07:20"), ("w1-second: '08:00'", "08:00")];
    for (times, hour) in times {
        let exported = built_of(&program, &format!("{EVENING}, times: {{{times}}}"), None, &Exported::default());
        let calendar = check(exported.text("spring.ics").as_bytes());
        let start = format!("20270107T{}00", hour.replace(':', ""));
        let event = calendar.all("VEVENT").find(|event| event.value("DTSTART") == start).expect("an event then");
        let text = event.value("DESCRIPTION");
        assert!(text.contains(&format!(" {hour}")), "{times}: {text}");
    }
}

#[test]
fn each_time_of_a_day_has_what_is_done_then() {
    let session = "{kind: strength, main: [{exercise: calf-raise, dose: {sets: 3, reps: 8, times_per_day: 3}}, \
        {exercise: calf-raise, dose: {sets: 1, reps: 20, times_per_day: 2-3}}, {exercise: calf-raise, dose: {sets: 2, reps: 15}}], \
        accessory: [{run: [{duration: 10 min}]}], words: {name: Calf day}}";
    let events = |times: &str| {
        let keys = format!("{EVENING}, day_times: [{times}], changes: [{{skip: w1-second}}]");
        let exported = built(&keys, Some(session), &Exported::default());
        let calendar = check(exported.text("spring.ics").as_bytes());
        let first = calendar.all("VEVENT").filter(|event| event.value("DTSTART").contains("20270105T"));
        let said = |event: &Component| {
            let lines = event.value("DESCRIPTION").replace("\\,", ",");
            let lines: Vec<String> = lines
                .split("\\n")
                .filter(|line| line.starts_with("- ") && !line.contains("hurts"))
                .map(str::to_owned)
                .collect();
            format!("{} {}", event.value("DTSTART"), lines.join(" "))
        };
        first.map(said).collect::<Vec<_>>()
    };
    let each = "- Calf raise: 3 × 8 - Calf raise: 20 reps, 2–3 times a day";
    let once = " - Calf raise: 2 × 15 - Work: 10 min";
    assert_eq!(
        events("'08:00', '13:00', '20:00'"),
        [format!("20270105T080000 {each}{once}"), format!("20270105T130000 {each}"), format!("20270105T200000 {each}")]
    );
    let often = "- Calf raise: 3 × 8, 3 times a day - Calf raise: 20 reps, 2–3 times a day";
    assert_eq!(
        events("'08:00', '13:00'"),
        [format!("20270105T080000 {often}{once}"), format!("20270105T130000 {often}")],
        "a time that is missing is said"
    );
}
