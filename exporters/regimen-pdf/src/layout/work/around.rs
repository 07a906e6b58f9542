//! Large print: pictures at the end of the lines, and text that goes on below them in the whole width.

use std::sync::Arc;

use regimen_export::document::Work;

use crate::style::Pictures;
use crate::text::{Lengths, Paragraph, TextLine, TextStyle};

use super::super::{Area, Layouter};
use super::{ABOVE_PLACES, Closeness, Column, GUTTER, LEAST_TEXT, PICTURES};

/// The space between a title and the pictures below it.
const ABOVE_FRAMES: f32 = 2.0;

/// Pictures at the end of the lines of a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside {
    /// Where lines beside them end.
    right: f32,
    /// Where they end themselves.
    bottom: f32,
}

impl Column {
    /// Whether the next line is beside pictures.
    pub(super) fn is_beside(&self) -> bool {
        self.beside.is_some_and(|beside| self.height < beside.bottom)
    }

    /// The lines of a paragraph that comes next.
    pub(super) fn lines(&self, words: &Paragraph, style: TextStyle, area: Area) -> Arc<[TextLine]> {
        let Some(Beside { right, bottom }) = self.beside.filter(|_| self.is_beside()) else {
            return words.lines(area.width);
        };
        let shorter = ((bottom - self.height) / style.leading).ceil() as usize;
        words.lines_of(Lengths { shorter, short: right - area.x, long: area.width })
    }

    /// Goes on below what stands beside it.
    pub(super) fn end_beside(&mut self) {
        let beside = self.beside.take();
        self.height = beside.map_or(self.height, |beside| self.height.max(beside.bottom));
    }
}

impl Layouter<'_> {
    /// Title and dose, and below them the text around its pictures, so that its large letters have the whole width where they can and
    /// all lines begin at one edge; then the places. `None` of what has no pictures.
    pub(super) fn around(&mut self, work: &Work, area: Area) -> Option<Column> {
        work.figure.as_ref().filter(|_| self.style.pictures != Pictures::None)?;
        let mut column = self.above_text(work, area);
        self.steps_and_points(work, area, &mut column);
        column.end_beside();
        for (at, Column { items, height, .. }) in self.places_below(work, area).into_iter().enumerate() {
            column.space(if at == 0 { self.above_places() } else { 0.0 });
            column.push(items, height);
        }
        Some(column)
    }

    /// Title and dose, and the pictures beside what comes next.
    pub(super) fn above_text(&mut self, work: &Work, area: Area) -> Column {
        let mut column = Column::default();
        self.work_title(work, area, &mut column);
        self.dose(work, area, &mut column);
        if let Some(figure) = work.figure.as_ref().filter(|_| self.style.pictures != Pictures::None) {
            let room = Area { width: area.width * PICTURES, ..area };
            let frames = self.frames(figure, room, self.closeness.tallest_shown());
            let taken = frames.items.iter().map(|item| item.x + item.width).fold(area.x, f32::max) - area.x;
            let (left, top) = (area.width - taken, column.height + ABOVE_FRAMES);
            column.items.extend(frames.items.into_iter().map(|item| item.moved(left, top)));
            column.beside = Some(Beside { right: area.x + left - GUTTER, bottom: top + frames.height });
            if left - GUTTER < LEAST_TEXT {
                column.end_beside();
            }
        }
        column
    }

    /// The places for each time in rows of the whole width.
    pub(super) fn places_below(&mut self, work: &Work, area: Area) -> Vec<Column> {
        let places = self.places(&work.times, area.owner);
        self.rows_of_places(&places, &places.arranged(area.width, self.room_in_places()), area)
    }

    /// The space above places.
    pub(super) fn above_places(&self) -> f32 {
        if self.closeness == Closeness::Closest { ABOVE_PLACES / 2.0 } else { ABOVE_PLACES }
    }
}
