//! Paces that a runner knows by name, and those that are stated by them.

use std::fmt;

use rust_decimal::Decimal;

use crate::quantity::{Count, Extent, Literal, PaceUnit, one_of, parse_decimal, range_shape};
use crate::vocabulary::PaceName;

/// A pace that the runner knows by name, or one stated by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedPace {
    /// The pace itself, written `5k pace`.
    Exact(PaceName),
    /// A share of its speed in per cent, written `90-92 % 5k pace`: less than 100 is slower.
    Share {
        /// Per cent of the speed, at least 1 and less than 200.
        percent: Extent<Decimal>,
        /// The pace whose speed it is.
        of: PaceName,
    },
    /// Slower or faster by some seconds, written `marathon pace + 15 s/km`.
    Offset {
        /// The pace that it is counted from.
        from: PaceName,
        /// Whether it is slower or faster.
        sign: Sign,
        /// How many seconds, for each unit of distance.
        seconds: Extent<u32>,
        /// The unit of distance.
        unit: PaceUnit,
    },
    /// Anything from one pace to the other, written `5k-10k pace`.
    Between(PaceName, PaceName),
}

/// The sign of an offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// More time for the same distance: slower.
    Plus,
    /// Less time: faster.
    Minus,
}

/// A share of a speed: from 1 to less than 200.
const PERCENT: &str = r"([1-9][0-9]?|1[0-9]{2})(\.[0-9]+)?";

impl NamedPace {
    /// The regular expression of all forms.
    pub(super) fn shape() -> String {
        let (names, count, units) = (names(), Count::shape(), PaceUnit::shape());
        let of_names = Self::shape_of_names();
        let share = Self::shape_of_share();
        format!(r"{of_names}\s* pace|{names}\s* pace\s*[+-]\s*({count})\s*s\s*/\s*{units}|{share}")
    }

    /// One name, or two.
    pub(super) fn shape_of_names() -> String {
        format!(r"{0}(\s*-\s*{0})?", names())
    }

    /// A share of a pace.
    pub(super) fn shape_of_share() -> String {
        format!(r"{}\s*%\s*((of \s*)?{}\s* pace|threshold)", Self::shape_of_percent(), names())
    }

    /// The number of a share, or a range of them.
    pub(super) fn shape_of_percent() -> String {
        range_shape(PERCENT)
    }

    /// The pace by whose name it is stated; the slower one of two.
    pub fn slower_name(&self) -> PaceName {
        match self {
            Self::Exact(name) | Self::Share { of: name, .. } | Self::Offset { from: name, .. } => *name,
            // Names are in order of their speed, but for that of a race.
            Self::Between(one, other) => *one.min(other),
        }
    }

    /// Reads a text strictly.
    pub(super) fn read(text: &str) -> Option<Self> {
        if let Some((percent, of)) = text.split_once('%') {
            let percent = percents(percent.trim_end())?;
            let of = of.trim_start();
            if of == "threshold" {
                return Some(Self::Share { percent, of: PaceName::Threshold });
            }
            let of = of.strip_prefix("of ").unwrap_or(of);
            return Some(Self::Share { percent, of: named(of.strip_suffix(" pace")?)? });
        }
        match text.strip_suffix(" pace") {
            Some(names) => named(names).map(Self::Exact).or_else(|| between(names)),
            None => offset(text),
        }
    }
}

/// The regular expression of one name.
fn names() -> String {
    one_of(PaceName::ALL.iter().map(|name| name.as_str()))
}

fn named(text: &str) -> Option<PaceName> {
    PaceName::ALL.iter().find(|known| known.as_str() == text.trim()).copied()
}

fn percents(text: &str) -> Option<Extent<Decimal>> {
    let one = |text: &str| {
        let number = parse_decimal(text).filter(|_| !text.starts_with('0'))?;
        Some(number).filter(|number| *number >= Decimal::ONE && *number < Decimal::from(200))
    };
    match text.split_once('-') {
        Some((low, high)) => Extent::new(one(low)?, one(high)?),
        None => one(text).map(Extent::one),
    }
}

/// Two names with a hyphen; names have hyphens too.
fn between(text: &str) -> Option<NamedPace> {
    text.match_indices('-').find_map(|(at, hyphen)| {
        let (one, other) = (named(&text[..at])?, named(&text[at + hyphen.len()..])?);
        Some(if one == other { NamedPace::Exact(one) } else { NamedPace::Between(one, other) })
    })
}

fn offset(text: &str) -> Option<NamedPace> {
    let (from, by) = text.split_once(" pace")?;
    let (from, by) = (named(from)?, by.trim_start());
    let (sign, by) = match by.strip_prefix('+') {
        Some(by) => (Sign::Plus, by),
        None => (Sign::Minus, by.strip_prefix('-')?),
    };
    let (seconds, unit) = by.split_once('/')?;
    let Count(seconds) = Count::read(seconds.trim().strip_suffix('s')?.trim())?;
    Some(NamedPace::Offset { from, sign, seconds, unit: PaceUnit::named(unit.trim())? })
}

impl fmt::Display for NamedPace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(name) => write!(f, "{name} pace"),
            Self::Share { percent, of } => write!(f, "{percent} % {of} pace"),
            Self::Offset { from, sign, seconds, unit } => {
                let sign = match sign {
                    Sign::Plus => '+',
                    Sign::Minus => '-',
                };
                write!(f, "{from} pace {sign} {seconds} s/{}", unit.symbol())
            }
            Self::Between(one, other) => write!(f, "{one}-{other} pace"),
        }
    }
}
