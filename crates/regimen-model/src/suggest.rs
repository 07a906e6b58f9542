//! "Did you mean": the known word nearest to a mistyped one.

#[doc(hidden)]
pub mod calendar;
#[doc(hidden)]
pub mod when;

use std::cell::Cell;

use crate::quantity::{self, Count, Duration, Load};

/// Words longer than this are not compared; nobody mistypes that much by accident.
const MAX_LENGTH: usize = 80;

/// Words of other catalogues and of daily speech, and the words of this format that mean the same.
const SYNONYMS: [(&str, &str); 20] = [
    ("primary", "prime"),
    ("agonist", "prime"),
    ("main", "prime"),
    ("target", "prime"),
    ("secondary", "synergist"),
    ("assistant", "synergist"),
    ("helper", "synergist"),
    ("stretch", "static-stretch"),
    ("stretching", "static-stretch"),
    ("endurance", "cardio"),
    ("aerobic", "cardio"),
    ("both", "bilateral"),
    ("single-leg", "unilateral"),
    ("operated", "affected"),
    ("injured", "affected"),
    ("hurt", "affected"),
    ("sore", "affected"),
    ("painful", "affected"),
    ("bad", "affected"),
    ("weak", "affected"),
];

/// The known word that `wanted` was probably meant to be. Of equally near ones the first wins.
pub fn nearest<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = plain(wanted);
    if wanted.is_empty() || wanted.len() > MAX_LENGTH {
        return None;
    }
    let known: Vec<&str> = known.collect();
    let synonym = SYNONYMS.iter().find(|(word, _)| *word == wanted).map(|(_, meant)| *meant);
    let day = || calendar::weekday(&wanted).map(|day| day.as_str());
    if let Some(meant) = synonym.or_else(day).filter(|meant| known.contains(meant)) {
        return known.into_iter().find(|word| *word == meant);
    }
    // The nearest of several days would drop the others.
    if known.contains(&"monday") && calendar::weekdays(&wanted.replace('-', " ")).is_some() {
        return None;
    }
    let scored = known.into_iter().filter_map(|word| distance(&wanted, &plain(word)).map(|score| (score, word)));
    // `min_by_key` keeps the first of equal ones.
    scored.min_by_key(|(score, _)| *score).map(|(_, word)| word)
}

/// A sentence with the nearest known word, if one is near.
pub fn did_you_mean<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    nearest(wanted, known).map(|word| format!("did you mean `{word}`?"))
}

/// Suggestions for what a check finds: who has hundreds of findings of a kind has one mistake, and each suggestion is looked for in
/// all that is known.
#[derive(Debug)]
pub struct Suggestions(Cell<u32>);

impl Suggestions {
    /// How many findings get one.
    pub const MOST: u32 = 100;

    /// For a check that begins.
    pub const fn new() -> Self {
        Self(Cell::new(Self::MOST))
    }

    /// As [`nearest`], for the first hundred times.
    pub fn nearest<'a>(&self, wanted: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        self.0.set(self.0.get().checked_sub(1)?);
        nearest(wanted, known)
    }

    /// As [`did_you_mean`], for the first hundred times.
    pub fn did_you_mean<'a>(&self, wanted: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
        self.0.set(self.0.get().checked_sub(1)?);
        did_you_mean(wanted, known)
    }
}

/// As [`did_you_mean`], unless a check has found a hundred things already.
pub fn suggested<'a, F>(found: &[F], wanted: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    if found.len() < Suggestions::MOST as usize { did_you_mean(wanted, known) } else { None }
}

impl Default for Suggestions {
    fn default() -> Self {
        Self::new()
    }
}

/// The time of day that a text in another spelling means: `7 am`, `18h30`, `noon`.
///
/// ```
/// assert_eq!(regimen_model::suggest::time_meant("7 am").as_deref(), Some("07:00"));
/// ```
pub fn time_meant(text: &str) -> Option<String> {
    when::time(text)
}

/// The lengths of time that a text in another spelling may mean: `1 h 30 min`, `30 Minuten`.
///
/// ```
/// assert_eq!(regimen_model::suggest::lengths_meant("1 h 30 min"), ["90 min"]);
/// ```
pub fn lengths_meant(text: &str) -> Vec<String> {
    quantity::meant::<Duration>(text)
}

