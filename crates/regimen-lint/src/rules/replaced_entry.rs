//! `replaced-entry`: a reference to an entry that another one replaces.

use std::collections::BTreeMap;

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::CatalogView;
use regimen_model::catalog::{Catalog, Tabled, by_kind};
use regimen_model::diagnostic::{FieldPath, Place, Severity, Spot};
use regimen_model::model::{Entity, Entry, Table};
use regimen_model::reference::{Id, Kind, Reference};

pub(super) static RULE: Rule = Rule {
    code: "replaced-entry",
    severity: Severity::Error,
    summary: "Nothing refers to an entry that another one replaces",
    explanation: "An entry with `replaced_by` stays, so that pages and calendars that exist already keep working, but \
nothing new should lead there. Every other entry names the one that takes its place. An entry that has only got another id \
needs no `replaced_by`: rename its file and list the old id under `formerly`.

Wrong, if `good-morning` has `replaced_by: romanian-deadlift`:

```yaml
main:
  - exercise: good-morning
```

Right:

```yaml
main:
  - exercise: romanian-deadlift
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

/// An entry that is replaced: what takes its place, and where that is said.
type Replaced = BTreeMap<Reference, (String, Place)>;

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    let replaced = replaced(view.catalog);
    if replaced.is_empty() {
        return;
    }
    let is_replaced = |from: &Option<Reference>| from.as_ref().is_some_and(|from| replaced.contains_key(from));
    for mention in view.catalog.mentions() {
        let Some((now, said)) = replaced.get(&mention.to).filter(|_| !is_replaced(&mention.from)) else { continue };
        let (kind, id) = (mention.to.kind(), mention.to.id());
        let finding = report.finding(format!("the {kind} `{id}` is replaced by `{now}`"));
        let finding = finding.at(mention.place, "referred to here").at(said.clone(), "replaced here");
        report.add(finding.help(format!("name `{now}` instead")));
    }
}

fn replaced(catalog: &Catalog) -> Replaced {
    let mut all = Replaced::new();
    for kind in Kind::ALL {
        by_kind!(kind, T => push(T::table(catalog), &mut all));
    }
    all
}

fn push<T: Entity>(table: &Table<T>, all: &mut Replaced) {
    let found = table.values().filter_map(|entry: &std::sync::Arc<Entry<T>>| {
        let now = last(table, entry)?;
        let path = FieldPath::root().key("replaced_by");
        let said = Place { file: entry.file.clone(), spot: Spot::Value(path) };
        Some((Reference::from(&entry.id), (now.to_string(), said)))
    });
    all.extend(found);
}

/// What stays in the end; `None` for an entry that stays itself, and in a circle, which is an error of its own.
fn last<'a, T: Entity>(table: &'a Table<T>, entry: &'a Entry<T>) -> Option<&'a Id<T>> {
    let after = |id: &&'a Id<T>| table.get(*id).and_then(|entry| entry.id_history.replaced_by.as_ref());
    let first = entry.id_history.replaced_by.as_ref();
    let mut way = std::iter::successors(first, after).take(table.len() + 1);
    way.find(|id| after(id).is_none())
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// Two conditions, the old one with these lines, and an exercise that names one of them.
    fn of(old: &str, named: &str) -> Vec<String> {
        let condition = |name: &str, more: &str| format!("{more}words: {{name: {name}}}\n");
        let exercise = format!("kind: strength, pattern: hinge, defaults: {{reps: 5}}, contraindications: [{named}]");
        let lint = Lint::new().exercise("lift", &exercise, "hamstrings");
        let lint =
            lint.file("conditions/old.yaml", &condition("C", old)).file("conditions/new.yaml", &condition("D", ""));
        lint.all().into_iter().filter(|line| line.contains("old")).collect()
    }

    #[test]
    fn the_new_entry_is_named() {
        assert_eq!(of("", "old"), [""; 0]);
        assert_eq!(of("replaced_by: new\n", "new"), [""; 0]);
        let said = of("replaced_by: new\n", "old");
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("replaced-entry: the condition `old` is replaced by `new`"), "{said:?}");
        assert!(of("replaced_by: nowhere\n", "new")[0].contains("unknown-reference"));
    }

    #[test]
    fn the_last_of_a_chain_is_named_and_none_of_a_circle() {
        let of = |newest: &str| {
            let exercise = "kind: strength, pattern: hinge, defaults: {reps: 5}, contraindications: [old]";
            let lint = Lint::new().exercise("lift", exercise, "hamstrings");
            let condition = |lint: Lint, (id, line): (&str, &str)| {
                lint.file(&format!("conditions/{id}.yaml"), &format!("{line}\nwords: {{name: The {id}}}\n"))
            };
            let conditions = [("old", "replaced_by: new"), ("new", "replaced_by: newest"), ("newest", newest)];
            conditions.into_iter().fold(lint, condition).all()
        };
        let said = of("");
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].ends_with("the condition `old` is replaced by `newest`"), "{said:?}");
        let said = of("replaced_by: new");
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("circle"), "{said:?}");
    }

    #[test]
    fn a_former_id_leads_to_the_entry_that_has_it() {
        let renamed = |named: &str| {
            let exercise =
                format!("kind: strength, pattern: hinge, defaults: {{reps: 5}}, contraindications: [{named}]");
            let lint = Lint::new().exercise("lift", &exercise, "hamstrings");
            let lint = lint.file("conditions/new.yaml", "formerly: [older, old]\nwords: {name: C}\n");
            lint.all().into_iter().filter(|line| line.contains("old")).collect::<Vec<_>>()
        };
        assert_eq!(renamed("new"), [""; 0]);
        assert!(renamed("old")[0].contains("the condition `old` is called `new` now"));
        let clash = Lint::new().file("conditions/new.yaml", "formerly: [old]\nwords: {name: C}\n");
        let clash = clash.file("conditions/old.yaml", "words: {name: D}\n").all();
        assert!(
            clash.iter().any(|line| line.contains("`old` cannot be a former id of the condition `new`")),
            "{clash:?}"
        );
    }
}
