//! `raw-markup`: texts that would print marks instead of what they mean.

use std::collections::BTreeMap;

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{CatalogView, in_languages, words_path};
use regimen_model::diagnostic::{FilePath, Place, Severity, Spot};
use regimen_model::model::{Entity, Table};
use regimen_model::prose::{Inline, ProseBlock, RawMarkup, parse};

/// The most findings in one file. A text that was pasted from another tool has one mistake many times.
const MOST: usize = 20;

pub(super) static RULE: Rule = Rule {
    code: "raw-markup",
    severity: Severity::Warning,
    summary: "Texts have no markup of other tools, which would print as it is written",
    explanation: "Prose is Markdown with tables, task lists, footnotes and boxes. What other tools add to it (wiki links, \
templates, attributes, emoji codes, formulas, boxes with `:::`), and marks that do not close, print as they are written: \
an athlete reads the signs instead of what they mean. Names and titles are plain text, in which every mark prints. \
Two things are reported although they leave no signs: the title of a link (`[a](https://a.example \"title\")`), which is not \
printed, and footnotes that nothing refers to or that share a name.

If the signs are meant as signs, put a `\\` before the first of them, or backticks around all of them.

Wrong:

```yaml
notes:
  - See [[calf care]] first, and keep ==one day== between.
```

Right:

```yaml
notes:
  - See [calf care](guide:calf-care) first, and keep **one day** between.
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    let catalog = view.catalog;
    let mut counted = Counted { report, files: BTreeMap::new() };
    let mut found = catalog.raw_markup();
    for (tag, words) in &catalog.project_words {
        for raw in words.disclaimer.raw_markup() {
            let (file, path) = catalog.project_words_place(tag);
            let spot = Spot::Within(path.key("disclaimer"), raw.text.as_str().into());
            found.push((Place { file, spot }, raw.clone()));
        }
    }
    for (place, raw) in found {
        counted.add(place, said(&raw));
    }
    names(view, &catalog.exercises, "name", &|words| &words.name, &mut counted);
    names(view, &catalog.sessions, "name", &|words| &words.name, &mut counted);
    names(view, &catalog.programs, "name", &|words| &words.name, &mut counted);
    names(view, &catalog.muscles, "name", &|words| &words.name, &mut counted);
    names(view, &catalog.equipment, "name", &|words| &words.name, &mut counted);
    names(view, &catalog.guides, "title", &|words| &words.title, &mut counted);
    counted.report();
}

/// A message and its help.
struct Said {
    message: String,
    help: String,
}

fn said(raw: &RawMarkup) -> Said {
    let text = raw.text.escape_debug();
    if !raw.as_written {
        return Said { message: format!("`{text}` {}", raw.meaning), help: raw.help.to_owned() };
    }
    let message = format!("`{text}` prints as it is written: it is {}, which prose does not have", raw.meaning);
    Said { message, help: format!("{}; if the signs are meant, put a `\\` before the first", raw.help) }
}

/// Findings, counted by file.
struct Counted<'r, 'a> {
    report: &'r mut Report<'a>,
    files: BTreeMap<FilePath, usize>,
}

impl Counted<'_, '_> {
    fn add(&mut self, place: Place, Said { message, help }: Said) {
        let count = self.files.entry(place.file.clone()).or_default();
        *count += 1;
        if *count <= MOST {
            self.report.add(self.report.finding(message).at(place, "").help(help));
        }
    }

    fn report(self) {
        for (file, count) in self.files.into_iter().filter(|(_, count)| *count > MOST) {
            let message = format!("and {} more of `raw-markup` in this file", count - MOST);
            let finding = self.report.finding(message).at(Place::file(file), "");
            self.report.add(finding.help("one change often mends many of them"));
        }
    }
}

/// A name is plain text: what would be bold or a link in prose prints with its signs.
fn names<T: Entity>(
    view: &CatalogView<'_>,
    table: &Table<T>,
    key: &str,
    name: &dyn Fn(&T::Words) -> &str,
    counted: &mut Counted<'_, '_>,
) {
    for entry in table.values() {
        for (_, file, words) in in_languages(entry, view.catalog) {
            let name = name(words);
            if !has_marks(name) {
                continue;
            }
            let path = if T::KIND == regimen_model::Kind::Guide {
                regimen_model::FieldPath::root().key(key)
            } else {
                words_path(entry, file, key)
            };
            let message = format!("`{}` prints with its marks: a {key} is plain text", name.escape_debug());
            let help = "write it without `*`, `_`, backticks, links or other marks".to_owned();
            counted.add(Place::value(file.clone(), path), Said { message, help });
        }
    }
}

/// Whether prose would take any of it for a mark.
fn has_marks(name: &str) -> bool {
    let parsed = parse(name);
    let [ProseBlock::Paragraph(content)] = parsed.blocks.as_slice() else { return false };
    let marked = |inline: &Inline| !matches!(inline, Inline::Text(_) | Inline::Break);
    !parsed.raw.is_empty() || content.iter().any(marked)
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn guide(text: &str) -> Vec<String> {
        Lint::new().file("guides/g.md", &format!("---\ntitle: G\nsummary: S.\n---\n\n{text}\n")).of("raw-markup")
    }

    #[test]
    fn marks_of_other_tools_are_found_where_they_are() {
        assert_eq!(
            guide("Words.\n\nSee [[calf care]]."),
            ["guides/g.md:8 `[[calf care]]` prints as it is written: it is a wiki link, which prose does not have"]
        );
        assert_eq!(guide("See \\[[calf care]], *this*, ~~that~~ and a note[^1].\n\n- [x] done\n\n[^1]: N."), [""; 0]);
    }

    #[test]
    fn footnotes_say_what_becomes_of_them() {
        let second =
            "guides/g.md:10 `[^1]:` is a second footnote of this name: its words are printed as part of the first one";
        assert_eq!(guide("A[^1].\n\n[^1]: N.\n\n[^1]: M."), [second]);
        let unused = "guides/g.md:8 `[^2]:` is a footnote that no text refers to: it is printed behind the others, under a \
                      number that is nowhere else";
        assert_eq!(guide("A.\n\n[^2]: N."), [unused]);
    }

    #[test]
    fn titles_of_links_are_not_lost_in_silence() {
        let lost = |at: &str, title: &str| {
            format!("guides/g.md:{at} `{title}` is the title of a link or picture, which is not printed")
        };
        assert_eq!(guide("See [a](https://a.example \"the title\")."), [lost("6", "the title")]);
        assert_eq!(guide("A [b][c].\n\n[c]: https://a.example 'more'"), [lost("6", "more")]);
        assert_eq!(
            guide("See [a](https://a.example) and [it](https://a.example \"it\") or [b](https://b.example \" \")."),
            [""; 0]
        );
    }

    #[test]
    fn texts_and_names_of_entries_are_read_too() {
        let session = "kind: strength\nduration: 30 min\nmain: [{text: a}]\nwords:\n  name: The **day**\n  texts:\n    a: Do ==it==.\n";
        let said = Lint::new().file("sessions/s.yaml", session).of("raw-markup");
        assert_eq!(
            said,
            [
                "sessions/s.yaml:5 `The **day**` prints with its marks: a name is plain text",
                "sessions/s.yaml:7 `==it==` prints as it is written: it is marked text, which prose does not have",
            ]
        );
    }

    #[test]
    fn a_pasted_text_is_one_page_of_findings() {
        let said = guide(&"A ==b== c.\n\n".repeat(50));
        assert_eq!(said.len(), 21);
        assert!(said.iter().any(|one| one.ends_with("and 30 more of `raw-markup` in this file")), "{said:?}");
    }
}
