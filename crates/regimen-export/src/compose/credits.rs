//! The publications that a document rests on, and where its texts were taken from, once each.

use std::collections::BTreeSet;

use regimen_catalog::model::{Changed, Exercise, Muscle, Origin, Source};
use regimen_catalog::plan::{Plan, PlannedBlock};
use regimen_catalog::prose::{Inline, Inlines, LinkTarget, spoken};
use regimen_catalog::vocabulary::Label;
use regimen_catalog::{Id, Kind, Reference};

use super::Writer;
use super::writer::{heading, text};
use crate::document::{Block, Card, Document, Figure, SOURCES, walk};
use crate::exporter::Unit;

/// An origin, and the entries of the document that were taken from it.
struct Credit<'a> {
    origin: &'a Origin,
    entries: Vec<Reference>,
}

/// Moves who made the pictures of cards to the end of a document, once each, for pages that are not cut apart.
///
/// ```
/// use regimen_export::{Subject, compose, document::Block, testing};
/// let catalog = testing::catalog();
/// let guide = &catalog.guides["calves"];
/// let unit = testing::unit(&catalog, Subject::Guide(guide));
/// let mut page = compose::guide(&unit, guide);
/// compose::credit_once(&unit, &mut page);
/// let mut cards = page.blocks.iter().filter_map(|block| if let Block::Card(card) = block { card.figure.as_ref() } else { None });
/// assert!(cards.all(|figure| figure.caption.is_empty()));
/// ```
pub fn credit_once(unit: &Unit<'_>, document: &mut Document) {
    let writer = Writer::new(unit);
    let separator = Inline::Text(writer.label(Label::ItemSeparator));
    let mut credits: Vec<Inlines> = parted(&document.frame.credits, &separator);
    for block in &mut document.blocks {
        let Block::Card(card) = block else { continue };
        let of_card = Some(&card.entry).filter(|entry| entry.kind() == Kind::Exercise);
        let of_card = of_card.and_then(|entry| unit.catalog.exercises.get(entry.id()));
        let known: Vec<Inlines> = of_card
            .into_iter()
            .flat_map(|exercise| exercise.media.iter().map(|media| writer.picture_credits([media])))
            .collect();
        let mut of_figure = |figure: &mut Figure| {
            let all = parted(&figure.caption, &separator);
            if all.iter().all(|credit| known.contains(credit)) {
                credits.extend(all);
                figure.caption.clear();
            }
        };
        card.figure.iter_mut().for_each(&mut of_figure);
        for inner in &mut card.body {
            let Block::List { items, .. } = inner else { continue };
            for of_step in items.iter_mut().flatten() {
                if let Block::Figure(figure) = of_step {
                    of_figure(figure);
                }
            }
        }
    }
    let mut once: Vec<Inlines> = Vec::new();
    credits.into_iter().for_each(|credit| once.extend((!once.contains(&credit)).then_some(credit)));
    document.frame.credits = writer.joined(once, Label::ItemSeparator);
}

fn parted(credits: &[Inline], separator: &Inline) -> Vec<Inlines> {
    credits.split(|inline| inline == separator).filter(|credit| !credit.is_empty()).map(<[Inline]>::to_vec).collect()
}

impl<'a> Writer<'a> {
    /// The sources of a document: `own` publications, then those of the entries that stand in it as cards, then where the
    /// `printed` entries and these were taken from.
    pub(super) fn sources(self, own: &[Id<Source>], printed: Vec<Reference>, blocks: &[Block]) -> Vec<Block> {
        let mut items = self.publications(own, blocks);
        let entries = printed.into_iter().chain(cards_in(blocks).map(|card| card.entry.clone()));
        items.extend(self.credits_of(entries).into_iter().map(|credit| vec![Block::Paragraph(self.credit(&credit))]));
        self.listed_sources(items)
    }

    /// Adds to cards the publications that they rest on, and to their small print where they were taken from: cards have room for
    /// the one only now and then.
    pub(super) fn credit_cards(self, document: &mut Document) {
        let origins = self.origins_in_short(cards_in(&document.blocks).map(|card| card.entry.clone()));
        document.frame.origins = origins;
        let sources = self.listed_sources(self.publications(&[], &document.blocks));
        document.blocks.extend(sources);
    }

    fn publications(self, own: &[Id<Source>], blocks: &[Block]) -> Vec<Vec<Block>> {
        let mut seen = BTreeSet::new();
        let cited: Vec<Id<Source>> = own
            .iter()
            .chain(cards_in(blocks).flat_map(|card| self.cited_by(&card.entry)))
            .filter(|id| seen.insert((*id).clone()))
            .cloned()
            .collect();
        self.citations(&cited)
    }

    fn listed_sources(self, items: Vec<Vec<Block>>) -> Vec<Block> {
        if items.is_empty() {
            return Vec::new();
        }
        let title = heading(1, SOURCES, self.label_text(Label::Sources));
        vec![title, Block::List { start: Some(1), items }]
    }

