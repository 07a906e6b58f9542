//! Tables of values beside programmes: comma-separated values (RFC 4180), with semicolons or tabs as spreadsheets write
//! them where the comma is in numbers.
//!
//! The reader is our own because findings need the bytes of each cell, which libraries for such files do not tell.

mod empty;
mod heading;
mod rows;

use std::ops::Range;
use std::sync::Arc;

use crate::yaml;
use regimen_model::diagnostic::{Diagnostic, FilePath, Place, Severity};
use regimen_model::hidden::hidden;
use regimen_model::language::Language;
use regimen_model::model::{Cell, Day, TableName, UnreadCell};
use regimen_model::source::{Index, Node, Syntax};
use regimen_model::suggest::Suggestions;

use empty::{empty_weeks, is_empty, without_empty_ends};
use heading::{Column, Days, OWN, WEEK, columns, days, is_marked, names_days};
use rows::{CellText, MOST_COLUMNS, MOST_ROWS, Rows, Surplus, rows};

/// The most findings for one table.
const MOST: usize = 20;

/// How places in a table are found: a row for each week, in it a cell for each day.
pub(super) const TABLE: Syntax = Syntax { index, touching_comments: |_, _| Vec::new() };

/// Whether a file is a table beside programmes, by its path.
pub(super) fn is_table(file: &str) -> bool {
    let name = file.strip_prefix("programs/").filter(|name| !name.contains('/') && !name.starts_with('.'));
    name.is_some_and(|name| name.ends_with(TableName::ENDING))
}

/// The text of a table, as far as it can be shown, and what it says for so many weeks. `language` is that of the catalogue.
pub(super) fn of(
    bytes: &[u8],
    file: &FilePath,
    weeks: u32,
    language: Option<&Language>,
) -> (Arc<str>, Result<Table, Vec<Diagnostic>>) {
    match yaml::utf8(bytes, file) {
        // Spreadsheets end lines with a carriage return alone if they are told to write for old Macs.
        Ok(text) if !text.contains('\n') => {
            let text = text.replace('\r', "\n");
            let table = read(file, &text, weeks, language);
            (text.into(), table)
        }
        Ok(text) => (text.into(), read(file, text, weeks, language)),
        Err(wrong) => {
            let (text, finding) = *wrong;
            let help = "save it as \"CSV UTF-8\", which spreadsheets offer beside other kinds of CSV";
            (text.into(), Err(vec![finding.help(help)]))
        }
    }
}

/// That a table is not there.
pub(super) fn missing<'f>(
    file: &FilePath,
    files: impl Iterator<Item = &'f FilePath>,
    suggestions: &Suggestions,
) -> Diagnostic {
    let tables = files.map(AsRef::as_ref).filter(|name: &&str| is_table(name));
    let help = match suggestions.nearest(file, tables) {
        Some(near) => format!("did you mean `{}`?", near.strip_prefix("programs/").unwrap_or(near)),
        None => "put it beside the file of the programme".into(),
    };
    Diagnostic::error("table", format!("there is no file `{file}`")).help(help)
}

/// The days and the weeks of a table.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) days: Vec<Day>,
    pub(super) weeks: Vec<Vec<Cell>>,
    pub(super) unread: Vec<UnreadCell>,
    /// What is no mistake and should be known.
    pub(super) remarks: Vec<Diagnostic>,
}

