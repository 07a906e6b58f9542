//! How the steps of a run change from week to week of a phase.

use rust_decimal::Decimal;

use super::grown::{ProgressionError, WeekOfPhase};
use super::linear::{LinearStep, does_not_fit, steps_made};
use super::progress::{PhaseProgression, of_week};
use super::share::{of_count, of_length};
use crate::model::{Grows, Measure, Repeat, RunStep, Scheme, Step, StepLength, Stretch, WorkKind};

/// The steps of a run in a week of the phase: every progression that names one of them is followed.
pub(super) fn steps_in_week(
    steps: &[RunStep],
    progressions: &[PhaseProgression<'_>],
    at: WeekOfPhase,
    report: &mut impl FnMut(usize, ProgressionError),
) -> Vec<RunStep> {
    let grown = steps.iter().map(|step| {
        let step = match step.inner() {
            [] => step.clone(),
            inner => step.with_inner(steps_in_week(inner, progressions, at, report)),
        };
        let step = match named(&step, progressions) {
            None => step,
            Some(one) => step_in_week(&step, &one.rule.scheme, one.at(at)).unwrap_or_else(|problem| {
                report(one.index, problem);
                step
            }),
        };
        if let RunStep::Stretch(stretch) = &step
            && !stretch.has_room_within()
            && let Some(one) = step.all().into_iter().find_map(|step| named(step, progressions))
        {
            report(one.index, longer_within(stretch, &one.rule.scheme));
        }
        step
    });
    grown.collect()
}

fn longer_within(stretch: &Stretch, scheme: &Scheme) -> ProgressionError {
    ProgressionError {
        key: scheme.key(),
        message: format!(
            "the steps under `within` are longer than all of their step, which comes to `{}`",
            stretch.length
        ),
        help: "what is faster within a step is a part of it; make the step longer, or do less within it",
        involves_dose: false,
    }
}

/// The progression that is followed for a step: the last one that names it, so that a special one may follow a general one.
fn named<'p>(step: &RunStep, progressions: &[PhaseProgression<'p>]) -> Option<PhaseProgression<'p>> {
    let id = step.id()?;
    progressions.iter().rev().find(|one| matches!(&one.rule.of, Grows::Step(named) if named == id)).copied()
}

/// Whether a progression states the step for each single week.
pub(super) fn is_written_for_week(step: &RunStep, progressions: &[PhaseProgression<'_>]) -> bool {
    named(step, progressions).is_some_and(|one| one.rule.scheme.is_written_by_week())
}

fn step_in_week(step: &RunStep, scheme: &Scheme, at: WeekOfPhase) -> Result<RunStep, ProgressionError> {
    match (scheme, step) {
        (Scheme::Lengths(list), RunStep::Stretch(stretch)) => {
            let length = *of_week(list, "lengths", at)?;
            Ok(RunStep::Stretch(Stretch { length, ..stretch.clone() }))
        }
        (Scheme::Repeats(list), RunStep::Repeat(repeat)) => {
            let times = of_week(list, "repeats", at)?.0;
            Ok(RunStep::Repeat(Repeat { times, ..repeat.clone() }))
        }
        (Scheme::Linear { step: rule, .. }, RunStep::Repeat(repeat)) => repeats_grown(repeat, rule, at),
        (Scheme::Linear { step: rule, .. }, RunStep::Stretch(stretch)) => stretch_grown(stretch, rule, at),
        (scheme, RunStep::Stretch(_)) => Err(wrong_step(scheme, "is a stretch; give `lengths` for it")),
        (scheme, RunStep::Repeat(_)) => Err(wrong_step(scheme, "is a repeat; give `repeats` for it")),
    }
}

fn wrong_step(scheme: &Scheme, why: &str) -> ProgressionError {
    let message = format!("`{}` does not fit: the step {why}", scheme.key());
    let help = "`lengths` change how long a step is, `repeats` how often it is done";
    ProgressionError { key: scheme.key(), message, help, involves_dose: false }
}

fn repeats_grown(repeat: &Repeat, rule: &Step, at: WeekOfPhase) -> Result<RunStep, ProgressionError> {
    let Measure::Count(WorkKind::Reps, _) = rule.add else {
        return Err(does_not_fit(rule.add, &format!("repeat: {}", repeat.times)));
    };
    let (_, share) = steps_made(rule, at);
    let mut times = repeat.times;
    LinearStep::in_full(rule, at)?.count(&mut times)?;
    let times = share.map_or(times, |share| of_count(times, share));
    Ok(RunStep::Repeat(Repeat { times, ..repeat.clone() }))
}

fn stretch_grown(stretch: &Stretch, rule: &Step, at: WeekOfPhase) -> Result<RunStep, ProgressionError> {
    let rise = LinearStep::in_full(rule, at)?;
    let mut length = stretch.length;
    match (&mut length, rule.add) {
        (StepLength::Time(time), Measure::Time(_, unit)) if time.unit == unit => rise.measured(time, Decimal::ONE)?,
        (StepLength::Distance(distance), Measure::Distance(_, unit)) if distance.unit == unit => {
            rise.measured(distance, Decimal::ONE)?;
        }
        _ => return Err(does_not_fit(rule.add, &format!("duration: {}", stretch.length))),
    }
    let (_, share) = steps_made(rule, at);
    let length = share.map_or(length, |share| of_length(length, share));
    Ok(RunStep::Stretch(Stretch { length, ..stretch.clone() }))
}
