//! Cards to cut out: each in a cell of its own, set smaller until it fits, or going on in the next cell.

mod settings;

use regimen_catalog::language::fill;
use regimen_catalog::prose::{Inlines, plain_text};
use regimen_export::document::{Block, Card, Direction, Document};

use crate::fonts::Face;
use crate::style::{CardSides, Colour, IndexCard, LEAST_TYPE, LargePrint, MM, PerPage, Pictures, Sheet, Style};
use crate::text::TextStyle;

use super::card::{self, Side};
use super::run_in::in_a_row;
use super::tree::Tree;
use super::{Destination, Filled, Ink, Item, LaidOut, Layouter, Owner, Page, Resources, adapt};

use settings::{INDEX, POINTS_14, POINTS_18, SETTINGS, Setting, USUAL};

const SMALL: TextStyle = TextStyle { face: Face::Regular, size: LEAST_TYPE, leading: 9.5, colour: Colour::MUTED };
const TITLE: TextStyle = TextStyle { face: Face::Bold, size: 9.0, leading: 12.0, colour: Colour::MUTED };
const CUT: f32 = 0.4;
/// How far content is from the edges of what is cut out, and from those of an index card.
const INSET: f32 = 9.0 * MM;
const INDEX_INSET: f32 = 6.0 * MM;

/// Lays the cards of a document out in cells.
pub(crate) fn lay_out(document: &Document, style: &Style, resources: &Resources<'_>, per_page: PerPage) -> LaidOut {
    set(document, style, resources, &Cells::new(style, per_page))
}

/// Lays the cards of a document out on index cards, all across, or all upright where that takes fewer.
pub(crate) fn on_index_cards(
    document: &Document,
    style: &Style,
    resources: &Resources<'_>,
    card: IndexCard,
) -> LaidOut {
    let (short, long) = card.edges();
    let [across, upright] =
        [(long, short), (short, long)].map(|size| set(document, style, resources, &Cells::index_card(style, size)));
    if upright.pages.len() < across.pages.len() { upright } else { across }
}

fn set(document: &Document, style: &Style, resources: &Resources<'_>, cells: &Cells) -> LaidOut {
    let paper = (cells.size.0 * cells.columns as f32, cells.size.1 * cells.rows as f32);
    let sheet = Sheet::cell(paper, cells.inset, 1.0);
    let mut layouter = Layouter::new(document, style, resources, sheet);
    layouter.above = 0;
    let sides = cells.fill(&mut layouter, document);
    let Filled { mut pages, destinations, .. } = cells.arrange(sides);
    layouter.sheet = sheet;
    layouter.setter.least = LEAST_TYPE / cells.scale;
    cells.furnish(&mut layouter, document, &mut pages);
    if document.direction == Direction::RightToLeft {
        adapt::mirror(&mut pages, &sheet);
    }
    layouter.complete(Filled { pages, destinations, ..Filled::default() })
}

