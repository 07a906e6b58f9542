//! The text of a cell as it is taken apart: small letters, brackets, words of its own.

use super::REST;

/// Why a text cannot be read.
#[derive(Debug)]
pub(super) enum Unreadable {
    /// What is wrong, and what to write.
    Advised(String),
    /// What is wrong, where another spelling may be meant.
    Unknown(String),
}

/// A text in small letters, with single blanks between its words.
pub(super) fn folded(text: &str) -> String {
    let small = text.to_lowercase().replace('\u{d7}', "x").replace(['\u{2013}', '\u{2014}', '\u{2212}'], "-");
    let words = small.split_whitespace().collect::<Vec<_>>().join(" ");
    // Before a number it is no part of a word such as `w/up`.
    let Some((before, after)) = words.split_once(" w/") else { return words };
    let is_last = |text: &str| ["last ", "the last "].iter().any(|last| text.starts_with(last));
    match after.trim_start() {
        faster if faster.starts_with(|c: char| c.is_ascii_digit()) || is_last(faster) => {
            format!("{before} with {faster}")
        }
        _ => words,
    }
}

pub(super) fn is_rest(words: &str) -> bool {
    matches!(words, "" | "-" | REST | "off" | "day off" | "rest day")
}

/// Whether one of the choices between slashes is a day off, as in `rest/cross`; words may have a slash, as in `run/walk`.
pub(super) fn is_rest_beside_slash(words: &str) -> bool {
    words.split('/').any(|one| is_rest(one.trim()))
}

/// Whether a text in brackets says that the session before it may be left out.
pub(super) fn means_optional(inner: &str) -> bool {
    matches!(inner, "optional" | "opt" | "opt." | "or rest")
}

/// A text of a cell in a message; minutes may be written `45'`.
pub(super) fn shown(text: &str) -> String {
    let escaped = |c: char| match c {
        '\'' | '"' => c.to_string(),
        _ => c.escape_debug().to_string(),
    };
    text.chars().take(80).map(escaped).collect()
}

/// The pieces of a text between separators that stand outside of brackets.
pub(super) fn outside<'t>(text: &'t str, separator: &str) -> Vec<&'t str> {
    let (mut pieces, mut start, mut depth) = (Vec::new(), 0, 0_u32);
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_ascii()) {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 && at >= start && text[at..].starts_with(separator) => {
                pieces.push(&text[start..at]);
                start = at + separator.len();
            }
            _ => {}
        }
    }
    pieces.push(&text[start..]);
    pieces
}

/// The text before the first of these separators outside of brackets, and the text behind it.
pub(super) fn split_outside<'t>(text: &'t str, separator: &str) -> Option<(&'t str, &'t str)> {
    let first = *outside(text, separator).first()?;
    Some((first, text.get(first.len() + separator.len()..)?))
}

/// The text before the brackets at the end of a text, and what is in them: `5 mi easy` and `hilly` of `5 mi easy (hilly)`. `None` if
/// it does not end with brackets, or they are those of repeats, `2x(400 m @ 5k, 200 m jog)`.
pub(super) fn bracketed_end(words: &str) -> Option<(&str, &str)> {
    let (before, inner) = words.strip_suffix(')')?.rsplit_once('(')?;
    let before = before.trim_end();
    let is_repeated =
        before.strip_suffix('x').is_some_and(|times| times.trim_end().ends_with(|c: char| c.is_ascii_digit()));
    (!is_repeated && !inner.contains(')')).then(|| (before, inner.trim()))
}

pub(super) fn is_number(token: &str) -> bool {
    !token.is_empty() && token.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_hold_what_is_in_them_together() {
        assert_eq!(outside("2x(4x400m, 90 s jog), 3 min jog", ","), ["2x(4x400m, 90 s jog)", " 3 min jog"]);
        assert_eq!(outside("a + b (c + d) + e", " + "), ["a", "b (c + d)", "e"]);
        assert_eq!(split_outside("2x(1 km @ 10k) @ 5k", "@"), Some(("2x(1 km @ 10k) ", " 5k")));
        assert_eq!(split_outside("2x(1 km @ 10k)", "@"), None);
        assert_eq!(bracketed_end("5 mi easy (hilly)"), Some(("5 mi easy", "hilly")));
        for none in ["5 mi easy", "2x(400 m, 90 s jog)", "2 x (400 m, 90 s jog)", "(hilly) easy"] {
            assert_eq!(bracketed_end(none), None, "{none}");
        }
    }

    #[test]
    fn spellings_that_nobody_can_mean_otherwise_are_even() {
        assert_eq!(folded("  6\u{d7}400\u{a0}m  W/ 200 m Jog "), "6x400 m with 200 m jog");
        assert_eq!(folded("8\u{2013}10 km w/6x20 s strides"), "8-10 km with 6x20 s strides");
        assert_eq!(folded("10 km w/ last 3 km tempo"), "10 km with last 3 km tempo");
        assert_eq!(folded("Run w/Up"), "run w/up");
        for rest in ["", "-", "\u{2013}", "REST", " Day  off "] {
            assert!(is_rest(&folded(rest)), "{rest}");
        }
    }
}
