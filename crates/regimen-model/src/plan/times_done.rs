//! How often what a progression changes has been done in its phase, for steps that are made each time.

use std::collections::BTreeMap;

use super::outline::{Outline, Outlined};
use super::{PlannedBlock, PlannedPart};
use crate::model::{Step, StepEvery};

/// The times of each progression, by the positions of its phase and in it. To be counted in the order of days.
#[derive(Clone, Default)]
pub(super) struct TimesDone {
    times: BTreeMap<(usize, usize), u32>,
}

impl TimesDone {
    /// The times so far.
    pub(super) fn of(&self, phase: usize, index: usize) -> u32 {
        self.times.get(&(phase, index)).copied().unwrap_or_default()
    }

    /// How many steps had been made when it was done last.
    pub(super) fn steps(&self, phase: usize, index: usize, step: &Step) -> u32 {
        step.made_in(0, self.of(phase, index).saturating_sub(1))
    }

    /// Counts a session for each progression that goes by sessions and changes something in it; lighter weeks add nothing.
    pub(super) fn count(&mut self, outline: &Outline<'_>, outlined: &Outlined<'_>, parts: &[PlannedPart]) {
        let name = outlined.name();
        for (index, rule) in outline.phase.progression.iter().enumerate() {
            let Some(step) = rule.scheme.linear().map(|(_, step)| step).filter(|step| is_by_sessions(step)) else {
                continue;
            };
            let work = || PlannedPart::work(parts);
            let is_done = || work().flat_map(PlannedBlock::growing).any(|names| names.contains(&rule.of));
            if !step.is_lighter(outline.week) && rule.is_for(&outlined.session.id, &name) && is_done() {
                *self.times.entry((outline.phase_index, index)).or_default() += 1;
            }
        }
    }
}

/// Whether a step is made each time, rather than each week.
pub(super) fn is_by_sessions(step: &Step) -> bool {
    matches!(step.every, Some(StepEvery::Sessions(_)))
}
