//! What is probably meant by the text of a cell that cannot be read. A hint is a whole cell that can be read, so that it
//! loses nothing of the text.

use std::str::FromStr;

use super::REST;
use super::advice::advice;
use super::cell::Cell;
use super::joined::joined;
use super::read::cell;
use super::spelling::{WhichLength, respelt};
use super::text::{Unreadable, folded, shown};
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
        if let Some(advice) = advice(text) {
            return Err(BadQuantity::new(advice));
        }
        let meant = meant(text);
        let wrong = if meant.is_empty() { wrong_of_respelt(text).unwrap_or(wrong) } else { wrong };
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

/// What is wrong with a text once its amounts are spelt as cells have them, so that only what is left is spoken of.
fn wrong_of_respelt(text: &str) -> Option<String> {
    let words = folded(text);
    let spelt = respelt(&words, WhichLength::First);
    if words.chars().count() > LONGEST || spelt == words {
        return None;
    }
    match cell(&spelt) {
        Err(Unreadable::Advised(message) | Unreadable::Unknown(message)) => Some(message),
        Ok(_) => None,
    }
}
