//! The steps of a run as rules see them.

use rust_decimal::Decimal;

use super::sums::sum;
use super::target;
use regimen_model::model::{RunStep, RunTarget, StepLength, Stretch, Target, TargetUnit};
use regimen_model::quantity::{Distance, Extent};
use regimen_model::vocabulary::{Intensity, Sport};

/// What is slower is walked: 9:00/km, in metres a second.
const SLOWEST_RUN: Decimal = Decimal::from_parts(185, 0, 0, false, 2);

/// A run, a ride or a swim. Runs whose steps are the same are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RunView<'a>(&'a [RunStep]);

impl<'a> RunView<'a> {
    pub(super) fn new(steps: &'a [RunStep]) -> Self {
        Self(steps)
    }

    /// How hard its hardest stretch is, as far as targets say; paces in numbers do beside the usual one, in metres a second.
    pub(super) fn effort(self, usual: Option<Decimal>) -> Option<Decimal> {
        stretches(self.0, &is_stride).into_iter().filter_map(|stretch| effort(stretch, usual)).max()
    }

    /// Whether a step is said to be its warm-up.
    pub(crate) fn has_warm_up(self) -> bool {
        stretches(self.0, &|_| false).into_iter().any(|stretch| stretch.intensity == Intensity::WarmUp)
    }

    /// Whether a stretch is run at full speed: RPE 9 or more, up to 400 m or 60 s. Those within another one do not count:
    /// it prepares for them.
    pub(crate) fn has_sprint(self) -> bool {
        stretches(self.0, &|_| true).into_iter().any(is_sprint)
    }

    /// What the steps with a time take at least.
    pub(crate) fn least_seconds(self) -> Decimal {
        sum(self.0.iter().map(RunStep::seconds))
    }

    /// The metres that are run at least, as far as distances and paces say; those of other sports do not count.
    pub(crate) fn metres(self) -> Decimal {
        sum(self.0.iter().map(metres_on_foot))
    }

    /// Whether a stretch of its work says neither a distance nor a pace.
    pub(crate) fn has_unknown_length(self) -> bool {
        has_unknown_length(self.0)
    }

    /// How often the step that is repeated most is done, at most.
    pub(crate) fn most_repeats(self) -> u32 {
        let times = self.0.iter().flat_map(RunStep::all).filter_map(|step| match step {
            RunStep::Repeat(repeat) => Some(repeat.times.high()),
            RunStep::Stretch(_) => None,
        });
        times.max().unwrap_or_default()
    }

    /// Every target of its stretches.
    pub(crate) fn targets(self) -> Vec<TargetView> {
        let of = |stretch: &Stretch| {
            let is_on_foot = is_on_foot(stretch);
            let said = stretch.target.map(|target| target.to_string());
            let first = stretch.target.into_iter().flat_map(|target| target.targets().collect::<Vec<_>>());
            let first = first.zip(said.into_iter().cycle());
            let second = stretch.and.map(|target| (target, target.to_string()));
            let [metres, seconds] = least_of(stretch.length).unwrap_or_default();
            let all = first.chain(second).map(|(target, said)| TargetView {
                metres,
                seconds,
                ..TargetView::new(target, said, is_on_foot)
            });
            all.collect::<Vec<_>>()
        };
        stretches(self.0, &|_| false).into_iter().flat_map(of).collect()
    }

    /// How long each of its stretches is, if it says so.
    pub(crate) fn lengths(self) -> Vec<LengthView> {
        let of = |stretch: &Stretch| {
            let [metres, seconds] = least_of(stretch.length)?;
            Some(LengthView { said: stretch.length.to_string(), is_on_foot: is_on_foot(stretch), metres, seconds })
        };
        stretches(self.0, &|_| false).into_iter().filter_map(of).collect()
    }

