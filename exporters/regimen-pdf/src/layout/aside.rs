//! Cards that lie across: pictures in a column at the left, and all else at the right of it.

use regimen_export::document::{Block, Card};

use crate::style::Pictures;

use super::card::Side;
use super::flow::{Flow, FlowBox, height};
use super::{Area, Item, Layouter};

/// How wide the column of pictures is, as a share of the card, and how far from it all else is.
const SHARE: f32 = 0.36;
const GUTTER: f32 = 14.0;
const ABOVE_MUSCLES: f32 = 8.0;
/// How tall pictures are tried, as a share of the room, and whether the figure of the muscles is below them.
const TRIED: [(f32, bool); 9] = [
    (1.0, true),
    (1.0, false),
    (0.85, false),
    (0.75, false),
    (0.65, false),
    (0.55, false),
    (0.45, false),
    (0.35, false),
    (0.25, false),
];

impl Layouter<'_> {
    /// A card below its title, which begins with the box at `start`.
    pub(super) fn card_aside(&mut self, card: &Card, area: Area, [before, stop, after]: [&[Block]; 3], start: usize) {
        let room = self.sheet.bottom - self.sheet.top_first - height(&self.flow.boxes[start..]);
        let (items, taken) = self.pictures_aside(card, Area { width: area.width * SHARE, ..area }, room);
        let left = if items.is_empty() { 0.0 } else { area.width * SHARE + GUTTER };
        let beside = Area { x: area.x + left, width: area.width - left, ..area };
        let first = self.flow.push(FlowBox { items, keep_with_next: true, ..FlowBox::default() });
        self.facts_below(&card.facts, beside);
        let body = Area { in_card: true, ..beside };
        self.instructions([before, stop, after], body);
        if self.side == Side::Both {
            self.codes(&card.codes, beside);
        }
        let text = height(&self.flow.boxes[first..]);
        if text < taken {
            self.flow.keep_last_with_next();
            self.flow.push(FlowBox { height: taken - text, ..FlowBox::default() });
        }
    }

    /// The pictures of a card below each other, as tall as fits, and how tall they are.
    fn pictures_aside(&mut self, card: &Card, area: Area, room: f32) -> (Vec<Item>, f32) {
        let (before, usual) = (self.checkpoint(), self.pictures);
        for (at, (share, with_muscles)) in TRIED.into_iter().enumerate() {
            let outer = std::mem::take(&mut self.flow);
            // The column is all theirs.
            self.pictures = share;
            if let Some(figure) = card.figure.as_ref().filter(|_| self.style.pictures != Pictures::None) {
                self.gallery(figure, area, room, false);
            }
            let muscles = with_muscles.then(|| self.muscles(card.muscles.as_deref(), area.owner)).flatten();
            if let Some(muscles) = muscles {
                self.flow.space(ABOVE_MUSCLES);
                let height = muscles.height;
                let items = muscles.at(area.x, 0.0).collect();
                self.flow.push(FlowBox { height, items, ..FlowBox::default() });
            }
            let Flow { boxes, .. } = std::mem::replace(&mut self.flow, outer);
            self.pictures = usual;
            let tall = height(&boxes);
            if tall <= room || at + 1 == TRIED.len() {
                return (below_each_other(boxes), tall);
            }
            self.go_back_to(&before);
        }
        (Vec::new(), 0.0)
    }
}

/// The items of boxes in their places below each other.
fn below_each_other(boxes: Vec<FlowBox>) -> Vec<Item> {
    let (mut items, mut y) = (Vec::new(), 0.0);
    for (at, flow_box) in boxes.into_iter().enumerate() {
        y += if at > 0 { flow_box.space_before } else { 0.0 };
        items.extend(flow_box.items.into_iter().map(|item| item.lowered(y)));
        y += flow_box.height;
    }
    items
}
