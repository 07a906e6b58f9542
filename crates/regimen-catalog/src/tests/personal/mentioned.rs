//! Texts of a person's plan that lead to exercises which do not suit them.

use super::with;
use crate::people::{Source, open};
use regimen_model::diagnostic::Severity;
use regimen_model::plan::personalise;

/// A programme whose texts name an exercise that is not for knees.
const NAMING: &[(&str, &str)] = &[
    (
        "sessions/easy.yaml",
        "kind: strength\nmain:\n  - {exercise: chair, dose: {sets: 2, reps: 8}, note: chair}\n  - {exercise: lunge, note: lunge}\n  - {text: gym}\n\
         words: {name: Easy, texts: {chair: 'Later the [](exercise:squat).', lunge: 'Or the [](exercise:squat).', gym: 'In a gym, the \
         [](exercise:squat).'}}\n",
    ),
    ("languages/de.yaml", "name: Deutsch\n"),
    ("sessions/easy.de.yaml", "{name: Leicht, texts: {chair: Ruhig., gym: 'Im Studio die [](exercise:squat).'}}\n"),
    (
        "programs/naming.yaml",
        "level: 1\nphases: [{id: a, kind: base, weeks: 1, sessions: [{session: easy, day: 1}]}]\n\
         words: {name: N, summary: S., goal: G., audience: A., notes: [Go., 'You may do the [](exercise:squat).']}\n",
    ),
];

#[test]
fn texts_that_lead_to_what_does_not_suit_somebody_are_named() {
    let catalog = with(NAMING);
    let found = |keys: &str| {
        let text = format!("- {{id: p-1, program: naming, {keys}}}\n");
        let mut roster = open(Source::stream("people.yaml", text.as_bytes()), &catalog).expect("a roster");
        let person = roster.next().expect("a person").person.expect("a right person");
        let plan = personalise(&catalog, &catalog.programs["naming"], &person).expect("a plan");
        plan.findings.into_iter().filter(|found| found.code == "unsuitable-mention").collect::<Vec<_>>()
    };
    let [finding] = &found("conditions: [knee]")[..] else { panic!("one finding") };
    assert_eq!(
        finding.message,
        "`squat` does not suit the condition `knee`, and texts that they read lead to it: `notes[1]` of `naming`, `texts.chair` of \
         `easy`, `texts.gym` of `easy` and `texts.lunge` of `easy`"
    );
    assert_eq!((finding.severity, finding.labels.len()), (Severity::Warning, 4));
    let [finding] = &found("conditions: [knee], without: [lunge]")[..] else { panic!("one finding") };
    assert!(!finding.message.contains("lunge"), "its note goes with it: {}", finding.message);
    let [finding] = &found("conditions: [knee], language: de")[..] else { panic!("one finding") };
    let files: Vec<&str> = finding.labels.iter().map(|label| &*label.place.file).collect();
    assert_eq!(files, ["programs/naming.yaml", "sessions/easy.yaml", "sessions/easy.de.yaml"], "as they read it");
    assert!(!finding.message.contains("chair") && finding.message.contains("lunge"), "{}", finding.message);
    assert!(found("without: [lunge]").is_empty(), "whoever has no such condition may do it");
}
