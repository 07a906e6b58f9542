//! The facts of an entry under the keys of its file, with names where the file has ids.

use jiff::civil::Time;
use regimen_catalog::model::{
    Anchor, Change, Condition, Entity, Entry, Equipment, Exercise, Fragment, Guide, Head, Level, Muscle, MuscleGroup,
    MuscleTarget, MuscleUse, Program, Schedule, ScheduleName, Session, Source,
};
use regimen_catalog::plan::expand;
use regimen_catalog::{Id, Kind, Reference, Tabled};
use regimen_export::Subject;
use regimen_export::compose::Editions;
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
                let MuscleGroup { members, major: _ } = &entry.facts;
                facts.put("members", look.entries(members));
            }),
            Kind::Equipment => self.own::<Equipment>(reference, &mut facts, |look, entry, facts| {
                let Equipment { kind, substitutes, increments: _ } = &entry.facts;
                facts.put("kind", json!(kind));
                facts.put("substitutes", look.entries(substitutes));
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
    fn entries<T: Entity>(self, ids: &[Id<T>]) -> Value {
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

    /// The mark of the content that is published of something, in the catalogue's own language.
    fn edition(self, subject: Subject<'_>) -> Option<String> {
        let mark = Editions::default().mark_in(self.catalog, self.language()?, subject)?;
        Some(mark.to_string())
    }

    fn muscle(self, muscle: &Entry<Muscle>, facts: &mut Keyed) {
        let actions = |all: &[regimen_catalog::model::Action]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
        let Muscle { latin, region, side, heads, actions: of_whole, sources } = &muscle.facts;
        let heads = heads.iter().map(|head| {
            let Head { id, latin, actions: of_head } = head;
            let actions = actions(of_head);
            let text = std::iter::once(format!("{latin} ({id})")).chain(actions.clone());
            json!({ "id": id, "latin": latin, "actions": actions, "text": text.collect::<Vec<_>>().join(", ") })
        });
        facts.put("latin", json!(latin)).put("region", json!(region)).put("side", json!(side));
        facts.put("heads", json!(heads.collect::<Vec<_>>()));
        facts.put("actions", json!(actions(of_whole)));
        facts.put("sources", self.entries(sources));
    }

    fn exercise(self, exercise: &Entry<Exercise>, facts: &mut Keyed) {
        let Exercise {
            kind,
            pattern,
            mechanic,
            force,
            plane,
            laterality,
            level,
            muscles,
            equipment,
            defaults,
            variant_of,
            regressions,
            progressions,
            substitutes,
            contraindications,
            media,
            sources,
            tags,
        } = &exercise.facts;
        facts.put("kind", json!(kind)).put("pattern", json!(pattern));
        facts.put("mechanic", json!(mechanic)).put("force", json!(force));
        facts.put("plane", json!(plane)).put("laterality", json!(laterality));
        facts.put("level", json!(level.map(Level::get)));
        let muscles = muscles.iter().flatten();
        facts.put("muscles", json!(muscles.map(|muscle| self.muscle_use(muscle)).collect::<Vec<_>>()));
        facts.put("equipment", self.equipment(equipment.as_deref()));
        facts.put("defaults", json!(defaults.as_ref().map(|dose| self.dose(dose))));
        facts.put("variant_of", self.rungs(variant_of.as_slice()));
        facts.put("regressions", self.rungs(regressions));
        facts.put("progressions", self.rungs(progressions));
        facts.put("substitutes", self.rungs(substitutes));
        facts.put("contraindications", self.entries(contraindications));
        facts.put("media", json!(media.iter().map(|media| &media.file).collect::<Vec<_>>()));
        facts.put("sources", self.entries(sources));
        facts.put("tags", one_line(tags));
        facts.put("aliases", json!(exercise.words.aliases));
        facts.put("edition", json!(self.edition(Subject::Exercise(exercise))));
    }

    /// The sets of equipment of which any one is enough; nothing if they are not known.
    fn equipment(self, sets: Option<&[Vec<Id<Equipment>>]>) -> Value {
        let shown = sets.unwrap_or_default().iter().map(|set| {
            let names = set.iter().map(|id| self.name(&Reference::from(id)));
            let text = names.collect::<Vec<_>>().join(" and ");
            json!({ "ids": set, "text": if set.is_empty() { "nothing".to_owned() } else { text } })
        });
        let none = sets.is_some_and(<[_]>::is_empty).then(|| json!({ "ids": [], "text": "nothing" }));
        json!(none.into_iter().chain(shown).collect::<Vec<_>>())
    }

    /// "prime: Hamstrings (hamstrings): Biceps femoris, Semitendinosus"
    fn muscle_use(self, muscle: &MuscleUse) -> Value {
        let MuscleUse { target: named, head, role } = muscle;
        let target = named.reference();
        let mut members: Vec<&str> = Vec::new();
        let mut inside: Vec<String> = Vec::new();
        match named {
            MuscleTarget::Group(id) => {
                let group = self.catalog.muscle_groups.get(id);
                for member in group.into_iter().flat_map(|group| &group.members) {
                    members.push(member.as_str());
                    inside.push(self.name(&Reference::from(member)));
                }
            }
            MuscleTarget::Muscle(_) => inside.extend(head.as_ref().map(ToString::to_string)),
        }
        let inside = if inside.is_empty() { String::new() } else { format!(": {}", inside.join(", ")) };
        json!({
            "target": target.to_string(),
            "head": head,
            "members": members,
            "role": role,
            "text": format!("{role}: {} ({}){inside}", self.name(&target), target.id()),
        })
    }

    fn program(self, program: &Entry<Program>, facts: &mut Keyed) {
        // The phases are written out week by week below the facts.
        let Program { level, revised, phases: _, sources, grid: _ } = &program.facts;
        facts.put("level", json!(level.get())).put("weeks", json!(program.weeks()));
        // Weeks alone do not say how long a programme with turns or phases in days is.
        facts.put("days", json!(Some(program.days()).filter(|days| *days != 7 * program.weeks())));
        facts.put("revised", json!(revised));
        let plan = expand(self.catalog, program, None).ok();
        facts.put("edition", json!(plan.and_then(|plan| self.edition(Subject::Program(program, &plan)))));
        let schedules = self.catalog.project.schedules.iter().filter(|(_, schedule)| schedule.program == program.id);
        let schedules = schedules.map(|(name, schedule)| {
            let (Anchor::Start(day) | Anchor::End(day) | Anchor::Race { date: day, .. }) = &schedule.anchor;
            let key = schedule.anchor.key();
            let changes = self.changes(program, (name, schedule));
            let plan = expand(self.catalog, program, Some((name, schedule))).ok();
            let edition = plan.and_then(|plan| self.edition(Subject::Plan(program, &plan)));
            let hours = hours(schedule);
            let hours_in_line = (!hours.is_empty()).then(|| hours.join(", "));
            let said = hours_in_line
                .into_iter()
                .chain(changes.iter().cloned())
                .chain(edition.iter().map(|edition| format!("edition {edition}")));
            let text = std::iter::once(format!("{name}, {key} {day}")).chain(said).collect::<Vec<_>>().join("; ");
            let mut shown = json!({ "name": name, key: day, "edition": edition, "text": text });
            for (key, lines) in [("hours", hours), ("changes", changes)] {
                if let Some(shown) = shown.as_object_mut().filter(|_| !lines.is_empty()) {
                    shown.insert(key.into(), json!(lines));
                }
            }
            shown
        });
        facts.put("schedules", json!(schedules.collect::<Vec<_>>()));
        facts.put("sources", self.entries(sources));
    }

    /// When the reader of a schedule pauses, and what they leave out or have moved, in order of the days: "w2-long moved from 2027-01-17 to 2027-01-18".
    fn changes(self, program: &Entry<Program>, schedule: (&Id<ScheduleName>, &Schedule)) -> Vec<String> {
        if schedule.1.changes.is_empty() {
            return Vec::new();
        }
        let Ok(plan) = expand(self.catalog, program, Some(schedule)) else { return Vec::new() };
        let left_out = plan.left_out.iter().map(|one| (one.date, format!("{} ({}) left out", one.slot, one.date)));
        let moved = plan.sessions().filter_map(|session| {
            let (from, to) = session.moved_from.zip(session.date)?;
            Some((from, format!("{} moved from {from} to {to}", session.slot)))
        });
        let pauses = schedule.1.changes.iter().filter_map(Change::pause);
        let pauses = pauses.map(|days| (days.first, format!("paused on {days}")));
        let mut changes: Vec<_> = pauses.chain(left_out).chain(moved).collect();
        changes.sort_by_key(|(date, _)| *date);
        changes.into_iter().map(|(_, change)| change).collect()
    }

    fn guide(self, guide: &Entry<Guide>, facts: &mut Keyed) {
        let Guide { authors, sources, programs, reviewed_by, reviewed_on, tags } = &guide.facts;
        facts.put("authors", json!(authors));
        facts.put("programs", self.entries(programs));
        facts.put("reviewed_by", json!(reviewed_by)).put("reviewed_on", json!(reviewed_on));
        facts.put("sources", self.entries(sources));
        facts.put("tags", one_line(tags));
        facts.put("edition", json!(self.edition(Subject::Guide(guide))));
    }
}

fn session(session: &Session, facts: &mut Keyed) {
    // The four parts are listed block by block below the facts.
    let Session { kind, duration, warm_up: _, main: _, accessory: _, cool_down: _ } = session;
    facts.put("kind", json!(kind)).put("duration", json!(duration.map(|time| time.to_string())));
}

fn source(source: &Source, facts: &mut Keyed) {
    // The DOI and the address are one.
    let Source { kind, authors, year, title, container, doi: _, url: _, read_on } = source;
    facts.put("kind", json!(kind)).put("authors", json!(authors)).put("year", json!(year));
    facts.put("title", json!(title)).put("container", json!(container));
    facts.put("address", json!(source.address())).put("read_on", json!(read_on));
}

/// Short words that need no line each.
fn one_line(words: &[String]) -> Value {
    if words.is_empty() { Value::Null } else { json!([words]) }
}

/// When on the day the sessions of a schedule are: "at 18:30", "saturday at 08:00", "race at 09:30".
fn hours(schedule: &Schedule) -> Vec<String> {
    let time = |time: Time| time.strftime("%H:%M").to_string();
    let at = schedule.at.map(|at| format!("at {}", time(at)));
    let race = schedule.race_at.map(|at| format!("race at {}", time(at)));
    let times = schedule.times.iter().map(|(what, at)| format!("{what} at {}", time(*at)));
    let often = schedule.day_times.iter().map(|at| time(*at)).collect::<Vec<_>>().join(" and ");
    let often = (!often.is_empty()).then(|| format!("several times a day at {often}"));
    at.into_iter().chain(times).chain(race).chain(often).collect()
}
