//! What a progression makes of a dose in a week of its phase: the work of that week, or why it does not fit.

use super::Instruction;
use crate::model::{Dose, Doses};

/// A week of a phase.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WeekOfPhase {
    /// 0 for the first.
    pub(crate) week: u32,
    /// How many weeks the phase has.
    pub(crate) weeks: u32,
    /// How often what a progression changes has been done before in the phase, weeks that it makes lighter aside.
    pub(crate) done: u32,
}

/// Why a progression does not fit what it changes.
pub(crate) struct ProgressionError {
    /// The key of the progression that is meant.
    pub(super) key: &'static str,
    pub(super) message: String,
    pub(super) help: &'static str,
    /// Whether the dose that is changed is a part of the problem.
    pub(super) involves_dose: bool,
}

/// The work of one exercise in one week: one dose, or several in a row.
pub(crate) struct WeekDoses {
    pub(crate) doses: Vec<Dose>,
    pub(super) instruction: Option<Instruction>,
}

impl From<Doses> for WeekDoses {
    fn from(doses: Doses) -> Self {
        Self { doses: doses.into_iter().collect(), instruction: None }
    }
}

/// What a step could change in doses, as it is written in the file.
pub(super) fn written(doses: &Doses) -> String {
    let one = |dose: &Dose| {
        let work = format!("{}: {}", dose.work.kind().key(), dose.work.amounts());
        let held = dose.held.map(|held| format!("hold: {held}"));
        let load = dose.load.get().map(|load| format!("load: {load}"));
        let rpe = dose.rpe.map(|rpe| format!("rpe: {rpe}"));
        let parts = [Some(format!("sets: {}", dose.sets)), Some(work), held, load, rpe];
        format!("{{{}}}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    };
    let all: Vec<String> = doses.iter().map(one).collect();
    if let [dose] = all.as_slice() { dose.clone() } else { format!("[{}]", all.join(", ")) }
}
