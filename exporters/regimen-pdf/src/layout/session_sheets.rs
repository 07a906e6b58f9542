//! Sheets to train from: each session on a page, set as large as it can be without another page, and short ones together.
//!
//! First everything is set close, which shows what shares a page. Then each group of pages by itself is set in the largest type at
//! which it needs no more pages than at its closest, and what room is left goes to the places to write in and between the exercises.

mod counted;

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use regimen_export::document::{Block, Direction, Document};

use crate::style::{Sheet, Style};

use super::facts::Facts;
use super::looks::BODY;
use super::pages::Count;
use super::work::{Closeness, Parting};
use super::{Filled, LaidOut, Layouter, Resources, adapt, furniture, pages};

pub(crate) use counted::CountedGroups;
pub(super) use counted::CountedLinks;

use counted::CountedGroup;

/// Sizes of type, running text of 10.5 points being 1: from 12 points to 10.
const SIZES: [f32; 9] =
    [12.0 / 10.5, 11.75 / 10.5, 11.5 / 10.5, 11.25 / 10.5, 11.0 / 10.5, 10.75 / 10.5, 1.0, 10.25 / 10.5, 10.0 / 10.5];

/// From loose to close.
const WAYS: [Closeness; 4] = [Closeness::Loose, Closeness::InLine, Closeness::Close, Closeness::Closest];

/// So many sheets share their pages at most.
const MOST_JOINED: usize = 12;

/// Rows of places to write in that are taller than this, and gaps that are wider, help nobody.
const TALLEST_ROW: f32 = 46.0;
const WIDEST_GAP: f32 = 36.0;

/// Lays out a document whose sheets begin with [`Block::SheetBreak`].
pub(crate) fn lay_out(document: &Document, style: &Style, resources: &Resources<'_>) -> LaidOut {
    let sheet = furniture::with_footer(document, Sheet::of_sessions(style));
    let mut layouter = Layouter::new(document, style, resources, sheet);
    layouter.place_footer(document);
    let base = layouter.sheet;
    if style.large_print.is_large() {
        layouter.facts = Facts::Large;
    }
    let sizes = if style.large_print.is_large() { &[1.0][..] } else { &SIZES };
    let sheets = SessionSheets { document, base, sizes, counted: RefCell::default() };
    let mut groups = sheets.groups(&mut layouter);
    sheets.set_closer(&mut layouter, &mut groups);
    if style.large_print.is_large() {
        groups = sheets.joined(&mut layouter, &groups);
    } else {
        groups = sheets.set_fuller(&mut layouter, groups);
    }
    sheets.place_small_print(&mut layouter, &mut groups);
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
    manner: Manner,
    /// How many pages it needs at least.
    pages: usize,
}

/// How a group is spread over its pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Manner {
    flows: Flows,
    /// Whether the title of a session may be on another page than its first exercise.
    parts_heads: bool,
}

/// How far the sheets of a group flow over its pages, because that takes fewer of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
enum Flows {
    /// Each is on one page if that has room for it.
    #[default]
    Apart,
    /// They may begin anywhere on a page and go on over the next.
    Joined,
    /// And so may exercises, between their steps.
    InParts,
}

/// The fewest pages of the first groups, and of ways to have these the one that parts the fewest titles from their exercises and
/// leaves the fewest pages half empty.
#[derive(Clone, Copy, Default)]
struct Fewest {
    pages: usize,
    parted_heads: usize,
    half_empty: usize,
    /// Where the last of them that share pages begin.
    start: usize,
    /// Whether titles may be parted from exercises in these.
    parts_heads: bool,
}

impl Fewest {
    /// With those of the groups before.
    fn after(&self, before: &Self) -> Self {
        Self {
            pages: before.pages + self.pages,
            parted_heads: before.parted_heads + self.parted_heads,
            half_empty: before.half_empty + self.half_empty,
            ..*self
        }
    }
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
    /// What is known of groups of its blocks.
    counted: RefCell<Vec<(Key, Arc<CountedGroup>)>>,
}

/// The blocks of a group, and whether the small print is among them.
type Key = (Range<usize>, bool);

