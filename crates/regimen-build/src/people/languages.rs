//! The languages of people: which they read, what their plan lacks in it, and where earlier files are of those who had another.

use std::collections::BTreeSet;
use std::sync::Arc;

use regimen_catalog::language::{Language, LanguageTag};
use regimen_catalog::model::{Entry, Exercise, Person, Program};
use regimen_catalog::plan::Plan;
use regimen_catalog::{Catalog, Diagnostic, FieldPath, Id, join, language_of};
use regimen_export::{Artifact, ArtifactPath};

use crate::error::Error;
use crate::publish::{Known, PeopleFolder};

/// As many entries are named of those that have no words in a language.
const NAMED: usize = 5;

/// The language of a person: that of the catalogue, unless they name one that it has, or a form of one.
pub(super) fn of(catalog: &Catalog, person: &Person) -> Arc<Language> {
    let own = person.own.language.as_ref().and_then(|tag| language_of(catalog, tag));
    own.unwrap_or_else(|| catalog.languages[catalog.language()].clone())
}

/// What was published of these files. Somebody whose language changed has them in the folder of the earlier one.
pub(super) fn previous(
    published: Option<&PeopleFolder>,
    paths: &[ArtifactPath],
    (exporter, folder): (&str, &str),
    known: &Known,
) -> Result<Vec<Artifact>, Error> {
    let is_of_exporter = |folder: &&str| folder.split('/').next() == Some(exporter);
    let folder_around = |path: &str| {
        let known = known.files.keys().filter_map(|known| known.strip_suffix(path)?.strip_suffix('/'));
        known.filter(is_of_exporter).map(str::to_owned).collect::<Vec<_>>()
    };
    let others: BTreeSet<String> = paths.iter().flat_map(|path| folder_around(path.as_str())).collect();
    for folder in std::iter::once(folder.to_owned()).chain(others) {
        let mut previous = Vec::new();
        for path in paths {
            let Ok(place) = path.below(&folder) else { continue };
            let bytes = published.map(|folder| folder.previous(known, &place)).transpose()?.flatten();
            previous.extend(bytes.map(|bytes| Artifact { path: path.clone(), bytes }));
        }
        if !previous.is_empty() {
            return Ok(previous);
        }
    }
    Ok(Vec::new())
}

/// What of a plan is not in the language of its reader, so that the words of the catalogue's own stand there. What keeps people safe comes
/// first.
pub(super) fn untranslated(
    catalog: &Catalog,
    program: &Entry<Program>,
    plan: &Plan,
    language: &LanguageTag,
) -> Option<Diagnostic> {
    if language.sounds_like(catalog.language()) {
        return None;
    }
    let read = std::iter::once(language.clone()).chain(language.wider());
    let language = &read.into_iter().find(|tag| catalog.languages.contains_key(tag)).unwrap_or(language.clone());
    let used: BTreeSet<&Id<Exercise>> =
        plan.sessions().flat_map(|session| session.items()).map(|(_, item)| &item.exercise).collect();
    let exercises: Vec<_> = used.into_iter().filter_map(|id| catalog.exercises.get(id)).collect();
    let lacks_stop = |exercise: &&&Arc<Entry<Exercise>>| {
        let translation = exercise.translation(language).map(|(_, translation)| translation);
        let key = FieldPath::root().key("stop_if");
        !exercise.words.stop_if.is_empty()
            && translation.is_none_or(|translation| translation.stood_in.get(&key) == Some(&exercise.file))
    };
    let stops = exercises.iter().filter(lacks_stop).map(|exercise| exercise.id.as_str());
    let conditions: BTreeSet<_> = exercises.iter().flat_map(|exercise| &exercise.contraindications).collect();
    let conditions = conditions.into_iter().filter_map(|id| catalog.conditions.get(id));
    let conditions = conditions.filter(|entry| entry.translation(language).is_none()).map(|entry| entry.id.as_str());
    let whole = exercises.iter().filter(|entry| entry.translation(language).is_none()).map(|entry| entry.id.as_str());
    let sessions: BTreeSet<_> = plan.sessions().map(|session| &session.session).collect();
    let sessions = sessions.into_iter().filter_map(|id| catalog.sessions.get(id));
    let sessions = sessions.filter(|entry| entry.translation(language).is_none()).map(|entry| entry.id.as_str());
    let programs = program.translation(language).is_none().then_some(program.id.as_str());
    let parts = [
        named("when to stop with", stops),
        named("who must not do them:", conditions),
        named("exercises:", whole),
        named("sessions:", sessions),
        named("the programme", programs.into_iter()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return None;
    }
    let message =
        format!("not translated into `{language}`, and printed as the catalogue has it: {}", parts.join("; "));
    let help = format!(
        "write the words into files such as `programs/{}.{language}.yaml`; until then, look whether they read it",
        program.id
    );
    Some(Diagnostic::warning("untranslated", message).help(help))
}

/// "exercises: `a`, `b` and 3 more"
fn named<'i>(what: &str, ids: impl Iterator<Item = &'i str>) -> Option<String> {
    let ids: Vec<String> = ids.map(|id| format!("`{id}`")).collect();
    (!ids.is_empty()).then(|| format!("{what} {}", join::first(&ids, NAMED)))
}
