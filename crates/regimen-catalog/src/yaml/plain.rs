//! Texts without quotes: what YAML 1.2 takes them for.

use serde_yaml::Value as Tree;

use super::wording;
use regimen_model::quantity::maybe_thousands;

/// Numbers with more digits do not survive as they were written.
const MAX_DIGITS: usize = 15;

/// The value of a text without quotes that [`disguised_number`] lets pass.
pub(super) fn resolve(text: String) -> Tree {
    match text.as_str() {
        "" | "~" | "null" | "Null" | "NULL" => Tree::Null,
        "true" | "True" | "TRUE" => Tree::Bool(true),
        "false" | "False" | "FALSE" => Tree::Bool(false),
        // Kept as it is written, because it may be 1500; what takes numbers decides.
        thousands if maybe_thousands(thousands) => Tree::String(text),
        decimal if is_decimal(decimal) => number(decimal).unwrap_or(Tree::String(text)),
        _ => Tree::String(text),
    }
}

/// The number that digits mean; `012` is a text.
fn number(decimal: &str) -> Option<Tree> {
    let unsigned = decimal.strip_prefix('-').unwrap_or(decimal);
    if decimal.contains('.') {
        return decimal.parse::<f64>().ok().map(Tree::from);
    }
    let padded = unsigned.len() > 1 && unsigned.starts_with('0');
    decimal.parse::<i64>().ok().filter(|_| !padded).map(Tree::from)
}

/// What the key `text` is, if it is not a text.
pub(super) fn not_a_text(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        return Some("empty");
    }
    let word = ["null", "true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word));
    if !word && !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | '~')) {
        return None;
    }
    match serde_yaml::from_str(text) {
        Ok(Tree::Null) => Some("the word for nothing"),
        Ok(Tree::Bool(_)) => Some("`true` or `false`"),
        Ok(Tree::Number(_)) => Some("a number"),
        Err(_) if is_decimal(text) => Some("a number"),
        _ => None,
    }
}

/// Why a value is no number that anybody would write, and the way out, for spellings that YAML reads as one.
pub(super) fn disguised_number(text: &str) -> Option<(String, String)> {
    let numeric = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'));
    if !numeric || text.contains(char::is_whitespace) {
        return None;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let (message, help) = if !is_decimal(text) {
        let number = serde_yaml::from_str::<Tree>(text).ok().filter(Tree::is_number)?;
        let number = number.as_f64().filter(|number| number.is_finite()).map(|number| number.to_string());
        let number = number.map_or_else(|| "a number".to_owned(), |number| format!("the number {number}"));
        (format!("`{text}` would be read as {number}"), "write the number with plain digits")
    } else if digits > MAX_DIGITS {
        (format!("{} has too many digits for a number", wording::quote(text)), "write a shorter number")
    } else {
        return None;
    };
    let help = format!("{help}; if it is meant as a text, put it in quotes: `\"{}\"`", wording::shorten(text));
    Some((message, help))
}

/// Whether a text is a number as people write it: digits, perhaps a minus, perhaps a point and more digits.
fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    digits(whole) && digits(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_mean_what_the_reference_reader_takes_them_for() {
        let words = "~ null Null NULL nULL true True TRUE tRUE false yes no on off y n 0 -0 7 -7 007 -007 0.0 00.50 -0.5 1.10 1_000 \
                     9:15 12:30:45 2027-01-31 8-12 3-1-1-0 123456789012345 -123456789012345 12345.6789012345 1.2.3 -- a";
        for word in words.split(' ') {
            assert_eq!(disguised_number(word), None, "{word}");
            assert_eq!(resolve(word.to_owned()), serde_yaml::from_str::<Tree>(word).unwrap(), "{word}");
        }
    }

    #[test]
    fn what_may_be_thousands_stays_as_it_is_written() {
        for text in ["1.000", "2.500", "120.350"] {
            assert_eq!(resolve(text.to_owned()), Tree::String(text.to_owned()));
        }
        for text in ["1.609", "1.00", "0.500", "1.0000", "1000.000"] {
            assert!(resolve(text.to_owned()).is_number(), "{text}");
        }
    }

    #[test]
    fn every_other_number_is_refused() {
        for word in "+5 +0.5 .5 5. 1e3 1.5E-3 0x1F 0o14 0b1 -0x1 .inf -.INF .nan 1234567890123456".split(' ') {
            assert!(disguised_number(word).is_some(), "{word}");
        }
    }
}
