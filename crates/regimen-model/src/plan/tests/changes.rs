//! What one reader has otherwise: fewer weeks, pauses, and whether any of it differs from the programme.

use serde_json::{Value, json};

use super::{catalog, dates, id, phase, planned, problem, program, schedule};
use crate::plan::{moves, weeks_of};

/// 4 January 2027 is a Monday.
fn three_weeks() -> Value {
    phase(3, json!([{"session": "a", "day": "monday"}, {"session": "b", "day": "friday"}]))
}

#[test]
fn a_plan_may_have_as_many_weeks_as_its_programme_or_fewer() {
    let all = ["w1-a 01-04", "w1-b 01-08", "w2-a 01-11", "w2-b 01-15", "w3-a 01-18", "w3-b 01-22"];
    let of = |anchor: &str, date: &str, weeks: u8| dates(three_weeks(), json!({anchor: date, "weeks": weeks}));
    assert_eq!(of("start", "2027-01-04", 3), all);
    assert_eq!(of("start", "2027-01-04", 2), all[..4]);
    assert_eq!(of("end", "2027-01-24", 3), all);
    assert_eq!(of("end", "2027-01-24", 2), all[2..]);
    assert_eq!(of("end", "2027-01-24", 1), all[4..]);
    let from = |weeks: u8| dates(three_weeks(), json!({"start": "2027-01-11", "from_week": 2, "weeks": weeks}));
    assert_eq!(from(2), all[2..]);
    assert_eq!(from(1), all[2..4]);
}

#[test]
fn a_pause_may_be_on_the_last_day_and_another_begin_when_the_plan_goes_on() {
    let paused = |pauses: &[&str]| {
        let changes: Vec<_> = pauses.iter().map(|days| json!({"pause": days})).collect();
        dates(three_weeks(), json!({"start": "2027-01-04", "changes": changes}))
    };
    let plain = ["w1-a 01-04", "w1-b 01-08", "w2-a 01-11", "w2-b 01-15", "w3-a 01-18", "w3-b 01-22"];
    assert_eq!(paused(&["2027-01-24"]), plain);
    let one = ["w1-a 01-04", "w1-b 01-08", "w2-a 01-18", "w2-b 01-22", "w3-a 01-25", "w3-b 01-29"];
    assert_eq!(paused(&["2027-01-11..2027-01-17"]), one);
    let two = ["w1-a 01-04", "w1-b 01-08", "w2-a 01-25", "w2-b 01-29", "w3-a 02-01", "w3-b 02-05"];
    assert_eq!(paused(&["2027-01-11..2027-01-17", "2027-01-18..2027-01-20"]), two);
}

#[test]
fn a_week_knows_on_which_days_the_plan_waits_in_it() {
    let phases = json!([
        {"id": "one", "kind": "base", "days": 10, "sessions": [{"session": "a", "day": 1, "every": 1}]},
        {"id": "two", "kind": "base", "days": 3, "sessions": [{"session": "a", "day": 3, "slot": "c"}]},
    ]);
    // The days of each week, 0 for the first of the plan; `-` for those on which it waits.
    let weeks = |pauses: &[&str]| {
        let changes: Vec<_> = pauses.iter().map(|days| json!({"pause": days})).collect();
        let of = json!({"start": "2027-01-04", "changes": changes});
        let plan = planned(phases.clone(), Some(of)).expect("a plan");
        assert!(plan.weeks.windows(2).all(|pair| pair[0].ends_before() <= pair[1].first_day));
        assert!(plan.weeks.iter().all(|week| week.sessions.iter().all(|one| week.day_within(one.offset).is_some())));
        assert_eq!(plan.days(), plan.weeks[2].ends_before());
        let days = plan.weeks.iter().map(|week| {
            assert_eq!(week.day_within(week.ends_before()), None);
            assert!((0..week.days).all(|day| week.day_within(week.day_of_plan(day)) == Some(day)));
            let days = (week.first_day..week.ends_before()).map(|day| week.day_within(day));
            let days = days.map(|day| day.map_or("-".to_owned(), |day| day.to_string())).collect::<String>();
            format!("{} {days}", week.first_day)
        });
        days.collect::<Vec<_>>()
    };
    assert_eq!(weeks(&[]), ["0 0123456", "7 012", "10 012"]);
    assert_eq!(weeks(&["2027-01-12..2027-01-13"]), ["0 0123456", "7 0--12", "12 012"]);
    assert_eq!(weeks(&["2027-01-11..2027-01-13"]), ["0 0123456", "10 012", "13 012"], "between two weeks");
    assert_eq!(weeks(&["2027-01-01..2027-01-06"]), ["0 0123456", "7 012", "10 012"], "before it begins");
    let twice = ["2027-01-05", "2027-01-08..2027-01-10", "2027-01-11"];
    assert_eq!(weeks(&twice), ["0 0-12----3456", "12 012", "15 012"]);
}

