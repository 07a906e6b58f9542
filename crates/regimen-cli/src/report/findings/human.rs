//! Findings for people: drawn like rustc's, and folded when there are many.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use annotate_snippets::renderer::{DecorStyle, Renderer};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Snippet};
use regimen_catalog::{Diagnostic, Location, Severity, Spot};

use super::{Findings, group, in_row};
use crate::pages;
use crate::report::text::{one_line, printable, table};
use crate::report::{coloured, note};

/// From more findings than this on, those that say the same are folded and a table closes the list.
const MANY: usize = 20;
/// As many findings that say the same are still drawn one by one.
const FEW_ALIKE: usize = 3;
/// How many files the closing table names.
const FILES: usize = 10;

impl Findings<'_> {
    /// Draws the findings, folded if there are many, and sums up.
    pub(super) fn show_people(&self, max: Option<usize>) {
        let shown = group::worst(self.list, max);
        let renderer = renderer();
        if shown.len() > MANY {
            group::alike(&shown).iter().for_each(|alike| self.draw_alike(alike, &renderer));
        } else {
            shown.iter().for_each(|finding| note(&format!("{}\n", self.drawn(finding, &renderer))));
        }
        self.left_out(&shown);
        if self.list.len() > MANY {
            if shown.len() < self.list.len() {
                note("");
            }
            note(&format!("{}\n", self.tables()));
        }
        if !self.list.is_empty() {
            note(&self.summary());
            // What a plugin finds is explained by its author.
            let explained = self.list.iter().find(|finding| pages::page(&finding.code).is_some());
            if let Some(first) = explained.filter(|_| self.list.len() <= MANY) {
                note(&format!("Try `regimen explain {}` for more{}.", first.code, self.and_others(&first.code)));
            }
        }
    }

    /// That other findings are explained as well, if there are any.
    fn and_others(&self, code: &str) -> &'static str {
        if self.list.iter().any(|finding| finding.code != code) { ", and so with the other codes" } else { "" }
    }

    /// Draws findings that say the same: the first in full, of many others the place and the words.
    fn draw_alike(&self, alike: &[&Diagnostic], renderer: &Renderer) {
        let drawn = if alike.len() > FEW_ALIKE { 1 } else { alike.len() };
        for finding in &alike[..drawn] {
            note(&format!("{}\n", self.drawn(finding, renderer)));
        }
        let folded = &alike[drawn..];
        if folded.is_empty() {
            return;
        }
        note(&format!("and {} like it:", folded.len()));
        folded.iter().for_each(|finding| note(&format!("  {}", self.beside(alike[0], finding))));
        note("");
    }

    /// A finding in one line, without what another one has just said.
    fn beside(&self, said: &Diagnostic, finding: &Diagnostic) -> String {
        let message = Some(&finding.message).filter(|message| **message != said.message).cloned();
        let help = finding.help.as_ref().filter(|_| finding.help != said.help).map(|help| format!("({help})"));
        let words: Vec<String> = message.into_iter().chain(help).collect();
        let place = self.place(finding).unwrap_or_default();
        one_line(&if words.is_empty() { place } else { format!("{place}: {}", words.join(" ")) })
    }

    fn drawn(&self, finding: &Diagnostic, renderer: &Renderer) -> String {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let title = printable(&finding.message);
        let mut group = Group::with_title(level.primary_title(title).id(finding.code.as_ref()));
        for (index, label) in finding.labels.iter().enumerate() {
            let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let path = self.path(&label.place);
            let location = self.sources.locate(&label.place).filter(|location| !location.is_whole());
            group = match (location, self.sources.text(&label.place.file)) {
                (Some(Location { range, .. }), Some(text)) => {
                    let (lines, first) = lines_around(text, &range);
                    let mut annotation = kind.span(range.start - lines.start..range.end - lines.start);
                    if !label.text.is_empty() {
                        annotation = annotation.label(printable(&label.text));
                    }
                    group.element(
                        Snippet::source(text[lines].replace('\r', " "))
                            .line_start(first)
                            .path(path)
                            .annotation(annotation),
                    )
                }
                _ => group.element(match label.place.spot {
                    Spot::At { line, column } => Origin::path(path).line(line).char_column(column),
                    Spot::Whole | Spot::Bytes(_) | Spot::Value(_) | Spot::Key(_) | Spot::Within(..) | Spot::Text(_) => {
                        Origin::path(path)
                    }
                }),
            };
        }
        if let Some(words) = in_row(finding) {
            group = group.element(Level::NOTE.message(printable(words)));
        }
        if let Some(help) = &finding.help {
            group = group.element(Level::HELP.message(printable(help)));
        }
        renderer.render(&[group])
    }

    /// How many findings each code and each file has.
    fn tables(&self) -> String {
        let codes = group::by_code(self.list.iter());
        let codes = codes.into_iter().map(|(severity, code, count)| (count, format!("{severity}[{code}]")));
        let mut files: BTreeMap<String, usize> = BTreeMap::new();
        for label in self.list.iter().filter_map(|finding| finding.labels.first()) {
            *files.entry(self.path(&label.place)).or_default() += 1;
        }
        let mut files: Vec<_> = files.into_iter().map(|(file, count)| (count, file)).collect();
        files.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let mut tables = counted(codes);
        // Where no file has more than one, naming ten of them says nothing.
        if files.first().is_some_and(|(count, _)| *count > 1) {
            let more = files.len().saturating_sub(FILES);
            files.truncate(FILES);
            tables.push_str(&format!("\n\n{}", counted(files.into_iter())));
            if more > 0 {
                tables.push_str(&format!("\n  and {more} more {}", if more == 1 { "file" } else { "files" }));
            }
        }
        tables + "\n\n`regimen explain CODE` says more of each."
    }

    /// "catalog: 2 errors, 1 warning", and before it "people.csv: 1 error" of what is found in a roster.
    pub(crate) fn summary(&self) -> String {
        let is_of_roster = |finding: &&Diagnostic| {
            finding.labels.first().is_some_and(|label| matches!(label.place.spot, Spot::At { .. }))
        };
        let (of_roster, of_catalog): (Vec<_>, Vec<_>) = self.list.iter().partition(is_of_roster);
        let files: BTreeSet<String> =
            of_roster.iter().filter_map(|finding| Some(self.path(&finding.labels.first()?.place))).collect();
        let roster = match files.into_iter().collect::<Vec<_>>().as_slice() {
            [file] => file.clone(),
            // Rows have a place in the words of a spreadsheet, and published files have none.
            _ if of_roster.iter().all(|finding| in_row(finding).is_none()) => "published files".to_owned(),
            _ => "people".to_owned(),
        };
        let catalog = self.root.display().to_string();
        let lines = [(roster, of_roster), (catalog, of_catalog)].into_iter().filter(|(_, list)| !list.is_empty());
        lines.map(|(name, list)| format!("{name}: {}", how_many(&list))).collect::<Vec<_>>().join("\n")
    }
}

