//! Amounts with their units, exact and kept as written.
//!
//! Authors write typed literals: `40 kg`, `30 s`, `1.5 km`, `8-12`, `70 %1rm`. Nothing here is a binary
//! floating-point number, and nothing is converted before it is shown.

mod bands;
mod effort;
mod literal;
mod long;
mod names;
mod numerals;
mod often;
mod or_none;
mod pace;
mod per_set;
mod reps;
mod suggestion;
#[cfg(test)]
mod tests;
mod tidy;
mod units;

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

pub use effort::{Beat, Rir, Rpe, Tempo};
pub use literal::{Literal, Numbers, ScalarText, literal_schema};
pub(crate) use literal::{literal, literal_read, one_of};
pub(crate) use long::maybe_in_minutes;
pub use often::{Interval, PainLimit, TimesPerDay};
pub use or_none::OrNone;
pub use pace::{Pace, PaceUnit};
pub use per_set::{MOST_SETS, PerSet};
pub use reps::{Reps, dose_meant};
pub use suggestion::meant;
pub(crate) use suggestion::{begins_with_zero, plain_range, unreadable};
pub use units::{Distance, Duration, LengthUnit, Load, LoadStep, LoadUnit, TimeUnit};

/// Why a text is not the amount that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadQuantity(String);

impl BadQuantity {
    /// Says this.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// "`45` is not a length of time such as …"
    pub(crate) fn not<T: Literal>(text: &str) -> Self {
        Self(format!("`{}` is not {}", text.escape_debug(), T::EXPECTED))
    }

    /// "`45` is not a length of time such as …; did you mean `45 s`?"
    pub(crate) fn meant<T: Literal>(text: &str, guess: Option<impl fmt::Display>) -> Self {
        let Self(wrong) = Self::not::<T>(text);
        Self(guess.map_or(wrong.clone(), |guess| format!("{wrong}; did you mean `{guess}`?")))
    }
}

impl fmt::Display for BadQuantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadQuantity {}

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
    /// What people write instead, for hints.
    const MISSPELT: &'static [(&'static str, Self)];

    /// Names of units in other languages, several in one text with blanks between.
    const NAMES: &'static [(&'static str, Self)] = &[];

    /// What to do where no spelling says what was meant.
    fn advice(_tidied: &str) -> Option<String> {
        None
    }

    /// Other spellings to try for amounts that are written without such a unit, such as the clock `1:30`.
    fn respelt(_tidied: &str) -> Vec<String> {
        Vec::new()
    }

    /// The regular expression of amounts in two units, such as `1 h 30 min`, if they may be written so.
    const IN_TWO_UNITS: Option<&'static str> = None;

    /// Reads an amount in two units: the sum, and the smaller of them.
    fn in_two_units(_text: &str) -> Option<(Decimal, Self)> {
        None
    }

    /// Whether amounts of a thousand and more are usual, so that `1.500` may be one thousand five hundred.
    fn counts_thousands(self) -> bool;

    /// How it is written.
    fn symbol(self) -> &'static str {
        Self::SPELLINGS.iter().find(|(_, unit)| *unit == self).map_or("", |(text, _)| text)
    }
}

impl<U: Unit> Literal for Measured<U> {
    const EXPECTED: &'static str = U::EXPECTED;

    fn shape() -> String {
        or_in_two_units::<U>(shape_with(U::SPELLINGS, range_shape))
    }

    fn read(text: &str) -> Option<Self> {
        let sum = || U::in_two_units(text.trim()).map(|(sum, unit)| Self { amount: Extent::one(sum), unit });
        parse_measured(text, |name| spelt(U::SPELLINGS, name)).or_else(sum)
    }

    fn respelt(tidied: &str) -> Vec<String> {
        units::measured::<U>(tidied).into_iter().chain(U::respelt(tidied)).collect()
    }