    /// Where entries were taken from, in one line.
    pub(super) fn origins_in_short(self, entries: impl IntoIterator<Item = Reference>) -> Inlines {
        let credits = self.credits_of(entries);
        self.joined(credits.iter().map(|credit| self.credit(credit)), Label::ItemSeparator)
    }

    fn cited_by(self, entry: &Reference) -> &'a [Id<Source>] {
        let (catalog, none): (_, &[Id<Source>]) = (self.catalog, &[]);
        match entry.kind() {
            Kind::Exercise => catalog.entry::<Exercise>(entry).map_or(none, |exercise| &exercise.sources),
            Kind::Muscle => catalog.entry::<Muscle>(entry).map_or(none, |muscle| &muscle.sources),
            // A guide hands in its own; of the others, no document prints a card.
            Kind::MuscleGroup
            | Kind::Equipment
            | Kind::Condition
            | Kind::Fragment
            | Kind::Session
            | Kind::Program
            | Kind::Guide
            | Kind::Source => none,
        }
    }

    fn credits_of(self, entries: impl IntoIterator<Item = Reference>) -> Vec<Credit<'a>> {
        let (mut credits, mut seen): (Vec<Credit<'a>>, _) = (Vec::new(), BTreeSet::new());
        for entry in entries.into_iter().filter(|entry| seen.insert(entry.clone())) {
            for origin in self.origins(&entry) {
                match credits.iter_mut().find(|credit| credit.origin == origin) {
                    Some(credit) => credit.entries.push(entry.clone()),
                    None => credits.push(Credit { origin, entries: vec![entry.clone()] }),
                }
            }
        }
        credits
    }

    fn origins(self, entry: &Reference) -> Vec<&'a Origin> {
        match entry.kind() {
            // Of these, documents print the name alone.
            Kind::MuscleGroup | Kind::Equipment | Kind::Source => Vec::new(),
            Kind::Muscle
            | Kind::Condition
            | Kind::Exercise
            | Kind::Fragment
            | Kind::Session
            | Kind::Program
            | Kind::Guide => self.catalog.origins(entry, &self.language.tag),
        }
    }

    /// "Leg press: from wger (345), by A. Author, CC-BY-SA-4.0, changed. wger.de/en/exercise/345"
    fn credit(self, credit: &Credit<'_>) -> Inlines {
        let Credit { origin, entries } = credit;
        let fill = |label, name, value: &str| self.language.fill(label, &[(name, value)]);
        let mut from = origin.from.clone();
        if let Some(id) = &origin.id {
            from.push_str(&format!(" ({id})"));
        }
        let mut parts = vec![fill(Label::TakenFrom, "from", &from)];
        if !origin.authors.is_empty() {
            let authors = origin.authors.join(self.language.label(Label::ListSeparator));
            parts.push(fill(Label::ByAuthors, "authors", &authors));
        }
        parts.extend(origin.licence.clone());
        parts.extend(match &origin.changed {
            Some(Changed::Yes) => Some(self.label(Label::Changed)),
            Some(Changed::How(how)) => Some(fill(Label::ChangedHow, "changes", how)),
            Some(Changed::No) | None => None,
        });
        let mut line = self.joined(entries.iter().map(|entry| self.named(entry)), Label::ListSeparator);
        line.push(Inline::Text(": ".into()));
        let said = text(parts.join(self.language.label(Label::ListSeparator)));
        line.extend(spoken(said, self.language.language_of(Label::TakenFrom), &self.language.tag));
        if let Some(url) = &origin.url {
            let shown = url.as_str().trim_start_matches("https://").to_owned();
            line.push(Inline::Text(self.label(Label::ListSeparator)));
            line.push(Inline::Link {
                target: LinkTarget::Url(url.as_str().to_owned()),
                content: text(shown),
                title: None,
            });
        }
        line
    }
}

/// The sessions of a plan and the fragments whose texts it prints.
pub(super) fn sessions_of(plan: &Plan) -> Vec<Reference> {
    let mut entries = Vec::new();
    for session in plan.sessions() {
        entries.push(Reference::from(&session.session));
        entries.extend(session.or.iter().map(|other| Reference::from(&other.session)));
        for block in session.parts_and_choices().flat_map(|part| &part.blocks) {
            entries.extend(match block {
                PlannedBlock::Text(owner, _) => Some(owner.clone()),
                PlannedBlock::Item(_) | PlannedBlock::Group { .. } | PlannedBlock::Run(_) => None,
            });
            entries.extend(block.notes().into_iter().filter_map(|note| note.owner.clone()));
        }
    }
    entries
}

/// The cards among blocks, however deep.
fn cards_in(blocks: &[Block]) -> impl Iterator<Item = &Card> {
    walk(blocks).filter_map(|(_, block)| match block {
        Block::Card(card) => Some(card),
        _ => None,
    })
}
