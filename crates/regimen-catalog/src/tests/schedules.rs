//! What one reader has otherwise than the programme: weeks, dates, changes and times of day.

use regimen_model::plan::{KeptWeeks, Plan, expand, kept_weeks};

use crate::{Catalog, Files, Severity, load_files};

/// Three weeks of the session on Tuesday and the long one on Sunday, then a race on Sunday.
const WEEKDAYS: &str = "{session: s, day: tuesday}, {session: s, day: sunday, slot: long}";
/// The same on days that move.
const NUMBERS: &str = "{session: s, day: 2}, {session: s, day: 7, slot: long}";

/// The plan of these sessions for a schedule with these keys, else what is wrong.
fn plan(sessions: &str, keys: &str) -> Result<Plan, Vec<String>> {
    let catalog = catalog(sessions, keys)?;
    let program = catalog.programs.values().next().expect("a programme");
    expand(&catalog, program, catalog.project.schedules.iter().next())
        .map_err(|findings| findings.into_iter().map(|finding| finding.message).collect())
}

/// A programme of these sessions and a schedule with these keys, else what is wrong.
fn catalog(sessions: &str, keys: &str) -> Result<Catalog, Vec<String>> {
    let race = if sessions.contains("sunday") { "sunday" } else { "7" };
    let phases = format!(
        "{{id: a, kind: build, weeks: 3, sessions: [{sessions}]}}, \
         {{id: b, kind: race, weeks: 1, sessions: [{{session: s, day: {}}}, {{session: race, day: {race}}}]}}",
        if race == "7" { "2" } else { "tuesday" }
    );
    let session = |kind: &str| {
        format!("{{kind: {kind}, duration: 50 min, main: [{{run: [{{duration: 5 km}}]}}], words: {{name: S}}}}")
    };
    let project = format!("{{language: en, words: {{title: T}}, schedules: {{one: {{program: p, {keys}}}}}}}");
    let files: Files = [
        ("regimen.yaml", project),
        ("sessions/s.yaml", session("run")),
        ("sessions/race.yaml", session("race")),
        (
            "sessions/rest.yaml",
            "{kind: rest, duration: 1 min, main: [{text: a}], words: {name: R, texts: {a: Rest.}}}".to_owned(),
        ),
        (
            "programs/p.yaml",
            format!("{{level: 1, phases: [{phases}], words: {{name: P, summary: S., goal: G, audience: A}}}}"),
        ),
    ]
    .into_iter()
    .map(|(file, text)| (file.into(), text.into_bytes().into()))
    .collect();
    let loaded = load_files(&files);
    let wrong: Vec<String> = loaded
        .findings
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| format!("{}: {}", finding.code, finding.message))
        .collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(loaded.catalog.expect("a catalogue"))
}

/// `w1-s 01-05` for each session, which knows the number of its week.
fn days(plan: &Plan) -> Vec<String> {
    for week in &plan.weeks {
        assert!(week.sessions.iter().all(|session| session.week == week.number), "week {}", week.number);
    }
    let shown = plan.sessions().map(|session| {
        let at = session.at.map(|time| time.strftime(" %H:%M").to_string()).unwrap_or_default();
        format!("{} {}{at}", session.slot, session.date.expect("a date").strftime("%m-%d"))
    });
    shown.collect()
}

fn said(sessions: &str, keys: &str) -> Vec<String> {
    plan(sessions, keys).map_or_else(|wrong| wrong, |plan| days(&plan))
}

const ALL: [&str; 8] = [
    "w1-s 01-05",
    "w1-long 01-10",
    "w2-s 01-12",
    "w2-long 01-17",
    "w3-s 01-19",
    "w3-long 01-24",
    "w4-s 01-26",
    "w4-race 01-31",
];

