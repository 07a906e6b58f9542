//! Tables: columns as wide as their content asks, rows that are never cut, a header that comes again on each page.

use std::sync::Arc;

use regimen_catalog::prose::{Alignment, Inline};
use regimen_export::document::{Column, ColumnRole, Row, Table};

use crate::fonts::Face;
use crate::style::{Colour, LEAST_TYPE, MM, Pictures};
use crate::text::{Paragraph, TextLine, TextStyle};

use super::captions::Printed;
use super::columns::{Need, reach, share};
use super::facts::Facts;
use super::flow::FlowBox;
use super::looks::{BELOW_PRINT, BODY, CELL, THIRD, header, shown};
use super::loosened::loosened;
use super::stack::too_narrow;
use super::tree::{Role, Scope};
use super::{Area, Item, Layouter};

const GROUP: TextStyle = TextStyle { face: Face::Bold, size: 9.5, leading: 13.0, ..BODY };
const ABOVE: f32 = 4.0;
/// The same where room is dear, and where it is dearest.
const DENSE: f32 = 1.5;
const TIGHT: f32 = 0.8;
/// How far the lines of a cell are apart on a sheet in large print.
const LARGE_LEADING: f32 = 12.0;
/// The most that a picture in a row takes.
const PICTURE: (f32, f32) = (76.0, 50.0);
const BESIDE_PICTURE: f32 = 8.0;
/// Names beside pictures have at least this much room, so that a line has more than a word.
const BESIDE: f32 = 84.0;
/// Room for what is filled in is at least this tall, whatever is printed above it.
const LEAST_ROOM: f32 = 11.0;
/// Tall enough to write a figure in.
const WRITABLE: f32 = 7.2 * MM;

/// So few columns share their width so that the table is lowest where room is dearest.
pub(super) const FEW: usize = 3;

/// The columns of a table and their measures.
struct Grid {
    x: f32,
    width: f32,
    columns: Vec<(f32, f32)>,
    padding: f32,
    roles: Vec<ColumnRole>,
    /// How the author aligned columns.
    alignment: Vec<Alignment>,
    /// How much of the first column is for pictures.
    pictures: f32,
    /// What is free above the text of a row and below it, and below what is printed in a cell to write in.
    above: f32,
    to_write: f32,
    /// The least height of a row to write in.
    writable: f32,
    /// The least height of a row.
    row: f32,
    /// How large its text is, as a share of the usual.
    text: f32,
}

/// What a table needs, and how it gets that.
pub(super) struct Fit {
    pub(super) needs: Vec<Need>,
    /// How much of the first column is for pictures.
    pictures: f32,
    /// How large its text is, as a share of the usual.
    pub(super) text: f32,
    /// The space at both sides of a column.
    pub(super) padding: f32,
}

/// Sizes of the text of tables whose columns are narrower than their words, as shares of the usual: 8.5 and 8 points.
const SMALLER: [f32; 2] = [8.5 / CELL.size, LEAST_TYPE / CELL.size];
/// The space at both sides of their columns.
const LITTLE: f32 = 3.0;

/// A cell set in lines: its first column and its element.
struct Cell {
    at: usize,
    lines: Arc<[TextLine]>,
    owner: usize,
    /// What is written there.
    caption: Paragraph,
}

/// A row set in lines.
struct SetRow {
    cells: Vec<Cell>,
    style: TextStyle,
    group: bool,
    /// Its picture, in the corner of the first cell.
    figure: Option<Item>,
}

impl SetRow {
    fn lines(&self) -> usize {
        self.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0)
    }

    /// How many lines are printed in cells to write in.
    fn lines_to_write_below(&self, grid: &Grid) -> usize {
        let logs = self.cells.iter().filter(|cell| grid.roles.get(cell.at) == Some(&ColumnRole::Log));
        if self.group { 0 } else { logs.map(|cell| cell.lines.len()).max().unwrap_or(0) }
    }

    /// The least height of a row that is not cut, whatever its text takes.
    fn least(&self, grid: &Grid) -> f32 {
        let figure = self.figure.as_ref().map_or(0.0, |figure| figure.height + 2.0 * grid.above);
        let written = match self.lines_to_write_below(grid) {
            0 if !self.group && grid.roles.contains(&ColumnRole::Log) => grid.writable,
            0 => 0.0,
            lines => lines as f32 * self.style.leading + grid.above + grid.to_write,
        };
        figure.max(written).max(if self.group { 0.0 } else { grid.row })
    }
}

