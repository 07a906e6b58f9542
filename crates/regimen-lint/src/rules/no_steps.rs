//! `no-steps`: an exercise that nobody can do from its page.

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{CatalogView, words_path};
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::prose::InlineText;

pub(super) static RULE: Rule = Rule {
    code: "no-steps",
    severity: Severity::Error,
    summary: "An exercise says what to do, step by step",
    explanation:
        "A handout is read by someone who is alone with it. An exercise without steps is only a name to them. \
No step may be blank. A translation without steps \
has those of the default language.

Wrong:

```yaml
words:
  name: Heel raise
  summary: Trains the calf.
  steps: []
```

Right:

```yaml
words:
  name: Heel raise
  summary: Trains the calf.
  steps:
    - Stand tall and touch a wall for balance.
    - Rise on the balls of both feet, then lower your heels slowly.
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    for exercise in view.catalog.exercises.values() {
        for (file, words) in exercise.all_words() {
            let path: FieldPath = words_path(exercise, file, "steps");
            let finding = if words.steps.is_empty() {
                // Those of the default language stand in for a translation.
                if *file != exercise.file {
                    continue;
                }
                let none = report.finding(format!("the exercise `{}` has no steps", exercise.id));
                none.at(Place::key(file.clone(), path), "")
                    .help("say what to do: `steps:`, and below it a line for each step that starts with `- `")
            } else if let Some(blank) = words.steps.iter().position(InlineText::is_blank) {
                let blank_step = report.finding(format!("step {} of `{}` is blank", blank + 1, exercise.id));
                blank_step.at(Place::key(file.clone(), path.index(blank)), "").help("say what to do, or delete it")
            } else {
                continue;
            };
            report.add(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn every_language_says_what_to_do() {
        let of = |steps: &str| {
            let facts = "kind: strength, pattern: hinge, defaults: {reps: 1}";
            let words = format!("name: N\nsummary: S.\nsteps: {steps}\n");
            Lint::new().exercise("one", facts, "calves").file("exercises/one.de.yaml", &words).of("no-steps")
        };
        assert_eq!(of("[]"), [""; 0], "those of the default language stand in");
        assert_eq!(of("[A., \" \"]"), ["exercises/one.de.yaml:3 step 2 of `one` is blank"]);
        assert_eq!(of("[A.]"), [""; 0]);
    }
}
