//! `condition-lost`: an exercise that leads to another one without a contraindication of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::CatalogView;
use regimen_model::diagnostic::{Diagnostic, FieldPath, Place, Severity};
use regimen_model::join;
use regimen_model::model::{Condition, Entry, Exercise};
use regimen_model::reference::Id;

pub(super) static RULE: Rule = Rule {
    code: "condition-lost",
    severity: Severity::Warning,
    summary: "An exercise that another one leads to has the same contraindications",
    explanation:
        "A patient who must not do an exercise looks for another one, and finds those that it names: its `substitutes`, \
`regressions` and `progressions`, and the exercise that it is a `variant_of`. If these do not list the condition, the patient is \
led to them without a warning. A variant is compared both ways, because it is the same exercise in another form. An easier \
exercise is often safe with the condition: then say why with `allow`, in the exercise that leads to it. Such a reason is for one \
step: what the easier exercise leads to in turn is asked about there. The rule has no other switch, so that each case is decided by a \
person.

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

/// One exercise that leads to another, and where it says so.
struct Step<'a> {
    from: &'a Entry<Exercise>,
    to: &'a Entry<Exercise>,
    place: Place,
    is_allowed: bool,
}

/// The conditions that get lost at a step, each with the exercise that is marked with it.
type Lost<'a> = BTreeMap<&'a Id<Condition>, &'a Entry<Exercise>>;

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    let steps = steps(view);
    let mut from: BTreeMap<&Id<Exercise>, Vec<usize>> = BTreeMap::new();
    for (index, step) in steps.iter().enumerate() {
        from.entry(&step.from.id).or_default().push(index);
    }
    let mut lost: Vec<Lost<'_>> = steps.iter().map(|_| Lost::new()).collect();
    for condition in view.catalog.conditions.keys() {
        let is_marked = |exercise: &Entry<Exercise>| exercise.contraindications.contains(condition);
        let marked = view.catalog.exercises.values().map(AsRef::as_ref).filter(|exercise| is_marked(exercise));
        // Each exercise that a reader with the condition comes to, with the one that sent the reader away.
        let mut reached: Vec<(&Entry<Exercise>, &Entry<Exercise>)> =
            marked.map(|exercise| (exercise, exercise)).collect();
        let mut safe: BTreeSet<&Id<Exercise>> = BTreeSet::new();
        let mut next = 0;
        while let Some((exercise, marked)) = reached.get(next).copied() {
            let steps = from.get(&exercise.id).into_iter().flatten().map(|index| &steps[*index]);
            // Where a step is not allowed, its own finding comes first.
            let allowed = steps.filter(|step| step.is_allowed && !is_marked(step.to));
            reached.extend(allowed.filter(|step| safe.insert(&step.to.id)).map(|step| (step.to, marked)));
            next += 1;
        }
        for (exercise, marked) in reached {
            for index in from.get(&exercise.id).into_iter().flatten() {
                let Step { to, is_allowed, .. } = &steps[*index];
                // A step to what another one has a reason for needs none of its own.
                if !is_marked(to) && (exercise.id == marked.id || *is_allowed || !safe.contains(&to.id)) {
                    lost[*index].insert(condition, marked);
                }
            }
        }
    }
    for (step, lost) in steps.iter().zip(lost) {
        let (own, brought): (Lost<'_>, Lost<'_>) = lost.into_iter().partition(|(_, marked)| marked.id == step.from.id);
        say(step, &own, report);
        say_brought(step, &brought, report);
    }
}

/// Every step of the catalogue once, a variant both ways.
fn steps<'a>(view: &CatalogView<'a>) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    for from in view.catalog.exercises.values() {
        let mut told = BTreeSet::new();
        for (path, id) in leads_to(from) {
            let Some(to) = view.catalog.exercises.get(id).filter(|to| to.id != from.id && told.insert(&to.id)) else {
                continue;
            };
            let place = Place::value(from.file.clone(), path);
            let is_allowed = view.allows(RULE.code, &place);
            if from.variant_of.as_ref() == Some(&to.id) {
                steps.push(Step { from: to, to: from, place: place.clone(), is_allowed });
            }
            steps.push(Step { from, to, place, is_allowed });
        }
    }
    steps
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

