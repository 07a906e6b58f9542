//! Sessions and fragments as they are written, block by block.

use super::{CatalogView, DoseView, RunView, rounds_of};
use regimen_model::diagnostic::{FieldPath, FilePath, Place};
use regimen_model::model::{Dose, Entry, Exercise, Item, Session, SessionBlock};
use regimen_model::quantity::Extent;
use regimen_model::reference::Id;
use regimen_model::vocabulary::Section;

/// An exercise as a session or a fragment asks for it.
pub(crate) struct WrittenItem<'a> {
    pub(crate) exercise: &'a Entry<Exercise>,
    dose: Dose,
    /// The name of its line, for progressions to speak of.
    pub(crate) id: Option<&'a Id<Item>>,
    /// Whether it is another dose of the same line.
    pub(crate) goes_on: bool,
    /// Whether the dose is written here, rather than with the exercise.
    pub(crate) has_own_dose: bool,
    pub(crate) rounds: Extent<u32>,
    pub(crate) place: Place,
}

impl WrittenItem<'_> {
    /// How much of it, with what the exercise's defaults add.
    pub(crate) fn dose(&self) -> DoseView<'_> {
        DoseView::new(&self.dose)
    }
}

/// A list of blocks, and where it is.
struct Written<'a> {
    file: &'a FilePath,
    path: FieldPath,
    blocks: &'a [SessionBlock],
}

impl<'a> CatalogView<'a> {
    /// The dose of an exercise where a session states none.
    pub(crate) fn default_dose(&self, exercise: &'a Exercise) -> Option<DoseView<'a>> {
        exercise.defaults.as_ref().map(DoseView::new)
    }

    /// Every exercise of all fragments and sessions.
    pub(crate) fn written_items(&self) -> impl Iterator<Item = WrittenItem<'a>> {
        let fragments = self.catalog.fragments.values().map(|fragment| Written {
            file: &fragment.file,
            path: FieldPath::root().key("blocks"),
            blocks: &fragment.blocks,
        });
        let parts = self.catalog.sessions.values().flat_map(|session| parts(session).map(|(_, written)| written));
        fragments.chain(parts).flat_map(|written| self.items(&written))
    }

    /// The exercises of the main and accessory parts of a session, those of fragments among them.
    pub(crate) fn work_items(&self, session: &'a Entry<Session>) -> impl Iterator<Item = WrittenItem<'a>> {
        let lists = parts(session).filter(|(section, _)| section.is_work());
        lists.flat_map(|(_, written)| self.with_fragments(written)).flat_map(|written| self.items(&written))
    }

    /// The runs of the main and accessory parts of a session, those of fragments among them.
    pub(crate) fn work_runs(&self, session: &'a Entry<Session>) -> impl Iterator<Item = RunView<'a>> {
        let lists = parts(session).filter(|(section, _)| section.is_work());
        lists.flat_map(|(_, written)| self.with_fragments(written)).flat_map(|written| runs(written.blocks))
    }

    /// All runs of a session, those of fragments among them.
    pub(crate) fn runs(&self, session: &'a Entry<Session>) -> impl Iterator<Item = RunView<'a>> {
        parts(session).flat_map(|(_, written)| self.with_fragments(written)).flat_map(|written| runs(written.blocks))
    }

    /// Where a session, or a fragment that it uses, names an exercise in this part.
    pub(crate) fn place_of(&self, session: &Id<Session>, section: Section, exercise: &Id<Exercise>) -> Option<Place> {
        let session = self.catalog.sessions.get(session)?;
        let (_, part) = parts(session).find(|(part, _)| *part == section)?;
        self.with_fragments(part).into_iter().find_map(|written| {
            let blocks = written.blocks.iter().enumerate();
            let mut items =
                blocks.flat_map(|(index, block)| block.items().map(move |(below, item)| (index, below, item)));
            let (index, below, _) = items.find(|(_, _, item)| item.exercise == *exercise)?;
            let path = written.path.clone().index(index).join(below).key("exercise");
            Some(Place::value(written.file.clone(), path))
        })
    }

    /// The exercises that are written in a list itself.
    fn items(&self, written: &Written<'a>) -> Vec<WrittenItem<'a>> {
        let mut found = Vec::new();
        for (index, block) in written.blocks.iter().enumerate() {
            let format = block.group_format();
            let rounds = format.map_or(Extent::one(1), |format| rounds_of(format.rounds()));
            for (below, item) in block.items() {
                let Some(exercise) = self.catalog.exercises.get(&item.exercise) else { continue };
                let Some(doses) = item.dose_of(exercise, format) else { continue };
                let place = Place::value(written.file.clone(), written.path.clone().index(index).join(below));
                let (id, has_own_dose) = (item.id.as_ref(), item.dose.is_some());
                found.extend(doses.into_iter().enumerate().map(|(index, dose)| WrittenItem {
                    exercise,
                    dose,
                    id,
                    goes_on: index > 0,
                    has_own_dose,
                    rounds,
                    place: place.clone(),
                }));
            }
        }
        found
    }

    /// A list, and those of the fragments in it.
    fn with_fragments(&self, written: Written<'a>) -> Vec<Written<'a>> {
        let used = written.blocks.iter().filter_map(|block| match block {
            SessionBlock::Use(id) => self.catalog.fragments.get(id),
            SessionBlock::Item(_) | SessionBlock::Group(_) | SessionBlock::Run(_) | SessionBlock::Text(_) => None,
        });
        let used = used.map(|fragment| Written {
            file: &fragment.file,
            path: FieldPath::root().key("blocks"),
            blocks: &fragment.blocks,
        });
        let used: Vec<_> = used.collect();
        std::iter::once(written).chain(used).collect()
    }
}

/// The four parts of a session.
fn parts(session: &Entry<Session>) -> impl Iterator<Item = (Section, Written<'_>)> {
    let file = &session.file;
    session
        .parts()
        .into_iter()
        .map(move |(section, key, blocks)| (section, Written { file, path: FieldPath::root().key(key), blocks }))
}

fn runs(blocks: &[SessionBlock]) -> impl Iterator<Item = RunView<'_>> {
    blocks.iter().filter_map(|block| match block {
        SessionBlock::Run(steps) => Some(RunView::new(steps)),
        SessionBlock::Item(_) | SessionBlock::Group(_) | SessionBlock::Use(_) | SessionBlock::Text(_) => None,
    })
}
