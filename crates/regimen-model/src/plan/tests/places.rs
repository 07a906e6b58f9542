//! Where a programme is in the calendar: held by its start, its end or its race.

use serde_json::{Value, json};

use super::{Plan, dates, offsets, phase, planned, problem};

/// 4 January 2027 is a Monday.
fn two_weeks() -> Value {
    phase(2, json!([{"session": "a", "day": "tuesday"}, {"session": "b", "day": "friday"}]))
}

/// Three weeks: runs on Tuesdays and Saturdays, then a race week with its race on a Sunday.
fn to_a_race() -> Value {
    json!([
        {"id": "build", "kind": "build", "weeks": 2, "sessions": [
            {"session": "a", "day": "tuesday"}, {"session": "b", "day": "saturday"}]},
        {"id": "race", "kind": "race", "weeks": 1, "sessions": [
            {"session": "c", "day": "thursday"}, {"session": "race", "day": "sunday"}]},
    ])
}

#[test]
fn a_start_is_the_first_day() {
    let from = |start: &str| dates(two_weeks(), json!({"start": start}));
    assert_eq!(from("2027-01-04"), ["w1-a 01-05", "w1-b 01-08", "w2-a 01-12", "w2-b 01-15"]);
    // A week counts from the day on which it starts.
    assert_eq!(from("2027-01-06"), ["w1-b 01-08", "w1-a 01-12", "w2-b 01-15", "w2-a 01-19"]);
}

#[test]
fn an_end_is_the_last_day_of_the_last_week() {
    let until = |end: &str| dates(two_weeks(), json!({"end": end}));
    assert_eq!(until("2027-01-17"), ["w1-a 01-05", "w1-b 01-08", "w2-a 01-12", "w2-b 01-15"]);
    assert_eq!(until("2027-01-16"), ["w1-a 01-05", "w1-b 01-08", "w2-a 01-12", "w2-b 01-15"]);
    let plan = planned(two_weeks(), Some(json!({"end": "2027-01-16"}))).expect("a plan");
    assert_eq!(plan.schedule.expect("a schedule").start.to_string(), "2027-01-03");
}

#[test]
fn a_plan_with_a_race_keeps_its_order_whatever_its_first_and_last_day() {
    let monday = dates(to_a_race(), json!({"start": "2027-01-04"}));
    assert_eq!(monday, ["w1-a 01-05", "w1-b 01-09", "w2-a 01-12", "w2-b 01-16", "w3-c 01-21", "w3-race 01-24"]);
    // Weeks from Friday to Thursday would have the race before the session that leads to it, so they wait for Monday.
    assert_eq!(dates(to_a_race(), json!({"start": "2027-01-01"})), monday);
    // Weeks from Saturday to Friday, likewise: the plan ends a little earlier.
    assert_eq!(dates(to_a_race(), json!({"end": "2027-01-29"})), monday);
    assert_eq!(dates(to_a_race(), json!({"end": "2027-01-24"})), monday);
}

#[test]
fn a_race_on_its_weekday_holds_all_weeks() {
    let plan = planned(to_a_race(), Some(json!({"race": "2027-01-24"}))).expect("a plan");
    let schedule = plan.schedule.as_ref().expect("a schedule");
    assert_eq!(schedule.start.to_string(), "2027-01-04");
    assert_eq!(schedule.race.map(|day| day.to_string()).as_deref(), Some("2027-01-24"));
    assert_eq!(dates(to_a_race(), json!({"race": "2027-01-24"})), dates(to_a_race(), json!({"start": "2027-01-04"})));
    let weeks = plan.weeks.iter().map(|week| format!("{} {} {:?}", week.number, week.days, week.start));
    assert_eq!(weeks.collect::<Vec<_>>(), ["1 7 Some(2027-01-04)", "2 7 Some(2027-01-11)", "3 7 Some(2027-01-18)"]);
}

#[test]
fn a_race_on_another_weekday_moves_its_phase_as_a_whole() {
    let build = ["w1-a 01-05", "w1-b 01-09", "w2-a 01-12", "w2-b 01-16"];
    for (race, last) in [
        ("2027-01-23", ["w3-c 01-20", "w3-race 01-23"]),
        ("2027-01-22", ["w3-c 01-19", "w3-race 01-22"]),
        ("2027-01-21", ["w3-c 01-18", "w3-race 01-21"]),
        ("2027-01-25", ["w3-c 01-22", "w3-race 01-25"]),
        ("2027-01-27", ["w3-c 01-24", "w3-race 01-27"]),
    ] {
        let expected: Vec<_> = build.into_iter().chain(last).collect();
        assert_eq!(dates(to_a_race(), json!({"race": race})), expected, "{race}");
    }
}

