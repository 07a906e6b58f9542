//! When on their day sessions start.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{catalog, id, phase, planned, program, schedule};
use crate::model::{Entry, ExerciseWords, SessionWords};
use crate::plan::expand;

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

/// When what `a` is done at, twice a day and 30 minutes each time, and the sessions beside it start on a Monday, in the order of that day.
fn starts_with_two_times(sessions: &[&str], keys: Value) -> Vec<String> {
    let mut catalog = catalog();
    let twice =
        json!({"kind": "mobility", "main": [{"exercise": "e", "dose": {"time": "30 min", "times_per_day": 2}}]});
    let twice = serde_json::from_value(twice).expect("a session");
    catalog.sessions.insert(id("a"), Arc::new(Entry::new(id("a"), "sessions/a.yaml", twice, SessionWords::default())));
    let exercise = serde_json::from_value(json!({"kind": "mobility", "level": 1})).expect("an exercise");
    let exercise = Entry::new(id("e"), "exercises/e.yaml", exercise, ExerciseWords::default());
    catalog.exercises.insert(id("e"), Arc::new(exercise));
    let days: Vec<_> = sessions.iter().map(|session| json!({"session": session, "day": "monday"})).collect();
    let mut schedule = json!({"start": "2027-01-04", "timezone": "Europe/Berlin", "day_times": ["08:00", "20:00"]});
    schedule.as_object_mut().expect("keys").extend(keys.as_object().expect("keys").clone());
    let (program, schedule, name) = (program(phase(1, days.into())), self::schedule(schedule), id("s"));
    let plan = expand(&catalog, &program, Some((&name, &schedule))).expect("a plan");
    let at = plan.sessions().map(|one| {
        let times = if one.day_times.is_empty() { one.at.as_slice() } else { &one.day_times };
        assert_eq!(one.at.as_ref(), times.first());
        let times: Vec<String> = times.iter().map(|time| time.strftime(" %H:%M").to_string()).collect();
        format!("{}{}", one.session, times.concat())
    });
    at.collect()
}

#[test]
fn the_first_session_of_the_programme_has_the_hour_that_two_would_have() {
    let eight = || json!({"at": "08:00"});
    assert_eq!(starts_with_two_times(&["a", "strength"], eight()), ["a 08:00 20:00", "strength 08:30"]);
    assert_eq!(starts_with_two_times(&["strength", "a"], eight()), ["strength 08:00", "a 08:40 20:00"]);
    assert_eq!(starts_with_two_times(&["a", "strength"], json!({"at": "20:00"})), ["a 08:00 20:00", "strength 20:30"]);
    let own = json!({"times": {"strength": "20:00"}});
    assert_eq!(starts_with_two_times(&["a", "strength"], own), ["a 08:00 20:40", "strength 20:00"]);
    assert_eq!(starts_with_two_times(&["a"], json!({})), ["a 08:00 20:00"], "without an hour for others");
}
