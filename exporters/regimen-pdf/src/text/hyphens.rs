//! Where words may be hyphenated: where the author says so with a soft hyphen, else by the patterns of the language.

use std::ops::Range;

use hypher::{Lang, hyphenate_bounded};

/// Shorter words are not worth a hyphen.
const SHORTEST: usize = 6;
/// How many letters stay at least before a hyphen and after it.
const BEFORE: usize = 2;
const AFTER: usize = 3;

/// How the words of a text are hyphenated.
#[derive(Debug, Default)]
pub(super) struct Hyphens {
    language: Option<Lang>,
    /// The places of soft hyphens, which are not part of the text, in ascending order.
    soft: Vec<usize>,
}

impl Hyphens {
    /// Hyphenates where soft hyphens were, and, if a language is given and known, by its patterns.
    pub(super) fn new(language: Option<&str>, soft: Vec<usize>) -> Self {
        let code = language.and_then(|tag| tag.split('-').next());
        let code = code.map(|code| if matches!(code, "nb" | "nn") { "no" } else { code });
        let code = code.and_then(|code| <[u8; 2]>::try_from(code.as_bytes()).ok());
        Self { language: code.and_then(Lang::from_iso), soft }
    }

    /// From now on only soft hyphens count.
    pub(super) fn forget_language(&mut self) {
        self.language = None;
    }

    /// The places within these bytes of the text, in ascending order.
    pub(super) fn places(&self, text: &str, bytes: &Range<usize>) -> Vec<usize> {
        let inside = |at: &&usize| bytes.start < **at && **at < bytes.end;
        let soft: Vec<usize> = self.soft.iter().filter(inside).copied().collect();
        match self.language {
            // Who says where a word may part means nowhere else.
            _ if !soft.is_empty() => soft,
            Some(language) => words(text, bytes).flat_map(|word| parts(text, word, language)).collect(),
            None => Vec::new(),
        }
    }
}

/// The plain words of a piece; addresses, codes and amounts have none.
fn words<'a>(text: &'a str, bytes: &Range<usize>) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let piece = text.get(bytes.clone()).unwrap_or("");
    let start = bytes.start;
    let inner = piece.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    let is_code = |letter: char| letter.is_numeric() || matches!(letter, '/' | '@' | '_' | '.' | ':' | '\\' | '=');
    let words = if inner.contains(is_code) { "" } else { piece };
    words.split(|letter: char| !letter.is_alphabetic()).filter(|word| is_plain(word)).map(move |word| {
        let at = start + (word.as_ptr() as usize - piece.as_ptr() as usize);
        at..at + word.len()
    })
}

/// Long enough, and no abbreviation in capitals.
fn is_plain(word: &str) -> bool {
    word.chars().count() >= SHORTEST && !word.chars().skip(1).any(char::is_uppercase)
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
        let places = Hyphens::new(Some(language), Vec::new()).places(text, &(0..text.len()));
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
    }

    #[test]
    fn codes_addresses_abbreviations_and_short_words_stay_whole() {
        for text in ["https://example.org/training", "ada@example.org", "NATIONAL", "after", "training2go"] {
            check("en", text, text);
        }
    }

    #[test]
    fn a_soft_hyphen_rules_out_all_other_places() {
        let hyphens = Hyphens::new(Some("en"), vec![8]);
        assert_eq!(hyphens.places("hamstrings", &(0..10)), [8]);
    }
}
