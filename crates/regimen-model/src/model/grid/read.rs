//! How the text of a cell is read.

use std::str::FromStr;

use super::cell::{Between, BetweenManner, Cell, CellAmount, CellChoice, CellFaster, CellSession, FasterWord};
use super::last::in_a_row;
use super::{CellWord, REST};
use crate::model::{RunTarget, StepLength};
use crate::quantity::{BadQuantity, Count, Distance, Duration, LengthUnit, Literal, begins_with_zero};

impl FromStr for Cell {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        cell(text).map_err(BadQuantity::new)
    }
}

/// The longest cell, in characters; no plan on paper has such ones.
const LONGEST: usize = 200;

/// The most sessions of a day, and the most choices of one.
const MOST: usize = 6;

/// The shortest run and the shortest repeat, in metres. Less is meant in miles or minutes.
const SHORTEST: [u32; 2] = [100, 20];

const EXAMPLES: &str = "write it as `5 mi easy`, `45 min tempo`, `6x400m @ 5k, 200m jog`, `easy + strength-a`, \
                        `rest or cross` or `rest`";

/// Reads a cell; the error says what is wrong with it.
pub(super) fn cell(text: &str) -> Result<Cell, String> {
    if text.chars().count() > LONGEST {
        return Err(format!("a cell has at most {LONGEST} characters; {EXAMPLES}"));
    }
    let words = folded(text);
    if is_rest(&words) {
        return Ok(Cell::default());
    }
    let parts = several(&words);
    let has_choice = words.contains(" or ");
    if parts.len() > 1 && has_choice {
        return Err(format!(
            "`{}` has both `+` and `or`, which can be read in two ways; give that day its sessions under the `sessions` of its \
             phase",
            shown(text)
        ));
    }
    if parts.len() > MOST {
        return Err(format!("a day has at most {MOST} sessions"));
    }
    parts.iter().map(|part| choice(part)).collect::<Result<_, _>>().map(Cell)
}

