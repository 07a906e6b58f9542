//! The formats of groups: how exercises that are done in turns alternate.

use super::dose::Dose;
use super::work::Work;
use crate::quantity::{Duration, Extent};

/// Why a dose cannot be done in a block, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// What is wrong.
    pub message: String,
    /// How to write it.
    pub help: &'static str,
}

/// How the exercises of a group alternate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupFormat {
    /// One after the other without a rest between, for some rounds.
    Superset {
        /// How many times through.
        rounds: Extent<u32>,
        /// Rest after each round.
        rest: Option<Duration>,
    },
    /// A longer series, for some rounds.
    Circuit {
        /// How many times through.
        rounds: Extent<u32>,
        /// Rest after each round.
        rest: Option<Duration>,
    },
    /// The next exercise at each start of an interval ("every minute on the minute"); what is left of it is rest.
    Emom {
        /// How long an interval is.
        every: Duration,
        /// How many times through all exercises.
        rounds: Extent<u32>,
    },
    /// As many rounds as possible.
    Amrap {
        /// In this time.
        time: Duration,
    },
    /// Work and rest by the clock, the next exercise each time (Tabata 1996: 20 s and 10 s, eight times).
    Tabata {
        /// How many times through all exercises.
        rounds: Extent<u32>,
        /// How long the work lasts.
        work: Duration,
        /// How long the rest lasts.
        rest: Duration,
    },
}

impl GroupFormat {
    /// The key that holds the exercises in the file.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Superset { .. } => "superset",
            Self::Circuit { .. } => "circuit",
            Self::Emom { .. } => "emom",
            Self::Amrap { .. } => "amrap",
            Self::Tabata { .. } => "tabata",
        }
    }

    /// Whether the clock says when the next exercise starts or when all is over.
    pub fn is_by_the_clock(&self) -> bool {
        matches!(self, Self::Emom { .. } | Self::Amrap { .. } | Self::Tabata { .. })
    }

    /// Whether the block itself decides about rest: it states one, has none between its exercises, or goes by the clock.
    /// The rest of an exercise's defaults is between straight sets, and would contradict it.
    pub fn settles_rest(&self) -> bool {
        !matches!(self, Self::Circuit { rest: None, .. })
    }

    /// Why doses cannot be done in this block as they are written: a list that has an amount for each of some other number of rounds,
    /// or amounts in a block whose clock says how long the work lasts.
    pub fn misfit<'d>(&self, doses: impl IntoIterator<Item = &'d Dose>) -> Option<Misfit> {
        let mut doses = doses.into_iter();
        if let Self::Tabata { .. } = self {
            let dose = doses.find(|dose| !matches!(dose.work, Work::Time(_)))?;
            let (key, amounts) = (dose.work.kind().key(), dose.work.amounts());
            let message =
                format!("the exercise is in a `tabata`, whose clock says how long it is done, not `{key}: {amounts}`");
            return Some(Misfit { message, help: "leave the dose out here, or do the exercise in another block" });
        }
        let rounds = self.rounds().filter(|rounds| *rounds != Extent::one(1))?;
        let sets = doses.filter_map(Dose::sets_that_differ).find(|sets| rounds != Extent::one(*sets))?;
        let message = format!("the dose lists {sets} sets, and the block has {rounds} rounds");
        Some(Misfit { message, help: "in turns, a list has one amount for each round" })
    }

    /// How many times through, if that is planned.
    pub fn rounds(&self) -> Option<Extent<u32>> {
        match self {
            Self::Superset { rounds, .. }
            | Self::Circuit { rounds, .. }
            | Self::Emom { rounds, .. }
            | Self::Tabata { rounds, .. } => Some(*rounds),
            Self::Amrap { .. } => None,
        }
    }

    /// The same format with its rounds changed.
    #[must_use]
    pub fn with_rounds(mut self, change: impl Fn(Extent<u32>) -> Extent<u32>) -> Self {
        match &mut self {
            Self::Superset { rounds, .. }
            | Self::Circuit { rounds, .. }
            | Self::Emom { rounds, .. }
            | Self::Tabata { rounds, .. } => *rounds = change(*rounds),
            Self::Amrap { .. } => {}
        }
        self
    }
}