/// A finding if an exercise lacks contraindications of the one that leads to it.
fn say(step: &Step<'_>, lost: &Lost<'_>, report: &mut Report<'_>) {
    let Step { from, to, .. } = step;
    let Some(first) = from.contraindications.iter().position(|id| lost.contains_key(id)) else { return };
    let condition = FieldPath::root().key("contraindications").index(first);
    let names = names(lost);
    let finding =
        report.finding(format!("`{}` leads to `{}`, which is not marked as unsuitable with {names}", from.id, to.id));
    add(step, finding, Place::value(from.file.clone(), condition), &names, report);
}

/// A finding if an exercise lacks contraindications of one that leads to it by way of others, which are safe with them.
fn say_brought(step: &Step<'_>, lost: &Lost<'_>, report: &mut Report<'_>) {
    let Step { from, to, .. } = step;
    let Some((first, marked)) = lost.first_key_value() else { return };
    let names = names(lost);
    let origins: BTreeSet<&Id<Exercise>> = lost.values().map(|marked| &marked.id).collect();
    let origins: Vec<String> = origins.into_iter().map(|id| format!("`{id}`")).collect();
    let finding = report.finding(format!(
        "readers who may not do {} come to `{}`, which leads to `{}`, not marked as unsuitable with {names}",
        join::and(&origins),
        from.id,
        to.id
    ));
    let index = marked.contraindications.iter().position(|id| id == *first).unwrap_or_default();
    let condition = FieldPath::root().key("contraindications").index(index);
    add(step, finding, Place::value(marked.file.clone(), condition), &names, report);
}

fn names(lost: &Lost<'_>) -> String {
    join::and(&lost.keys().map(|id| format!("`{id}`")).collect::<Vec<_>>())
}

/// Adds a finding at a step, with both ways to mend it. `condition` is the contraindication that gets lost.
fn add(step: &Step<'_>, finding: Diagnostic, condition: Place, names: &str, report: &mut Report<'_>) {
    let Step { to, place, .. } = step;
    let them = if names.matches('`').count() == 2 { "it" } else { "them" };
    report.add(finding.at(place.clone(), "").at(condition, "unsuitable with this").help(format!(
        "add {names} to the `contraindications` of `{}` in `{}`; if it is safe with {them}, write `allow: {{condition-lost: why}}` in \
         `{}`",
        to.id, to.file, place.file
    )));
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

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
    fn a_reason_is_for_one_step() {
        let exercise = |facts: &str| {
            format!(
                "{{kind: cardio, pattern: gait, laterality: bilateral, level: 1, equipment: [], defaults: {{reps: 5}}, {facts},\n\
                     muscles: [{{target: muscle:soleus, role: prime}}], words: {{name: N, summary: S., steps: [S.]}}}}\n"
            )
        };
        let all = |b: &str, c: &str| {
            let lint = Lint::new().file("conditions/clot.yaml", "{words: {name: C, summary: S.}}");
            let lint = lint.file(
                "exercises/a.yaml",
                &exercise("contraindications: [clot], substitutes: [b], allow: {condition-lost: b is done lying down}"),
            );
            let lint = lint.file("exercises/b.yaml", &exercise(&format!("substitutes: [c]{b}")));
            lint.file("exercises/c.yaml", &exercise(&format!("substitutes: [d]{c}")))
                .file("exercises/d.yaml", &exercise("substitutes: [a, b]"))
                .of("condition-lost")
        };
        let chain = |from: &str, to: &str| {
            format!(
                "exercises/{from}.yaml:1 readers who may not do `a` come to `{from}`, which leads to `{to}`, not marked as unsuitable \
                 with `clot`"
            )
        };
        let reason = ", allow: {condition-lost: it is done slowly}";
        assert_eq!(all("", ""), [chain("b", "c")], "one step after the other");
        assert_eq!(all(reason, ""), [chain("c", "d")]);
        assert_eq!(all(reason, reason), [""; 0], "`d` leads back to exercises that are marked or known to be safe");
        assert_eq!(
            all(", contraindications: [clot]", ""),
            ["exercises/b.yaml:1 `b` leads to `c`, which is not marked as unsuitable with `clot`"]
        );
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
