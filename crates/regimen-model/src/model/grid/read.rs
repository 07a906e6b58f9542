//! How the text of a cell is read.

use super::REST;
use super::cell::{Cell, CellAmount, CellChoice, CellFaster, CellSession, FasterWord};
use super::last::in_a_row;
use super::part::{STRIDES, manner_of, part};
use super::text::{
    Unreadable, bracketed_end, folded, is_number, is_rest, is_rest_beside_slash, means_optional, outside, shown,
};
use crate::model::PlainWords;
use crate::quantity::{Count, Literal};
use crate::reference::Id;

use Unreadable::{Advised, Unknown};

/// The longest cell, in characters; no plan on paper has such ones.
const LONGEST: usize = 200;

/// The most sessions of a day, and the most choices of one.
const MOST: usize = 6;

/// The most parts of a run; those of beginners have nine, running and walking in turn.
const MOST_PARTS: usize = 12;

/// Reads a cell strictly; the error says what is wrong with it.
pub(super) fn cell(text: &str) -> Result<Cell, Unreadable> {
    if text.chars().count() > LONGEST {
        // Nothing is tried on it to find another spelling, which would take long.
        return Err(Advised(format!(
            "a cell has at most {LONGEST} characters; give a session that takes more a word of its own"
        )));
    }
    let words = folded(text);
    if is_rest(&words) {
        return Ok(Cell::default());
    }
    if let Some(wrong) = unpaired(&words) {
        return Err(Advised(format!("`{}`: {wrong}", shown(text))));
    }
    if is_rest_beside_slash(&words) {
        return Err(Unknown(format!("`{}` cannot be read", shown(text))));
    }
    let parts = several(&words);
    let has_choice = outside(&words, " or ").len() > 1;
    if parts.len() > 1 && has_choice {
        return Err(Advised(format!(
            "`{}` has both `+` and `or`, which can be read in two ways; give that day its sessions under the `sessions` of its \
             phase",
            shown(text)
        )));
    }
    if parts.len() > MOST {
        return Err(Advised(format!("a day has at most {MOST} sessions")));
    }
    if let [runs @ .., last] = parts.as_slice()
        && let (Some(run), Some(times)) = (runs.last(), strides_by_number(last))
        && session(run).is_ok()
    {
        return Err(Unknown(format!(
            "`{}` says how many and not how long each is; as a part of the run write them as `{run} with {times}x20 s strides`",
            shown(last)
        )));
    }
    parts.iter().map(|part| choice(part)).collect::<Result<_, _>>().map(Cell)
}

/// How many there are of `4 strides`.
fn strides_by_number(words: &str) -> Option<Count> {
    let (times, word) = words.split_once(' ')?;
    Count::read(times.trim_end_matches('x')).filter(|_| STRIDES.contains(&word) && is_number(times))
}

/// What is wrong with the brackets of a text.
fn unpaired(words: &str) -> Option<&'static str> {
    let mut depth = 0_u32;
    for c in words.chars().filter(|c| matches!(c, '(' | ')')) {
        depth = match c {
            '(' => depth + 1,
            _ => match depth.checked_sub(1) {
                Some(depth) => depth,
                None => return Some("this `)` has no `(` before it"),
            },
        };
        if depth > 1 {
            return Some("brackets stand in brackets; write such steps under `run` of the session itself");
        }
    }
    (depth > 0).then_some("a `(` is never closed; write the `)`")
}

