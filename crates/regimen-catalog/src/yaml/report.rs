//! Findings about values, from what serde says of them.

use serde_yaml::Value as Tree;

use super::misplaced;
use super::origin::{Refusal, TreeOrigin};
use super::wording::{self, KEYS, Mistake};
use regimen_model::civil;
use regimen_model::diagnostic::{Diagnostic, FieldPath, Segment, Severity};
use regimen_model::quantity::{self, Count};
use regimen_model::suggest;
use regimen_model::suggest::when::{self, apart};

/// What to do about an item of a list that says nothing.
pub(super) const BLANK_ITEM: &str = "write it after the `- `, or remove the line";

/// What to try in place of a wrong value to learn what would be right: some refusals do not say it.
pub(super) fn question(mistake: &Mistake<'_>, value: &Tree) -> Option<Tree> {
    match mistake {
        // A closed vocabulary lists its words only when it is given a word.
        Mistake::WrongType { expected } if wording::plain_type(expected) == "one word" => {
            Some(Tree::String(String::new()))
        }
        // A foreign type, such as a date, says in the terms of its parser what is wrong with a text.
        Mistake::Said { message } if value.is_string() && is_foreign(message) => Some(Tree::Bool(true)),
        _ => None,
    }
}

/// Whether a message does not come from one of our own types, which name the value.
fn is_foreign(message: &str) -> bool {
    !message.contains('`') || message.starts_with("parsed ")
}

/// The finding for a mistake at a path; `asked` is the answer to the [`question`], if there was one.
pub(super) fn finding(
    origin: &TreeOrigin<'_>,
    path: &FieldPath,
    value: &Tree,
    mistake: &Mistake<'_>,
    asked: Option<&Refusal>,
) -> Diagnostic {
    let asked = asked.map(|refusal| Mistake::parse(&refusal.message));
    match mistake {
        Mistake::UnknownKey { allowed } => unknown_key(origin, path, allowed),
        Mistake::UnknownWord { word, allowed } => unknown_word(origin, path, word, allowed),
        Mistake::WrongType { expected } => {
            let expected = match asked {
                Some(Mistake::UnknownWord { allowed, .. }) => {
                    format!("one of {}", wording::listed(&allowed))
                }
                _ => wording::plain_type(expected),
            };
            wrong("wrong-type", &expected, origin, path, value)
        }
        Mistake::OutOfRange { expected } => wrong("wrong-value", &wording::plain_type(expected), origin, path, value),
        Mistake::Said { message } => match asked {
            Some(Mistake::WrongType { expected }) if wording::plain_type(expected) != "a text" => {
                if let Some((what, help)) = value.as_str().and_then(|text| no_such(expected, text)) {
                    return said(origin, path, value, &what).help(help);
                }
                wrong("wrong-value", &wording::plain_type(expected), origin, path, value)
            }
            _ => said(origin, path, value, message),
        },
        Mistake::MissingKey { key } => missing_key(origin, &path.clone().key(*key), key),
    }
}

/// The finding for a key that is not there; its help is added when it is known what the key would hold.
pub(super) fn missing_key(origin: &TreeOrigin<'_>, path: &FieldPath, key: &str) -> Diagnostic {
    let around = FieldPath(path.0.split_last().map(|(_, around)| around.to_vec()).unwrap_or_default());
    let message = format!("the key `{key}` is missing in {}", origin.name(&around));
    Diagnostic::error("missing-field", message).at(origin.value(path), "").help(format!("add `{key}:`"))
}

/// An item of a list with nothing in it.
pub(super) fn empty(origin: &TreeOrigin<'_>, path: &FieldPath) -> Diagnostic {
    let name = origin.name(path);
    Diagnostic::error("empty", format!("{name} is empty")).at(origin.value(path), "").help(BLANK_ITEM)
}

/// Says that the search ended early.
pub(super) fn more(origin: &TreeOrigin<'_>) -> Diagnostic {
    Diagnostic::new(Severity::Info, "more-findings", "there may be more mistakes in this file than are shown")
        .at(origin.value(&FieldPath::root()), "")
        .help("correct these first, then check again")
}

fn unknown_key(origin: &TreeOrigin<'_>, path: &FieldPath, allowed: &[&str]) -> Diagnostic {
    let full = origin.full(path);
    let (key, around) = match full.0.split_last() {
        Some((Segment::Key(key), around)) => (key.to_string(), FieldPath(around.to_vec())),
        _ => (String::new(), FieldPath::root()),
    };
    let list = match allowed {
        [] => "no keys are allowed here".to_owned(),
        _ => {
            format!("allowed here: {}; notes of your own go under keys that start with `x-`", wording::listed(allowed))
        }
    };
    let help = misplaced::way_out(&key, origin.written(path), allowed).unwrap_or_else(|| {
        if let Some(keys) = regimen_model::suggest::dose_meant(&key).filter(|_| allowed.contains(&"set_type")) {
            return format!("write `{keys}`");
        }
        if key.starts_with(|c: char| c.is_ascii_digit()) {
            return "in braces a comma ends a value: write a decimal point, as in `12.5 kg`, a list in brackets, as in `[12, 10, 8]`, \
                    or put quotes around the value"
                .to_owned();
        }
        match suggest::did_you_mean(&key, allowed.iter().copied()) {
            Some(question) => format!("{question} {list}"),
            None => list,
        }
    });
    let message = format!("{} is not a key of {}", wording::quote(&key), wording::name(&around));
    Diagnostic::error("unknown-key", message).at(origin.key(path), "").help(help)
}

