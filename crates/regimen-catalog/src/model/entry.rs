//! What all kinds of entry share: an id, a file, facts, and words in several languages.

use std::collections::BTreeMap;
use std::ops::Deref;

use crate::diagnostic::FilePath;
use crate::language::LanguageTag;
use crate::reference::{Id, Kind};

/// A kind of entry: what its facts are called, and which words belong to them.
pub trait Entity: Send + Sync + Sized + 'static {
    /// The words of one language.
    type Words: Send + Sync;
    /// The kind, which knows the folder.
    const KIND: Kind;
}

/// What an entry was called before, and what takes its place.
#[derive(Debug, Clone, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, bound = "")]
#[schemars(bound = "T: schemars::JsonSchema")]
pub struct Succession<T> {
    /// Ids that it had before, the oldest first.
    #[serde(default = "Vec::<Id<T>>::new")]
    pub formerly: Vec<Id<T>>,
    /// The entry that takes its place. It stays for those who have it already; nothing else should name it.
    pub replaced_by: Option<Id<T>>,
}

impl<T> Default for Succession<T> {
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
    pub succession: Succession<T>,
    /// The file with its facts and the default language's words.
    pub file: FilePath,
    /// What is true in every language.
    pub facts: T,
    /// The words of the default language.
    pub words: T::Words,
    /// The words of other languages, with the file of each.
    pub translations: BTreeMap<LanguageTag, (FilePath, T::Words)>,
}

impl<T: Entity> Entry<T> {
    /// An entry in the default language only.
    pub fn new(id: Id<T>, file: impl Into<FilePath>, facts: T, words: T::Words) -> Self {
        let (succession, translations) = (Succession::default(), BTreeMap::new());
        Self { id, succession, file: file.into(), facts, words, translations }
    }

    /// The id that it had first. What outlives a renaming, such as events in a calendar, is known by it.
    pub fn first_id(&self) -> &Id<T> {
        self.succession.formerly.first().unwrap_or(&self.id)
    }

    /// The words in `language`, else in the default language.
    pub fn words(&self, language: &LanguageTag) -> &T::Words {
        self.translations.get(language).map_or(&self.words, |(_, words)| words)
    }

    /// The words of every language, each with its file; the default language comes first.
    pub fn all_words(&self) -> impl Iterator<Item = (&FilePath, &T::Words)> {
        std::iter::once((&self.file, &self.words)).chain(self.translations.values().map(|(file, words)| (file, words)))
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
