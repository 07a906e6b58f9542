//! `strength-and-mobility`: what is strengthened is moved as well.

use std::collections::BTreeSet;

use super::ACSM_2011;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{MuscleOrGroup, PlanView};
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::join;
use regimen_model::vocabulary::{ExerciseKind, SessionKind};

pub(super) static RULE: Rule = Rule {
    code: "strength-and-mobility",
    severity: Severity::Warning,
    summary: "A programme has strength and mobility for the same muscles",
    explanation: "A strong muscle that cannot lengthen is half of the work, and so is a supple one that cannot hold. A \
programme with strength sessions has at least one mobility exercise or stretch, in any part of a session, for a group \
with `major: true` that it strengthens; a programme with mobility sessions has hard sets. \
Without them the finding is milder, because a handout of stretches may be all that is wanted. Programmes with neither kind of \
session, such as plans of runs alone, are not asked.

Wrong: `strength` is all there is, and nothing in it stretches.

```yaml
sessions:
  - {session: strength, day: tuesday}
  - {session: strength, day: friday}
```

Right:

```yaml
sessions:
  - {session: strength, day: tuesday}
  - {session: mobility, day: thursday}
  - {session: strength, day: friday}
```
",
    sources: &[ACSM_2011],
    thresholds: &[],
    rising: &[],
    check: Check::Plan(check),
};

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let has = |kind: SessionKind| plan.sessions().any(|session| session.kind() == kind);
    let major = |target: &MuscleOrGroup<'_>| plan.catalog.is_major(*target);
    let strengthened = plan.weeks.iter().flat_map(|week| week.sets.keys().copied());
    let strengthened: BTreeSet<MuscleOrGroup<'_>> = strengthened.filter(major).collect();
    let tasks = plan.sessions().flat_map(|session| &session.tasks);
    let moves = tasks.filter(|task| {
        use ExerciseKind::{DynamicStretch, Mobility, StaticStretch};
        matches!(task.view.exercise.kind, Mobility | StaticStretch | DynamicStretch)
    });
    let moved: BTreeSet<MuscleOrGroup<'_>> =
        moves.flat_map(|task| task.view.prime.iter().copied()).filter(major).collect();
    let place = Place::key(plan.program.file.clone(), FieldPath::root().key("phases"));
    let names = |targets: &BTreeSet<MuscleOrGroup<'_>>| {
        join::and(&targets.iter().take(4).map(|target| format!("`{target}`")).collect::<Vec<_>>())
    };
    if has(SessionKind::Strength) && !strengthened.is_empty() && strengthened.is_disjoint(&moved) {
        let message = format!("the programme strengthens {}, but has no mobility for them", names(&strengthened));
        let finding = report.finding(format!("{message} (ACSM 2011)")).at(place, "");
        report.add(finding.help("stretch them in the cool-down, or add a session of kind `mobility`"));
    } else if has(SessionKind::Mobility) && !moved.is_empty() && strengthened.is_empty() {
        let message = format!("the programme has mobility for {}, but no strength", names(&moved));
        let finding = report.finding(format!("{message} (ACSM 2011)")).lowered().at(place, "");
        report.add(finding.help("add a session of kind `strength` for them"));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(kind: &str, main: &str, cool_down: &str) -> Vec<String> {
        let text = format!(
            "kind: {kind}\nduration: 9 min\nwarm_up: [{{text: t}}]\nmain: [{{exercise: {main}}}]\n\
             cool_down: [{cool_down}]\nwords: {{name: S, texts: {{t: Walk.}}}}\n"
        );
        Lint::new().program("", "strength", 1).file("sessions/s.yaml", &text).of("strength-and-mobility")
    }

    #[test]
    fn both_belong_together() {
        assert_eq!(
            of("strength", "hinge", "{text: t}"),
            ["programs/p.yaml:2 the programme strengthens `hamstrings`, but has no mobility for them (ACSM 2011)"]
        );
        assert_eq!(of("strength", "hinge", "{exercise: stretch}"), [""; 0]);
        assert_eq!(
            of("mobility", "stretch", "{text: t}"),
            ["?programs/p.yaml:2 the programme has mobility for `hamstrings`, but no strength (ACSM 2011)"]
        );
        assert_eq!(of("run", "jog", "{exercise: stretch}"), [""; 0], "a plan of runs");
    }
}