/// Whether a schedule has anything otherwise than the programme of these phases.
fn is_off(phases: Value, keys: Value) -> bool {
    let (catalog, program) = (catalog(), program(phases));
    moves(&catalog, &program, &id("s"), &schedule(keys)).expect("a plan")
}

#[test]
fn a_schedule_differs_from_its_programme_if_it_moves_drops_or_delays_anything() {
    let off = |keys: Value| is_off(three_weeks(), keys);
    assert!(!off(json!({"start": "2027-01-04"})));
    assert!(!off(json!({"end": "2027-01-24"})));
    assert!(off(json!({"end": "2027-01-23"})), "weeks from Sunday to Saturday");
    assert!(off(json!({"start": "2027-01-05"})), "weeks from Tuesday to Monday");
    assert!(off(json!({"start": "2027-01-04", "weeks": 2})));
    assert!(off(json!({"start": "2027-01-04", "changes": [{"skip": "w1-a"}]})));
    assert!(off(json!({"start": "2027-01-04", "changes": [{"pause": "2027-01-06"}]})));
    let numbered = || phase(1, json!([{"session": "a", "day": 1}, {"session": "b", "day": 3}]));
    assert!(!is_off(numbered(), json!({"start": "2027-01-05"})), "days that are counted from any day");
    let days = |days: &[&str]| json!({"start": "2027-01-04", "available_days": days});
    assert!(!is_off(numbered(), days(&["monday", "wednesday"])));
    assert!(is_off(numbered(), days(&["monday", "thursday"])));
}

#[test]
fn a_schedule_for_a_race_differs_if_any_weekday_does() {
    let to_a_race = |race: Value| {
        json!([
            {"id": "one", "kind": "build", "weeks": 1, "sessions": [{"session": "a", "day": "tuesday"}]},
            {"id": "two", "kind": "race", "weeks": 1, "sessions": [{"session": "race", "day": race}]},
        ])
    };
    assert!(!is_off(to_a_race("sunday".into()), json!({"race": "2027-01-24"})));
    assert!(is_off(to_a_race("sunday".into()), json!({"race": "2027-01-23"})));
    // All days stay where they are in a plan of one phase, which begins on another weekday.
    let one = phase(1, json!([{"session": "a", "day": "monday"}, {"session": "race", "day": "sunday"}]));
    assert!(!is_off(one.clone(), json!({"race": "2027-01-24"})));
    assert!(is_off(one, json!({"race": "2027-01-23"})));
    // The race of a numbered day may be on any weekday; what leads to it keeps its own.
    assert!(!is_off(to_a_race(json!(7)), json!({"race": "2027-01-24"})));
}

#[test]
fn the_first_of_many_unknown_slots_get_a_suggestion() {
    let changes: Vec<_> = (0..60).map(|_| json!({"skip": "w1-aa"})).collect();
    let findings =
        planned(three_weeks(), Some(json!({"start": "2027-01-04", "changes": changes}))).expect_err("unknown");
    let help = |help: &str| findings.iter().filter(|finding| finding.help.as_deref() == Some(help)).count();
    assert_eq!(help("did you mean `w1-a`?"), 50);
    assert_eq!(help("`regimen show` lists the slots of a plan"), 10);
}

#[test]
fn sessions_are_left_out_and_moved_in_any_order_of_the_changes() {
    let changes = json!([
        {"move": "w3-a", "to": "2027-01-19"}, {"skip": "w1-b"}, {"skip": "2027-01-11"}, {"move": "w2-b", "to": "2027-01-12"},
    ]);
    let of = json!({"start": "2027-01-04", "changes": changes});
    assert_eq!(dates(three_weeks(), of.clone()), ["w1-a 01-04", "w2-b 01-12", "w3-a 01-19", "w3-b 01-22"]);
    let plan = planned(three_weeks(), Some(of)).expect("a plan");
    let left_out: Vec<_> = plan.left_out.iter().map(|one| (one.slot.as_str(), one.paused)).collect();
    assert_eq!(left_out, [("w1-b", false), ("w2-a", false)]);
}

