//! Cards to cut out: each in a cell of its own, set smaller until it fits, or going on in the next cell.

use regimen_catalog::language::fill;
use regimen_catalog::prose::{Inlines, plain_text};
use regimen_export::document::{Block, Card, Direction, Document};

use crate::fonts::Face;
use crate::style::{Colour, LEAST_TYPE, LargePrint, PerPage, Pictures, Sheet, Style};
use crate::text::TextStyle;

use super::card::{self, Facts};
use super::run_in::in_a_row;
use super::tree::Tree;
use super::{Destination, Filled, Ink, Item, LaidOut, Layouter, Owner, Page, Resources, adapt};

const SMALL: TextStyle = TextStyle { face: Face::Regular, size: LEAST_TYPE, leading: 9.5, colour: Colour::MUTED };
const TITLE: TextStyle = TextStyle { face: Face::Bold, size: 9.0, leading: 12.0, colour: Colour::MUTED };
/// How a card is set.
#[derive(Debug, Clone, Copy)]
struct Setting {
    /// The size of its type, running text of 10.5 points being 1.
    size: f32,
    /// How tall pictures are, as a share of the usual.
    pictures: f32,
    facts: Facts,
    /// Whether the figure of the muscles is there; the facts name them. Without it, lines are closer, too.
    muscles: bool,
    /// Whether points without numbers follow each other as sentences do.
    run_in: bool,
}

const fn setting(size: f32, pictures: f32, facts: Facts) -> Setting {
    Setting { size, pictures, facts, muscles: true, run_in: false }
}

const fn without_muscles(setting: Setting) -> Setting {
    Setting { muscles: false, ..setting }
}

const fn run_in(setting: Setting) -> Setting {
    Setting { run_in: true, ..without_muscles(setting) }
}

/// Running text of 8 points.
const LEAST: f32 = LEAST_TYPE / 10.5;
/// Which settings are tried, one after the other: what may be left out goes first, then facts shrink, then type and pictures.
const SETTINGS: [Setting; 14] = [
    setting(1.5, 1.0, Facts::All),
    setting(1.35, 1.0, Facts::All),
    setting(1.2, 1.0, Facts::All),
    setting(1.1, 1.0, Facts::All),
    setting(1.0, 1.0, Facts::All),
    setting(1.0, 1.0, Facts::Needed),
    setting(1.0, 1.0, Facts::Close),
    setting(0.94, 0.9, Facts::Close),
    setting(0.88, 0.8, Facts::Close),
    setting(0.82, 0.7, Facts::Close),
    setting(LEAST, 0.6, Facts::Close),
    without_muscles(setting(LEAST, 0.6, Facts::Close)),
    without_muscles(setting(LEAST, 0.4, Facts::Close)),
    run_in(setting(LEAST, 0.4, Facts::Close)),
];
/// The first of them for cells of half a page and less.
const USUAL: usize = 4;
/// The same in large print.
const POINTS_14: [Setting; 6] = large(LargePrint::Points14);
const POINTS_18: [Setting; 6] = large(LargePrint::Points18);

const fn large(print: LargePrint) -> [Setting; 6] {
    let size = print.scale();
    [
        setting(size, 1.0, Facts::All),
        setting(size, 1.0, Facts::Needed),
        setting(size, 0.8, Facts::Close),
        setting(size, 0.6, Facts::Close),
        without_muscles(setting(size, 0.4, Facts::Close)),
        run_in(setting(size, 0.4, Facts::Close)),
    ]
}

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
    layouter.setter.least = LEAST_TYPE / cells.scale;
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
    /// The settings to try.
    settings: &'static [Setting],
    /// How much larger than usual small print is.
    scale: f32,
}

impl Cells {
    fn new(style: &Style, per_page: PerPage) -> Self {
        let per_page = if style.large_print.is_large() { per_page.roomier() } else { per_page };
        let ((columns, rows), (width, height)) = (per_page.grid(), style.paper.size());
        let settings = match (style.large_print, per_page) {
            (LargePrint::Points18, _) => POINTS_18.as_slice(),
            (LargePrint::Points14, _) => POINTS_14.as_slice(),
            (LargePrint::No, PerPage::One) => SETTINGS.as_slice(),
            (LargePrint::No, PerPage::Two | PerPage::Four) => &SETTINGS[USUAL..],
        };
        let scale = style.large_print.scale();
        Self { columns, rows, size: (width / columns as f32, height / rows as f32), settings, scale }
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
        if whole.pages.len() > alone.pages.len() {
            // There is no room for small print, and no cell for it alone.
            cells.add(alone);
            return cells;
        }
        layouter.go_back_to(&before);
        cells.add(self.part(layouter, last, Some(document)));
        cells
    }

    /// Sets what belongs together: as large as fits a cell, or in several at the least size.
    fn part(&self, layouter: &mut Layouter<'_>, blocks: &[Block], small_print: Option<&Document>) -> Filled {
        let before = layouter.checkpoint();
        for setting in self.settings {
            let filled = layouter.filled(blocks, small_print, self.size, setting);
            if filled.pages.len() <= 1 {
                return enlarged(filled, &layouter.sheet);
            }
            layouter.go_back_to(&before);
        }
        // In several cells, each point has a line, and what warns stays on the first of them.
        let Some(least) = self.settings.iter().rfind(|setting| !setting.run_in) else { return Filled::default() };
        let warned: Vec<Block> = blocks.iter().map(warning_first).collect();
        let mut filled = layouter.filled(&warned, small_print, self.size, least);
        layouter.repeat_title(blocks, &mut filled.pages);
        enlarged(filled, &layouter.sheet)
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
    /// Fills cells of a size with blocks and small print in a setting.
    fn filled(
        &mut self,
        blocks: &[Block],
        small_print: Option<&Document>,
        size: (f32, f32),
        setting: &Setting,
    ) -> Filled {
        self.sheet = Sheet { tight: !setting.muscles, ..Sheet::cell(size, setting.size) };
        self.setter.least = LEAST_TYPE / setting.size;
        (self.level, self.pictures, self.facts) = (0, setting.pictures, setting.facts);
        let shown = self.style.pictures;
        if !setting.muscles && shown == Pictures::All {
            self.style.pictures = Pictures::Own;
        }
        let area = self.page_area();
        if setting.run_in {
            self.blocks(&blocks.iter().map(points_in_a_row).collect::<Vec<_>>(), area);
        } else {
            self.blocks(blocks, area);
        }
        small_print.into_iter().for_each(|document| self.disclaimer(document));
        let filled = self.fill();
        (self.flow, self.style.pictures) = (super::Flow::default(), shown);
        filled
    }

    /// Puts the title of a card above what goes on in further cells.
    fn repeat_title(&mut self, blocks: &[Block], cells: &mut [Page]) {
        let Some(title) = blocks.iter().find_map(title) else { return };
        let words = fill(self.continued, &[("title", &plain_text(title))]);
        let words = self.setter.plain(&words, TITLE);
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

/// Cells in points of the paper.
fn enlarged(mut cells: Filled, sheet: &Sheet) -> Filled {
    adapt::enlarge(&mut cells.pages, &mut cells.destinations, sheet);
    cells
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
