//! Places to tick and to write in, one for each time that something is done.

use std::sync::Arc;

use regimen_catalog::prose::Inline;
use regimen_export::document::WorkTime;

use crate::fonts::Face;
use crate::style::{Colour, MM};
use crate::text::{Paragraph, TextLine, TextStyle};

use super::super::captions::Printed;
use super::super::looks::{BELOW_PRINT, TEXT};
use super::super::tree::{Numbering, Role};
use super::super::{Area, Item, Layouter};
use super::{Closeness, Column};

const TIME: TextStyle = TextStyle { face: Face::Bold, size: 8.5, leading: 11.5, colour: Colour::MUTED };
/// Places are at least this wide, and at most.
const NARROWEST: f32 = 13.0 * MM;
const WIDEST: f32 = 58.0 * MM;
/// Tall enough to write a figure in, and where room is dear, for a caption, with the figure beside what is printed.
const TO_WRITE: f32 = 5.0 * MM;
const LITTLE: f32 = 2.9 * MM;
/// Boxes to tick, which need less between their lines than words.
const BOXES: TextStyle = TextStyle { leading: 11.8, ..TEXT };
const PADDING: f32 = 3.0;
/// Between a title and what is said beside it, and how much higher that is to be on its baseline.
const BESIDE: f32 = 6.0;
const DROP: f32 = (TEXT.leading - TIME.leading + 0.66 * (TEXT.size - TIME.size)) / 2.0;
const LINE: f32 = 0.7;
/// Widths that differ by less than this are the same to boxes.
const NEARLY: f32 = 2.0;
/// More than these in a row are hard to tell from each other.
const MOST: usize = 8;

/// The places of one exercise.
pub(super) struct Places {
    all: Vec<Place>,
}

/// A place for one time: its title and what is said of it.
struct Place {
    title: (Paragraph, usize),
    /// What is said, and the element of all that is below or beside the title.
    words: Paragraph,
    body: usize,
    /// Boxes to tick, so that nothing has to be written.
    boxes: Option<Paragraph>,
    /// What is written there.
    caption: Paragraph,
}

/// How much room there is to write in places.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// Below what is printed.
    to_write: f32,
    /// The least height of a row.
    least: f32,
}

impl Room {
    /// How much of the room in other tables it is.
    pub(super) const fn share(self) -> f32 {
        self.to_write / BELOW_PRINT
    }
}

/// How places are put into rows.
pub(super) struct Rows {
    /// How many are side by side.
    across: usize,
    width: f32,
    heights: Vec<f32>,
}

impl Rows {
    pub(super) fn height(&self) -> f32 {
        self.heights.iter().sum()
    }
}

impl Place {
    const fn style(&self) -> TextStyle {
        if self.boxes.is_some() { BOXES } else { TEXT }
    }

    /// The lines of what is said, and of boxes.
    fn content(&self, width: f32) -> Vec<TextLine> {
        let mut lines = self.words.lines(width).to_vec();
        lines.extend(self.boxes.iter().flat_map(|boxes| evenly(boxes, width).to_vec()));
        lines
    }

    fn content_lines(&self, width: f32) -> usize {
        self.words.lines(width).len() + self.boxes.as_ref().map_or(0, |boxes| boxes.lines(width).len())
    }

    /// How tall it is with room to write.
    fn height(&self, width: f32, room: Room) -> f32 {
        let inner = width - 2.0 * PADDING;
        let title = if self.is_one_line(width) { 0 } else { self.title.0.lines(inner).len() };
        let printed = title as f32 * TIME.leading + self.content_lines(inner) as f32 * self.style().leading;
        (printed + PADDING + if self.boxes.is_some() { 0.0 } else { room.to_write }).max(room.least)
    }

    /// Whether what is said stands beside its title.
    fn is_one_line(&self, width: f32) -> bool {
        let inner = width - 2.0 * PADDING;
        let widest = self.boxes.iter().map(Paragraph::widest).fold(self.words.widest(), f32::max);
        self.title.0.widest() + BESIDE + widest <= inner && self.content_lines(inner) == 1
    }

    /// The least width at which no word is broken.
    fn narrowest(&self) -> f32 {
        let content = self.boxes.iter().map(Paragraph::narrowest).fold(self.words.narrowest(), f32::max);
        self.title.0.narrowest().max(content) + 2.0 * PADDING + LINE
    }
}

/// Boxes that do not fit one row, in rows that are as full as each other: four and three, not six and one.
fn evenly(boxes: &Paragraph, width: f32) -> Arc<[TextLine]> {
    let lines = boxes.lines(width);
    if lines.len() <= boxes.lines(f32::MAX).len() {
        return lines;
    }
    let (mut low, mut high) = (boxes.narrowest().min(width), width);
    while high - low > NEARLY {
        let middle = f32::midpoint(low, high);
        if boxes.lines(middle).len() > lines.len() { low = middle } else { high = middle }
    }
    boxes.lines(high)
}

