//! How fast somebody runs, rides or swims.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::suggestion::{ends, number_and_rest};
use super::{BadQuantity, Extent, Literal, literal, one_of, parse_range, parse_whole, range_shape, unreadable};

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

    fn read(text: &str) -> Option<Self> {
        let (time, unit) = text.split_once('/')?;
        let unit = PaceUnit::ALL.into_iter().find(|known| known.symbol() == unit.trim())?;
        Some(Self { seconds: parse_range(time.trim(), clock_seconds)?, unit })
    }

    fn respelt(tidied: &str) -> Vec<String> {
        let (time, units) = without_unit(tidied);
        let (one, other) = ends(&time);
        let (Some(one), Some(other)) = (loose_clock(one), loose_clock(other)) else {
            return Vec::new();
        };
        let (fast, slow) = (one.min(other), one.max(other));
        let Some(seconds) = Extent::new(fast, slow) else { return Vec::new() };
        units.into_iter().map(|unit| Self { seconds, unit }.to_string()).collect()
    }
}

/// A pace without its unit, and the unit; both that runners use where there is none.
fn without_unit(tidied: &str) -> (String, Vec<PaceUnit>) {
    const NAMES: [(&str, PaceUnit); 14] = [
        ("/100 m", PaceUnit::HundredMetres),
        ("/100m", PaceUnit::HundredMetres),
        ("/kilometres", PaceUnit::Kilometre),
        ("/kilometre", PaceUnit::Kilometre),
        ("/kilometers", PaceUnit::Kilometre),
        ("/kilometer", PaceUnit::Kilometre),
        ("/kms", PaceUnit::Kilometre),
        ("/km", PaceUnit::Kilometre),
        ("/k", PaceUnit::Kilometre),
        ("/miles", PaceUnit::Mile),
        ("/mile", PaceUnit::Mile),
        ("/meile", PaceUnit::Mile),
        ("/mi", PaceUnit::Mile),
        ("/m", PaceUnit::Mile),
    ];
    let text = tidied.replace(" per ", "/").replace(" pro ", "/").replace("/ ", "/").replace(" /", "/");
    let named = NAMES.iter().find(|(name, _)| text.ends_with(name));
    let time = named.map_or(text.clone(), |(name, _)| text.replace(name, ""));
    let time = time.trim_end_matches(" pace").trim().trim_end_matches("min").trim().to_owned();
    let units = named.map_or_else(|| vec![PaceUnit::Kilometre, PaceUnit::Mile], |(_, unit)| vec![*unit]);
    // A plain number without a unit may be anything.
    let clock = named.is_some() || time.contains(':');
    (time, if clock { units } else { Vec::new() })
}

/// Seconds of `4:40`, `4.40`, `4'40''`, `4 min 40 s`, `4.5` and `5`.
fn loose_clock(text: &str) -> Option<u32> {
    let bare = text.trim().trim_end_matches(['\'', 's', ' ']);
    let parts = [":", " min ", "min", "'", "m", "."].iter().find_map(|sign| bare.split_once(sign));
    let Some((minutes, seconds)) = parts.filter(|(_, seconds)| !seconds.is_empty()) else {
        let (minutes, rest) = number_and_rest(bare)?;
        let whole = rest.is_empty() || rest == "min" || rest == "m";
        return clock_seconds(&format!("{minutes}:00")).filter(|_| whole);
    };
    let (minutes, seconds) = (minutes.trim(), seconds.trim());
    match seconds.len() {
        // One decimal is a tenth of a minute, two are seconds where they can be.
        1 => clock_seconds(&format!("{minutes}:{:02}", parse_whole::<u32>(seconds)? * 6)),
        _ => clock_seconds(&format!("{minutes}:{seconds}")),
    }
}

impl FromStr for Pace {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
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
