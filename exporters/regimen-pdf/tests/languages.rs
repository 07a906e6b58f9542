//! What a screen reader is told of the languages of a handout.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod sample;

use lopdf::{Dictionary, Document as Pdf, Object};
use regimen_catalog::LanguageTag;
use regimen_catalog::prose::{Inline, Inlines, LinkTarget, ProseBlock, parse};
use regimen_export::document::{Block, ColumnRole, Document, Figure};
use regimen_pdf::{Renderer, Style};

/// Running text in the author's notation.
fn inlines(markdown: &str) -> Inlines {
    let parsed = parse(markdown);
    assert_eq!(parsed.problems, []);
    match parsed.blocks.into_iter().next() {
        Some(ProseBlock::Paragraph(content)) => content,
        other => panic!("{other:?}"),
    }
}

fn tag(tag: &str) -> LanguageTag {
    tag.parse().unwrap()
}

fn printed(document: &Document) -> Pdf {
    let rendered = Renderer::new().render(document, &Style::default(), &sample::media);
    assert_eq!(rendered.problems, []);
    Pdf::load_mem(&rendered.bytes).unwrap()
}

/// The elements in reading order, each with its language and what it holds: `.` is text, `@` a link to click.
fn outline(pdf: &Pdf) -> String {
    fn kids(pdf: &Pdf, element: &Dictionary) -> String {
        match element.get(b"K") {
            Ok(Object::Array(kids)) => kids.iter().map(|kid| show(pdf, kid)).collect(),
            Ok(kid) => show(pdf, kid),
            Err(_) => String::new(),
        }
    }
    fn show(pdf: &Pdf, kid: &Object) -> String {
        if kid.as_i64().is_ok() {
            // A marked piece on the page of its element.
            return ".".to_owned();
        }
        let kid = pdf.dereference(kid).unwrap().1.as_dict().unwrap();
        let name = |key: &[u8]| String::from_utf8_lossy(kid.get(key).unwrap().as_name().unwrap()).into_owned();
        match name(b"Type").as_str() {
            "MCR" => ".".to_owned(),
            "OBJR" => "@".to_owned(),
            _ => {
                let language =
                    kid.get(b"Lang").map(|tag| format!(":{}", String::from_utf8_lossy(tag.as_str().unwrap())));
                format!("{}{}({})", name(b"S"), language.unwrap_or_default(), kids(pdf, kid))
            }
        }
    }
    let root = pdf.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    kids(pdf, pdf.get_dictionary(root).unwrap())
}

/// What one block becomes behind the brand and the title.
fn check(block: &Block, expected: &str) {
    let mut document = sample::document("T", vec![block.clone()]);
    document.frame.disclaimer = Vec::new();
    let said = outline(&printed(&document));
    assert_eq!(said, format!("Document(P(.)H1(.){expected})"), "{block:?}");
}

fn check_line(markdown: &str, expected: &str) {
    check(&Block::Paragraph(inlines(markdown)), expected);
}

#[test]
fn words_are_spans_of_their_language() {
    check_line("A <span lang=\"fr\">mot juste</span>.", "P(.Span:fr(.).)");
    check_line("*A <span lang=\"fr\">mot **juste**</span>*.", "P(.Span:fr(.).)");
    check_line("<span lang=\"fr\">un</span> <span lang=\"pt-BR\">dois</span>", "P(Span:fr(.).Span:pt-BR(.))");
    check_line("a <span lang=\"fr\">b <span lang=\"de\">c</span> d</span>", "P(.Span:fr(.Span:de(.).))");
    check_line("a <span lang=\"fr\"><span lang=\"de\">c</span></span>", "P(.Span:fr(Span:de(.)))");
}

#[test]
fn a_text_in_one_other_language_needs_no_span() {
    check_line("<span lang=\"fr\">mot *juste*</span>", "P:fr(.)");
    check_line("<span lang=\"fr\">mot <span lang=\"en\">word</span></span>", "P:fr(.Span:en(.))");
    let table = Block::Table(regimen_export::document::Table {
        alignment: Vec::new(),
        rows: vec![regimen_export::document::Row {
            cells: vec![inlines("<span lang=\"fr\">un</span>")],
            group: false,
            figure: None,
            listed: Vec::new(),
            heading: Vec::new(),
            log: Vec::new(),
        }],
        ..match sample::table("T", &[("A", ColumnRole::Text)], &[]) {
            Block::Table(table) => table,
            other => panic!("{other:?}"),
        }
    });
    check(&table, "Table(TR(TH(.))TR(TD:fr(.)))");
    let facts = vec![("Label".to_owned(), inlines("<span lang=\"fr\">valeur</span>"))];
    check(&Block::Facts(facts), "L(LI(Lbl(.)LBody:fr(.)))");
}

#[test]
fn links_and_languages_stand_in_each_other() {
    let url = "https://example.org";
    check_line(&format!("[<span lang=\"fr\">mot</span>]({url})"), "P(Link:fr(.@))");
    check_line(&format!("[a <span lang=\"fr\">mot</span>]({url})"), "P(Link(.Span:fr(.)@))");
    check_line(&format!("a <span lang=\"fr\">[mot]({url})</span>"), "P(.Span:fr(Link(.@)))");
    check_line(&format!("<span lang=\"fr\">un [mot]({url})</span>"), "P:fr(.Link(.@))");
    // A link that leads nowhere is its text.
    let content = vec![Inline::InLanguage { language: tag("fr"), content: inlines("mot") }];
    let lost = Inline::Link { target: LinkTarget::Anchor("nowhere".into()), content, title: None };
    check(&Block::Paragraph(vec![lost, Inline::Text(" b".into())]), "P(Span:fr(.).)");
}

#[test]
fn titles_and_pictures_say_their_language() {
    let picture = Figure {
        file: "nordic-curl.svg".into(),
        alt: "Une coureuse".into(),
        alt_language: Some(tag("fr")),
        ..Figure::default()
    };
    check(&Block::Figure(picture.clone()), "Figure:fr(.)");
    let mut document = sample::document("Mot juste", vec![Block::Figure(picture)]);
    (document.title_language, document.frame.disclaimer) = (Some(tag("fr")), inlines("<span lang=\"fr\">Avis</span>"));
    let plain = Style { pictures: regimen_pdf::Pictures::None, ..Style::default() };
    assert_eq!(outline(&printed(&document)), "Document(P(.)H1:fr(.)Figure:fr(.)P:fr(.))");
    let bytes = Renderer::new().render(&document, &plain, &sample::media).bytes;
    assert_eq!(outline(&Pdf::load_mem(&bytes).unwrap()), "Document(P(.)H1:fr(.)P:fr(.))");
}

#[test]
fn a_document_in_one_language_says_it_once() {
    for document in [sample::guide(), sample::programme()] {
        let said = outline(&printed(&document));
        assert!(!said.contains(':') && !said.contains("Span"), "{said}");
    }
}
