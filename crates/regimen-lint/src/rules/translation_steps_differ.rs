//! `translation-steps-differ`: a translated list that is longer or shorter than the original.

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::translations::translations;
use crate::view::CatalogView;
use regimen_model::diagnostic::{FieldPath, Place, Severity};

pub(super) static RULE: Rule = Rule {
    code: "translation-steps-differ",
    severity: Severity::Warning,
    summary: "A translated list has as many items as the original",
    explanation: "A list that a translation has is printed as it is there, never mixed with the original's. So a step that \
is missing in it is missing on paper. Checked are `setup`, `steps`, `cues`, `mistakes` and `stop_if` of exercises and `notes` \
of programmes. A list that the translation leaves out is printed in the default language.

Wrong:

```yaml
# The original has two steps.
name: Fersenheben
steps:
  - Steig auf die Ballen.
```

Right:

```yaml
name: Fersenheben
steps:
  - Steig auf die Ballen.
  - Senk die Fersen langsam.
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    for translation in translations(view.catalog) {
        for (key, own, original) in translation.lists.iter().filter(|(_, own, original)| own != original) {
            let items = if *own == 1 { "1 item".to_owned() } else { format!("{own} items") };
            let message = format!(
                "`{key}` has {items} in `{}`, but {original} in `{}`",
                translation.language, translation.original
            );
            let place = Place::key(translation.file.clone(), FieldPath::root().key(*key));
            let help =
                format!("translate each item of `{key}` as one item, or leave `{key}` out to print the original's");
            report.add(report.finding(message).at(place, "").help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn lists_of_a_translation_are_as_long_as_the_original() {
        let of = |words: &str| {
            Lint::new().file("exercises/hinge.de.yaml", &format!("name: N\n{words}\n")).of("translation-steps-differ")
        };
        let shorter = "exercises/hinge.de.yaml:2 `steps` has 2 items in `de`, but 1 in `exercises/hinge.yaml`";
        assert_eq!(of("steps: [A., B.]"), [shorter]);
        let added = "exercises/hinge.de.yaml:2 `cues` has 1 item in `de`, but 0 in `exercises/hinge.yaml`";
        assert_eq!(of("cues: [A.]"), [added]);
        for fine in ["steps: [A.]", "summary: S.", "aliases: [A, B]"] {
            assert_eq!(of(fine), [""; 0], "{fine}");
        }
        assert_eq!(of("steps: [A., B.]\nallow: {translation-steps-differ: German needs two}"), [""; 0]);
    }

    #[test]
    fn notes_of_programmes_are_compared() {
        let lint = Lint::new().program("", "strength", 1).file("programs/p.de.yaml", "notes: [A.]\n");
        assert_eq!(
            lint.of("translation-steps-differ"),
            ["programs/p.de.yaml:1 `notes` has 1 item in `de`, but 0 in `programs/p.yaml`"]
        );
    }
}