    /// The distances that it states, those inside repeats once.
    pub(super) fn distances(self) -> impl Iterator<Item = Distance> {
        stretches(self.0, &|_| true).into_iter().filter_map(|stretch| match stretch.length {
            StepLength::Distance(distance) => Some(distance),
            StepLength::Time(_) | StepLength::Open => None,
        })
    }
}

/// The metres or the seconds of a stretch at least, the other is zero; `None` if it says neither.
fn least_of(length: StepLength) -> Option<[Decimal; 2]> {
    match length {
        StepLength::Distance(distance) => Some([distance.metres().low(), Decimal::ZERO]),
        StepLength::Time(time) => Some([Decimal::ZERO, time.seconds().low()]),
        StepLength::Open => None,
    }
}

/// How long a stretch is at least: metres or seconds, the other is zero.
#[derive(Debug)]
pub(crate) struct LengthView {
    /// As it is written.
    pub(crate) said: String,
    /// Whether the stretch is not said to be of another sport.
    pub(crate) is_on_foot: bool,
    pub(crate) metres: Decimal,
    pub(crate) seconds: Decimal,
}

/// A target of a stretch.
#[derive(Debug)]
pub(crate) struct TargetView {
    /// The whole of it, as it is written: both ends of a ramp.
    pub(crate) said: String,
    /// Whether the stretch is not said to be of another sport.
    pub(crate) is_on_foot: bool,
    /// Metres a second, if it says them.
    pub(crate) speed: Option<Extent<Decimal>>,
    /// Beats of the heart in a minute, if it says them.
    pub(crate) beats: Option<Extent<Decimal>>,
    /// Per cent of the highest heart rate, if it says them.
    pub(crate) of_highest: Option<Extent<Decimal>>,
    /// How long its stretch is at least, if it says so: metres or seconds, the other is zero.
    pub(crate) metres: Decimal,
    pub(crate) seconds: Decimal,
}

impl TargetView {
    fn new(target: Target, said: String, is_on_foot: bool) -> Self {
        let in_unit = |unit: TargetUnit| match target {
            Target::Amount(amount) if amount.unit == unit => Some(amount.amount),
            _ => None,
        };
        Self {
            said,
            is_on_foot,
            speed: target.speed(),
            beats: in_unit(TargetUnit::BeatsPerMinute),
            of_highest: in_unit(TargetUnit::PercentMaxHeartRate),
            metres: Decimal::ZERO,
            seconds: Decimal::ZERO,
        }
    }
}

/// Whether a stretch outside of others says neither a distance nor a pace: those within are a part of its length.
fn has_unknown_length(steps: &[RunStep]) -> bool {
    steps.iter().any(|step| match step {
        RunStep::Repeat(repeat) => has_unknown_length(&repeat.steps),
        RunStep::Stretch(stretch) => {
            let work = stretch.intensity.is_work();
            work && is_on_foot(stretch) && step.metres().is_zero()
        }
    })
}

fn metres_on_foot(step: &RunStep) -> Decimal {
    match step {
        RunStep::Stretch(stretch) if !is_on_foot(stretch) => Decimal::ZERO,
        RunStep::Stretch(_) => step.metres(),
        RunStep::Repeat(repeat) => {
            sum(repeat.steps.iter().map(metres_on_foot)).saturating_mul(repeat.times.low().into())
        }
    }
}

/// Whether a stretch is not said to be of another sport.
fn is_on_foot(stretch: &Stretch) -> bool {
    stretch.sport.is_none_or(Sport::is_on_foot)
}

/// Every stretch of a run, those inside repeats and within others once, but for those within that are left out.
fn stretches<'a>(steps: &'a [RunStep], is_left_out: &impl Fn(&Stretch) -> bool) -> Vec<&'a Stretch> {
    let mut found = Vec::new();
    for step in steps {
        match step {
            RunStep::Repeat(repeat) => found.extend(stretches(&repeat.steps, is_left_out)),
            RunStep::Stretch(stretch) => {
                found.push(stretch);
                let within = stretches(&stretch.within, is_left_out);
                found.extend(within.into_iter().filter(|stretch| !is_left_out(stretch)));
            }
        }
    }
    found
}

