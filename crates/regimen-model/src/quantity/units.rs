//! Units, and the amounts that are written with them.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::bands::{beside_band, colour_named};
use super::names;
use super::suggestion::{ends, number_and_rest, range};
use super::{BadQuantity, Extent, Literal, Measured, Rpe, Unit, literal, shape_with, unreadable};

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
    const MISSPELT: &'static [(&'static str, Self)] =
        &[("''", Self::Second), ("'", Self::Minute), ("m", Self::Minute), ("secs", Self::Second)];
    const NAMES: &'static [(&'static str, Self)] =
        &[(names::SECOND, Self::Second), (names::MINUTE, Self::Minute), (names::HOUR, Self::Hour)];

    fn counts_thousands(self) -> bool {
        self == Self::Second
    }

    const IN_TWO_UNITS: Option<&'static str> =
        Some(r"[1-9][0-9]{0,2}\s*(h\s*[0-5]?[0-9]\s*min|min\s*[0-5]?[0-9]\s*(s|sec))");

    fn in_two_units(text: &str) -> Option<(Decimal, Self)> {
        [(Self::Hour, Self::Minute), (Self::Minute, Self::Second)].into_iter().find_map(|(large, small)| {
            let (many, rest) = text.split_once(large.symbol())?;
            let (many, rest) = (many.trim_end(), rest.trim_start());
            let (few, unit) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
            let is_small = super::spelt(Self::SPELLINGS, unit.trim_start()) == Some(small);
            let is_written = is_small && !many.starts_with('0') && many.len() <= 3 && few.len() <= 2;
            let few = super::parse_whole::<u32>(few).filter(|few| is_written && *few < 60)?;
            Some((Decimal::from(super::parse_whole::<u32>(many)? * 60 + few), small))
        })
    }

    /// Clocks (`1:30`, `1:05:00`, `1:30 h`), sums (`1 min 30 s`, `1h30`) and days.
    fn respelt(tidied: &str) -> Vec<String> {
        let written = |seconds: Decimal| {
            let minutes = seconds / Decimal::from(60);
            if minutes.is_integer() { format!("{} min", minutes.normalize()) } else { format!("{seconds} s") }
        };
        let (clock, unit) = clock_and_unit(tidied);
        let parts: Option<Vec<Decimal>> = clock.split(':').map(super::parse_decimal).collect();
        match parts.as_deref() {
            // The unit is that of the first number.
            Some([hours, minutes]) if unit == Some(Self::Hour) => {
                vec![format!("{} min", (*hours * Decimal::from(60) + minutes).normalize())]
            }
            Some([minutes, seconds]) if unit.is_some() => vec![written(*minutes * Decimal::from(60) + seconds)],
            Some([hours, minutes, seconds]) => {
                vec![written((*hours * Decimal::from(60) + minutes) * Decimal::from(60) + seconds)]
            }
            Some([minutes, seconds]) => {
                let total = *minutes * Decimal::from(60) + seconds;
                let mut meant = vec![written(total)];
                // Hours and minutes of a session look the same as minutes and seconds of a rest.
                if *minutes <= Decimal::from(3) && !seconds.is_zero() {
                    meant.push(format!("{total} min"));
                }
                meant
            }
            _ => sum_of_times(tidied)
                .map(written)
                .or_else(|| days(tidied))
                .or_else(|| few_minutes(tidied))
                .into_iter()
                .collect(),
        }
    }
}

/// A clock without the unit behind it.
fn clock_and_unit(tidied: &str) -> (&str, Option<TimeUnit>) {
    let end = tidied.rfind(|c: char| c.is_ascii_digit()).map_or(0, |last| last + 1);
    let (clock, unit) = tidied.split_at(end);
    match unit_named::<TimeUnit>(unit) {
        Some(unit) if clock.contains(':') => (clock, Some(unit)),
        _ => (tidied, None),
    }
}

