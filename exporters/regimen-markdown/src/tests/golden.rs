//! One document with a bit of everything, kept as a file to look at. `REGIMEN_BLESS=1` writes it anew.

use regimen_catalog::prose::{Alignment, CalloutKind, Inline, LinkTarget};
use regimen_catalog::{Kind, prose};
use regimen_export::document::{Block, Card, Column, ColumnRole, Document, Figure, Row, Table};
use regimen_export::{BuildInfo, Subject, Unit};

use super::fixture;
use crate::exporter::page_text;
use crate::headings::Headings;
use crate::links::{Page, PageLinks};
use crate::render::body;
use crate::settings::Settings;
use crate::{FrontMatter, Site};

fn inlines(markdown: &str) -> Vec<Inline> {
    match prose::parse(markdown).blocks.pop() {
        Some(prose::ProseBlock::Paragraph(content)) => content,
        other => panic!("{other:?}"),
    }
}

fn paragraph(markdown: &str) -> Block {
    Block::Paragraph(inlines(markdown))
}

fn table() -> Table {
    let column = |title: &str, role| Column { title: inlines(title), role };
    let row = |cells: [&str; 3], group| Row {
        cells: cells.map(|cell| prose::parse(cell).blocks.pop().map_or_else(Vec::new, |_| inlines(cell))).into(),
        group,
        figure: None,
        listed: Vec::new(),
        heading: Vec::new(),
        log: Vec::new(),
    };
    Table {
        alignment: Vec::new(),
        summary: "Session A".into(),
        columns: vec![
            column("Exercise", ColumnRole::Name),
            column("How much", ColumnRole::Amount),
            column("Done", ColumnRole::Log),
        ],
        rows: vec![
            row(["Warm-up", "", ""], true),
            row(["[Squat](exercise:squat)", "3 × 8\\\nrest 60 s", ""], false),
            row(["Lunge \\| walking", "2 × 10", ""], false),
        ],
    }
}

fn squat() -> Card {
    let figure = Figure {
        file: "media/squat.svg".into(),
        alt: "Une personne plie les genoux [de profil]".into(),
        alt_language: Some("fr".parse().expect("a tag")),
        caption: inlines("Drawing: A. Hand (CC0-1.0)"),
        ..Figure::default()
    };
    Card {
        level: 2,
        anchor: "exercise-squat".into(),
        entry: fixture::reference(Kind::Exercise, "squat"),
        title: inlines("Squat"),
        figure: Some(figure),
        facts: vec![("Level".into(), inlines("2 of 5")), ("Muscles".into(), inlines("[soleus](muscle:soleus)"))],
        spare: Vec::new(),
        stop: None,
        muscles: None,
        codes: Vec::new(),
        body: vec![Block::List {
            start: Some(1),
            items: vec![
                vec![paragraph("Stand **tall**.")],
                vec![
                    paragraph("Sit <span lang=\"fr\">*en arrière*</span>:"),
                    Block::List {
                        start: None,
                        items: vec![vec![paragraph("heels *down*")], vec![paragraph("1\\. knees out")]],
                    },
                ],
            ],
        }],
    }
}

fn sample() -> Document {
    let mut document = fixture::document("Strong legs: \"why\" & how # 1");
    document.summary = inlines("Two exercises for runners.");
    document.keywords = vec!["running".into(), "legs".into()];
    document.frame.disclaimer = inlines("This does not replace *medical* advice.");
    document.frame.date = "1 May 2026".into();
    let why = Inline::Link { target: LinkTarget::Anchor("reasons".into()), content: inlines("why"), title: None };
    document.blocks = vec![
        Block::Heading { level: 1, anchor: "reasons".into(), content: inlines("Why? Some reasons") },
        paragraph(
            "Do the [squat](exercise:squat) and the [lunge](exercise:lunge) *slowly*; read [this](https://example.org/a_(b)).",
        ),
        Block::Paragraph(vec![Inline::Text("- That is ".into()), why, Inline::Text(". 1 < 2 & 3_4.".into())]),
        Block::Callout {
            kind: CalloutKind::Caution,
            title: "Stop and ask".into(),
            blocks: vec![paragraph("Sharp pain is a reason to stop.")],
        },
        Block::Card(squat()),
        Block::PageBreak,
        Block::Heading { level: 1, anchor: "table".into(), content: inlines("The plan") },
        Block::Table(table()),
        Block::Code { language: Some("yaml".into()), text: "tempo: 3-1-1\n  `slow`".into() },
    ];
    document
}

