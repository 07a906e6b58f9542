//! Amounts and codes within text that runs to the left.
//!
//! The Unicode algorithm (UAX 9) takes the signs between two numbers for signs of the text around them, so that "3 × 8–12"
//! between Hebrew words stands as "12–8 × 3". What this module finds keeps its own order, from left to right.

use std::ops::Range;

/// Opens a stretch that reads from left to right wherever it stands.
///
/// ```
/// use regimen_export::direction::{OPEN, isolated};
/// assert!(isolated("3 × 8").starts_with(OPEN));
/// ```
pub const OPEN: char = '\u{2066}';
/// Closes it.
///
/// ```
/// use regimen_export::direction::{CLOSE, isolated};
/// assert!(isolated("3 × 8").ends_with(CLOSE));
/// ```
pub const CLOSE: char = '\u{2069}';

/// Amounts and codes that would be turned round within text that runs to the left: several numbers with signs between
/// them, or numbers with units in Latin letters. A number alone keeps its order, and so does what follows Latin words.
///
/// ```
/// use regimen_export::direction::amounts;
/// let text = "שבוע 3: 3 × 8–12 חזרות, 2.5 kg (RPE 7–8)";
/// let found: Vec<&str> = amounts(text).into_iter().map(|range| &text[range]).collect();
/// assert_eq!(found, ["3 × 8–12", "2.5 kg"]);
/// ```
pub fn amounts(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    let (mut after_latin, mut after_letter) = (false, false);
    while let Some(letter) = text[at..].chars().next() {
        let start = at;
        at += letter.len_utf8();
        // A hyphen behind a letter joins words.
        let joined = after_letter && is_sign_before(letter);
        after_letter = letter.is_alphanumeric();
        if !after_latin
            && !joined
            && let Some(end) = amount(&text[start..])
        {
            if !is_one_number(&text[start..start + end]) {
                found.push(start..start + end);
            }
            at = start + end;
        } else if letter.is_alphabetic() {
            after_latin = letter < '\u{590}';
        }
    }
    found
}

/// A text with its amounts and codes marked as reading from left to right.
///
/// ```
/// use regimen_export::direction::isolated;
/// assert_eq!(isolated("3 × 8–12 חזרות"), "\u{2066}3 × 8–12\u{2069} חזרות");
/// ```
pub fn isolated(text: &str) -> String {
    let bare = text.replace([OPEN, CLOSE], "");
    let (mut marked, mut end) = (String::with_capacity(text.len() + 8), 0);
    for range in amounts(&bare) {
        marked.push_str(&bare[end..range.start]);
        marked.push(OPEN);
        marked.push_str(&bare[range.clone()]);
        marked.push(CLOSE);
        end = range.end;
    }
    marked.push_str(&bare[end..]);
    marked
}

/// How long the amount is with which a text begins, if it begins with one.
fn amount(text: &str) -> Option<usize> {
    let signed = text.trim_start_matches(is_sign_before);
    let first = if signed.len() < text.len() { signed.trim_start_matches(is_space) } else { text };
    let mut end = text.len() - first.len() + token(first).filter(|_| first.starts_with(is_digit))?;
    loop {
        let rest = &text[end..];
        let after = rest.strip_prefix(is_space).unwrap_or(rest);
        let unit = after.starts_with(['%', '°', '‰']).then(|| after.chars().next().map_or(0, char::len_utf8));
        let next = unit.or_else(|| token(after)).map(|length| rest.len() - after.len() + length);
        match next.or_else(|| joined(rest, after)) {
            Some(length) => end += length,
            None => return Some(end),
        }
    }
}

/// How long a sign and the number or word after it are: " × 8", "–12".
fn joined(rest: &str, after: &str) -> Option<usize> {
    let spaced = after.len() < rest.len();
    let behind = after.strip_prefix(is_sign_between)?;
    let next = if spaced { behind.strip_prefix(is_space)? } else { behind };
    Some(rest.len() - next.len() + token(next)?)
}

/// How long the number or the Latin word is with which a text begins.
fn token(text: &str) -> Option<usize> {
    if text.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return text.find(|letter: char| !letter.is_ascii_alphanumeric()).or(Some(text.len()));
    }
    let mut length = text.find(|letter| !is_digit(letter)).unwrap_or(text.len());
    while length > 0
        && let Some(after) = text[length..].strip_prefix(['.', ',', ':', '/'])
    {
        let more = after.find(|letter| !is_digit(letter)).unwrap_or(after.len());
        if more == 0 {
            break;
        }
        length += 1 + more;
    }
    (length > 0).then_some(length)
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn is_sign_before(letter: char) -> bool {
    matches!(letter, '+' | '-' | '−' | '±' | '≥' | '≤' | '<' | '>' | '≈' | '~')
}

fn is_sign_between(letter: char) -> bool {
    matches!(letter, '×' | '–' | '—' | '-' | '\u{2010}' | '\u{2011}' | '−' | '+' | '/' | '=' | '±' | '*' | '≥' | '≤')
}

/// Whether these are digits, and separators that keep the order of digits.
fn is_one_number(text: &str) -> bool {
    text.chars().all(|letter| is_digit(letter) || matches!(letter, '.' | ',' | ':' | '/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = amounts(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn amounts_and_codes_are_found() {
        check("3 × 8–12", &["3 × 8–12"]);
        check("הרימו 3\u{a0}×\u{a0}8–12 פעמים ועוד 2 × 20 שניות.", &["3\u{a0}×\u{a0}8–12", "2 × 20"]);
        check("ارفع 10-15 مرة، إيقاع 3-1-1-0.", &["10-15", "3-1-1-0"]);
        check("ב-10–15 ק״ג, 70–75 %, 2.5 kg, 4:10 min/km", &["10–15", "70–75 %", "2.5 kg", "4:10 min/km"]);
        check("טלפון +972 3 123-4567, ≥ 2 פעמים", &["+972 3 123-4567", "≥ 2"]);
        check("2027-01-04", &["2027-01-04"]);
    }

    #[test]
    fn single_numbers_and_latin_text_are_as_they_are() {
        check("שבוע 3, 2.5, 4:10, 1/2.", &[]);
        check("RPE 7–8, then 3 × 8", &[]);
        check("(RPE 7–8) 3 × 8 חזרות 3 × 8", &["3 × 8"]);
        check("", &[]);
        check("– × kg", &[]);
    }

    #[test]
    fn marking_twice_is_marking_once() {
        let text = "\u{2066}8–12\u{2069} × 3, 4 × 5 שניות";
        assert_eq!(isolated(text), "\u{2066}8–12 × 3\u{2069}, \u{2066}4 × 5\u{2069} שניות");
        assert_eq!(isolated(&isolated(text)), isolated(text));
    }
}