/// A small number alone, which may be minutes as well as seconds.
fn few_minutes(tidied: &str) -> Option<String> {
    let (low, high) = ends(tidied);
    let few = |end: &str| super::parse_decimal(end).filter(|number| *number < Decimal::TEN);
    Some(format!("{} min", range(few(low)?, few(high)?)))
}

/// Days as hours.
fn days(tidied: &str) -> Option<String> {
    let (number, name) = number_and_rest(tidied)?;
    let hours = number.checked_mul(Decimal::from(24))?.normalize();
    names::DAY.split_whitespace().any(|day| day == name).then(|| format!("{hours} h"))
}

/// The seconds of several amounts one after the other: `1 min 30 s`; the last one may lack its unit, as in `1h30`.
fn sum_of_times(tidied: &str) -> Option<Decimal> {
    let (mut rest, mut total, mut unit, mut parts) = (tidied, Decimal::ZERO, None, 0);
    while !rest.is_empty() {
        let (number, after) = number_and_rest(rest)?;
        let end = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let (name, next) = after.split_at(end);
        unit = match (name.trim(), unit) {
            ("", Some(TimeUnit::Hour)) => Some(TimeUnit::Minute),
            ("", Some(TimeUnit::Minute)) => Some(TimeUnit::Second),
            (name, _) => Some(unit_named::<TimeUnit>(name)?),
        };
        total = total.checked_add(number.checked_mul(unit?.seconds())?)?;
        rest = next;
        parts += 1;
    }
    Some(total).filter(|total| parts > 1 && !total.is_zero())
}

/// The unit that a name means, well or badly spelt.
fn unit_named<U: Unit>(name: &str) -> Option<U> {
    let name = name.trim().trim_end_matches('.');
    let spelt = |name: &str| {
        let all = U::SPELLINGS.iter().chain(U::MISSPELT);
        all.clone().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, unit)| *unit)
    };
    let named = |name: &str| {
        U::NAMES.iter().find(|(names, _)| names.split_whitespace().any(|known| known == name)).map(|(_, unit)| *unit)
    };
    spelt(name).or_else(|| named(name)).or_else(|| name.strip_suffix('s').filter(|one| one.len() > 1).and_then(spelt))
}

/// An amount whose unit is misspelt or missing, or whose range falls: `8 kms`, `60s-90s`, `45`.
pub(super) fn measured<U: Unit>(tidied: &str) -> Option<String> {
    let (low, high) = ends(tidied);
    let ((low, of_low), (high, of_high)) = (number_and_rest(low)?, number_and_rest(high)?);
    let name = if of_high.is_empty() { of_low } else { of_high };
    let named = |name: &str| if name.is_empty() { None } else { unit_named::<U>(name) };
    let unit = if name.is_empty() { U::SPELLINGS.first().map(|(_, unit)| *unit) } else { named(name) }?;
    let alike = of_low.is_empty() || named(of_low) == Some(unit);
    alike.then(|| format!("{} {}", range(low, high), unit.symbol()))
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
    /// So many seconds in whole minutes, rounded up.
    pub fn minutes(seconds: Decimal) -> Self {
        let minutes = (seconds / Decimal::from(60)).ceil().normalize();
        Self { amount: Extent::one(minutes), unit: TimeUnit::Minute }
    }

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
    /// Yards, as swimmers count.
    Yard,
}

impl Unit for LengthUnit {
    const SPELLINGS: &'static [(&'static str, Self)] =
        &[("m", Self::Metre), ("km", Self::Kilometre), ("mi", Self::Mile), ("yd", Self::Yard)];
    const EXPECTED: &'static str = "a distance such as `400 m`, `5 km`, `3 mi` or `100 yd`";
    const MISSPELT: &'static [(&'static str, Self)] = &[("y", Self::Yard), ("yard", Self::Yard)];
    const NAMES: &'static [(&'static str, Self)] =
        &[(names::METRE, Self::Metre), (names::KILOMETRE, Self::Kilometre), (names::MILE, Self::Mile)];

    fn respelt(tidied: &str) -> Vec<String> {
        let race = match tidied.trim_end_matches(" distance").replace(' ', "-").as_str() {
            "marathon" => "42.195 km",
            "half-marathon" | "halbmarathon" | "halfmarathon" | "semi-marathon" => "21.0975 km",
            _ => return Vec::new(),
        };
        vec![race.to_owned()]
    }

    fn counts_thousands(self) -> bool {
        matches!(self, Self::Metre | Self::Yard)
    }
}

