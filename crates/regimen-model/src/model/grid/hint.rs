//! What is probably meant by the text of a cell that cannot be read. A hint is a whole cell that can be read, so that it
//! loses nothing of the text.

use std::str::FromStr;

use super::advice::advice;
use super::cell::{Between, Cell, CellAmount};
use super::joined::{joined, paused};
use super::read::cell;
use super::spelling::{WhichLength, respelt};
use super::text::{Unreadable, folded, shown};
use super::{CellSession, CellWord, REST};
use crate::model::StepLength;
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
        if let Some(advice) = other_race(&meant) {
            return Err(BadQuantity::new(format!("`{}` cannot be read; {advice}", shown(&folded(text)))));
        }
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

/// The word for a race.
const RACE: &str = "race";

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
    // What comes between repeats is no choice beside them.
    let words = paused(&words).filter(|paused| has_pause(&respelt(paused, WhichLength::First))).unwrap_or(words);
    let mut meant: Vec<String> = Vec::new();
    for which in [WhichLength::First, WhichLength::Second] {
        let spelt = respelt(&words, which);
        let found = std::iter::once(spelt.clone()).chain(joined(&spelt)).find(|text| cell(text).is_ok());
        meant.extend(found.filter(|found| !meant.contains(found)));
    }
    meant
}

/// The longest pause between repeats of a text that may also mean another session: a kilometre, or ten minutes.
const LONGEST_PAUSE: [u32; 2] = [1000, 600];

/// Whether a text can be read as repeats with so long a pause between them as plans have.
fn has_pause(text: &str) -> bool {
    let is_short = |between: &Between| match between.length {
        StepLength::Distance(distance) => distance.metres().high() <= LONGEST_PAUSE[0].into(),
        StepLength::Time(time) => time.seconds().high() <= LONGEST_PAUSE[1].into(),
        StepLength::Open => false,
    };
    let sessions = cell(text).into_iter().flat_map(|cell| cell.0).flat_map(|choice| choice.sessions);
    let mut amounts = sessions.filter_map(|session| session.amount);
    amounts.any(|amount| match amount {
        CellAmount::Repeats { between, .. } | CellAmount::Sets { between, .. } => {
            between.as_ref().is_some_and(is_short)
        }
        CellAmount::Length(_) | CellAmount::Times(_) => false,
    })
}

/// What is written of a race over another distance than in its session, which is a session of its own: `5K race`.
fn other_race(meant: &[String]) -> Option<String> {
    let cells = meant.iter().filter_map(|text| cell(text).ok());
    let mut sessions = cells.flat_map(|cell| cell.0).flat_map(|choice| choice.sessions);
    let is_race = |session: &CellSession| {
        let word = session.word.as_ref().map(CellWord::as_str);
        word.is_some_and(|word| word == RACE || word.ends_with(" race"))
    };
    let race = sessions.find(|session| is_race(session) && matches!(session.amount, Some(CellAmount::Length(_))))?;
    let (Some(CellAmount::Length(length)), Some(word)) = (&race.amount, &race.word) else { return None };
    let name = length.to_string().replace(' ', "");
    Some(format!(
        "if it is the race of the plan, write its word alone; a race over another distance is a session of its own: write one of {length}, \
         list a word for it under `sessions` of the grid, such as `{}-{name}`, and write that word",
        word.as_str().replace(' ', "-")
    ))
}

/// Other words for a day on which nothing is done.
const NOTHING: [&str; 11] =
    ["0", "none", "nothing", "n/a", "na", "x", "rest", "rest day", "off", "day off", "complete rest"];

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