/// The keys of a dose that is written as on paper: `3x8 @ 20 kg`.
///
/// ```
/// assert_eq!(regimen_model::suggest::dose_meant("3x8 @ 20 kg").as_deref(), Some("{sets: 3, reps: 8, load: 20 kg}"));
/// ```
pub fn dose_meant(text: &str) -> Option<String> {
    let (work, load) = text.split_once('@').map_or((text, None), |(work, load)| (work, Some(load.trim())));
    let (sets, reps) = work.trim().split_once(['x', 'X', '×'])?;
    let (sets, reps) = (sets.trim().parse::<Count>().ok()?, reps.trim().parse::<Count>().ok()?);
    let load = match load {
        Some(load) => format!(", load: {}", load.parse::<Load>().ok()?),
        None => String::new(),
    };
    Some(format!("{{sets: {sets}, reps: {reps}{load}}}"))
}

/// Case, spaces and the choice between `-` and `_` are never what makes a word another word.
fn plain(word: &str) -> String {
    word.trim().to_lowercase().replace(['_', ' '], "-")
}

/// How far apart two words are, smaller is nearer; `None` if they have nothing to do with each other.
fn distance(wanted: &str, known: &str) -> Option<usize> {
    if known.is_empty() || known.len() > MAX_LENGTH {
        return None;
    }
    let (length, other) = (wanted.chars().count(), known.chars().count());
    let tolerance = (length.max(other) / 3).max(1);
    let contained = wanted.len() >= 3 && known.len() >= 3 && (known.contains(wanted) || wanted.contains(known));
    // Each letter that one has more is an edit.
    if length.abs_diff(other) > tolerance && !contained {
        return None;
    }
    let edits = strsim::damerau_levenshtein(wanted, known);
    if edits > 0 && sorted_parts(wanted) == sorted_parts(known) {
        return Some(1);
    }
    // A word of one letter that differs in one edit has nothing in common with the other.
    if edits <= tolerance && edits < length {
        return Some(edits);
    }
    // Behind every typing mistake; of several words that contain it the closest in length.
    contained.then_some(MAX_LENGTH + edits)
}

fn sorted_parts(word: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = word.split('-').collect();
    parts.sort_unstable();
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 8] =
        ["squat", "split-squat", "romanian-deadlift", "deadlift", "set_type", "sets", "reps", "rest"];

    #[test]
    fn the_nearest_word_is_found() {
        for (wanted, expected) in [
            ("sqaut", Some("squat")),
            ("Squat", Some("squat")),
            ("split squat", Some("split-squat")),
            ("romanian-deadlfit", Some("romanian-deadlift")),
            ("deadlift-romanian", Some("romanian-deadlift")),
            ("romanian", Some("romanian-deadlift")),
            ("rep", Some("reps")),
            ("set-type", Some("set_type")),
            ("resp", Some("reps")),
            ("burpee", None),
            ("", None),
            ("x", None),
            ("健身", None),
        ] {
            assert_eq!(nearest(wanted, KNOWN.into_iter()), expected, "{wanted}");
        }
    }

    #[test]
    fn of_equally_near_words_the_first_wins() {
        assert_eq!(nearest("res", ["rest", "reps"].into_iter()), Some("rest"));
        assert_eq!(nearest("rexs", ["reps", "rels"].into_iter()), Some("reps"));
    }

    #[test]
    fn days_are_known_by_their_names_in_other_languages_and_several_are_not_one() {
        const DAYS: [&str; 3] = ["monday", "saturday", "sunday"];
        for (wanted, expected) in
            [("Sonntag", Some("sunday")), ("lundi", Some("monday")), ("saturday/sunday", None), ("sat and sun", None)]
        {
            assert_eq!(nearest(wanted, DAYS.into_iter()), expected, "{wanted}");
        }
        assert_eq!(nearest("so", ["sets"].into_iter()), None);
    }

    #[test]
    fn words_for_the_side_that_hurts_mean_the_affected_one() {
        for wanted in ["operated", "injured", "Sore", "painful", "bad"] {
            assert_eq!(
                nearest(wanted, ["left", "right", "affected", "each"].into_iter()),
                Some("affected"),
                "{wanted}"
            );
        }
    }

    #[test]
    fn a_dose_as_on_paper_is_told_its_keys() {
        for (text, expected) in [
            ("3x8 @ 20 kg", Some("{sets: 3, reps: 8, load: 20 kg}")),
            ("3 x 8-10", Some("{sets: 3, reps: 8-10}")),
            ("3x8 @ easy", None),
            ("8 reps", None),
        ] {
            assert_eq!(dose_meant(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn very_long_words_cost_nothing() {
        assert_eq!(nearest(&"a".repeat(1_000_000), KNOWN.into_iter()), None);
    }

    #[test]
    fn it_is_said_as_a_question() {
        assert_eq!(did_you_mean("sqat", KNOWN.into_iter()).as_deref(), Some("did you mean `squat`?"));
        assert_eq!(did_you_mean("burpee", KNOWN.into_iter()), None);
    }
}
