//! Pictures side by side: each with its title, and the mark of a mistake.

use std::sync::Arc;

use regimen_catalog::prose::plain_text;
use regimen_export::document::Figure;

use crate::fonts::Face;
use crate::style::Colour;
use crate::text::{TextLine, TextStyle};

use super::flow::FlowBox;
use super::looks::SMALL;
use super::tree::Role;
use super::{Area, Ink, Item, Layouter, Owner};

const GAP: f32 = 12.0;
const ROW_GAP: f32 = 8.0;
/// Narrower pictures are hard to make out.
const LEAST: f32 = 96.0;
const MOST_BESIDE: usize = 3;
/// How wide the sign of a mistake is.
const CROSS: f32 = 16.0;
const TITLE: TextStyle = TextStyle { size: 9.0, leading: 12.5, colour: Colour::TEXT, ..SMALL };

/// A title or a description in its place.
struct Words {
    lines: Arc<[TextLine]>,
    style: TextStyle,
    x: f32,
    owner: usize,
}

/// How many of `count` pictures are side by side.
fn across(count: usize, width: f32) -> usize {
    let fitting = ((width + GAP) / (LEAST + GAP)) as usize;
    // Four are set two by two.
    let wanted = if count == 4 { 2 } else { count.min(MOST_BESIDE) };
    wanted.clamp(1, fitting.max(1))
}

impl Layouter<'_> {
    /// All pictures of a figure with their caption, the rows not higher than `height`. The last box is kept with what follows,
    /// if that is wanted.
    pub(super) fn gallery(&mut self, figure: &Figure, area: Area, height: f32, keep_with_next: bool) {
        let all: Vec<&Figure> = figure.all().collect();
        let across = across(all.len(), area.width);
        let width = (area.width - GAP * (across as f32 - 1.0)) / across as f32;
        let rows = all.len().div_ceil(across);
        let limit = (width, if rows > 1 { height * 0.75 } else { height });
        for (at, row) in all.chunks(across).enumerate() {
            if at > 0 {
                self.flow.space(ROW_GAP);
            }
            let flow_box = self.row_of_pictures(row, area, limit);
            self.flow.push(FlowBox { keep_with_next: true, ..flow_box });
        }
        if !plain_text(&figure.caption).trim().is_empty() {
            self.flow.space(4.0);
            self.paragraph(&figure.caption, SMALL, area.readable());
        }
        if let Some(last) = self.flow.boxes.last_mut() {
            last.keep_with_next = keep_with_next;
        }
    }

    fn row_of_pictures(&mut self, row: &[&Figure], area: Area, limit: (f32, f32)) -> FlowBox {
        let (mut items, mut words, mut tallest) = (Vec::new(), Vec::new(), 0.0_f32);
        let mut x = area.x;
        for figure in row {
            let owner = self.tree.add(area.owner, Role::Division);
            let mut taken = limit.0;
            match self.picture_item(figure, (x, 0.0), limit, owner) {
                Some(picture) => {
                    (tallest, taken) = (tallest.max(picture.height), picture.width.max(LEAST).min(limit.0));
                    items.push(picture);
                }
                None => {
                    let style = TextStyle { face: Face::Italic, ..SMALL };
                    let node = self.tree.add(owner, Role::Paragraph);
                    let lines = self.rich(&figure.spoken_alt(), style, node).unhyphenated().lines(taken);
                    words.push(Words { lines, style, x, owner: node });
                }
            }
            if figure.mistake {
                items.extend(self.cross(x));
            }
            if !plain_text(&figure.title).trim().is_empty() {
                let bold = TextStyle { face: Face::Bold, ..TITLE.coloured(self.palette.warning) };
                let style = if figure.mistake { bold } else { TITLE };
                let node = self.tree.add(owner, Role::Paragraph);
                let lines = self.rich(&figure.title, style, node).lines(taken);
                words.push(Words { lines, style, x, owner: node });
            }
            // Narrow pictures are close together, broad ones share the width.
            x += (taken + 2.0 * GAP).min(limit.0 + GAP);
        }
        // All titles are below the tallest picture; a description of a picture that is not drawn is above its title.
        let mut bottoms: Vec<(f32, f32)> = Vec::new();
        let first = if tallest > 0.0 { tallest + 3.0 } else { 0.0 };
        for Words { lines, style, x, owner } in &words {
            let mut y = bottoms.iter().rev().find(|(known, _)| known == x).map_or(first, |(_, bottom)| *bottom);
            for line in lines.iter() {
                items.extend(self.line(line, (*x, y), *style, *owner));
                y += style.leading;
            }
            bottoms.push((*x, y));
        }
        let height = bottoms.iter().map(|(_, bottom)| *bottom).fold(tallest, f32::max);
        FlowBox { height, items, ..FlowBox::default() }
    }

    /// The sign of a mistake in the corner of a picture, which is read as the word below.
    fn cross(&self, x: f32) -> Option<Item> {
        let picture = self.resources.drawn.cross(&self.palette)?;
        let (ink, owner) = (Ink::Picture(picture), Owner::Decoration);
        Some(Item { x: x + 2.0, y: 2.0, width: CROSS, height: CROSS, ink, owner })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_side_by_side_stay_readable() {
        for (count, width, wanted) in [(1, 480.0, 1), (2, 480.0, 2), (3, 480.0, 3), (4, 480.0, 2), (5, 480.0, 3)] {
            assert_eq!(across(count, width), wanted, "{count}");
        }
        assert_eq!((across(3, 230.0), across(2, 150.0), across(2, 10.0)), (2, 1, 1));
    }
}
