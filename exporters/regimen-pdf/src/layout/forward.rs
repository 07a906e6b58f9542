//! What warns, before the rest of what goes on over a page, and ends that are some lines.

use std::ops::Range;

use super::flow::{Flow, height};

impl Flow {
    /// Moves boxes that warn up until they end on the first page, with as much before them as that has room for, or up to a heading
    /// if the rest then fits the second page. At least `beyond` comes after them, if so much was before.
    pub(super) fn bring_forward(&mut self, warning: Range<usize>, [first, second]: [f32; 2], beyond: f32) {
        if height(&self.boxes[..warning.end]) <= first {
            return;
        }
        let free = first - height(&self.boxes[warning.clone()]) - self.boxes[warning.start].space_before;
        let whole = height(&self.boxes[..warning.start]);
        let after = height(&self.boxes[warning.end..]);
        let mut tall = 0.0;
        let ends = self.boxes[..warning.start].iter().enumerate().map_while(|(at, flow_box)| {
            tall += flow_box.height + if at > 0 { flow_box.space_before } else { 0.0 };
            (tall <= free).then_some((at + 1, flow_box.must_stay_with_next(), whole - tall))
        });
        let ends: Vec<(usize, f32)> =
            ends.filter(|(_, must_stay, _)| !must_stay).map(|(end, _, rest)| (end, rest)).collect();
        let is_headed = |end: usize| end < warning.start && self.boxes[end].heading;
        let headed = ends.iter().rfind(|(end, rest)| is_headed(*end) && *rest >= beyond && rest + after <= second);
        let Some(last) = headed.or(ends.iter().rfind(|(_, rest)| *rest >= beyond)).or(ends.last()) else { return };
        let end = last.0;
        let count = warning.len();
        self.boxes[end..warning.end].rotate_right(count);
        // Headers of tables are known by where they are.
        for header in self.boxes[end + count..].iter_mut().filter_map(|flow_box| flow_box.header.as_mut()) {
            *header += if (end..warning.start).contains(header) { count } else { 0 };
        }
        self.boxes[end + count].break_before = true;
    }

    /// Keeps the last boxes together until they are so tall.
    pub(super) fn keep_end(&mut self, least: f32) {
        let Some(last) = self.boxes.len().checked_sub(1) else { return };
        let mut at = last;
        while at > 0 && height(&self.boxes[at..]) < least {
            at -= 1;
            self.boxes[at].keep_with_next = true;
        }
    }
}
