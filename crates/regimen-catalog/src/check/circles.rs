//! `circle`: what leads to another entry and back again.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::{Entity, Entry, Table};
use crate::reference::Id;

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    replacements(&catalog.muscles, &mut findings);
    replacements(&catalog.muscle_groups, &mut findings);
    replacements(&catalog.equipment, &mut findings);
    replacements(&catalog.conditions, &mut findings);
    replacements(&catalog.exercises, &mut findings);
    replacements(&catalog.fragments, &mut findings);
    replacements(&catalog.sessions, &mut findings);
    replacements(&catalog.programs, &mut findings);
    replacements(&catalog.guides, &mut findings);
    replacements(&catalog.sources, &mut findings);
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
        of: |entry| entry.succession.replaced_by.as_ref(),
        table,
    };
    step.circles(findings);
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
    use crate::lint::testing::Lint;

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
}