/// A table as it is written: its first row, and the rows of its weeks.
struct Written {
    heading: Vec<CellText>,
    columns: Vec<Column>,
    weeks: Vec<Vec<CellText>>,
    too_long: Option<Surplus>,
    too_many: Option<Surplus>,
    separator: u8,
    wrong: Vec<(Range<usize>, &'static str)>,
    open: Option<Range<usize>>,
}

/// Takes the text of a table apart. Rows in which nothing stands are none above the names of the days, and where weeks are counted.
fn written(text: &str) -> Written {
    let Rows { rows, too_long, too_many, separator, wrong, open } = rows(text);
    let mut rows = rows.into_iter().skip_while(|row| is_empty(row));
    let heading = rows.next().unwrap_or_default();
    let columns = columns(&heading);
    let counts = columns.contains(&Column::Week);
    let weeks = rows.filter(|row| !counts || !is_empty(row));
    let weeks = weeks.collect();
    Written { heading, columns, weeks, too_long, too_many, separator, wrong, open }
}

impl Written {
    /// The cells of the days in a row.
    fn cells<'w>(&'w self, row: &'w [CellText]) -> impl Iterator<Item = &'w CellText> {
        row.iter().zip(&self.columns).filter(|(_, column)| **column == Column::Day).map(|(cell, _)| cell)
    }
}

/// Reads a table of so many weeks.
fn read(file: &FilePath, text: &str, weeks: u32, language: Option<&Language>) -> Result<Table, Vec<Diagnostic>> {
    let mut findings = hidden("table", text, 0..text.len(), file);
    let written = written(text);
    let find = |range: &Range<usize>, message: String, help: &str| {
        Diagnostic::error("table", message).at(Place::bytes(file.clone(), range.clone()), "").help(help)
    };
    if let Some(range) = &written.open {
        // What follows is in its cell, so that nothing can be said of it.
        let help = "close it at the end of its cell, or take it out; write a quote within quotes twice";
        findings.push(find(range, "this quote is not closed at the end of its cell".to_owned(), help));
        return Err(findings);
    }
    let surplus = [
        (&written.too_long, "cells in a row", MOST_COLUMNS, "delete the columns that are none of a plan"),
        (&written.too_many, "rows", MOST_ROWS, "delete the rows that are no weeks"),
    ];
    let surplus =
        surplus.into_iter().filter_map(|(surplus, what, most, help)| Some((surplus.as_ref()?, what, most, help)));
    let surplus = surplus.map(|(Surplus { count, range }, what, most, help)| {
        find(range, format!("the table has {count} {what}; the most is {most}"), help)
    });
    let surplus: Vec<_> = surplus.collect();
    if !surplus.is_empty() {
        return Err(surplus);
    }
    let quotes = "put a cell with a quote or a separator in quotes, and write each quote in it twice";
    findings.extend(written.wrong.iter().map(|(range, why)| find(range, (*why).to_owned(), quotes)));
    if written.heading.is_empty() {
        let empty = Diagnostic::error("table", "the table is empty").at(Place::file(file.clone()), "");
        findings.push(empty.help("the first row names the days, such as `week,mon,tue,wed,thu,fri,sat,sun`"));
        return Err(findings);
    }
    let Days { days, wrong, meant } = days(&written.heading, &written.columns, language);
    if !wrong.is_empty() && written.weeks.iter().take(TITLES).any(|row| names_days(row, language)) {
        let range = written.heading.first().map_or(0..0, |cell| cell.range.clone());
        let message = "the names of the days are not in the first row".to_owned();
        findings.push(find(&range, message, "delete the rows above the names of the days"));
        return Err(findings);
    }
    let names = heading_help(meant.as_deref());
    findings.extend(wrong.iter().map(|(range, why)| find(range, why.clone(), &names)));
    let ReadWeeks { cells, unread: of_cells, asked } = weeks_in(file, &written, weeks, &mut findings);
    // The cells of a table that is not read as a whole are of no grid that could be checked.
    if !findings.is_empty() {
        findings.extend(of_cells.iter().take(MOST).filter_map(|(cell, range)| {
            let message = cell.wrong()?.to_string();
            Some(Diagnostic::error("wrong-value", message).at(Place::bytes(file.clone(), range.clone()), ""))
        }));
    }
    if findings.len() > MOST {
        findings.truncate(MOST);
        let more =
            Diagnostic::error("table", "there are more mistakes in this table").at(Place::file(file.clone()), "");
        findings.push(more.help("mend these first"));
    }
    let remarks = unread(file, &written).into_iter().chain(asked).collect();
    let of_cells = of_cells.into_iter().map(|(cell, _)| cell).collect();
    let table = Table { days, weeks: cells, unread: of_cells, remarks };
    if findings.is_empty() { Ok(table) } else { Err(findings) }
}

/// The rows of the weeks, and their cells that cannot be read, each with its bytes.
struct ReadWeeks {
    cells: Vec<Vec<Cell>>,
    unread: Vec<(UnreadCell, Range<usize>)>,
    /// Whether empty rows are meant for weeks.
    asked: Option<Diagnostic>,
}

/// Reads the rows of so many weeks, until there are too many findings.
fn weeks_in(file: &FilePath, table: &Written, weeks: u32, findings: &mut Vec<Diagnostic>) -> ReadWeeks {
    let rows = without_empty_ends(&table.weeks, weeks);
    let (too_many, asked) = empty_weeks(file, rows, weeks);
    findings.extend(too_many);
    let mut read = ReadWeeks { cells: Vec::new(), unread: Vec::new(), asked };
    for (number, row) in (1..).zip(rows) {
        match (Row { file, number, table }).cells(row) {
            Ok(RowCells { cells, unread }) => {
                read.cells.push(cells);
                read.unread.extend(unread.into_iter().map(|(column, cell)| {
                    let text = cell.text.clone();
                    (UnreadCell { week: number - 1, column, text }, cell.range.clone())
                }));
            }
            Err(wrong) => findings.extend(wrong),
        }
        if findings.len() > MOST {
            break;
        }
    }
    read
}

/// How many rows from the top may be titles above the names of the days.
const TITLES: usize = 5;

fn heading_help(meant: Option<&str>) -> String {
    let question = meant.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    format!(
        "{question}the first row has the names of days, such as `mon` or `monday`, and perhaps `week` before them; a column for \
         yourself has a name that starts with `{OWN}`"
    )
}

/// Columns beside the days in which something stands, unless their names say that they are the author's own.
fn unread(file: &FilePath, table: &Written) -> Vec<Diagnostic> {
    let mut remarks = Vec::new();
    for (at, heading) in table.heading.iter().enumerate().filter(|(at, _)| table.columns[*at] == Column::Own) {
        let says = |row: &Vec<CellText>| row.get(at).is_some_and(|cell| !cell.is_blank());
        if is_marked(heading) || !table.weeks.iter().any(says) {
            continue;
        }
        let name = heading.text.trim();
        let message = format!("the column `{}` is not read", shown(name));
        let place = Place::bytes(file.clone(), heading.range.clone());
        let help = format!(
            "totals are reckoned from the cells, dates come from the schedule, and a note stands in its cell, `5 mi easy (hilly)`; name \
             the column `{OWN}{}` if it is for you alone",
            shown(&name.to_lowercase().replace(' ', "-"))
        );
        remarks.push(Diagnostic::new(Severity::Info, "table", message).at(place, "").help(help));
    }
    remarks
}

fn shown(text: &str) -> String {
    text.chars().take(80).collect::<String>().escape_debug().to_string()
}

/// The cells of the days in a row.
struct RowCells<'a> {
    cells: Vec<Cell>,
    /// Those that cannot be read, each with its column.
    unread: Vec<(usize, &'a CellText)>,
}

/// A row of a table.
struct Row<'a> {
    file: &'a FilePath,
    /// The week, counted from 1.
    number: usize,
    table: &'a Written,
}

