//! The weeks of a programme before a reader's days move them: phases, weeks that differ, cycles, rotations.

use serde_json::{Value, json};

use super::{catalog, dates, offsets, phase, planned, program};
use crate::plan::{expand, outline};
use crate::vocabulary::Weekday;

#[test]
fn phases_follow_each_other() {
    let phases = json!([
        {"id": "one", "kind": "base", "weeks": 1, "sessions": [{"session": "a", "day": "monday"}]},
        {"id": "two", "kind": "build", "weeks": 2, "sessions": [
            {"session": "b", "day": 3}, {"session": "a", "day": "monday"}]},
    ]);
    assert_eq!(offsets(phases.clone()), ["w1-a 0", "w2-a 7", "w2-b 9", "w3-a 14", "w3-b 16"]);
    let plan = planned(phases, None).expect("a plan");
    let weeks = plan.weeks.iter().map(|week| format!("{} {} {}", week.number, week.phase, week.kind));
    assert_eq!(weeks.collect::<Vec<_>>(), ["1 one base", "2 two build", "3 two build"]);
}

#[test]
fn a_week_may_differ_from_its_phase() {
    let phases = json!([{"id": "one", "kind": "base", "weeks": 4,
    "sessions": [{"session": "a", "day": "monday"}, {"session": "b", "day": "friday", "slot": "second"}],
    "overrides": [
        {"week": 2, "without": ["second"], "kind": "deload", "volume": "50 %"},
        {"week": 3, "sessions": [{"session": "c", "day": "sunday"}, {"session": "b", "day": "monday"}],
            "without": ["b"]},
    ]}]);
    assert_eq!(offsets(phases.clone()), ["w1-a 0", "w1-second 4", "w2-a 7", "w3-c 20", "w4-a 21", "w4-second 25"]);
    let plan = planned(phases, None).expect("a plan");
    let kinds: Vec<_> = plan.weeks.iter().map(|week| week.kind.as_str()).collect();
    assert_eq!(kinds, ["base", "deload", "base", "base"]);
    let lighter: Vec<_> = plan.sessions().map(|session| session.lighter).collect();
    assert_eq!(lighter, [false, false, true, false, false, false]);
}

#[test]
fn a_single_week_is_lighter_if_its_share_is_below_that_of_its_phase() {
    let lighter = |phase: Option<&str>, key: &str, week: &str| {
        let mut phases = json!([{"id": "one", "kind": "base", "weeks": 1, "sessions": [{"session": "a", "day": 1}],
            "overrides": [{"week": 1, key: week}]}]);
        if let Some(share) = phase {
            phases[0][key] = share.into();
        }
        planned(phases, None).expect("a plan").weeks[0].sessions[0].lighter
    };
    assert!(lighter(None, "volume", "90 %"));
    assert!(!lighter(None, "volume", "100 %"));
    assert!(!lighter(None, "volume", "110 %"));
    assert!(!lighter(Some("60 %"), "volume", "60 %"));
    assert!(lighter(Some("60 %"), "volume", "50 %"));
    assert!(!lighter(Some("60 %"), "volume", "80 %"));
    assert!(!lighter(None, "load", "90 %"), "a run has no load to lessen");
}

#[test]
fn a_week_is_not_lighter_if_all_of_it_is_final() {
    let lighter = |more: &Value| {
        let mut session = json!({"session": "a", "day": 1});
        for (key, value) in more.as_object().into_iter().flatten() {
            session[key] = value.clone();
        }
        let phases = json!([{"id": "one", "kind": "base", "weeks": 2, "sessions": [session],
            "overrides": [{"week": 2, "volume": "50 %"}]}]);
        planned(phases, None).expect("a plan").weeks[1].sessions[0].lighter
    };
    assert!(lighter(&json!({})));
    assert!(!lighter(&json!({"length": "4 km"})));
    assert!(!lighter(&json!({"lengths": ["4 km", "3 km"]})));
}

fn days(days: u16, more: &Value) -> Value {
    let mut phase = json!({"id": "one", "kind": "rehab", "days": days});
    for (key, value) in more.as_object().into_iter().flatten() {
        phase[key] = value.clone();
    }
    json!([phase])
}

#[test]
fn a_phase_in_days_ends_on_its_day_and_the_next_begins_on_the_day_after() {
    let mut phases = days(10, &json!({"sessions": [{"session": "a", "day": 1}, {"session": "b", "day": 9}]}));
    let next = json!({"id": "two", "kind": "build", "weeks": 1, "sessions": [
        {"session": "c", "day": "monday"}, {"session": "d", "day": 1}]});
    phases.as_array_mut().expect("a list").push(next);
    // Ten days from a Monday end on a Wednesday; the first Monday after it is four days into the next phase.
    assert_eq!(offsets(phases.clone()), ["d1-a 0", "d9-b 8", "w3-d 10", "w3-c 14"]);
    let plan = planned(phases.clone(), None).expect("a plan");
    let weeks: Vec<_> = plan.weeks.iter().map(|week| (week.first_day, week.days)).collect();
    assert_eq!(weeks, [(0, 7), (7, 3), (10, 7)]);
    let dated = dates(phases, json!({"start": "2027-01-06"}));
    assert_eq!(dated, ["d1-a 01-06", "d9-b 01-14", "w3-d 01-16", "w3-c 01-18"]);
}