impl Layouter<'_> {
    pub(super) fn table(&mut self, table: &Table, area: Area) {
        if table.columns.is_empty() {
            return;
        }
        self.flow.space(8.0);
        let loose;
        let (table, fit) = if let Some(fit) = self.fit(table, area) {
            (table, fit)
        } else {
            let other = self.fit_loosened(table, area).or_else(|| self.fit_in_short(table, area));
            let Some((table, fit)) = other else { return self.table_as_list(table, area) };
            loose = table;
            (&loose, fit)
        };
        let node = self.tree.described(area.owner, Role::Table, &table.summary);
        let grid = self.grid(table, area, &fit);
        let header = self.header_row(table, node, &grid);
        let repeats = self.flow.boxes[header].height <= self.sheet.room() / 3.0;
        let header_height = if repeats { self.flow.boxes[header].height } else { 0.0 };
        let first = self.flow.boxes.len();
        for row in &table.rows {
            let set = self.set_row(row, table, node, &grid);
            for flow_box in self.row_boxes(&set, &grid, self.sheet.room() - header_height) {
                let at = self.flow.push(flow_box);
                self.flow.boxes[at].header = repeats.then_some(header);
            }
        }
        self.flow.keep_ends(first);
        self.flow.keep_whole(header, self.sheet.room() * THIRD);
        self.flow.space(11.0);
    }

    fn table_as_list(&mut self, table: &Table, area: Area) {
        let first = self.flow.boxes.len();
        self.stack(table, area);
        self.flow.keep_whole(first, self.sheet.room() * THIRD);
        self.flow.space(11.0);
    }

    fn header_row(&mut self, table: &Table, node: usize, grid: &Grid) -> usize {
        let row = self.tree.add(node, Role::Row);
        let style = header(&self.sheet).coloured(self.palette.heading).scaled(grid.text);
        let mut cells = Vec::with_capacity(table.columns.len());
        for (at, (column, (_, width))) in table.columns.iter().zip(&grid.columns).enumerate() {
            let owner = self.tree.add(row, Role::HeaderCell(Scope::Column));
            let lines = self.rich(&column.title, style, owner).lines(width - 2.0 * grid.padding);
            cells.push(Cell { at, lines, owner, caption: Paragraph::default() });
        }
        let set = SetRow { cells, style, group: false, figure: None };
        // Even a header without end leaves room for rows.
        let most = (self.sheet.room() / 2.0 / style.leading) as usize;
        let height = set.lines().min(most) as f32 * style.leading + 2.0 * grid.above + 1.0;
        let mut items = vec![
            Item::fill(grid.x, 0.0, (grid.width, height), self.palette.tint),
            Item::fill(grid.x, height - 1.0, (grid.width, 1.0), self.palette.main.mixed(Colour([255; 3]), 0.4)),
        ];
        items.extend(self.cell_items(&set, grid, 0..most));
        self.flow.push(FlowBox { height, items, keep_with_next: !table.rows.is_empty(), ..FlowBox::default() })
    }

    fn set_row(&mut self, row: &Row, table: &Table, node: usize, grid: &Grid) -> SetRow {
        let row_node = self.tree.add(node, Role::Row);
        if row.group {
            let owner = self.tree.add(row_node, Role::Cell(table.columns.len()));
            let style = GROUP.coloured(self.palette.accent).scaled(grid.text);
            let words = row.cells.first().map(|cell| self.rich(cell, style, owner)).unwrap_or_default();
            let lines = words.lines(grid.width - 2.0 * grid.padding);
            return SetRow {
                cells: vec![Cell { at: 0, lines, owner, caption: Paragraph::default() }],
                style,
                group: true,
                figure: None,
            };
        }
        let mut cells = Vec::with_capacity(table.columns.len());
        let mut figure = None;
        let reach = self.reach(row, table, grid);
        for (at, column) in table.columns.iter().enumerate().filter(|(at, _)| *at == 0 || *at >= reach) {
            let names = column.role == ColumnRole::Name && reach == 1;
            let span = if at == 0 { reach } else { 1 };
            let owner = self.tree.add(row_node, if names { Role::HeaderCell(Scope::Row) } else { Role::Cell(span) });
            if let (Some(log), Some(content)) = (row.log.get(at), row.cells.get(at)) {
                self.form.note(owner, log, content);
            }
            if let (0, true, Some(shown)) = (at, grid.pictures > 0.0, &row.figure) {
                let place = (grid.x + grid.padding, 0.0);
                let limit = (PICTURE.0 * self.sheet.pictures, PICTURE.1);
                figure = self.picture_item(shown, place, limit, owner);
            }
            let words = row.cells.get(at).map(|cell| {
                let (content, style) = shown(cell, column.role);
                self.rich(&content, if span > 1 { CELL } else { style }.scaled(grid.text), owner)
            });
            let words = words.unwrap_or_default().in_cell();
            let width: f32 = grid.columns[at..at + span].iter().map(|(_, width)| width).sum();
            let width = if at == 0 { width - grid.pictures } else { width };
            let caption = self.caption_of(row.log.get(at).map(Vec::as_slice).unwrap_or_default());
            cells.push(Cell { at, lines: words.lines(width - 2.0 * grid.padding), owner, caption });
        }
        let leading = if self.is_large_sheet() { LARGE_LEADING } else { CELL.leading };
        let style = TextStyle { leading: leading * self.sheet.leading, ..CELL }.scaled(grid.text);
        SetRow { cells, style, group: false, figure }
    }

    /// How many columns the first cell takes: those beside it only if it needs them.
    fn reach(&mut self, row: &Row, table: &Table, grid: &Grid) -> usize {
        let (free, Some(cell)) = (reach(row, table), row.cells.first()) else { return 1 };
        let (content, style) = shown(cell, table.columns[0].role);
        let words = self.setter.rich(&content, style.scaled(grid.text), &mut |_, _| None);
        let fits = words.widest() <= grid.columns[0].1 - grid.pictures - 2.0 * grid.padding + 0.1;
        if fits { 1 } else { free }
    }

    /// One box; only a row that is taller than a page comes in pieces, a line each.
    fn row_boxes(&self, row: &SetRow, grid: &Grid, room: f32) -> Vec<FlowBox> {
        let lines = row.lines().max(1);
        let above = grid.above;
        let needed = (lines as f32 * row.style.leading + 2.0 * above).max(row.least(grid));
        let whole = needed + 1.0 <= room;
        let most = if whole { lines } else { 1 };
        // A single line is in the middle of a row made tall for writing.
        let centred = lines == 1 && row.figure.is_none() && row.lines_to_write_below(grid) == 0;
        let starts = (0..lines).step_by(most);
        let boxes = starts.map(|start| {
            let count = (lines - start).min(most);
            let last = start + count == lines;
            // Within the row, line follows line as in any text.
            let (top, bottom) = (if start == 0 { above } else { 0.0 }, if last { above + 0.5 } else { 0.0 });
            let content = count as f32 * row.style.leading + top + bottom;
            let height = if whole { content.max(row.least(grid)) } else { content };
            // No single line is left at either end.
            let ends = !whole && lines > 2 && (start == 0 || start + 2 == lines);
            let keep_with_next = ends || row.group && last;
            if self.only_counts {
                let items = vec![Item::room(grid.x, grid.width, height)];
                return FlowBox { height, items, keep_with_next, ..FlowBox::default() };
            }
            let drop = if centred { (height - content) / 2.0 } else { top - above };
            let mut items = if last { self.row_rules(row, grid, height) } else { Vec::new() };
            let cells = self.cell_items(row, grid, start..start + count);
            let figure = row.figure.iter().filter(|_| start == 0 && whole);
            items.extend(figure.map(|figure| figure.clone().lowered(above)));
            items.extend(cells.into_iter().map(|item| item.lowered(drop)));
            FlowBox { height, items, keep_with_next, ..FlowBox::default() }
        });
        boxes.collect()
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
                // The line above covers that of the row before.
                for y in [-0.7, height - 0.7] {
                    items.push(Item::fill(*x, y, (*width, 0.7), Colour::BOX));
                }
            }
            left = Some(*role);
        }
        for cell in &row.cells {
            let (x, width) = grid.columns[cell.at];
            let printed =
                if cell.lines.is_empty() { 0.0 } else { grid.above + cell.lines.len() as f32 * row.style.leading };
            let last = cell.lines.last().map_or(0.0, |line| line.width);
            let place = Printed { right: x + width, bottom: height, below: printed, end: x + grid.padding + last };
            items.extend(self.write_here(&cell.caption, place, cell.owner));
            let top = printed.min((height - LEAST_ROOM).max(0.0));
            items.extend(self.form.room(cell.owner, (x, top), (width - 0.7, height - 0.7 - top)));
        }
        items
    }

    fn cell_items(&self, row: &SetRow, grid: &Grid, lines: std::ops::Range<usize>) -> Vec<Item> {
        let mut items = Vec::new();
        for cell in &row.cells {
            let (x, width) = grid.columns[cell.at];
            let pictures = if cell.at == 0 && !row.group { grid.pictures } else { 0.0 };
            let (x, room) = (x + pictures, width - pictures - 2.0 * grid.padding);
            // A name that reaches over other columns is no longer in one.
            let alignment = grid.alignment.get(cell.at).copied().filter(|_| !row.group).unwrap_or_default();
            for (at, line) in cell.lines.iter().enumerate().skip(lines.start).take(lines.len()) {
                let y = grid.above + (at - lines.start) as f32 * row.style.leading;
                let free = (room - line.width).max(0.0);
                let inset = match alignment {
                    Alignment::Unset | Alignment::Start => 0.0,
                    Alignment::Centre => free / 2.0,
                    Alignment::End => free,
                };
                items.extend(self.line(line, (x + grid.padding + inset, y), row.style, cell.owner));
            }
        }
        items
    }
}

