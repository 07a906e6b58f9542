//! `disclaimer-missing`: advice without its limits.

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::CatalogView;
use regimen_model::diagnostic::{Place, Severity};

pub(super) static RULE: Rule = Rule {
    code: "disclaimer-missing",
    severity: Severity::Warning,
    summary: "A catalogue with guides says what its advice is and is not",
    explanation: "A guide is read by people whom its author has never met. The small print under everything that is handed \
out says that it is general advice, and when to ask someone. It is `disclaimer` among the words of the project file; each \
language needs it.

Wrong:

```yaml
words:
  title: Calf care
```

Right:

```yaml
words:
  title: Calf care
  disclaimer: This is general advice. It does not replace advice from someone who knows you.
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    let catalog = view.catalog;
    if catalog.guides.is_empty() {
        return;
    }
    // In other languages, that of the default language stands in.
    let (tag, words) = (catalog.language(), catalog.project_words(catalog.language()));
    if words.is_some_and(|words| words.disclaimer.is_blank()) {
        let (file, path) = catalog.project_words_place(tag);
        let place = Place::key(file, path.key("disclaimer"));
        let finding = report.finding(format!("the catalogue has guides, but no disclaimer in `{tag}`"));
        report.add(finding.at(place, "").help("add `disclaimer:` beside the title"));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn a_catalogue_with_guides_has_a_disclaimer() {
        let guide = "---\ntitle: T\nsummary: S.\n---\nText.\n";
        assert_eq!(Lint::new().of("disclaimer-missing"), [""; 0]);
        let lint = Lint::new().file("guides/g.md", guide);
        assert_eq!(
            lint.of("disclaimer-missing"),
            ["regimen.yaml:2 the catalogue has guides, but no disclaimer in `en`"]
        );
        let blank = lint.clone().file("regimen.yaml", "language: en\nwords: {title: T, disclaimer: \"\\u2060\"}\n");
        assert_eq!(blank.of("disclaimer-missing").len(), 1);
        let lint = lint.file("regimen.yaml", "language: en\nwords: {title: T, disclaimer: General advice.}\n");
        assert_eq!(lint.of("disclaimer-missing"), [""; 0]);
        let german = lint.file("regimen.de.yaml", "title: T\n").of("disclaimer-missing");
        assert_eq!(german, [""; 0], "that of the default language stands in");
    }
}
