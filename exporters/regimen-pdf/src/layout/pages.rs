//! Fills pages with boxes: keeps together what belongs together, repeats table headers, and draws backgrounds.
//!
//! Boxes of the full width follow each other from top to bottom. Boxes between them are set in columns, which are as deep
//! as the page, or only as deep as they have to be if everything that is left fits.

mod columns;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::style::Sheet;

use super::flow::{Anchor, Flow, FlowBox};
use super::{Destination, Filled, Item, Owner, Page};

/// Fills pages; there is always at least one.
pub(super) fn fill(flow: &Flow, sheet: &Sheet) -> Filled {
    let mut filling = PageFilling::of(flow, 0..flow.boxes.len(), sheet);
    filling.add_groups();
    filling.end_page();
    Filled { pages: filling.pages, destinations: filling.destinations, parted: filling.parted }
}

/// How many pages boxes take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Count {
    pub(super) pages: usize,
    /// How many of them but the last are nearly half empty, and whether that is.
    pub(super) half_empty: usize,
    pub(super) ends_half_empty: bool,
    /// How many sessions have their first exercise on another page than their title.
    pub(super) parted_heads: usize,
}

/// How many pages some of the boxes take, in parts where that is offered if `in_parts`.
pub(super) fn count(flow: &Flow, boxes: Range<usize>, in_parts: bool, sheet: &Sheet) -> Count {
    let mut filling = PageFilling { only_counts: true, whole: !in_parts, ..PageFilling::of(flow, boxes, sheet) };
    filling.add_groups();
    let (pages, half_empty) = (filling.pages.len() + 1, filling.half_empty);
    Count { pages, half_empty, ends_half_empty: filling.is_half_empty(), parted_heads: filling.parted_heads }
}

/// For each box the end of those that should be on its page, of those that are whole with it, and of those that must be on its page.
struct Ends {
    preferred: Vec<usize>,
    whole: Vec<usize>,
    required: Vec<usize>,
}

impl Ends {
    fn of(boxes: &[&FlowBox], sheet: &Sheet) -> Self {
        Self {
            preferred: ends(boxes, sheet, FlowBox::keeps_with_next),
            whole: ends(boxes, sheet, FlowBox::must_stay_with_next),
            required: ends(boxes, sheet, |flow_box| flow_box.keep_with_next),
        }
    }
}

/// For each box the end of those that are kept with the next, as long as all are in columns, or none.
fn ends(boxes: &[&FlowBox], sheet: &Sheet, holds: impl Fn(&FlowBox) -> bool) -> Vec<usize> {
    let mut ends: Vec<usize> = (1..=boxes.len()).collect();
    for at in (1..boxes.len()).rev() {
        if holds(boxes[at - 1]) && (sheet.columns == 1 || boxes[at - 1].full_width == boxes[at].full_width) {
            ends[at - 1] = ends[at];
        }
    }
    ends
}

struct PageFilling<'a> {
    flow: &'a Flow,
    /// The boxes of the flow, some with those that take their place.
    boxes: Vec<&'a FlowBox>,
    ends: Ends,
    /// What is set in parts, among those of the flow.
    parted: BTreeSet<usize>,
    /// Whether nothing is set in parts.
    whole: bool,
    /// Whether pages are counted and stay empty.
    only_counts: bool,
    half_empty: usize,
    parted_heads: usize,
    sheet: &'a Sheet,
    pages: Vec<Page>,
    destinations: Vec<Destination>,
    y: f32,
    /// How far to the right the column is.
    x: f32,
    /// What is finished of this page.
    page: Page,
    /// The items of this column.
    items: Vec<Item>,
    /// Top and bottom of each background in this column.
    backgrounds: BTreeMap<usize, (f32, f32)>,
    empty: bool,
}

/// More headings in a row than this are not looked at.
const MOST_HEADS: usize = 100;

/// A sheet that takes less than this share of a page has no page of its own.
const LITTLE: f32 = 0.25;

/// A page of which more than this share is free could as well have the beginning of what follows.
const HALF_EMPTY: f32 = 0.4;

/// Heights are sums of many small numbers.
const SLACK: f32 = 0.05;

impl<'a> PageFilling<'a> {
    fn of(flow: &'a Flow, boxes: Range<usize>, sheet: &'a Sheet) -> Self {
        let y = if boxes.start == 0 { sheet.top_first } else { sheet.top };
        let boxes: Vec<&FlowBox> = flow.boxes[boxes].iter().collect();
        Self {
            flow,
            ends: Ends::of(&boxes, sheet),
            boxes,
            parted: BTreeSet::new(),
            whole: false,
            only_counts: false,
            half_empty: 0,
            parted_heads: 0,
            sheet,
            pages: Vec::new(),
            destinations: Vec::new(),
            y,
            x: 0.0,
            page: Page::default(),
            items: Vec::new(),
            backgrounds: BTreeMap::new(),
            empty: true,
        }
    }

    fn add_groups(&mut self) {
        let mut start = 0;
        while start < self.boxes.len() {
            start = if self.in_columns(start) { self.add_columns(start) } else { self.add_group(start) };
        }
    }

