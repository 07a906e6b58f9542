//! Footnotes: numbered notes below a short line, each with the way back to where it is referred to.

use regimen_export::document::Block;

use crate::style::Colour;
use crate::text::TextStyle;

use super::blocks::BETWEEN;
use super::flow::{Anchor, FlowBox};
use super::links::note_anchor;
use super::looks::BODY;
use super::tree::Role;
use super::{Area, Item, Layouter};

/// The text of a footnote: smaller than running text, and on its grid.
const NOTE: TextStyle = TextStyle { size: 9.0, ..BODY };
/// How far a short line reaches.
const LINE: f32 = 90.0;

impl Layouter<'_> {
    pub(super) fn footnotes(&mut self, notes: &[Vec<Block>], area: Area) {
        self.met.has_notes = true;
        self.flow.space(2.0 * BETWEEN);
        let rule = Item::fill(area.x, 0.0, (LINE, 0.6), Colour::MUTED);
        self.flow.push(FlowBox { height: 0.6, items: vec![rule], keep_with_next: true, ..FlowBox::default() });
        let widest = self.setter.plain(&notes.len().to_string(), NOTE).widest();
        for (number, note) in (1..).zip(notes) {
            self.flow.space(2.0);
            let node = self.tree.add(area.owner, Role::Note(number));
            let label = self.tree.add(node, Role::Label);
            let first = self.flow.boxes.len();
            let inner = area.readable().indented(widest + 8.0, node);
            for block in note {
                match block {
                    Block::Paragraph(content) => self.paragraph(content, NOTE, inner),
                    other => self.blocks(std::slice::from_ref(other), inner),
                }
            }
            self.note_number(number, label, first, inner.x.min(area.x));
            let anchor = Anchor { name: note_anchor(number), bookmark: None };
            self.flow.boxes[first].destinations.push(anchor);
        }
        self.flow.space(BETWEEN);
    }

    /// The number of a footnote beside its first line, which leads back.
    fn note_number(&mut self, number: u32, label: usize, first: usize, x: f32) {
        let style = NOTE.coloured(self.palette.accent);
        let words = self.setter.plain(&number.to_string(), style);
        let mut line = words.lines(f32::MAX).first().cloned().unwrap_or_default();
        let mut owner = label;
        if let Some(link) = self.links.lead_back(number, label, &mut self.tree) {
            owner = self.links.all[link].node;
            line.parts.iter_mut().for_each(|part| (part.link, part.node) = (Some(link), Some(owner)));
        }
        let mut items = self.line(&line, (x, 0.0), style, owner);
        match self.flow.boxes.get_mut(first) {
            Some(flow_box) => {
                items.append(&mut flow_box.items);
                flow_box.items = items;
                flow_box.height = flow_box.height.max(style.leading);
            }
            None => {
                self.flow.push(FlowBox { height: style.leading, grid: Some(0.0), items, ..FlowBox::default() });
            }
        }
    }
}
