//! Units in, pages out.

use std::cell::RefCell;
use std::collections::BTreeSet;

use jiff::civil::Date;
use regimen_catalog::prose::plain_text;
use regimen_catalog::{Diagnostic, Place, Reference};
use regimen_export::compose::Mark;
use regimen_export::document::{Block, Document, Figure};
use regimen_export::{
    Artifact, BadOptions, Exporter, Granularity, Options, OptionsSchema, Output, Plugin, Subject, Unit, compose,
};

use crate::front_matter::Facts;
use crate::headings::Headings;
use crate::index;
use crate::links::{Page, PageLinks};
use crate::render::body;
use crate::settings::{Settings, Style};

/// The Markdown exporter.
pub const PLUGIN: Plugin = Plugin {
    id: "markdown",
    version: "1",
    summary: "Markdown pages for site generators",
    explanations: include_str!("explain.md"),
    options: OptionsSchema::of::<Settings>,
    open,
};

fn open(options: &Options) -> Result<Box<dyn Exporter>, BadOptions> {
    let settings: Settings = options.read()?;
    Ok(Box::new(Markdown { style: settings.style() }))
}

struct Markdown {
    style: Style,
}

impl Exporter for Markdown {
    fn granularity(&self) -> &[Granularity] {
        &[Granularity::Catalog, Granularity::Guide, Granularity::Exercise, Granularity::Program, Granularity::Person]
    }

    fn export(&self, unit: &Unit<'_>, out: &mut Output) {
        let mut style = self.style.clone();
        style.root.push_str(&language_folder(unit));
        let job = Job { unit, style: &style };
        match unit.subject {
            Subject::Catalog => job.index(out),
            Subject::Guide(entry) => {
                let page = Page::Entry(Reference::from(&entry.id));
                job.page(&page, &marked(compose::guide(unit, entry)), entry.reviewed_on, out);
            }
            Subject::Exercise(entry) => {
                let page = Page::Entry(Reference::from(&entry.id));
                job.page(&page, &marked(compose::exercise(unit, entry)), None, out);
            }
            Subject::Program(entry, plan) | Subject::Plan(entry, plan) => {
                let page = match unit.person {
                    Some(person) => Page::Person(person.id.clone()),
                    None => Page::Entry(Reference::from(&entry.id)),
                };
                let mut document = marked(compose::program(unit, entry, plan));
                document.blocks = without_months(document.blocks);
                job.page(&page, &document, entry.revised, out);
            }
        }
    }
}

/// The same with its mark.
fn marked(mut document: Document) -> Document {
    document.frame.mark = Mark::of(&document).to_string();
    document
}

/// Blocks without months, which a page on the web does not have, and without the heading above them.
fn without_months(blocks: Vec<Block>) -> Vec<Block> {
    let is_of_months = |block: &Block| matches!(block, Block::Month(_) | Block::PageBreak | Block::SheetBreak);
    let has_months_alone = |rest: &[Block]| {
        let end = rest.iter().position(|block| !is_of_months(block)).unwrap_or(rest.len());
        let is_next = rest.get(end).is_none_or(|block| matches!(block, Block::Heading { .. }));
        is_next && rest[..end].iter().any(|block| matches!(block, Block::Month(_)))
    };
    let is_shown: Vec<bool> = blocks
        .iter()
        .enumerate()
        .map(|(at, block)| match block {
            Block::Heading { .. } => !has_months_alone(&blocks[at + 1..]),
            other => !matches!(other, Block::Month(_)),
        })
        .collect();
    blocks.into_iter().zip(is_shown).filter_map(|(block, is_shown)| is_shown.then_some(block)).collect()
}

/// The host puts other languages than the catalogue's own into a folder each, pictures included, so that every
/// language is a whole site. Empty, or with `/` at its end.
fn language_folder(unit: &Unit<'_>) -> String {
    if unit.tag() == unit.catalog.language() { String::new() } else { format!("{}/", unit.tag()) }
}

/// One unit to be written.
struct Job<'a> {
    unit: &'a Unit<'a>,
    style: &'a Style,
}

impl Job<'_> {
    fn index(&self, out: &mut Output) {
        self.page(&Page::Index, &index::document(self.unit), None, out);
        if self.style.book_summary {
            let text = index::book_summary(self.unit, self.style);
            self.file(&Page::BookSummary.file(self.style), text.into_bytes(), out);
        }
    }

    fn page(&self, page: &Page, document: &Document, date: Option<Date>, out: &mut Output) {
        let text = page_text(self.unit, self.style, page, document, date);
        self.file(&page.file(self.style), text.into_bytes(), out);
        for picture in pictures_of(document) {
            match self.unit.media(picture) {
                Some(bytes) => self.file(&page.picture_file(picture), bytes.to_vec(), out),
                None => out.report(self.missing(picture)),
            }
        }
    }

    fn file(&self, path: &str, bytes: Vec<u8>, out: &mut Output) {
        match path.parse() {
            Ok(path) => out.file(Artifact { path, bytes }),
            Err(bad) => {
                let finding = Diagnostic::error("markdown/bad-path", bad.to_string());
                out.report(self.placed(finding).help("rename the file"));
            }
        }
    }

    fn missing(&self, picture: &str) -> Diagnostic {
        let message = format!("the picture `{}` is not in the catalogue", picture.escape_debug());
        let finding = Diagnostic::error("markdown/missing-picture", message);
        self.placed(finding).help("put the file there, or take the picture out")
    }

    fn placed(&self, finding: Diagnostic) -> Diagnostic {
        let file = match self.unit.subject {
            Subject::Catalog => return finding,
            Subject::Guide(entry) => &entry.file,
            Subject::Exercise(entry) => &entry.file,
            Subject::Program(entry, _) | Subject::Plan(entry, _) => &entry.file,
        };
        finding.at(Place::file(file.clone()), "")
    }
}

/// A whole file: front matter, an empty line, body.
pub(crate) fn page_text(
    unit: &Unit<'_>,
    style: &Style,
    page: &Page,
    document: &Document,
    date: Option<Date>,
) -> String {
    let facts = Facts {
        title: &document.title,
        description: &description(document),
        date,
        authors: &document.authors,
        keywords: &document.keywords,
        language: &document.language,
        edition: &document.frame.mark,
    };
    let headings = Headings::of(document, style);
    let links = PageLinks {
        page,
        style,
        headings: &headings,
        language: unit.tag(),
        catalog: unit.catalog,
        others: RefCell::default(),
    };
    let front = facts.write(style.front_matter);
    let body = body(document, &headings, &links);
    let between = if front.is_empty() || body.is_empty() { "" } else { "\n" };
    format!("{front}{between}{body}")
}

/// The summary, else the first paragraph.
fn description(document: &Document) -> String {
    let first = document.blocks.iter().find_map(|block| match block {
        Block::Paragraph(content) => Some(plain_text(content)),
        _ => None,
    });
    if document.summary.is_empty() { first.unwrap_or_default() } else { plain_text(&document.summary) }
}

fn pictures_of(document: &Document) -> BTreeSet<&str> {
    let figures = document.walk().filter_map(|(_, block)| match block {
        Block::Figure(figure) => Some(figure),
        Block::Card(card) => card.figure.as_ref(),
        _ => None,
    });
    figures.flat_map(Figure::all).map(|figure| figure.file.as_str()).collect()
}
