//! Sheets to train from: each session on a page, set as large as it can be without another page, and short ones together.
//!
//! First everything is set close, which shows what shares a page. Then each group of pages by itself is set in the largest type at
//! which it needs no more pages than at its closest, and what room is left goes to the places to write in and between the exercises.

use std::ops::Range;

use regimen_export::document::{Block, Direction, Document};

use crate::style::{Sheet, Style};

use super::looks::BODY;
use super::work::Closeness;
use super::{Filled, LaidOut, Layouter, Resources, adapt, furniture};

/// Sizes of type, running text of 10.5 points being 1: from 12 points to 10.
const SIZES: [f32; 9] =
    [12.0 / 10.5, 11.75 / 10.5, 11.5 / 10.5, 11.25 / 10.5, 11.0 / 10.5, 10.75 / 10.5, 1.0, 10.25 / 10.5, 10.0 / 10.5];

/// From loose to close.
const WAYS: [Closeness; 4] = [Closeness::Loose, Closeness::InLine, Closeness::Close, Closeness::Closest];

/// Rows of places to write in that are taller than this, and gaps that are wider, help nobody.
const TALLEST_ROW: f32 = 46.0;
const WIDEST_GAP: f32 = 36.0;

/// Lays out a document whose sheets begin with [`Block::SheetBreak`].
pub(crate) fn lay_out(document: &Document, style: &Style, resources: &Resources<'_>) -> LaidOut {
    let base = furniture::with_footer(document, Sheet::of_sessions(style));
    let mut layouter = Layouter::new(document, style, resources, base);
    let sheets = SessionSheets { document, base, sizes: if style.large_print.is_large() { &[1.0] } else { &SIZES } };
    let mut groups = sheets.groups(&mut layouter);
    sheets.save_pages(&mut layouter, &mut groups);
    if style.large_print.is_large() {
        groups = sheets.joined(&mut layouter, groups);
    }
    let mut filled = Filled::default();
    for group in &groups {
        filled.add(sheets.set_best(&mut layouter, group));
    }
    layouter.use_sheet(base);
    layouter.furnish(document, &mut filled.pages);
    if document.direction == Direction::RightToLeft {
        adapt::mirror(&mut filled.pages, &layouter.sheet);
    }
    layouter.complete(filled)
}

/// What shares pages.
#[derive(Clone)]
struct Group {
    blocks: Range<usize>,
    has_small_print: bool,
    /// Whether its sheets may begin anywhere on a page and go on over the next, because that takes fewer pages.
    is_joined: bool,
    /// How many pages it needs at least.
    pages: usize,
}

/// How a group is set.
#[derive(Clone, Copy)]
struct Setting {
    /// How large type is, as a share of the usual.
    size: f32,
    closeness: Closeness,
    /// The least height of rows to write in.
    row: f32,
}

struct SessionSheets<'a> {
    document: &'a Document,
    /// The page on which usual type has its size.
    base: Sheet,
    /// The sizes to try, the largest first.
    sizes: &'static [f32],
}

