//! What is read aloud and copied: the words of a document, all of them, in its order, in sound Unicode.

use std::collections::BTreeMap;
use std::path::PathBuf;

use regimen_catalog::prose::{Inline, Inlines};
use regimen_export::document::{Block, Document};
use regimen_pdf::{Renderer, Style};
use regimen_tests::Tool;
use unicode_normalization::UnicodeNormalization as _;

use super::judges::with_pdfjs;
use super::sample;

/// Words that are hard to copy: ligatures, accents in both forms, names from elsewhere, signs.
const HARD: &[&str] = &[
    "Efficient, difficult and baffling: flow, fjord, office, waffle, shuffle, fi ff fl ffi ffl.",
    "Häufigkeit, naïve cœur, e\u{301}tude, ½ left, ЖФ αβ, 3\u{a0}×\u{a0}8 ≥ 2",
    "Nguye\u{302}\u{303}n Va\u{306}n Đức, Z\u{30c}eljko C\u{301}iric\u{301}, Łukasz Żółć, Şükrü Iğdır",
    "co\u{ad}operation and re\u{ad}covery",
    "`Code 012 == 3` stays as it is",
];

/// Every piece of text of a document in its order, found without the exporter.
fn words(document: &Document) -> Vec<String> {
    let mut words = vec![document.title.clone(), inlines(&document.summary)];
    blocks(&document.blocks, &mut words);
    words.push(inlines(&document.frame.disclaimer));
    words.into_iter().map(|piece| bare(&piece)).filter(|piece| !piece.is_empty()).collect()
}

fn blocks(from: &[Block], words: &mut Vec<String>) {
    for block in from {
        match block {
            Block::Heading { content, .. } | Block::Paragraph(content) => words.push(inlines(content)),
            Block::List { items, .. } => items.iter().for_each(|item| blocks(item, words)),
            Block::Quote(inner) => blocks(inner, words),
            Block::Callout { title, blocks: inner, .. } => {
                words.push(title.clone());
                blocks(inner, words);
            }
            Block::Code { text: code, .. } => words.push(code.clone()),
            Block::Table(table) => {
                words.extend(table.columns.iter().map(|column| inlines(&column.title)));
                words.extend(table.rows.iter().flat_map(|row| &row.cells).map(inlines));
            }
            Block::Facts(facts) => {
                facts.iter().for_each(|(label, value)| words.extend([label.clone(), inlines(value)]));
            }
            Block::Card(card) => {
                words.push(inlines(&card.title));
                words.extend(card.figure.iter().map(|figure| inlines(&figure.caption)));
                words.extend(card.facts.iter().flat_map(|(label, value)| [label.clone(), inlines(value)]));
                blocks(&card.body, words);
            }
            Block::Figure(figure) => words.push(inlines(&figure.caption)),
            other => panic!("no sample has {other:?} yet: say here in which order it is read"),
        }
    }
}

fn inlines(content: &Inlines) -> String {
    let text = |inline: &Inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.clone(),
        Inline::Strong(inner)
        | Inline::Emphasis(inner)
        | Inline::Struck(inner)
        | Inline::InLanguage { content: inner, .. }
        | Inline::Link { content: inner, .. } => inlines(inner),
        Inline::Checkbox(_) | Inline::Footnote(_) | Inline::Break => String::new(),
    };
    content.iter().map(text).collect()
}

/// Without what lines need: blanks and soft hyphens. Accents in one form.
pub(super) fn bare(text: &str) -> String {
    text.nfc().filter(|character| !character.is_whitespace() && *character != '\u{ad}').collect()
}

/// Where a text is not read in the order of the document.
fn misread(words: &[String], read: &str) -> Option<String> {
    let mut rest = read;
    for piece in words {
        let Some(at) = rest.find(piece.as_str()) else {
            return Some(format!("{piece} does not follow; what is left is {rest}"));
        };
        rest = &rest[at + piece.len()..];
    }
    None
}

