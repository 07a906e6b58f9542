//! The work that a programme states where it places a session. It comes last and is final.

mod doses;
mod steps;

pub(super) use doses::is_named;
pub(super) use steps::{beside, is_work};

use super::{PlannedBlock, PlannedPart};
use crate::diagnostic::FieldPath;
use crate::model::{Note, PlacedWork, Repeat, RunStep, Session, Stretch};
use crate::reference::{Id, Reference};
use crate::vocabulary::{Intensity, Section};

/// Why a placement does not fit its session.
pub(super) struct PlacementError {
    /// The key of the placement that is meant, with what leads to it.
    pub(super) path: FieldPath,
    pub(super) message: String,
    pub(super) help: String,
    /// What a cell would say instead, if the session has another kind of steps.
    fitting: Fitting,
}

/// What may be said of a session with such steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fitting {
    /// Something else, or nothing.
    Unknown,
    /// How often: it has only repeats, and a length is said of it.
    Repeats,
    /// How long each is: it has no repeat, and only a number is said of it.
    Each,
}

impl PlacementError {
    /// The same where a cell of a grid is the placement, which has no keys.
    pub(super) fn in_cell(self, cell: &str) -> Self {
        let mut message = self.message.clone();
        for (key, said) in [("length", "length"), ("target", "pace"), ("repeats", "number of repeats")] {
            message = message.replace(&format!("`{key}`"), &format!("the {said} of the cell"));
        }
        let message = format!("`{cell}` cannot be placed by a cell with an amount: {message}");
        let alone = format!(
            "write the session alone into the cell, `{cell}`, or place it under `sessions` of its phase, with `step` or `doses`"
        );
        let help = match self.fitting {
            Fitting::Repeats => format!("write repeats, such as `6x800 m {cell}` or `6x {cell}`; or {alone}"),
            Fitting::Each => format!("say how long each is, as in `6x60 s {cell}`; or {alone}"),
            Fitting::Unknown => alone,
        };
        Self { message, help, ..self }
    }

    fn new(key: &str, message: String, help: impl Into<String>) -> Self {
        Self { help: help.into(), ..Self::at(FieldPath::root().key(key), message) }
    }

    fn at(path: FieldPath, message: String) -> Self {
        Self { path, message, help: String::new(), fitting: Fitting::Unknown }
    }
}

/// Puts what a placement says in place of what the session says.
pub(super) fn place(parts: &mut Vec<PlannedPart>, work: &PlacedWork<'_>) -> Vec<PlacementError> {
    let mut errors = Vec::new();
    if let Some(run) = work.run.filter(|_| work.like.is_empty() || has_room_for_run(parts)) {
        // A run in short that has its own easy beginning is all that is done. A walk, or an easy end, is in place of the session's own
        // steps for it, and the session leads neither to work in another sport nor away from it.
        let says =
            |step: Option<&RunStep>, what| !work.like.is_empty() && step.is_some_and(|step| steps::is(step, what));
        let (first, last) = (run.first(), run.last());
        let takes_place = |step| says(step, Intensity::Walk) || step.is_some_and(steps::is_other_sport);
        let is_whole = says(first, Intensity::WarmUp);
        let begins = is_whole || takes_place(first);
        let ends = is_whole || says(last, Intensity::CoolDown) || takes_place(last);
        for (section, _) in [(Section::WarmUp, begins), (Section::CoolDown, ends)].into_iter().filter(|(_, said)| *said)
        {
            let meant = parts.iter_mut().filter(|part| part.section == section);
            meant.for_each(|part| part.blocks.retain(|block| block.run().is_none()));
        }
        parts.retain(|part| !part.blocks.is_empty());
        steps::replace_run(main_part(parts), run, !begins, !ends);
    }
    if !work.like.is_empty() && !has_room_for_run(parts) {
        errors.push(no_run());
    }
    if work.length.is_some() || work.target.is_some() {
        errors.extend(steps::place_length(parts, work).err());
    }
    if let Some(times) = work.repeats {
        errors.extend(steps::place_repeats(parts, times, work.step).err());
    }
    errors.extend(steps::longer_within(parts, work));
    errors.extend(work.doses.into_iter().flat_map(|doses| doses::place(parts, doses)));
    errors
}

/// Adds what to mind on this day: to the run, if the session begins with one, else as a text before its work.
pub(super) fn note(parts: &mut Vec<PlannedPart>, note: &Note, session: &Id<Session>) {
    let main = main_part(parts);
    let first = main.blocks.first_mut().and_then(|block| match block {
        PlannedBlock::Run(steps) => steps.iter_mut().find(|step| match step {
            RunStep::Stretch(stretch) => is_work(stretch),
            RunStep::Repeat(_) => true,
        }),
        PlannedBlock::Item(_) | PlannedBlock::Group { .. } | PlannedBlock::Text(..) => None,
    });
    match first {
        Some(RunStep::Stretch(Stretch { note: own @ None, .. }) | RunStep::Repeat(Repeat { note: own @ None, .. })) => {
            *own = Some(note.clone());
        }
        Some(_) | None => main.blocks.insert(0, PlannedBlock::Text(Reference::from(session), note.key.clone())),
    }
}

/// Whether the work of a session is a run, or a text in place of one, so that a run in short can take its place.
fn has_room_for_run(parts: &[PlannedPart]) -> bool {
    let work = || PlannedPart::work(parts);
    work().any(|block| block.run().is_some()) || work().all(|block| block.items().is_empty())
}

fn no_run() -> PlacementError {
    let message = "the session has exercises and no run in whose place these steps could stand".to_owned();
    PlacementError::at(FieldPath::root(), message)
}

/// The main part; if there is none, an empty one before all that comes after it.
fn main_part(parts: &mut Vec<PlannedPart>) -> &mut PlannedPart {
    let at = parts.iter().position(|part| part.section == Section::Main).unwrap_or_else(|| {
        let at = parts.iter().position(|part| part.section != Section::WarmUp).unwrap_or(parts.len());
        parts.insert(at, PlannedPart { section: Section::Main, blocks: Vec::new() });
        at
    });
    &mut parts[at]
}
