//! `template-text`: sentences that `regimen new` wrote for the author to replace.

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{CatalogView, in_languages};
use regimen_model::catalog::{Tabled, by_kind};
use regimen_model::diagnostic::{FilePath, Place, Severity};
use regimen_model::model::{At, Entity, Table, Word, WordVisitor, Words};
use regimen_model::prose::{InlineText, Prose, ProseBlock, plain_text};
use regimen_model::reference::Kind;

pub(super) static RULE: Rule = Rule {
    code: "template-text",
    severity: Severity::Warning,
    summary: "No text is one that `regimen new` wrote for you to replace",
    explanation: "`regimen new` writes a file that checks as it is, so texts stand in it that say what to write there. Left as \
they are, they are printed: a patient reads \"Say what to do first.\" as the first step. This rule reports a text that is one of \
them, word for word.

Wrong:

```yaml
steps:
  - Say what to do first.
```

Right:

```yaml
steps:
  - Stand on a step with your heels over its edge.
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

/// The texts of the files that `regimen new` writes.
const TEXTS: &[&str] = &[
    "A short reminder.",
    "For whom, in a few words",
    "How to breathe.",
    "How to get ready.",
    "Say how a reader knows that it is meant.",
    "Say how to come down.",
    "Say how to get warm.",
    "Say in a sentence what it does.",
    "Say in a sentence what this guide says.",
    "Say what this phase is about.",
    "Say what to do first.",
    "Say what to do next.",
    "What goes wrong, and what to do instead.",
    "What it is and does.",
    "What it is for, in a few words",
    "What it is for.",
    "What it is good for, in a sentence.",
    "What to know before the first session.",
    "When to stop.",
    "Where it ends.",
    "Where it should be felt.",
    "Where it starts.",
];

/// How the article of a new guide begins.
const ARTICLE: &str = "Write here.";

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    for kind in Kind::ALL {
        by_kind!(kind, T => table(view, T::table(view.catalog), report));
    }
    for guide in view.catalog.guides.values() {
        for (_, file, words) in in_languages(guide, view.catalog) {
            let first = words.body.iter().find_map(|block| match block {
                ProseBlock::Paragraph(content) => Some(plain_text(content)),
                _ => None,
            });
            if first.is_some_and(|first| first.starts_with(ARTICLE)) {
                let at = view.sources.text(file).and_then(|text| text.find(ARTICLE));
                let place = at
                    .map_or_else(|| Place::file(file.clone()), |at| Place::bytes(file.clone(), at..at + ARTICLE.len()));
                add(report, ARTICLE, guide.id.as_str(), place);
            }
        }
    }
}

fn table<T: Entity>(view: &CatalogView<'_>, table: &Table<T>, report: &mut Report<'_>) {
    for entry in table.values() {
        for (_, file, words) in in_languages(entry, view.catalog) {
            let words_at = At::key("words");
            let above = (*file == entry.file).then_some(&words_at);
            words.visit(above, &mut Texts { id: entry.id.as_str(), file, report });
        }
    }
}

/// Reports the texts of one file.
struct Texts<'a, 'r> {
    id: &'a str,
    file: &'a FilePath,
    report: &'a mut Report<'r>,
}

impl Texts<'_, '_> {
    fn text(&mut self, text: &str, at: &At<'_>) {
        if let Ok(known) = TEXTS.binary_search(&text.trim()) {
            add(self.report, TEXTS[known], self.id, Place::value(self.file.clone(), at.path()));
        }
    }
}

impl<'w> WordVisitor<'w> for Texts<'_, '_> {
    fn name(&mut self, name: &'w Word, at: &At<'_>) {
        self.text(name, at);
    }

    fn line(&mut self, line: &'w InlineText, at: &At<'_>) {
        self.text(&line.plain(), at);
    }

    fn prose(&mut self, prose: &'w Prose, at: &At<'_>) {
        if let [ProseBlock::Paragraph(content)] = prose.0.as_slice() {
            self.text(&plain_text(content), at);
        }
    }
}

fn add(report: &mut Report<'_>, text: &str, id: &str, place: Place) {
    let finding = report.finding(format!("`{text}` is what `regimen new` wrote in `{id}`")).at(place, "");
    report.add(finding.help("replace it by what you mean, or delete it: it is printed as it stands"));
}

#[cfg(test)]
mod tests {
    use super::TEXTS;
    use crate::testing::Lint;

    #[test]
    fn texts_are_in_order() {
        assert!(TEXTS.is_sorted(), "a search by halves finds them");
    }

    #[test]
    fn a_text_of_a_template_is_found_where_it_is_left() {
        let of = |steps: &str| {
            let words = format!("name: N, summary: S., steps: [{steps}]");
            let exercise = format!("{{kind: strength, pattern: hinge, defaults: {{reps: 1}}, words: {{{words}}}}}\n");
            Lint::new().file("exercises/one.yaml", &exercise).of("template-text")
        };
        let found = "exercises/one.yaml:1 `Say what to do next.` is what `regimen new` wrote in `one`";
        assert_eq!(of("Stand up., Say what to do next."), [found]);
        assert_eq!(of("Stand up., Say what to do next with your feet."), [""; 0]);
    }

    #[test]
    fn names_phases_texts_and_articles_are_read_too() {
        let program = "level: 2\nphases:\n  - {id: a, kind: base, weeks: 1, sessions: [{session: s, day: 1}]}\nwords:\n  name: P\n  \
                       summary: S.\n  goal: \"What it is for, in a few words\"\n  audience: A.\n  phases: {a: Say what this phase is about.}\n";
        let session = "kind: rest\nduration: 1 min\nmain: [{text: walk}]\nwords: {name: S, texts: {walk: Say how to get warm.}}\n";
        let guide = |article: &str| format!("---\ntitle: G\nsummary: S.\n---\n\n## Why\n\n{article} More.\n");
        let lint = Lint::new().file("programs/p.yaml", program).file("sessions/s.yaml", session);
        let found = lint.file("guides/g.md", &guide("Write here.")).file("guides/h.md", &guide("Written here."));
        let said =
            |place: &str, text: &str, id: &str| format!("{place} `{text}` is what `regimen new` wrote in `{id}`");
        assert_eq!(
            found.of("template-text"),
            [
                said("guides/g.md:8", "Write here.", "g"),
                said("programs/p.yaml:7", "What it is for, in a few words", "p"),
                said("programs/p.yaml:9", "Say what this phase is about.", "p"),
                said("sessions/s.yaml:4", "Say how to get warm.", "s"),
            ]
        );
    }
}
