//! The language that is built in, in which every label is known.

use std::sync::{Arc, LazyLock};

use crate::yaml;
use regimen_model::catalog::Catalog;
use regimen_model::language::{Language, LanguageFile, LanguageTag};

/// Where English writes the month before the day (CLDR 46, `MMMM d, y` in the long dates of `en`, `en-CA` and `en-PH`).
const MONTH_FIRST: &[&str] = &["US", "CA", "PH", "PR", "GU", "VI"];

/// The built-in labels for a language: English, with the dates of the reader's country where the language is English.
pub(super) fn built_in(tag: &LanguageTag) -> Language {
    match month_first(tag) {
        Some(month_first) => english().overlaid(LanguageTag::english(), month_first),
        None => english(),
    }
}

/// The labels of dates in a country that writes the month first, in English.
fn month_first(tag: &LanguageTag) -> Option<LanguageFile> {
    let mut parts = tag.as_str().split('-');
    let is_so = parts.next() == Some("en") && parts.any(|part| MONTH_FIRST.contains(&part));
    is_so.then(|| yaml::trusted(include_str!("../../languages/en-US.yaml")))
}

/// The language of a catalogue for a reader of this one: itself, or that of which it is a form, as it is written there. `None` if the
/// catalogue has neither.
pub fn language_of(catalog: &Catalog, tag: &LanguageTag) -> Option<Arc<Language>> {
    if let Some(own) = catalog.languages.get(tag) {
        return Some(own.clone());
    }
    let wider = tag.wider().find_map(|wider| catalog.languages.get(&wider))?;
    let labels = month_first(tag).map(|file| file.labels).unwrap_or_default();
    let file = LanguageFile { name: wider.name.clone(), direction: None, labels };
    Some(Arc::new(Language::clone(wider).overlaid(tag.clone(), file)))
}

/// The built-in English, which knows every label.
pub fn english() -> Language {
    static ENGLISH: LazyLock<Language> = LazyLock::new(|| {
        // A damaged built-in file cannot be released: a test reads it and asks for every label.
        let file: LanguageFile = yaml::trusted(include_str!("../../languages/en.yaml"));
        Language::whole(LanguageTag::english(), file)
    });
    ENGLISH.clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use regimen_model::quantity::Extent;
    use regimen_model::vocabulary::{Counted, Inside, Label, all_label_keys};

    #[test]
    fn the_built_in_english_has_every_label_and_no_other() {
        let english = english();
        let known: Vec<_> = english.keys().collect();
        let mut wanted: Vec<_> = all_label_keys().collect();
        wanted.sort_unstable();
        assert_eq!(known, wanted);
    }

    #[test]
    fn dates_have_the_order_of_the_country() {
        let pattern = |tag: &str| {
            let words = [("weekday", "Monday"), ("day", "30"), ("month", "November"), ("year", "2026")];
            let language = built_in(&tag.parse().expect("a tag"));
            [Label::Date, Label::DateShort, Label::DayMonth].map(|label| language.fill(label, &words))
        };
        let american = ["Monday, November 30, 2026", "November 30, 2026", "November 30"];
        let british = ["Monday 30 November 2026", "30 November 2026", "30 November"];
        for (tag, expected) in
            [("en", british), ("en-GB", british), ("en-US", american), ("en-CA", american), ("es-US", british)]
        {
            assert_eq!(pattern(tag), expected, "{tag}");
        }
    }

    #[test]
    fn numbers_take_their_plural_form() {
        let english = english();
        assert_eq!(english.count(Counted::Sets, Extent::one(1)), "1 set");
        assert_eq!(english.count(Counted::Sets, Extent::new(2, 3).expect("a range")), "2–3 sets");
        let polish = "{name: Polski, labels: {count: {sets: {one: '{n} seria', few: '{n} serie', many: '{n} serii', other: '{n} serii'}}}}";
        let polish = english.overlaid("pl".parse().expect("a tag"), yaml::trusted(polish));
        let said: Vec<_> = [1, 3, 5, 22].map(|n| polish.count(Counted::Sets, Extent::one(n))).into();
        assert_eq!(said, ["1 seria", "3 serie", "5 serii", "22 serie"]);
        assert_eq!(polish.label(Label::Steps), "Steps", "English stands in for a missing label");
        assert_eq!(polish.language_of(Label::Steps).as_str(), "en");
        assert_eq!(polish.language_of(Counted::Sets).as_str(), "pl");
    }

    #[test]
    fn labels_inside_a_line_are_taken_as_they_are_written() {
        let of = |labels: &str| {
            let file = format!("{{name: D, labels: {labels}}}");
            english().overlaid("de".parse().expect("a tag"), yaml::trusted(&file))
        };
        assert_eq!(of("{}").label(Inside::Recovery), "recovery", "English, as it is inside a line");
        let german = of("{intensity: {recovery: Erholung}, inside: {rest: pausierend}}");
        assert_eq!(german.label(Inside::Recovery), "Erholung");
        assert_eq!(german.language_of(Inside::Recovery).as_str(), "de");
        assert_eq!((german.label(Inside::Rest), german.label(Inside::Prime)), ("pausierend", "main work"));
        assert_eq!(german.labels_there().own, 3, "recovery alone and inside a line, and rest inside a line");
    }
}
