//! What a programme says of a session where it places it.

use super::plans::{plan, plan_of};
use regimen_model::model::{GroupFormat, RunStep};
use regimen_model::plan::{PlannedBlock, PlannedSession};
use regimen_model::vocabulary::Section;

/// A phase of three weeks with these sessions.
fn phase(sessions: &str) -> String {
    format!("- {{id: base, kind: base, weeks: 3, volume: 50 %, sessions: [{sessions}]}}")
}

/// How long and how often the steps of the main part are.
fn steps(session: &PlannedSession) -> Vec<String> {
    let main = session.parts.iter().find(|part| part.section == Section::Main).expect("a main part");
    let steps = main.blocks.iter().filter_map(PlannedBlock::run).flatten().map(|step| match step {
        RunStep::Repeat(repeat) => format!("{} times", repeat.times),
        RunStep::Stretch(stretch) => {
            let target = stretch.target.as_ref().map(|target| format!(" {target}"));
            format!("{}{}", stretch.length, target.unwrap_or_default())
        }
    });
    steps.collect()
}

/// The steps of each week's session.
fn weeks(session: &str) -> Vec<Vec<String>> {
    let plan = plan(&phase(session), None).expect("a plan");
    plan.weeks.iter().map(|week| week.sessions.first().map(steps).unwrap_or_default()).collect()
}

/// What is said of a session that cannot be meant.
fn wrong(session: &str) -> String {
    plan(&phase(session), None).expect_err("a finding").join("; ")
}

#[test]
fn a_length_is_final_and_belongs_to_the_step_that_is_done_once() {
    let week = ["10 min", "2 times", "5 km zone 2"];
    assert_eq!(weeks("{session: run, day: monday, length: 5 km}"), [week; 3]);
    let named = ["10 min", "2 times", "6-7 km easy pace"];
    assert_eq!(weeks("{session: run, day: monday, step: long, length: 6-7 km, target: easy pace}"), [named; 3]);
    let inside = weeks("{session: run, day: monday, step: fast, length: 1 km}");
    assert_eq!(inside[0], ["10 min", "2 times", "4 km zone 2"]);
}

#[test]
fn lengths_and_repeats_are_those_of_each_week_and_none_is_no_session() {
    let found = weeks("{session: run, day: monday, lengths: [5 km, none, 7 km], repeats: [3, 4, 5]}");
    assert_eq!(found, [vec!["10 min", "3 times", "5 km zone 2"], vec![], vec!["10 min", "5 times", "7 km zone 2"]]);
    assert_eq!(weeks("{session: run, day: monday, repeats: 7}")[2], ["10 min", "7 times", "4 km zone 2"]);
    let short = wrong("{session: run, day: monday, lengths: [5 km]}");
    assert!(short.contains("`lengths` has 1 entry, and the phase has 3 weeks"), "{short}");
}

#[test]
fn other_steps_stand_between_getting_ready_and_coming_down() {
    let found = weeks("{session: run, day: monday, run: [{repeat: 6, steps: [{duration: 200 m}]}]}");
    assert_eq!(found, [["10 min", "6 times"]; 3]);
}

/// The blocks of a session with these parts in the first week: metres of a run, or `other`.
fn blocks(parts: &str, placed: &str) -> Result<Vec<String>, Vec<String>> {
    let texts = if parts.contains("text:") { ", texts: {any: Any.}" } else { "" };
    let session = format!("kind: run\nduration: 1 h\n{parts}\nwords: {{name: S{texts}}}\n");
    let plan =
        plan_of(&[("sessions/s.yaml", &session)], &phase(&format!("{{session: s, day: monday, {placed}}}")), None)?;
    let session = plan.sessions().next().expect("a session");
    let metres = |steps: &[RunStep]| steps.iter().map(|step| step.metres().normalize().to_string()).collect::<Vec<_>>();
    let shown = |block: &PlannedBlock| block.run().map_or("other".to_owned(), |steps| metres(steps).join(", "));
    Ok(session.parts.iter().flat_map(|part| &part.blocks).map(shown).collect())
}

