//! The rows and cells of a table as they are written (RFC 4180).

use std::ops::Range;

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

/// The rows of a table as they are written, and what is wrong with its quotes.
pub(super) struct Rows {
    pub(super) rows: Vec<Vec<CellText>>,
    /// What stands between two cells.
    pub(super) separator: u8,
    pub(super) wrong: Vec<(Range<usize>, &'static str)>,
}

/// Takes a text apart into rows and cells. Lines with nothing in them are no rows, unless the table has a single column.
pub(super) fn rows(text: &str) -> Rows {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (start, separator) = match said_separator(&text[start..]) {
        Some((length, said)) => (start + length, said),
        None => (start, separator(&text[start..])),
    };
    let mut reader = Reader { text, at: start, separator, wrong: Vec::new() };
    let mut rows: Vec<Vec<CellText>> = Vec::new();
    while reader.at < text.len() {
        let row = reader.row();
        let is_blank = row.len() == 1 && row.iter().all(|cell| cell.is_blank());
        if !is_blank || rows.first().is_some_and(|first| first.len() == 1) {
            rows.push(row);
        }
    }
    Rows { rows, separator: reader.separator, wrong: reader.wrong }
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
}

impl Reader<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The cells up to the end of a line outside of quotes.
    fn row(&mut self) -> Vec<CellText> {
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
        CellText { text, range: start..self.at }
    }
}