/// A table with shorter words above its columns; `None` if it has none of those that have a short form.
fn in_short(table: &Table, words: &[(String, String)]) -> Option<Table> {
    let short = |inline: &Inline| match inline {
        Inline::Text(text) => {
            words.iter().find(|(whole, _)| whole == text).map(|(_, short)| Inline::Text(short.clone()))
        }
        _ => None,
    };
    let columns = table.columns.iter().map(|column| {
        let title = column.title.iter().map(|inline| short(inline).unwrap_or_else(|| inline.clone())).collect();
        Column { title, role: column.role }
    });
    let columns: Vec<Column> = columns.collect();
    (columns != table.columns).then(|| Table { columns, ..table.clone() })
}

/// The space at both sides of a column.
fn padding(table: &Table, area: Area) -> f32 {
    (area.width / table.columns.len() as f32 * 0.12).min(6.0)
}

impl Layouter<'_> {
    /// What columns need with pictures in the first one, and how much of it these take: nothing if they are not wanted,
    /// or if there is no room for them beside the words.
    fn with_pictures(&self, table: &Table, needs: Vec<Need>, padding: f32, width: f32) -> (Vec<Need>, f32) {
        let wanted = self.style.pictures != Pictures::None && table.rows.iter().any(|row| row.figure.is_some());
        let pictures = if wanted { PICTURE.0 * self.sheet.pictures + BESIDE_PICTURE } else { 0.0 };
        let mut wider = needs.clone();
        for need in wider.iter_mut().take(1) {
            need.word = need.word.max(BESIDE) + pictures;
            need.whole += pictures;
        }
        let fits = wider.iter().map(|need| need.least(padding)).sum::<f32>() <= width;
        if wanted && fits { (wider, pictures) } else { (needs, 0.0) }
    }

    /// What the columns of a table need; `None` if they are narrower than their words at any size.
    fn fit(&mut self, table: &Table, area: Area) -> Option<Fit> {
        let needs = self.needs(table, 1.0);
        let most = if self.sheet.is_dearest() { LITTLE } else { f32::MAX };
        let padding = padding(table, area).min(most);
        let (needs, pictures) = self.with_pictures(table, needs, padding, area.width);
        if table.rows.is_empty() || !too_narrow(&needs, padding, area.width) {
            return Some(Fit { needs, pictures, text: 1.0, padding });
        }
        self.fit_to_tick(needs, area).or_else(|| {
            let smaller = self.may_be_smaller(table);
            smaller.then(|| self.fit_smaller(table, area, |layouter, text| layouter.needs(table, text)))?
        })
    }

    /// What is needed in columns to tick, not to write in, with little space at their sides; `None` if there is room to write.
    fn fit_to_tick(&self, needs: Vec<Need>, area: Area) -> Option<Fit> {
        let needs: Vec<Need> = needs.into_iter().map(|need| Need { by_hand: false, ..need }).collect();
        let padding = (area.width / needs.len() as f32 * 0.12).min(LITTLE);
        let fits = self.sheet.dense && !too_narrow(&needs, padding, area.width);
        fits.then_some(Fit { needs, pictures: 0.0, text: 1.0, padding })
    }

    /// The same table with shorter words above its columns, and what it needs.
    fn fit_in_short(&mut self, table: &Table, area: Area) -> Option<(Table, Fit)> {
        let short = in_short(table, self.in_short)?;
        let needs = self.needs_of(&[&short], 1.0);
        let padding = padding(&short, area);
        if !too_narrow(&needs, padding, area.width) {
            return Some((short, Fit { needs, pictures: 0.0, text: 1.0, padding }));
        }
        self.fit_to_tick(needs, area).map(|fit| (short, fit))
    }

    /// The same table with amounts that may be parted at the ends of lines, and what it needs.
    fn fit_loosened(&mut self, table: &Table, area: Area) -> Option<(Table, Fit)> {
        if !self.may_be_smaller(table) {
            return None;
        }
        let loose = loosened(table);
        let fit = self.fit_smaller(&loose, area, |layouter, text| layouter.needs_of(&[&loose], text))?;
        Some((loose, fit))
    }

    /// What a table needs in the largest of the smaller types in which its words fit; nothing is smaller than can be read.
    fn fit_smaller(&mut self, table: &Table, area: Area, needs: impl Fn(&mut Self, f32) -> Vec<Need>) -> Option<Fit> {
        let padding = padding(table, area).min(LITTLE);
        let least = self.setter.least / CELL.size;
        SMALLER.into_iter().filter(|text| *text >= least).find_map(|text| {
            let needs = needs(self, text);
            let fits = !too_narrow(&needs, padding, area.width);
            fits.then_some(Fit { needs, pictures: 0.0, text, padding })
        })
    }

    /// Tables of authors have columns for running text; pages to put up and large print choose their size as a whole.
    fn may_be_smaller(&self, table: &Table) -> bool {
        let is_written_in = table.columns.iter().any(|column| column.role == ColumnRole::Log);
        !is_written_in && table.alignment.is_empty() && !self.sheet.dense && !self.style.large_print.is_large()
    }

    fn grid(&mut self, table: &Table, area: Area, fit: &Fit) -> Grid {
        let Fit { needs, pictures, text, padding } = fit;
        let (pictures, padding) = (*pictures, *padding);
        let mut x = area.x;
        let mut widths = share(needs, padding, area.width);
        let is_dear = self.sheet.is_dearest() && table.columns.len() <= FEW;
        if self.sheet.leading < 1.0 || is_dear || *text < 1.0 {
            widths = self.lowest(table, widths, fit);
        } else if self.facts == Facts::Large {
            // Sheets in large print are set many times on pages of one size.
            let known = self.lowest.iter().find(|(fair, _)| *fair == widths).map(|(_, lowest)| lowest.clone());
            widths = known.unwrap_or_else(|| {
                let lowest = self.lowest(table, widths.clone(), fit);
                self.lowest.push((widths, lowest.clone()));
                lowest
            });
        }
        let columns = widths.into_iter().map(|width| {
            x += width;
            (x - width, width)
        });
        let columns = columns.collect();
        let dense = self.sheet.dense;
        let close = if self.sheet.is_dearest() { TIGHT } else { DENSE * self.sheet.leading };
        Grid {
            x: area.x,
            width: area.width,
            columns,
            padding,
            roles: table.columns.iter().map(|column| column.role).collect(),
            alignment: table.alignment.clone(),
            pictures,
            above: if dense { close } else { ABOVE },
            // What is put up is ticked, not written on.
            to_write: if dense { close } else { BELOW_PRINT * self.writing },
            writable: WRITABLE * self.writing,
            row: self.sheet.row,
            text: *text,
        }
    }
}