    fn in_columns(&self, flow_box: usize) -> bool {
        self.sheet.columns > 1 && !self.boxes[flow_box].full_width
    }

    /// The boxes that should be on the same page as this one, and have its width.
    fn group(&self, start: usize) -> Range<usize> {
        start..self.ends.preferred[start]
    }

    /// The boxes of a group that must be on the page of the first: what is left of it if no page has room for all.
    fn required(&self, group: &Range<usize>) -> Range<usize> {
        group.start..self.ends.required[group.start]
    }

    /// The boxes of a group that are added next if no page has room for all of it: those that are whole with the first if that is
    /// possible.
    fn part(&self, group: &Range<usize>) -> Range<usize> {
        let whole = group.start..self.ends.whole[group.start];
        if self.fits_fresh(&whole) { whole } else { self.required(group) }
    }

    /// The top of a box that may be at `y`: there, or so much lower that its text meets the grid of lines.
    fn top(&self, flow_box: &FlowBox, y: f32) -> f32 {
        match flow_box.grid {
            Some(offset) if self.sheet.grid > 0.0 => {
                let lines = (y + offset - self.sheet.top - SLACK) / self.sheet.grid;
                lines.ceil() * self.sheet.grid + self.sheet.top - offset
            }
            _ => y,
        }
    }

    /// The bottom of boxes of which the first may be at `y`; somewhere below the page if they do not fit.
    fn end(&self, range: Range<usize>, y: f32) -> f32 {
        let first = range.start;
        let mut boxes = self.boxes[range].iter().zip(first..);
        let end = boxes.try_fold(y, |y, (flow_box, at)| {
            let gap = if at == first { 0.0 } else { flow_box.space_before };
            let end = self.top(flow_box, y + gap) + flow_box.height;
            if end > self.sheet.bottom + SLACK { Err(end) } else { Ok(end) }
        });
        end.unwrap_or_else(|beyond| beyond)
    }

    /// Whether a group fits on a page of its own.
    fn fits_fresh(&self, group: &Range<usize>) -> bool {
        let top = self.sheet.top + self.repeated_height(self.boxes[group.start]);
        self.end_with_company(group, top) <= self.sheet.bottom + SLACK
    }

    /// The bottom of a group with what must be below it: after a group of the full width, the beginning of its columns, and the
    /// whole of that if a page has room for both.
    fn end_with_company(&self, group: &Range<usize>, y: f32) -> f32 {
        let end = self.end(group.clone(), y);
        match self.boxes.get(group.end) {
            Some(next)
                if self.boxes[group.end - 1].keep_with_next
                    && next.full_width != self.boxes[group.start].full_width =>
            {
                let whole = group.end..self.ends.whole[group.end];
                let fresh = self.end(group.clone(), self.sheet.top);
                let fits = self.end(whole.clone(), fresh + next.space_before) <= self.sheet.bottom + SLACK;
                let company = if fits { whole } else { self.required(&self.group(group.end)) };
                self.end(company, end + next.space_before)
            }
            _ => end,
        }
    }

    /// Adds a group.
    fn add_group(&mut self, start: usize) -> usize {
        self.set_in_parts(start);
        let group = self.group(start);
        let first = self.boxes[start];
        if !self.empty && first.break_before && !(first.follows_sheet && self.has_little()) {
            self.start_page_with(start);
        }
        self.add_together(group.clone());
        group.end
    }

    /// Sets in parts what may be, if this page has room for the beginning of that and not for the whole.
    fn set_in_parts(&mut self, start: usize) {
        let group = self.group(start);
        let offers = |at: usize| self.boxes[at].or_in_parts.map(|offer| (at, offer));
        let Some((at, offer)) = group.clone().find_map(offers) else { return };
        if self.whole || self.fits_here(&group) || self.empty && self.fits_fresh(&group) {
            return;
        }
        let mut boxes = self.boxes.clone();
        boxes.splice(at..at + offer.instead_of, &self.flow.in_parts[offer.parts]);
        let whole = std::mem::replace(&mut self.boxes, boxes);
        let ends = std::mem::replace(&mut self.ends, Ends::of(&self.boxes, self.sheet));
        if self.fits_here(&self.group(start)) {
            self.parted.insert(offer.parts);
        } else {
            (self.boxes, self.ends) = (whole, ends);
        }
    }

    /// Whether no more is on this page than the sheet of a race.
    fn has_little(&self) -> bool {
        self.y - self.sheet.top < self.sheet.room() * LITTLE
    }

    /// Adds boxes to one page; if no page has room for them, as many as must be together, and then what this page has room for.
    fn add_together(&mut self, mut rest: Range<usize>) {
        let is_long = !self.fits_fresh(&rest);
        while !rest.is_empty() {
            let mut group = rest.clone();
            if is_long && !self.fits_here(&group) {
                group = self.part(&group);
            }
            if !self.empty && !self.fits_here(&group) && self.fits_fresh(&group) {
                self.start_page_with(group.start);
            }
            rest.start = group.end;
            self.add_slabs(group);
        }
    }