impl SessionSheets<'_> {
    /// The least type, so close.
    fn least(&self, closeness: Closeness) -> Setting {
        Setting { size: self.sizes[self.sizes.len() - 1], closeness, row: 0.0 }
    }

    /// The blocks that share pages.
    fn groups(&self, layouter: &mut Layouter<'_>) -> Vec<Group> {
        let all = 0..self.document.blocks.len();
        let before = layouter.checkpoint();
        let whole = Group { blocks: all.clone(), has_small_print: true, is_joined: false, pages: 0 };
        let filled = self.set(layouter, &whole, self.least(Closeness::Close));
        let top = layouter.sheet.top;
        layouter.go_back_to(&before);
        let begins_page = |at: &usize| {
            let Some(Block::Heading { anchor, .. }) = self.document.blocks.get(at + 1) else { return None };
            let place = filled.destinations.iter().find(|place| place.anchor == *anchor)?;
            (place.y <= top + 1.0 && place.page > 0).then_some((*at, place.page))
        };
        let is_break = |at: &usize| matches!(self.document.blocks[*at], Block::SheetBreak | Block::PageBreak);
        let mut starts = vec![(0, 0)];
        starts.extend(all.clone().filter(is_break).filter_map(|at| begins_page(&at)));
        let ends = starts.iter().skip(1).copied().chain([(all.end, filled.pages.len())]);
        let groups = starts.iter().zip(ends).map(|((start, first), (end, last))| Group {
            blocks: *start..end,
            has_small_print: end == all.end,
            is_joined: false,
            pages: last - first,
        });
        groups.collect()
    }

    /// Sets what takes several pages closer where that saves one. Small print that would take a page of its own at the end goes below
    /// what is to be known first, if there is room for it.
    fn save_pages(&self, layouter: &mut Layouter<'_>, groups: &mut [Group]) {
        let closest = self.least(Closeness::Closest);
        for group in groups.iter_mut().filter(|group| group.pages > 1) {
            group.pages = self.pages(layouter, group, closest).min(group.pages);
        }
        let [first, .., last] = groups else { return };
        if last.pages == 1 {
            return;
        }
        let without = Group { has_small_print: false, ..last.clone() };
        let with = Group { has_small_print: true, ..first.clone() };
        let pages = self.pages(layouter, &without, closest);
        if pages < last.pages && self.pages(layouter, &with, closest) <= first.pages {
            (*first, *last) = (with, Group { pages, ..without });
        }
    }

    /// Neighbours that share their pages where that saves one: large letters fill pages so badly that each session has its own.
    fn joined(&self, layouter: &mut Layouter<'_>, groups: Vec<Group>) -> Vec<Group> {
        let closest = self.least(Closeness::Closest);
        let mut joined: Vec<Group> = Vec::new();
        for next in groups {
            if let Some(last) = joined.last_mut() {
                let mut both = Group {
                    blocks: last.blocks.start..next.blocks.end,
                    has_small_print: last.has_small_print || next.has_small_print,
                    is_joined: true,
                    pages: last.pages + next.pages,
                };
                let pages = self.pages(layouter, &both, closest);
                if pages < both.pages {
                    both.pages = pages;
                    *last = both;
                    continue;
                }
            }
            joined.push(next);
        }
        joined
    }

    /// How many pages a group has.
    fn pages(&self, layouter: &mut Layouter<'_>, group: &Group, setting: Setting) -> usize {
        let before = layouter.checkpoint();
        let count = self.set(layouter, group, setting).pages.len();
        layouter.go_back_to(&before);
        count
    }

    /// The group in the largest type at which it has no more pages, spread over them.
    fn set_best(&self, layouter: &mut Layouter<'_>, group: &Group) -> Filled {
        let pages = group.pages;
        let fits = |layouter: &mut Layouter<'_>, setting| self.pages(layouter, group, setting) <= pages;
        let (mut best, least) = (self.least(Closeness::Closest), self.sizes.len() - 1);
        for closeness in WAYS {
            let way = |at: usize| Setting { size: self.sizes[at], closeness, row: 0.0 };
            if fits(layouter, way(least)) {
                let (mut low, mut high) = (0, least);
                while low < high {
                    let middle = usize::midpoint(low, high);
                    if fits(layouter, way(middle)) { high = middle } else { low = middle + 1 }
                }
                best = way(high);
                break;
            }
        }
        let (mut low, mut high) = (0.0, TALLEST_ROW);
        while high - low > 3.0 {
            let middle = f32::midpoint(low, high);
            if fits(layouter, Setting { row: middle, ..best }) { low = middle } else { high = middle }
        }
        self.set(layouter, group, Setting { row: low, ..best });
        let mut filled = spread(layouter, pages);
        let sheet = Sheet { scale: layouter.sheet.scale / self.base.scale, ..layouter.sheet };
        adapt::enlarge(&mut filled.pages, &mut filled.destinations, &sheet);
        filled
    }

    /// Sets some of the blocks, the first with the title.
    fn set(&self, layouter: &mut Layouter<'_>, group: &Group, setting: Setting) -> Filled {
        let Setting { size, closeness, row } = setting;
        let sheet = self.base.resized(self.base.scale * size);
        let is_first = group.blocks.start == 0;
        layouter.use_sheet(Sheet { row, top_first: if is_first { sheet.top_first } else { sheet.top }, ..sheet });
        (layouter.level, layouter.closeness) = (1, closeness);
        layouter.flow = super::Flow::default();
        layouter.flow.full_width = true;
        layouter.flow.sheets_flow = group.is_joined;
        if is_first {
            layouter.title(self.document);
        }
        layouter.content(&self.document.blocks[group.blocks.clone()]);
        if group.has_small_print {
            layouter.small_print.clear();
            // Small print is not alone on a page.
            layouter.flow.keep_last_with_next();
            layouter.disclaimer(self.document);
        }
        if closeness == Closeness::Closest {
            layouter.flow.tighten(BODY.leading);
        }
        layouter.fill()
    }
}

/// Fills the pages with wider gaps above the exercises, as far as that takes no more pages.
fn spread(layouter: &mut Layouter<'_>, pages: usize) -> Filled {
    let usual = layouter.flow.boxes.clone();
    let mut with_gap = |gap: f32| {
        let boxes = &mut layouter.flow.boxes;
        // Filling pages marks boxes with which a page begins; those of a wider gap are not those of a narrower one.
        boxes.clone_from(&usual);
        for opening in boxes.iter_mut().filter(|flow_box| flow_box.opens_work) {
            opening.space_before += gap;
        }
        layouter.fill()
    };
    let (mut low, mut high) = (0.0, WIDEST_GAP);
    while high - low > 1.0 && usual.iter().any(|flow_box| flow_box.opens_work) {
        let middle = f32::midpoint(low, high);
        if with_gap(middle).pages.len() <= pages { low = middle } else { high = middle }
    }
    with_gap(low)
}