#[test]
fn a_schedule_may_have_fewer_weeks_than_the_programme() {
    assert_eq!(said(WEEKDAYS, "start: 2027-01-04"), ALL);
    assert_eq!(said(WEEKDAYS, "race: 2027-01-31"), ALL);
    assert_eq!(said(WEEKDAYS, "race: 2027-01-31, weeks: 2"), ALL[4..]);
    assert_eq!(said(WEEKDAYS, "race: 2027-01-31, from_week: 3"), ALL[4..]);
    assert_eq!(said(WEEKDAYS, "end: 2027-01-31, weeks: 3"), ALL[2..]);
    assert_eq!(said(WEEKDAYS, "start: 2027-01-04, weeks: 2"), ALL[..4]);
    assert_eq!(said(WEEKDAYS, "start: 2027-01-11, from_week: 2, weeks: 1"), ALL[2..4]);
    let plan = plan(WEEKDAYS, "race: 2027-01-31, weeks: 2").expect("a plan");
    let weeks: Vec<(u32, u32)> = plan.weeks.iter().map(|week| (week.number, week.first_day)).collect();
    assert_eq!(weeks, [(3, 0), (4, 7)], "numbers stay, and days count from the first of the plan");
    for (keys, wrong) in [
        ("race: 2027-01-31, weeks: 5", "the schedule has 5 weeks, and the programme `p` has 4 up to its race"),
        ("start: 2027-01-04, from_week: 5", "the schedule begins with week 5, and the programme `p` has 4"),
        ("start: 2027-01-04, from_week: 3, weeks: 3", "the schedule has 3 weeks"),
        ("race: 2027-01-31, from_week: 2, weeks: 2", "either `from_week` or `weeks`"),
        ("start: 2027-01-04, weeks: 0", "weeks count from 1"),
    ] {
        let found = self::plan(WEEKDAYS, keys).expect_err(wrong);
        assert!(found[0].contains(wrong), "{found:?}");
    }
}

#[test]
fn single_sessions_are_left_out_or_moved_and_keep_their_names() {
    let changed = plan(
        WEEKDAYS,
        "start: 2027-01-04, changes: [{skip: w1-long}, {move: w2-long, to: 2027-01-16}, {skip: 2027-01-19}]",
    );
    let changed = changed.expect("a plan");
    let expected = [ALL[0], ALL[2], "w2-long 01-16", ALL[5], ALL[6], ALL[7]];
    assert_eq!(days(&changed), expected);
    let left_out: Vec<String> =
        changed.left_out.iter().map(|one| format!("{} {} {}", one.slot, one.date, one.paused)).collect();
    assert_eq!(left_out, ["w1-long 2027-01-10 false", "w3-s 2027-01-19 false"]);
    let moved =
        changed.sessions().find_map(|session| session.moved_from.map(|from| (session.offset, from.to_string())));
    assert_eq!(moved, Some((12, "2027-01-17".into())));
    for (changes, wrong) in [
        ("{skip: w1-lang}", "has no session `w1-lang`"),
        ("{skip: 2027-01-06}", "this changes nothing: no session is planned for then"),
        ("{skip: 2028-01-06}", "this changes nothing: the plan lasts from 2027-01-04 to 2027-01-31"),
        ("{move: 2026-12-30, to: 2027-01-06}", "this changes nothing: the plan lasts from 2027-01-04 to 2027-01-31"),
        ("{skip: w1-long}, {move: 2027-01-10, to: 2027-01-11}", "`w1-long` is changed twice"),
        ("{move: w1-long, to: 2027-01-01}", "before the plan begins"),
        ("{move: w1-long}", "`move` says to which day"),
        ("{skip: w1-long, pause: 2027-01-06}", "one of `pause`, `skip` and `move`"),
        ("{pause: 2027-03-06}", "the plan lasts from 2027-01-04 to 2027-01-31"),
        ("{pause: 2027-01-06}, {pause: 2027-01-06..2027-01-07}", "already waits"),
    ] {
        let found = plan(WEEKDAYS, &format!("start: 2027-01-04, changes: [{changes}]")).expect_err(wrong);
        assert!(found[0].contains(wrong), "{found:?}");
    }
    for change in ["skip: w4-race", "move: w4-race, to: 2027-01-30", "skip: 2027-01-31"] {
        let race = plan(WEEKDAYS, &format!("race: 2027-01-31, changes: [{{{change}}}]")).expect_err("the race");
        assert!(race[0].contains("the race holds the plan"), "{race:?}");
    }
}

