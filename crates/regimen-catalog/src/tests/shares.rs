//! Lighter and heavier weeks: what a share of the work and of the load leaves of a dose.

use super::plans::{phase, plan_of, sets_and_load};
use regimen_model::model::{RunStep, StepLength};
use regimen_model::plan::{Plan, PlannedBlock};

/// The plan of one week of a session with this main part, and of an exercise `e` of this kind.
fn week(kind: &str, main: &str, placed: &str, more: &str) -> Result<Plan, Vec<String>> {
    let exercise = format!(
        "{{kind: {kind}, level: 2, equipment: [[bar]], defaults: {{reps: 8}}, words: {{name: E, summary: E., steps: [E.]}}}}"
    );
    let session = format!("kind: strength\nduration: 40 min\nmain: [{main}]\nwords: {{name: S}}\n");
    let files = [
        ("exercises/e.yaml", exercise.as_str()),
        ("equipment/bar.yaml", "{increments: [1 kg, 3 lb], words: {name: Bar}}"),
        ("sessions/s.yaml", session.as_str()),
    ];
    plan_of(&files, &phase(1, &format!("{{session: s, day: monday{placed}}}"), more), None)
}

/// `sets x work load` of each dose.
fn doses(plan: &Plan) -> Vec<String> {
    plan.sessions().flat_map(|session| session.items()).map(|(_, item)| sets_and_load(item)).collect()
}

/// The doses of an exercise of this kind with this dose in a week with this share of the work.
fn shared(kind: &str, dose: &str, share: &str) -> Vec<String> {
    let plan = week(kind, &format!("{{exercise: e, dose: {dose}}}"), "", &format!(", volume: {share}"));
    doses(&plan.expect("a plan"))
}

#[test]
fn one_stretch_of_running_or_riding_is_shorter_and_all_else_has_fewer_sets() {
    assert_eq!(shared("cardio", "{time: 20 min}", "50 %"), ["1 x 10 min"]);
    assert_eq!(shared("cardio", "{distance: 5 km}", "50 %"), ["1 x 2.5 km"]);
    assert_eq!(shared("cardio", "{sets: 4, time: 3 min}", "50 %"), ["2 x 3 min"]);
    assert_eq!(shared("cardio", "{reps: 20}", "50 %"), ["1 x 20"]);
    assert_eq!(shared("cardio", "{hold: 40 s}", "50 %"), ["1 x 40 s"]);
    assert_eq!(shared("strength", "{time: 20 min}", "50 %"), ["1 x 20 min"]);
    assert_eq!(shared("strength", "{sets: 4, time: 3 min}", "50 %"), ["2 x 3 min"]);
}

#[test]
fn several_doses_share_their_sets() {
    let of = |dose: &str, share: &str| shared("strength", dose, share).join("; ");
    assert_eq!(
        of("[{sets: 3, reps: 5}, {sets: 6-8, reps: 8}]", "50 %"),
        "3 x 5; 2-3 x 8",
        "4.5 to 5.5 sets, rounded up"
    );
    assert_eq!(of("[{sets: 2, reps: 5}, {sets: 3-6, reps: 8}]", "50 %"), "2 x 5; 1-2 x 8");
    assert_eq!(of("[{sets: 2, reps: 5}, {sets: 2, reps: 8}]", "150 %"), "3 x 5; 3 x 8", "each by itself");
    assert_eq!(of("[{sets: 2, reps: 5}, {sets: 2, reps: 8}]", "100 %"), "2 x 5; 2 x 8");
    let warm = "{sets: 4, reps: 5, set_type: warmup}";
    assert_eq!(of(warm, "50 %"), "2 x 5", "nothing but sets that warm up");
    assert_eq!(of(&format!("[{warm}, {{sets: 4, reps: 8}}]"), "50 %"), "4 x 5; 2 x 8");
}

#[test]
fn all_of_it_is_as_it_is_written() {
    let of = |dose: &str| shared("cardio", dose, "100 %").join("; ");
    assert_eq!(of("{time: 22 s}"), "1 x 22 s");
    assert_eq!(of("[{time: 22 s}, {distance: 130 m}]"), "1 x 22 s; 1 x 130 m");
    let load = week("strength", "{exercise: e, dose: {reps: 5, load: 40.5 kg}}", "", ", load: 100 %");
    assert_eq!(doses(&load.expect("a plan")), ["1 x 5 40.5 kg"]);
    let run = week("strength", "{run: [{duration: 5.2 km}, {duration: 22 s}]}", "", ", volume: 100 %").expect("a plan");
    let session = run.sessions().next().expect("a session");
    let steps = session.parts[0].blocks[0].run().expect("a run").iter();
    let lengths = steps.map(|step| match step {
        RunStep::Stretch(stretch) => stretch.length.to_string(),
        RunStep::Repeat(_) => panic!("{step:?}"),
    });
    assert_eq!(lengths.collect::<Vec<_>>(), ["5.2 km", "22 s"]);
}

#[test]
fn loads_are_in_steps_of_the_equipment_in_their_own_unit() {
    let of = |load: &str| {
        let main = format!("{{exercise: e, dose: {{reps: 5, load: {load}}}}}");
        doses(&week("strength", &main, "", ", load: 90 %").expect("a plan")).join("; ")
    };
    assert_eq!(of("40 kg"), "1 x 5 36 kg");
    assert_eq!(of("41 kg"), "1 x 5 37 kg");
    assert_eq!(of("40 lb"), "1 x 5 36 lb");
    assert_eq!(of("50 lb"), "1 x 5 45 lb");
}

