//! The facts of an entry under the keys of its file, with names where the file has ids.

use regimen_catalog::model::{
    Anchor, Entity, Entry, Exercise, Guide, Level, Muscle, MuscleTarget, MuscleUse, Program, Session, Source,
};
use regimen_catalog::{Id, Reference};
use serde_json::{Value, json};

use super::Look;
use super::keyed::Keyed;

impl Look<'_> {
    /// The facts of an entry.
    pub(super) fn facts(self, reference: &Reference) -> Keyed {
        let catalog = self.catalog;
        let mut facts = Keyed::default();
        let translated = match reference {
            Reference::Muscle(id) => catalog.muscles.get(id).map(|entry| {
                muscle(entry, &mut facts);
                facts.put("sources", self.all(&entry.sources, Reference::Source));
                translations(entry)
            }),
            Reference::MuscleGroup(id) => catalog.muscle_groups.get(id).map(|entry| {
                facts.put("members", self.all(&entry.members, Reference::Muscle));
                translations(entry)
            }),
            Reference::Equipment(id) => catalog.equipment.get(id).map(|entry| {
                facts.put("kind", json!(entry.kind));
                facts.put("substitutes", self.all(&entry.substitutes, Reference::Equipment));
                translations(entry)
            }),
            Reference::Condition(id) => catalog.conditions.get(id).map(|entry| translations(entry)),
            Reference::Exercise(id) => catalog.exercises.get(id).map(|entry| {
                self.exercise(entry, &mut facts);
                facts.put("aliases", json!(entry.words.aliases));
                translations(entry)
            }),
            Reference::Fragment(id) => catalog.fragments.get(id).map(|entry| translations(entry)),
            Reference::Session(id) => catalog.sessions.get(id).map(|entry| {
                session(entry, &mut facts);
                translations(entry)
            }),
            Reference::Program(id) => catalog.programs.get(id).map(|entry| {
                self.program(entry, &entry.id, &mut facts);
                translations(entry)
            }),
            Reference::Guide(id) => catalog.guides.get(id).map(|entry| {
                self.guide(entry, &mut facts);
                translations(entry)
            }),
            Reference::Source(id) => catalog.sources.get(id).map(|entry| {
                source(entry, &mut facts);
                (Value::Null, Value::Null)
            }),
        };
        let (languages, version) = translated.unwrap_or_default();
        facts.put("languages", languages);
        facts.put("words_version", version);
        facts
    }

    /// Several entries with their names.
    fn all<T>(self, ids: &[Id<T>], kind: impl Fn(Id<T>) -> Reference) -> Value {
        json!(ids.iter().map(|id| self.entry(&kind(id.clone()))).collect::<Vec<_>>())
    }

    fn entry(self, reference: &Reference) -> Value {
        let name = self.name(reference);
        json!({ "id": reference.id(), "name": name, "text": format!("{name} ({})", reference.id()) })
    }

    /// An exercise with its level, as a rung of a ladder.
    fn rungs(self, ids: &[Id<Exercise>]) -> Value {
        let rung = |id: &Id<Exercise>| {
            let mut rung = self.entry(&Reference::Exercise(id.clone()));
            if let Some(exercise) = self.catalog.exercises.get(id)
                && let Some(level) = exercise.level
            {
                rung["level"] = json!(level.get());
                rung["text"] = json!(format!("{} ({id}), level {level}", exercise.words.name));
            }
            rung
        };
        json!(ids.iter().map(rung).collect::<Vec<_>>())
    }

    fn exercise(self, exercise: &Exercise, facts: &mut Keyed) {
        facts.put("kind", json!(exercise.kind)).put("pattern", json!(exercise.pattern));
        facts.put("mechanic", json!(exercise.mechanic)).put("force", json!(exercise.force));
        facts.put("plane", json!(exercise.plane)).put("laterality", json!(exercise.laterality));
        facts.put("level", json!(exercise.level.map(Level::get)));
        facts
            .put("muscles", json!(exercise.muscles().iter().map(|muscle| self.muscle_use(muscle)).collect::<Vec<_>>()));
        let sets = exercise.equipment().iter().map(|set| {
            let names = set.iter().map(|id| self.name(&Reference::Equipment(id.clone())));
            let text = names.collect::<Vec<_>>().join(" and ");
            json!({ "ids": set, "text": if set.is_empty() { "nothing".to_owned() } else { text } })
        });
        let needs_none = exercise.equipment.as_ref().is_some_and(Vec::is_empty);
        let none = needs_none.then(|| json!({ "ids": [], "text": "nothing" }));
        facts.put("equipment", json!(none.into_iter().chain(sets).collect::<Vec<_>>()));
        facts.put("defaults", json!(exercise.defaults.as_ref().map(|dose| self.dose(dose))));
        facts.put("variant_of", self.rungs(exercise.variant_of.as_slice()));
        facts.put("regressions", self.rungs(&exercise.regressions));
        facts.put("progressions", self.rungs(&exercise.progressions));
        facts.put("substitutes", self.rungs(&exercise.substitutes));
        facts.put("contraindications", self.all(&exercise.contraindications, Reference::Condition));
        facts.put("media", json!(exercise.media.iter().map(|media| &media.file).collect::<Vec<_>>()));
        facts.put("sources", self.all(&exercise.sources, Reference::Source));
        facts.put("tags", one_line(&exercise.tags));
    }

    /// "prime: Hamstrings (hamstrings): Biceps femoris, Semitendinosus"
    fn muscle_use(self, muscle: &MuscleUse) -> Value {
        let target = muscle.target.reference();
        let mut members: Vec<&str> = Vec::new();
        let mut inside: Vec<String> = Vec::new();
        match &muscle.target {
            MuscleTarget::Group(id) => {
                let group = self.catalog.muscle_groups.get(id);
                for member in group.into_iter().flat_map(|group| &group.members) {
                    members.push(member.as_str());
                    inside.push(self.name(&Reference::Muscle(member.clone())));
                }
            }
            MuscleTarget::Muscle(_) => inside.extend(muscle.head.as_ref().map(ToString::to_string)),
        }
        let inside = if inside.is_empty() { String::new() } else { format!(": {}", inside.join(", ")) };
        json!({
            "target": target.to_string(),
            "head": muscle.head,
            "members": members,
            "role": muscle.role,
            "text": format!("{}: {} ({}){inside}", muscle.role, self.name(&target), target.id()),
        })
    }

    fn program(self, program: &Program, id: &Id<Program>, facts: &mut Keyed) {
        facts.put("level", json!(program.level.get())).put("weeks", json!(program.weeks()));
        facts.put("revised", json!(program.revised));
        let schedules = self.catalog.project.schedules.iter().filter(|(_, schedule)| schedule.program == *id);
        let schedules = schedules.map(|(name, schedule)| {
            let (Anchor::Start(day) | Anchor::End(day) | Anchor::Race { date: day, .. }) = &schedule.anchor;
            let key = schedule.anchor.key();
            json!({ "name": name, key: day, "text": format!("{name}, {key} {day}") })
        });
        facts.put("schedules", json!(schedules.collect::<Vec<_>>()));
        facts.put("sources", self.all(&program.sources, Reference::Source));
    }

    fn guide(self, guide: &Guide, facts: &mut Keyed) {
        facts.put("authors", json!(guide.authors));
        facts.put("programs", self.all(&guide.programs, Reference::Program));
        facts.put("reviewed_by", json!(guide.reviewed_by)).put("reviewed_on", json!(guide.reviewed_on));
        facts.put("sources", self.all(&guide.sources, Reference::Source));
        facts.put("tags", one_line(&guide.tags));
    }
}