#[test]
fn a_plan_waits_during_a_pause_and_goes_on() {
    let weeks = said(WEEKDAYS, "start: 2027-01-04, changes: [{pause: 2027-01-13..2027-01-15}]");
    assert_eq!(weeks[..4], ["w1-s 01-05", "w1-long 01-10", "w2-s 01-12", "w2-long 01-24"], "whole weeks");
    assert_eq!(weeks[7], "w4-race 02-07");
    let days = said(NUMBERS, "start: 2027-01-04, changes: [{pause: 2027-01-13..2027-01-15}]");
    assert_eq!(days[2..4], ["w2-s 01-12", "w2-long 01-20"], "days that may move wait as long as the pause");
    let twice = said(NUMBERS, "start: 2027-01-04, changes: [{pause: 2027-01-20}, {pause: 2027-01-05..2027-01-06}]");
    assert_eq!(twice[..2], ["w1-s 01-07", "w1-long 01-12"]);
    assert_eq!(twice[7], "w4-race 02-03");
    let held = plan(WEEKDAYS, "race: 2027-01-31, changes: [{pause: 2027-01-12..2027-01-19}]").expect("a plan");
    assert_eq!(self::days(&held), [ALL[0], ALL[1], ALL[5], ALL[6], ALL[7]]);
    assert!(held.left_out.iter().all(|one| one.paused) && held.left_out.len() == 3);
}

#[test]
fn a_pause_needs_no_session_on_its_days() {
    let race = |changes: &str| said(WEEKDAYS, &format!("race: 2027-01-31, changes: [{changes}]"));
    assert_eq!(race("{pause: 2027-01-06..2027-01-08}"), ALL);
    let outside = ["schedule-change: this changes nothing: the plan lasts from 2027-01-04 to 2027-01-31"];
    assert_eq!(
        (race("{pause: 2027-01-03}"), race("{pause: 2027-02-01}")),
        (outside.map(String::from).to_vec(), race("{pause: 2027-02-01..2027-02-03}"))
    );
    assert_eq!(race("{pause: 2027-01-01..2027-01-04}"), ALL, "as long as it reaches into the plan");
    assert_eq!(
        race("{pause: 2027-01-30..2027-02-02}"),
        ["schedule-change: the race on 2027-01-31 is within this pause, and holds the plan in its place"]
    );
    let start = |changes: &str| said(WEEKDAYS, &format!("start: 2027-01-04, changes: [{changes}]"));
    let once = start("{pause: 2027-01-13}");
    assert_eq!(once[..4], ["w1-s 01-05", "w1-long 01-10", "w2-s 01-12", "w2-long 01-24"]);
    assert_eq!(start("{pause: 2027-01-13}, {pause: 2027-01-15..2027-01-19}"), once, "it waits by whole weeks");
    let longer = start("{pause: 2027-01-13}, {pause: 2027-01-18..2027-01-21}");
    assert_eq!(longer[3], "w2-long 01-31", "the second goes on behind those weeks");
    assert_eq!(longer, start("{pause: 2027-01-13..2027-01-21}"));
}

/// Three sessions on days in a row that move.
const THREE: &str = "{session: s, day: 2, slot: tue}, {session: s, day: 3, slot: wed}, {session: s, day: 4, slot: thu}";

