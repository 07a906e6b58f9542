//! The facts of an entry under the keys of its file, with names where the file has ids.

use regimen_catalog::model::{
    Anchor, Condition, Entity, Entry, Equipment, Exercise, Fragment, Guide, Level, Muscle, MuscleGroup, MuscleTarget,
    MuscleUse, Program, Session, Source,
};
use regimen_catalog::{Id, Kind, Reference, Tabled};
use serde_json::{Value, json};

use super::Look;
use super::keyed::Keyed;

impl Look<'_> {
    /// The facts of an entry.
    pub(super) fn facts(self, reference: &Reference) -> Keyed {
        let mut facts = Keyed::default();
        match reference.kind() {
            Kind::Muscle => self.own::<Muscle>(reference, &mut facts, Self::muscle),
            Kind::MuscleGroup => self.own::<MuscleGroup>(reference, &mut facts, |look, entry, facts| {
                facts.put("members", look.all(&entry.members));
            }),
            Kind::Equipment => self.own::<Equipment>(reference, &mut facts, |look, entry, facts| {
                facts.put("kind", json!(entry.kind));
                facts.put("substitutes", look.all(&entry.substitutes));
            }),
            Kind::Condition => self.own::<Condition>(reference, &mut facts, |_, _, _| ()),
            Kind::Exercise => self.own::<Exercise>(reference, &mut facts, Self::exercise),
            Kind::Fragment => self.own::<Fragment>(reference, &mut facts, |_, _, _| ()),
            Kind::Session => self.own::<Session>(reference, &mut facts, |_, entry, facts| session(entry, facts)),
            Kind::Program => self.own::<Program>(reference, &mut facts, Self::program),
            Kind::Guide => self.own::<Guide>(reference, &mut facts, Self::guide),
            Kind::Source => self.own::<Source>(reference, &mut facts, |_, entry, facts| source(entry, facts)),
        }
        facts
    }

    /// What is put together of an entry of this kind, the languages that it has words in besides its own, and the version of
    /// its words for translations to follow.
    fn own<T: Tabled>(self, reference: &Reference, facts: &mut Keyed, put: impl FnOnce(Self, &Entry<T>, &mut Keyed)) {
        let Some(entry) = self.catalog.entry::<T>(reference) else { return };
        put(self, entry, facts);
        // A publication has no words to translate.
        if T::KIND != Kind::Source {
            facts.put("languages", json!(entry.translations.keys().map(ToString::to_string).collect::<Vec<_>>()));
            facts.put("words_version", json!(entry.version));
        }
    }

    /// Several entries with their names.
    fn all<T: Entity>(self, ids: &[Id<T>]) -> Value {
        json!(ids.iter().map(|id| self.entry(&id.into())).collect::<Vec<_>>())
    }

    fn entry(self, reference: &Reference) -> Value {
        let name = self.name(reference);
        json!({ "id": reference.id(), "name": name, "text": format!("{name} ({})", reference.id()) })
    }

    /// An exercise with its level, as a rung of a ladder.
    fn rungs(self, ids: &[Id<Exercise>]) -> Value {
        let rung = |id: &Id<Exercise>| {
            let mut rung = self.entry(&Reference::from(id));
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

    fn muscle(self, muscle: &Entry<Muscle>, facts: &mut Keyed) {
        let actions = |all: &[regimen_catalog::model::Action]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
        let heads = muscle.heads.iter().map(|head| {
            let actions = actions(&head.actions);
            let text = std::iter::once(format!("{} ({})", head.latin, head.id)).chain(actions.clone());
            json!({ "id": head.id, "latin": head.latin, "actions": actions, "text": text.collect::<Vec<_>>().join(", ") })
        });
        facts.put("latin", json!(muscle.latin)).put("region", json!(muscle.region)).put("side", json!(muscle.side));
        facts.put("heads", json!(heads.collect::<Vec<_>>()));
        facts.put("actions", json!(actions(&muscle.actions)));
        facts.put("sources", self.all(&muscle.sources));
    }

    fn exercise(self, exercise: &Entry<Exercise>, facts: &mut Keyed) {
        facts.put("kind", json!(exercise.kind)).put("pattern", json!(exercise.pattern));
        facts.put("mechanic", json!(exercise.mechanic)).put("force", json!(exercise.force));
        facts.put("plane", json!(exercise.plane)).put("laterality", json!(exercise.laterality));
        facts.put("level", json!(exercise.level.map(Level::get)));
        facts
            .put("muscles", json!(exercise.muscles().iter().map(|muscle| self.muscle_use(muscle)).collect::<Vec<_>>()));
        let sets = exercise.equipment().iter().map(|set| {
            let names = set.iter().map(|id| self.name(&Reference::from(id)));
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
        facts.put("contraindications", self.all(&exercise.contraindications));
        facts.put("media", json!(exercise.media.iter().map(|media| &media.file).collect::<Vec<_>>()));
        facts.put("sources", self.all(&exercise.sources));
        facts.put("tags", one_line(&exercise.tags));
        facts.put("aliases", json!(exercise.words.aliases));
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
                    inside.push(self.name(&Reference::from(member)));
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

    fn program(self, program: &Entry<Program>, facts: &mut Keyed) {
        facts.put("level", json!(program.level.get())).put("weeks", json!(program.weeks()));
        facts.put("revised", json!(program.revised));
        let schedules = self.catalog.project.schedules.iter().filter(|(_, schedule)| schedule.program == program.id);
        let schedules = schedules.map(|(name, schedule)| {
            let (Anchor::Start(day) | Anchor::End(day) | Anchor::Race { date: day, .. }) = &schedule.anchor;
            let key = schedule.anchor.key();
            json!({ "name": name, key: day, "text": format!("{name}, {key} {day}") })
        });
        facts.put("schedules", json!(schedules.collect::<Vec<_>>()));
        facts.put("sources", self.all(&program.sources));
    }

    fn guide(self, guide: &Entry<Guide>, facts: &mut Keyed) {
        facts.put("authors", json!(guide.authors));
        facts.put("programs", self.all(&guide.programs));
        facts.put("reviewed_by", json!(guide.reviewed_by)).put("reviewed_on", json!(guide.reviewed_on));
        facts.put("sources", self.all(&guide.sources));
        facts.put("tags", one_line(&guide.tags));
    }
}

fn session(session: &Session, facts: &mut Keyed) {
    facts.put("kind", json!(session.kind)).put("duration", json!(session.duration.to_string()));
}

fn source(source: &Source, facts: &mut Keyed) {
    facts.put("kind", json!(source.kind)).put("authors", json!(source.authors)).put("year", json!(source.year));
    facts.put("title", json!(source.title)).put("container", json!(source.container));
    facts.put("address", json!(source.address())).put("read_on", json!(source.read_on));
}

/// Short words that need no line each.
fn one_line(words: &[String]) -> Value {
    if words.is_empty() { Value::Null } else { json!([words]) }
}
