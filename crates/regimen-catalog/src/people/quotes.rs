//! How a row of a table is written: where its cells begin, and whether its quotes say where they end.
//!
//! The reader of tables takes whatever it gets. A quote that is opened and not closed would put the rows below it into one cell, and so
//! what belongs to one person on the paper of another.

/// What is wrong with the quotes of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// One is opened and never closed.
    Unclosed,
    /// Something stands behind the closing one.
    TextBehind,
    /// Something invisible stands before the opening one, which so opens nothing.
    SpaceBefore,
}

/// The first slip of a row, with the number of its cell.
pub(super) fn slip(raw: &[u8], separator: u8) -> Option<(usize, Slip)> {
    if !raw.contains(&b'"') {
        return None;
    }
    scan(raw, separator, usize::MAX).err()
}

/// The byte at which a cell begins; the end of the row if it has fewer.
pub(super) fn start(raw: &[u8], separator: u8, number: usize) -> usize {
    scan(raw, separator, number).unwrap_or_else(|_| scan_plain(raw, separator, number))
}

/// Where we are in a cell.
enum At {
    /// Before anything that can be seen.
    Start,
    Plain,
    Quoted,
    /// Behind a quote that closes the cell, or is the first of two.
    Quote,
    /// Behind a closed cell.
    Behind,
}

/// Walks to the start of a cell, or to the first slip before it.
fn scan(raw: &[u8], separator: u8, wanted: usize) -> Result<usize, (usize, Slip)> {
    let first = first_byte(raw);
    let (mut number, mut at, mut is_first) = (0, At::Start, true);
    for (byte, &mark) in raw.iter().enumerate().skip(first) {
        if number == wanted {
            return Ok(byte);
        }
        let is_end = mark == separator || matches!(mark, b'\r' | b'\n');
        at = match at {
            At::Quoted if mark == b'"' => At::Quote,
            At::Quoted => At::Quoted,
            At::Quote if mark == b'"' => At::Quoted,
            _ if is_end && mark != separator => return Ok(byte),
            _ if is_end => {
                number += 1;
                is_first = true;
                at = At::Start;
                continue;
            }
            At::Quote | At::Behind if mark.is_ascii_whitespace() => At::Behind,
            At::Quote | At::Behind => return Err((number, Slip::TextBehind)),
            At::Start if mark == b'"' && is_first => At::Quoted,
            At::Start if mark == b'"' => return Err((number, Slip::SpaceBefore)),
            At::Start if mark.is_ascii_whitespace() => At::Start,
            At::Start | At::Plain => At::Plain,
        };
        is_first = false;
    }
    if matches!(at, At::Quoted) { Err((number, Slip::Unclosed)) } else { Ok(raw.len()) }
}

/// The start of a cell in a row with a slip before it or in it: as far as quotes open and close, if anyhow.
fn scan_plain(raw: &[u8], separator: u8, wanted: usize) -> usize {
    let (mut number, mut is_quoted) = (0, false);
    for (byte, &mark) in raw.iter().enumerate().skip(first_byte(raw)) {
        if number == wanted {
            return byte;
        }
        is_quoted ^= mark == b'"';
        number += usize::from(mark == separator && !is_quoted);
    }
    raw.len()
}

/// Behind the line ends between this row and the one before.
fn first_byte(raw: &[u8]) -> usize {
    raw.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_open_and_close_cells_or_are_slips() {
        for (row, expected) in [
            ("a;b;c\n", None),
            ("\n\"a;\nb\";\"\";\"\"\"\"\r", None),
            ("5\" box;a\"b;6\"\n", None),
            ("\"a\" ;b\n", None),
            ("a;\"b\nc;d\n", Some((1, Slip::Unclosed))),
            ("a;\"b\"\"\nc;d\n", Some((1, Slip::Unclosed))),
            ("a;\"b\"c;d\n", Some((1, Slip::TextBehind))),
            ("a;\"b\" \"c\";d\n", Some((1, Slip::TextBehind))),
            ("a;b; \"c;d\"\n", Some((2, Slip::SpaceBefore))),
        ] {
            assert_eq!(slip(row.as_bytes(), b';'), expected, "{row}");
        }
    }

    #[test]
    fn cells_begin_where_quotes_say() {
        let row = b"\r\na;\"b;\n\"\";c\" ;d;e\n";
        let starts: Vec<usize> = (0..5).map(|number| start(row, b';', number)).collect();
        assert_eq!(starts, [2, 4, 15, 17, 18]);
        assert_eq!(start(b"a;\"b;c", b';', 1), 2);
    }
}
