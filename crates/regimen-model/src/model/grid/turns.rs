//! Running and walking in turn, as plans for beginners have it: `run 1 min, walk 1 min x 20`, `30 min run/walk 4:1`.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::read::cell;
use super::text::shown;
use crate::model::StepLength;
use crate::quantity::{Literal, meant};

/// How often, where a text does not say it: so that the form can be copied, and is seen to be an example.
const EXAMPLE_TIMES: u32 = 10;

/// What is wrong with a text that has running and walking in turn, and what to write; `None` for any other text.
pub(super) fn advice(words: &str) -> Option<String> {
    let turns = Turns::read(words)?;
    let times = turns.times.clone().or_else(|| turns.times_in_all());
    let written = |times: &str| format!("{times}x{} run, {} walk", turns.run, turns.walk);
    let shown = shown(words);
    let said = match times {
        Some(times) => format!("`{shown}` cannot be read; did you mean `{}`?", written(&times)),
        None => format!(
            "`{shown}`: what is run and walked in turn is repeats, with how often; write it as `{}`",
            written(&EXAMPLE_TIMES.to_string())
        ),
    };
    cell(&written("2")).is_ok().then_some(said)
}

/// What is done in turn.
struct Turns {
    run: StepLength,
    walk: StepLength,
    times: Option<String>,
    /// How long it is in all.
    whole: Option<StepLength>,
}

/// What a piece of a text says.
enum Piece {
    Run,
    Walk,
    Length(StepLength),
    Times(String),
    /// Minutes of running and of walking: `4:1`.
    Ratio([StepLength; 2]),
    /// A word between them.
    Between,
    Other,
}

impl Turns {
    fn read(words: &str) -> Option<Self> {
        let pieces = pieces(words);
        if pieces.iter().any(|piece| matches!(piece, Piece::Other)) {
            return None;
        }
        let has = |wanted: fn(&Piece) -> bool| pieces.iter().any(wanted);
        let ratio = pieces.iter().find_map(|piece| match piece {
            Piece::Ratio(ratio) => Some(*ratio),
            _ => None,
        });
        if !has(|piece| matches!(piece, Piece::Run)) || (!has(|piece| matches!(piece, Piece::Walk)) && ratio.is_none())
        {
            return None;
        }
        let lengths = pieces.iter().filter_map(|piece| match piece {
            Piece::Length(length) => Some(*length),
            _ => None,
        });
        let lengths: Vec<StepLength> = lengths.collect();
        let times = pieces.iter().find_map(|piece| match piece {
            Piece::Times(times) => Some(times.clone()),
            _ => None,
        });
        let ([run, walk], whole) = match (ratio, lengths.as_slice()) {
            (Some(ratio), []) => (ratio, None),
            (Some(ratio), [whole]) => (ratio, Some(*whole)),
            (None, [run, walk]) => ([*run, *walk], None),
            // The longest is that of both together: `30 min run/walk 60 s/30 s`.
            (None, [whole, run, walk]) if is_longest(*whole, [*run, *walk]) => ([*run, *walk], Some(*whole)),
            (None, [run, walk, whole]) if is_longest(*whole, [*run, *walk]) => ([*run, *walk], Some(*whole)),
            _ => return None,
        };
        let turns = Self { run, walk, times, whole };
        // What is done before it would be lost.
        let is_all = turns.times.is_none() || turns.whole.is_none() || turns.times == turns.times_in_all();
        is_all.then_some(turns)
    }

    /// How often both are done in the whole, if that is a whole number.
    fn times_in_all(&self) -> Option<String> {
        let turn = seconds(self.run)?.checked_add(seconds(self.walk)?)?;
        let times = seconds(self.whole?)?.checked_div(turn)?;
        let times = Some(times).filter(|times| times.is_integer() && *times > Decimal::ONE)?;
        Some(times.to_u32()?.to_string())
    }
}

fn is_longest(whole: StepLength, others: [StepLength; 2]) -> bool {
    let is_longer = |other| match (seconds(whole), seconds(other)) {
        (Some(whole), Some(other)) => whole > other,
        // A distance in all beside times of its turns.
        (None, Some(_)) => true,
        (_, None) => false,
    };
    others.into_iter().all(is_longer)
}

fn seconds(length: StepLength) -> Option<Decimal> {
    match length {
        StepLength::Time(time) => Some(time.seconds()).filter(|seconds| seconds.is_one()).map(|seconds| seconds.low()),
        StepLength::Distance(_) | StepLength::Open => None,
    }
}

fn pieces(words: &str) -> Vec<Piece> {
    let spaced = words.replace(['/', ',', '(', ')', ';', '+', '-'], " ");
    // `8x60 s`, `x20`
    let words = spaced.split_whitespace().flat_map(|word| match word.split_once('x') {
        Some((before, after)) if is_count(before) || is_count(after) => vec![before, "x", after],
        _ => vec![word],
    });
    let tokens: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let (mut pieces, mut at) = (Vec::new(), 0);
    while let Some((token, rest)) = tokens.get(at..).and_then(<[&str]>::split_first) {
        let next = rest.first().copied().unwrap_or_default();
        let (piece, used) = match *token {
            "run" | "running" | "jog" | "jogging" => (Piece::Run, 1),
            "walk" | "walking" => (Piece::Walk, 1),
            "x" if is_count(next) => (Piece::Times(next.to_owned()), 2),
            number if is_count(number) && matches!(next, "x" | "times") => (Piece::Times(number.to_owned()), 2),
            "and" | "alternate" | "alternating" | "for" | "of" | "intervals" => (Piece::Between, 1),
            text => match (ratio(text), length(text), length(&format!("{text} {next}"))) {
                (Some(ratio), _, _) => (Piece::Ratio(ratio), 1),
                (None, Some(length), _) => (Piece::Length(length), 1),
                (None, None, Some(length)) => (Piece::Length(length), 2),
                (None, None, None) => (Piece::Other, 1),
            },
        };
        pieces.push(piece);
        at += used;
    }
    pieces
}

fn is_count(text: &str) -> bool {
    matches!(text.len(), 1 | 2) && text.chars().all(|c| c.is_ascii_digit())
}

/// The minutes of `4:1`, which is no time of day.
fn ratio(text: &str) -> Option<[StepLength; 2]> {
    let (run, walk) = text.split_once(':').filter(|(run, walk)| is_count(run) && walk.len() == 1 && is_count(walk))?;
    let minutes = |number: &str| StepLength::read(&format!("{number} min"));
    Some([minutes(run)?, minutes(walk)?])
}

/// A number with its unit, however that is spelt.
fn length(text: &str) -> Option<StepLength> {
    let has_unit = text.starts_with(|c: char| c.is_ascii_digit()) && text.ends_with(char::is_alphabetic);
    let read = || StepLength::read(&text.replace(' ', ""));
    let spelt = || meant::<StepLength>(text).first().and_then(|text| StepLength::read(text));
    has_unit.then(|| read().or_else(spelt)).flatten()
}
