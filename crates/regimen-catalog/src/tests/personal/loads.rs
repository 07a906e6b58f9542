//! Weights of a person that can hardly be meant.

use super::{FILES, personal};
use crate::people::{Source, open};
use crate::{Files, load_files};
use regimen_model::plan::personalise;

#[test]
fn what_steps_make_something_else_of_is_told() {
    let told = |keys: &str| -> Vec<String> {
        let found = personal(keys).expect("a plan").findings.into_iter();
        found.filter(|found| found.code == "unlikely-value").map(|found| found.message).collect()
    };
    assert_eq!(
        told("best: {squat: 0.5 kg}"),
        ["`75 %1rm` of `squat` is 2.5 kg in the steps that there are, which is more than a fifth away from it"]
    );
    assert_eq!(
        told("doses: {squat: {load: 1 kg}}, units: [lb]"),
        ["`1 kg` of `squat` is 5 lb in the steps that there are, which is more than a fifth away from it"]
    );
    assert_eq!(told("best: {squat: 103 kg}, units: [lb]"), [""; 0]);
    assert_eq!(
        told("best: {squat: 5 kg}"),
        ["`75 %1rm` of `squat` is 2.5 kg in the steps that there are, which is more than a fifth away from it"]
    );
    assert_eq!(told("best: {squat: 10 kg}"), [""; 0]);
}

/// What is said of weights that are stated for somebody with these keys, in a programme with so much of a squat.
fn too_heavy(dose: &str, keys: &str) -> Vec<String> {
    let session = format!("kind: strength\nmain: [{{exercise: squat, dose: {{{dose}}}}}]\nwords: {{name: Heavy}}\n");
    let program = "level: 1\nphases: [{id: a, kind: base, weeks: 2, sessions: [{session: heavy, day: 1}]}]\n\
         words: {name: P, summary: S., goal: G., audience: A.}\n";
    let more = [("sessions/heavy.yaml", session.as_str()), ("programs/heavy.yaml", program)];
    let files = FILES.iter().chain(&more).map(|(name, text)| ((*name).into(), text.as_bytes().into()));
    let loaded = load_files(&Files::from_iter(files));
    let catalog = loaded.catalog.expect("a catalogue");
    let text = format!("- {{id: p-1, program: heavy, {keys}}}\n");
    let mut roster = open(Source::stream("people.yaml", text.as_bytes()), &catalog).expect("a roster");
    let person = roster.next().expect("a person").person.expect("a right person");
    let plan = personalise(&catalog, &catalog.programs["heavy"], &person).expect("a plan").plan;
    let rules = crate::lint::PersonalRules::new(&catalog, &loaded.sources, &[]);
    let found = rules.findings(&catalog.programs["heavy"], &plan, &person).into_iter();
    let found = found.filter(|found| found.code == "unlikely-value");
    found.map(|found| format!("{}: {} = {}", found.code, found.message, found.help.unwrap_or_default())).collect()
}

#[test]
fn weights_that_nobody_lifts_who_has_such_a_best_are_told() {
    assert_eq!(
        too_heavy("reps: 5, load: 60 kg", "best: {squat: 50 kg}"),
        [
            "unlikely-value: the load of `squat` in the programme is more than can be lifted so often by who lifts `best.squat` once = look at \
             `best.squat` and its unit; if it is right, state what they lift with `doses.squat.load`"
        ]
    );
    let own = |dose: &str, keys: &str| too_heavy(dose, &format!("best: {{squat: 100 kg}}, {keys}"));
    let found = own("reps: 5, load: 60 kg", "doses: {squat: {load: 120 kg}}");
    assert!(
        found.len() == 1
            && found[0].starts_with("unlikely-value: `doses.squat.load` is more than can be lifted so often"),
        "{found:?}"
    );
    // As often as a share may be lifted that comes to as much.
    for (dose, load, is_told) in [
        ("reps: 8", "95 kg", true),
        ("reps: 8", "85 kg", false),
        ("reps: 1", "100 kg", false),
        ("reps: 1", "101 kg", true),
        ("reps: 2", "100 kg", true),
        ("reps: 5", "265 lb", true),
        ("reps: 5", "180 lb", false),
        ("reps: amrap", "95 kg", false),
    ] {
        let found = own(dose, &format!("units: [lb], doses: {{squat: {{load: {load}}}}}"));
        assert_eq!(!found.is_empty(), is_told, "{dose} {load}: {found:?}");
    }
    assert_eq!(too_heavy("reps: 5, load: 60 kg", ""), [""; 0]);
    assert_eq!(own("reps: 5, load: 110 %1rm", "units: [kg]"), [""; 0], "`impossible-load` asks shares");
}
