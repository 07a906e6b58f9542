//! Guides: the author's article with its cards, sources and date.

use std::collections::BTreeSet;

use regimen_catalog::model::{Entry, Guide, GuideWords, Source};
use regimen_catalog::prose::{Alignment, CalloutKind, Inline, Inlines, LinkTarget, Prose, ProseBlock};
use regimen_catalog::vocabulary::{CalloutTitle, Label};
use regimen_catalog::{Id, Kind, Reference};

use super::Writer;
use super::writer::text;
use crate::document::{Block, Column, ColumnRole, Document, Figure, Row, Table};
use crate::exporter::Unit;

/// Composes a guide: its article, with a card where an entry is embedded, then its sources and its date.
///
/// ```
/// use regimen_export::{Subject, compose, document::Block, testing};
/// let catalog = testing::catalog();
/// let guide = &catalog.guides["calves"];
/// let page = compose::guide(&testing::unit(&catalog, Subject::Guide(guide)), guide);
/// assert_eq!(page.title, "Calves");
/// assert!(matches!(&page.blocks[0], Block::Heading { level: 1, anchor, .. } if anchor == "why"));
/// ```
pub fn guide(unit: &Unit<'_>, guide: &Entry<Guide>) -> Document {
    let (writer, words) = Writer::new(unit).reading(guide);
    let GuideWords { title, summary, body, references, raw_markup: _ } = words;
    let Guide { authors, sources, programs: _, reviewed_by, reviewed_on, tags } = &guide.facts;
    let mut document = writer.document(title, *reviewed_on);
    document.summary = writer.resolved(&summary.0);
    document.authors.clone_from(authors);
    document.keywords.clone_from(tags);
    document.blocks.extend(writer.replaced(guide));
    document.blocks.extend(writer.article(body));
    let cited = cited_sources(sources, references);
    let sources = writer.sources(&cited, vec![Reference::from(&guide.id)], &document.blocks);
    document.blocks.extend(sources);
    if let Some(date) = *reviewed_on {
        let date = writer.date(Label::DateShort, date);
        let line = match reviewed_by {
            Some(name) => writer.language.fill(Label::ReviewedByOn, &[("date", &date), ("name", name)]),
            None => writer.language.fill(Label::ReviewedOn, &[("date", &date)]),
        };
        document.blocks.push(Block::Paragraph(vec![Inline::Emphasis(text(line))]));
    }
    document
}

/// The sources that the front matter lists, then those that only the text cites.
fn cited_sources(listed: &[Id<Source>], references: &[(Reference, std::ops::Range<usize>)]) -> Vec<Id<Source>> {
    let in_text = references.iter().filter_map(|(reference, _)| reference.as_id());
    let mut seen = BTreeSet::new();
    listed.iter().cloned().chain(in_text).filter(|id| seen.insert(id.clone())).collect()
}

