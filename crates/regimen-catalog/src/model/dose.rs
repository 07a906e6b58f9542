//! How much of an exercise: sets of reps, holds, minutes or metres.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::quantity::{Count, Distance, Duration, Extent, Load, Reps, Rpe, Tempo};
use crate::vocabulary::SetType;

/// The work of one set. It is exactly one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// Repetitions.
    Reps(Reps),
    /// A position held still.
    Hold(Duration),
    /// Movement for a length of time.
    Time(Duration),
    /// Movement over a distance.
    Distance(Distance),
}

/// How much of an exercise: `{sets: 3, reps: 8-12, rpe: 7, rest: 90 s}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "DoseAsWritten")]
pub struct Dose {
    /// How many sets.
    pub sets: Extent<u32>,
    /// The work of each set.
    pub work: Work,
    /// Whether the work is done once on each side.
    pub per_side: bool,
    /// How long each part of a repetition takes.
    pub tempo: Option<Tempo>,
    /// What is lifted.
    pub load: Option<Load>,
    /// How hard it should feel.
    pub rpe: Option<Rpe>,
    /// Repetitions in reserve, 0 to 5.
    pub rir: Option<u8>,
    /// Rest between sets.
    pub rest: Option<Duration>,
    /// How each set is done.
    pub set_type: SetType,
    /// How often on a day; 1 unless stated.
    pub times_per_day: u32,
}

/// Why a dose makes no sense as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadDose(String);

impl fmt::Display for BadDose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The keys of a dose as authors write them.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct DoseAsWritten {
    sets: Option<Count>,
    reps: Option<Reps>,
    hold: Option<Duration>,
    time: Option<Duration>,
    distance: Option<Distance>,
    #[serde(default)]
    per_side: bool,
    tempo: Option<Tempo>,
    load: Option<Load>,
    rpe: Option<Rpe>,
    rir: Option<u8>,
    rest: Option<Duration>,
    set_type: Option<SetType>,
    times_per_day: Option<u32>,
}

impl TryFrom<DoseAsWritten> for Dose {
    type Error = BadDose;

    fn try_from(written: DoseAsWritten) -> Result<Self, BadDose> {
        let mut works: Vec<Work> = Vec::new();
        works.extend(written.reps.map(Work::Reps));
        works.extend(written.hold.map(Work::Hold));
        works.extend(written.time.map(Work::Time));
        works.extend(written.distance.map(Work::Distance));
        let count = works.len();
        let Some(work) = works.pop().filter(|_| count == 1) else {
            return Err(BadDose(format!(
                "a dose has exactly one of `reps`, `hold`, `time` and `distance`; this one has {count}"
            )));
        };
        if written.rir.is_some_and(|rir| rir > 5) {
            return Err(BadDose("`rir` is 0 to 5 repetitions in reserve".into()));
        }
        if written.times_per_day.is_some_and(|times| !(1..=24).contains(&times)) {
            return Err(BadDose("`times_per_day` is 1 to 24".into()));
        }
        if written.rpe.is_some() && written.rir.is_some() {
            return Err(BadDose("a dose states effort once: take either `rpe` or `rir`".into()));
        }
        Ok(Self {
            sets: written.sets.map_or(Extent::one(1), |sets| sets.0),
            work,
            per_side: written.per_side,
            tempo: written.tempo,
            load: written.load,
            rpe: written.rpe,
            rir: written.rir,
            rest: written.rest,
            set_type: written.set_type.unwrap_or(SetType::Normal),
            times_per_day: written.times_per_day.unwrap_or(1),
        })
    }
}
