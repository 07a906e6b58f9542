//! Paces of a runner from the times of their races.
//!
//! By the two equations of Daniels and Gilbert (Oxygen Power, 1979): what a speed costs in oxygen, and which share of the most a
//! runner can hold for how long. Speeds are in metres a minute, times in minutes.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::parts_of;
use crate::model::{NamedPace, PersonalFacts, RaceDistance, RaceTime, RunStep, RunTarget, Sign, Target};
use crate::plan::{Plan, PlannedBlock};
use crate::quantity::{LengthUnit, Pace, PaceUnit};
use crate::vocabulary::{PaceName, SessionKind, Sport};

/// What a speed costs, in millilitres of oxygen for each kilogram and minute.
fn cost(speed: f64) -> f64 {
    0.000_104f64.mul_add(speed * speed, 0.182_258f64.mul_add(speed, -4.60))
}

/// The speed that costs so much: the inverse of [`cost`].
fn speed_at(cost: f64) -> f64 {
    let (square, linear, least) = (0.000_104, 0.182_258, -4.60 - cost);
    (-linear + f64::sqrt(linear * linear - 4.0 * square * least)) / (2.0 * square)
}

/// The share of the most oxygen that can be held for so many minutes.
fn share_held(minutes: f64) -> f64 {
    0.8 + 0.189_439_3 * f64::exp(-0.012_778 * minutes) + 0.298_955_8 * f64::exp(-0.193_260_5 * minutes)
}

/// What a runner can do, as a time for a distance shows it: their highest use of oxygen, if all of it went into speed.
///
/// ```
/// use regimen_model::model::RaceDistance;
/// use regimen_model::plan::Fitness;
/// let of = Fitness::of(RaceDistance::FiveKilometres, "20:00".parse().unwrap());
/// assert!((of.value() - 49.8).abs() < 0.1, "the tables of Daniels have 49.8 for 20:00");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fitness(f64);

impl Fitness {
    /// That of a race.
    pub fn of(distance: RaceDistance, time: RaceTime) -> Self {
        let minutes = f64::from(time.seconds()) / 60.0;
        Self(cost(distance.metres() / minutes) / share_held(minutes))
    }

    /// In millilitres for each kilogram and minute.
    pub fn value(self) -> f64 {
        self.0
    }

    /// Whether people have such a one: from a walk to the best runner there was.
    pub fn is_plausible(self) -> bool {
        (10.0..=90.0).contains(&self.0)
    }

    /// Seconds for a kilometre at this share of it.
    fn at_share(self, share: f64) -> f64 {
        60_000.0 / speed_at(self.0 * share)
    }

    /// Seconds for a kilometre in a race over so many metres.
    fn over(self, metres: f64) -> f64 {
        let (mut fast, mut slow) = (metres / 500.0, metres / 20.0);
        // The longer it takes, the less it costs, and the less of the most can be held, but by less.
        for _ in 0..60 {
            let minutes = f64::midpoint(fast, slow);
            if cost(metres / minutes) / share_held(minutes) > self.0 { fast = minutes } else { slow = minutes }
        }
        f64::midpoint(fast, slow) * 60_000.0 / metres
    }
}

/// Shares of the most oxygen at which easy running is (Daniels, Running Formula, 3rd edition 2014: 59 to 74 %), and what is between it and
/// the pace of a marathon.
const EASY: (f64, f64) = (0.74, 0.59);
const STEADY: (f64, f64) = (0.79, 0.75);
/// What can be held for about an hour, in minutes.
const THRESHOLD: f64 = 60.0;

/// Gives paces by name the time that they are for this runner.
pub(super) fn from_races(plan: &mut Plan, own: &PersonalFacts) {
    let runner = Runner { results: &own.result, unit: own.distances() };
    if own.result.is_empty() {
        return;
    }
    for session in plan.weeks.iter_mut().flat_map(|week| &mut week.sessions) {
        let kind = session.kind;
        if is_of_runs(kind) {
            runner.reckon_all(&mut session.targets);
        }
        for other in session.or.iter_mut().filter(|other| is_of_runs(other.kind)) {
            runner.reckon_all(&mut other.targets);
        }
        let parts = parts_of(session).flat_map(|parts| parts.iter_mut());
        for block in parts.flat_map(|part| &mut part.blocks) {
            if let PlannedBlock::Run(steps) = block {
                steps.iter_mut().for_each(|step| runner.step(step, is_of_runs(kind)));
            }
        }
    }
}

fn is_of_runs(kind: SessionKind) -> bool {
    matches!(kind, SessionKind::Run | SessionKind::Race | SessionKind::Test)
}

struct Runner<'a> {
    results: &'a BTreeMap<RaceDistance, RaceTime>,
    unit: Option<LengthUnit>,
}

