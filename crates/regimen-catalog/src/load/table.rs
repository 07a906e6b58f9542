//! Tables of values beside programmes: comma-separated values (RFC 4180), with semicolons or tabs as spreadsheets write
//! them where the comma is in numbers.
//!
//! The reader is our own because findings need the bytes of each cell, which libraries for such files do not tell.

use std::ops::Range;
use std::sync::Arc;

use crate::yaml;
use regimen_model::diagnostic::{Diagnostic, FilePath, Place};
use regimen_model::hidden::hidden;
use regimen_model::model::{Cell, Day, TableName};
use regimen_model::source::{Index, Node, Syntax};
use regimen_model::suggest::nearest;
use regimen_model::vocabulary::Weekday;

/// The largest table that is read, in bytes; a plan of ten years has less.
pub(super) const LARGEST: u64 = 1 << 20;

/// The most findings for one table.
const MOST: usize = 20;

/// The heading of the column that counts the weeks.
const WEEK: &str = "week";

/// How places in a table are found: a row for each week, in it a cell for each day.
pub(super) const TABLE: Syntax = Syntax { index, touching_comments: |_, _| Vec::new() };

/// Whether a file is a table beside programmes, by its path.
pub(super) fn is_table(file: &str) -> bool {
    let name = file.strip_prefix("programs/").filter(|name| !name.contains('/') && !name.starts_with('.'));
    name.is_some_and(|name| name.ends_with(TableName::ENDING))
}

/// A cell as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// Its text, without quotes.
    pub(crate) text: String,
    /// Its bytes in the file, with quotes.
    pub(crate) range: Range<usize>,
}

/// The rows of a table as they are written, and what is wrong with its quotes.
pub(crate) struct Rows {
    pub(crate) rows: Vec<Vec<Written>>,
    /// What stands between two cells.
    pub(crate) separator: u8,
    wrong: Vec<(Range<usize>, &'static str)>,
}

/// Takes a text apart into rows and cells.
pub(crate) fn rows(text: &str) -> Rows {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = Reader { text, at: start, separator: separator(&text[start..]), wrong: Vec::new() };
    let mut rows = Vec::new();
    while reader.at < text.len() {
        rows.push(reader.row());
    }
    Rows { rows, separator: reader.separator, wrong: reader.wrong }
}

/// The first character outside of quotes that separates cells.
fn separator(text: &str) -> u8 {
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b',' | b';' | b'\t' if !quoted => return byte,
            b'\n' | b'\r' if !quoted => break,
            _ => {}
        }
    }
    b','
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    separator: u8,
    wrong: Vec<(Range<usize>, &'static str)>,
}

impl Reader<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The cells up to the end of a line outside of quotes.
    fn row(&mut self) -> Vec<Written> {
        let mut row = Vec::new();
        loop {
            row.push(if self.byte() == Some(b'"') { self.quoted() } else { self.bare() });
            match self.byte() {
                Some(byte) if byte == self.separator => self.at += 1,
                Some(b'\r') if self.text.as_bytes().get(self.at + 1) == Some(&b'\n') => {
                    self.at += 2;
                    return row;
                }
                Some(_) => {
                    self.at += 1;
                    return row;
                }
                None => return row,
            }
        }
    }

    /// Whether a cell ends here.
    fn ends(&self) -> bool {
        self.byte().is_none_or(|byte| byte == self.separator || matches!(byte, b'\n' | b'\r'))
    }

    fn bare(&mut self) -> Written {
        let start = self.at;
        while !self.ends() {
            self.at += 1;
        }
        let range = start..self.at;
        let text = self.text.get(range.clone()).unwrap_or_default();
        if text.contains('"') {
            self.wrong.push((range.clone(), "a quote stands inside a cell that does not begin with one"));
        }
        Written { text: text.to_owned(), range }
    }

    fn quoted(&mut self) -> Written {
        let start = self.at;
        let mut text = String::new();
        self.at += 1;
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let Some(quote) = rest.find('"') else {
                text.push_str(rest);
                self.at = self.text.len();
                self.wrong.push((start..start + 1, "this quote is never closed"));
                break;
            };
            text.push_str(&rest[..quote]);
            self.at += quote + 1;
            if self.byte() != Some(b'"') {
                break;
            }
            text.push('"');
            self.at += 1;
        }
        let end = self.at;
        while !self.ends() {
            self.at += 1;
        }
        if !self.text.get(end..self.at).unwrap_or_default().trim().is_empty() {
            self.wrong.push((end..self.at, "this stands behind the quotes of its cell"));
        }
        Written { text, range: start..self.at }
    }
}

