//! Lists: labels beside their items, close together, or half a line apart where most items are long.

use regimen_catalog::prose::Inline;
use regimen_export::document::Block;

use crate::fonts::Face;
use crate::text::{Paragraph, TextStyle, checkbox};

use super::blocks::BETWEEN;
use super::flow::FlowBox;
use super::looks::BODY;
use super::tree::{Numbering, Role};
use super::{Area, Layouter};

/// Whether an item of a task list is ticked; none if it has no box.
fn ticked(item: &[Block]) -> Option<bool> {
    match item.first() {
        Some(Block::Paragraph(content)) => match content.first() {
            Some(Inline::Checkbox(ticked)) => Some(*ticked),
            _ => None,
        },
        _ => None,
    }
}

impl Layouter<'_> {
    pub(super) fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], area: Area) {
        let numbering = if start.is_some() { Numbering::Decimal } else { Numbering::Disc };
        let list = self.tree.add(area.owner, Role::List(numbering));
        let style = TextStyle { face: Face::Bold, ..BODY.coloured(self.palette.accent) };
        let labels: Vec<String> = (0_u64..)
            .zip(items)
            .map(|(at, item)| match (start, ticked(item)) {
                (Some(first), _) => format!("{}.", first.saturating_add(at)),
                (None, Some(ticked)) => checkbox(ticked).to_string(),
                (None, None) => "•".to_owned(),
            })
            .collect();
        let labels: Vec<Paragraph> = labels.iter().map(|label| self.setter.plain(label, style)).collect();
        let widest = labels.iter().map(Paragraph::widest).fold(0.0, f32::max);
        let indent = (widest + 6.0).max(if start.is_some() { 18.0 } else { 14.0 });
        self.flow.space(BETWEEN);
        let mut starts = Vec::with_capacity(items.len());
        for (label, item) in labels.iter().zip(items) {
            let (owner, body) = self.tree.item(list, true);
            let first = self.flow.boxes.len();
            let inner = area.readable().indented(indent, body);
            // Off the grid, where room is dear, a little space is enough.
            self.flow.space(if self.sheet.grid > 0.0 { 0.0 } else { 3.0 });
            let cramped = inner.x < area.x + indent;
            if cramped {
                // Nested too deeply to be beside its text, the label is above it.
                self.label(label, style, first, Area { owner, ..inner });
                self.flow.keep_last_with_next();
            }
            for (at, block) in item.iter().enumerate() {
                // Paragraphs of a list are closer than those of the page.
                if let Block::Paragraph(content) = block {
                    // The box of a task is the label of its item.
                    let boxed = at == 0 && start.is_none() && ticked(item).is_some();
                    let content = if boxed { &content[1..] } else { content };
                    self.flow.space(if at == 0 { 0.0 } else { BETWEEN });
                    self.paragraph(content, BODY, inner);
                } else {
                    self.blocks(std::slice::from_ref(block), inner);
                }
            }
            // An item without content is read as its label.
            let owner = if self.flow.boxes.len() == first { body } else { owner };
            if !cramped {
                self.label(label, style, first, Area { x: inner.x - indent, owner, ..inner });
            }
            starts.push(first);
        }
        if !area.in_card {
            self.part_long_items(&starts);
        }
        self.keep_ends(&starts);
        self.flow.space(BETWEEN);
    }

    /// Half a line between the items of a list of which most take several lines; not in columns, which are on whole lines.
    fn part_long_items(&mut self, starts: &[usize]) {
        let boxes = &mut self.flow.boxes;
        let ends = starts.iter().skip(1).copied().chain([boxes.len()]);
        let long = starts.iter().zip(ends).filter(|(start, end)| *end - **start > 1).count();
        if 2 * long > starts.len() && self.sheet.grid == BETWEEN {
            for start in starts.iter().skip(1) {
                boxes[*start].space_before = boxes[*start].space_before.max(BETWEEN);
            }
        }
    }

    /// A single line at either end of a list stays with its neighbour.
    fn keep_ends(&mut self, starts: &[usize]) {
        let boxes = &mut self.flow.boxes;
        if let [first, second, ..] = starts
            && second - first == 1
        {
            boxes[*first].keep_with_next = true;
        }
        if let [.., before, last] = starts
            && boxes.len() - last == 1
            && last > before
        {
            boxes[last - 1].keep_with_next = true;
        }
    }

    /// Puts the label of a list item at the left of an area, beside the item's first box.
    fn label(&mut self, label: &Paragraph, style: TextStyle, first: usize, area: Area) {
        let line = label.lines(f32::MAX).first().cloned().unwrap_or_default();
        let mut items = self.line(&line, (area.x, 0.0), style, area.owner);
        if let Some(flow_box) = self.flow.boxes.get_mut(first) {
            items.append(&mut flow_box.items);
            flow_box.items = items;
            flow_box.height = flow_box.height.max(style.leading);
        } else {
            self.flow.push(FlowBox { height: style.leading, grid: Some(0.0), items, ..FlowBox::default() });
        }
    }
}
