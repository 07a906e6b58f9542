//! The cells of a grid: what is done on a day, in the short form in which plans are shared.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::CellWord;
use super::last::together;
use crate::model::{PlainWords, RunTarget, StepLength};
use crate::quantity::Count;
use crate::reference::Id;

/// What is done on one day: nothing, one session, or several, each with what may be done instead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell(pub Vec<CellChoice>);

/// A session of a cell, or several of which one is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellChoice {
    /// The first, and what may be done instead.
    pub sessions: Vec<CellSession>,
    /// Whether nothing may be done instead: `rest or cross`, `cross?`.
    pub optional: bool,
}

/// A session of a cell, with as much as the cell says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellSession {
    /// How much of it.
    pub amount: Option<CellAmount>,
    /// Which session: a word of the grid, or a session's id.
    pub word: Option<CellWord>,
    /// How fast or how hard.
    pub target: Option<RunTarget>,
    /// What is faster in it and a part of it: `with 6x20 s strides`.
    pub within: Option<CellFaster>,
    /// The parts of the same run that come after it: `, then 2 mi easy`.
    pub then: Vec<CellSession>,
    /// Whether the one part after it is the last of a run whose length in all is written: `15 mi long with last 5 mi @ marathon`.
    pub has_last_part: bool,
    /// What to mind, by the key of a text of its session: `(hilly)`.
    pub note: Option<Id<PlainWords>>,
}

/// What is faster within a run: `6x20 s`, `10 mi @ marathon pace`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFaster {
    /// How much.
    pub amount: CellAmount,
    /// How fast or how hard.
    pub target: Option<RunTarget>,
    /// What it is called.
    pub word: Option<FasterWord>,
}

/// What a faster part of a run is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FasterWord {
    /// Short, fast and relaxed.
    Strides,
    /// Nothing more than that.
    Fast,
}

impl FasterWord {
    /// All of them.
    pub(super) const ALL: [Self; 2] = [Self::Strides, Self::Fast];

    /// How it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Strides => "strides",
            Self::Fast => "fast",
        }
    }
}

/// How much of a session is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellAmount {
    /// So long or so far: `5 mi`.
    Length(StepLength),
    /// So often what its session repeats: `8x hill`.
    Times(Count),
    /// Again and again: `6x400 m`.
    Repeats {
        /// How often.
        times: Count,
        /// How long each is.
        each: StepLength,
        /// What comes after each.
        between: Option<Between>,
    },
    /// Several steps again and again: `2x(4x400 m @ 5k, 90 s jog), 3 min jog`.
    Sets {
        /// How often.
        times: Count,
        /// What is done each time.
        steps: Vec<CellStep>,
        /// What comes after each time.
        between: Option<Between>,
    },
}

/// A step of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellStep {
    /// Work: `400 m @ 5k`, `4x400 m, 90 s jog`.
    Work {
        /// How much.
        amount: CellAmount,
        /// How fast or how hard.
        target: Option<RunTarget>,
    },
    /// What comes between: `90 s jog`.
    Between(Between),
}

/// What comes between repeats: `200 m jog`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Between {
    /// How long it is.
    pub length: StepLength,
    /// What is done, if it is said.
    pub manner: Option<BetweenManner>,
}

/// What is done between repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BetweenManner {
    /// Easy running.
    Jog,
    /// Walking.
    Walk,
    /// Standing.
    Rest,
}

impl BetweenManner {
    /// All of them.
    pub(super) const ALL: [Self; 3] = [Self::Jog, Self::Walk, Self::Rest];

    /// How it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jog => "jog",
            Self::Walk => "walk",
            Self::Rest => "rest",
        }
    }
}

impl CellSession {
    /// The word by which its session is found: its own, else that for repeats or for any other run.
    pub fn name(&self) -> &str {
        match (&self.word, &self.amount) {
            (Some(word), _) => word.as_str(),
            (None, Some(CellAmount::Repeats { .. } | CellAmount::Sets { .. } | CellAmount::Times(_))) => REPEATS,
            (None, Some(CellAmount::Length(_)) | None) => RUN,
        }
    }

    /// The parts of its run: itself, and those that come after it.
    pub fn parts(&self) -> impl Iterator<Item = &CellSession> {
        std::iter::once(self).chain(&self.then)
    }

    /// Whether it says how long is walked, and nothing else.
    pub(super) fn is_walk(&self) -> bool {
        let is_length = matches!(self.amount, Some(CellAmount::Length(_)));
        is_length && self.name() == WALK && self.target.is_none() && self.within.is_none()
    }

