//! Translations as rules see them: each beside its original, whatever kind of entry it is.

use regimen_model::catalog::{Catalog, Tabled, by_kind};
use regimen_model::diagnostic::FilePath;
use regimen_model::language::LanguageTag;
use regimen_model::model::{Entity, Table, Version, Words};
use regimen_model::prose::InlineText;
use regimen_model::reference::Kind;

/// The words of an entry, or of the project file, in another language.
pub(super) struct Translated<'a> {
    pub(super) language: &'a LanguageTag,
    pub(super) file: FilePath,
    /// The file with the words of the default language.
    pub(super) original: FilePath,
    /// The version that the translation says it follows, and the one that the original has.
    pub(super) versions: Option<(Version, Version)>,
    /// The lists that the translation has: their keys, how many items they have, and how many the original's have.
    pub(super) lists: Vec<(&'static str, usize, usize)>,
}

/// Every translation of a catalogue.
pub(super) fn translations(catalog: &Catalog) -> Vec<Translated<'_>> {
    let mut all = Vec::new();
    for kind in Kind::ALL {
        by_kind!(kind, T => table(T::table(catalog), &mut all));
    }
    let original = catalog.project_words.get(catalog.language()).and_then(|words| words.version);
    for (language, words) in catalog.project_words.iter().filter(|(language, _)| *language != catalog.language()) {
        let (file, _) = catalog.project_words_place(language);
        let versions = words.version.zip(original);
        all.push(Translated {
            language,
            file,
            original: regimen_model::PROJECT_FILE.into(),
            versions,
            lists: Vec::new(),
        });
    }
    all
}

fn table<'a, T: Entity>(table: &'a Table<T>, all: &mut Vec<Translated<'a>>) {
    for entry in table.values() {
        let lists = entry.words.lists();
        for (language, translation) in &entry.translations {
            let both = translation.written.lists().into_iter().zip(&lists);
            let lists = both.filter(|((_, own), _)| !own.iter().all(InlineText::is_blank));
            let lists = lists.map(|((key, own), (_, original))| (key, own.len(), original.len()));
            all.push(Translated {
                language,
                file: translation.file.clone(),
                original: entry.file.clone(),
                versions: translation.follows.zip(entry.version),
                lists: lists.collect(),
            });
        }
    }
}
