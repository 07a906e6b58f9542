//! Runs by the letters of Daniels' paces: `2E + 3T + 2E`.

use super::part::manner_of;
use super::read::cell;
use super::text::is_number;
use crate::model::StepLength;
use crate::quantity::{Count, Literal};

/// What the letters mean: an easy run, or a pace.
const LETTERS: [(char, &str); 5] =
    [('e', "easy"), ('m', "@ marathon pace"), ('t', "@ threshold pace"), ('i', "@ 5k pace"), ('r', "@ mile pace")];

/// Cells that such a text may mean: a number without a unit is of miles or of kilometres.
pub(super) fn meant(words: &str) -> Vec<String> {
    let pieces: Vec<&str> = words.split(['+', ',']).map(|piece| piece.trim().trim_start_matches("then ")).collect();
    let mut all: Vec<String> = Vec::new();
    for unit in ["mi", "km"] {
        let parts: Option<Vec<String>> = pieces.iter().map(|piece| part(piece, unit)).collect();
        let text = parts.filter(|parts| parts.len() > 1).map(|parts| parts.join(", then "));
        all.extend(text.filter(|text| cell(text).is_ok() && !all.contains(text)));
    }
    all
}

/// A part of the run: `2e`, `20 min t`, `4x1t with 1 min rest`.
fn part(piece: &str, unit: &str) -> Option<String> {
    let (work, pause) = match piece.split_once(" with ") {
        Some((work, pause)) => (work, Some(manner_of(pause)?)),
        None => (piece, None),
    };
    let letter = work.chars().last()?;
    let (_, meaning) = LETTERS.iter().find(|(own, _)| *own == letter)?;
    let amount = work.strip_suffix(letter)?.trim_end().replace(' ', "");
    let (times, length) = match amount.split_once('x') {
        Some((times, length)) => (format!("{}x", Count::read(times)?), length),
        None => (String::new(), amount.as_str()),
    };
    let length = match StepLength::read(length) {
        Some(length) => length.to_string(),
        None if is_number(length) => format!("{length} {unit}"),
        None => return None,
    };
    let pause = pause.map(|pause| format!(", {pause}")).unwrap_or_default();
    Some(format!("{times}{length} {meaning}{pause}"))
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn letters_are_easy_runs_and_paces() {
        for (text, expected) in [
            ("2e + 3t + 2e", "2 mi easy, then 3 mi @ threshold pace, then 2 mi easy"),
            ("2e+8m+1e", "2 mi easy, then 8 mi @ marathon pace, then 1 mi easy"),
            (
                "2 e + 4 x 1 t with 1 min rest + 2 e",
                "2 mi easy, then 4x1 mi @ threshold pace, 1 min rest, then 2 mi easy",
            ),
            ("15 min e, 20 min t", "15 min easy, then 20 min @ threshold pace"),
        ] {
            assert_eq!(meant(text).first().map(String::as_str), Some(expected), "{text}");
        }
        assert_eq!(meant("2e + 3t").len(), 2, "miles or kilometres");
        for text in ["5 mi", "2e", "easy + strides", "3 km + 2 t-shirts", ""] {
            assert!(meant(text).is_empty(), "{text}");
        }
    }
}
