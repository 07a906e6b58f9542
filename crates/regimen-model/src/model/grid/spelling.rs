//! The text of a cell with its amounts, paces and pauses spelt as cells have them.

use rust_decimal::Decimal;

use super::manner::manner;
use super::part::target;
use super::text::is_number;
use crate::model::{RunTarget, StepLength};
use crate::quantity::{Count, LengthUnit, Literal, Pace, PaceUnit, Unit, meant};

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
    let mut reader = Respelling { tokens: tokens(words), at: 0, which, spelt: Vec::new(), whole: None };
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
            // `5-k`, `3-mile`
            '-' if after_digit && chars.peek().is_some_and(char::is_ascii_alphabetic) => spaced.push(' '),
            '~' | '\u{2248}' if before_digit => {}
            '=' if before_digit => spaced.push(' '),
            '\u{bd}' => push_fraction(&mut spaced, "5"),
            '\u{bc}' => push_fraction(&mut spaced, "25"),
            '\u{be}' => push_fraction(&mut spaced, "75"),
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

/// `1½` and `1 ½` as `1.5`, and `½` as `0.5`.
fn push_fraction(spaced: &mut String, decimals: &str) {
    spaced.truncate(spaced.trim_end().len());
    let whole = match spaced.chars().last() {
        Some(last) if last.is_ascii_digit() => "",
        Some(_) => " 0",
        None => "0",
    };
    spaced.push_str(&format!("{whole}.{decimals}"));
}

/// How fast repeats are run, in metres a second: 8:20 to 2:13 min/km.
const SPEEDS: std::ops::RangeInclusive<Decimal> = Decimal::TWO..=Decimal::from_parts(75, 0, 0, false, 1);

struct Respelling {
    tokens: Vec<String>,
    at: usize,
    which: WhichLength,
    spelt: Vec<String>,
    /// How much the run is in all, at least, and in which unit, if that has been said.
    whole: Option<(Decimal, &'static str)>,
}

impl Respelling {
    fn step(&mut self) {
        let token = self.tokens[self.at].clone();
        if token == "in" && self.pace_by_time() || self.pause_behind_manner(&token) {
            return;
        }
        let is_time = token == "@" && self.is_time_of_repeat();
        // A time with a colon may be a pace all the same.
        let may_be_pace = self.tokens.get(self.at + 1).is_some_and(|next| next.contains(':'));
        if is_time && (self.which == WhichLength::First || !may_be_pace) && self.pace_by_time() {
            return;
        }
        if token == "@" || matches!(token.as_str(), "at" | "in") && self.is_target(self.at + 1) {
            self.spelt.push("@".to_owned());
            self.at += 1;
            let which = self.which;
            self.which = if is_time { WhichLength::First } else { which };
            self.target();
            self.which = which;
        } else if token.contains(':') && self.whole.is_some() && !self.is_beside() && self.is_target(self.at) {
            // `4 mi 8:30 pace`
            self.spelt.push("@".to_owned());
            self.target();
        } else if let Some((length, target)) = self.target_alone() {
            // `5 mi zone 2`
            self.spelt.push(format!("@ {target}"));
            self.at += length;
        } else if token == "final" && self.next_is_number() {
            self.spelt.push("last".to_owned());
            self.at += 1;
        } else if self.is_part_of_whole(&token) {
            self.part_of_whole(&token);
        } else if token.starts_with(|c: char| c.is_ascii_digit()) {
            let is_between = self.is_beside() && self.has_repeats();
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
        let is_end = |token: &String| matches!(token.as_str(), "," | "(" | ")" | "@" | "then" | "with" | "or" | "in");
        &rest[..rest.iter().position(is_end).unwrap_or(rest.len())]
    }

    fn is_target(&self, from: usize) -> bool {
        let words = self.run_of_words(from);
        let is_target = |text: &str| target(text).is_some() || !meant::<RunTarget>(text).is_empty();
        (1..=words.len()).any(|length| is_target(&words[..length].join(" ")))
    }

    fn next_is_number(&self) -> bool {
        self.tokens.get(self.at + 1).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()))
    }

    fn has_repeats(&self) -> bool {
        self.spelt.iter().any(|text| text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('x'))
    }