/// What is quoted in poppler's tree of elements, which is what a screen reader has.
pub(super) fn quoted(tree: &str) -> String {
    let lines =
        tree.lines().map(str::trim).filter(|line| line.starts_with('"') && line.ends_with('"') && line.len() > 1);
    lines.map(|line| &line[1..line.len() - 1]).collect()
}

/// Prints a document into a folder.
fn print(document: &Document) -> (tempfile::TempDir, PathBuf) {
    let printed = Renderer::new().render(document, &Style::default(), &sample::media);
    assert_eq!(printed.problems, []);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("read.pdf");
    std::fs::write(&path, printed.bytes).unwrap();
    (folder, path)
}

/// A document as it is read aloud.
fn check_tags(document: &Document) {
    let Some(pdfinfo) = Tool::named("pdfinfo") else { return };
    let (words, (_folder, path)) = (words(document), print(document));
    let poppler = quoted(&pdfinfo.silently(&[&"-struct-text", &path]).unwrap());
    let pdfjs = with_pdfjs(std::slice::from_ref(&path)).map(|read| read[&path].tags.concat());
    for (program, read) in [("poppler", Some(poppler)), ("pdf.js", pdfjs)] {
        let Some(read) = read.map(|read| bare(&read)) else { continue };
        assert_eq!(misread(&words, &read), None, "{program}");
        assert!(read.len() < words.concat().len() * 5 / 4, "{program} reads much twice: {read}");
    }
}

/// A document as two programs copy it: every character, and in order where nothing stands side by side.
fn check_copies(document: &Document, in_order: bool) {
    let Some((pdftotext, mutool)) = Tool::named("pdftotext").zip(Tool::named("mutool")) else { return };
    let (words, (_folder, path)) = (words(document), print(document));
    let pdfjs = with_pdfjs(std::slice::from_ref(&path)).map(|read| read[&path].pages.concat());
    let programs = [
        ("poppler", pdftotext.silently(&[&"-raw", &path, &"-"])),
        ("mupdf", mutool.silently(&[&"draw", &"-q", &"-F", &"txt", &"-o", &"-", &path])),
    ];
    for (program, read) in programs.into_iter().chain(pdfjs.map(|read| ("pdf.js", Ok(read)))) {
        let read = bare(&read.unwrap());
        if in_order {
            assert_eq!(misread(&words, &read), None, "{program}");
        }
        let (meant, found) = (counted(&words.concat()), counted(&read));
        for (character, meant) in meant {
            assert!(found.get(&character).is_some_and(|found| *found >= meant), "{program} loses {character:?}");
        }
    }
}

fn counted(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    text.chars().for_each(|character| *counts.entry(character).or_default() += 1);
    counts
}

#[test]
fn hard_words_are_read_and_copied_as_they_are_written() {
    let mut blocks: Vec<Block> = HARD.iter().map(|text| sample::paragraph(text)).collect();
    blocks.extend([sample::list(Some(1), HARD), sample::list(None, HARD)]);
    let document = sample::document("Hard words", blocks);
    check_tags(&document);
    check_copies(&document, true);
}

/// Mupdf, and poppler's view of the tags, show hyphens as they are printed, whatever they stand for.
#[test]
fn hyphenated_words_are_copied_whole() {
    let Some(pdftotext) = Tool::named("pdftotext") else { return };
    let paragraph = sample::paragraph(&"extraordinarily characteristically ".repeat(12));
    let document = sample::document("Long words", vec![paragraph]);
    let (words, (_folder, path)) = (words(&document), print(&document));
    let read = bare(&pdftotext.silently(&[&"-raw", &path, &"-"]).unwrap());
    assert_eq!(misread(&words, &read), None);
}

#[test]
fn samples_are_read_in_the_order_of_the_document() {
    for document in [sample::guide(), sample::programme()] {
        check_tags(&document);
        check_copies(&document, false);
    }
}

#[test]
fn what_is_out_of_order_is_noticed() {
    let words = words(&sample::guide());
    let mut turned = words.clone();
    turned.swap(3, 4);
    assert_eq!(misread(&words, &words.concat()), None);
    assert!(misread(&words, &turned.concat()).is_some());
    assert!(misread(&words, &words[1..].concat()).is_some());
}
