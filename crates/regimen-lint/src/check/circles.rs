//! `circle`: what leads to another entry and back again.

use std::collections::BTreeSet;
use std::sync::Arc;

use regimen_model::catalog::{Catalog, Tabled, by_kind};
use regimen_model::diagnostic::{Diagnostic, FieldPath, Place};
use regimen_model::model::{Entity, Entry, Exercise, Table};
use regimen_model::reference::{Id, Kind};

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for kind in Kind::ALL {
        by_kind!(kind, T => replacements(T::table(catalog), &mut findings));
    }
    variants(&catalog.exercises, &mut findings);
    substitutes(&catalog.exercises, |exercise| &exercise.substitutes, &mut findings);
    substitutes(&catalog.equipment, |equipment| &equipment.substitutes, &mut findings);
    findings
}

/// A key that names one entry of the same kind, and how it is spoken of.
struct Step<'a, T: Entity> {
    key: &'static str,
    relation: &'static str,
    way_out: &'static str,
    of: fn(&Entry<T>) -> Option<&Id<T>>,
    table: &'a Table<T>,
}

fn replacements<T: Entity>(table: &Table<T>, findings: &mut Vec<Diagnostic>) {
    let step = Step {
        key: "replaced_by",
        relation: "replaced by",
        way_out: "delete `replaced_by` in the entry that stays",
        of: |entry| entry.id_history.replaced_by.as_ref(),
        table,
    };
    step.circles(findings);
}

fn variants(table: &Table<Exercise>, findings: &mut Vec<Diagnostic>) {
    let step = Step {
        key: "variant_of",
        relation: "a form of",
        way_out: "delete `variant_of` in the exercise that the others are forms of",
        of: |exercise: &Entry<Exercise>| exercise.variant_of.as_ref(),
        table,
    };
    step.circles(findings);
}

/// What can take the place of something is something else. That two take each other's place is fine.
fn substitutes<T: Entity>(table: &Table<T>, of: fn(&T) -> &[Id<T>], findings: &mut Vec<Diagnostic>) {
    for entry in table.values() {
        let Some(index) = of(entry).iter().position(|id| *id == entry.id) else { continue };
        let place = Place::value(entry.file.clone(), FieldPath::root().key("substitutes").index(index));
        let wrong = Diagnostic::error("circle", format!("the {} `{}` is its own substitute", T::KIND, entry.id));
        findings.push(wrong.at(place, "").help("delete it here, or name what was meant"));
    }
}

impl<'a, T: Entity> Step<'a, T> {
    /// Every circle once, at its first entry.
    fn circles(&self, findings: &mut Vec<Diagnostic>) {
        let mut seen: BTreeSet<&Id<T>> = BTreeSet::new();
        for start in self.table.values() {
            let mut way: Vec<&'a Entry<T>> = Vec::new();
            let mut next = Some(start);
            while let Some(entry) = next.filter(|entry| seen.insert(&entry.id)) {
                way.push(entry);
                next = self.after(entry);
            }
            let back = next.and_then(|next| way.iter().position(|entry| entry.id == next.id));
            findings.extend(back.and_then(|back| self.finding(&way[back..])));
        }
    }

    fn after(&self, entry: &Entry<T>) -> Option<&'a Arc<Entry<T>>> {
        (self.of)(entry).and_then(|id| self.table.get(id))
    }

    /// What is said of a circle; `None` for an empty one.
    fn finding(&self, circle: &[&Entry<T>]) -> Option<Diagnostic> {
        let (first, others) = circle.split_first()?;
        let names: Vec<String> = others.iter().map(|entry| format!("`{}`", entry.id)).collect();
        let by_way = if names.is_empty() { String::new() } else { format!(", by way of {}", names.join(", ")) };
        let message = format!("the {} `{}` is {} itself{by_way}", T::KIND, first.id, self.relation);
        let place = |entry: &Entry<T>| Place::value(entry.file.clone(), FieldPath::root().key(self.key));
        let finding = Diagnostic::error("circle", message).at(place(first), "");
        let finding = others.iter().fold(finding, |found, entry| found.at(place(entry), "and on from here"));
        Some(finding.help(self.way_out))
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// Conditions with a line each, and what is said of circles.
    fn of(conditions: &[(&str, &str)]) -> Vec<String> {
        let add = |lint: Lint, (id, line): &(&str, &str)| {
            lint.file(&format!("conditions/{id}.yaml"), &format!("{line}\nwords: {{name: The {id}}}\n"))
        };
        conditions.iter().fold(Lint::new(), add).all()
    }

    #[test]
    fn a_replacement_ends_somewhere() {
        assert_eq!(of(&[("a", "replaced_by: b"), ("b", "replaced_by: c"), ("c", "")]), [""; 0]);
        assert_eq!(
            of(&[("a", "replaced_by: a")]),
            ["conditions/a.yaml:1:14 circle: the condition `a` is replaced by itself"]
        );
        assert_eq!(
            of(&[("a", "replaced_by: b"), ("b", "replaced_by: c"), ("c", "replaced_by: b")]),
            ["conditions/b.yaml:1:14 circle: the condition `b` is replaced by itself, by way of `c`"]
        );
    }

    #[test]
    fn an_exercise_is_a_form_and_a_substitute_of_others() {
        let of = |lift: &str, pull: &str| {
            let facts = |more: &str| format!("kind: strength, pattern: hinge, defaults: {{reps: 5}}, {more}");
            let lint = Lint::new().exercise("lift", &facts(lift), "hamstrings");
            lint.exercise("pull", &facts(pull), "hamstrings").all()
        };
        let fine = of("variant_of: pull, substitutes: [pull]", "variant_of: hinge, substitutes: [lift]");
        assert_eq!(fine, [""; 0]);
        for (lift, pull, expected) in [
            ("variant_of: lift", "tags: []", "the exercise `lift` is a form of itself"),
            ("variant_of: pull", "variant_of: lift", "the exercise `lift` is a form of itself, by way of `pull`"),
            ("substitutes: [hinge, lift]", "tags: []", "the exercise `lift` is its own substitute"),
        ] {
            let said = of(lift, pull);
            assert!(said.len() == 1 && said[0].ends_with(&format!("circle: {expected}")), "{said:?}");
        }
    }
}
