//! How fast or how hard a stretch of a run is.

mod meant;
mod named;
mod ramp;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

pub use named::{NamedPace, Sign};
pub use ramp::RunTarget;

use crate::quantity::{BadQuantity, Extent, Literal, Measured, Pace, Rpe, Unit, literal, shape_with, some, unreadable};

/// A unit of a target that is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TargetUnit {
    /// Heart beats a minute.
    BeatsPerMinute,
    /// Per cent of the highest heart rate.
    PercentMaxHeartRate,
    /// Per cent of the heart rate at the lactate threshold.
    PercentThresholdHeartRate,
    /// Kilometres an hour.
    KilometresPerHour,
    /// Miles an hour.
    MilesPerHour,
    /// Watts.
    Watt,
    /// Per cent of the functional threshold power.
    PercentThresholdPower,
    /// Strokes a minute: what `spm` counts in a swim and on the rower.
    StrokesPerMinute,
    /// Steps a minute.
    StepsPerMinute,
    /// Turns of the cranks a minute.
    TurnsPerMinute,
}

impl Unit for TargetUnit {
    const SPELLINGS: &'static [(&'static str, Self)] = &[
        ("bpm", Self::BeatsPerMinute),
        ("%hrmax", Self::PercentMaxHeartRate),
        ("%lthr", Self::PercentThresholdHeartRate),
        ("km/h", Self::KilometresPerHour),
        ("mph", Self::MilesPerHour),
        ("W", Self::Watt),
        ("%ftp", Self::PercentThresholdPower),
        ("spm", Self::StepsPerMinute),
        ("rpm", Self::TurnsPerMinute),
    ];
    const EXPECTED: &'static str = "a target such as `4:10/km`, `5k pace`, `90 % 5k pace`, `marathon pace + 15 s/km`, \
                                    `zone 2`, `140-150 bpm`, `80-85 %hrmax`, `90 %lthr`, `rpe 6`, `12 km/h`, `220 W`, \
                                    `180 spm` or `90 rpm`";
    const MISSPELT: &'static [(&'static str, Self)] = &[
        ("w", Self::Watt),
        ("watts", Self::Watt),
        ("kph", Self::KilometresPerHour),
        ("hr", Self::BeatsPerMinute),
        ("watt", Self::Watt),
        ("kmh", Self::KilometresPerHour),
        ("beats", Self::BeatsPerMinute),
        ("% hrmax", Self::PercentMaxHeartRate),
        ("% max hr", Self::PercentMaxHeartRate),
        ("% of max hr", Self::PercentMaxHeartRate),
        ("%hr max", Self::PercentMaxHeartRate),
        ("% hr max", Self::PercentMaxHeartRate),
        ("%maxhr", Self::PercentMaxHeartRate),
        ("% mhr", Self::PercentMaxHeartRate),
        ("%mhr", Self::PercentMaxHeartRate),
        ("% lthr", Self::PercentThresholdHeartRate),
        ("% of lthr", Self::PercentThresholdHeartRate),
        ("% lt hr", Self::PercentThresholdHeartRate),
        ("% threshold hr", Self::PercentThresholdHeartRate),
        ("% of threshold hr", Self::PercentThresholdHeartRate),
        ("% threshold heart rate", Self::PercentThresholdHeartRate),
        ("% of threshold heart rate", Self::PercentThresholdHeartRate),
        ("% ftp", Self::PercentThresholdPower),
        ("% of ftp", Self::PercentThresholdPower),
        ("steps/min", Self::StepsPerMinute),
        ("steps per minute", Self::StepsPerMinute),
        ("strokes/min", Self::StepsPerMinute),
        ("strokes per minute", Self::StepsPerMinute),
    ];

    fn counts_thousands(self) -> bool {
        matches!(self, Self::BeatsPerMinute | Self::Watt | Self::StepsPerMinute | Self::TurnsPerMinute)
    }

    /// Steps and strokes are written alike: the sport says which of them are counted.
    fn symbol(self) -> &'static str {
        let written = if self == Self::StrokesPerMinute { Self::StepsPerMinute } else { self };
        Self::SPELLINGS.iter().find(|(_, unit)| *unit == written).map_or("", |(text, _)| text)
    }
}

/// How fast or how hard a stretch is from its start to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A pace, written `4:10/km`.
    Pace(Pace),
    /// A pace that the runner knows by name, written `5k pace`, or one stated by it.
    Named(NamedPace),
    /// What such a pace is for one runner. No file has it; a plan for a person does.
    Reckoned {
        /// The pace.
        pace: Pace,
        /// What the author wrote.
        written: NamedPace,
    },
    /// A heart rate zone, 1 to 7, written `zone 2`.
    Zone(Extent<u8>),
    /// An effort, written `rpe 6`.
    Rpe(Extent<Rpe>),
    /// A number with its unit, written `140-150 bpm`.
    Amount(Measured<TargetUnit>),
}

/// What a target measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measures {
    /// How fast.
    Speed,
    /// The beats of the heart, or their zone.
    HeartRate,
    /// The power.
    Power,
    /// Steps or turns in a minute.
    Cadence,
    /// How hard it feels.
    Effort,
}