#[test]
fn a_weekday_of_a_phase_in_days_is_in_each_week_that_has_it() {
    let sessions = json!({"sessions": [{"session": "a", "day": "wednesday"}, {"session": "b", "day": "thursday"}]});
    assert_eq!(offsets(days(10, &sessions)), ["w1-a 2", "w1-b 3", "w2-a 9"]);
}

#[test]
fn rows_of_a_grid_count_their_days_from_one_and_the_phase_counts_on() {
    let mut written = program(days(10, &json!({})));
    let grid = json!({"days": [1, 4], "weeks": [["a", "b"], ["c", "d"]]});
    written.facts.grid = Some(serde_json::from_value(grid).expect("a grid"));
    let plan = expand(&catalog(), &written, None).expect("a plan");
    let shown = plan.sessions().map(|session| format!("{} {} {}", session.slot, session.day, session.offset));
    // The last row has three days, so that `d` has none.
    assert_eq!(shown.collect::<Vec<_>>(), ["w1-day-1 1 0", "w1-day-4 4 3", "w2-day-1 8 7"]);
}

#[test]
fn turns_of_a_cycle_repeat_until_the_days_are_over() {
    let sessions = json!({"cycle": 5, "sessions": [{"session": "a", "day": 1}, {"session": "b", "day": 3}]});
    let phases = days(12, &sessions);
    assert_eq!(offsets(phases.clone()), ["c1-a 0", "c1-b 2", "c2-a 5", "c2-b 7", "c3-a 10"]);
    let plan = planned(phases, None).expect("a plan");
    let weeks: Vec<_> = plan.weeks.iter().map(|week| (week.first_day, week.days)).collect();
    assert_eq!(weeks, [(0, 5), (5, 5), (10, 2)]);
}

#[test]
fn every_so_many_days_goes_on_across_weeks() {
    let every = |day: Value, every: u8| phase(2, json!([{"session": "a", "day": day, "every": every}]));
    assert_eq!(offsets(every(2.into(), 3)), ["d2-a 1", "d5-a 4", "d8-a 7", "d11-a 10", "d14-a 13"]);
    assert_eq!(offsets(every("saturday".into(), 4)), ["d6-a 5", "d10-a 9", "d14-a 13"]);
    let short = days(9, &json!({"sessions": [{"session": "a", "day": 1, "every": 4}]}));
    assert_eq!(offsets(short), ["d1-a 0", "d5-a 4", "d9-a 8"]);
    // The first such weekday of the phase, not of each turn.
    let turns = days(12, &json!({"cycle": 5, "sessions": [{"session": "a", "day": "wednesday", "every": 3}]}));
    assert_eq!(offsets(turns), ["d3-a 2", "d6-a 5", "d9-a 8", "d12-a 11"]);
    // Counted from the first day of the phase, also where that is not the first of the plan.
    let mut phases = phase(1, json!([{"session": "b", "day": 1}]));
    let next = json!({"id": "two", "kind": "build", "weeks": 1, "sessions": [{"session": "a", "day": 1, "every": 6}]});
    phases.as_array_mut().expect("a list").push(next);
    assert_eq!(offsets(phases), ["w1-b 0", "d8-a 7", "d14-a 13"]);
    let friday = phase(1, json!([{"session": "a", "day": "friday", "every": 2}]));
    assert_eq!(dates(friday, json!({"start": "2027-01-06"})), ["d3-a 01-08", "d5-a 01-10", "d7-a 01-12"]);
}

#[test]
fn a_session_every_so_many_days_is_shown_under_the_day_on_which_it_is() {
    let shown = |phases: Value| {
        let plan = planned(phases, None).expect("a plan");
        plan.sessions().map(|session| format!("{} {}", session.slot, session.day)).collect::<Vec<_>>()
    };
    let every = |day: Value, every: u8| phase(2, json!([{"session": "a", "day": day, "every": every}]));
    assert_eq!(shown(every("saturday".into(), 4)), ["d6-a saturday", "d10-a wednesday", "d14-a sunday"]);
    assert_eq!(shown(every(2.into(), 6)), ["d2-a 2", "d8-a 1", "d14-a 7"]);
    let long = days(10, &json!({"sessions": [{"session": "a", "day": 2, "every": 4}]}));
    assert_eq!(shown(long), ["d2-a 2", "d6-a 6", "d10-a 10"]);
    // Weekdays count on through a phase that begins within a week.
    let mut phases = days(10, &json!({"sessions": [{"session": "b", "day": 1}]}));
    let next =
        json!({"id": "two", "kind": "build", "weeks": 1, "sessions": [{"session": "a", "day": "friday", "every": 2}]});
    phases.as_array_mut().expect("a list").push(next);
    assert_eq!(shown(phases), ["d1-b 1", "d12-a friday", "d14-a sunday", "d16-a tuesday"]);
}

