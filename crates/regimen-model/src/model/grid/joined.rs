//! The text of a cell with other signs between its parts: `, then` for a comma, `with` for brackets, `+` for `and`.

use super::EASY;
use super::cell::{CellAmount, CellSession, FasterWord, RUN};
use super::manner::manner;
use super::part::{manner_of, target};
use super::read::session;
use super::text::{bracketed_end, is_rest_beside_slash, means_optional, outside};
use crate::model::StepLength;
use crate::quantity::{Count, Literal};

/// The text with other signs between its parts.
pub(super) fn joined(words: &str) -> Vec<String> {
    // `6x400 m @ 5k; 200 m jog`
    if let Some((repeats, between)) = words.rsplit_once("; ").filter(|(_, between)| manner_of(between).is_some()) {
        return vec![format!("{repeats}, {between}")];
    }
    let mut all: Vec<String> = Vec::new();
    all.extend(halves_of_day(words));
    all.extend(sets_of_repeats(words));
    all.extend(unwrapped(words));
    all.extend(slashed(words));
    // `12 km including 3 km @ 10k`, `14 mi long last 3 mi @ marathon`
    for (written, meant) in PART_OF {
        all.extend(Some(words.replace(written, meant)).filter(|text| text != words));
    }
    // `5x800m @ 5k with 400m jog`
    let with_pause = words.rsplit_once(" with ").filter(|(_, between)| manner_of(between).is_some());
    all.extend(with_pause.map(|(repeats, between)| format!("{repeats}, {between}")));
    // `5 mi easy (6x100 m strides)`, `12 mi long (last 4 mi @ marathon)`, `cross (optional)`
    if let Some((before, inner)) = bracketed_end(words).filter(|(before, _)| !before.is_empty()) {
        let inner = INCLUDING.iter().find_map(|word| inner.strip_prefix(word)).unwrap_or(inner).trim();
        if means_optional(inner) {
            all.push(format!("{before}?"));
        } else if inner.contains('+') {
            // `6 mi (3 mi easy + 3 mi tempo)`: the parts of what stands before them, which would come on top of it.
            let parts = inner.split('+').map(str::trim).collect::<Vec<_>>().join(", then ");
            all.extend(before.parse::<StepLength>().is_ok().then_some(parts));
        } else {
            all.push(format!("{before} with {inner}"));
            all.push(format!("{before}, {inner}"));
            all.push(format!("{before}, then {inner}"));
            all.push(format!("{before} {inner}"));
        }
    }
    if words.contains('(') {
        all.push(words.replace(" / ", ", "));
        // Walking comes between the runs of beginners, whatever those are called: `2x(90 s jog, 90 s walk, 3 min jog, 3 min walk)`.
        all.push(words.replace(" jog", " run"));
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

/// The parts between commas as parts of one run. What comes between repeats stays with them, and what is run and walked in turn in
/// brackets is no pause.
pub(super) fn one_after_the_other(words: &str) -> String {
    let words =
        if words.contains('(') && !words.contains('@') { words.replace(" jog", " run") } else { words.to_owned() };
    let parts = outside(&words, ", ");
    let is_between = |at: usize| {
        let part = parts[at];
        let manner = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
        let is_pause = manner_of(part).is_some() || (at + 1 < parts.len() && has_manner(manner));
        is_pause && is_repeated(parts[at - 1])
    };
    let mut run = parts.first().copied().unwrap_or_default().to_owned();
    for (at, part) in parts.iter().enumerate().skip(1) {
        run.push_str(if is_between(at) { ", " } else { ", then " });
        run.push_str(part);
    }
    run
}

/// Whether words, perhaps behind a unit, say what is done between repeats: `m recovery`.
fn has_manner(words: &str) -> bool {
    let behind_unit = words.split_once(' ').map(|(_, behind)| behind);
    [Some(words), behind_unit].into_iter().flatten().any(|words| manner(words).is_some())
}

/// Whether a part is done again and again: `8x400 m`, `6 x 1 min`.
fn is_repeated(part: &str) -> bool {
    let mut tokens = part.split([' ', '+']).filter(|token| !token.is_empty()).rev();
    let is_count = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '-');
    tokens.any(|token| token == "x" || token.split_once('x').is_some_and(|(times, _)| is_count(times)))
}

/// Repeats with a comma for the slash before their pause: `6x1 min hard / 1 min easy`, `8x400 m @ 5k/200 m jog`. A pace may have a
/// slash, `1:55/500m` or `5k/10k`.
pub(super) fn paused(words: &str) -> Option<String> {
    let is_pause = |(at, _): &(usize, &str)| {
        let (before, after) = (words[..*at].trim_end(), words[at + 1..].trim_start());
        let [last, first] = [before.rsplit(' ').next(), after.split(' ').next()].map(Option::unwrap_or_default);
        let is_of_pace = last.contains(':') || target(first).is_some();
        after.starts_with(|c: char| c.is_ascii_digit()) && !is_of_pace && is_repeated(before)
    };
    let (at, _) = words.match_indices('/').find(is_pause)?;
    let (before, after) = (words[..at].trim_end(), words[at + 1..].trim_start());
    Some(format!("{before}, {after}"))
}

/// Words between a run and what is a part of it, as they are written and as cells have them.
const PART_OF: [(&str, &str); 8] = [
    (", with ", " with "),
    (", last ", " with last "),
    (" including ", " with "),
    (" incl. ", " with "),
    (" incl ", " with "),
    (", of which ", " with "),
    (" of which ", " with "),
    (" last ", " with last "),
];

/// Words before what is a part of a run.
const INCLUDING: [&str; 5] = ["including ", "incl. ", "incl ", "inc. ", "with "];

/// A run with its warm-up and cool-down, whose parts have `, then` between them: `2 mi warm up + 4 mi tempo + 2 mi cool down`.
pub(super) fn warmed_up(words: &str) -> Option<String> {
    let names = ["wu", "w/u", "warm", "warmup", "warm-up"];
    (words.contains(" + ") && words.split(' ').any(|word| names.contains(&word)))
        .then(|| words.replace(" + ", ", then "))
}

/// The sessions of morning and evening with `+` between them: `am: 5 mi, pm: 4 mi`, `5 mi am / 4 mi pm`.
fn halves_of_day(words: &str) -> Option<String> {
    let signs = [':', ',', ';', '/', '.'];
    let spaced = words.replace('/', " / ");
    let tokens = spaced.split(' ').map(|word| word.trim_matches(signs)).filter(|word| !word.is_empty());
    // `5 mi easy (am)`
    let half = |word: &str| ["am", "pm"].into_iter().find(|half| word.trim_matches(['(', ')']) == *half);
    let tokens: Vec<&str> = tokens.map(|word| half(word).unwrap_or(word)).collect();
    let [am, pm] = ["am", "pm"].map(|half| tokens.iter().position(|token| *token == half));
    let (am, pm) = am.zip(pm).filter(|(am, pm)| am < pm && !words.contains('+'))?;
    let (morning, evening) = match am {
        0 => (&tokens[1..pm], &tokens[pm + 1..]),
        _ => (&tokens[..am], &tokens[am + 1..pm]),
    };
    let is_all = am == 0 || pm + 1 == tokens.len();
    // The word of a session that says when on its day it is done.
    let of_half = |tokens: &[&str], half: &str| match session(&tokens.join(" ")).ok()? {
        CellSession { word: Some(word), .. } => {
            let (word, text) = (word.as_str(), tokens.join(" "));
            Some(text.replacen(word, &format!("{}-{half}", word.replace(' ', "-")), 1))
        }
        CellSession { amount: Some(CellAmount::Length(_)), .. } => Some(format!("{} {RUN}-{half}", tokens.join(" "))),
        CellSession { .. } => Some(format!("{} {half}", tokens.join(" "))),
    };
    let halves = || Some(format!("{} + {}", of_half(morning, "am")?, of_half(evening, "pm")?));
    is_all.then(halves).flatten()
}

/// What leads to a run or away from it, by other words for `easy`.
const LEADS: [&str; 13] = [
    "w/u",
    "wu",
    "warm up",
    "warm-up",
    "warmup",
    "w/up",
    "c/d",
    "cd",
    "cool down",
    "cool-down",
    "cooldown",
    "warm down",
    "c/down",
];

/// A run in parts whose first and last ones are called what they are, as cells have them: `2 mi easy` for `2 mi w/u`.
pub(super) fn led(text: &str) -> String {
    let parts = outside(text, ", then ");
    let easy = |part: &str| {
        let named = |lead: &&&str| part.strip_suffix(**lead).is_some_and(|length| length.ends_with(' '));
        let behind = |lead: &&&str| part.strip_prefix(**lead).is_some_and(|length| length.starts_with(' '));
        let length = LEADS.iter().find(named).map(|lead| &part[..part.len() - lead.len()]);
        let length = length.or_else(|| LEADS.iter().find(behind).map(|lead| &part[lead.len()..]));
        length
            .filter(|length| StepLength::read(&length.replace(' ', "")).is_some())
            .map(|length| format!("{} {EASY}", length.trim()))
    };
    match parts.as_slice() {
        [_, _, ..] => parts
            .iter()
            .map(|part| easy(part).unwrap_or_else(|| (*part).to_owned()))
            .collect::<Vec<_>>()
            .join(", then "),
        _ => text.to_owned(),
    }
}

/// Sets of repeats that are written as numbers alone, with the brackets that cells have: `2x(10x100 m) swim` for `2x10x100 m swim`.
pub(super) fn sets_of_repeats(words: &str) -> Option<String> {
    let even = words.replace(" x ", "x");
    let (sets, rest) = even.split_once('x')?;
    let (times, rest) = rest.split_once('x')?;
    let [sets, times, rest] = [sets, times, rest].map(str::trim);
    let is_count = |text: &str| Count::read(text).is_some();
    let (work, pause) = rest.split_once(", ").map_or((rest, None), |(work, pause)| (work, Some(pause)));
    let tokens: Vec<&str> = work.split(' ').collect();
    let (length, word) = (1..=tokens.len().min(2)).rev().find_map(|count| {
        let (length, word) = tokens.split_at(count);
        StepLength::read(&length.concat()).map(|_| (length.join(" "), word.join(" ")))
    })?;
    let pause = pause.map(|pause| format!(", {pause}")).unwrap_or_default();
    let text = format!("{sets}x({times}x{length}{pause}) {word}");
    (is_count(sets) && is_count(times)).then(|| text.trim_end().to_owned())
}

/// Repeats of one step and a pause without the brackets around both: `8x(60 s jog, 90 s walk)`.
fn unwrapped(words: &str) -> Option<String> {
    let (before, rest) = words.split_once("x(")?;
    let (inner, after) = rest.split_once(')')?;
    let (step, pause) = inner.split_once(", ").filter(|(_, pause)| !pause.contains(',') && !after.starts_with(','))?;
    // Between brackets it is the work, whose word is that of the session.
    let step = step.strip_suffix(" jog").map_or_else(|| step.to_owned(), |length| format!("{length} run"));
    Some(format!("{before}x{step}, {pause}{after}"))
}

/// The text with `or` for a slash between choices, if it has one: `rest/cross`, `5 mi run / cross`. Words may have one: `run/walk`.
fn slashed(words: &str) -> Option<String> {
    let meant = words.replace(" / ", " or ");
    let are_amounts = words.split('/').all(|one| one.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    let meant = if are_amounts || is_rest_beside_slash(words) { meant.replace('/', " or ") } else { meant };
    (meant != words && !meant.contains('/')).then_some(meant)
}