impl Target {
    /// What it measures; a second target beside it measures something else.
    pub fn measures(&self) -> Measures {
        match self {
            Self::Pace(_) | Self::Named(_) | Self::Reckoned { .. } => Measures::Speed,
            Self::Zone(_) => Measures::HeartRate,
            Self::Rpe(_) => Measures::Effort,
            Self::Amount(amount) => match amount.unit {
                TargetUnit::KilometresPerHour | TargetUnit::MilesPerHour => Measures::Speed,
                TargetUnit::BeatsPerMinute
                | TargetUnit::PercentMaxHeartRate
                | TargetUnit::PercentThresholdHeartRate => Measures::HeartRate,
                TargetUnit::Watt | TargetUnit::PercentThresholdPower => Measures::Power,
                TargetUnit::StrokesPerMinute | TargetUnit::StepsPerMinute | TargetUnit::TurnsPerMinute => {
                    Measures::Cadence
                }
            },
        }
    }

    /// The same with strokes where it counts steps.
    pub(crate) fn in_strokes(self) -> Self {
        match self {
            Self::Amount(Measured { amount, unit: TargetUnit::StepsPerMinute }) => {
                Self::Amount(Measured { amount, unit: TargetUnit::StrokesPerMinute })
            }
            other => other,
        }
    }

    /// Metres a second, from the slower end to the faster; `None` where it does not say so for every runner, or is nothing.
    pub fn speed(&self) -> Option<Extent<Decimal>> {
        let hourly = |amount: &Measured<TargetUnit>, metres: Decimal| {
            let seconds = Decimal::from(3600);
            Some(amount.amount.map(|amount| amount.saturating_mul(metres) / seconds))
        };
        let speed = match self {
            Self::Pace(pace) | Self::Reckoned { pace, .. } => Extent::new(pace.slowest(), pace.fastest()),
            Self::Amount(amount) => match amount.unit {
                TargetUnit::KilometresPerHour => hourly(amount, Decimal::ONE_THOUSAND),
                TargetUnit::MilesPerHour => hourly(amount, crate::quantity::LengthUnit::Mile.metres()),
                TargetUnit::BeatsPerMinute
                | TargetUnit::PercentMaxHeartRate
                | TargetUnit::PercentThresholdHeartRate
                | TargetUnit::Watt
                | TargetUnit::PercentThresholdPower
                | TargetUnit::StrokesPerMinute
                | TargetUnit::StepsPerMinute
                | TargetUnit::TurnsPerMinute => None,
            },
            Self::Named(_) | Self::Zone(_) | Self::Rpe(_) => None,
        };
        speed.filter(|speed| speed.low() > Decimal::ZERO)
    }
}

impl Literal for Target {
    const EXPECTED: &'static str = TargetUnit::EXPECTED;

    fn shape() -> String {
        let named = NamedPace::shape();
        let (pace, rpe) = (Pace::shape(), Extent::<Rpe>::shape());
        let amount = shape_with(TargetUnit::SPELLINGS, up_to_some);
        format!(r"{named}|zone \s*{ZONE}(\s*-\s*{ZONE})?|rpe \s*({rpe})|{pace}|{amount}")
    }

    fn read(text: &str) -> Option<Self> {
        let zone = || text.strip_prefix("zone ").and_then(zones).map(Self::Zone);
        let rpe = || text.strip_prefix("rpe ").and_then(|rpe| Extent::<Rpe>::read(rpe.trim())).map(Self::Rpe);
        let pace = || Pace::read(text).map(Self::Pace);
        let named = NamedPace::read(text).map(Self::Named);
        let something = |amount: &Measured<TargetUnit>| !amount.amount.high().is_zero();
        let amount = || Measured::read(text).filter(something).map(Self::Amount);
        named.or_else(zone).or_else(rpe).or_else(pace).or_else(amount)
    }

    fn respelt(tidied: &str) -> Vec<String> {
        meant::targets(tidied)
    }

    fn advice(tidied: &str) -> Option<String> {
        meant::advice(tidied)
    }
}

impl FromStr for Target {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

/// The regular expression of an amount or a range that is not nothing.
fn up_to_some(number: &str) -> String {
    format!("({number}-)?{}", some(number))
}

/// The regular expression of a zone: five are usual, and seven where they are of power or split above the threshold.
const ZONE: &str = "[1-7]";

fn zones(text: &str) -> Option<Extent<u8>> {
    let zone = |text: &str| text.trim().parse().ok().filter(|zone| (1..=7).contains(zone));
    match text.split_once('-') {
        Some((low, high)) => Extent::new(zone(low)?, zone(high)?),
        None => zone(text).map(Extent::one),
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pace(pace) => pace.fmt(f),
            Self::Named(pace) | Self::Reckoned { written: pace, .. } => pace.fmt(f),
            Self::Zone(zone) => write!(f, "zone {zone}"),
            Self::Rpe(rpe) => write!(f, "rpe {rpe}"),
            Self::Amount(amount) => amount.fmt(f),
        }
    }
}

literal!(Target, RunTarget);
