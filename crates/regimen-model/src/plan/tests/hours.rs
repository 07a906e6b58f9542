//! When on their day sessions start.

use serde_json::{Value, json};

use super::{phase, planned};

/// When the sessions of a Monday start, in the order of that day. Each lasts 40 minutes, and `a` is the first in the file.
fn starts(hours: [Option<&str>; 3], times: Value) -> Vec<String> {
    let sessions = ["a", "b", "c"].into_iter().zip(hours).map(|(slot, at)| {
        let mut session = json!({"session": "strength", "day": "monday", "slot": slot});
        if let Some(at) = at {
            session["at"] = at.into();
        }
        session
    });
    let mut schedule = json!({"start": "2027-01-04", "timezone": "Europe/Berlin", "at": "18:00"});
    schedule["times"] = times;
    let plan = planned(phase(1, sessions.collect()), Some(schedule)).expect("a plan");
    let at = plan.sessions().map(|one| format!("{} {}", one.place(), one.at.expect("an hour").strftime("%H:%M")));
    at.collect()
}

#[test]
fn the_hour_of_the_reader_stands_and_that_of_the_programme_keeps_clear() {
    let seven = Some("07:00");
    assert_eq!(starts([None, seven, None], json!({"w1-a": "07:00"})), ["a 07:00", "b 07:40", "c 18:00"]);
    assert_eq!(starts([seven, None, None], json!({"w1-b": "07:00"})), ["b 07:00", "a 07:40", "c 18:00"]);
    // Nor do two that keep clear start together, with each other or with one of another hour.
    assert_eq!(starts([None, seven, seven], json!({"w1-a": "07:00"})), ["a 07:00", "b 07:40", "c 08:20"]);
    assert_eq!(starts([None, seven, Some("07:40")], json!({"w1-a": "07:00"})), ["a 07:00", "c 07:40", "b 08:20"]);
    assert_eq!(
        starts([None, seven, None], json!({"w1-a": "07:00", "monday": "07:40"})),
        ["a 07:00", "b 07:40", "c 08:20"]
    );
}

#[test]
fn one_hand_may_say_one_hour_of_two_sessions() {
    let seven = Some("07:00");
    assert_eq!(starts([None; 3], json!({"w1-a": "07:00", "w1-b": "07:00"})), ["a 07:00", "b 07:00", "c 18:00"]);
    assert_eq!(starts([seven, seven, None], json!({})), ["a 07:00", "b 07:00", "c 18:00"]);
    assert_eq!(starts([seven, seven, None], json!({"w1-b": "08:00"})), ["a 07:00", "b 08:00", "c 18:00"]);
}
