//! Dates and times of day as authors write them: `2027-01-04` and `18:30`, with nothing before or behind.
//!
//! The parsers of `jiff` also read what follows, such as the hour of `2027-01-04T18:30` or the zone of `18:30+02:00`, and drop
//! it. Here it is a mistake, so that it is not lost in silence.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use jiff::civil::{Date, Time};
use serde::de::{self, Deserialize, Deserializer, Visitor};

/// The day of the calendar that a text is, if it is one and nothing else.
///
/// ```
/// use regimen_model::civil;
/// assert!(civil::date("2027-01-04").is_some());
/// assert!(civil::date("2027-01-04T18:30").is_none() && civil::date("20270104").is_none());
/// ```
pub fn date(text: &str) -> Option<Date> {
    has_shape(text, b"0000-00-00").then(|| text.parse().ok())?
}

/// The time of day that a text is, if it is one and nothing else. Seconds may only be `00`.
///
/// ```
/// use regimen_model::civil;
/// assert!(civil::time("18:30").is_some() && civil::time("18:30:00").is_some());
/// assert!(civil::time("18:30:45").is_none() && civil::time("18:30+02:00").is_none());
/// ```
pub fn time(text: &str) -> Option<Time> {
    let clock = text.strip_suffix(":00").filter(|clock| clock.len() == 5).unwrap_or(text);
    has_shape(clock, b"00:00").then(|| clock.parse().ok())?
}

/// Why a text in the form of a date is no day of the calendar.
///
/// ```
/// use regimen_model::civil;
/// assert_eq!(civil::no_such_day("2027-02-30").as_deref(), Some("February 2027 has 28 days"));
/// assert_eq!(civil::no_such_day("2027-02-28"), None);
/// ```
pub fn no_such_day(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    if !has_shape(text, b"0000-00-00") || date(text).is_some() {
        return None;
    }
    let [year, month, day]: [&str; 3] = text.split('-').collect::<Vec<_>>().try_into().ok()?;
    let month = usize::from(month.parse::<u8>().ok()?);
    let Some(name) = month.checked_sub(1).and_then(|at| MONTHS.get(at)) else {
        return Some("a year has 12 months".to_owned());
    };
    let first = date(&format!("{year}-{month:02}-01"))?;
    let days = first.days_in_month();
    Some(if day == "00" { "days count from 1".to_owned() } else { format!("{name} {year} has {days} days") })
}

fn has_shape(text: &str, shape: &[u8]) -> bool {
    let same = |(byte, shape): (u8, &u8)| if *shape == b'0' { byte.is_ascii_digit() } else { byte == *shape };
    text.len() == shape.len() && text.bytes().zip(shape).all(same)
}

/// Reads an optional date or time of a file.
pub(crate) fn read<'de, D: Deserializer<'de>, T: Civil>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::<Strict<T>>::deserialize(deserializer).map(|value| value.map(|Strict(value)| value))
}

/// Reads a list of dates or times of a file.
pub(crate) fn read_all<'de, D: Deserializer<'de>, T: Civil>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let values = Vec::<Strict<T>>::deserialize(deserializer)?;
    Ok(values.into_iter().map(|Strict(value)| value).collect())
}

/// Reads dates or times of a file, each under a name.
pub(crate) fn read_by_name<'de, D, K, T>(deserializer: D) -> Result<BTreeMap<K, T>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord,
    T: Civil,
{
    let values = BTreeMap::<K, Strict<T>>::deserialize(deserializer)?;
    Ok(values.into_iter().map(|(name, Strict(value))| (name, value)).collect())
}

/// A type of `jiff` that authors write as a text.
pub(crate) trait Civil: Sized {
    /// Its name as findings know it.
    const EXPECTED: &'static str;

    /// The value that a text is.
    fn parse(text: &str) -> Option<Self>;
}

impl Civil for Date {
    const EXPECTED: &'static str = "a date string";

    fn parse(text: &str) -> Option<Self> {
        date(text)
    }
}

impl Civil for Time {
    const EXPECTED: &'static str = "a time string";

    fn parse(text: &str) -> Option<Self> {
        time(text)
    }
}

struct Strict<T>(T);

impl<'de, T: Civil> Deserialize<'de> for Strict<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text(PhantomData))
    }
}

struct Text<T>(PhantomData<T>);

impl<T: Civil> Visitor<'_> for Text<T> {
    type Value = Strict<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Strict<T>, E> {
        // Findings say it in words of their own.
        T::parse(text).map(Strict).ok_or_else(|| E::custom(format_args!("not {}", T::EXPECTED)))
    }
}
