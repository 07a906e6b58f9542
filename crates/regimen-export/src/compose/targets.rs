//! How fast or how hard a stretch is, as readers see it: "15 s/km slower than marathon pace and 180 steps a minute".

use regimen_catalog::model::{NamedPace, RunTarget, Sign, Target, TargetUnit};
use regimen_catalog::quantity::{Measured, Pace, PaceUnit};
use regimen_catalog::vocabulary::{Label, PaceName, UnitName};

use super::Writer;
use super::amounts::range;

impl Writer<'_> {
    /// The targets of a stretch: the first one, and one that measures something else.
    pub(super) fn targets_text(self, target: &RunTarget, and: Option<&Target>) -> String {
        let first = match target {
            RunTarget::Steady(target) => self.target_text(target),
            RunTarget::Ramp(from, to) => {
                let (from, to) = (self.target_text(from), self.target_text(to));
                self.language.fill(Label::TargetRamp, &[("first", &from), ("last", &to)])
            }
        };
        let Some(second) = and else { return first };
        let second = self.target_text(second);
        self.language.fill(Label::TargetAnd, &[("target", &first), ("second", &second)])
    }

    pub(super) fn target_text(self, target: &Target) -> String {
        match target {
            Target::Pace(pace) => self.pace(pace),
            Target::Named(pace) => self.named_pace(pace),
            // "10 km pace (4:15 min/km)"
            Target::Reckoned { pace, written } => {
                self.language.fill(Label::WithNote, &[("what", &self.named_pace(written)), ("note", &self.pace(pace))])
            }
            Target::Zone(zone) => {
                let zone = range(&zone.low().to_string(), &zone.high().to_string());
                self.in_order(self.language.fill(Label::ZoneOf, &[("zone", &zone)]))
            }
            Target::Rpe(rpe) => self.rpe(rpe),
            Target::Amount(Measured { amount, unit }) => self.measured(amount, target_unit(*unit)),
        }
    }

    fn named_pace(self, pace: &NamedPace) -> String {
        let called = |name: &PaceName| self.language.label(*name);
        match pace {
            NamedPace::Exact(name) => self.language.fill(Label::PaceOf, &[("pace", called(name))]),
            NamedPace::Share { percent, of } => {
                let share = range(&percent.low().to_string(), &percent.high().to_string());
                self.in_order(self.language.fill(Label::PaceShare, &[("share", &share), ("pace", called(of))]))
            }
            NamedPace::Offset { from, sign, seconds, unit } => {
                let label = match sign {
                    Sign::Plus => Label::PaceSlower,
                    Sign::Minus => Label::PaceFaster,
                };
                let seconds = range(&seconds.low().to_string(), &seconds.high().to_string());
                let amount = self.in_order(self.language.fill(seconds_per(*unit), &[("n", &seconds)]));
                self.language.fill(label, &[("amount", &amount), ("pace", called(from))])
            }
            NamedPace::Between(one, other) => {
                self.language.fill(Label::PaceBetween, &[("first", called(one)), ("last", called(other))])
            }
        }
    }

    fn pace(self, pace: &Pace) -> String {
        let clock = range(&Pace::clock(pace.seconds.low()), &Pace::clock(pace.seconds.high()));
        let unit = match pace.unit {
            PaceUnit::Kilometre => UnitName::MinutesPerKilometre,
            PaceUnit::Mile => UnitName::MinutesPerMile,
            PaceUnit::HundredMetres => UnitName::MinutesPerHundredMetres,
            PaceUnit::HundredYards => UnitName::MinutesPerHundredYards,
            PaceUnit::FiveHundredMetres => UnitName::MinutesPerFiveHundredMetres,
        };
        self.in_order(self.language.fill(unit, &[("n", &clock)]))
    }
}

fn seconds_per(unit: PaceUnit) -> UnitName {
    match unit {
        PaceUnit::Kilometre => UnitName::SecondsPerKilometre,
        PaceUnit::Mile => UnitName::SecondsPerMile,
        PaceUnit::HundredMetres => UnitName::SecondsPerHundredMetres,
        PaceUnit::HundredYards => UnitName::SecondsPerHundredYards,
        PaceUnit::FiveHundredMetres => UnitName::SecondsPerFiveHundredMetres,
    }
}

fn target_unit(unit: TargetUnit) -> UnitName {
    match unit {
        TargetUnit::BeatsPerMinute => UnitName::BeatsPerMinute,
        TargetUnit::PercentMaxHeartRate => UnitName::PercentMaxHeartRate,
        TargetUnit::PercentThresholdHeartRate => UnitName::PercentThresholdHeartRate,
        TargetUnit::KilometresPerHour => UnitName::KilometresPerHour,
        TargetUnit::MilesPerHour => UnitName::MilesPerHour,
        TargetUnit::Watt => UnitName::Watt,
        TargetUnit::PercentThresholdPower => UnitName::PercentThresholdPower,
        TargetUnit::StrokesPerMinute => UnitName::StrokesPerMinute,
        TargetUnit::StepsPerMinute => UnitName::StepsPerMinute,
        TargetUnit::TurnsPerMinute => UnitName::TurnsPerMinute,
    }
}
