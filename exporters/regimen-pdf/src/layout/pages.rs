//! Slabs onto pages: glued ones together, table headers again on each page, boxes behind what they hold.
//!
//! What spans the page goes on from top to bottom. What stands between is set in columns: all of a page's, or as deep as
//! they have to be where everything that is left fits.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::style::Sheet;

use super::flow::{Flow, Slab};
use super::{Item, Owner, Page, Place};

/// Fills pages; there is always at least one.
pub(super) fn fill(flow: &Flow, sheet: &Sheet) -> (Vec<Page>, Vec<Place>) {
    let mut filling = Filling {
        flow,
        sheet,
        pages: Vec::new(),
        places: Vec::new(),
        y: sheet.top_first,
        x: 0.0,
        page: Page::default(),
        items: Vec::new(),
        shades: BTreeMap::new(),
        empty: true,
        kept: ends(flow, sheet, Slab::holds),
        glued: ends(flow, sheet, |slab| slab.glued),
    };
    let mut start = 0;
    while start < flow.slabs.len() {
        start = if filling.in_columns(start) { filling.add_columns(start) } else { filling.add_group(start) };
    }
    filling.end_page();
    (filling.pages, filling.places)
}

/// For each slab the end of those that hold on to the next, as long as all stand in columns, or none.
fn ends(flow: &Flow, sheet: &Sheet, holds: impl Fn(&Slab) -> bool) -> Vec<usize> {
    let slabs = &flow.slabs;
    let mut ends: Vec<usize> = (1..=slabs.len()).collect();
    for at in (1..slabs.len()).rev() {
        if holds(&slabs[at - 1]) && (sheet.columns == 1 || slabs[at - 1].spans == slabs[at].spans) {
            ends[at - 1] = ends[at];
        }
    }
    ends
}

struct Filling<'a> {
    flow: &'a Flow,
    sheet: &'a Sheet,
    pages: Vec<Page>,
    places: Vec<Place>,
    y: f32,
    /// How far to the right the column stands.
    x: f32,
    /// What is finished of this page.
    page: Page,
    /// What stands in this column.
    items: Vec<Item>,
    /// Top and bottom of each box in this column.
    shades: BTreeMap<usize, (f32, f32)>,
    empty: bool,
    /// For each slab where those end that are kept together with it, and those that are glued to it.
    kept: Vec<usize>,
    glued: Vec<usize>,
}

/// More headings in a row than this are not looked at.
const MOST_HEADS: usize = 100;

/// Heights are sums of many small numbers.
const SLACK: f32 = 0.05;

