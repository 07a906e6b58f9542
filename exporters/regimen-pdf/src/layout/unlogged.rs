//! Documents for those who write nothing down: columns to write in are left out, or only read.

use regimen_catalog::prose::{Inline, Inlines};
use regimen_export::document::{Block, Column, ColumnRole, Document, ListedCell, Row, Table, Work, WorkTime};

/// The same document without room to write.
pub(super) fn unlogged(document: &Document) -> Document {
    Document { blocks: blocks(&document.blocks), ..document.clone() }
}

fn blocks(all: &[Block]) -> Vec<Block> {
    all.iter().filter(|block| !matches!(block, Block::Scales(_))).map(block).collect()
}

fn block(one: &Block) -> Block {
    match one {
        Block::Table(table) => Block::Table(to_read(table)),
        Block::Fields(fields) => Block::Fields(fields.iter().filter(|(_, value)| !value.is_empty()).cloned().collect()),
        Block::Work(work) => Block::Work(Box::new(read_only(work))),
        other => other.with_children(blocks),
    }
}

/// Times of which nothing is said go.
fn read_only(work: &Work) -> Work {
    let times = work.times.iter().map(|time| WorkTime {
        content: without_boxes(&time.content),
        log: Vec::new(),
        ..time.clone()
    });
    let times = times.filter(|time| !time.content.is_empty()).collect();
    Work { times, by_days: work.by_days.as_ref().map(to_read), ..work.clone() }
}

/// Columns without a word in any row go; what is printed in the others is an amount.
fn to_read(table: &Table) -> Table {
    let has_words = |at: usize| table.rows.iter().any(|row| row.cells.get(at).is_some_and(|cell| !cell.is_empty()));
    let kept: Vec<usize> =
        (0..table.columns.len()).filter(|at| table.columns[*at].role != ColumnRole::Log || has_words(*at)).collect();
    let columns = kept.iter().map(|at| &table.columns[*at]).map(|column| match column.role {
        ColumnRole::Log => Column { role: ColumnRole::Amount, ..column.clone() },
        _ => column.clone(),
    });
    let alignment = kept.iter().filter_map(|at| table.alignment.get(*at).copied()).collect();
    let cell = |row: &Row, at: usize| {
        let is_log = table.columns[at].role == ColumnRole::Log && !row.group;
        row.cells.get(at).map(|cell| if is_log { without_boxes(cell) } else { cell.clone() })
    };
    let listed = |row: &Row| {
        let column = |of: usize| kept.iter().position(|at| *at == of);
        let cells =
            row.listed.iter().filter_map(|cell| Some(ListedCell { column: column(cell.column)?, ..cell.clone() }));
        cells.collect()
    };
    let rows = table.rows.iter().map(|row| Row {
        cells: kept.iter().filter_map(|at| cell(row, *at)).collect(),
        listed: listed(row),
        log: Vec::new(),
        ..row.clone()
    });
    Table { summary: table.summary.clone(), alignment, columns: columns.collect(), rows: rows.collect() }
}

/// The lines of a cell that are not boxes to tick.
fn without_boxes(cell: &[Inline]) -> Inlines {
    let lines = cell.split(|inline| *inline == Inline::Break);
    let is_box = |inline: &Inline| match inline {
        Inline::Checkbox(_) => true,
        Inline::Text(between) => between == " ",
        _ => false,
    };
    let read = lines.filter(|line| !line.iter().all(is_box));
    read.collect::<Vec<_>>().join(&Inline::Break)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_only_written_on_goes_and_what_is_printed_stays() {
        let text = |words: &str| if words.is_empty() { Vec::new() } else { vec![Inline::Text(words.into())] };
        let columns = [("Exercise", ColumnRole::Name), ("Week 1", ColumnRole::Log), ("Notes", ColumnRole::Log)];
        let columns = columns.map(|(title, role)| Column { title: text(title), role });
        let rows = [["Curl", "3 × 8", ""], ["Raise", "", ""]];
        let rows = rows.map(|cells| Row {
            cells: cells.map(text).into(),
            group: false,
            figure: None,
            listed: Vec::new(),
            heading: Vec::new(),
            log: Vec::new(),
        });
        let table = Table { summary: String::new(), alignment: Vec::new(), columns: columns.into(), rows: rows.into() };
        let nested = Block::Quote(vec![Block::List { start: None, items: vec![vec![Block::Table(table)]] }]);
        let Block::Quote(inner) = block(&nested) else { panic!("a quote") };
        let [Block::List { items, .. }] = inner.as_slice() else { panic!("a list") };
        let [Block::Table(table)] = items[0].as_slice() else { panic!("a table") };
        assert_eq!(
            table.columns.iter().map(|column| column.role).collect::<Vec<_>>(),
            [ColumnRole::Name, ColumnRole::Amount]
        );
        assert!(table.rows.iter().all(|row| row.cells.len() == 2));
    }
}
