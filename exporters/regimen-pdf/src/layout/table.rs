//! Tables: columns as wide as their content asks, rows that are never cut, a header that comes again on each page.

use regimen_catalog::prose::plain_text;
use regimen_export::document::{Column, ColumnRole, Row, Table};

use crate::fonts::Face;
use crate::style::{Colour, MM};
use crate::text::{Line, Paragraph, TextStyle};

use super::blocks::BODY;
use super::flow::Slab;
use super::tree::{Role, Scope};
use super::{Area, Item, Layouter};

pub(super) const CELL: TextStyle = TextStyle { size: 9.5, leading: 13.0, ..BODY };
const HEADER: TextStyle = TextStyle { face: Face::Bold, size: 9.0, leading: 12.0, ..BODY };
const GROUP: TextStyle = TextStyle { face: Face::Bold, size: 9.5, leading: 13.0, ..BODY };
const ABOVE: f32 = 4.0;
/// Tall enough to write a figure in.
const WRITABLE: f32 = 7.2 * MM;

/// How many lines the pieces have of a row that no page can hold.
const PIECE: usize = 4;

/// Where the columns stand.
struct Grid {
    x: f32,
    width: f32,
    columns: Vec<(f32, f32)>,
    padding: f32,
    roles: Vec<ColumnRole>,
}

/// A row set in lines, with the element of each cell.
struct SetRow {
    cells: Vec<(Vec<Line>, usize)>,
    style: TextStyle,
    group: bool,
}

impl SetRow {
    fn lines(&self) -> usize {
        self.cells.iter().map(|(lines, _)| lines.len()).max().unwrap_or(0)
    }
}