#[test]
fn other_steps_leave_what_gets_ready_and_comes_down_where_it_is() {
    let placed = "run: [{repeat: 6, steps: [{duration: 200 m}]}]";
    let of = |parts: &str| blocks(parts, placed).expect("a plan").join(" | ");
    let ready = "{duration: 2 km, intensity: warm-up}";
    let down = "{duration: 1 km, intensity: cool-down}";
    assert_eq!(of(&format!("main: [{{run: [{ready}, {{duration: 8 km}}, {down}]}}]")), "2000, 1200, 1000");
    assert_eq!(
        of(&format!("main: [{{run: [{ready}, {{duration: 8 km}}, {down}, {down}]}}]")),
        "2000, 1200, 1000, 1000"
    );
    let around = format!("warm_up: [{{run: [{ready}]}}]\ncool_down: [{{run: [{down}]}}]");
    assert_eq!(of(&format!("{around}\nmain: [{{text: any}}]")), "2000 | 1200 | other | 1000");
    assert_eq!(
        of(&around.replace("cool_down", "accessory: [{exercise: hinge}]\ncool_down")),
        "2000 | 1200 | other | 1000"
    );
    assert_eq!(of(&format!("{around}\nmain: [{{run: [{{duration: 8 km}}]}}]")), "2000 | 1200 | 1000");
    assert_eq!(of("main: [{exercise: hinge}, {run: [{duration: 8 km}]}]"), "other | 1200");
    assert_eq!(of("main: [{exercise: hinge}]"), "1200 | other", "the programme may say so outright");
}

#[test]
fn a_length_without_a_name_is_that_of_the_main_part() {
    let parts = "main: [{run: [{duration: 5 km}]}]\naccessory: [{run: [{id: more, duration: 1 km}]}]";
    assert_eq!(blocks(parts, "length: 6 km").expect("a plan"), ["6000", "500"], "half of what is not placed");
    assert_eq!(blocks(parts, "step: more, length: 2 km").expect("a plan"), ["2500", "2000"]);
}

#[test]
fn a_dose_of_the_day_is_final_and_hides_a_progression() {
    let of = |doses: &str| {
        let session = format!("{{session: strength, day: monday, doses: {doses}}}");
        let progression = "progression: [{exercise: hinge, linear: {add: 1 reps}}]";
        let phase = phase(&session).replace("volume: 50 %", progression);
        plan(&phase, None).map(|plan| {
            let session = &plan.weeks[2].sessions[0];
            let work = session.items().find(|(section, _)| *section == Section::Main).expect("an exercise");
            (work.1.dose.sets.low(), work.1.dose.work.amounts().to_string())
        })
    };
    assert_eq!(of("{}"), Ok((3, "10-12".to_owned())));
    assert_eq!(of("{hinge: {sets: 5, reps: 3}}"), Ok((5, "3".to_owned())));
    assert!(of("{jump: {reps: 3}}").is_err());
}

#[test]
fn a_dose_of_the_day_may_be_that_of_one_line() {
    let of = |doses: &str| {
        let session = "{kind: strength, main: [{id: top, exercise: hinge, dose: {reps: 3}}, {exercise: hinge, dose: {reps: 8}}], \
                       words: {name: Lift}}";
        let placed = format!("{{session: lift, day: monday, doses: {doses}}}");
        let plan = plan_of(&[("sessions/lift.yaml", session)], &phase(&placed), None)?;
        let items = plan.weeks[1].sessions[0].items();
        Ok(items.map(|(_, item)| item.dose.work.amounts().to_string()).collect::<Vec<_>>())
    };
    let found = |reps: [&str; 2]| Ok::<_, Vec<String>>(reps.map(str::to_owned).to_vec());
    assert_eq!(of("{top: {reps: 1}}"), found(["1", "8"]));
    assert_eq!(of("{hinge: {reps: 5}}"), found(["5", "5"]));
    assert_eq!(of("{hinge: {reps: 5}, top: {reps: 2}}"), found(["2", "5"]));
    let said = of("{tpo: {reps: 1}}").expect_err("no such line").join("; ");
    assert!(said.contains("there is no exercise `tpo`, and the session `lift` has no line of this id"), "{said}");
}

