//! Steps of progressions: which doses they fit, what lighter weeks leave of them, and where findings about them stand.

use super::plans::{last_doses, phase, plan_of, plan_or_findings, sets_and_load};
use regimen_model::diagnostic::{Diagnostic, Spot};
use regimen_model::model::RunStep;
use regimen_model::plan::{PlannedBlock, PlannedItem};

/// The doses of the second week with this step, which fits, or what is wrong with it.
fn second_week(dose: &str, step: &str) -> String {
    let rule = format!(", progression: [{{exercise: e, linear: {{{step}}}}}]");
    last_doses("reps: 8", &format!("{{exercise: e, dose: {{{dose}}}}}"), &rule).unwrap_or_else(|wrong| wrong).join("; ")
}

#[test]
fn a_step_and_its_cap_are_in_the_unit_of_what_grows() {
    for (dose, step, expected) in [
        ("hold: 20 s", "add: 5 s", "1 25 s"),
        ("hold: 20 s", "add: 5 s, cap: 22 s", "1 22 s"),
        ("time: 2 min", "add: 1 min", "1 3 min"),
        ("distance: 400 m", "add: 100 m", "1 500 m"),
        ("distance: 400 m", "add: 100 m, cap: 450 m", "1 450 m"),
        ("reps: 8", "add: 2 reps, cap: 9 reps", "1 9"),
        ("reps: 8, load: 40 lb", "add: 5 lb, cap: 42.5 lb", "1 8 42.5 lb"),
    ] {
        assert_eq!(second_week(dose, step), expected, "{dose} and {step}");
    }
    for (dose, step) in [
        ("time: 1 min", "add: 5 s"),
        ("distance: 1 km", "add: 100 m"),
        ("distance: 400 m", "add: 5 s"),
        ("reps: 8, load: 40 lb", "add: 2.5 kg"),
    ] {
        let wrong = second_week(dose, step);
        assert!(wrong.contains("does not fit"), "{dose} and {step}: {wrong}");
    }
    for (dose, step) in [
        ("hold: 20 s", "add: 5 s, cap: 1 min"),
        ("distance: 400 m", "add: 100 m, cap: 1 km"),
        ("distance: 400 m", "add: 100 m, cap: 60 s"),
        ("reps: 8, load: 40 kg", "add: 2.5 kg, cap: 100 lb"),
        ("reps: 8", "add: 1 reps, cap: 4 sets"),
    ] {
        let wrong = second_week(dose, step);
        assert!(wrong.contains("is not of the same kind as the step"), "{dose} and {step}: {wrong}");
    }
}

#[test]
fn stretches_of_a_run_grow_in_their_own_unit() {
    let of = |length: &str, add: &str| {
        let session = format!(
            "{{kind: run, duration: 1 h, main: [{{run: [{{id: long, duration: {length}}}]}}], words: {{name: S}}}}"
        );
        let rule = format!(", progression: [{{step: long, linear: {{add: {add}}}}}]");
        let plan = plan_of(&[("sessions/s.yaml", &session)], &phase(2, "{session: s, day: monday}", &rule), None);
        plan.map(|plan| {
            let last = plan.sessions().last().expect("a session");
            let steps = last.parts.iter().flat_map(|part| &part.blocks).filter_map(PlannedBlock::run).flatten();
            let lengths = steps.map(|step| match step {
                RunStep::Stretch(stretch) => stretch.length.to_string(),
                RunStep::Repeat(_) => String::new(),
            });
            lengths.collect::<String>()
        })
    };
    assert_eq!(of("20 min", "5 min").expect("a plan"), "25 min");
    assert_eq!(of("3 km", "1 km").expect("a plan"), "4 km");
    for (length, add) in [("20 min", "30 s"), ("3 km", "500 m"), ("20 min", "1 km"), ("3 km", "5 min")] {
        let wrong = of(length, add).expect_err("a finding").join("; ");
        assert!(wrong.contains(&format!("a step of `{add}` does not fit `duration: {length}`")), "{wrong}");
    }
}