impl Layouter<'_> {
    pub(super) fn table(&mut self, table: &Table, area: Area) {
        if table.columns.is_empty() {
            return;
        }
        let node = self.tree.described(area.owner, Role::Table, &table.summary);
        self.flow.space(8.0);
        let grid = self.grid(table, area);
        let header = self.header_row(table, node, &grid);
        let repeats = self.flow.slabs[header].height <= self.sheet.room() / 3.0;
        let header_height = if repeats { self.flow.slabs[header].height } else { 0.0 };
        for row in &table.rows {
            let set = self.set_row(row, table, node, &grid);
            for slab in self.row_slabs(&set, &grid, self.sheet.room() - header_height) {
                let at = self.flow.push(slab);
                self.flow.slabs[at].header = repeats.then_some(header);
            }
        }
        self.flow.space(11.0);
    }

    fn header_row(&mut self, table: &Table, node: usize, grid: &Grid) -> usize {
        let row = self.tree.add(node, Role::Row);
        let style = HEADER.coloured(self.palette.heading);
        let mut cells = Vec::with_capacity(table.columns.len());
        for (column, (_, width)) in table.columns.iter().zip(&grid.columns) {
            let owner = self.tree.add(row, Role::HeaderCell(Scope::Column));
            let lines = self.rich(&column.title, style, owner).lines(width - 2.0 * grid.padding);
            cells.push((lines, owner));
        }
        let set = SetRow { cells, style, group: false };
        // Even a header without end leaves room for rows.
        let most = (self.sheet.room() / 2.0 / style.leading) as usize;
        let height = set.lines().min(most) as f32 * style.leading + 2.0 * ABOVE + 1.0;
        let mut items = vec![
            Item::fill(grid.x, 0.0, (grid.width, height), self.palette.tint),
            Item::fill(grid.x, height - 1.0, (grid.width, 1.0), self.palette.accent.mixed(Colour([255; 3]), 0.4)),
        ];
        items.extend(self.cell_items(&set, grid, 0..most));
        self.flow.push(Slab { height, items, glued: !table.rows.is_empty(), ..Slab::default() })
    }

    fn set_row(&mut self, row: &Row, table: &Table, node: usize, grid: &Grid) -> SetRow {
        let row_node = self.tree.add(node, Role::Row);
        if row.group {
            let owner = self.tree.add(row_node, Role::Cell(table.columns.len()));
            let style = GROUP.coloured(self.palette.accent);
            let words = row.cells.first().map(|cell| self.rich(cell, style, owner)).unwrap_or_default();
            let lines = words.lines(grid.width - 2.0 * grid.padding);
            return SetRow { cells: vec![(lines, owner)], style, group: true };
        }
        let mut cells = Vec::with_capacity(table.columns.len());
        for (at, (column, (_, width))) in table.columns.iter().zip(&grid.columns).enumerate() {
            let names = column.role == ColumnRole::Name;
            let owner = self.tree.add(row_node, if names { Role::HeaderCell(Scope::Row) } else { Role::Cell(1) });
            let style = if names { TextStyle { face: Face::Bold, ..CELL } } else { CELL };
            let words = row.cells.get(at).map(|cell| self.rich(cell, style, owner)).unwrap_or_default();
            cells.push((words.lines(width - 2.0 * grid.padding), owner));
        }
        SetRow { cells, style: CELL, group: false }
    }

    /// One slab; only a row that is taller than a page comes in pieces.
    fn row_slabs(&self, row: &SetRow, grid: &Grid, room: f32) -> Vec<Slab> {
        let lines = row.lines().max(1);
        let whole = lines as f32 * row.style.leading + 2.0 * ABOVE + 1.0 <= room;
        let most = if whole { lines } else { PIECE };
        let logs = !row.group && grid.roles.contains(&ColumnRole::Log);
        let starts = (0..lines).step_by(most);
        let slabs = starts.map(|start| {
            let count = (lines - start).min(most);
            let last = start + count == lines;
            let padding = if whole { 2.0 * ABOVE } else { ABOVE };
            let content = count as f32 * row.style.leading + padding + 0.5;
            let height = if logs && whole { content.max(WRITABLE) } else { content };
            // A single line stands in the middle of a row made tall for writing.
            let drop = if logs && lines == 1 { (height - content) / 2.0 } else { 0.0 };
            let mut items = if last { self.row_rules(row, grid, height) } else { Vec::new() };
            let cells = self.cell_items(row, grid, start..start + count);
            items.extend(cells.into_iter().map(|item| item.lowered(drop)));
            Slab { height, items, glued: row.group && last, ..Slab::default() }
        });
        slabs.collect()
    }

    fn row_rules(&self, row: &SetRow, grid: &Grid, height: f32) -> Vec<Item> {
        let mut items = vec![Item::fill(grid.x, height - 0.5, (grid.width, 0.5), Colour::HAIRLINE)];
        if row.group {
            return items;
        }
        let mut left = None;
        for ((x, width), role) in grid.columns.iter().zip(&grid.roles) {
            let boxed = *role == ColumnRole::Log;
            if boxed {
                // Neighbours share the line between them.
                if left != Some(ColumnRole::Log) {
                    items.push(Item::fill(*x, 0.0, (0.7, height), Colour::BOX));
                }
                items.push(Item::fill(x + width - 0.7, 0.0, (0.7, height), Colour::BOX));
                // The line above lies on that of the row before.
                for y in [-0.7, height - 0.7] {
                    items.push(Item::fill(*x, y, (*width, 0.7), Colour::BOX));
                }
            }
            left = Some(*role);
        }
        items
    }

    fn cell_items(&self, row: &SetRow, grid: &Grid, lines: std::ops::Range<usize>) -> Vec<Item> {
        let mut items = Vec::new();
        for ((cell, owner), (x, _)) in row.cells.iter().zip(&grid.columns) {
            for (at, line) in cell.iter().enumerate().skip(lines.start).take(lines.len()) {
                let y = ABOVE + (at - lines.start) as f32 * row.style.leading;
                items.extend(self.line(line, (x + grid.padding, y), row.style, *owner));
            }
        }
        items
    }

    fn grid(&mut self, table: &Table, area: Area) -> Grid {
        let count = table.columns.len() as f32;
        let padding = (area.width / count * 0.12).min(6.0);
        let needs: Vec<Need> = (0..table.columns.len()).map(|at| self.need(table, at, padding)).collect();
        let mut x = area.x;
        let columns = share(&needs, area.width).into_iter().map(|width| {
            x += width;
            (x - width, width)
        });
        let columns = columns.collect();
        Grid {
            x: area.x,
            width: area.width,
            columns,
            padding,
            roles: table.columns.iter().map(|column| column.role).collect(),
        }
    }

    fn need(&mut self, table: &Table, at: usize, padding: f32) -> Need {
        let column: &Column = &table.columns[at];
        let mut need = Need { least: 0.0, most: 0.0, role: column.role };
        let mut take = |words: &Paragraph| {
            need.least = need.least.max(words.narrowest() + 2.0 * padding);
            need.most = need.most.max(words.widest() + 2.0 * padding);
        };
        take(&self.setter.plain(&plain_text(&column.title), HEADER));
        let style = if column.role == ColumnRole::Name { TextStyle { face: Face::Bold, ..CELL } } else { CELL };
        for row in table.rows.iter().filter(|row| !row.group) {
            if let Some(cell) = row.cells.get(at) {
                take(&self.setter.rich(cell, style, &mut |_, _| None));
            }
        }
        need
    }
}

