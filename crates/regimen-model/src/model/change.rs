//! What one reader has otherwise than the programme: dates, and changes to single sessions.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::civil;
use crate::json_schema::{Alternative, CalendarDay, alternatives};
use crate::quantity::{BadQuantity, Literal, literal, unreadable};
use crate::suggest::when;
use crate::vocabulary::Weekday;

/// A date, or several in a row: `2027-01-09`, `2027-01-12..2027-01-14`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateSpan {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

impl DateSpan {
    /// Whether a day is one of them.
    pub fn contains(&self, date: Date) -> bool {
        self.first <= date && date <= self.last
    }

    /// How many days they are.
    pub fn days(&self) -> i64 {
        i64::from((self.last - self.first).get_days()) + 1
    }
}

/// The regular expression of a date.
const DATE: &str = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";

impl Literal for DateSpan {
    const EXPECTED: &'static str =
        "a date such as `2027-01-12`, or the first and the last of several such as `2027-01-12..2027-01-14`";

    fn shape() -> String {
        format!("{DATE}(\\.\\.{DATE})?")
    }
}

impl FromStr for DateSpan {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        match (civil::date(first), civil::date(last)) {
            (Some(first), Some(last)) if first <= last => Ok(Self { first, last }),
            (Some(_), Some(_)) => Err(BadQuantity::new(format!("`{text}` ends before it begins"))),
            _ => Err(BadQuantity::not::<Self>(text)),
        }
    }
}

impl fmt::Display for DateSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { write!(f, "{}", self.first) } else { write!(f, "{}..{}", self.first, self.last) }
    }
}

/// Sessions of a plan: the one of a slot, such as `w6-long`, or those of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// What a calendar knows the session by.
    Slot(Box<str>),
    /// Every session of that day, as planned.
    Date(Date),
}

impl Literal for Meant {
    const EXPECTED: &'static str = "a slot such as `w6-long-run`, or a date such as `2027-02-22`";

    fn shape() -> String {
        format!("[a-z][a-z0-9]*(-[a-z0-9]+)*|{DATE}")
    }
}

impl FromStr for Meant {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        if let Some(date) = civil::date(text) {
            return Ok(Self::Date(date));
        }
        let is_word =
            |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let is_slot = text.starts_with(|c: char| c.is_ascii_lowercase()) && text.split('-').all(is_word);
        if is_slot && text.len() <= 100 { Ok(Self::Slot(text.into())) } else { Err(BadQuantity::not::<Self>(text)) }
    }
}

impl fmt::Display for Meant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Slot(slot) => f.write_str(slot),
            Self::Date(date) => write!(f, "{date}"),
        }
    }
}

literal!(DateSpan, Meant);

/// What a reader does on other days than planned, or not at all. What calendars know the sessions by stays.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "ChangeAsWritten")]
#[schemars(with = "ChangeAsWritten")]
pub enum Change {
    /// Nothing is done on these days. A plan with a `start` goes on after them; with a race or an end, their sessions are left out.
    Pause(DateSpan),
    /// Sessions that are left out.
    Skip(Meant),
    /// Sessions that are done on another day.
    Move {
        /// Which.
        what: Meant,
        /// On which day.
        to: Date,
    },
}

impl Change {
    /// The key that says what it is.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Pause(_) => "pause",
            Self::Skip(_) => "skip",
            Self::Move { .. } => "move",
        }
    }

    /// The days on which nothing is done, if it is a pause.
    pub fn pause(&self) -> Option<&DateSpan> {
        match self {
            Self::Pause(days) => Some(days),
            Self::Skip(_) | Self::Move { .. } => None,
        }
    }

    /// The sessions that are left out or moved, as they are named.
    pub fn meant(&self) -> Option<&Meant> {
        match self {
            Self::Pause(_) => None,
            Self::Skip(what) | Self::Move { what, .. } => Some(what),
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pause(days) => write!(f, "pause: {days}"),
            Self::Skip(what) => write!(f, "skip: {what}"),
            Self::Move { what, to } => write!(f, "move: {what}, to: {to}"),
        }
    }
}

/// The keys of a change as authors write them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = alternatives(CHANGES, NOTHING_MORE))]
struct ChangeAsWritten {
    /// Days without training, such as `2027-02-01..2027-02-10`. A plan with a `start` goes on after them.
    pause: Option<DateSpan>,
    /// What is left out: a slot such as `w6-long-run`, or all of a date.
    skip: Option<Meant>,
    /// What is done on another day: a slot, or all of a date.
    #[serde(rename = "move")]
    moved: Option<Meant>,
    /// The day on which it is done instead.
    #[schemars(with = "Option<CalendarDay>")]
    #[serde(default, deserialize_with = "crate::civil::read")]
    to: Option<Date>,
}

/// The keys of which a change has one.
const CHANGES: &[Alternative] =
    &[Alternative::keyed("pause"), Alternative::keyed("skip"), Alternative::keyed("move").needs(&["to"])];

/// The keys that every change may have.
const NOTHING_MORE: &[&str] = &[];

