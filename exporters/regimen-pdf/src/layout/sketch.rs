//! What is drawn rather than taken from a file: the figure of the body with its legend, and QR codes.

use regimen_catalog::prose::Inline;
use regimen_export::document::{Code, MuscleMap};

use crate::picture::body;
use crate::problem::Problem;
use crate::style::{Colour, Pictures};

use super::flow::FlowBox;
use super::looks::SMALL;
use super::tree::Role;
use super::{Area, Ink, Item, Layouter, Owner};

/// How tall the figure of the body is set.
const BODY_HEIGHT: f32 = 104.0;
const SWATCH: f32 = 6.5;
const GAP: f32 = 12.0;

/// Items that belong together, measured from the top left corner of the whole.
#[derive(Debug, Default)]
pub(super) struct Sketch {
    pub(super) items: Vec<Item>,
    pub(super) width: f32,
    pub(super) height: f32,
}

impl Sketch {
    /// Its items, with its upper left corner at a place.
    pub(super) fn at(self, x: f32, y: f32) -> impl Iterator<Item = Item> {
        self.items.into_iter().map(move |item| Item { x: item.x + x, ..item.lowered(y) })
    }
}

impl Layouter<'_> {
    /// The figure of the body with its legend below; none if it is not wanted or shows none of the muscles.
    pub(super) fn muscles(&mut self, map: Option<&MuscleMap>, owner: usize) -> Option<Sketch> {
        let map = map.filter(|_| self.style.pictures == Pictures::All)?;
        let body = self.resources.drawn.body(map, &self.palette)?;
        let figure = self.tree.described(owner, Role::Figure, &map.alt);
        let width = BODY_HEIGHT * body.at_rest.width / body.at_rest.height;
        let picture = |picture| {
            let (ink, owner) = (Ink::Picture(picture), Owner::Node(figure));
            Item { x: 0.0, y: 0.0, width, height: BODY_HEIGHT, ink, owner }
        };
        let mut sketch = Sketch { width, height: BODY_HEIGHT + 4.0, ..Sketch::default() };
        sketch.items.extend([body.at_rest, body.at_work].map(picture));
        for (at, part) in map.parts.iter().enumerate().filter(|(at, _)| body::is_seen(map, *at)) {
            let node = self.tree.add(owner, Role::Paragraph);
            let label = self.setter.plain(&part.label, SMALL);
            let colour = self.palette.muscle(at);
            let y = sketch.height + (SMALL.leading - SWATCH) / 2.0;
            sketch.items.push(Item::fill(0.0, y, (SWATCH, SWATCH), colour));
            if at > 0 {
                let step = SWATCH / 3.0;
                let stripe = |row: f32| {
                    Item::fill(
                        0.0,
                        y + (row + 0.5 - body::STRIPE / 2.0) * step,
                        (SWATCH, step * body::STRIPE),
                        Colour([255; 3]),
                    )
                };
                sketch.items.extend([0.0, 1.0, 2.0].map(stripe));
            }
            for line in label.lines(width - 2.0 * SWATCH).iter() {
                sketch.items.extend(self.line(line, (SWATCH + 5.0, sketch.height), SMALL, node));
                sketch.height += SMALL.leading;
            }
        }
        self.undrawn_muscles(map, owner, &mut sketch);
        Some(sketch)
    }

    /// Names the muscles that the figure does not have, below its key.
    fn undrawn_muscles(&mut self, map: &MuscleMap, owner: usize, sketch: &mut Sketch) {
        let names = body::not_drawn(map);
        if names.is_empty() {
            return;
        }
        let (before, after) = map.not_drawn.split_once("{muscles}").unwrap_or((&map.not_drawn, ""));
        let plain = |text: &str| Inline::Text(text.to_owned());
        let mut note = vec![plain(before)];
        for (at, name) in names.into_iter().enumerate() {
            note.extend((at > 0).then(|| plain(&map.separator)));
            note.extend(name.iter().cloned());
        }
        note.push(plain(after));
        let node = self.tree.add(owner, Role::Paragraph);
        for line in self.rich(&note, SMALL, node).lines(sketch.width).iter() {
            sketch.items.extend(self.line(line, (0.0, sketch.height), SMALL, node));
            sketch.height += SMALL.leading;
        }
    }

    /// Codes for a camera, each with its address beside it.
    pub(super) fn codes(&mut self, codes: &[Code], area: Area) {
        if !self.style.codes || self.style.pictures == Pictures::None {
            return;
        }
        for code in codes {
            match self.resources.drawn.code(&code.address) {
                Ok(picture) => {
                    let node = self.tree.described(area.owner, Role::Figure, &code.alt);
                    let (width, height) = (picture.width, picture.height);
                    let (ink, owner) = (Ink::Picture(picture), Owner::Node(node));
                    let mut items = vec![Item { x: area.x, y: 0.0, width, height, ink, owner }];
                    let node = self.tree.add(area.owner, Role::Paragraph);
                    let caption = self.rich(&code.caption, SMALL, node);
                    let lines = caption.lines(area.readable().width - width - GAP);
                    let mut y = ((height - lines.len() as f32 * SMALL.leading) / 2.0).max(0.0);
                    for line in lines.iter() {
                        items.extend(self.line(line, (area.x + width + GAP, y), SMALL, node));
                        y += SMALL.leading;
                    }
                    self.flow.space(6.0);
                    self.flow.push(FlowBox { height: height.max(y), items, ..FlowBox::default() });
                }
                Err(reason) => {
                    self.problems.push(Problem::Code { address: code.address.clone(), reason });
                    self.flow.space(6.0);
                    self.paragraph(&code.caption, SMALL.coloured(Colour::MUTED), area.readable());
                }
            }
        }
    }
}
