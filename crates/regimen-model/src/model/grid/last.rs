//! A run that ends in another way than it begins: `15 mi long with last 5 mi @ marathon`.

use rust_decimal::Decimal;

use crate::model::StepLength;
use crate::quantity::{Extent, Measured, Unit};

/// What stands between a run and its last part.
const LAST: [&str; 4] = [" with the last ", " with last ", ", the last ", ", last "];

/// The parts of such a run in a row, `10 mi long` and `5 mi long @ marathon`; any other text alone.
///
/// # Errors
/// What is wrong where the parts are not as long as the whole, and how to write them.
pub(super) fn in_a_row(words: &str) -> Result<Vec<String>, String> {
    let split = LAST.iter().find_map(|mark| words.split_once(mark));
    let Some((whole, last)) = split.filter(|(_, last)| last.starts_with(|c: char| c.is_ascii_digit())) else {
        return Ok(vec![words.to_owned()]);
    };
    let parts = Part::read(whole).zip(Part::read(last)).and_then(|(whole, last)| whole.ending_with(&last));
    parts.ok_or_else(|| {
        "the last part of a run is in the unit of the whole, shorter, and done in another way: write it as `15 mi long with last 5 mi \
         @ marathon pace`, or the parts one after the other, `10 mi long, then 5 mi @ marathon pace`"
            .to_owned()
    })
}

/// A run or a part of it, as far as its length matters.
struct Part<'t> {
    length: StepLength,
    word: String,
    /// From `@` on.
    target: &'t str,
}

impl<'t> Part<'t> {
    /// A length and a word in either order, and a target.
    fn read(words: &'t str) -> Option<Self> {
        let (work, target) = words.split_at(words.find('@').unwrap_or(words.len()));
        let tokens: Vec<&str> = work.split_whitespace().collect();
        (1..=tokens.len().min(4)).rev().find_map(|count| {
            let (first, rest) = tokens.split_at(count);
            let (before, last) = tokens.split_at(tokens.len() - count);
            [(first, rest), (last, before)].into_iter().find_map(|(length, word)| {
                let length = length.concat().parse().ok()?;
                Some(Self { length, word: word.join(" "), target: target.trim() })
            })
        })
    }

    fn ending_with(&self, last: &Self) -> Option<Vec<String>> {
        if last.word.is_empty() && last.target.is_empty() {
            return None;
        }
        let first = Self { length: without(self.length, last.length)?, word: self.word.clone(), target: self.target };
        let word = if last.word.is_empty() { &self.word } else { &last.word };
        let last = Self { length: last.length, word: word.clone(), target: last.target };
        Some(vec![first.written(), last.written()])
    }

    fn written(&self) -> String {
        format!("{} {} {}", self.length, self.word, self.target)
    }
}

/// What is left of a length.
fn without(whole: StepLength, last: StepLength) -> Option<StepLength> {
    with_last(whole, last, |end, last| Some(end - last).filter(|left| !last.is_zero() && *left > Decimal::ZERO))
}

/// The length of two parts of a run that are in the same unit.
pub(super) fn together(first: StepLength, last: StepLength) -> Option<StepLength> {
    with_last(first, last, Decimal::checked_add)
}

/// How an end of a length is changed by the last part of its run.
type Change = fn(Decimal, Decimal) -> Option<Decimal>;

/// A length with both ends changed by the last part of its run, which is in the same unit and no range.
fn with_last(length: StepLength, last: StepLength, change: Change) -> Option<StepLength> {
    fn changed<U: Unit>(length: Measured<U>, last: Measured<U>, change: Change) -> Option<Measured<U>> {
        let end = |end| change(end, last.amount.low()).map(|end| end.normalize());
        let amount = Extent::new(end(length.amount.low())?, end(length.amount.high())?)?;
        (length.unit == last.unit && last.amount.is_one()).then_some(Measured { amount, ..length })
    }
    match (length, last) {
        (StepLength::Time(length), StepLength::Time(last)) => changed(length, last, change).map(StepLength::Time),
        (StepLength::Distance(length), StepLength::Distance(last)) => {
            changed(length, last, change).map(StepLength::Distance)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_is_taken_from_the_whole() {
        for (words, parts) in [
            ("15 mi long with last 5 mi @ marathon", ["10 mi long ", "5 mi long @ marathon"]),
            ("long 15-17 mi @ easy with the last 5 mi @ 10k", ["10-12 mi long @ easy", "5 mi long @ 10k"]),
            ("90 min easy, last 20 min tempo", ["70 min easy ", "20 min tempo "]),
            ("1 h 30 min easy with last 20 min @ marathon", ["70 min easy ", "20 min easy @ marathon"]),
            ("10km, the last 2.5km @ 10k", ["7.5 km  ", "2.5 km  @ 10k"]),
        ] {
            assert_eq!(in_a_row(words).as_deref(), Ok(&parts.map(str::to_owned)[..]), "{words}");
        }
        for words in ["15 mi long", "run with last", "5 mi easy with 6x20 s strides"] {
            assert_eq!(in_a_row(words), Ok(vec![words.to_owned()]));
        }
        for words in [
            "15 mi long with last 5 km @ 10k",
            "15 mi long with last 15 mi @ 10k",
            "15 mi long with last 5 @ 10k",
            "15 mi long with last 5 mi",
            "long with last 5 mi @ 10k",
            "15 mi long with last 3-5 mi @ 10k",
        ] {
            assert!(in_a_row(words).is_err(), "{words}");
        }
    }
}
