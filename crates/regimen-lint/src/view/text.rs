//! Words of entries for rules, and numbers for their messages.

use rust_decimal::{Decimal, RoundingStrategy};

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{FieldPath, FilePath};
use regimen_model::join;
use regimen_model::language::LanguageTag;
use regimen_model::model::{Entity, Entry};
use regimen_model::vocabulary::Weekday;

/// The words of an entry in every language as they are written, each with its file; the catalogue's own language comes first.
pub(crate) fn in_languages<'a, T: Entity>(
    entry: &'a Entry<T>,
    catalog: &'a Catalog,
) -> impl Iterator<Item = (&'a LanguageTag, &'a FilePath, &'a T::Words)> {
    let others = entry.translations.iter().map(|(tag, other)| (tag, &other.file, &other.written));
    std::iter::once((catalog.language(), &entry.file, &entry.words)).chain(others)
}

/// Whether a language is English, of any country.
pub(crate) fn is_english(tag: &LanguageTag) -> bool {
    tag.as_str().split('-').next() == Some("en")
}

/// The path of a key among an entry's words: below `words` beside the facts, at the root of a translation.
pub(crate) fn words_path<T: Entity>(entry: &Entry<T>, file: &str, key: &str) -> FieldPath {
    let root = FieldPath::root();
    let words = if *file == *entry.file { root.key("words") } else { root };
    words.key(key)
}

/// "week 3", "weeks 3 and 5", "weeks 1-3 and 5", of numbers in order, each of them said once.
pub(super) fn numbered([one, several]: [&str; 2], numbers: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *number <= last.saturating_add(1) => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let shown = |(first, last): &(u32, u32)| if first == last { first.to_string() } else { format!("{first}-{last}") };
    let parts: Vec<String> = runs.iter().map(shown).collect();
    let is_one = matches!(runs.as_slice(), [(first, last)] if first == last);
    format!("{} {}", if is_one { one } else { several }, join::and(&parts))
}

/// "Tuesday"
pub(crate) fn weekday_name(day: Weekday) -> String {
    let (first, rest) = day.as_str().split_at(1);
    format!("{}{rest}", first.to_ascii_uppercase())
}

/// A share for people beside a limit, with as many decimals as it takes to show on which side of it the share lies.
pub(crate) fn beside(percent: Decimal, limit: Decimal) -> Decimal {
    let rounded = |places| percent.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    (0..=6).map(rounded).find(|shown| shown.cmp(&limit) == percent.cmp(&limit)).unwrap_or(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rounded_share_never_equals_the_limit_that_it_breaks() {
        let of = |percent: &str, limit: &str| beside(percent.parse().unwrap(), limit.parse().unwrap()).to_string();
        assert_eq!(of("33.33", "30"), "33");
        assert_eq!(of("10.14", "10"), "10.1");
        assert_eq!(of("10.004", "10"), "10.004");
        assert_eq!(of("40.6", "41"), "40.6");
        assert_eq!(of("10.45", "10.4"), "10.5");
    }

    #[test]
    fn weeks_are_listed_in_runs() {
        for (numbers, expected) in [
            (&[3][..], "week 3"),
            (&[3, 5], "weeks 3 and 5"),
            (&[1, 2, 3, 5, 8, 9], "weeks 1-3, 5 and 8-9"),
            (&[4, 4], "week 4"),
            (&[2, 3, 3, 4, 4, 6], "weeks 2-4 and 6"),
        ] {
            assert_eq!(numbered(["week", "weeks"], numbers), expected);
        }
    }
}
