//! How much of a catalogue there is in each language.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Tabled, by_kind};
use crate::language::LanguageTag;
use crate::model::{Entity, Entry, Merge, Share, Words};
use crate::reference::Kind;

/// How much of a catalogue there is in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The language.
    pub language: LanguageTag,
    /// Entries that have words in it.
    pub entries: Share,
    /// Words in it, of those that the default language has; a list counts as one.
    pub words: Share,
    /// Labels in it; `None` if it has no language file, so that nothing is built in it.
    pub labels: Option<Share>,
}

impl Catalog {
    /// How much there is in each language, the default language first.
    pub fn coverage(&self) -> Vec<Coverage> {
        let mut languages: BTreeSet<&LanguageTag> = self.languages.keys().chain(self.project_words.keys()).collect();
        languages.extend(self.translated());
        languages.remove(self.language());
        std::iter::once(self.language()).chain(languages).map(|language| self.coverage_of(language)).collect()
    }

    fn translated(&self) -> impl Iterator<Item = &LanguageTag> {
        Kind::ALL.into_iter().flat_map(|kind| {
            by_kind!(kind, T => T::table(self).values().flat_map(|entry| entry.translations.keys()).collect::<Vec<_>>())
        })
    }

    fn coverage_of(&self, language: &LanguageTag) -> Coverage {
        let mut counted =
            Counted { language, default: self.language(), entries: Share::default(), words: Share::default() };
        // Publications are cited as they are.
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Source) {
            by_kind!(kind, T => T::table(self).values().for_each(|entry| counted.entry(entry)));
        }
        let words = |language| self.project_words.get(language).map(AsRef::as_ref);
        if let Some(default) = words(self.language()) {
            let own = self.project_language(language);
            let translated = words(own).filter(|_| own != self.language()).map(|words| words.share);
            counted.words += translated.unwrap_or_else(|| counted.of_original(default, crate::PROJECT_FILE));
        }
        let Counted { entries, words, .. } = counted;
        let labels = self.languages.get(language).map(|language| language.labels_there());
        Coverage { language: language.clone(), entries, words, labels }
    }
}

/// What has been counted of one language.
struct Counted<'a> {
    language: &'a LanguageTag,
    default: &'a LanguageTag,
    entries: Share,
    words: Share,
}

impl Counted<'_> {
    fn entry<T: Entity>(&mut self, entry: &Entry<T>) {
        let words = match entry.translation(self.language) {
            Some((_, translation)) => translation.share,
            None => self.of_original(&entry.words, &entry.file),
        };
        self.entries += Share { own: usize::from(words.own > 0), all: 1 };
        self.words += words;
    }

    /// The words of the default language, which are all there in it and none of them in another.
    fn of_original<W: Words>(&self, words: &W, file: &str) -> Share {
        let file = file.into();
        let mut merge = Merge::new(self.default, &file, self.default);
        W::default().merge(words, &mut merge);
        let all = merge.words.all;
        Share { own: if self.language == self.default { all } else { 0 }, all }
    }
}
