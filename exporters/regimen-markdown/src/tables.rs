//! Tables as pipe tables.

use regimen_catalog::prose::{Alignment, Inline, Inlines};
use regimen_export::document::{ColumnRole, Row, Table};

use crate::escape::TextContext;
use crate::inlines::{Form, write};
use crate::tidy::{Means, tidy_line};

/// Stands between two lines of a cell, because a row is one line.
const LINE_SIGN: &str = " · ";

/// The table, or an empty text if it has no column to show.
pub(crate) fn table(table: &Table, means: Means<'_>) -> String {
    let shown: Vec<usize> = (0..table.columns.len()).filter(|&index| is_read(table, index, means)).collect();
    if shown.is_empty() {
        return String::new();
    }
    let titles = shown.iter().map(|&index| cell(&table.columns[index].title, means));
    let mut lines = vec![line(titles), line(shown.iter().map(|&index| rule(table, index).to_owned()))];
    for row in &table.rows {
        lines.push(if row.group {
            group(row, shown.len(), means)
        } else {
            let cells = shown.iter().map(|&index| row.cells.get(index));
            line(cells.map(|content| content.map(|content| cell(content, means)).unwrap_or_default()))
        });
    }
    lines.join("\n")
}

/// What stands below the title of a column and says how it is aligned.
fn rule(table: &Table, index: usize) -> &'static str {
    match table.alignment.get(index).copied().unwrap_or_default() {
        Alignment::Unset => "---",
        Alignment::Start => ":---",
        Alignment::Centre => ":---:",
        Alignment::End => "---:",
    }
}

/// Nobody has a pen on a web page, so a column that has only room to write is left out.
fn is_read(table: &Table, index: usize, means: Means<'_>) -> bool {
    let mut cells = table.rows.iter().filter(|row| !row.group).filter_map(|row| row.cells.get(index));
    table.columns[index].role != ColumnRole::Log || cells.any(|content| !cell(content, means).is_empty())
}

/// A row that opens a group stands in bold, alone in its row.
fn group(row: &Row, columns: usize, means: Means<'_>) -> String {
    let title = row.cells.iter().find(|cell| !cell.is_empty());
    let title: Inlines = title.cloned().unwrap_or_default();
    let bold = cell(&[Inline::Strong(title)], means);
    let empty = std::iter::repeat_n(String::new(), columns.saturating_sub(1));
    line(std::iter::once(bold).chain(empty))
}

pub(crate) fn cell(content: &[Inline], means: Means<'_>) -> String {
    write(&tidy_line(content, TextContext::Cell, LINE_SIGN, means), Form::of(TextContext::Cell, " ", means))
}

pub(crate) fn line(cells: impl Iterator<Item = String>) -> String {
    let mut line = String::from("|");
    for cell in cells {
        if !cell.is_empty() {
            line.push(' ');
            line.push_str(&cell);
        }
        line.push_str(" |");
    }
    line
}