    fn fits_here(&self, group: &Range<usize>) -> bool {
        let gap = self.gap(self.boxes[group.start]);
        self.end_with_company(group, self.y + gap) <= self.sheet.bottom + SLACK
    }

    /// Adds boxes, each where it fits.
    fn add_slabs(&mut self, group: Range<usize>) {
        for at in group.clone() {
            let flow_box = self.boxes[at];
            let least = self.with_company(at, group.end);
            let fits = self.end(least, self.y + self.gap(flow_box)) <= self.sheet.bottom + SLACK;
            if !self.empty && !fits {
                self.start_page_with(at);
            }
            self.y += self.gap(flow_box);
            self.place(flow_box);
        }
    }

    /// A box, and if it is a heading, what has to be on its page even if the group is too long for one.
    fn with_company(&self, at: usize, end: usize) -> Range<usize> {
        let boxes = &self.boxes[at..end];
        // Backgrounds and rules are no company.
        let mute = |flow_box: &&FlowBox| flow_box.items.iter().all(|item| item.owner == Owner::Decoration);
        let heads = boxes
            .iter()
            .take(MOST_HEADS)
            .take_while(|flow_box| flow_box.heading || (flow_box.keep_with_next && mute(flow_box)))
            .count();
        // The ends of a paragraph are two lines, or three that are all of it.
        let kept = boxes.iter().skip(heads).take(2).take_while(|flow_box| flow_box.keep_with_next).count();
        let company = [heads + 1 + kept, heads + 1].map(|count| at..(at + count).min(end));
        let top = self.sheet.top + self.repeated_height(self.boxes[at]);
        let fits = |boxes: &Range<usize>| self.end(boxes.clone(), top) <= self.sheet.bottom;
        company.into_iter().filter(|_| heads > 0).find(fits).unwrap_or(at..at + 1)
    }

    fn gap(&self, flow_box: &FlowBox) -> f32 {
        if self.empty { 0.0 } else { flow_box.space_before }
    }

    /// What comes again above a box that begins a page: the title of what goes on, if there is room for it, and the header of
    /// a table.
    fn repeated(&self, flow_box: &FlowBox) -> [Option<&'a FlowBox>; 2] {
        let flow = self.flow;
        let header = flow_box.header.and_then(|header| flow.boxes.get(header));
        let taken = header.map_or(0.0, |header| header.height) + flow_box.height;
        let title = flow_box.continued.and_then(|title| flow.titles.get(title));
        [title.filter(|title| title.height + taken + self.sheet.grid <= self.sheet.room()), header]
    }

    fn repeated_height(&self, flow_box: &FlowBox) -> f32 {
        self.repeated(flow_box).into_iter().flatten().map(|above| above.height).sum()
    }

    fn start_page_with(&mut self, at: usize) {
        self.parted_heads += usize::from(at > 0 && self.boxes[at - 1].leads_in);
        self.end_page();
        self.repeat_above(self.boxes[at]);
    }

    fn repeat_above(&mut self, flow_box: &FlowBox) {
        for above in self.repeated(flow_box).into_iter().flatten() {
            let (x, y) = (self.x, self.y);
            let items = above.items.iter().cloned().map(|item| Item { owner: Owner::Decoration, ..item });
            if !self.only_counts {
                self.items.extend(items.map(|item| item.moved(x, y)));
            }
            self.cover(&flow_box.backgrounds, y, y + above.height);
            self.y += above.height;
        }
    }

    fn place(&mut self, flow_box: &FlowBox) {
        let (x, top) = (self.x, self.top(flow_box, self.y));
        if self.only_counts {
            (self.y, self.empty) = (top + flow_box.height, false);
            return;
        }
        self.items.extend(flow_box.items.iter().cloned().map(|item| item.moved(x, top)));
        for Anchor { name: anchor, bookmark } in flow_box.destinations.iter().cloned() {
            self.destinations.push(Destination { anchor, bookmark, page: self.pages.len(), y: top });
        }
        self.y = top + flow_box.height;
        self.cover(&flow_box.backgrounds, top, self.y);
        self.empty = false;
    }

    fn cover(&mut self, backgrounds: &[usize], top: f32, bottom: f32) {
        for background in backgrounds {
            let extent = self.backgrounds.entry(*background).or_insert((top, bottom));
            extent.1 = bottom;
        }
    }

    fn end_column(&mut self) {
        for (background, (top, bottom)) in std::mem::take(&mut self.backgrounds) {
            let background = self.flow.backgrounds[background];
            let x = self.x + background.x;
            let fill = background.fill.map(|colour| Item::fill(x, top, (background.width, bottom - top), colour));
            let bar = background.bar.map(|colour| Item::fill(x, top, (3.0, bottom - top), colour));
            self.page.items.extend(fill.into_iter().chain(bar));
        }
        self.page.items.append(&mut self.items);
    }

    fn is_half_empty(&self) -> bool {
        self.sheet.bottom - self.y > self.sheet.room() * HALF_EMPTY
    }

    fn end_page(&mut self) {
        self.half_empty += usize::from(self.is_half_empty());
        self.end_column();
        self.pages.push(std::mem::take(&mut self.page));
        self.y = self.sheet.top;
        self.empty = true;
    }
}