#[test]
fn a_progression_may_be_for_one_place_in_the_week() {
    let of = |slot: &str| {
        let sessions = "{session: run, day: tuesday, slot: tue}, {session: run, day: friday}";
        let progression = format!("progression: [{{step: long, slot: {slot}, lengths: [5 km, 6 km, 7 km]}}]");
        plan(&phase(sessions).replace("volume: 50 %", &progression), None).map(|plan| {
            let longs = plan.weeks[1].sessions.iter().map(|session| steps(session).pop().expect("a step"));
            longs.collect::<Vec<_>>()
        })
    };
    assert_eq!(of("tue").expect("a plan"), ["6 km zone 2", "8 km zone 2"]);
    assert_eq!(of("run").expect("a plan"), ["8 km zone 2", "6 km zone 2"]);
    let said = of("teu").expect_err("no such place").join("; ");
    assert!(said.contains("the phase `base` has no place `teu` in its weeks"), "{said}");
}

#[test]
fn rounds_are_final_where_a_dose_in_turns_is() {
    let rounds = |doses: &str, progression: &str| {
        let session = format!("{{session: strength, day: monday, doses: {doses}}}");
        let phase = phase(&session).replace("volume: 50 %", &format!("volume: 50 %{progression}"));
        let plan = plan(&phase, None).expect("a plan");
        let session = &plan.weeks[1].sessions[0];
        let mut formats = session.parts.iter().flat_map(|part| &part.blocks).filter_map(PlannedBlock::group_format);
        match formats.next().expect("exercises in turns") {
            GroupFormat::Superset { rounds, .. } => rounds.low(),
            other => panic!("a superset, not {other:?}"),
        }
    };
    assert_eq!(rounds("{}", ""), 2);
    assert_eq!(rounds("{hold: {hold: 40 s}}", ""), 3);
    assert_eq!(rounds("{hinge: {reps: 4}}", ""), 2, "another exercise");
    let explicit = "progression: [{exercise: hold, explicit: [{hold: 20 s}, {hold: 25 s}, {hold: 30 s}]}]";
    assert_eq!(rounds("{}", &format!(", {explicit}")), 3);
    assert_eq!(rounds("{}", ", progression: [{exercise: hold, linear: {add: 5 s}}]"), 2);
}

#[test]
fn what_may_be_done_instead_is_written_out() {
    let choices = "{session: run, day: monday, or: [race, {session: run, length: 3 km}, rest]}";
    let plan = plan(&phase(choices), None).expect("a plan");
    let session = &plan.weeks[0].sessions[0];
    let others: Vec<_> = session.or.iter().map(|other| (other.session.as_str(), other.parts.len())).collect();
    assert_eq!((session.optional, others), (true, vec![("race", 1), ("run", 1)]));
    let optional = super::plans::plan(&phase("{session: run, day: monday, optional: true}"), None);
    assert!(optional.expect("a plan").weeks[0].sessions[0].optional);
}

#[test]
fn what_does_not_fit_the_session_is_said_with_the_way_out() {
    for (session, expected) in [
        ("{session: run, day: monday, step: efforts, length: 5 km}", "the step `efforts` is a repeat"),
        ("{session: run, day: monday, step: lng, length: 5 km}", "the session has no step `lng`"),
        ("{session: strength, day: monday, length: 5 km}", "`length` has no step to change"),
        ("{session: strength, day: monday, repeats: 5}", "`repeats` has no step to change"),
        ("{session: run, day: monday, length: 5 km, lengths: [1 km, 2 km, 3 km]}", "`lengths` has one for each"),
        ("{session: run, day: monday, run: [{duration: 1 km}], length: 5 km}", "`length` has nothing to say"),
        ("{session: run, day: monday, step: long}", "nothing is said of it"),
        ("{session: run, day: monday, or: [race, race]}", "`race` is no other choice"),
        ("{session: run, day: monday, or: [swim]}", "there is no session `swim`"),
    ] {
        let said = wrong(session);
        assert!(said.contains(expected), "{session}: {said}");
    }
}