#[test]
fn what_is_left_out_of_one_week_keeps_no_day_from_the_next() {
    let phases = phase(2, json!([{"session": "a", "day": 1, "min_gap": "72 h"}, {"session": "b", "day": 7}]));
    let with =
        |changes: Value| json!({"start": "2027-01-04", "available_days": ["tuesday", "sunday"], "changes": changes});
    assert!(problem(phases.clone(), with(json!([]))).starts_with("min-gap: `a` comes 2 days after"));
    let usual = ["w1-a 01-05", "w2-a 01-12", "w2-b 01-17"];
    assert_eq!(dates(phases.clone(), with(json!([{"skip": "w1-b"}]))), usual);
    // A date means what the reader has on it, which is still there then.
    let both = with(json!([{"skip": "w1-b"}, {"skip": "2027-01-12"}]));
    assert_eq!(dates(phases, both), ["w1-a 01-05", "w2-b 01-17"]);
}

#[test]
fn the_weeks_of_a_schedule_are_all_of_the_programme_if_it_can_be_kept() {
    let weeks = |keys: Value| {
        let (catalog, program) = (catalog(), program(three_weeks()));
        weeks_of(&catalog, &program, &id("s"), &schedule(keys)).map(|weeks| weeks.len())
    };
    assert_eq!(weeks(json!({"start": "2027-01-04", "weeks": 2})), Some(3));
    assert_eq!(weeks(json!({"start": "2027-01-04", "weeks": 4})), None);
}

#[test]
fn a_pause_within_the_plan_needs_no_session_and_one_beside_it_changes_nothing() {
    let all = ["w1-a 01-04", "w1-b 01-08", "w2-a 01-11", "w2-b 01-15", "w3-a 01-18", "w3-b 01-22"];
    let with = |change: Value| json!({"end": "2027-01-24", "changes": [change]});
    for within in ["2027-01-05..2027-01-06", "2027-01-24", "2027-01-23..2027-02-01"] {
        assert_eq!(dates(three_weeks(), with(json!({"pause": within}))), all, "{within}");
    }
    for beside in ["2027-01-01..2027-01-03", "2027-01-25..2027-01-31"] {
        let said = problem(three_weeks(), with(json!({"pause": beside})));
        assert!(said.contains("this changes nothing: the plan lasts from 2027-01-04 to 2027-01-24"), "{said}");
    }
    assert!(problem(three_weeks(), with(json!({"skip": "2027-01-05"}))).contains("no session is planned for then"));
}

#[test]
fn a_pause_while_the_plan_waits_for_its_weekday_adds_nothing() {
    let paused = |second: &str| {
        let changes = json!([{"pause": "2027-01-06..2027-01-07"}, {"pause": second}]);
        json!({"start": "2027-01-04", "changes": changes})
    };
    // It waits from Wednesday to Wednesday.
    let one = ["w1-a 01-04", "w1-b 01-15", "w2-a 01-18", "w2-b 01-22", "w3-a 01-25", "w3-b 01-29"];
    assert_eq!(dates(three_weeks(), paused("2027-01-09..2027-01-12")), one);
    let two = ["w1-a 01-04", "w1-b 01-22", "w2-a 01-25", "w2-b 01-29", "w3-a 02-01", "w3-b 02-05"];
    assert_eq!(dates(three_weeks(), paused("2027-01-12..2027-01-13")), two);
    assert!(problem(three_weeks(), paused("2027-01-07..2027-01-09")).contains("the plan already waits then"));
}

#[test]
fn a_change_of_the_race_says_what_to_do_for_each_kind_of_change() {
    let phases = || phase(1, json!([{"session": "a", "day": "tuesday"}, {"session": "race", "day": "sunday"}]));
    let said = |change: Value| problem(phases(), json!({"race": "2027-01-24", "changes": [change]}));
    assert!(said(json!({"pause": "2027-01-23..2027-01-24"})).contains("the race on 2027-01-24 is within this pause"));
    assert!(
        said(json!({"move": "w1-race", "to": "2027-01-23"})).ends_with("write the new date of the race under `race`")
    );
    assert!(said(json!({"skip": "w1-race"})).contains("; take this out; for a plan without its race"));
}
