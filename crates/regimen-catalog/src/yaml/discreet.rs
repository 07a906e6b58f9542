//! Findings in texts that no finding may repeat, such as files of people.
//!
//! A finding says where something is and what belongs there. It names keys of the format, and offers words of the format and amounts
//! that can be read; it never repeats a value, nor a key that the format does not have.

use serde_yaml::Value as Tree;

use super::origin::TreeOrigin;
use super::report;
use super::wording::{self, KEYS, Mistake};
use regimen_model::diagnostic::{Diagnostic, FieldPath, Segment};
use regimen_model::suggest;

/// The finding for a mistake at a path; `asked` is what serde says of another value there.
pub(super) fn finding(
    origin: &TreeOrigin<'_>,
    path: &FieldPath,
    value: &Tree,
    mistake: &Mistake<'_>,
    asked: Option<&Mistake<'_>>,
) -> Diagnostic {
    match mistake {
        Mistake::UnknownKey { allowed } => unknown_key(origin, path, allowed),
        Mistake::UnknownWord { word, allowed } => unknown_word(origin, path, word, allowed),
        Mistake::WrongType { expected } => {
            let expected = match asked {
                Some(Mistake::UnknownWord { allowed, .. }) => format!("one of {}", wording::listed(allowed)),
                _ => wording::plain_type(expected),
            };
            wrong("wrong-type", &expected, origin, path, value)
        }
        Mistake::OutOfRange { expected } => wrong("wrong-value", &wording::plain_type(expected), origin, path, value),
        Mistake::Said { message } => match asked {
            Some(Mistake::WrongType { expected }) if wording::plain_type(expected) != "a text" => {
                match value.as_str().and_then(|text| report::no_such(expected, text)) {
                    Some((what, help)) => said(origin, path, value, &what).help(help),
                    None => wrong("wrong-value", &wording::plain_type(expected), origin, path, value),
                }
            }
            _ => said(origin, path, value, message),
        },
        Mistake::MissingKey { key } => report::missing_key(origin, &path.clone().key(*key), key),
    }
}

fn unknown_key(origin: &TreeOrigin<'_>, path: &FieldPath, allowed: &[&str]) -> Diagnostic {
    let (key, around) = match path.0.split_last() {
        Some((Segment::Key(key), around)) => (key.to_string(), FieldPath(around.to_vec())),
        _ => (String::new(), FieldPath::root()),
    };
    let list = match allowed {
        [] => "no keys are allowed here".to_owned(),
        _ => format!("allowed here: {}", wording::listed(allowed)),
    };
    let help = match suggest::did_you_mean(&key, allowed.iter().copied()) {
        Some(question) => format!("{question} {list}"),
        None => list,
    };
    let message = format!("{} has no key of this name", origin.name(&around));
    Diagnostic::error("unknown-key", message).at(origin.key(path), "").help(help)
}

fn unknown_word(origin: &TreeOrigin<'_>, path: &FieldPath, word: &str, allowed: &[&str]) -> Diagnostic {
    let list = format!("it is one of {}", wording::listed(allowed));
    let days = report::days_in_brackets(word).filter(|_| allowed.contains(&"monday"));
    let days = days.map(|days| format!("write each day for itself: `{}`;", days.trim_matches(['[', ']'])));
    let help = match days.or_else(|| suggest::did_you_mean(word, allowed.iter().copied())) {
        Some(question) => format!("{question} {list}"),
        None => list,
    };
    let message = format!("{} cannot be what is written here", origin.name(path));
    Diagnostic::error("unknown-word", message).at(origin.value(path), "").help(help)
}

fn wrong(code: &'static str, expected: &str, origin: &TreeOrigin<'_>, path: &FieldPath, value: &Tree) -> Diagnostic {
    let found = match value {
        Tree::Sequence(_) => ", found a list".to_owned(),
        Tree::Mapping(_) => format!(", found {KEYS}"),
        Tree::Null => ", found nothing".to_owned(),
        Tree::Bool(_) | Tree::Number(_) | Tree::String(_) | Tree::Tagged(_) => String::new(),
    };
    let message = format!("{} should be {expected}{found}", origin.name(path));
    Diagnostic::error(code, message).at(origin.value(path), "").maybe_help(meant(expected, value, path))
}

/// What a value probably means, as far as that can be read from it.
fn meant(expected: &str, value: &Tree, path: &FieldPath) -> Option<String> {
    let key = path.0.iter().find_map(|segment| match segment {
        Segment::Key(key) => Some(key.as_ref()),
        Segment::Index(_) => None,
    })?;
    if let Some(question) = report::when_meant(expected, value, "", key) {
        // Cells need no quotes, and neither do times of day in YAML.
        return Some(question.replace('"', ""));
    }
    let text = match (expected, value) {
        (_, Tree::Null) if matches!(path.0.last(), Some(Segment::Index(_))) => {
            return Some(report::BLANK_ITEM.to_owned());
        }
        ("a text", Tree::Bool(_) | Tree::Number(_)) => return Some("put it in quotes".to_owned()),
        _ => value.as_str()?,
    };
    match expected {
        "a list" => report::days_in_brackets(text).map(|days| format!("write `{days}`")),
        KEYS => suggest::dose_meant(text).map(|dose| format!("write `{dose}`")),
        number if number.starts_with("a whole number") => report::number_meant(key, text),
        _ => None,
    }
}

