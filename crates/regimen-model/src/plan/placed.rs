//! The work that a programme states where it places a session. It comes last and is final.

use std::collections::{BTreeMap, BTreeSet};

use super::{PlannedBlock, PlannedItem, PlannedPart};
use crate::diagnostic::FieldPath;
use crate::model::{
    Dose, DoseError, Doses, Exercise, GroupFormat, Item, LineName, Note, PlacedWork, Repeat, RunStep, RunTarget,
    Session, StepLength, Stretch, Target, WorkAmountMut,
};
use crate::quantity::Count;
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
    if let Some(steps) = work.run.filter(|_| work.like.is_empty() || has_room_for_run(parts)) {
        // A run in short that says how it begins or ends has that in place of the session's own steps.
        let says = |step: Option<&RunStep>, what| !work.like.is_empty() && step.is_some_and(|step| is(step, what));
        let begins = says(steps.first(), Intensity::WarmUp);
        let ends = says(steps.last(), Intensity::CoolDown);
        for (section, _) in [(Section::WarmUp, begins), (Section::CoolDown, ends)].into_iter().filter(|(_, said)| *said)
        {
            let meant = parts.iter_mut().filter(|part| part.section == section);
            meant.for_each(|part| part.blocks.retain(|block| block.run().is_none()));
        }
        parts.retain(|part| !part.blocks.is_empty());
        replace_run(main_part(parts), steps, !begins, !ends);
    }
    if !work.like.is_empty() && !has_room_for_run(parts) {
        errors.push(no_run());
    }
    if work.length.is_some() || work.target.is_some() {
        errors.extend(place_length(parts, work).err());
    }
    if let Some(times) = work.repeats {
        errors.extend(place_repeats(parts, times, work.step).err());
    }
    errors.extend(longer_within(parts, work));
    for name in work.doses.into_iter().flatten().map(|(name, _)| name) {
        if !has_line(parts, name) {
            let name = name.as_str();
            let message = format!("the session has no `{name}` in its main or accessory part");
            let path = FieldPath::root().key("doses").key(name);
            let help = "name an exercise of the session, or a line of it by its `id`, or leave the dose out".to_owned();
            errors.push(PlacementError { help, ..PlacementError::at(path, message) });
        }
    }
    if let Some(doses) = work.doses.filter(|doses| !doses.is_empty()) {
        errors.extend(in_turns(parts, doses));
        errors.extend(shares_of_nothing(parts, doses));
        place_doses(parts, doses);
    }
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

fn has_line(parts: &[PlannedPart], name: &LineName) -> bool {
    let work = PlannedPart::work(parts);
    let mut items = work.flat_map(PlannedBlock::items);
    items.any(|item| {
        item.exercise == *name.exercise() || item.id.as_ref().is_some_and(|id| id.as_str() == name.as_str())
    })
}

/// The doses of a placement for a line of a session: one that names the line comes before one that names its exercise.
fn named_doses<'d>(
    doses: &'d BTreeMap<LineName, Doses>,
    id: Option<&Id<Item>>,
    exercise: &Id<Exercise>,
) -> Option<&'d Doses> {
    entry(doses, id, exercise).map(|(_, doses)| doses)
}

fn entry<'d>(
    doses: &'d BTreeMap<LineName, Doses>,
    id: Option<&Id<Item>>,
    exercise: &Id<Exercise>,
) -> Option<(&'d LineName, &'d Doses)> {
    id.and_then(|id| doses.get_key_value(id.as_str())).or_else(|| doses.get_key_value(exercise.as_str()))
}

/// Whether a placement has a dose for a line of a session.
pub(super) fn is_named(doses: &BTreeMap<LineName, Doses>, id: Option<&Id<Item>>, exercise: &Id<Exercise>) -> bool {
    named_doses(doses, id, exercise).is_some()
}

