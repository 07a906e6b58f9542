//! Amounts with their units, exact and kept as written.
//!
//! Authors write typed literals: `40 kg`, `30 s`, `1.5 km`, `8-12`, `70 %1rm`. Nothing here is a binary
//! floating-point number, and nothing is converted before it is shown.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

/// Why a text is not the amount that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadQuantity(String);

impl BadQuantity {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for BadQuantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadQuantity {}

/// Lets a type be written as one YAML scalar, text or number, and read through its `FromStr`.
macro_rules! literal {
    ($($name:ty),+) => {$(
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = deserializer.deserialize_any($crate::quantity::ScalarText)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )+};
}
pub(crate) use literal;

/// Reads a scalar as its text: authors may write `reps: 8` or `reps: 8-12`.
pub(crate) struct ScalarText;

impl serde::de::Visitor<'_> for ScalarText {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a single value")
    }

    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        Ok(text.trim().to_owned())
    }

    fn visit_u64<E>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_i64<E>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_f64<E>(self, value: f64) -> Result<String, E> {
        // The shortest text that means this number is the text that was written, up to 15 digits.
        Ok(value.to_string())
    }
}

/// One value, or a range from low to high, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Extent<T> {
    low: T,
    high: T,
}

impl<T: Copy + PartialOrd> Extent<T> {
    /// A range; `None` unless low is at most high.
    pub fn new(low: T, high: T) -> Option<Self> {
        (low <= high).then_some(Self { low, high })
    }

    /// A single value.
    pub fn one(value: T) -> Self {
        Self { low: value, high: value }
    }

    /// The lower end.
    pub fn low(&self) -> T {
        self.low
    }

    /// The upper end.
    pub fn high(&self) -> T {
        self.high
    }

    /// Whether it is a single value.
    pub fn is_one(&self) -> bool {
        self.low == self.high
    }

    /// The same change made to both ends.
    #[must_use]
    pub fn map<U: Copy + PartialOrd>(&self, mut change: impl FnMut(T) -> U) -> Extent<U> {
        Extent { low: change(self.low), high: change(self.high) }
    }
}

impl<T: fmt::Display + PartialEq> fmt::Display for Extent<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.low.fmt(f)?;
        if self.low != self.high {
            f.write_str("-")?;
            self.high.fmt(f)?;
        }
        Ok(())
    }
}

/// A number with a unit, such as `30 s`; `U` is the closed set of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Measured<U> {
    /// One value or a range, never negative.
    pub amount: Extent<Decimal>,
    /// The unit as written.
    pub unit: U,
}

/// A unit that literals may name.
pub trait Unit: Copy + Eq + 'static {
    /// Every spelling of every unit; the first spelling of a unit is how it is written.
    const SPELLINGS: &'static [(&'static str, Self)];
    /// What such an amount is called in messages, with an example.
    const EXPECTED: &'static str;

    /// How it is written.
    fn symbol(self) -> &'static str {
        Self::SPELLINGS.iter().find(|(_, unit)| *unit == self).map_or("", |(text, _)| text)
    }
}

impl<U: Unit> FromStr for Measured<U> {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let wrong = || BadQuantity(format!("`{}` is not {}", text.escape_debug(), U::EXPECTED));
        let text = text.trim();
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-').ok_or_else(wrong)?;
        let (amount, unit) = text.split_at(end);
        let unit = unit.trim();
        let (_, unit) = U::SPELLINGS.iter().find(|(spelling, _)| *spelling == unit).ok_or_else(wrong)?;
        Ok(Self { amount: parse_extent(amount).ok_or_else(wrong)?, unit: *unit })
    }
}

impl<U: Unit> fmt::Display for Measured<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.unit.symbol())
    }
}

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
}

impl TimeUnit {
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
}

/// A distance or a range of them.
pub type Distance = Measured<LengthUnit>;

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
}

/// What is lifted or pulled.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Load {
    /// A weight, or a share of a known best.
    Amount(Measured<LoadUnit>),
    /// An elastic band of this colour.
    Band(String),
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

/// Rating of perceived exertion, 1 to 10 in halves (Borg CR10 as used for lifting: Zourdos 2016).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rpe(u8);

impl Rpe {
    /// From a number; `None` unless it is a multiple of a half between 1 and 10.
    pub fn new(value: Decimal) -> Option<Self> {
        let halves = value.checked_mul(Decimal::TWO)?;
        let whole: u8 = halves.is_integer().then(|| halves.try_into().ok())??;
        (2..=20).contains(&whole).then_some(Self(whole))
    }

    /// The rating as a number.
    pub fn value(self) -> Decimal {
        (Decimal::from(self.0) / Decimal::TWO).normalize()
    }
}

impl FromStr for Rpe {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let number = parse_decimal(text);
        number.and_then(Self::new).ok_or_else(|| {
            BadQuantity(format!("`{}` is not an RPE: 1 to 10 in steps of 0.5, such as `7.5`", text.escape_debug()))
        })
    }
}

impl fmt::Display for Rpe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value().fmt(f)
    }
}

