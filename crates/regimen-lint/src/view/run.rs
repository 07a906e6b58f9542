//! The steps of a run as rules see them.

use rust_decimal::Decimal;

use regimen_model::model::{RunStep, RunTarget, StepLength, Stretch};
use regimen_model::quantity::Distance;
use regimen_model::vocabulary::{Intensity, PaceName};

/// A run, a ride or a swim. Runs whose steps are the same are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RunView<'a>(&'a [RunStep]);

impl<'a> RunView<'a> {
    pub(super) fn new(steps: &'a [RunStep]) -> Self {
        Self(steps)
    }

    /// How hard its hardest stretch is, as far as targets say.
    pub(crate) fn effort(self) -> Option<Decimal> {
        stretches(self.0).into_iter().filter_map(effort).max()
    }

    /// Whether a step is said to be its warm-up.
    pub(crate) fn has_warm_up(self) -> bool {
        stretches(self.0).into_iter().any(|stretch| stretch.intensity == Intensity::WarmUp)
    }

    /// Whether a stretch is run at full speed: RPE 9 or more, up to 400 m or 60 s.
    pub(crate) fn has_sprint(self) -> bool {
        stretches(self.0).into_iter().any(is_sprint)
    }

    /// What the steps with a time take at least.
    pub(crate) fn least_seconds(self) -> Decimal {
        self.0.iter().map(seconds).sum()
    }

    /// The metres that it covers at least, as far as distances and paces say.
    pub(crate) fn metres(self) -> Decimal {
        self.0.iter().map(RunStep::metres).sum()
    }

    /// Whether a stretch of its work says neither a distance nor a pace.
    pub(crate) fn has_unknown_length(self) -> bool {
        let unknown = |stretch: &Stretch| {
            let work = matches!(stretch.intensity, Intensity::Active | Intensity::Interval);
            work && RunStep::Stretch(stretch.clone()).metres().is_zero()
        };
        stretches(self.0).into_iter().any(unknown)
    }

    /// The distances that it states, those inside repeats once.
    pub(super) fn distances(self) -> impl Iterator<Item = Distance> {
        stretches(self.0).into_iter().filter_map(|stretch| match stretch.length {
            StepLength::Distance(distance) => Some(distance),
            StepLength::Time(_) | StepLength::Open => None,
        })
    }
}

/// Every stretch of a run, those inside repeats once.
fn stretches(steps: &[RunStep]) -> Vec<&Stretch> {
    let mut found = Vec::new();
    for step in steps {
        match step {
            RunStep::Stretch(stretch) => found.push(stretch),
            RunStep::Repeat(repeat) => found.extend(stretches(&repeat.steps)),
        }
    }
    found
}

/// How hard a stretch is, as far as its target says: an effort, a zone, or a pace that has a name.
fn effort(stretch: &Stretch) -> Option<Decimal> {
    match stretch.target? {
        RunTarget::Rpe(rpe) => Some(rpe.low().value()),
        RunTarget::Zone(zone) if zone.low() >= 4 => Some(Decimal::from(zone.low() + 4)),
        RunTarget::Named(pace) => match pace {
            PaceName::Threshold | PaceName::TenKilometres | PaceName::FiveKilometres => Some(Decimal::from(8)),
            PaceName::ThreeKilometres | PaceName::Mile => Some(Decimal::from(9)),
            PaceName::Easy | PaceName::Steady | PaceName::Marathon | PaceName::HalfMarathon | PaceName::Race => None,
        },
        RunTarget::Zone(_) | RunTarget::Pace(_) | RunTarget::Amount(_) => None,
    }
}

fn is_sprint(stretch: &Stretch) -> bool {
    let short = match stretch.length {
        StepLength::Distance(distance) => distance.metres().high() <= Decimal::from(400),
        StepLength::Time(time) => time.seconds().high() <= Decimal::from(60),
        StepLength::Open => false,
    };
    short && effort(stretch).is_some_and(|effort| effort >= Decimal::from(9))
}

fn seconds(step: &RunStep) -> Decimal {
    match step {
        RunStep::Repeat(repeat) => {
            repeat.steps.iter().map(seconds).sum::<Decimal>().saturating_mul(repeat.times.low().into())
        }
        RunStep::Stretch(stretch) => match &stretch.length {
            StepLength::Time(time) => time.seconds().low(),
            StepLength::Distance(_) | StepLength::Open => Decimal::ZERO,
        },
    }
}
