//! The events of a YAML text with byte ranges.

use std::ops::Range;

pub(super) use saphyr_parser::Event;
pub(super) use saphyr_parser::ScalarStyle;
use saphyr_parser::{Parser, StrInput};

/// The first thing in a text that is not YAML. Nothing after it can be read.
#[derive(Debug)]
pub(super) struct Broken {
    /// What the parser says, in its own words.
    pub(super) said: String,
    /// Where, in bytes of the text.
    pub(super) at: usize,
}

/// The events of one YAML text, one after another, with their bytes in that text.
pub(super) struct Events<'t> {
    parser: Parser<'t, StrInput<'t>>,
    cursor: Cursor<'t>,
}

impl<'t> Events<'t> {
    pub(super) fn new(yaml: &'t str) -> Self {
        // A byte order mark is no part of the text, and the parser does not get over every one.
        let start = yaml.len() - without_mark(yaml).len();
        Self {
            parser: Parser::new_from_str(&yaml[start..]),
            cursor: Cursor { text: yaml, start, ascii: yaml[start..].is_ascii(), chars: 0, bytes: start },
        }
    }
}

/// A text without the byte order mark with which some editors open a file.
pub(super) fn without_mark(yaml: &str) -> &str {
    yaml.strip_prefix('\u{feff}').unwrap_or(yaml)
}

impl<'t> Iterator for Events<'t> {
    type Item = Result<(Event<'t>, Range<usize>), Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(match self.parser.next_event()? {
            Ok((event, span)) => {
                let start = self.cursor.byte(span.start.index());
                let end = self.cursor.byte(span.end.index()).max(start);
                Ok((event, start..end))
            }
            Err(error) => Err(Broken { said: error.info().to_owned(), at: self.cursor.byte(error.marker().index()) }),
        })
    }
}

/// Turns the parser's character counts into bytes. Counts come almost in order, so each step is short.
struct Cursor<'t> {
    text: &'t str,
    /// The byte that is character 0.
    start: usize,
    /// Whether every character is one byte, so that nothing need be counted.
    ascii: bool,
    chars: usize,
    bytes: usize,
}

impl Cursor<'_> {
    fn byte(&mut self, wanted: usize) -> usize {
        if self.ascii {
            return self.text.len().min(self.start + wanted);
        }
        while self.chars < wanted {
            let Some(next) = self.text[self.bytes..].chars().next() else {
                break;
            };
            self.bytes += next.len_utf8();
            self.chars += 1;
        }
        while self.chars > wanted {
            let Some(previous) = self.text[self.start..self.bytes].chars().next_back() else {
                break;
            };
            self.bytes -= previous.len_utf8();
            self.chars -= 1;
        }
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_exactly_where_they_say() {
        let text = "\u{feff}a: \"x\r\n  y\"\r\nb: 中文 x\r\n'c':\r\n  - 1.10\r\n  - d # e\r\n";
        let found: Vec<&str> = Events::new(text)
            .filter_map(Result::ok)
            .filter(|(event, _)| matches!(event, Event::Scalar(..)))
            .map(|(_, range)| &text[range])
            .collect();
        assert_eq!(found, ["a", "\"x\r\n  y\"", "b", "中文 x", "'c'", "1.10", "d"]);
    }
}
