//! Where links lead: outside, or to a heading or card of the same document.

use std::collections::{BTreeMap, BTreeSet};

use regimen_catalog::Reference;
use regimen_catalog::prose::{Inline, LinkTarget, plain_text};
use regimen_export::document::{Block, Document};

use super::blocks::DEEPEST;
use super::tree::{Role, Tree};
use super::{Destination, Ink, Page};

/// Where a link of the document leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Goal {
    /// An address outside.
    Url(String),
    /// An anchor of this document.
    Anchor(String),
}

/// One link.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) goal: Goal,
    /// What it says.
    pub(crate) text: String,
    /// Its element in the reading order.
    pub(crate) node: usize,
    /// The footnote that it refers to.
    pub(super) note: Option<u32>,
}

/// The name of the place of a footnote; anchors of headings have no blanks.
pub(super) fn note_anchor(number: u32) -> String {
    format!("note {number}")
}

/// The name of the place of the first reference to a footnote.
fn reference_anchor(number: u32) -> String {
    format!("reference {number}")
}

/// The links of a document and the destinations that they may lead to.
#[derive(Default)]
pub(super) struct Links {
    pub(super) all: Vec<Link>,
    anchors: BTreeSet<String>,
    cards: BTreeMap<Reference, String>,
}

impl Links {
    pub(super) fn of(document: &Document) -> Self {
        let mut links = Self::default();
        for (_, block) in document.walk().filter(|(depth, _)| *depth <= DEEPEST) {
            match block {
                Block::Heading { anchor, .. } => drop(links.anchors.insert(anchor.clone())),
                Block::Card(card) => {
                    links.anchors.insert(card.anchor.clone());
                    links.cards.entry(card.entry.clone()).or_insert_with(|| card.anchor.clone());
                }
                Block::Work(work) if !work.anchor.is_empty() => {
                    links.anchors.insert(work.anchor.clone());
                    if let Some(entry) = &work.entry {
                        links.cards.entry(entry.clone()).or_insert_with(|| work.anchor.clone());
                    }
                }
                _ => {}
            }
        }
        links
    }

    /// Where a link leads; none if that is nowhere within this document.
    pub(super) fn goal(&self, target: &LinkTarget) -> Option<Goal> {
        Some(match target {
            LinkTarget::Url(address) => Goal::Url(address.clone()),
            LinkTarget::Anchor(anchor) => Goal::Anchor(self.anchors.get(anchor)?.clone()),
            LinkTarget::Entry(entry) => Goal::Anchor(self.cards.get(entry)?.clone()),
            LinkTarget::Heading(..) => return None,
        })
    }

    /// Registers a link below `owner`; none if it leads nowhere within this document.
    pub(super) fn add(
        &mut self,
        target: &LinkTarget,
        content: &[Inline],
        owner: usize,
        tree: &mut Tree,
    ) -> Option<usize> {
        let goal = self.goal(target)?;
        let text = plain_text(content);
        if text.trim().is_empty() {
            return None;
        }
        let node = tree.described(owner, Role::Link, &text);
        tree.speak(node, content);
        self.all.push(Link { goal, text, node, note: None });
        Some(self.all.len() - 1)
    }

    /// Registers a reference to a footnote.
    pub(super) fn refer_to_note(&mut self, number: u32, owner: usize, tree: &mut Tree) -> usize {
        let reference = tree.add(owner, Role::Reference);
        // Unlike one of a table of contents, it comes up in the middle of a text.
        tree.nodes[reference].inline = true;
        let node = tree.add(reference, Role::Link);
        let goal = Goal::Anchor(note_anchor(number));
        self.all.push(Link { goal, text: number.to_string(), node, note: Some(number) });
        self.all.len() - 1
    }

    /// Registers the way from a footnote back to where it is referred to; none if that is nowhere.
    pub(super) fn lead_back(&mut self, number: u32, owner: usize, tree: &mut Tree) -> Option<usize> {
        self.all.iter().find(|link| link.note == Some(number))?;
        let node = tree.add(owner, Role::Link);
        let goal = Goal::Anchor(reference_anchor(number));
        self.all.push(Link { goal, text: number.to_string(), node, note: None });
        Some(self.all.len() - 1)
    }

    /// Where footnotes are first referred to.
    pub(super) fn references(&self, pages: &[Page]) -> Vec<Destination> {
        let mut destinations: Vec<Destination> = Vec::new();
        for (number, page) in pages.iter().enumerate() {
            for item in &page.items {
                let Ink::Text { part, .. } = &item.ink else { continue };
                let Some(note) = part.link.and_then(|link| self.all.get(link)).and_then(|link| link.note) else {
                    continue;
                };
                let anchor = reference_anchor(note);
                if destinations.iter().all(|place| place.anchor != anchor) {
                    destinations.push(Destination { anchor, bookmark: None, page: number, y: item.y });
                }
            }
        }
        destinations
    }
}
