//! Running text as it is read, with the place of every piece in its source, for markup that no part of prose is.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Builder, Open};
use crate::prose::markup::{OPAQUE, find};

/// The running text of one paragraph.
#[derive(Default)]
pub(super) struct Seen {
    text: String,
    /// Where pieces begin, in the text and in the source.
    pieces: Vec<(usize, usize)>,
    /// The end of the last piece in the source.
    end: usize,
}

impl Seen {
    fn add(&mut self, text: &str, at: usize) {
        self.pieces.push((self.text.len(), at));
        self.text.push_str(text);
    }

    /// A sign that is no text, or that the author escaped.
    fn opaque(&mut self, at: usize) {
        self.add(OPAQUE.encode_utf8(&mut [0; 4]), at);
    }

    /// Where a byte of the text is in the source.
    fn source(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|(start, _)| *start <= at).checked_sub(1);
        piece.and_then(|piece| self.pieces.get(piece)).map_or(0, |(start, source)| source + at - start)
    }
}

impl Builder {
    pub(super) fn see(&mut self, event: &Event<'_>, range: &Range<usize>, source: &str) {
        if matches!(self.open.last(), Some(Open::Code(..) | Open::Html)) {
            return;
        }
        let seen = &mut self.seen;
        match event {
            Event::Text(text) if range.len() != text.len() => seen.opaque(range.start),
            Event::Text(text) => {
                let escaped = source[..range.start].ends_with('\\') && seen.end != range.start;
                let from = if escaped { text.chars().next().map_or(0, char::len_utf8) } else { 0 };
                if escaped {
                    seen.opaque(range.start);
                }
                // Escaped brackets may be those of a formula.
                let from = if escaped && text.starts_with(['(', ')']) { 0 } else { from };
                seen.add(&text[from..], range.start + from);
            }
            // Lowered text stays as it is written.
            Event::Start(Tag::Subscript) => seen.add("~", range.start),
            Event::End(TagEnd::Subscript) => seen.add("~", range.end - 1),
            Event::SoftBreak | Event::HardBreak => seen.add("\n", range.start),
            Event::Code(_) | Event::FootnoteReference(_) | Event::InlineHtml(_) => seen.opaque(range.start),
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Strong | Tag::Emphasis | Tag::Strikethrough)
            | Event::End(TagEnd::Link | TagEnd::Image | TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough) => {
                seen.opaque(range.start);
            }
            _ => {}
        }
        seen.end = range.end;
    }

    /// Reports the markup of the paragraph that ends.
    pub(super) fn report_seen(&mut self) {
        let seen = std::mem::take(&mut self.seen);
        for (range, kind) in find(&seen.text) {
            let (start, end) = (seen.source(range.start), seen.source(range.end.saturating_sub(1)) + 1);
            let text = seen.text[range].replace(OPAQUE, "");
            self.raw_markup(start..end.max(start), text, kind);
        }
    }
}
