//! Stretches of glyphs, of which segments and lines are made.

use std::ops::Range;
use std::sync::Arc;

use crate::fonts::{Face, Shaped};
use crate::style::Colour;

/// A stretch of glyphs of one look.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// Where it starts on its line.
    pub(crate) x: f32,
    /// How far it reaches without the blanks at its end.
    pub(crate) width: f32,
    pub(crate) shaped: Arc<Shaped>,
    pub(crate) glyphs: Range<usize>,
    pub(crate) face: Face,
    pub(crate) size: f32,
    pub(crate) colour: Colour,
    pub(crate) link: Option<usize>,
    /// Its element in the reading order, if it has one of its own within its text.
    pub(crate) node: Option<usize>,
    /// Whether a line goes through it.
    pub(crate) struck: bool,
    /// Whether it is a hyphen that parts a word and is not in the text.
    pub(crate) is_hyphen: bool,
    /// Odd if it runs to the left.
    pub(super) level: u8,
    /// Where its shaped text starts in the paragraph.
    pub(super) origin: usize,
    pub(super) run: usize,
}

impl Part {
    pub(super) fn advance(&self) -> f32 {
        let advances = self.shaped.glyphs[self.glyphs.clone()].iter().map(|glyph| glyph.advance);
        advances.sum::<i32>() as f32 * self.size / 1000.0
    }

    /// A hyphen in its look, which is not in the text.
    pub(super) fn hyphen(&self, sign: &Arc<Shaped>) -> Self {
        let hyphen = Self {
            shaped: sign.clone(),
            glyphs: 0..sign.glyphs.len(),
            is_hyphen: true,
            run: usize::MAX,
            ..self.clone()
        };
        Self { width: hyphen.advance(), ..hyphen }
    }

    /// Whether its glyphs are read from the right.
    pub(crate) fn runs_left(&self) -> bool {
        self.level % 2 == 1
    }

    /// The characters that it shows.
    #[cfg(test)]
    pub(crate) fn text(&self) -> &str {
        let glyphs = &self.shaped.glyphs;
        let start = glyphs[self.glyphs.clone()].iter().map(|glyph| glyph.cluster).min().unwrap_or(0);
        let last = glyphs[self.glyphs.clone()].iter().map(|glyph| glyph.cluster).max().unwrap_or(0);
        let after = glyphs.iter().map(|glyph| glyph.cluster).filter(|at| *at > last).min();
        self.shaped.text.get(start..after.unwrap_or(self.shaped.text.len())).unwrap_or("")
    }
}
