//! Stretches of text of one look, with a face that has every character.

use std::sync::Arc;

use crate::fonts::Face;
use crate::style::Colour;

/// How text looks before its own marks apply.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TextStyle {
    pub(crate) face: Face,
    pub(crate) size: f32,
    pub(crate) leading: f32,
    pub(crate) colour: Colour,
}

impl TextStyle {
    pub(crate) const fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// The same in smaller or larger type.
    pub(crate) fn scaled(self, by: f32) -> Self {
        Self { size: self.size * by, leading: self.leading * by, ..self }
    }

    pub(super) fn strong(self) -> Self {
        let face = match self.face {
            Face::Regular => Face::Bold,
            Face::Italic => Face::BoldItalic,
            face => face,
        };
        Self { face, ..self }
    }

    pub(super) fn emphasis(self) -> Self {
        let face = match self.face {
            Face::Regular => Face::Italic,
            Face::Bold => Face::BoldItalic,
            face => face,
        };
        Self { face, ..self }
    }

    pub(super) fn code(self) -> Self {
        Self { face: Face::Code, size: self.size * 0.92, ..self }
    }
}

/// Text of one look.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Span {
    pub(crate) text: String,
    pub(crate) face: Face,
    pub(crate) size: f32,
    pub(crate) colour: Colour,
    pub(crate) language: Arc<str>,
    /// Which of the document's links it belongs to.
    pub(crate) link: Option<usize>,
    /// Its element in the reading order, if it has one of its own within its text.
    pub(crate) node: Option<usize>,
    /// Whether a line goes through it.
    pub(crate) struck: bool,
}

/// How the words of a paragraph are hyphenated by the patterns of their language, and which stay together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Policy {
    /// Where a line would be short without: running text.
    Running,
    /// Only in words that are longer than a line: headings, names, labels.
    #[default]
    LongWords,
    /// The same, and a number stays with its unit where a line has room for both: cells.
    Cell,
}

/// Spans in reading order, and where in their text the author allows a hyphen.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Spans {
    pub(super) all: Vec<Span>,
    pub(super) soft: Vec<usize>,
    pub(super) length: usize,
}