#[test]
fn a_date_means_what_the_reader_has_on_it() {
    let said = |keys: &str, changes: &str| said(THREE, &format!("start: 2027-01-04, {keys}, changes: [{changes}]"));
    let busy = "busy: [2027-01-12, 2027-01-13]";
    let usual = ["w2-tue 01-11", "w2-wed 01-14", "w2-thu 01-15"];
    assert_eq!(said(busy, "")[3..6], usual);
    assert_eq!(said(busy, "{skip: 2027-01-14}")[3..5], [usual[0], usual[2]], "no other moves");
    assert_eq!(said(busy, "{move: 2027-01-14, to: 2027-01-16}")[3..6], [usual[0], usual[2], "w2-wed 01-16"]);
    assert_eq!(said(busy, "{skip: w2-wed}"), said(busy, "{skip: 2027-01-14}"), "by its slot, too");
    let nothing = ["schedule-change: this changes nothing: no session is planned for then"];
    assert_eq!(said(busy, "{skip: 2027-01-13}"), nothing, "the session of Wednesday is on Thursday");
    let no_wednesday = "available_days: [monday, tuesday, thursday, friday, saturday, sunday]";
    let usual = said(no_wednesday, "");
    assert_eq!(usual[..3], ["w1-tue 01-04", "w1-wed 01-05", "w1-thu 01-07"]);
    assert_eq!(said(no_wednesday, "{skip: 2027-01-05}"), [&usual[..1], &usual[2..]].concat());
    assert_eq!(said(no_wednesday, "{skip: 2027-01-06}"), nothing);
    let gap = "{session: s, day: 1, min_gap: 48 h}, {session: s, day: 6, slot: long}";
    let of = |changes: &str| {
        let keys = "available_days: [monday, tuesday, wednesday, sunday]";
        self::said(gap, &format!("start: 2027-01-04, {keys}, changes: [{changes}]"))
    };
    assert_eq!(of("")[..3], ["w1-s 01-04", "w1-long 01-10", "w2-s 01-12"]);
    assert_eq!(of("{skip: w1-long}")[1], "w2-s 01-12", "it stays although what is before it is left out");
    assert_eq!(of("{skip: 2027-01-10}")[1], "w2-s 01-12");
}

#[test]
fn a_week_without_enough_days_loses_what_is_named() {
    let said = |keys: &str| said(THREE, &format!("race: 2027-01-31, {keys}"));
    let busy = "busy: [2027-01-11..2027-01-15]";
    let wrong = said(busy);
    assert_eq!(
        wrong,
        ["unavailable-day: week 2 (2027-01-11..2027-01-17) has sessions on 3 days, but the reader can train on 2"]
    );
    assert_eq!(said(&format!("{busy}, changes: [{{skip: w2-tue}}]"))[3..5], ["w2-wed 01-16", "w2-thu 01-17"]);
    assert_eq!(said(&format!("{busy}, changes: [{{skip: 2027-01-12}}]"))[3..5], ["w2-wed 01-16", "w2-thu 01-17"]);
    for anchor in ["race", "end"] {
        let whole = "busy: [2027-01-11..2027-01-17], changes: [{pause: 2027-01-11..2027-01-17}]";
        let days = self::said(THREE, &format!("{anchor}: 2027-01-31, {whole}"));
        assert_eq!(days[2..4], ["w1-thu 01-07", "w3-tue 01-19"], "{anchor}: a pause needs no days");
    }
    let weekdays = "race: 2027-01-31, busy: [2027-01-12], changes: [{pause: 2027-01-12..2027-01-13}]";
    assert_eq!(self::said(WEEKDAYS, weekdays)[2], ALL[3]);
}

