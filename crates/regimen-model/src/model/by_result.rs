//! Progressions that the reader's results decide: nothing of them is reckoned, the rule itself is printed.

use schemars::JsonSchema;
use serde::Deserialize;

use super::dose::Dose;
use crate::json_schema::excludes;
use crate::quantity::{Count, LoadStep, Percent};

/// Load that grows with each success:
/// `{add: 2.5 kg, every: session, cap: 100 kg, miss: {times: 3, to: 90 %}}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ByResult {
    /// The load that is added after a success.
    pub add: LoadStep,
    /// What must have gone well: a session, which is the usual, or a week.
    #[serde(default)]
    pub every: Success,
    /// The repetitions that the last set must reach for a success; all sets and repetitions of the dose unless stated.
    pub reach: Option<Count>,
    /// The most load that is reached.
    pub cap: Option<LoadStep>,
    /// What to do when it does not go well.
    pub miss: Option<Miss>,
}

/// What must have gone well before load is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Success {
    /// One session.
    #[default]
    Session,
    /// All sessions of a week.
    Week,
}

/// What to do after so many misses in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Miss {
    /// How many in a row; 1 unless stated.
    #[schemars(range(min = 1))]
    pub times: Option<u8>,
    /// With which share of the load to go on.
    pub to: Percent,
}

impl Miss {
    /// How many misses in a row it takes.
    pub fn in_a_row(&self) -> u32 {
        self.times.map_or(1, |times| u32::from(times).max(1))
    }
}

/// Doses to go through, one after each miss:
/// `{of: [{sets: 5, reps: 3}, {sets: 6, reps: 2}, {sets: 10, reps: 1}], add: 5 kg, again_at: 85 %}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = excludes("again_at", "again_add"))]
pub struct Stages {
    /// The doses in order; after a miss the next one is done, with the same load.
    #[schemars(length(min = 2))]
    pub of: Vec<Dose>,
    /// The load that is added after each session without a miss.
    pub add: LoadStep,
    /// After a miss in the last stage the first starts again with this share of the load.
    pub again_at: Option<Percent>,
    /// After a miss in the last stage the first starts again with so much more than it was last done with.
    pub again_add: Option<LoadStep>,
}
