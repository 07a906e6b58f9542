//! What is probably meant by the text of a cell that cannot be read. A hint is a whole cell that can be read, so that it
//! loses nothing of the text.

use std::str::FromStr;

use super::REST;
use super::cell::{Cell, FasterWord};
use super::part::manner_of;
use super::read::cell;
use super::spelling::{WhichLength, respelt};
use super::text::{Unreadable, bracketed_end, folded, is_rest_beside_slash, means_optional, outside, shown};
use crate::quantity::BadQuantity;

const EXAMPLES: &str = "write it as `5 mi easy`, `45 min tempo`, `6x400m @ 5k, 200m jog`, `2 mi easy, then 20 min tempo`, `easy + \
                        strength-a`, `rest or cross` or `rest`";

impl FromStr for Cell {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let wrong = match cell(text) {
            Ok(cell) => return Ok(cell),
            Err(Unreadable::Advised(message)) => return Err(BadQuantity::new(message)),
            Err(Unreadable::Unknown(message)) => message,
        };
        let meant = meant(text);
        Err(BadQuantity::new(match meant.as_slice() {
            [] if wrong.contains("write ") || wrong.contains("did you mean") => wrong,
            [] => format!("{wrong}; {EXAMPLES}"),
            [one] => format!("`{}` cannot be read; did you mean `{one}`?", shown(&folded(text))),
            [one, other, ..] => {
                format!("`{}` cannot be read; did you mean `{one}` or `{other}`?", shown(&folded(text)))
            }
        }))
    }
}

/// The longest text that is asked what it means, in characters.
const LONGEST: usize = 120;

/// Cells that a text may mean: what is written differently is written as cells have it, and what stands between its parts, too.
fn meant(text: &str) -> Vec<String> {
    let words = folded(text);
    if words.chars().count() > LONGEST {
        return Vec::new();
    }
    if NOTHING.contains(&words.trim_end_matches(['.', '!', '?', '*'])) {
        return vec![REST.to_owned()];
    }
    let mut meant: Vec<String> = Vec::new();
    for which in [WhichLength::First, WhichLength::Second] {
        let spelt = respelt(&words, which);
        let found = std::iter::once(spelt.clone()).chain(joined(&spelt)).find(|text| cell(text).is_ok());
        meant.extend(found.filter(|found| *found != words && !meant.contains(found)));
    }
    meant
}

/// Other words for a day on which nothing is done.
const NOTHING: [&str; 10] =
    ["none", "nothing", "n/a", "na", "x", "rest", "rest day", "off", "day off", "complete rest"];

/// The text with other signs between its parts.
fn joined(words: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    all.extend(slashed(words));
    // `5x800m @ 5k with 400m jog`
    let with_pause = words.rsplit_once(" with ").filter(|(_, between)| manner_of(between).is_some());
    all.extend(with_pause.map(|(repeats, between)| format!("{repeats}, {between}")));
    // `5 mi easy (6x100 m strides)`, `12 mi long (last 4 mi @ marathon)`, `cross (optional)`
    if let Some((before, inner)) = bracketed_end(words) {
        let inner = INCLUDING.iter().find_map(|word| inner.strip_prefix(word)).unwrap_or(inner).trim();
        if means_optional(inner) {
            all.push(format!("{before}?"));
        } else {
            all.push(format!("{before} with {inner}"));
            all.push(format!("{before}, {inner}"));
            all.push(format!("{before}, then {inner}"));
        }
    }
    if words.contains('(') {
        all.push(words.replace(" / ", ", "));
    }
    all.push(words.trim_end_matches(['!', '.', '*']).to_owned());
    for optional in ["optional ", "opt. ", "opt "] {
        all.extend(words.strip_prefix(optional).map(|session| format!("{session}?")));
    }
    // `5 mi easy, 6x100 m strides`, `2 mi easy, 4 mi tempo`, `5 mi easy, gym`
    let last = outside(words, ", ");
    if let Some((last, before)) =
        last.split_last().filter(|(last, before)| !before.is_empty() && manner_of(last).is_none())
    {
        let before = before.join(", ");
        let last = ["plus ", "and "].iter().find_map(|word| last.strip_prefix(word)).unwrap_or(last);
        if FasterWord::ALL.iter().any(|word| last.ends_with(word.as_str())) {
            all.push(format!("{before} with {last}"));
        }
        all.push(one_after_the_other(words));
        all.push(format!("{before}, then {last}"));
        all.push(format!("{before} + {last}"));
    }
    for and in [" followed by ", " and then ", " into ", " -> ", " \u{2192} ", "; ", " then "] {
        all.push(words.replace(and, ", then "));
    }
    for plus in [" & ", " and ", " plus ", "+", "; "] {
        all.push(words.replace(plus, " + "));
    }
    all
}

/// The parts between commas as parts of one run. What comes between repeats stays with them.
fn one_after_the_other(words: &str) -> String {
    let mut parts = outside(words, ", ").into_iter();
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |run, part| {
        let between = if manner_of(part).is_some() { ", " } else { ", then " };
        format!("{run}{between}{part}")
    })
}

/// Words before what is a part of a run.
const INCLUDING: [&str; 5] = ["including ", "incl. ", "incl ", "inc. ", "with "];

/// The text with `or` for a slash between choices, if it has one: `rest/cross`, `5 mi run / cross`. Words may have one: `run/walk`.
fn slashed(words: &str) -> Option<String> {
    let meant = words.replace(" / ", " or ");
    let meant = if is_rest_beside_slash(words) { meant.replace('/', " or ") } else { meant };
    (meant != words && !meant.contains('/')).then_some(meant)
}