impl Filling<'_> {
    fn in_columns(&self, slab: usize) -> bool {
        self.sheet.columns > 1 && !self.flow.slabs[slab].spans
    }

    /// The slabs that are kept together with this one and stand as it does.
    fn group(&self, start: usize) -> Range<usize> {
        start..self.kept[start]
    }

    /// Those of a group that are glued to its first: what is left of it where no page can hold all of it.
    fn glued(&self, group: &Range<usize>) -> Range<usize> {
        group.start..self.glued[group.start]
    }

    /// Where a slab stands that may stand at `y`: there, or so much lower that its text meets the grid.
    fn top(&self, slab: &Slab, y: f32) -> f32 {
        match slab.grid {
            Some(offset) if self.sheet.grid > 0.0 => {
                let lines = (y + offset - self.sheet.top - SLACK) / self.sheet.grid;
                lines.ceil() * self.sheet.grid + self.sheet.top - offset
            }
            _ => y,
        }
    }

    /// Where slabs end of which the first may stand at `y`; somewhere below the page, if it cannot hold them.
    fn end(&self, range: Range<usize>, y: f32) -> f32 {
        let first = range.start;
        let mut slabs = self.flow.slabs[range].iter().zip(first..);
        let end = slabs.try_fold(y, |y, (slab, at)| {
            let gap = if at == first { 0.0 } else { slab.before };
            let end = self.top(slab, y + gap) + slab.height;
            if end > self.sheet.bottom + SLACK { Err(end) } else { Ok(end) }
        });
        end.unwrap_or_else(|beyond| beyond)
    }

    /// Whether slabs that are kept together fit on a page of their own.
    fn fits_fresh(&self, group: &Range<usize>) -> bool {
        let top = self.sheet.top + self.header_height(&self.flow.slabs[group.start]);
        self.end_with_company(group, top) <= self.sheet.bottom + SLACK
    }

    /// Where a group ends with what must stand below it: if it spans the page, the first of the columns it is glued to.
    fn end_with_company(&self, group: &Range<usize>, y: f32) -> f32 {
        let end = self.end(group.clone(), y);
        match self.flow.slabs.get(group.end) {
            Some(next) if self.flow.slabs[group.end - 1].glued && next.spans != self.flow.slabs[group.start].spans => {
                self.end(self.glued(&self.group(group.end)), end + next.before)
            }
            _ => end,
        }
    }

    /// Adds slabs that are kept together.
    fn add_group(&mut self, start: usize) -> usize {
        let group = self.group(start);
        let first = &self.flow.slabs[start];
        if !self.empty && first.opens_page {
            self.break_before(first);
        }
        self.add_kept(group.clone());
        group.end
    }

    /// Adds slabs on one page; as many as are glued together, if none can hold them.
    fn add_kept(&mut self, mut rest: Range<usize>) {
        while !rest.is_empty() {
            let mut group = rest.clone();
            let first = &self.flow.slabs[group.start];
            if !self.fits_here(&group) && !self.fits_fresh(&group) {
                group = self.glued(&group);
            }
            if !self.empty && !self.fits_here(&group) && self.fits_fresh(&group) {
                self.break_before(first);
            }
            rest.start = group.end;
            self.add_slabs(group);
        }
    }

    fn fits_here(&self, group: &Range<usize>) -> bool {
        let gap = self.gap(&self.flow.slabs[group.start]);
        self.end_with_company(group, self.y + gap) <= self.sheet.bottom + SLACK
    }

    /// Adds slabs, each where it fits.
    fn add_slabs(&mut self, group: Range<usize>) {
        let flow = self.flow;
        for at in group.clone() {
            let slab = &flow.slabs[at];
            let least = self.with_company(at, group.end);
            let fits = self.end(least, self.y + self.gap(slab)) <= self.sheet.bottom + SLACK;
            if !self.empty && !fits {
                self.break_before(slab);
            }
            self.y += self.gap(slab);
            self.place(slab);
        }
    }

    /// A slab, and if it is a heading, what it must not be parted from even where much is glued.
    fn with_company(&self, at: usize, end: usize) -> Range<usize> {
        let slabs = &self.flow.slabs[at..end];
        // Boxes and rules are no company.
        let mute = |slab: &Slab| slab.items.iter().all(|item| item.owner == Owner::Decoration);
        let heads = slabs.iter().take(MOST_HEADS).take_while(|slab| slab.heading || (slab.glued && mute(slab))).count();
        // The ends of a paragraph are two lines, or three that are all of it.
        let glued = slabs.iter().skip(heads).take(2).take_while(|slab| slab.glued).count();
        let company = [heads + 1 + glued, heads + 1].map(|count| at..(at + count).min(end));
        let fits = |slabs: &Range<usize>| self.end(slabs.clone(), self.sheet.top) <= self.sheet.bottom;
        company.into_iter().filter(|_| heads > 0).find(fits).unwrap_or(at..at + 1)
    }

    fn gap(&self, slab: &Slab) -> f32 {
        if self.empty { 0.0 } else { slab.before }
    }

    fn header_height(&self, slab: &Slab) -> f32 {
        slab.header.map_or(0.0, |header| self.flow.slabs[header].height)
    }

    fn break_before(&mut self, slab: &Slab) {
        self.end_page();
        self.repeat_header(slab);
    }

    fn repeat_header(&mut self, slab: &Slab) {
        let flow = self.flow;
        let Some(header) = slab.header.and_then(|header| flow.slabs.get(header)) else { return };
        let (x, y) = (self.x, self.y);
        let repeated = header.items.iter().cloned().map(|item| Item { owner: Owner::Decoration, ..item });
        self.items.extend(repeated.map(|item| item.moved(x, y)));
        self.cover(&slab.shades, y, y + header.height);
        self.y += header.height;
    }

    fn place(&mut self, slab: &Slab) {
        let (x, top) = (self.x, self.top(slab, self.y));
        self.items.extend(slab.items.iter().cloned().map(|item| item.moved(x, top)));
        for (anchor, bookmark) in &slab.marks {
            let (anchor, bookmark) = (anchor.clone(), bookmark.clone());
            self.places.push(Place { anchor, bookmark, page: self.pages.len(), y: top });
        }
        self.y = top + slab.height;
        self.cover(&slab.shades, top, self.y);
        self.empty = false;
    }

    fn cover(&mut self, shades: &[usize], top: f32, bottom: f32) {
        for shade in shades {
            let extent = self.shades.entry(*shade).or_insert((top, bottom));
            extent.1 = bottom;
        }
    }

    fn end_column(&mut self) {
        for (shade, (top, bottom)) in std::mem::take(&mut self.shades) {
            let shade = self.flow.shades[shade];
            let x = self.x + shade.x;
            let fill = shade.fill.map(|colour| Item::fill(x, top, (shade.width, bottom - top), colour));
            let bar = shade.bar.map(|colour| Item::fill(x, top, (3.0, bottom - top), colour));
            self.page.items.extend(fill.into_iter().chain(bar));
        }
        self.page.items.append(&mut self.items);
    }

    fn end_page(&mut self) {
        self.end_column();
        self.pages.push(std::mem::take(&mut self.page));
        self.y = self.sheet.top;
        self.empty = true;
    }
}