impl TryFrom<ChangeAsWritten> for Change {
    type Error = &'static str;

    fn try_from(written: ChangeAsWritten) -> Result<Self, &'static str> {
        match (written.pause, written.skip, written.moved, written.to) {
            (Some(days), None, None, None) => Ok(Self::Pause(days)),
            (None, Some(what), None, None) => Ok(Self::Skip(what)),
            (None, None, Some(what), Some(to)) => Ok(Self::Move { what, to }),
            (None, None, Some(_), None) => Err("`move` says to which day: add `to:` and a date"),
            (_, _, None, Some(_)) => Err("`to` is the day to which `move` moves a session"),
            _ => Err("a change has one of `pause`, `skip` and `move`"),
        }
    }
}

/// When a session is done, as a programme says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HourOfDay {
    /// Before the day's other work; each reader says when.
    Morning,
    /// After it.
    Evening,
    /// The same time for every reader.
    Time(jiff::civil::Time),
}

impl HourOfDay {
    /// The word by which readers say when that is.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Morning => Some("morning"),
            Self::Evening => Some("evening"),
            Self::Time(_) => None,
        }
    }
}

impl HourOfDay {
    /// Where it stands among the sessions of a day, of which others say nothing (1): 0 before them, 2 after them.
    pub(crate) fn order(self) -> u8 {
        match self {
            Self::Morning => 0,
            Self::Evening => 2,
            Self::Time(time) if time.hour() < 12 => 0,
            Self::Time(_) => 2,
        }
    }
}

impl Literal for HourOfDay {
    const EXPECTED: &'static str = "`morning`, `evening`, or a time of day such as `\"06:30\"`";

    fn shape() -> String {
        "morning|evening|([01][0-9]|2[0-3]):[0-5][0-9](:00)?".into()
    }

    fn read(text: &str) -> Option<Self> {
        match text {
            "morning" => Some(Self::Morning),
            "evening" => Some(Self::Evening),
            _ => civil::time(text).map(Self::Time),
        }
    }

    fn respelt(tidied: &str) -> Vec<String> {
        let word = match tidied.trim_end_matches('s') {
            "am" | "a.m." | "in the morning" | "before noon" | "first" | "early" => Some("morning".to_owned()),
            "pm" | "p.m." | "in the evening" | "in the afternoon" | "afternoon" | "night" | "late" => {
                Some("evening".to_owned())
            }
            _ => when::time(tidied),
        };
        word.into_iter().collect()
    }
}

impl FromStr for HourOfDay {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

impl fmt::Display for HourOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Morning => f.write_str("morning"),
            Self::Evening => f.write_str("evening"),
            Self::Time(time) => write!(f, "{}", time.strftime("%H:%M")),
        }
    }
}

literal!(HourOfDay);

/// The names under which `times` of a schedule has a time of day, besides sessions and slots.
pub fn timed_words() -> impl Iterator<Item = &'static str> {
    ["race", "morning", "evening"].into_iter().chain(Weekday::ALL.iter().map(|day| day.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{DateSpan, HourOfDay, Meant};

    #[test]
    fn days_slots_and_hours_are_read_strictly() {
        let span = |text: &str| text.parse::<DateSpan>().map(|span| (span.to_string(), span.days())).ok();
        assert_eq!(span("2027-01-09"), Some(("2027-01-09".into(), 1)));
        assert_eq!(span("2027-02-26..2027-03-02"), Some(("2027-02-26..2027-03-02".into(), 5)));
        for wrong in ["2027-03-02..2027-02-26", "2027-1-9", "2027-01-09..", "2027-01-09 .. 2027-01-10", "tomorrow"] {
            assert_eq!(span(wrong), None, "{wrong}");
        }
        assert_eq!("w6-long-run".parse(), Ok(Meant::Slot("w6-long-run".into())));
        assert!(matches!("2027-02-22".parse(), Ok(Meant::Date(_))));
        for wrong in ["", "W6-long", "w6--long", "6-long", "w6 long", "2027-02-30"] {
            assert!(wrong.parse::<Meant>().is_err(), "{wrong}");
        }
        let hour = |text: &str| text.parse::<HourOfDay>().map(|hour| hour.to_string()).ok();
        assert_eq!(
            ["morning", "evening", "06:30"].map(hour),
            ["morning", "evening", "06:30"].map(|hour| Some(hour.into()))
        );
        assert_eq!(["noon", "6:30", "24:00"].map(hour), [None, None, None]);
        let meant = |text: &str| text.parse::<HourOfDay>().map_err(|wrong| wrong.to_string()).expect_err(text);
        for (text, expected) in [
            ("PM", "`evening`"),
            ("am", "`morning`"),
            ("6 am", "`06:00`"),
            ("6:30pm", "`18:30`"),
            ("18.30", "`18:30`"),
            ("Evening", "`evening`"),
            ("noon", "`12:00`"),
        ] {
            assert!(meant(text).ends_with(&format!("did you mean {expected}?")), "{}", meant(text));
        }
    }
}
