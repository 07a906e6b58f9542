//! Cards to cut out: each in a cell of its own, set smaller until it fits, or going on in the next cell.

use regimen_catalog::prose::{Inlines, plain_text};
use regimen_export::document::{Block, Direction, Document};

use crate::fonts::Face;
use crate::style::{Colour, LargePrint, PerPage, Sheet, Style};
use crate::text::TextStyle;

use super::tree::Tree;
use super::{Destination, Filled, Ink, Item, LaidOut, Layouter, Owner, Page, Resources, adapt};

const SMALL: TextStyle = TextStyle { face: Face::Regular, size: 7.5, leading: 9.0, colour: Colour::MUTED };
const TITLE: TextStyle = TextStyle { face: Face::Bold, size: 9.0, leading: 12.0, colour: Colour::MUTED };
/// Sizes of type, running text of 10.5 points being 1, with how tall pictures are then. The last is text of 8 points.
const SIZES: [(f32, f32); 10] = [
    (1.5, 1.0),
    (1.35, 1.0),
    (1.2, 1.0),
    (1.1, 1.0),
    (1.0, 1.0),
    (1.0, 0.75),
    (0.94, 0.7),
    (0.88, 0.65),
    (0.82, 0.6),
    (8.0 / 10.5, 0.5),
];
/// The same in large print.
const POINTS_14: [(f32, f32); 2] = large(LargePrint::Points14);
const POINTS_18: [(f32, f32); 2] = large(LargePrint::Points18);

const fn large(print: LargePrint) -> [(f32, f32); 2] {
    [(print.scale(), 1.0), (print.scale(), 0.6)]
}

/// The first of them for cells of half a page and less.
const USUAL: usize = 4;
const CUT: f32 = 0.4;

/// Lays the cards of a document out in cells.
pub(crate) fn lay_out(document: &Document, style: &Style, resources: &Resources<'_>, per_page: PerPage) -> LaidOut {
    let sheet = Sheet::cell(style.paper.size(), 1.0);
    let mut layouter = Layouter::new(document, style, resources, sheet);
    layouter.above = 0;
    let cells = Cells::new(style, per_page);
    let Filled { pages, mut destinations } = cells.fill(&mut layouter, document);
    let mut pages = cells.arrange(pages, &mut destinations);
    layouter.sheet = sheet;
    cells.furnish(&mut layouter, document, &mut pages);
    if document.direction == Direction::RightToLeft {
        adapt::mirror(&mut pages, &sheet);
    }
    layouter.complete(Filled { pages, destinations })
}

/// How paper is divided.
struct Cells {
    columns: usize,
    rows: usize,
    /// Width and height of a cell.
    size: (f32, f32),
    /// The sizes of type and pictures to try.
    sizes: &'static [(f32, f32)],
    /// How much larger than usual small print is.
    scale: f32,
}

impl Cells {
    fn new(style: &Style, per_page: PerPage) -> Self {
        let per_page = if style.large_print.is_large() { per_page.roomier() } else { per_page };
        let ((columns, rows), (width, height)) = (per_page.grid(), style.paper.size());
        let sizes: &[(f32, f32)] = match (style.large_print, per_page) {
            (LargePrint::Points18, _) => &POINTS_18,
            (LargePrint::Points14, _) => &POINTS_14,
            (LargePrint::No, PerPage::One) => &SIZES,
            (LargePrint::No, PerPage::Two | PerPage::Four) => &SIZES[USUAL..],
        };
        let scale = style.large_print.scale();
        Self { columns, rows, size: (width / columns as f32, height / rows as f32), sizes, scale }
    }

    fn fill(&self, layouter: &mut Layouter<'_>, document: &Document) -> Filled {
        let mut cells = Filled::default();
        let mut parts = parts(&document.blocks);
        let last = parts.pop().unwrap_or_default();
        for part in parts {
            cells.add(self.part(layouter, part, None));
        }
        let before = layouter.checkpoint();
        let whole = self.part(layouter, last, Some(document));
        layouter.go_back_to(&before);
        let alone = self.part(layouter, last, None);
        if whole.pages.len() == alone.pages.len() {
            // Small print goes below the last card, if there is room for it.
            layouter.go_back_to(&before);
            cells.add(self.part(layouter, last, Some(document)));
        } else {
            cells.add(alone);
            cells.add(self.part(layouter, &[], Some(document)));
        }
        cells
    }