/// Columns.
impl Filling<'_> {
    /// Adds what stands in columns from here to what spans the page again, or to a page break.
    fn add_columns(&mut self, start: usize) -> usize {
        let slabs = &self.flow.slabs;
        let goes_on = |at: &usize| self.in_columns(*at) && (slabs[at - 1].holds() || !slabs[*at].opens_page);
        let more = (start + 1..slabs.len()).take_while(goes_on);
        let end = more.last().map_or(start + 1, |last| last + 1);
        if !self.empty && slabs[start].opens_page {
            self.end_page();
        }
        let mut at = start;
        while at < end {
            let gap = self.gap(&slabs[at]);
            let top = self.y + gap;
            let bottom = self.balanced(at..end, top).unwrap_or(self.sheet.bottom);
            let columns = self.cut(at..end, (top, bottom));
            let next = columns.last().map_or(at, |column| column.end);
            if next > at {
                self.y = top;
                self.place_columns(&columns);
            }
            if next < end {
                self.end_page();
            }
            at = next;
        }
        end
    }

    fn place_columns(&mut self, columns: &[Range<usize>]) {
        let flow = self.flow;
        self.end_column();
        let (top, mut bottom) = (self.y, self.y);
        for (at, column) in columns.iter().enumerate().filter(|(_, column)| !column.is_empty()) {
            self.x = at as f32 * (self.sheet.column() + Sheet::GUTTER);
            self.y = top;
            self.repeat_header(&flow.slabs[column.start]);
            for slab in column.clone() {
                self.y += if slab == column.start { 0.0 } else { flow.slabs[slab].before };
                self.place(&flow.slabs[slab]);
            }
            bottom = bottom.max(self.y);
            self.end_column();
        }
        (self.x, self.y) = (0.0, bottom);
    }

    /// The least depth at which all of this fits in columns from `top`; none if it does not.
    fn balanced(&self, range: Range<usize>, top: f32) -> Option<f32> {
        let fits = |bottom| self.cut(range.clone(), (top, bottom)).last().is_some_and(|column| column.end == range.end);
        let (mut low, mut high) = (top, self.sheet.bottom);
        if !fits(high) {
            return None;
        }
        while high - low > 1.0 {
            let middle = (low + high) / 2.0;
            if fits(middle) { high = middle } else { low = middle }
        }
        Some(high)
    }

    /// What stands in each column between two heights.
    fn cut(&self, range: Range<usize>, extent: (f32, f32)) -> Vec<Range<usize>> {
        let mut start = range.start;
        let columns = (0..self.sheet.columns).map(|_| {
            let column = start..self.column_end(start..range.end, extent);
            start = column.end;
            column
        });
        columns.collect()
    }

    fn column_end(&self, range: Range<usize>, (top, bottom): (f32, f32)) -> usize {
        let slabs = &self.flow.slabs[..range.end];
        let Some(first) = slabs.get(range.start) else { return range.end };
        let mut y = top + self.header_height(first);
        let mut at = range.start;
        while at < range.end {
            let mut group = self.group(at);
            if !self.fits_fresh(&group) {
                group = self.glued(&group);
            }
            let gap = if at == range.start { 0.0 } else { slabs[at].before };
            let end = self.end(group.clone(), y + gap);
            if end > bottom + SLACK {
                let parted = || self.parted_end((range.start, at, group.end), y, (top, bottom));
                return if self.fits_fresh(&group) { at } else { parted() };
            }
            (y, at) = (end, group.end);
        }
        at
    }

    /// Where a column ends within a group that no column could hold.
    fn parted_end(&self, (start, from, end): (usize, usize, usize), mut y: f32, (top, bottom): (f32, f32)) -> usize {
        // A slab that is taller than any column has to stand somewhere.
        let fresh = bottom - top >= self.sheet.room() - SLACK;
        for (at, slab) in self.flow.slabs.iter().enumerate().take(end).skip(from) {
            let before = if at == start { 0.0 } else { slab.before };
            let below = self.top(slab, y + before) + slab.height;
            if below > bottom + SLACK && !(fresh && at == start) {
                return at;
            }
            y = below;
        }
        end
    }
}
