//! `no-muscle`: an exercise that trains nothing.

use super::CONVENTION;
use crate::diagnostic::{FieldPath, Place, Severity};
use crate::lint::report::Report;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::CatalogView;
use crate::vocabulary::ExerciseKind;

pub(super) static RULE: Rule = Rule {
    code: "no-muscle",
    severity: Severity::Error,
    summary: "An exercise says which muscles work",
    explanation: "Cards show the muscles, and every rule on how often a muscle is trained counts them. An exercise \
without any is passed over there without a word. Breathing exercises are not asked.

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
    for exercise in all.filter(|one| one.muscles.is_empty() && one.kind != ExerciseKind::Breathing) {
        let place = Place::key(exercise.file.clone(), FieldPath::root().key("muscles"));
        let finding = report.usual(format!("the exercise `{}` trains no muscle", exercise.id));
        report.add(finding.at(place, "").help("name at least one: `- {target: muscle-group:hamstrings, role: prime}`"));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::Lint;

    #[test]
    fn at_least_one_muscle_works() {
        let of = |kind: &str| {
            let text = format!(
                "kind: {kind}\npattern: hinge\nlaterality: bilateral\nlevel: 1\nmuscles: []\ndefaults: {{reps: 1}}\n\
                 words: {{name: N, summary: S., steps: [S.]}}\n"
            );
            Lint::new().file("exercises/bare.yaml", &text).of("no-muscle")
        };
        assert_eq!(of("strength"), ["exercises/bare.yaml:5 the exercise `bare` trains no muscle"]);
        assert_eq!(of("breathing"), [""; 0]);
    }
}
