//! How the work changes from week to week of a phase.

use super::Instruction;
use super::grown::{ProgressionError, WeekDoses, WeekOfPhase, written};
use super::linear::grown;
use super::results::{self, Added};
use crate::model::{ByResult, Dose, Doses, Double, PercentTable, Progression, Scheme, Stated, Success, Work};
use crate::quantity::{Extent, Load, Measured, PerSet, Reps};

/// A progression of a phase, with its position there.
#[derive(Debug, Clone, Copy)]
pub(super) struct PhaseProgression<'a> {
    pub(super) index: usize,
    pub(super) rule: &'a Progression,
    /// How often what it changes has been done in the phase so far.
    pub(super) done: u32,
}

impl PhaseProgression<'_> {
    /// A week of the phase for this progression.
    pub(super) fn at(&self, week: WeekOfPhase) -> WeekOfPhase {
        WeekOfPhase { done: self.done, ..week }
    }
}

/// The work of an exercise in a week of the phase.
pub(crate) fn dose_in_week(
    progression: &Progression,
    doses: &Doses,
    at: WeekOfPhase,
) -> Result<WeekDoses, ProgressionError> {
    match &progression.scheme {
        Scheme::Constant(doses) => Ok(doses.clone().into()),
        Scheme::Explicit(weeks) => of_week(weeks, "explicit", at).map(|doses| doses.clone().into()),
        Scheme::Linear { from, step } => started(from.as_ref(), doses, |doses| grown(doses, step, at)),
        Scheme::Double { from, rule } => started(from.as_ref(), doses, |doses| doubled(doses, rule)),
        Scheme::ByResult { from, rule } => started(from.as_ref(), doses, |doses| results::by_result(doses, rule)),
        Scheme::Stages(rule) => results::in_stages(doses, rule),
        Scheme::PercentTable(table) => shares(table, doses, at),
        Scheme::Lengths(_) | Scheme::Repeats(_) => Ok(doses.clone().into()),
    }
}

/// The work that grows from the dose that a progression states itself, else from the session's.
fn started(
    from: Option<&Doses>,
    doses: &Doses,
    grow: impl FnOnce(&Doses) -> Result<WeekDoses, ProgressionError>,
) -> Result<WeekDoses, ProgressionError> {
    match from {
        Some(from) => grow(from).map_err(|problem| ProgressionError { involves_dose: false, ..problem }),
        None => grow(doses),
    }
}

/// The entry of this week in a list that has one for each week.
pub(super) fn of_week<'a, T>(list: &'a [T], key: &'static str, at: WeekOfPhase) -> Result<&'a T, ProgressionError> {
    match (list_fits(key, list.len(), at), list.get(at.week as usize)) {
        (None, Some(entry)) => Ok(entry),
        (problem, _) => Err(problem.unwrap_or_else(|| wrong_length(key, list.len(), at))),
    }
}

/// What is wrong with a list that should have one entry for each week of the phase, if its length is.
pub(super) fn list_fits(key: &'static str, count: usize, at: WeekOfPhase) -> Option<ProgressionError> {
    (count != at.weeks as usize).then(|| wrong_length(key, count, at))
}

fn wrong_length(key: &'static str, count: usize, at: WeekOfPhase) -> ProgressionError {
    let [entries, weeks] = [(count, "entry", "entries"), (at.weeks as usize, "week", "weeks")]
        .map(|(n, one, many)| format!("{n} {}", if n == 1 { one } else { many }));
    ProgressionError {
        key,
        message: format!("`{key}` has {entries}, and the phase has {weeks}"),
        help: "list one entry for each week of the phase",
        involves_dose: false,
    }
}