/// A text in small letters, with single blanks between its words.
pub(super) fn folded(text: &str) -> String {
    let small = text.to_lowercase().replace('\u{d7}', "x");
    small.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn is_rest(words: &str) -> bool {
    matches!(words, "" | "-" | "\u{2013}" | "\u{2014}" | REST | "off" | "day off" | "rest day")
}

/// A text of a cell in a message; minutes may be written `45'`.
fn shown(text: &str) -> String {
    let escaped = |c: char| match c {
        '\'' | '"' => c.to_string(),
        _ => c.escape_debug().to_string(),
    };
    text.chars().take(80).map(escaped).collect()
}

/// The sessions of a day. A plus also stands in a target: `marathon pace + 15 s/km`.
fn several(words: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in words.split(" + ") {
        let is_offset = part.starts_with(|c: char| c.is_ascii_digit())
            && part.split(' ').take(2).any(|token| token.contains('/'))
            && parts.last().is_some_and(|before| before.contains('@'));
        match parts.last_mut().filter(|_| is_offset) {
            Some(before) => *before = format!("{before} + {part}"),
            None => parts.push(part.to_owned()),
        }
    }
    parts
}

/// One session, or several of which one is done.
fn choice(words: &str) -> Result<CellChoice, String> {
    let (words, mark) = match words.strip_suffix('?') {
        Some(words) => (words.trim_end(), true),
        None => (words, false),
    };
    let written: Vec<&str> = words.split(" or ").collect();
    if mark && written.len() > 1 {
        return Err(format!("`{}?` is read in two ways; write `or {REST}` for what may be left out", shown(words)));
    }
    let sessions: Vec<&str> = written.iter().copied().filter(|one| !is_rest(one)).collect();
    if written.len() > MOST || written.len() > sessions.len() + 1 || sessions.is_empty() {
        return Err(format!("`{}` is no choice; {EXAMPLES}", shown(words)));
    }
    let optional = mark || written.len() > sessions.len();
    let sessions = sessions.into_iter().map(session).collect::<Result<_, _>>()?;
    Ok(CellChoice { sessions, optional })
}

/// One run, or several parts of it in a row.
fn session(words: &str) -> Result<CellSession, String> {
    let mut written = Vec::new();
    for part in words.split(THEN) {
        written.extend(in_a_row(part).map_err(|wrong| format!("`{}`: {wrong}", shown(part)))?);
    }
    if written.len() > MOST {
        return Err(format!("a run has at most {MOST} parts"));
    }
    let mut parts = written.iter().map(|text| with_faster(text)).collect::<Result<Vec<_>, _>>()?;
    if let Some((_, text)) = parts.iter().zip(&written).find(|(part, _)| parts.len() > 1 && part.amount.is_none()) {
        return Err(format!(
            "`{}` is a part of a run and does not say how long it is; write it as `2 mi easy`",
            shown(text)
        ));
    }
    let then = parts.split_off(1);
    parts.into_iter().next().map(|first| CellSession { then, ..first }).ok_or_else(|| EXAMPLES.to_owned())
}

/// What stands between the parts of a run.
const THEN: &str = ", then ";

/// A part of a run, and what is faster within it: `5 mi easy with 6x20 s strides`.
fn with_faster(words: &str) -> Result<CellSession, String> {
    // A word may have it too: `run with Ann`.
    let split = words.split_once(" with ").filter(|(_, faster)| faster.starts_with(|c: char| c.is_ascii_digit()));
    let Some((whole, faster)) = split else { return part(words) };
    if let Some(meant) = recovery(whole, faster) {
        return Err(format!(
            "`{}`: what comes between repeats stands behind a comma; did you mean `{meant}`?",
            shown(words)
        ));
    }
    let (whole, faster) = (part(whole)?, part(faster)?);
    if !matches!(whole.amount, Some(CellAmount::Length(_))) {
        return Err(format!(
            "`{}`: what stands before `with` says how long the run is in all; write it as `9 mi with 8x100 m strides`",
            shown(words)
        ));
    }
    let word = faster.word.as_ref().map(|word| FasterWord::ALL.into_iter().find(|one| one.as_str() == word.as_str()));
    let (Some(amount), Some(word)) = (faster.amount, word.map_or(Some(None), |known| known.map(Some))) else {
        return Err(format!(
            "`{}`: what stands behind `with` is a faster part of the run; write it as `with 8x100 m strides` or `with 10 mi @ \
             marathon pace`, and write `+` between sessions",
            shown(words)
        ));
    };
    let within = Some(CellFaster { amount, target: faster.target, word });
    let run = CellSession { within, ..whole };
    match run.contradiction() {
        Some(_) => Err(format!(
            "`{}`: what is faster is a part of the run, and here it is longer than all of it",
            shown(words)
        )),
        None => Ok(run),
    }
}

/// Repeats with what comes between them behind a comma: `5x800m @ 5k, 400m jog`.
fn recovery(repeats: &str, between: &str) -> Option<String> {
    let is_between = |text: &str| {
        let session = part(text).ok()?;
        let Some(CellAmount::Repeats { between: Some(between), .. }) = session.amount else { return None };
        between.manner.filter(|_| part(repeats).is_ok_and(|alone| alone.word == session.word))
    };
    let jogged =
        between.rsplit_once(' ').filter(|(_, last)| JOGGED.contains(last)).map(|(length, _)| format!("{length} jog"));
    let meant = std::iter::once(between.to_owned()).chain(jogged).map(|between| format!("{repeats}, {between}"));
    meant.into_iter().find(|text| is_between(text).is_some())
}

/// Other words for jogging between repeats.
const JOGGED: [&str; 5] = ["recovery", "recoveries", "easy", "jogging", "float"];

/// How much, what, how fast, and what comes between.
fn part(words: &str) -> Result<CellSession, String> {
    if let Some(meant) = slashed(words) {
        return Err(format!("`{}` cannot be read; did you mean `{meant}`?", shown(words)));
    }
    if let Some(meant) = decimal_point(words) {
        return Err(format!("`{}` has a comma in a number; did you mean `{meant}`?", shown(words)));
    }
    let (head, tail) = match words.split_once(',') {
        Some((head, tail)) => (head.trim(), Some(tail.trim())),
        None => (words, None),
    };
    let (work, target) = match head.split_once('@') {
        Some((work, target)) => (work.trim(), Some(target.trim())),
        None => (head, None),
    };
    let (amount, first) = amount_and_word(work)?;
    let (target, second) = match target {
        Some(text) => target_and_word(text).map(|(target, word)| (Some(target), word))?,
        None => (None, None),
    };
    let (between, third) = match tail {
        Some(text) => between_and_word(text).map(|(between, word)| (Some(between), word))?,
        None => (None, None),
    };
    let mut named = [first, second, third].into_iter().flatten();
    let word = named.next();
    if let (Some(one), Some(other)) = (&word, named.next()) {
        return Err(format!(
            "`{}` names two sessions, `{one}` and `{other}`; write `+` between sessions",
            shown(words)
        ));
    }
    let amount = match (amount, between) {
        (Some(Amount::Repeats(times, each)), between) => Some(CellAmount::Repeats { times, each, between }),
        (_, Some(_)) => {
            let message = "what stands behind the comma comes between repeats, and there are none";
            return Err(format!("`{}`: {message}; {EXAMPLES}", shown(words)));
        }
        (Some(Amount::Length(length)), None) => Some(CellAmount::Length(length)),
        (None, None) => None,
    };
    if amount.is_none() && word.is_none() {
        return Err(format!("`{}` does not say what is done; {EXAMPLES}", shown(words)));
    }
    Ok(CellSession { amount, word, target, within: None, then: Vec::new() })
}

/// The text with `or` for a slash between choices, if it has one: `rest/cross`, `5 mi run / cross`. Words may have one: `run/walk`.
fn slashed(words: &str) -> Option<String> {
    let meant = words.replace(" / ", " or ");
    let has_rest = words.split('/').any(|one| is_rest(one.trim()));
    let meant = if has_rest { meant.replace('/', " or ") } else { meant };
    (meant != words && !meant.contains('/') && cell(&meant).is_ok()).then_some(meant)
}

/// The text with a point for each comma between two digits, if there is one.
fn decimal_point(words: &str) -> Option<String> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut changed = String::new();
    for (at, c) in words.char_indices() {
        let inside = c == ',' && digit(words[..at].chars().next_back()) && digit(words[at + 1..].chars().next());
        changed.push(if inside { '.' } else { c });
    }
    (changed != words).then_some(changed)
}

