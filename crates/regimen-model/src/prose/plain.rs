//! Texts that need no parser.

/// Whether a text is one line without any character that can be a mark: most steps and cues are, and need no parser.
pub(super) fn is_plain(text: &str) -> bool {
    let inner = |b: &u8| {
        b.is_ascii_alphanumeric() || matches!(b, b' ' | b',' | b'.' | b';' | b'\'' | b'?' | b'(' | b')' | b'%')
    };
    let bytes = text.as_bytes();
    let opens = bytes.first().is_some_and(u8::is_ascii_alphabetic);
    opens
        && bytes.last() != Some(&b' ')
        && bytes.iter().all(inner)
        && !["%%", "''"].iter().any(|mark| text.contains(mark))
}

/// Whether a text shows nothing: it has only white space and characters that leave no ink.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|mark| mark.is_whitespace() || mark.is_control() || leaves_no_ink(mark))
}

/// Unicode's `Default_Ignorable_Code_Point`, and the blank pattern of Braille.
fn leaves_no_ink(mark: char) -> bool {
    matches!(mark,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::super::parse::{parse, parse_marked};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn plain_texts_mean_the_same_without_a_parser(text in "[A-Za-z][A-Za-z0-9 ,.;'?()%]{0,40}[a-z.)]") {
            let text = text.replace("%%", "%");
            prop_assert!(is_plain(&text) || text.contains("%%") || text.contains("''"));
            prop_assert_eq!(parse(&text), parse_marked(&text));
        }
    }

    #[test]
    fn texts_without_ink_are_blank() {
        let blank = [
            "",
            " ",
            "\t\n",
            "\u{a0}\u{3000}",
            "\u{ad}",
            "\u{200b}",
            "\u{200e} \u{200f}",
            "\u{34f}",
            "\u{61c}",
            "\u{115f}\u{1160}",
            "\u{17b4}\u{17b5}",
            "\u{180b}\u{180e}\u{180f}",
            "\u{202a}\u{202c}\u{202e}",
            "\u{2060}\u{2066}\u{2069}\u{206f}",
            "\u{2800}",
            "\u{3164}",
            "\u{fe0e}\u{fe0f}",
            "\u{feff}",
            "\u{ffa0}",
            "\u{e0001}\u{e0020}\u{e007f}\u{e0100}",
        ];
        for text in blank {
            assert!(is_blank(text), "{text:?}");
        }
        for text in ["a", "\u{200b}.", "-", "\u{1f3c3}\u{fe0f}", "\u{2801}", "\u{1100}", "0"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }

    #[test]
    fn texts_that_may_hold_marks_are_not_plain() {
        for text in [
            "", " a", "a ", "1. a", "a *b*", "a_b", "a\nb", "a\tb", "<b>", "a & b", "a: b", "a\\", "`a`", "ü",
            "a %%b%%",
        ] {
            assert!(!is_plain(text), "{text}");
        }
    }
}
