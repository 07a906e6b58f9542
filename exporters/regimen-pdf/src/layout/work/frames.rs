//! The pictures of work.

use regimen_catalog::prose::plain_text;
use regimen_export::document::Figure;

use crate::fonts::Face;
use crate::text::TextStyle;

use super::super::looks::SMALL;
use super::super::{Area, Layouter};
use super::Column;

const NUMBER: TextStyle = TextStyle { size: 9.0, leading: 12.0, ..SMALL };
const BETWEEN_FRAMES: f32 = 8.0;

impl Layouter<'_> {
    /// The frames of a movement, side by side or below each other, whichever makes them larger.
    pub(super) fn frames(&mut self, figure: &Figure, area: Area, tallest: f32) -> Column {
        let all: Vec<&Figure> = figure.all().collect();
        let count = all.len() as f32;
        let aspect = (self.resources.picture)(&figure.file, (area.width, tallest));
        let aspect = aspect.map_or(1.0, |picture| picture.width / picture.height.max(1.0));
        let beside = (area.width - BETWEEN_FRAMES * (count - 1.0)) / count;
        let above = (tallest - (BETWEEN_FRAMES + NUMBER.leading) * (count - 1.0)) / count;
        let is_beside = (beside / aspect).min(tallest) >= (area.width / aspect).min(above);
        let mut frames = Column::default();
        for (at, one) in all.into_iter().enumerate() {
            if is_beside {
                let x = area.x + at as f32 * (beside + BETWEEN_FRAMES);
                let Column { items, height, .. } = self.frame(one, Area { x, width: beside, ..area }, tallest);
                frames.items.extend(items);
                frames.height = frames.height.max(height);
            } else {
                frames.space(BETWEEN_FRAMES);
                let Column { items, height, .. } = self.frame(one, area, above);
                frames.push(items, height);
            }
        }
        frames
    }

    /// One picture with its number below, or what it shows in words.
    fn frame(&mut self, figure: &Figure, area: Area, height: f32) -> Column {
        let mut frame = Column::default();
        match self.picture_item(figure, (area.x, 0.0), (area.width, height), area.owner) {
            Some(picture) => {
                let height = picture.height + 2.0;
                frame.push([picture], height);
            }
            None => self.add(&figure.spoken_alt(), TextStyle { face: Face::Italic, ..SMALL }, area, &mut frame),
        }
        if !plain_text(&figure.title).trim().is_empty() {
            self.add(&figure.title, NUMBER, area, &mut frame);
        }
        frame
    }
}