fn muscle(muscle: &Muscle, facts: &mut Keyed) {
    let actions = |all: &[regimen_catalog::model::Action]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
    let heads = muscle.heads.iter().map(|head| {
        let actions = actions(&head.actions);
        let text = std::iter::once(format!("{} ({})", head.latin, head.id)).chain(actions.clone());
        json!({ "id": head.id, "latin": head.latin, "actions": actions, "text": text.collect::<Vec<_>>().join(", ") })
    });
    facts.put("latin", json!(muscle.latin)).put("region", json!(muscle.region)).put("side", json!(muscle.side));
    facts.put("heads", json!(heads.collect::<Vec<_>>()));
    facts.put("actions", json!(actions(&muscle.actions)));
}

fn session(session: &Session, facts: &mut Keyed) {
    facts.put("kind", json!(session.kind)).put("duration", json!(session.duration.to_string()));
}

fn source(source: &Source, facts: &mut Keyed) {
    facts.put("kind", json!(source.kind)).put("authors", json!(source.authors)).put("year", json!(source.year));
    facts.put("title", json!(source.title)).put("container", json!(source.container));
    facts.put("address", json!(source.address())).put("read_on", json!(source.read_on));
}

/// The languages that an entry has words in besides its own, and the version of its words for translations to follow.
fn translations<T: Entity>(entry: &Entry<T>) -> (Value, Value) {
    let languages = json!(entry.translations.keys().map(ToString::to_string).collect::<Vec<_>>());
    (languages, entry.version.map(|version| json!(version)).unwrap_or_default())
}

/// Short words that need no line each.
fn one_line(words: &[String]) -> Value {
    if words.is_empty() { Value::Null } else { json!([words]) }
}