impl LengthUnit {
    /// How many metres it has.
    pub fn metres(self) -> Decimal {
        match self {
            Self::Metre => Decimal::ONE,
            Self::Kilometre => Decimal::ONE_THOUSAND,
            // The international mile of 1959.
            Self::Mile => Decimal::new(1_609_344, 3),
            Self::Yard => Decimal::new(9_144, 4),
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
    /// Per cent of the load of the set before.
    PercentLast,
}

impl Unit for LoadUnit {
    const SPELLINGS: &'static [(&'static str, Self)] = &[
        ("kg", Self::Kilogram),
        ("lb", Self::Pound),
        ("%1rm", Self::PercentOneRepMax),
        ("%tm", Self::PercentTrainingMax),
        ("%bw", Self::PercentBodyweight),
        ("rm", Self::RepMax),
        ("%last", Self::PercentLast),
    ];
    const EXPECTED: &'static str =
        "a load such as `40 kg`, `90 lb`, `70 %1rm`, `80 %tm`, `50 %bw`, `10 rm`, `85 %last` or `band red`";
    const MISSPELT: &'static [(&'static str, Self)] = &[
        ("%", Self::PercentOneRepMax),
        ("% 1rm", Self::PercentOneRepMax),
        ("%rm", Self::PercentOneRepMax),
        ("% tm", Self::PercentTrainingMax),
        ("% bw", Self::PercentBodyweight),
        ("percent", Self::PercentOneRepMax),
        ("% of 1rm", Self::PercentOneRepMax),
        ("% of bodyweight", Self::PercentBodyweight),
        ("% bodyweight", Self::PercentBodyweight),
        ("% last", Self::PercentLast),
        ("% of last", Self::PercentLast),
        ("% of last set", Self::PercentLast),
        ("% of the last set", Self::PercentLast),
        ("% of top set", Self::PercentLast),
        ("% of the top set", Self::PercentLast),
        ("% top set", Self::PercentLast),
    ];

    const NAMES: &'static [(&'static str, Self)] = &[(names::KILOGRAM, Self::Kilogram), (names::POUND, Self::Pound)];

    fn counts_thousands(self) -> bool {
        matches!(self, Self::Kilogram | Self::Pound)
    }
}

/// What is lifted or pulled.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Load {
    /// A weight, or a share of a known best.
    Amount(Measured<LoadUnit>),
    /// An elastic band of this colour.
    Band(String),
    /// What an amount comes to for one person: the weight of a share, or a weight in another unit. No file has it; a plan for a person
    /// does.
    Reckoned {
        /// Kilograms or pounds.
        amount: Measured<LoadUnit>,
        /// What the author wrote.
        written: Measured<LoadUnit>,
    },
}

impl Load {
    /// The amount; a band has none.
    pub fn amount(&self) -> Option<Measured<LoadUnit>> {
        match self {
            Self::Amount(amount) | Self::Reckoned { amount, .. } => Some(*amount),
            Self::Band(_) => None,
        }
    }
}

impl Literal for Load {
    const EXPECTED: &'static str = LoadUnit::EXPECTED;

    fn shape() -> String {
        format!(r"band \s*\S.*|{}", Measured::<LoadUnit>::shape())
    }

