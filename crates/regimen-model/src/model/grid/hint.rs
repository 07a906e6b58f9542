//! What is probably meant by the text of a cell that cannot be read. A hint is a whole cell that can be read, so that it
//! loses nothing of the text.

use std::str::FromStr;

use super::advice::advice;
use super::cell::{Between, Cell, CellAmount};
use super::joined::{joined, led, one_after_the_other, paused, warmed_up};
use super::letters;
use super::read::cell;
use super::spelling::{WhichLength, respelt};
use super::text::{Unreadable, folded, is_number, shown};
use super::{CellSession, CellWord, REST};
use crate::model::StepLength;
use crate::quantity::{BadQuantity, Literal};

const EXAMPLES: &str = "write it as `5 mi easy`, `45 min tempo`, `6x400m @ 5k, 200m jog`, `2 mi easy, then 20 min tempo`, `easy + \
                        strength-a`, `rest or cross` or `rest`";

impl FromStr for Cell {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let wrong = match cell(text) {
            Ok(cell) => return Ok(cell),
            Err(wrong) => wrong,
        };
        Err(BadQuantity::new(as_written(text, &answer(text, wrong))))
    }
}

/// What is said of a text that cannot be read.
fn answer(text: &str, wrong: Unreadable) -> String {
    let wrong = match wrong {
        Unreadable::Advised(message) => return message,
        Unreadable::Unknown(message) => message,
    };
    if let Some(advice) = unseen(text).or_else(|| advice(text)) {
        return advice;
    }
    let lettered = letters::meant(&folded(text));
    let meant = if lettered.is_empty() { meant(text) } else { lettered };
    if let Some(advice) = other_race(&meant) {
        return format!("`{}` cannot be read; {advice}", shown(&folded(text)));
    }
    let wrong = if meant.is_empty() { wrong_of_respelt(text).unwrap_or(wrong) } else { wrong };
    let wrong = with_units(text).filter(|_| wrong.contains("has no unit; write `")).unwrap_or(wrong);
    match meant.as_slice() {
        [] if wrong.contains("write ") || wrong.contains("did you mean") => wrong,
        [] => format!("{wrong}; {EXAMPLES}"),
        [one] => format!("`{}` cannot be read; did you mean `{one}`?", shown(&folded(text))),
        [one, other, ..] => format!("`{}` cannot be read; did you mean `{one}` or `{other}`?", shown(&folded(text))),
    }
}

/// A message with the words that it begins with as they are in the cell.
fn as_written(text: &str, message: &str) -> String {
    match own_words(text, message) {
        Some(own) => {
            let behind = message.split('`').nth(1).map_or(0, |quoted| quoted.len() + 2);
            format!("`{}`{}", shown(own), message.get(behind..).unwrap_or_default())
        }
        None => message.to_owned(),
    }
}

/// The words of a cell with which a message begins, between backquotes.
fn own_words<'t>(text: &'t str, message: &str) -> Option<&'t str> {
    let quoted = message.strip_prefix('`')?.split('`').next().filter(|quoted| !quoted.is_empty())?;
    let even = |c: char| folded(&c.to_string()).chars().next().filter(|c| !c.is_whitespace());
    let wanted: String = quoted.chars().filter_map(even).collect();
    let chars: Vec<(usize, char)> = text.char_indices().filter_map(|(at, c)| Some((at, even(c)?))).collect();
    let all: String = chars.iter().map(|(_, c)| c).collect();
    // `w/` before a number is `with` in messages.
    if all.replace("w/", "with") == wanted {
        return Some(text.trim());
    }
    let found = all.match_indices(&wanted).find_map(|(at, _)| {
        let first = all[..at].chars().count();
        let (start, _) = chars.get(first)?;
        let (last, _) = chars.get(first + wanted.chars().count() - 1)?;
        let end = last + text.get(*last..)?.chars().next()?.len_utf8();
        let (before, behind) = (text.get(..*start)?, text.get(end..)?);
        // `0 m` is not in `400m`.
        let is_apart = !before.ends_with(char::is_alphanumeric) && !behind.starts_with(char::is_alphanumeric);
        is_apart.then_some(*start..end)
    });
    text.get(found?)
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
        // `easy` behind a pause is no other word for it where the parts of a run have only commas between them.
        let in_a_row = one_after_the_other(&words);
        let in_a_row = [respelt(&in_a_row, which), in_a_row];
        let all = warmed_up(&spelt).into_iter().chain([spelt.clone()]).chain(joined(&spelt)).chain(in_a_row);
        let found = all.into_iter().find(|text| has_plain_words(text)).map(|found| led(&found));
        meant.extend(found.filter(|found| !meant.contains(found)));
    }
    meant
}

