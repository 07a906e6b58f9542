//! What must hold for every kind of handout: nobody finds an error, and nobody has a warning.

use std::collections::BTreeMap;
use std::path::PathBuf;

use regimen_tests::Tool;

use super::kinds::handouts;
use super::reading::{bare, quoted};

/// What a checker is known to get wrong about us, and why it is wrong.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("outloud", "PAG-001", "takes pages that begin with `Week 1`, `Week 2` and so on for pages with a header"),
    ("pdfua", "UA-14-001", "stops at any heading, because its library does not know numbers by that name any more"),
];

/// What a checker found in a file: the rule and what it says.
pub(super) type Findings = Vec<(String, String)>;

/// What each checker of PDF/UA and PDF/A finds in each file, apart from its known mistakes; none without the checkers.
pub(super) fn conformance(paths: &[PathBuf]) -> Option<BTreeMap<PathBuf, BTreeMap<String, Findings>>> {
    let judge = Tool::python("pdf.py", "page, outloud, pdfua, pikepdf")?;
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
fn checkers_find_neither_error_nor_warning() {
    let paths: Vec<PathBuf> = handouts().iter().map(|handout| handout.path.clone()).collect();
    let Some(answer) = conformance(&paths) else { return };
    assert_eq!(answer.len(), paths.len());
    for (path, judges) in answer {
        assert_eq!(judges.len(), 5);
        for (judge, findings) in judges {
            assert!(findings.is_empty(), "{judge} about {}: {findings:#?}", path.display());
        }
    }
}

/// What pdf.js reads in each file.
#[derive(Debug, serde::Deserialize)]
pub(super) struct ReadByPdfJs {
    title: String,
    language: String,
    /// The words of each page in the order of its tags.
    pub(super) tags: Vec<String>,
    /// The words of each page as they are painted.
    pub(super) pages: Vec<String>,
    fields: usize,
    complaints: Vec<String>,
}

/// What pdf.js reads in files; none without it.
pub(super) fn with_pdfjs(paths: &[PathBuf]) -> Option<BTreeMap<PathBuf, ReadByPdfJs>> {
    let tool = Tool::node("pdf.mjs", "pdfjs-dist")?;
    let paths: Vec<&dyn AsRef<std::ffi::OsStr>> = paths.iter().map(|path| path as _).collect();
    Some(serde_json::from_str(&tool.judge(&paths)).unwrap())
}

/// Whether a handout is to be filled in on a screen: weeks on the wall and guides are not.
fn is_form(name: &str) -> bool {
    name.contains("fields/") && !name.contains("/guides/") && !name.ends_with(".weeks")
}

#[test]
fn pdfjs_reads_every_page_in_the_order_of_its_tags() {
    let paths: Vec<PathBuf> = handouts().iter().map(|handout| handout.path.clone()).collect();
    let Some((read, pdfinfo)) = with_pdfjs(&paths).zip(Tool::named("pdfinfo")) else { return };
    for handout in handouts() {
        let ReadByPdfJs { title, language, tags, pages, fields, complaints } = &read[&handout.path];
        assert_eq!(complaints, &[""; 0], "{}", handout.name);
        assert!(
            !title.is_empty() && !language.is_empty() && !pages.is_empty(),
            "{}: {title}, {language}",
            handout.name
        );
        assert_eq!(*fields > 0, is_form(&handout.name), "{}", handout.name);
        // Of these scripts, readers give the signs of a word in orders of their own.
        if ["he", "hi"].contains(&language.as_str()) {
            continue;
        }
        let poppler = pdfinfo.silently(&[&"-struct-text", &handout.path]).unwrap();
        let [mine, others] = [tags.concat(), quoted(&poppler)].map(|text| bare(&text));
        assert_eq!(mine, others, "{}", handout.name);
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

/// Index cards, upright or across, as poppler measures them.
const INDEX_CARDS: [&str; 8] = [
    "216 x 360 pts",
    "360 x 216 pts",
    "288 x 432 pts",
    "432 x 288 pts",
    "297.638 x 419.528 pts",
    "419.528 x 297.638 pts",
    "209.764 x 297.638 pts",
    "297.638 x 209.764 pts",
];

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
        let size = fields.get("Page size").copied().unwrap_or_default();
        let paper = size.ends_with("(A4)") || size.ends_with("(letter)") || INDEX_CARDS.contains(&size);
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
