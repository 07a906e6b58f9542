//! Boxes in columns, which are as deep as the page, or only as deep as they have to be if everything that is left fits.

use std::ops::Range;

use crate::style::Sheet;

use super::{PageFilling, SLACK};

/// Where columns begin and end.
#[derive(Clone, Copy)]
struct Extent {
    top: f32,
    bottom: f32,
}

impl PageFilling<'_> {
    /// Adds the boxes in columns from here to the next one of the full width, or to a page break.
    pub(super) fn add_columns(&mut self, start: usize) -> usize {
        let goes_on = |at: &usize| {
            self.in_columns(*at) && (self.boxes[at - 1].keeps_with_next() || !self.boxes[*at].break_before)
        };
        let more = (start + 1..self.boxes.len()).take_while(goes_on);
        let end = more.last().map_or(start + 1, |last| last + 1);
        if !self.empty && self.boxes[start].break_before {
            self.end_page();
        }
        let mut at = start;
        while at < end {
            let gap = self.gap(self.boxes[at]);
            let top = self.y + gap;
            let bottom = self.balanced(at..end, top).unwrap_or(self.sheet.bottom);
            let columns = self.cut(at..end, Extent { top, bottom });
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
        self.end_column();
        let (top, mut bottom) = (self.y, self.y);
        for (at, column) in columns.iter().enumerate().filter(|(_, column)| !column.is_empty()) {
            self.x = at as f32 * (self.sheet.column() + Sheet::GUTTER);
            self.y = top;
            self.repeat_above(self.boxes[column.start]);
            for flow_box in column.clone() {
                self.y += if flow_box == column.start { 0.0 } else { self.boxes[flow_box].space_before };
                self.place(self.boxes[flow_box]);
            }
            bottom = bottom.max(self.y);
            self.end_column();
        }
        (self.x, self.y) = (0.0, bottom);
    }

    /// The least depth at which all of this fits in columns from `top`; none if it does not.
    fn balanced(&self, range: Range<usize>, top: f32) -> Option<f32> {
        let fits = |bottom| {
            self.cut(range.clone(), Extent { top, bottom }).last().is_some_and(|column| column.end == range.end)
        };
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

    /// The boxes of each column between two heights.
    fn cut(&self, range: Range<usize>, extent: Extent) -> Vec<Range<usize>> {
        let mut start = range.start;
        let columns = (0..self.sheet.columns).map(|_| {
            let column = start..self.column_end(start..range.end, extent);
            start = column.end;
            column
        });
        columns.collect()
    }

    fn column_end(&self, range: Range<usize>, extent: Extent) -> usize {
        let boxes = &self.boxes[..range.end];
        let Some(first) = boxes.get(range.start) else { return range.end };
        let mut y = extent.top + self.repeated_height(first);
        let mut at = range.start;
        while at < range.end {
            let mut group = self.group(at);
            if !self.fits_fresh(&group) {
                group = self.part(&group);
            }
            let gap = if at == range.start { 0.0 } else { boxes[at].space_before };
            let end = self.end(group.clone(), y + gap);
            if end > extent.bottom + SLACK {
                let parted = || self.parted_end(range.start..group.end, at, y, extent);
                return if self.fits_fresh(&group) { at } else { parted() };
            }
            (y, at) = (end, group.end);
        }
        at
    }

    /// Where a column ends within a group that is too tall for any column.
    fn parted_end(&self, column: Range<usize>, from: usize, mut y: f32, extent: Extent) -> usize {
        let Range { start, end } = column;
        let Extent { top, bottom } = extent;
        // A box that is taller than any column has to go somewhere.
        let fresh = bottom - top >= self.sheet.room() - SLACK;
        for (at, flow_box) in self.boxes.iter().enumerate().take(end).skip(from) {
            let before = if at == start { 0.0 } else { flow_box.space_before };
            let least = self.end(self.with_company(at, end), y + before);
            if least > bottom + SLACK && !(fresh && at == start) {
                return at;
            }
            y = self.top(flow_box, y + before) + flow_box.height;
        }
        end
    }
}