/// The width that a column must have and would like to have.
struct Need {
    least: f32,
    most: f32,
    role: ColumnRole,
}

/// Shares the width of a table between its columns; the shares add up to it.
fn share(needs: &[Need], width: f32) -> Vec<f32> {
    let count = needs.len() as f32;
    let logs = needs.iter().filter(|need| need.role == ColumnRole::Log).count() as f32;
    let blank = (width * 0.5 / logs.max(1.0)).min(62.0);
    let least: Vec<f32> = needs
        .iter()
        .map(|need| match need.role {
            ColumnRole::Log => need.least.max(blank * 0.75),
            // An amount and its unit belong on one line if that is possible at all.
            ColumnRole::Amount => need.most.min(80.0).max(need.least),
            ColumnRole::Name | ColumnRole::Text => need.least,
        })
        .map(|least| least.min(width * 0.4).max(width / count * 0.25))
        .collect();
    let most: Vec<f32> = needs
        .iter()
        .zip(&least)
        .map(|(need, least)| if need.role == ColumnRole::Log { need.least.max(blank) } else { need.most }.max(*least))
        .collect();
    let (least_sum, most_sum): (f32, f32) = (least.iter().sum(), most.iter().sum());
    if least_sum >= width {
        return least.iter().map(|share| share * width / least_sum).collect();
    }
    if most_sum > width {
        let spread = (width - least_sum) / (most_sum - least_sum);
        return least.iter().zip(&most).map(|(least, most)| least + (most - least) * spread).collect();
    }
    // What is left goes to those who make use of it: blanks to write in first, then text.
    let greed = |role: ColumnRole| match role {
        ColumnRole::Log => 2.0,
        ColumnRole::Text | ColumnRole::Name => 1.0,
        ColumnRole::Amount => 0.35,
    };
    let all: f32 = needs.iter().zip(&most).map(|(need, most)| greed(need.role) * most.max(40.0)).sum();
    let left = width - most_sum;
    needs.iter().zip(&most).map(|(need, most)| most + left * greed(need.role) * most.max(40.0) / all).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(needs: &[(f32, f32, ColumnRole)]) {
        let needs: Vec<Need> =
            needs.iter().map(|(least, most, role)| Need { least: *least, most: *most, role: *role }).collect();
        let shares = share(&needs, 480.0);
        assert!((shares.iter().sum::<f32>() - 480.0).abs() < 0.1, "{shares:?}");
        assert!(shares.iter().all(|share| *share > 0.0), "{shares:?}");
    }

    #[test]
    fn columns_fill_the_table_exactly() {
        use ColumnRole::{Amount, Log, Name, Text};
        check(&[(30.0, 60.0, Name), (40.0, 300.0, Text), (20.0, 30.0, Amount), (0.0, 0.0, Log)]);
        check(&[(30.0, 900.0, Name), (40.0, 3000.0, Text)]);
        check(&[(900.0, 900.0, Text), (900.0, 900.0, Text)]);
        check(&[(0.0, 0.0, Text); 60]);
        check(&[(0.0, 0.0, Log)]);
    }
}
