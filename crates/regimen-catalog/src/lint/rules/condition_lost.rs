//! `condition-lost`: an exercise that leads to another one without a contraindication of its own.

use std::collections::BTreeSet;

use super::CONVENTION;
use crate::diagnostic::{FieldPath, Place, Severity};
use crate::lint::report::Report;
use crate::lint::rule::{Check, Rule};
use crate::lint::view::{CatalogView, listed};
use crate::model::{Condition, Entry, Exercise};
use crate::reference::Id;

pub(super) static RULE: Rule = Rule {
    code: "condition-lost",
    severity: Severity::Warning,
    summary: "An exercise that another one leads to has the same contraindications",
    explanation:
        "A patient who must not do an exercise looks for another one, and finds those that it names: its `substitutes`, \
`regressions` and `progressions`, and the exercise that it is a `variant_of`. If these do not list the condition, the patient is \
led to them without a warning. A variant is compared both ways, because it is the same exercise in another form. An easier \
exercise is often safe with the condition: then say why with `allow`, in the exercise that leads to it. The rule has no other \
switch, so that each case is decided by a person.

Wrong:

```yaml
# exercises/romanian-deadlift.yaml
substitutes: [deadlift]
contraindications: [acute-low-back-pain]
# and exercises/deadlift.yaml has no contraindications
```

Right:

```yaml
# exercises/romanian-deadlift.yaml
substitutes: [deadlift]
contraindications: [acute-low-back-pain]
# and in exercises/deadlift.yaml: contraindications: [acute-low-back-pain]
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    for from in view.catalog.exercises.values() {
        let mut told = BTreeSet::new();
        for (path, id) in leads_to(from) {
            let Some(to) = view.catalog.exercises.get(id).filter(|to| to.id != from.id && told.insert(&to.id)) else {
                continue;
            };
            let is_variant = from.variant_of.as_ref() == Some(&to.id);
            let place = Place::value(from.file.clone(), path);
            say((from, to), &place, report);
            if is_variant {
                say((to, from), &place, report);
            }
        }
    }
}

/// The exercises that an exercise leads to, each with where it says so.
fn leads_to(exercise: &Exercise) -> impl Iterator<Item = (FieldPath, &Id<Exercise>)> {
    let lists = [
        ("substitutes", &exercise.substitutes),
        ("regressions", &exercise.regressions),
        ("progressions", &exercise.progressions),
    ];
    let in_lists = lists.into_iter().flat_map(|(key, ids)| {
        ids.iter().enumerate().map(move |(index, id)| (FieldPath::root().key(key).index(index), id))
    });
    let variant = exercise.variant_of.iter().map(|id| (FieldPath::root().key("variant_of"), id));
    variant.chain(in_lists)
}

/// A finding if `to` lacks a contraindication of `from`.
fn say((from, to): (&Entry<Exercise>, &Entry<Exercise>), place: &Place, report: &mut Report<'_>) {
    let lost = from.contraindications.iter().enumerate().filter(|(_, id)| !to.contraindications.contains(id));
    let lost: Vec<(usize, &Id<Condition>)> = lost.collect();
    let Some((first, _)) = lost.first() else { return };
    let names: Vec<String> = lost.iter().map(|(_, id)| format!("`{id}`")).collect();
    let (names, them) = (listed(&names), if lost.len() == 1 { "it" } else { "them" });
    let condition = FieldPath::root().key("contraindications").index(*first);
    let finding =
        report.usual(format!("`{}` leads to `{}`, which is not marked as unsuitable with {names}", from.id, to.id));
    let finding = finding.at(place.clone(), "").at(Place::value(from.file.clone(), condition), "unsuitable with this");
    report.add(finding.help(format!(
        "add {names} to the `contraindications` of `{}` in `{}`; if it is safe with {them}, write `allow: {{condition-lost: why}}` in \
         `{}`",
        to.id, to.file, place.file
    )));
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::Lint;

    /// An exercise `a` with these facts beside an exercise `b` with those.
    fn lint(a: &str, b: &str) -> Lint {
        let condition = "{words: {name: C, summary: S.}}";
        let exercise = |facts: &str| {
            format!(
                "kind: strength\npattern: squat\nlaterality: bilateral\nlevel: 1\ndefaults: {{reps: 5}}\n\
                 muscles: [{{target: muscle:soleus, role: prime}}]\n{facts}\nwords: {{name: N, summary: S., steps: [S.]}}\n"
            )
        };
        let lint = Lint::new().file("conditions/clot.yaml", condition).file("conditions/fracture.yaml", condition);
        lint.file("exercises/a.yaml", &exercise(a)).file("exercises/b.yaml", &exercise(b))
    }

    #[test]
    fn each_way_to_another_exercise_keeps_the_contraindications() {
        let of = |key: &str, a: &str, b: &str| {
            let back = match key {
                "progressions: [b]" => "regressions: [a]\n",
                "regressions: [b]" => "progressions: [a]\n",
                _ => "",
            };
            lint(&format!("{key}\ncontraindications: [{a}]"), &format!("{back}contraindications: [{b}]"))
                .of("condition-lost")
        };
        for key in ["substitutes: [b]", "progressions: [b]", "regressions: [b]", "variant_of: b"] {
            assert_eq!(
                of(key, "clot, fracture", "fracture"),
                ["exercises/a.yaml:7 `a` leads to `b`, which is not marked as unsuitable with `clot`"],
                "{key}"
            );
            assert_eq!(of(key, "clot", "fracture, clot").len(), usize::from(key != "substitutes: [b]"), "{key}");
            assert_eq!(of(key, "clot", "clot"), [""; 0]);
        }
        assert_eq!(
            of("variant_of: b", "", "clot"),
            ["exercises/a.yaml:7 `b` leads to `a`, which is not marked as unsuitable with `clot`"]
        );
        assert_eq!(of("variant_of: b\nsubstitutes: [b]", "clot", "").len(), 1, "said once");
    }

    #[test]
    fn only_a_reason_silences_it() {
        let lost = lint("substitutes: [b]\ncontraindications: [clot]", "");
        let off = |level: &str| {
            let project = format!("language: en\nrules: {{condition-lost: {level}}}\nwords: {{title: T}}\n");
            lost.clone().file("regimen.yaml", &project).all()
        };
        for level in ["off", "{severity: off}"] {
            let said = off(level);
            assert!(said[0].contains("`condition-lost` cannot be turned off"), "{said:?}");
        }
        assert!(
            off("error").iter().any(|line| line.contains("condition-lost: `a` leads to `b`")),
            "{:?}",
            off("error")
        );
        let allowed =
            lint("substitutes: [b]\ncontraindications: [clot]\nallow: {condition-lost: it is done without weight}", "");
        assert_eq!(allowed.of("condition-lost"), [""; 0]);
    }
}
