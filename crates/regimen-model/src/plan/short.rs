//! Steps in short, as cells of grids have them. What they leave out is that of the session's own step.

use super::placed::{beside, is_work};
use super::{PlannedBlock, PlannedPart};
use crate::model::{Repeat, RunPart, RunStep, Stretch};
use crate::vocabulary::{Intensity, Section, Sport};

/// The steps of the main part of a session.
pub(super) fn main_run(parts: &[PlannedPart]) -> Vec<RunStep> {
    let main = parts.iter().filter(|part| part.section == Section::Main).flat_map(|part| &part.blocks);
    main.filter_map(PlannedBlock::run).flatten().cloned().collect()
}

/// A step with what it leaves out, which is that of the main part of a session: how fast or how hard it is, what to mind, and what
/// comes between repeats.
pub(super) fn in_full(step: &RunStep, own: &[RunStep]) -> RunStep {
    let only = match own {
        [RunStep::Stretch(stretch)] => Some(stretch),
        _ => None,
    };
    let once = own.iter().find_map(work).or(only);
    match step {
        RunStep::Stretch(stretch) if stretch.intensity == Intensity::Walk => step.clone(),
        RunStep::Stretch(stretch) => RunStep::Stretch(once.map_or_else(|| stretch.clone(), |own| like(stretch, own))),
        RunStep::Repeat(repeat) => RunStep::Repeat(match (own.iter().find_map(pattern), once) {
            (Some(own), _) => repeat_like(repeat, &own),
            (None, Some(own)) => repeat_like(repeat, &Pattern { fast: own, between: Vec::new() }),
            (None, None) => repeat.clone(),
        }),
    }
}

/// A step as it is done in another sport than that of its session, to which it neither leads nor away from.
pub(super) fn in_sport(step: &RunStep, sport: Sport) -> RunStep {
    let mut step = step.clone();
    if let RunStep::Stretch(stretch) = &mut step {
        stretch.sport = stretch.sport.or(Some(sport));
        if stretch.part == Some(RunPart::Easy) {
            stretch.intensity = Intensity::Active;
        }
        stretch.part = Some(RunPart::OtherSport);
    }
    step.inner_mut().iter_mut().for_each(|inner| *inner = in_sport(inner, sport));
    step
}

/// What a session does each time.
struct Pattern<'a> {
    fast: &'a Stretch,
    between: Vec<&'a Stretch>,
}

fn work(step: &RunStep) -> Option<&Stretch> {
    match step {
        RunStep::Stretch(stretch) => Some(stretch).filter(|stretch| is_work(stretch)),
        RunStep::Repeat(_) => None,
    }
}

fn between(step: &RunStep) -> Option<&Stretch> {
    match step {
        RunStep::Stretch(stretch) => Some(stretch).filter(|stretch| !is_work(stretch)),
        RunStep::Repeat(_) => None,
    }
}

/// What the innermost of the first repeats does: its first fast stretch, and what comes before the next one.
fn pattern(step: &RunStep) -> Option<Pattern<'_>> {
    let RunStep::Repeat(Repeat { steps, .. }) = step else { return None };
    let Some((at, fast)) = steps.iter().enumerate().find_map(|(at, step)| Some((at, work(step)?))) else {
        return steps.iter().find_map(pattern);
    };
    Some(Pattern { fast, between: steps[at + 1..].iter().map_while(between).collect() })
}

/// A stretch with what it leaves out.
fn like(stretch: &Stretch, own: &Stretch) -> Stretch {
    let (target, and) = match &stretch.target {
        Some(target) => (Some(*target), beside(target, own.and)),
        None => (own.target, own.and),
    };
    let intensity = if stretch.intensity == Intensity::Active { own.intensity } else { stretch.intensity };
    let sport = stretch.sport.or(own.sport);
    let note = stretch.note.clone().or_else(|| own.note.clone());
    let within = stretch.within.iter().map(|step| within_like(step, &own.within)).collect();
    Stretch { target, and, intensity, sport, note, within, ..stretch.clone() }
}

/// A faster step within another one, as fast as those that the session has there.
fn within_like(step: &RunStep, own: &[RunStep]) -> RunStep {
    let fast = own.iter().flat_map(RunStep::all).find_map(work);
    match (step, fast) {
        (RunStep::Stretch(stretch), Some(fast)) if is_work(stretch) => RunStep::Stretch(like(stretch, fast)),
        (RunStep::Repeat(_), Some(_)) => {
            step.with_inner(step.inner().iter().map(|step| within_like(step, own)).collect())
        }
        _ => step.clone(),
    }
}

fn repeat_like(repeat: &Repeat, own: &Pattern<'_>) -> Repeat {
    let mut steps = Vec::new();
    for step in &repeat.steps {
        steps.push(match step {
            RunStep::Stretch(stretch) if is_work(stretch) => RunStep::Stretch(like(stretch, own.fast)),
            RunStep::Stretch(stretch) => {
                // A pace of jogging is none of walking.
                let same = own.between.iter().find(|own| own.intensity == stretch.intensity);
                RunStep::Stretch(same.map_or_else(|| stretch.clone(), |own| like(stretch, own)))
            }
            RunStep::Repeat(inner) => RunStep::Repeat(repeat_like(inner, own)),
        });
    }
    let is_nested = repeat.steps.iter().any(|step| matches!(step, RunStep::Repeat(_)));
    if !is_nested && !repeat.steps.iter().any(|step| between(step).is_some()) {
        steps.extend(own.between.iter().map(|own| RunStep::Stretch((*own).clone())));
    }
    Repeat { steps, ..repeat.clone() }
}
