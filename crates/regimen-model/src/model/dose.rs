//! How much of an exercise: sets of reps, holds, minutes or metres.

mod written;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) use self::written::KEYS;
use self::written::{BESIDE, DoseAsWritten, WAYS};
pub use self::written::{BadDose, OwnDose};
use super::group_format::GroupFormat;
use super::side::DoseSide;
use super::stated::Stated;
use super::work::{Manner, Work};
use crate::json_schema::alternatives;
use crate::quantity::{Duration, Extent, Interval, Load, LoadUnit, PainLimit, PerSet, Rir, Rpe, Tempo};
use crate::vocabulary::SetType;

/// How much of an exercise: `{sets: 3, reps: 8-12, rpe: 7, rest: 90 s}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "DoseAsWritten", into = "DoseAsWritten")]
#[schemars(with = "DoseAsWritten", transform = alternatives(WAYS, BESIDE))]
pub struct Dose {
    /// How many sets; as many as there are amounts, if each set has its own.
    pub sets: Extent<u32>,
    /// The work of each set.
    pub work: Work,
    /// How long each repetition is held, if it is.
    pub held: Option<Duration>,
    /// On which side the work is done; none where sides make no difference.
    pub side: Stated<DoseSide>,
    /// How long each part of a repetition takes.
    pub tempo: Stated<Tempo>,
    /// What is lifted or pulled, in all sets or in each.
    pub load: Stated<PerSet<Load>>,
    /// How hard it should feel.
    pub rpe: Option<Extent<Rpe>>,
    /// Repetitions in reserve, instead of an RPE.
    pub rir: Option<Extent<Rir>>,
    /// Rest between sets.
    pub rest: Stated<Duration>,
    /// How each set is done.
    pub set_type: SetType,
    /// How often on a day, as far as the dose says.
    pub times_per_day: Option<Extent<u32>>,
    /// How long from one time to the next, as far as the dose says.
    pub every: Option<Interval>,
    /// How much pain is fine, as far as the dose says.
    pub pain: Option<PainLimit>,
}

impl Dose {
    /// One set of this work, of which nothing else is known.
    pub fn of(work: Work) -> Self {
        Self {
            sets: Extent::one(1),
            work,
            held: None,
            side: Stated::Unknown,
            tempo: Stated::Unknown,
            load: Stated::Unknown,
            rpe: None,
            rir: None,
            rest: Stated::Unknown,
            set_type: SetType::Normal,
            times_per_day: None,
            every: None,
            pain: None,
        }
    }

    /// This dose, with side, tempo, rest, band, how often a day and the limit of pain from `base` where it does not say.
    ///
    /// A tempo is for repetitions, and a rest is between sets, so they go only where there are some. Kilograms and
    /// percent are not inherited: another number of repetitions is another weight.
    #[must_use]
    pub fn over(self, base: &Self) -> Self {
        let rests = self.sets.high() > 1;
        self.over_with(base, rests)
    }

    /// The same for one of several doses in a row, between which there is a rest even if each is of one set.
    #[must_use]
    pub(crate) fn over_in_a_row(self, base: &Self) -> Self {
        self.over_with(base, true)
    }

    /// The same for one that is followed without a rest, or follows another one so: a drop set.
    #[must_use]
    pub(crate) fn over_without_rest(self, base: &Self) -> Self {
        self.over_with(base, false)
    }

    fn over_with(mut self, base: &Self, rests: bool) -> Self {
        let Self { side, tempo, rest, load, times_per_day, every, pain, .. } = base;
        self.side = self.side.or(side);
        if self.work.kind().manner() == Manner::Repeated {
            self.tempo = self.tempo.or(tempo);
        }
        if rests {
            self.rest = self.rest.or(rest);
        }
        if let Stated::Is(PerSet::All(Load::Band(_))) | Stated::None = load {
            self.load = self.load.or(load);
        }
        // How often is one thing, said in one of two ways.
        if self.times_per_day.is_none() && self.every.is_none() {
            (self.times_per_day, self.every) = (*times_per_day, *every);
        }
        self.pain = self.pain.or(*pain);
        self
    }

    /// This dose in a block whose clock says how long the work lasts.
    #[must_use]
    pub fn timed(&self, work: Duration) -> Self {
        Self { sets: Extent::one(1), work: Work::Time(work.into()), held: None, rest: Stated::Unknown, ..self.clone() }
    }

    /// Whether the work is done once on each side, as far as the dose says.
    pub fn is_per_side(&self) -> bool {
        self.side == Stated::Is(DoseSide::Each)
    }

    /// How often it is done on a day, at least and at most: once, unless it is stated.
    pub fn times_a_day(&self) -> Extent<u32> {
        let by_interval = || self.every.map(|every| every.times_a_day());
        self.times_per_day.or_else(by_interval).unwrap_or(Extent::one(1))
    }

    /// Whether the load of its first set is a share of that of the set before.
    pub fn begins_with_share(&self) -> bool {
        let first = self.load.get().and_then(|loads| loads.iter().next());
        matches!(first, Some(Load::Amount(load)) if load.unit == LoadUnit::PercentLast)
    }

    /// How many sets have an amount or a load of their own; `None` if all sets are alike.
    pub fn sets_that_differ(&self) -> Option<u32> {
        let loads = self.load.get().and_then(PerSet::sets);
        self.work.amounts().sets().or(loads)
    }

    /// Whether the loads of both are in the same units, set by set.
    pub(crate) fn has_load_like(&self, other: &Self) -> bool {
        let units = |dose: &Self| {
            let loads = dose.load.get().map(PerSet::as_slice).unwrap_or_default();
            loads.iter().map(|load| load.amount().map(|amount| amount.unit)).collect::<Vec<_>>()
        };
        units(self) == units(other)
    }

    /// This dose in a block: where exercises are done in turns, a list with an amount for each round is one set in each.
    #[must_use]
    pub fn in_turns(mut self, format: Option<GroupFormat>) -> Self {
        let rounds = format.and_then(|format| format.rounds());
        if self.sets_that_differ().is_some_and(|sets| rounds == Some(Extent::one(sets))) {
            self.sets = Extent::one(1);
        }
        self
    }

    /// Keeps the amounts of so many sets, or rounds, from the first.
    pub(crate) fn keep_amounts(&mut self, sets: u32) {
        self.work.keep_first(sets);
        if let Stated::Is(load) = &mut self.load {
            load.keep_first(sets);
        }
    }

    /// Keeps so many sets from the first.
    pub(crate) fn keep_first(&mut self, sets: u32) {
        self.sets = Extent::one(sets);
        self.keep_amounts(sets);
    }
}
