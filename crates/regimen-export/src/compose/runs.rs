//! The steps of a run as readers see them: "6 × (400 m at 4:10 min/km, then 90 s recovery)".

use regimen_catalog::model::{Repeat, RunStep, RunTarget, StepLength, Stretch, TargetUnit};
use regimen_catalog::quantity::{Extent, Measured, Pace, PaceUnit};
use regimen_catalog::vocabulary::{Intensity, Label, Section, UnitName};

use super::Writer;
use super::amounts::range;

/// Whether a target is an effort, so that a reader must know what RPE means.
pub(super) fn asks_for_effort(steps: &[RunStep]) -> bool {
    steps.iter().any(|step| match step {
        RunStep::Stretch(stretch) => matches!(stretch.target, Some(RunTarget::Rpe(_))),
        RunStep::Repeat(repeat) => asks_for_effort(&repeat.steps),
    })
}

impl Writer<'_> {
    /// One step in one line.
    pub(super) fn step(self, step: &RunStep) -> String {
        let [what, how_much, manner] = self.step_cells(step);
        let work = [how_much, manner].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
        let work = work.join(self.language.label(Label::ListSeparator));
        if what.is_empty() { work } else { format!("{what}: {work}") }
    }

    /// A step below the title of its part, which is not said again: "12 min, RPE 3" below "Warm-up".
    pub(super) fn step_of(self, section: Section, step: &RunStep) -> String {
        let title = self.language.label(section);
        let step = self.step(step);
        step.strip_prefix(title).and_then(|rest| rest.strip_prefix(": ")).map(str::to_owned).unwrap_or(step)
    }

    /// What a step is for, how much it is, and how it is done; each may be empty.
    pub(super) fn step_cells(self, step: &RunStep) -> [String; 3] {
        match step {
            RunStep::Stretch(stretch) => {
                let Stretch { id: _, length: _, target, intensity } = stretch;
                [
                    self.language.label(*intensity).to_owned(),
                    self.step_length(stretch),
                    target.as_ref().map(|target| self.target_text(target)).unwrap_or_default(),
                ]
            }
            RunStep::Repeat(_) => {
                [self.language.label(Intensity::Interval).to_owned(), self.short_step(step), String::new()]
            }
        }
    }

    /// What is done each time.
    pub(super) fn repeated(self, repeat: &Repeat) -> Vec<String> {
        repeat.steps.iter().map(|step| self.short_step(step)).collect()
    }

    /// "400 m at 4:10 min/km", "90 s recovery", "6 × (…)"
    fn short_step(self, step: &RunStep) -> String {
        match step {
            RunStep::Stretch(stretch) => self.stretch(stretch),
            RunStep::Repeat(repeat) => {
                let steps = self.repeated(repeat);
                let steps = match steps.as_slice() {
                    [one] => one.clone(),
                    several => format!("({})", several.join(self.language.label(Label::ListSeparator))),
                };
                if repeat.times == Extent::one(1) {
                    return steps;
                }
                let times = range(&repeat.times.low().to_string(), &repeat.times.high().to_string());
                self.in_order(self.language.fill(Label::SetsTimes, &[("sets", &times), ("work", &steps)]))
            }
        }
    }

    fn stretch(self, stretch: &Stretch) -> String {
        let mut text = self.step_length(stretch);
        if let Some(intensity) = stretch.intensity.inside() {
            text = format!("{text} {}", self.language.label(intensity));
        }
        match &stretch.target {
            Some(target) => {
                self.language.fill(Label::StepAt, &[("length", &text), ("target", &self.target_text(target))])
            }
            None => text,
        }
    }

    pub(super) fn step_length(self, stretch: &Stretch) -> String {
        match &stretch.length {
            StepLength::Time(time) => self.time(time),
            StepLength::Distance(distance) => self.distance(distance),
            StepLength::Open => self.label(Label::OpenStep),
        }
    }

    pub(super) fn target_text(self, target: &RunTarget) -> String {
        match target {
            RunTarget::Pace(pace) => self.pace(pace),
            RunTarget::Named(name) => self.language.fill(Label::PaceOf, &[("pace", self.language.label(*name))]),
            RunTarget::Zone(zone) => {
                let zone = range(&zone.low().to_string(), &zone.high().to_string());
                self.in_order(self.language.fill(Label::ZoneOf, &[("zone", &zone)]))
            }
            RunTarget::Rpe(rpe) => self.rpe(rpe),
            RunTarget::Amount(Measured { amount, unit }) => self.measured(amount, target_unit(*unit)),
        }
    }

    fn pace(self, pace: &Pace) -> String {
        let clock = range(&Pace::clock(pace.seconds.low()), &Pace::clock(pace.seconds.high()));
        let unit = match pace.unit {
            PaceUnit::Kilometre => UnitName::MinutesPerKilometre,
            PaceUnit::Mile => UnitName::MinutesPerMile,
            PaceUnit::HundredMetres => UnitName::MinutesPerHundredMetres,
        };
        self.in_order(self.language.fill(unit, &[("n", &clock)]))
    }
}

fn target_unit(unit: TargetUnit) -> UnitName {
    match unit {
        TargetUnit::BeatsPerMinute => UnitName::BeatsPerMinute,
        TargetUnit::PercentMaxHeartRate => UnitName::PercentMaxHeartRate,
        TargetUnit::KilometresPerHour => UnitName::KilometresPerHour,
        TargetUnit::MilesPerHour => UnitName::MilesPerHour,
        TargetUnit::Watt => UnitName::Watt,
        TargetUnit::PercentThresholdPower => UnitName::PercentThresholdPower,
        TargetUnit::StepsPerMinute => UnitName::StepsPerMinute,
        TargetUnit::TurnsPerMinute => UnitName::TurnsPerMinute,
    }
}
