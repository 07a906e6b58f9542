//! A dose as rules see it.

use rust_decimal::Decimal;

use regimen_model::model::{Dose, Manner, WorkAmount};
use regimen_model::quantity::{Distance, Duration, Extent, Interval, Load, LoadUnit, PerSet, Rir, Rpe};
use regimen_model::vocabulary::SetType;

/// Sets that feel easier than this are practice, not training.
const LEAST_EFFORT: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

/// The share of the best that a training max usually is.
const TRAINING_MAX: Decimal = Decimal::from_parts(9, 0, 0, false, 1);

/// How heavy a load is for whoever lifts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heavy {
    /// So many per cent of what can be lifted once.
    OfBest(Decimal),
    /// What can be lifted so often; the most often of a range.
    RepMax(Decimal),
}

/// How much of an exercise. Doses that are the same are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DoseView<'a>(&'a Dose);

impl<'a> DoseView<'a> {
    pub(super) fn new(dose: &'a Dose) -> Self {
        Self(dose)
    }

    /// How often the work is done on a day, in so many rounds.
    pub(crate) fn sets_a_day(self, rounds: Extent<u32>) -> Extent<u32> {
        times(times(self.0.sets, rounds), self.0.times_a_day())
    }

    /// Every how many days it is done, if it says so; the most of a range.
    pub(crate) fn every_days(self) -> Option<u32> {
        match self.0.every? {
            Interval::Days(days) => Some(days.high()),
            Interval::Time(_) => None,
        }
    }

    /// How often a position is held on a day, in so many rounds: in each set once, or with each repetition.
    pub(crate) fn holds_a_day(self, rounds: Extent<u32>) -> Extent<u32> {
        let sets = self.sets_a_day(rounds);
        match self.repetitions() {
            Some(repetitions) if self.0.held.is_some() => times(sets, repetitions),
            Some(_) | None => sets,
        }
    }

    /// Whether there is more than one set.
    pub(crate) fn has_several_sets(self) -> bool {
        self.0.sets.high() > 1
    }

    /// How often a movement is repeated in a set, if that is counted: from the fewest of all sets to the most.
    pub(crate) fn repetitions(self) -> Option<Extent<u32>> {
        let counted = self.0.work.kind().manner() == Manner::Repeated;
        let amounts = self.0.work.amounts();
        span(amounts.iter().filter(|_| counted).filter_map(|amount| repetitions(*amount)))
    }

    /// The same in the set with the heaviest load.
    pub(crate) fn repetitions_at_heaviest(self) -> Option<Extent<u32>> {
        let heaviest = self.comparable_load()?;
        let loads = self.0.load.get()?.as_slice();
        let set = loads.iter().position(|load| comparable(load) == Some(heaviest))?;
        match self.0.work.amounts() {
            PerSet::Each(amounts) if loads.len() == amounts.len() => amounts.get(set).copied().and_then(repetitions),
            PerSet::All(_) | PerSet::Each(_) => self.repetitions(),
        }
    }

    /// Whether each set is as long as the athlete can.
    pub(crate) fn is_all_out(self) -> bool {
        let all_out = |amount: &WorkAmount| matches!(amount, WorkAmount::AsManyAsPossible | WorkAmount::UntilTired);
        self.0.work.amounts().iter().all(all_out) || self.0.set_type == SetType::Amrap
    }

    /// Whether the athlete adds to it within what it says: it is a range of repetitions, at least so many, or as many as possible.
    pub(crate) fn grows_by_itself(self) -> bool {
        self.0.work.amounts().iter().any(|amount| match amount {
            WorkAmount::Count(count) => !count.is_one(),
            WorkAmount::AtLeast(_) | WorkAmount::AsManyAsPossible | WorkAmount::UntilTired => true,
            WorkAmount::Time(_) | WorkAmount::Distance(_) => false,
        })
    }

