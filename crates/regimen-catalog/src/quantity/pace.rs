//! How fast somebody runs, rides or swims.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::{BadQuantity, Extent, Literal, literal, one_of, parse_range, parse_whole, range_shape};

/// The distance that a pace counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaceUnit {
    /// For each kilometre.
    Kilometre,
    /// For each mile.
    Mile,
    /// For each hundred metres, as swimmers count.
    HundredMetres,
}

impl PaceUnit {
    const ALL: [Self; 3] = [Self::Kilometre, Self::Mile, Self::HundredMetres];

    /// How it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Kilometre => "km",
            Self::Mile => "mi",
            Self::HundredMetres => "100m",
        }
    }

    /// How many metres it has.
    pub fn metres(self) -> Decimal {
        match self {
            Self::Kilometre => super::LengthUnit::Kilometre.metres(),
            Self::Mile => super::LengthUnit::Mile.metres(),
            Self::HundredMetres => Decimal::ONE_HUNDRED,
        }
    }
}

/// A time for a distance, written `5:30/km` or `5:15-5:30/km`. The faster end comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pace {
    /// Seconds for each unit of distance.
    pub seconds: Extent<u32>,
    /// The unit of distance as written.
    pub unit: PaceUnit,
}

impl Pace {
    /// Metres covered in one second, at the slower end of the pace.
    pub fn slowest(&self) -> Decimal {
        self.unit.metres() / Decimal::from(self.seconds.high())
    }

    /// A pace as a clock shows it: `5:30`.
    pub fn clock(seconds: u32) -> String {
        format!("{}:{:02}", seconds / 60, seconds % 60)
    }
}

impl Literal for Pace {
    const EXPECTED: &'static str = "a pace such as `5:30/km`, `5:15-5:30/km`, `8:45/mi` or `1:50/100m`";

    fn shape() -> String {
        let clock = "(([1-9][0-9]?|0[1-9]):[0-5][0-9]|00?:(0[1-9]|[1-5][0-9]))";
        let units = one_of(PaceUnit::ALL.map(PaceUnit::symbol));
        format!(r"{}\s*/\s*{units}", range_shape(clock))
    }
}

impl FromStr for Pace {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let parsed = text.split_once('/').and_then(|(time, unit)| {
            let unit = PaceUnit::ALL.into_iter().find(|known| known.symbol() == unit.trim())?;
            Some(Self { seconds: parse_range(time.trim(), clock_seconds)?, unit })
        });
        parsed.ok_or_else(|| BadQuantity::not::<Self>(text))
    }
}

/// Minutes and seconds, at least one second and less than 100 minutes.
fn clock_seconds(text: &str) -> Option<u32> {
    let (minutes, seconds) = text.split_once(':')?;
    let minutes = parse_whole::<u32>(minutes).filter(|n| *n < 100)?;
    let seconds = parse_whole::<u32>(seconds).filter(|n| *n < 60 && seconds.len() == 2)?;
    Some(minutes * 60 + seconds).filter(|total| *total > 0)
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Self::clock(self.seconds.low()))?;
        if !self.seconds.is_one() {
            write!(f, "-{}", Self::clock(self.seconds.high()))?;
        }
        write!(f, "/{}", self.unit.symbol())
    }
}

literal!(Pace);
