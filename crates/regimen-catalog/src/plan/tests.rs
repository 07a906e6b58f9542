//! Plans of one small programme, changed by a line or two in each test.

use crate::model::Schedule;
use crate::plan::{Plan, PlannedBlock, expand};
use crate::{Files, Id, load_files};

const EXERCISE: &str = "kind: strength
pattern: hinge
laterality: bilateral
level: 2
muscles: [{target: muscle:soleus, role: prime}]
defaults: {sets: 3, reps: 8-10, rpe: 6, load: 40 kg}
words: {name: Hinge, summary: A hinge., steps: [Hinge.]}
";

const SESSION: &str = "kind: strength
duration: 40 min
warm_up: [{use: warm-up}]
main: [{exercise: hinge}]
accessory: [{superset: [{exercise: hold}], rounds: 3}]
words: {name: Strength}
";

/// The plan of a programme with these phases, dated if there is a start; else its findings.
fn plan(phases: &str, start: Option<&str>) -> Result<Plan, Vec<String>> {
    let mobility = SESSION.replace("strength", "mobility").replace("warm_up: [{use: warm-up}]\n", "");
    let hold = EXERCISE.replace("reps: 8-10, rpe: 6, load: 40 kg", "hold: 20 s");
    let fragment = "blocks: [{exercise: hinge, dose: {reps: 5}}]\nwords: {name: Warm-up}\n";
    let words = "words: {name: P, summary: A., goal: B., audience: C.}";
    let program = format!("level: 1\nphases:\n{phases}\n{words}\n");
    let muscle = "{latin: musculus soleus, region: lower-leg, side: back, words: {name: Soleus}}";
    let files: Files = [
        ("regimen.yaml", "language: en\nwords: {title: T}\n"),
        ("muscles/soleus.yaml", muscle),
        ("exercises/hinge.yaml", EXERCISE),
        ("exercises/hold.yaml", &hold),
        ("fragments/warm-up.yaml", fragment),
        ("sessions/strength.yaml", SESSION),
        ("sessions/mobility.yaml", &mobility),
        ("programs/p.yaml", &program),
    ]
    .into_iter()
    .map(|(file, text)| (file.into(), text.as_bytes().into()))
    .collect();
    let loaded = load_files(&files);
    if !loaded.findings.is_empty() {
        return Err(loaded.findings.into_iter().map(|finding| finding.message).collect());
    }
    let catalog = loaded.catalog.expect("no findings, so there is a catalogue");
    let id: Id<_> = "p".parse().expect("an id");
    let name = "s".parse().expect("an id");
    let schedule = start.map(|start| Schedule {
        program: id.clone(),
        start: start.parse().expect("a date"),
        timezone: None,
        at: None,
    });
    let plan = expand(&catalog, &catalog.programs[&id], schedule.as_ref().map(|schedule| (&name, schedule)));
    plan.map_err(|findings| findings.into_iter().map(|finding| finding.message).collect())
}

/// One phase of this many weeks with the given sessions, then whatever lines follow.
fn phase(weeks: u32, sessions: &str, more: &str) -> String {
    format!("  - {{id: a, kind: base, weeks: {weeks}, sessions: [{sessions}]{more}}}")
}

const TUESDAY: &str = "{session: strength, day: tuesday}";

/// The doses of the main part, week by week, as written.
fn main_doses(plan: &Plan) -> Vec<String> {
    let sessions = plan.sessions().map(|session| {
        let part = session.parts.iter().find(|part| part.section == crate::vocabulary::Section::Main);
        match &part.expect("a main part").blocks[0] {
            PlannedBlock::Item(item) => {
                let work = match &item.dose.work {
                    crate::model::Work::Reps(reps) => reps.to_string(),
                    other => format!("{other:?}"),
                };
                let load = item.dose.load.as_ref().map(ToString::to_string).unwrap_or_default();
                let rpe = item.dose.rpe.map(|rpe| rpe.to_string()).unwrap_or_default();
                format!("{}x{work} {load} @{rpe}", item.dose.sets)
            }
            other => panic!("{other:?}"),
        }
    });
    sessions.collect()
}

#[test]
fn days_count_from_the_day_of_the_start() {
    let sessions = "{session: strength, day: sunday}, {session: strength, day: tuesday}";
    let dates = |start| {
        let plan = plan(&phase(2, sessions, ""), start).expect("a plan");
        plan.sessions().map(|s| s.date.map_or_else(|| s.weekday.to_string(), |d| d.to_string())).collect::<Vec<_>>()
    };
    assert_eq!(dates(None), ["tuesday", "sunday", "tuesday", "sunday"]);
    assert_eq!(dates(Some("2027-01-04")), ["2027-01-05", "2027-01-10", "2027-01-12", "2027-01-17"]);
    // A Wednesday: its week runs to the next Tuesday.
    assert_eq!(dates(Some("2027-01-06")), ["2027-01-10", "2027-01-12", "2027-01-17", "2027-01-19"]);
}

