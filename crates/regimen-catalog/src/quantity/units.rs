//! Units, and the amounts that are written with them.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::{AMOUNT, BadQuantity, Extent, Literal, Measured, Unit, literal};

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeUnit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
}

impl Unit for TimeUnit {
    const SPELLINGS: &'static [(&'static str, Self)] =
        &[("s", Self::Second), ("min", Self::Minute), ("h", Self::Hour), ("sec", Self::Second)];
    const EXPECTED: &'static str = "a length of time such as `30 s`, `20-30 s`, `5 min` or `1 h`";
    const MISSPELT: &'static [(&'static str, Self)] = &[
        ("secs", Self::Second),
        ("second", Self::Second),
        ("seconds", Self::Second),
        ("mins", Self::Minute),
        ("minute", Self::Minute),
        ("minutes", Self::Minute),
        ("hr", Self::Hour),
        ("hrs", Self::Hour),
        ("hour", Self::Hour),
        ("hours", Self::Hour),
    ];
}

impl TimeUnit {
    /// So many of this unit.
    pub fn amount(self, number: u32) -> Duration {
        Measured { amount: Extent::one(number.into()), unit: self }
    }

    /// How many seconds it has.
    pub fn seconds(self) -> Decimal {
        Decimal::from(match self {
            Self::Second => 1,
            Self::Minute => 60,
            Self::Hour => 3600,
        })
    }
}

/// A length of time or a range of them.
pub type Duration = Measured<TimeUnit>;

impl Duration {
    /// Both ends in seconds.
    pub fn seconds(&self) -> Extent<Decimal> {
        self.amount.map(|amount| amount.saturating_mul(self.unit.seconds()))
    }
}

/// A unit of length for distances covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LengthUnit {
    /// Metres.
    Metre,
    /// Kilometres.
    Kilometre,
    /// Statute miles.
    Mile,
}

impl Unit for LengthUnit {
    const SPELLINGS: &'static [(&'static str, Self)] =
        &[("m", Self::Metre), ("km", Self::Kilometre), ("mi", Self::Mile)];
    const EXPECTED: &'static str = "a distance such as `400 m`, `5 km` or `3 mi`";
    const MISSPELT: &'static [(&'static str, Self)] = &[
        ("metre", Self::Metre),
        ("metres", Self::Metre),
        ("meter", Self::Metre),
        ("meters", Self::Metre),
        ("k", Self::Kilometre),
        ("kilometre", Self::Kilometre),
        ("kilometres", Self::Kilometre),
        ("kilometers", Self::Kilometre),
        ("mile", Self::Mile),
        ("miles", Self::Mile),
    ];
}

impl LengthUnit {
    /// How many metres it has.
    pub fn metres(self) -> Decimal {
        match self {
            Self::Metre => Decimal::ONE,
            Self::Kilometre => Decimal::ONE_THOUSAND,
            // The international mile of 1959.
            Self::Mile => Decimal::new(1_609_344, 3),
        }
    }
}

/// A distance or a range of them.
pub type Distance = Measured<LengthUnit>;

impl Distance {
    /// Both ends in metres.
    pub fn metres(&self) -> Extent<Decimal> {
        self.amount.map(|amount| amount.saturating_mul(self.unit.metres()))
    }
}

/// A unit of load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LoadUnit {
    /// Kilograms.
    Kilogram,
    /// Pounds.
    Pound,
    /// Per cent of the one-repetition maximum.
    PercentOneRepMax,
    /// Per cent of the training maximum.
    PercentTrainingMax,
    /// Per cent of body weight.
    PercentBodyweight,
    /// A weight that can be lifted just this many times.
    RepMax,
}

impl Unit for LoadUnit {
    const SPELLINGS: &'static [(&'static str, Self)] = &[
        ("kg", Self::Kilogram),
        ("lb", Self::Pound),
        ("%1rm", Self::PercentOneRepMax),
        ("%tm", Self::PercentTrainingMax),
        ("%bw", Self::PercentBodyweight),
        ("rm", Self::RepMax),
    ];
    const EXPECTED: &'static str =
        "a load such as `40 kg`, `90 lb`, `70 %1rm`, `80 %tm`, `50 %bw`, `10 rm` or `band red`";
    const MISSPELT: &'static [(&'static str, Self)] = &[
        ("kgs", Self::Kilogram),
        ("kilo", Self::Kilogram),
        ("kilos", Self::Kilogram),
        ("lbs", Self::Pound),
        ("pound", Self::Pound),
        ("pounds", Self::Pound),
        ("%", Self::PercentOneRepMax),
        ("% 1rm", Self::PercentOneRepMax),
        ("%rm", Self::PercentOneRepMax),
        ("% tm", Self::PercentTrainingMax),
        ("% bw", Self::PercentBodyweight),
    ];
}

/// What is lifted or pulled.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Load {
    /// A weight, or a share of a known best.
    Amount(Measured<LoadUnit>),
    /// An elastic band of this colour.
    Band(String),
}

impl Literal for Load {
    const EXPECTED: &'static str = LoadUnit::EXPECTED;

    fn shape() -> String {
        format!(r"band \s*\S.*|{}", Measured::<LoadUnit>::shape())
    }
}

impl FromStr for Load {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        match text.strip_prefix("band ").map(str::trim) {
            Some(colour) if !colour.is_empty() => Ok(Self::Band(colour.to_owned())),
            _ => text.parse().map(Self::Amount),
        }
    }
}

impl fmt::Display for Load {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount(amount) => amount.fmt(f),
            Self::Band(colour) => write!(f, "band {colour}"),
        }
    }
}

/// A step of weight: one value above zero, in kilograms or pounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LoadStep {
    amount: Decimal,
    unit: LoadUnit,
}

impl LoadStep {
    /// How much it is.
    pub fn amount(&self) -> Decimal {
        self.amount
    }

    /// Kilograms or pounds.
    pub fn unit(&self) -> LoadUnit {
        self.unit
    }

    /// The same as an amount that might be a range.
    pub fn measured(&self) -> Measured<LoadUnit> {
        Measured { amount: Extent::one(self.amount), unit: self.unit }
    }
}

impl Literal for LoadStep {
    const EXPECTED: &'static str = "a step of weight such as `2.5 kg` or `5 lb`";

    fn shape() -> String {
        format!(r"{AMOUNT}\s*(kg|lb)")
    }
}

impl FromStr for LoadStep {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let weight = |load: &Measured<LoadUnit>| matches!(load.unit, LoadUnit::Kilogram | LoadUnit::Pound);
        let step = text.parse::<Measured<LoadUnit>>().ok().filter(weight).filter(|load| load.amount.is_one());
        let step = step.filter(|load| !load.amount.low().is_zero());
        step.map(|load| Self { amount: load.amount.low(), unit: load.unit })
            .ok_or_else(|| BadQuantity::new(format!("`{}` is not {}", text.escape_debug(), Self::EXPECTED)))
    }
}

impl fmt::Display for LoadStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.measured().fmt(f)
    }
}

literal!(Duration, Distance, Load, LoadStep);
