//! The start of a text, which says what it is.

use std::io::{self, Cursor, Read};

use regimen_model::diagnostic::{Diagnostic, FilePath, Place};

/// How much of a text may come before the end of its first line; what is longer is no table of people.
pub(super) const MOST: usize = 1 << 16;

/// How people are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A row for each person.
    Table,
    Yaml,
}

/// A text of which the first lines have been read.
pub(super) struct Start<'s> {
    head: Vec<u8>,
    rest: Box<dyn Read + Send + 's>,
    /// Lines that are not in `head`.
    pub(super) lines_before: usize,
}

impl<'s> Start<'s> {
    /// Reads the first lines of a text. A byte order mark and a line `sep=;`, as spreadsheets read and write it, are taken off.
    pub(super) fn of(mut text: Box<dyn Read + Send + 's>) -> io::Result<Self> {
        let (mut head, mut piece) = (Vec::new(), [0; 8192]);
        while head.len() < MOST && !has_a_line(&head) {
            match text.read(&mut piece) {
                Ok(0) => break,
                Ok(length) => head.extend_from_slice(&piece[..length]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        if head.starts_with(b"\xef\xbb\xbf") {
            head.drain(..3);
        }
        Ok(Self { head, rest: text, lines_before: 0 })
    }

    /// Why this is no text that can be read.
    pub(super) fn wrong(&self, file: &FilePath) -> Option<Diagnostic> {
        let place = || Place::at(file.clone(), 1, 1);
        if self.head.starts_with(b"\xff\xfe") || self.head.starts_with(b"\xfe\xff") {
            let found = Diagnostic::error("not-utf8", "the file is text in UTF-16, not in UTF-8").at(place(), "");
            return Some(found.help("save it as \"CSV UTF-8\", which spreadsheets offer beside other kinds of CSV"));
        }
        if self.head.starts_with(b"PK\x03\x04") || self.head.starts_with(b"\xd0\xcf\x11\xe0") {
            let found = Diagnostic::error("roster", "the file is a workbook of a spreadsheet, not a table as text");
            return Some(found.at(place(), "").help("save it as \"CSV UTF-8\" in the spreadsheet, and name that file"));
        }
        self.head.iter().all(u8::is_ascii_whitespace).then(|| {
            let found = Diagnostic::error(super::EMPTY, "there is nobody in the file").at(place(), "");
            found.help(
                "write a row with the names of columns, such as `id,name,program,start`, and a row for each person",
            )
        })
    }

    /// What a text is that has no name.
    pub(super) fn form(&self) -> Form {
        let text = String::from_utf8_lossy(&self.head);
        let Some(line) = text.lines().map(str::trim).find(|line| !line.is_empty()) else { return Form::Table };
        let begins =
            line.starts_with(['#', '{', '[']) || line == "-" || line.starts_with("- ") || line.starts_with("---");
        let decides = line.chars().find(|c| matches!(c, ':' | ',' | ';' | '\t'));
        if begins || decides == Some(':') { Form::Yaml } else { Form::Table }
    }

    /// What is between two cells: what a first line `sep=;` says, else what is in the first row most often. The line is taken off.
    pub(super) fn separator(&mut self) -> u8 {
        let line = first_line(&self.head);
        if let Some([separator @ (b',' | b';' | b'\t')]) = line.strip_prefix(b"sep=".as_slice()) {
            let (separator, length) = (*separator, line.len());
            let end = self.head[length..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count().min(2);
            self.head.drain(..length + end);
            self.lines_before = 1;
            return separator;
        }
        let count = |separator: u8| line.iter().filter(|byte| **byte == separator).count();
        // Of equally many the last.
        [b'\t', b';', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
    }

    /// Whether lines end with a carriage return alone, as spreadsheets write them for old Macs.
    pub(super) fn has_returns_alone(&self) -> bool {
        self.head.contains(&b'\r') && !self.head.contains(&b'\n')
    }

    /// All of the text.
    pub(super) fn text(self) -> impl Read + Send + 's {
        Cursor::new(self.head).chain(self.rest)
    }
}

fn first_line(text: &[u8]) -> &[u8] {
    text.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default()
}

/// Whether there is a whole line that says something.
fn has_a_line(text: &[u8]) -> bool {
    let mut lines = text.split(|byte| matches!(byte, b'\r' | b'\n')).peekable();
    std::iter::from_fn(|| lines.next().map(|line| (line, lines.peek().is_some())))
        .any(|(line, is_ended)| is_ended && !line.iter().all(u8::is_ascii_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(text: &str) -> Start<'_> {
        Start::of(Box::new(text.as_bytes())).expect("memory can be read")
    }

    #[test]
    fn a_text_without_a_name_says_what_it_is() {
        for text in ["id,name\n", "\n\nid;at: x\n", "id\tname", "id\n", ""] {
            assert_eq!(start(text).form(), Form::Table, "{text}");
        }
        for text in ["- id: a\n", "\u{feff}id: a\n", "# people\n- id: a\n", "---\n- a\n", "[{id: a}]", "-\n  id: a\n"] {
            assert_eq!(start(text).form(), Form::Yaml, "{text}");
        }
    }

    #[test]
    fn the_first_row_says_what_is_between_cells() {
        for (text, separator) in [("id,name;x,y\n", b','), ("id;name\n", b';'), ("id\tname\r\n", b'\t'), ("id\n", b',')]
        {
            assert_eq!(start(text).separator(), separator, "{text}");
        }
        let mut said = start("sep=;\r\nid,x;name\r\n");
        assert_eq!((said.separator(), said.lines_before, said.head.as_slice()), (b';', 1, b"id,x;name\r\n".as_slice()));
    }
}
