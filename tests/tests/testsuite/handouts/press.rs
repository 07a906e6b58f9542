//! Files for a print shop: PDF/X-4 as far as it can be looked up, black words in one ink, and marks beyond the trimmed page.

use std::collections::BTreeMap;
use std::path::PathBuf;

use lopdf::content::Content;
use lopdf::{Document as Pdf, Object};
use regimen_tests::{Project, Tool};

use super::kinds::{clinic, illustrated_with};

/// What is wrong with a file, and the inks of its words.
#[derive(Debug, serde::Deserialize)]
struct Judged {
    findings: Vec<(String, String)>,
    /// An operator and its operands.
    words: Vec<Vec<serde_json::Value>>,
}

/// Every layout for the press, and the project that has the files.
fn printed() -> Vec<(Project, Vec<PathBuf>)> {
    let all = "press: true, layout: [sheet, handout, cards-1, cards-4, fridge, weeks]";
    let projects = [
        clinic(all),
        clinic("press: true, cards: duplex, paper: letter, layout: cards-2, large_print: 14"),
        clinic("press: true, cards: duplex, layout: [cards-4x6, cards-a7]"),
        illustrated_with("press: true, layout: [handout, cards-4, cards-3x5]"),
    ];
    let print = |project: Project| {
        project.run("build --only pdf").exits(0);
        let files = project.files("out/pdf").into_keys().map(|file| project.path("out/pdf").join(file)).collect();
        (project, files)
    };
    projects.into_iter().map(print).collect()
}

#[test]
fn a_print_shop_finds_nothing_wrong() {
    let projects = printed();
    let paths: Vec<&PathBuf> = projects.iter().flat_map(|(_, files)| files).collect();
    if let Some(judge) = Tool::python("pdfx.py", "pikepdf") {
        let arguments: Vec<&dyn AsRef<std::ffi::OsStr>> = paths.iter().map(|path| *path as _).collect();
        let answers: BTreeMap<PathBuf, Judged> = serde_json::from_str(&judge.judge(&arguments)).unwrap();
        assert_eq!(answers.len(), paths.len());
        for (path, Judged { findings, words }) in answers {
            assert!(findings.is_empty(), "{}: {findings:#?}", path.display());
            // Running text is black, and there is no word in red, green and blue.
            assert!(words.contains(&vec!["g".into(), 0.0.into()]), "{}: {words:?}", path.display());
            assert!(words.iter().all(|ink| ink[0] != "rg"), "{}: {words:?}", path.display());
        }
    }
    for (program, arguments) in [
        ("qpdf", &["--check"][..]),
        ("pdftoppm", &["-r", "20", "-gray"]),
        ("mutool", &["draw", "-q", "-r", "20", "-F", "pgm", "-o", "/dev/null"]),
    ] {
        let Some(tool) = Tool::named(program) else { continue };
        for path in &paths {
            let mut arguments: Vec<&dyn AsRef<std::ffi::OsStr>> =
                arguments.iter().map(|argument| argument as &dyn AsRef<_>).collect();
            arguments.push(*path);
            tool.silently(&arguments).unwrap_or_else(|said| panic!("{program}, {}: {said}", path.display()));
        }
    }
}

#[test]
fn cards_are_cut_along_marks_beyond_the_page() {
    let project = clinic("press: true, layout: cards-4");
    project.run("build --only pdf").exits(0);
    let pdf = Pdf::load(project.path("out/pdf/exercises.cards.pdf")).unwrap();
    let page = pdf.page_iter().next().unwrap();
    let corners = |name: &[u8]| -> Vec<f32> {
        let edges = pdf.get_dictionary(page).unwrap().get(name).and_then(Object::as_array).unwrap();
        edges.iter().map(|edge| edge.as_float().unwrap()).collect()
    };
    let trim = corners(b"TrimBox");
    let content = Content::decode(&pdf.get_page_content(page)).unwrap();
    let rectangles = content.operations.iter().filter(|operation| operation.operator == "re");
    let rectangles: Vec<[f32; 4]> =
        rectangles.map(|operation| [0, 1, 2, 3].map(|at| operation.operands[at].as_float().unwrap())).collect();
    let is_outside =
        |[x, y, width, height]: &[f32; 4]| x + width < trim[0] || y + height < trim[1] || *x > trim[2] || *y > trim[3];
    // Two at each end of the page's edges and of the cut in the middle, upright and across.
    assert_eq!(rectangles.iter().filter(|one| is_outside(one)).count(), 12);
    let is_line = |[_, _, width, height]: &[f32; 4]| *width >= trim[2] || *height >= trim[3];
    assert!(!rectangles.iter().any(is_line), "nothing is printed where the knife goes");
}

#[test]
fn what_is_printed_has_no_fields() {
    let project = clinic("press: true, log: fields");
    project.run("check").exits(1).says("what a print shop prints has no fields").says("log: true");
}