/// The text of a table, as far as it can be shown, and what it says for so many weeks.
pub(super) fn of(bytes: &[u8], file: &FilePath, weeks: u32) -> (Arc<str>, Result<Table, Vec<Diagnostic>>) {
    match yaml::utf8(bytes, file) {
        Ok(text) => (text.into(), read(file, text, weeks)),
        Err(wrong) => {
            let (text, finding) = *wrong;
            let help = "save it as \"CSV UTF-8\", which spreadsheets offer beside other kinds of CSV";
            (text.into(), Err(vec![finding.help(help)]))
        }
    }
}

/// That a table is not there.
pub(super) fn missing<'f>(file: &FilePath, files: impl Iterator<Item = &'f FilePath>) -> Diagnostic {
    let tables = files.map(AsRef::as_ref).filter(|name: &&str| is_table(name));
    let help = match nearest(file, tables) {
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
}

/// Reads a table of so many weeks.
fn read(file: &FilePath, text: &str, weeks: u32) -> Result<Table, Vec<Diagnostic>> {
    let mut findings = hidden("table", text, 0..text.len(), file);
    let written = rows(text);
    let find = |range: &Range<usize>, message: String, help: &str| {
        Diagnostic::error("table", message).at(Place::bytes(file.clone(), range.clone()), "").help(help)
    };
    let quotes = "put a cell with a quote or a separator in quotes, and write each quote in it twice";
    findings.extend(written.wrong.iter().map(|(range, why)| find(range, (*why).to_owned(), quotes)));
    let Some((first, rest)) = written.rows.split_first() else {
        let empty = Diagnostic::error("table", "the table is empty").at(Place::file(file.clone()), "");
        findings.push(empty.help("the first row names the days, such as `week,mon,tue,wed,thu,fri,sat,sun`"));
        return Err(findings);
    };
    let Heading { days, has_weeks, wrong } = heading(first);
    let names = "the first row has the names of days, such as `mon` or `monday`, and perhaps `week` before them";
    findings.extend(wrong.iter().map(|(range, why)| find(range, why.clone(), names)));
    let rest = without_empty_ends(rest, weeks);
    let mut read = Vec::new();
    for (number, row) in (1..).zip(rest) {
        match (Row { file, number, columns: first.len(), has_weeks }).cells(row) {
            Ok(cells) => read.push(cells),
            Err(wrong) => findings.extend(wrong),
        }
        if findings.len() > MOST {
            break;
        }
    }
    if findings.len() > MOST {
        findings.truncate(MOST);
        let more =
            Diagnostic::error("table", "there are more mistakes in this table").at(Place::file(file.clone()), "");
        findings.push(more.help("mend these first"));
    }
    if findings.is_empty() { Ok(Table { days, weeks: read }) } else { Err(findings) }
}

/// The rows but for empty ones that spreadsheets leave at the end.
fn without_empty_ends(mut rows: &[Vec<Written>], weeks: u32) -> &[Vec<Written>] {
    while let Some((last, before)) = rows.split_last() {
        let is_line = last.len() > 1 && rows.len() <= usize::try_from(weeks).unwrap_or(usize::MAX);
        if is_line || last.iter().any(|cell| !cell.text.trim().is_empty()) {
            break;
        }
        rows = before;
    }
    rows
}

/// What the first row says.
struct Heading {
    days: Vec<Day>,
    /// Whether the first column counts the weeks.
    has_weeks: bool,
    wrong: Vec<(Range<usize>, String)>,
}

fn heading(row: &[Written]) -> Heading {
    let has_weeks = row.first().is_some_and(|cell| cell.text.trim().eq_ignore_ascii_case(WEEK));
    let (mut days, mut wrong) = (Vec::new(), Vec::new());
    for cell in row.iter().skip(usize::from(has_weeks)) {
        match day(&cell.text) {
            Some(day) if days.contains(&day) => {
                wrong.push((cell.range.clone(), format!("`{day}` has two columns")));
            }
            Some(day) => days.push(day),
            None => wrong.push((cell.range.clone(), format!("`{}` is no day", shown(&cell.text)))),
        }
    }
    Heading { days, has_weeks, wrong }
}

fn shown(text: &str) -> String {
    text.chars().take(80).collect::<String>().escape_debug().to_string()
}

/// A day by its name or the first three letters of it, or a number such as `day 2`.
fn day(text: &str) -> Option<Day> {
    let text = text.trim().to_lowercase();
    let weekday = Weekday::ALL.iter().find(|day| day.as_str() == text || day.as_str().get(..3) == Some(&text));
    let number = || text.strip_prefix("day ").unwrap_or(&text).parse::<u8>().ok();
    let number = || number().filter(|number| (1..=7).contains(number)).map(Day::Number);
    weekday.copied().map(Day::Weekday).or_else(number)
}

/// A row of a table.
struct Row<'a> {
    file: &'a FilePath,
    /// The week, counted from 1.
    number: usize,
    /// How many columns the table has.
    columns: usize,
    /// Whether the first of them says which week it is.
    has_weeks: bool,
}

