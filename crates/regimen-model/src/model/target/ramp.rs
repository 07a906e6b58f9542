//! Targets that change from the start of a stretch to its end.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::named::NamedPace;
use super::{Target, TargetUnit, ZONE, meant, up_to_some};
use crate::quantity::{BadQuantity, Extent, Literal, Pace, Rpe, Unit, range_shape, shape_with, unreadable};

/// How fast or how hard a stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunTarget {
    /// The same from its start to its end.
    Steady(Target),
    /// Changing evenly from one to the other, written `easy to marathon pace`.
    Ramp(Target, Target),
}

impl RunTarget {
    /// The target, or both ends of a ramp.
    pub fn targets(self) -> impl Iterator<Item = Target> {
        let (first, last) = match self {
            Self::Steady(target) => (target, None),
            Self::Ramp(from, to) => (from, Some(to)),
        };
        std::iter::once(first).chain(last)
    }

    /// Changes the target, or both ends of a ramp.
    pub(crate) fn each_mut(&mut self, mut change: impl FnMut(&mut Target)) {
        match self {
            Self::Steady(target) => change(target),
            Self::Ramp(from, to) => [from, to].into_iter().for_each(change),
        }
    }

    /// The same with strokes where it counts steps.
    pub(crate) fn in_strokes(self) -> Self {
        match self {
            Self::Steady(target) => Self::Steady(target.in_strokes()),
            Self::Ramp(from, to) => Self::Ramp(from.in_strokes(), to.in_strokes()),
        }
    }

    /// Metres a second on average, from the slower end to the faster; `None` where it does not say so for every runner.
    pub fn speed(&self) -> Option<Extent<Decimal>> {
        match self {
            Self::Steady(target) => target.speed(),
            Self::Ramp(from, to) => {
                let (from, to) = (from.speed()?, to.speed()?);
                Extent::new(mean(from.low(), to.low()), mean(from.high(), to.high()))
            }
        }
    }
}

fn mean(one: Decimal, other: Decimal) -> Decimal {
    one.saturating_add(other) / Decimal::TWO
}

impl Literal for RunTarget {
    const EXPECTED: &'static str = "a target such as `4:10/km`, `5k pace`, `90 % 5k pace`, `marathon pace + 15 s/km`, `easy to marathon pace`, \
         `zone 2`, `140-150 bpm`, `80-85 %hrmax`, `90 %lthr`, `rpe 6`, `12 km/h`, `220 W`, `180 spm` or `90 rpm`";

    fn shape() -> String {
        let steady = Target::shape();
        // What both ends share is written once.
        let (names, share) = (NamedPace::shape_of_names(), NamedPace::shape_of_share());
        let (clock, percent) = (range_shape(&Pace::shape_of_clock()), NamedPace::shape_of_percent());
        let (zone, rpe) = (format!(r"{ZONE}(\s*-\s*{ZONE})?"), Extent::<Rpe>::shape());
        let amounts = shape_with(TargetUnit::SPELLINGS, |number| format!(r"{0}\s* to \s*{0}", up_to_some(number)));
        let halves = [
            format!(r"{names}\s* to \s*{names}\s* pace"),
            format!(r"{percent}\s* to \s*{share}"),
            format!(r"{clock}\s* to \s*{}", Pace::shape()),
            format!(r"zone \s*{zone}\s* to \s*{zone}"),
            format!(r"rpe \s*({rpe})\s* to \s*({rpe})"),
            amounts,
        ];
        format!(r"{steady}|({steady})\s* to \s*({steady})|{}", halves.join("|"))
    }

    fn read(text: &str) -> Option<Self> {
        let Some((from, to)) = text.split_once(" to ") else {
            return Target::read(text).map(Self::Steady);
        };
        let (from, to) = (from.trim(), to.trim());
        let (from, to) = match (Target::read(from), Target::read(to)) {
            (Some(from), Some(to)) => (from, to),
            (None, Some(end)) => (with_end_of(from, to)?, end),
            (Some(start), None) => (start, with_start_of(from, to)?),
            (None, None) => return None,
        };
        Some(if from == to { Self::Steady(from) } else { Self::Ramp(from, to) })
    }

    fn respelt(tidied: &str) -> Vec<String> {
        meant::ramps(tidied)
    }

    fn advice(tidied: &str) -> Option<String> {
        meant::advice(tidied)
    }
}

/// The start of a ramp whose unit is written with its end: `60` of `60 to 80 %ftp`, `easy` of `easy to marathon pace`.
fn with_end_of(from: &str, to: &str) -> Option<Target> {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ':' | '-');
    if from.chars().all(number) {
        let unit = to.trim_start_matches(number);
        return Target::read(&format!("{from}{unit}")).filter(|_| unit.len() < to.len());
    }
    let plain = |target: &Target| matches!(target, Target::Named(NamedPace::Exact(_) | NamedPace::Between(..)));
    let to = Target::read(to).filter(plain);
    to.and_then(|_| Target::read(&format!("{from} pace"))).filter(plain)
}

/// The end of a ramp whose word is written with its start: `7` of `rpe 5 to 7`.
fn with_start_of(from: &str, to: &str) -> Option<Target> {
    let word = ["zone ", "rpe "].into_iter().find(|word| from.starts_with(word))?;
    Target::read(&format!("{word}{to}"))
}

impl FromStr for RunTarget {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

impl fmt::Display for RunTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Steady(target) => target.fmt(f),
            Self::Ramp(Target::Named(NamedPace::Exact(from)), Target::Named(NamedPace::Exact(to))) => {
                write!(f, "{from} to {to} pace")
            }
            Self::Ramp(Target::Pace(from), Target::Pace(to)) if from.unit == to.unit => {
                write!(f, "{} to {to}", from.clocks())
            }
            Self::Ramp(Target::Amount(from), Target::Amount(to)) if from.unit == to.unit => {
                write!(f, "{} to {to}", from.amount)
            }
            Self::Ramp(from, to) => write!(f, "{from} to {to}"),
        }
    }
}
