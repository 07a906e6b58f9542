//! How often work is done on a day, and how long from one time to the next.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::suggestion::plain_range;
use super::{
    BadQuantity, Duration, Extent, Literal, Numbers, TimeUnit, parse_range, parse_whole, range_shape, unreadable,
};

/// How often on one day: 1 to 24 times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimesPerDay(pub Extent<u32>);

impl Literal for TimesPerDay {
    const EXPECTED: &'static str = "how often on one day: 1 to 24 times, such as `2` or `2-3`";
    const NUMBERS: Option<Numbers> = Some(Numbers { low: 1, high: 24, halves: false });

    fn shape() -> String {
        range_shape("([1-9]|1[0-9]|2[0-4])")
    }

    fn read(text: &str) -> Option<Self> {
        let one = |number: &str| parse_whole(number).filter(|times| (1..=24).contains(times));
        parse_range(text, one).map(Self)
    }

    fn respelt(tidied: &str) -> Vec<String> {
        let bare = ["a day", "per day", "/ day", "/day", "daily", "each day", "am tag", "täglich"];
        let bare = bare.iter().find_map(|words| tidied.strip_suffix(words)).unwrap_or(tidied).trim();
        let often = ["once", "twice", "thrice"].iter().position(|word| *word == bare).map(|at| (at + 1).to_string());
        often.or_else(|| plain_range(bare, &["times", "time", "x", "mal"])).into_iter().collect()
    }
}

impl FromStr for TimesPerDay {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

impl fmt::Display for TimesPerDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The hours of a day in which people are awake, by which rules and boxes count what is done every few hours. A convention.
const WAKING_HOURS: u32 = 16;

/// How long from one time to the next: `2 h`, `1 day`, `2 days`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Interval {
    /// Again on the same day after this time.
    Time(Duration),
    /// Every so many days.
    Days(Extent<u32>),
}

impl Interval {
    /// How often that is on one day, at least and at most; what is done every two hours, eight times in 16 waking hours.
    pub fn times_a_day(&self) -> Extent<u32> {
        let Self::Time(time) = self else { return Extent::one(1) };
        let day = TimeUnit::Hour.amount(WAKING_HOURS).seconds().high();
        let times = |between: Decimal| {
            let times = day.checked_div(between).unwrap_or(Decimal::ONE).floor();
            u32::try_from(times).unwrap_or(1).clamp(1, 24)
        };
        let between = time.seconds();
        let least = times(between.high());
        Extent::new(least, times(between.low())).unwrap_or(Extent::one(least))
    }
}

impl Literal for Interval {
    const EXPECTED: &'static str = "how long from one time to the next, such as `2 h`, `1 day` or `2 days`";

    fn shape() -> String {
        let days = range_shape("([1-9]|1[0-9]|2[0-8])");
        // Nothing is done again after no time, so that a range begins above nothing, too.
        let from_some = |amount: &str| format!("{}(-{amount})?", super::some(amount));
        format!(r"{days}\s*days?|{}|{HOURS_AND_MINUTES}", super::shape_with(TIMES, from_some))
    }

    fn read(text: &str) -> Option<Self> {
        if let Some(days) = text.strip_suffix("days").or_else(|| text.strip_suffix("day")) {
            let one = |number: &str| parse_whole(number).filter(|days| (1..=28).contains(days));
            return parse_range(days.trim_end(), one).map(Self::Days);
        }
        let time = Duration::read(text).filter(|time| time.unit != TimeUnit::Second)?;
        (!time.amount.low().is_zero()).then_some(Self::Time(time))
    }

    fn respelt(tidied: &str) -> Vec<String> {
        let bare = tidied.strip_prefix("every ").unwrap_or(tidied).trim();
        let days = match bare {
            "day" | "daily" | "täglich" | "morning" | "evening" | "night" => Some("1 day"),
            "other day" | "second day" | "2nd day" | "alternate days" | "alternate day" | "zweiten tag" => {
                Some("2 days")
            }
            "third day" | "3rd day" => Some("3 days"),
            "week" | "weekly" | "1 week" => Some("7 days"),
            "hour" | "hourly" => Some("1 h"),
            "other hour" | "second hour" => Some("2 h"),
            _ => None,
        };
        let named = ["tage", "tag", "jours", "jour", "días", "día", "d"].iter().find_map(|day| bare.strip_suffix(day));
        let named = named.and_then(|number| plain_range(number, &[])).map(|number| format!("{number} days"));
        match days.map(str::to_owned).or(named) {
            Some(days) => vec![days],
            None => Duration::respelt(bare).into_iter().chain([bare.to_owned()]).collect(),
        }
    }

    fn advice(tidied: &str) -> Option<String> {
        let times = TimesPerDay::respelt(tidied).into_iter().find_map(|text| TimesPerDay::read(&text))?;
        let says_day = ["day", "daily", "tag", "täglich"].iter().any(|word| tidied.contains(word));
        says_day.then(|| format!("write `times_per_day: {times}`"))
    }
}

