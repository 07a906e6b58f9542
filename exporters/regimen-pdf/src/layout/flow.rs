//! The boxes of a document one below the other, which are later distributed over pages.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::style::Colour;

use super::Item;

/// An unbreakable part of a page, such as a line of text or a table row.
///
/// All lengths are in points.
#[derive(Debug, Default, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each holds or not whatever the others say")]
pub(super) struct FlowBox {
    pub(super) height: f32,
    /// Space above, unless it is the first on a page.
    pub(super) space_before: f32,
    /// The distance from its top to the grid of lines, if it is aligned with that.
    pub(super) grid: Option<f32>,
    /// Its items, measured from its own top.
    pub(super) items: Vec<Item>,
    /// Whether the next box must be on the same page.
    pub(super) keep_with_next: bool,
    /// Whether it is a part of something small, or of a warning, that ends in a later box and is on one page if it fits on one.
    pub(super) whole_with_next: bool,
    /// Whether the next box should be on the same page, if all that is kept together fits on one.
    pub(super) prefer_with_next: bool,
    /// Whether it is a line of a heading, which is not left alone with a single line.
    pub(super) heading: bool,
    /// Whether a page begins with it.
    pub(super) break_before: bool,
    /// Whether a sheet begins with it, which is on one page if a page has room for it.
    pub(super) begins_sheet: bool,
    /// Whether the sheet before it ends, and no other begins.
    pub(super) ends_sheet: bool,
    /// Whether the work of a session begins with it, above which free room of the page may go.
    pub(super) opens_work: bool,
    /// Whether it is a line before the first work of a session, which is better on its page.
    pub(super) leads_in: bool,
    /// Whether it follows a sheet, so that it may begin on the page of that if little else is there.
    pub(super) follows_sheet: bool,
    /// Whether it is as wide as the page, while others are in columns.
    pub(super) full_width: bool,
    /// The backgrounds behind it, outermost first.
    pub(super) backgrounds: Vec<usize>,
    /// The table header to repeat if a page begins with this box.
    pub(super) header: Option<usize>,
    /// The title to repeat above it if a page begins with this box, among those of the flow.
    pub(super) continued: Option<usize>,
    /// What may take the place of this box and of those after it.
    pub(super) or_in_parts: Option<InParts>,
    /// The links and bookmarks that lead here.
    pub(super) destinations: Vec<Anchor>,
}

/// What may be set in parts where a page has no room for the whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct InParts {
    /// How many boxes the whole has.
    pub(super) instead_of: usize,
    /// The boxes that take their place, among those of the flow.
    pub(super) parts: usize,
}

impl FlowBox {
    /// Whether the next box is on the same page if possible.
    pub(super) fn keeps_with_next(&self) -> bool {
        self.must_stay_with_next() || self.prefer_with_next
    }

    /// Whether the next box is on the same page even if a page has no room for all that is better together.
    pub(super) fn must_stay_with_next(&self) -> bool {
        self.keep_with_next || self.whole_with_next
    }

    /// Whether it belongs to no sheet that began before.
    fn parts_sheets(&self) -> bool {
        let is_main = |anchor: &Anchor| matches!(anchor.bookmark, Some((0 | 1, _)));
        self.begins_sheet || self.ends_sheet || self.break_before || self.destinations.iter().any(is_main)
    }
}

/// A background behind boxes, as tall as they are on each page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Background {
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) fill: Option<Colour>,
    pub(super) bar: Option<Colour>,
}

/// What links and bookmarks lead to.
#[derive(Debug, Clone)]
pub(super) struct Anchor {
    /// The name that links use; may be empty.
    pub(super) name: String,
    /// Its level and title, if it is a bookmark.
    pub(super) bookmark: Option<(u8, String)>,
}

/// How much of the space between blocks is left where room is short, and how much goes above and below a line.
const TIGHT_SPACE: f32 = 0.5;
const TIGHTER_LINE: f32 = 1.0;

/// Lower than two lines of any text, higher than one.
const TWO_LINES: f32 = 22.0;

/// A sheet that is no taller than this many pages is made to fit one.
const LITTLE_MORE: f32 = 1.15;

/// How tall boxes are, one below the other.
pub(super) fn height(boxes: &[FlowBox]) -> f32 {
    let all: f32 = boxes.iter().map(|flow_box| flow_box.space_before + flow_box.height).sum();
    boxes.first().map_or(0.0, |first| all - first.space_before)
}

