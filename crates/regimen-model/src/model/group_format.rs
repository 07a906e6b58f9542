//! The formats of groups: how exercises that are done in turns alternate.

use crate::quantity::{Duration, Extent};

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