/// Doses for exercises in turns that cannot be done there as they are written.
fn in_turns(parts: &[PlannedPart], doses: &BTreeMap<LineName, Doses>) -> Vec<PlacementError> {
    let mut errors = Vec::new();
    let blocks = PlannedPart::work(parts);
    for (format, block) in blocks.filter_map(|block| Some((block.group_format()?, block))) {
        for item in block.items().iter().filter(|item| !item.goes_on) {
            let Some((name, doses)) = entry(doses, item.id.as_ref(), &item.exercise) else { continue };
            if let Some(DoseError { message, help }) = format.dose_error(doses) {
                let path = FieldPath::root().key("doses").key(name.as_str());
                errors.push(PlacementError { help: help.to_owned(), ..PlacementError::at(path, message) });
            }
        }
    }
    errors
}

/// Shares of the load of the set before, for the first set of an exercise.
fn shares_of_nothing(parts: &[PlannedPart], doses: &BTreeMap<LineName, Doses>) -> Vec<PlacementError> {
    let (mut errors, mut done) = (Vec::new(), BTreeSet::new());
    for part in parts {
        for item in part.blocks.iter().flat_map(PlannedBlock::items) {
            let is_meant = done.insert(&item.exercise) && part.section.is_work();
            let Some((name, doses)) = entry(doses, item.id.as_ref(), &item.exercise).filter(|_| is_meant) else {
                continue;
            };
            if doses.first().is_some_and(Dose::begins_with_share) {
                let message = format!("the first set of `{}` has a share of the load of the set before", item.exercise);
                let path = FieldPath::root().key("doses").key(name.as_str());
                let help = "write a load such as `60 kg` for it, or put the set that is meant before it".to_owned();
                errors.push(PlacementError { help, ..PlacementError::at(path, message) });
            }
        }
    }
    errors
}

/// Puts doses in place of all that the session and progressions say of the lines that they name.
fn place_doses(parts: &mut [PlannedPart], doses: &BTreeMap<LineName, Doses>) {
    let meant = |item: &PlannedItem| named_doses(doses, item.id.as_ref(), &item.exercise);
    for part in parts.iter_mut().filter(|part| part.section.is_work()) {
        let mut blocks = Vec::new();
        for block in std::mem::take(&mut part.blocks) {
            match block {
                PlannedBlock::Item(item) => match meant(&item) {
                    Some(doses) => blocks.extend(placed_items(&item, doses, None).into_iter().map(PlannedBlock::Item)),
                    None => blocks.push(PlannedBlock::Item(item)),
                },
                PlannedBlock::Group { format, items } => {
                    let items = items.into_iter().flat_map(|item| match meant(&item) {
                        Some(doses) => placed_items(&item, doses, Some(format)),
                        None => vec![item],
                    });
                    blocks.push(PlannedBlock::Group { format, items: items.collect() });
                }
                block @ (PlannedBlock::Run(_) | PlannedBlock::Text(..)) => blocks.push(block),
            }
        }
        part.blocks = blocks;
    }
}

/// The items of a line with these doses; nothing for an item that only goes on with the line.
fn placed_items(item: &PlannedItem, doses: &Doses, format: Option<GroupFormat>) -> Vec<PlannedItem> {
    if item.goes_on {
        return Vec::new();
    }
    let doses = doses.clone().in_turns(format).over(&item.dose).into_iter().enumerate();
    let planned = |(index, dose)| PlannedItem { dose, goes_on: index > 0, instruction: None, ..item.clone() };
    doses.map(planned).collect()
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

fn is(step: &RunStep, intensity: Intensity) -> bool {
    matches!(step, RunStep::Stretch(stretch) if stretch.intensity == intensity)
}

/// Other steps in place of those of a part. What gets ready or comes down among them stays as far as it is
/// kept, and so do texts and exercises.
fn replace_run(part: &mut PlannedPart, steps: &[RunStep], keeps_first: bool, keeps_last: bool) {
    let old: Vec<&RunStep> = part.blocks.iter().filter_map(PlannedBlock::run).flatten().collect();
    let before = old.iter().take_while(|step| is(step, Intensity::WarmUp)).count();
    let after = old[before..].iter().rev().take_while(|step| is(step, Intensity::CoolDown)).count();
    let kept = |steps: &[&RunStep]| steps.iter().map(|step| (*step).clone()).collect::<Vec<_>>();
    let first = if keeps_first { kept(&old[..before]) } else { Vec::new() };
    let last = if keeps_last { kept(&old[old.len() - after..]) } else { Vec::new() };
    let new = first.into_iter().chain(steps.iter().cloned()).chain(last).collect();
    let at = part.blocks.iter().position(|block| block.run().is_some()).unwrap_or(0);
    part.blocks.retain(|block| block.run().is_none());
    part.blocks.insert(at, PlannedBlock::Run(new));
}

/// The steps of the main part, or with a name those of the accessory part too.
fn runs(parts: &mut [PlannedPart], named: bool) -> impl Iterator<Item = &mut RunStep> {
    let meant = move |part: &&mut PlannedPart| part.section == Section::Main || named && part.section.is_work();
    parts.iter_mut().filter(meant).flat_map(|part| &mut part.blocks).flat_map(|block| match block {
        PlannedBlock::Run(steps) => steps.iter_mut(),
        PlannedBlock::Item(_) | PlannedBlock::Group { .. } | PlannedBlock::Text(..) => [].iter_mut(),
    })
}

/// The step of this name among these steps and those inside of them.
fn named<'p>(steps: impl Iterator<Item = &'p mut RunStep>, id: &Id<RunStep>) -> Option<&'p mut RunStep> {
    for step in steps {
        if step.id() == Some(id) {
            return Some(step);
        }
        if let Some(found) = named(step.inner_mut().iter_mut(), id) {
            return Some(found);
        }
    }
    None
}