#[test]
fn a_rotation_may_have_a_slot() {
    let phases = json!([{"id": "one", "kind": "build", "weeks": 1,
        "rotation": {"sessions": ["a"], "days": [1, 4], "slot": "turn"}, "sessions": [{"session": "b", "day": 2}]}]);
    assert_eq!(offsets(phases.clone()), ["w1-turn-1 0", "w1-b 1", "w1-turn-2 3"]);
    let mut without = phases;
    without[0]["overrides"] = json!([{"week": 1, "without": ["turn"]}]);
    assert_eq!(offsets(without), ["w1-b 1"]);
}

#[test]
fn sessions_of_a_rotation_come_in_turn_across_weeks() {
    let phases = json!([{"id": "one", "kind": "build", "weeks": 3,
        "rotation": {"sessions": ["a", "b", "c", "d"], "days": ["friday", "monday", "wednesday"]},
        "overrides": [{"week": 2, "sessions": [{"session": "e", "day": 1}]}]}]);
    let plan = planned(phases, None).expect("a plan");
    let shown = plan.sessions().map(|session| format!("{} {} {}", session.slot, session.session, session.offset));
    assert_eq!(
        shown.collect::<Vec<_>>(),
        ["w1-1 a 0", "w1-2 b 2", "w1-3 c 4", "w2-e e 7", "w3-1 d 14", "w3-2 a 16", "w3-3 b 18"]
    );
}

#[test]
fn sessions_of_one_name_in_a_week_have_slots_of_their_own() {
    let phases = phase(1, json!([{"session": "a", "day": 4}, {"session": "a", "day": 1}, {"session": "a", "day": 1}]));
    assert_eq!(offsets(phases), ["w1-a-2 0", "w1-a-3 0", "w1-a 3"]);
}

#[test]
fn a_session_knows_where_it_is_written() {
    let phases = json!([
        {"id": "one", "kind": "base", "weeks": 1, "sessions": [{"session": "a", "day": 1}]},
        {"id": "two", "kind": "base", "weeks": 2,
            "sessions": [{"session": "a", "day": 1}, {"session": "missing", "day": 2}, {"session": "b", "day": 3}],
            "rotation": {"sessions": ["c", "d"], "days": ["friday"]},
            "overrides": [{"week": 2, "sessions": [{"session": "e", "day": 4}]}]},
    ]);
    let plan = planned(phases, None).expect("a plan");
    let shown = plan.sessions().map(|session| {
        let crate::diagnostic::Spot::Value(path) = &session.place.spot else { panic!("a place in the programme") };
        format!("{} {path}", session.slot)
    });
    assert_eq!(
        shown.collect::<Vec<_>>(),
        [
            "w1-a phases[0].sessions[0]",
            "w2-a phases[1].sessions[0]",
            "w2-b phases[1].sessions[2]",
            "w2-1 phases[1].rotation.sessions[0]",
            "w3-e phases[1].overrides[0].sessions[0]",
        ]
    );
}

#[test]
fn thousands_of_sessions_of_one_name_have_slots_of_their_own_soon() {
    let outline = |names: Vec<&str>| {
        let listed: Vec<Value> = names.iter().map(|name| json!({"session": "a", "day": 1, "slot": name})).collect();
        let plan = planned(phase(1, json!(listed)), None).expect("a plan");
        plan.sessions().map(|session| session.slot.clone()).collect::<Vec<_>>()
    };
    let between = outline(vec!["a", "a", "a-2", "a", "a-2"]);
    assert_eq!(between, ["w1-a", "w1-a-2", "w1-a-2-2", "w1-a-3", "w1-a-2-3"]);
    let many = outline(vec!["a"; 3000]);
    assert_eq!(many.last().map(String::as_str), Some("w1-a-3000"));
}

#[test]
fn days_that_are_counted_are_weekdays_beside_others_that_are() {
    let shown = |other: Value| {
        let phases = json!([
            {"id": "one", "kind": "base", "weeks": 1, "sessions": [{"session": "a", "day": 1, "every": 3}]},
            {"id": "two", "kind": "build", "weeks": 1, "sessions": [{"session": "b", "day": other}]},
        ]);
        let plan = planned(phases, None).expect("a plan");
        plan.sessions().map(|session| session.day.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(shown("friday".into()), ["monday", "thursday", "sunday", "friday"]);
    assert_eq!(shown(json!(5)), ["1", "4", "7", "5"]);
}

#[test]
fn sessions_of_one_written_slot_are_known() {
    let same = |one: Value, other: Value| {
        let (catalog, program) = (catalog(), program(phase(1, json!([one, other]))));
        let weeks = outline::weeks(&catalog, &program, Weekday::Monday);
        weeks[0].same_slots(1).len()
    };
    let at = |slot: Option<&str>| json!({"session": "a", "day": "monday", "slot": slot});
    assert_eq!(same(at(Some("gym")), at(Some("gym"))), 1);
    assert_eq!(same(at(Some("gym")), at(Some("home"))), 0);
    assert_eq!(same(at(Some("a")), at(None)), 1, "one is written, the other is the session's name");
    assert_eq!(same(at(None), at(None)), 0, "they are numbered");
}
