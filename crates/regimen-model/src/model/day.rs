//! A day of a training week.

use std::fmt;
use std::str::FromStr;

use crate::quantity::{BadQuantity, Literal, Numbers, literal, one_of};
use crate::suggest::{calendar, nearest};
use crate::vocabulary::Weekday;

/// A day of a training week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Day {
    /// The same weekday for every reader.
    Weekday(Weekday),
    /// A day counted from 1: of the week, where it moves to a day on which the reader can train, or of a turn of a
    /// cycle, or of a phase in days.
    Number(u8),
}

impl Literal for Day {
    const EXPECTED: &'static str =
        "a weekday such as `tuesday`, or a day of the week from `1` to `7` (of a longer cycle, up to `99`)";
    const NUMBERS: Option<Numbers> = Some(Numbers { low: 1, high: 99, halves: false });

    fn shape() -> String {
        format!("{}|[1-9][0-9]?", one_of(Weekday::ALL.iter().map(|day| day.as_str())))
    }

    fn examples() -> Vec<String> {
        Weekday::ALL.iter().map(ToString::to_string).collect()
    }
}

impl FromStr for Day {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let weekday = Weekday::ALL.iter().find(|day| day.as_str() == text).map(|day| Self::Weekday(*day));
        let number = || text.parse().ok().filter(|number| (1..=99).contains(number)).map(Self::Number);
        weekday.or_else(number).ok_or_else(|| {
            if let Some(every) = every_days(text) {
                let first = "for a session every so many days write its first day and how many days lie between";
                return BadQuantity::new(format!(
                    "{}; {first}: `day: 1, every: {every}`",
                    BadQuantity::not::<Self>(text)
                ));
            }
            if matches!(text.to_lowercase().as_str(), "weekend" | "weekends") {
                let days = each_day(&[Weekday::Saturday, Weekday::Sunday]);
                return BadQuantity::new(format!("{}; {days}", BadQuantity::not::<Self>(text)));
            }
            if let Some(days) = calendar::weekdays(text) {
                return BadQuantity::new(format!("{}; {}", BadQuantity::not::<Self>(text), each_day(&days)));
            }
            let near = nearest(&text.to_lowercase(), Weekday::ALL.iter().map(|day| day.as_str()));
            BadQuantity::meant::<Self>(text, near)
        })
    }
}

/// How many days lie between sessions of such words.
fn every_days(text: &str) -> Option<u8> {
    match text.to_lowercase().as_str() {
        "daily" | "every day" | "everyday" | "each day" | "all" | "all days" => Some(1),
        "every other day" | "every second day" | "alternate days" | "every 2 days" => Some(2),
        "every third day" | "every 3 days" => Some(3),
        _ => None,
    }
}

/// What to write for a session on several days of a week.
fn each_day(days: &[Weekday]) -> String {
    let days: Vec<String> = days.iter().map(|day| format!("`day: {day}`")).collect();
    format!("write the session once for each day, with {}", days.join(", with "))
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weekday(day) => day.fmt(f),
            Self::Number(number) => number.fmt(f),
        }
    }
}

literal!(Day);
