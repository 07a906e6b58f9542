//! Loads that `linear` steps have reached: later phases go on from them.

use std::collections::BTreeMap;

use super::grown::{ProgressionError, WeekDoses, WeekOfPhase};
use super::linear::{in_full, later};
use super::progress::{PhaseProgression, dose_in_week};
use super::times_done::{TimesDone, is_by_sessions};
use crate::model::{Dose, Doses, Item, Measure, Scheme, Step};

/// What the loads of lines have grown to, by where the lines are written.
#[derive(Clone, Default)]
pub(super) struct Carried {
    lines: BTreeMap<usize, Reached>,
}

/// What the doses of a line have grown to.
#[derive(Clone)]
struct Reached {
    /// The phase that changed them last, by its position.
    phase: usize,
    /// The doses in the last week of it so far, in full even if that week is lighter.
    doses: Vec<Dose>,
    /// The doses with which the phases before it ended.
    before: Option<Vec<Dose>>,
    /// Where the step is made each time, when the line was done last.
    turn: Option<Turn>,
}

/// A time at which a step by sessions has been made.
#[derive(Clone)]
struct Turn {
    /// The position of the progression in its phase.
    index: usize,
    step: Step,
    /// How often the step had been made by then.
    made: u32,
}

/// A line of a session in a week of a phase.
pub(super) struct Line<'a> {
    pub(super) item: &'a Item,
    /// What the session says, or the exercise.
    pub(super) written: &'a Doses,
    /// The position of the phase.
    pub(super) phase: usize,
    pub(super) at: WeekOfPhase,
    /// Whether it has another dose where the session is placed, so that nobody lifts what it has grown to.
    pub(super) is_hidden: bool,
}

impl Carried {
    /// The work of a line: as it is written, or with the load that earlier phases have reached, and then as the progression says.
    /// To be asked in the order of weeks.
    ///
    /// # Errors
    /// If the progression does not fit what is written.
    pub(super) fn in_week(
        &mut self,
        line: &Line<'_>,
        followed: Option<PhaseProgression<'_>>,
        times: &TimesDone,
    ) -> Result<WeekDoses, ProgressionError> {
        let reached = self.reached(line, times);
        let Some(PhaseProgression { index, rule, .. }) = followed else {
            return Ok(reached.unwrap_or_else(|| line.written.clone()).into());
        };
        let load_step = load_step(&rule.scheme);
        let start = match (reached, load_step) {
            // The first week of the phase is one step further than the last week before it.
            (Some(reached), Some((None, step))) => {
                later(&reached, step, 1).ok().and_then(|doses| reached.with_loads_of(&doses))
            }
            (reached, _) => reached,
        };
        // A rule that does not fit what has been reached, such as a cap below it, begins with what is written.
        let start = start.filter(|start| dose_in_week(rule, start, line.at).is_ok());
        let start = start.as_ref().unwrap_or(line.written);
        let doses = dose_in_week(rule, start, line.at)?;
        if !line.is_hidden
            && let Some((from, step)) = load_step
            && let Ok(full) = in_full(from.unwrap_or(start), step, line.at)
        {
            let turn = is_by_sessions(step).then(|| {
                let made = step.made_in(line.at.week, line.at.done);
                Turn { index, step: step.clone(), made }
            });
            self.note(line, Reached { phase: line.phase, doses: full, before: None, turn }, times);
        }
        Ok(doses)
    }

    /// The written doses with the loads that phases before this one have reached, if they have changed any.
    fn reached(&self, line: &Line<'_>, times: &TimesDone) -> Option<Doses> {
        let reached = self.lines.get(&line.place())?;
        if reached.phase < line.phase {
            return reached.in_the_end(line.written, times);
        }
        line.written.with_loads_of(reached.before.as_ref()?)
    }

    fn note(&mut self, line: &Line<'_>, reached: Reached, times: &TimesDone) {
        let before = match self.lines.remove(&line.place()) {
            Some(earlier) if earlier.phase < line.phase => {
                Some(earlier.in_the_end(line.written, times).map_or(earlier.doses, |doses| doses.into_iter().collect()))
            }
            earlier => earlier.and_then(|same| same.before),
        };
        self.lines.insert(line.place(), Reached { before, ..reached });
    }
}

impl Reached {
    /// The written doses with the loads with which the phase ended: where the step is made each time, other lines may have been done
    /// after this one.
    fn in_the_end(&self, written: &Doses, times: &TimesDone) -> Option<Doses> {
        let doses = written.with_loads_of(&self.doses)?;
        let Some(Turn { index, step, made }) = &self.turn else { return Some(doses) };
        let missing = times.steps(self.phase, *index, step).saturating_sub(*made);
        let raised = later(&doses, step, missing).ok().and_then(|raised| written.with_loads_of(&raised));
        raised.or(Some(doses))
    }
}

impl Line<'_> {
    /// Where the item is written: the same line is one item in all weeks.
    fn place(&self) -> usize {
        std::ptr::from_ref(self.item).addr()
    }
}

/// The doses from which a progression starts, if it says so, and its step, if that is one of load.
fn load_step(scheme: &Scheme) -> Option<(Option<&Doses>, &Step)> {
    scheme.linear().filter(|(_, step)| matches!(step.add, Measure::Load(..)))
}
