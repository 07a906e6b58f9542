//! Sources and small print at the foot of a cell that has room for them: they have none for themselves.

use regimen_export::document::{Block, Document};

use super::super::card::Side;
use super::super::points::Points;
use super::super::tree::{Role, Tree};
use super::super::{Destination, Filled, Flow, Item, Layouter, Owner, Page, adapt};
use super::filling::Filling;
use super::part::lowest;

/// How much smaller than running text sources are at the foot of a cell.
const SOURCES: f32 = 0.82;
/// How far from what is above them they are at least.
const ABOVE: f32 = 12.0;

impl Filling<'_, '_> {
    /// How much room sources and small print take at the foot of a cell, in points of the paper.
    pub(super) fn foot(&mut self, sources: &[Block], document: &Document) -> f32 {
        let (before, known) = (self.layouter.checkpoint(), self.layouter.small_print.len());
        let height = self.small_print(sources, document).map_or(0.0, |(_, height)| height + ABOVE);
        self.layouter.go_back_to(&before);
        self.layouter.small_print.truncate(known);
        height
    }

    /// Adds them at the foot of the last cell that has room for them; says whether there is one, or nothing to add.
    pub(super) fn at_a_foot(&mut self, sources: &[Block], document: &Document) -> bool {
        let (before, known) = (self.layouter.checkpoint(), self.layouter.small_print.len());
        let Some((filled, height)) = self.small_print(sources, document) else {
            return true;
        };
        let bottom = self.cells.sheet(self.cells.scale).enlarged().bottom;
        let sides = self.sides.iter().enumerate().rev();
        let cells = sides.flat_map(|(side, cells)| cells.pages.iter().enumerate().rev().map(move |cell| (side, cell)));
        let mut with_room = cells.filter(|(_, (_, cell))| bottom - lowest(cell) >= height + ABOVE);
        let found = with_room.find(|(_, (_, cell))| !cell.items.is_empty()).map(|(side, (at, _))| (side, at));
        let (Some((side, at)), [Page { items }]) = (found, filled.pages.as_slice()) else {
            self.layouter.go_back_to(&before);
            self.layouter.small_print.truncate(known);
            return false;
        };
        self.layouter.read_with(&self.sides[side].pages[at], before.nodes());
        let down = bottom - items.iter().map(|item| item.y + item.height).fold(0.0, f32::max);
        let cell = &mut self.sides[side];
        cell.pages[at].items.extend(items.iter().cloned().map(|item: Item| item.lowered(down)));
        let places = filled.destinations.into_iter();
        cell.destinations.extend(places.map(|place| Destination { page: at, y: place.y + down, ..place }));
        true
    }

    /// They below each other, in points of the paper, and how tall that is. None if there is nothing.
    fn small_print(&mut self, sources: &[Block], document: &Document) -> Option<(Filled, f32)> {
        let scale = self.cells.scale * if sources.is_empty() { 1.0 } else { SOURCES };
        let layouter = &mut *self.layouter;
        layouter.use_sheet(self.cells.sheet(scale));
        (layouter.side, layouter.points, layouter.level) = (Side::Both, Points::Listed, 0);
        layouter.blocks(sources, layouter.page_area());
        layouter.disclaimer(document);
        let mut filled = layouter.fill();
        layouter.flow = Flow::default();
        adapt::enlarge(&mut filled.pages, &mut filled.destinations, &layouter.sheet);
        let items = filled.pages.iter().flat_map(|page| &page.items);
        let top = items.map(|item| item.y).reduce(f32::min)?;
        let tall = filled.pages.len() > 1;
        let height = if tall { f32::INFINITY } else { filled.pages.first().map_or(0.0, lowest) - top };
        Some((filled, height))
    }
}

impl Layouter<'_> {
    /// Lets the elements since `first` be read at the end of what a cell has, and not after all other cells.
    fn read_with(&mut self, cell: &Page, first: usize) {
        let nodes = &mut self.tree.nodes;
        let last = cell.items.iter().rev().find_map(|item| match item.owner {
            Owner::Node(node) => Some(node),
            Owner::Decoration | Owner::Header | Owner::Footer => None,
        });
        let chain = std::iter::successors(last, |node| nodes[*node].parent.filter(|parent| *parent != Tree::ROOT));
        let Some(section) = chain.last().filter(|node| nodes[*node].role == Role::Section) else { return };
        let own = nodes[first..].iter_mut().filter(|node| node.parent == Some(Tree::ROOT));
        own.for_each(|node| node.parent = Some(section));
    }
}
