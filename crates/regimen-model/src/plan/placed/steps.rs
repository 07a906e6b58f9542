//! Lengths, targets, repeats and steps that a placement states for its day.

use super::{Fitting, PlacementError, main_part};
use crate::model::{PlacedWork, Repeat, RunPart, RunStep, RunTarget, StepLength, Stretch, Target, WorkAmountMut};
use crate::plan::{PlannedBlock, PlannedItem, PlannedPart};
use crate::quantity::Count;
use crate::reference::Id;
use crate::vocabulary::{Intensity, Section};

pub(super) fn is(step: &RunStep, intensity: Intensity) -> bool {
    matches!(step, RunStep::Stretch(stretch) if stretch.intensity == intensity)
}

/// Whether a cell places a step, or what is repeated in it, in another sport than that of its session.
pub(super) fn is_other_sport(step: &RunStep) -> bool {
    let all = step.all();
    all.iter().any(|step| matches!(step, RunStep::Stretch(stretch) if stretch.part == Some(RunPart::OtherSport)))
}

/// Other steps in place of those of a part. What gets ready or comes down among them stays as far as it is
/// kept, and so do texts and exercises.
pub(super) fn replace_run(part: &mut PlannedPart, steps: &[RunStep], keeps_first: bool, keeps_last: bool) {
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
pub(super) fn longer_within(parts: &mut [PlannedPart], work: &PlacedWork<'_>) -> Option<PlacementError> {
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

pub(super) fn place_length(parts: &mut Vec<PlannedPart>, work: &PlacedWork<'_>) -> Result<(), PlacementError> {
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
    let mut steps: Vec<&mut RunStep> = runs(parts, false).collect();
    // An easy run for recovery is all that there is to do.
    if let [RunStep::Stretch(stretch)] = steps.as_mut_slice() {
        change(stretch, work);
        return Ok(());
    }
    let has_steps = !steps.is_empty();
    let has_repeats = steps.iter().any(|step| matches!(step, RunStep::Repeat(_)));
    let others = steps.len();
    let once = steps.into_iter().filter_map(|step| match step {
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
        [] if others > 1 && !has_repeats => {
            let message = format!("`{key}` may be that of any of the {others} steps");
            Err(PlacementError::new(key, message, "give the step an `id` in the session, and name it here with `step`"))
        }
        [] if has_steps => {
            let message = format!(
                "`{key}` has no step to change: the session's main part has only repeats, and what comes between them"
            );
            let help = "give `repeats`, or name the step inside with `step`";
            let fitting = if work.length.is_some() { Fitting::Repeats } else { Fitting::Unknown };
            Err(PlacementError { fitting, ..PlacementError::new(key, message, help) })
        }
        [] => place_in_items(parts, work, key),
    }
}

/// Whether it is the work of a run, rather than what leads to it or away from it.
pub(in crate::plan) fn is_work(stretch: &Stretch) -> bool {
    stretch.intensity.is_work()
}

fn change(stretch: &mut Stretch, work: &PlacedWork<'_>) {
    stretch.length = work.length.unwrap_or(stretch.length);
    if let Some(target) = work.target {
        (stretch.target, stretch.and) = (Some(*target), beside(target, stretch.and));
    }
}

/// A second target that is kept beside a new one: if it measured the same, it would contradict it.
pub(in crate::plan) fn beside(target: &RunTarget, and: Option<Target>) -> Option<Target> {
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
            part: None,
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

pub(super) fn place_repeats(
    parts: &mut [PlannedPart],
    times: Count,
    step: Option<&Id<RunStep>>,
) -> Result<(), PlacementError> {
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