#[test]
fn a_rest_gives_up_its_day_only_where_a_week_fits_in_no_other_way() {
    let first_week = |sessions: &str, days: &str, count: usize| {
        let rest = format!("{{session: rest, day: monday, slot: off}}, {sessions}");
        let mut said = said(&rest, &format!("start: 2027-01-04, available_days: [{days}]"));
        said.truncate(count);
        said
    };
    let fits = first_week("{session: s, day: 2}", "monday, wednesday, sunday", 2);
    assert_eq!(fits, ["w1-off 01-04", "w1-s 01-06"]);
    let fixed =
        "{session: s, day: wednesday, slot: fixed}, {session: s, day: 1, slot: one}, {session: s, day: 6, slot: two}";
    let crowded = first_week(fixed, "monday, wednesday, friday", 4);
    assert_eq!(crowded, ["w1-off 01-04", "w1-one 01-04", "w1-fixed 01-06", "w1-two 01-08"]);
}

#[test]
fn rests_that_need_no_day_of_the_readers_leave_it_to_what_moves() {
    let rests = "{session: rest, day: 1, slot: off}, {session: rest, day: 5, slot: aside}";
    let sessions = format!("{rests}, {{session: s, day: 2, slot: moves}}, {{session: s, day: wednesday, slot: fixed}}");
    let said = said(&sessions, "start: 2027-01-04, available_days: [wednesday, friday]");
    assert_eq!(
        said[..4],
        ["w1-off 01-04", "w1-fixed 01-06", "w1-moves 01-08", "w1-aside 01-09"],
        "Wednesday is taken, and of the days beside Friday the later one is for the rest"
    );
}

#[test]
fn a_date_that_is_skipped_is_that_of_the_day_which_does_not_move() {
    let sessions = "{session: s, day: tuesday, slot: fixed}, {session: s, day: 2, slot: moves}";
    let said = said(sessions, "start: 2027-01-04, busy: [2027-01-12], changes: [{skip: 2027-01-12}]");
    assert_eq!(said[..3], ["w1-fixed 01-05", "w1-moves 01-05", "w2-moves 01-11"]);
}

#[test]
fn what_is_skipped_may_be_within_a_pause() {
    let of = |changes: &str| said(WEEKDAYS, &format!("race: 2027-01-31, changes: [{changes}]"));
    let pause = "{pause: 2027-01-12..2027-01-13}";
    assert_eq!(of(&format!("{pause}, {{skip: w2-s}}")), of(pause));
    assert_eq!(of(&format!("{{skip: w2-s}}, {pause}")), of(pause));
    let moved = of(&format!("{pause}, {{move: w2-s, to: 2027-01-14}}"));
    assert_eq!(
        moved,
        [
            "schedule-change: `w2-s` is changed twice: by `pause: 2027-01-12..2027-01-13` and by `move: w2-s, to: 2027-01-14`"
        ]
    );
}

#[test]
fn a_plan_whose_first_day_is_one_of_a_pause_begins_after_it() {
    let paused = plan(WEEKDAYS, "start: 2027-01-04, changes: [{pause: 2027-01-04}]").expect("a plan");
    let start = |plan: &Plan| plan.schedule.as_ref().map(|schedule| schedule.start.to_string()).expect("a schedule");
    assert_eq!(start(&paused), "2027-01-11");
    assert_eq!(paused.weeks[0].start.map(|day| day.to_string()).as_deref(), Some("2027-01-11"));
    assert_eq!(days(&paused)[..4], ["w1-s 01-12", "w1-long 01-17", "w2-s 01-19", "w2-long 01-24"]);
    let later = said(WEEKDAYS, "start: 2027-01-04, from_week: 2, changes: [{pause: 2027-01-04..2027-01-05}]");
    assert_eq!(later[..2], ["w2-s 01-12", "w2-long 01-17"]);
    let before = said(NUMBERS, "start: 2027-01-06, changes: [{pause: 2027-01-02..2027-01-07}]");
    assert_eq!(before[..3], ["w1-s 01-09", "w1-long 01-14", "w2-s 01-16"], "the plan begins on the eighth");
    let twice = said(NUMBERS, "start: 2027-01-04, changes: [{pause: 2027-01-04}, {pause: 2027-01-13}]");
    assert_eq!(twice[..3], ["w1-s 01-06", "w1-long 01-11", "w2-s 01-14"]);
}

