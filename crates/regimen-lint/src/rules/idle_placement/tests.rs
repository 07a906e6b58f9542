//! What never happens, in phases as small as can be.

use crate::testing::Lint;

fn of(phase: &str) -> Vec<String> {
    let run = "kind: run\nmain: [{run: [{duration: 8 km}]}]\nwords: {name: Run}\n";
    Lint::new().file("sessions/r.yaml", run).phases(&[phase]).of("idle-placement")
}

#[test]
fn a_session_comes_in_some_week() {
    let none = of("kind: base, weeks: 2, sessions: [{session: r, day: monday, lengths: [none, none]}]");
    assert_eq!(none, ["programs/p.yaml:3 `r` is never done in the phase `p0`: every week has `none`"]);
    let short = of("kind: base, days: 3, sessions: [{session: r, day: friday}, {session: r, day: 1, slot: b}]");
    assert_eq!(short, ["programs/p.yaml:3 `r` is never done in the phase `p0`: no friday is among its 3 days"]);
    let left_out =
        of("kind: base, weeks: 1, sessions: [{session: r, day: friday}], overrides: [{week: 1, without: [r]}]");
    assert_eq!(left_out.len(), 1);
    assert_eq!(of("kind: base, weeks: 2, sessions: [{session: r, day: monday, lengths: [none, 5 km]}]"), [""; 0]);
}

#[test]
fn every_so_many_days_is_more_than_once() {
    let of = |every: u32| of(&format!("kind: base, days: 10, sessions: [{{session: r, day: 1, every: {every}}}]"));
    assert_eq!(of(10), ["programs/p.yaml:3 `every: 10` never comes again: the phase `p0` has 10 days"]);
    assert_eq!(of(9), [""; 0]);
}

#[test]
fn a_turn_that_is_cut_short_has_no_length_of_its_own() {
    let of = |days: u32, last: &str| {
        let lengths = format!("lengths: [5 km, 6 km, {last}]");
        of(&format!("kind: base, days: {days}, cycle: 9, sessions: [{{session: r, day: 5, {lengths}}}]"))
    };
    assert_eq!(
        of(20, "7 km"),
        ["programs/p.yaml:3 the last of the `lengths` is never done: turn 3 is cut short to 2 days, before day 5"]
    );
    assert_eq!(of(20, "none"), [""; 0]);
    assert_eq!(of(23, "7 km"), [""; 0]);
}

/// What is said of two weeks of two sessions, the first of which has lengths, and of an override for the second week.
fn over(lengths: &str, second: &str) -> Vec<String> {
    let sessions = format!("[{{session: r, day: monday, {lengths}}}, {{session: q, day: friday}}]");
    let phase = format!("kind: base, weeks: 2, sessions: {sessions}, overrides: [{{week: 2, {second}}}]");
    let run = "kind: run\nmain: [{run: [{duration: 8 km}]}]\nwords: {name: Run}\n";
    let lint = Lint::new().file("sessions/r.yaml", run).file("sessions/q.yaml", &run.replace("Run", "Far"));
    lint.phases(&[&phase]).of_with_help("idle-placement")
}

#[test]
fn what_is_written_for_a_week_that_has_other_sessions_is_said() {
    let own = "sessions: [{session: q, day: monday}]";
    let said = over("lengths: [5 km, 6 km]", own);
    assert_eq!(
        said,
        [
            "programs/p.yaml:3 the `lengths` of `r` for week 2 are never done: that week has sessions of its own under `overrides` = write \
         `none` for it in the list, or say how much where `overrides` lists the session: `length: 6 km`"
        ]
    );
    assert_eq!(over("lengths: [5 km, none]", own), [""; 0]);
    assert_eq!(over("lengths: [5 km, 6 km]", "volume: 90 %"), [""; 0]);
    let same = over("lengths: [5 km, 6 km]", "sessions: [{session: r, day: monday, length: 7 km}]");
    assert_eq!(same.len(), 1, "the week says how much itself");
    let left_out = over("lengths: [5 km, 6 km]", "without: [r]");
    assert!(
        left_out.len() == 1 && left_out[0].contains(": `overrides` leaves it out there (`without`)"),
        "{left_out:?}"
    );
    assert_eq!(over("lengths: [5 km, none]", "without: [q]"), [""; 0]);
}

#[test]
fn what_one_list_leaves_out_has_no_amount_in_another() {
    let run = "kind: run\nmain: [{run: [{id: a, duration: 8 km}, {repeat: 2, steps: [{duration: 1 km}]}]}]\nwords: {name: Run}\n";
    let phase = "kind: base, weeks: 2, sessions: [{session: r, day: monday, lengths: [5 km, none], repeats: [3, 4]}]";
    let said = Lint::new().file("sessions/r.yaml", run).phases(&[phase]).of("idle-placement");
    assert_eq!(said, ["programs/p.yaml:3 the `repeats` of `r` for week 2 are never done: `lengths` has `none` there"]);
    let rare = "kind: base, weeks: 3, sessions: [{session: r, day: 1, every: 14, lengths: [5 km, 6 km, 7 km]}]";
    let said = Lint::new().file("sessions/r.yaml", run).phases(&[rare]).of("idle-placement");
    assert_eq!(
        said,
        ["programs/p.yaml:3 the `lengths` of `r` for week 2 are never done: with `every: 14` it does not come there"]
    );
}

#[test]
fn a_week_that_lists_a_session_has_it() {
    let said = over("lengths: [5 km, none]", "sessions: [{session: q, day: friday}], without: [q]");
    assert!(
        said.len() == 1 && said[0].contains("`q` is listed for week 2 of the phase `p0`, and never done"),
        "{said:?}"
    );
}

