//! Running text to lines: inlines become spans of one face, spans become glyphs, glyphs become lines.

mod addresses;
mod bidi;
mod breaks;
mod hyphens;
mod lines;
mod memory;
mod paragraph;
mod part;
mod segments;
mod spans;
mod typesetter;

pub(crate) use lines::{Lengths, TextLine};
pub(crate) use memory::TextMemories;
pub(crate) use paragraph::Paragraph;
pub(crate) use part::Part;
pub(crate) use spans::{Span, TextStyle};
pub(crate) use typesetter::{Mark, Marked, Typesetter, checkbox};