enum Amount {
    Length(StepLength),
    Repeats(Count, StepLength),
}

/// An amount and a word, in either order: `5 mi easy`, `easy 5 mi`.
fn amount_and_word(work: &str) -> Result<(Option<Amount>, Option<CellWord>), String> {
    let tokens: Vec<&str> = work.split(' ').filter(|token| !token.is_empty()).collect();
    // The longest text that is an amount; none has more blanks than `6 x 400 m`.
    for length in (1..=tokens.len().min(4)).rev() {
        let (first, rest) = tokens.split_at(length);
        let (before, last) = tokens.split_at(tokens.len() - length);
        for (written, word) in [(first, rest), (last, before)] {
            if let Some(amount) = amount(&written.concat())? {
                return Ok((Some(amount), word_of(word, work)?));
            }
        }
    }
    Ok((None, word_of(&tokens, work)?))
}

/// Reads an amount that is written without blanks.
fn amount(written: &str) -> Result<Option<Amount>, String> {
    if !written.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(None);
    }
    if let Some((times, each)) = written.split_once('x') {
        if Count::read(times).is_some() && is_number(each) && !each.is_empty() {
            return Err(no_unit(each, &format!("{times}x"), ""));
        }
        let read = Count::read(times).zip(StepLength::read(each));
        return read.map(|(times, each)| long_enough(each, 1).map(|each| Amount::Repeats(times, each))).transpose();
    }
    if begins_with_zero(written) && (Duration::read(written).is_some() || Distance::read(written).is_some()) {
        return Err(format!("`{written}` is nothing to do; write `{REST}` for a day on which nothing is done"));
    }
    StepLength::read(written).map(|length| long_enough(length, 0).map(Amount::Length)).transpose()
}

