//! When readers are reminded of a session.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr as _;

use jiff::civil::Time;
use regimen_catalog::quantity::Duration;
use regimen_catalog::suggest;
use regimen_export::schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};

/// A few reminders, or none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reminders(pub(crate) Vec<Reminder>);

/// One reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub(crate) enum Reminder {
    /// So many minutes before the start; before midnight for whole days.
    Before(u32),
    /// At a time of day, so many days before.
    At(Time, u8),
}

/// More would be noise, and Google Calendar takes no more.
const MOST: usize = 5;

/// The earliest reminder that Google Calendar knows: four weeks.
const EARLIEST: u32 = 4 * 7 * 24 * 60;

impl JsonSchema for Reminders {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Reminders".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [{"type": "null"}, {"type": "string"}, {"type": "array", "items": {"type": "string"}}],
            "errorMessage":
                "write a reminder such as `30 min`, `1 d`, `\"07:00\"` or `\"18:00 the day before\"`, or a list of them",
        })
    }
}

impl<'de> Deserialize<'de> for Reminders {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrMore)
    }
}

/// Reads one text or a list of them, unlike an untagged enum with the place of what is wrong in a list.
struct OneOrMore;

impl<'de> Visitor<'de> for OneOrMore {
    type Value = Reminders;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a reminder such as `30 min`, `1 d` or \"18:00 the day before\", or a list of them")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Reminders, E> {
        Ok(Reminders::default())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Reminders, E> {
        Ok(Reminders(vec![reminder(text).map_err(E::custom)?]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Reminders, A::Error> {
        let mut all: Vec<Reminder> = Vec::new();
        while let Some(one) = items.next_element()? {
            if !all.contains(&one) {
                all.push(one);
            }
        }
        if all.len() > MOST {
            let message =
                format!("there are at most {MOST} reminders of a session, because calendar apps take no more");
            return Err(de::Error::custom(message));
        }
        Ok(Reminders(all))
    }
}

impl TryFrom<String> for Reminder {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        reminder(&text)
    }
}

fn reminder(text: &str) -> Result<Reminder, String> {
    time_of_day(text).or_else(|| parse_lead_time(text)).ok_or_else(|| {
        let shown: String = text.chars().take(80).collect();
        let meant = meant(text).map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        format!(
            "a reminder comes at one time before a session, in whole minutes and at most 672 h, such as `30 min` or `1 d`; or \
             at a time of day, such as \"07:00\" or \"18:00 the day before\"; this is `{}`{meant}",
            shown.escape_debug()
        )
    })
}

/// What was probably meant: `"07:00"` for `7 am`, `30 min` for `30 minutes before`.
fn meant(text: &str) -> Option<String> {
    let text = text.trim();
    let bare = ["before", "earlier", "vorher"].iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text).trim();
    let (time, day) = match bare.strip_suffix("the day").or_else(|| bare.strip_suffix("a day")) {
        Some(time) => (time.trim_end(), " the day before"),
        None => (bare, ""),
    };
    // A number alone may be minutes or an hour.
    let number = time.bytes().all(|byte| byte.is_ascii_digit());
    let clock = suggest::time_meant(time).filter(|_| !number).map(|time| format!("\"{time}{day}\""));
    clock.or_else(|| {
        let lengths = if number { vec![format!("{bare} min")] } else { suggest::lengths_meant(bare) };
        lengths.into_iter().find(|length| parse_lead_time(length).is_some())
    })
}

/// `07:00`, or `18:00 the day before`
fn time_of_day(text: &str) -> Option<Reminder> {
    let (time, days) = match text.strip_suffix("the day before") {
        Some(time) => (time.trim_end(), 1),
        None => (text, 0),
    };
    let clock = time.len() == 5 && time.as_bytes().get(2) == Some(&b':');
    Some(Reminder::At(time.parse().ok().filter(|_| clock)?, days))
}

/// `30 min`, or `1 d`
fn parse_lead_time(text: &str) -> Option<Reminder> {
    let days = ["days", "day", "d"].iter().find_map(|unit| text.strip_suffix(unit)?.trim_end().parse::<u32>().ok());
    let minutes = match days {
        Some(days) => days.checked_mul(24 * 60)?,
        None => {
            let seconds = Duration::from_str(text).ok()?.seconds();
            let whole: u32 =
                seconds.high().try_into().ok().filter(|_| seconds.is_one() && seconds.high().is_integer())?;
            Some(whole / 60).filter(|minutes| minutes * 60 == whole)?
        }
    };
    (minutes <= EARLIEST).then_some(Reminder::Before(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reminders_are_lengths_of_time_and_times_of_day() {
        let at = |hour, days| Reminder::At(Time::constant(hour, 0, 0, 0), days);
        let cases = [
            ("30 min", Reminder::Before(30)),
            ("1 h 30 min", Reminder::Before(90)),
            ("0 min", Reminder::Before(0)),
            ("1 d", Reminder::Before(1440)),
            ("28 days", Reminder::Before(EARLIEST)),
            ("07:00", at(7, 0)),
            ("18:00 the day before", at(18, 1)),
        ];
        for (text, meant) in cases {
            assert_eq!(reminder(text), Ok(meant), "{text}");
        }
        for wrong in ["", "90 s", "10-20 min", "29 d", "7:00", "24:00", "18:00 before", "1.5 d", "99999999999 d"] {
            assert!(reminder(wrong).is_err_and(|said| said.contains("such as `30 min`")), "{wrong}");
        }
        for (wrong, meant) in [
            ("7:00", "\"07:00\""),
            ("7 am", "\"07:00\""),
            ("6 pm the day before", "\"18:00 the day before\""),
            ("30 minutes before", "30 min"),
            ("zwei Stunden", "2 h"),
            ("30", "30 min"),
        ] {
            let said = reminder(wrong).expect_err("no reminder");
            assert!(said.ends_with(&format!("did you mean `{meant}`?")), "{said}");
        }
    }
}