/// Whether a faster stretch within another one is too short to be hard (a convention), or said to be strides: these are practice.
fn is_stride(stretch: &Stretch) -> bool {
    match stretch.length {
        _ if stretch.intensity == Intensity::Strides => true,
        StepLength::Distance(distance) => distance.metres().high() <= Decimal::from(150),
        StepLength::Time(time) => time.seconds().high() <= Decimal::from(30),
        StepLength::Open => false,
    }
}

/// The pace of half of the metres or more that these runs state in numbers, in metres a second: most of a plan is run easily. Walks, and
/// what is easy between the work, do not count.
pub(super) fn usual_speed<'a>(runs: impl IntoIterator<Item = RunView<'a>>) -> Option<Decimal> {
    let mut paced = Vec::new();
    runs.into_iter().for_each(|run| add_paced(run.0, Decimal::ONE, &mut paced));
    paced.sort();
    let all: Decimal = paced.iter().map(|(_, metres)| *metres).fold(Decimal::ZERO, Decimal::saturating_add);
    let mut sum = Decimal::ZERO;
    let half = paced.into_iter().find(|(_, metres)| {
        sum = sum.saturating_add(*metres);
        sum.saturating_mul(Decimal::TWO) >= all
    });
    half.map(|(speed, _)| speed)
}

/// Adds the speed and the metres of each stretch of work whose pace is a number.
fn add_paced(steps: &[RunStep], times: Decimal, paced: &mut Vec<(Decimal, Decimal)>) {
    for step in steps {
        match step {
            RunStep::Repeat(repeat) => {
                add_paced(&repeat.steps, times.saturating_mul(repeat.times.low().into()), paced);
            }
            RunStep::Stretch(stretch) => {
                let is_work = stretch.intensity.is_work();
                let speed = stretch.target.filter(|_| is_work).and_then(|target| target.speed());
                if let Some(speed) = speed.map(|speed| speed.low()).filter(|speed| *speed >= SLOWEST_RUN) {
                    paced.push((speed, step.metres().saturating_mul(times)));
                }
            }
        }
    }
}

/// How hard a stretch is, as far as its targets say.
fn effort(stretch: &Stretch, usual: Option<Decimal>) -> Option<Decimal> {
    let first = stretch.target.and_then(|target| target::effort(target, usual));
    first.max(stretch.and.and_then(|target| target::effort_of(target, usual)))
}

fn is_sprint(stretch: &Stretch) -> bool {
    let short = match stretch.length {
        StepLength::Distance(distance) => distance.metres().high() <= Decimal::from(400),
        StepLength::Time(time) => time.seconds().high() <= Decimal::from(60),
        StepLength::Open => false,
    };
    // A ramp leads up to its speed.
    let is_ramp = matches!(stretch.target, Some(RunTarget::Ramp(..)));
    short && !is_ramp && effort(stretch, None).is_some_and(|effort| effort >= Decimal::from(9))
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn a_run_farther_than_numbers_go_is_a_run() {
        for length in ["99999 km, target: 5:00/km", "99999 km", "1 h", "99999 h, target: 5:00/km"] {
            let deep = (0..10)
                .fold(format!("{{duration: {length}}}"), |steps, _| format!("{{repeat: 1000, steps: [{steps}]}}"));
            let run = format!("{{run: [{{duration: 2 km}}, {{duration: 9 min}}, {deep}, {deep}]}}");
            let sessions = "[{session: s, day: tuesday}, {session: s, day: sunday}]";
            let build = format!("kind: build, weeks: 4, sessions: {sessions}");
            let race = "kind: race, weeks: 1, sessions: [{session: s, day: tuesday}, {session: race, day: sunday}]";
            let lint = Lint::new().session("s", "run", &run).session("race", "race", &run).phases(&[&build, race]);
            assert!(!lint.all().is_empty(), "{length}");
        }
    }
}
