//! A table with a row for each person, read row by row.

use std::io::{self, Read};

use csv::ByteRecord;
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Label, Place, Segment, Spot};
use regimen_model::hidden;

use super::Row;
use super::columns::{self, Cells, Column};
use super::limited::Limited;
use super::person::Reader;
use super::quotes::{self, Slip};
use super::sniff::Start;
use crate::yaml::{self, Value};

/// The longest row, in bytes.
const LONGEST_ROW: u64 = 1 << 20;

/// The longest cell, in bytes: some pages of text.
const LONGEST_CELL: usize = 1 << 14;

/// What reads the text of the table.
type Text<'s> = csv::Reader<Limited<Box<dyn Read + Send + 's>>>;

/// A table of which the first row has been read.
pub(super) struct Table<'s> {
    text: Text<'s>,
    file: FilePath,
    separator: u8,
    lines_before: usize,
    columns: Vec<Column>,
    record: ByteRecord,
    is_over: bool,
    /// How many line breaks were in cells of the rows before, which spreadsheets do not count.
    broken: usize,
    /// How many rows were read, if they are the lines: the reader counts no carriage returns.
    rows: Option<usize>,
}

impl<'s> Table<'s> {
    /// Reads the first row; no table if it names no columns.
    pub(super) fn open(
        mut start: Start<'s>,
        file: FilePath,
        reader: &Reader<'_>,
    ) -> io::Result<(Option<Self>, Vec<Diagnostic>)> {
        let (separator, lines_before) = (start.separator(), start.lines_before);
        let rows = start.has_returns_alone().then_some(0);
        let text: Box<dyn Read + Send + 's> = Box::new(start.text());
        let text = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(Limited::new(text));
        let (columns, record) = (Vec::new(), ByteRecord::new());
        let mut table = Self { text, file, separator, lines_before, columns, record, is_over: false, broken: 0, rows };
        if let Err(found) = table.advance(reader) {
            return Ok((None, vec![*found]));
        }
        let mut cells = Vec::new();
        for (number, cell) in table.record.iter().enumerate() {
            match std::str::from_utf8(cell) {
                Ok(cell) => cells.push(cell.to_owned()),
                Err(_) => return Ok((None, vec![table.at(not_utf8(), number)])),
            }
        }
        let (columns, wrong) = columns::columns(reader, &table.file, &cells);
        let wrong = wrong.into_iter().map(|(number, finding)| table.at(finding, number)).collect();
        table.columns = columns;
        Ok((if table.columns.is_empty() { None } else { Some(table) }, wrong))
    }

    /// The next person.
    pub(super) fn next(&mut self, reader: &mut Reader<'_>) -> Option<Row> {
        while !self.is_over {
            match self.advance(reader) {
                Ok(true) if self.record.iter().all(|cell| cell.trim_ascii().is_empty()) => {}
                Ok(true) => return Some(self.row(reader)),
                Ok(false) => self.is_over = true,
                Err(found) => {
                    self.is_over = true;
                    return Some(Row { words: self.row_named(), ..Row::wrong(self.start(), None, vec![*found]) });
                }
            }
        }
        None
    }

