//! What every composition needs: names, labels, links, dates.

use std::collections::BTreeMap;

use jiff::civil::Date;
use regimen_catalog::language::{Direction as CatalogDirection, Language};
use regimen_catalog::model::{
    Entity, Entry, Fonts as BrandFonts, LanguageFonts, Logo, Person, Source, TextFonts, Word,
};
use regimen_catalog::prose::{CalloutKind, Inline, Inlines, LinkTarget, plain_text, spoken};
use regimen_catalog::quantity::LoadUnit;
use regimen_catalog::vocabulary::{CalloutTitle, Label, Month, UnitName, Weekday, WeekdayShort};
use regimen_catalog::{Catalog, LanguageTag, Reference};

use super::counted::Counting;
use crate::document::{Block, Direction, Document, Figure, Fonts, Frame};
use crate::exporter::Unit;

/// Writes in one language from one slice of a catalogue.
#[derive(Clone, Copy)]
pub(crate) struct Writer<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) language: &'a Language,
    /// The language of the author's words at hand, which is another one where a translation is missing. A single word that
    /// stands in knows its own.
    spoken: &'a LanguageTag,
    /// How the time of the plan at hand is counted.
    pub(super) counting: Counting<'a>,
    /// Whether sets are written as "3 sets of 8" rather than "3 × 8".
    pub(super) in_words: bool,
    /// In what the person weighs for whom it is written, if that is known.
    pub(super) weights: Option<UnitName>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(unit: &Unit<'a>) -> Self {
        let weights = unit.person.and_then(|person| person.own.weights());
        let weights = weights.map(|unit| if unit == LoadUnit::Pound { UnitName::Pound } else { UnitName::Kilogram });
        Self { weights, ..Self::of(unit.catalog, unit.language) }
    }

    pub(crate) fn of(catalog: &'a Catalog, language: &'a Language) -> Self {
        Self { catalog, language, spoken: &language.tag, counting: Counting::Weeks, in_words: false, weights: None }
    }

    /// The same, counting time like this.
    pub(super) fn counting(self, counting: Counting<'a>) -> Self {
        Self { counting, ..self }
    }

    /// The same, with sets in words, for those who do not read signs.
    pub(super) fn in_words(self) -> Self {
        Self { in_words: true, ..self }
    }

    /// The words of an entry, with a writer that knows their language. It marks them where they are in another one
    /// than the reader's, so nobody takes the words of an entry without it. Of a translation, prose that stands in is
    /// marked by itself, and so is each [`Word`].
    pub(crate) fn reading<T: Entity>(self, entry: &Entry<T>) -> (Self, &T::Words) {
        let spoken = self.catalog.language_of(entry, &self.language.tag);
        (Self { spoken, ..self }, entry.words(&self.language.tag))
    }

    /// The language of the words at hand, if it has to be said.
    pub(crate) fn other_language(self) -> Option<LanguageTag> {
        (!self.spoken.sounds_like(&self.language.tag)).then(|| self.spoken.clone())
    }

    /// The language of one of the words at hand, if it has to be said.
    pub(crate) fn other_language_of(self, word: &Word) -> Option<LanguageTag> {
        let language = word.language().unwrap_or(self.spoken);
        (!language.sounds_like(&self.language.tag)).then(|| language.clone())
    }

    /// An empty document in this language, with the catalogue's frame. The title is of the words at hand.
    pub(crate) fn document(self, title: impl Into<Word>, date: Option<Date>) -> Document {
        let title = title.into();
        let words = self.catalog.project_words(&self.language.tag);
        let of_project = Self { spoken: self.catalog.project_language(&self.language.tag), ..self };
        let brand = &self.catalog.project.brand;
        Document {
            title_language: self.other_language_of(&title),
            title: title.into(),
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
                colour: brand.main().map(|colour| colour.0),
                accent: brand.accent().map(|colour| colour.0),
                logo: brand.logo.as_ref().map(|logo| self.logo(logo)),
                fonts: fonts(&brand.fonts),
                header: words.map(|words| words.header.to_string()).unwrap_or_default(),
                footer: words.map(|words| words.footer.to_string()).unwrap_or_default(),
                disclaimer: words.map(|words| of_project.resolved(&words.disclaimer.0)).unwrap_or_default(),
                credits: Inlines::new(),
                origins: Inlines::new(),
                page_of: self.language.label(Label::PageOf).to_owned(),
                continued: self.language.label(Label::Continued).to_owned(),
                date: date.map(|date| self.date(Label::DateShort, date)).unwrap_or_default(),
                dated: date,
                mark: String::new(),
                sheet: String::new(),
                in_short: self.weekdays_in_short(),
                contents: self.label(Label::Contents),
            },
            blocks: Vec::new(),
        }
    }

    /// A line to the person for whom a document is, in bold.
    pub(crate) fn personal_note(self, person: Option<&Person>) -> Option<Block> {
        let note = person?.own.note.as_deref().filter(|note| !note.trim().is_empty())?;
        Some(Block::Paragraph(vec![Inline::Strong(text(note))]))
    }

    /// Whom a document is for and from, and when they meet again, as far as it is known.
    pub(crate) fn personal_facts(self, person: Option<&Person>) -> Option<Block> {
        let own = &person?.own;
        let known = [(Label::HandedTo, &own.name), (Label::HandedBy, &own.from), (Label::NextVisit, &own.next_visit)];
        let known = known.into_iter().filter_map(|(label, said)| {
            let said = said.as_deref().filter(|said| !said.trim().is_empty())?;
            Some((self.label(label), text(said)))
        });
        let known: Vec<_> = known.collect();
        (!known.is_empty()).then_some(Block::Facts(known))
    }

    /// "Name: Ann Example" of the person for whom a document is.
    pub(crate) fn personal_name(self, person: Option<&Person>) -> Option<Inlines> {
        let name = person?.own.name.as_deref().filter(|name| !name.trim().is_empty())?;
        let label = self.language.fill(Label::PartOf, &[("part", &self.label(Label::HandedTo))]);
        Some(labelled(label, text(name)))
    }

    fn weekdays_in_short(self) -> Vec<(String, String)> {
        let both = Weekday::ALL.iter().zip(WeekdayShort::ALL);
        let both = both.map(|(whole, short)| (self.language.label(*whole), self.language.label(*short)));
        both.filter(|(whole, short)| whole != short).map(|(whole, short)| (whole.into(), short.into())).collect()
    }

    /// The sign of the brand, whose description is in the catalogue's own language.
    fn logo(self, logo: &Logo) -> Figure {
        let alt_language = Self { spoken: self.catalog.language(), ..self }.other_language();
        Figure { file: logo.file.clone(), alt: logo.alt.clone(), alt_language, ..Figure::default() }
    }

    /// A label as running text, marked where English stands in for it.
    pub(crate) fn label_text(self, label: Label) -> Inlines {
        spoken(text(self.label(label)), self.language.language_of(label), &self.language.tag)
    }

    pub(crate) fn label(self, label: Label) -> String {
        self.language.label(label).to_owned()
    }

    /// The name of an entry where nothing can be marked; its id if it is unknown, which checking has reported.
    pub(crate) fn name(self, reference: &Reference) -> String {
        self.catalog.name(reference, &self.language.tag).unwrap_or_else(|| reference.id().to_owned())
    }

    /// The name of an entry, marked if it is in another language than the reader's.
    pub(crate) fn named(self, reference: &Reference) -> Inlines {
        self.named_among(reference, &self.language.tag)
    }

    fn named_among(self, reference: &Reference, around: &LanguageTag) -> Inlines {
        spoken(text(self.name(reference)), self.catalog.name_language(reference, &self.language.tag), around)
    }

    /// Plain words of the author, marked if they are in another language than the reader's.
    pub(crate) fn author_text(self, words: impl Into<Word>) -> Inlines {
        let word = words.into();
        let language = word.language().unwrap_or(self.spoken).clone();
        spoken(text(word), &language, &self.language.tag)
    }

    /// A link to an entry under its own name.
    pub(crate) fn link(self, reference: Reference) -> Inline {
        let content = self.named(&reference);
        Inline::Link { target: LinkTarget::Entry(reference), content, title: None }
    }

    /// Links to several entries, with the language's separator between them.
    pub(crate) fn links(self, references: impl IntoIterator<Item = Reference>) -> Inlines {
        let links = references.into_iter().map(|reference| vec![self.link(reference)]);
        self.joined(links, Label::ListSeparator)
    }

    /// A box that leads from an entry to the one that takes its place.
    pub(crate) fn replaced<T: Entity>(self, entry: &Entry<T>) -> Option<Block> {
        let now = entry.id_history.replaced_by.as_ref()?;
        let line = vec![Inline::Text(format!("{} ", self.label(Label::ReplacedBy))), self.link(now.into())];
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
    /// becomes a link to its address, because no reader has a page for it. All of it is marked if it is in another
    /// language than the reader's.
    pub(crate) fn resolved(self, inlines: &[Inline]) -> Inlines {
        spoken(self.resolved_among(inlines, self.spoken), self.spoken, &self.language.tag)
    }

    fn resolved_among(self, inlines: &[Inline], around: &LanguageTag) -> Inlines {
        inlines.iter().map(|inline| self.resolved_one(inline, around)).collect()
    }

    fn resolved_one(self, inline: &Inline, around: &LanguageTag) -> Inline {
        match inline {
            Inline::Strong(inner) => Inline::Strong(self.resolved_among(inner, around)),
            Inline::Emphasis(inner) => Inline::Emphasis(self.resolved_among(inner, around)),
            Inline::Struck(inner) => Inline::Struck(self.resolved_among(inner, around)),
            Inline::Link { target, content, title } => {
                let content = match target {
                    LinkTarget::Entry(reference) | LinkTarget::Heading(reference, _) if content.is_empty() => {
                        self.named_among(reference, around)
                    }
                    LinkTarget::Url(url) if content.is_empty() => vec![Inline::Text(url.clone())],
                    _ => self.resolved_among(content, around),
                };
                Inline::Link { target: self.target(target), content, title: title.clone() }
            }
            Inline::InLanguage { language, content } => {
                Inline::InLanguage { language: language.clone(), content: self.resolved_among(content, language) }
            }
            Inline::Text(_) | Inline::Code(_) | Inline::Checkbox(_) | Inline::Footnote(_) | Inline::Break => {
                inline.clone()
            }
        }
    }

    fn target(self, target: &LinkTarget) -> LinkTarget {
        if let LinkTarget::Entry(entry) = target
            && let Some(address) = self.catalog.entry::<Source>(entry).and_then(|source| source.address())
        {
            return LinkTarget::Url(address);
        }
        target.clone()
    }

    /// The lines of a cell as a list in one line.
    pub(super) fn listed_lines(self, lines: &[Inline]) -> String {
        let lines = lines.split(|inline| *inline == Inline::Break).map(plain_text);
        lines.collect::<Vec<_>>().join(self.language.label(Label::ListSeparator))
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

fn fonts(fonts: &BrandFonts) -> Fonts {
    let of_language = |fonts: &LanguageFonts| faces(&fonts.text, fonts.headings.as_ref());
    let languages = fonts.languages.iter().map(|(tag, fonts)| (tag.clone(), of_language(fonts))).collect();
    Fonts { languages, ..faces(&fonts.text, fonts.headings.as_ref()) }
}

fn faces(text: &TextFonts, headings: Option<&String>) -> Fonts {
    let TextFonts { regular, bold, italic, bold_italic } = text.clone();
    Fonts { regular, bold, italic, bold_italic, headings: headings.cloned(), languages: BTreeMap::new() }
}

/// One piece of plain text.
pub(crate) fn text(text: impl Into<String>) -> Inlines {
    vec![Inline::Text(text.into())]
}

/// Lines of a cell, those that are not empty.
pub(super) fn below_each_other(lines: impl IntoIterator<Item = Inlines>) -> Inlines {
    let lines = lines.into_iter().filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(&Inline::Break)
}

/// Texts below each other.
pub(crate) fn separate_lines(lines: impl IntoIterator<Item = String>) -> Inlines {
    let mut content = Inlines::new();
    for line in lines.into_iter().filter(|line| !line.is_empty()) {
        content.extend((!content.is_empty()).then_some(Inline::Break));
        content.push(Inline::Text(line));
    }
    content
}

/// A heading of plain text.
pub(crate) fn heading(level: u8, anchor: &str, content: Inlines) -> Block {
    Block::Heading { level, anchor: anchor.to_owned(), content }
}

/// What follows a label in bold.
pub(crate) fn labelled(label: String, content: Inlines) -> Inlines {
    let start = vec![Inline::Strong(text(label)), Inline::Text(" ".into())];
    start.into_iter().chain(content).collect()
}