#[test]
fn rules_by_results_fit_what_they_start_with() {
    let of = |dose: &str, rule: &str| {
        let main = format!("{{exercise: e, dose: {{{dose}}}}}");
        last_doses("reps: 8", &main, &format!(", progression: [{{exercise: e, {rule}}}]")).map(|doses| doses.join("; "))
    };
    for (dose, rule) in [
        ("hold: 20 s, load: 10 kg", "by_result: {add: 2.5 kg}"),
        ("reps: 5, load: 60 kg", "by_result: {add: 2.5 kg, reach: 6}"),
        ("reps: 5, load: 60 kg", "by_result: {add: 2.5 kg, cap: 60 kg}"),
        ("reps: 5, load: 60 kg", "by_result: {add: 2.5 kg, miss: {times: 1, to: 100 %}}"),
        ("reps: 5, load: 60 kg", "stages: {of: [{reps: 5}, {reps: 3}], add: 2.5 kg, again_add: 5 kg}"),
        ("sets: 2, reps: [8, 10+], load: 60 kg", "double: {reps: 8-10, add: 2.5 kg}"),
    ] {
        assert!(of(dose, rule).is_ok(), "{dose} and {rule}: {:?}", of(dose, rule));
    }
    for (dose, rule, said) in [
        ("hold: 20 s, load: 10 kg", "by_result: {add: 2.5 kg, reach: 6}", "`reach` counts repetitions"),
        ("reps: 5, load: 60 kg", "by_result: {add: 2.5 kg, cap: 57.5 kg}", "is below `60 kg`"),
        ("reps: 5, load: [60 kg, 50 lb]", "by_result: {add: 2.5 kg}", "does not fit `load: 50 lb`"),
        ("reps: 5, load: 60 kg", "by_result: {add: 2.5 kg, miss: {times: 1, to: 101 %}}", "more than before"),
        (
            "reps: 5, load: 60 kg",
            "stages: {of: [{reps: 5}, {reps: 3}], add: 2.5 kg, again_add: 5 lb}",
            "not of the same kind",
        ),
        (
            "sets: 2, reps: [8, 11+], load: 60 kg",
            "double: {reps: 8-10, add: 2.5 kg}",
            "the same repetitions in all sets",
        ),
        (
            "sets: 2, reps: [8, 7+], load: 60 kg",
            "double: {reps: 8-10, add: 2.5 kg}",
            "the same repetitions in all sets",
        ),
    ] {
        let wrong = of(dose, rule).expect_err(rule).join("; ");
        assert!(wrong.contains(said), "{dose} and {rule}: {wrong}");
    }
    let double = of("sets: 3, reps: 5, load: 60 kg", "double: {reps: 8-10, add: 2.5 kg}");
    assert_eq!(double.expect("a plan"), "3 8-10", "the range to work through, and no load beside it");
}

#[test]
fn each_line_goes_on_in_the_next_phase_with_its_own_load() {
    let main =
        "{exercise: hinge, dose: {reps: 5, load: 40 kg}}, {id: more, exercise: hinge, dose: {reps: 5, load: 100 kg}}";
    let session = format!("kind: strength\nduration: 40 min\nmain: [{main}]\nwords: {{name: S}}\n");
    let sessions = "{session: s, day: monday}";
    let rules = ", progression: [{exercise: hinge, linear: {add: 5 kg}}, {item: more, linear: {add: 10 kg}}]";
    let next = format!("  - {{id: b, kind: build, weeks: 1, sessions: [{sessions}]}}");
    let phases = format!("{}\n{next}", phase(2, sessions, rules));
    let plan = plan_of(&[("sessions/s.yaml", &session)], &phases, None).expect("a plan");
    let loads = plan.sessions().map(|session| {
        let loads = session.items().map(|(_, item)| item.dose.load.get().map(ToString::to_string).unwrap_or_default());
        loads.collect::<Vec<_>>().join(", ")
    });
    assert_eq!(loads.collect::<Vec<_>>(), ["40 kg, 100 kg", "45 kg, 110 kg", "45 kg, 110 kg"]);
}

#[test]
fn a_table_of_shares_has_its_own_sets_rests_and_no_effort() {
    let table = |effort: &str, then: &str, weeks: &str| {
        let rule = format!("percent_table: {{of: 1rm, {then}weeks: {weeks}}}");
        last_doses(
            "reps: 8, rir: 2",
            &format!("{{exercise: e, dose: {{reps: 8, {effort}, rest: 90 s}}}}"),
            &format!(", progression: [{{exercise: e, {rule}}}]"),
        )
    };
    let week = "[{sets: 2, reps: 5, at: 70 %}, {sets: 2, reps: 3, at: 80 %, rest: 3 min}]";
    for effort in ["rpe: 7", "rir: 3"] {
        let doses = table(effort, "", &format!("[{week}, {week}]")).expect("a plan");
        assert_eq!(doses, ["2 5 70 %1rm 90 s", "2 3 80 %1rm 3 min"], "{effort}");
    }
    for (then, weeks) in [("then: 5 kg, ", "[]"), ("then: 5 kg, ", "[[]]")] {
        let wrong = table("rpe: 7", then, weeks).expect_err("a finding").join("; ");
        assert!(wrong.contains("has at least one set in each of its weeks"), "{wrong}");
    }
}

