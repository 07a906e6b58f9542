//! What depends on the reader's results is a rule, and no load stands beside it after the first time.

use super::plans::plan;
use regimen_model::plan::{Instruction, PlannedSession};

/// Load and rule of the first exercise of the work.
fn lifted(session: &PlannedSession) -> String {
    let (_, item) = session.items().find(|(section, _)| section.is_work()).expect("an item");
    let dose = serde_json::to_value(item.dose.clone()).expect("a dose");
    let load = dose.get("load").and_then(serde_json::Value::as_str).unwrap_or("-").to_owned();
    let rule = match &item.instruction {
        None => "",
        Some(Instruction::AddLoad { .. }) => " add",
        Some(Instruction::RaiseBest { .. }) => " raise",
        Some(Instruction::ByResult(_)) => " result",
        Some(Instruction::Stages { is_start: true, .. }) => " start",
        Some(Instruction::Stages { is_start: false, .. }) => " stages",
        Some(Instruction::ReachedLoad(None)) => " reached",
        Some(Instruction::ReachedLoad(Some(share))) => return format!("{load} {share}"),
    };
    format!("{load}{rule}")
}

/// The same for all sessions of a phase of three weeks with this rule and more phases.
fn all(rule: &str, more: &str, phases: &str) -> Vec<String> {
    let sessions = "sessions: [{session: strength, day: 1}]";
    let progression = format!("progression: [{{exercise: hinge, {rule}}}]");
    let phases = format!("- {{id: base, kind: base, weeks: 3, {sessions}, {progression}{more}}}\n{phases}");
    plan(&phases, None).expect("a plan").sessions().map(lifted).collect()
}

#[test]
fn a_load_is_printed_the_first_time_only() {
    assert_eq!(all("double: {reps: 8-12, add: 2.5 kg}", "", ""), ["40 kg add", "- add", "- add"]);
    assert_eq!(all("by_result: {add: 2.5 kg}", "", ""), ["40 kg result", "- result", "- result"]);
    let stages = "stages: {of: [{sets: 5, reps: 3}, {sets: 6, reps: 2}], add: 5 kg, again_at: 85 %}";
    assert_eq!(all(stages, "", ""), ["40 kg start", "- stages", "- stages"]);
    assert_eq!(all("double: {reps: 8-12, add: 2.5 kg}", ", load: 90 %", ""), ["35 kg add", "- 90 %", "- 90 %"]);
}

#[test]
fn a_lighter_week_has_a_share_of_what_has_been_reached() {
    let lighter = ", overrides: [{week: 3, load: 90 %}]";
    assert_eq!(all("double: {reps: 8-12, add: 2.5 kg}", lighter, ""), ["40 kg add", "- add", "- 90 %"]);
}

#[test]
fn later_phases_know_no_load_but_one_that_they_state() {
    let after = |more: &str| {
        let phase = format!("- {{id: after, kind: base, weeks: 2, sessions: [{{session: strength, day: 1}}]{more}}}");
        all("double: {reps: 8-12, add: 2.5 kg}", "", &phase).split_off(3)
    };
    assert_eq!(after(""), ["- reached", "- reached"]);
    assert_eq!(after(", load: 80 %"), ["- 80 %", "- 80 %"]);
    let rule = |from: &str| format!(", progression: [{{exercise: hinge{from}, by_result: {{add: 2.5 kg}}}}]");
    assert_eq!(after(&rule("")), ["- result", "- result"]);
    assert_eq!(after(&rule(", from: {reps: 5, load: 60 kg}")), ["60 kg result", "- result"]);
    assert_eq!(after(", progression: [{exercise: hinge, from: {reps: 5, load: 70 kg}}]"), ["70 kg", "70 kg"]);
}

#[test]
fn rules_by_results_must_fit_their_doses() {
    let wrong = |rule: &str| {
        let sessions = "sessions: [{session: strength, day: 1}]";
        let phase =
            format!("- {{id: base, kind: base, weeks: 3, {sessions}, progression: [{{exercise: hinge, {rule}}}]}}");
        plan(&phase, None).expect_err("an error").join("; ")
    };
    assert!(wrong("by_result: {add: 5 lb}").contains("a step of `5 lb` does not fit `load: 40 kg`"));
    assert!(wrong("by_result: {add: 5 kg, cap: 30 kg}").contains("the cap `30 kg` is below `40 kg`"));
    assert!(wrong("by_result: {add: 5 kg, miss: {to: 110 %}}").contains("which is more than before"));
    assert!(wrong("stages: {of: [{reps: 5}], add: 5 kg}").contains("at least two doses"));
    let both = "stages: {of: [{reps: 5}, {reps: 3}], add: 5 kg, again_at: 85 %, again_add: 5 kg}";
    assert!(wrong(both).contains("either a share"));
    assert!(wrong("stages: {of: [{reps: 5}, {reps: 3, load: 5 lb}], add: 5 kg}").contains("does not fit"));
}