impl Runner<'_> {
    fn step(&self, step: &mut RunStep, is_run: bool) {
        match step {
            RunStep::Repeat(repeat) => repeat.steps.iter_mut().for_each(|step| self.step(step, is_run)),
            RunStep::Stretch(stretch) => {
                // A pace by name in the water is another one.
                if stretch.sport.map_or(is_run, |sport| sport == Sport::Run) {
                    self.reckon_all(stretch.target.as_mut_slice());
                    if let Some(target) = &mut stretch.and {
                        self.reckon(target);
                    }
                }
                stretch.within.iter_mut().for_each(|step| self.step(step, is_run));
            }
        }
    }

    fn reckon_all(&self, targets: &mut [RunTarget]) {
        targets.iter_mut().for_each(|target| target.each_mut(|target| self.reckon(target)));
    }

    fn reckon(&self, target: &mut Target) {
        if let Target::Named(written) = *target
            && let Some(pace) = self.pace(written)
        {
            *target = Target::Reckoned { pace, written };
        }
    }

    /// The time for a kilometre or a mile.
    fn pace(&self, named: NamedPace) -> Option<Pace> {
        let unit = match (self.unit, named) {
            (Some(LengthUnit::Mile), _) => PaceUnit::Mile,
            (None, NamedPace::Offset { unit, .. }) => unit,
            _ => PaceUnit::Kilometre,
        };
        let (fast, slow) = match named {
            NamedPace::Exact(name) => self.seconds(name)?,
            NamedPace::Share { percent, of } => {
                let (fast, slow) = self.seconds(of)?;
                let share = |end: Decimal| Some(end.to_f64()? / 100.0);
                (fast / share(percent.high())?, slow / share(percent.low())?)
            }
            NamedPace::Offset { from, sign, seconds, unit } => {
                let (fast, slow) = self.seconds(from)?;
                let by = |seconds: u32| Some(f64::from(seconds) * 1000.0 / unit.metres().to_f64()?);
                match sign {
                    Sign::Plus => (fast + by(seconds.low())?, slow + by(seconds.high())?),
                    Sign::Minus => (fast - by(seconds.high())?, slow - by(seconds.low())?),
                }
            }
            NamedPace::Between(one, other) => {
                let ((one_fast, one_slow), (fast, slow)) = (self.seconds(one)?, self.seconds(other)?);
                (one_fast.min(fast), one_slow.max(slow))
            }
        };
        let of_unit = unit.metres().to_f64()? / 1000.0;
        // A range is one of feeling, so it needs no seconds.
        let grain = if slow - fast > 5.0 { 5.0 } else { 1.0 };
        let whole = |seconds: f64| ((seconds * of_unit / grain).round() * grain).to_u32();
        Pace::between(whole(fast)?, whole(slow)?, unit)
    }

    /// Seconds for a kilometre at a pace, the fast end first; `None` of a race that is not known here.
    fn seconds(&self, name: PaceName) -> Option<(f64, f64)> {
        let race = |distance| {
            let one = match self.results.get(&distance) {
                Some(time) => f64::from(time.seconds()) * 1000.0 / distance.metres(),
                None => self.fitness(distance.metres())?.over(distance.metres()),
            };
            Some((one, one))
        };
        let shares = |(fast, slow): (f64, f64)| {
            let of = self.fitness(RaceDistance::HalfMarathon.metres())?;
            Some((of.at_share(fast), of.at_share(slow)))
        };
        match name {
            PaceName::Easy => shares(EASY),
            PaceName::Steady => shares(STEADY),
            PaceName::Threshold => shares((share_held(THRESHOLD), share_held(THRESHOLD))),
            PaceName::Marathon => race(RaceDistance::Marathon),
            PaceName::HalfMarathon => race(RaceDistance::HalfMarathon),
            PaceName::TenKilometres => race(RaceDistance::TenKilometres),
            PaceName::FiveKilometres => race(RaceDistance::FiveKilometres),
            PaceName::ThreeKilometres => race(RaceDistance::ThreeKilometres),
            PaceName::Mile => race(RaceDistance::Mile),
            PaceName::Race => None,
        }
    }

    /// What the race nearest in length shows.
    fn fitness(&self, metres: f64) -> Option<Fitness> {
        let far = |distance: RaceDistance| (distance.metres() / metres).ln().abs();
        let nearest = self.results.iter().min_by(|(one, _), (other, _)| far(**one).total_cmp(&far(**other)));
        nearest.map(|(distance, time)| Fitness::of(*distance, *time)).filter(|fitness| fitness.is_plausible())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(named: &str, unit: Option<LengthUnit>, results: &[(RaceDistance, &str)]) -> String {
        let results = results.iter().map(|(distance, time)| (*distance, time.parse().unwrap())).collect();
        let Target::Named(named) = named.parse().unwrap() else { panic!("{named} has no name") };
        Runner { results: &results, unit }.pace(named).map_or_else(String::new, |pace| pace.to_string())
    }

    #[test]
    fn paces_are_those_of_the_published_tables() {
        // Daniels, Running Formula, VDOT 50: 5 km 19:57, 10 km 41:21, half marathon 1:31:35, marathon 3:10:49.
        let of = |named: &str| pace(named, None, &[(RaceDistance::FiveKilometres, "19:57")]);
        assert_eq!(of("5k pace"), "3:59/km");
        assert_eq!(of("10k pace"), "4:08/km");
        assert_eq!(of("half-marathon pace"), "4:20/km");
        assert_eq!(of("marathon pace"), "4:31/km");
        // The tables have 4:15, from 88 % of the most oxygen; an hour can be held at a little more.
        assert_eq!(of("threshold pace"), "4:14/km");
        assert_eq!(of("easy pace"), "4:55-5:50/km");
        assert_eq!(of("race pace"), "", "the race may be any");
    }

    #[test]
    fn a_time_that_is_known_is_the_pace_and_others_follow_from_the_nearest() {
        let results = [(RaceDistance::FiveKilometres, "20:00"), (RaceDistance::Marathon, "4:00:00")];
        assert_eq!(pace("5k pace", None, &results), "4:00/km");
        assert_eq!(pace("marathon pace", None, &results), "5:41/km");
        assert_eq!(pace("marathon pace + 15 s/km", None, &results), "5:56/km");
        assert_eq!(pace("5k pace", Some(LengthUnit::Mile), &results), "6:26/mi");
        assert_eq!(pace("80 % 5k pace", None, &results), "5:00/km");
        assert_eq!(pace("5k pace", None, &[(RaceDistance::FiveKilometres, "4:00")]), "0:48/km", "as it is stated");
        assert_eq!(
            pace("10k pace", None, &[(RaceDistance::FiveKilometres, "4:00")]),
            "",
            "but nothing follows from it"
        );
    }
}