    /// The target with a number that comes next, behind an amount and without a sign before it, and how many words it has. A length is
    /// none.
    fn target_alone(&self) -> Option<(usize, String)> {
        let is_sign =
            |text: &&String| matches!(text.as_str(), "@" | "," | "(" | ")" | "with" | "then" | "+" | "or" | "last");
        let mut before = self.spelt.iter().rev().take_while(|text| !is_sign(text));
        if !before.any(|text| text.starts_with(|c: char| c.is_ascii_digit())) {
            return None;
        }
        let words = self.run_of_words(self.at);
        let longest = words.iter().take(3).take_while(|word| *word != "+").count();
        (1..=longest).rev().find_map(|length| {
            let text = words[..length].join(" ");
            let has_both = text.contains(|c: char| c.is_ascii_digit()) && text.contains(char::is_alphabetic);
            let is_length =
                StepLength::read(&text.replace(' ', "")).is_some() || !meant::<StepLength>(&text).is_empty();
            if !has_both || is_length {
                return None;
            }
            let known = target(&text).map(|_| text.clone());
            Some((length, known.or_else(|| self.chosen(&meant::<RunTarget>(&text)))?))
        })
    }

    /// Reads a pause whose length stands behind what is done: `rest 60 s`, `R=60 s`.
    fn pause_behind_manner(&mut self, token: &str) -> bool {
        let own = ["jog", "walk", "rest"].into_iter().find(|own| *own == token);
        let manner = own.or_else(|| manner(token)).or_else(|| Some("rest").filter(|_| token == "r"));
        let Some(manner) = manner.filter(|_| self.is_beside() && self.has_repeats() && self.next_is_number()) else {
            return false;
        };
        self.at += 1;
        self.amount();
        self.spelt.push(manner.to_owned());
        true
    }

    /// Reads `in 90 s` behind a distance as the pace that it is.
    fn pace_by_time(&mut self) -> bool {
        let Some((pace, taken)) = self.pace_of_time() else { return false };
        self.spelt.push(format!("@ {pace}"));
        self.at += 1 + taken;
        true
    }

    /// The pace of the distance before this word in the time behind it, and how many words that has.
    fn pace_of_time(&self) -> Option<(Pace, usize)> {
        let words = self.run_of_words(self.at + 1);
        let distance = self.spelt.last().map(|last| last.rsplit_once('x').map_or(last.as_str(), |(_, each)| each))?;
        let StepLength::Distance(distance) = StepLength::read(&distance.replace(' ', ""))? else { return None };
        let (taken, time) = self.length(words, false)?;
        let StepLength::Time(time) = StepLength::read(&time.replace(' ', ""))? else { return None };
        let unit = PaceUnit::of_runs_in(distance.unit);
        let (metres, seconds) = (distance.metres(), time.seconds());
        let each = |end: Decimal| end.checked_mul(unit.metres())?.checked_div(metres.low())?.round().try_into().ok();
        let ends = each(seconds.low()).zip(each(seconds.high()));
        let pace = ends.filter(|_| metres.is_one()).and_then(|(fast, slow)| Pace::between(fast, slow, unit))?;
        Some((pace, taken))
    }

    /// Whether what stands behind `@` is the time of each repeat rather than a pace: `6x800 m @ 3:00`, `6x400 m @ 90 s`.
    fn is_time_of_repeat(&self) -> bool {
        let repeat = self.spelt.last().and_then(|amount| amount.rsplit_once('x'));
        // Times of repeats in metres are read on a track; a pace stands behind kilometres and miles.
        let is_short = matches!(
            repeat.and_then(|(_, each)| StepLength::read(&each.replace(' ', ""))),
            Some(StepLength::Distance(distance)) if distance.metres().high() < 1000.into()
                || distance.unit == LengthUnit::Metre && distance.metres().high() <= 2000.into()
        );
        let is_run = |pace: &Pace| SPEEDS.contains(&pace.slowest());
        is_short && self.pace_of_time().is_some_and(|(pace, _)| is_run(&pace))
    }

    /// Whether what comes next is beside what stands before it, and no more of it.
    fn is_beside(&self) -> bool {
        self.spelt.last().is_some_and(|sign| matches!(sign.as_str(), "," | "(" | "with"))
    }

    /// Whether a number is a part of the run in the unit of the whole: `4` of `10 mi (4 @ MP)`.
    fn is_part_of_whole(&self, token: &str) -> bool {
        let Some((whole, _)) = self.whole.filter(|_| is_number(token)) else { return false };
        let is_behind = self.is_beside() || self.spelt.last().is_some_and(|word| word == "last");
        let next = self.tokens.get(self.at + 1).map(String::as_str);
        let has_target = next == Some("@") || matches!(next, Some("at" | "in")) && self.is_target(self.at + 2);
        let is_less = token.parse::<Decimal>().is_ok_and(|number| number < whole);
        is_behind && has_target && is_less
    }

    fn part_of_whole(&mut self, token: &str) {
        let unit = self.whole.map(|(_, unit)| unit).unwrap_or_default();
        if self.spelt.last().is_some_and(|sign| sign == ",") {
            self.spelt.pop();
            self.spelt.push("with".to_owned());
        }
        self.spelt.push(format!("{token} {unit}"));
        self.at += 1;
    }

