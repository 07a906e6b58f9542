//! `translation-stale`: a translation of words that have changed since.

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::translations::translations;
use crate::view::CatalogView;
use regimen_model::diagnostic::{FieldPath, Place, Severity};

pub(super) static RULE: Rule = Rule {
    code: "translation-stale",
    severity: Severity::Warning,
    summary: "A translation that names the version it follows is up to date with it",
    explanation: "A translation may say with `follows:` which version of the original words it was made from. \
`regimen show` prints the version, eight letters. Any change to the original's words gives them another version; \
comments, quotes, line breaks and facts do not count. Compare the two, bring the translation up to date, then copy the \
new version from the finding. A translation without `follows` is not checked.

Wrong:

```yaml
# exercises/heel-raise.de.yaml, when the words of exercises/heel-raise.yaml have the version kdfrqnst
name: Fersenheben
follows: bcdfghjk
```

Right:

```yaml
name: Fersenheben
follows: kdfrqnst
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    for translation in translations(view.catalog) {
        let Some((_, now)) = translation.versions.filter(|(follows, now)| follows != now) else { continue };
        let original = &translation.original;
        let finding = report.finding(format!("the words of `{original}` have changed since this translation was made"));
        let place = Place::value(translation.file, FieldPath::root().key("follows"));
        let help =
            format!("compare the words with those of `{original}`; when they say the same, write `follows: {now}`");
        report.add(finding.at(place, "an earlier version, or none that there was").help(help));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    const FACTS: &str = "kind: strength\npattern: hinge\nlaterality: bilateral\nlevel: 1\ndefaults: {reps: 1}\n\
                         muscles: [{target: muscle:soleus, role: prime}]\n";

    fn of(facts: &str, words: &str, follows: &str) -> Vec<String> {
        Lint::new()
            .file("exercises/one.yaml", &format!("{facts}{words}"))
            .file("exercises/one.de.yaml", &format!("name: Eins\nfollows: {follows}\n"))
            .of_with_help("translation-stale")
    }

    #[test]
    fn other_words_are_another_version_and_other_facts_are_not() {
        let words = "words: {name: One, summary: S., steps: [Go there., Come back.]}\n";
        let said = of(FACTS, words, "bcdfghjk");
        let [one] = said.as_slice() else { panic!("{said:?}") };
        let (message, version) = one.split_once("write `follows: ").expect("the line to write");
        assert!(message.starts_with("exercises/one.de.yaml:2 the words of `exercises/one.yaml` have changed"), "{one}");
        let version = version.trim_end_matches('`');
        assert_eq!(of(FACTS, words, version), [""; 0]);
        let written_otherwise = "# A note.\nwords:\n  steps:\n    - Go\n      there.\n    - 'Come back.'\n  summary: S.\n  name: \"One\"\n  cues: []\n";
        assert_eq!(of(&FACTS.replace("level: 1", "level: 2"), written_otherwise, version), [""; 0]);
        for other in [words.replace("there", "away"), words.replace("S.", "S!"), words.replace(", Come back.", "")] {
            assert_eq!(of(FACTS, &other, version).len(), 1, "{other}");
        }
    }

    #[test]
    fn guides_and_the_project_file_have_versions_too() {
        let of = |body: &str, title: &str, follows: (&str, &str)| {
            let project = format!("language: en\nwords: {{title: {title}, disclaimer: D.}}\n");
            Lint::new()
                .file("regimen.yaml", &project)
                .file("regimen.de.yaml", &format!("title: T\nfollows: {}\n", follows.0))
                .file("guides/g.md", &format!("---\ntitle: G\nsummary: S.\n---\n{body}\n"))
                .file("guides/g.de.md", &format!("---\ntitle: G\nfollows: {}\n---\n", follows.1))
                .of_with_help("translation-stale")
        };
        let said = of("Some text.", "T", ("bcdfghjk", "bcdfghjk"));
        let versions: Vec<_> =
            said.iter().filter_map(|one| Some(one.split_once("follows: ")?.1.trim_end_matches('`'))).collect();
        let [guide, project] = versions.as_slice() else { panic!("{said:?}") };
        assert_eq!(of("Some\ntext.", "'T'", (project, guide)), [""; 0]);
        assert_eq!(of("Other text.", "T", (project, guide)).len(), 1);
        assert_eq!(of("Some text.", "U", (project, guide)).len(), 1);
    }
}
