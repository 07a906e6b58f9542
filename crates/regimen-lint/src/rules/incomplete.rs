//! `incomplete`: facts that would be good to have.

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::CatalogView;
use regimen_model::diagnostic::{FieldPath, FilePath, Place, Severity};
use regimen_model::model::{Entry, Equipment, Exercise, Muscle};

pub(super) static RULE: Rule = Rule {
    code: "incomplete",
    severity: Severity::Info,
    summary: "An entry states the facts that pages and rules use",
    explanation: "A fact that you leave out is unknown. It is not printed anywhere, and the rules that need it pass the entry \
over. This rule lists for each entry the facts that would be good to have. Add those that you know. Never make one up: an \
unknown fact does no harm, a wrong one does.

- Exercises: `pattern`, `laterality`, `level`, `muscles`, `equipment` (`[]` if none is needed), `defaults` and the \
word `summary`. `mechanic` is listed too if one of these is missing.
- Muscles: `latin`, `region` and `side`.
- Equipment: `kind`.

Wrong, as a reader with no bench does not learn that it needs one:

```yaml
kind: strength
pattern: push-horizontal
```

Right:

```yaml
kind: strength
pattern: push-horizontal
equipment: [[bench, dumbbell]]
```

If you bring many exercises from a database that lacks these facts, switch the rule off in `regimen.yaml`:

```yaml
rules: {incomplete: off}
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    let catalog = view.catalog;
    for exercise in catalog.exercises.values() {
        missing("exercise", exercise.id.as_str(), &exercise.file, &of_exercise(exercise), report);
    }
    for muscle in catalog.muscles.values() {
        missing("muscle", muscle.id.as_str(), &muscle.file, &of_muscle(muscle), report);
    }
    for equipment in catalog.equipment.values() {
        missing("equipment", equipment.id.as_str(), &equipment.file, &of_equipment(equipment), report);
    }
}

/// A key, and whether the entry lacks it.
type Asked = (&'static str, bool);

fn of_exercise(exercise: &Entry<Exercise>) -> Vec<Asked> {
    let mut asked = vec![
        ("pattern", exercise.pattern.is_none()),
        ("laterality", exercise.laterality.is_none()),
        ("level", exercise.level.is_none()),
        ("muscles", exercise.muscles.is_none()),
        ("equipment", exercise.equipment.is_none()),
        ("defaults", exercise.defaults.is_none()),
        ("summary", exercise.words.summary.0.is_empty()),
    ];
    // No page and no rule needs it, so it is no reason for a finding of its own.
    let lacks_more = asked.iter().any(|(_, lacks)| *lacks);
    asked.push(("mechanic", lacks_more && exercise.mechanic.is_none()));
    asked
}

fn of_muscle(muscle: &Muscle) -> Vec<Asked> {
    vec![("latin", muscle.latin.is_none()), ("region", muscle.region.is_none()), ("side", muscle.side.is_none())]
}

fn of_equipment(equipment: &Equipment) -> Vec<Asked> {
    vec![("kind", equipment.kind.is_none())]
}

/// One finding for an entry, with all that it lacks.
fn missing(kind: &str, id: &str, file: &FilePath, asked: &[Asked], report: &mut Report<'_>) {
    let lacking: Vec<&str> = asked.iter().filter(|(_, lacks)| *lacks).map(|(key, _)| *key).collect();
    let Some(first) = lacking.first() else { return };
    let path = |key: &str| match key {
        "summary" => FieldPath::root().key("words").key(key),
        _ => FieldPath::root().key(key),
    };
    let list = lacking.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    let finding = report.finding(format!("the {kind} `{id}` does not state {list}"));
    let finding = finding.at(Place::key(file.clone(), path(first)), "");
    report.add(finding.help("add what you know, and leave out what you do not know"));
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn an_entry_is_listed_once_with_all_that_it_lacks() {
        let words = "words: {name: N, steps: [S.]}\n";
        let of = |facts: &str| {
            Lint::new().file("exercises/bare.yaml", &format!("kind: strength\n{facts}{words}")).of("incomplete")
        };
        let said = of("");
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("the exercise `bare` does not state `pattern`, `laterality`, `level`, `muscles`"));
        let known = "pattern: hinge\nmechanic: compound\nlaterality: bilateral\nlevel: 1\nequipment: []\ndefaults: {reps: 8}\n\
                     muscles: [{target: muscle:soleus, role: prime}]\n";
        assert_eq!(of(known), ["exercises/bare.yaml:9 the exercise `bare` does not state `summary`"]);
    }

    #[test]
    fn muscles_and_equipment_may_lack_facts_too() {
        let lint = Lint::new().file("muscles/psoas.yaml", "words: {name: Psoas}\n");
        let lint = lint.file("equipment/bar.yaml", "words: {name: Bar}\n");
        assert_eq!(
            lint.of("incomplete"),
            [
                "equipment/bar.yaml:1 the equipment `bar` does not state `kind`",
                "muscles/psoas.yaml:1 the muscle `psoas` does not state `latin`, `region`, `side`"
            ]
        );
    }
}
