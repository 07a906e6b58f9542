//! How fast somebody runs, rides or swims.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::suggestion::{ends, number_and_rest, range};
use super::{
    BadQuantity, Extent, LengthUnit, Literal, literal, one_of, parse_range, parse_whole, range_shape, unreadable,
};

/// The distance that a pace counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaceUnit {
    /// For each kilometre.
    Kilometre,
    /// For each mile.
    Mile,
    /// For each hundred metres, as swimmers count.
    HundredMetres,
    /// For each hundred yards, as swimmers count.
    HundredYards,
    /// For each five hundred metres, as rowers count.
    FiveHundredMetres,
}

impl PaceUnit {
    const ALL: [Self; 5] =
        [Self::Kilometre, Self::Mile, Self::HundredMetres, Self::HundredYards, Self::FiveHundredMetres];

    /// How it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Kilometre => "km",
            Self::Mile => "mi",
            Self::HundredMetres => "100m",
            Self::HundredYards => "100yd",
            Self::FiveHundredMetres => "500m",
        }
    }

    /// The unit that is written so.
    pub(crate) fn named(symbol: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.symbol() == symbol)
    }

    /// The regular expression of all.
    pub(crate) fn shape() -> String {
        one_of(Self::ALL.map(Self::symbol))
    }

    /// Seconds for a unit in other spellings: `15 sec per km`, `0:15`, `1 min/mi`.
    pub(crate) fn respelt_seconds(tidied: &str) -> Vec<String> {
        let (time, unit) = unit_parted(tidied);
        let (one, other) = ends(&time);
        let (Some(one), Some(other)) = (loose_seconds(one), loose_seconds(other)) else { return Vec::new() };
        let seconds = range(one.into(), other.into());
        units_meant(unit).iter().map(|unit| format!("{seconds} s/{}", unit.symbol())).collect()
    }

    /// The unit in which runners count who measure their distances in this one.
    pub(crate) fn of_runs_in(unit: LengthUnit) -> Self {
        match unit {
            LengthUnit::Metre | LengthUnit::Kilometre => Self::Kilometre,
            LengthUnit::Mile | LengthUnit::Yard => Self::Mile,
        }
    }

    /// How many metres it has.
    pub fn metres(self) -> Decimal {
        match self {
            Self::Kilometre => super::LengthUnit::Kilometre.metres(),
            Self::Mile => super::LengthUnit::Mile.metres(),
            Self::HundredMetres => Decimal::ONE_HUNDRED,
            Self::HundredYards => super::LengthUnit::Yard.metres() * Decimal::ONE_HUNDRED,
            Self::FiveHundredMetres => Decimal::from(500),
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
    /// So many seconds for each unit; `None` if a pace cannot be written so.
    pub(crate) fn between(fast: u32, slow: u32, unit: PaceUnit) -> Option<Self> {
        let seconds = Extent::new(fast, slow)?;
        Self::read(&Self { seconds, unit }.to_string())
    }

    /// Metres covered in one second, at the slower end of the pace.
    pub fn slowest(&self) -> Decimal {
        self.unit.metres() / Decimal::from(self.seconds.high())
    }

    /// Metres covered in one second, at the faster end of the pace.
    pub fn fastest(&self) -> Decimal {
        self.unit.metres() / Decimal::from(self.seconds.low())
    }

    /// A pace as a clock shows it: `5:30`.
    pub fn clock(seconds: u32) -> String {
        format!("{}:{:02}", seconds / 60, seconds % 60)
    }

    /// The times without their unit: `5:15-5:30`.
    pub(crate) fn clocks(&self) -> String {
        let (low, high) = (Self::clock(self.seconds.low()), Self::clock(self.seconds.high()));
        if self.seconds.is_one() { low } else { format!("{low}-{high}") }
    }

    /// The regular expression of one time without its unit.
    pub(crate) fn shape_of_clock() -> String {
        "(([1-9][0-9]?|0[1-9]):[0-5][0-9]|00?:(0[1-9]|[1-5][0-9]))".to_owned()
    }
}

impl Literal for Pace {
    const EXPECTED: &'static str = "a pace such as `5:30/km`, `5:15-5:30/km`, `8:45/mi` or `1:50/100m`";

    fn shape() -> String {
        format!(r"{}\s*/\s*{}", range_shape(&Self::shape_of_clock()), PaceUnit::shape())
    }

    fn read(text: &str) -> Option<Self> {
        let (time, unit) = text.split_once('/')?;
        Some(Self { seconds: parse_range(time.trim(), clock_seconds)?, unit: PaceUnit::named(unit.trim())? })
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
    let (time, named) = unit_parted(tidied);
    let time = time.trim_end_matches(" pace").trim().trim_end_matches("min").trim().to_owned();
    // A plain number without a unit may be anything.
    let clock = named.is_some() || time.contains(':');
    (time, if clock { units_meant(named) } else { Vec::new() })
}

/// The unit, or both that runners use where there is none.
fn units_meant(named: Option<PaceUnit>) -> Vec<PaceUnit> {
    named.map_or_else(|| vec![PaceUnit::Kilometre, PaceUnit::Mile], |unit| vec![unit])
}

/// A pace without its unit, and the unit if it has one.
fn unit_parted(tidied: &str) -> (String, Option<PaceUnit>) {
    const NAMES: [(&str, PaceUnit); 21] = [
        ("/500 m", PaceUnit::FiveHundredMetres),
        ("/500m", PaceUnit::FiveHundredMetres),
        ("/100 yards", PaceUnit::HundredYards),
        ("/100 yds", PaceUnit::HundredYards),
        ("/100 yd", PaceUnit::HundredYards),
        ("/100yd", PaceUnit::HundredYards),
        ("/100y", PaceUnit::HundredYards),
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
    (named.map_or(text.clone(), |(name, _)| text.replace(name, "")), named.map(|(_, unit)| *unit))
}

/// Whole seconds of `15`, `15 sec`, `0:15`, `:15` and `1 min`.
fn loose_seconds(text: &str) -> Option<u32> {
    let text = text.trim();
    if let Some((minutes, seconds)) = text.split_once(':') {
        let minutes = if minutes.is_empty() { "0" } else { minutes };
        return clock_seconds(&format!("{minutes}:{}", seconds.trim_end_matches(['s', ' '])));
    }
    let (number, unit) = number_and_rest(text)?;
    let seconds = match unit {
        "" | "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "''" => number,
        "min" | "mins" | "minute" | "minutes" | "'" => number.checked_mul(Decimal::from(60))?,
        _ => return None,
    };
    parse_whole(&seconds.normalize().to_string())
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
        write!(f, "{}/{}", self.clocks(), self.unit.symbol())
    }
}

literal!(Pace);