#[test]
fn a_race_never_comes_before_what_is_meant_to_lead_to_it() {
    let phases = json!([
        {"id": "build", "kind": "build", "weeks": 1, "sessions": [{"session": "a", "day": "sunday"}]},
        {"id": "race", "kind": "race", "weeks": 1, "sessions": [{"session": "race", "day": "monday"}]},
        {"id": "after", "kind": "recovery", "weeks": 1, "sessions": [{"session": "b", "day": "tuesday"}]},
    ]);
    let with = |race: &str| dates(phases.clone(), json!({"race": race}));
    assert_eq!(with("2027-01-11"), ["w1-a 01-10", "w2-race 01-11", "w3-b 01-19"]);
    // A day earlier than in the programme is taken, so the race is six days later.
    assert_eq!(with("2027-01-17"), ["w1-a 01-10", "w2-race 01-17", "w3-b 01-25"]);
    assert_eq!(with("2027-01-12"), ["w1-a 01-10", "w2-race 01-12", "w3-b 01-20"]);
}

#[test]
fn a_race_comes_after_every_day_on_which_what_leads_to_it_may_be() {
    let phases = json!([
        {"id": "build", "kind": "build", "weeks": 1, "sessions": [{"session": "a", "day": 1}]},
        {"id": "race", "kind": "race", "weeks": 1, "sessions": [{"session": "race", "day": "monday"}]},
    ]);
    let with = |schedule: Value| dates(phases.clone(), schedule);
    assert_eq!(with(json!({"race": "2027-01-10"})), ["w1-a 01-04", "w2-race 01-10"]);
    // The first day of the week may have to move as far as its Sunday.
    let sundays = json!({"race": "2027-01-10", "available_days": ["sunday"]});
    assert_eq!(with(sundays), ["w1-a 01-03", "w2-race 01-10"]);
}

#[test]
fn a_race_of_the_first_phase_moves_the_whole_plan() {
    let phases = phase(1, json!([{"session": "a", "day": "monday"}, {"session": "race", "day": "sunday"}]));
    assert_eq!(dates(phases.clone(), json!({"race": "2027-01-09"})), ["w1-a 01-03", "w1-race 01-09"]);
    assert_eq!(dates(phases, json!({"race": "2027-01-13"})), ["w1-a 01-07", "w1-race 01-13"]);
}

#[test]
fn weeks_count_back_from_a_race_on_a_numbered_day() {
    let phases = json!([
        {"id": "one", "kind": "build", "weeks": 1, "sessions": [{"session": "a", "day": 2}]},
        {"id": "two", "kind": "race", "weeks": 1, "sessions": [
            {"session": "b", "day": 1}, {"session": "race", "day": 5}]},
    ]);
    assert_eq!(dates(phases, json!({"race": "2027-01-15"})), ["w1-a 01-05", "w2-b 01-11", "w2-race 01-15"]);
}

#[test]
fn the_race_that_is_meant_is_found_or_asked_for() {
    let two = json!([
        {"id": "one", "kind": "race", "weeks": 1, "sessions": [{"session": "race", "day": "sunday", "slot": "half"}]},
        {"id": "two", "kind": "race", "weeks": 1, "sessions": [{"session": "race", "day": "sunday", "slot": "whole"}]},
    ]);
    let of = |schedule: Value| problem(two.clone(), schedule);
    assert_eq!(
        of(json!({"race": "2027-01-17"})),
        "anchor: the programme `p` has several races: `half`, `whole`; say which one is on this day: `event: whole`"
    );
    assert_eq!(
        of(json!({"race": "2027-01-17", "event": "hafl"})),
        "anchor: the programme `p` has no race `hafl`; did you mean `half`?"
    );
    assert_eq!(
        of(json!({"race": "2027-01-17", "event": "zzzzzzzz"})),
        "anchor: the programme `p` has no race `zzzzzzzz`; its races are `half`, `whole`; of several with one name, each is known by its place in the plan, such as `w8-sunday`"
    );
    let whole = dates(two.clone(), json!({"race": "2027-01-17", "event": "whole"}));
    assert_eq!(whole, ["w1-half 01-10", "w2-whole 01-17"]);
    let half = dates(two, json!({"race": "2027-01-17", "event": "half"}));
    assert_eq!(half, ["w1-half 01-17", "w2-whole 01-24"]);
    let none = "give the session of the race the kind `race`, or anchor the programme with `start` or `end`";
    assert_eq!(
        problem(two_weeks(), json!({"race": "2027-01-17"})),
        format!("anchor: the programme `p` has no session of the kind `race`; {none}")
    );
    assert_eq!(
        problem(two_weeks(), json!({"race": "2027-01-17", "event": "a"})),
        format!("anchor: the programme `p` has no race `a`; {none}")
    );
}