/// The regular expression of `1 h 30 min`.
const HOURS_AND_MINUTES: &str = r"[1-9][0-9]{0,2}\s*h\s*[0-5]?[0-9]\s*min";

/// Shorter times are rests between sets.
const TIMES: &[(&str, TimeUnit)] = &[("min", TimeUnit::Minute), ("h", TimeUnit::Hour)];

impl FromStr for Interval {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(time) => time.fmt(f),
            Self::Days(days) => write!(f, "{days} {}", if *days == Extent::one(1) { "day" } else { "days" }),
        }
    }
}

/// How much pain is fine, from 0 to 10, if it has settled by the next morning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PainLimit(u8);

impl PainLimit {
    /// The number, 0 to 10.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl Literal for PainLimit {
    const EXPECTED: &'static str = "the most pain that is fine, a whole number from `0` to `10` such as `3`";
    const NUMBERS: Option<Numbers> = Some(Numbers { low: 0, high: 10, halves: false });

    fn shape() -> String {
        "(0-)?([0-9]|10)".to_owned()
    }

    fn read(text: &str) -> Option<Self> {
        let most = text.strip_prefix("0-").unwrap_or(text);
        parse_whole(most).filter(|limit| *limit <= 10).map(Self)
    }

    fn respelt(tidied: &str) -> Vec<String> {
        let words = ["up-", "up to", "max", "at most", "<=", "<", "vas", "nrs", "pain", "/10", "/ 10", "of 10", "out"];
        let most = match tidied {
            "none" | "no" | "pain-free" | "pain free" | "painless" => Some("0".to_owned()),
            none if none.strip_suffix("pain").is_some_and(|before| before.trim() == "no") => Some("0".to_owned()),
            text => plain_range(text, &words).map(|range| range.rsplit('-').next().unwrap_or_default().to_owned()),
        };
        most.into_iter().collect()
    }
}

impl FromStr for PainLimit {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

impl fmt::Display for PainLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

super::literal!(Interval, PainLimit);
super::literal_read!(TimesPerDay);

impl Serialize for TimesPerDay {
    /// One number as such.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_one() { self.0.low().serialize(serializer) } else { serializer.collect_str(self) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_often_is_read_and_offered() {
        let often = |text: &str| text.parse::<TimesPerDay>().map(|times| times.to_string());
        assert_eq!(often("2-3").as_deref(), Ok("2-3"));
        for (wrong, offered) in [("twice a day", "`2`?"), ("3x", "`3`?"), ("3-2 times a day", "`2-3`?")] {
            let said = often(wrong).expect_err("another spelling").to_string();
            assert!(said.ends_with(offered), "{said}");
        }
        assert!(often("25").is_err() && often("0").is_err());
    }

    #[test]
    fn intervals_are_read_and_offered() {
        let every = |text: &str| text.parse::<Interval>();
        for text in ["2 h", "2-3 h", "90 min", "1 day", "2 days", "2-3 days"] {
            assert_eq!(every(text).expect(text).to_string(), text);
        }
        assert_eq!(every("1 days"), every("1 day"));
        assert_eq!(every("1 h 30 min"), every("90 min"));
        assert!(every("1 min 30 s").is_err(), "a rest between sets");
        for (wrong, offered) in [
            ("daily", "`1 day`?"),
            ("every other day", "`2 days`?"),
            ("2 hours", "`2 h`?"),
            ("every 2 hours", "`2 h`?"),
            ("2 d", "`2 days`?"),
            ("twice a day", "write `times_per_day: 2`"),
        ] {
            let said = every(wrong).expect_err("another spelling").to_string();
            assert!(said.ends_with(offered), "{said}");
        }
        for wrong in ["0 h", "30 s", "29 days", "0 days", "2"] {
            assert!(every(wrong).is_err(), "{wrong}");
        }
        let often = |text: &str| every(text).expect(text).times_a_day().to_string();
        assert_eq!((often("2 h"), often("2-3 h"), often("2 days")), ("8".into(), "5-8".into(), "1".into()));
        assert_eq!(often("1 min"), "24");
    }

    #[test]
    fn pain_has_an_upper_limit() {
        let pain = |text: &str| text.parse::<PainLimit>().map(PainLimit::get);
        assert_eq!((pain("3"), pain("0-5"), pain("0"), pain("10")), (Ok(3), Ok(5), Ok(0), Ok(10)));
        for (wrong, offered) in [("3/10", "`3`?"), ("max 4", "`4`?"), ("no pain", "`0`?"), ("2-3", "`3`?")] {
            let said = pain(wrong).expect_err("another spelling").to_string();
            assert!(said.ends_with(offered), "{said}");
        }
        assert!(pain("11").is_err());
    }
}
