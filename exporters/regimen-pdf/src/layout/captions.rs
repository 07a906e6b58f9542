//! What to write into a place, in small type in its lower corner: "kg", "RPE", "Done".

use regimen_export::document::LogEntry;

use crate::fonts::Face;
use crate::style::{Colour, LEAST_TYPE};
use crate::text::{Paragraph, TextStyle};

use super::{Item, Layouter};

const CAPTION: TextStyle = TextStyle { face: Face::Regular, size: LEAST_TYPE, leading: 9.5, colour: Colour::MUTED };
/// How far it is from the edges of the place, and from what is printed on its line.
const INSET: f32 = 3.0;
const APART: f32 = 5.0;

/// Where a place ends, and where what is printed in it does.
#[derive(Clone, Copy)]
pub(super) struct Printed {
    pub(super) right: f32,
    pub(super) bottom: f32,
    /// The end of the last printed line, below and at the right.
    pub(super) below: f32,
    pub(super) end: f32,
}

impl Layouter<'_> {
    /// What is written into a place.
    pub(super) fn caption_of(&mut self, log: &[LogEntry]) -> Paragraph {
        log.first().map(|entry| self.setter.plain(&entry.caption, CAPTION)).unwrap_or_default()
    }

    /// The caption of a place, if there is room for it below what is printed or beside it. It is heard with the element `owner`.
    pub(super) fn write_here(&self, caption: &Paragraph, printed: Printed, owner: usize) -> Vec<Item> {
        let Printed { right, bottom, below, end } = printed;
        let left = right - INSET - caption.widest();
        let leading = CAPTION.leading * self.setter.least.max(CAPTION.size) / CAPTION.size;
        let top = bottom - leading - 0.5;
        if top < below - 1.0 && left < end + APART {
            return Vec::new();
        }
        let lines = caption.lines(f32::MAX);
        lines.iter().flat_map(|line| self.line(line, (left, top), CAPTION, owner)).collect()
    }
}
