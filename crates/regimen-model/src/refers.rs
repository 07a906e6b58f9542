//! Who refers to whom, and where it is written.
//!
//! Checking, slicing and `regimen show` all walk this one list, so a new field that refers to an entry is
//! named here once.

use crate::catalog::{Catalog, Tabled, by_kind};
use crate::diagnostic::{FieldPath, FilePath, Place, Spot};
use crate::model::{
    Block as SessionBlock, Condition, Entity, Entry, Equipment, Exercise, ExerciseWords, Fragment, Grows, Guide,
    GuideWords, Muscle, MuscleGroup, MuscleTarget, MuscleWords, NamedWords, PhaseSession, Program, ProgramWords,
    Session, SessionWords, Source,
};
use crate::prose::{Block, Inline, Line, Prose, RawMarkup, Target};
use crate::reference::{Id, Kind, Reference};

/// One entry's mention of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The entry that mentions; `None` for the project file.
    pub from: Option<Reference>,
    /// The entry mentioned.
    pub to: Reference,
    /// Where it is written.
    pub place: Place,
    /// Whether it only leads on to the other entry, as a ladder does, instead of needing its content.
    pub leads_on: bool,
}

/// What a walk through entries finds.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) mentions: Vec<Mention>,
    /// Markup of other tools in texts, with its places.
    pub(crate) raw: Vec<(Place, RawMarkup)>,
}

impl Catalog {
    /// Every mention of one entry in another, in the order of kinds, ids and fields.
    pub fn mentions(&self) -> Vec<Mention> {
        self.walk().mentions
    }

    /// Markup of other tools in the texts of entries.
    pub fn raw_markup(&self) -> Vec<(Place, RawMarkup)> {
        self.walk().raw
    }

    fn walk(&self) -> Found {
        let mut all = Found::default();
        for (name, schedule) in &self.project.schedules {
            let path = FieldPath::root().key("schedules").key(name.as_str()).key("program");
            let to = Reference::from(&schedule.program);
            all.mentions.push(Mention {
                from: None,
                to,
                place: Place::value(crate::PROJECT_FILE, path),
                leads_on: false,
            });
        }
        // What replaces a publication is no mention.
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Source) {
            by_kind!(kind, T => T::table(self).values().for_each(|entry| of_entry(entry, &mut all)));
        }
        all
    }
}

pub(crate) fn of_entry<T: Refers>(entry: &Entry<T>, all: &mut Found)
where
    T::Words: Speaks,
{
    let from = &Reference::from(&entry.id);
    let mut walk = Walk { from, file: &entry.file, all };
    if let Some(id) = &entry.succession.replaced_by {
        walk.add(id.into(), Spot::Value(key_path("replaced_by")), true);
    }
    entry.facts.refers(&mut walk);
    entry.words.speaks(&mut walk, &FieldPath::root().key("words"));
    for translation in entry.translations.values() {
        translation.written.speaks(&mut Walk { from, file: &translation.file, all: walk.all }, &FieldPath::root());
    }
}

/// Facts that may refer to entries.
pub(crate) trait Refers: Entity {
    fn refers(&self, walk: &mut Walk<'_>);
}

/// Words whose prose may refer to entries.
pub(crate) trait Speaks {
    fn speaks(&self, walk: &mut Walk<'_>, at: &FieldPath);
}

/// Collects the mentions of one file.
pub(crate) struct Walk<'a> {
    from: &'a Reference,
    file: &'a FilePath,
    all: &'a mut Found,
}

impl Walk<'_> {
    fn add(&mut self, to: Reference, spot: Spot, leads_on: bool) {
        let place = Place { file: self.file.clone(), spot };
        self.all.mentions.push(Mention { from: Some(self.from.clone()), to, place, leads_on });
    }

    fn one(&mut self, to: Reference, path: FieldPath) {
        self.add(to, Spot::Value(path), false);
    }

    fn many<T: Entity>(&mut self, ids: &[Id<T>], path: &FieldPath) {
        for (index, id) in ids.iter().enumerate() {
            self.add(id.into(), Spot::Value(path.clone().index(index)), false);
        }
    }

    fn ladder(&mut self, ids: &[Id<Exercise>], key: &str) {
        for (index, id) in ids.iter().enumerate() {
            self.add(id.into(), Spot::Value(key_path(key).index(index)), true);
        }
    }

    fn phase_sessions(&mut self, sessions: &[PhaseSession], path: &FieldPath) {
        for (index, session) in sessions.iter().enumerate() {
            let path = path.clone().key("sessions").index(index).key("session");
            self.one((&session.session).into(), path);
        }
    }

