//! The catalogue: every entry by kind and id, with the languages and pictures that belong to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{FieldPath, FilePath, Place};
use crate::kind::kinds;
use crate::language::{Language, LanguageTag};
use crate::model::{Entity, Entry, Item, Origin, Project, ProjectWords, Source, Table, Word, Words};
use crate::reference::{Kind, Reference};

macro_rules! catalog {
    ([] $($(#[$doc:meta])* $kind:ident($words:ty), $table:ident, $folder:literal, $scheme:literal, $ending:literal;)+) => {
        /// A loaded catalogue. Ids are in order, so walking it is the same everywhere.
        #[derive(Debug, Clone)]
        pub struct Catalog {
            /// The project file.
            pub project: Arc<Project>,
            /// The project file's words, by language; the default language is always there.
            pub project_words: BTreeMap<LanguageTag, Arc<ProjectWords>>,
            /// The languages that the catalogue is written in, by tag; the default one is always there.
            pub languages: BTreeMap<LanguageTag, Arc<Language>>,
            $(
                #[doc = concat!("The entries in `", $folder, "/`.")]
                pub $table: Table<crate::model::$kind>,
            )+
            /// The bytes of every picture that the brand or an entry refers to, by its path from the root.
            pub media: BTreeMap<String, Arc<[u8]>>,
            /// The bytes of every font of the brand, by its path from the root.
            pub fonts: BTreeMap<String, Arc<[u8]>>,
        }

        impl Catalog {
            /// A project without entries, words and languages.
            pub fn new(project: impl Into<Arc<Project>>) -> Self {
                Self {
                    project: project.into(),
                    project_words: BTreeMap::new(),
                    languages: BTreeMap::new(),
                    $($table: Table::new(),)+
                    media: BTreeMap::new(),
                    fonts: BTreeMap::new(),
                }
            }
        }

        const _: () = {
            use crate::model::*;

            $(impl Entity for $kind {
                type Words = $words;
                const KIND: Kind = Kind::$kind;
            }

            impl Tabled for $kind {
                fn table(catalog: &Catalog) -> &Table<Self> {
                    &catalog.$table
                }

                fn table_mut(catalog: &mut Catalog) -> &mut Table<Self> {
                    &mut catalog.$table
                }
            })+
        };
    };
}

kinds!([catalog]);

/// A kind of entry that the catalogue has a table of, as it has of each.
pub trait Tabled: Entity {
    /// The entries of this kind in a catalogue.
    fn table(catalog: &Catalog) -> &Table<Self>;

    /// The same, to change them.
    fn table_mut(catalog: &mut Catalog) -> &mut Table<Self>;
}

/// `by_kind!(kind, T => expression)` is the expression with the type of that kind as `T`.
#[doc(hidden)]
#[macro_export]
macro_rules! by_kind {
    ($kind:expr, $T:ident => $expression:expr) => {
        $crate::kind::kinds!([$crate::catalog::choose] $kind, $T => $expression)
    };
}
pub use by_kind;

#[doc(hidden)]
#[macro_export]
macro_rules! choose {
    (
        [$of:expr, $T:ident => $expression:expr]
        $($(#[$doc:meta])* $kind:ident($words:ty), $table:ident, $folder:literal, $scheme:literal, $ending:literal;)+
    ) => {
        match $of {
            $($crate::kind::Kind::$kind => {
                type $T = $crate::model::$kind;
                $expression
            })+
        }
    };
}
pub use choose;

/// Something that is done alike to the entries of each kind.
///
/// ```
/// use regimen_model::model::{Entity, Table};
/// use regimen_model::{Catalog, Kind, TableVisitor};
///
/// /// Counts entries.
/// struct Count;
///
/// impl TableVisitor<'_> for Count {
///     type Output = usize;
///
///     fn table<T: Entity>(&mut self, table: &Table<T>) -> usize {
///         table.len()
///     }
/// }
///
/// fn count(catalog: &Catalog) -> usize {
///     Kind::ALL.into_iter().map(|kind| catalog.visit(kind, &mut Count)).sum()
/// }
/// ```
pub trait TableVisitor<'c> {
    /// The result for one kind.
    type Output;

    /// Sees all entries of one kind.
    fn table<T: Entity>(&mut self, table: &'c Table<T>) -> Self::Output;
}

impl Catalog {
    /// The default language.
    pub fn language(&self) -> &LanguageTag {
        &self.project.language
    }

    /// The project's words in `language`, else in the default language.
    pub fn project_words(&self, language: &LanguageTag) -> Option<&ProjectWords> {
        self.project_words.get(self.project_language(language)).map(AsRef::as_ref)
    }

    /// The language of the project's words that readers of `language` get.
    pub fn project_language(&self, language: &LanguageTag) -> &LanguageTag {
        let found = |tag: &LanguageTag| self.project_words.get_key_value(tag).map(|(tag, _)| tag);
        found(language).or_else(|| language.wider().find_map(|wider| found(&wider))).unwrap_or(self.language())
    }

    /// The language of an entry's words that readers of `language` get. Words that stand in for missing ones know their
    /// own. What a wider language has counts as in `language`, because the same voice reads it.
    pub fn language_of<'a, T: Entity>(&'a self, entry: &Entry<T>, language: &'a LanguageTag) -> &'a LanguageTag {
        if entry.translation(language).is_some() { language } else { self.language() }
    }

    /// The language of the name that readers of `language` see for an entry. Publications are cited by their authors,
    /// whose names are at home in every language, and what is unknown is known by its id.
    pub fn name_language<'a>(&'a self, reference: &Reference, language: &'a LanguageTag) -> &'a LanguageTag {
        self.name_word(reference, language).map_or(language, |(name, around)| name.language().unwrap_or(around))
    }

    /// The name of an entry, and the language of its words.
    fn name_word<'a>(
        &'a self,
        reference: &Reference,
        language: &'a LanguageTag,
    ) -> Option<(&'a Word, &'a LanguageTag)> {
        by_kind!(reference.kind(), T => {
            let entry = self.entry::<T>(reference)?;
            Some((entry.words(language).name()?, self.language_of(entry, language)))
        })
    }

    /// The file with the project's words in `language`, and the path to them: the default language's stand in.
    pub fn project_words_place(&self, language: &LanguageTag) -> (FilePath, FieldPath) {
        let written = self.project_language(language);
        if written == self.language() {
            (crate::PROJECT_FILE.into(), FieldPath::root().key("words"))
        } else {
            (format!("regimen.{written}.yaml").into(), FieldPath::root())
        }
    }

    /// The name that readers see for an entry, or `None` if there is no such entry.
    pub fn name(&self, reference: &Reference, language: &LanguageTag) -> Option<String> {
        match self.entry::<Source>(reference) {
            Some(source) => Some(source.short_citation()),
            None => self.name_word(reference, language).map(|(name, _)| name.to_string()),
        }
    }

    /// The file with the facts of an entry, or `None` if there is no such entry.
    pub fn file(&self, reference: &Reference) -> Option<&FilePath> {
        by_kind!(reference.kind(), T => self.entry::<T>(reference).map(|entry| &entry.file))
    }

    /// Where an entry was taken from, as [`Entry::origins`] has it.
    pub fn origins(&self, reference: &Reference, language: &LanguageTag) -> Vec<&Origin> {
        by_kind!(reference.kind(), T => {
            self.entry::<T>(reference).map(|entry| entry.origins(language)).unwrap_or_default()
        })
    }

    /// The ids of all entries of one kind, in order.
    pub fn ids(&self, kind: Kind) -> Vec<&str> {
        by_kind!(kind, T => T::table(self).keys().map(crate::Id::as_str).collect())
    }

    /// References to all entries of one kind, in order.
    pub fn references(&self, kind: Kind) -> Vec<Reference> {
        by_kind!(kind, T => T::table(self).keys().map(Reference::from).collect())
    }

    /// Every id that an entry of one kind had before, with the id that it has now.
    pub fn former_ids(&self, kind: Kind) -> Vec<(&str, &str)> {
        fn of<T: Entity>(entry: &Entry<T>) -> impl Iterator<Item = (&str, &str)> {
            entry.id_history.formerly.iter().map(|id| (id.as_str(), entry.id.as_str()))
        }
        by_kind!(kind, T => T::table(self).values().flat_map(|entry| of(entry)).collect())
    }

    /// Whether there is such an entry.
    pub fn has(&self, reference: &Reference) -> bool {
        by_kind!(reference.kind(), T => self.entry::<T>(reference).is_some())
    }

    /// The entry, if it is there and of kind `T`.
    pub fn entry<T: Tabled>(&self, reference: &Reference) -> Option<&Entry<T>> {
        let table = (reference.kind() == T::KIND).then(|| T::table(self))?;
        table.get(reference.id()).map(AsRef::as_ref)
    }

    /// Shows all entries of one kind to a visitor.
    pub fn visit<'c, V: TableVisitor<'c>>(&'c self, kind: Kind, visitor: &mut V) -> V::Output {
        by_kind!(kind, T => visitor.table(T::table(self)))
    }

    /// The doses in sessions and fragments that leave side, rest, tempo or band to the exercise's defaults.
    pub fn inherited_doses(&self) -> Vec<Place> {
        let key = |key: &str| FieldPath::root().key(key);
        let sessions = self.sessions.values().flat_map(|session| {
            session.parts().map(|(_, part, blocks)| (&session.file, key(part), blocks)).into_iter()
        });
        let fragments = self.fragments.values().map(|fragment| (&fragment.file, key("blocks"), &*fragment.blocks));
        let mut places = Vec::new();
        for (file, path, blocks) in sessions.chain(fragments) {
            for (index, block) in blocks.iter().enumerate() {
                let inherits = |item: &Item| {
                    let exercise = self.exercises.get(&item.exercise);
                    exercise.is_some_and(|exercise| item.inherits(exercise, block.group_format()))
                };
                places.extend(block.items().filter(|(_, item)| inherits(item)).map(|(below, _)| {
                    let path = FieldPath(path.clone().index(index).0.into_iter().chain(below.0).collect());
                    Place::value(file.clone(), path.key("dose"))
                }));
            }
        }
        places
    }

    /// Whether both consist of the same entries, words and languages in memory: cheap to ask, and never wrongly so while both are
    /// there. Pictures and fonts do not count, because no text depends on them.
    pub fn has_same_texts(&self, other: &Self) -> bool {
        fn have_same<K: PartialEq, V>(one: &BTreeMap<K, Arc<V>>, other: &BTreeMap<K, Arc<V>>) -> bool {
            one.len() == other.len()
                && one.iter().zip(other).all(|((key, value), (k, v))| key == k && Arc::ptr_eq(value, v))
        }
        Arc::ptr_eq(&self.project, &other.project)
            && have_same(&self.project_words, &other.project_words)
            && have_same(&self.languages, &other.languages)
            && self.entry_addresses() == other.entry_addresses()
    }

    /// The addresses of all entries, kind by kind.
    fn entry_addresses(&self) -> Vec<usize> {
        let mut addresses = Addresses(Vec::new());
        Kind::ALL.into_iter().for_each(|kind| self.visit(kind, &mut addresses));
        addresses.0
    }

    /// The newest date on which the project, a programme or a guide says it was revised.
    pub fn newest_revision(&self) -> Option<Date> {
        let programs = self.programs.values().filter_map(|program| program.revised);
        let guides = self.guides.values().filter_map(|guide| guide.reviewed_on);
        self.project.revised.into_iter().chain(programs).chain(guides).max()
    }
}

struct Addresses(Vec<usize>);

impl TableVisitor<'_> for Addresses {
    type Output = ();

    fn table<T: Entity>(&mut self, table: &Table<T>) {
        self.0.extend(table.values().map(|entry| Arc::as_ptr(entry).addr()));
        self.0.push(0);
    }
}