    fn advice(tidied: &str) -> Option<String> {
        let each = |amount: &str| {
            let amount = amount.trim();
            let each = std::iter::once(amount.to_owned()).chain(Self::respelt(amount));
            each.filter_map(|text| Self::read(&text)).next()
        };
        if let Some(amount) = suggestion::of_each_side(tidied).and_then(each) {
            return Some(format!("write `{amount}`, and `per_side: true` beside it where each side does it"));
        }
        let sets = tidied.split_once('x').and_then(|(sets, amount)| Some((plain_range(sets, &[])?, each(amount)?)));
        let sets = sets.map(|(sets, amount)| format!("write `sets: {sets}`, and here only `{amount}`"));
        sets.or_else(|| U::advice(tidied))
    }
}

impl<U: Unit> FromStr for Measured<U> {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

fn spelt<U: Copy>(spellings: &[(&str, U)], name: &str) -> Option<U> {
    spellings.iter().find(|(spelling, _)| *spelling == name).map(|(_, unit)| *unit)
}

fn parse_measured<U: Unit>(text: &str, unit: impl Fn(&str) -> Option<U>) -> Option<Measured<U>> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-').unwrap_or(text.len());
    let (amount, name) = text.split_at(end);
    let unit = unit(name.trim())?;
    let one = |number: &str| parse_decimal(number).filter(|_| !unit.counts_thousands() || !maybe_thousands(number));
    Some(Measured { amount: parse_range(amount, one)?, unit })
}

impl<U: Unit> fmt::Display for Measured<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.unit.symbol())
    }
}

/// A number of sets or rounds, one value or a range, 1 to 1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Count(pub Extent<u32>);

impl Literal for Count {
    const EXPECTED: &'static str = "a count from 1 to 1000 such as `3` or `2-3`";
    const NUMBERS: Option<Numbers> = Some(Numbers { low: 1, high: 1000, halves: false });

    fn shape() -> String {
        format!(r"{WHOLE}(\s*-\s*{WHOLE})?")
    }

    fn read(text: &str) -> Option<Self> {
        parse_count(text).map(Self)
    }

    fn respelt(tidied: &str) -> Vec<String> {
        let bare = tidied.split(' ').next().unwrap_or_default();
        let often = ["once", "twice", "thrice"].iter().position(|word| *word == bare).map(|at| (at + 1).to_string());
        let words =
            ["sets", "set", "rounds", "round", "times", "x", "sätze", "séries", "series", "serie", "runden", "mal"];
        often.or_else(|| plain_range(tidied, &words)).into_iter().collect()
    }

    fn advice(tidied: &str) -> Option<String> {
        if let Some(keys) = reps::dose_meant(tidied).filter(|keys| keys.contains("hold")) {
            return Some(format!("write the dose as `{keys}`"));
        }
        let (sets, reps) = tidied.split_once('x')?;
        let (sets, reps) = (plain_range(sets, &[])?, plain_range(reps, &["reps", "rep"])?);
        Some(format!("write `sets: {sets}`, and `reps: {reps}` beside it"))
    }
}

impl FromStr for Count {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
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

impl Literal for Percent {
    const EXPECTED: &'static str = "a share such as `60 %`";

    fn shape() -> String {
        r"([0-9]{1,3}(\.[0-9]+)?|1000(\.0+)?)\s*%".to_owned()
    }

    fn read(text: &str) -> Option<Self> {
        let number = parse_decimal(text.strip_suffix('%')?.trim_end())?;
        Some(number).filter(|number| *number <= Decimal::ONE_THOUSAND).map(Self)
    }

    fn respelt(tidied: &str) -> Vec<String> {
        let bare = ["percent", "per cent", "prozent", "pct"].iter().find_map(|word| tidied.strip_suffix(word));
        let number = match bare.unwrap_or(tidied).trim() {
            "half" => Some(Decimal::from(50)),
            "a third" | "third" => Some(Decimal::from(33)),
            number => parse_decimal(number),
        };
        // A share of one, as spreadsheets hold it.
        let of_one = |number: Decimal| bare.is_none() && number < Decimal::ONE;
        let share = |number| if of_one(number) { number * Decimal::ONE_HUNDRED } else { number };
        number.map(|number| format!("{} %", share(number).normalize())).into_iter().collect()
    }
}

impl FromStr for Percent {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.0)
    }
}

literal!(Count, Percent);

/// The largest amount that a literal may state; far above any training.
const MAX_AMOUNT: u32 = 1_000_000;