impl Row<'_> {
    fn error(&self, code: &'static str, range: Range<usize>, message: String) -> Diagnostic {
        Diagnostic::error(code, message).at(Place::bytes(self.file.clone(), range), "")
    }

    fn cells(&self, row: &[Written]) -> Result<Vec<Cell>, Vec<Diagnostic>> {
        let Self { file: _, number, columns, has_weeks } = self;
        if row.len() != *columns {
            let start = row.first().map_or(0, |first| first.range.start);
            let end = row.last().map_or(start, |last| last.range.end);
            let message = format!("week {number} has {} cells, and the first row has {columns}", row.len());
            let help = "put a cell that has a comma or another separator in quotes, and leave no cell out";
            return Err(vec![self.error("table", start..end, message).help(help)]);
        }
        let mut findings = Vec::new();
        if let Some(first) = row.first().filter(|_| *has_weeks) {
            let said = first.text.trim().to_lowercase();
            if said.strip_prefix(WEEK).unwrap_or(&said).trim().parse() != Ok(*number) {
                let message = format!("`{}` stands where week {number} is", shown(&first.text));
                let finding = self.error("table", first.range.clone(), message);
                findings.push(finding.help("number the weeks 1, 2, 3 without a gap"));
            }
        }
        let mut cells = Vec::new();
        for cell in row.iter().skip(usize::from(*has_weeks)) {
            match cell.text.parse::<Cell>() {
                Ok(read) => cells.push(read),
                Err(bad) => findings.push(self.error("wrong-value", cell.range.clone(), bad.to_string())),
            }
        }
        if findings.is_empty() { Ok(cells) } else { Err(findings) }
    }
}

/// Where the cells of a table stand: a node for each row below the first, without the column that counts the weeks.
fn index(text: &str, range: Range<usize>) -> Index {
    let table = rows(text.get(range).unwrap_or_default());
    let has_weeks = table.rows.first().is_some_and(|first| heading(first).has_weeks);
    let mut nodes = vec![Node { key: None, value: 0..text.len(), holds: true, children: Vec::new() }];
    for row in table.rows.iter().skip(1) {
        let at = nodes.len();
        let start = row.first().map_or(0, |cell| cell.range.start);
        let end = row.last().map_or(start, |cell| cell.range.end);
        let cells: Vec<_> = row.iter().skip(usize::from(has_weeks)).collect();
        let children = (at + 1..at + 1 + cells.len()).collect();
        nodes.push(Node { key: None, value: start..end, holds: true, children });
        let leaf = |cell: &&Written| Node { key: None, value: cell.range.clone(), holds: false, children: Vec::new() };
        nodes.extend(cells.iter().map(leaf));
        if let Some(root) = nodes.first_mut() {
            root.children.push(at);
        }
    }
    Index::new(nodes)
}

