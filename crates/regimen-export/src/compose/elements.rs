//! A session as a flat list of elements, so that the same session of different weeks can be laid side by side.

use regimen_catalog::model::{GroupFormat, Note, PlainWords, RunStep};
use regimen_catalog::plan::{PlannedBlock, PlannedItem, PlannedSession};
use regimen_catalog::vocabulary::Section;
use regimen_catalog::{Id, Reference};

/// An element of a session that gets a line or a row of its own.
#[derive(Debug, Clone)]
pub(super) enum SessionElement<'p> {
    /// An exercise; several items if its sets differ.
    Exercise(Vec<&'p PlannedItem>),
    /// The format of a group, and how many of the next exercises are in it.
    Group(GroupFormat, usize),
    /// A step of a run.
    Step(&'p RunStep),
    /// A text, by its owner and its key there.
    Text(&'p Reference, &'p Id<PlainWords>),
}

/// The elements of a session in order, each with its part.
pub(super) fn elements(session: &PlannedSession) -> Vec<(Section, SessionElement<'_>)> {
    let mut elements = Vec::new();
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
                (Some(item), Some(SessionElement::Exercise(items)))
                    if goes_on && items.first().is_some_and(|first| first.exercise == item.exercise) =>
                {
                    items.push(item);
                }
                _ => push(block, &mut of_part),
            }
            goes_on = item.is_some();
        }
        elements.extend(of_part.into_iter().map(|element| (part.section, element)));
    }
    elements
}

fn push<'p>(block: &'p PlannedBlock, elements: &mut Vec<SessionElement<'p>>) {
    match block {
        PlannedBlock::Item(item) => elements.push(SessionElement::Exercise(vec![item])),
        PlannedBlock::Group { format, items } => {
            let mut lines: Vec<Vec<&PlannedItem>> = Vec::new();
            for item in items {
                match lines.last_mut() {
                    Some(line) if item.goes_on => line.push(item),
                    Some(_) | None => lines.push(vec![item]),
                }
            }
            elements.push(SessionElement::Group(*format, lines.len()));
            elements.extend(lines.into_iter().map(SessionElement::Exercise));
        }
        PlannedBlock::Run(steps) => elements.extend(steps.iter().map(SessionElement::Step)),
        PlannedBlock::Text(owner, key) => elements.push(SessionElement::Text(owner, key)),
    }
}

/// What a session is but for its amounts.
#[derive(Debug)]
pub(super) struct Shape<'p> {
    session: &'p PlannedSession,
    elements: Vec<(Section, SessionElement<'p>)>,
}

impl<'p> Shape<'p> {
    pub(super) fn of(session: &'p PlannedSession) -> Self {
        Self { session, elements: elements(session) }
    }

    /// Whether two sessions are the same but for their amounts.
    pub(super) fn is_like(&self, other: &Shape<'_>) -> bool {
        let same =
            |((part, one), (other_part, other)): (&(Section, SessionElement<'_>), &(Section, SessionElement<'_>))| {
                part == other_part && one.is_like(other)
            };
        self.session.optional == other.session.optional
            && self.elements.len() == other.elements.len()
            && self.session.or == other.session.or
            && self.elements.iter().zip(&other.elements).all(same)
    }
}

impl<'p> SessionElement<'p> {
    /// The sets of an exercise.
    pub(super) fn exercise_items(&self) -> Option<&[&'p PlannedItem]> {
        match self {
            Self::Exercise(items) => Some(items),
            Self::Group(..) | Self::Step(_) | Self::Text(..) => None,
        }
    }

    /// How exercises alternate, and how many of the next ones do.
    pub(super) fn group(&self) -> Option<(GroupFormat, usize)> {
        match self {
            Self::Group(format, items) => Some((*format, *items)),
            Self::Exercise(_) | Self::Step(_) | Self::Text(..) => None,
        }
    }

    /// The step of a run.
    pub(super) fn step(&self) -> Option<&'p RunStep> {
        match self {
            Self::Step(step) => Some(step),
            Self::Exercise(_) | Self::Group(..) | Self::Text(..) => None,
        }
    }

    /// Its notes, each once; those of steps inside of others are with these.
    pub(super) fn notes(&self) -> Vec<&'p Note> {
        match self {
            Self::Exercise(items) => items.iter().filter_map(|item| item.note.as_ref()).collect(),
            Self::Step(step) => step.note().into_iter().collect(),
            Self::Group(..) | Self::Text(..) => Vec::new(),
        }
    }
}

impl SessionElement<'_> {
    fn is_like(&self, other: &SessionElement<'_>) -> bool {
        let exercise = |items: &[&PlannedItem]| items.first().map(|item| item.exercise.clone());
        match (self, other) {
            (SessionElement::Exercise(one), SessionElement::Exercise(other)) => exercise(one) == exercise(other),
            (SessionElement::Group(one, items), SessionElement::Group(other, others)) => {
                one.key() == other.key() && items == others
            }
            (SessionElement::Step(one), SessionElement::Step(other)) => steps_alike(one, other),
            (SessionElement::Text(owner, key), SessionElement::Text(other_owner, other_key)) => {
                owner == other_owner && key == other_key
            }
            (
                SessionElement::Exercise(_)
                | SessionElement::Group(..)
                | SessionElement::Step(_)
                | SessionElement::Text(..),
                _,
            ) => false,
        }
    }
}

fn steps_alike(one: &RunStep, other: &RunStep) -> bool {
    match (one, other) {
        (RunStep::Stretch(this), RunStep::Stretch(that)) => {
            this.intensity == that.intensity && this.sport == that.sport && inner_alike(one, other)
        }
        (RunStep::Repeat(_), RunStep::Repeat(_)) => inner_alike(one, other),
        (RunStep::Stretch(_) | RunStep::Repeat(_), _) => false,
    }
}

fn inner_alike(one: &RunStep, other: &RunStep) -> bool {
    let (one, other) = (one.inner(), other.inner());
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| steps_alike(one, other))
}

/// One element as it comes each of several times.
#[derive(Debug)]
pub(super) struct Strand<'p> {
    /// The part it belongs to.
    pub(super) section: Section,
    /// The session and the element, at least once.
    pub(super) times: Vec<(&'p PlannedSession, SessionElement<'p>)>,
}

/// The elements of sessions that are alike, side by side.
pub(super) fn strands<'p>(sessions: &[&'p PlannedSession]) -> Vec<Strand<'p>> {
    let mut strands: Vec<Strand<'p>> = Vec::new();
    for session in sessions {
        for (index, (section, element)) in elements(session).into_iter().enumerate() {
            match strands.get_mut(index) {
                Some(strand) => strand.times.push((session, element)),
                None => strands.push(Strand { section, times: vec![(session, element)] }),
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
        matches!(self.times[0].1, SessionElement::Exercise(_) | SessionElement::Step(_))
    }
}