#[test]
fn slots_stay_when_days_change_and_are_unique() {
    let slots = |sessions| {
        let plan = plan(&phase(1, sessions, ""), None).expect("a plan");
        plan.sessions().map(|session| session.slot.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        slots("{session: strength, day: monday}, {session: strength, day: friday}"),
        ["w1-strength", "w1-strength-2"]
    );
    assert_eq!(slots("{session: strength, day: sunday, slot: hard}"), ["w1-hard"]);
}

#[test]
fn steps_add_up_to_their_cap() {
    let grown = |add: &str| {
        let more = format!(", progression: [{{exercise: hinge, linear: {{{add}}}}}]");
        main_doses(&plan(&phase(4, TUESDAY, &more), None).expect("a plan"))
    };
    assert_eq!(
        grown("add: 1 reps, cap: 12 reps")[3],
        "3x10-12 40 kg @6",
        "both ends rise until the upper reaches the cap"
    );
    assert_eq!(
        grown("add: 1 sets, every: 2"),
        ["3x8-10 40 kg @6", "3x8-10 40 kg @6", "4x8-10 40 kg @6", "4x8-10 40 kg @6"]
    );
    assert_eq!(grown("add: 2.5 kg")[3], "3x8-10 47.5 kg @6");
    assert_eq!(grown("add: 2 rpe")[3], "3x8-10 40 kg @10", "effort ends at 10");
}

#[test]
fn lists_and_starting_doses_replace_the_sessions_dose() {
    let more = ", progression: [{exercise: hinge, explicit: [{reps: 5}, {reps: 6}]}]";
    assert_eq!(main_doses(&plan(&phase(2, TUESDAY, more), None).expect("a plan")), ["1x5  @", "1x6  @"]);
    let more = ", progression: [{exercise: hinge, from: {sets: 2, reps: 5}, linear: {add: 1 reps}}]";
    assert_eq!(main_doses(&plan(&phase(2, TUESDAY, more), None).expect("a plan")), ["2x5  @", "2x6  @"]);
}

#[test]
fn lighter_weeks_have_fewer_sets_but_as_much_mobility_and_warm_up() {
    let sessions = "{session: strength, day: tuesday}, {session: mobility, day: friday}";
    let light = plan(&phase(1, sessions, ", volume: 60 %"), None).expect("a plan");
    assert_eq!(main_doses(&light), ["2x8-10 40 kg @6", "3x8-10 40 kg @6"]);
    let rounds = light.sessions().map(|session| match session.parts.last().map(|part| &part.blocks[0]) {
        Some(PlannedBlock::Round { rounds, .. }) => rounds.low(),
        other => panic!("{other:?}"),
    });
    assert_eq!(rounds.collect::<Vec<_>>(), [2, 3]);
    let least = plan(&phase(1, TUESDAY, ", volume: 1 %"), None).expect("a plan");
    assert_eq!(main_doses(&least), ["1x8-10 40 kg @6"]);
}

#[test]
fn what_cannot_be_meant_is_a_finding() {
    let wrong = |more: &str, start| plan(&phase(2, TUESDAY, more), start).expect_err("a finding").join("; ");
    let progression = |what: &str| format!(", progression: [{{exercise: hinge, {what}}}]");
    assert!(wrong(&progression("linear: {add: 5 s}"), None).contains("`5 s` does not fit"));
    assert!(wrong(&progression("linear: {add: 5 lb}"), None).contains("`5 lb` does not fit"));
    assert!(wrong(&progression("linear: {add: 1 reps, cap: 5 sets}"), None).contains("not of the same kind"));
    assert!(wrong(&progression("explicit: [{reps: 5}]"), None).contains("`explicit` has 1 doses"));
    assert!(
        wrong(&progression("explicit: [{reps: 5}, {reps: 5}, {reps: 5}]"), None).contains("`explicit` has 3 doses")
    );
    assert!(
        wrong(", progression: [{exercise: hold, session: mobility, from: {hold: 5 s}}]", None).contains("no session")
    );
    assert!(wrong(&progression("linear: {add: 1 reps, cap: 10 reps}"), None).contains("changes nothing"));
    assert!(wrong("", Some("9999-12-30")).contains("beyond the last date"));
}