/// The text of a cell, named by its row and column as [`TABLE`] has them.
pub(crate) fn cell_text(text: &str, row: usize, column: usize) -> Option<String> {
    let table = rows(text);
    let skipped = usize::from(heading(table.rows.first()?).has_weeks);
    Some(table.rows.get(row + 1)?.get(column + skipped)?.text.clone())
}

/// Another text for a cell, named by its row and column as [`TABLE`] has them.
pub(crate) struct TableCell {
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) text: String,
}

/// The text of a table with other texts in some of its cells.
pub(crate) fn with_cells(text: &str, changes: &[TableCell]) -> String {
    let table = rows(text);
    let skipped = usize::from(table.rows.first().is_some_and(|first| heading(first).has_weeks));
    let mut places: Vec<(Range<usize>, &String)> = Vec::new();
    for TableCell { row, column, text: new } in changes {
        let cell = table.rows.get(row + 1).and_then(|cells| cells.get(column + skipped));
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
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        rows(text).rows.into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect()).collect()
    }

    #[test]
    fn cells_are_those_of_the_standard() {
        assert_eq!(cells("a,b\r\n\"c, \"\"d\"\"\",\n"), [["a", "b"], ["c, \"d\"", ""]]);
        assert_eq!(cells("\u{feff}a;b\n\"1;2\";3,5"), [["a", "b"], ["1;2", "3,5"]]);
        assert_eq!(cells("a\tb\r\"c\nd\"\te"), [["a", "b"], ["c\nd", "e"]]);
        assert_eq!(cells(""), Vec::<Vec<String>>::new());
        for (text, wrong) in [("a,b\n\"c", 1), ("a,b\nc\"d,e", 1), ("a,b\n\"c\"d,e", 1), ("a,b\n\"c\" ,e", 0)] {
            assert_eq!(rows(text).wrong.len(), wrong, "{text}");
        }
    }

    fn wrong(text: &str) -> Vec<String> {
        let findings = read(&"programs/p.csv".into(), text, 2).expect_err("a finding");
        findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn days_and_weeks_are_read_strictly() {
        let table =
            read(&"programs/p.csv".into(), "Week;Sun;TUESDAY\n1;3 mi;rest\nweek 2;;\n;;\n\n", 2).expect("a table");
        assert_eq!(table.days, [Day::Weekday(Weekday::Sunday), Day::Weekday(Weekday::Tuesday)]);
        assert_eq!(table.weeks.len(), 2);
        assert_eq!(wrong("week,mon,mon\n1,,\n2,,\n"), ["`monday` has two columns"]);
        assert_eq!(wrong("wk,mon\nx,\ny,\n"), ["`wk` is no day"]);
        assert_eq!(wrong("mon\n1\nrest\n"), ["`1` has no unit; write `1 mi`, `1 km` or `1 min`"]);
        assert_eq!(wrong("week,mon\n1,\n3,\n"), ["`3` stands where week 2 is"]);
        assert_eq!(wrong("week,mon\n1,6x400m @ 5k, 200m jog\n2,\n"), ["week 1 has 3 cells, and the first row has 2"]);
        assert_eq!(wrong(""), ["the table is empty"]);
    }

    #[test]
    fn a_cell_is_changed_alone() {
        let text = "week,mon,tue\r\n1,\"easy, \"\"slow\"\"\",long\r\n";
        let new = |column, text: &str| TableCell { row: 0, column, text: text.to_owned() };
        let changed = with_cells(text, &[new(0, "new"), new(1, "6x400m, 1 min")]);
        assert_eq!(changed, "week,mon,tue\r\n1,\"new\",\"6x400m, 1 min\"\r\n");
    }
}
