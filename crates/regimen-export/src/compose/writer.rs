//! What every composition needs: names, labels, links, dates.

use jiff::civil::Date;
use regimen_catalog::language::{Direction as CatalogDirection, Language};
use regimen_catalog::model::{Entity, Entry};
use regimen_catalog::prose::{CalloutKind, Inline, Inlines, Target};
use regimen_catalog::vocabulary::{CalloutTitle, Label, Month, Weekday};
use regimen_catalog::{Catalog, Id, Reference};

use crate::document::{Block, Direction, Document, Frame};
use crate::exporter::Unit;

/// Writes in one language from one slice of a catalogue.
#[derive(Clone, Copy)]
pub(crate) struct Writer<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) language: &'a Language,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(unit: &Unit<'a>) -> Self {
        Self { catalog: unit.catalog, language: unit.language }
    }

    /// An empty document in this language, with the catalogue's frame.
    pub(crate) fn document(self, title: &str, date: Option<Date>) -> Document {
        let words = self.catalog.project_words(&self.language.tag);
        let brand = &self.catalog.project.brand;
        Document {
            title: title.to_owned(),
            summary: Vec::new(),
            authors: Vec::new(),
            language: self.language.tag.as_str().to_owned(),
            direction: match self.language.direction {
                CatalogDirection::LeftToRight => Direction::LeftToRight,
                CatalogDirection::RightToLeft => Direction::RightToLeft,
            },
            keywords: Vec::new(),
            frame: Frame {
                brand: brand.name.clone(),
                contacts: brand.contacts.clone(),
                colour: brand.colour.map(|colour| colour.0),
                disclaimer: words.map(|words| self.resolved(&words.disclaimer.0)).unwrap_or_default(),
                page_of: self.language.label(Label::PageOf).to_owned(),
                date: date.map(|date| self.date(Label::DateShort, date)).unwrap_or_default(),
                contents: self.label(Label::Contents),
            },
            blocks: Vec::new(),
        }
    }

    pub(crate) fn label(self, label: Label) -> String {
        self.language.label(label).to_owned()
    }

    /// The name of an entry; its id if it is unknown, which checking has reported.
    pub(crate) fn name(self, reference: &Reference) -> String {
        self.catalog.name(reference, &self.language.tag).unwrap_or_else(|| reference.id().to_owned())
    }

    /// A link to an entry under its own name.
    pub(crate) fn link(self, reference: Reference) -> Inline {
        let content = vec![Inline::Text(self.name(&reference))];
        Inline::Link { target: Target::Entry(reference), content }
    }

    /// Links to several entries, with the language's separator between them.
    pub(crate) fn links(self, references: impl IntoIterator<Item = Reference>) -> Inlines {
        let links = references.into_iter().map(|reference| vec![self.link(reference)]);
        self.joined(links, Label::ListSeparator)
    }

    /// A box that leads from an entry to the one that takes its place.
    pub(crate) fn replaced<T: Entity>(self, entry: &Entry<T>, kind: impl Fn(Id<T>) -> Reference) -> Option<Block> {
        let now = entry.succession.replaced_by.clone()?;
        let line = vec![Inline::Text(format!("{} ", self.label(Label::ReplacedBy))), self.link(kind(now))];
        let title = self.language.label(CalloutTitle::Note).to_owned();
        Some(Block::Callout { kind: CalloutKind::Note, title, blocks: vec![Block::Paragraph(line)] })
    }

    pub(crate) fn joined(self, parts: impl IntoIterator<Item = Inlines>, separator: Label) -> Inlines {
        let mut joined = Inlines::new();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            if !joined.is_empty() {
                joined.push(Inline::Text(self.label(separator)));
            }
            joined.extend(part);
        }
        joined
    }

    /// The author's text with the names of entries where a link has no text of its own. A publication
    /// becomes a link to its address, because no reader has a page for it.
    pub(crate) fn resolved(self, inlines: &[Inline]) -> Inlines {
        inlines.iter().map(|inline| self.resolved_one(inline)).collect()
    }

    fn resolved_one(self, inline: &Inline) -> Inline {
        match inline {
            Inline::Strong(inner) => Inline::Strong(self.resolved(inner)),
            Inline::Emphasis(inner) => Inline::Emphasis(self.resolved(inner)),
            Inline::Link { target, content } => {
                let content = match target {
                    Target::Entry(reference) if content.is_empty() => {
                        vec![Inline::Text(self.name(reference))]
                    }
                    Target::Url(url) if content.is_empty() => vec![Inline::Text(url.clone())],
                    _ => self.resolved(content),
                };
                Inline::Link { target: self.target(target), content }
            }
            Inline::InLanguage { language, content } => {
                Inline::InLanguage { language: language.clone(), content: self.resolved(content) }
            }
            Inline::Text(_) | Inline::Code(_) | Inline::Break => inline.clone(),
        }
    }

    fn target(self, target: &Target) -> Target {
        if let Target::Entry(Reference::Source(id)) = target
            && let Some(address) = self.catalog.sources.get(id).and_then(|source| source.address())
        {
            return Target::Url(address);
        }
        target.clone()
    }

    /// A date in the reader's language, by the pattern of `label`.
    pub(crate) fn date(self, label: Label, date: Date) -> String {
        let weekday = Weekday::of(date);
        let month = Month::ALL[(date.month().unsigned_abs() as usize + 11) % 12];
        self.language.fill(
            label,
            &[
                ("weekday", self.language.label(weekday)),
                ("day", &date.day().to_string()),
                ("month", self.language.label(month)),
                ("year", &date.year().to_string()),
            ],
        )
    }
}

/// One piece of plain text.
pub(crate) fn text(text: impl Into<String>) -> Inlines {
    vec![Inline::Text(text.into())]
}