/// Refuses `3 m` for a run: on paper it means miles or minutes.
fn long_enough(length: StepLength, of_repeats: usize) -> Result<StepLength, String> {
    match length {
        StepLength::Distance(distance)
            if distance.unit == LengthUnit::Metre && distance.amount.low() < SHORTEST[of_repeats].into() =>
        {
            let amount = distance.amount;
            Err(format!("`{amount} m` are {amount} metres; did you mean `{amount} mi` or `{amount} min`?"))
        }
        StepLength::Distance(_) | StepLength::Time(_) | StepLength::Open => Ok(length),
    }
}

/// The longest text that is a target, and the word behind it. `pace` may be left out: `@ 5k`.
fn target_and_word(text: &str) -> Result<(RunTarget, Option<CellWord>), String> {
    let tokens: Vec<&str> = text.split(' ').filter(|token| !token.is_empty()).collect();
    for length in (1..=tokens.len()).rev() {
        let written = tokens[..length].join(" ");
        let target = target(&written);
        if let Some(target) = target {
            return Ok((target, word_of(&tokens[length..], text)?));
        }
    }
    // The message knows other spellings and says which are meant.
    Err(match text.parse::<RunTarget>() {
        Err(bad) => bad.to_string(),
        Ok(_) => format!("`{}` is no target", shown(text)),
    })
}

fn target(written: &str) -> Option<RunTarget> {
    let upper = || RunTarget::read(&written.replace('w', "W"));
    RunTarget::read(written).or_else(|| RunTarget::read(&format!("{written} pace"))).or_else(upper)
}

/// What comes between repeats, and the word behind it.
fn between_and_word(text: &str) -> Result<(Between, Option<CellWord>), String> {
    let tokens: Vec<&str> = text.split(' ').filter(|token| !token.is_empty()).collect();
    for length in (1..=tokens.len().min(4)).rev() {
        let Some(read) = StepLength::read(&tokens[..length].concat()).filter(|length| *length != StepLength::Open)
        else {
            continue;
        };
        let manner =
            tokens.get(length).and_then(|word| BetweenManner::ALL.into_iter().find(|one| one.as_str() == *word));
        let rest = &tokens[length + usize::from(manner.is_some())..];
        return Ok((Between { length: read, manner }, word_of(rest, text)?));
    }
    if let Some(number) = tokens.first().filter(|token| is_number(token)) {
        let rest: String = tokens[1..].iter().map(|token| format!(" {token}")).collect();
        return Err(no_unit(number, "", &rest));
    }
    Err(format!("`{}` does not say what comes between the repeats; write it as `200 m jog`, `90 s rest`", shown(text)))
}