fn unknown_word(origin: &TreeOrigin<'_>, path: &FieldPath, word: &str, allowed: &[&str]) -> Diagnostic {
    let list = format!("it is one of {}", wording::listed(allowed));
    let days = days_in_brackets(word).filter(|_| allowed.contains(&"monday"));
    let help = match days
        .map(|days| format!("write each day for itself: `{days}`;"))
        .or_else(|| suggest::did_you_mean(word, allowed.iter().copied()))
    {
        Some(question) => format!("{question} {list}"),
        None => list,
    };
    let message = format!("{} cannot be {}", wording::name(&origin.full(path)), wording::quote(word));
    Diagnostic::error("unknown-word", message).at(origin.value(path), "").help(help)
}

fn wrong(code: &'static str, expected: &str, origin: &TreeOrigin<'_>, path: &FieldPath, value: &Tree) -> Diagnostic {
    let written = origin.written(path);
    let full = origin.full(path);
    let found = wording::found(value, written);
    let expected = match path.0.last() {
        Some(Segment::Key(key)) => misplaced::counted_from_one(key, expected),
        Some(Segment::Index(_)) | None => expected.into(),
    };
    let message = format!("{} should be {expected}, found {found}", wording::name(&full));
    let help = misplaced::value_meant(&full, value);
    let help = help.or_else(|| way_out(&expected, value, written.unwrap_or_default(), &full));
    Diagnostic::error(code, message).at(origin.value(path), "").maybe_help(help)
}

fn said(origin: &TreeOrigin<'_>, path: &FieldPath, value: &Tree, message: &str) -> Diagnostic {
    // A key that is itself refused stands at the same path as its value.
    let of_key = match path.0.last() {
        Some(Segment::Key(key)) => message.starts_with(&format!("`{key}` is not")) && value.as_str() != Some(key),
        _ => false,
    };
    if of_key {
        return Diagnostic::error("wrong-value", message).at(origin.key(path), "");
    }
    let full = origin.full(path);
    // What is said of several keys begins with the one that cannot stay.
    let first = message.strip_prefix('`').and_then(|rest| rest.split_once('`')).map(|(first, _)| first);
    let key = first.filter(|key| value.as_mapping().is_some_and(|keys| keys.contains_key(*key)));
    let place = key.map_or_else(|| origin.value(path), |key| origin.key(&path.clone().key(key)));
    let message = if full.0.is_empty() { message.to_owned() } else { format!("{}: {message}", wording::name(&full)) };
    Diagnostic::error("wrong-value", message).at(place, "").maybe_help(misplaced::value_meant(&full, value))
}

/// What to say of a date or time that looks like one, and the way out.
pub(super) fn no_such(expected: &str, text: &str) -> Option<(String, &'static str)> {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    match (expected, shape.as_str()) {
        ("a date string", "0000-00-00") => {
            let why = civil::no_such_day(text).map(|why| format!(": {why}")).unwrap_or_default();
            let what = format!("`{text}` is not a day of the calendar{why}");
            Some((what, "write year-month-day such as `2027-01-04`"))
        }
        ("a time string", "00:00" | "00:00:00") if civil::time(&text[..5]).is_none() => {
            let what = format!("`{text}` is not a time of day");
            Some((what, "write hours and minutes from `00:00` to `23:59`"))
        }
        _ => None,
    }
}

/// The days of `saturday/sunday` as a list: `[saturday, sunday]`.
pub(super) fn days_in_brackets(text: &str) -> Option<String> {
    let days: Vec<_> = suggest::calendar::weekdays(text)?.iter().map(|day| day.as_str()).collect();
    Some(format!("[{}]", days.join(", ")))
}

/// The dates or the time of day that a value probably means.
pub(super) fn when_meant(expected: &str, value: &Tree, written: &str, key: &str) -> Option<String> {
    let text = if let Tree::String(text) = value { text } else { written };
    let meant = match expected {
        date if date == wording::plain_type("a date string") => {
            if let Some(help) = apart::date(text, key) {
                return Some(help);
            }
            when::dates(text)
        }
        time if time == wording::plain_type("a time string") => {
            if let Some(help) = apart::time(text, key) {
                return Some(help);
            }
            // Quoted, because tools of YAML 1.1 read `18:30` as a number.
            when::time(text).map(|time| format!("\"{time}\"")).into_iter().collect()
        }
        _ => return None,
    };
    match meant.as_slice() {
        [] => None,
        [one] => Some(format!("did you mean `{one}`?")),
        [one, other, ..] => Some(format!("did you mean `{one}` or `{other}`?")),
    }
}