#[test]
fn dates_are_busy_or_free_for_days_that_move() {
    let busy = said(NUMBERS, "start: 2027-01-04, busy: [2027-01-10, 2027-01-12..2027-01-13]");
    assert_eq!(busy[..4], ["w1-s 01-05", "w1-long 01-09", "w2-s 01-11", "w2-long 01-17"]);
    let free = said(NUMBERS, "start: 2027-01-04, available_days: [monday, saturday], free: [2027-01-10]");
    assert_eq!(free[..4], ["w1-s 01-04", "w1-long 01-10", "w2-s 01-11", "w2-long 01-16"]);
    let fixed = plan(WEEKDAYS, "start: 2027-01-04, busy: [2027-01-10]").expect_err("a weekday");
    assert_eq!(fixed, ["unavailable-day: `w1-long` is on 2027-01-10, on which the reader is busy"]);
    for change in ["{skip: w1-long}", "{skip: 2027-01-10}", "{move: w1-long, to: 2027-01-09}"] {
        let keys = format!("start: 2027-01-04, busy: [2027-01-10], changes: [{change}]");
        assert!(plan(WEEKDAYS, &keys).is_ok(), "{change}: {:?}", plan(WEEKDAYS, &keys));
    }
    assert!(plan(NUMBERS, "start: 2027-01-04, free: [2027-01-10]").expect_err("no days")[0].contains("`free`"));
}

#[test]
fn sessions_have_the_time_that_is_said_most_closely() {
    let keys = |times: &str| format!("race: 2027-01-31, timezone: Europe/London, at: \"18:30\", times: {{{times}}}");
    let times = said(WEEKDAYS, &keys("sunday: \"08:00\", w2-long: \"07:00\", race: \"09:30\""));
    let expected = ["w1-s 01-05 18:30", "w1-long 01-10 08:00", "w2-s 01-12 18:30", "w2-long 01-17 07:00"];
    assert_eq!(times[..4], expected);
    assert_eq!(times[7], "w4-race 01-31 09:30");
    assert_eq!(said(WEEKDAYS, &keys("sunday: \"08:00\""))[7], "w4-race 01-31", "a race has no hour but its own");
    let twice = "{session: s, day: tuesday, at: evening}, {session: s, day: tuesday, slot: am, at: morning}, \
                 {session: s, day: sunday}, {session: s, day: sunday, slot: b, at: \"06:15\"}";
    let day = said(twice, &keys("morning: \"06:30\", evening: \"19:00\""));
    assert_eq!(day[..4], ["w1-am 01-05 06:30", "w1-s 01-05 19:00", "w1-b 01-10 06:15", "w1-s-2 01-10 18:30"]);
    let same = said(twice, "start: 2027-01-04, timezone: Europe/London, at: \"18:30\"");
    assert_eq!(same[..2], ["w1-am 01-05 18:30", "w1-s 01-05 19:20"], "the second begins when the first is over");
    let wrong = |times: &str| plan(WEEKDAYS, &keys(times)).expect_err(times);
    assert!(wrong("sundays: \"08:00\"")[0].starts_with("schedule-time: `sundays` is no weekday"));
    let both = plan(WEEKDAYS, "race: 2027-01-31, timezone: UTC, race_at: \"09:00\", times: {race: \"09:30\"}");
    assert!(both.expect_err("two hours")[0].contains("say different hours"));
    assert!(plan(WEEKDAYS, "race: 2027-01-31, timezone: UTC, race_at: \"09:30\", times: {race: \"09:30\"}").is_ok());
    assert!(
        plan(WEEKDAYS, "start: 2027-01-04, times: {sunday: \"09:30\"}").expect_err("no zone")[0]
            .starts_with("missing-timezone")
    );
}