fn text(front_matter: FrontMatter) -> String {
    let catalog = fixture::catalog();
    let style = Settings { front_matter: Some(front_matter), ..Settings::default() }.style();
    let unit = Unit {
        subject: Subject::Catalog,
        catalog: &catalog,
        language: &catalog.languages[catalog.language()],
        build: &BuildInfo { date: jiff::civil::date(2026, 6, 1), epoch: 0, version: "0" },
        previous: &[],
        person: None,
    };
    let page = Page::Entry(fixture::reference(Kind::Guide, "run"));
    page_text(&unit, &style, &page, &sample(), Some(jiff::civil::date(2026, 5, 1)))
}

#[test]
fn the_sample_looks_as_it_did() {
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/golden/sample.md");
    let text = text(FrontMatter::Yaml);
    if bless() {
        write(golden, &text);
    }
    let wanted = std::fs::read_to_string(golden).unwrap_or_default();
    assert!(text == wanted, "differs from {golden}; if that is meant, run again with REGIMEN_BLESS=1\n{text}");
}

#[test]
fn footnotes_tasks_and_struck_words_are_what_each_site_reads() {
    let mut document = fixture::document("T");
    let task =
        |ticked: bool, words: &str| vec![Block::Paragraph(vec![Inline::Checkbox(ticked), Inline::Text(words.into())])];
    document.blocks = vec![
        Block::List { start: None, items: vec![task(false, "Shoes"), task(true, "Water")] },
        Block::Paragraph(vec![
            Inline::Text("A claim".into()),
            Inline::Footnote(1),
            Inline::Text(" and ".into()),
            Inline::Struck(inlines("an old one")),
        ]),
        Block::Table(Table { alignment: [Alignment::Start, Alignment::Centre, Alignment::End].into(), ..table() }),
        Block::Code { language: Some("text".into()), text: "{{ x }}".into() },
        Block::Paragraph(vec![Inline::Code("{% y %}".into())]),
        Block::Footnotes(vec![vec![
            Block::Paragraph(inlines("The note.")),
            Block::Code { language: None, text: "1".into() },
        ]]),
    ];
    let catalog = fixture::catalog();
    let page = Page::Entry(fixture::reference(Kind::Guide, "run"));
    let written = |site: Site| {
        let style = Settings { site, front_matter: Some(FrontMatter::None), ..Settings::default() }.style();
        let headings = Headings::of(&document, &style);
        let language = catalog.language();
        let links = PageLinks {
            page: &page,
            style: &style,
            headings: &headings,
            language,
            catalog: &catalog,
            others: std::cell::RefCell::default(),
        };
        body(&document, &headings, &links)
    };
    for (site, wanted) in [
        (Site::Plain, "- [ ] Shoes\n- [x] Water\n\nA claim[^1] and ~~an old one~~\n"),
        (Site::Plain, "| :--- | :---: |\n"),
        (Site::Plain, "[^1]: The note.\n\n    ```\n    1\n    ```\n"),
        (Site::MkDocs, "- ☐ Shoes\n- ☑ Water\n\nA claim[¹](#note-1) and <del>an old one</del>\n"),
        (Site::MkDocs, "---\n\n<span id=\"note-1\"></span>¹ The note.\n\n```\n1\n```\n"),
        (Site::Jekyll, "```text{% raw %}\n{{ x }}\n{% endraw %}```\n\n`{% raw %}{% y %}{% endraw %}`"),
        (Site::Zola, "```text\n{{/* x */}}\n```\n\n`{%/* y */%}`"),
        (Site::Hugo, "```text\n{{ x }}\n```\n\n`{% y %}`"),
    ] {
        let text = written(site);
        assert!(text.contains(wanted), "{site:?}: {wanted}\n{text}");
    }
}

#[expect(clippy::disallowed_methods, reason = "a person asks for new golden files through the environment")]
fn bless() -> bool {
    std::env::var("REGIMEN_BLESS").is_ok_and(|value| value == "1")
}

#[expect(clippy::disallowed_methods, reason = "golden files are no part of a build")]
fn write(path: &str, text: &str) {
    std::fs::write(path, text).expect("the golden file can be written");
}