/// A length, or a number of repeats, with which the faster steps within a run are longer than all of it.
fn longer_within(parts: &mut [PlannedPart], work: &PlacedWork<'_>) -> Option<PlacementError> {
    let (key, help) = match (work.length, work.repeats) {
        (Some(_), _) => ("length", "give a longer `length`, or `run` with the steps of this day"),
        (None, Some(_)) => ("repeats", "give fewer `repeats`, or `run` with the steps of this day"),
        (None, None) => return None,
    };
    let is_too_long = |step: &RunStep| matches!(step, RunStep::Stretch(stretch) if !stretch.has_room_within());
    let is_found = runs(parts, true).any(|step| step.all().into_iter().any(is_too_long));
    let message =
        format!("with this `{key}` the steps under `within` are longer than all of the step of which they are a part");
    is_found.then(|| PlacementError::new(key, message, help))
}

fn no_step(id: &Id<RunStep>) -> PlacementError {
    let message = format!("the session has no step `{id}` in its main or accessory part");
    PlacementError::new("step", message, "name a step of the session by its `id`")
}

fn place_length(parts: &mut Vec<PlannedPart>, work: &PlacedWork<'_>) -> Result<(), PlacementError> {
    let key = if work.length.is_some() { "length" } else { "target" };
    if let Some(id) = work.step {
        return match named(runs(parts, true), id).ok_or_else(|| no_step(id))? {
            RunStep::Stretch(stretch) => {
                change(stretch, work);
                Ok(())
            }
            RunStep::Repeat(_) => {
                let message = format!("`{key}` does not fit: the step `{id}` is a repeat");
                Err(PlacementError::new(key, message, "give `repeats` for it, or name a step inside it"))
            }
        };
    }
    let has_steps = runs(parts, false).next().is_some();
    let once = runs(parts, false).filter_map(|step| match step {
        RunStep::Stretch(stretch) if is_work(stretch) => Some(stretch),
        RunStep::Stretch(_) | RunStep::Repeat(_) => None,
    });
    let mut once: Vec<&mut Stretch> = once.collect();
    match once.as_mut_slice() {
        [stretch] => {
            change(stretch, work);
            Ok(())
        }
        [_, _, ..] => {
            let message = format!("`{key}` may be that of any of the {} steps that are done once", once.len());
            Err(PlacementError::new(key, message, "give the step an `id` in the session, and name it here with `step`"))
        }
        [] if has_steps => {
            let message = format!("`{key}` has no step to change: the session's main part has only repeats");
            let help = "give `repeats`, or name the step inside with `step`";
            let fitting = if work.length.is_some() { Fitting::Repeats } else { Fitting::Unknown };
            Err(PlacementError { fitting, ..PlacementError::new(key, message, help) })
        }
        [] => place_in_items(parts, work, key),
    }
}

/// Whether it is the work of a run, rather than what leads to it or away from it.
pub(super) fn is_work(stretch: &Stretch) -> bool {
    stretch.intensity.is_work()
}

