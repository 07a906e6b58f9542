//! Where words may be hyphenated: where the author says so with a soft hyphen, else by the patterns of the language.

use std::ops::Range;

use hypher::{Lang, hyphenate_bounded};

/// Shorter words are not worth a hyphen.
const SHORTEST: usize = 6;
/// Longer ones are no words, and parts of them are as many as their letters.
const LONGEST: usize = 100;
/// How many letters stay at least before a hyphen and after it.
const BEFORE: usize = 2;
const AFTER: usize = 3;

/// How the words of a text are hyphenated.
#[derive(Debug, Default)]
pub(super) struct Hyphens {
    /// Where each language ends in the text, in order; none is a language without patterns.
    languages: Vec<(usize, Option<Lang>)>,
    /// The places of soft hyphens, which are not part of the text, in ascending order.
    soft: Vec<usize>,
}

impl Hyphens {
    /// Hyphenates where soft hyphens were, and by the patterns of each language, which is given with its length.
    pub(super) fn new<'a>(spans: impl Iterator<Item = (usize, &'a str)>, soft: Vec<usize>) -> Self {
        let mut languages: Vec<(usize, Option<Lang>)> = Vec::new();
        let mut end = 0;
        for (length, tag) in spans {
            end += length;
            match (languages.last_mut(), patterns(tag)) {
                (Some(last), language) if last.1 == language => last.0 = end,
                (_, language) => languages.push((end, language)),
            }
        }
        Self { languages, soft }
    }

    fn language_at(&self, at: usize) -> Option<Lang> {
        self.languages.iter().find(|(end, _)| at < *end)?.1
    }

    /// The places of soft hyphens within these bytes of the text.
    pub(super) fn soft_places(&self, bytes: &Range<usize>) -> Vec<usize> {
        self.soft.iter().filter(|at| bytes.start < **at && **at < bytes.end).copied().collect()
    }

    /// The places within these bytes of the text, in ascending order; words in capitals have some if they need it.
    pub(super) fn places(&self, text: &str, bytes: &Range<usize>, needed: bool) -> Vec<usize> {
        let soft = self.soft_places(bytes);
        // Who says where a word may part means nowhere else.
        if !soft.is_empty() || has_own_breaks(text, bytes) {
            return soft;
        }
        let known = words(text, bytes, needed).filter_map(|word| Some((self.language_at(word.start)?, word)));
        known.flat_map(|(language, word)| parts(text, word, language)).collect()
    }
}

/// Whether a stretch begins or ends where the author parts a word without a hyphen (U+200B).
fn has_own_breaks(text: &str, bytes: &Range<usize>) -> bool {
    let parts = |text: Option<&str>, end: bool| {
        text.is_some_and(|text| if end { text.ends_with('\u{200b}') } else { text.contains('\u{200b}') })
    };
    parts(text.get(..bytes.start), true) || parts(text.get(bytes.clone()), false)
}

/// The patterns of a language, if there are any.
fn patterns(tag: &str) -> Option<Lang> {
    let code = tag.split('-').next()?;
    let code = if matches!(code, "nb" | "nn") { "no" } else { code };
    Lang::from_iso(code.as_bytes().try_into().ok()?)
}

/// The plain words of a segment; addresses, codes and amounts have none.
fn words<'a>(text: &'a str, bytes: &Range<usize>, with_capitals: bool) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let segment = text.get(bytes.clone()).unwrap_or("");
    let start = bytes.start;
    let inner = segment.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    let is_code = |letter: char| letter.is_numeric() || matches!(letter, '/' | '@' | '_' | '.' | ':' | '\\' | '=');
    let words = if inner.contains(is_code) { "" } else { segment };
    words.split(|letter: char| !letter.is_alphabetic()).filter(move |word| is_plain(word, with_capitals)).map(
        move |word| {
            let at = start + (word.as_ptr() as usize - segment.as_ptr() as usize);
            at..at + word.len()
        },
    )
}

/// Long enough, and no abbreviation in capitals, unless these are wanted.
fn is_plain(word: &str, with_capitals: bool) -> bool {
    (SHORTEST..=LONGEST).contains(&word.chars().take(LONGEST + 1).count())
        && (with_capitals || !word.chars().skip(1).any(char::is_uppercase))
}

fn parts(text: &str, word: Range<usize>, language: Lang) -> Vec<usize> {
    let mut at = word.start;
    let syllables = hyphenate_bounded(&text[word.clone()], language, BEFORE, AFTER);
    let ends = syllables.map(|syllable| {
        at += syllable.len();
        at
    });
    ends.filter(|end| *end < word.end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, text: &str, expected: &str) {
        let mut shown = text.to_owned();
        let places =
            Hyphens::new([(text.len(), language)].into_iter(), Vec::new()).places(text, &(0..text.len()), false);
        places.iter().rev().for_each(|place| shown.insert(*place, '-'));
        assert_eq!(shown, expected, "{language}");
    }

    #[test]
    fn words_part_by_their_language() {
        check("en", "(hamstrings),", "(ham-strings),");
        check("en-GB", "physiotherapist", "phys-io-ther-a-pist");
        check("de", "Oberschenkelrückseite", "Ober-schen-kel-rück-sei-te".replace("sei-te", "seite").as_str());
        check("nb", "treningsprogram", "tre-nings-pro-gram");
        check("xx", "hamstrings", "hamstrings");
        let endless = "hamstrings".repeat(11);
        check("en", &endless, &endless);
    }

    #[test]
    fn each_word_parts_by_its_own_language() {
        let text = "hamstrings Oberschenkel hamstrings";
        let hyphens = Hyphens::new([(11, "en"), (13, "de"), (10, "xx")].into_iter(), Vec::new());
        assert_eq!(hyphens.places(text, &(0..text.len()), false), [3, 15, 20]);
    }

    #[test]
    fn codes_addresses_abbreviations_and_short_words_stay_whole() {
        for text in ["https://example.org/training", "ada@example.org", "NATIONAL", "after", "training2go"] {
            check("en", text, text);
        }
    }

    #[test]
    fn a_word_that_parts_without_a_hyphen_gets_none() {
        let text = "training\u{200b}hamstrings\u{200b}Oberschenkel hamstrings";
        let hyphens = Hyphens::new([(text.len(), "en")].into_iter(), Vec::new());
        for bytes in [0..11, 11..24, 24..36] {
            assert_eq!(hyphens.places(text, &bytes, false), [0_usize; 0], "{bytes:?}");
        }
        assert_eq!(hyphens.places(text, &(37..text.len()), false), [40]);
    }

    #[test]
    fn a_soft_hyphen_rules_out_all_other_places() {
        let hyphens = Hyphens::new([(10, "en")].into_iter(), vec![8]);
        assert_eq!(hyphens.places("hamstrings", &(0..10), false), [8]);
    }
}