#[test]
fn of_a_race_that_comes_again_the_last_is_meant_or_the_one_of_a_place() {
    let phases = phase(3, json!([{"session": "a", "day": 1}, {"session": "race", "day": 5, "slot": "r"}]));
    let held = |event: Option<&str>| {
        let of = dates(phases.clone(), json!({"race": "2027-01-15", "event": event}));
        of.into_iter().filter(|session| session.contains("-r ")).collect::<Vec<_>>()
    };
    let last = ["w1-r 01-01", "w2-r 01-08", "w3-r 01-15"];
    assert_eq!(
        (held(None), held(Some("r")), held(Some("w3-r"))),
        (last.map(String::from).to_vec(), held(None), held(None))
    );
    assert_eq!(held(Some("w1-r")), ["w1-r 01-15", "w2-r 01-22", "w3-r 01-29"]);
    assert_eq!(
        problem(phases.clone(), json!({"race": "2027-01-15", "event": "w4-r"})),
        "anchor: the programme `p` has no race `w4-r`; did you mean `w1-r`?"
    );
}

#[test]
fn the_calendar_has_a_first_and_a_last_day() {
    assert_eq!(dates(two_weeks(), json!({"end": "0001-01-14"}))[0], "w1-a 01-02");
    let early = "anchor: the programme begins before the first date of the calendar; choose a later date";
    assert_eq!(problem(two_weeks(), json!({"end": "0001-01-13"})), early);
    assert_eq!(problem(to_a_race(), json!({"race": "0001-01-07"})), early);
    let late = "anchor: the programme ends beyond the last date of the calendar; choose an earlier `start`";
    assert_eq!(problem(two_weeks(), json!({"start": "9999-12-30"})), late);
    assert_eq!(problem(to_a_race(), json!({"start": "9999-12-30"})), late);
}

#[test]
fn nothing_is_moved_and_no_plan_waits_for_more_than_a_year() {
    let with = |change: Value| json!({"start": "2027-01-04", "changes": [change]});
    let moved = dates(two_weeks(), with(json!({"move": "w1-a", "to": "2028-01-06"})));
    assert_eq!(moved.iter().filter(|session| session.as_str() == "w1-a 01-06").count(), 1);
    assert_eq!(
        problem(two_weeks(), with(json!({"move": "w1-a", "to": "2028-01-07"}))),
        "schedule-change: `w1-a` would be moved by more than a year; correct the day that it is moved `to`"
    );
    assert_eq!(
        problem(two_weeks(), with(json!({"pause": "2027-01-12..2028-01-13"}))),
        "schedule-change: a pause of 367 days is longer than a year; correct the last day, or start the plan again with `start`"
    );
    assert!(planned(two_weeks(), Some(with(json!({"pause": "2027-01-12..2028-01-12"})))).is_ok());
}

#[test]
fn a_race_waits_only_for_days_that_may_be_as_late_as_it_is() {
    let phases = |first: Value, race: Value| {
        json!([
            {"id": "one", "kind": "build", "weeks": 1, "sessions": [first]},
            {"id": "two", "kind": "race", "weeks": 1, "sessions": [race]},
        ])
    };
    // A numbered day may move as far as Sunday, the day before the race.
    let days = json!({"race": "2027-01-11", "available_days": ["monday", "tuesday", "sunday"]});
    let movable = phases(json!({"session": "a", "day": 1}), json!({"session": "race", "day": "monday"}));
    assert_eq!(dates(movable, days), ["w1-a 01-04", "w2-race 01-11"]);
    // Days that are counted do not move, and no more does the race that is one of them.
    let counted = phases(json!({"session": "a", "day": 1}), json!({"session": "race", "day": "sunday", "every": 7}));
    assert_eq!(dates(counted, json!({"race": "2027-01-16"})), ["w1-a 01-03", "d14-race 01-16"]);
}

#[test]
fn a_race_never_begins_its_phase_before_the_plan() {
    let phases = json!([
        {"id": "one", "kind": "build", "days": 1, "sessions": [{"session": "a", "day": 1}]},
        {"id": "two", "kind": "race", "weeks": 1, "sessions": [{"session": "race", "day": "sunday"}]},
    ]);
    // Two days earlier, Tuesday, the first day of its phase, would be the Sunday before Monday.
    assert_eq!(dates(phases.clone(), json!({"race": "2027-01-15"})), ["d1-a 01-04", "w2-race 01-15"]);
    assert_eq!(dates(phases, json!({"race": "2027-01-16"})), ["d1-a 01-11", "w2-race 01-16"]);
}

