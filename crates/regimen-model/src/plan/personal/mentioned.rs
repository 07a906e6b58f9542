//! Texts on a person's paper that lead to an exercise which does not suit them. Nobody can tell advice from a remark in them, so they are
//! named, and the person is made all the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, FieldPath, Place, Segment, Spot};
use crate::join;
use crate::language::LanguageTag;
use crate::mentions::{Found, Mention, collect};
use crate::model::{Entity, Entry, Exercise, Fragment, PersonalFacts, Program, Session};
use crate::plan::{Plan, PlannedBlock};
use crate::reference::{Id, Reference};

/// A warning for each exercise that does not suit a condition of a person and that texts of their plan link to.
pub(super) fn unsuitable(
    catalog: &Catalog,
    program: &Entry<Program>,
    plan: &Plan,
    own: &PersonalFacts,
) -> Vec<Diagnostic> {
    if own.conditions.is_empty() {
        return Vec::new();
    }
    let language = own.language.as_ref().unwrap_or(catalog.language());
    let mut printed = Printed { language, links: BTreeMap::new() };
    printed.add(program, |_| true);
    let Used { texts, exercises } = used(plan);
    for (owner, keys) in texts {
        let is_printed = |path: &str| keys.contains(path) || path == "summary";
        if let Some(session) = catalog.entry::<Session>(&owner) {
            printed.add(session, is_printed);
        } else if let Some(fragment) = catalog.entry::<Fragment>(&owner) {
            printed.add(fragment, is_printed);
        }
    }
    for exercise in exercises.into_iter().filter_map(|id| catalog.exercises.get(id)) {
        printed.add(exercise, |_| true);
    }
    let unsuitable = catalog.exercises.values().filter_map(|exercise| {
        let against = exercise.contraindications.iter().filter(|condition| own.conditions.contains(*condition));
        let against: Vec<String> = against.map(|condition| format!("`{condition}`")).collect();
        let links = printed.links.get(&Reference::from(&exercise.id)).filter(|_| !against.is_empty())?;
        Some(finding(&exercise.id, &join::and(&against), links))
    });
    unsuitable.collect()
}

fn finding(exercise: &Id<Exercise>, against: &str, links: &[Link]) -> Diagnostic {
    let texts: BTreeSet<String> = links.iter().map(|link| format!("`{}` of `{}`", link.path, link.from)).collect();
    let texts = join::and(&texts.into_iter().collect::<Vec<_>>());
    let message =
        format!("`{exercise}` does not suit the condition {against}, and texts that they read lead to it: {texts}");
    let finding = Diagnostic::warning("unsuitable-mention", message).help(
        "if a text advises it, tell them in their `note` not to do it; or make the text the `note` of the line that it is about, \
         which goes with the exercise of that line",
    );
    links.iter().fold(finding, |finding, link| finding.at(link.place.clone(), ""))
}

/// What a plan still has.
#[derive(Default)]
struct Used<'a> {
    /// The keys of texts, by the session or fragment whose words have them.
    texts: BTreeMap<Reference, BTreeSet<String>>,
    exercises: BTreeSet<&'a Id<Exercise>>,
}

fn used(plan: &Plan) -> Used<'_> {
    let mut used = Used::default();
    let sessions = plan.by_week().flat_map(|session| {
        let others = session.or.iter().map(|other| (&other.session, &other.parts));
        std::iter::once((&session.session, &session.parts)).chain(others)
    });
    for (session, parts) in sessions {
        let session = Reference::from(session);
        used.texts.entry(session.clone()).or_default();
        for block in parts.iter().flat_map(|part| &part.blocks) {
            used.exercises.extend(block.items().iter().map(|item| &item.exercise));
            let text = match block {
                PlannedBlock::Text(owner, key) => Some((owner, key)),
                PlannedBlock::Item(_) | PlannedBlock::Group { .. } | PlannedBlock::Run(_) => None,
            };
            let notes = block.notes().into_iter().map(|note| (note.owner.as_ref().unwrap_or(&session), &note.key));
            for (owner, key) in text.into_iter().chain(notes) {
                used.texts.entry(owner.clone()).or_default().insert(format!("texts.{key}"));
            }
        }
    }
    used
}

/// A text that links to an entry.
struct Link {
    /// The entry whose text it is.
    from: String,
    /// Its key, without that of the words.
    path: String,
    place: Place,
}

/// What the texts for a person link to.
struct Printed<'a> {
    language: &'a LanguageTag,
    links: BTreeMap<Reference, Vec<Link>>,
}

impl Printed<'_> {
    /// Adds the links of an entry's words, as readers of the language have them, with the keys that are printed.
    fn add<T: Entity>(&mut self, entry: &Entry<T>, is_printed: impl Fn(&str) -> bool) {
        let mut found = Found::default();
        collect(entry, &mut found);
        let translation = entry.translation(self.language).map(|(_, translation)| translation);
        for Mention { to, place, .. } in found.mentions {
            let Spot::Within(path, _) = &place.spot else { continue };
            // Beside facts, words have a key of their own.
            let key = usize::from(path.0.first().is_some_and(|first| *first == Segment::Key("words".into())));
            let path = FieldPath(path.0[key..].to_vec());
            let read = translation.map_or(&entry.file, |other| other.stood_in_by(&path.0).unwrap_or(&other.file));
            let path = path.to_string();
            if *read != place.file || !is_printed(&path) {
                continue;
            }
            let links = self.links.entry(to).or_default();
            if links.iter().all(|link| link.place != place) {
                links.push(Link { from: entry.id.to_string(), path, place });
            }
        }
    }
}