    /// How long a position is held: the whole set, or each repetition. Of sets that differ the longest.
    pub(crate) fn hold(self) -> Option<Duration> {
        let held = self.0.work.kind().manner() == Manner::Held;
        let amounts = self.0.work.amounts();
        let holds = amounts.iter().filter(|_| held).filter_map(|amount| match amount {
            WorkAmount::Time(time) => Some(*time),
            WorkAmount::Count(_)
            | WorkAmount::AtLeast(_)
            | WorkAmount::AsManyAsPossible
            | WorkAmount::UntilTired
            | WorkAmount::Distance(_) => None,
        });
        holds.chain(self.0.held).max_by_key(|time| time.seconds().high())
    }

    /// The most sets that it has.
    pub(crate) fn most_sets(self) -> u32 {
        self.0.sets.high()
    }

    /// The rest between its sets.
    pub(crate) fn rest(self) -> Option<Duration> {
        self.0.rest.get().copied()
    }

    /// The way of a set.
    pub(crate) fn distance(self) -> Option<Distance> {
        self.0.work.amounts().iter().find_map(distance)
    }

    /// The metres of so many sets at least, if it is a way.
    pub(crate) fn metres(self, sets: Extent<u32>) -> Option<Decimal> {
        let amounts = self.0.work.amounts();
        let ways: Option<Vec<Decimal>> =
            amounts.iter().map(|amount| distance(amount).map(|way| way.metres().low())).collect();
        let once = ways?.into_iter().fold(Decimal::ZERO, Decimal::saturating_add);
        let all = once.saturating_mul(sets.low().into());
        all.checked_div(amounts.sets().unwrap_or(1).into())
    }

