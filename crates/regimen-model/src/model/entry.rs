//! What all kinds of entry share: an id, a file, facts, and words in several languages.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use super::origin::Origin;
use super::version::Version;
use super::visit::Facts;
use super::words::{Merge, StoodIn, Words};
use crate::diagnostic::{FieldPath, FilePath, Segment};
use crate::language::{LanguageTag, Share};
use crate::reference::{Id, Kind, Reference};

/// The facts of a kind of entry. The list of kinds implements it for each.
pub trait Entity: Facts + Clone + fmt::Debug + Send + Sync + Sized + 'static {
    /// The words of one language.
    type Words: Words;
    /// The kind, which knows the folder.
    const KIND: Kind;
}

impl Reference {
    /// The id of an entry of kind `T`; `None` if it names another kind.
    pub fn as_id<T: Entity>(&self) -> Option<Id<T>> {
        (self.kind() == T::KIND).then(|| self.id_of_any_kind())
    }
}

impl<T: Entity> From<Id<T>> for Reference {
    fn from(id: Id<T>) -> Self {
        Self::of_id(T::KIND, id)
    }
}

impl<T: Entity> From<&Id<T>> for Reference {
    fn from(id: &Id<T>) -> Self {
        id.clone().into()
    }
}

/// The entries with these ids.
pub(super) fn references<T: Entity>(ids: &[Id<T>]) -> Vec<Reference> {
    ids.iter().map(Reference::from).collect()
}

/// What an entry was called before, and what takes its place.
#[derive(Debug, Clone, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, bound = "")]
#[schemars(bound = "T: schemars::JsonSchema")]
pub struct IdHistory<T> {
    /// Ids that it had before, the oldest first.
    #[serde(default = "Vec::<Id<T>>::new")]
    pub formerly: Vec<Id<T>>,
    /// The entry that takes its place. It stays for those who have it already; nothing else should name it.
    pub replaced_by: Option<Id<T>>,
}

impl<T> Default for IdHistory<T> {
    fn default() -> Self {
        Self { formerly: Vec::new(), replaced_by: None }
    }
}

/// One entry of a catalogue. Its facts are reached directly: `exercise.level`.
#[derive(Debug, Clone)]
pub struct Entry<T: Entity> {
    /// Its id, the stem of its file.
    pub id: Id<T>,
    /// What it was called before, and what takes its place.
    pub id_history: IdHistory<T>,
    /// Where the entry was taken from.
    pub origin: Option<Origin>,
    /// Where the words of the default language were taken from, if not from the same.
    pub words_origin: Option<Origin>,
    /// The file with its facts and the default language's words.
    pub file: FilePath,
    /// What is true in every language.
    pub facts: T,
    /// The words of the default language.
    pub words: T::Words,
    /// The version of these words, which translations may say that they follow; `None` if they come from no file.
    pub version: Option<Version>,
    /// The words of other languages.
    pub translations: BTreeMap<LanguageTag, Translation<T::Words>>,
}

impl<T: Entity> Entry<T> {
    /// An entry in the default language only.
    pub fn new(id: Id<T>, file: impl Into<FilePath>, facts: T, words: T::Words) -> Self {
        let (id_history, translations) = (IdHistory::default(), BTreeMap::new());
        let (file, version, origin, words_origin) = (file.into(), None, None, None);
        Self { id, id_history, origin, words_origin, file, facts, words, version, translations }
    }

    /// The id that it had first. What outlives a renaming, such as events in a calendar, is known by it.
    pub fn first_id(&self) -> &Id<T> {
        self.id_history.formerly.first().unwrap_or(&self.id)
    }

    /// The translation that readers of `language` get: its own, else that of the language that it is a form of.
    pub fn translation(&self, language: &LanguageTag) -> Option<(&LanguageTag, &Translation<T::Words>)> {
        if self.translations.is_empty() {
            return None;
        }
        let found = |tag: &LanguageTag| self.translations.get_key_value(tag);
        found(language).or_else(|| language.wider().find_map(|wider| found(&wider)))
    }

    /// The words in `language`, those that it lacks in the default language.
    pub fn words(&self, language: &LanguageTag) -> &T::Words {
        self.translation(language).map_or(&self.words, |(_, translation)| &translation.words)
    }

