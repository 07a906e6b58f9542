//! Texts that need no parser.

/// Whether a text is one line without any character that can be a mark: most steps and cues are, and need no parser.
pub(super) fn is_plain(text: &str) -> bool {
    let inner = |b: &u8| {
        b.is_ascii_alphanumeric() || matches!(b, b' ' | b',' | b'.' | b';' | b'\'' | b'?' | b'(' | b')' | b'%')
    };
    let bytes = text.as_bytes();
    let opens = bytes.first().is_some_and(u8::is_ascii_alphabetic);
    opens && bytes.last() != Some(&b' ') && bytes.iter().all(inner) && !text.contains("%%")
}

/// Whether nobody can see anything in a text: blanks, and marks without a width.
pub(crate) fn is_blank(text: &str) -> bool {
    let invisible = |mark| matches!(mark, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
    text.chars().all(|mark| mark.is_whitespace() || mark.is_control() || invisible(mark))
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
            prop_assert!(is_plain(&text) || text.contains("%%"));
            prop_assert_eq!(parse(&text), parse_marked(&text));
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
