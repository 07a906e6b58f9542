//! Tables: columns as wide as their content asks, rows that are never cut, a header that comes again on each page.

use regimen_export::document::{ColumnRole, Row, Table};

use crate::fonts::Face;
use crate::style::{Colour, MM};
use crate::text::{Line, TextStyle};

use super::blocks::BODY;
use super::columns::{Need, reach, share};
use super::flow::Slab;
use super::stack::too_narrow;
use super::tree::{Role, Scope};
use super::{Area, Item, Layouter};

pub(super) const CELL: TextStyle = TextStyle { size: 9.5, leading: 13.0, ..BODY };
pub(super) const HEADER: TextStyle = TextStyle { face: Face::Bold, size: 9.0, leading: 12.0, ..BODY };
const GROUP: TextStyle = TextStyle { face: Face::Bold, size: 9.5, leading: 13.0, ..BODY };
const ABOVE: f32 = 4.0;
/// Tall enough to write a figure in.
const WRITABLE: f32 = 7.2 * MM;

/// How the cells of a column look.
pub(super) const fn cell_style(role: ColumnRole) -> TextStyle {
    match role {
        ColumnRole::Name => TextStyle { face: Face::Bold, ..CELL },
        ColumnRole::Text | ColumnRole::Amount | ColumnRole::Log => CELL,
    }
}

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

/// A cell set in lines: its first column and its element.
struct Cell {
    at: usize,
    lines: Vec<Line>,
    owner: usize,
}

/// A row set in lines.
struct SetRow {
    cells: Vec<Cell>,
    style: TextStyle,
    group: bool,
}

impl SetRow {
    fn lines(&self) -> usize {
        self.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0)
    }
}

impl Layouter<'_> {
    pub(super) fn table(&mut self, table: &Table, area: Area) {
        if table.columns.is_empty() {
            return;
        }
        self.flow.space(8.0);
        let needs = self.needs(table);
        let padding = padding(table, area);
        if too_narrow(&needs, padding, area.width) && !table.rows.is_empty() {
            self.stack(table, area);
            return self.flow.space(11.0);
        }
        let node = self.tree.described(area.owner, Role::Table, &table.summary);
        let grid = grid(table, area, (&needs, padding));
        let header = self.header_row(table, node, &grid);
        let repeats = self.flow.slabs[header].height <= self.sheet.room() / 3.0;
        let header_height = if repeats { self.flow.slabs[header].height } else { 0.0 };
        let first = self.flow.slabs.len();
        for row in &table.rows {
            let set = self.set_row(row, table, node, &grid);
            for slab in self.row_slabs(&set, &grid, self.sheet.room() - header_height) {
                let at = self.flow.push(slab);
                self.flow.slabs[at].header = repeats.then_some(header);
            }
        }
        self.flow.keep_ends(first);
        self.flow.space(11.0);
    }

    fn header_row(&mut self, table: &Table, node: usize, grid: &Grid) -> usize {
        let row = self.tree.add(node, Role::Row);
        let style = HEADER.coloured(self.palette.heading);
        let mut cells = Vec::with_capacity(table.columns.len());
        for (at, (column, (_, width))) in table.columns.iter().zip(&grid.columns).enumerate() {
            let owner = self.tree.add(row, Role::HeaderCell(Scope::Column));
            let lines = self.rich(&column.title, style, owner).lines(width - 2.0 * grid.padding);
            cells.push(Cell { at, lines, owner });
        }
        let set = SetRow { cells, style, group: false };
        // Even a header without end leaves room for rows.
        let most = (self.sheet.room() / 2.0 / style.leading) as usize;
        let height = set.lines().min(most) as f32 * style.leading + 2.0 * ABOVE + 1.0;
        let mut items = vec![
            Item::fill(grid.x, 0.0, (grid.width, height), self.palette.tint),
            Item::fill(grid.x, height - 1.0, (grid.width, 1.0), self.palette.main.mixed(Colour([255; 3]), 0.4)),
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
            return SetRow { cells: vec![Cell { at: 0, lines, owner }], style, group: true };
        }
        let mut cells = Vec::with_capacity(table.columns.len());
        let reach = self.reach(row, table, grid);
        for (at, column) in table.columns.iter().enumerate().filter(|(at, _)| *at == 0 || *at >= reach) {
            let names = column.role == ColumnRole::Name && reach == 1;
            let span = if at == 0 { reach } else { 1 };
            let owner = self.tree.add(row_node, if names { Role::HeaderCell(Scope::Row) } else { Role::Cell(span) });
            let style = if span > 1 { CELL } else { cell_style(column.role) };
            let words = row.cells.get(at).map(|cell| self.rich(cell, style, owner)).unwrap_or_default();
            // An amount is read at a glance.
            let words = if column.role == ColumnRole::Amount { words.unhyphenated() } else { words };
            let width: f32 = grid.columns[at..at + span].iter().map(|(_, width)| width).sum();
            cells.push(Cell { at, lines: words.lines(width - 2.0 * grid.padding), owner });
        }
        SetRow { cells, style: CELL, group: false }
    }

    /// How many columns the first cell takes: those beside it only if it needs them.
    fn reach(&mut self, row: &Row, table: &Table, grid: &Grid) -> usize {
        let (free, Some(cell)) = (reach(row, &table.columns), row.cells.first()) else { return 1 };
        let words = self.setter.rich(cell, cell_style(table.columns[0].role), &mut |_, _| None);
        let fits = words.widest() <= grid.columns[0].1 - 2.0 * grid.padding + 0.1;
        if fits { 1 } else { free }
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
        for cell in &row.cells {
            let (x, _) = grid.columns[cell.at];
            for (at, line) in cell.lines.iter().enumerate().skip(lines.start).take(lines.len()) {
                let y = ABOVE + (at - lines.start) as f32 * row.style.leading;
                items.extend(self.line(line, (x + grid.padding, y), row.style, cell.owner));
            }
        }
        items
    }
}

/// The space at both sides of a column.
fn padding(table: &Table, area: Area) -> f32 {
    (area.width / table.columns.len() as f32 * 0.12).min(6.0)
}

fn grid(table: &Table, area: Area, (needs, padding): (&[Need], f32)) -> Grid {
    let mut x = area.x;
    let columns = share(needs, padding, area.width).into_iter().map(|width| {
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