#[test]
fn lines_of_a_table_rest_as_doses_in_a_row_do() {
    let doses = |main: &str, rule: &str| {
        let more = format!(", progression: [{{exercise: e, {rule}}}]");
        last_doses("sets: 3, reps: 5, rest: 3 min", main, &more).expect("a plan")
    };
    let table = |week: &str| format!("percent_table: {{of: tm, weeks: [{week}, {week}]}}");
    let single = "{exercise: e, dose: {sets: 3, reps: 5}}";
    let week = "[{reps: 5, at: 65 %}, {sets: 2, reps: 5, at: 75 %, rest: 2 min}, {reps: 5+, at: 85 %}]";
    let expected = ["1 5 65 %tm 3 min", "2 5 75 %tm 2 min", "1 5+ 85 %tm 3 min"];
    assert_eq!(doses(single, &table(week)), expected);
    let listed = "[{reps: 5, load: 65 %tm}, {sets: 2, reps: 5, load: 75 %tm, rest: 2 min}, {reps: 5+, load: 85 %tm}]";
    assert_eq!(doses(single, &format!("explicit: [{listed}, {listed}]")), expected, "as a list of the week has it");
    assert_eq!(doses(single, &table("[{reps: 3+, at: 90 %}]")), ["1 3+ 90 %tm"], "nothing follows a single set");
}

#[test]
fn a_deload_to_all_of_it_is_no_lighter_week() {
    let rule = ", progression: [{exercise: hinge, linear: {add: 5 kg, deload: {every: 2, to: 100 %}}}]";
    let plan = plan_of(&[], &phase(2, "{session: strength, day: monday}", rule), None).expect("a plan");
    assert!(plan.sessions().all(|session| !session.lighter));
}

/// Doses of a session with this main part in a phase with these lines, items that go on with the one before marked with a `+`.
fn rows(main: &str, more: &str) -> Vec<String> {
    placed_rows(main, "", more).expect("a plan")
}

/// The same where the phase says more of its session, else what is wrong.
fn placed_rows(main: &str, placed: &str, more: &str) -> Result<Vec<String>, Vec<String>> {
    let session = format!("kind: strength\nduration: 40 min\nmain: [{main}]\nwords: {{name: S}}\n");
    let files = [("sessions/s.yaml", session.as_str())];
    let plan = plan_of(&files, &phase(1, &format!("{{session: s, day: monday{placed}}}"), more), None)?;
    let session = plan.sessions().next().expect("a session");
    let row = |item: &PlannedItem| format!("{}{}", if item.goes_on { "+" } else { "" }, sets_and_load(item));
    let rows = session.parts.iter().flat_map(|part| &part.blocks).flat_map(PlannedBlock::items).map(row).collect();
    Ok(rows)
}

#[test]
fn doses_in_a_row_go_on_with_the_first_and_lighter_weeks_take_whole_sets_of_all() {
    let row = "{exercise: hinge, dose: [{sets: 2, reps: 5, load: 100 kg}, {sets: 2, reps: 8, load: 80 kg}]}";
    assert_eq!(rows(row, ""), ["2 x 5 100 kg", "+2 x 8 80 kg"]);
    assert_eq!(rows(row, ", volume: 25 %"), ["1 x 5 100 kg"], "one of four sets");
    let table = |more: &str| {
        let weeks = "[[{sets: 2, reps: 5, at: 70 %}, {sets: 2, reps: 3, at: 80 %}]]";
        format!(", volume: 50 %, progression: [{{exercise: hinge, percent_table: {{of: 1rm, {more}weeks: {weeks}}}}}]")
    };
    assert_eq!(rows("{exercise: hinge}", &table("")), ["2 x 5 70 %1rm", "+2 x 3 80 %1rm"], "written for its weeks");
    let again = rows("{exercise: hinge}", &table("then: 5 kg, "));
    assert_eq!(again, ["1 x 5 70 %1rm", "+1 x 3 80 %1rm"], "each line of a table that comes again by itself");
}

#[test]
fn placed_doses_in_a_row_go_on_likewise_and_name_a_line_of_the_session() {
    let placed = |doses: &str| placed_rows("{exercise: hinge}", &format!(", doses: {{{doses}}}"), "");
    let two = placed("hinge: [{reps: 5, load: 100 kg}, {sets: 3, reps: 8, load: 80 kg}]");
    assert_eq!(two.expect("a plan"), ["1 x 5 100 kg", "+3 x 8 80 kg"]);
    let unknown = placed("hold: {hold: 30 s}").expect_err("a finding");
    assert_eq!(unknown, ["the session has no `hold` in its main or accessory part"]);
}

#[test]
fn a_rotation_is_known_to_rules_by_its_slot() {
    let rule = ", rotation: {slot: gym, sessions: [strength], days: [monday]}, \
                progression: [{exercise: hinge, slot: gym, linear: {add: 5 kg}}]";
    let plan = plan_of(&[], &phase(2, "", rule), None).expect("a plan");
    let loads = plan.sessions().map(|session| {
        let (_, item) = session.items().nth(1).expect("the work after the warm-up");
        item.dose.load.get().map(ToString::to_string).unwrap_or_default()
    });
    assert_eq!(loads.collect::<Vec<_>>(), ["40 kg", "45 kg"]);
}

