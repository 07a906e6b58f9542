//! Every programme that passes the checks can be written out, on any date.

use proptest::prelude::*;
use regimen_catalog::{Files, Severity, load_files, plan};

const MUSCLE: &str = "{latin: musculus soleus, region: lower-leg, side: back, words: {name: Soleus}}";

fn exercise(dose: &str) -> String {
    format!(
        "{{kind: strength, pattern: squat, laterality: bilateral, level: 1, defaults: {dose}, \
         muscles: [{{target: muscle:soleus, role: prime}}], words: {{name: N, summary: S., steps: [S.]}}}}"
    )
}

fn dose() -> impl Strategy<Value = String> {
    let work = prop::sample::select(
        &[
            "reps: 8",
            "reps: 990-1000",
            "reps: amrap",
            "hold: 30 s",
            "time: 1000000 h",
            "distance: 0.5 km",
            "distance: 400 m",
        ][..],
    );
    let more = prop::sample::select(
        &["", ", sets: 1000", ", sets: 2-3", ", rpe: 6", ", rpe: 9-10", ", load: 999999.999999 kg", ", load: 70 %1rm"]
            [..],
    );
    (work, more).prop_map(|(work, more)| format!("{{{work}{more}}}"))
}

fn progression() -> impl Strategy<Value = String> {
    let add = || {
        prop::sample::select(
            &[
                "1 reps",
                "1000 reps",
                "1 sets",
                "0.5 rpe",
                "9 rpe",
                "5 s",
                "1000000 h",
                "0.1 km",
                "100 m",
                "2.5 kg",
                "1000000 kg",
                "5 %1rm",
            ][..],
        )
    };
    let cap = prop::option::of(add()).prop_map(|cap| cap.map(|cap| format!(", cap: {cap}")).unwrap_or_default());
    let deload = prop::sample::select(&["", ", deload: {every: 4, to: 60 %}", ", deload: {every: 1, to: 1000 %}"][..]);
    let linear = (add(), 1..=1000_u32, cap, deload)
        .prop_map(|(add, every, cap, deload)| format!("linear: {{add: {add}, every: {every}{cap}{deload}}}"));
    let table = Just("percent_table: {of: tm, weeks: [[{reps: 5, at: 65 %}]], then: 1000000 kg}".to_owned());
    let double = Just("double: {reps: 8-12, add: 2.5 kg, cap: 60 kg}".to_owned());
    prop_oneof![
        4 => linear,
        1 => prop::collection::vec(dose(), 0..4).prop_map(|doses| format!("explicit: [{}]", doses.join(", "))),
        1 => dose().prop_map(|dose| format!("from: {dose}")),
        1 => double,
        1 => table,
    ]
}

fn phase() -> impl Strategy<Value = String> {
    let weeks = prop_oneof![3 => 1..=4_u32, 1 => Just(255)];
    let share = || prop::sample::select(&["", "0 %", "1 %", "60 %", "1000 %"][..]);
    let day = prop::sample::select(&["monday", "sunday", "1", "7"][..]);
    (weeks, share(), share(), day, prop::option::of(progression())).prop_map(|(weeks, volume, load, day, progression)| {
        let share = |key: &str, share: &str| if share.is_empty() { String::new() } else { format!(", {key}: {share}") };
        let progression = progression.map(|one| format!(", progression: [{{exercise: a, {one}}}]")).unwrap_or_default();
        format!(
            "kind: build, weeks: {weeks}{}{}, sessions: [{{session: s, day: {day}}}, {{session: s, day: {day}}}]{progression}}}",
            share("volume", volume),
            share("load", load)
        )
    })
}

/// Where a programme stands in the calendar, most of all at its ends.
fn anchor() -> impl Strategy<Value = String> {
    let date =
        prop::sample::select(&["2027-01-04", "9999-12-31", "9999-12-01", "9998-01-01", "0000-01-01", "2028-02-29"][..]);
    let days = prop::sample::select(&["", ", available_days: [monday]", ", available_days: [sunday, monday]"][..]);
    (prop::sample::select(&["start", "end", "race"][..]), date, days)
        .prop_map(|(key, date, days)| format!("{{program: p, {key}: {date}{days}}}"))
}

fn catalogue(dose: &str, session: &str, phases: &[String], anchor: &str) -> Files {
    let phases = phases.iter().enumerate().map(|(index, phase)| format!("{{id: p{index}, {phase}"));
    let phases: Vec<_> = phases.collect();
    let project = format!("{{language: en, words: {{title: T}}, schedules: {{one: {anchor}}}}}");
    let session = format!(
        "{{kind: strength, duration: 30 min, main: [{{exercise: a, dose: {session}}}, {{exercise: a}}], words: {{name: S}}}}"
    );
    let program =
        format!("{{level: 1, phases: [{}], words: {{name: P, summary: S., goal: G, audience: A}}}}", phases.join(", "));
    [
        ("regimen.yaml", project),
        ("muscles/soleus.yaml", MUSCLE.to_owned()),
        ("exercises/a.yaml", exercise(dose)),
        ("sessions/s.yaml", session),
        ("programs/p.yaml", program),
    ]
    .into_iter()
    .map(|(file, text)| (file.into(), text.into_bytes().into()))
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_programme_without_errors_can_be_written_out(
        dose in dose(), session in dose(), phases in prop::collection::vec(phase(), 1..4), anchor in anchor(),
    ) {
        let loaded = load_files(&catalogue(&dose, &session, &phases, &anchor));
        let errors = loaded.findings.iter().any(|finding| finding.severity == Severity::Error);
        let catalog = loaded.catalog.expect("the project file is right");
        for program in catalog.programs.values() {
            let undated = plan::expand(&catalog, program, None);
            prop_assert!(errors || undated.is_ok(), "{:?}", undated);
            for schedule in &catalog.project.schedules {
                let dated = plan::expand(&catalog, program, Some(schedule));
                prop_assert!(errors || dated.is_ok(), "{:?}", dated);
            }
        }
    }
}
