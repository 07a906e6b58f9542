//! A guide: YAML front matter, then Markdown.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use super::entry::{Filed, Parts, Read, TextFile, Translated, joined, whole_entry};
use crate::yaml;
use regimen_model::diagnostic::{Diagnostic, FieldPath, Place};
use regimen_model::hidden;
use regimen_model::model::{Guide, GuideWords, Version, Word, Words};
use regimen_model::prose::{InlineText, RawMarkup, parse};
use regimen_model::reference::Kind;

/// The words of the front matter.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GuideHead {
    /// Its title.
    #[schemars(length(min = 1))]
    title: Word,
    /// What it says, in a sentence.
    summary: InlineText,
}

/// The bytes of the front matter between its two `---` lines, and the byte at which the article starts.
pub(crate) fn front_matter(text: &str) -> Option<(Range<usize>, usize)> {
    let marker = |line: &str| line.trim_end() == "---";
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| marker(line.trim_start_matches('\u{feff}')))?;
    let mut at = first.len();
    for line in lines {
        if marker(line) {
            return Some((first.len()..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

impl Filed for Guide {
    fn read(file: TextFile<'_>) -> Result<Read<Parts<Self>>, Vec<Diagnostic>> {
        guide(file)
    }

    fn read_words(file: TextFile<'_>) -> Result<Read<Translated<GuideWords>>, Vec<Diagnostic>> {
        translation(file)
    }
}

/// Reads a guide in its default language.
fn guide(file: TextFile<'_>) -> Result<Read<Parts<Guide>>, Vec<Diagnostic>> {
    let (range, body) = bounds(file)?;
    let mut document = yaml::read(file.text, file.file, range)?;
    let head = yaml::split_keys(&mut document, &["title", "summary"]);
    let version = version(&head, &file.text[body..]);
    let (id_history, mut found) = file.id_history(&mut document);
    let (origins, more) = file.origins(&mut document, Kind::Guide);
    found.extend(more);
    let allowances = file.allowances(&mut document, &|_| true);
    let (facts, mut findings) = yaml::decode::<Guide>(file.text, file.file, &FieldPath::root(), document.value);
    let (head, more) = yaml::decode::<GuideHead>(file.text, file.file, &FieldPath::root(), head);
    findings.extend(more);
    let words = words(file, head, body, &mut findings);
    whole_entry(joined(facts.zip(words), allowances, findings), version, origins, id_history, found)
}

/// Reads a guide in another language: its front matter has words only.
fn translation(file: TextFile<'_>) -> Result<Read<Translated<GuideWords>>, Vec<Diagnostic>> {
    let (range, body) = bounds(file)?;
    let mut document = yaml::read(file.text, file.file, range)?;
    let allowances = file.allowances(&mut document, &|path| path.0.is_empty());
    let (follows, mut findings) = file.follows(&mut document);
    let (origin, more) = file.origin_of_words(&mut document, None, Kind::Guide);
    findings.extend(more);
    yaml::fill_in(&mut document.value, GuideWords::REQUIRED);
    let (head, more) = yaml::decode::<GuideHead>(file.text, file.file, &FieldPath::root(), document.value);
    findings.extend(more);
    let words = words(file, head, body, &mut findings);
    joined(words.map(|words| Translated { words, follows, origin }), allowances, findings)
}

/// The version of a guide's words: of its title, its summary and its article.
fn version(head: &yaml::Value, body: &str) -> Version {
    Version::of(&serde_json::json!([head.to_json(), body]))
}

fn bounds(file: TextFile<'_>) -> Result<(Range<usize>, usize), Vec<Diagnostic>> {
    front_matter(file.text).ok_or_else(|| {
        let first = file.text.split_inclusive('\n').next().unwrap_or_default();
        let opened = first.trim_start_matches('\u{feff}').trim_end() == "---";
        let (message, help) = if opened {
            ("the front matter is opened but never closed", "put a line `---` after the last key of the front matter")
        } else {
            (
                "the guide does not start with front matter",
                "make the first line `---`, then `title:` and `summary:`, then another line `---`",
            )
        };
        let place = Place::bytes(file.file.clone(), 0..first.trim_end().len());
        vec![Diagnostic::error("front-matter", message).at(place, "").help(help)]
    })
}

fn words(
    file: TextFile<'_>,
    head: Option<GuideHead>,
    body: usize,
    findings: &mut Vec<Diagnostic>,
) -> Option<GuideWords> {
    let article = parse(&file.text[body..]);
    let shifted = |range: Range<usize>| range.start + body..range.end + body;
    for problem in article.problems {
        let place = Place::bytes(file.file.clone(), shifted(problem.range));
        findings.push(Diagnostic::error("prose", problem.message).at(place, "").help(problem.help));
    }
    findings.extend(hidden::hidden("prose", file.text, body..file.text.len(), file.file));
    let references = article.references.into_iter().map(|(reference, range)| (reference, shifted(range)));
    let raw = article.raw.into_iter().map(|raw| RawMarkup { range: shifted(raw.range.clone()), ..raw });
    let head = head?;
    Some(GuideWords {
        title: head.title,
        summary: head.summary,
        body: article.blocks,
        references: references.collect(),
        raw_markup: raw.collect(),
    })
}