    fn read(text: &str) -> Option<Self> {
        match text.strip_prefix("band ").map(str::trim) {
            Some(colour) if !colour.is_empty() => Some(Self::Band(colour.to_owned())),
            _ => Measured::read(text).map(Self::Amount),
        }
    }

    fn respelt(tidied: &str) -> Vec<String> {
        let alone = || colour_named(tidied).is_some().then(|| tidied.to_owned());
        let colour = beside_band(tidied).or_else(alone);
        let band = colour.map(|colour| format!("band {}", colour_named(&colour).unwrap_or(&colour)));
        let mut all: Vec<String> = band.into_iter().chain(Measured::<LoadUnit>::respelt(tidied)).collect();
        // A share alone may be that of any best, or of the set before.
        if let Some(share) = ["%", "percent"].iter().find_map(|sign| tidied.strip_suffix(sign)) {
            all.extend(
                [LoadUnit::PercentTrainingMax, LoadUnit::PercentLast].map(|of| format!("{share}{}", of.symbol())),
            );
        }
        all
    }

    fn advice(tidied: &str) -> Option<String> {
        let none = ["bodyweight", "body weight", "bw", "none", "no weight", "körpergewicht"];
        if none.contains(&tidied) {
            return Some("leave out `load` where nothing is added to the weight of the body".to_owned());
        }
        let weight = |text: &str| Measured::<LoadUnit>::read(text.trim());
        let beside = ["bodyweight", "body weight", "bw"].iter().find_map(|body| tidied.strip_prefix(body));
        if let Some(added) = beside.and_then(|rest| weight(rest.trim().strip_prefix('+')?)) {
            return Some(format!("write `{added}`, which is what is added to the weight of the body"));
        }
        if let Some(rpe) = tidied.strip_prefix("rpe").and_then(|rpe| rpe.trim().parse::<Rpe>().ok()) {
            return Some(format!("write `rpe: {rpe}`, and no `load`"));
        }
        if let Some(one) = tidied.strip_prefix("2").and_then(|rest| weight(rest.trim().strip_prefix('x')?)) {
            return Some(format!(
                "write `{one}`, with a `note` if there is one in each hand, and `sets: 2` if two sets are meant"
            ));
        }
        Measured::<LoadUnit>::advice(tidied)
    }
}

impl FromStr for Load {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

impl fmt::Display for Load {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount(amount) | Self::Reckoned { written: amount, .. } => amount.fmt(f),
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
    /// A step of a weight; `None` of nothing, and of a unit that does not weigh.
    pub fn new(amount: Decimal, unit: LoadUnit) -> Option<Self> {
        (unit.is_weight() && amount > Decimal::ZERO).then_some(Self { amount, unit })
    }

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

impl LoadUnit {
    /// Whether it weighs: kilograms and pounds, which grow; percent do not.
    pub fn is_weight(self) -> bool {
        matches!(self, Self::Kilogram | Self::Pound)
    }
}

impl Literal for LoadStep {
    const EXPECTED: &'static str = "a step of weight such as `2.5 kg` or `5 lb`";

    fn shape() -> String {
        shape_with(&[("kg", LoadUnit::Kilogram), ("lb", LoadUnit::Pound)], str::to_owned)
    }

    fn read(text: &str) -> Option<Self> {
        let load = Measured::<LoadUnit>::read(text)?;
        let step = load.unit.is_weight() && load.amount.is_one() && !load.amount.low().is_zero();
        step.then(|| Self { amount: load.amount.low(), unit: load.unit })
    }

    fn respelt(tidied: &str) -> Vec<String> {
        Measured::<LoadUnit>::respelt(tidied)
    }

    fn advice(tidied: &str) -> Option<String> {
        tidied
            .ends_with('%')
            .then(|| "write a weight, such as `2.5 kg`; a share of the load cannot be added".to_owned())
    }
}

impl FromStr for LoadStep {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

impl fmt::Display for LoadStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.measured().fmt(f)
    }
}

literal!(Duration, Distance, Load, LoadStep);
