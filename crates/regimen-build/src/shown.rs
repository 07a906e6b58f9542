//! Texts of strangers, made fit for a message.

use regimen_catalog::hidden;

/// A text on one line, of so many characters at most, in which each character is seen as what it is.
pub(crate) fn escaped(text: &str, most: usize) -> String {
    let mut shown = String::new();
    for (at, c) in text.chars().enumerate() {
        match c {
            _ if at == most => {
                shown.push('…');
                break;
            }
            '\'' | '"' => shown.push(c),
            c => shown.extend(c.escape_debug()),
        }
    }
    shown
}

/// A text of so many characters at most, without those that move a terminal's cursor, turn the direction of text or are not seen.
pub(crate) fn plain(text: &str, most: usize) -> String {
    let kept = |c: &char| c.is_control() || !hidden::is_unseen(*c);
    let mut plain = text.chars().filter(kept).map(|c| if c.is_control() { ' ' } else { c });
    let mut shown: String = plain.by_ref().take(most).collect();
    if plain.next().is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hides_in_what_is_shown() {
        assert_eq!(escaped("a\u{202e}b\n'c' é\u{200b}", 20), "a\\u{202e}b\\n'c' é\\u{200b}");
        assert_eq!(escaped("abc", 2), "ab…");
        assert_eq!(plain("a\u{202e}b\u{1b}[2J\nc\u{200b}\u{2067}\u{feff}", 20), "ab [2J c");
        assert_eq!((plain("abc", 2), plain("ab", 2)), ("ab…".to_owned(), "ab".to_owned()));
    }
}
