//! The text of a cell with its amounts, paces and pauses spelt as cells have them.

use super::part::target;
use super::text::is_number;
use crate::model::{RunTarget, StepLength};
use crate::quantity::{Count, Literal, meant};

/// Which of two lengths is taken where a text may mean either: `1:30` is 90 minutes of a run or 90 seconds of a repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WhichLength {
    /// The more likely one.
    First,
    /// The other one, if there is one.
    Second,
}

/// The text with what can be read in another spelling spelt as cells have it.
pub(super) fn respelt(words: &str, which: WhichLength) -> String {
    let mut reader = Respelling { tokens: tokens(words), at: 0, which, spelt: Vec::new() };
    while reader.at < reader.tokens.len() {
        reader.step();
    }
    let text = reader.spelt.join(" ");
    text.replace(" ,", ",").replace("( ", "(").replace(" )", ")").replace("x (", "x(")
}

/// The words of a text, with signs by themselves.
fn tokens(words: &str) -> Vec<String> {
    let mut spaced = String::new();
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        let after_digit = spaced.ends_with(|c: char| c.is_ascii_digit());
        let before_digit = chars.peek().is_some_and(char::is_ascii_digit);
        match c {
            ',' if after_digit && before_digit => spaced.push('.'),
            '(' | ')' | ',' | '@' => spaced.extend([' ', c, ' ']),
            '"' | '\u{2033}' if after_digit => spaced.push_str(" s "),
            '\'' | '\u{2019}' | '\u{2032}' if after_digit && chars.peek() == Some(&c) => {
                chars.next();
                spaced.push_str(" s ");
            }
            '\'' | '\u{2019}' | '\u{2032}' if after_digit => spaced.push_str(" min "),
            _ => spaced.push(c),
        }
    }
    spaced.split_whitespace().map(str::to_owned).collect()
}

struct Respelling {
    tokens: Vec<String>,
    at: usize,
    which: WhichLength,
    spelt: Vec<String>,
}

impl Respelling {
    fn step(&mut self) {
        let token = self.tokens[self.at].clone();
        if token == "@" || token == "at" && self.is_target(self.at + 1) {
            self.spelt.push("@".to_owned());
            self.at += 1;
            self.target();
        } else if token.starts_with(|c: char| c.is_ascii_digit()) {
            let is_between = self.spelt.last().is_some_and(|sign| matches!(sign.as_str(), "," | "(" | "with"))
                && self.spelt.iter().any(|text| text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('x'));
            self.amount();
            if is_between {
                self.manner();
            }
        } else {
            self.spelt.push(token);
            self.at += 1;
        }
    }

    /// The words up to the next sign.
    fn run_of_words(&self, from: usize) -> &[String] {
        let rest = self.tokens.get(from..).unwrap_or_default();
        let is_end = |token: &String| matches!(token.as_str(), "," | "(" | ")" | "@" | "then" | "with" | "or");
        &rest[..rest.iter().position(is_end).unwrap_or(rest.len())]
    }

    fn is_target(&self, from: usize) -> bool {
        let words = self.run_of_words(from);
        (1..=words.len()).any(|length| target(&words[..length].join(" ")).is_some())
    }

    fn target(&mut self) {
        let words = self.run_of_words(self.at);
        let prefix = |length: usize| words[..length].join(" ");
        let known = (1..=words.len()).rev().find(|length| target(&prefix(*length)).is_some());
        let found = match known {
            Some(length) => Some((length, prefix(length))),
            None => (1..=words.len()).rev().find_map(|length| {
                let all = meant::<RunTarget>(&prefix(length));
                Some((length, self.chosen(&all)?))
            }),
        };
        if let Some((length, text)) = found {
            self.spelt.push(text);
            self.at += length;
        }
    }

    fn chosen(&self, all: &[String]) -> Option<String> {
        let second = all.get(1).filter(|_| self.which == WhichLength::Second);
        second.or(all.first()).cloned()
    }

    /// A length or repeats: `5 miles`, `1h30`, `6 x 400 metres`, `8xhill`.
    fn amount(&mut self) {
        let first = self.tokens[self.at].clone();
        let (times, rest, used) = match first.split_once(['x', '*']) {
            Some((times, rest)) if Count::read(times).is_some() => (format!("{times}x"), rest.to_owned(), 1),
            _ => match self.tokens.get(self.at + 1).map(String::as_str) {
                Some("x" | "*" | "times") if Count::read(&first).is_some() => (format!("{first}x"), String::new(), 2),
                _ => (String::new(), first, 1),
            },
        };
        let is_length = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let mut words: Vec<String> = Some(rest.clone()).filter(|rest| !rest.is_empty()).into_iter().collect();
        words.extend(self.run_of_words(self.at + used).iter().cloned());
        let taken = |length: usize| used + length - usize::from(!rest.is_empty());
        let found = words.first().filter(|word| is_length(word)).and_then(|_| self.length(&words, times.is_empty()));
        match found {
            Some((length, text)) => {
                self.spelt.push(format!("{times}{text}"));
                self.at += taken(length);
            }
            None => {
                self.spelt.extend(Some(times).filter(|times| !times.is_empty()));
                self.spelt.extend(Some(rest.clone()).filter(|rest| !rest.is_empty()));
                self.at += used;
            }
        }
    }

    /// The longest text at the start of these words that is a length, as it is written or as it is meant.
    fn length(&self, words: &[String], is_whole: bool) -> Option<(usize, String)> {
        let longest = words.len().min(4);
        let joined = |length: usize| words[..length].join(" ");
        let read = (1..=longest).rev().find(|length| StepLength::read(&words[..*length].concat()).is_some());
        if let Some(length) = read {
            return Some((length, joined(length)));
        }
        (1..=longest).rev().find_map(|length| {
            // A number alone may be miles, kilometres or minutes.
            let text = Some(joined(length)).filter(|text| !is_number(text))?;
            let mut all = meant::<StepLength>(&text);
            // An hour and a half of a run is written like a minute and a half of a repeat.
            if is_whole {
                all.sort_by_key(|text| !text.ends_with("min"));
            }
            Some((length, self.chosen(&all)?))
        })
    }

    /// What is done between repeats, behind its length: `90 s recovery`.
    fn manner(&mut self) {
        let words = self.run_of_words(self.at).join(" ");
        let manner = MANNERS.iter().find(|(names, _)| names.contains(&words.as_str()));
        if let Some((_, manner)) = manner {
            self.at += self.run_of_words(self.at).len();
            self.spelt.push((*manner).to_owned());
        }
    }
}

/// Other words for what is done between repeats.
const MANNERS: [(&[&str], &str); 3] = [
    (
        &[
            "recovery",
            "recoveries",
            "recover",
            "rec",
            "recov",
            "jogging",
            "jogs",
            "jogged",
            "float",
            "trot",
            "easy",
            "easy jog",
            "jog recovery",
            "recovery jog",
            "jog rec",
            "slow jog",
            "light jog",
            "jog between",
            "jog in between",
            "jog rest",
            "jog back",
            "jog down",
        ],
        "jog",
    ),
    (&["walking", "walks", "walk recovery", "walk rest", "walk back", "easy walk", "walk between"], "walk"),
    (
        &[
            "rests",
            "resting",
            "off",
            "pause",
            "pauses",
            "break",
            "standing",
            "standing rest",
            "rest between",
            "rest in between",
            "complete rest",
            "full rest",
        ],
        "rest",
    ),
];
