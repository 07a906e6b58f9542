//! Plain text for people: made safe to print, wrapped, and set in columns by the width that it takes on a screen.

use std::borrow::Cow;
use std::io::IsTerminal as _;

use regimen_catalog::hidden;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Stands for a character that would not be seen as what it is.
const UNSEEN: char = '\u{fffd}';

/// Text of a file must not move the cursor or ring the bell of a terminal, nor read otherwise than it is.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|c| if hidden::misleads(c) || c == '\r' { UNSEEN } else { c }).collect()
}

/// A text with a line break must not look like another line.
pub(crate) fn one_line(text: &str) -> String {
    printable(text).replace(['\n', '\t'], "\u{fffd}")
}

/// A name that a stranger gave, such as a file's: no two names look alike, and each reads as it is.
pub(crate) fn named(name: &str) -> String {
    one_line(name).chars().map(|c| if hidden::is_unseen(c) { UNSEEN } else { c }).collect()
}

/// JSON as it is shown: the same values, with the number of each character that would not be seen.
pub(crate) fn json(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        // Line breaks stand between values, where they are seen.
        if hidden::is_unseen(c) {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| shown.push_str(&format!("\\u{unit:04x}")));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// What is printed at last, from any source: colours are ours, and nothing else of the kind is.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    let misleads = |c: char| c != '\u{1b}' && hidden::misleads(c);
    if text.contains(misleads) { text.replace(misleads, "\u{fffd}").into() } else { text.into() }
}

/// How many columns a result may take: what `COLUMNS` says, else the width of the terminal; `None` for files and pipes,
/// which have no end of line.
pub(crate) fn columns() -> Option<usize> {
    let stated = std::env::var_os("COLUMNS").and_then(|value| value.to_str()?.parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    stated.filter(|width| *width > 0).or_else(|| terminal().filter(|_| std::io::stdout().is_terminal()))
}

/// How many columns a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The text cut to some columns, with a sign that there was more.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut left = columns.saturating_sub(1);
    let fits = |c: &char| {
        let taken = c.width().unwrap_or(0);
        let fits = taken <= left;
        left = left.saturating_sub(taken);
        fits
    };
    let start: String = text.chars().take_while(fits).collect();
    format!("{}…", start.trim_end())
}

/// The text in lines of at most some columns, broken between words. A word that is longer stays whole.
pub(crate) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if width(line) + 1 + width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Rows in columns, two blanks apart. Only the last column may be cut, and only if `limit` says how wide lines may be.
pub(crate) fn table<const N: usize>(rows: &[[String; N]], limit: Option<usize>) -> String {
    let widths: [usize; N] = std::array::from_fn(|at| rows.iter().map(|row| width(&row[at])).max().unwrap_or(0));
    let mut lines = Vec::new();
    for row in rows {
        let mut line = String::new();
        for (at, cell) in row.iter().enumerate() {
            let last = at + 1 == N;
            let cell = match limit {
                Some(limit) if last => cut(cell, limit.saturating_sub(width(&line))),
                _ => cell.clone(),
            };
            let padding = if last { 0 } else { widths[at] + 2 - width(&cell) };
            line.push_str(&cell);
            line.push_str(&" ".repeat(padding));
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n")
}

/// An amount of bytes, as people read it.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        1_000_000..1_000_000_000 => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes % 1_000_000_000 / 100_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_what_a_screen_shows() {
        let rows = [["罗马".to_owned(), "a".to_owned()], ["abcdef".to_owned(), "bcdefgh".to_owned()]];
        assert_eq!(table(&rows, None), "罗马    a\nabcdef  bcdefgh");
        assert_eq!(table(&rows, Some(12)), "罗马    a\nabcdef  bcd…");
        assert_eq!(cut("罗马硬拉", 5), "罗马…");
        assert_eq!(cut("short", 5), "short");
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrapped("a verylongword b", 4), ["a", "verylongword", "b"]);
        assert_eq!(wrapped("", 4), [""]);
    }

    #[test]
    fn nothing_moves_the_cursor() {
        assert_eq!(one_line("a\u{1b}[31m\nb\u{7}"), "a\u{fffd}[31m\u{fffd}b\u{fffd}");
        assert_eq!(printable("a\rb\u{9b}c"), "a\u{fffd}b\u{fffd}c");
    }

    #[test]
    fn nothing_reads_otherwise_than_it_is() {
        assert_eq!(printable("a\u{202e}b\u{2066}c"), "a\u{fffd}b\u{fffd}c");
        assert_eq!(printable("می\u{200c}خواهم \u{200f}"), "می\u{200c}خواهم \u{200f}", "languages keep their marks");
        assert_eq!(named("a\u{200b}b\u{200f}\n"), "a\u{fffd}b\u{fffd}\u{fffd}");
        assert_eq!(safe("\u{1b}[31ma\u{202e}b"), "\u{1b}[31ma\u{fffd}b");
        assert_eq!(json("{\n  \"a\u{202e}é\u{e0041}\"\n}"), "{\n  \"a\\u202eé\\udb40\\udc41\"\n}");
    }
}
