//! What serde says about a wrong value, taken apart and put into plain words.

use regimen_model::diagnostic::{FieldPath, Segment};

/// The longest piece of a file that is repeated in a message, in characters.
const MAX_QUOTED: usize = 40;

/// A mistake in a tree, as serde puts it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mistake<'m> {
    /// A key that the type does not have, and those that it has.
    UnknownKey { allowed: Vec<&'m str> },
    /// A word that a closed vocabulary does not have, and those that it has.
    UnknownWord { word: &'m str, allowed: Vec<&'m str> },
    /// A key that is not there.
    MissingKey { key: &'m str },
    /// A value of another kind.
    WrongType { expected: &'m str },
    /// A value of the right kind, out of range.
    OutOfRange { expected: &'m str },
    /// What one of our own types says.
    Said { message: &'m str },
}

impl<'m> Mistake<'m> {
    /// Takes serde's message apart.
    pub(super) fn parse(message: &'m str) -> Self {
        let after = |start: &str| message.strip_prefix(start);
        let expected = |text: &'m str| text.rsplit_once(", expected ").map_or("", |(_, expected)| expected);
        if let Some(rest) = after("unknown field ") {
            let allowed = rest.split_once("`, ").map_or("", |(_, list)| list);
            Self::UnknownKey { allowed: quoted(allowed) }
        } else if let Some(rest) = after("unknown variant `") {
            let (word, list) = rest.split_once("`, ").unwrap_or((rest, ""));
            Self::UnknownWord { word, allowed: quoted(list) }
        } else if let Some(rest) = after("missing field ") {
            Self::MissingKey { key: rest.trim_matches('`') }
        } else if let Some(rest) = after("invalid type: ") {
            Self::WrongType { expected: expected(rest) }
        } else if let Some(rest) = after("invalid value: ") {
            Self::OutOfRange { expected: expected(rest) }
        } else {
            Self::Said { message }
        }
    }
}

/// The words between backquotes.
pub(super) fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// A message without the places that YAML libraries add, since a finding carries a better one.
pub(super) fn clean(message: &str) -> String {
    let message = match message.rsplit_once(" at line ") {
        Some((before, place))
            if place.split_once(" column ").is_some_and(|(line, column)| number(line) && number(column)) =>
        {
            before
        }
        _ => message,
    };
    match message.split_once(": ") {
        Some((path, rest)) if is_path(path) => rest.to_owned(),
        _ => message.to_owned(),
    }
}

fn number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text is a path such as `main[2].dose`, and not a word such as `invalid type`.
fn is_path(text: &str) -> bool {
    let path = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'[' | b']'));
    path && text.contains(['.', '[', '_'])
}

/// What a value of the wrong type should be, for a message of serde about JSON: "should be a text, found a list".
/// `None` if the message is not about types. `words` are those that a closed vocabulary has, if the type is one.
///
/// ```
/// let said = regimen_catalog::wrong_type("invalid type: sequence, expected a boolean", &serde_json::json!([1]), &[]);
/// assert_eq!(said.as_deref(), Some("should be `true` or `false`, found a list"));
/// ```
pub fn wrong_type(message: &str, value: &serde_json::Value, words: &[&str]) -> Option<String> {
    let expected = match Mistake::parse(message) {
        Mistake::WrongType { expected } | Mistake::OutOfRange { expected } => plain_type(expected),
        _ => return None,
    };
    let expected = if words.is_empty() { expected } else { format!("one of {}", listed(words)) };
    let value = serde_yaml::to_value(value).unwrap_or_default();
    Some(format!("should be {expected}, found {}", found(&value, None)))
}

/// A kind of value in the words of somebody who has never heard of types.
pub(super) fn plain_type(expected: &str) -> String {
    let word = match expected {
        "a string" | "string" | "str" | "a character" => "a text",
        "a sequence" | "a set" | "an array" => "a list",
        "a map" | "map" => KEYS,
        "a boolean" => "`true` or `false`",
        "unit" | "unit value" | "null" => "nothing",
        "f32" | "f64" => "a number",
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" | "u64" | "u128" | "usize" => "a whole number, 0 or more",
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => "a whole number",
        "a date string" => "a date such as `2027-01-31`",
        "a time string" => "a time of day such as `09:15`",
        "a Value::Tagged enum" | "variant identifier" => "one word",
        // Serde's words for an enum in JSON.
        "string or map" => "one word",
        _ if expected.starts_with("struct ") || expected.starts_with("tuple ") => KEYS,
        _ if expected.starts_with("enum ") => "one word",
        _ => return expected.to_owned(),
    };
    word.to_owned()
}

/// What a mapping is called.
pub(super) const KEYS: &str = "`key: value` lines";

/// What stands in a file where something else was expected. `written` is its spelling there.
pub(super) fn found(value: &serde_yaml::Value, written: Option<&str>) -> String {
    let spelled = |fallback: String| quote(written.unwrap_or(&fallback));
    match value {
        serde_yaml::Value::Null => "nothing".to_owned(),
        serde_yaml::Value::Bool(truth) => {
            format!("the yes-or-no value {}", spelled(truth.to_string()))
        }
        serde_yaml::Value::Number(number) => format!("the number {}", spelled(number.to_string())),
        serde_yaml::Value::String(text) => format!("the text {}", quote(text)),
        serde_yaml::Value::Sequence(_) => "a list".to_owned(),
        serde_yaml::Value::Mapping(_) | serde_yaml::Value::Tagged(_) => KEYS.to_owned(),
    }
}

/// What to call the thing at a path: `dose`, or item 3 of `steps`.
pub(super) fn name(path: &FieldPath) -> String {
    match path.0.as_slice() {
        [] => "the file".to_owned(),
        [.., Segment::Key(key)] => quote(key),
        [.., Segment::Key(list), Segment::Index(index)] => {
            format!("item {} of {}", index + 1, quote(list))
        }
        [.., Segment::Key(weeks), Segment::Index(week), Segment::Index(cell)] if **weeks == *"weeks" => {
            format!("cell {} of week {}", cell + 1, week + 1)
        }
        [.., Segment::Index(index)] => format!("item {} of the list", index + 1),
    }
}

/// What to call the thing at a path of a text that is not repeated. Only the first key, and those of a dose or a change, are of the
/// format; what is between them are names that are written there.
pub(super) fn name_of_format(path: &FieldPath) -> String {
    match path.0.as_slice() {
        [Segment::Key(list), Segment::Index(item)] => format!("item {} of `{list}`", item + 1),
        [Segment::Key(_), _, .., Segment::Key(key)] => format!("`{key}`"),
        [Segment::Key(key), ..] => format!("`{key}`"),
        [Segment::Index(_), ..] | [] => "the person".to_owned(),
    }
}

/// A list of words for reading, each between backquotes.
pub(super) fn listed(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// A piece of a file between backquotes: one line, and not too long.
pub(super) fn quote(text: &str) -> String {
    format!("`{}`", shorten(text))
}

/// A piece of a file in one line, and not too long.
pub(super) fn shorten(text: &str) -> String {
    let mut characters = text.chars();
    let start: String = characters.by_ref().take(MAX_QUOTED).collect();
    let escaped: String =
        start.chars().flat_map(|c| if c == '"' || c == '\'' { vec![c] } else { c.escape_debug().collect() }).collect();
    if characters.next().is_some() { format!("{escaped}...") } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_libraries_are_removed() {
        for (message, expected) in [
            ("main[2].dose: unknown field `x` at line 3 column 4", "unknown field `x`"),
            ("invalid type: map, expected u8 at line 1 column 2", "invalid type: map, expected u8"),
            ("meet at line dance", "meet at line dance"),
            ("plain", "plain"),
        ] {
            assert_eq!(clean(message), expected);
        }
    }

    #[test]
    fn serde_messages_are_taken_apart() {
        let list = |words: &[&'static str]| words.to_vec();
        for (message, expected) in [
            ("unknown field `a`, expected `b`", Mistake::UnknownKey { allowed: list(&["b"]) }),
            ("unknown field `a`, expected `b` or `c`", Mistake::UnknownKey { allowed: list(&["b", "c"]) }),
            ("unknown field `a`, there are no fields", Mistake::UnknownKey { allowed: list(&[]) }),
            (
                "unknown variant `a`, expected one of `b`, `c`, `d`",
                Mistake::UnknownWord { word: "a", allowed: list(&["b", "c", "d"]) },
            ),
            ("missing field `a`", Mistake::MissingKey { key: "a" }),
            ("invalid type: string \"x, expected y\", expected u8", Mistake::WrongType { expected: "u8" }),
            ("invalid value: integer `300`, expected u8", Mistake::OutOfRange { expected: "u8" }),
            ("`x` is not a load", Mistake::Said { message: "`x` is not a load" }),
        ] {
            assert_eq!(Mistake::parse(message), expected, "{message}");
        }
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(quote("a\nb"), "`a\\nb`");
        assert_eq!(quote("it's \"so\""), "`it's \"so\"`");
        assert!(quote(&"中".repeat(1000)).len() < 200);
    }
}
