//! The order of sessions around a race and in weeks that begin on another day.

use crate::testing::Lint;

/// Two weeks: three sessions and a long one, then race week, in a schedule with this anchor.
fn of(anchor: &str, days: [&str; 4]) -> Vec<String> {
    let [gym, long, openers, race] = days;
    let build = format!(
        "kind: build, weeks: 1, sessions: [{{session: s, day: {gym}}}, {{session: s, day: {long}, slot: long}}]"
    );
    let last = format!(
        "kind: race, weeks: 1, sessions: [{{session: s, day: {gym}}}, {{session: s, day: {openers}, slot: openers}}, \
         {{session: race, day: {race}}}]"
    );
    let project = format!("language: en\nschedules:\n  plan:\n    program: p\n    {anchor}\nwords: {{title: T}}\n");
    let lint = Lint::new().session("s", "run", "{exercise: jog}").session("race", "race", "{exercise: jog}");
    lint.phases(&[&build, &last]).file("regimen.yaml", &project).of("session-order")
}

const WEEKDAYS: [&str; 4] = ["tuesday", "sunday", "saturday", "sunday"];

#[test]
fn a_race_on_its_weekday_moves_nothing() {
    assert_eq!(of("race: 2027-04-25", WEEKDAYS), [""; 0]);
}

#[test]
fn weeks_that_count_from_the_race_may_meet_those_before() {
    let meeting = |race: &str, days: [&str; 4]| of(&format!("race: {race}"), days);
    assert_eq!(meeting("2027-04-24", WEEKDAYS), [""; 0], "Tuesday of the last week is a Monday");
    let monday = ["monday", "sunday", "saturday", "sunday"];
    assert_eq!(
        meeting("2027-04-24", monday),
        [
            "regimen.yaml:5 weeks that count from the race meet those before them: `s` of week 2 (2027-04-18) comes on the day of \
          `long` of week 1 (2027-04-18)"
        ]
    );
    let friday = meeting("2027-04-23", monday);
    assert!(friday[0].ends_with("`s` of week 2 (2027-04-17) comes before `long` of week 1 (2027-04-18)"), "{friday:?}");
    assert_eq!(meeting("2027-04-26", monday), [""; 0], "a day later all have more time");
    let near = meeting("2027-04-23", ["monday", "sunday", "monday", "wednesday"]);
    assert_eq!(near, [""; 0], "two days later");
    let near = meeting("2027-04-20", ["monday", "sunday", "monday", "friday"]);
    assert!(
        near.iter().any(|line| line.ends_with("`long` of week 1 (2027-04-18), 5 days before it in the programme")),
        "{near:?}"
    );
}

#[test]
fn weeks_that_count_from_the_race_may_meet_one_that_is_not_next_to_them() {
    let phases = [
        "kind: build, weeks: 1, sessions: [{session: s, day: sunday, slot: long}]",
        "kind: taper, days: 1, sessions: []",
        "kind: race, days: 6, sessions: [{session: s, day: tuesday}, {session: race, day: sunday}]",
    ];
    let of = |race: &str| {
        let project =
            format!("language: en\nschedules:\n  plan:\n    program: p\n    race: {race}\nwords: {{title: T}}\n");
        let lint = Lint::new().session("s", "run", "{exercise: jog}").session("race", "race", "{exercise: jog}");
        lint.phases(&phases).file("regimen.yaml", &project).of("session-order")
    };
    assert_eq!(of("2027-04-25"), [""; 0]);
    let met = "`s` of week 3 (2027-04-17) comes before `long` of week 1 (2027-04-18)";
    assert!(of("2027-04-22").iter().any(|line| line.ends_with(met)), "{:?}", of("2027-04-22"));
}

