//! `translation-safety`: a translation without the words that keep somebody from harm.

use std::collections::BTreeSet;

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::CatalogView;
use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, Place, Severity};
use regimen_model::join;
use regimen_model::language::LanguageTag;
use regimen_model::model::{Condition, Entity, Entry, Exercise, ExerciseWords, Translation};

pub(super) static RULE: Rule = Rule {
    code: "translation-safety",
    severity: Severity::Error,
    summary: "A translation has the words that say when to stop and who must not start",
    explanation: "Words that a translation lacks are printed in the default language, so nothing is dropped. But a reader \
may not understand them. For most words that is a pity; for these it is dangerous: `stop_if` of an exercise, and the \
name and summary of a condition that an exercise is not to be done with. An exercise that is not translated at all is not \
checked.

Wrong:

```yaml
# exercises/heel-raise.de.yaml, when exercises/heel-raise.yaml has a `stop_if`
name: Fersenheben
```

Right:

```yaml
name: Fersenheben
stop_if:
  - Die Wade schmerzt plötzlich.
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    let catalog = view.catalog;
    for (exercise, language, translation) in without_stop_rule(catalog) {
        let message = format!("`stop_if` of `{}` is not translated into `{language}`", exercise.id);
        let place = Place::key(translation.file.clone(), FieldPath::root().key("stop_if"));
        let help = format!("add `stop_if:` with the lines of `{}` in this language", exercise.file);
        report.add(report.finding(message).at(place, "").help(help));
    }
    for condition in catalog.conditions.values() {
        for (language, translation) in others(catalog, condition) {
            let missing = missing(condition, translation, &["name", "summary"]);
            if let Some(first) = missing.first() {
                let keys: Vec<String> = missing.iter().map(|key| format!("`{key}`")).collect();
                let place = Place::key(translation.file.clone(), FieldPath::root().key(*first));
                let finding = untranslated(report, condition, &keys, language).at(place, "");
                let help = format!("add {} with the words of `{}` in this language", join::and(&keys), condition.file);
                report.add(finding.help(help));
            }
        }
        for language in without_file(catalog, condition) {
            let place = Place::key(condition.file.clone(), FieldPath::root().key("words").key("name"));
            let finding = untranslated(report, condition, &["`name`".to_owned()], language).at(place, "");
            let help = format!("add `conditions/{}.{language}.yaml` with its `name` and `summary`", condition.id);
            report.add(finding.help(help));
        }
    }
}

/// The translations of exercises whose stop rules are missing or show nothing.
pub(super) fn without_stop_rule(
    catalog: &Catalog,
) -> impl Iterator<Item = (&Entry<Exercise>, &LanguageTag, &Translation<ExerciseWords>)> {
    let of_each =
        |exercise| others(catalog, exercise).map(move |(language, translation)| (exercise, language, translation));
    let all = catalog.exercises.values().map(std::convert::AsRef::as_ref).flat_map(of_each);
    all.filter(|(exercise, _, translation)| !missing(exercise, translation, &["stop_if"]).is_empty())
}

fn untranslated(
    report: &Report<'_>,
    condition: &Entry<Condition>,
    keys: &[String],
    language: &LanguageTag,
) -> Diagnostic {
    let are = if keys.len() == 1 { "is" } else { "are" };
    report.finding(format!(
        "{} of the condition `{}` {are} not translated into `{language}`",
        join::and(keys),
        condition.id
    ))
}

/// The translations into languages that readers of the default language do not read as well.
fn others<'a, T: Entity>(
    catalog: &'a Catalog,
    entry: &'a Entry<T>,
) -> impl Iterator<Item = (&'a LanguageTag, &'a Translation<T::Words>)> {
    entry.translations.iter().filter(|(language, _)| !language.sounds_like(catalog.language()))
}

/// The keys for which the words of the default language stand in.
fn missing<T: Entity>(
    entry: &Entry<T>,
    translation: &Translation<T::Words>,
    keys: &[&'static str],
) -> Vec<&'static str> {
    let stood_in = |key: &str| translation.stood_in.get(&FieldPath::root().key(key)) == Some(&entry.file);
    keys.iter().copied().filter(|key| stood_in(key)).collect()
}

/// The languages of translated exercises that name a condition which has no translation.
fn without_file<'a>(catalog: &'a Catalog, condition: &Entry<Condition>) -> BTreeSet<&'a LanguageTag> {
    let naming = |exercise: &&'a std::sync::Arc<Entry<Exercise>>| exercise.contraindications.contains(&condition.id);
    let exercises = catalog.exercises.values().filter(naming);
    let languages = exercises.flat_map(|exercise| others(catalog, exercise)).map(|(language, _)| language);
    languages.filter(|language| condition.translation(language).is_none()).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// What is said of an exercise with a stop rule and a condition, in two languages.
    fn of(exercise: &str, condition: Option<&str>) -> Vec<String> {
        let facts = "kind: strength\npattern: hinge\nlaterality: bilateral\nlevel: 1\ndefaults: {reps: 1}\n\
                     muscles: [{target: muscle:soleus, role: prime}]\ncontraindications: [clot]\n";
        let words = "words: {name: N, summary: S., steps: [A., B., C.], stop_if: [Pain.]}\n";
        let lint = Lint::new()
            .file("exercises/one.yaml", &format!("{facts}{words}"))
            .file("exercises/one.de.yaml", exercise)
            .file("conditions/clot.yaml", "words:\n  name: Clot\n  summary: In a vein.\n");
        let lint = condition.into_iter().fold(lint, |lint, text| lint.file("conditions/clot.de.yaml", text));
        lint.of("translation-safety")
    }

    #[test]
    fn a_stop_rule_that_shows_nothing_is_none() {
        for nothing in ["\"\"", "\"\\u200b\"", "\"[](https://a.example)\"", ""] {
            let words = format!("name: N\nsteps: [A., B., C.]\nstop_if: [{nothing}]\n");
            let found = of(&words, Some("name: G\nsummary: S.\n"));
            assert!(matches!(&*found, [one] if one.contains("`stop_if`")), "{nothing}: {found:?}");
        }
    }

    #[test]
    fn a_translation_says_when_to_stop() {
        let condition = Some("name: Thrombose\nsummary: In einer Vene.\n");
        assert_eq!(of("name: N\nstop_if: [Schmerz.]\n", condition), [""; 0]);
        for missing in ["name: N\n", "name: N\nstop_if: []\n", "summary: S.\n"] {
            let said = of(missing, condition);
            assert!(said.len() == 1 && said[0].contains("`stop_if` of `one` is not translated into `de`"), "{said:?}");
            assert!(said[0].starts_with("exercises/one.de.yaml:"), "{said:?}");
        }
        assert_eq!(of("name: N\nallow: {translation-safety: all of them read English}\n", condition), [""; 0]);
    }

    #[test]
    fn a_translation_says_who_must_not_start() {
        let exercise = "name: N\nstop_if: [Schmerz.]\n";
        let half = "conditions/clot.de.yaml:1 `summary` of the condition `clot` is not translated into `de`";
        for nothing in ["", "summary: \"\"\n", "summary: \"\\u200b\"\n", "summary: \"[](https://a.example)\"\n"] {
            let said = of(exercise, Some(&format!("name: Thrombose\n{nothing}")));
            assert!(
                said.len() == 1 && said[0].contains("`summary` of the condition `clot` is not translated"),
                "{nothing}: {said:?}"
            );
        }
        assert_eq!(of(exercise, Some("name: Thrombose\n")), [half]);
        let none = "conditions/clot.yaml:2 `name` of the condition `clot` is not translated into `de`";
        assert_eq!(of(exercise, None), [none]);
    }

    #[test]
    fn what_is_not_translated_at_all_or_read_by_the_same_people_is_fine() {
        let lint =
            Lint::new().file("conditions/clot.yaml", "words: {name: Clot}\n").file("languages/de.yaml", "name: D\n");
        assert_eq!(lint.of("translation-safety"), [""; 0]);
        let british = lint.file("conditions/clot.en-GB.yaml", "summary: In a vein.\n");
        assert_eq!(british.of("translation-safety"), [""; 0]);
    }
}
