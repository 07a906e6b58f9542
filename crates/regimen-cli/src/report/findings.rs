//! Findings in each of their formats.

use std::ops::Range;
use std::path::Path;

use annotate_snippets::renderer::{DecorStyle, Renderer};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Snippet};
use regimen_catalog::{Diagnostic, Location, Severity, Sources};

use super::{coloured, line, note};
use crate::arguments::Format;

/// Findings together with what is needed to show them.
#[derive(Clone, Copy)]
pub(crate) struct Findings<'a> {
    /// The catalogue's folder as the user named it, so that editors find the files.
    pub(crate) root: &'a Path,
    pub(crate) sources: &'a Sources,
    pub(crate) list: &'a [Diagnostic],
}

/// A finding as programs read it.
#[derive(serde::Serialize)]
struct Plain<'a> {
    code: &'a str,
    severity: Severity,
    message: &'a str,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    help: Option<&'a str>,
}

impl Findings<'_> {
    /// The worst severity, if there are findings at all.
    pub(crate) fn worst(&self) -> Option<Severity> {
        self.list.iter().map(|finding| finding.severity).max()
    }

    /// Shows every finding. Only JSON is a result and goes to standard output.
    pub(crate) fn show(&self, format: Format) {
        match format {
            Format::Json => line(&self.json()),
            Format::Short => self.list.iter().for_each(|finding| note(&self.short(finding))),
            Format::Human => {
                let renderer = renderer();
                self.list.iter().for_each(|finding| note(&format!("{}\n", self.drawn(finding, &renderer))));
                if !self.list.is_empty() {
                    note(&self.summary());
                }
            }
        }
    }

    fn json(&self) -> String {
        let plain: Vec<_> = self.list.iter().map(|finding| self.plain(finding)).collect();
        serde_json::to_string_pretty(&plain).unwrap_or_else(|_| "[]".into())
    }

    fn plain<'d>(&self, finding: &'d Diagnostic) -> Plain<'d> {
        let place = finding.labels.first().map(|label| &label.place);
        let location = place.and_then(|place| self.sources.locate(place));
        Plain {
            code: &finding.code,
            severity: finding.severity,
            message: &finding.message,
            file: place.map(|place| self.path(&place.file)),
            line: location.as_ref().map(|location| location.line),
            column: location.as_ref().map(|location| location.column),
            help: finding.help.as_deref(),
        }
    }

    fn short(&self, finding: &Diagnostic) -> String {
        let plain = self.plain(finding);
        let numbers = [plain.line, plain.column].into_iter().flatten().map(|number| format!(":{number}"));
        let place = plain.file.map(|file| format!("{file}{}: ", numbers.collect::<String>())).unwrap_or_default();
        let help = plain.help.map(|help| format!(" ({help})")).unwrap_or_default();
        one_line(&format!("{place}{}[{}]: {}{help}", plain.severity, plain.code, plain.message))
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
            let path = self.path(&label.place.file);
            let location = self.sources.locate(&label.place).filter(|location| !location.is_whole());
            group = match (location, self.sources.text(&label.place.file)) {
                (Some(Location { range, .. }), Some(text)) => {
                    let (lines, first) = lines_around(text, &range);
                    let mut annotation = kind.span(range.start - lines.start..range.end - lines.start);
                    if !label.text.is_empty() {
                        annotation = annotation.label(printable(&label.text));
                    }
                    group.element(Snippet::source(&text[lines]).line_start(first).path(path).annotation(annotation))
                }
                _ => group.element(Origin::path(path)),
            };
        }
        if let Some(help) = &finding.help {
            group = group.element(Level::HELP.message(printable(help)));
        }
        renderer.render(&[group])
    }

    fn summary(&self) -> String {
        let count = |severity| self.list.iter().filter(|finding| finding.severity == severity).count();
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
        let counts: Vec<_> = counts.into_iter().flatten().collect();
        format!("{}: {}", self.root.display(), counts.join(", "))
    }

    fn path(&self, file: &str) -> String {
        one_line(&self.root.join(file).display().to_string().replace('\\', "/"))
    }
}

/// Rustc's way to draw, at the width of rustc, so that output does not depend on the terminal.
pub(super) fn renderer() -> Renderer {
    let renderer = if coloured() { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii)
}

/// The bytes of the whole lines that hold a range, and the number of the first: drawing needs no more of a long file.
fn lines_around(text: &str, range: &Range<usize>) -> (Range<usize>, usize) {
    let start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |newline| range.end + newline);
    (start..end, text[..start].matches('\n').count() + 1)
}

/// A name with a line break must not look like a finding of its own.
fn one_line(text: &str) -> String {
    printable(text).replace(['\n', '\t'], "\u{fffd}")
}

/// Text of a file must not move the cursor or ring the bell of a terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c }).collect()
}
