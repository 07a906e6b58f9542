//! What the cards of a programme contain, read as text.

use super::super::{cards, plan_cards};
use super::programs::{ONCE, composed, planned, read};
use super::with_unit;

/// The cards of a plan with these files, with common spaces.
fn cards_of(phases: &str, files: &[(&str, &str)]) -> String {
    let catalog = planned(phases, files);
    let page = composed(&catalog, |unit, plan| plan_cards(unit, &catalog.programs["plan"], plan));
    read(&page.blocks).replace('\u{a0}', " ")
}

#[test]
fn cards_have_what_it_takes_and_the_dose() {
    let catalog = planned(ONCE, &[]);
    let own = read(&with_unit(&catalog, "en", |unit| cards(unit, &[&catalog.exercises["raise"]])).blocks);
    let of_plan = composed(&catalog, |unit, plan| plan_cards(unit, &catalog.programs["plan"], plan));
    let body = "## Steps {raise-steps}\n- Lift.\n- Lower.\n## Keep in mind {raise-cues}\n- Slow.";
    assert_eq!(own, format!("card Raise\nMuscles: Soleus\nHow much: 3 × 8, RPE 7, rest 1 min\n{body}"));
    assert_eq!(read(&of_plan.blocks), own, "the plan has the usual dose");
    assert_eq!(of_plan.title, "Plan");
}

#[test]
fn cards_say_in_how_many_rounds_an_exercise_is_done() {
    let day = "{kind: strength, duration: 30 min, main: [{superset: [{exercise: raise, dose: {reps: 10}}], rounds: 4, rest: 60 s}], \
               words: {name: Day}}";
    let catalog = planned(ONCE, &[("sessions/day.yaml", day)]);
    let card = read(&composed(&catalog, |unit, plan| plan_cards(unit, &catalog.programs["plan"], plan)).blocks);
    let dose = "How much: In turns, 4 rounds, rest 60 s / 10 reps";
    assert!(card.replace('\u{a0}', " ").contains(dose), "{card}");
}

#[test]
fn cards_have_the_notes_of_sessions() {
    let day = |name: &str, note: &str| {
        format!(
            "{{kind: strength, duration: 30 min, main: [{{exercise: raise, note: {note}}}], \
             words: {{name: {name}, texts: {{{note}: Mind the *{note}*.}}}}}}"
        )
    };
    let (one, other) = (day("Day", "knee"), day("Evening", "hip"));
    let cards = cards_of(ONCE, &[("sessions/day.yaml", &one)]);
    assert!(cards.contains("How much: 3 × 8, RPE 7, rest 1 min / Mind the knee.\n"), "{cards}");
    let both = ONCE.replace("}]", "}, {session: evening, day: friday}]");
    let cards = cards_of(&both, &[("sessions/day.yaml", &one), ("sessions/evening.yaml", &other)]);
    let said = "How much: Day: 3 × 8, RPE 7, rest 1 min / Mind the knee. / Evening: 3 × 8, RPE 7, rest 1 min / Mind the hip.\n";
    assert!(cards.contains(said), "{cards}");
}

#[test]
fn cards_name_those_with_which_an_exercise_takes_turns() {
    let day = "{kind: strength, main: [{superset: [{exercise: raise, dose: {reps: 10}}, {exercise: swing, dose: {reps: 5}}], rounds: 4, \
               rest: 60 s}], words: {name: Day}}";
    let swing = "{kind: mobility, words: {name: Swing, steps: [Swing a leg.]}}";
    let cards = cards_of(ONCE, &[("exercises/swing.yaml", swing), ("sessions/day.yaml", day)]);
    for reps in [10, 5] {
        let dose = format!("How much: In turns, 4 rounds, rest 60 s: Raise, Swing / {reps} reps");
        assert!(cards.contains(&dose), "{cards}");
    }
}