/// The sessions of a day. A plus also stands in a target: `marathon pace + 15 s/km`.
fn several(words: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in outside(words, " + ") {
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
fn choice(words: &str) -> Result<CellChoice, Unreadable> {
    let (words, mark) = match words.strip_suffix('?') {
        Some(words) => (words.trim_end(), true),
        None => (words, false),
    };
    let written = outside(words, " or ");
    if mark && written.len() > 1 {
        return Err(Advised(format!(
            "`{}?` is read in two ways; write `or {REST}` for what may be left out",
            shown(words)
        )));
    }
    let sessions: Vec<&str> = written.iter().copied().filter(|one| !is_rest(one)).collect();
    if (sessions.len() + 2..=MOST).contains(&written.len()) {
        let once = sessions.iter().copied().chain([REST]).collect::<Vec<_>>().join(" or ");
        let shown = shown(words);
        return Err(Advised(format!("`{shown}` is a choice between `{REST}` and the same again; write `{once}`")));
    }
    if written.len() > MOST || written.len() > sessions.len() + 1 || sessions.is_empty() {
        return Err(match written.as_slice() {
            [""] => Advised("nothing stands before the `?`; write what may be left out, as in `5 mi easy?`".to_owned()),
            [_] => Advised(format!("`{}` is nothing to do beside something else; leave it out", shown(words))),
            _ => Unknown(format!("`{}` is no choice", shown(words))),
        });
    }
    let optional = mark || written.len() > sessions.len();
    let sessions = sessions.into_iter().map(session).collect::<Result<_, _>>()?;
    Ok(CellChoice { sessions, optional })
}

/// One run, or several parts of it in a row, with a note behind it.
pub(super) fn session(words: &str) -> Result<CellSession, Unreadable> {
    let Some((before, inner)) = bracketed_end(words) else { return run(words) };
    // Plans on paper have it in brackets, too.
    if manner_of(inner).is_some()
        && let Ok(session) = run(&format!("{before}, {inner}"))
    {
        return Ok(session);
    }
    if inner.is_empty() {
        return Err(Advised(format!("`{}` has nothing in its brackets; leave them out", shown(words))));
    }
    let session = run(before)?;
    match note(inner) {
        Some(note) => Ok(CellSession { note: Some(note), ..session }),
        None => Err(Unknown(format!(
            "`({})` cannot be a note: in brackets stands the key of a text of the session, in letters and digits, as in `5 mi easy \
             (hilly)`; write what is meant under `texts` in the words of the session",
            shown(inner)
        ))),
    }
}

/// The key of the text that a note means: its words with hyphens between them.
fn note(inner: &str) -> Option<Id<PlainWords>> {
    inner.replace(' ', "-").parse().ok().filter(|_| !means_optional(inner))
}

/// One run, or several parts of it in a row.
fn run(words: &str) -> Result<CellSession, Unreadable> {
    let mut written = Vec::new();
    let in_parts = in_parts(words);
    for part in &in_parts {
        written.extend(in_a_row(part).map_err(|wrong| Unknown(format!("`{}`: {wrong}", shown(part))))?);
    }
    if written.len() > MOST_PARTS {
        return Err(Advised(format!("a run has at most {MOST_PARTS} parts")));
    }
    let mut parts = written.iter().map(|text| with_faster(text)).collect::<Result<Vec<_>, _>>()?;
    let is_known = |part: &CellSession| !matches!(part.amount, None | Some(CellAmount::Times(_)));
    if let Some((_, text)) = parts.iter().zip(&written).find(|(part, _)| parts.len() > 1 && !is_known(part)) {
        return Err(Advised(format!(
            "`{}` is a part of a run and does not say how long it is; write it as `2 mi easy` or `8x60 s hill`",
            shown(text)
        )));
    }
    let then = parts.split_off(1);
    let has_last_part = in_parts.len() == 1 && !then.is_empty();
    let first = parts.into_iter().next().map(|first| CellSession { then, has_last_part, ..first });
    first.ok_or_else(|| Unknown(format!("`{}` does not say what is done", shown(words))))
}

/// The parts of a run, between which `then` stands: behind a comma, or before a number, where it is no part of a word.
fn in_parts(words: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for piece in outside(words, " then ") {
        let begins_with_number = piece.starts_with(|c: char| c.is_ascii_digit());
        match parts.last_mut() {
            Some(before) if before.ends_with(',') => {
                before.pop();
                parts.push(piece.to_owned());
            }
            Some(before) if !begins_with_number => *before = format!("{before} then {piece}"),
            Some(_) | None => parts.push(piece.to_owned()),
        }
    }
    parts
}

/// A part of a run, and what is faster within it: `5 mi easy with 6x20 s strides`.
fn with_faster(words: &str) -> Result<CellSession, Unreadable> {
    // A word may have it too: `run with Ann`.
    let split = words.split_once(" with ").filter(|(_, faster)| faster.starts_with(|c: char| c.is_ascii_digit()));
    let Some((whole, faster)) = split else { return part(words) };
    if let Some(whole) = whole.strip_suffix(',') {
        return Err(Unknown(format!(
            "`{}`: no comma stands before `with`; write `{whole} with {faster}`",
            shown(words)
        )));
    }
    let whole = part(whole)?;
    if let Some(times) = strides_by_number(faster) {
        return Err(Unknown(format!(
            "`{}` says how many and not how long each is; write it as `{whole} with {times}x20 s strides`",
            shown(words)
        )));
    }
    let faster = part(faster)?;
    let Some(CellAmount::Length(_)) = whole.amount else {
        return Err(Unknown(format!(
            "`{}`: what stands before `with` says how long the run is in all; write it as `9 mi with 8x100 m strides`",
            shown(words)
        )));
    };
    let word = faster.word.as_ref().map(|word| FasterWord::ALL.into_iter().find(|one| one.as_str() == word.as_str()));
    let (Some(amount @ (CellAmount::Length(_) | CellAmount::Repeats { .. })), Some(word)) =
        (faster.amount, word.map_or(Some(None), |known| known.map(Some)))
    else {
        return Err(Unknown(format!(
            "`{}`: what stands behind `with` is a faster part of the run; write it as `9 mi with 8x100 m strides` or `18 mi with \
             10 mi @ marathon pace`; between sessions stands `+`",
            shown(words)
        )));
    };
    let within = Some(CellFaster { amount, target: faster.target, word });
    let run = CellSession { within, ..whole };
    match run.contradiction() {
        Some(_) => Err(Advised(format!(
            "`{}`: what is faster is a part of the run, and here it is longer than all of it",
            shown(words)
        ))),
        None => Ok(run),
    }
}
