//! Dates on which the reader cannot train move only what would be on them.

use serde_json::{Value, json};

use super::{dates, phase, planned, problem};

/// The days of a plan with these busy dates that are others than without them.
fn moved(phases: &Value, schedule: &Value, busy: &[&str]) -> Vec<String> {
    let mut with = schedule.clone();
    with["busy"] = json!(busy);
    let usual = dates(phases.clone(), schedule.clone());
    dates(phases.clone(), with).into_iter().filter(|day| !usual.contains(day)).collect()
}

fn numbers(days: &[u8]) -> Value {
    let sessions: Vec<Value> =
        days.iter().zip(["a", "b", "c", "d", "e", "f"]).map(|(day, id)| json!({"session": id, "day": day})).collect();
    phase(2, json!(sessions))
}

#[test]
fn a_date_on_which_nothing_is_moves_nothing() {
    let to_race = json!([
        {"id": "build", "kind": "build", "weeks": 1, "sessions": [{"session": "a", "day": 7}]},
        {"id": "race", "kind": "race", "weeks": 1, "sessions": [
            {"session": "b", "day": "tuesday"}, {"session": "c", "day": "thursday"}, {"session": "race", "day": "sunday"}]},
    ]);
    // The race is three days earlier than in the programme, so that days that may be chosen would be others.
    let race = json!({"race": "2027-04-22"});
    for busy in ["2027-04-13", "2027-04-16", "2027-04-20", "2027-03-01", "2027-05-01"] {
        assert_eq!(moved(&to_race, &race, &[busy]), [""; 0], "{busy}");
    }
    let start = json!({"start": "2027-01-04"});
    let mixed =
        phase(2, json!([{"session": "a", "day": 2}, {"session": "b", "day": "tuesday"}, {"session": "c", "day": 5}]));
    assert_eq!(moved(&mixed, &start, &["2027-01-07"]), [""; 0], "two sessions of one day stay together");
    let days = json!({"start": "2027-01-04", "available_days": ["tuesday", "thursday", "friday", "sunday"]});
    assert_eq!(moved(&numbers(&[1, 3, 5]), &days, &["2027-01-10"]), [""; 0]);
    // A run is brought nearer to the one before its week by the race than it may come where it moves to days of the reader's.
    let near = json!([
        {"id": "build", "kind": "build", "weeks": 1, "sessions": [{"session": "a", "day": "sunday"}]},
        {"id": "race", "kind": "race", "weeks": 1, "sessions": [
            {"session": "b", "day": "tuesday", "min_gap": "48 h"}, {"session": "race", "day": "sunday"}]},
    ]);
    assert_eq!(moved(&near, &json!({"race": "2027-04-24"}), &["2027-04-22"]), [""; 0]);
}

#[test]
fn what_is_on_it_moves_to_the_nearest_day_and_the_rest_stays() {
    let start = json!({"start": "2027-01-04"});
    assert_eq!(moved(&numbers(&[1, 3, 5]), &start, &["2027-01-06"]), ["w1-b 01-05"]);
    assert_eq!(moved(&numbers(&[1, 3, 5]), &start, &["2027-01-13", "2027-01-12"]), ["w2-b 01-14"]);
    // The reader's days are nearer to others of the programme's days now, which stay all the same.
    let days = json!({"start": "2027-01-04", "available_days": ["tuesday", "thursday", "friday", "sunday"]});
    assert_eq!(moved(&numbers(&[1, 3, 4]), &days, &["2027-01-05"]), ["w1-a 01-07", "w1-b 01-08", "w1-c 01-10"]);
    assert_eq!(moved(&numbers(&[2, 4, 5]), &days, &["2027-01-08"]), ["w1-c 01-10"]);
    let days = json!({"start": "2027-01-04", "available_days": ["tuesday", "wednesday", "thursday", "sunday"]});
    assert_eq!(
        moved(&numbers(&[3, 4]), &days, &["2027-01-07"]),
        ["w1-b 01-10"],
        "Tuesday and Wednesday would be nearer"
    );
    // Two sessions of one day stay together beside it.
    let mixed =
        phase(2, json!([{"session": "a", "day": 2}, {"session": "b", "day": "tuesday"}, {"session": "c", "day": 5}]));
    assert_eq!(moved(&mixed, &start, &["2027-01-08"]), ["w1-c 01-07"]);
    assert_eq!(moved(&mixed, &start, &["2027-01-15"]), ["w2-c 01-14"]);
    // What stands in the way makes room.
    assert_eq!(moved(&numbers(&[1, 2, 3, 4, 5]), &start, &["2027-01-07"]), ["w1-d 01-08", "w1-e 01-09"]);
}

