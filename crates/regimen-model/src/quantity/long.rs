//! Lengths of time that are in minutes where a unit is missing: whole sessions, not holds and rests.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserializer, Error};

use super::suggestion::{number_and_rest, plain_range};
use super::{BadQuantity, Duration, Literal, ScalarText, unreadable};

/// Reads the length of a session, which may be left out.
pub(crate) fn maybe_in_minutes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    let text = deserializer.deserialize_any(ScalarText)?;
    text.parse().map(|Long(length)| Some(length)).map_err(D::Error::custom)
}

/// A length of time whose suggestions are long ones.
struct Long(Duration);

impl Literal for Long {
    const EXPECTED: &'static str = Duration::EXPECTED;

    fn shape() -> String {
        Duration::shape()
    }

    fn read(text: &str) -> Option<Self> {
        Duration::read(text).map(Self)
    }

    fn respelt(tidied: &str) -> Vec<String> {
        if let Some(minutes) = plain_range(tidied, &[]) {
            return vec![format!("{minutes} min")];
        }
        // A clock shows hours and minutes of a session; longer ones may be minutes and seconds.
        let clock = tidied.split_once(':').and_then(|(hours, minutes)| {
            let (hours, rest) = number_and_rest(hours)?;
            let minutes = minutes.parse::<u32>().ok().filter(|number| *number < 60 && minutes.len() == 2)?;
            let hours = u32::try_from(hours).ok().filter(|number| *number < 4 && rest.is_empty())?;
            Some(format!("{} min", hours * 60 + minutes))
        });
        clock.map_or_else(|| Duration::respelt(tidied), |clock| vec![clock])
    }

    fn advice(tidied: &str) -> Option<String> {
        Duration::advice(tidied)
    }
}

impl FromStr for Long {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

impl fmt::Display for Long {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_without_a_unit_is_in_minutes() {
        for (text, meant) in [
            ("45", "`45 min`"),
            ("45-60", "`45-60 min`"),
            ("0:45", "`45 min`"),
            ("1:30", "`90 min`"),
            ("90 Minuten", "`90 min`"),
            ("1:05:00", "`65 min`"),
        ] {
            let wrong = text.parse::<Long>().err().expect("no unit").to_string();
            assert!(wrong.ends_with(&format!("did you mean {meant}?")), "{wrong}");
        }
        assert_eq!("45 s".parse::<Long>().map(|Long(length)| length.to_string()), Ok("45 s".to_owned()));
    }
}