#[test]
fn a_run_is_shorter_with_its_faster_parts() {
    let main = "{run: [{duration: 10 km, within: [{repeat: 6, steps: [{duration: 200 m}]}]}, {duration: 20 min}]}";
    let plan = week("strength", main, "", ", volume: 50 %").expect("a plan");
    let session = plan.sessions().next().expect("a session");
    let steps = session.parts[0].blocks[0].run().expect("a run");
    let [RunStep::Stretch(far), RunStep::Stretch(timed)] = steps else { panic!("{steps:?}") };
    assert_eq!([far.length.to_string(), timed.length.to_string()], ["5 km", "10 min"]);
    let [RunStep::Repeat(fast)] = far.within.as_slice() else { panic!("{far:?}") };
    assert_eq!(fast.times.to_string(), "3");
    assert!(matches!(timed.length, StepLength::Time(_)));
}

#[test]
fn a_length_may_be_that_of_the_one_exercise_that_is_done_once() {
    let of = |dose: &str, length: &str| {
        let plan = week("cardio", &format!("{{exercise: e, dose: {{{dose}}}}}"), &format!(", length: {length}"), "");
        plan.map(|plan| doses(&plan).join("; "))
    };
    assert_eq!(of("time: 30 min", "45 min"), Ok("1 x 45 min".to_owned()));
    assert_eq!(of("distance: 10 km", "20 km"), Ok("1 x 20 km".to_owned()));
    for (dose, length) in [
        ("time: 30 min", "20 km"),
        ("distance: 10 km", "45 min"),
        ("sets: 2, time: 30 min", "45 min"),
        ("sets: 1-2, distance: 10 km", "20 km"),
        ("time: [30 min, 20 min]", "45 min"),
    ] {
        let wrong = of(dose, length).expect_err(dose).join("; ");
        assert!(wrong.contains("has no step to change in the session's main part"), "{dose}: {wrong}");
    }
    let several =
        week("cardio", "{exercise: e, dose: {time: 5 min}}, {exercise: e, dose: {time: 9 min}}", ", length: 7 min", "");
    assert!(several.expect_err("a finding")[0].contains("may be that of any of the 2 exercises"));
    let blocks = week("cardio", "{exercise: e}, {run: [{duration: 5 km}]}", ", length: 6 km", "").expect("a plan");
    let session = blocks.sessions().next().expect("a session");
    let runs: Vec<_> = session.parts[0].blocks.iter().filter_map(PlannedBlock::run).flatten().collect();
    assert!(matches!(runs.as_slice(), [RunStep::Stretch(stretch)] if stretch.length.to_string() == "6 km"));
}

#[test]
fn a_session_is_lighter_if_anything_in_it_is() {
    let is_lighter = |main: &str, more: &str| {
        let overrides = format!(", overrides: [{{week: 1, {more}}}]");
        week("strength", main, "", &overrides).expect("a plan").sessions().any(|session| session.lighter)
    };
    let half = "volume: 50 %";
    assert!(is_lighter("{exercise: e, dose: {sets: 4, reps: 5}}", half));
    assert!(!is_lighter("{exercise: e, dose: {reps: 5}}", half), "one set stays one");
    assert!(is_lighter("{superset: [{exercise: e, dose: {reps: 5}}], rounds: 4}", half));
    assert!(!is_lighter("{superset: [{exercise: e, dose: {reps: 5}}], rounds: 1}", half));
    let by_result = |dose: &str, share: &str| {
        let rule = "progression: [{exercise: e, by_result: {add: 2.5 kg}}]";
        let more = format!(", {rule}, overrides: [{{week: 2, {share}}}]");
        let exercise = "{kind: strength, level: 2, defaults: {reps: 8}, words: {name: E, summary: E., steps: [E.]}}";
        let session = format!(
            "{{kind: strength, duration: 40 min, main: [{{exercise: e, dose: {{{dose}}}}}], words: {{name: S}}}}"
        );
        let files = [("exercises/e.yaml", exercise), ("sessions/s.yaml", session.as_str())];
        let plan = plan_of(&files, &phase(2, "{session: s, day: monday}", &more), None).expect("a plan");
        plan.sessions().map(|session| session.lighter).collect::<Vec<_>>()
    };
    for dose in ["reps: 5, load: 60 kg", "reps: 5"] {
        assert_eq!(by_result(dose, "load: 80 %"), [false, true], "{dose}: a share of what has been reached by then");
        assert_eq!(by_result(dose, "volume: 80 %"), [false, false], "{dose}: one set stays one");
    }
}

#[test]
fn rounds_by_the_clock_are_final_where_their_doses_are_written_for_each_week() {
    let rounds = |block: &str| {
        let rules = "{exercise: e, explicit: [{reps: 5}]}, {exercise: e, double: {reps: 8-12, add: 2.5 kg}}";
        let main = format!("{{{block}: [{{exercise: e}}], rounds: 4}}");
        let plan = week("strength", &main, "", &format!(", volume: 50 %, progression: [{rules}]")).expect("a plan");
        let session = plan.sessions().next().expect("a session");
        let rounds = session.parts[0].blocks[0].group_format().and_then(|format| format.rounds());
        rounds.expect("rounds").to_string()
    };
    assert_eq!(rounds("superset"), "2", "the last rule counts");
    assert_eq!(rounds("emom"), "4", "a rule by results goes with no clock");
}