#[test]
fn weekdays_that_the_race_moves_go_to_days_of_the_reader() {
    let days = |race: &str, available: &str| of(&format!("race: {race}\n    available_days: [{available}]"), WEEKDAYS);
    assert_eq!(days("2027-04-24", "tuesday, thursday, saturday, sunday"), [""; 0], "Tuesday and Thursday, not Sunday");
    let few = days("2027-04-24", "tuesday, saturday, sunday");
    assert!(few.len() == 1 && few[0].contains("comes on the day of `long`"), "{few:?}");
    let none = of(
        "race: 2027-04-19\n    available_days: [monday, tuesday, wednesday, saturday]",
        ["monday", "saturday", "tuesday", "wednesday"],
    );
    assert!(
        none.iter()
            .any(|line| line
                .ends_with("puts `openers` of week 2 (2027-04-18) on days on which the reader does not train")),
        "{none:?}"
    );
}

#[test]
fn sessions_of_a_rotation_are_named() {
    let phase = "kind: build, weeks: 2, rotation: {sessions: [s, gym], days: [monday, sunday]}";
    let project = "language: en\nschedules:\n  plan:\n    program: p\n    start: 2027-03-02\nwords: {title: T}\n";
    let lint = Lint::new().session("s", "run", "{exercise: jog}").session("gym", "strength", "{exercise: hinge}");
    let said = lint.phases(&[phase]).file("regimen.yaml", project).of("session-order");
    assert!(
        said.len() == 1 && said[0].contains("`s` of week 1 (") && said[0].contains("`gym` of week 1 ("),
        "{said:?}"
    );
}

#[test]
fn numbered_days_count_back_from_the_race() {
    assert_eq!(of("race: 2027-04-19", ["2", "7", "6", "7"]), [""; 0]);
}

#[test]
fn a_start_within_the_week_turns_weekdays_around() {
    let of = |anchor: &str, gym: &str, long: &str| {
        let sessions = format!("[{{session: s, day: {gym}}}, {{session: s, day: {long}, slot: long}}]");
        let project = format!("language: en\nschedules:\n  plan:\n    program: p\n    {anchor}\nwords: {{title: T}}\n");
        let lint = Lint::new().session("s", "run", "{exercise: jog}").file("regimen.yaml", &project);
        lint.phases(&[&format!("kind: build, weeks: 2, sessions: {sessions}")]).of("session-order")
    };
    assert_eq!(
        of("start: 2027-01-06", "monday", "sunday"),
        [
            "regimen.yaml:5 the weeks of this schedule begin on a Wednesday, so that Monday of each week comes after its Sunday: \
          `s` of week 1 (2027-01-11) after `long` of week 1 (2027-01-10)"
        ]
    );
    assert!(of("end: 2027-01-19", "monday", "sunday")[0].starts_with("regimen.yaml:5"));
    assert_eq!(of("start: 2027-01-04", "monday", "sunday"), [""; 0]);
    assert_eq!(of("start: 2027-01-06", "1", "7"), [""; 0]);
    assert_eq!(of("start: 2027-01-06", "thursday", "sunday"), [""; 0]);
}

#[test]
fn a_start_within_the_week_turns_what_is_done_every_so_many_days_from_a_weekday_on() {
    let of = |anchor: &str, every: u8| {
        let sessions =
            format!("[{{session: s, day: monday}}, {{session: s, day: sunday, every: {every}, slot: long}}]");
        let project = format!("language: en\nschedules:\n  plan:\n    program: p\n    {anchor}\nwords: {{title: T}}\n");
        let lint = Lint::new().session("s", "run", "{exercise: jog}").file("regimen.yaml", &project);
        lint.phases(&[&format!("kind: build, weeks: 2, sessions: {sessions}")]).of("session-order")
    };
    let said = |which: &str| {
        [format!(
            "regimen.yaml:5 the weeks of this schedule begin on a Tuesday, so that Monday of {which} comes after its Sunday: \
             `s` of week 1 (2027-03-08) after `long` of week 1 (2027-03-07)"
        )]
    };
    for anchor in ["start: 2027-03-02", "end: 2027-03-15"] {
        assert_eq!(of(anchor, 7), said("each week"), "{anchor}");
        assert_eq!(of(anchor, 14), said("each week"), "{anchor}");
        assert_eq!(of(anchor, 4), said("the first week of a phase"), "{anchor}");
        assert_eq!(of(anchor, 2), [""; 0], "every other day");
    }
    assert_eq!(of("start: 2027-03-01", 7), [""; 0]);
    assert_eq!(of("start: 2027-03-01", 4), [""; 0]);
}

