//! Characters that no editor shows as what they are.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, FilePath, Place};

/// How many of them one text reports; they often come in crowds.
const MAX_FINDINGS: usize = 20;

/// The way out, wherever one of them stands.
const HELP: &str = "delete it; it often comes with text that was copied from another program";

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Findings with the code `code` for every hidden character in the bytes `range` of a file. A byte order mark may open
/// the file.
pub fn hidden(code: &'static str, text: &str, range: Range<usize>, file: &FilePath) -> Vec<Diagnostic> {
    let base = range.start;
    let part = text.get(range).unwrap_or_default();
    let found = characters(part).filter(|(at, c, _)| !(base + at == 0 && *c == BYTE_ORDER_MARK)).take(MAX_FINDINGS);
    let finding = |(at, c, what): (usize, char, &str)| {
        Diagnostic::error(code, format!("{what} (U+{:04X}) stands here", u32::from(c)))
            .at(Place::bytes(file.clone(), base + at..base + at + c.len_utf8()), "")
            .help(HELP)
    };
    found.map(finding).collect()
}

/// What the first hidden character of a text is.
pub fn first_hidden(text: &str) -> Option<&'static str> {
    characters(text).next().map(|(_, _, what)| what)
}

/// Every hidden character, with its byte and what it is.
pub fn characters(text: &str) -> impl Iterator<Item = (usize, char, &'static str)> {
    // Nearly every text is plain ASCII, which is seen at once.
    let plain = text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\n' | b'\t'));
    let text = if plain { "" } else { text };
    text.char_indices().filter_map(|(at, c)| {
        // Editors break lines after a carriage return only where a line feed follows; YAML always does.
        let alone = c == '\r' && !text[at..].starts_with("\r\n");
        Some((at, c, if alone { LINE_BREAK } else { kind(c)? }))
    })
}

const LINE_BREAK: &str = "an invisible line break";

/// What a character is, if it is hidden: not shown at all, or read in different ways by YAML 1.1 and 1.2.
///
/// Marks that languages are written with are none of these: U+200B to U+200F break and join letters and words of Khmer,
/// Persian and Hindi, and tell directions without reordering what stands around them.
fn kind(c: char) -> Option<&'static str> {
    match c {
        '\n' | '\r' | '\t' => None,
        '\u{85}' | '\u{2028}' | '\u{2029}' => Some(LINE_BREAK),
        BYTE_ORDER_MARK => Some("an invisible byte order mark in the middle of the text"),
        // With these a text reads otherwise than it is (CVE-2021-42574).
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some("an invisible mark that turns the direction of text"),
        '\u{fffe}' | '\u{ffff}' => Some("a control character"),
        _ => c.is_control().then_some("a control character"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        characters(text).map(|(at, c, what)| format!("{at} {:x} {what}", u32::from(c))).collect()
    }

    #[test]
    fn what_no_editor_shows_is_found() {
        for (text, expected) in [
            ("a: x\0y", "4 0 a control character"),
            ("a: \u{1b}[31m", "3 1b a control character"),
            ("é\u{2028}", "2 2028 an invisible line break"),
            ("level: 1 # fine\rtags: [x]\r\n", "15 d an invisible line break"),
            ("a\r", "1 d an invisible line break"),
            ("a\u{202e}b", "1 202e an invisible mark that turns the direction of text"),
            ("a\u{2069}b", "1 2069 an invisible mark that turns the direction of text"),
            ("a\u{feff}b", "1 feff an invisible byte order mark in the middle of the text"),
        ] {
            assert_eq!(found(text), [expected], "{text:?}");
        }
    }

    #[test]
    fn what_languages_are_written_with_stays() {
        for text in [
            "a\r\n\tb\n",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "עברית\u{200f}!",
            "ខ្មែរ\u{200b}ខ",
            "👩\u{200d}🔬",
            "a\u{a0}b\u{ad}",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_may_open_a_file_and_nothing_else() {
        let count = |text: &str, from: usize| hidden("prose", text, from..text.len(), &"a.md".into()).len();
        assert_eq!((count("\u{feff}a", 0), count("a\u{feff}", 1), count(&"\0".repeat(90), 0)), (0, 1, 20));
    }
}