/// What is said and the boxes below it.
fn parted(content: &[Inline]) -> (&[Inline], &[Inline]) {
    let first = content.iter().position(|inline| matches!(inline, Inline::Checkbox(_)));
    content.split_at(first.unwrap_or(content.len()))
}

impl Places {
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// In rows of this width that take as little room as they can; of several such ways the one with the widest places.
    pub(super) fn arranged(&self, width: f32, room: Room) -> Rows {
        let narrowest = self.all.iter().map(Place::narrowest).fold(NARROWEST, f32::max);
        let most = (((width - LINE) / narrowest) as usize).clamp(1, MOST);
        let rows = |across: usize| {
            let width = ((width - LINE) / across as f32).min(WIDEST.max(narrowest));
            let height = |row: &[Place]| row.iter().map(|place| place.height(width, room)).fold(0.0, f32::max);
            Rows { across, width, heights: self.all.chunks(across).map(height).collect() }
        };
        let counts = (2..=most.min(self.all.len())).map(|across| {
            // Rows that are as full as each other.
            let count = self.all.len().div_ceil(across);
            rows(self.all.len().div_ceil(count))
        });
        counts.fold(rows(1), |best, other| if other.height() < best.height() - 0.1 { other } else { best })
    }
}

impl Layouter<'_> {
    /// Sets the words of places, as items of a list below `owner`.
    pub(super) fn places(&mut self, times: &[WorkTime], owner: usize) -> Places {
        if times.is_empty() {
            return Places { all: Vec::new() };
        }
        let list = self.tree.add(owner, Role::List(Numbering::None));
        let all = times.iter().map(|time| {
            let (label, body) = self.tree.item(list, !time.content.is_empty());
            let title = self.rich(&time.title, TIME, label).unhyphenated();
            self.form.note(body, &time.log, &time.content);
            let (words, boxes) = parted(&time.content);
            let words = self.rich(words, TEXT, body).in_cell();
            let boxes = (!boxes.is_empty()).then(|| self.rich(boxes, TEXT, body));
            let caption = self.caption_of(&time.log);
            Place { title: (title, label), words, body, boxes, caption }
        });
        Places { all: all.collect() }
    }

    pub(super) fn room_in_places(&self) -> Room {
        // A hand needs no more room because print is large.
        let to_write =
            if self.closeness >= Closeness::Close { LITTLE } else { TO_WRITE } / self.style.large_print.scale();
        Room { to_write, least: self.sheet.row }
    }

    /// Each row of places, measured from its own top.
    pub(super) fn rows_of_places(&self, places: &Places, rows: &Rows, area: Area) -> Vec<Column> {
        let rows = places.all.chunks(rows.across).zip(&rows.heights).map(|(row, height)| {
            let mut items = Vec::new();
            if self.only_counts {
                items.push(Item::room(area.x, rows.across as f32 * rows.width, *height));
            }
            for (at, place) in row.iter().enumerate().filter(|_| !self.only_counts) {
                self.place(place, (area.x + at as f32 * rows.width, rows.width), *height, &mut items);
            }
            Column { items, height: *height, ..Column::default() }
        });
        rows.collect()
    }

    fn place(&self, place: &Place, (x, width): (f32, f32), height: f32, items: &mut Vec<Item>) {
        // Neighbours share the lines between them: the upper one of a row covers that of the row before.
        for (left, top, size) in [
            (0.0, -LINE, (width + LINE, LINE)),
            (0.0, height - LINE, (width + LINE, LINE)),
            (0.0, -LINE, (LINE, height + LINE)),
            (width, -LINE, (LINE, height + LINE)),
        ] {
            items.push(Item::fill(x + left, top, size, Colour::BOX));
        }
        let (mut left, mut y) = (x + PADDING, PADDING / 2.0);
        let (mut end, mut below, mut last) = (left, y, left);
        let inner = width - 2.0 * PADDING;
        let both = [
            (place.title.0.lines(inner), TIME, place.title.1),
            (place.content(inner).into(), place.style(), place.body),
        ];
        for (lines, style, owner) in both {
            for line in lines.iter() {
                items.extend(self.line(line, (left, y), style, owner));
                y += style.leading;
                last = left + line.width;
                (end, below) = (end.max(last + PADDING), below.max(y));
            }
            if place.is_one_line(width) {
                // Both stand on one baseline.
                (left, y) = (left + place.title.0.widest() + BESIDE, PADDING / 2.0 - DROP);
            }
        }
        let printed = Printed { right: x + width, bottom: height - LINE, below, end: last };
        items.extend(self.write_here(&place.caption, printed, place.body));
        // What is filled in stands below what is printed, or beside it.
        let (node, right) = (place.body, x + width);
        let lower = self.form.room(node, (x + LINE, below), (width - LINE, height - LINE - below));
        items.extend(lower.or_else(|| self.form.room(node, (end, 0.0), (right - end, height - LINE))));
    }
}