    fn rename(&mut self, from: &str, to: &str) {
        self.then.iter_mut().for_each(|part| part.rename(from, to));
        if self.name() == from {
            self.word = to.parse().ok();
        }
    }
}

/// The word of a cell that says only how far or how long.
pub(super) const RUN: &str = "run";
/// The word of a part of a run that is walked.
pub(super) const WALK: &str = "walk";
/// The word of a cell that says only what is repeated.
const REPEATS: &str = "repeats";

impl Cell {
    /// The cell with another id of a session: the text as it is written with that word changed, if it then means what it should.
    pub fn renamed(&self, written: &str, from: &str, to: &str) -> String {
        let mut meant = self.clone();
        let sessions = meant.0.iter_mut().flat_map(|choice| &mut choice.sessions);
        sessions.for_each(|session| session.rename(from, to));
        let is_part = |c: char| c.is_alphanumeric() || c == '-';
        let mut text = String::new();
        let mut rest = written;
        while let Some(at) = rest.to_ascii_lowercase().find(from) {
            let (before, found) = rest.split_at(at);
            let (found, after) = found.split_at(from.len());
            let alone = !before.ends_with(is_part) && !after.starts_with(is_part);
            text.push_str(before);
            text.push_str(if alone { to } else { found });
            rest = after;
        }
        text.push_str(rest);
        if text.parse().as_ref() == Ok(&meant) { text } else { meant.to_string() }
    }
}

impl JsonSchema for Cell {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Cell".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string"],
            "description": "What is done on a day, such as `5 mi easy` or `rest`.",
            "errorMessage": "write what is done on a day, such as `5 mi easy`, `6x400m @ 5k, 200m jog` or `rest`",
            "examples": ["5 mi easy", "45 min tempo", "6x400m @ 5k, 200m jog", "rest", "rest or cross", "easy + strength-a"],
        })
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("rest");
        }
        for (position, choice) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str(" + ")?;
            }
            choice.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for CellChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, session) in self.sessions.iter().enumerate() {
            if position > 0 {
                f.write_str(" or ")?;
            }
            session.fmt(f)?;
        }
        match (self.optional, self.sessions.len()) {
            (false, _) => Ok(()),
            (true, 1) => f.write_str("?"),
            (true, _) => f.write_str(" or rest"),
        }
    }
}

impl fmt::Display for CellSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { amount, word, target, within, then, has_last_part, note } = self;
        let whole = self.length().zip(then.first().and_then(Self::length)).filter(|_| *has_last_part);
        let whole = whole.and_then(|(first, last)| together(first, last)).map(CellAmount::Length);
        let (amount, before_part) = match &whole {
            Some(whole) => (Some(whole), " with last "),
            None => (amount.as_ref(), ", then "),
        };
        write_part(f, amount, word.as_ref().map(CellWord::as_str), target.as_ref())?;
        if let Some(CellFaster { amount, target, word }) = within {
            f.write_str(" with ")?;
            write_part(f, Some(amount), word.map(FasterWord::as_str), target.as_ref())?;
        }
        then.iter().try_for_each(|part| write!(f, "{before_part}{part}"))?;
        note.iter().try_for_each(|note| write!(f, " ({note})"))
    }
}

/// How much, what, how fast, and what comes between.
fn write_part(
    f: &mut fmt::Formatter<'_>,
    amount: Option<&CellAmount>,
    word: Option<&str>,
    target: Option<&RunTarget>,
) -> fmt::Result {
    let (amount, between) = match amount {
        None => (None, None),
        Some(CellAmount::Length(length)) => (Some(length.to_string()), None),
        Some(CellAmount::Times(times)) => (Some(format!("{times}x")), None),
        Some(CellAmount::Repeats { times, each, between }) => (Some(format!("{times}x{each}")), between.as_ref()),
        Some(CellAmount::Sets { times, steps, between }) => {
            let steps: Vec<String> = steps.iter().map(CellStep::to_string).collect();
            (Some(format!("{times}x({})", steps.join(", "))), between.as_ref())
        }
    };
    let target = target.map(|target| format!("@ {target}"));
    let parts = [amount, word.map(str::to_owned), target];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    f.write_str(&parts.join(" "))?;
    between.map_or(Ok(()), |between| write!(f, ", {between}"))
}

impl fmt::Display for CellStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Work { amount, target } => write_part(f, Some(amount), None, target.as_ref()),
            Self::Between(between) => between.fmt(f),
        }
    }
}

impl fmt::Display for Between {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.length.fmt(f)?;
        self.manner.map_or(Ok(()), |manner| write!(f, " {}", manner.as_str()))
    }
}
