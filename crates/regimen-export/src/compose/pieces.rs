//! A session as a flat list of pieces, so that the same session of different weeks can be laid side by side.

use regimen_catalog::model::{GroupFormat, PlainWords, RunStep};
use regimen_catalog::plan::{PlannedBlock, PlannedItem, PlannedSession};
use regimen_catalog::vocabulary::Section;
use regimen_catalog::{Id, Reference};

/// What gets a line or a row of its own.
#[derive(Debug, Clone)]
pub(super) enum Piece<'p> {
    /// An exercise; several items if its sets differ.
    Exercise(Vec<&'p PlannedItem>),
    /// The format of a group, and how many of the next exercises are in it.
    Group(GroupFormat, usize),
    /// A step of a run.
    Step(&'p RunStep),
    /// A text, by its owner and its key there.
    Text(&'p Reference, &'p Id<PlainWords>),
}

/// The pieces of a session in order, each with its part.
pub(super) fn pieces(session: &PlannedSession) -> Vec<(Section, Piece<'_>)> {
    let mut pieces = Vec::new();
    for part in &session.parts {
        let mut of_part = Vec::new();
        // The sets of a percent table come as an item each, but are one exercise.
        let mut goes_on = false;
        for block in &part.blocks {
            let item = match block {
                PlannedBlock::Item(item) => Some(item),
                PlannedBlock::Group { .. } | PlannedBlock::Run(_) | PlannedBlock::Text(..) => None,
            };
            match (item, of_part.last_mut()) {
                (Some(item), Some(Piece::Exercise(items)))
                    if goes_on && items.first().is_some_and(|first| first.exercise == item.exercise) =>
                {
                    items.push(item);
                }
                _ => push(block, &mut of_part),
            }
            goes_on = item.is_some();
        }
        pieces.extend(of_part.into_iter().map(|piece| (part.section, piece)));
    }
    pieces
}

fn push<'p>(block: &'p PlannedBlock, pieces: &mut Vec<Piece<'p>>) {
    match block {
        PlannedBlock::Item(item) => pieces.push(Piece::Exercise(vec![item])),
        PlannedBlock::Group { format, items } => {
            pieces.push(Piece::Group(*format, items.len()));
            pieces.extend(items.iter().map(|item| Piece::Exercise(vec![item])));
        }
        PlannedBlock::Run(steps) => pieces.extend(steps.iter().map(Piece::Step)),
        PlannedBlock::Text(owner, key) => pieces.push(Piece::Text(owner, key)),
    }
}

/// Whether two sessions are the same but for their amounts.
pub(super) fn alike(one: &PlannedSession, other: &PlannedSession) -> bool {
    let (one, other) = (pieces(one), pieces(other));
    let same = |((part, one), (other_part, other)): (&(Section, Piece<'_>), &(Section, Piece<'_>))| {
        part == other_part && one.is_like(other)
    };
    one.len() == other.len() && one.iter().zip(&other).all(same)
}

impl Piece<'_> {
    fn is_like(&self, other: &Piece<'_>) -> bool {
        let exercise = |items: &[&PlannedItem]| items.first().map(|item| item.exercise.clone());
        match (self, other) {
            (Piece::Exercise(one), Piece::Exercise(other)) => exercise(one) == exercise(other),
            (Piece::Group(one, items), Piece::Group(other, others)) => one.key() == other.key() && items == others,
            (Piece::Step(one), Piece::Step(other)) => steps_alike(one, other),
            (Piece::Text(owner, key), Piece::Text(other_owner, other_key)) => owner == other_owner && key == other_key,
            (Piece::Exercise(_) | Piece::Group(..) | Piece::Step(_) | Piece::Text(..), _) => false,
        }
    }
}

fn steps_alike(one: &RunStep, other: &RunStep) -> bool {
    match (one, other) {
        (RunStep::Stretch(one), RunStep::Stretch(other)) => one.intensity == other.intensity,
        (RunStep::Repeat(one), RunStep::Repeat(other)) => {
            let alike = one.steps.iter().zip(&other.steps).all(|(one, other)| steps_alike(one, other));
            one.steps.len() == other.steps.len() && alike
        }
        (RunStep::Stretch(_) | RunStep::Repeat(_), _) => false,
    }
}

/// One piece as it comes in each of several weeks.
#[derive(Debug)]
pub(super) struct Strand<'p> {
    /// The part it belongs to.
    pub(super) section: Section,
    /// The week and the piece, at least once.
    pub(super) weeks: Vec<(u32, Piece<'p>)>,
}

/// The pieces of sessions that are alike, side by side.
pub(super) fn strands<'p>(sessions: &[&'p PlannedSession]) -> Vec<Strand<'p>> {
    let mut strands: Vec<Strand<'p>> = Vec::new();
    for session in sessions {
        for (index, (section, piece)) in pieces(session).into_iter().enumerate() {
            match strands.get_mut(index) {
                Some(strand) => strand.weeks.push((session.week, piece)),
                None => strands.push(Strand { section, weeks: vec![(session.week, piece)] }),
            }
        }
    }
    strands
}

/// The same, of the work alone.
pub(super) fn work<'p>(sessions: &[&'p PlannedSession]) -> Vec<Strand<'p>> {
    strands(sessions).into_iter().filter(|strand| strand.section.is_work()).collect()
}

impl Strand<'_> {
    /// Whether it is something to do in some amount, rather than to read.
    pub(super) fn is_done(&self) -> bool {
        matches!(self.weeks[0].1, Piece::Exercise(_) | Piece::Step(_))
    }
}