#[test]
fn a_weekday_that_the_race_moves_leaves_a_busy_date_and_nothing_passes_the_race() {
    let sessions = json!([{"session": "b", "day": "tuesday"}, {"session": "c", "day": "saturday"}, {"session": "race", "day": "sunday"}]);
    let phases = json!([
        {"id": "build", "kind": "build", "weeks": 1, "sessions": [{"session": "a", "day": 4}]},
        {"id": "race", "kind": "race", "weeks": 1, "sessions": sessions},
    ]);
    let race = json!({"race": "2027-04-22"});
    assert_eq!(dates(phases.clone(), race.clone()), ["w1-a 04-15", "w2-b 04-17", "w2-c 04-21", "w2-race 04-22"]);
    assert_eq!(moved(&phases, &race, &["2027-04-21"]), ["w2-c 04-20"]);
    assert_eq!(moved(&phases, &race, &["2027-04-17", "2027-04-18"]), ["w2-b 04-16"]);
    // The last week before the race reaches beyond it.
    let late = json!([
        {"id": "build", "kind": "build", "weeks": 1, "sessions": [{"session": "a", "day": 3}]},
        {"id": "race", "kind": "race", "weeks": 1, "sessions": [{"session": "race", "day": "monday"}]},
    ]);
    let early = json!({"race": "2027-04-16"});
    assert_eq!(dates(late.clone(), early.clone()), ["w1-a 04-14", "w2-race 04-16"]);
    assert_eq!(moved(&late, &early, &["2027-04-14"]), ["w1-a 04-13"]);
    assert_eq!(moved(&late, &early, &["2027-04-13..2027-04-15"]), ["w1-a 04-12"]);
    let full = json!({"race": "2027-04-16", "busy": ["2027-04-12..2027-04-15"]});
    let said = problem(late, full);
    assert!(said.contains("has sessions on 1 day before its race, but the reader can train on 0 of them"), "{said}");
}

#[test]
fn all_busy_dates_are_said_at_once() {
    let phases = phase(3, json!([{"session": "a", "day": "tuesday"}, {"session": "b", "day": "friday"}]));
    let schedule = json!({"start": "2027-01-04", "busy": ["2027-01-05..2027-01-12", "2027-01-22"]});
    let findings = planned(phases, Some(schedule)).expect_err("findings");
    let said: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "`w1-a` is on 2027-01-05, on which the reader is busy",
            "`w1-b` is on 2027-01-08, on which the reader is busy",
            "`w2-a` is on 2027-01-12, on which the reader is busy",
            "`w3-b` is on 2027-01-22, on which the reader is busy",
        ]
    );
    let shifts = json!({"start": "2027-01-04", "busy": ["2027-01-04..2027-01-10", "2027-01-18..2027-01-24"]});
    let findings = planned(numbers(&[1]), Some(shifts.clone())).expect_err("a finding");
    assert_eq!(findings.len(), 1);
    let findings = planned(phase(3, json!([{"session": "a", "day": 1}])), Some(shifts)).expect_err("findings");
    assert_eq!(findings.len(), 2, "{findings:?}");
}