impl Writer<'_> {
    /// The author's blocks, ready to show. Headings of an article start at level 2, a document's at 1.
    fn article(self, blocks: &[ProseBlock]) -> Vec<Block> {
        let mut level = 1;
        blocks
            .iter()
            .filter_map(|block| {
                if let ProseBlock::Heading { level: of_heading, .. } = block {
                    level = of_heading.saturating_sub(1).max(1);
                }
                self.block(block, level)
            })
            .collect()
    }

    /// Prose without headings of its own.
    pub(super) fn prose(self, prose: &Prose) -> Vec<Block> {
        self.article(&prose.0)
    }

    fn block(self, block: &ProseBlock, level: u8) -> Option<Block> {
        Some(match block {
            ProseBlock::Heading { anchor, content, .. } => {
                Block::Heading { level, anchor: anchor.clone(), content: self.resolved(content) }
            }
            ProseBlock::Paragraph(content) => Block::Paragraph(self.resolved(content)),
            ProseBlock::List { start, items } => {
                Block::List { start: *start, items: items.iter().map(|item| self.inner(item, level)).collect() }
            }
            ProseBlock::Quote(blocks) => Block::Quote(self.inner(blocks, level)),
            ProseBlock::Callout { kind, blocks } => Block::Callout {
                kind: *kind,
                title: self.language.label(callout_title(*kind)).to_owned(),
                blocks: self.inner(blocks, level),
            },
            ProseBlock::Code { language, text } => Block::Code { language: language.clone(), text: text.clone() },
            ProseBlock::Table { alignment, header, rows } => Block::Table(self.table(alignment, header, rows)),
            ProseBlock::Embed(reference) => self.embedded(reference, level)?,
            ProseBlock::Figure { file, alt } => {
                let alt_language = self.other_language_of(alt);
                Block::Figure(Figure { file: file.clone(), alt: alt.to_string(), alt_language, ..Figure::default() })
            }
            ProseBlock::Rule => Block::Rule,
            ProseBlock::Footnotes(notes) => {
                Block::Footnotes(notes.iter().map(|note| self.inner(note, level)).collect())
            }
        })
    }

    fn inner(self, blocks: &[ProseBlock], level: u8) -> Vec<Block> {
        blocks.iter().filter_map(|block| self.block(block, level)).collect()
    }

    fn table(self, alignment: &[Alignment], header: &[Inlines], rows: &[Vec<Inlines>]) -> Table {
        let columns = header.iter().enumerate().map(|(index, title)| Column {
            title: self.resolved(title),
            role: if index == 0 { ColumnRole::Name } else { ColumnRole::Text },
        });
        let rows = rows.iter().map(|row| Row::of(row.iter().map(|cell| self.resolved(cell)).collect()));
        let titles = header.iter().map(|title| regimen_catalog::prose::plain_text(title));
        let summary = titles.collect::<Vec<_>>().join(self.language.label(Label::ListSeparator));
        Table { summary, alignment: alignment.to_vec(), columns: columns.collect(), rows: rows.collect() }
    }

    /// An exercise or a muscle stands as its card; anything else as a link to it.
    fn embedded(self, reference: &Reference, level: u8) -> Option<Block> {
        Some(match reference.kind() {
            Kind::Exercise => Block::Card(self.exercise_card(self.catalog.entry(reference)?, level + 1)),
            Kind::Muscle => Block::Card(self.muscle_card(self.catalog.entry(reference)?, level + 1)),
            _ => Block::Paragraph(self.resolved(&[Inline::Link {
                target: LinkTarget::Entry(reference.clone()),
                content: Vec::new(),
                title: None,
            }])),
        })
    }

    /// The publications as items of a list, each with its address.
    pub(super) fn citations(self, sources: &[Id<Source>]) -> Vec<Vec<Block>> {
        let found = sources.iter().filter_map(|id| self.catalog.sources.get(id));
        found.map(|source| vec![Block::Paragraph(citation(source))]).collect()
    }
}

/// "Authors (year). Title. *Journal*. address"
fn citation(source: &Source) -> Inlines {
    let mut citation =
        text(format!("{} ({}). {}. ", source.authors.join(", "), source.year, source.title.trim_end_matches('.')));
    if let Some(container) = &source.container {
        citation.push(Inline::Emphasis(text(container.trim_end_matches('.'))));
        citation.push(Inline::Text(". ".into()));
    }
    if let Some(address) = source.address() {
        let shown = address.trim_start_matches("https://").to_owned();
        citation.push(Inline::Link { target: LinkTarget::Url(address), content: text(shown), title: None });
    }
    citation
}

fn callout_title(kind: CalloutKind) -> CalloutTitle {
    match kind {
        CalloutKind::Note => CalloutTitle::Note,
        CalloutKind::Tip => CalloutTitle::Tip,
        CalloutKind::Important => CalloutTitle::Important,
        CalloutKind::Warning => CalloutTitle::Warning,
        CalloutKind::Caution => CalloutTitle::Caution,
    }
}
