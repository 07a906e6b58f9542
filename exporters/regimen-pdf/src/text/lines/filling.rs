//! Lines filled with one segment after the other, and what becomes of a word that is longer than a line.

use super::super::part::Part;
use super::super::segments::{Segment, split};
use super::super::spans::Policy;
use super::{BreakableText, FULL, Hyphenation, LADDER, Lengths, SLACK, TextLine, reorder};

/// Lines so far, and the one that is being filled.
pub(super) struct LineFilling<'a> {
    pub(super) text: &'a BreakableText,
    pub(super) policy: Policy,
    pub(super) lengths: Lengths,
    pub(super) lines: Vec<TextLine>,
    pub(super) line: TextLine,
    pub(super) pen: f32,
    /// How many lines up to here end with a hyphen, and with how many that begins.
    pub(super) row: usize,
    pub(super) start: usize,
}

impl LineFilling<'_> {
    /// How long the line is at most.
    const fn width(&self) -> f32 {
        self.lengths.of_line(self.lines.len())
    }

    /// Adds segments that stay together, on a line that has room for them.
    pub(super) fn add_whole(&mut self, segments: &[Segment]) {
        self.make_room(segments.iter());
        segments.iter().for_each(|segment| self.add(segment));
    }

    /// Begins a line for segments that fit one and not what is left of this.
    pub(super) fn make_room<'s>(&mut self, segments: impl Iterator<Item = &'s Segment>) {
        let (mut count, mut width, mut blank) = (0, 0.0, 0.0);
        for segment in segments {
            (count, width, blank) = (count + 1, width + blank + segment.width, segment.blank);
        }
        let is_beyond = self.pen + width > self.width() + SLACK;
        if count > 1 && self.pen > 0.0 && is_beyond && width <= self.width() + SLACK {
            self.end_line();
        }
    }

    fn add(&mut self, segment: &Segment) {
        if self.pen > 0.0 && self.pen + segment.width > self.width() + SLACK {
            if self.line.width < self.width() * FULL
                && self.row < LADDER
                && self.hyphenate(segment, self.width() - self.pen)
            {
                return;
            }
            self.end_line();
        }
        if segment.width > self.width() + SLACK {
            if let Some((before, after)) = self.text.parted_at_blank(segment, self.width()) {
                self.add(&before);
                return self.add(&after);
            }
            if self.hyphenate(segment, self.width()) {
                return;
            }
            self.break_anywhere(segment);
        } else {
            for part in &segment.parts {
                self.place(part, self.pen + part.x);
            }
            self.pen += segment.width + segment.blank;
        }
        self.line.segments += 1;
        if segment.line_ends {
            // An empty line that the author asked for stays.
            self.push_line();
            self.pen = 0.0;
        }
    }

    /// Puts the beginning of a segment on this line if a place is found for a hyphen, and the rest on the next.
    fn hyphenate(&mut self, segment: &Segment, room: f32) -> bool {
        // A word that is longer than a line is always divided.
        let by = match self.policy {
            _ if segment.width > self.width() + SLACK => Hyphenation::Need,
            Policy::Running => Hyphenation::Language,
            Policy::LongWords | Policy::Cell => Hyphenation::Author,
        };
        let Some((before, after)) = self.text.hyphenated(segment, room, by) else {
            return false;
        };
        for part in &before.parts {
            self.place(part, self.pen + part.x);
        }
        self.line.segments += 1;
        let row = self.row + 1;
        self.end_line();
        self.row = row;
        self.add(&after);
        true
    }

    /// Breaks between letters; a hyphen says so, where words of their script have one.
    fn break_anywhere(&mut self, segment: &Segment) {
        let pieces: Vec<Part> = segment.parts.iter().flat_map(split).collect();
        let mut rest = pieces.as_slice();
        loop {
            let (count, hyphen) = self.fitting(rest, segment);
            if count == 0 && self.pen > 0.0 {
                self.end_line();
                continue;
            }
            let (now, later) = rest.split_at(count.max(1).min(rest.len()));
            for piece in now {
                self.place(piece, self.pen);
                self.pen += piece.width;
            }
            if let Some(hyphen) = hyphen {
                self.line.width = self.pen + hyphen.width;
                self.line.parts.push(Part { x: self.pen, ..hyphen });
            }
            rest = later;
            if rest.is_empty() {
                break;
            }
            self.end_line();
        }
        self.pen += segment.blank;
    }

    /// How many of these letters fit this line, and the hyphen behind them.
    fn fitting(&self, pieces: &[Part], segment: &Segment) -> (usize, Option<Part>) {
        let (mut pen, mut best) = (self.pen, (0, None));
        for (at, piece) in pieces.iter().enumerate() {
            pen += piece.width;
            if pen > self.width() + SLACK {
                break;
            }
            let next = pieces.get(at + 1);
            let hyphen = next.filter(|_| !segment.in_address).and_then(|next| self.text.hyphen_between(piece, next));
            if hyphen.as_ref().is_none_or(|hyphen| pen + hyphen.width <= self.width() + SLACK) {
                best = (at + 1, hyphen);
            }
        }
        best
    }

    fn place(&mut self, part: &Part, x: f32) {
        self.line.width = self.line.width.max(x + part.width);
        match self.line.parts.last_mut() {
            Some(last) if last.run == part.run && last.glyphs.end == part.glyphs.start => {
                last.glyphs.end = part.glyphs.end;
                last.width = x + part.width - last.x;
            }
            _ => self.line.parts.push(Part { x, ..part.clone() }),
        }
    }

    pub(super) fn end_line(&mut self) {
        if !self.line.parts.is_empty() {
            self.push_line();
        }
        self.pen = 0.0;
        self.row = self.start;
    }

    fn push_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        if self.text.level > 0 || line.parts.iter().any(|part| part.level > 0) {
            reorder(&mut line, self.text.level);
        }
        self.lines.push(line);
    }
}
