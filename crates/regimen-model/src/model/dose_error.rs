//! Doses that cannot be done in their block.

use super::dose::Dose;
use super::group_format::GroupFormat;
use super::work::Work;
use crate::quantity::Extent;

/// Why a dose cannot be done in a block, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoseError {
    /// What is wrong.
    pub message: String,
    /// How to write it.
    pub help: &'static str,
}

impl GroupFormat {
    /// Why doses cannot be done in this block as they are written: a list that has an amount for each of some other number of rounds,
    /// or amounts in a block whose clock says how long the work lasts.
    pub fn dose_error<'d>(&self, doses: impl IntoIterator<Item = &'d Dose>) -> Option<DoseError> {
        let mut doses = doses.into_iter();
        if let Self::Tabata { .. } = self {
            let dose = doses.find(|dose| !matches!(dose.work, Work::Time(_)))?;
            let (key, amounts) = (dose.work.kind().key(), dose.work.amounts());
            let message =
                format!("the exercise is in a `tabata`, whose clock says how long it is done, not `{key}: {amounts}`");
            return Some(DoseError { message, help: "leave the dose out here, or do the exercise in another block" });
        }
        let rounds = self.rounds().filter(|rounds| *rounds != Extent::one(1))?;
        let sets = doses.filter_map(Dose::sets_that_differ).find(|sets| rounds != Extent::one(*sets))?;
        let message = format!("the dose lists {sets} sets, and the block has {rounds} rounds");
        Some(DoseError { message, help: "in turns, a list has one amount for each round" })
    }
}
