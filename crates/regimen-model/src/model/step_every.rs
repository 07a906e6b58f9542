//! How often a step of a progression is made.

use std::fmt;
use std::str::FromStr;

use crate::quantity::{BadQuantity, Count, Literal, Numbers, WHOLE, literal, parse_whole, unreadable};

/// How often a step is made: every so many weeks, or every so many times that a session comes which has what grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepEvery {
    /// Every so many weeks of the phase, or turns of a cycle, written `2`.
    Weeks(Count),
    /// Every so many sessions, written `session` or `2 sessions`.
    Sessions(u32),
}

impl StepEvery {
    /// How many weeks or sessions.
    pub fn number(self) -> u32 {
        match self {
            Self::Weeks(weeks) => weeks.0.low(),
            Self::Sessions(sessions) => sessions,
        }
    }
}

impl Literal for StepEvery {
    const EXPECTED: &'static str = "a number of weeks such as `2`, `session` or `2 sessions`";
    const NUMBERS: Option<Numbers> = Some(Numbers { low: 1, high: 1000, halves: false });

    fn shape() -> String {
        format!(r"{}|({WHOLE}\s*)?sessions?", Count::shape())
    }

    fn read(text: &str) -> Option<Self> {
        let whole = |number: &str| parse_whole(number.trim()).filter(|number| (1..=1000).contains(number));
        match text.strip_suffix("sessions").or_else(|| text.strip_suffix("session")) {
            Some("") => Some(Self::Sessions(1)),
            Some(number) => whole(number).map(Self::Sessions),
            None => Count::read(text).map(Self::Weeks),
        }
    }

    fn respelt(tidied: &str) -> Vec<String> {
        let number = |words: &[&str]| {
            words.iter().find_map(|word| tidied.strip_suffix(word)).map(|number| number.trim().to_owned())
        };
        match tidied {
            "week" => vec!["1".to_owned()],
            "turn" | "time" | "workout" | "each session" | "every session" | "each time" | "every time" => {
                vec!["session".to_owned()]
            }
            _ => number(&["weeks", "week"])
                .or_else(|| number(&["workouts", "turns", "times"]).map(|number| format!("{number} sessions")))
                .into_iter()
                .collect(),
        }
    }
}

impl FromStr for StepEvery {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

impl fmt::Display for StepEvery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weeks(weeks) => weeks.fmt(f),
            Self::Sessions(1) => f.write_str("session"),
            Self::Sessions(sessions) => write!(f, "{sessions} sessions"),
        }
    }
}

literal!(StepEvery);
