//! Rules that the reader's results decide: the dose to start with, and whether the rule fits it.

use rust_decimal::Decimal;

use super::grown::{ProgressionError, WeekDoses, written};
use super::{Instruction, PlannedBlock, PlannedItem, PlannedSession, PlannedWeek};
use crate::model::{ByResult, Dose, Doses, Exercise, PercentOf, Stages, Work};
use crate::quantity::{Load, LoadStep, LoadUnit, PerSet};
use crate::reference::Id;

/// The exercises of a session and of what may be done instead of it.
fn items_mut(session: &mut PlannedSession) -> impl Iterator<Item = &mut PlannedItem> {
    let parts = session.parts.iter_mut().chain(session.or.iter_mut().flat_map(|or| &mut or.parts));
    parts.flat_map(|part| &mut part.blocks).flat_map(|block| match block {
        PlannedBlock::Item(item) => std::slice::from_mut(item),
        PlannedBlock::Group { items, .. } => items,
        PlannedBlock::Run(_) | PlannedBlock::Text(..) => &mut [],
    })
}

/// A best that is raised from a week on.
pub(super) struct Raise {
    exercise: Id<Exercise>,
    of: PercentOf,
    by: LoadStep,
}

/// The bests that are raised with a session.
pub(super) fn raises(session: &PlannedSession) -> Vec<Raise> {
    let items = session.parts_and_choices().flat_map(|part| &part.blocks).flat_map(PlannedBlock::items);
    let raises = items.filter_map(|item| match item.instruction {
        Some(Instruction::RaiseBest { of, by, from_this_week: true, .. }) => {
            Some(Raise { exercise: item.exercise.clone(), of, by })
        }
        _ => None,
    });
    raises.collect()
}

/// Raises a best with the first of these sessions that lifts with it, because the one that should is left out.
pub(super) fn raise_later<'s>(sessions: impl Iterator<Item = &'s mut PlannedSession>, raise: Raise) {
    let Raise { exercise, of, by } = raise;
    let is_share = |load: &Load| matches!(load, Load::Amount(load) if load.unit == of.unit());
    let lifts = |item: &PlannedItem| item.dose.load.get().is_some_and(|load| load.iter().any(is_share));
    let mut items = sessions.flat_map(items_mut).filter(|item| item.exercise == exercise && lifts(item));
    let Some(item) = items.next() else { return };
    match &mut item.instruction {
        Some(Instruction::RaiseBest { from_this_week, .. }) => *from_this_week = true,
        none @ None => *none = Some(Instruction::RaiseBest { of, by, from_this_week: true, after_this_week: false }),
        // It goes by another rule from now on.
        Some(_) => {}
    }
}

/// Lets a week be the first that a reader does of a programme: nothing was lifted before it after which a best is raised.
pub(super) fn of_a_first_time(week: &mut PlannedWeek) {
    for instruction in week.sessions.iter_mut().flat_map(items_mut).map(|item| &mut item.instruction) {
        if let Some(Instruction::RaiseBest { from_this_week, after_this_week, .. }) = instruction {
            *from_this_week = false;
            if !*after_this_week {
                *instruction = None;
            }
        }
    }
}

/// The dose to start with, and what to do after success and misses.
pub(super) fn by_result(doses: &Doses, rule: &ByResult) -> Result<WeekDoses, ProgressionError> {
    for dose in doses {
        load_fits("by_result", dose, &Added { add: rule.add, cap: rule.cap })?;
    }
    let error = |message: String, help| Err(ProgressionError { key: "by_result", message, help, involves_dose: false });
    let has_reps = doses.iter().all(|dose| matches!(dose.work, Work::Reps(_)));
    if rule.reach.is_some() && !has_reps {
        let message = format!("`reach` counts repetitions, and `{}` has none", written(doses));
        return error(message, "leave out `reach`; a success is then all of the dose");
    }
    if let Some(miss) = rule.miss.filter(|miss| miss.to.0 > Decimal::ONE_HUNDRED) {
        let message = format!("after misses the load goes on with `{}`, which is more than before", miss.to);
        return error(message, "`to` is at most `100 %`");
    }
    let instruction = Some(Instruction::ByResult(rule.clone()));
    Ok(WeekDoses { instruction, ..WeekDoses::from(doses.clone()) })
}

/// The first stage, and how the stages follow each other.
pub(super) fn in_stages(doses: &Doses, rule: &Stages) -> Result<WeekDoses, ProgressionError> {
    let error = |message: String, help| Err(ProgressionError { key: "stages", message, help, involves_dose: false });
    let [first, _, ..] = rule.of.as_slice() else {
        return error("`stages` goes through at least two doses".into(), "list what to do after a miss as well");
    };
    if rule.again_at.is_some() && rule.again_add.is_some() {
        let message = "after the last stage the load is either a share of that before or more than before".into();
        return error(message, "write `again_at` or `again_add`, not both");
    }
    if let Some(more) = rule.again_add.filter(|more| more.unit() != rule.add.unit()) {
        let message = format!("`again_add: {more}` is not of the same kind as the step `{}`", rule.add);
        return error(message, "write both in one unit");
    }
    let added = Added { add: rule.add, cap: None };
    for stage in &rule.of {
        load_fits("stages", stage, &added)?;
    }
    // The stages start with the load of the session, unless the first has one of its own.
    let load = doses.first().map_or_else(|| first.load.clone(), |dose| first.load.or(&dose.load));
    let first = Dose { load, ..first.clone() };
    load_fits("stages", &first, &added)?;
    let instruction = Some(Instruction::Stages { rule: rule.clone(), is_start: true, share: None });
    Ok(WeekDoses { doses: vec![first], instruction })
}

/// The load that a rule by results adds.
pub(super) struct Added {
    pub(super) add: LoadStep,
    pub(super) cap: Option<LoadStep>,
}

/// The step and the cap of a rule are in the unit of the dose, and there is room below the cap.
pub(super) fn load_fits(key: &'static str, dose: &Dose, rule: &Added) -> Result<(), ProgressionError> {
    let loads = dose.load.get().into_iter().flat_map(PerSet::iter).filter_map(|load| match load {
        // A share of the set before follows it by itself.
        Load::Amount(load) => (load.unit != LoadUnit::PercentLast).then_some(load),
        Load::Band(_) | Load::Reckoned { .. } => None,
    });
    let load = loads.max_by_key(|load| (load.unit != rule.add.unit(), load.amount.high()));
    let error = |message: String, help| Err(ProgressionError { key, message, help, involves_dose: load.is_some() });
    if let Some(load) = load.filter(|load| load.unit != rule.add.unit()) {
        let message = format!("a step of `{}` does not fit `load: {load}`", rule.add);
        return error(message, "write the step in the unit of the load");
    }
    match rule.cap {
        Some(cap) if cap.unit() != rule.add.unit() => {
            let message = format!("the cap `{cap}` is not of the same kind as the step `{}`", rule.add);
            error(message, "write both in one unit")
        }
        Some(cap) if load.is_some_and(|load| load.amount.high() > cap.amount()) => {
            let start = load.map(ToString::to_string).unwrap_or_default();
            let message = format!("the cap `{cap}` is below `{start}`, where the load starts");
            error(message, "raise the `cap`, or start lower")
        }
        Some(_) | None => Ok(()),
    }
}
