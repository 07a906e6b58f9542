//! `no-muscle`: an exercise with an empty list of muscles.

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::CatalogView;
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::model::Exercise;
use regimen_model::vocabulary::ExerciseKind;

pub(super) static RULE: Rule = Rule {
    code: "no-muscle",
    severity: Severity::Error,
    summary: "An exercise with `muscles` names at least one",
    explanation: "An empty list says that no muscle works, which is hardly ever meant. If you do not know which muscles \
work, leave `muscles` out: then nothing is printed, and the rule `incomplete` lists the exercise. The rule does not apply to \
breathing exercises.

Wrong:

```yaml
kind: strength
pattern: hinge
muscles: []
```

Right:

```yaml
kind: strength
pattern: hinge
muscles:
  - {target: muscle-group:hamstrings, role: prime}
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    let all = view.catalog.exercises.values();
    let says_none = |one: &Exercise| one.muscles.as_ref().is_some_and(Vec::is_empty);
    for exercise in all.filter(|one| says_none(one) && one.kind != ExerciseKind::Breathing) {
        let place = Place::key(exercise.file.clone(), FieldPath::root().key("muscles"));
        let finding = report.finding(format!("`muscles` of the exercise `{}` is empty", exercise.id));
        report.add(
            finding
                .at(place, "")
                .help("name at least one: `- {target: muscle-group:hamstrings, role: prime}`, or delete `muscles`"),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn at_least_one_muscle_works() {
        let of = |facts: &str| {
            let text = format!("{facts}\ndefaults: {{reps: 1}}\nwords: {{name: N, steps: [S.]}}\n");
            Lint::new().file("exercises/bare.yaml", &text).of("no-muscle")
        };
        let said = of("kind: strength\nmuscles: []");
        assert_eq!(said, ["exercises/bare.yaml:2 `muscles` of the exercise `bare` is empty"]);
        assert_eq!(of("kind: breathing\nmuscles: []"), [""; 0]);
        assert_eq!(of("kind: strength"), [""; 0], "unknown is not none");
    }
}
