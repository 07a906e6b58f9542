//! Days that move to those on which the reader can train.

use serde_json::{Value, json};

use super::{dates, phase, problem};

fn on(days: &[&str]) -> Value {
    json!({"start": "2027-01-04", "available_days": days})
}

fn three() -> Value {
    phase(1, json!([{"session": "a", "day": 1}, {"session": "strength", "day": 3}, {"session": "b", "day": 5}]))
}

#[test]
fn numbered_days_move_to_the_nearest_that_keep_their_order() {
    let plain = json!({"start": "2027-01-04"});
    assert_eq!(dates(three(), plain), ["w1-a 01-04", "w1-strength 01-06", "w1-b 01-08"]);
    let moved = |days: &[&str]| dates(three(), on(days));
    assert_eq!(moved(&["tuesday", "thursday", "sunday"]), ["w1-a 01-05", "w1-strength 01-07", "w1-b 01-10"]);
    let four = ["monday", "tuesday", "saturday", "sunday"];
    assert_eq!(moved(&four), ["w1-a 01-04", "w1-strength 01-05", "w1-b 01-09"]);
    // The week begins on a Thursday, so that Wednesday is its last day.
    let late = json!({"start": "2027-01-07", "available_days": ["wednesday", "thursday", "monday"]});
    assert_eq!(dates(three(), late), ["w1-a 01-07", "w1-strength 01-11", "w1-b 01-13"]);
}

#[test]
fn sessions_of_one_numbered_day_stay_together() {
    let phases = phase(1, json!([{"session": "a", "day": 2}, {"session": "strength", "day": 2}]));
    assert_eq!(dates(phases, on(&["thursday", "saturday"])), ["w1-a 01-07", "w1-strength 01-07"]);
}

#[test]
fn a_day_that_is_taken_is_chosen_only_if_there_is_no_other() {
    let phases = || phase(1, json!([{"session": "a", "day": "tuesday"}, {"session": "strength", "day": 2}]));
    assert_eq!(dates(phases(), on(&["tuesday", "friday"])), ["w1-a 01-05", "w1-strength 01-08"]);
    assert_eq!(dates(phases(), on(&["tuesday"])), ["w1-a 01-05", "w1-strength 01-05"]);
}

#[test]
fn days_that_are_missing_are_a_finding() {
    let help = "add days to `available_days`, or choose a programme with fewer sessions a week";
    assert_eq!(
        problem(three(), on(&["monday", "tuesday"])),
        format!(
            "unavailable-day: week 1 (2027-01-04..2027-01-10) has sessions on 3 days, but the reader can train on 2; {help}"
        )
    );
    let phases = phase(2, json!([{"session": "a", "day": "friday"}]));
    let help = "add `friday` to `available_days`, or write a number such as `day: 1` so that the session can move";
    assert_eq!(
        problem(phases, on(&["monday"])),
        format!("unavailable-day: `a` is on a friday, which the schedule `s` does not have; {help}")
    );
}

#[test]
fn weekdays_of_a_race_week_move_only_if_the_race_is_on_another_one() {
    let phases = phase(1, json!([{"session": "b", "day": "tuesday"}, {"session": "race", "day": "sunday"}]));
    let said = problem(phases, json!({"race": "2027-04-25", "available_days": ["sunday", "monday"]}));
    assert!(said.starts_with("unavailable-day: `b` is on a tuesday"), "{said}");
}

#[test]
fn a_day_that_is_counted_and_missing_is_said_by_its_number_in_the_programme() {
    let phases = phase(2, json!([{"session": "a", "day": 1, "every": 3}]));
    let said = problem(phases, on(&["monday", "thursday", "saturday", "sunday"]));
    assert!(said.starts_with("unavailable-day: `a` is on day 10 of the programme, a wednesday, which"), "{said}");
}

fn gap(gap: &str, first: u8, second: u8) -> Value {
    phase(2, json!([{"session": "a", "day": first}, {"session": "b", "day": second, "min_gap": gap}]))
}

#[test]
fn gaps_are_kept_where_days_can_move() {
    // Wednesday is nearer to the third day than Thursday, but only a day after Tuesday.
    let days = ["tuesday", "wednesday", "thursday", "friday"];
    let first = |least: &str| dates(gap(least, 2, 3), on(&days))[1].clone();
    assert_eq!(first("48 h"), "w1-b 01-07");
    assert_eq!(first("24 h"), "w1-b 01-06");
    // More than a day is two days.
    assert_eq!(first("25 h"), "w1-b 01-07");
    // The last session of the week before counts too.
    let across = phase(2, json!([{"session": "a", "day": 1, "min_gap": "48 h"}, {"session": "b", "day": 7}]));
    assert_eq!(
        dates(across, on(&["monday", "tuesday", "sunday"])),
        ["w1-a 01-04", "w1-b 01-10", "w2-a 01-12", "w2-b 01-17"]
    );
    // Sessions of another kind do not count.
    let other = phase(1, json!([{"session": "strength", "day": 1}, {"session": "a", "day": 2, "min_gap": "72 h"}]));
    assert_eq!(dates(other, json!({"start": "2027-01-04"})), ["w1-strength 01-04", "w1-a 01-05"]);
}

