//! Where weeks that count from a race meet those before them.

use serde_json::{Value, json};

use super::{dates, problem};

/// A week with a long run on Sunday, then one that begins with a run two days after it, and ends with its race.
fn phases(min_gap: &str) -> Value {
    json!([
        {"id": "build", "kind": "build", "weeks": 1, "sessions": [{"session": "a", "day": "sunday"}]},
        {"id": "race", "kind": "race", "weeks": 1, "sessions": [
            {"session": "b", "day": "tuesday", "min_gap": min_gap}, {"session": "race", "day": "sunday"}]},
    ])
}

#[test]
fn a_gap_that_the_race_shortens_keeps_no_plan_from_being_written_out() {
    let on = |race: &str| dates(phases("48 h"), json!({"race": race}));
    assert_eq!(on("2027-04-25"), ["w1-a 04-18", "w2-b 04-20", "w2-race 04-25"]);
    assert_eq!(on("2027-04-24"), ["w1-a 04-18", "w2-b 04-19", "w2-race 04-24"]);
    assert_eq!(on("2027-04-22"), ["w2-b 04-17", "w1-a 04-18", "w2-race 04-22"]);
    // One that the programme itself does not keep is still an error.
    assert!(problem(phases("72 h"), json!({"race": "2027-04-24"})).starts_with("min-gap: "));
}

#[test]
fn days_of_the_reader_keep_the_gap_if_any_can() {
    let on = |days: &[&str]| dates(phases("48 h"), json!({"race": "2027-04-24", "available_days": days}));
    assert_eq!(on(&["sunday", "monday", "tuesday"])[1], "w2-b 04-20");
    assert_eq!(on(&["sunday", "monday"])[1], "w2-b 04-19", "its distance from the race, if none can");
    assert_eq!(on(&["sunday"])[1], "w2-b 04-19", "also on a day that is none of the reader's");
}

#[test]
fn days_of_the_reader_are_not_taken_twice_where_weeks_meet() {
    // Sunday and Tuesday are as near to Monday, but on Sunday is the long run of the week before.
    let days = json!({"race": "2027-04-24", "available_days": ["sunday", "tuesday"]});
    assert_eq!(dates(phases("0 h"), days), ["w1-a 04-18", "w2-b 04-20", "w2-race 04-24"]);
}

#[test]
fn a_tune_up_that_moves_with_the_race_comes_after_what_leads_to_it() {
    let phases = json!([
        {"id": "build", "kind": "build", "weeks": 1, "sessions": [{"session": "a", "day": "sunday"}]},
        {"id": "race", "kind": "race", "weeks": 2, "sessions": [], "overrides": [
            {"week": 1, "sessions": [{"session": "race", "day": "tuesday", "slot": "tune-up"}]},
            {"week": 2, "sessions": [{"session": "race", "day": "sunday"}]}]},
    ]);
    let on = |race: &str| dates(phases.clone(), json!({"race": race, "event": "race"}));
    assert_eq!(on("2027-05-02"), ["w1-a 04-18", "w2-tune-up 04-20", "w3-race 05-02"]);
    assert_eq!(on("2027-05-01"), ["w1-a 04-18", "w2-tune-up 04-19", "w3-race 05-01"]);
    // Two days earlier would be the day of the long run, so that all is five days later.
    assert_eq!(on("2027-04-30"), ["w1-a 04-11", "w2-tune-up 04-18", "w3-race 04-30"]);
}
