//! Findings as a SARIF 2.1.0 log, which code hosts and editors read.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use regimen_catalog::{Diagnostic, Label, Place, Severity, Spot, lint};
use serde_json::{Value, json};

use super::Findings;
use crate::pages::page;

/// The schema that the log follows.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The whole log, as text.
pub(super) fn log(findings: &Findings<'_>) -> String {
    let codes: BTreeSet<&str> = findings.list.iter().map(|finding| finding.code.as_ref()).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let results: Vec<Value> = findings.list.iter().map(|finding| findings.sarif_result(finding, &codes)).collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code)).collect();
    let driver = json!({ "name": "regimen", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    let run = json!({ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results });
    let log = json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] });
    serde_json::to_string_pretty(&log).unwrap_or_default()
}

/// What a code stands for, with its page: hosts show it beside the finding.
fn rule(code: &str) -> Value {
    let known = lint::rule(code);
    let summary = known.map_or_else(|| in_words(code), |rule| rule.summary.to_owned());
    let mut rule = json!({ "id": code, "shortDescription": { "text": summary } });
    if let Some(known) = known {
        rule["defaultConfiguration"] = json!({ "level": level(known.severity) });
    }
    if let Some(page) = page(code) {
        rule["help"] = json!({ "text": page, "markdown": page });
    }
    rule
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// "Unknown reference"
fn in_words(code: &str) -> String {
    let words = code.replace(['-', '/'], " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

impl Findings<'_> {
    fn sarif_result(&self, finding: &Diagnostic, codes: &[&str]) -> Value {
        let help = finding.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        let mut result = json!({
            "ruleId": finding.code,
            "level": level(finding.severity),
            "message": { "text": format!("{}{help}", finding.message) },
        });
        if let Ok(index) = codes.binary_search(&finding.code.as_ref()) {
            result["ruleIndex"] = json!(index);
        }
        if let Some((first, others)) = finding.labels.split_first() {
            result["locations"] = json!([self.location(first)]);
            let related = others.iter().enumerate().map(|(at, label)| {
                let mut location = self.location(label);
                location["id"] = json!(at + 1);
                location
            });
            let related: Vec<Value> = related.collect();
            if !related.is_empty() {
                result["relatedLocations"] = json!(related);
            }
        }
        result
    }

    fn location(&self, label: &Label) -> Value {
        let mut physical = json!({ "artifactLocation": { "uri": uri(&self.file(&label.place)) } });
        if let Some(region) = self.region(&label.place) {
            physical["region"] = region;
        }
        let mut location = json!({ "physicalLocation": physical });
        if !label.text.is_empty() {
            location["message"] = json!({ "text": label.text });
        }
        location
    }

    /// Lines and columns from 1, the end after the last character; nothing for a file as a whole.
    fn region(&self, place: &Place) -> Option<Value> {
        if let Spot::At { line, column } = place.spot {
            return Some(json!({ "startLine": line, "startColumn": column }));
        }
        let start = self.sources.locate(place).filter(|location| !location.is_whole())?;
        let text = self.sources.text(&place.file)?;
        let after = Place::bytes(place.file.clone(), start.range.end..start.range.end);
        let end = self.sources.locate(&after).filter(|_| start.range.end <= text.len())?;
        Some(json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        }))
    }
}

/// A path as a reference that stays below where the program runs, or as a `file:` address where it does not.
fn uri(path: &Path) -> String {
    let leaves = path.is_absolute() || path.components().any(|part| part == Component::ParentDir);
    if leaves {
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        return format!("file:///{}", encoded(&without_dots(&whole)));
    }
    encoded(&without_dots(path))
}

/// The path without `.`, and without `..` as far as there is something to go back from.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    plain
}

/// The parts of a path, joined by `/`, with percent signs for all that an address may not hold (RFC 3986).
fn encoded(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(text) => Some(text.to_string_lossy().bytes().map(encoded_byte).collect::<String>()),
        Component::Prefix(prefix) => Some(prefix.as_os_str().to_string_lossy().into_owned()),
        Component::RootDir | Component::CurDir | Component::ParentDir => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

fn encoded_byte(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn paths_become_addresses() {
        for (path, expected) in [
            ("catalog/exercises/squat.yaml", "catalog/exercises/squat.yaml"),
            ("./exercises/squat.yaml", "exercises/squat.yaml"),
            ("my catalog/a#b%.yaml", "my%20catalog/a%23b%25.yaml"),
            ("é:/x.yaml", "%C3%A9%3A/x.yaml"),
            ("/srv/../tmp/x y.yaml", "file:///tmp/x%20y.yaml"),
        ] {
            assert_eq!(uri(Path::new(path)), expected);
        }
        assert!(uri(Path::new("../x.yaml")).starts_with("file:///"));
    }

    #[test]
    fn codes_are_said_in_words() {
        assert_eq!(in_words("unknown-reference"), "Unknown reference");
        assert_eq!(in_words("pdf/no-glyph"), "Pdf no glyph");
    }
}