#[test]
fn a_start_on_any_day_leaves_the_race_of_a_short_plan_where_it_is_meant() {
    let slots = |sessions: &[String]| -> Vec<String> {
        let slots = sessions.iter().map(|session| session.split_once(' ').map_or("", |(slot, _)| slot).to_owned());
        slots.collect()
    };
    for days in 1..=7_u8 {
        let phases = json!([
            {"id": "one", "kind": "build", "days": days, "sessions": [{"session": "a", "day": 1}]},
            {"id": "two", "kind": "race", "weeks": 1, "sessions": [
                {"session": "b", "day": "tuesday"}, {"session": "race", "day": "saturday"}, {"session": "c", "day": "sunday"}]},
        ]);
        let meant = slots(&offsets(phases.clone()));
        for first in 4..=10_u8 {
            let found = dates(phases.clone(), json!({"start": format!("2027-01-{first:02}")}));
            assert_eq!(slots(&found), meant, "{days} days from 2027-01-{first:02}: {found:?}");
        }
    }
}

#[test]
fn days_that_lack_their_race_from_one_weekday_on_wait_for_another() {
    let phases =
        json!([{"id": "one", "kind": "race", "days": 3, "sessions": [{"session": "race", "day": "wednesday"}]}]);
    let on = |first: &str| dates(phases.clone(), json!({"start": first}));
    assert_eq!(on("2027-01-05"), ["w1-race 01-06"]);
    assert_eq!(on("2027-01-07"), ["w1-race 01-13"], "Thursday to Saturday have none");
    assert_eq!(on("2027-01-10"), ["w1-race 01-13"], "nor have Sunday to Tuesday");
    // Nor has it one more: from Tuesday on there would be a Thursday.
    let two = json!([
        {"id": "one", "kind": "build", "days": 3, "sessions": [{"session": "race", "day": "thursday"}]},
        {"id": "two", "kind": "race", "weeks": 1, "sessions": [{"session": "race", "day": "sunday"}]},
    ]);
    assert_eq!(dates(two, json!({"start": "2027-01-05"})), ["w2-race 01-17"]);
}

#[test]
fn a_dose_for_what_the_session_has_not_is_a_finding_with_a_way_out() {
    let phases = phase(1, json!([{"session": "a", "day": "monday", "doses": {"squat": {"reps": 5}}}]));
    assert_eq!(
        problem(phases, json!({"start": "2027-01-04"})),
        "placement: the session has no `squat` in its main or accessory part; name an exercise of the session, or a line of it by \
         its `id`, or leave the dose out"
    );
}

#[test]
fn what_is_wrong_in_every_week_is_said_once() {
    let wrong = phase(3, json!([{"session": "a", "day": "monday", "step": "long", "length": "5 km"}]));
    assert!(problem(wrong, json!({"start": "2027-01-04"})).starts_with("placement: "));
    let two = phase(
        3,
        json!([
            {"session": "a", "day": "monday", "step": "long", "length": "5 km"},
            {"session": "a", "day": "friday", "step": "more", "length": "5 km"},
        ]),
    );
    assert_eq!(planned(two, None).expect_err("findings").len(), 2, "each in its place");
}

/// How many sessions come before each race of a plan.
fn before_races(plan: &Plan) -> Vec<usize> {
    let races = plan.sessions().filter(|session| session.session.as_str() == "race");
    races.map(|race| plan.sessions().filter(|session| session.offset < race.offset).count()).collect()
}

#[test]
fn a_start_in_mid_week_waits_where_days_that_are_counted_would_turn() {
    for every in 2..=9 {
        for day in ["monday", "wednesday", "saturday"] {
            let phases = json!([
                {"id": "one", "kind": "build", "weeks": 1, "sessions": [{"session": "b", "day": "friday"}]},
                {"id": "two", "kind": "race", "weeks": 2, "sessions": [
                    {"session": "a", "day": day, "every": every}, {"session": "race", "day": "saturday"}]},
            ]);
            let meant = before_races(&planned(phases.clone(), None).expect("a plan"));
            for first in 4..=10_u8 {
                let start = json!({"start": format!("2027-01-{first:02}")});
                let plan = planned(phases.clone(), Some(start)).expect("a plan");
                assert_eq!(before_races(&plan), meant, "every {every} days from {day}, 2027-01-{first:02}");
            }
        }
    }
}

#[test]
fn what_is_wrong_with_a_schedule_stands_at_its_key() {
    let found = planned(two_weeks(), Some(json!({"race": "2027-01-17"}))).expect_err("a finding");
    let place = &found[0].labels[0].place;
    assert_eq!(*place, crate::diagnostic::Place::value("regimen.yaml", path(&["schedules", "s", "race"])));
}

fn path(keys: &[&str]) -> crate::diagnostic::FieldPath {
    keys.iter().fold(crate::diagnostic::FieldPath::root(), |path, key| path.key(*key))
}
