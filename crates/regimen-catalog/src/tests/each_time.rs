//! Steps of a progression that are made each time, rather than each week.

use super::plans::{plan_for_schedule, plan_of};
use regimen_model::model::{Anchor, Schedule};
use regimen_model::plan::Plan;

const OTHER: &str = "kind: strength\nduration: 40 min\nmain: [{exercise: hinge}]\nwords: {name: Other}\n";

fn planned(phases: &str) -> Plan {
    plan_of(&[("sessions/other.yaml", OTHER)], phases, None).expect("a plan")
}

/// The loads of the hinge in the work of these phases, in the order of days.
fn loads(phases: &str) -> Vec<String> {
    loads_of(&planned(phases))
}

fn loads_of(plan: &Plan) -> Vec<String> {
    let items = plan.sessions().filter_map(|session| {
        let mut items =
            session.items().filter(|(section, item)| section.is_work() && item.exercise.as_str() == "hinge");
        items.next().map(|(_, item)| item.dose.load.get().map(ToString::to_string).unwrap_or_default())
    });
    items.collect()
}

/// A phase with these weeks and days, in which the load grows in such steps.
fn phase(id: &str, weeks: u32, days: &str, step: &str) -> String {
    let progression = format!("progression: [{{exercise: hinge, linear: {{add: 2.5 kg, {step}}}}}]");
    format!("  - {{id: {id}, kind: base, weeks: {weeks}, {days}, {progression}}}\n")
}

const BOTH: &str = "sessions: [{session: strength, day: monday}, {session: other, day: thursday}]";

#[test]
fn a_session_that_is_moved_behind_another_keeps_its_step() {
    let start = Anchor::Start("2027-01-04".parse().expect("a date"));
    let changes = vec![crate::yaml::trusted("{move: 2027-01-04, to: 2027-01-08}")];
    let schedule = Schedule { changes, ..Schedule::new("p".parse().expect("an id"), start) };
    let phases = phase("a", 2, BOTH, "every: session");
    let plan = plan_for_schedule(&[("sessions/other.yaml", OTHER)], &phases, Some(&schedule)).expect("a plan");
    assert_eq!(loads_of(&plan), ["42.5 kg", "40 kg", "45 kg", "47.5 kg"]);
}

#[test]
fn a_step_each_time_goes_through_a_rotation() {
    let rotation = "rotation: {sessions: [strength, run, run], days: [tuesday, friday]}";
    assert_eq!(loads(&phase("a", 4, rotation, "every: session")), ["40 kg", "42.5 kg", "45 kg"]);
    assert_eq!(loads(&phase("a", 4, rotation, "every: 1")), ["40 kg", "42.5 kg", "47.5 kg"]);
}

#[test]
fn a_step_each_time_goes_through_all_sessions_that_have_what_grows() {
    assert_eq!(loads(&phase("a", 2, BOTH, "every: session")), ["40 kg", "42.5 kg", "45 kg", "47.5 kg"]);
    assert_eq!(loads(&phase("a", 2, BOTH, "every: 2 sessions")), ["40 kg", "40 kg", "42.5 kg", "42.5 kg"]);
    assert_eq!(loads(&phase("a", 2, BOTH, "every: 1")), ["40 kg", "40 kg", "42.5 kg", "42.5 kg"]);
    let capped = phase("a", 2, BOTH, "every: session, cap: 45 kg");
    assert_eq!(loads(&capped), ["40 kg", "42.5 kg", "45 kg", "45 kg"]);
}

#[test]
fn a_lighter_week_adds_nothing_and_has_its_share_of_what_was_reached() {
    let lighter = phase("a", 4, BOTH, "every: session, deload: {every: 2, to: 50 %}");
    let full = ["40 kg", "42.5 kg", "22.5 kg", "22.5 kg", "45 kg", "47.5 kg", "25 kg", "25 kg"];
    assert_eq!(loads(&lighter), full);
}

#[test]
fn a_later_phase_goes_on_from_what_all_sessions_have_reached() {
    let two = phase("a", 1, BOTH, "every: session") + &phase("b", 2, BOTH, "every: session");
    assert_eq!(loads(&two), ["40 kg", "42.5 kg", "45 kg", "47.5 kg", "50 kg", "52.5 kg"]);
    let three = two + &phase("c", 1, "sessions: [{session: other, day: 1}]", "every: session");
    assert_eq!(loads(&three).last().map(String::as_str), Some("55 kg"));
    let longer = phase("a", 2, BOTH, "every: session") + &phase("b", 1, BOTH, "every: session");
    assert_eq!(loads(&longer), ["40 kg", "42.5 kg", "45 kg", "47.5 kg", "50 kg", "52.5 kg"]);
}

#[test]
fn a_step_of_a_run_grows_each_time_too() {
    let days = "sessions: [{session: run, day: monday}, {session: run, day: friday, slot: again}]";
    let phases = format!(
        "  - {{id: a, kind: base, weeks: 2, {days}, progression: [{{step: long, linear: {{add: 1 km, every: session}}}}]}}\n"
    );
    let plan = planned(&phases);
    let runs = plan.sessions().flat_map(|session| &session.parts).flat_map(|part| &part.blocks);
    let long = runs.filter_map(|block| block.run()?.last()).map(|step| step.metres().normalize().to_string());
    assert_eq!(long.collect::<Vec<_>>(), ["8000", "9000", "10000", "11000"]);
}

/// The plan from this week on, for a reader who begins with it.
pub(super) fn plan_from(week: u32, phases: &str) -> Plan {
    let start = Anchor::Start("2027-01-04".parse().expect("a date"));
    let schedule = Schedule { from_week: Some(week), ..Schedule::new("p".parse().expect("an id"), start) };
    plan_for_schedule(&[("sessions/other.yaml", OTHER)], phases, Some(&schedule)).expect("a plan")
}

/// The loads of its weeks.
fn loads_from(week: u32, phases: &str) -> Vec<String> {
    loads_of(&plan_from(week, phases))
}

#[test]
fn who_begins_with_a_later_week_has_its_loads() {
    let one = phase("a", 3, BOTH, "every: session");
    assert_eq!(loads_from(2, &one), loads(&one)[2..]);
    let rotation = "rotation: {sessions: [strength, other, run], days: [monday, wednesday, friday, saturday]}";
    let turns = phase("a", 3, rotation, "every: session");
    assert_eq!(loads_from(2, &turns), loads(&turns)[3..]);
    for step in ["every: session", "every: 1"] {
        let two = phase("a", 2, BOTH, step) + &phase("b", 2, BOTH, step);
        assert_eq!(loads_from(3, &two), loads(&two)[4..], "a load that an earlier phase has reached: {step}");
        assert_eq!(loads_from(4, &two), loads(&two)[6..], "{step}");
    }
}

#[test]
fn a_load_that_goes_by_results_begins_for_those_who_begin_later() {
    let rule = "progression: [{exercise: hinge, double: {reps: 8-12, add: 2.5 kg}}]";
    let double =
        format!("  - {{id: a, kind: base, weeks: 3, sessions: [{{session: strength, day: monday}}], {rule}}}\n");
    assert_eq!(loads(&double), ["40 kg", "", ""]);
    assert_eq!(loads_from(2, &double), ["40 kg", ""]);
}