/// "2 errors, 1 warning"
fn how_many(list: &[&Diagnostic]) -> String {
    let count = |severity| list.iter().filter(|finding| finding.severity == severity).count();
    let counted = |severity, name: &str| match count(severity) {
        0 => None,
        1 => Some(format!("1 {name}")),
        n => Some(format!("{n} {name}s")),
    };
    let counts = [
        counted(Severity::Error, "error"),
        counted(Severity::Warning, "warning"),
        count(Severity::Info).checked_sub(1).map(|more| format!("{} for your information", more + 1)),
    ];
    counts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Rows of a number and a text, the numbers to the right.
fn counted(rows: impl Iterator<Item = (usize, String)>) -> String {
    let rows: Vec<_> = rows.map(|(count, text)| [format!("{count:>6}"), text]).collect();
    table(&rows, None)
}

/// Rustc's way to draw, at the width of rustc, so that output does not depend on the terminal.
pub(crate) fn renderer() -> Renderer {
    let renderer = if coloured() { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii)
}

/// The bytes of the whole lines that hold a range, and the number of the first: drawing needs no more of a long file.
fn lines_around(text: &str, range: &Range<usize>) -> (Range<usize>, usize) {
    let start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |newline| range.end + newline);
    (start..end, text[..start].matches('\n').count() + 1)
}
