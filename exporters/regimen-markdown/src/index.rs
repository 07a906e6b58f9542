//! The page that lists all others, and mdBook's list of chapters.

use regimen_catalog::model::Guide;
use regimen_catalog::prose::{Inline, Inlines, LinkTarget, spoken};
use regimen_catalog::vocabulary::Label;
use regimen_catalog::{Kind, Reference};
use regimen_export::Unit;
use regimen_export::document::{Block, Document, Frame};

use crate::escape::{TextContext, push_destination};
use crate::inlines::{Form, write};
use crate::links::Page;
use crate::settings::Style;
use crate::tidy::{Means, tidy_line};

/// The kinds that have pages, in the order in which readers want them.
const SECTIONS: [(Kind, Label); 3] =
    [(Kind::Guide, Label::IndexGuides), (Kind::Program, Label::IndexPrograms), (Kind::Exercise, Label::IndexExercises)];

/// The list of all pages: a heading for each kind, and a link for each entry.
pub(crate) fn document(unit: &Unit<'_>) -> Document {
    let words = unit.catalog.project_words(unit.tag());
    let of_project = unit.catalog.project_language(unit.tag());
    let of_title = words.and_then(|words| words.title.language()).unwrap_or(of_project);
    let disclaimer = words.map(|words| words.disclaimer.0.clone()).unwrap_or_default();
    let mut blocks = Vec::new();
    for (kind, label) in SECTIONS {
        let items: Vec<_> = entries(unit, kind).into_iter().map(|(name, entry)| item(unit, name, &entry)).collect();
        if !items.is_empty() {
            blocks.push(Block::Heading {
                level: 1,
                anchor: kind.folder().to_owned(),
                content: vec![Inline::Text(unit.language.label(label).to_owned())],
            });
            blocks.push(Block::List { start: None, items });
        }
    }
    Document {
        title: title(unit),
        title_language: (!of_title.sounds_like(unit.tag())).then(|| of_title.clone()),
        summary: Inlines::new(),
        authors: Vec::new(),
        language: unit.tag().as_str().to_owned(),
        direction: regimen_export::document::Direction::default(),
        keywords: Vec::new(),
        frame: Frame { disclaimer: spoken(disclaimer, of_project, unit.tag()), ..Frame::default() },
        blocks,
    }
}

fn title(unit: &Unit<'_>) -> String {
    let words = unit.catalog.project_words(unit.tag());
    words.map(|words| words.title.to_string()).unwrap_or_default()
}

/// The entries of a kind, by name as readers sort them.
fn entries(unit: &Unit<'_>, kind: Kind) -> Vec<(String, Reference)> {
    let named = unit.catalog.references(kind).into_iter().filter_map(|reference| {
        let name = unit.catalog.name(&reference, unit.tag())?;
        Some((name, reference))
    });
    let mut named: Vec<_> = named.collect();
    named.sort_by_cached_key(|(name, reference)| (name.to_lowercase(), reference.clone()));
    named
}

/// A link to the page; a guide's with its summary below.
fn item(unit: &Unit<'_>, name: String, entry: &Reference) -> Vec<Block> {
    let language = unit.catalog.name_language(entry, unit.tag());
    let content = spoken(vec![Inline::Text(name)], language, unit.tag());
    let link = Inline::Link { target: LinkTarget::Entry(entry.clone()), content, title: None };
    let guide = unit.catalog.entry::<Guide>(entry);
    let summary = guide.map(|guide| (&guide.words(unit.tag()).summary.0, unit.catalog.language_of(guide, unit.tag())));
    let mut line = vec![link];
    if let Some((summary, language)) = summary.filter(|(summary, _)| !summary.is_empty()) {
        line.push(Inline::Break);
        line.extend(spoken(summary.clone(), language, unit.tag()));
    }
    vec![Block::Paragraph(line)]
}

/// mdBook's `SUMMARY.md`: the chapters of the book, in a shape of its own.
pub(crate) fn book_summary(unit: &Unit<'_>, style: &Style) -> String {
    let chapter = |name: &str, page: &Page| {
        let mut line = format!("[{}](", plain(name));
        push_destination(&mut line, &Page::BookSummary.link_to(page, style));
        line + ")"
    };
    let mut parts = vec![chapter(&title(unit), &Page::Index)];
    for (kind, label) in SECTIONS {
        let entries = entries(unit, kind);
        let lines = entries
            .iter()
            .filter_map(|(name, entry)| Page::of(entry).map(|page| format!("- {}", chapter(name, &page))));
        let lines: Vec<_> = lines.collect();
        if !lines.is_empty() {
            parts.push(format!("# {}", plain(unit.language.label(label))));
            parts.push(lines.join("\n"));
        }
    }
    parts.join("\n\n") + "\n"
}

fn plain(text: &str) -> String {
    let text = tidy_line(&[Inline::Text(text.to_owned())], TextContext::Heading, " ", Means::NONE);
    write(&text, Form::LINE)
}
