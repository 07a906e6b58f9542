//! What must hold for every kind of handout: nobody finds an error, and nobody has a warning.

use std::collections::BTreeMap;
use std::path::PathBuf;

use regimen_tests::Tool;

use super::kinds::handouts;

/// What a checker is known to get wrong about us, and why it is wrong.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("outloud", "PAG-001", "takes pages that begin with `Week 1`, `Week 2` and so on for pages with a header"),
    ("pdfua", "UA-14-001", "stops at any heading, because its library does not know numbers by that name any more"),
];

/// What a checker found in a file: the rule and what it says.
pub(super) type Findings = Vec<(String, String)>;

/// What each checker of accessibility finds in each file, apart from its known mistakes; none without the checkers.
pub(super) fn accessibility(paths: &[PathBuf]) -> Option<BTreeMap<PathBuf, BTreeMap<String, Findings>>> {
    let judge = Tool::python("pdf.py", "page, outloud, pdfua")?;
    let arguments: Vec<&dyn AsRef<std::ffi::OsStr>> = paths.iter().map(|path| path as _).collect();
    let answer: BTreeMap<PathBuf, BTreeMap<String, Findings>> = serde_json::from_str(&judge.judge(&arguments)).unwrap();
    let right = |judge: &str, rule: &str| !MISTAKES.iter().any(|(by, known, _)| (*by, *known) == (judge, rule));
    let sifted = |judges: BTreeMap<String, Findings>| {
        judges.into_iter().map(|(judge, mut found)| {
            found.retain(|(rule, _)| right(&judge, rule));
            (judge, found)
        })
    };
    Some(answer.into_iter().map(|(path, judges)| (path, sifted(judges).collect())).collect())
}

/// Asks a program about every handout, with `FILE` for its path.
fn each(program: &str, arguments: &[&str], check: impl Fn(&str) -> Result<(), String>) {
    let Some(tool) = Tool::named(program) else { return };
    let mut complaints = Vec::new();
    for handout in handouts() {
        let filled: Vec<&dyn AsRef<std::ffi::OsStr>> = arguments
            .iter()
            .map(|argument| if *argument == "FILE" { &handout.path as &dyn AsRef<_> } else { argument as _ })
            .collect();
        if let Err(complaint) = tool.silently(&filled).and_then(|answer| check(&answer)) {
            complaints.push(format!("{}: {complaint}", handout.name));
        }
    }
    assert!(complaints.is_empty(), "{program} {arguments:?}:\n{}", complaints.join("\n"));
}

#[test]
fn three_checkers_find_neither_error_nor_warning() {
    let paths: Vec<PathBuf> = handouts().iter().map(|handout| handout.path.clone()).collect();
    let Some(answer) = accessibility(&paths) else { return };
    assert_eq!(answer.len(), paths.len());
    for (path, judges) in answer {
        assert_eq!(judges.len(), 3);
        for (judge, findings) in judges {
            assert!(findings.is_empty(), "{judge} about {}: {findings:#?}", path.display());
        }
    }
}

#[test]
fn qpdf_finds_no_damage() {
    each("qpdf", &["--check", "FILE"], |said| {
        let sound = said.contains("No syntax or stream encoding errors found") && !said.contains("WARNING");
        if sound { Ok(()) } else { Err(said.to_owned()) }
    });
}

#[test]
fn poppler_finds_every_font_embedded_subset_and_readable() {
    each("pdffonts", &["FILE"], |table| {
        let fonts: Vec<&str> = table.lines().skip(2).collect();
        // The columns from the right: object number and generation, unicode, subset, embedded.
        let whole = |font: &&str| font.split_whitespace().rev().skip(2).take(3).eq(["yes", "yes", "yes"]);
        if fonts.len() >= 2 && fonts.iter().all(whole) { Ok(()) } else { Err(table.to_owned()) }
    });
}

#[test]
fn poppler_finds_title_tags_and_nothing_that_runs() {
    each("pdfinfo", &["FILE"], |info| {
        let fields: BTreeMap<&str, &str> =
            info.lines().filter_map(|line| line.split_once(':')).map(|(key, value)| (key, value.trim())).collect();
        for (field, wanted) in [("Tagged", "yes"), ("JavaScript", "no"), ("Suspects", "no"), ("PDF version", "1.7")] {
            if fields.get(field) != Some(&wanted) {
                return Err(format!("{field}: {:?} instead of {wanted:?}", fields.get(field)));
            }
        }
        let paper = fields.get("Page size").is_some_and(|size| size.ends_with("(A4)") || size.ends_with("(letter)"));
        let titled = fields.get("Title").is_some_and(|title| !title.is_empty());
        if paper && titled { Ok(()) } else { Err(info.to_owned()) }
    });
}

#[test]
fn poppler_draws_and_reads_every_page_in_silence() {
    each("pdftotext", &["FILE", "-"], |_| Ok(()));
    each("pdftoppm", &["-r", "20", "-gray", "FILE"], |_| Ok(()));
    each("pdfinfo", &["-struct-text", "FILE"], |_| Ok(()));
    each("pdfinfo", &["-dests", "FILE"], |_| Ok(()));
}

#[test]
fn mupdf_draws_and_reads_every_page_in_silence() {
    each("mutool", &["draw", "-q", "-F", "txt", "-o", "-", "FILE"], |_| Ok(()));
    each("mutool", &["draw", "-q", "-r", "20", "-F", "pgm", "-o", "/dev/null", "FILE"], |_| Ok(()));
    each("mutool", &["info", "FILE"], |_| Ok(()));
    each("mutool", &["show", "FILE", "outline"], |_| Ok(()));
}
