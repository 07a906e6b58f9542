//! `idle-progression`: a step that changes nothing.

use super::CONVENTION;
use crate::diagnostic::{FieldPath, Place, Severity};
use crate::lint::report::Report;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::{PlanView, SessionView, WeekView};
use crate::model::{Dose, Exercise, Grows, Scheme, Session};
use crate::reference::Id;

pub(super) static RULE: Rule = Rule {
    code: "idle-progression",
    severity: Severity::Warning,
    summary: "A progression changes a dose in the weeks of its phase",
    explanation:
        "A `cap` holds for the upper end of a range. A start that has reached it does not grow, and neither does \
one whose steps are further apart than the phase is long.

Wrong, because 15 repetitions are the cap from the start:

```yaml
exercise: heel-raise
from: {sets: 2, reps: 10-15}
linear: {add: 1 reps, cap: 15 reps}
```

Right:

```yaml
exercise: heel-raise
from: {sets: 2, reps: 8-12}
linear: {add: 1 reps, cap: 15 reps}
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Plan(check),
};

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    for (phase_index, phase) in plan.program.phases.iter().enumerate() {
        let weeks: Vec<&WeekView<'_>> = plan.weeks.iter().filter(|week| week.phase_index() == phase_index).collect();
        for (index, progression) in phase.progression.iter().enumerate() {
            let (Scheme::Linear { .. }, Grows::Exercise(exercise)) = (&progression.scheme, &progression.of) else {
                continue;
            };
            let mut doses = weeks.iter().map(|week| doses(week, exercise, progression.session.as_ref()));
            let Some(first) = doses.next().filter(|doses| weeks.len() > 1 && !doses.is_empty()) else { continue };
            if doses.all(|doses| doses == first) {
                let path =
                    FieldPath::root().key("phases").index(phase_index).key("progression").index(index).key("linear");
                let finding = report.usual("the step changes nothing in all the weeks of its phase");
                let help = "raise its `cap`, which holds for the upper end of a range, or start lower with `from`";
                report.add(finding.at(Place::key(plan.program.file.clone(), path), "").help(help));
            }
        }
    }
}

/// The doses of a week that a progression is meant for.
fn doses<'a>(week: &'a WeekView<'_>, exercise: &Id<Exercise>, only: Option<&Id<Session>>) -> Vec<&'a Dose> {
    let meant = |session: &&SessionView<'_>| only.is_none_or(|id| *id == session.planned.session);
    let tasks = week.sessions.iter().filter(meant).flat_map(|session| session.work());
    tasks.filter(|task| task.view.exercise.id == *exercise).map(|task| task.dose).collect()
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::Lint;

    #[test]
    fn a_step_must_change_something() {
        let of = |weeks: u32, step: &str| {
            let progression = format!("progression: [{{exercise: hinge, linear: {{{step}}}}}]");
            let phase = format!("kind: base, weeks: {weeks}, sessions: [{{session: s, day: monday}}], {progression}");
            Lint::new().session("s", "strength", "{exercise: hinge}").phases(&[&phase]).of("idle-progression")
        };
        let idle = ["programs/p.yaml:3 the step changes nothing in all the weeks of its phase"];
        assert_eq!(of(3, "add: 1 reps, cap: 8 reps"), idle);
        assert_eq!(of(3, "add: 1 reps, every: 3"), idle);
        assert_eq!(of(3, "add: 1 reps, cap: 9 reps"), [""; 0]);
        assert_eq!(of(1, "add: 1 reps, cap: 8 reps"), [""; 0]);
    }
}