/// The boxes so far.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each holds or not whatever the others say")]
pub(super) struct Flow {
    pub(super) boxes: Vec<FlowBox>,
    pub(super) backgrounds: Vec<Background>,
    /// Titles of what may go on over a page.
    pub(super) titles: Vec<FlowBox>,
    /// What takes the place of others where a page has no room for these.
    pub(super) in_parts: Vec<Vec<FlowBox>>,
    /// Whether what follows is as wide as the page.
    pub(super) full_width: bool,
    /// Whether sheets may begin anywhere on a page and go on over the next.
    pub(super) sheets_flow: bool,
    /// Whether paragraphs that are not long stay whole.
    pub(super) whole_paragraphs: bool,
    /// Whether a heading may be left with a single line, if it has no more.
    pub(super) single_lines: bool,
    /// Work that is done in turns, to which the next may belong.
    pub(super) turns: Option<Turns>,
    open: Vec<usize>,
    gap: f32,
    next: Begins,
}

/// Work that is done in turns.
#[derive(Debug)]
pub(super) struct Turns {
    /// Where its boxes begin.
    pub(super) start: usize,
    /// How it is done: "Circuit, 3 rounds".
    pub(super) words: String,
    /// The title above what of it begins a page, among those of the flow.
    pub(super) title: usize,
}

/// What begins with the next box.
#[derive(Debug, Default, Clone)]
struct Begins {
    page: bool,
    sheet: bool,
}

/// A place in a flow to go back to.
pub(super) struct Mark {
    boxes: usize,
    gap: f32,
    next: Begins,
}

impl Flow {
    /// Puts at least this much space before the next box.
    pub(super) fn space(&mut self, points: f32) {
        self.gap = self.gap.max(points);
    }

    /// Begins a page with the next box.
    pub(super) fn break_page(&mut self) {
        self.next.page = true;
    }

    /// Whether a page begins with the next box.
    pub(super) fn breaks_page(&self) -> bool {
        self.next.page
    }

    /// Begins a sheet with the next box.
    pub(super) fn begin_sheet(&mut self) {
        self.next.sheet = true;
    }

    /// Adds a box below the others and returns its position.
    pub(super) fn push(&mut self, mut flow_box: FlowBox) -> usize {
        flow_box.space_before = flow_box.space_before.max(std::mem::take(&mut self.gap));
        let Begins { page, sheet } = std::mem::take(&mut self.next);
        flow_box.break_before = page;
        flow_box.begins_sheet = sheet;
        flow_box.full_width = self.full_width;
        flow_box.backgrounds.clone_from(&self.open);
        self.boxes.push(flow_box);
        self.boxes.len() - 1
    }

    /// Where the flow is.
    pub(super) fn mark(&self) -> Mark {
        Mark { boxes: self.boxes.len(), gap: self.gap, next: self.next.clone() }
    }

    /// Goes back there and returns the boxes since.
    pub(super) fn take_since(&mut self, mark: Mark) -> Vec<FlowBox> {
        (self.gap, self.next) = (mark.gap, mark.next);
        self.boxes.split_off(mark.boxes)
    }

    /// Offers boxes in place of those since `start`, if there are any.
    pub(super) fn or_in_parts(&mut self, start: usize, parts: Vec<FlowBox>) {
        let offer = InParts { instead_of: self.boxes.len() - start, parts: self.in_parts.len() };
        if let Some(first) = self.boxes.get_mut(start).filter(|_| !parts.is_empty()) {
            first.or_in_parts = Some(offer);
        }
        self.in_parts.push(parts);
    }

    /// All boxes, also those that take the place of others.
    fn all_boxes(&mut self) -> impl Iterator<Item = &mut FlowBox> {
        self.boxes.iter_mut().chain(self.in_parts.iter_mut().flatten())
    }

    /// Keeps the last box with the next.
    pub(super) fn keep_last_with_next(&mut self) {
        let Some(last) = self.boxes.last_mut() else { return };
        last.keep_with_next = true;
        let end = self.boxes.len();
        let offer = self.boxes.iter().enumerate().rev().find_map(|(at, flow_box)| Some((at, flow_box.or_in_parts?)));
        if let Some((at, offer)) = offer
            && at + offer.instead_of == end
            && let Some(last) = self.in_parts[offer.parts].last_mut()
        {
            last.keep_with_next = true;
        }
    }

