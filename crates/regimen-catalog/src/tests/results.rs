//! What depends on the reader's results is a rule, and no load stands beside it after the first time.

use super::plans::{plan, plan_for_schedule};
use crate::yaml;
use regimen_model::model::{Anchor, Schedule};
use regimen_model::plan::{Instruction, PlannedSession};

/// Load and rule of the first exercise of the work.
fn lifted(session: &PlannedSession) -> String {
    let (_, item) = session.items().find(|(section, _)| section.is_work()).expect("an item");
    let dose = serde_json::to_value(item.dose.clone()).expect("a dose");
    let load = dose.get("load").and_then(serde_json::Value::as_str).unwrap_or("-").to_owned();
    let rule = match &item.instruction {
        None => "",
        Some(Instruction::AddLoad { .. }) => " add",
        Some(Instruction::RaiseBest { from_this_week: true, after_this_week: false, .. }) => " raise",
        Some(Instruction::RaiseBest { from_this_week: false, .. }) => " raise afterwards",
        Some(Instruction::RaiseBest { .. }) => " raise, raise afterwards",
        Some(Instruction::MoreThanAtStart { by, cap: None }) => return format!("{load} +{by}"),
        Some(Instruction::MoreThanAtStart { by, cap: Some(cap) }) => return format!("{load} +{by} up to {cap}"),
        Some(Instruction::Stages { share: Some(share), .. }) => return format!("{load} stages {share}"),
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

/// The same for two weeks of a session `a` on Monday and a session `b` on Thursday, which lift the same exercise with these doses.
fn two_sessions(a: &str, b: &str, rules: &str, more: &str) -> String {
    let file = |dose: &str| {
        let main = format!("[{{id: line, exercise: hinge, dose: {dose}}}]");
        format!("kind: strength\nduration: 40 min\nmain: {main}\nwords: {{name: S}}\n")
    };
    let (a, b) = (file(a), file(b));
    let files = [("sessions/a.yaml", a.as_str()), ("sessions/b.yaml", b.as_str())];
    let sessions = "sessions: [{session: a, day: monday}, {session: b, day: thursday}]";
    let phases = format!("- {{id: base, kind: base, weeks: 2, {sessions}, progression: [{rules}]}}\n{more}");
    let plan = super::plans::plan_of(&files, &phases, None).expect("a plan");
    plan.sessions().map(lifted).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_load_that_two_sessions_lift_is_printed_once() {
    let dose = "{sets: 3, reps: 8, load: 40 kg}";
    let of = |rules: &str| two_sessions(dose, dose, rules, "");
    let stages = "stages: {of: [{sets: 5, reps: 3}, {sets: 6, reps: 2}], add: 5 kg}";
    for (rule, said) in [("double: {reps: 8-12, add: 2.5 kg}", "add"), ("by_result: {add: 2.5 kg}", "result")] {
        let printed = format!("40 kg {said}; - {said}; - {said}; - {said}");
        assert_eq!(of(&format!("{{exercise: hinge, {rule}}}")), printed);
        assert_eq!(of(&format!("{{item: line, {rule}}}")), printed);
        let apart = format!("{{exercise: hinge, session: a, {rule}}}, {{exercise: hinge, session: b, {rule}}}");
        assert_eq!(of(&apart), printed, "it is one weight on one bar");
    }
    assert_eq!(of(&format!("{{item: line, {stages}}}")), "40 kg start; - stages; - stages; - stages");
    let from = "from: {sets: 3, reps: 5, load: 60 kg}, by_result: {add: 2.5 kg}";
    assert_eq!(of(&format!("{{exercise: hinge, {from}}}")), "60 kg result; - result; - result; - result");
}

#[test]
fn loads_that_two_sessions_state_differently_are_both_printed() {
    let rule = "{exercise: hinge, by_result: {add: 2.5 kg}}";
    let of = |a: &str, b: &str, rules: &str| two_sessions(a, b, rules, "");
    let (heavy, light) = ("{sets: 5, reps: 3, load: 60 kg}", "{sets: 3, reps: 10, load: 40 kg}");
    assert_eq!(of(heavy, light, rule), "60 kg result; 40 kg result; - result; - result");
    let (five, ten) = ("{sets: 5, reps: 3, load: 20 kg}", "{sets: 3, reps: 10, load: 20 kg}");
    assert_eq!(of(five, ten, rule), "20 kg result; - result; - result; - result", "one rule is for both");
    let apart = "{exercise: hinge, session: a, by_result: {add: 5 kg}}, {exercise: hinge, session: b, by_result: {add: 2.5 kg}}";
    assert_eq!(of(five, ten, apart), "20 kg result; 20 kg result; - result; - result", "two lifts from an empty bar");
    let only_a = "{exercise: hinge, session: a, by_result: {add: 2.5 kg}}";
    assert_eq!(of(five, five, only_a), "20 kg result; 20 kg; - result; 20 kg", "the author grows one of them");
    let after = "- {id: after, kind: base, weeks: 1, sessions: [{session: b, day: monday}]}";
    let goes_on = two_sessions(five, five, only_a, after);
    assert_eq!(goes_on, "20 kg result; 20 kg; - result; 20 kg; 20 kg", "and goes on with the other as it is");
}

#[test]
fn a_session_that_two_rules_lift_on_its_days_has_a_load_of_each() {
    let rule = |slot: &str, load: &str| {
        format!(
            "{{exercise: hinge, slot: {slot}, from: {{sets: 3, reps: 5, load: {load}}}, by_result: {{add: 2.5 kg}}}}"
        )
    };
    let placed = |slot: &str, day: &str| format!("{{session: strength, day: {day}, slot: {slot}}}");
    let phase = format!(
        "- {{id: base, kind: base, weeks: 2, sessions: [{}, {}], progression: [{}, {}]}}",
        placed("heavy", "monday"),
        placed("light", "thursday"),
        rule("heavy", "60 kg"),
        rule("light", "40 kg"),
    );
    let lifted: Vec<_> = plan(&phase, None).expect("a plan").sessions().map(lifted).collect();
    assert_eq!(lifted, ["60 kg result", "40 kg result", "- result", "- result"]);
}

#[test]
fn a_later_session_with_the_same_work_has_the_load_that_has_been_reached() {
    let dose = "{sets: 3, reps: 8, load: 40 kg}";
    let later = |rules: &str, b: &str| {
        let after = format!("- {{id: after, kind: base, weeks: 1, sessions: [{{session: b, day: 1}}]{rules}}}");
        let file = |dose: &str| {
            let main = format!("[{{exercise: hinge, dose: {dose}}}]");
            format!("kind: strength\nduration: 40 min\nmain: {main}\nwords: {{name: S}}\n")
        };
        let (a, b) = (file(dose), file(b));
        let files = [("sessions/a.yaml", a.as_str()), ("sessions/b.yaml", b.as_str())];
        let rule = "progression: [{exercise: hinge, by_result: {add: 2.5 kg}}]";
        let base = format!("- {{id: base, kind: base, weeks: 1, sessions: [{{session: a, day: 1}}], {rule}}}");
        let plan = super::plans::plan_of(&files, &format!("{base}\n{after}"), None).expect("a plan");
        plan.sessions().map(lifted).collect::<Vec<_>>().join("; ")
    };
    let rule = ", progression: [{exercise: hinge, by_result: {add: 5 kg}}]";
    assert_eq!(later("", dose), "40 kg result; - reached");
    assert_eq!(later(rule, dose), "40 kg result; - result");
    let other = "{sets: 3, reps: 8, load: 70 kg}";
    assert_eq!(later("", other), "40 kg result; 70 kg", "the author says another load");
    assert_eq!(later(rule, other), "40 kg result; 70 kg result");
}

#[test]
fn a_lighter_week_has_a_share_of_what_has_been_reached() {
    let lighter = ", overrides: [{week: 3, load: 90 %}]";
    assert_eq!(all("double: {reps: 8-12, add: 2.5 kg}", lighter, ""), ["40 kg add", "- add", "- 90 %"]);
}

#[test]
fn a_lighter_week_has_all_stages_with_a_share_of_the_load() {
    let stages = "stages: {of: [{sets: 5, reps: 3}, {sets: 6, reps: 2}], add: 5 kg, again_at: 85 %}";
    let lighter = ", overrides: [{week: 3, load: 90 %}]";
    assert_eq!(all(stages, lighter, ""), ["40 kg start", "- stages", "- stages 90 %"]);
    let with_bands = "stages: {of: [{reps: 5, load: band red}, {reps: 3, load: band blue}], add: 5 kg}";
    assert_eq!(all(with_bands, "", ""), ["band red start", "band red stages", "band red stages"]);
}

#[test]
fn a_best_is_raised_when_its_table_is_through() {
    let table = |weeks: &str| format!("percent_table: {{of: tm, then: 5 kg, weeks: [{weeks}]}}");
    let row = "[{reps: 5, at: 70 %}]";
    assert_eq!(all(&table(&[row; 3].join(", ")), "", ""), ["70 %tm", "70 %tm", "70 %tm raise afterwards"]);
    assert_eq!(all(&table(&[row; 2].join(", ")), "", ""), ["70 %tm", "70 %tm", "70 %tm raise"]);
    assert_eq!(all(&table(row), "", ""), ["70 %tm", "70 %tm raise", "70 %tm raise, raise afterwards"]);
}

#[test]
fn a_load_that_grew_by_steps_goes_on_in_later_phases() {
    let after = |more: &str| {
        let phase = format!("- {{id: after, kind: base, weeks: 2, sessions: [{{session: strength, day: 1}}]{more}}}");
        all("linear: {add: 5 kg}", "", &phase).split_off(2).join("; ")
    };
    let rule = |rule: &str| format!(", progression: [{{exercise: hinge, {rule}}}]");
    assert_eq!(after(""), "50 kg; 50 kg; 50 kg");
    assert_eq!(after(", load: 80 %"), "50 kg; 40 kg; 40 kg");
    assert_eq!(after(&rule("linear: {add: 2.5 kg}")), "50 kg; 52.5 kg; 55 kg", "one step further in each week");
    assert_eq!(after(&rule("linear: {add: 5 kg, cap: 55 kg}")), "50 kg; 55 kg; 55 kg");
    assert_eq!(after(&rule("linear: {add: 5 kg, cap: 42 kg}")), "50 kg; 40 kg; 42 kg", "a cap that is below it");
    assert_eq!(after(&rule("linear: {add: 1 reps}")), "50 kg; 50 kg; 50 kg");
    assert_eq!(after(&rule("from: {sets: 3, reps: 8, load: 30 kg}, linear: {add: 5 kg}")), "50 kg; 30 kg; 35 kg");
    assert_eq!(after(&rule("by_result: {add: 5 kg}")), "50 kg; 50 kg result; - result");
}

#[test]
fn steps_that_a_placed_dose_hides_are_not_carried_on() {
    let of = |doses: &str| {
        let placed = format!("sessions: [{{session: strength, day: 1, doses: {{hinge: {doses}}}}}]");
        let rule = "progression: [{exercise: hinge, linear: {add: 5 kg}}]";
        let after = "- {id: after, kind: base, weeks: 1, sessions: [{session: strength, day: 1}]}";
        let phases = format!("- {{id: base, kind: base, weeks: 3, {placed}, {rule}}}\n{after}");
        plan(&phases, None).expect("a plan").sessions().map(lifted).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(of("{sets: 3, reps: 5, load: 70 kg}"), "70 kg; 70 kg; 70 kg; 40 kg", "nobody lifted what grew");
    assert_eq!(of("{sets: 3, reps: 5}"), "-; -; -; 40 kg");
}

#[test]
fn a_rule_by_results_begins_where_its_load_is_not_placed() {
    let placed = "sessions: [{session: strength, day: 1, doses: {hinge: {reps: 5, load: 70 kg}}}]";
    let rule = "progression: [{exercise: hinge, double: {reps: 8-12, add: 2.5 kg}}]";
    let after = format!("- {{id: after, kind: base, weeks: 2, sessions: [{{session: strength, day: 1}}], {rule}}}");
    let phases = format!("- {{id: base, kind: base, weeks: 2, {placed}, {rule}}}\n{after}");
    let loads: Vec<_> = plan(&phases, None).expect("a plan").sessions().map(lifted).collect();
    assert_eq!(loads, ["70 kg", "70 kg", "40 kg add", "- add"]);
}

#[test]
fn a_load_that_a_phase_states_for_other_work_is_not_carried_on() {
    let phase = "- {id: after, kind: base, weeks: 1, sessions: [{session: strength, day: 1}]}";
    let of = |from: &str| all(&format!("from: {{{from}}}, linear: {{add: 5 kg}}"), "", phase).join("; ");
    assert_eq!(of("sets: 5, reps: 5, load: 60 kg"), "60 kg; 65 kg; 70 kg; 40 kg");
    assert_eq!(of("sets: 3, reps: 8-10, load: 60 kg"), "60 kg; 65 kg; 70 kg; 70 kg");
}

#[test]
fn a_lighter_last_week_does_not_lower_what_goes_on() {
    let phase = "- {id: after, kind: base, weeks: 1, sessions: [{session: strength, day: 1}]}";
    let deload = all("linear: {add: 5 kg, deload: {every: 3, to: 50 %}}", "", phase);
    assert_eq!(deload, ["40 kg", "45 kg", "25 kg", "45 kg"]);
    let lighter = all("linear: {add: 5 kg}", ", overrides: [{week: 3, load: 50 %}]", phase);
    assert_eq!(lighter, ["40 kg", "45 kg", "25 kg", "50 kg"]);
}

#[test]
fn steps_from_a_load_that_nobody_knows_are_said() {
    let after = |linear: &str| {
        let rule = format!("progression: [{{exercise: hinge, linear: {{{linear}}}}}]");
        let phase = format!("- {{id: after, kind: base, weeks: 3, sessions: [{{session: strength, day: 1}}], {rule}}}");
        all("double: {reps: 8-12, add: 2.5 kg}", "", &phase).split_off(3)
    };
    assert_eq!(after("add: 5 kg"), ["- reached", "- +5 kg", "- +10 kg"]);
    assert_eq!(after("add: 5 kg, cap: 90 kg"), ["- reached", "- +5 kg up to 90 kg", "- +10 kg up to 90 kg"]);
    assert_eq!(after("add: 5 kg, deload: {every: 3, to: 50 %}"), ["- reached", "- +5 kg", "- 50 %"]);
    assert_eq!(after("add: 1 reps"), ["- reached", "- reached", "- reached"]);
    let rule = "progression: [{exercise: hinge, linear: {add: 5 kg, deload: {every: 3, to: 90 %}}}]";
    let lighter = format!(
        "- {{id: after, kind: base, weeks: 3, sessions: [{{session: strength, day: 1}}], {rule}, overrides: [{{week: 3, load: 80 %}}]}}"
    );
    let loads = all("double: {reps: 8-12, add: 2.5 kg}", "", &lighter);
    assert_eq!(loads.last().map(String::as_str), Some("- 72 %"), "a share of the share");
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

#[test]
fn doses_of_progressions_and_placements_fit_the_turns_in_which_they_are_done() {
    let of = |block: &str, placed: &str, rule: &str| {
        let session = format!("kind: strength\nduration: 40 min\nmain: [{{{block}}}]\nwords: {{name: S}}\n");
        let exercise = "{kind: strength, level: 2, defaults: {reps: 8}, words: {name: E, summary: E., steps: [E.]}}";
        let files = [("exercises/e.yaml", exercise), ("sessions/s.yaml", session.as_str())];
        let rules = if rule.is_empty() { String::new() } else { format!(", progression: [{{{rule}}}]") };
        let phases = super::plans::phase(1, &format!("{{session: s, day: monday{placed}}}"), &rules);
        super::plans::plan_of(&files, &phases, None).err().map(|found| found.join("; ")).unwrap_or_default()
    };
    let rounds = "circuit: [{exercise: e}], rounds: 3";
    let said = "the dose lists 2 sets, and the block has 3 rounds";
    assert!(of(rounds, ", doses: {e: {reps: [9, 6]}}", "").contains(said));
    assert!(of(rounds, "", "exercise: e, explicit: [{reps: [9, 6]}]").contains(said));
    assert_eq!(of(rounds, ", doses: {e: {reps: [9, 6, 3]}}", "exercise: e, from: {reps: [9, 6, 3]}"), "");
    let tabata = "tabata: [{id: line, exercise: e}]";
    let said = "the exercise is in a `tabata`, whose clock says how long it is done, not `reps: 10`";
    assert!(of(tabata, ", doses: {e: {reps: 10}}", "").contains(said));
    assert!(of(tabata, "", "item: line, explicit: [{reps: 10}]").contains(said));
    assert!(of(tabata, "", "exercise: e, session: s, from: {reps: 10}").contains(said));
    assert!(of(tabata, "", "exercise: e, slot: s, from: {reps: 10}").contains(said));
    assert_eq!(of(tabata, "", "exercise: e, explicit: [{reps: 10}]"), "", "one for all sessions leaves it alone");
}

#[test]
fn a_share_of_the_last_load_has_a_set_before_it_wherever_it_is_written() {
    let of = |main: &str, placed: &str, rule: &str| {
        let session = format!("kind: strength\nduration: 40 min\nmain: [{main}]\nwords: {{name: S}}\n");
        let rules = if rule.is_empty() { String::new() } else { format!(", progression: [{{{rule}}}]") };
        let phases = super::plans::phase(1, &format!("{{session: s, day: monday{placed}}}"), &rules);
        let plan = super::plans::plan_of(&[("sessions/s.yaml", session.as_str())], &phases, None);
        plan.err().map(|found| found.join("; ")).unwrap_or_default()
    };
    let share = "{reps: 8, load: 85 %last}";
    let one = "{id: top, exercise: hinge}";
    let two = "{id: top, exercise: hinge}, {id: back, exercise: hinge}";
    let said = "the first set of `hinge` has a share of the load of the set before";
    for (main, placed, rule) in [
        (one, format!(", doses: {{hinge: {share}}}"), String::new()),
        (two, format!(", doses: {{top: {share}}}"), String::new()),
        (one, String::new(), format!("exercise: hinge, from: {share}")),
        (one, String::new(), format!("exercise: hinge, explicit: [{share}]")),
        (two, String::new(), format!("item: top, from: {share}, linear: {{add: 1 reps}}")),
    ] {
        assert_eq!(of(main, &placed, &rule), said, "{placed} {rule}");
    }
    for (placed, rule) in [
        (format!(", doses: {{back: {share}}}"), String::new()),
        (format!(", doses: {{hinge: {share}, top: {{reps: 5, load: 60 kg}}}}"), String::new()),
        (String::new(), format!("item: back, explicit: [{share}]")),
        (String::new(), format!("exercise: hinge, explicit: [[{{reps: 5, load: 60 kg}}, {share}]]")),
        (", doses: {top: {reps: 5, load: 60 kg}}".to_owned(), format!("exercise: hinge, from: {share}")),
    ] {
        assert_eq!(of(two, &placed, &rule), "", "{placed} {rule}");
    }
}

#[test]
fn doses_that_cannot_be_placed_say_the_way_out() {
    let help = |main: &str, doses: &str| {
        let session = format!("kind: strength\nduration: 40 min\nmain: [{main}]\nwords: {{name: S}}\n");
        let phases = super::plans::phase(1, &format!("{{session: s, day: monday, doses: {{{doses}}}}}"), "");
        let found = super::plans::plan_or_findings(&[("sessions/s.yaml", session.as_str())], &phases, None);
        let found = found.expect_err("a finding");
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        finding.help.clone().unwrap_or_default()
    };
    let rounds = "{circuit: [{exercise: hinge}], rounds: 3}";
    assert_eq!(help(rounds, "hinge: {reps: [9, 6]}"), "in turns, a list has one amount for each round");
    let before = "write a load such as `60 kg` for it, or put the set that is meant before it";
    assert_eq!(help("{exercise: hinge}", "hinge: {reps: 8, load: 85 %last}"), before);
}

#[test]
fn who_begins_with_a_later_week_has_lifted_nothing_after_which_a_best_is_raised() {
    let raised = |week: u32, table: &str| {
        let sessions = "sessions: [{session: strength, day: 1}]";
        let rule = format!("{{exercise: hinge, percent_table: {{of: tm, then: 5 kg, weeks: [{table}]}}}}");
        let phases = format!("- {{id: base, kind: base, weeks: 4, {sessions}, progression: [{rule}]}}");
        super::each_time::plan_from(week, &phases).sessions().map(lifted).collect::<Vec<_>>()
    };
    let two = "[{reps: 5, at: 70 %}], [{reps: 3, at: 80 %}]";
    assert_eq!(raised(1, two), ["70 %tm", "80 %tm", "70 %tm raise", "80 %tm raise afterwards"]);
    assert_eq!(raised(3, two), ["70 %tm", "80 %tm raise afterwards"]);
    assert_eq!(raised(2, two), ["80 %tm", "70 %tm raise", "80 %tm raise afterwards"]);
    let one = "[{reps: 5, at: 70 %}]";
    assert_eq!(raised(4, one), ["70 %tm raise afterwards"]);
}

/// Load and rule of each session of a phase with these sessions, for a reader with this change from 4 January 2027 on.
fn changed(rule: &str, weeks: u8, sessions: &str, change: Option<&str>) -> String {
    changed_from(Anchor::Start("2027-01-04".parse().expect("a date")), rule, weeks, sessions, change)
}

fn changed_from(anchor: Anchor, rule: &str, weeks: u8, sessions: &str, change: Option<&str>) -> String {
    let progression = format!("progression: [{{exercise: hinge, {rule}}}]");
    let phases = format!("- {{id: base, kind: base, weeks: {weeks}, sessions: [{sessions}], {progression}}}\n");
    let changes = change.into_iter().map(yaml::trusted).collect();
    let schedule = Schedule { changes, ..Schedule::new("p".parse().expect("an id"), anchor) };
    let plan = plan_for_schedule(&[], &phases, Some(&schedule)).expect("a plan");
    plan.sessions().map(lifted).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_load_to_start_with_is_that_of_the_first_session_which_is_done_for_certain() {
    let days = "{session: strength, day: monday}, {session: strength, day: thursday}";
    let of = |rule: &str, change: &str| changed(rule, 1, days, Some(change));
    let rule = "by_result: {add: 2.5 kg}";
    for change in ["{skip: w1-strength}", "{skip: 2027-01-04}"] {
        assert_eq!(of(rule, change), "40 kg result", "{change}");
    }
    let stages = "stages: {of: [{sets: 5, reps: 3}, {sets: 6, reps: 2}], add: 5 kg}";
    assert_eq!(of(stages, "{skip: 2027-01-04}"), "40 kg start");
    for to in ["2027-01-05", "2027-01-08"] {
        let change = format!("{{move: 2027-01-04, to: {to}}}");
        assert_eq!(of(rule, &change), "40 kg result; - result", "{change}: whichever is the first");
    }
    let until = |change| {
        let end = Anchor::End("2027-01-17".parse().expect("a date"));
        changed_from(end, rule, 2, days, Some(change))
    };
    assert_eq!(until("{pause: 2027-01-04..2027-01-05}"), "40 kg result; - result; - result");
    assert_eq!(until("{pause: 2027-01-14..2027-01-15}"), "40 kg result; - result; - result");
    let optional = "{session: strength, day: monday, optional: true}, {session: strength, day: thursday}";
    assert_eq!(changed(rule, 2, optional, None), "40 kg result; 40 kg result; - result; - result");
}

#[test]
fn a_best_is_raised_with_the_next_session_if_the_one_that_should_is_left_out() {
    let table = "percent_table: {of: 1rm, weeks: [[{reps: 5, at: 80 %}], [{reps: 3, at: 85 %}]], then: 5 kg}";
    let of = |change| changed(table, 4, "{session: strength, day: monday}", change);
    assert_eq!(of(None), "80 %1rm; 85 %1rm; 80 %1rm raise; 85 %1rm raise afterwards");
    assert_eq!(of(Some("{skip: 2027-01-18}")), "80 %1rm; 85 %1rm; 85 %1rm raise, raise afterwards");
    assert_eq!(of(Some("{skip: 2027-01-11}")), "80 %1rm; 80 %1rm raise; 85 %1rm raise afterwards");
}