/// What to write in place of a list where one value is meant.
fn single(items: &[Tree]) -> String {
    let plain = |item: &Tree| match item {
        Tree::String(text) => Some(text.clone()),
        Tree::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let items: Option<Vec<String>> = items.iter().map(plain).collect();
    match items.as_deref() {
        Some([one]) => format!("write `{}`, without brackets and without `- `", wording::shorten(one)),
        Some([low, high]) if low.parse::<f64>().is_ok() && high.parse::<f64>().is_ok() => {
            format!("write one value; a range is written `{}-{}`", wording::shorten(low), wording::shorten(high))
        }
        _ => "write a single value, without brackets and without `- `".into(),
    }
}

/// The days of a pause that is given by its ends.
fn days_between(span: &serde_yaml::Mapping) -> String {
    let end = |key: &str| span.get(key).and_then(Tree::as_str).unwrap_or("2027-01-08").to_owned();
    format!("write `pause: {}..{}`", end("from"), end("to"))
}

/// Several values of which each is an entry by itself.
fn each_by_itself(key: &str, items: &[Tree]) -> String {
    let items: Vec<String> = items
        .iter()
        .filter_map(Tree::as_str)
        .take(3)
        .map(|item| format!("`{{{key}: {}}}`", wording::shorten(item)))
        .collect();
    format!("write an entry for each: {}", items.join(", "))
}

/// What to write for a text where a whole number belongs.
pub(super) fn number_meant(key: &str, text: &str) -> Option<String> {
    if let Some(days) = misplaced::days_meant(text).filter(|_| key == "every") {
        return Some(days);
    }
    let count = quantity::meant::<Count>(text);
    let count = count.first()?;
    Some(match key {
        _ if count != text.trim() => format!("did you mean `{count}`?"),
        "weeks" | "days" => format!(
            "write the usual number of {key}, without a range; when a phase ends by what the reader can do, `exit` under `words` says \
             so"
        ),
        _ => "write one number, without a range".into(),
    })
}

fn way_out(expected: &str, value: &Tree, written: &str, path: &FieldPath) -> Option<String> {
    let key = path.0.iter().rev().find_map(|segment| match segment {
        Segment::Key(key) => Some(key.as_ref()),
        Segment::Index(_) => None,
    });
    let key = key.unwrap_or("key");
    let listed = matches!(path.0.last(), Some(Segment::Index(_)));
    if let Some(question) = when_meant(expected, value, written, key) {
        return Some(question);
    }
    Some(match (expected, value) {
        (_, Tree::Null) if listed => BLANK_ITEM.into(),
        (_, Tree::Null) => {
            format!("write it after `{key}:`, or remove the key if it may be left out")
        }
        ("a text", Tree::Bool(_) | Tree::Number(_)) => {
            format!("put it in quotes: `\"{}\"`", wording::shorten(written))
        }
        ("a text", Tree::Mapping(_)) => "if the text itself has a `: ` in it, put the whole text in quotes".into(),
        ("a text", Tree::Sequence(_)) if written.is_empty() => {
            "write one text, without `- `; a text that starts with a bracket goes in quotes".into()
        }
        ("a list", Tree::Mapping(_)) => format!("start each entry of `{key}` with `- `"),
        ("a list", Tree::String(text)) if key.ends_with("days") && days_in_brackets(text).is_some() => {
            format!("write `{key}: {}`", days_in_brackets(text).unwrap_or_default())
        }
        ("a list", _) if listed => format!("write it as a list of its own: `[{}]`", wording::shorten(written)),
        ("a list", _) => format!("put each entry on a line of its own that starts with `- `, or write `{key}: [...]`"),
        (KEYS, Tree::Sequence(_)) => "remove the `- ` before the keys".into(),
        (KEYS, Tree::String(text)) if quantity::dose_meant(text).is_some() => {
            format!("write `{key}: {}`", quantity::dose_meant(text).unwrap_or_default())
        }
        (KEYS, _) if listed => "write its keys after the `- `, one below the other, each as `key: value`".into(),
        (KEYS, _) => {
            format!("write its keys below `{key}:`, indented by two spaces, each as `key: value`")
        }
        ("a single value", Tree::Sequence(items)) if key == "skip" => each_by_itself(key, items),
        ("a single value", Tree::Mapping(span)) if key == "pause" && span.contains_key("from") => days_between(span),
        ("a single value", Tree::Sequence(items)) => single(items),
        (_, Tree::Sequence(_)) => "write a single value, without brackets and without `- `".into(),
        ("a single value", _) => format!("write one value after `{key}:`, without keys of its own"),
        (number, Tree::String(text)) if number.starts_with("a whole number") => return number_meant(key, text),
        ("`true` or `false`", Tree::String(text)) => match text.to_lowercase().as_str() {
            "yes" | "y" | "on" => "write `true`".into(),
            "no" | "n" | "off" => "write `false`".into(),
            _ => return None,
        },
        _ => return None,
    })
}
