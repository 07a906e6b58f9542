//! `muscle-twice`: the same muscle given two roles.

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::CatalogView;
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::model::{Entry, Exercise, MuscleUse};

pub(super) static RULE: Rule = Rule {
    code: "muscle-twice",
    severity: Severity::Error,
    summary: "An exercise lists each muscle once",
    explanation: "A muscle that is listed twice has two roles, and nobody knows which one is meant. Two heads of one \
muscle are two different things, and so are a group and one of its muscles.

Wrong:

```yaml
muscles:
  - {target: muscle-group:hamstrings, role: prime}
  - {target: muscle-group:hamstrings, role: stabiliser}
```

Right:

```yaml
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
    for exercise in view.catalog.exercises.values() {
        for (index, muscle) in exercise.muscles().iter().enumerate() {
            let same = |earlier: &MuscleUse| earlier.target == muscle.target && earlier.head == muscle.head;
            let Some(first) = exercise.muscles()[..index].iter().position(same) else { continue };
            let finding = report.finding(format!("`{}` is listed twice", muscle.target.reference()));
            let finding = finding.at(place(exercise, index), "listed again").at(place(exercise, first), "listed first");
            report.add(finding.help("keep the line with the role that is meant"));
        }
    }
}

fn place(exercise: &Entry<Exercise>, index: usize) -> Place {
    Place::value(exercise.file.clone(), FieldPath::root().key("muscles").index(index).key("target"))
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn each_muscle_stands_once() {
        let of = |second: &str| {
            let text = format!(
                "kind: strength\npattern: hinge\nlaterality: bilateral\nlevel: 1\ndefaults: {{reps: 1}}\nmuscles:\n  \
                 - {{target: muscle:soleus, role: prime}}\n  - {{target: {second}, role: synergist}}\n\
                 words: {{name: N, summary: S., steps: [S.]}}\n"
            );
            Lint::new().file("exercises/two.yaml", &text).of("muscle-twice")
        };
        assert_eq!(of("muscle:soleus"), ["exercises/two.yaml:8 `muscle:soleus` is listed twice"]);
        assert_eq!(of("muscle-group:calves"), [""; 0]);
    }
}