#[test]
fn a_share_of_the_set_before_is_a_weight_in_turns_only_within_one_line() {
    let doses = "[{reps: 5, load: 100 kg}, {reps: 8, load: 80 %last}]";
    let one = format!("{{circuit: [{{exercise: hinge, dose: {doses}}}], rounds: 2, rest: 1 min}}");
    assert_eq!(rows(&one, ""), ["1 x 5 100 kg", "+1 x 8 80 kg"]);
    let two = "{circuit: [{id: top, exercise: hinge, dose: {reps: 5, load: 100 kg}}, \
               {id: back, exercise: hinge, dose: {reps: 8, load: 80 %last}}], rounds: 2, rest: 1 min}";
    assert_eq!(rows(two, ""), ["1 x 5 100 kg", "1 x 8 80 %last"], "the set before the first round is another one");
}

/// Where a finding stands: a path for each label.
fn places(finding: &Diagnostic) -> Vec<String> {
    let path = |spot: &Spot| match spot {
        Spot::Value(path) | Spot::Key(path) => path.to_string(),
        other => format!("{other:?}"),
    };
    finding.labels.iter().map(|label| format!("{} {}", label.place.file, path(&label.place.spot))).collect()
}

#[test]
fn a_step_that_does_not_fit_stands_at_its_rule_and_at_the_dose() {
    let session = |main: &str| format!("kind: strength\nduration: 40 min\nmain: [{main}]\nwords: {{name: S}}\n");
    let fragment = "blocks: [{exercise: hold}, {exercise: hinge, dose: {reps: 5}}]\nwords: {name: More}\n";
    let of = |main: &str, rule: &str| {
        let session = session(main);
        let files = [("sessions/s.yaml", session.as_str()), ("fragments/more.yaml", fragment)];
        let rules = format!(", progression: [{{exercise: hinge, {rule}}}]");
        let found = plan_or_findings(&files, &phase(3, "{session: s, day: monday}", &rules), None);
        let found = found.expect_err("a finding");
        let [finding] = found.as_slice() else { panic!("said once, not {found:?}") };
        places(finding)
    };
    let rule = "programs/p.yaml phases[0].progression[0].linear";
    let step = "linear: {add: 5 s}";
    assert_eq!(of("{exercise: hinge, dose: {reps: 5}}", step), [rule, "sessions/s.yaml main[0].dose"]);
    assert_eq!(of("{exercise: hold}, {exercise: hinge}", step), [rule, "exercises/hinge.yaml defaults"]);
    assert_eq!(of("{use: more}", step), [rule, "fragments/more.yaml blocks[1].dose"]);
    let turns = "{superset: [{exercise: hold}, {exercise: hinge, dose: {reps: 5}}], rounds: 2}";
    assert_eq!(of(turns, step), [rule, "sessions/s.yaml main[0].superset[1].dose"]);
    // What is wrong with the rule alone says nothing of the dose.
    assert_eq!(of("{exercise: hinge}", "linear: {add: 5 kg, deload: {every: 1, to: 50 %}}"), [rule]);
    assert_eq!(
        of("{exercise: hinge}", "from: {reps: 8}, linear: {add: 5 s}"),
        [rule],
        "nor of one that the rule states"
    );
    let double = "double: {reps: 8-12, add: 5 lb}";
    let place = ["programs/p.yaml phases[0].progression[0].double", "sessions/s.yaml main[0].dose"];
    assert_eq!(of("{exercise: hinge, dose: {reps: [12, 10], load: 40 kg}}", double), place, "each set by itself");
    let share = "from: {reps: 8, load: 85 %last}, linear: {add: 1 reps}";
    assert_eq!(of("{exercise: hinge}", share), ["programs/p.yaml phases[0].progression[0].from"]);
    let explicit = "explicit: [{reps: 8, load: 85 %last}, {reps: 8}, {reps: 8}]";
    assert_eq!(of("{exercise: hinge}", explicit), ["programs/p.yaml phases[0].progression[0].explicit"]);
}

#[test]
fn every_mistake_of_a_phase_is_said_once_and_each_in_its_place() {
    let rules = ", progression: [{exercise: hinge, linear: {add: 5 s}}, {exercise: hinge, session: mobility, linear: {add: 5 s}}]";
    let sessions = "{session: strength, day: monday}, {session: mobility, day: tuesday}";
    let found = plan_or_findings(&[], &phase(3, sessions, rules), None).expect_err("findings");
    let at: Vec<_> = found.iter().map(|finding| places(finding)[0].clone()).collect();
    assert_eq!(at, [0, 1].map(|index| format!("programs/p.yaml phases[0].progression[{index}].linear")));
}
