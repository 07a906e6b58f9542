//! The units of a person. What is converted is converted here, once.

use rust_decimal::Decimal;

use super::parts_mut;
use super::weights::{Distorted, in_steps, in_unit};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::model::{Entry, Exercise, PersonalFacts, RunStep, Stated, StepLength, Target, WorkAmountMut};
use crate::plan::share::load_grain;
use crate::plan::{Instruction, Plan, PlannedBlock, PlannedItem};
use crate::quantity::{Distance, LengthUnit, Load, LoadStep, LoadUnit, Measured, Pace, PaceUnit};
use crate::vocabulary::SessionKind;

/// Converts weights and distances. A weight has beside it what the author wrote; a distance of the track or of a race stays as it is.
/// Says of which weights the steps make something else.
pub(super) fn convert(catalog: &Catalog, plan: &mut Plan, own: &PersonalFacts) -> Vec<Diagnostic> {
    let mut distorted = Distorted::default();
    if let Some(unit) = own.weights() {
        let blocks = parts_mut(plan).flat_map(|parts| parts.iter_mut()).flat_map(|part| &mut part.blocks);
        for item in blocks.flat_map(PlannedBlock::items_mut) {
            if let Some(exercise) = catalog.exercises.get(&item.exercise) {
                in_weights(catalog, exercise, item, unit, &mut distorted);
            }
        }
    }
    if let Some(unit) = own.distances() {
        for session in plan.weeks.iter_mut().flat_map(|week| &mut week.sessions) {
            if session.kind == SessionKind::Race {
                continue;
            }
            let parts = super::parts_of(session).flat_map(|parts| parts.iter_mut());
            parts.flat_map(|part| &mut part.blocks).for_each(|block| in_distances(block, unit));
        }
    }
    distorted.findings(|exercise| {
        format!("state what they are to take with `doses.{exercise}.load`, or smaller `increments` of the equipment in their unit")
    })
}

fn in_weights(
    catalog: &Catalog,
    exercise: &Entry<Exercise>,
    item: &mut PlannedItem,
    unit: LoadUnit,
    distorted: &mut Distorted,
) {
    let grain = load_grain(catalog, exercise, unit);
    let convert = |weight: Decimal, from| in_steps(in_unit(weight, from, unit), grain);
    if let Stated::Is(loads) = &mut item.dose.load {
        for load in loads.as_mut_slice() {
            let Load::Amount(written) = *load else { continue };
            if written.unit.is_weight() && written.unit != unit {
                let amount = written.amount.map(|end| {
                    let stepped = convert(end, written.unit);
                    distorted.note(&exercise.id, (in_unit(end, written.unit, unit), stepped), &load.to_string(), unit);
                    stepped
                });
                *load = Load::Reckoned { amount: Measured { amount, unit }, written };
            }
        }
    }
    let step = |step: &mut LoadStep| {
        let converted = convert(step.amount(), step.unit());
        *step = LoadStep::new(converted, unit).unwrap_or(*step);
    };
    let steps = |steps: [Option<&mut LoadStep>; 2]| {
        steps.into_iter().flatten().filter(|step| step.unit() != unit).for_each(step);
    };
    match &mut item.instruction {
        Some(Instruction::AddLoad { add, cap, .. }) => steps([Some(add), cap.as_mut()]),
        Some(Instruction::RaiseBest { by, .. }) => steps([Some(by), None]),
        Some(Instruction::ByResult(rule)) => steps([Some(&mut rule.add), rule.cap.as_mut()]),
        Some(Instruction::Stages { rule, .. }) => steps([Some(&mut rule.add), rule.again_add.as_mut()]),
        Some(Instruction::MoreThanAtStart { by, cap }) => {
            for measured in std::iter::once(by).chain(cap) {
                if measured.unit.is_weight() && measured.unit != unit {
                    let from = measured.unit;
                    *measured = Measured { amount: measured.amount.map(|end| convert(end, from)), unit };
                }
            }
        }
        Some(Instruction::ReachedLoad(_)) | None => {}
    }
}

fn in_distances(block: &mut PlannedBlock, unit: LengthUnit) {
    for item in block.items_mut() {
        for amount in item.dose.work.amounts_mut() {
            if let WorkAmountMut::Distance(distance) = amount {
                *distance = in_way(*distance, unit);
            }
        }
    }
    if let PlannedBlock::Run(steps) = block {
        steps.iter_mut().for_each(|step| in_step(step, unit));
    }
}

fn in_step(step: &mut RunStep, unit: LengthUnit) {
    match step {
        RunStep::Repeat(repeat) => repeat.steps.iter_mut().for_each(|step| in_step(step, unit)),
        RunStep::Stretch(stretch) => {
            if let StepLength::Distance(distance) = &mut stretch.length {
                *distance = in_way(*distance, unit);
            }
            if let Some(target) = &mut stretch.target {
                target.each_mut(|target| *target = in_pace(*target, unit));
            }
            if let Some(target) = &mut stretch.and {
                *target = in_pace(*target, unit);
            }
            stretch.within.iter_mut().for_each(|step| in_step(step, unit));
        }
    }
}

/// Kilometres as miles or the other way, to a tenth. Metres and yards are of the track or the pool.
fn in_way(distance: Distance, unit: LengthUnit) -> Distance {
    let Measured { amount, unit: from } = distance;
    if from == unit || !matches!(from, LengthUnit::Kilometre | LengthUnit::Mile) {
        return distance;
    }
    let tenth = Decimal::new(1, 1);
    let convert = |way: Decimal| in_steps(way.saturating_mul(from.metres()) / unit.metres(), tenth);
    Measured { amount: amount.map(convert), unit }
}

/// A pace by the kilometre as one by the mile, or the other way, to a second.
fn in_pace(target: Target, unit: LengthUnit) -> Target {
    let to = if unit == LengthUnit::Mile { PaceUnit::Mile } else { PaceUnit::Kilometre };
    match target {
        Target::Pace(pace) => Target::Pace(pace_in(pace, to)),
        Target::Reckoned { pace, written } => Target::Reckoned { pace: pace_in(pace, to), written },
        Target::Named(_) | Target::Zone(_) | Target::Rpe(_) | Target::Amount(_) => target,
    }
}

fn pace_in(pace: Pace, unit: PaceUnit) -> Pace {
    if pace.unit == unit || !matches!(pace.unit, PaceUnit::Kilometre | PaceUnit::Mile) {
        return pace;
    }
    let seconds = pace.seconds.map(|seconds| {
        let converted = Decimal::from(seconds).saturating_mul(unit.metres()) / pace.unit.metres();
        u32::try_from(converted.round()).unwrap_or(seconds)
    });
    Pace::between(seconds.low(), seconds.high(), unit).unwrap_or(pace)
}