impl Row<'_> {
    fn error(&self, code: &'static str, range: Range<usize>, message: String) -> Diagnostic {
        Diagnostic::error(code, message).at(Place::bytes(self.file.clone(), range), "")
    }

    fn cells<'r>(&self, row: &'r [CellText]) -> Result<RowCells<'r>, Vec<Diagnostic>> {
        let Self { file: _, number, table } = self;
        let columns = &table.columns;
        let behind = row.get(columns.len()..).unwrap_or_default();
        if row.len() < columns.len() || behind.iter().any(|cell| !cell.is_blank()) {
            let start = row.first().map_or(0, |first| first.range.start);
            let end = row.last().map_or(start, |last| last.range.end);
            let cells = if row.len() == 1 { "cell" } else { "cells" };
            let message = format!("week {number} has {} {cells}, and the first row has {}", row.len(), columns.len());
            let help = "put a cell that has a comma or another separator in quotes, and leave no cell out";
            return Err(vec![self.error("table", start..end, message).help(help)]);
        }
        let mut findings = Vec::new();
        let (mut cells, mut unread) = (Vec::new(), Vec::new());
        for (cell, column) in row.iter().zip(columns) {
            match column {
                Column::Week => findings.extend(self.wrong_number(cell)),
                Column::Day => {
                    let read = Cell::read(&cell.text);
                    unread.extend(read.is_none().then_some((cells.len(), cell)));
                    cells.push(read.unwrap_or_default());
                }
                Column::Empty if !cell.is_blank() => {
                    let message = format!("`{}` stands in a column without a name", shown(cell.text.trim()));
                    let finding = self.error("table", cell.range.clone(), message);
                    findings.push(finding.help(format!(
                        "name its day in the first row, or give a column for yourself a name that starts with `{OWN}`"
                    )));
                }
                Column::Empty | Column::Own => {}
            }
        }
        if findings.is_empty() { Ok(RowCells { cells, unread }) } else { Err(findings) }
    }

    /// Another number than that of the week.
    fn wrong_number(&self, cell: &CellText) -> Option<Diagnostic> {
        let said = cell.text.trim().to_lowercase();
        let number = WEEK.iter().chain(&["w", "#"]).find_map(|word| said.strip_prefix(word)).unwrap_or(&said);
        if number.trim().trim_end_matches(['.', ':']).parse() == Ok(self.number) {
            return None;
        }
        if cell.is_blank() {
            let message = format!("the row of week {} has no number", self.number);
            let help = format!("write `{}` here, or delete the row if it is no week", self.number);
            return Some(self.error("table", cell.range.clone(), message).help(help));
        }
        let message = format!("`{}` stands where week {} is", shown(&cell.text), self.number);
        let help = format!(
            "number the weeks 1, 2, 3 without a gap; a column that counts otherwise, such as the weeks to go, has a name that starts with \
             `{OWN}`"
        );
        Some(self.error("table", cell.range.clone(), message).help(help))
    }
}