/// How long each part of a repetition takes: down, pause, up, pause, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tempo(pub [u8; 4]);

impl FromStr for Tempo {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let wrong = || {
            BadQuantity(format!(
                "`{}` is not a tempo: four counts in seconds for down, pause, up, pause, such as `3-1-1-0`",
                text.escape_debug()
            ))
        };
        let counts: Option<Vec<u8>> = text.split('-').map(|count| parse_whole(count).filter(|n| *n <= 60)).collect();
        let counts = counts.and_then(|counts| <[u8; 4]>::try_from(counts).ok());
        counts.map(Self).ok_or_else(wrong)
    }
}

impl fmt::Display for Tempo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [down, low, up, high] = self.0;
        write!(f, "{down}-{low}-{up}-{high}")
    }
}

/// A count of repetitions, or as many as possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reps {
    /// This many.
    Count(Extent<u32>),
    /// As many as possible in good form.
    Amrap,
}

impl FromStr for Reps {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        if text == "amrap" {
            return Ok(Self::Amrap);
        }
        parse_count(text).map(Self::Count).ok_or_else(|| {
            BadQuantity(format!("`{}` is not a number of reps such as `8`, `8-12` or `amrap`", text.escape_debug()))
        })
    }
}

impl fmt::Display for Reps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => count.fmt(f),
            Self::Amrap => f.write_str("amrap"),
        }
    }
}

/// A number of sets or rounds, one value or a range, 1 to 1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Count(pub Extent<u32>);

impl FromStr for Count {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        parse_count(text).map(Self).ok_or_else(|| {
            BadQuantity(format!("`{}` is not a count from 1 to 1000 such as `3` or `2-3`", text.escape_debug()))
        })
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A share of something, such as `60 %`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Percent(pub Decimal);

impl FromStr for Percent {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let number = text.strip_suffix('%').and_then(|number| parse_decimal(number.trim_end()));
        number
            .filter(|n| *n <= Decimal::ONE_THOUSAND)
            .map(Self)
            .ok_or_else(|| BadQuantity(format!("`{}` is not a share such as `60 %`", text.escape_debug())))
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.0)
    }
}

literal!(Duration, Distance, Load, Rpe, Tempo, Reps, Count, Percent);

/// The largest amount that a literal may state; far above any training.
const MAX_AMOUNT: u32 = 1_000_000;

fn parse_extent(text: &str) -> Option<Extent<Decimal>> {
    match text.split_once('-') {
        Some((low, high)) => Extent::new(parse_decimal(low)?, parse_decimal(high)?),
        None => parse_decimal(text).map(Extent::one),
    }
}

/// Digits with at most one point inside, no sign and no exponent.
fn parse_decimal(text: &str) -> Option<Decimal> {
    let digit = |b: &u8| b.is_ascii_digit();
    let bytes = text.as_bytes();
    let shape = bytes.first().is_some_and(digit) && bytes.last().is_some_and(digit) && bytes.len() <= 20;
    let number = Decimal::from_str(text).ok().filter(|_| shape && bytes.iter().all(|b| digit(b) || *b == b'.'))?;
    (number <= Decimal::from(MAX_AMOUNT)).then(|| number.normalize())
}

fn parse_whole<N: FromStr>(text: &str) -> Option<N> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn parse_count(text: &str) -> Option<Extent<u32>> {
    let number = |text: &str| parse_whole::<u32>(text.trim()).filter(|n| (1..=1000).contains(n));
    match text.split_once('-') {
        Some((low, high)) => Extent::new(number(low)?, number(high)?),
        None => number(text).map(Extent::one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same<T: FromStr + fmt::Display>(text: &str) {
        assert_eq!(text.parse::<T>().ok().map(|value| value.to_string()).as_deref(), Some(text));
    }

    fn refused<T: FromStr>(text: &str) {
        assert!(text.parse::<T>().is_err(), "{text} should be refused");
    }

    #[test]
    fn amounts_are_written_as_they_were_read() {
        same::<Duration>("30 s");
        same::<Duration>("20-30 s");
        same::<Duration>("1.5 min");
        same::<Distance>("5 km");
        same::<Load>("42.5 kg");
        same::<Load>("70-75 %1rm");
        same::<Load>("band red");
        same::<Rpe>("7.5");
        same::<Tempo>("3-1-1-0");
        same::<Reps>("8-12");
        same::<Reps>("amrap");
        same::<Count>("3");
        same::<Percent>("60 %");
    }

    #[test]
    fn wrong_amounts_are_refused() {
        for text in ["", "s", "30", "-3 s", "30 q", "1..5 s", "30-20 s", "1e3 s", ".5 s", "5. s", "99999999999 s"] {
            refused::<Duration>(text);
        }
        for text in ["0.5", "10.5", "7.3", "seven", "-7"] {
            refused::<Rpe>(text);
        }
        for text in ["3-1-1", "3-1-1-0-0", "3-x-1-0", "3-1-1-99", "+3-1-1-0"] {
            refused::<Tempo>(text);
        }
        for text in ["0", "1001", "12-8", "8.5", "+8"] {
            refused::<Count>(text);
        }
    }
}