#[test]
fn sessions_of_a_day_are_in_the_order_of_their_times_if_each_has_one() {
    let two = "{session: s, day: tuesday, slot: one}, {session: s, day: tuesday, slot: two}, {session: s, day: sunday}";
    let order = |keys: &str| {
        let plan = plan(two, &format!("start: 2027-01-04, timezone: Europe/London, {keys}")).expect("a plan");
        let first = plan.weeks[0].sessions.iter().take(2).map(|session| {
            format!("{}{}", session.slot, session.at.map(|at| at.strftime(" %H:%M").to_string()).unwrap_or_default())
        });
        first.collect::<Vec<_>>()
    };
    assert_eq!(order("times: {w1-one: \"18:00\", w1-two: \"07:00\"}"), ["w1-two 07:00", "w1-one 18:00"]);
    assert_eq!(order("times: {w1-two: \"07:00\"}"), ["w1-one", "w1-two 07:00"], "nobody knows when the first is");
    assert_eq!(
        order("at: \"18:00\", times: {w1-two: \"18:00\"}"),
        ["w1-two 18:00", "w1-one 18:50"],
        "said of it alone"
    );
    assert_eq!(order("at: \"18:00\", length: 20 min"), ["w1-one 18:00", "w1-two 18:20"]);
}

#[test]
fn the_hour_of_the_race_is_that_of_the_race_alone() {
    let more = "{session: s, day: tuesday}, {session: s, day: sunday}";
    let phases = "timezone: Europe/London, race: 2027-01-31, race_at: \"09:00\", length: 20 min";
    let plan = plan(more, phases).expect("a plan");
    let timed: Vec<_> = plan.sessions().filter(|session| session.at.is_some()).map(|one| one.slot.as_str()).collect();
    assert_eq!(timed, ["w4-race"]);
    // Two races, and other sessions on the day of the second: one hour for one of them.
    let both = format!("{phases}, at: \"09:00\", changes: [{{move: w4-s, to: 2027-01-31}}]");
    let plan = self::plan(more, &both).expect("a plan");
    let day = plan
        .sessions()
        .filter(|session| session.date.is_some_and(|date| date.day() == 31))
        .map(|session| format!("{} {}", session.slot, session.at.expect("an hour").strftime("%H:%M")));
    assert_eq!(
        day.collect::<Vec<_>>(),
        ["w4-race 09:00", "w4-s 09:50"],
        "the race takes its own time, not that of `length`"
    );
}

/// The weeks that a schedule with these keys has.
fn kept(keys: &str) -> KeptWeeks {
    let catalog = catalog(WEEKDAYS, keys).expect("a catalogue");
    let (name, schedule) = catalog.project.schedules.iter().next().expect("a schedule");
    let program = catalog.programs.values().next().expect("a programme");
    kept_weeks(&catalog, program, name, schedule).expect("weeks")
}

#[test]
fn a_schedule_of_fewer_weeks_names_the_sessions_of_its_own() {
    let last = kept("race: 2027-05-09, weeks: 2");
    assert_eq!((last.weeks.clone(), last.race.as_deref()), (3..=4, Some("w4-race")));
    let slots: Vec<&str> = last.slots.iter().map(String::as_str).collect();
    assert_eq!(slots, ["w3-long", "w3-s", "w4-race", "w4-s"]);
    assert!(["w3-s", "w4-race", "s", "race"].iter().all(|name| last.names(name)));
    assert!(["w1-s", "w2-long", "other"].iter().all(|name| !last.names(name)));
    let middle = kept("start: 2027-01-04, from_week: 2, weeks: 2");
    assert_eq!((middle.weeks.clone(), middle.race.as_deref()), (2..=3, None));
    assert!(middle.names("w2-s") && middle.names("w3-long") && middle.names("s"));
    assert!(!middle.names("w4-race") && !middle.names("race") && !middle.names("w1-s"));
}
