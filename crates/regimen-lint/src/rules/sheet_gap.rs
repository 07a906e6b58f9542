//! `sheet-gap`: what a patient would have to ask about an exercise on the sheet.

use std::collections::{BTreeMap, BTreeSet};

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{PlanView, SessionView, Task, WeekView};
use regimen_model::diagnostic::Severity;
use regimen_model::join;
use regimen_model::model::{Exercise, Session};
use regimen_model::reference::Id;
use regimen_model::vocabulary::{EquipmentKind, ExerciseKind, Laterality, Section};

pub(super) static RULE: Rule = Rule {
    code: "sheet-gap",
    severity: Severity::Info,
    summary: "The sheet of a session says which side, how long to rest, which weight, how fast and how hard",
    explanation: "At home nobody answers a question, so the sheet must. Checked are the doses as they are printed, in the \
sessions of programmes, with what they inherit from the exercise's `defaults`:

- which side: an exercise of one side (`laterality: unilateral`) without `per_side` or `side`;
- how long to rest: several straight sets of strength, power, jumps or isometric work without `rest`;
- which band or weight: an exercise that always needs a band, a free weight or a machine, without `load`, `rpe` or `rir`;
- how fast: repetitions of strength work in a phase of kind `rehab`, without `tempo` or a `hold`;
- how hard: strength, isometric or endurance work without `rpe`, `rir` or `load`.

Only the side is asked of warm-up and cool-down. Blocks by the clock, sets of as many repetitions as possible, and drop sets \
answer for themselves, and so does a load that goes by results (`double`, `by_result`, `stages`). Where the answer is none, say so: `rest: none`, `tempo: none`, `load: none`, `per_side: false`.

Wrong:

```yaml
main:
  - exercise: split-squat
    dose: {sets: 3, reps: 8}
```

Right:

```yaml
main:
  - exercise: split-squat
    dose: {sets: 3, reps: 8, per_side: true, rpe: 7, rest: 60 s}
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Plan(check),
};

/// A question that the sheet leaves open, in the order in which a dose is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Side,
    Rest,
    Weight,
    Speed,
    Effort,
}

impl Gap {
    fn question(self) -> &'static str {
        match self {
            Self::Side => "on which side",
            Self::Rest => "how long to rest between sets",
            Self::Weight => "with which band or weight",
            Self::Speed => "how fast",
            Self::Effort => "how hard",
        }
    }

    /// What answers it.
    fn answer(self) -> &'static str {
        match self {
            Self::Side => "`per_side: true`",
            Self::Rest => "`rest: 60 s`",
            Self::Weight => "`load: band red` or `load: 10 kg`",
            Self::Speed => "`tempo: 3-0-3-0`",
            Self::Effort => "`rpe: 7`",
        }
    }
}

/// An exercise in a part of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Printed<'a> {
    session: &'a Id<Session>,
    section: Section,
    exercise: &'a Id<Exercise>,
}

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let mut found: BTreeMap<Printed<'_>, BTreeSet<Gap>> = BTreeMap::new();
    for week in &plan.weeks {
        for session in week.sessions.iter().flat_map(SessionView::with_choices) {
            for task in &session.tasks {
                let gaps = gaps(plan, week, task);
                if !gaps.is_empty() {
                    let exercise = &task.view.exercise.id;
                    let printed = Printed { session: session.id(), section: task.section, exercise };
                    found.entry(printed).or_default().extend(gaps);
                }
            }
        }
    }
    for (Printed { session, section, exercise }, gaps) in found {
        let Some(place) = plan.catalog.place_of(session, section, exercise) else { continue };
        let questions: Vec<String> = gaps.iter().map(|gap| gap.question().to_owned()).collect();
        let answers: Vec<String> = gaps.iter().map(|gap| gap.answer().to_owned()).collect();
        let message = format!("the sheet of `{session}` does not say of `{exercise}` {}", join::and(&questions));
        let help = format!("add {} to its dose, or to the `defaults` of `{exercise}`", join::and(&answers));
        report.add(report.finding(message).at(place, "").help(help));
    }
}

/// What a sheet leaves open of an exercise.
fn gaps(plan: &PlanView<'_>, week: &WeekView<'_>, task: &Task<'_>) -> BTreeSet<Gap> {
    use ExerciseKind::{Cardio, Isometric, Plyometric, Power, Strength};
    let (exercise, dose) = (task.view.exercise, task.dose());
    let mut gaps = BTreeSet::new();
    if exercise.laterality == Some(Laterality::Unilateral) && dose.leaves_out_side() {
        gaps.insert(Gap::Side);
    }
    if !task.section.is_work() || dose.is_warm_up() {
        return gaps;
    }
    let kind = exercise.kind;
    let rests = !task.is_in_turns() && !dose.is_in_a_row() && dose.has_several_sets() && dose.leaves_out_rest();
    if rests && matches!(kind, Strength | Power | Plyometric | Isometric) {
        gaps.insert(Gap::Rest);
    }
    let has_effort = dose.states_effort() || dose.is_all_out() || task.is_by_the_clock();
    if !has_effort && !dose.states_load() && !task.goes_by_results() {
        if dose.leaves_out_load() && needs_weight(plan, exercise) {
            gaps.insert(Gap::Weight);
        } else if matches!(kind, Strength | Isometric | Cardio) {
            gaps.insert(Gap::Effort);
        }
    }
    let counted = dose.repetitions().is_some() && kind == Strength && !task.is_by_the_clock();
    if counted && week.is_rehab() && dose.leaves_out_tempo() {
        gaps.insert(Gap::Speed);
    }
    gaps
}

/// Whether there is no way to do it without a band or a weight that has to be chosen.
fn needs_weight(plan: &PlanView<'_>, exercise: &Exercise) -> bool {
    let is_weight =
        |kind| matches!(kind, Some(EquipmentKind::Band | EquipmentKind::FreeWeight | EquipmentKind::Machine));
    let pieces = &plan.catalog.catalog.equipment;
    let has_weight = |set: &Vec<_>| set.iter().filter_map(|id| pieces.get(id)).any(|piece| is_weight(piece.kind));
    exercise.equipment.as_ref().is_some_and(|sets| !sets.is_empty() && sets.iter().all(has_weight))
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// The gaps of an exercise with these facts in a session with this main part, in a phase of this kind.
    fn gaps(facts: &str, main: &str, kind: &str) -> Vec<String> {
        let exercise = format!(
            "{{{facts}, level: 1, pattern: squat, muscles: [{{target: muscle:soleus, role: prime}}],\n\
             words: {{name: N, summary: S., steps: [Do it.]}}}}\n"
        );
        let phase = format!("kind: {kind}, weeks: 2, sessions: [{{session: s, day: monday}}]");
        let lint = Lint::new().file("exercises/e.yaml", &exercise).session("s", "strength", main).phases(&[&phase]);
        let lint = ["band", "machine", "other"].iter().fold(lint, |lint, kind| {
            lint.file(&format!("equipment/{kind}.yaml"), &format!("{{kind: {kind}, words: {{name: The {kind}}}}}"))
        });
        let of = lint.of("sheet-gap").into_iter();
        of.map(|line| line.replace("sessions/s.yaml:4 the sheet of `s` does not say of `e` ", "")).collect()
    }

    const PLAIN: &str = "kind: strength, laterality: bilateral, defaults: {reps: 8}";

    #[test]
    fn a_dose_answers_the_questions_of_its_exercise() {
        let straight = |facts: &str, dose: &str| gaps(facts, &format!("{{exercise: e, dose: {{{dose}}}}}"), "base");
        let one_side = PLAIN.replace("bilateral", "unilateral");
        assert_eq!(
            straight(&one_side, "sets: 3, reps: 8"),
            ["on which side, how long to rest between sets and how hard"]
        );
        assert_eq!(straight(&one_side, "sets: 3, reps: 8, per_side: true, rest: 60 s, rpe: 7"), [""; 0]);
        assert_eq!(straight(&one_side, "sets: 3, reps: 8, per_side: false, rest: none, rir: 2"), [""; 0]);
        let defaults = one_side.replace("{reps: 8}", "{reps: 8, sets: 2, per_side: true, rest: 60 s}");
        assert_eq!(straight(&defaults, "sets: 3, reps: 8, rpe: 7"), [""; 0], "side and rest are inherited");
        assert_eq!(straight(PLAIN, "sets: 1, reps: 8, rpe: 7"), [""; 0]);
        assert_eq!(straight(PLAIN, "sets: 2, reps: amrap"), ["how long to rest between sets"]);
        let band = format!("{PLAIN}, equipment: [[band], [machine, other]]");
        assert_eq!(straight(&band, "reps: 8"), ["with which band or weight"]);
        assert_eq!(straight(&band, "reps: 8, load: band red"), [""; 0]);
        assert_eq!(straight(&format!("{PLAIN}, equipment: [[band], []]"), "reps: 8"), ["how hard"]);
        let stretch = PLAIN.replace("strength", "static-stretch");
        assert_eq!(straight(&stretch, "sets: 3, hold: 20 s"), [""; 0]);
    }

    #[test]
    fn a_load_that_goes_by_results_is_the_readers_own() {
        let phase =
            |progression: &str| format!("kind: base, weeks: 2, sessions: [{{session: s, day: monday}}]{progression}");
        let of = |progression: &str| {
            let barbell = "{kind: free-weight, words: {name: The bar}}";
            let facts = "kind: strength, pattern: squat, equipment: [[bar]]";
            let main = "{exercise: lift, dose: {sets: 3, reps: 8-12, rest: 60 s}}";
            let lint = Lint::new().file("equipment/bar.yaml", barbell).exercise("lift", facts, "glutes");
            lint.session("s", "strength", main).phases(&[&phase(progression)]).of("sheet-gap")
        };
        assert_eq!(of("").len(), 1);
        assert_eq!(of(", progression: [{exercise: lift, double: {reps: 8-12, add: 2.5 kg}}]"), [""; 0]);
    }

    #[test]
    fn phases_blocks_and_parts_ask_their_own() {
        let dose = "{exercise: e, dose: {reps: 8, rpe: 7}}";
        assert_eq!(gaps(PLAIN, dose, "rehab"), ["how fast"]);
        assert_eq!(gaps(PLAIN, "{exercise: e, dose: {reps: 8, rpe: 7, tempo: none}}", "rehab"), [""; 0]);
        assert_eq!(gaps(PLAIN, "{emom: [{exercise: e, dose: {reps: 8}}], rounds: 5}", "base"), [""; 0]);
        assert_eq!(gaps(PLAIN, "{superset: [{exercise: e, dose: {reps: 8}}], rounds: 3}", "base"), ["how hard"]);
        let warm_up = "kind: strength\nduration: 30 min\nwarm_up:\n- {exercise: hinge}\nmain: [{text: t}]\n\
                       words: {name: S, texts: {t: T.}}\n";
        let lint = Lint::new().program("", "strength", 1).file("sessions/s.yaml", warm_up);
        assert_eq!(lint.of("sheet-gap"), [""; 0]);
        let project = "language: en\nrules: {sheet-gap: off}\nwords: {title: T}\n";
        assert_eq!(Lint::new().program("", "strength", 1).file("regimen.yaml", project).of("sheet-gap"), [""; 0]);
    }

    #[test]
    fn what_may_be_done_instead_is_asked_too() {
        let of = |dose: &str| {
            let phase = "kind: base, weeks: 1, sessions: [{session: s, day: monday, or: [other]}]";
            let lint = Lint::new().session("s", "strength", "{exercise: hinge, dose: {reps: 8, rpe: 7}}");
            let lint = lint.session("other", "strength", &format!("{{exercise: hinge, dose: {{{dose}}}}}"));
            lint.phases(&[phase]).of("sheet-gap")
        };
        assert_eq!(of("reps: 8"), ["sessions/other.yaml:4 the sheet of `other` does not say of `hinge` how hard"]);
        assert_eq!(of("reps: 8, rpe: 7"), [""; 0]);
    }
}
