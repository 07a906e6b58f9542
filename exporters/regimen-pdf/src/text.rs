//! Running text to lines: inlines become spans of one face, spans become glyphs, glyphs become lines.

mod addresses;
mod bidi;
mod breaks;
mod hyphens;
mod lines;
mod memory;
mod paragraph;
mod pieces;
mod spans;

pub(crate) use lines::{Line, Part};
pub(crate) use memory::TextMemories;
pub(crate) use paragraph::Paragraph;
pub(crate) use spans::{Mark, Marked, Span, TextStyle, Typesetter, checkbox};