#[test]
fn weekdays_of_a_phase_in_turns_keep_their_order_or_are_named() {
    let of = |start: &str, sessions: &str| {
        let project =
            format!("language: en\nschedules:\n  plan:\n    program: p\n    start: {start}\nwords: {{title: T}}\n");
        let lint = Lint::new().session("s", "run", "{exercise: jog}").file("regimen.yaml", &project);
        lint.phases(&[&format!("kind: build, days: 18, cycle: 9, sessions: {sessions}")]).of("session-order")
    };
    let weekdays = "[{session: s, day: monday, every: 7}, {session: s, day: sunday, every: 7, slot: long}]";
    assert_eq!(of("2027-03-01", weekdays), [""; 0]);
    assert_eq!(
        of("2027-03-02", weekdays),
        [
            "regimen.yaml:5 the weeks of this schedule begin on a Tuesday, so that Monday of the first week of a phase comes after its \
             Sunday: `s` of week 1 (2027-03-08) after `long` of week 1 (2027-03-07)"
        ]
    );
    let mixed = "[{session: s, day: monday, every: 7}, {session: s, day: 6, slot: long}]";
    assert_eq!(of("2027-03-01", mixed), [""; 0]);
    let said = of("2027-03-02", mixed);
    let turned =
        "change their order in this schedule: `long` of week 1 (2027-03-07) comes before `s` of week 1 (2027-03-08)";
    assert!(said.len() == 1 && said[0].contains(turned), "{said:?}");
}

#[test]
fn what_is_done_every_so_many_days_has_no_order_of_weekdays() {
    let lint = Lint::new().session("s", "run", "{exercise: jog}").session("calm", "mobility", "{exercise: hinge}");
    let project = "language: en\nschedules:\n  plan:\n    program: p\n    start: 2027-01-06\nwords: {title: T}\n";
    let phases = [
        "kind: base, weeks: 1, sessions: [{session: calm, day: 1, every: 1}]",
        "kind: base, weeks: 1, sessions: [{session: s, day: monday}, {session: s, day: thursday, slot: b}]",
    ];
    let said = lint.phases(&phases).file("regimen.yaml", project).of("session-order");
    assert!(
        said.len() == 1 && said[0].ends_with("`s` of week 2 (2027-01-18) after `b` of week 2 (2027-01-14)"),
        "{said:?}"
    );
}

#[test]
fn a_start_within_the_week_of_a_race_plan_waits_for_monday() {
    let days = ["monday", "sunday", "saturday", "sunday"];
    assert_eq!(
        of("start: 2027-01-06", days),
        [
            "regimen.yaml:5 the plan begins on Monday 2027-01-11, because from Wednesday, 2027-01-06, its weeks would have sessions \
          on the other side of their race"
        ]
    );
    assert_eq!(
        of("end: 2027-01-20", days),
        [
            "regimen.yaml:5 the plan ends on Sunday 2027-01-17, because up to Wednesday, 2027-01-20, its weeks would have sessions \
          on the other side of their race"
        ]
    );
    assert_eq!(of("end: 2027-01-17", days), [""; 0]);
    assert_eq!(of("end: 2027-01-20", ["1", "7", "6", "7"]), [""; 0]);
    assert_eq!(of("start: 2027-01-04", days), [""; 0]);
    assert_eq!(of("start: 2027-01-06", ["1", "7", "6", "7"]), [""; 0]);
    assert_eq!(of("start: 2027-01-06", ["thursday", "sunday", "saturday", "sunday"]), [""; 0]);
}