/// Blocks that belong together, and the side of the paper that they are on.
#[derive(Clone, Copy)]
struct Part<'a> {
    blocks: &'a [Block],
    side: Side,
    /// The document whose small print comes after them.
    small_print: Option<&'a Document>,
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
        Self { columns: 1, rows: 1, size, inset: INDEX_INSET, settings, index: true, ..of_four }
    }

    /// Whether pictures have a column of their own, as long as a card is one.
    fn aside(&self) -> bool {
        self.index && self.size.0 > self.size.1
    }

    /// Whether there is room for the figure of the muscles beside the pictures or below them.
    fn has_muscles(&self) -> bool {
        !self.index || self.aside()
    }

    /// The cells of the fronts, and those of the backs, if there are any: as many, in the same order.
    fn fill(&self, layouter: &mut Layouter<'_>, document: &Document) -> [Filled; 2] {
        let (mut fronts, mut backs) = (Filled::default(), Filled::default());
        let mut parts = parts(&document.blocks);
        let last = parts.pop().unwrap_or_default();
        let parts = parts.into_iter().map(|part| (part, None)).chain([(last, Some(document))]);
        for (blocks, small_print) in parts {
            if self.sides == CardSides::Duplex && blocks.iter().any(is_card) {
                fronts.add(self.part(layouter, Part { blocks, side: Side::Front, small_print: None }).0);
                backs.add(self.with_small_print(layouter, Part { blocks, side: Side::Back, small_print }));
            } else {
                let both = self.with_small_print(layouter, Part { blocks, side: Side::Both, small_print });
                let [front, back] =
                    if self.sides == CardSides::Duplex { in_turns(both) } else { [both, Filled::default()] };
                fronts.add(front);
                backs.add(back);
            }
            if self.sides == CardSides::Duplex {
                let count = fronts.pages.len().max(backs.pages.len());
                fronts.pages.resize_with(count, Page::default);
                backs.pages.resize_with(count, Page::default);
            }
        }
        [fronts, backs]
    }

    /// The same as a part, with small print if there is room for it: it has no cell for itself.
    fn with_small_print(&self, layouter: &mut Layouter<'_>, part: Part<'_>) -> Filled {
        let without = Part { small_print: None, ..part };
        let before = layouter.checkpoint();
        let (alone, is_one) = self.part(layouter, without);
        if part.small_print.is_none() {
            return alone;
        }
        layouter.go_back_to(&before);
        let (with, stays_one) = self.part(layouter, part);
        // An index card is not set as one that goes on for the sake of small print.
        if with.pages.len() <= alone.pages.len() && (stays_one || !is_one || !self.index) {
            return with;
        }
        layouter.go_back_to(&before);
        self.part(layouter, without).0
    }

    /// Sets what belongs together: as large as fits a cell, or in several at the least size. Says whether it fits one.
    fn part(&self, layouter: &mut Layouter<'_>, part: Part<'_>) -> (Filled, bool) {
        let before = layouter.checkpoint();
        let named = |layouter: &mut Layouter<'_>, mut filled: Filled| {
            layouter.repeat_title(part.blocks, &mut filled.pages);
            adapt::enlarge(&mut filled.pages, &mut filled.destinations, &layouter.sheet);
            filled
        };
        layouter.aside = self.aside();
        for setting in self.settings {
            let filled = layouter.filled(part, self, setting);
            if filled.pages.len() <= 1 && is_within(&filled, &layouter.sheet) {
                return (named(layouter, filled), true);
            }
            layouter.go_back_to(&before);
        }
        // In several cells, each point has a line, and what warns stays on the first of them.
        layouter.aside = false;
        let Some(least) = self.settings.iter().rfind(|setting| !setting.run_in) else {
            return (Filled::default(), false);
        };
        let warned: Vec<Block> = part.blocks.iter().map(warning_first).collect();
        let part = Part { blocks: &warned, ..part };
        let filled = layouter.filled(part, self, least);
        if warns_first(part.blocks, &filled) {
            return (named(layouter, filled), false);
        }
        // Rather no picture than no warning.
        layouter.go_back_to(&before);
        let shown = std::mem::replace(&mut layouter.style.pictures, Pictures::None);
        let filled = layouter.filled(part, self, least);
        layouter.style.pictures = shown;
        (named(layouter, filled), false)
    }

    /// Where a cell is on its page. Backs are turned at the long edge: left is right there.
    fn origin(&self, cell: usize, is_back: bool) -> (f32, f32) {
        let (column, row) = (cell % self.columns, cell / self.columns);
        let column = if is_back { self.columns - 1 - column } else { column };
        (column as f32 * self.size.0, row as f32 * self.size.1)
    }

    /// Puts cells on pages, those of the backs on the page behind their fronts.
    fn arrange(&self, sides: [Filled; 2]) -> Filled {
        let (each, faces) = (self.columns * self.rows, if self.sides == CardSides::Duplex { 2 } else { 1 });
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

    /// Adds lines to cut along, and in each cell who hands it out.
    fn furnish(&self, layouter: &mut Layouter<'_>, document: &Document, pages: &mut [Page]) {
        let count = pages.len();
        let inset = self.inset;
        for (number, page) in pages.iter_mut().enumerate() {
            let counted = document.frame.page_of.replace("{pages}", &count.to_string());
            let counted = counted.replace("{page}", &(number + 1).to_string());
            for cell in 0..self.columns * self.rows {
                let (x, y) = self.origin(cell, false);
                let used =
                    |item: &Item| (x..x + self.size.0).contains(&item.x) && (y..y + self.size.1).contains(&item.y);
                if page.items.iter().any(used) {
                    let (left, right) = (x + inset, x + self.size.0 - inset);
                    let top = y + self.size.1 - inset - SMALL.leading * self.scale;
                    let line = layouter.who(document, &counted, (right - left) / self.scale);
                    let mut line = [Page { items: line }];
                    let sheet = Sheet { scale: self.scale, ..layouter.sheet };
                    adapt::enlarge(&mut line, &mut [], &sheet);
                    page.items.extend(line.into_iter().flat_map(|line| line.items).map(|item| item.moved(left, top)));
                }
            }
            let (width, height) = (layouter.sheet.width, layouter.sheet.height);
            let upright =
                (1..self.columns).map(|at| Item::fill(at as f32 * self.size.0, 0.0, (CUT, height), Colour::BOX));
            let across = (1..self.rows).map(|at| Item::fill(0.0, at as f32 * self.size.1, (width, CUT), Colour::BOX));
            page.items.extend(upright.chain(across).map(|cut| Item { owner: Owner::Footer, ..cut }));
        }
    }
}

