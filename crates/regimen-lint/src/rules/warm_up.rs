//! `warm-up`: nobody lifts or jumps cold.

use super::{ACSM_2011, Citation};
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{CatalogView, WrittenItem};
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::vocabulary::{ExerciseKind, Pattern, SessionKind};

pub(super) static RULE: Rule = Rule {
    code: "warm-up",
    severity: Severity::Warning,
    summary: "Strength sessions, jumps and sprints begin with a warm-up",
    explanation:
        "Warm muscles contract faster and stretch further. A session of kind `strength` needs something under \
`warm_up`. Before jumps and sprints it is graver, because they load muscles at their full length and speed; then it is \
asked of every session. A sprint is running at RPE 9 or more, up to 400 m or 60 s.

Wrong:

```yaml
kind: strength
duration: 30 min
main:
  - exercise: deadlift
```

Right:

```yaml
kind: strength
duration: 40 min
warm_up:
  - exercise: easy-jog
    dose: {time: 5 min, rpe: 3}
main:
  - exercise: deadlift
```

A `text:` counts as well, for a warm-up that is said in words.
",
    sources: &[
        Citation {
            text: "NHS inform 2022: Warm-up and cool-down",
            address: Some(
                "https://www.nhsinform.scot/healthy-living/keeping-active/before-and-after-exercise/warm-up-and-cool-down/",
            ),
        },
        ACSM_2011,
    ],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    for session in view.catalog.sessions.values().filter(|session| session.warm_up.is_empty()) {
        let place = Place::key(session.file.clone(), FieldPath::root().key("warm_up"));
        let explosive = view.work_items(session).find(is_explosive);
        let finding = if let Some(item) = explosive {
            report
                .finding(format!("`{}` has no warm-up before `{}` (ACSM 2011)", session.id, item.exercise.id))
                .raised()
        } else if view.work_runs(session).any(|run| run.has_sprint() && !run.has_warm_up()) {
            report.finding(format!("`{}` has no warm-up before its sprints (ACSM 2011)", session.id)).raised()
        } else if session.kind == SessionKind::Strength {
            report.finding(format!("the strength session `{}` has no warm-up (NHS inform 2022)", session.id))
        } else {
            continue;
        };
        report.add(finding.at(place, "").help("add `warm_up:` with five to ten minutes that build up slowly"));
    }
}

/// Jumps, and running at full speed.
fn is_explosive(item: &WrittenItem<'_>) -> bool {
    let exercise = item.exercise;
    let sprint = exercise.pattern == Some(Pattern::Gait) && item.dose().is_sprint();
    sprint || exercise.kind == ExerciseKind::Plyometric || exercise.pattern == Some(Pattern::Jump)
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(kind: &str, more: &str, main: &str) -> Vec<String> {
        let text =
            format!("kind: {kind}\nduration: 9 min\n{more}main: [{main}]\nwords: {{name: S, texts: {{t: Walk.}}}}\n");
        let hop = "kind: plyometric, pattern: jump, defaults: {reps: 5}";
        Lint::new().exercise("hop", hop, "calves").file("sessions/s.yaml", &text).of("warm-up")
    }

    #[test]
    fn strength_sessions_need_one() {
        assert_eq!(
            of("strength", "cool_down: [{text: t}]\n", "{exercise: hinge}"),
            ["sessions/s.yaml:1 the strength session `s` has no warm-up (NHS inform 2022)"]
        );
        assert_eq!(of("strength", "warm_up: [{text: t}]\n", "{exercise: hinge}"), [""; 0]);
        assert_eq!(of("mobility", "cool_down: [{text: t}]\n", "{exercise: stretch}"), [""; 0]);
    }

    #[test]
    fn jumps_and_sprints_are_graver() {
        let said = of("run", "cool_down: [{text: t}]\n", "{exercise: hop}");
        assert_eq!(said, ["!sessions/s.yaml:1 `s` has no warm-up before `hop` (ACSM 2011)"]);
        let sprint = "{exercise: jog, dose: {sets: 6, distance: 100 m, rpe: 9}}";
        assert_eq!(of("run", "cool_down: [{text: t}]\n", sprint).len(), 1);
        assert_eq!(of("run", "cool_down: [{text: t}]\n", &sprint.replace("rpe: 9", "rpe: 8")), [""; 0]);
        assert_eq!(of("run", "cool_down: [{text: t}]\n", &sprint.replace("100 m", "800 m")), [""; 0]);
        let steps =
            "{run: [{duration: 10 min, intensity: active}, {repeat: 6, steps: [{duration: 30 s, target: rpe 9}]}]}";
        assert_eq!(
            of("run", "cool_down: [{text: t}]\n", steps),
            ["!sessions/s.yaml:1 `s` has no warm-up before its sprints (ACSM 2011)"]
        );
        assert_eq!(
            of("run", "cool_down: [{text: t}]\n", &steps.replace("intensity: active", "intensity: warm-up")),
            [""; 0]
        );
    }
}