#[test]
fn a_race_of_a_phase_in_days_is_in_every_plan() {
    let phases = [
        "kind: build, weeks: 1, sessions: [{session: s, day: tuesday}]",
        "kind: race, days: 6, sessions: [{session: race, day: saturday}]",
    ];
    let of = |anchor: &str| {
        let project = format!("language: en\nschedules:\n  plan:\n    program: p\n    {anchor}\nwords: {{title: T}}\n");
        let lint = Lint::new().session("s", "run", "{exercise: jog}").session("race", "race", "{exercise: jog}");
        lint.phases(&phases).file("regimen.yaml", &project).of("session-order")
    };
    assert_eq!(of("start: 2027-01-08"), [""; 0], "from Friday on, its six days have a Saturday");
    assert_eq!(
        of("start: 2027-01-10"),
        [
            "regimen.yaml:5 the plan begins on Monday 2027-01-11, because from Sunday, 2027-01-10, its weeks would be cut short before \
          their race, or have sessions on the other side of their race"
        ]
    );
}

#[test]
fn weeks_after_a_short_phase_begin_on_another_weekday_in_the_programme_too() {
    let phases = [
        "kind: base, days: 27, cycle: 9, sessions: [{session: s, day: 1}]",
        "kind: race, weeks: 1, sessions: [{session: s, day: tuesday}, {session: race, day: sunday}]",
    ];
    let of = |anchor: &str| {
        let project = format!("language: en\nschedules:\n  plan:\n    program: p\n    {anchor}\nwords: {{title: T}}\n");
        let lint = Lint::new().session("s", "run", "{exercise: jog}").session("race", "race", "{exercise: jog}");
        lint.phases(&phases).file("regimen.yaml", &project).of("session-order")
    };
    assert_eq!(of("race: 2027-05-01"), [""; 0], "Sunday is its first day, before Tuesday");
}

#[test]
fn a_gap_that_the_race_shortens_is_named_with_both_sessions() {
    let build = "kind: build, weeks: 1, sessions: [{session: s, day: sunday, slot: long}]";
    let last =
        "kind: race, weeks: 1, sessions: [{session: s, day: tuesday, min_gap: 48 h}, {session: race, day: sunday}]";
    let of = |race: &str| {
        let project =
            format!("language: en\nschedules:\n  plan:\n    program: p\n    race: {race}\nwords: {{title: T}}\n");
        let lint = Lint::new().session("s", "run", "{exercise: jog}").session("race", "race", "{exercise: jog}");
        lint.phases(&[build, last]).file("regimen.yaml", &project).of_with_help("session-order")
    };
    assert_eq!(of("2027-04-25"), [""; 0]);
    assert_eq!(
        of("2027-04-24"),
        [
            "regimen.yaml:5 `s` of week 2 (2027-04-19) comes 1 day after `long` of week 1 (2027-04-18), and its `min_gap` is 48 h = \
          move it to another day, or leave one of the two out (`changes: [{skip: w2-s}]`)"
        ]
    );
}

#[test]
fn weeks_that_wait_for_monday_are_said_with_a_pause_too() {
    let turned = of("start: 2027-04-07\n    changes: [{pause: 2027-04-09..2027-04-13}]", WEEKDAYS);
    assert!(
        turned.iter().any(|line| line.contains("the plan begins on Monday 2027-04-19, because from Wednesday")),
        "{turned:?}"
    );
}

#[test]
fn every_other_day_is_no_weekday_where_others_are() {
    let lint = Lint::new().session("s", "run", "{exercise: jog}").session("calm", "mobility", "{exercise: hinge}");
    let project = "language: en\nschedules:\n  plan:\n    program: p\n    end: 2027-01-20\nwords: {title: T}\n";
    let sessions =
        "{session: calm, day: tuesday, every: 2}, {session: s, day: monday}, {session: s, day: thursday, slot: b}";
    let said = lint.phases(&[&format!("kind: base, weeks: 2, sessions: [{sessions}]")]).file("regimen.yaml", project);
    let said = said.of("session-order");
    assert!(said.len() == 1 && !said[0].contains("calm"), "{said:?}");
}

