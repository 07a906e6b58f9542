//! How hard and how fast a repetition is: RPE, repetitions in reserve, tempo.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::suggestion::plain_range;
use super::{
    BadQuantity, Extent, Literal, Numbers, literal, parse_decimal, parse_range, parse_whole, range_shape, unreadable,
};

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

impl Literal for Rpe {
    const EXPECTED: &'static str = "an RPE: 1 to 10 in steps of 0.5, such as `7.5` or `7-8`";
    const NUMBERS: Option<Numbers> = Some(Numbers { low: 1, high: 10, halves: true });

    fn shape() -> String {
        r"([1-9](\.[05]0*)?|10(\.0+)?)".to_owned()
    }
}

impl FromStr for Rpe {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        parse_decimal(text).and_then(Self::new).ok_or_else(|| BadQuantity::not::<Self>(text))
    }
}

impl Literal for Extent<Rpe> {
    const EXPECTED: &'static str = Rpe::EXPECTED;
    const NUMBERS: Option<Numbers> = Rpe::NUMBERS;

    fn shape() -> String {
        range_shape(&Rpe::shape())
    }

    fn read(text: &str) -> Option<Self> {
        parse_range(text, |one| parse_decimal(one).and_then(Rpe::new))
    }

    fn respelt(tidied: &str) -> Vec<String> {
        plain_range(tidied, &["rpe", "@", "/10", "/ 10", "of 10"]).into_iter().collect()
    }
}

impl FromStr for Extent<Rpe> {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

impl fmt::Display for Rpe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value().fmt(f)
    }
}

/// Repetitions in reserve: how many more would have been possible, 0 to 5 (Zourdos 2016).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rir(u8);

impl Rir {
    /// The number, 0 to 5.
    pub fn get(self) -> u8 {
        self.0
    }

    fn read(text: &str) -> Option<Self> {
        parse_whole(text).filter(|count| *count <= 5).map(Self)
    }
}

impl Literal for Rir {
    const EXPECTED: &'static str = "0 to 5 repetitions in reserve, such as `2` or `1-2`";
    const NUMBERS: Option<Numbers> = Some(Numbers { low: 0, high: 5, halves: false });

    fn shape() -> String {
        "[0-5]".to_owned()
    }
}

impl FromStr for Rir {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| BadQuantity::not::<Self>(text))
    }
}

impl Literal for Extent<Rir> {
    const EXPECTED: &'static str = Rir::EXPECTED;
    const NUMBERS: Option<Numbers> = Rir::NUMBERS;

    fn shape() -> String {
        range_shape(&Rir::shape())
    }

    fn read(text: &str) -> Option<Self> {
        parse_range(text, Rir::read)
    }

    fn respelt(tidied: &str) -> Vec<String> {
        plain_range(tidied, &["rir", "in reserve", "in the tank"]).into_iter().collect()
    }
}

impl FromStr for Extent<Rir> {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

impl fmt::Display for Rir {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How long a part of a repetition takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Beat {
    /// This many seconds, at most 60.
    Seconds(u8),
    /// As fast as possible, written `X`.
    Explosive,
}

impl FromStr for Beat {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let seconds = || parse_whole(text).filter(|n| *n <= 60).map(Self::Seconds);
        let beat = if text.eq_ignore_ascii_case("x") { Some(Self::Explosive) } else { seconds() };
        beat.ok_or_else(|| BadQuantity::new("a part of a tempo is a number of seconds or `X`"))
    }
}

impl fmt::Display for Beat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seconds(seconds) => seconds.fmt(f),
            Self::Explosive => f.write_str("X"),
        }
    }
}

/// How long each part of a repetition takes: down, pause, up, pause, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tempo(pub [Beat; 4]);

impl Literal for Tempo {
    const EXPECTED: &'static str =
        "a tempo: four counts in seconds for down, pause, up, pause, such as `3-1-1-0` or `3-1-X-0`";

    fn shape() -> String {
        let beat = "([0-5]?[0-9]|60|[Xx])";
        format!("{beat}(-{beat}){{3}}")
    }

    fn read(text: &str) -> Option<Self> {
        let beats: Option<Vec<Beat>> = text.split('-').map(|beat| beat.parse().ok()).collect();
        beats.and_then(|beats| <[Beat; 4]>::try_from(beats).ok()).map(Self)
    }

    fn respelt(tidied: &str) -> Vec<String> {
        let beats: Vec<String> = if tidied.len() <= 4 && tidied.bytes().all(|b| b.is_ascii_digit() || b == b'x') {
            tidied.chars().map(String::from).collect()
        } else {
            let parts = tidied.split(['-', '/', ':', '.', ',', ' ']).filter(|part| !part.is_empty());
            parts.map(str::to_owned).collect()
        };
        match beats.as_slice() {
            // Without a pause at the end.
            [down, low, up] => vec![format!("{down}-{low}-{up}-0")],
            _ => vec![beats.join("-")],
        }
    }
}

impl FromStr for Tempo {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

impl fmt::Display for Tempo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [down, low, up, high] = self.0;
        write!(f, "{down}-{low}-{up}-{high}")
    }
}

literal!(Rpe, Extent<Rpe>, Rir, Extent<Rir>, Tempo);