/// Where the cells of a table stand: a node for each row below the first, in it one for each day.
fn index(text: &str, range: Range<usize>) -> Index {
    let table = written(text.get(range).unwrap_or_default());
    let mut nodes = vec![Node { key: None, value: 0..text.len(), holds: true, children: Vec::new() }];
    for row in &table.weeks {
        let at = nodes.len();
        let start = row.first().map_or(0, |cell| cell.range.start);
        let end = row.last().map_or(start, |cell| cell.range.end);
        let cells: Vec<_> = table.cells(row).collect();
        let children = (at + 1..at + 1 + cells.len()).collect();
        nodes.push(Node { key: None, value: start..end, holds: true, children });
        let leaf = |cell: &&CellText| Node { key: None, value: cell.range.clone(), holds: false, children: Vec::new() };
        nodes.extend(cells.iter().map(leaf));
        if let Some(root) = nodes.first_mut() {
            root.children.push(at);
        }
    }
    Index::new(nodes)
}

/// The text of a cell, named by its row and column as [`TABLE`] has them.
pub(crate) fn cell_text(text: &str, row: usize, column: usize) -> Option<String> {
    let table = written(text);
    table.cells(table.weeks.get(row)?).nth(column).map(|cell| cell.text.clone())
}

/// Another text for a cell, named by its row and column as [`TABLE`] has them.
pub(crate) struct TableCell {
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) text: String,
}

/// The text of a table with other texts in some of its cells.
pub(crate) fn with_cells(text: &str, changes: &[TableCell]) -> String {
    let table = written(text);
    let mut places: Vec<(Range<usize>, &String)> = Vec::new();
    for TableCell { row, column, text: new } in changes {
        let cell = table.weeks.get(*row).and_then(|cells| table.cells(cells).nth(*column));
        places.extend(cell.map(|cell| (cell.range.clone(), new)));
    }
    places.sort_by_key(|(range, _)| range.start);
    let mut changed = text.to_owned();
    for (range, new) in places.into_iter().rev() {
        let was_quoted = text.get(range.clone()).is_some_and(|cell| cell.starts_with('"'));
        let special = |c: char| c == char::from(table.separator) || matches!(c, '"' | '\n' | '\r');
        let new =
            if was_quoted || new.contains(special) { format!("\"{}\"", new.replace('"', "\"\"")) } else { new.clone() };
        changed.replace_range(range, &new);
    }
    changed
}

#[cfg(test)]
mod tests;