/// The regular expression of a number that may have a fraction.
pub(crate) const AMOUNT: &str = r"([0-9]{1,6}(\.[0-9]+)?|1000000(\.0+)?)";
/// The same without numbers that [may be thousands](maybe_thousands).
const NO_THOUSANDS: &str =
    r"([0-9]{1,6}(\.([0-9]{1,2}|[0-9]{2}[1-9]|[0-9]{4,}))?|(0[0-9]{0,5}|[0-9]{4,6})\.[0-9]{2}0|1000000(\.0+)?)";

/// The regular expression of an amount, as one of the two above says it, that is not 0: some digit before its point is not, or some
/// digit behind it.
pub(crate) fn some(amount: &str) -> String {
    let (below_one, most) = (r"0{1,6}\.[0-9]*[1-9][0-9]*", r"1000000(\.0+)?");
    let from_one = if amount == NO_THOUSANDS {
        r"0{0,5}[1-9][0-9]{0,5}(\.([0-9]{1,2}|[0-9]{2}[1-9]|[0-9]{4,}))?|(0{1,5}[1-9][0-9]{0,4}|[1-9][0-9]{3,5})\.[0-9]{2}0"
    } else {
        r"0{0,5}[1-9][0-9]{0,5}(\.[0-9]+)?"
    };
    format!("({from_one}|{below_one}|{most})")
}

/// The regular expression of a whole number from 1 to 1000.
pub(crate) const WHOLE: &str = "([1-9][0-9]{0,2}|1000)";

/// The regular expression of one value or a range.
pub(crate) fn range_shape(one: &str) -> String {
    format!("{one}(-{one})?")
}

/// The regular expression of amounts with these units, where `amount` makes one of a number's.
pub(crate) fn shape_with<U: Unit>(units: &[(&'static str, U)], amount: impl Fn(&str) -> String) -> String {
    let shapes = [(AMOUNT, false), (NO_THOUSANDS, true)].map(|(number, thousands)| {
        let names: Vec<_> = units.iter().filter(|(_, unit)| unit.counts_thousands() == thousands).collect();
        let names = (!names.is_empty()).then(|| one_of(names.into_iter().map(|(name, _)| *name)));
        names.map(|names| format!(r"{}\s*{names}", amount(number)))
    });
    shapes.into_iter().flatten().collect::<Vec<_>>().join("|")
}

/// A regular expression of amounts, and that of those in two units.
pub(crate) fn or_in_two_units<U: Unit>(shape: String) -> String {
    match U::IN_TWO_UNITS {
        Some(sums) => format!("{shape}|{sums}"),
        None => shape,
    }
}

/// Whether a number may be one of thousands, as many languages write them: `1.500`. Three decimals of which the last is 0 say
/// nothing that two would not.
pub fn maybe_thousands(number: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    number.split_once('.').is_some_and(|(whole, decimals)| {
        (1..=3).contains(&whole.len())
            && !whole.starts_with('0')
            && digits(whole)
            && decimals.len() == 3
            && digits(decimals)
            && decimals.ends_with('0')
    })
}

/// One value, or a range written with a hyphen.
fn parse_range<T: Copy + PartialOrd>(text: &str, one: impl Fn(&str) -> Option<T>) -> Option<Extent<T>> {
    match text.split_once('-') {
        Some((low, high)) => Extent::new(one(low)?, one(high)?),
        None => one(text).map(Extent::one),
    }
}

/// Digits with at most one point inside, no sign and no exponent.
pub(crate) fn parse_decimal(text: &str) -> Option<Decimal> {
    let digit = |b: &u8| b.is_ascii_digit();
    let bytes = text.as_bytes();
    let shape = bytes.first().is_some_and(digit) && bytes.last().is_some_and(digit) && bytes.len() <= 20;
    let number = Decimal::from_str(text).ok().filter(|_| shape && bytes.iter().all(|b| digit(b) || *b == b'.'))?;
    (number <= Decimal::from(MAX_AMOUNT)).then(|| number.normalize())
}

pub(crate) fn parse_whole<N: FromStr>(text: &str) -> Option<N> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn parse_count(text: &str) -> Option<Extent<u32>> {
    parse_range(text, |number| parse_whole(number.trim()).filter(|n| (1..=1000).contains(n)))
}