/// What is said of a phase in days and a race, in a schedule with this start.
fn dated(phases: &[&str], anchor: &str) -> Vec<String> {
    let project = format!("language: en\nschedules: {{x: {{program: p, {anchor}}}}}\nwords: {{title: T}}\n");
    let lint = Lint::new().session("r", "run", "{exercise: jog}").session("race", "race", "{exercise: jog}");
    lint.phases(phases).file("regimen.yaml", &project).of("idle-placement")
}

#[test]
fn what_a_phase_in_days_loses_by_its_start_is_said() {
    let phase = "kind: base, days: 10, sessions: [{session: r, day: tuesday, slot: t}, {session: r, day: monday}]";
    assert_eq!(dated(&[phase], "start: 2027-01-04"), [""; 0]);
    let said = dated(&[phase], "start: 2027-01-08");
    let lost = |session: &str, day: &str| {
        format!(
            "regimen.yaml:2 `{session}` is not done in week 2 of the phase `p0`: it has 3 days, and no {day} among them, on the \
             days of the schedule `x`"
        )
    };
    assert_eq!(said, [lost("r", "monday"), lost("t", "tuesday")]);
    assert_eq!(dated(&[phase], "end: 2027-01-17").len(), 2, "the same days");
    assert_eq!(dated(&[phase], "start: 2027-01-08, weeks: 1"), [""; 0], "the week is not wanted");
}

#[test]
fn what_comes_again_and_again_less_often_by_the_start_is_said() {
    let phase = "kind: base, days: 10, sessions: [{session: r, day: monday, every: 2}]";
    assert_eq!(dated(&[phase], "start: 2027-01-04"), [""; 0]);
    let said = dated(&[phase], "start: 2027-01-08");
    assert!(
        said.len() == 1
            && said[0].contains("comes 4 times in place of 5, because it begins with the first monday of the phase"),
        "{said:?}"
    );
    let rotation = "kind: base, days: 9, rotation: {sessions: [r, race], days: [monday, tuesday]}";
    let said = dated(&[rotation], "start: 2027-01-06");
    assert!(
        said.iter().any(|said| said.contains("the rotation of the phase `p0` comes 2 times in place of 4")),
        "{said:?}"
    );
}

#[test]
fn a_race_is_never_lost() {
    let never = "kind: race, days: 5, sessions: [{session: r, day: monday}, {session: race, day: sunday}]";
    let said = dated(&[never], "start: 2027-01-04");
    assert_eq!(said, ["!programs/p.yaml:3 `race` is never done in the phase `p0`: no sunday is among its 5 days"]);
    // Weeks wait for their Monday, as the rule about order says.
    let short = "kind: race, days: 6, sessions: [{session: r, day: monday}, {session: race, day: saturday}]";
    for day in 4..11 {
        assert_eq!(dated(&[short], &format!("start: 2027-01-{day:02}")), [""; 0]);
        assert_eq!(dated(&[short], &format!("end: 2027-01-{day:02}")), [""; 0]);
    }
    // A race that is counted in days holds the plan, and another one has a weekday.
    let held = [
        "kind: build, days: 5, sessions: [{session: r, day: monday}, {session: race, day: friday, slot: tune-up}]",
        "kind: race, days: 9, sessions: [{session: race, day: 9, slot: big}]",
    ];
    let lost = dated(&held, "race: 2027-04-30, event: big");
    assert!(lost.iter().any(|said| said.starts_with('!') && said.contains("`race` is never done")), "{lost:?}");
}

#[test]
fn what_a_progression_lists_for_a_week_is_done_in_it() {
    let of = |lengths: &str, second: &str| {
        let run = "kind: run\nmain: [{run: [{id: far, duration: 8 km}]}]\nwords: {name: Run}\n";
        let phase = format!(
            "kind: base, weeks: 3, sessions: [{{session: r, day: monday}}], overrides: [{{week: 2, {second}}}], \
             progression: [{{step: far, lengths: [{lengths}]}}]"
        );
        let lint = Lint::new().file("sessions/r.yaml", run);
        lint.session("q", "run", "{exercise: jog}").phases(&[&phase]).of("idle-placement")
    };
    let other = "sessions: [{session: q, day: monday}]";
    assert_eq!(
        of("5 km, 6 km, 7 km", other),
        [
            "programs/p.yaml:3 the `lengths` of `far` for week 2 are never done: no session of that week is as this progression says"
        ]
    );
    assert_eq!(of("5 km, 5 km, 7 km", other), [""; 0], "the list has to have an entry");
    assert_eq!(of("5 km, 6 km, 7 km", "without: [r]").len(), 1);
    assert_eq!(of("5 km, 6 km, 7 km", "sessions: [{session: r, day: friday}]"), [""; 0]);
    assert_eq!(
        of("5 km, 6 km, 7 km", "sessions: [{session: r, day: friday, length: 9 km}]").len(),
        1,
        "the day says it"
    );
    assert_eq!(of("5 km, 6 km, 7 km", "sessions: [{session: r, day: friday, length: 6 km}]"), [""; 0]);
}

#[test]
fn each_session_of_a_rotation_has_its_turn() {
    let of = |weeks: u32| {
        let rotation = "rotation: {sessions: [r, s, r], days: [monday, friday]}";
        let run = "kind: run\nmain: [{run: [{duration: 8 km}]}]\nwords: {name: Run}\n";
        let lint = Lint::new().file("sessions/r.yaml", run).file("sessions/s.yaml", &run.replace("Run", "Far"));
        lint.phases(&[&format!("kind: base, weeks: {weeks}, {rotation}")]).of("idle-placement")
    };
    assert_eq!(of(1), ["programs/p.yaml:3 the turn of `r` never comes in the phase `p0`"]);
    assert_eq!(of(2), [""; 0]);
}