/// Cells that are the front and the back of the same card in turns.
fn in_turns(cells: Filled) -> [Filled; 2] {
    let mut sides = [Filled::default(), Filled::default()];
    for (at, cell) in cells.pages.into_iter().enumerate() {
        sides[at % 2].pages.push(cell);
    }
    for place in cells.destinations {
        sides[place.page % 2].destinations.push(Destination { page: place.page / 2, ..place });
    }
    sides
}

/// Each card by itself, and the blocks between cards.
fn parts(blocks: &[Block]) -> Vec<&[Block]> {
    let parts = blocks.chunk_by(|one, other| !is_card(one) && !is_card(other));
    parts
        .filter(|part| !part.iter().all(|block| matches!(block, Block::PageBreak | Block::SheetBreak | Block::Rule)))
        .collect()
}

impl Layouter<'_> {
    /// Fills cells with blocks and small print in a setting.
    fn filled(&mut self, part: Part<'_>, cells: &Cells, setting: &Setting) -> Filled {
        self.side = part.side;
        self.use_sheet(Sheet { tight: !setting.muscles, ..Sheet::cell(cells.size, cells.inset, setting.size) });
        if self.side == Side::Back {
            // Below the title, and the headings are those of the front.
            self.sheet.top_first = self.sheet.top;
        }
        self.level = u8::from(self.side == Side::Back);
        (self.pictures, self.facts) = (setting.pictures, setting.facts);
        let shown = self.style.pictures;
        if !(setting.muscles && cells.has_muscles()) && shown == Pictures::All {
            self.style.pictures = Pictures::Own;
        }
        self.below = part.small_print.map_or(0.0, |document| self.height_of_small_print(document));
        self.flow.single_lines = cells.index;
        let area = self.page_area();
        if setting.run_in {
            self.blocks(&part.blocks.iter().map(points_in_a_row).collect::<Vec<_>>(), area);
        } else {
            self.blocks(part.blocks, area);
        }
        part.small_print.into_iter().for_each(|document| self.disclaimer(document));
        let filled = self.fill();
        (self.flow, self.style.pictures) = (super::Flow::default(), shown);
        filled
    }

    /// How tall small print is.
    fn height_of_small_print(&mut self, document: &Document) -> f32 {
        let (before, known) = (self.checkpoint(), self.small_print.len());
        self.disclaimer(document);
        let boxes = std::mem::take(&mut self.flow).boxes;
        self.go_back_to(&before);
        self.small_print.truncate(known);
        boxes.iter().map(|flow_box| flow_box.space_before + flow_box.height).sum()
    }

    /// Puts the title of a card above its back, and above what goes on in further cells.
    fn repeat_title(&mut self, blocks: &[Block], cells: &mut [Page]) {
        let Some(title) = blocks.iter().find_map(title).map(|title| plain_text(title)) else { return };
        let continued = fill(self.continued, &[("title", &title)]);
        for (at, cell) in cells.iter_mut().enumerate() {
            let words = match (at, self.side) {
                (0, Side::Both | Side::Front) => continue,
                (0, Side::Back) if cell.items.is_empty() => continue,
                (0, Side::Back) => &title,
                _ => &continued,
            };
            let words = self.setter.plain(words, TITLE);
            let Some(line) = words.lines(self.sheet.measure).into_iter().next() else { return };
            let items = self.line(&line, (self.sheet.left, self.sheet.header), TITLE, Tree::ROOT);
            cell.items.extend(items.into_iter().map(|item| Item { owner: Owner::Header, ..item }));
        }
    }

    /// A line with the brand, as many ways to reach it as there is room for, and the number of the page.
    fn who(&mut self, document: &Document, counted: &str, width: f32) -> Vec<Item> {
        let frame = &document.frame;
        let edition = frame.edition().replace(' ', "\u{a0}");
        let counted = [edition.as_str(), counted].into_iter().filter(|part| !part.is_empty());
        let number = self.setter.plain(&counted.collect::<Vec<_>>().join("  ·  "), SMALL);
        let room = width - number.widest() - 12.0;
        let all = std::iter::once(&frame.brand).chain(&frame.contacts).filter(|part| !part.trim().is_empty());
        let mut shown = String::new();
        for part in all {
            let longer = if shown.is_empty() { part.clone() } else { format!("{shown}  ·  {part}") };
            if self.setter.plain(&longer, SMALL).widest() <= room {
                shown = longer;
            }
        }
        let mut items = Vec::new();
        for (words, right) in [(self.setter.plain(&shown, SMALL), false), (number, true)] {
            for line in words.lines(width).iter().take(1) {
                let x = if right { width - line.width } else { 0.0 };
                items.extend(self.line(line, (x, 0.0), SMALL, Tree::ROOT));
            }
        }
        items.retain(|item| matches!(item.ink, Ink::Text { .. }));
        items.into_iter().map(|item| Item { owner: Owner::Footer, ..item }).collect()
    }
}

