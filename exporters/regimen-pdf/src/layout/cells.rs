//! Cards to cut out: each in a cell of its own, set closer and smaller until it fits, or going on in the next cell.

mod filling;
mod foot;
mod part;
mod settings;
mod small_print;

use regimen_export::document::{Block, Direction, Document};

use crate::style::{CardSides, IndexCard, LEAST_TYPE, LargePrint, MM, PerPage, Sheet, Style};

use super::{Destination, Filled, LaidOut, Layouter, Page, Resources, adapt};

use filling::Filling;
use settings::{INDEX, POINTS_14, POINTS_18, SETTINGS, Setting, USUAL};

/// How far content is from the edges of what is cut out, and from those of an index card.
const INSET: f32 = 9.0 * MM;
const INDEX_INSET: f32 = 6.0 * MM;
/// On small ones it is this share of their short edge.
const SMALL_INSET: f32 = 0.068;

/// Lays the cards of a document out in cells.
pub(crate) fn lay_out(document: &Document, style: &Style, resources: &Resources<'_>, per_page: PerPage) -> LaidOut {
    set(document, style, resources, &Cells::new(style, per_page)).0
}

/// Lays the cards of a document out on index cards: all across, or all upright where that takes fewer, or as many that are set
/// less closely.
pub(crate) fn on_index_cards(
    document: &Document,
    style: &Style,
    resources: &Resources<'_>,
    card: IndexCard,
) -> LaidOut {
    let (short, long) = card.edges();
    let [across, upright] =
        [(long, short), (short, long)].map(|size| set(document, style, resources, &Cells::index_card(style, size)));
    let cost = |(laid, closeness): &(LaidOut, usize)| (laid.pages.len(), *closeness);
    if cost(&upright) < cost(&across) { upright.0 } else { across.0 }
}

/// Lays cards out, and says how closely all of them are set.
fn set(document: &Document, style: &Style, resources: &Resources<'_>, cells: &Cells) -> (LaidOut, usize) {
    let paper = (cells.size.0 * cells.columns as f32, cells.size.1 * cells.rows as f32);
    let sheet = Sheet::cell(paper, cells.inset, 1.0);
    let mut layouter = Layouter::new(document, style, resources, sheet);
    layouter.above = 0;
    let mut filling = Filling::new(cells, &mut layouter);
    filling.fill(document);
    let (sides, closeness) = (filling.sides, filling.closeness);
    let Filled { mut pages, destinations, .. } = cells.arrange(sides);
    layouter.sheet = sheet;
    layouter.setter.least = LEAST_TYPE / cells.scale;
    cells.furnish(&mut layouter, document, &mut pages);
    if document.direction == Direction::RightToLeft {
        adapt::mirror(&mut pages, &sheet);
    }
    (layouter.complete(Filled { pages, destinations, ..Filled::default() }), closeness)
}

/// How paper is divided.
struct Cells {
    columns: usize,
    rows: usize,
    /// Width and height of a cell.
    size: (f32, f32),
    /// How far its content is from its edges.
    inset: f32,
    /// The settings to try.
    settings: &'static [Setting],
    /// How much larger than usual small print is.
    scale: f32,
    sides: CardSides,
    /// Whether each is an index card.
    index: bool,
}

impl Cells {
    fn new(style: &Style, per_page: PerPage) -> Self {
        let per_page = if style.large_print.is_large() { per_page.roomier() } else { per_page };
        let ((columns, rows), (width, height)) = (per_page.grid(), style.paper.size());
        let settings = match (style.large_print, per_page) {
            (LargePrint::Points18, _) => POINTS_18.as_slice(),
            (LargePrint::Points14, _) => POINTS_14.as_slice(),
            (LargePrint::No, PerPage::Two | PerPage::Four) if style.cards == CardSides::OneSided => &SETTINGS[USUAL..],
            (LargePrint::No, _) => SETTINGS.as_slice(),
        };
        let scale = style.large_print.scale();
        Self {
            columns,
            rows,
            size: (width / columns as f32, height / rows as f32),
            inset: INSET,
            settings,
            scale,
            sides: style.cards,
            index: false,
        }
    }

    /// One, which is the paper.
    fn index_card(style: &Style, size: (f32, f32)) -> Self {
        let of_four = Self::new(style, PerPage::Four);
        let settings = if style.large_print.is_large() { of_four.settings } else { &INDEX };
        let inset = INDEX_INSET.min(size.0.min(size.1) * SMALL_INSET);
        Self { columns: 1, rows: 1, size, inset, settings, index: true, ..of_four }
    }

    /// Whether a cell is wider than tall, so that pictures can have a column of their own.
    fn is_wide(&self) -> bool {
        self.size.0 > self.size.1
    }

    /// Whether there is room for the figure of the muscles beside the pictures or below them.
    fn has_muscles(&self) -> bool {
        !self.index || self.is_wide()
    }

    /// How many cells a sheet has.
    fn each(&self) -> usize {
        self.columns * self.rows
    }

    /// An empty cell whose content is so much larger than usual, or smaller.
    fn sheet(&self, scale: f32) -> Sheet {
        Sheet::cell(self.size, self.inset, scale)
    }

    /// Where a cell is on its page. Backs are turned at the long edge: left is right there.
    fn origin(&self, cell: usize, is_back: bool) -> (f32, f32) {
        let (column, row) = (cell % self.columns, cell / self.columns);
        let column = if is_back { self.columns - 1 - column } else { column };
        (column as f32 * self.size.0, row as f32 * self.size.1)
    }

    /// Puts cells on pages, those of the backs on the page behind their fronts.
    fn arrange(&self, sides: [Filled; 2]) -> Filled {
        let (each, faces) = (self.each(), if self.sides == CardSides::Duplex { 2 } else { 1 });
        let count = faces * sides[0].pages.len().div_ceil(each).max(1);
        let mut pages: Vec<Page> = (0..count).map(|_| Page::default()).collect();
        let mut destinations = Vec::new();
        for (face, Filled { pages: cells, destinations: places, .. }) in sides.into_iter().enumerate() {
            let place_of = |cell: usize| (cell / each * faces + face, self.origin(cell % each, face == 1));
            for (at, cell) in cells.into_iter().enumerate() {
                let (page, (x, y)) = place_of(at);
                pages[page].items.extend(cell.items.into_iter().map(|item| item.moved(x, y)));
            }
            destinations.extend(places.into_iter().map(|place| {
                let (page, (_, y)) = place_of(place.page);
                Destination { page, y: place.y + y, ..place }
            }));
        }
        Filled { pages, destinations, ..Filled::default() }
    }
}

fn is_card(block: &Block) -> bool {
    matches!(block, Block::Card(_))
}