/// The range of repetitions to work through, and what to do at its end.
fn doubled(doses: &Doses, rule: &Double) -> Result<WeekDoses, ProgressionError> {
    let range = rule.range();
    let error = |message, help, involves_dose| Err(ProgressionError { key: "double", message, help, involves_dose });
    let dose = match doses.only() {
        Some(dose) if dose.work.amounts().sets().is_none() => dose,
        Some(dose) if is_within(&dose.work, range) => {
            // Each set has the number that it must reach, so that nothing is added to it on the way.
            let Double { add, cap, .. } = *rule;
            let all = ByResult { add, every: Success::Session, reach: None, cap, miss: None };
            return results::by_result(doses, &all).map_err(|problem| ProgressionError { key: "double", ..problem });
        }
        Some(_) | None => {
            let message =
                format!("`double` counts the same repetitions in all sets, and those of `{}` differ", written(doses));
            let help =
                "list repetitions within the range of `double`, or name one of the doses by its `id` with `item`";
            return error(message, help, true);
        }
    };
    if !matches!(dose.work, Work::Reps(PerSet::All(Reps::Count(_) | Reps::AtLeast(_)))) {
        let message = format!("`double` counts repetitions, and `{}` has none", written(doses));
        return error(message, "take `linear` for a hold, a time or a distance", true);
    }
    if range.is_one() {
        let message = format!("`reps: {range}` leaves no room to grow before load is added");
        return error(message, "write a range such as `8-12`", false);
    }
    results::load_fits("double", dose, &Added { add: rule.add, cap: rule.cap })?;
    let instruction = Instruction::AddLoad { reach: range.high(), add: rule.add, again_at: range.low(), cap: rule.cap };
    let dose = Dose { work: Work::Reps(Reps::Count(range).into()), ..dose.clone() };
    Ok(WeekDoses { doses: vec![dose], instruction: Some(instruction) })
}

/// Whether each set has a number of repetitions of its own that lies within a range.
fn is_within(work: &Work, range: Extent<u32>) -> bool {
    let Work::Reps(PerSet::Each(sets)) = work else { return false };
    let is_within = |reps: &Reps| match reps {
        Reps::Count(count) => range.low() <= count.low() && count.high() <= range.high(),
        Reps::AtLeast(least) => range.low() <= *least && *least <= range.high(),
        Reps::Amrap | Reps::UntilTired => false,
    };
    sets.iter().all(is_within)
}

/// The sets of this week's row of a table of shares.
fn shares(table: &PercentTable, doses: &Doses, at: WeekOfPhase) -> Result<WeekDoses, ProgressionError> {
    let empty = || ProgressionError {
        key: "percent_table",
        message: "a table of shares has at least one set in each of its weeks".into(),
        help: "list the sets of each week: `weeks: [[{reps: 5, at: 75 %}]]`",
        involves_dose: false,
    };
    let length = table.weeks.len() as u32;
    let row = match table.then {
        Some(_) if length > 0 => &table.weeks[(at.week % length) as usize],
        Some(_) => return Err(empty()),
        None => of_week(&table.weeks, "percent_table", at)?,
    };
    if row.is_empty() {
        return Err(empty());
    }
    let base = doses.first().cloned().unwrap_or_else(|| Dose::of(Work::Reps(Reps::Amrap.into())));
    let sets = row.iter().map(|set| {
        let share = Measured { amount: Extent::one(set.at.0), unit: table.of.unit() };
        Dose {
            sets: set.sets.map_or(Extent::one(1), |sets| sets.0),
            work: Work::Reps(set.reps.into()),
            load: Stated::Is(Load::Amount(share).into()),
            rpe: None,
            rir: None,
            rest: Stated::from(set.rest).or(&base.rest),
            ..base.clone()
        }
    });
    let from_this_week = at.week > 0 && at.week.is_multiple_of(length);
    let after_this_week = at.week + 1 == at.weeks && at.weeks.is_multiple_of(length);
    let by = table.then.filter(|_| from_this_week || after_this_week);
    let instruction = by.map(|by| Instruction::RaiseBest { of: table.of, by, from_this_week, after_this_week });
    Ok(WeekDoses { doses: sets.collect(), instruction })
}
