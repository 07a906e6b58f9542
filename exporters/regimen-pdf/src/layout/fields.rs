//! What is filled in by hand: labels with a line to write on, and scales to mark.

use regimen_catalog::prose::Inlines;
use regimen_export::document::Scale;

use crate::fonts::Face;
use crate::style::{Colour, MM};
use crate::text::TextStyle;

use super::flow::FlowBox;
use super::looks::{BODY, SMALL};
use super::tree::{Numbering, Role};
use super::{Area, Item, Layouter};

const LABEL: TextStyle = TextStyle { face: Face::Bold, size: 9.0, leading: BODY.leading, colour: Colour::MUTED };
/// A line to write on is at least this long, and this far below the one above it.
const LEAST: f32 = 34.0 * MM;
const TO_WRITE: f32 = 7.0 * MM;
const GAP: f32 = 16.0;
const RULE: f32 = 0.7;
/// How tall the marks of a scale are.
const MARK: f32 = 7.0;

impl Layouter<'_> {
    /// Fields side by side, as many as there is room for.
    pub(super) fn fields(&mut self, fields: &[(String, Inlines)], area: Area) {
        let list = self.tree.add(area.owner, Role::List(Numbering::None));
        let (mut x, mut row) = (area.x, Vec::new());
        let mut rows: Vec<Vec<Item>> = Vec::new();
        let share = (area.width - GAP * (fields.len().saturating_sub(1)) as f32) / fields.len().max(1) as f32;
        for (label, value) in fields {
            let (name, body) = self.tree.item(list, !value.is_empty());
            let plain = label;
            let (label, value) = (self.setter.plain(label, LABEL), self.rich(value, BODY, body));
            let taken = label.widest() + 6.0;
            let wanted = (taken + value.widest()).max(taken + LEAST).max(share).min(area.width);
            if x > area.x && x + wanted > area.x + area.width + 0.1 {
                rows.push(std::mem::take(&mut row));
                x = area.x;
            }
            if let Some(line) = label.lines(area.width).first() {
                row.extend(self.line(line, (x, 0.0), LABEL, name));
            }
            if value.is_empty() {
                self.form.note_line(name, plain);
                row.extend(self.form.room(name, (x + taken, -1.0), (wanted - taken, BODY.leading)));
                row.push(Item::fill(x + taken, BODY.leading - 1.5, (wanted - taken, RULE), Colour::BOX));
            }
            if let Some(line) = value.lines(wanted - taken).first() {
                row.extend(self.line(line, (x + taken, 0.0), BODY, body));
            }
            x += wanted + GAP;
        }
        rows.push(row);
        for items in rows.into_iter().filter(|row| !row.is_empty()) {
            self.flow.space(TO_WRITE - BODY.leading * 0.6);
            self.flow.push(FlowBox { height: BODY.leading, items, ..FlowBox::default() });
        }
        self.flow.space(8.0);
    }

    /// A line from 0 to 10 for each, with the part that is fine drawn thicker.
    pub(super) fn scales(&mut self, scales: &[Scale], area: Area) {
        self.flow.space(8.0);
        let titles: Vec<_> = scales.iter().map(|scale| self.setter.plain(&scale.title, LABEL)).collect();
        let taken = titles.iter().map(crate::text::Paragraph::widest).fold(0.0, f32::max) + 10.0;
        let width = (area.width - taken).min(360.0);
        let step = width / f32::from(Scale::MOST);
        let first = self.flow.boxes.len();
        for (scale, title) in scales.iter().zip(titles) {
            let node = self.tree.add(area.owner, Role::Paragraph);
            let mut items = Vec::new();
            if let Some(line) = title.lines(taken).first() {
                items.extend(self.line(line, (area.x, 0.0), LABEL, node));
            }
            let (x, y) = (area.x + taken, LABEL.leading / 2.0);
            let below = y + MARK / 2.0 + 1.0;
            items.push(Item::fill(x, y - RULE / 2.0, (width, RULE), Colour::TEXT));
            if let Some(limit) = scale.limit.filter(|limit| *limit > 0) {
                items.push(Item::fill(x, y - 1.5, (f32::from(limit) * step, 3.0), self.palette.main));
            }
            for mark in 0..=Scale::MOST {
                let at = x + f32::from(mark) * step;
                items.push(Item::fill(at - RULE / 2.0, y - MARK / 2.0, (RULE, MARK), Colour::TEXT));
                let number = self.setter.plain(&mark.to_string(), SMALL);
                if let Some(line) = number.lines(f32::MAX).first() {
                    items.extend(self.line(line, (at - line.width / 2.0, below), SMALL, node));
                }
            }
            // What the ends mean may be longer than there is room between two numbers.
            for (words, is_most) in [(&scale.least, false), (&scale.most, true)] {
                let words = self.setter.plain(words, SMALL);
                if let Some(line) = words.lines(f32::MAX).first() {
                    let left = if is_most { x + width + step / 4.0 - line.width } else { x - step / 4.0 };
                    items.extend(self.line(line, (left, below + SMALL.leading), SMALL, node));
                }
            }
            let height = below + 2.0 * SMALL.leading;
            self.flow.push(FlowBox { height, items, ..FlowBox::default() });
            self.flow.space(6.0);
        }
        self.flow.keep_short(first, self.sheet.room() / 2.0);
        self.flow.space(8.0);
    }
}
