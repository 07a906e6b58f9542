//! The catalogue: every entry by kind and id, with the languages and pictures that belong to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{FieldPath, FilePath, Place};
use crate::language::{Language, LanguageTag};
use crate::model::{
    Condition, Entity, Entry, Equipment, Exercise, Fragment, Guide, Item, Muscle, MuscleGroup, Program, Project,
    ProjectWords, Session, Source, Table, Word, Words,
};
use crate::reference::{Kind, Reference};

/// A loaded catalogue. Ids are in order, so walking it is the same everywhere.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// The project file.
    pub project: Arc<Project>,
    /// The project file's words, by language; the default language is always there.
    pub project_words: BTreeMap<LanguageTag, Arc<ProjectWords>>,
    /// The languages that the catalogue is written in, by tag; the default one is always there.
    pub languages: BTreeMap<LanguageTag, Arc<Language>>,
    /// Muscles.
    pub muscles: Table<Muscle>,
    /// Groups of muscles.
    pub muscle_groups: Table<MuscleGroup>,
    /// Equipment.
    pub equipment: Table<Equipment>,
    /// Conditions.
    pub conditions: Table<Condition>,
    /// Exercises.
    pub exercises: Table<Exercise>,
    /// Blocks that sessions share.
    pub fragments: Table<Fragment>,
    /// Sessions.
    pub sessions: Table<Session>,
    /// Programmes.
    pub programs: Table<Program>,
    /// Guides.
    pub guides: Table<Guide>,
    /// Publications.
    pub sources: Table<Source>,
    /// The bytes of every picture that the brand or an entry refers to, by its path from the root.
    pub media: BTreeMap<String, Arc<[u8]>>,
    /// The bytes of every font of the brand, by its path from the root.
    pub fonts: BTreeMap<String, Arc<[u8]>>,
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
        match reference {
            Reference::Muscle(id) => self.name_in(&self.muscles, id, language),
            Reference::MuscleGroup(id) => self.name_in(&self.muscle_groups, id, language),
            Reference::Equipment(id) => self.name_in(&self.equipment, id, language),
            Reference::Condition(id) => self.name_in(&self.conditions, id, language),
            Reference::Exercise(id) => self.name_in(&self.exercises, id, language),
            Reference::Fragment(id) => self.name_in(&self.fragments, id, language),
            Reference::Session(id) => self.name_in(&self.sessions, id, language),
            Reference::Program(id) => self.name_in(&self.programs, id, language),
            Reference::Guide(id) => self.name_in(&self.guides, id, language),
            Reference::Source(_) => None,
        }
    }

    fn name_in<'a, T: Entity>(
        &'a self,
        table: &'a Table<T>,
        id: &crate::Id<T>,
        language: &'a LanguageTag,
    ) -> Option<(&'a Word, &'a LanguageTag)> {
        let entry = table.get(id)?;
        Some((entry.words(language).name()?, self.language_of(entry, language)))
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
        match reference {
            Reference::Source(id) => self.sources.get(id).map(|source| source.short_citation()),
            _ => self.name_word(reference, language).map(|(name, _)| name.to_string()),
        }
    }

    /// The file with the facts of an entry, or `None` if there is no such entry.
    pub fn file(&self, reference: &Reference) -> Option<&FilePath> {
        fn of<'a, T: Entity>(table: &'a Table<T>, id: &crate::Id<T>) -> Option<&'a FilePath> {
            table.get(id).map(|entry| &entry.file)
        }
        match reference {
            Reference::Muscle(id) => of(&self.muscles, id),
            Reference::MuscleGroup(id) => of(&self.muscle_groups, id),
            Reference::Equipment(id) => of(&self.equipment, id),
            Reference::Condition(id) => of(&self.conditions, id),
            Reference::Exercise(id) => of(&self.exercises, id),
            Reference::Fragment(id) => of(&self.fragments, id),
            Reference::Session(id) => of(&self.sessions, id),
            Reference::Program(id) => of(&self.programs, id),
            Reference::Guide(id) => of(&self.guides, id),
            Reference::Source(id) => of(&self.sources, id),
        }
    }

    /// The ids of all entries of one kind, in order.
    pub fn ids(&self, kind: Kind) -> Vec<&str> {
        fn of<T: Entity>(table: &Table<T>) -> Vec<&str> {
            table.keys().map(crate::Id::as_str).collect()
        }
        match kind {
            Kind::Muscle => of(&self.muscles),
            Kind::MuscleGroup => of(&self.muscle_groups),
            Kind::Equipment => of(&self.equipment),
            Kind::Condition => of(&self.conditions),
            Kind::Exercise => of(&self.exercises),
            Kind::Fragment => of(&self.fragments),
            Kind::Session => of(&self.sessions),
            Kind::Program => of(&self.programs),
            Kind::Guide => of(&self.guides),
            Kind::Source => of(&self.sources),
        }
    }

    /// Every id that an entry of one kind had before, with the id that it has now.
    pub fn former_ids(&self, kind: Kind) -> Vec<(&str, &str)> {
        fn of<T: Entity>(table: &Table<T>) -> Vec<(&str, &str)> {
            let entries = table.values();
            entries
                .flat_map(|entry| entry.succession.formerly.iter().map(|id| (id.as_str(), entry.id.as_str())))
                .collect()
        }
        match kind {
            Kind::Muscle => of(&self.muscles),
            Kind::MuscleGroup => of(&self.muscle_groups),
            Kind::Equipment => of(&self.equipment),
            Kind::Condition => of(&self.conditions),
            Kind::Exercise => of(&self.exercises),
            Kind::Fragment => of(&self.fragments),
            Kind::Session => of(&self.sessions),
            Kind::Program => of(&self.programs),
            Kind::Guide => of(&self.guides),
            Kind::Source => of(&self.sources),
        }
    }

    /// Whether there is such an entry.
    pub fn has(&self, reference: &Reference) -> bool {
        match reference {
            Reference::Muscle(id) => self.muscles.contains_key(id),
            Reference::MuscleGroup(id) => self.muscle_groups.contains_key(id),
            Reference::Equipment(id) => self.equipment.contains_key(id),
            Reference::Condition(id) => self.conditions.contains_key(id),
            Reference::Exercise(id) => self.exercises.contains_key(id),
            Reference::Fragment(id) => self.fragments.contains_key(id),
            Reference::Session(id) => self.sessions.contains_key(id),
            Reference::Program(id) => self.programs.contains_key(id),
            Reference::Guide(id) => self.guides.contains_key(id),
            Reference::Source(id) => self.sources.contains_key(id),
        }
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
                    exercise.is_some_and(|exercise| item.inherits(exercise, block.rhythm()))
                };
                places.extend(block.items().filter(|(_, item)| inherits(item)).map(|(below, _)| {
                    let path = FieldPath(path.clone().index(index).0.into_iter().chain(below.0).collect());
                    Place::value(file.clone(), path.key("dose"))
                }));
            }
        }
        places
    }

    /// The newest date on which the project, a programme or a guide says it was revised.
    pub fn newest_revision(&self) -> Option<Date> {
        let programs = self.programs.values().filter_map(|program| program.revised);
        let guides = self.guides.values().filter_map(|guide| guide.reviewed_on);
        self.project.revised.into_iter().chain(programs).chain(guides).max()
    }
}
