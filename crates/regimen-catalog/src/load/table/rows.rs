//! The rows and cells of a table as they are written (RFC 4180).

use std::ops::Range;

/// The most columns of a table: ten times as many as a turn of a cycle has days.
pub(super) const MOST_COLUMNS: usize = 1_000;

/// The most rows of a table in which something stands: many times as many as ten years have weeks.
pub(super) const MOST_ROWS: usize = regimen_model::limits::ROWS.size();

/// A cell as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CellText {
    /// Its text, without quotes.
    pub(super) text: String,
    /// Its bytes in the file, with quotes.
    pub(super) range: Range<usize>,
}

impl CellText {
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The rows of a table as they are written, as far as there may be so many, and what is wrong with its quotes.
pub(super) struct Rows {
    pub(super) rows: Vec<Vec<CellText>>,
    /// The first row that is longer than rows may be.
    pub(super) too_long: Option<Surplus>,
    /// The rows, if there are more than there may be.
    pub(super) too_many: Option<Surplus>,
    /// What stands between two cells.
    pub(super) separator: u8,
    pub(super) wrong: Vec<(Range<usize>, &'static str)>,
    /// A quote that is never closed, so that all behind it is in its cell, or that is closed lines later by the one which opens another cell.
    pub(super) open: Option<Range<usize>>,
}

/// More than a table may have.
pub(super) struct Surplus {
    /// How many there are.
    pub(super) count: usize,
    /// Where the first one is that is not read.
    pub(super) range: Range<usize>,
}

impl Surplus {
    /// One more than those that are read.
    fn add(surplus: &mut Option<Self>, most: usize, range: impl FnOnce() -> Range<usize>) {
        surplus.get_or_insert_with(|| Self { count: most, range: range() }).count += 1;
    }
}

/// Takes a text apart into rows and cells. Lines with nothing in them are no rows, unless the table has a single column.
pub(super) fn rows(text: &str) -> Rows {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (start, separator) = match said_separator(&text[start..]) {
        Some((length, said)) => (start + length, said),
        None => (start, separator(&text[start..])),
    };
    let mut reader = Reader { text, at: start, separator, wrong: Vec::new(), open: None };
    let mut rows: Vec<Vec<CellText>> = Vec::new();
    let (mut too_long, mut too_many) = (None, None);
    while reader.at < text.len() {
        let (row, surplus) = reader.row();
        too_long = too_long.or(surplus);
        let is_blank = row.len() == 1 && row.iter().all(|cell| cell.is_blank());
        if is_blank && rows.first().is_none_or(|first| first.len() != 1) {
            continue;
        }
        if rows.len() < MOST_ROWS {
            rows.push(row);
        } else if let Some(cell) = row.iter().find(|cell| !cell.is_blank()) {
            // Spreadsheets leave empty rows at the end.
            Surplus::add(&mut too_many, MOST_ROWS, || cell.range.clone());
        }
    }
    Rows { rows, too_long, too_many, separator: reader.separator, wrong: reader.wrong, open: reader.open }
}

/// How long a first line is that says what stands between cells, as spreadsheets write it for each other: `sep=;`.
fn said_separator(text: &str) -> Option<(usize, u8)> {
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    let separator = match text.get(..end)?.trim_matches('"') {
        "sep=;" => b';',
        "sep=," => b',',
        "sep=\t" => b'\t',
        _ => return None,
    };
    let line_end = if text[end..].starts_with("\r\n") { 2 } else { text[end..].len().min(1) };
    Some((end + line_end, separator))
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
    open: Option<Range<usize>>,
}

impl Reader<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The cells up to the end of a line outside of quotes, and those that are too many, which are not kept.
    fn row(&mut self) -> (Vec<CellText>, Option<Surplus>) {
        let (mut row, mut surplus) = (Vec::new(), None);
        loop {
            let cell = if self.byte() == Some(b'"') { self.quoted() } else { self.bare() };
            if row.len() < MOST_COLUMNS {
                row.push(cell);
            } else {
                Surplus::add(&mut surplus, MOST_COLUMNS, || cell.range);
            }
            match self.byte() {
                Some(byte) if byte == self.separator => self.at += 1,
                Some(b'\r') if self.text.as_bytes().get(self.at + 1) == Some(&b'\n') => {
                    self.at += 2;
                    return (row, surplus);
                }
                Some(_) => {
                    self.at += 1;
                    return (row, surplus);
                }
                None => return (row, surplus),
            }
        }
    }

    /// Whether a cell ends here.
    fn ends(&self) -> bool {
        self.byte().is_none_or(|byte| byte == self.separator || matches!(byte, b'\n' | b'\r'))
    }

    fn bare(&mut self) -> CellText {
        let start = self.at;
        while !self.ends() {
            self.at += 1;
        }
        let range = start..self.at;
        let text = self.text.get(range.clone()).unwrap_or_default();
        if text.contains('"') {
            self.wrong.push((range.clone(), "a quote stands inside a cell that does not begin with one"));
        }
        CellText { text: text.to_owned(), range }
    }

    fn quoted(&mut self) -> CellText {
        let start = self.at;
        let mut text = String::new();
        self.at += 1;
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let Some(quote) = rest.find('"') else {
                text.push_str(rest);
                self.at = self.text.len();
                self.open.get_or_insert(start..start + 1);
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
            if text.contains(['\n', '\r']) {
                self.open.get_or_insert(start..start + 1);
            }
            self.wrong.push((end..self.at, "this stands behind the quotes of its cell"));
        }
        CellText { text, range: start..self.at }
    }
}
