//! Who refers to whom, and where it is written.
//!
//! Checking, slicing and `regimen show` all walk this one list.

use std::ops::Range;

use crate::catalog::{Catalog, Tabled, by_kind};
use crate::diagnostic::{FieldPath, FilePath, Place, Spot};
use crate::model::{At, Entity, Entry, FactVisitor, Naming, WordVisitor, Words};
use crate::prose::{Inline, InlineText, LinkTarget, Prose, ProseBlock, RawMarkup, walk, walk_inlines};
use crate::reference::{Kind, Reference};

/// One entry's mention of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The entry that mentions; `None` for the project file.
    pub from: Option<Reference>,
    /// The entry mentioned.
    pub to: Reference,
    /// Where it is written.
    pub place: Place,
    /// Whether the other entry is needed, or only its name, as in a ladder.
    pub naming: Naming,
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
                naming: Naming::Needed,
            });
        }
        // What replaces a publication is no mention.
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Source) {
            by_kind!(kind, T => T::table(self).values().for_each(|entry| collect(entry, &mut all)));
        }
        all
    }
}

pub(crate) fn collect<T: Entity>(entry: &Entry<T>, all: &mut Found) {
    let Entry { id, id_history, origin: _, words_origin: _, file, facts, words, version: _, translations } = entry;
    let from = &Reference::from(id);
    let mut collector = MentionCollector { from, file, all };
    if let Some(id) = &id_history.replaced_by {
        collector.entry(id.into(), Naming::ByName, &At::key("replaced_by"));
    }
    facts.visit(&mut collector);
    words.visit(Some(&At::key("words")), &mut collector);
    for translation in translations.values() {
        translation.written.visit(None, &mut MentionCollector { from, file: &translation.file, all: collector.all });
    }
}

/// Collects the mentions of one file.
struct MentionCollector<'a> {
    from: &'a Reference,
    file: &'a FilePath,
    all: &'a mut Found,
}

impl FactVisitor for MentionCollector<'_> {
    fn entry(&mut self, to: Reference, naming: Naming, at: &At<'_>) {
        let file = at.other_file().unwrap_or(self.file).clone();
        let place = Place { file, spot: Spot::Value(at.path()) };
        self.all.mentions.push(Mention { from: Some(self.from.clone()), to, place, naming });
    }
}

impl<'w> WordVisitor<'w> for MentionCollector<'_> {
    fn line(&mut self, line: &'w InlineText, at: &At<'_>) {
        let path = &at.path();
        walk_inlines(&line.0).for_each(|inline| self.inline(inline, path));
        self.raw_markup(line.raw_markup(), path);
    }

    fn prose(&mut self, prose: &'w Prose, at: &At<'_>) {
        let path = &at.path();
        self.blocks(&prose.0, path);
        self.raw_markup(prose.raw_markup(), path);
    }

    fn article(&mut self, references: &'w [(Reference, Range<usize>)], raw_markup: &'w [RawMarkup]) {
        for raw in raw_markup {
            let place = Place::bytes(self.file.clone(), raw.range.clone());
            self.all.raw.push((place, raw.clone()));
        }
        for (reference, range) in references {
            self.add(reference.clone(), Spot::Bytes(range.clone().into()), Naming::Needed);
        }
    }
}

impl MentionCollector<'_> {
    fn add(&mut self, to: Reference, spot: Spot, naming: Naming) {
        let place = Place { file: self.file.clone(), spot };
        self.all.mentions.push(Mention { from: Some(self.from.clone()), to, place, naming });
    }

    fn raw_markup(&mut self, found: &[RawMarkup], path: &FieldPath) {
        for raw in found {
            let spot = Spot::Within(path.clone(), raw.text.as_str().into());
            self.all.raw.push((Place { file: self.file.clone(), spot }, raw.clone()));
        }
    }

    fn blocks(&mut self, blocks: &[ProseBlock], path: &FieldPath) {
        for block in walk(blocks) {
            block.inlines().for_each(|inline| self.inline(inline, path));
            if let ProseBlock::Embed(reference) = block {
                self.within(reference, path);
            }
        }
    }

    fn inline(&mut self, inline: &Inline, path: &FieldPath) {
        if let Inline::Link { target: LinkTarget::Entry(reference) | LinkTarget::Heading(reference, _), .. } = inline {
            self.within(reference, path);
        }
    }

    fn within(&mut self, to: &Reference, path: &FieldPath) {
        self.add(to.clone(), Spot::Within(path.clone(), to.to_string().into()), Naming::ByName);
    }
}