    /// Whether it is moving on at full speed: RPE 9 or more, up to 400 m or 60 s.
    pub(crate) fn is_sprint(self) -> bool {
        let moving = self.0.work.kind().manner() == Manner::Moving;
        let short = moving
            && self.0.work.amounts().iter().any(|amount| match amount {
                WorkAmount::Distance(distance) => distance.metres().high() <= Decimal::from(400),
                WorkAmount::Time(time) => time.seconds().high() <= Decimal::from(60),
                WorkAmount::Count(_)
                | WorkAmount::AtLeast(_)
                | WorkAmount::AsManyAsPossible
                | WorkAmount::UntilTired => false,
            });
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

    /// Whether nothing is said of a tempo, not even that there is none; a hold says how fast, too.
    pub(crate) fn leaves_out_tempo(self) -> bool {
        self.0.tempo.is_unknown() && self.0.held.is_none()
    }

    /// Whether nothing is said of sides.
    pub(crate) fn leaves_out_side(self) -> bool {
        self.0.side.is_unknown()
    }

    /// Whether its sets prepare for those that count.
    pub(crate) fn is_warm_up(self) -> bool {
        self.0.set_type == SetType::Warmup
    }

    /// Whether a set is several in a row, so that it says itself how long they rest.
    pub(crate) fn is_in_a_row(self) -> bool {
        matches!(self.0.set_type, SetType::Dropset | SetType::Myo | SetType::Cluster)
    }

    /// Each set that asks for repetitions of a load that says how heavy it is for whoever lifts it: the repetitions at least, and
    /// how heavy. Sets that are the same come once.
    pub(crate) fn heavy_sets(self) -> Vec<(u32, Heavy)> {
        counted_sets(self.0).into_iter().filter_map(|(reps, load)| Some((reps, heavy(load)?))).collect()
    }

    /// The heavier end of a load, if loads of its kind can be compared; of sets that differ, the heaviest in the unit of the first.
    pub(crate) fn comparable_load(self) -> Option<(Decimal, LoadUnit)> {
        let loads = self.0.load.get()?.iter().filter_map(comparable);
        loads.reduce(|heaviest, load| if load.1 == heaviest.1 && load.0 > heaviest.0 { load } else { heaviest })
    }
}

/// Each set that asks for repetitions of some load: the repetitions at least, and the load.
fn counted_sets(dose: &Dose) -> Vec<(u32, &Load)> {
    let Some(loads) = dose.load.get() else { return Vec::new() };
    let (loads, amounts) = (loads.iter().collect::<Vec<_>>(), dose.work.amounts());
    let amounts: Vec<WorkAmount> = amounts.iter().copied().collect();
    let sets = loads.len().max(amounts.len());
    let each = (0..sets).filter_map(|set| {
        // One for all sets stands for each of them.
        let amount = amounts.get(set).or_else(|| amounts.last())?;
        let load = loads.get(set).or_else(|| loads.last())?;
        let counted = dose.work.kind().manner() == Manner::Repeated;
        Some((repetitions(*amount).filter(|_| counted)?.low(), *load))
    });
    each.collect()
}

/// Each set that asks for repetitions of a weight, as its author wrote it: the repetitions at least, and the lighter end of the weight.
pub(crate) fn weights(dose: &Dose) -> Vec<(u32, Decimal, LoadUnit)> {
    let weight = |load: &Load| match load {
        Load::Amount(load) | Load::Reckoned { written: load, .. } => {
            load.unit.is_weight().then(|| (load.amount.low(), load.unit))
        }
        Load::Band(_) => None,
    };
    let sets = counted_sets(dose).into_iter();
    sets.filter_map(|(reps, load)| weight(load).map(|(weight, unit)| (reps, weight, unit))).collect()
}

/// The heavier end of a load that can be compared with others of its unit.
fn comparable(load: &Load) -> Option<(Decimal, LoadUnit)> {
    match load {
        Load::Amount(load) if !matches!(load.unit, LoadUnit::RepMax | LoadUnit::PercentLast) => {
            Some((load.amount.high(), load.unit))
        }
        Load::Reckoned { amount, .. } => Some((amount.amount.high(), amount.unit)),
        Load::Amount(_) | Load::Band(_) => None,
    }
}

/// How heavy a load is, if it says so; a training max counts as nine tenths of the best. The lighter end of a range.
fn heavy(load: &Load) -> Option<Heavy> {
    let (Load::Amount(load) | Load::Reckoned { written: load, .. }) = load else { return None };
    match load.unit {
        LoadUnit::PercentOneRepMax => Some(Heavy::OfBest(load.amount.low())),
        LoadUnit::PercentTrainingMax => Some(Heavy::OfBest(load.amount.low().saturating_mul(TRAINING_MAX))),
        LoadUnit::RepMax => Some(Heavy::RepMax(load.amount.high())),
        LoadUnit::Kilogram | LoadUnit::Pound | LoadUnit::PercentBodyweight | LoadUnit::PercentLast => None,
    }
}

fn repetitions(amount: WorkAmount) -> Option<Extent<u32>> {
    match amount {
        WorkAmount::Count(count) => Some(count),
        WorkAmount::AtLeast(least) => Some(Extent::one(least)),
        WorkAmount::AsManyAsPossible | WorkAmount::UntilTired | WorkAmount::Time(_) | WorkAmount::Distance(_) => None,
    }
}

fn distance(amount: &WorkAmount) -> Option<Distance> {
    match amount {
        WorkAmount::Distance(distance) => Some(*distance),
        WorkAmount::Count(_)
        | WorkAmount::AtLeast(_)
        | WorkAmount::AsManyAsPossible
        | WorkAmount::UntilTired
        | WorkAmount::Time(_) => None,
    }
}

/// The range that holds all.
fn span(extents: impl Iterator<Item = Extent<u32>>) -> Option<Extent<u32>> {
    extents.reduce(|all, one| {
        let low = all.low().min(one.low());
        Extent::new(low, all.high().max(one.high())).unwrap_or(Extent::one(low))
    })
}

fn times(a: Extent<u32>, b: Extent<u32>) -> Extent<u32> {
    let low = a.low().saturating_mul(b.low());
    Extent::new(low, a.high().saturating_mul(b.high())).unwrap_or(Extent::one(low))
}