#[test]
fn gaps_that_cannot_be_kept_are_a_finding() {
    let plain = || json!({"start": "2027-01-04"});
    let message = |session: &str, when: &str, least: &str, help: &str| {
        format!("min-gap: `{session}` comes {when} the run session before it, and its `min_gap` is {least}; {help}")
    };
    let move_one = "move one of the two sessions, or lower `min_gap`";
    assert_eq!(problem(gap("48 h", 2, 3), plain()), message("b", "1 day after", "48 h", move_one));
    assert_eq!(problem(gap("72 h", 1, 3), plain()), message("b", "2 days after", "72 h", move_one));
    assert_eq!(problem(gap("24 h", 2, 2), plain()), message("b", "on the same day as", "24 h", move_one));
    let tied = problem(gap("48 h", 2, 3), on(&["tuesday", "wednesday"]));
    assert_eq!(tied, message("b", "1 day after", "48 h", "add days to `available_days`"));
    let across = phase(2, json!([{"session": "a", "day": 1, "min_gap": "48 h"}, {"session": "b", "day": 7}]));
    assert_eq!(problem(across, plain()), message("a", "1 day after", "48 h", move_one));
}

#[test]
fn days_of_a_race_week_stay_on_their_side_of_the_race() {
    let phases =
        phase(1, json!([{"session": "a", "day": 3}, {"session": "race", "day": 6}, {"session": "b", "day": 7}]));
    let race = |days: &[&str]| json!({"race": "2027-01-09", "available_days": days});
    let fits = dates(phases.clone(), race(&["tuesday", "sunday"]));
    assert_eq!(fits, ["w1-a 01-05", "w1-race 01-09", "w1-b 01-10"]);
    let help = "add days to `available_days`, or choose a programme with fewer sessions a week";
    let why =
        "week 1 (2027-01-04..2027-01-10) has sessions on 1 day before its race, but the reader can train on 0 of them";
    assert_eq!(problem(phases, race(&["saturday", "sunday"])), format!("unavailable-day: {why}; {help}"));
}

#[test]
fn days_move_past_no_race_where_others_are_open() {
    let phases = || phase(1, json!([{"session": "a", "day": 4}, {"session": "race", "day": "friday"}]));
    // Saturday is nearer to Thursday than Monday, but after the race.
    assert_eq!(dates(phases(), on(&["monday", "friday", "saturday"])), ["w1-a 01-04", "w1-race 01-08"]);
    assert_eq!(dates(phases(), on(&["friday", "saturday"])), ["w1-race 01-08", "w1-a 01-09"], "there is no other");
    let after = phase(1, json!([{"session": "race", "day": "wednesday"}, {"session": "a", "day": 4}]));
    assert_eq!(dates(after, on(&["monday", "tuesday", "wednesday", "sunday"])), ["w1-race 01-06", "w1-a 01-10"]);
    let other = phase(1, json!([{"session": "a", "day": 4}, {"session": "b", "day": "friday"}]));
    assert_eq!(dates(other, on(&["monday", "friday", "saturday"])), ["w1-b 01-08", "w1-a 01-09"], "no race");
}

#[test]
fn a_rest_needs_no_day_on_which_the_reader_can_train() {
    let named = |days: [&str; 5]| {
        let ids = ["a", "b", "c", "d", "rest"];
        let day = |text: &str| text.parse::<u8>().map_or_else(|_| json!(text), |number| json!(number));
        let sessions: Vec<Value> =
            ids.iter().zip(days).map(|(id, on)| json!({"session": id, "day": day(on)})).collect();
        phase(1, json!(sessions))
    };
    let days = json!({"start": "2027-03-22", "available_days": ["monday", "tuesday", "wednesday", "friday", "saturday", "sunday"]});
    let usual = ["w1-a 03-22", "w1-b 03-24", "w1-c 03-26", "w1-d 03-27", "w1-rest 03-28"];
    assert_eq!(
        dates(named(["1", "3", "5", "6", "7"]), days.clone()),
        usual,
        "it moves with the others where there is room"
    );
    let mut busy = days.clone();
    busy["busy"] = json!(["2027-03-22..2027-03-23"]);
    let aside = ["w1-a 03-24", "w1-rest 03-25", "w1-b 03-26", "w1-c 03-27", "w1-d 03-28"];
    assert_eq!(dates(named(["1", "3", "5", "6", "7"]), busy.clone()), aside, "else it is on a day without another");
    let on_weekday = ["w1-a 03-22", "w1-b 03-24", "w1-rest 03-25", "w1-c 03-26", "w1-d 03-27"];
    assert_eq!(dates(named(["1", "3", "5", "6", "thursday"]), days), on_weekday);
    busy["available_days"] = json!(["monday", "tuesday", "wednesday", "friday", "saturday"]);
    let said = problem(named(["1", "3", "5", "6", "7"]), busy);
    assert!(
        said.contains("has sessions on 4 days, but the reader can train on 3") && said.contains("skip: w1-d"),
        "{said}"
    );
}
