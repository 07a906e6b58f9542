//! Fills cells with the parts of a document, then finds room for what no card needs: sources and small print.

use regimen_export::document::{Block, Document, SOURCES};

use crate::style::CardSides;

use super::super::card::Side;
use super::super::trials::Checkpoint;
use super::super::{Filled, Layouter, Page};
use super::part::{Fitted, Part, in_turns, parts};
use super::settings::Setting;
use super::{Cells, is_card};

/// Cells so far: those of the fronts, and those of the backs, if there are any: as many, in the same order.
pub(super) struct Filling<'f, 'd> {
    pub(super) cells: &'f Cells,
    pub(super) layouter: &'f mut Layouter<'d>,
    pub(super) sides: [Filled; 2],
    /// How closely all are set, the sum of which settings they have.
    pub(super) closeness: usize,
}

/// How far cells were filled at some time.
struct Before {
    laid: Checkpoint,
    cells: usize,
    places: [usize; 2],
    closeness: usize,
}

impl<'f, 'd> Filling<'f, 'd> {
    pub(super) fn new(cells: &'f Cells, layouter: &'f mut Layouter<'d>) -> Self {
        Self { cells, layouter, sides: Default::default(), closeness: 0 }
    }

    pub(super) fn fill(&mut self, document: &Document) {
        let is_source = |block: &Block| matches!(block, Block::Heading { anchor, .. } if anchor == SOURCES);
        let end = document.blocks.iter().rposition(is_source).unwrap_or(document.blocks.len());
        let (content, sources) = document.blocks.split_at(end);
        let parts = parts(content);
        let mut last = None;
        for (at, blocks) in parts.iter().enumerate() {
            last = (at + 1 == parts.len() && blocks.iter().any(is_card)).then(|| (self.now(), *blocks));
            self.add(blocks, 0.0, |_| true);
        }
        if self.sources_in_free_cells(sources, document) || self.at_a_foot(sources, document) {
            return;
        }
        let small_print = &[];
        if self.at_a_foot(small_print, document) {
            return;
        }
        if let Some((before, blocks)) = last {
            self.go_back_to(&before);
            let foot = self.foot(small_print, document);
            if self.add(blocks, foot, Setting::is_roomy) && self.at_a_foot(small_print, document) {
                return;
            }
            self.go_back_to(&before);
            self.add(blocks, 0.0, |_| true);
        }
        // Whose work this is has to be said.
        if parts.is_empty() || !document.frame.origins.is_empty() || !document.frame.credits.is_empty() {
            self.add_alone(sources, document);
        }
    }

    fn now(&self) -> Before {
        Before {
            laid: self.layouter.checkpoint(),
            cells: self.sides[0].pages.len(),
            places: [0, 1].map(|side| self.sides[side].destinations.len()),
            closeness: self.closeness,
        }
    }

    fn go_back_to(&mut self, before: &Before) {
        self.layouter.go_back_to(&before.laid);
        for (side, places) in self.sides.iter_mut().zip(before.places) {
            side.pages.truncate(before.cells);
            side.destinations.truncate(places);
        }
        self.closeness = before.closeness;
    }

    /// Whether cards have backs.
    fn has_backs(&self) -> bool {
        self.cells.sides == CardSides::Duplex
    }

    /// Adds a part above room for something else at the foot of its last side, in one of some settings; says whether that fits one
    /// cell. If any setting may be, it is added anyhow.
    fn add(&mut self, blocks: &[Block], foot: f32, may_be: impl Fn(&Setting) -> bool + Copy) -> bool {
        let sides: &[Side] =
            if self.has_backs() && blocks.iter().any(is_card) { &[Side::Front, Side::Back] } else { &[Side::Both] };
        let mut set = Vec::new();
        for side in sides {
            let foot = if *side == Side::Front { 0.0 } else { foot };
            let part = Part { blocks, side: *side, small_print: None, foot };
            let fitted = if foot > 0.0 {
                self.cells.in_one(self.layouter, part, may_be)
            } else {
                Some(self.cells.part(self.layouter, part))
            };
            let Some(Fitted { filled, closeness }) = fitted else { return false };
            self.closeness += closeness;
            set.push(filled);
        }
        let mut set = set.into_iter();
        match (set.next(), set.next()) {
            (Some(front), Some(back)) => self.push([front, back]),
            (Some(both), None) => self.push_cells(both),
            _ => {}
        }
        true
    }

    /// Adds cells that are no front and back of a card.
    fn push_cells(&mut self, cells: Filled) {
        let sides = if self.has_backs() { in_turns(cells) } else { [cells, Filled::default()] };
        self.push(sides);
    }

    fn push(&mut self, [front, back]: [Filled; 2]) {
        self.sides[0].add(front);
        self.sides[1].add(back);
        if self.has_backs() {
            let count = self.sides[0].pages.len().max(self.sides[1].pages.len());
            self.sides.iter_mut().for_each(|side| side.pages.resize_with(count, Page::default));
        }
    }

    /// Adds sources with the small print below them where the last sheet has cells that are free.
    fn sources_in_free_cells(&mut self, sources: &[Block], document: &Document) -> bool {
        let each = self.cells.each();
        let free = (each - self.sides[0].pages.len() % each) % each;
        if sources.is_empty() || free == 0 {
            return false;
        }
        let before = self.now();
        let part = Part { blocks: sources, side: Side::Both, small_print: Some(document), foot: 0.0 };
        let filled = self.cells.part(self.layouter, part).filled;
        let faces = if self.has_backs() { 2 } else { 1 };
        if filled.pages.len().div_ceil(faces) > free {
            self.go_back_to(&before);
            return false;
        }
        self.push_cells(filled);
        true
    }

    /// Adds sources and small print in cells of their own.
    fn add_alone(&mut self, sources: &[Block], document: &Document) {
        let part = Part { blocks: sources, side: Side::Both, small_print: Some(document), foot: 0.0 };
        let filled = self.cells.part(self.layouter, part).filled;
        self.push_cells(filled);
    }
}
