//! `image-alt`: a picture that says nothing to those who do not see it.

use super::Citation;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{CatalogView, words_path};
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::prose::is_blank;

pub(super) static RULE: Rule = Rule {
    code: "image-alt",
    severity: Severity::Error,
    summary: "Every picture is described in words, in every language",
    explanation: "A screen reader reads the description aloud, and a page shows it where the picture does not load. \
Every medium of an exercise has its text under `alt`, by its id.

Wrong:

```yaml
media:
  - {id: overview, file: media/heel-raise.svg, role: overview, author: A. Author, licence: CC0-1.0}
words:
  name: Heel raise
```

Right:

```yaml
media:
  - {id: overview, file: media/heel-raise.svg, role: overview, author: A. Author, licence: CC0-1.0}
words:
  name: Heel raise
  alt:
    overview: A person stands on the balls of both feet, one hand on a wall.
```
",
    sources: &[Citation {
        text: "World Wide Web Consortium 2023: Web Content Accessibility Guidelines 2.2, success criterion 1.1.1",
        address: Some("https://www.w3.org/TR/WCAG22/#non-text-content"),
    }],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    if let Some(logo) = view.catalog.project.brand.logo.as_ref().filter(|logo| is_blank(&logo.alt)) {
        let path = FieldPath::root().key("brand").key("logo").key("alt");
        let finding = report.finding(format!("the logo `{}` has no alternative text", logo.file));
        report
            .add(finding.at(Place::value(regimen_model::PROJECT_FILE, path), "").help("say what it shows: `alt: ...`"));
    }
    for exercise in view.catalog.exercises.values() {
        // Where a translation has none, that of the default language stands in.
        let blank = |id| exercise.words.alt.get(id).is_none_or(|alt| is_blank(alt));
        for media in exercise.media.iter().filter(|media| blank(&media.id)) {
            let path = words_path(exercise, &exercise.file, "alt").key(media.id.as_str());
            let finding = report.finding(format!("the picture `{}` has no alternative text", media.id));
            let help = format!("say what it shows: `alt: {{{}: ...}}` among the words", media.id);
            report.add(finding.at(Place::key(exercise.file.clone(), path), "").help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn every_picture_has_words() {
        let of = |alt: &str| {
            let text = format!(
                "kind: strength\npattern: hinge\nlaterality: bilateral\nlevel: 1\ndefaults: {{reps: 1}}\n\
                 muscles: [{{target: muscle:soleus, role: prime}}]\n\
                 media: [{{id: one, file: media/a.svg, role: overview, author: A, licence: CC0-1.0}}]\n\
                 words:\n  name: N\n  summary: S.\n  steps: [S.]\n  alt: {{{alt}}}\n"
            );
            Lint::new().file("exercises/a.yaml", &text).file("media/a.svg", "<svg/>").of("image-alt")
        };
        assert_eq!(of("one: \" \""), ["exercises/a.yaml:12 the picture `one` has no alternative text"]);
        assert_eq!(of("one: \"\\u200b\"").len(), 1);
        assert_eq!(of("").len(), 1);
        assert_eq!(of("one: A heel."), [""; 0]);
    }
}
