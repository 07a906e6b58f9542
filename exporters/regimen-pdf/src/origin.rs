//! Which file a character of a handout comes from, for findings: a handout is put together from many entries.

use std::fmt::Debug;

use regimen_catalog::model::{Entity, Table};
use regimen_catalog::{FilePath, Kind, TableVisitor};
use regimen_export::Unit;

/// The kinds with most of the words of handouts, which are asked first.
const PRINTED_MOST: [Kind; 5] = [Kind::Guide, Kind::Program, Kind::Session, Kind::Fragment, Kind::Exercise];

/// The file whose words have the character: an entry's, the project's, or the labels of the language.
pub(crate) fn file_containing(unit: &Unit<'_>, character: char) -> Option<FilePath> {
    let others = Kind::ALL.into_iter().filter(|kind| !PRINTED_MOST.contains(kind));
    let mut search = Search { unit, character };
    let entry = PRINTED_MOST.into_iter().chain(others).find_map(|kind| unit.catalog.visit(kind, &mut search));
    entry
        .or_else(|| project(unit, character))
        .or_else(|| shows(unit.language, character).then(|| format!("languages/{}.yaml", unit.tag()).into()))
}

/// The file with the project's words, if the character is in them.
fn project(unit: &Unit<'_>, character: char) -> Option<FilePath> {
    let words = unit.catalog.project_words(unit.tag());
    let has = shows(&words, character) || shows(&unit.catalog.project.brand, character);
    has.then(|| unit.catalog.project_words_place(unit.tag()).0)
}

/// Finds the first entry of a kind that has the character.
struct Search<'u> {
    unit: &'u Unit<'u>,
    character: char,
}

impl TableVisitor<'_> for Search<'_> {
    type Output = Option<FilePath>;

    fn table<T: Entity>(&mut self, table: &Table<T>) -> Option<FilePath> {
        let character = self.character;
        table.values().find_map(|entry| {
            let translation = entry.translation(self.unit.tag()).map(|(_, translation)| translation);
            let translation = translation.filter(|translation| shows(&translation.written, character));
            let own = || shows(&entry.words, character) || shows(&entry.facts, character);
            translation.map(|translation| translation.file.clone()).or_else(|| own().then(|| entry.file.clone()))
        })
    }
}

/// Whether a value has the character in one of its texts, which its debug form shows as it is or escaped.
fn shows(value: &impl Debug, character: char) -> bool {
    let shown = format!("{value:?}");
    shown.contains(character) || shown.contains(&character.escape_unicode().to_string())
}
