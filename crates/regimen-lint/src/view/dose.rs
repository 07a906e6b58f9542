//! A dose as rules see it.

use rust_decimal::Decimal;

use regimen_model::model::{Dose, Manner, WorkAmount};
use regimen_model::quantity::{Distance, Duration, Extent, Load, LoadUnit, Rir, Rpe};
use regimen_model::vocabulary::SetType;

/// Sets that feel easier than this are practice, not training.
const LEAST_EFFORT: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

/// How much of an exercise. Doses that are the same are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DoseView<'a>(&'a Dose);

impl<'a> DoseView<'a> {
    pub(super) fn new(dose: &'a Dose) -> Self {
        Self(dose)
    }

    /// How often the work is done on a day, in so many rounds.
    pub(crate) fn sets_a_day(self, rounds: Extent<u32>) -> Extent<u32> {
        times(times(self.0.sets, rounds), Extent::one(self.0.times_per_day))
    }

    /// Whether there is more than one set.
    pub(crate) fn has_several_sets(self) -> bool {
        self.0.sets.high() > 1
    }

    /// How often a movement is repeated in a set, if that is counted.
    pub(crate) fn repetitions(self) -> Option<Extent<u32>> {
        match (self.0.work.kind().manner(), self.0.work.amount()) {
            (Manner::Repeated, WorkAmount::Count(count)) => Some(count),
            (
                Manner::Repeated | Manner::Held | Manner::Moving,
                WorkAmount::Count(_) | WorkAmount::AsManyAsPossible | WorkAmount::Time(_) | WorkAmount::Distance(_),
            ) => None,
        }
    }

    /// Whether each set is as long as the athlete can.
    pub(crate) fn is_all_out(self) -> bool {
        self.0.work.amount() == WorkAmount::AsManyAsPossible || self.0.set_type == SetType::Amrap
    }

    /// Whether the athlete adds to it within what it says: it is a range of repetitions, or as many as possible.
    pub(crate) fn grows_by_itself(self) -> bool {
        match self.0.work.amount() {
            WorkAmount::Count(count) => !count.is_one(),
            WorkAmount::AsManyAsPossible => true,
            WorkAmount::Time(_) | WorkAmount::Distance(_) => false,
        }
    }

    /// How long a position is held.
    pub(crate) fn hold(self) -> Option<Duration> {
        match (self.0.work.kind().manner(), self.0.work.amount()) {
            (Manner::Held, WorkAmount::Time(time)) => Some(time),
            (
                Manner::Repeated | Manner::Held | Manner::Moving,
                WorkAmount::Count(_) | WorkAmount::AsManyAsPossible | WorkAmount::Time(_) | WorkAmount::Distance(_),
            ) => None,
        }
    }

    /// The way of each set.
    pub(crate) fn distance(self) -> Option<Distance> {
        match self.0.work.amount() {
            WorkAmount::Distance(distance) => Some(distance),
            WorkAmount::Count(_) | WorkAmount::AsManyAsPossible | WorkAmount::Time(_) => None,
        }
    }

    /// Whether it is moving on at full speed: RPE 9 or more, up to 400 m or 60 s.
    pub(crate) fn is_sprint(self) -> bool {
        let short = match self.0.work.amount() {
            _ if self.0.work.kind().manner() != Manner::Moving => false,
            WorkAmount::Distance(distance) => distance.metres().high() <= Decimal::from(400),
            WorkAmount::Time(time) => time.seconds().high() <= Decimal::from(60),
            WorkAmount::Count(_) | WorkAmount::AsManyAsPossible => false,
        };
        short && self.effort().is_some_and(|effort| effort.low() >= Decimal::from(9))
    }

    /// How hard it should feel; repetitions in reserve say the same the other way round.
    pub(crate) fn effort(self) -> Option<Extent<Decimal>> {
        let from_reserve = || {
            let rir = self.0.rir?;
            let effort = |rir: Rir| Decimal::TEN - Decimal::from(rir.get());
            Extent::new(effort(rir.high()), effort(rir.low()))
        };
        self.0.rpe.map(|rpe| rpe.map(Rpe::value)).or_else(from_reserve)
    }

    /// Whether it is said to be easier than training.
    pub(crate) fn is_easy(self) -> bool {
        self.effort().is_some_and(|effort| effort.high() < LEAST_EFFORT)
    }

    /// Whether it says how hard it should feel.
    pub(crate) fn states_effort(self) -> bool {
        self.0.rpe.is_some() || self.0.rir.is_some()
    }

    /// Whether it says with which load; no load on purpose is none.
    pub(crate) fn states_load(self) -> bool {
        self.0.load.get().is_some()
    }

    /// Whether nothing is said of a load, not even that there is none.
    pub(crate) fn leaves_out_load(self) -> bool {
        self.0.load.is_unknown()
    }

    /// Whether nothing is said of a rest between sets, not even that there is none.
    pub(crate) fn leaves_out_rest(self) -> bool {
        self.0.rest.is_unknown()
    }

    /// Whether nothing is said of a tempo, not even that there is none.
    pub(crate) fn leaves_out_tempo(self) -> bool {
        self.0.tempo.is_unknown()
    }

    /// Whether nothing is said of sides.
    pub(crate) fn leaves_out_side(self) -> bool {
        self.0.per_side.is_none()
    }

    /// Whether its sets prepare for those that count.
    pub(crate) fn is_warm_up(self) -> bool {
        self.0.set_type == SetType::Warmup
    }

    /// Whether a set is several in a row, so that it says itself how long they rest.
    pub(crate) fn is_in_a_row(self) -> bool {
        matches!(self.0.set_type, SetType::Dropset | SetType::Myo | SetType::Cluster)
    }

    /// The heavier end of a load, if loads of its kind can be compared.
    pub(crate) fn comparable_load(self) -> Option<(Decimal, LoadUnit)> {
        match self.0.load.get()? {
            Load::Amount(load) if load.unit != LoadUnit::RepMax => Some((load.amount.high(), load.unit)),
            Load::Amount(_) | Load::Band(_) => None,
        }
    }
}

fn times(a: Extent<u32>, b: Extent<u32>) -> Extent<u32> {
    let low = a.low().saturating_mul(b.low());
    Extent::new(low, a.high().saturating_mul(b.high())).unwrap_or(Extent::one(low))
}