    /// Reads all of a table, and says if it is not known where its rows end. Then nobody's row is what it seems to be.
    pub(super) fn survey(mut self, reader: &Reader<'_>) -> Option<Diagnostic> {
        loop {
            match self.advance(reader) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(found) => return Some(*found),
            }
        }
    }

    /// Reads the next row; `false` if there is none. What is wrong with it as a row is wrong with all below it.
    fn advance(&mut self, reader: &Reader<'_>) -> Result<bool, Box<Diagnostic>> {
        if self.rows.is_none() {
            self.broken += self.record.as_slice().iter().filter(|byte| **byte == b'\n').count();
        }
        let at = self.text.position().byte();
        self.text.get_mut().begin(at, LONGEST_ROW);
        self.rows = self.rows.map(|rows| rows + 1);
        match self.text.read_byte_record(&mut self.record) {
            Ok(is_there) => self.ends_nowhere(reader).map_or(Ok(is_there), |found| Err(Box::new(found))),
            Err(error) => Err(Box::new(self.unreadable(&error).at(self.start(), self.row_named()))),
        }
    }

    /// That quotes do not say where the row ends.
    fn ends_nowhere(&self, reader: &Reader<'_>) -> Option<Diagnostic> {
        let roster = |message: &str, help: &str| Diagnostic::error("roster", message).help(help);
        let (cell, found) = match quotes::slip(self.raw(), self.separator) {
            Some((cell, Slip::Unclosed)) => {
                let message = "a quote `\"` is opened here and never closed, so all rows below would be in this cell";
                (cell, roster(message, "close it, or delete it; within a cell between quotes, write each quote twice"))
            }
            Some((cell, Slip::TextBehind)) => {
                let message = "this cell goes on behind the quote `\"` that closes it";
                (cell, roster(message, "put all of the cell between quotes, and write each quote within it twice"))
            }
            Some((cell, Slip::SpaceBefore)) => {
                let message = "there is a space before the quote `\"` that opens this cell";
                (cell, roster(message, "delete the space, or the quotes; a cell between quotes starts with one"))
            }
            None => {
                let message = "another row is within this cell: a quote `\"` is opened here and closed in a row below";
                (self.swallowing(reader)?, roster(message, "close it in its own row, or delete it"))
            }
        };
        Some(self.at(found, cell))
    }

    /// The cell that has another row in it: a line with a programme or a schedule of the catalogue where their columns are.
    fn swallowing(&self, reader: &Reader<'_>) -> Option<usize> {
        let lines = |cell: &[u8]| cell.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
        let is_row = |line: &[u8]| {
            let cells = line.split(|byte| *byte == self.separator).zip(&self.columns);
            cells.into_iter().any(|(cell, column)| {
                let text = std::str::from_utf8(cell).map(|text| text.trim_matches(['"', ' ', '\r']));
                text.is_ok_and(|text| reader.follows(&column.path, text))
            })
        };
        let of = |cell: &[u8]| cell.split(|byte| matches!(byte, b'\n' | b'\r')).skip(1).any(is_row);
        self.record.iter().position(|cell| lines(cell) > 0 && of(cell))
    }

    fn unreadable(&self, error: &csv::Error) -> Diagnostic {
        if self.text.get_ref().is_exceeded() {
            let most = LONGEST_ROW / 1024;
            let found =
                Diagnostic::error("roster", format!("this row has more than {most} KiB; nothing after it is read"));
            return found.help("look for a quote `\"` that is opened in it and never closed");
        }
        let why = match error.kind() {
            csv::ErrorKind::Io(error) => error.to_string(),
            _ => "it is no table".to_owned(),
        };
        Diagnostic::error("roster", format!("the rest of the table cannot be read: {why}")).help("read it again")
    }

    fn row(&self, reader: &mut Reader<'_>) -> Row {
        let place = self.start();
        let id = self.columns.iter().position(|column| column.path == ["id"]).and_then(|id| self.record.get(id));
        let id = id.and_then(|id| std::str::from_utf8(id).ok()?.trim().parse().ok());
        if let Some(finding) = self.miscounted() {
            let wrong = vec![finding.at(place.clone(), self.row_named())];
            return Row { words: self.row_named(), ..Row::wrong(place, id, wrong) };
        }
        let mut findings = Vec::new();
        let value = self.value(&mut findings);
        let read = reader.read(&self.file, value, None);
        let mut cautious = read.cautious;
        let person = match read.person {
            Ok(person) if findings.is_empty() => Ok(person),
            Ok(person) => {
                cautious = Some(Box::new(person));
                Err(findings)
            }
            Err(wrong) => {
                findings.extend(wrong.into_iter().map(|finding| self.placed(finding)));
                Err(findings)
            }
        };
        let warnings = read.warnings.into_iter().map(|finding| self.placed(finding)).collect();
        Row { place, words: self.row_named(), id, person, warnings, cautious }
    }

    /// That a row does not have a cell for each column: then it is not known which one was forgotten or is two.
    fn miscounted(&self) -> Option<Diagnostic> {
        let (has, needs) = (self.record.len(), self.columns.len());
        if has == needs {
            return None;
        }
        let help = if has > needs {
            "put a cell with a comma, a semicolon or a line break in it between quotes: `\"...\"`"
        } else {
            "add the separators for the cells that say nothing, or save the table from a spreadsheet"
        };
        let cells = if has == 1 { "cell" } else { "cells" };
        Some(Diagnostic::error("roster", format!("this row has {has} {cells}, the first row {needs}")).help(help))
    }

    /// What the cells say.
    fn value(&self, findings: &mut Vec<Diagnostic>) -> Value {
        let mut value = Value::keys();
        for (number, (cell, column)) in self.record.iter().zip(&self.columns).enumerate() {
            if column.cells == Cells::Unread || cell.trim_ascii().is_empty() {
                continue;
            }
            match self.said(cell, column) {
                Ok(said) if said.is_nothing() => {}
                Ok(said) => {
                    if !value.put(column.path.iter().map(String::as_str), said) {
                        let key = column.path.first().map_or("", String::as_str);
                        let found = Diagnostic::error("duplicate-key", format!("two columns say what `{key}` is"));
                        findings.push(self.at(found, number).help("leave one of the two cells empty"));
                    }
                }
                Err(wrong) => findings.extend(wrong.into_iter().map(|finding| self.at(finding, number))),
            }
        }
        value
    }

    /// What a cell says; findings have no place.
    fn said(&self, cell: &[u8], column: &Column) -> Result<Value, Vec<Diagnostic>> {
        let wrong = |message: String, help: &str| vec![Diagnostic::error("roster", message).help(help)];
        if column.cells == Cells::Unnamed {
            return Err(wrong(
                "this column has no name in the first row".to_owned(),
                "write one of the keys of a person above it",
            ));
        }
        if cell.len() > LONGEST_CELL {
            let message = format!("this cell has more than {} KiB", LONGEST_CELL / 1024);
            return Err(wrong(message, "shorten it; look for a quote `\"` that is opened before it and never closed"));
        }
        let text = std::str::from_utf8(cell).map_err(|_| vec![not_utf8()])?.replace("\r\n", "\n");
        let text = text.trim();
        if let Some(what) = hidden::first_hidden(text) {
            let help = "delete it; it often comes with text that was copied from another program";
            return Err(wrong(format!("this cell has {what}"), help));
        }
        match column.cells {
            Cells::Text => Ok(Value::text(text)),
            _ if text.starts_with(['{', '[']) => {
                let unplaced = |found: Diagnostic| Diagnostic { labels: Vec::new(), ..found };
                yaml::read_people(text, &self.file).map_err(|found| found.into_iter().map(unplaced).collect())
            }
            Cells::List | Cells::Texts if text.contains(',') => {
                let help = "write `;` between them, as in `monday;thursday`";
                Err(wrong("the items of a list are separated by `;`".to_owned(), help))
            }
            Cells::List => {
                let items = text.split(';').map(str::trim).filter(|item| !item.is_empty());
                items.map(plain).collect::<Result<_, _>>().map(Value::list)
            }
            Cells::Texts => {
                let items = text.split(';').map(str::trim).filter(|item| !item.is_empty());
                Ok(Value::list(items.map(Value::text).collect()))
            }
            Cells::Plain | Cells::Unread | Cells::Unnamed => plain(text),
        }
    }

    /// A finding about a person at the cell that it is about.
    fn placed(&self, finding: Diagnostic) -> Diagnostic {
        let labels = finding.labels.iter().map(|label| self.label(&label.place.spot)).collect();
        Diagnostic { labels, ..finding }
    }

    fn label(&self, spot: &Spot) -> Label {
        let column = match spot {
            Spot::Value(path) | Spot::Key(path) => self.column(path),
            _ => None,
        };
        match column {
            Some(number) => Label { place: self.cell(number), text: self.cell_named(number) },
            None => Label { place: self.start(), text: self.row_named() },
        }
    }

    /// A finding at a cell.
    fn at(&self, finding: Diagnostic, number: usize) -> Diagnostic {
        finding.at(self.cell(number), self.cell_named(number))
    }

    /// "row 6, column `start`", as a spreadsheet shows it. A column without a known name, which may be anything, has its letters.
    fn cell_named(&self, number: usize) -> String {
        let known = self.columns.get(number).filter(|column| !column.path.is_empty());
        let column = known.map_or_else(|| columns::letters(number), |column| format!("`{}`", column.path.join(".")));
        format!("{}, column {column}", self.row_named())
    }

    /// "row 6": the first row is that of the names.
    fn row_named(&self) -> String {
        let Spot::At { line, .. } = self.start().spot else { return String::new() };
        format!("row {}", line.saturating_sub(self.broken + self.lines_before).max(1))
    }

    /// The column of a path: that of a key around it, else the first below it in which something stands.
    fn column(&self, path: &FieldPath) -> Option<usize> {
        let keys = path.0.iter().map_while(|segment| match segment {
            Segment::Key(key) => Some(key.as_ref()),
            Segment::Index(_) => None,
        });
        let keys: Vec<&str> = keys.collect();
        let stands = |number: &usize| self.record.get(*number).is_some_and(|cell| !cell.trim_ascii().is_empty());
        let of = |fits: &dyn Fn(&[String]) -> bool| {
            let found =
                self.columns.iter().enumerate().filter(|(_, column)| !column.path.is_empty() && fits(&column.path));
            let found: Vec<usize> = found.map(|(number, _)| number).collect();
            found.iter().copied().find(stands).or_else(|| found.first().copied())
        };
        let around =
            |column: &[String]| column.len() <= keys.len() && column.iter().zip(&keys).all(|(one, other)| one == other);
        let below = |column: &[String]| !keys.is_empty() && column.iter().zip(&keys).all(|(one, other)| one == other);
        of(&around).or_else(|| of(&below))
    }

    /// Where the row begins that was read last.
    fn start(&self) -> Place {
        self.cell(0)
    }

    /// The bytes of the row that was read last, with what is between it and the row before.
    fn raw(&self) -> &[u8] {
        let from = self.record.position().map_or_else(|| self.text.position().byte(), csv::Position::byte);
        self.text.get_ref().bytes(from, self.text.position().byte())
    }

    /// Where a cell of the row begins, as editors count: cells may have line breaks in them.
    fn cell(&self, number: usize) -> Place {
        let raw = self.raw();
        let at = quotes::start(raw, self.separator, number);
        let before = &raw[..at];
        let lines = before.iter().filter(|byte| **byte == b'\n').count();
        let line = before.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |end| end + 1);
        let column = before[line..].iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count() + 1;
        let above = self.record.position().map_or(1, csv::Position::line);
        let above = self.rows.unwrap_or_else(|| usize::try_from(above).unwrap_or(usize::MAX));
        Place::at(self.file.clone(), above.saturating_add(lines + self.lines_before), column)
    }
}

/// A value as YAML has it without quotes.
fn plain(text: &str) -> Result<Value, Vec<Diagnostic>> {
    yaml::plain(text).map_err(|(message, help)| vec![Diagnostic::error("wrong-value", message).help(help)])
}

pub(super) fn not_utf8() -> Diagnostic {
    let found = Diagnostic::error("not-utf8", "this is not text in UTF-8");
    found.help("save the table as \"CSV UTF-8\", which spreadsheets offer beside other kinds of CSV")
}
