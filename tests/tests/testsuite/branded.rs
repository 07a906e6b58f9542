//! Handouts of a brand with two colours, a logo, fonts, a header and a footer, as other programs find them.

use std::path::PathBuf;

use regimen_tests::{Project, Tool, repository};

/// The shipped catalogue under a brand of its own, built as handouts.
fn built() -> Project {
    let fonts = repository().join("exporters/regimen-pdf/fonts");
    let project = Project::shipped().overlay("catalog", &repository().join("tests/fixtures/branded"));
    let project = project.overlay("catalog/brand/fonts", &fonts);
    project.run("check").exits(0).quietly();
    project.run("build --only pdf").exits(0);
    project
}

fn handouts(project: &Project) -> Vec<PathBuf> {
    let files = project.files("out/pdf").into_keys();
    let handouts: Vec<_> = files.map(|file| project.path("out/pdf").join(file)).collect();
    assert_eq!(handouts.len(), 2);
    handouts
}

#[test]
fn other_programs_find_nothing_wrong_with_the_fonts_of_a_brand() {
    let project = built();
    for handout in handouts(&project) {
        if let Some(qpdf) = Tool::named("qpdf") {
            let said = qpdf.judge(&[&"--check", &handout]);
            assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
        }
        let Some(pdffonts) = Tool::named("pdffonts") else { continue };
        let table = pdffonts.judge(&[&handout]);
        let fonts: Vec<&str> = table.lines().skip(2).collect();
        for name in ["Figtree-SemiBold", "SourceCodePro-Regular", "SourceSans3-SemiBold"] {
            assert!(fonts.iter().any(|font| font.contains(name)), "{name} is not there:\n{table}");
        }
        for font in fonts {
            let columns: Vec<&str> = font.split_whitespace().rev().collect();
            assert_eq!(&columns[2..5], ["yes", "yes", "yes"], "{font}");
        }
        if let Some(judge) = Tool::python("pdf.py", "page, outloud, pdfua, pikepdf") {
            judge.judge(&[&handout]);
        }
    }
}

#[test]
fn header_and_footer_are_on_every_page_and_built_again_alike() {
    let project = built();
    let first = project.files("out/pdf");
    project.run("build --only pdf -j 1 --out again").exits(0);
    assert!(project.files("again/pdf").values().eq(first.values()), "the bytes depend on more than the catalogue");
    let Some(pdftotext) = Tool::named("pdftotext") else { return };
    for handout in handouts(&project) {
        let text = pdftotext.judge(&[&handout, &"-"]);
        let pages = text.matches('\u{c}').count();
        let count = |wanted: &str| text.replace(['\n', '\u{a0}'], " ").matches(wanted).count();
        assert!(pages > 2, "{pages}");
        assert_eq!(count("Bring this sheet to your next appointment. 20 November 2026"), pages);
        assert_eq!(count("Harbour handouts · "), pages - 1, "the first page has the logo instead");
    }
}

/// A sentence that no font has that ships.
const JAPANESE: &str = "ふくらはぎを強くする。";

/// The small catalogue with a Japanese sentence in a guide and these fonts for Japanese.
fn japanese(fonts: &str) -> Project {
    let project = Project::small().overlay("catalog/brand/fonts", &repository().join("tests/fixtures/fonts"));
    let settings = project.text("catalog/regimen.yaml");
    let settings = format!("{settings}brand:\n  fonts: {{languages: {{ja: {{text: {{regular: {fonts}}}}}}}}}\n");
    let guide = project.text("catalog/guides/calf-care.md");
    let guide = format!("{guide}\n<span lang=\"ja\">{JAPANESE}</span>\n\n**<span lang=\"ja\">強く</span>**\n");
    project.file("catalog/regimen.yaml", settings).file("catalog/guides/calf-care.md", guide)
}

#[test]
fn each_language_may_have_fonts_of_any_kind() {
    for font in ["brand/fonts/japanese.otf", "brand/fonts/collection.ttc", "\"brand/fonts/collection.ttc#1\""] {
        let project = japanese(font);
        project.run("build --only pdf").exits(0);
        let handout = project.path("out/pdf/guides/calf-care.pdf");
        if let Some(qpdf) = Tool::named("qpdf") {
            let said = qpdf.judge(&[&"--check", &handout]);
            assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
        }
        if let Some(pdffonts) = Tool::named("pdffonts") {
            let table = pdffonts.judge(&[&handout]);
            let line = table.lines().find(|line| line.contains("NotoSansCJKjp-Regular"));
            let columns: Vec<&str> = line.unwrap_or_else(|| panic!("{table}")).split_whitespace().rev().collect();
            assert_eq!(&columns[2..5], ["yes", "yes", "yes"], "embedded, cut, with its characters: {table}");
            assert!(line.is_some_and(|line| line.contains("CID Type 0C")), "{table}");
        }
        if let Some(pdftotext) = Tool::named("pdftotext") {
            let text = pdftotext.judge(&[&handout, &"-"]);
            assert!(text.contains(JAPANESE), "{text}");
        }
        if let Some(judge) = Tool::python("pdf.py", "page, outloud, pdfua, pikepdf") {
            judge.judge(&[&handout]);
        }
    }
}

#[test]
fn a_font_of_a_collection_is_there_or_a_finding() {
    japanese("\"brand/fonts/collection.ttc#3\"").run("check").exits(1).says("has no font number 3");
    japanese("\"brand/fonts/japanese.otf#2\"").run("check").exits(1).says("is a single font");
}

#[test]
fn only_the_fonts_that_are_named_are_read() {
    let project = Project::small().file("catalog/brand/fonts/Lato.ttf", "no font");
    project.run("check").exits(0);
    let named = "language: en\nbrand: {fonts: {headings: brand/fonts/Lato.ttf}}\nwords: {title: T}\n";
    project
        .file("catalog/regimen.yaml", named)
        .run("check")
        .exits(1)
        .says("`brand/fonts/Lato.ttf` is no TrueType or OpenType font");
}
