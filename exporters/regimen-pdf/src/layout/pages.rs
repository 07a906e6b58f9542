//! Slabs onto pages: glued ones together, table headers again on each page, boxes behind what they hold.

use std::collections::BTreeMap;

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
        items: Vec::new(),
        shades: BTreeMap::new(),
        empty: true,
    };
    let mut start = 0;
    while start < flow.slabs.len() {
        let length = flow.slabs[start..].iter().take_while(|slab| slab.glued).count() + 1;
        let end = (start + length).min(flow.slabs.len());
        filling.add(start..end);
        start = end;
    }
    filling.end_page();
    (filling.pages, filling.places)
}

struct Filling<'a> {
    flow: &'a Flow,
    sheet: &'a Sheet,
    pages: Vec<Page>,
    places: Vec<Place>,
    y: f32,
    items: Vec<Item>,
    /// Top and bottom of each box on this page.
    shades: BTreeMap<usize, (f32, f32)>,
    empty: bool,
}

/// Heights are sums of many small numbers.
const SLACK: f32 = 0.05;

impl Filling<'_> {
    /// Adds slabs that are glued together; they are parted only if no page could hold them.
    fn add(&mut self, range: std::ops::Range<usize>) {
        let slabs = &self.flow.slabs[range.clone()];
        let tail: f32 = slabs.iter().skip(1).map(|slab| slab.before + slab.height).sum();
        let Some(first) = slabs.first() else { return };
        let height = first.height + tail;
        let fits_here = self.y + self.gap(first) + height <= self.sheet.bottom + SLACK;
        let fits_fresh = self.header(first).map_or(0.0, |header| header.height) + height <= self.sheet.room() + SLACK;
        if !self.empty && (first.opens_page || (!fits_here && fits_fresh)) {
            self.break_before(first);
        }
        for index in range {
            let slab = &self.flow.slabs[index];
            let fits = self.y + self.gap(slab) + slab.height <= self.sheet.bottom + SLACK;
            if !self.empty && !fits {
                self.break_before(slab);
            }
            self.place(slab);
        }
    }

    fn gap(&self, slab: &Slab) -> f32 {
        if self.empty { 0.0 } else { slab.before }
    }

    fn header(&self, slab: &Slab) -> Option<&Slab> {
        slab.header.and_then(|header| self.flow.slabs.get(header))
    }

    fn break_before(&mut self, slab: &Slab) {
        self.end_page();
        let flow = self.flow;
        if let Some(header) = slab.header.and_then(|header| flow.slabs.get(header)) {
            let repeated = header.items.iter().cloned().map(|item| Item { owner: Owner::Decoration, ..item });
            let (y, height) = (self.y, header.height);
            self.items.extend(repeated.map(|item| item.lowered(y)));
            self.cover(&slab.shades, y, y + height);
            self.y += height;
        }
    }

    fn place(&mut self, slab: &Slab) {
        self.y += self.gap(slab);
        let top = self.y;
        self.items.extend(slab.items.iter().cloned().map(|item| item.lowered(top)));
        for (anchor, bookmark) in &slab.marks {
            let (anchor, bookmark) = (anchor.clone(), bookmark.clone());
            self.places.push(Place { anchor, bookmark, page: self.pages.len(), y: top });
        }
        self.y += slab.height;
        self.cover(&slab.shades, top, self.y);
        self.empty = false;
    }

    fn cover(&mut self, shades: &[usize], top: f32, bottom: f32) {
        for shade in shades {
            let extent = self.shades.entry(*shade).or_insert((top, bottom));
            extent.1 = bottom;
        }
    }

    fn end_page(&mut self) {
        let mut items = Vec::with_capacity(self.items.len() + 2 * self.shades.len());
        for (shade, (top, bottom)) in std::mem::take(&mut self.shades) {
            let shade = self.flow.shades[shade];
            let fill = shade.fill.map(|colour| Item::fill(shade.x, top, (shade.width, bottom - top), colour));
            let bar = shade.bar.map(|colour| Item::fill(shade.x, top, (3.0, bottom - top), colour));
            items.extend(fill.into_iter().chain(bar));
        }
        items.append(&mut self.items);
        self.pages.push(Page { items });
        self.y = self.sheet.top;
        self.empty = true;
    }
}