/// Whether nothing reaches below the cell, as a picture with its key may in a small one.
fn is_within(filled: &Filled, sheet: &Sheet) -> bool {
    let mut items = filled.pages.iter().flat_map(|page| &page.items);
    items.all(|item| item.y + item.height <= sheet.bottom + 0.5)
}

/// Whether what a card says under "Stop if" begins in its first cell.
fn warns_first(blocks: &[Block], cells: &Filled) -> bool {
    let mut stops =
        blocks.iter().filter_map(|block| if let Block::Card(card) = block { card.stop.as_deref() } else { None });
    stops.all(|stop| cells.destinations.iter().any(|place| place.anchor == *stop && place.page == 0))
}

fn is_card(block: &Block) -> bool {
    matches!(block, Block::Card(_))
}

fn points_in_a_row(block: &Block) -> Block {
    match block {
        Block::Card(card) => Block::Card(Card { body: in_a_row(&card.body), ..card.clone() }),
        other => other.clone(),
    }
}

fn warning_first(block: &Block) -> Block {
    match block {
        Block::Card(card) => Block::Card(card::warning_first(card)),
        other => other.clone(),
    }
}

fn title(block: &Block) -> Option<&Inlines> {
    match block {
        Block::Card(card) => Some(&card.title),
        Block::Heading { content, .. } => Some(content),
        _ => None,
    }
}
