//! Tables that are too narrow for their longest words: a card for each row, its cells below each other.

use regimen_catalog::prose::{Inline, Inlines, plain_text};
use regimen_export::document::{Column, ColumnRole, ListedCell, LogEntry, Row, Table};

use crate::fonts::Face;
use crate::style::{Colour, MM};
use crate::text::TextStyle;

use super::columns::Need;
use super::flow::FlowBox;
use super::looks::BODY;
use super::tree::Role;
use super::{Area, Item, Layouter};

const NAME: TextStyle = TextStyle { face: Face::Bold, ..BODY };
const LABEL: TextStyle = TextStyle { face: Face::Bold, size: 9.0, leading: 14.0, colour: Colour::MUTED };
/// Tall enough to write a figure in.
const BOX: f32 = 8.0 * MM;
const BOX_LINE: f32 = 0.7;

/// Plain words, their lines with a comma between them.
fn one_line(content: &[Inline]) -> String {
    let lines = content.split(|inline| *inline == Inline::Break).map(plain_text);
    lines.filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join(", ")
}

/// A cell below others.
struct Listed<'t> {
    title: String,
    column: &'t Column,
    content: &'t Inlines,
    log: &'t [LogEntry],
}

/// The cells of a row after the first, in the order in which they stand below each other.
fn listed<'t>(row: &'t Row, table: &'t Table) -> Vec<Listed<'t>> {
    let order: Vec<(usize, String)> = if row.listed.is_empty() {
        table.columns.iter().enumerate().skip(1).map(|(at, column)| (at, one_line(&column.title))).collect()
    } else {
        row.listed.iter().map(|ListedCell { column, title }| (*column, title.clone())).collect()
    };
    let cells = order.into_iter().filter_map(|(at, title)| {
        let log = row.log.get(at).map(Vec::as_slice).unwrap_or_default();
        Some(Listed { title, column: table.columns.get(at)?, content: row.cells.get(at)?, log })
    });
    cells.collect()
}

/// Whether columns would be narrower than their longest words or than a hand needs.
pub(super) fn too_narrow(needs: &[Need], padding: f32, width: f32) -> bool {
    needs.len() > 1 && needs.iter().map(|need| need.least(padding)).sum::<f32>() > width
}

impl Layouter<'_> {
    pub(super) fn stack(&mut self, table: &Table, area: Area) {
        for row in &table.rows {
            let node = self.tree.add(area.owner, Role::Division);
            let area = Area { owner: node, ..area };
            self.flow.space(9.0);
            let style = if row.group { NAME.coloured(self.palette.accent) } else { NAME };
            let first = row.cells.first().filter(|_| row.heading.is_empty()).unwrap_or(&row.heading);
            self.paragraph(first, style, area);
            self.flow.keep_last_with_next();
            if !row.group {
                self.stacked_cells(row, table, area);
            }
        }
    }

    fn stacked_cells(&mut self, row: &Row, table: &Table, area: Area) {
        let start = self.flow.boxes.len();
        let cells = listed(row, table);
        let read = cells.iter().filter(|cell| cell.column.role != ColumnRole::Log && !cell.content.is_empty());
        let facts: Vec<(String, Inlines)> = read.map(|cell| (cell.title.clone(), cell.content.clone())).collect();
        self.facts_below(&facts, area.readable());
        // Empty cells of an author's own table are for writing, too.
        let blank = |cell: &Listed<'_>| cell.content.is_empty() && !table.alignment.is_empty();
        let first = table.columns.iter().zip(&row.cells).take(1).filter(|(column, _)| column.role == ColumnRole::Log);
        let first = first.map(|(column, content)| Listed { title: one_line(&column.title), column, content, log: &[] });
        // A place of which nothing is noted where others of its row are noted is a day on which nothing is done.
        let is_free = |cell: &Listed<'_>| cell.content.is_empty() && cell.log.is_empty() && !row.log.is_empty();
        let is_place = |cell: &Listed<'_>| cell.column.role == ColumnRole::Log && !is_free(cell);
        let to_write = first.chain(cells.into_iter().filter(|cell| is_place(cell) || blank(cell)));
        for Listed { title, content, log, .. } in to_write {
            self.flow.space(4.0);
            let printed = one_line(content);
            let label = if printed.is_empty() { title } else { format!("{title}: {printed}") };
            let node = self.tree.add(area.owner, Role::Paragraph);
            self.form.note(node, log, content);
            self.box_to_write(&label, Area { owner: node, ..area });
        }
        if self.flow.boxes.len() == start {
            let rule = Item::fill(area.x, 1.0, (area.width, 0.5), Colour::HAIRLINE);
            self.flow.push(FlowBox { height: 2.0, items: vec![rule], ..FlowBox::default() });
        }
        // A card stays whole; one that is longer than a page is cut where it must be.
        let last = self.flow.boxes.len() - 1;
        self.flow.boxes[start..last].iter_mut().for_each(|flow_box| flow_box.keep_with_next = true);
    }

    /// A label with an empty box beside it, in its own element.
    fn box_to_write(&mut self, label: &str, area: Area) {
        let node = area.owner;
        let lines = self.setter.plain(label, LABEL).lines(area.width * 0.4 - 8.0);
        let height = BOX.max(lines.len() as f32 * LABEL.leading).min(self.sheet.room() / 2.0);
        let (x, width) = (area.x + area.width * 0.4, area.width * 0.6);
        let rule = |at: (f32, f32), size: (f32, f32)| Item::fill(at.0, at.1, size, Colour::BOX);
        let mut items = vec![
            rule((x, 0.0), (width, BOX_LINE)),
            rule((x, height - BOX_LINE), (width, BOX_LINE)),
            rule((x, 0.0), (BOX_LINE, height)),
            rule((x + width - BOX_LINE, 0.0), (BOX_LINE, height)),
        ];
        let fitting = lines.iter().take((height / LABEL.leading) as usize).enumerate();
        items.extend(fitting.flat_map(|(at, line)| self.line(line, (area.x, at as f32 * LABEL.leading), LABEL, node)));
        items.extend(self.form.room(node, (x + BOX_LINE, BOX_LINE), (width - 2.0 * BOX_LINE, height - 2.0 * BOX_LINE)));
        self.flow.push(FlowBox { height, items, ..FlowBox::default() });
    }
}