    fn line(&mut self, line: &Line, path: &FieldPath) {
        self.inlines(&line.0, path);
        self.raw_markup(line.raw_markup(), path);
    }

    fn lines(&mut self, lines: &[Line], path: &FieldPath) {
        for (index, line) in lines.iter().enumerate() {
            self.line(line, &path.clone().index(index));
        }
    }

    fn prose(&mut self, prose: &Prose, path: &FieldPath) {
        self.blocks(&prose.0, path);
        self.raw_markup(prose.raw_markup(), path);
    }

    fn raw_markup(&mut self, found: &[RawMarkup], path: &FieldPath) {
        for raw in found {
            let spot = Spot::Within(path.clone(), raw.text.as_str().into());
            self.all.raw.push((Place { file: self.file.clone(), spot }, raw.clone()));
        }
    }

    fn blocks(&mut self, blocks: &[Block], path: &FieldPath) {
        for block in blocks {
            match block {
                Block::Heading { content, .. } | Block::Paragraph(content) => self.inlines(content, path),
                Block::List { items, .. } | Block::Footnotes(items) => {
                    items.iter().for_each(|item| self.blocks(item, path));
                }
                Block::Quote(blocks) | Block::Callout { blocks, .. } => self.blocks(blocks, path),
                Block::Table { header, rows, .. } => {
                    header.iter().chain(rows.iter().flatten()).for_each(|cell| self.inlines(cell, path));
                }
                Block::Embed(reference) => self.within(reference, path),
                Block::Figure { .. } | Block::Code { .. } | Block::Rule => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline], path: &FieldPath) {
        for inline in inlines {
            match inline {
                Inline::Strong(inner)
                | Inline::Emphasis(inner)
                | Inline::Struck(inner)
                | Inline::InLanguage { content: inner, .. } => self.inlines(inner, path),
                Inline::Link { target, content, .. } => {
                    if let Target::Entry(reference) | Target::Heading(reference, _) = target {
                        self.within(reference, path);
                    }
                    self.inlines(content, path);
                }
                Inline::Text(_) | Inline::Code(_) | Inline::Checkbox(_) | Inline::Footnote(_) | Inline::Break => {}
            }
        }
    }

    fn within(&mut self, to: &Reference, path: &FieldPath) {
        self.add(to.clone(), Spot::Within(path.clone(), to.to_string().into()), true);
    }
}

fn key_path(key: &str) -> FieldPath {
    FieldPath::root().key(key)
}

impl Refers for Muscle {
    fn refers(&self, walk: &mut Walk<'_>) {
        walk.many(&self.sources, &key_path("sources"));
    }
}

impl Speaks for MuscleWords {
    fn speaks(&self, walk: &mut Walk<'_>, at: &FieldPath) {
        walk.prose(&self.summary, &at.clone().key("summary"));
        for (key, prose) in [("origin", &self.origin), ("insertion", &self.insertion)] {
            if let Some(prose) = prose {
                walk.prose(prose, &at.clone().key(key));
            }
        }
        for (id, head) in &self.heads {
            for (key, prose) in [("origin", &head.origin), ("insertion", &head.insertion)] {
                if let Some(prose) = prose {
                    walk.prose(prose, &at.clone().key("heads").key(id.as_str()).key(key));
                }
            }
        }
    }
}

impl Refers for MuscleGroup {
    fn refers(&self, walk: &mut Walk<'_>) {
        walk.many(&self.members, &key_path("members"));
    }
}

impl Refers for Equipment {
    fn refers(&self, walk: &mut Walk<'_>) {
        walk.many(&self.substitutes, &key_path("substitutes"));
    }
}

impl Refers for Condition {
    fn refers(&self, _: &mut Walk<'_>) {}
}

impl Refers for Source {
    fn refers(&self, _: &mut Walk<'_>) {}
}

impl Speaks for NamedWords {
    fn speaks(&self, walk: &mut Walk<'_>, at: &FieldPath) {
        walk.prose(&self.summary, &at.clone().key("summary"));
    }
}

impl Refers for Exercise {
    fn refers(&self, walk: &mut Walk<'_>) {
        for (index, muscle) in self.muscles().iter().enumerate() {
            let to: Reference = MuscleTarget::reference(&muscle.target);
            walk.one(to, key_path("muscles").index(index).key("target"));
        }
        for (index, set) in self.equipment().iter().enumerate() {
            walk.many(set, &key_path("equipment").index(index));
        }
        if let Some(id) = &self.variant_of {
            walk.add(id.into(), Spot::Value(key_path("variant_of")), true);
        }
        walk.ladder(&self.regressions, "regressions");
        walk.ladder(&self.progressions, "progressions");
        walk.ladder(&self.substitutes, "substitutes");
        walk.many(&self.contraindications, &key_path("contraindications"));
        walk.many(&self.sources, &key_path("sources"));
    }
}

impl Speaks for ExerciseWords {
    fn speaks(&self, walk: &mut Walk<'_>, at: &FieldPath) {
        let at = |key: &str| at.clone().key(key);
        walk.prose(&self.summary, &at("summary"));
        for (key, lines) in [
            ("setup", &self.setup),
            ("steps", &self.steps),
            ("cues", &self.cues),
            ("mistakes", &self.mistakes),
            ("stop_if", &self.stop_if),
        ] {
            walk.lines(lines, &at(key));
        }
        for (key, line) in [("breathing", &self.breathing), ("feel", &self.feel)] {
            if let Some(line) = line {
                walk.line(line, &at(key));
            }
        }
    }
}

impl Refers for Fragment {
    fn refers(&self, walk: &mut Walk<'_>) {
        session_blocks(&self.blocks, &key_path("blocks"), walk);
    }
}

impl Refers for Session {
    fn refers(&self, walk: &mut Walk<'_>) {
        for (_, key, blocks) in self.parts() {
            session_blocks(blocks, &key_path(key), walk);
        }
    }
}

fn session_blocks(blocks: &[SessionBlock], path: &FieldPath, walk: &mut Walk<'_>) {
    for (index, block) in blocks.iter().enumerate() {
        let path = path.clone().index(index);
        for (below, item) in block.items() {
            walk.one((&item.exercise).into(), path.clone().join(below).key("exercise"));
        }
        if let SessionBlock::Use(id) = block {
            walk.one(id.into(), path.key("use"));
        }
    }
}

impl Speaks for SessionWords {
    fn speaks(&self, walk: &mut Walk<'_>, at: &FieldPath) {
        walk.prose(&self.summary, &at.clone().key("summary"));
        for (key, line) in &self.texts {
            walk.line(line, &at.clone().key("texts").key(key.as_str()));
        }
    }
}

impl Refers for Program {
    fn refers(&self, walk: &mut Walk<'_>) {
        for (index, phase) in self.phases.iter().enumerate() {
            let path = key_path("phases").index(index);
            walk.phase_sessions(&phase.sessions, &path);
            for (index, week) in phase.overrides.iter().enumerate() {
                let path = path.clone().key("overrides").index(index);
                walk.phase_sessions(week.sessions.as_deref().unwrap_or_default(), &path);
            }
            for (index, progression) in phase.progression.iter().enumerate() {
                let path = path.clone().key("progression").index(index);
                if let Grows::Exercise(exercise) = &progression.of {
                    walk.one(exercise.into(), path.clone().key("exercise"));
                }
                if let Some(session) = &progression.session {
                    walk.one(session.into(), path.key("session"));
                }
            }
        }
        walk.many(&self.sources, &key_path("sources"));
    }
}

impl Speaks for ProgramWords {
    fn speaks(&self, walk: &mut Walk<'_>, at: &FieldPath) {
        walk.prose(&self.summary, &at.clone().key("summary"));
        walk.line(&self.goal, &at.clone().key("goal"));
        walk.line(&self.audience, &at.clone().key("audience"));
        walk.lines(&self.notes, &at.clone().key("notes"));
        for (id, line) in &self.phases {
            walk.line(line, &at.clone().key("phases").key(id.as_str()));
        }
    }
}

impl Refers for Guide {
    fn refers(&self, walk: &mut Walk<'_>) {
        walk.many(&self.sources, &key_path("sources"));
        walk.many(&self.programs, &key_path("programs"));
    }
}

impl Speaks for GuideWords {
    fn speaks(&self, walk: &mut Walk<'_>, _: &FieldPath) {
        walk.line(&self.summary, &key_path("summary"));
        for raw in &self.raw_markup {
            let place = Place::bytes(walk.file.clone(), raw.range.clone());
            walk.all.raw.push((place, raw.clone()));
        }
        for (reference, range) in &self.references {
            walk.add(reference.clone(), Spot::Bytes(range.clone().into()), false);
        }
    }
}

impl Speaks for () {
    fn speaks(&self, _: &mut Walk<'_>, _: &FieldPath) {}
}