    /// Where the facts and the words that readers of `language` get were taken from, each origin once. A translation that
    /// names no origin of its own is one of the default language's words.
    pub fn origins(&self, language: &LanguageTag) -> Vec<&Origin> {
        let mut origins: Vec<&Origin> = self.origin.iter().collect();
        let translation = self.translation(language).map(|(_, translation)| translation);
        let shown = |file: &FilePath| translation.is_none_or(|other| other.stood_in.values().any(|one| one == file));
        if translation.is_none_or(|other| other.origin.is_none()) || shown(&self.file) {
            origins.extend(&self.words_origin);
        }
        origins.extend(translation.and_then(|translation| translation.origin.as_ref()));
        let others = self.translations.values().filter(|other| translation.is_some() && shown(&other.file));
        origins.extend(others.filter_map(|other| other.origin.as_ref()));
        let mut seen: Vec<&Origin> = Vec::new();
        origins.retain(|origin| {
            !seen.contains(origin) && {
                seen.push(origin);
                true
            }
        });
        origins
    }

    /// The words of every language as they are written, each with its file; the default language comes first.
    pub fn all_words(&self) -> impl Iterator<Item = (&FilePath, &T::Words)> {
        let others = self.translations.values().map(|translation| (&translation.file, &translation.written));
        std::iter::once((&self.file, &self.words)).chain(others)
    }

    /// Adds a translation as it is written. `fill` then lets other languages stand in for the words that it lacks.
    pub fn add_translation(&mut self, language: LanguageTag, file: impl Into<FilePath>, written: T::Words) {
        self.translations.insert(language, Translation::new(file.into(), written, None));
    }

    /// Lets the language that each translation is a form of, and then the default language, stand in for its words.
    pub fn fill(&mut self, default: &LanguageTag) {
        let tags: Vec<LanguageTag> = self.translations.keys().cloned().collect();
        for tag in tags {
            let Some(mut translation) = self.translations.remove(&tag) else { continue };
            let wider = tag.wider().filter_map(|wider| Some((self.translations.get(&wider)?, wider)));
            for (other, language) in wider {
                let mut merge = Merge::new(&language, &other.file, &tag);
                translation.words.merge(&other.written, &mut merge);
                translation.stood_in.extend(merge.stood_in);
            }
            let mut merge = Merge::new(default, &self.file, &tag);
            translation.words.merge(&self.words, &mut merge);
            translation.stood_in.extend(merge.stood_in);
            translation.share = merge.words;
            self.translations.insert(tag, translation);
        }
    }
}

/// The words of an entry in another language.
#[derive(Debug, Clone)]
pub struct Translation<W> {
    /// The file that has them.
    pub file: FilePath,
    /// The words as they are written there. What is missing is blank.
    pub written: W,
    /// The same, with the words of other languages, marked as such, in place of each that is missing.
    pub words: W,
    /// The paths of the words that were missing, with the files whose words stand in.
    pub stood_in: StoodIn,
    /// How many of the default language's words there are in this one.
    pub share: Share,
    /// The version of the default language's words that it says it follows.
    pub follows: Option<Version>,
    /// Where these words were taken from.
    pub origin: Option<Origin>,
}

impl<W: Words> Translation<W> {
    /// A translation as it is written, into which nothing is filled yet.
    pub fn new(file: FilePath, written: W, follows: Option<Version>) -> Self {
        let (words, stood_in, share) = (written.clone(), StoodIn::new(), Share::default());
        Self { file, written, words, stood_in, share, follows, origin: None }
    }

    /// The file in which the word at a path, or one around it, is written, if another one's stands in for it.
    pub fn stood_in_by(&self, path: &[Segment]) -> Option<&FilePath> {
        let mut around = (1..=path.len()).map(|length| FieldPath(path[..length].to_vec()));
        around.find_map(|path| self.stood_in.get(&path))
    }
}

impl<T: Entity> Deref for Entry<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.facts
    }
}

/// All entries of one kind, by id.
pub type Table<T> = BTreeMap<Id<T>, std::sync::Arc<Entry<T>>>;