fn said(origin: &TreeOrigin<'_>, path: &FieldPath, value: &Tree, message: &str) -> Diagnostic {
    let key = match path.0.last() {
        Some(Segment::Key(key)) if value.as_str() != Some(key) => without(message, &Tree::String(key.to_string())),
        _ => None,
    };
    if let Some(of_key) = key {
        let message = format!("{}: {of_key}", origin.name(path));
        return Diagnostic::error("wrong-value", message).at(origin.key(path), "");
    }
    // What is said of several keys begins with the one that cannot stay.
    let first = message.strip_prefix('`').and_then(|rest| rest.split_once('`')).map(|(first, _)| first);
    let key = first.filter(|key| value.as_mapping().is_some_and(|keys| keys.contains_key(*key)));
    let place = key.map_or_else(|| origin.value(path), |key| origin.key(&path.clone().key(key)));
    let message = match without(message, value) {
        Some(message) => message,
        None if repeats(message, value) => "this cannot be meant".to_owned(),
        None => message.to_owned(),
    };
    let message = if path.0.is_empty() { message } else { format!("{}: {message}", origin.name(path)) };
    Diagnostic::error("wrong-value", message).at(place, "")
}

/// What is said of a value after naming it: "`x` is not a load" becomes "this is not a load". `None` if the message does not begin
/// with the value, or names it again.
fn without(message: &str, value: &Tree) -> Option<String> {
    let written = match value {
        Tree::String(text) => text.clone(),
        Tree::Number(number) => number.to_string(),
        Tree::Sequence(items) => return items.iter().find_map(|item| without(message, item)),
        Tree::Mapping(keys) => return keys.values().find_map(|item| without(message, item)),
        Tree::Null | Tree::Bool(_) | Tree::Tagged(_) => return None,
    };
    let start: String = written.chars().take(80).collect();
    let spelled = |text: &str| [text.to_owned(), text.escape_debug().to_string(), wording::shorten(text)];
    let spellings = [&written, written.trim(), &start].into_iter().flat_map(spelled);
    let rest = spellings.into_iter().find_map(|text| message.strip_prefix(&format!("`{text}`")))?;
    Some(if repeats(rest, value) { "this cannot be meant".to_owned() } else { format!("this{rest}") })
}

/// Whether a message has a text that is written in a value, unless it is an amount.
fn repeats(message: &str, value: &Tree) -> bool {
    match value {
        Tree::String(text) => {
            // An amount with its unit is nobody's name.
            let is_amount = text.starts_with(|c: char| c.is_ascii_digit());
            let is_words = !is_amount && text.chars().filter(|c| c.is_alphabetic()).count() > 1;
            let start: String = text.trim().chars().take(20).collect();
            is_words && message.to_lowercase().contains(&start.to_lowercase())
        }
        Tree::Sequence(items) => items.iter().any(|item| repeats(message, item)),
        Tree::Mapping(keys) => keys.values().any(|item| repeats(message, item)),
        Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::Tagged(_) => false,
    }
}

/// Findings of the strict reader in the words of this module.
pub(super) fn strict(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let reworded =
        findings.into_iter().map(|finding| match REPEATING.iter().find(|(code, ..)| *code == finding.code) {
            Some((_, message, help)) => {
                Diagnostic { message: (*message).to_owned(), help: Some((*help).to_owned()), ..finding }
            }
            None => finding,
        });
    reworded.collect()
}

/// What the strict reader says in the words of the file: code, message and way out without them.
const REPEATING: &[(&str, &str, &str)] = &[
    ("duplicate-key", "this key is given twice", "keep one of the two; several values of one key are a list"),
    (
        "yaml-alias",
        "this stands for a value elsewhere, or names one; files of people do not do that",
        "write the value out; if the sign belongs to the text, put the whole text in quotes",
    ),
    (
        "yaml-tag",
        "this gives a value a type; files of people do not do that",
        "remove it; if the `!` belongs to the text, put the whole text in quotes",
    ),
    ("merge-key", "`<<` merges other keys into these; files of people do not do that", "write the keys out"),
    ("key-not-text", "this key is no text", "if it is meant as a text, put it in quotes"),
    (
        "wrong-value",
        "this is no number as people write it",
        "write the number with plain digits; if it is meant as a text, put it in quotes",
    ),
    (
        "wrong-type",
        "the file should have a list of people, or the keys of one person",
        "start each person with `- id: p-001`, and write the other keys below, each as `key: value`",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_not_named_again() {
        let text = |text: &str| Tree::String(text.to_owned());
        let said = |message: &str, value: &str| without(message, &text(value));
        assert_eq!(said("`Ann` is not a load", "Ann").as_deref(), Some("this is not a load"));
        assert_eq!(said("`Ann` is not a load; did you mean `ann`?", "Ann").as_deref(), Some("this cannot be meant"));
        assert_eq!(
            said("`7` is not a load; did you mean `7 kg`?", "7").as_deref(),
            Some("this is not a load; did you mean `7 kg`?")
        );
        assert_eq!(
            said("`7 KG` is not a load; did you mean `7 kg`?", "7 KG").as_deref(),
            Some("this is not a load; did you mean `7 kg`?")
        );
        assert_eq!(said("`load` is missing", "Ann"), None);
        assert!(repeats("no Ann here", &Tree::Sequence(vec![text("ann")])));
    }
}