    /// Keeps boxes before `end` with what follows, until all from there on are as tall as `least`, but not taller than `most`.
    pub(super) fn keep_before(&mut self, end: usize, least: f32, most: f32) {
        let whole = |boxes: &[FlowBox], at: usize| boxes[..at].iter().rposition(|before| !before.keeps_with_next());
        let mut first = whole(&self.boxes, end).map_or(0, |before| before + 1);
        while first > 0
            && height(&self.boxes[first..]) < least
            && !self.boxes.get(first).is_some_and(|next| next.break_before)
        {
            let earlier = whole(&self.boxes, first - 1).map_or(0, |before| before + 1);
            if height(&self.boxes[earlier..]) > most {
                return;
            }
            self.boxes[first - 1].keep_with_next = true;
            first = earlier;
        }
    }

    /// How tall the last boxes are that are on one page if possible.
    pub(super) fn last_whole(&self) -> f32 {
        let before = self.boxes.iter().rev().skip(1).take_while(|flow_box| flow_box.keeps_with_next()).count();
        height(&self.boxes[self.boxes.len().saturating_sub(before + 1)..])
    }

    /// Keeps the first and the last of the boxes since `first` with their neighbours.
    pub(super) fn keep_ends(&mut self, first: usize) {
        let count = self.boxes.len();
        if count >= first + 2 {
            self.boxes[first].keep_with_next = true;
            self.boxes[count - 2].keep_with_next = true;
        }
    }

    /// Keeps the boxes since `first` together if they are not taller than `most`.
    pub(super) fn keep_short(&mut self, first: usize, most: f32) {
        self.short(first, most).iter_mut().for_each(|flow_box| flow_box.prefer_with_next = true);
    }

    /// Keeps the boxes since `first`, which lead into what follows, with that, unless they are taller than `most`.
    pub(super) fn keep_lead_in(&mut self, first: usize, most: f32) {
        let boxes = &mut self.boxes[first..];
        if height(boxes) <= most {
            boxes.iter_mut().for_each(|flow_box| flow_box.keep_with_next = true);
        }
    }

    /// Keeps the boxes since `first` whole if they are not taller than `most`.
    pub(super) fn keep_whole(&mut self, first: usize, most: f32) {
        self.short(first, most).iter_mut().for_each(|flow_box| flow_box.whole_with_next = true);
    }

    /// The boxes since `first` but the last; none if they are taller than `most`, or if a page begins within them.
    fn short(&mut self, first: usize, most: f32) -> &mut [FlowBox] {
        let boxes = &mut self.boxes[first..];
        let parted = boxes.iter().skip(1).any(|flow_box| flow_box.break_before);
        match boxes {
            [..] if parted || height(boxes) > most => &mut [],
            [before @ .., _] => before,
            [] => &mut [],
        }
    }

    /// Puts a title above the boxes since `first`, but not the first itself, where a page begins with one of them. Within a box
    /// in a box, it is the title of the inner one.
    pub(super) fn continue_under(&mut self, first: usize, title: FlowBox) {
        let at = self.titles.len();
        self.titles.push(title);
        for flow_box in self.boxes.iter_mut().skip(first + 1) {
            flow_box.continued = flow_box.continued.or(Some(at));
        }
    }

    /// Puts the title of work that is done in turns above the boxes since `first`, which are some of it, where a page begins with
    /// one of them.
    pub(super) fn continue_turns(&mut self, first: usize) {
        let Some(Turns { start, title, .. }) = self.turns else { return };
        for flow_box in self.boxes[first..].iter_mut().skip(usize::from(first == start)) {
            flow_box.continued = flow_box.continued.or(Some(title));
        }
    }

    /// Keeps the work that is done in turns whole if it is not taller than `most` so far.
    pub(super) fn keep_turns(&mut self, most: f32) {
        if let Some(start) = self.turns.as_ref().map(|turns| turns.start) {
            self.keep_whole(start, most);
        }
    }

    /// Puts more space above the work of sessions.
    pub(super) fn open_wider(&mut self, by: f32) {
        self.all_boxes().filter(|flow_box| flow_box.opens_work).for_each(|opening| opening.space_before += by);
    }

    /// Sets lines of running text closer, and halves the space between blocks.
    pub(super) fn tighten(&mut self, leading: f32) {
        for flow_box in self.all_boxes() {
            flow_box.space_before *= TIGHT_SPACE;
            if (flow_box.height - leading).abs() < 0.01 {
                flow_box.height -= 2.0 * TIGHTER_LINE;
                let items = std::mem::take(&mut flow_box.items).into_iter();
                flow_box.items = items.map(|item| item.moved(0.0, -TIGHTER_LINE)).collect();
            }
        }
    }

    /// Keeps headings with the first two lines of what follows, also if these are in different paragraphs.
    pub(super) fn keep_headings(&mut self) {
        for at in 1..self.boxes.len() {
            if self.boxes[at - 1].heading && !self.boxes[at].heading {
                self.keep_lines(at);
            }
        }
    }