fn change(stretch: &mut Stretch, work: &PlacedWork<'_>) {
    stretch.length = work.length.unwrap_or(stretch.length);
    if let Some(target) = work.target {
        (stretch.target, stretch.and) = (Some(*target), beside(target, stretch.and));
    }
}

/// A second target that is kept beside a new one: if it measured the same, it would contradict it.
pub(super) fn beside(target: &RunTarget, and: Option<Target>) -> Option<Target> {
    and.filter(|and| target.targets().all(|one| one.measures() != and.measures()))
}

/// The length of a session without steps: that of its one exercise in minutes or metres; if its main part has only texts, such as
/// "any sport that you like", it gets a step of this length.
fn place_in_items(
    parts: &mut Vec<PlannedPart>,
    work: &PlacedWork<'_>,
    key: &'static str,
) -> Result<(), PlacementError> {
    let main = main_part(parts);
    if main.blocks.iter().all(|block| matches!(block, PlannedBlock::Text(..))) {
        let (length, target) = (work.length.unwrap_or(StepLength::Open), work.target.cloned());
        let stretch = Stretch {
            id: None,
            length,
            target,
            and: None,
            intensity: Intensity::Active,
            sport: None,
            within: Vec::new(),
            note: None,
        };
        main.blocks.insert(0, PlannedBlock::Run(vec![RunStep::Stretch(stretch)]));
        return Ok(());
    }
    let changed = match work.length {
        Some(length) => main_items(main).map(|item| set_length(item, length)).filter(|changed| *changed).count(),
        None => 0,
    };
    if changed == 1 {
        return Ok(());
    }
    let message = match changed {
        0 => format!("`{key}` has no step to change in the session's main part"),
        _ => format!("`{key}` may be that of any of the {changed} exercises in minutes or metres"),
    };
    Err(PlacementError::new(key, message, "give the exercise its dose with `doses`"))
}

/// Whether an exercise is done once for some time or distance, which then gets this length.
fn set_length(item: &mut PlannedItem, length: StepLength) -> bool {
    let once = item.dose.sets.high() == 1;
    match (item.dose.work.amounts_mut().as_mut_slice(), length) {
        ([WorkAmountMut::Time(time)], StepLength::Time(new)) if once => **time = new,
        ([WorkAmountMut::Distance(distance)], StepLength::Distance(new)) if once => **distance = new,
        _ => return false,
    }
    true
}

fn main_items(part: &mut PlannedPart) -> impl Iterator<Item = &mut PlannedItem> {
    part.blocks.iter_mut().flat_map(|block| match block {
        PlannedBlock::Item(item) => std::slice::from_mut(item),
        PlannedBlock::Group { items, .. } => items.as_mut_slice(),
        PlannedBlock::Run(_) | PlannedBlock::Text(..) => &mut [],
    })
}

fn place_repeats(parts: &mut [PlannedPart], times: Count, step: Option<&Id<RunStep>>) -> Result<(), PlacementError> {
    let error = |message: String, help: &str| Err(PlacementError::new("repeats", message, help));
    if let Some(id) = step {
        return match named(runs(parts, true), id).ok_or_else(|| no_step(id))? {
            RunStep::Repeat(repeat) => {
                repeat.times = times.0;
                Ok(())
            }
            RunStep::Stretch(_) => {
                error(format!("`repeats` does not fit: the step `{id}` is a stretch"), "give its `length`")
            }
        };
    }
    let repeats = runs(parts, false).filter_map(|step| match step {
        RunStep::Repeat(repeat) => Some(repeat),
        RunStep::Stretch(_) => None,
    });
    let mut repeats: Vec<&mut Repeat> = repeats.collect();
    match repeats.as_mut_slice() {
        [repeat] => {
            repeat.times = times.0;
            Ok(())
        }
        [] => error(
            "`repeats` has no step to change: the session's main part has no `repeat`".to_owned(),
            "give a `length`, or `run` with the steps of this day",
        )
        .map_err(|wrong| PlacementError { fitting: Fitting::Each, ..wrong }),
        several => error(
            format!("`repeats` may be that of any of the session's {} repeats", several.len()),
            "give the repeat an `id` in the session, and name it here with `step`",
        ),
    }
}
