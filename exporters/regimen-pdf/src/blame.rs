//! Which file a character of a handout comes from, for findings: a handout is put together from many entries.

use std::fmt::Debug;

use regimen_catalog::FilePath;
use regimen_catalog::model::{Entity, Table};
use regimen_export::Unit;

/// The file whose words have the character: an entry's, the project's, or the labels of the language.
pub(crate) fn file_with(unit: &Unit<'_>, character: char) -> Option<FilePath> {
    let catalog = unit.catalog;
    None.or_else(|| search(&catalog.guides, unit, character))
        .or_else(|| search(&catalog.programs, unit, character))
        .or_else(|| search(&catalog.sessions, unit, character))
        .or_else(|| search(&catalog.fragments, unit, character))
        .or_else(|| search(&catalog.exercises, unit, character))
        .or_else(|| search(&catalog.muscles, unit, character))
        .or_else(|| search(&catalog.muscle_groups, unit, character))
        .or_else(|| search(&catalog.equipment, unit, character))
        .or_else(|| search(&catalog.conditions, unit, character))
        .or_else(|| search(&catalog.sources, unit, character))
        .or_else(|| project(unit, character))
        .or_else(|| shows(unit.language, character).then(|| format!("languages/{}.yaml", unit.tag()).into()))
}

/// The file with the project's words, if they hold the character.
fn project(unit: &Unit<'_>, character: char) -> Option<FilePath> {
    let words = unit.catalog.project_words(unit.tag());
    let has = shows(&words, character) || shows(&unit.catalog.project.brand, character);
    has.then(|| unit.catalog.project_words_place(unit.tag()).0)
}

fn search<T: Entity + Debug>(table: &Table<T>, unit: &Unit<'_>, character: char) -> Option<FilePath>
where
    T::Words: Debug,
{
    table.values().find_map(|entry| {
        let translation = entry.translation(unit.tag()).map(|(_, translation)| translation);
        let translation = translation.filter(|translation| shows(&translation.written, character));
        let own = || shows(&entry.words, character) || shows(&entry.facts, character);
        translation.map(|translation| translation.file.clone()).or_else(|| own().then(|| entry.file.clone()))
    })
}

/// Whether a value has the character in one of its texts, which its debug form shows as it is or escaped.
fn shows(value: &impl Debug, character: char) -> bool {
    let shown = format!("{value:?}");
    shown.contains(character) || shown.contains(&character.escape_unicode().to_string())
}
