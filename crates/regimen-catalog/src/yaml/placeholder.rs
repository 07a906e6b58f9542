//! Placeholders: values made up for keys that are missing or wrong, so that mistakes behind them come to light.
//!
//! Nothing knows what a type would accept, but serde says what it expected when it refuses. A placeholder starts as
//! `true` and learns from each refusal, and what it learns is at the same time what to tell the author.

use serde_yaml::Value as Tree;

use super::misplaced;
use super::wording::{self, Mistake};
use regimen_model::diagnostic::Diagnostic;

/// How many values are tried for one key.
const MAX_TRIES: usize = 12;

/// A made-up value.
pub(super) struct Placeholder {
    key: String,
    /// The finding that says that the key is missing, if there is one.
    finding: Option<usize>,
    /// What would be right, as far as is known.
    expected: String,
    tried: Vec<Candidate>,
    waiting: Vec<Candidate>,
}

/// Something to try.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Candidate {
    /// This value.
    Value(Tree),
    /// A mapping with this key.
    Key(String),
}

impl Placeholder {
    pub(super) fn new(key: &str, finding: Option<usize>) -> Self {
        Self {
            key: key.to_owned(),
            finding,
            expected: wording::plain_type("a boolean"),
            tried: vec![Candidate::Value(Self::first())],
            waiting: Vec::new(),
        }
    }

    /// What every placeholder starts as: few types accept it, so most say what they expect.
    pub(super) fn first() -> Tree {
        Tree::Bool(true)
    }

    /// Learns from a refusal. `here` says whether it is of the placeholder itself rather than of something inside
    /// it, `keys` whether the placeholder is a mapping by now.
    pub(super) fn learn(&mut self, mistake: &Mistake<'_>, here: bool, keys: bool) {
        if here {
            self.expected = expectation(mistake).unwrap_or(std::mem::take(&mut self.expected));
        }
        let candidates = match mistake {
            Mistake::Said { message } if keys => {
                wording::quoted(message).into_iter().map(|word| Candidate::Key(word.to_owned())).collect()
            }
            _ => candidates(mistake),
        };
        // The newest refusal knows best.
        self.waiting.splice(0..0, candidates);
    }

    /// What to try next, if anything is left.
    pub(super) fn next(&mut self) -> Option<Candidate> {
        while !self.waiting.is_empty() && self.tried.len() < MAX_TRIES {
            let candidate = self.waiting.remove(0);
            if !self.tried.contains(&candidate) {
                self.tried.push(candidate.clone());
                return Some(candidate);
            }
        }
        None
    }

    /// Tells the author of the missing key what was learnt.
    pub(super) fn explain(self, findings: &mut [Diagnostic]) {
        if let Some(finding) = self.finding.and_then(|finding| findings.get_mut(finding)) {
            finding.help =
                Some(format!("add `{}:` with {}", self.key, misplaced::counted_from_one(&self.key, &self.expected)));
        }
    }
}

fn expectation(mistake: &Mistake<'_>) -> Option<String> {
    match mistake {
        Mistake::UnknownWord { allowed, .. } => Some(format!("one of {}", wording::listed(allowed))),
        Mistake::WrongType { expected } | Mistake::OutOfRange { expected } => Some(wording::plain_type(expected)),
        Mistake::Said { message } => {
            // The value that was refused is made up, so nobody meant anything by it.
            let said = message.split_once("; did you mean").map_or(message.as_ref(), |(said, _)| said);
            said.split_once("` is not ").map(|(_, expected)| expected.to_owned())
        }
        Mistake::UnknownKey { .. } | Mistake::MissingKey { .. } => None,
    }
}

fn candidates(mistake: &Mistake<'_>) -> Vec<Candidate> {
    let text = |text: &str| Candidate::Value(Tree::String(text.to_owned()));
    let number = || Candidate::Value(Tree::Number(1.into()));
    match mistake {
        Mistake::UnknownWord { allowed, .. } => allowed.first().map(|word| text(word)).into_iter().collect(),
        Mistake::WrongType { expected } | Mistake::OutOfRange { expected } => {
            match wording::plain_type(expected).as_str() {
                "a list" => vec![Candidate::Value(Tree::Sequence(Vec::new()))],
                wording::KEYS => vec![Candidate::Value(Tree::Mapping(serde_yaml::Mapping::new()))],
                kind if kind == "a number" || kind.starts_with("a whole number") => vec![number()],
                kind if kind.contains("date") => vec![text("2027-01-31")],
                kind if kind.contains("time of day") => vec![text("09:15")],
                // Nothing but free text accepts a question mark, so stricter types say what they want.
                _ => vec![text("?"), text("a"), number()],
            }
        }
        // The first word between backquotes is what was refused, the others are examples of what is right.
        Mistake::Said { message } => {
            let examples = wording::quoted(message).into_iter().skip(1).map(text);
            std::iter::once(number()).chain(examples).collect()
        }
        Mistake::UnknownKey { .. } | Mistake::MissingKey { .. } => Vec::new(),
    }
}