    /// Sets what belongs together: as large as fits a cell, or in several at the least size.
    fn part(&self, layouter: &mut Layouter<'_>, blocks: &[Block], small_print: Option<&Document>) -> Filled {
        let before = layouter.checkpoint();
        for (at, (size, pictures)) in self.sizes.iter().enumerate() {
            layouter.sheet = Sheet::cell(self.size, *size);
            (layouter.level, layouter.pictures) = (0, *pictures);
            let area = layouter.page_area();
            layouter.blocks(blocks, area);
            small_print.into_iter().for_each(|document| layouter.disclaimer(document));
            let mut filled = layouter.fill();
            layouter.flow = super::Flow::default();
            if filled.pages.len() == 1 || at + 1 == self.sizes.len() {
                layouter.repeat_title(blocks, &mut filled.pages);
                adapt::enlarge(&mut filled.pages, &mut filled.destinations, &layouter.sheet);
                return filled;
            }
            layouter.go_back_to(&before);
        }
        Filled::default()
    }

    /// The page of a cell, and its place on it.
    fn origin(&self, cell: usize) -> (usize, (f32, f32)) {
        let (page, cell) = (cell / (self.columns * self.rows), cell % (self.columns * self.rows));
        let (column, row) = (cell % self.columns, cell / self.columns);
        (page, (column as f32 * self.size.0, row as f32 * self.size.1))
    }

    fn arrange(&self, cells: Vec<Page>, destinations: &mut [Destination]) -> Vec<Page> {
        let count = cells.len().div_ceil(self.columns * self.rows).max(1);
        let mut pages: Vec<Page> = (0..count).map(|_| Page::default()).collect();
        for (at, cell) in cells.into_iter().enumerate() {
            let (page, (x, y)) = self.origin(at);
            pages[page].items.extend(cell.items.into_iter().map(|item| item.moved(x, y)));
        }
        for place in destinations {
            let (page, (_, y)) = self.origin(place.page);
            (place.page, place.y) = (page, place.y + y);
        }
        pages
    }

    /// Adds lines to cut along, and in each cell who hands it out.
    fn furnish(&self, layouter: &mut Layouter<'_>, document: &Document, pages: &mut [Page]) {
        let count = pages.len();
        let inset = Sheet::cell(self.size, self.scale).left * self.scale;
        for (number, page) in pages.iter_mut().enumerate() {
            let counted = document.frame.page_of.replace("{pages}", &count.to_string());
            let counted = counted.replace("{page}", &(number + 1).to_string());
            for cell in 0..self.columns * self.rows {
                let (_, (x, y)) = self.origin(cell);
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

/// Each card by itself, and the blocks between cards.
fn parts(blocks: &[Block]) -> Vec<&[Block]> {
    let is_card = |block: &Block| matches!(block, Block::Card(_));
    let parts = blocks.chunk_by(|one, other| !is_card(one) && !is_card(other));
    parts
        .filter(|part| !part.iter().all(|block| matches!(block, Block::PageBreak | Block::SheetBreak | Block::Rule)))
        .collect()
}

impl Layouter<'_> {
    /// Puts the title of a card above what goes on in further cells.
    fn repeat_title(&mut self, blocks: &[Block], cells: &mut [Page]) {
        let Some(title) = blocks.iter().find_map(title) else { return };
        let words = self.setter.plain(&plain_text(title), TITLE);
        let Some(line) = words.lines(self.sheet.measure).into_iter().next() else { return };
        for cell in cells.iter_mut().skip(1) {
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

fn title(block: &Block) -> Option<&Inlines> {
    match block {
        Block::Card(card) => Some(&card.title),
        Block::Heading { content, .. } => Some(content),
        _ => None,
    }
}