#[test]
fn a_numbered_race_is_to_get_its_weekday() {
    let phases = [
        "kind: build, weeks: 1, sessions: [{session: s, day: monday}, {session: s, day: saturday, slot: long}]",
        "kind: race, weeks: 1, sessions: [{session: s, day: monday}, {session: race, day: 7}]",
    ];
    let project = "language: en\nschedules:\n  plan:\n    program: p\n    race: 2027-04-22\nwords: {title: T}\n";
    let lint = Lint::new().session("s", "run", "{exercise: jog}").session("race", "race", "{exercise: jog}");
    let lint = lint.file("regimen.yaml", project);
    let said = lint.clone().phases(&phases).of_with_help("session-order");
    let way_out = "write `day: sunday` for the race in the programme, so that the others keep their weekdays";
    assert!(said.iter().any(|said| said.ends_with(way_out)), "{said:?}");
    let mended = [phases[0], &phases[1].replace("day: 7", "day: sunday")];
    let said = lint.phases(&mended).of_with_help("session-order");
    assert!(said.iter().all(|said| !said.contains("weeks of this schedule begin")), "{said:?}");
}

#[test]
fn days_by_number_and_by_weekday_keep_their_order_or_are_named() {
    let of = |anchor: &str, days: [&str; 2]| {
        let [one, other] = days;
        let phase = format!(
            "kind: build, weeks: 1, sessions: [{{session: s, day: {one}, slot: one}}, {{session: s, day: {other}, slot: other}}]"
        );
        let project = format!("language: en\nschedules:\n  plan:\n    program: p\n    {anchor}\nwords: {{title: T}}\n");
        Lint::new()
            .session("s", "run", "{exercise: jog}")
            .phases(&[&phase])
            .file("regimen.yaml", &project)
            .of("session-order")
    };
    assert_eq!(of("start: 2027-03-01", ["monday", "5"]), [""; 0]);
    assert_eq!(
        of("start: 2027-03-02", ["monday", "5"]),
        [
            "regimen.yaml:5 days by number and by weekday change their order in this schedule: `other` of week 1 (2027-03-06) comes \
          before `one` of week 1 (2027-03-08)"
        ]
    );
    let same = of("end: 2027-03-10", ["monday", "5"]);
    assert!(same[0].contains("comes on the day of"), "{same:?}");
    assert_eq!(of("start: 2027-03-02", ["1", "5"]), [""; 0]);
    assert_eq!(of("start: 2027-03-02", ["tuesday", "5"]), [""; 0]);
    let moved = of("start: 2027-03-02\n    available_days: [monday, tuesday, saturday]", ["monday", "5"]);
    assert_eq!(moved, [""; 0], "they are meant to move");
}

#[test]
fn weekdays_in_their_order_are_right_where_a_phase_of_the_programme_begins_within_a_week() {
    let phases = [
        "kind: rehab, days: 10, sessions: [{session: s, day: 1, every: 1}]",
        "kind: rehab, weeks: 2, sessions: [{session: s, day: monday, slot: first}, {session: s, day: thursday, slot: later}]",
    ];
    let of = |start: &str| {
        let project =
            format!("language: en\nschedules:\n  plan:\n    program: p\n    start: {start}\nwords: {{title: T}}\n");
        let lint = Lint::new().session("s", "run", "{exercise: jog}").phases(&phases);
        lint.file("regimen.yaml", &project).of("session-order")
    };
    // The second phase begins on a Thursday in the programme, on a Friday and on a Wednesday here.
    assert_eq!(of("2027-01-05"), [""; 0]);
    assert_eq!(of("2027-01-03"), [""; 0], "as in the programme");
}