/// The word that these tokens are together, if there are any.
fn word_of(tokens: &[&str], around: &str) -> Result<Option<CellWord>, String> {
    if tokens.is_empty() {
        return Ok(None);
    }
    let text = tokens.join(" ");
    if let Ok(word) = text.parse() {
        return Ok(Some(word));
    }
    if let Some(meant) = meant(around) {
        return Err(format!("`{}` cannot be read; did you mean `{meant}`?", shown(around)));
    }
    if let Some((times, what)) = text.split_once('x').map(|(times, what)| (times.trim(), what.trim()))
        && Count::read(times).is_some()
        && what.starts_with(char::is_alphabetic)
    {
        return Err(format!(
            "`{}` does not say how long each is; write it as `{times}x60 s {}`",
            shown(around),
            shown(what)
        ));
    }
    let has_unit =
        |at: usize| tokens.get(at + 1).is_some_and(|unit| StepLength::read(&format!("{}{unit}", tokens[at])).is_some());
    let bare = tokens.iter().enumerate().find(|(at, token)| is_number(token) && !has_unit(*at));
    Err(match bare {
        Some((_, number)) => format!("`{number}` has no unit; write `{number} mi`, `{number} km` or `{number} min`"),
        None => format!("`{}` cannot be read; {EXAMPLES}", shown(around)),
    })
}

/// Says that a number of repeats or between them has no unit: from 100 on it is metres of a track.
fn no_unit(number: &str, before: &str, behind: &str) -> String {
    let with = |unit: &str| format!("`{before}{number} {unit}{behind}`");
    let meant = match number.split('-').next().and_then(|first| first.parse::<u32>().ok()) {
        Some(100..) => format!("did you mean {}?", with("m")),
        Some(10..) => format!("write {} or {}", with("s"), with("min")),
        Some(_) | None => format!("write {}, {} or {}", with("min"), with("km"), with("mi")),
    };
    format!("`{number}` has no unit; {meant}")
}

/// `1h30 run` in minutes.
fn in_minutes(tokens: &[&str]) -> Option<String> {
    for length in (1..=tokens.len().min(4)).rev() {
        let written = tokens[..length].concat();
        let Some((hours, minutes)) = written.split_once('h') else { continue };
        let minutes = minutes.strip_suffix("min").or_else(|| minutes.strip_suffix('m')).unwrap_or(minutes);
        if let (Ok(hours), Ok(minutes)) = (hours.parse::<u8>(), minutes.parse::<u8>()) {
            let rest: String = tokens[length..].iter().map(|token| format!(" {token}")).collect();
            let meant = format!("{} min{rest}", u32::from(hours) * 60 + u32::from(minutes));
            return Some(meant).filter(|meant| cell(meant).is_ok());
        }
    }
    None
}

fn is_number(token: &str) -> bool {
    token.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'))
}

/// `45' easy` as `45 min easy`.
fn in_words(text: &str) -> String {
    let mut words = String::new();
    for c in text.chars() {
        let is_minutes = matches!(c, '\'' | '\u{2019}' | '\u{2032}') && words.ends_with(|c: char| c.is_ascii_digit());
        if is_minutes { words.push_str(" min") } else { words.push(c) }
    }
    words
}

/// What was meant by a text with an amount in another spelling: `5 miles easy`, `8–10 km`.
fn meant(text: &str) -> Option<String> {
    let tidied = text.replace(['\u{2013}', '\u{2014}'], "-").replace(" - ", "-");
    let tidied = in_words(&tidied);
    let tokens: Vec<&str> = tidied.split(' ').collect();
    if let Some(meant) = in_minutes(&tokens) {
        return Some(meant);
    }
    for length in (1..=tokens.len().min(3)).rev() {
        let (first, rest) = tokens.split_at(length);
        let (before, last) = tokens.split_at(tokens.len() - length);
        for (written, word) in [(first, rest), (last, before)] {
            let written = written.join(" ");
            // A number alone may be miles, kilometres or minutes.
            if !written.starts_with(|c: char| c.is_ascii_digit()) || is_number(&written) {
                continue;
            }
            let spelt = std::iter::once(written.clone()).chain(StepLength::respelt(&written));
            let length = spelt.filter_map(|text| StepLength::read(&text)).next();
            let word = word.join(" ");
            if let Some(length) = length
                && (word.is_empty() || word.parse::<CellWord>().is_ok())
            {
                let text = format!("{length} {word}");
                return Some(text.trim_end().to_owned()).filter(|text| cell(text).is_ok());
            }
        }
    }
    None
}