/// Whether a text can be read and nothing in its words is an amount, as the slash of `8x1 min on/2 min off` makes it.
fn has_plain_words(text: &str) -> bool {
    let Ok(cell) = cell(text) else { return false };
    let is_amount = |word: &str| {
        let is_unit = |token: &str| StepLength::read(&format!("1{token}")).is_some();
        let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        word.split(' ').skip(1).any(is_unit) || word.split('/').skip(1).any(is_number)
    };
    let sessions = cell.0.iter().flat_map(|choice| &choice.sessions).flat_map(CellSession::parts);
    !sessions.filter_map(|session| session.word.as_ref()).any(|word| is_amount(word.as_str()))
}

/// The characters that no one sees, each with its name, by which words part or join in some languages.
const UNSEEN: [(char, &str); 9] = [
    ('\u{ad}', "a soft hyphen"),
    ('\u{180e}', "an invisible character"),
    ('\u{200b}', "a zero-width space"),
    ('\u{200c}', "a zero-width non-joiner"),
    ('\u{200d}', "a zero-width joiner"),
    ('\u{200e}', "a mark of direction"),
    ('\u{200f}', "a mark of direction"),
    ('\u{2060}', "a word joiner"),
    ('\u{feff}', "a byte order mark"),
];

/// What is wrong where a cell can be read but for a character that no one sees.
fn unseen(text: &str) -> Option<String> {
    let is_unseen = |c: char| UNSEEN.iter().any(|(unseen, _)| *unseen == c);
    let (at, c) = text.char_indices().find(|(_, c)| is_unseen(*c))?;
    let (_, name) = UNSEEN.iter().find(|(unseen, _)| *unseen == c)?;
    let place = match text[..at].trim_end() {
        "" => "at its beginning".to_owned(),
        before => format!("behind `{}`", shown(before)),
    };
    let clean: String = text.chars().filter(|c| !is_unseen(*c)).collect();
    let apart: String = text.chars().map(|c| if is_unseen(c) { ' ' } else { c }).collect();
    let offer = [clean.clone(), apart].into_iter().map(|text| folded(&text)).find(|text| cell(text).is_ok());
    let help = match offer {
        Some(offer) => format!("write `{offer}`"),
        None => "delete it".to_owned(),
    };
    Some(format!("`{}` has {name} (U+{:04X}) {place}, which no one sees; {help}", shown(clean.trim()), u32::from(c)))
}

/// The ways to write a cell with a number that lacks its unit, where more than the number and its word is in it: `5 @ easy`.
fn with_units(text: &str) -> Option<String> {
    let words = respelt(&folded(text), WhichLength::First);
    let tokens: Vec<&str> = words.split(' ').filter(|_| words.contains(['@', '(', '+'])).collect();
    let at = tokens.iter().position(|token| is_number(token))?;
    let with = |unit: &str| [&tokens[..=at], &[unit], &tokens[at + 1..]].concat().join(" ");
    let [miles, kilometres, minutes] = ["mi", "km", "min"].map(with);
    let are_read = [&miles, &kilometres, &minutes].into_iter().all(|text| cell(text).is_ok());
    are_read.then(|| format!("`{}` has no unit; write `{miles}`, `{kilometres}` or `{minutes}`", tokens[at]))
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
    let (Unreadable::Advised(message) | Unreadable::Unknown(message)) = cell(&spelt).err()?;
    // Words that are not those of the cell are no answer to it.
    match message.strip_prefix(&format!("`{}`", shown(&spelt))) {
        Some(said) => Some(format!("`{}`{said}", shown(&words))),
        None => own_words(text, &message).is_some().then_some(message),
    }
}
