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

/// Whether a character makes a text read otherwise than it is, wherever it is shown: it moves a cursor, turns the direction of what
/// stands around it, breaks a line unseen, or is there without being seen. Marks that languages are written with are none of these.
pub fn misleads(c: char) -> bool {
    let unseen = matches!(c, '\u{180e}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}');
    unseen || kind(c).is_some()
}

/// Whether nobody sees a character in a name that somebody else gave, such as a file's: what misleads, and marks of languages that
/// make two names look alike. Those that join letters stay, because words and emoji are written with them.
pub fn is_unseen(c: char) -> bool {
    misleads(c)
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{17b4}' | '\u{17b5}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_show_all_that_is_in_them() {
        for c in [
            '\u{202e}',
            '\u{2066}',
            '\u{2069}',
            '\u{feff}',
            '\u{2028}',
            '\u{2060}',
            '\u{1b}',
            '\u{9b}',
            '\u{e0041}',
            '\u{3164}',
        ] {
            assert!(misleads(c) && is_unseen(c), "{c:?}");
        }
        for c in ['\u{200b}', '\u{200e}', '\u{200f}', '\u{61c}', '\u{ad}'] {
            assert!(!misleads(c) && is_unseen(c), "{c:?}");
        }
        for c in ['\u{200c}', '\u{200d}', '\u{fe0f}', ' ', '\u{a0}', 'é', '👩', '\n', '\t'] {
            assert!(!misleads(c) && !is_unseen(c), "{c:?}");
        }
    }

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
