//! `duplicate-name`: two entries that readers cannot tell apart.

use std::collections::BTreeMap;

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{CatalogView, in_languages, words_path};
use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::language::LanguageTag;
use regimen_model::model::{Entity, NamedWords, Table};

pub(super) static RULE: Rule = Rule {
    code: "duplicate-name",
    severity: Severity::Warning,
    summary: "No two entries of a kind have the same name, nor the alias of another",
    explanation:
        "Readers know an exercise by its name. If two have the same one, nobody knows which page is meant, and \
often one of them was written twice. Names and `aliases` are compared in each language without regard to capitals, \
blanks and hyphens. Sessions may have the same name, because a week tells them apart.

Wrong, if another exercise has the name `Box step`:

```yaml
words:
  name: Step-up
  aliases: [Box step]
```

Right:

```yaml
words:
  name: Step-up
  aliases: [Step on a box]
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

/// A name in a language, where it stands, and whose it is.
struct Name<'a> {
    language: &'a LanguageTag,
    text: &'a str,
    place: Place,
    owner: &'a str,
}

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    let catalog = view.catalog;
    let mut names = Vec::new();
    for exercise in catalog.exercises.values() {
        for (language, file, words) in in_languages(exercise, catalog) {
            let path = |key| words_path(exercise, file, key);
            let owner = exercise.id.as_str();
            names.push(Name { language, text: &words.name, place: Place::value(file.clone(), path("name")), owner });
            for (index, alias) in words.aliases.iter().enumerate() {
                let place = Place::value(file.clone(), path("aliases").index(index));
                names.push(Name { language, text: alias, place, owner });
            }
        }
    }
    compare(&names, report);
    compare(&all(catalog, &catalog.muscles, |words| &words.name), report);
    compare(&all(catalog, &catalog.muscle_groups, named), report);
    compare(&all(catalog, &catalog.equipment, named), report);
    compare(&all(catalog, &catalog.conditions, named), report);
    compare(&all(catalog, &catalog.programs, |words| &words.name), report);
}

fn named(words: &NamedWords) -> &str {
    &words.name
}

fn all<'a, T: Entity>(
    catalog: &'a Catalog,
    table: &'a Table<T>,
    name: impl Fn(&'a T::Words) -> &'a str,
) -> Vec<Name<'a>> {
    let mut names = Vec::new();
    for entry in table.values() {
        for (language, file, words) in in_languages(entry, catalog) {
            let path: FieldPath = words_path(entry, file, "name");
            let place = Place::value(file.clone(), path);
            names.push(Name { language, text: name(words), place, owner: entry.id.as_str() });
        }
    }
    names
}

fn compare(names: &[Name<'_>], report: &mut Report<'_>) {
    let mut first: BTreeMap<(&LanguageTag, String), &Name<'_>> = BTreeMap::new();
    for name in names {
        let plain: String = name.text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        if plain.is_empty() {
            continue;
        }
        let earlier = *first.entry((name.language, plain)).or_insert(name);
        if std::ptr::eq(earlier, name) {
            continue;
        }
        let text = name.text.escape_debug();
        let (message, help) = if earlier.owner == name.owner {
            (format!("`{text}` is said twice of `{}`", name.owner), "delete one")
        } else {
            (format!("`{}` and `{}` are both called `{text}`", earlier.owner, name.owner), "give one another name")
        };
        let finding =
            report.finding(message).at(name.place.clone(), "again here").at(earlier.place.clone(), "first here");
        report.add(finding.help(help));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn names_and_aliases_are_told_apart() {
        let of = |name: &str, alias: &str| {
            let text = format!(
                "kind: strength\npattern: hinge\nlaterality: bilateral\nlevel: 1\ndefaults: {{reps: 1}}\n\
                 muscles: [{{target: muscle:soleus, role: prime}}]\nwords:\n  name: {name}\n  aliases: [{alias}]\n  \
                 summary: S.\n  steps: [S.]\n"
            );
            Lint::new().file("exercises/z.yaml", &text).of("duplicate-name")
        };
        assert_eq!(of("the-HINGE", "A"), ["exercises/z.yaml:8 `hinge` and `z` are both called `the-HINGE`"]);
        assert_eq!(of("Z", "The jog"), ["exercises/z.yaml:9 `jog` and `z` are both called `The jog`"]);
        assert_eq!(of("Z", "z"), ["exercises/z.yaml:9 `z` is said twice of `z`"]);
        assert_eq!(of("Z", "A"), [""; 0]);
    }

    #[test]
    fn other_languages_and_kinds_do_not_mix() {
        let german = "name: The jog\nsummary: S.\nsteps: [S.]\n";
        assert_eq!(Lint::new().file("exercises/hinge.de.yaml", german).of("duplicate-name"), [""; 0]);
        let muscle = "{latin: musculus x, region: thigh, side: back, words: {name: The soleus}}";
        assert_eq!(Lint::new().file("muscles/x.yaml", muscle).of("duplicate-name").len(), 1);
    }
}