#[test]
fn a_length_may_be_that_of_any_of_two_steps_that_are_no_work() {
    let of = |steps: &str| {
        let session = format!("kind: run\nmain: [{{run: [{steps}]}}]\nwords: {{name: R}}\n");
        let phases = super::plans::phase(1, "{session: r, day: monday, length: 5 km}", "");
        let plan = plan_of(&[("sessions/r.yaml", session.as_str())], &phases, None);
        plan.err().map(|found| found.join("; ")).unwrap_or_default()
    };
    let easy = "{duration: 2 km, intensity: recovery}, {duration: 10 min, intensity: walk}";
    assert_eq!(of(easy), "`length` may be that of any of the 2 steps");
    let repeats = "{repeat: 4, steps: [{duration: 400 m}]}, {duration: 10 min, intensity: walk}";
    assert!(of(repeats).contains("has only repeats, and what comes between them"));
    assert_eq!(of("{duration: 2 km, intensity: recovery}"), "");
}

#[test]
fn what_is_faster_within_a_step_is_never_longer_than_all_of_it() {
    let session = "kind: run\nmain: [{run: [{id: far, duration: 10 km, within: [{id: fast, repeat: 6, steps: [{duration: 1 km}]}]}]}]\n\
                   words: {name: Far}\n";
    let of = |placed: &str, more: &str| {
        let phases = super::plans::phase(2, &format!("{{session: far, day: monday{placed}}}"), more);
        let plan = plan_of(&[("sessions/far.yaml", session)], &phases, None);
        plan.err().map(|found| found.join("; ")).unwrap_or_default()
    };
    assert!(of(", length: 5 km", "").contains("with this `length` the steps under `within` are longer"));
    assert!(of(", lengths: [8 km, 5 km]", "").contains("with this `length`"));
    assert!(of(", step: fast, repeats: 11", "").contains("with this `repeats`"));
    assert_eq!(of(", length: 6 km", ""), "");
    let said = "longer than all of their step, which comes to `5 km`";
    assert!(of("", ", progression: [{step: far, lengths: [8 km, 5 km]}]").contains(said));
    assert!(of("", ", progression: [{step: fast, linear: {add: 5 reps}}]").contains("which comes to `10 km`"));
    assert_eq!(of("", ", progression: [{step: far, lengths: [8 km, 6 km]}]"), "");
    assert_eq!(of("", ", progression: [{step: fast, repeats: [8, 8]}], volume: 50 %"), "", "no room for less");
}

#[test]
fn what_is_done_every_few_hours_is_done_at_each_time_of_the_day() {
    let of = |number: usize, times: usize| {
        let plan = plan(&phase("{session: strength, day: monday, doses: {hinge: {reps: 8, every: 4 h}}}"), None);
        let plan = plan.expect("a plan");
        let session = &plan.weeks[0].sessions[0];
        assert_eq!(session.times_a_day(), 4, "in 16 hours");
        let then = session.at_time_of_day(number, times);
        then.items().find(|(section, _)| *section == Section::Main).map(|(_, item)| item.dose.every.is_some())
    };
    assert_eq!(of(4, 4), Some(false), "each event is one of the times");
    assert_eq!(of(2, 2), Some(true), "there are fewer events");
    assert_eq!(of(5, 5), None);
}

#[test]
fn targets_that_a_placement_gives_are_those_of_its_steps() {
    let of = |kind: &str, step: &str| {
        let session =
            format!("{{kind: {kind}, duration: 1 h, main: [{{run: [{{duration: 1 km}}]}}], words: {{name: S}}}}");
        let placed = format!("{{session: s, day: monday, run: [{{duration: 5 km, {step}}}]}}");
        let plan = plan_of(&[("sessions/s.yaml", &session)], &phase(&placed), None).expect("a plan");
        let session = plan.weeks[0].sessions.first().expect("a session");
        let run = session.parts[0].blocks[0].run().expect("a run");
        let RunStep::Stretch(stretch) = &run[0] else { panic!("{run:?}") };
        assert_eq!(session.targets, Vec::from_iter(stretch.target), "{kind}, {step}");
        stretch.target
    };
    let strokes = of("swim", "target: 30 spm");
    assert_ne!(strokes, of("run", "target: 30 spm"), "strokes and steps");
    assert_eq!(of("swim", "sport: run, target: 30 spm"), of("run", "target: 30 spm"), "the sport of the step itself");
}
