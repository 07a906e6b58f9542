//! Findings in each of their formats.

mod group;
mod human;
mod sarif;

use std::path::{Path, PathBuf};

use regimen_catalog::{Diagnostic, Place, Severity, Sources, Spot};

pub(super) use human::renderer;

use super::note;
use super::text::{named, one_line};
use crate::arguments::{FindingsFormat, Format};

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
    /// Where it is in the words of a spreadsheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<&'a str>,
}

/// What the place of a finding is called in a spreadsheet: "row 6, column `start`, of `p-004`". Places of the catalogue are drawn.
fn in_row(finding: &Diagnostic) -> Option<&str> {
    let label = finding.labels.first().filter(|label| matches!(label.place.spot, Spot::At { .. }))?;
    Some(label.text.as_str()).filter(|text| !text.is_empty())
}

impl Findings<'_> {
    /// The worst severity, if there are findings at all.
    pub(crate) fn worst(&self) -> Option<Severity> {
        self.list.iter().map(|finding| finding.severity).max()
    }

    /// Shows the findings. Only what programs read is a result, goes to standard output, and is always complete.
    pub(crate) fn show(&self, format: &FindingsFormat) {
        match format.format {
            Format::Json => super::json(&self.json()),
            Format::Sarif => super::json(&sarif::log(self)),
            Format::Short => {
                let shown = group::worst(self.list, format.max);
                shown.iter().for_each(|finding| note(&self.short(finding)));
                self.left_out(&shown);
            }
            Format::Human => self.show_people(format.max),
        }
    }

    /// Says what `--max` left out, so that nobody takes a part for the whole.
    fn left_out(&self, shown: &[&Diagnostic]) {
        if let Some(rest) = group::rest(self.list, shown) {
            note(&rest);
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
            file: place.map(|place| self.path(place)),
            line: location.as_ref().map(|location| location.line),
            column: location.as_ref().map(|location| location.column),
            help: finding.help.as_deref(),
            cell: in_row(finding),
        }
    }

    fn short(&self, finding: &Diagnostic) -> String {
        let place = self.place(finding).map(|place| format!("{place}: ")).unwrap_or_default();
        let help = finding.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        let cell = in_row(finding).map(|cell| format!(" [{cell}]")).unwrap_or_default();
        one_line(&format!("{place}{}[{}]: {}{help}{cell}", finding.severity, finding.code, finding.message))
    }

    /// `file:line:column` of the place to go to.
    fn place(&self, finding: &Diagnostic) -> Option<String> {
        let plain = self.plain(finding);
        let numbers = [plain.line, plain.column].into_iter().flatten().map(|number| format!(":{number}"));
        plain.file.map(|file| format!("{file}{}", numbers.collect::<String>()))
    }

    /// The file of a place as the user reaches it.
    fn path(&self, place: &Place) -> String {
        named(&self.file(place).display().to_string().replace('\\', "/"))
    }

    /// The file of a place. One that is not kept is none of the catalogue, and is named already.
    fn file(&self, place: &Place) -> PathBuf {
        match place.spot {
            Spot::At { .. } => PathBuf::from(&*place.file),
            Spot::Whole | Spot::Bytes(_) | Spot::Value(_) | Spot::Key(_) | Spot::Within(..) | Spot::Text(_) => {
                self.root.join(&*place.file)
            }
        }
    }
}