impl SessionSheets<'_> {
    /// The least type, so close.
    fn least(&self, closeness: Closeness) -> Setting {
        Setting { size: self.sizes[self.sizes.len() - 1], closeness, row: 0.0 }
    }

    /// The blocks that share pages.
    fn groups(&self, layouter: &mut Layouter<'_>) -> Vec<Group> {
        let all = 0..self.document.blocks.len();
        let whole = Group { blocks: all.clone(), has_small_print: true, manner: Manner::default(), pages: 0 };
        let filled = layouter.tried(|layouter| self.set(layouter, &whole, self.least(Closeness::Close)));
        let top = layouter.sheet.top;
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
            manner: Manner::default(),
            pages: last - first,
        });
        groups.collect()
    }

    /// Sets what takes several pages closer where that saves one.
    fn set_closer(&self, layouter: &mut Layouter<'_>, groups: &mut [Group]) {
        let closest = self.least(Closeness::Closest);
        for group in groups.iter_mut().filter(|group| group.pages > 1) {
            group.pages = self.pages(layouter, group, closest).min(group.pages);
        }
    }

    /// What would leave its last page half empty in the largest type shares its pages with a session after it that is longer than a
    /// page, which begins there, if that takes no more pages.
    fn set_fuller(&self, layouter: &mut Layouter<'_>, groups: Vec<Group>) -> Vec<Group> {
        let closest = self.least(Closeness::Closest);
        let largest = Setting { size: self.sizes[0], closeness: Closeness::Loose, row: TALLEST_ROW };
        let mut fuller: Vec<Group> = Vec::with_capacity(groups.len());
        for group in groups {
            let joined = fuller.last().filter(|_| group.pages > 1).and_then(|before| {
                let count = self.count(layouter, before, largest, WIDEST_GAP);
                if count.pages > before.pages || !count.ends_half_empty {
                    return None;
                }
                let blocks = before.blocks.start..group.blocks.end;
                let has_small_print = before.has_small_print || group.has_small_print;
                let manner = Manner { flows: Flows::Joined, parts_heads: false };
                let joined = Group { blocks, has_small_print, manner, pages: 0 };
                let count = self.count(layouter, &joined, closest, 0.0);
                let is_fuller = count.pages <= before.pages + group.pages && count.half_empty == 0;
                is_fuller.then_some(Group { pages: count.pages, ..joined })
            });
            if joined.is_some() {
                fuller.pop();
            }
            fuller.push(joined.unwrap_or(group));
        }
        fuller
    }

    /// Small print that would take a whole page at the end goes below what is to be known first, if there is room for it.
    fn place_small_print(&self, layouter: &mut Layouter<'_>, groups: &mut [Group]) {
        let closest = self.least(Closeness::Closest);
        let [first, .., last] = groups else { return };
        if last.pages == 1 || first.manner.flows != Flows::Apart {
            return;
        }
        let without = Group { has_small_print: false, ..last.clone() };
        let with = Group { has_small_print: true, ..first.clone() };
        let pages = self.pages(layouter, &without, closest);
        if pages < last.pages && self.pages(layouter, &with, closest) <= first.pages {
            (*first, *last) = (with, Group { pages, ..without });
        }
    }

    /// Neighbours that share their pages where that saves some, if need be in parts: large letters fill pages so badly that each
    /// session has its own.
    fn joined(&self, layouter: &mut Layouter<'_>, groups: &[Group]) -> Vec<Group> {
        let [kept, parted] = [false, true].map(|parts_heads| {
            let manner = Manner { flows: Flows::InParts, parts_heads };
            let ends = layouter.tried(|layouter| {
                let ends = self.set_boxes(layouter, groups, manner, self.least(Closeness::Closest));
                layouter.keep_together();
                ends
            });
            (std::mem::take(&mut layouter.flow), std::iter::once(0).chain(ends).collect::<Vec<_>>())
        });
        let sheet = &layouter.sheet;
        let count = |groups: &Range<usize>, in_parts, parts_heads| {
            let (flow, starts) = if parts_heads { &parted } else { &kept };
            pages::count(flow, starts[groups.start]..starts[groups.end], in_parts, sheet)
        };
        let is_last = |end: usize| end == groups.len();
        let mut fewest = vec![Fewest::default()];
        for end in 1..=groups.len() {
            let ways = (end.saturating_sub(MOST_JOINED)..end).rev().flat_map(|start| {
                let alone =
                    (start + 1 == end).then(|| (groups[start].pages, count(&(start..end), false, false), false));
                let in_parts = [false, true].map(|parts_heads| {
                    let count = count(&(start..end), true, parts_heads);
                    (count.pages, count, parts_heads)
                });
                let ways = alone.into_iter().chain(in_parts);
                ways.map(move |(pages, count, parts_heads)| {
                    let last = !is_last(end) && count.ends_half_empty;
                    let half_empty = count.half_empty + usize::from(last);
                    Fewest { pages, parted_heads: count.parted_heads, half_empty, start, parts_heads }
                })
            });
            let ways = ways.map(|way| way.after(&fewest[way.start]));
            let best = ways.min_by_key(|way| (way.pages, way.parted_heads, way.half_empty));
            fewest.extend(best);
        }
        let mut joined = Vec::new();
        let mut end = groups.len();
        while end > 0 {
            let Fewest { start, parts_heads, .. } = fewest[end];
            let (pages, own) = (fewest[end].pages - fewest[start].pages, &groups[start..end]);
            let [whole, in_parts] = [false, true].map(|in_parts| count(&(start..end), in_parts, parts_heads));
            let fills = whole.half_empty <= in_parts.half_empty && whole.parted_heads <= in_parts.parted_heads;
            let flows = match own {
                [one] if one.pages == pages && fills => Flows::Apart,
                _ if whole.pages == pages && fills => Flows::Joined,
                _ => Flows::InParts,
            };
            let blocks = own[0].blocks.start..groups[end - 1].blocks.end;
            let has_small_print = own.iter().any(|group| group.has_small_print);
            joined.push(Group { blocks, has_small_print, manner: Manner { flows, parts_heads }, pages });
            end = start;
        }
        joined.reverse();
        joined
    }

    /// How many pages a group has.
    fn pages(&self, layouter: &mut Layouter<'_>, group: &Group, setting: Setting) -> usize {
        self.count(layouter, group, setting, 0.0).pages
    }

    /// The group in the largest type at which it has no more pages, and is no worse parted, spread over them.
    fn set_best(&self, layouter: &mut Layouter<'_>, group: &Group) -> Filled {
        let pages = group.pages;
        let closest = self.least(Closeness::Closest);
        let least = (pages > 1).then(|| self.count(layouter, group, closest, 0.0));
        let is_as_full = |count: &Count| {
            let is_worse =
                |least: &Count| count.half_empty > least.half_empty || count.parted_heads > least.parted_heads;
            count.pages <= pages && !least.as_ref().is_some_and(is_worse)
        };
        let fits = |layouter: &mut Layouter<'_>, setting| is_as_full(&self.count(layouter, group, setting, 0.0));
        let (mut best, least) = (closest, self.sizes.len() - 1);
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
        let best = Setting { row: low, ..best };
        let before = layouter.checkpoint();
        self.set_boxes(layouter, std::slice::from_ref(group), group.manner, best);
        let (gap, mut filled) = spread(layouter, is_as_full);
        if !layouter.flow.in_parts.is_empty() {
            // Only what is set in parts is read.
            layouter.go_back_to(&before);
            layouter.parting = Parting::of(&filled.parted);
            self.set_boxes(layouter, std::slice::from_ref(group), group.manner, best);
            layouter.flow.open_wider(gap);
            filled = layouter.fill();
        }
        let sheet = Sheet { scale: layouter.sheet.scale / self.base.scale, ..layouter.sheet };
        adapt::enlarge(&mut filled.pages, &mut filled.destinations, &sheet);
        filled
    }

    /// Sets some of the blocks and fills pages with them.
    fn set(&self, layouter: &mut Layouter<'_>, group: &Group, setting: Setting) -> Filled {
        self.set_boxes(layouter, std::slice::from_ref(group), group.manner, setting);
        layouter.fill()
    }

    /// Sets groups one after the other, the first of all with the title, and returns where the boxes of each end.
    fn set_boxes(&self, layouter: &mut Layouter<'_>, groups: &[Group], manner: Manner, setting: Setting) -> Vec<usize> {
        let Manner { flows, parts_heads } = manner;
        let Setting { size, closeness, row } = setting;
        let sheet = self.base.resized(self.base.scale * size);
        let is_first = groups.first().is_some_and(|group| group.blocks.start == 0);
        layouter.use_sheet(Sheet { row, top_first: if is_first { sheet.top_first } else { sheet.top }, ..sheet });
        (layouter.level, layouter.closeness, layouter.parts_heads) = (1, closeness, parts_heads);
        layouter.flow = super::Flow::default();
        layouter.flow.full_width = true;
        layouter.flow.sheets_flow = flows != Flows::Apart;
        if flows == Flows::InParts && layouter.parting == Parting::Never {
            layouter.parting = Parting::Offered;
        }
        if is_first {
            layouter.title(self.document);
        }
        let ends = groups.iter().map(|group| {
            layouter.content(&self.document.blocks[group.blocks.clone()]);
            if group.has_small_print {
                layouter.small_print.clear();
                // Small print is not alone on a page.
                layouter.flow.keep_last_with_next();
                layouter.disclaimer(self.document);
            }
            layouter.flow.boxes.len()
        });
        let ends = ends.collect();
        layouter.parting = Parting::Never;
        if closeness == Closeness::Closest {
            layouter.flow.tighten(BODY.leading);
        }
        ends
    }
}

/// Fills the pages with wider gaps above the exercises while they are as full as is asked for, and how much wider they are.
fn spread(layouter: &mut Layouter<'_>, is_as_full: impl Fn(&Count) -> bool) -> (f32, Filled) {
    let (usual, in_parts) = (layouter.flow.boxes.clone(), layouter.flow.in_parts.clone());
    let widen = |layouter: &mut Layouter<'_>, gap: f32| {
        // Filling pages marks boxes with which a page begins; those of a wider gap are not those of a narrower one.
        layouter.flow.boxes.clone_from(&usual);
        layouter.flow.in_parts.clone_from(&in_parts);
        layouter.flow.open_wider(gap);
    };
    let (mut low, mut high) = (0.0, WIDEST_GAP);
    while high - low > 1.0 && usual.iter().any(|flow_box| flow_box.opens_work) {
        let middle = f32::midpoint(low, high);
        widen(layouter, middle);
        if is_as_full(&layouter.count()) { low = middle } else { high = middle }
    }
    widen(layouter, low);
    (low, layouter.fill())
}