    fn target(&mut self) {
        let words = self.run_of_words(self.at);
        let prefix = |length: usize| words[..length].join(" ");
        let known = (1..=words.len()).rev().find(|length| target(&prefix(*length)).is_some());
        // `5k race pace` is no `5k` of a session called `race pace`.
        let goes_on = |length: &usize| {
            let next = words.get(*length).map(String::as_str);
            matches!(next, Some("race" | "effort" | "goal"))
                && !meant::<RunTarget>(&prefix(words.len().min(length + 2))).is_empty()
        };
        let found = match known.filter(|length| !goes_on(length)) {
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
        let is_beside = self.is_beside();
        let mut words: Vec<String> = Some(rest.clone()).filter(|rest| !rest.is_empty()).into_iter().collect();
        words.extend(self.run_of_words(self.at + used).iter().cloned());
        let taken = |length: usize| used + length - usize::from(!rest.is_empty());
        let found = words.first().filter(|word| is_length(word)).and_then(|_| self.length(&words, times.is_empty()));
        match found {
            Some((length, text)) => {
                self.at += taken(length);
                let times = if times.is_empty() { self.times_behind().unwrap_or_default() } else { times };
                if times.is_empty() && self.whole.is_none() {
                    self.whole = StepLength::read(&text.replace(' ', "")).and_then(least);
                }
                self.spelt.push(format!("{times}{text}"));
            }
            // `400 x 6`
            None if is_track(times.trim_end_matches('x'))
                && words.len() == 1
                && words[0].len() < 3
                && is_number(&words[0]) =>
            {
                self.spelt.push(format!("{}x{} m", words[0], times.trim_end_matches('x')));
                self.at += taken(1);
            }
            // Three digits and more are metres of a track: `12x400`, `12x400 m, 400 jog`.
            None if (!times.is_empty() || is_beside) && words.first().is_some_and(|word| is_track(word)) => {
                self.spelt.push(format!("{times}{} m", words[0]));
                self.at += taken(1);
            }
            None => {
                self.spelt.extend(Some(times).filter(|times| !times.is_empty()));
                self.spelt.extend(Some(rest.clone()).filter(|rest| !rest.is_empty()));
                self.at += used;
            }
        }
    }

    /// How often, behind what is repeated: `400 m x 6`.
    fn times_behind(&mut self) -> Option<String> {
        let rest = self.run_of_words(self.at);
        let (times, used) = match rest {
            [x, times] if matches!(x.as_str(), "x" | "*") => (times.as_str(), 2),
            [times] => (times.strip_prefix('x')?, 1),
            _ => return None,
        };
        let times = Count::read(times)?;
        self.at += used;
        Some(format!("{times}x"))
    }

    /// The longest text at the start of these words that is a length, as it is written or as it is meant.
    fn length(&self, words: &[String], is_whole: bool) -> Option<(usize, String)> {
        let longest = words.len().min(4);
        let joined = |length: usize| words[..length].join(" ");
        let read = (1..=longest).rev().find(|length| StepLength::read(&words[..*length].concat()).is_some());
        if let Some(length) = read {
            // `1 h 30`
            let lacks_unit =
                words[..length].concat().ends_with('h') && words.get(length).is_some_and(|next| is_number(next));
            let meant = if lacks_unit { meant::<StepLength>(&joined(length + 1)) } else { Vec::new() };
            return Some(meant.into_iter().next().map_or_else(|| (length, joined(length)), |text| (length + 1, text)));
        }
        (1..=longest).rev().find_map(|length| {
            // A number alone may be miles, kilometres or minutes.
            let text = Some(joined(length))
                .filter(|text| !is_number(text) && !LETTERS.contains(&words[length - 1].as_str()))?;
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
        let words = self.run_of_words(self.at);
        let words = &words[..words.iter().position(|word| word == "+").unwrap_or(words.len())];
        if let Some(manner) = manner(&words.join(" ")) {
            self.at += words.len();
            self.spelt.push(manner.to_owned());
        }
    }
}

/// Letters for paces in plans, which are units of time in some language: `3x1 T`, `6 ST`, `5 MP`.
const LETTERS: [&str; 5] = ["t", "st", "mp", "p", "u"];

/// Whether a number without a unit is in metres.
fn is_track(number: &str) -> bool {
    (3..=5).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit())
}

/// The lower end of a length, and its unit.
fn least(length: StepLength) -> Option<(Decimal, &'static str)> {
    match length {
        StepLength::Time(time) => Some((time.amount.low(), time.unit.symbol())),
        StepLength::Distance(distance) => Some((distance.amount.low(), distance.unit.symbol())),
        StepLength::Open => None,
    }
}
