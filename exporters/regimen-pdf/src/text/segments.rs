//! Shaped runs to segments: the text between two places where a line may break (UAX #14).

use std::ops::Range;
use std::sync::Arc;

use super::breaks::breaks;
use super::part::Part;
use super::{Span, addresses};
use crate::fonts::{Glyph, Shaped};

/// The text between two places where a line may break.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) parts: Vec<Part>,
    pub(super) width: f32,
    pub(super) blank: f32,
    pub(super) line_ends: bool,
    /// Whether it is a part of an address, which has no hyphens but its own.
    pub(super) in_address: bool,
    /// Its bytes in the text of the paragraph.
    pub(super) bytes: Range<usize>,
}

/// A stretch of the text that is shaped at once.
pub(super) struct Run {
    pub(super) start: usize,
    pub(super) span: Span,
    pub(super) level: u8,
    pub(super) shaped: Arc<Shaped>,
}

pub(super) fn segments(text: &str, runs: &[Run]) -> Vec<Segment> {
    let mut segments = Vec::new();
    let (mut start, mut run) = (0, 0);
    let addresses = addresses::find(text);
    for (end, mandatory) in addresses::with_breaks(text, &addresses, breaks(text)) {
        let last = end == text.len();
        let mandatory = mandatory && !last;
        let in_address = addresses.iter().any(|address| address.contains(&start));
        if !mandatory && !last && !in_address && within_a_range(text, end) {
            continue;
        }
        while run + 1 < runs.len() && runs[run + 1].start <= start {
            run += 1;
        }
        let segment = segment(text, start..end, runs.get(run..).unwrap_or(&[]), run, mandatory);
        segments.push(Segment { in_address, ..segment });
        start = end;
    }
    segments
}

/// Whether a dash between two figures would be torn off: "3–4".
fn within_a_range(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    before.ends_with(['–', '/']) && after.starts_with(|next: char| next.is_ascii_digit())
}

fn advance(glyphs: &[Glyph], size: f32) -> f32 {
    glyphs.iter().map(|glyph| glyph.advance).sum::<i32>() as f32 * size / 1000.0
}

fn segment(text: &str, bytes: Range<usize>, runs: &[Run], first: usize, line_ends: bool) -> Segment {
    let visible = bytes.start + text[bytes.clone()].trim_end_matches([' ', '\n', '\t']).len();
    let mut segment =
        Segment { parts: Vec::new(), width: 0.0, blank: 0.0, line_ends, in_address: false, bytes: bytes.clone() };
    let mut pen = 0.0;
    for (number, run) in runs.iter().enumerate() {
        if run.start >= bytes.end {
            break;
        }
        let glyphs = glyph_range(run, &bytes);
        if glyphs.is_empty() {
            continue;
        }
        let shown = &run.shaped.glyphs[glyphs.clone()];
        let blanks = shown.iter().filter(|glyph| run.start + glyph.cluster >= visible).copied().collect::<Vec<_>>();
        let whole = advance(shown, run.span.size);
        let width = whole - advance(&blanks, run.span.size);
        segment.parts.push(Part {
            x: pen,
            width,
            shaped: run.shaped.clone(),
            glyphs,
            face: run.span.face,
            size: run.span.size,
            colour: run.span.colour,
            link: run.span.link,
            node: run.span.node,
            struck: run.span.struck,
            is_hyphen: false,
            level: run.level,
            origin: run.start,
            run: first + number,
        });
        if width > 0.0 {
            segment.width = pen + width;
        }
        pen += whole;
    }
    segment.blank = pen - segment.width;
    segment
}

/// The glyphs of a run whose clusters start within these bytes of the paragraph.
fn glyph_range(run: &Run, bytes: &Range<usize>) -> Range<usize> {
    let glyphs = &run.shaped.glyphs;
    let inside = |at: usize| bytes.contains(&(run.start + at));
    let descending = glyphs.first().zip(glyphs.last()).is_some_and(|(first, last)| first.cluster > last.cluster);
    let start = if descending {
        glyphs.partition_point(|glyph| run.start + glyph.cluster >= bytes.end)
    } else {
        glyphs.partition_point(|glyph| run.start + glyph.cluster < bytes.start)
    };
    let length = glyphs[start..].iter().take_while(|glyph| inside(glyph.cluster)).count();
    start..start + length
}

impl Segment {
    /// Parts the segment before this byte of the paragraph; not within a ligature, and not where text runs to the left.
    pub(super) fn parted(&self, at: usize) -> Option<(Self, Self)> {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let (mut head, mut tail) = (0.0, 0.0);
        for part in &self.parts {
            let glyphs = &part.shaped.glyphs[part.glyphs.clone()];
            let cut = glyphs.iter().position(|glyph| part.origin + glyph.cluster >= at).unwrap_or(glyphs.len());
            let fair = glyphs.get(cut).is_none_or(|glyph| cut == 0 || part.origin + glyph.cluster == at);
            if part.level % 2 == 1 || !fair {
                return None;
            }
            let middle = part.glyphs.start + cut;
            let blank = advance(glyphs, part.size) - part.width;
            if cut > 0 {
                let width = if cut == glyphs.len() { part.width } else { advance(&glyphs[..cut], part.size) };
                before.push(Part { x: head, width, glyphs: part.glyphs.start..middle, ..part.clone() });
                head += width;
            }
            if cut < glyphs.len() {
                let width = advance(&glyphs[cut..], part.size) - blank;
                after.push(Part { x: tail, width, glyphs: middle..part.glyphs.end, ..part.clone() });
                tail += width;
            }
        }
        if before.is_empty() || after.is_empty() {
            return None;
        }
        let (start, end) = (self.bytes.start, self.bytes.end);
        let before =
            Self { parts: before, width: head, blank: 0.0, line_ends: false, in_address: false, bytes: start..at };
        Some((before, Self { parts: after, width: tail, bytes: at..end, ..self.clone() }))
    }

    /// Adds a hyphen in the look of the end.
    pub(super) fn hyphenated(mut self, hyphen: &Arc<Shaped>) -> Self {
        if let Some(hyphen) = self.parts.last().map(|last| last.hyphen(hyphen)) {
            let width = hyphen.width;
            self.parts.push(Part { x: self.width, ..hyphen });
            self.width += width;
        }
        self
    }
}

/// A part for each cluster, for words that are longer than a line.
pub(super) fn split(part: &Part) -> Vec<Part> {
    let glyphs = &part.shaped.glyphs;
    let mut parts: Vec<Part> = Vec::new();
    for at in part.glyphs.clone() {
        let width = advance(&glyphs[at..=at], part.size);
        match parts.last_mut() {
            Some(last) if glyphs[at - 1].cluster == glyphs[at].cluster => {
                last.glyphs.end = at + 1;
                last.width += width;
            }
            _ => parts.push(Part { x: 0.0, width, glyphs: at..at + 1, ..part.clone() }),
        }
    }
    if part.level % 2 == 1 {
        // The first to be read is at the right.
        parts.reverse();
    }
    parts
}