    /// Keeps the boxes from here together until they show two lines.
    fn keep_lines(&mut self, first: usize) {
        let mut seen = 0.0;
        for at in first..self.boxes.len().saturating_sub(1) {
            let flow_box = &self.boxes[at];
            seen += if flow_box.items.is_empty() { 0.0 } else { flow_box.height };
            let next = &self.boxes[at + 1];
            let is_all = self.single_lines && seen > 0.0 && next.heading;
            if seen >= TWO_LINES || flow_box.heading || next.break_before || is_all {
                return;
            }
            self.boxes[at].keep_with_next = true;
        }
    }

    /// Keeps backgrounds whole that are lower than this.
    pub(super) fn keep_backgrounds(&mut self, most: f32) {
        for background in 0..self.backgrounds.len() {
            let held = |flow_box: &FlowBox| flow_box.backgrounds.contains(&background);
            let Some(first) = self.boxes.iter().position(held) else { continue };
            let count = self.boxes[first..].iter().take_while(|flow_box| held(flow_box)).count();
            let boxes = &mut self.boxes[first..first + count];
            if height(boxes) <= most {
                boxes.iter_mut().take(count - 1).for_each(|flow_box| flow_box.whole_with_next = true);
            }
        }
    }

    /// Keeps each sheet on one page if it is not taller than `room`. A taller one begins a page, and what comes after its last
    /// table is not left without that; each table stays whole. Says whether a sheet is a little taller than a page.
    pub(super) fn keep_sheets(&mut self, room: f32) -> bool {
        if self.sheets_flow {
            return false;
        }
        let (mut end, mut spills) = (self.boxes.len(), false);
        for at in (0..self.boxes.len()).rev() {
            if self.boxes[at].begins_sheet {
                spills |= self.keep_sheet(at..end, room);
                self.boxes.get_mut(end).into_iter().for_each(|next| next.follows_sheet = true);
            }
            end = if self.boxes[at].parts_sheets() { at } else { end };
        }
        spills
    }

    fn keep_sheet(&mut self, sheet: Range<usize>, room: f32) -> bool {
        if self.keep_together(sheet.clone(), room) {
            return false;
        }
        let spills = height(&self.boxes[sheet.clone()]) <= room * LITTLE_MORE;
        self.boxes[sheet.start].break_before = sheet.start > 0;
        let headers: BTreeSet<usize> =
            self.boxes[sheet.clone()].iter().filter_map(|flow_box| flow_box.header).collect();
        for header in &headers {
            let rows = self.boxes[sheet.clone()].iter().rposition(|flow_box| flow_box.header == Some(*header));
            let end = rows.map_or(sheet.end, |last| sheet.start + last + 1);
            self.keep_together(*header..end, room);
        }
        headers.last().map(|header| self.keep_together(*header..sheet.end, room));
        spills
    }

    /// Keeps boxes together unless they are taller than `room`; says whether they are not.
    fn keep_together(&mut self, boxes: Range<usize>, room: f32) -> bool {
        let boxes = &mut self.boxes[boxes];
        let fits = height(boxes) <= room;
        if let (true, [kept @ .., _]) = (fits, boxes) {
            kept.iter_mut().for_each(|flow_box| flow_box.prefer_with_next = true);
        }
        fits
    }

    /// Gives the full width to what is kept with a box of the full width.
    pub(super) fn widen(&mut self) {
        for at in (1..self.boxes.len()).rev() {
            self.boxes[at - 1].full_width |= self.boxes[at - 1].keeps_with_next() && self.boxes[at].full_width;
        }
    }

    /// Begins a background; `padding` is free at its top.
    pub(super) fn open_background(&mut self, background: Background, padding: f32) {
        self.backgrounds.push(background);
        self.open.push(self.backgrounds.len() - 1);
        // Text on the background is aligned with the grid, and the padding above it is as wide as below.
        self.push(FlowBox { height: padding, grid: Some(padding), keep_with_next: true, ..FlowBox::default() });
    }

    /// Ends the innermost background with free space at its bottom.
    pub(super) fn close_background(&mut self, padding: f32) {
        self.gap = 0.0;
        self.keep_last_with_next();
        if let [.., before, last] = self.boxes.as_mut_slice()
            && last.height < TWO_LINES
            && before.backgrounds.len() >= last.backgrounds.len()
        {
            // A background does not end with a single line either.
            before.keep_with_next = true;
        }
        self.push(FlowBox { height: padding, ..FlowBox::default() });
        self.open.pop();
    }
}
