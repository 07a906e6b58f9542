//! Dates and times of day with something behind them, and the keys where that belongs.

use jiff::civil;

use crate::civil::{date as day, time as clock};
use crate::timezone;

/// Help for a date with more behind it, below a key: `start: 2027-01-04T18:30`.
pub fn date(text: &str, key: &str) -> Option<String> {
    let (date, rest) = text.split_at_checked(10).filter(|(date, rest)| day(date).is_some() && !rest.is_empty())?;
    let only = format!("write only the day, `{date}`");
    let at = match key {
        "start" | "end" => "at",
        "race" => "race_at",
        _ => return Some(only),
    };
    let time = rest.trim_start_matches(['T', 't', ' ', '_']);
    let Some((time, zone)) = time.split_at_checked(5).filter(|(time, _)| clock(time).is_some()) else {
        return Some(only);
    };
    let seconds = zone.strip_prefix(':').and_then(|zone| zone.split_at_checked(2));
    let zone = seconds.map_or(zone, |(_, zone)| zone).trim();
    let zone = if zone.is_empty() { named(None) } else { named(bracketed(zone)) };
    Some(format!("{only}; the time of day is a key of its own, `{at}: \"{time}\"`, and so is the {zone}"))
}

/// Help for a time of day with more before or behind it, below a key: `at: 18:30-19:30`.
pub fn time(text: &str, key: &str) -> Option<String> {
    if let Some((before, rest)) = text.split_at_checked(10).filter(|(before, _)| day(before).is_some()) {
        let time = rest.trim_start_matches(['T', 't', ' ', '_']).get(..5).filter(|time| clock(time).is_some())?;
        let days = if key == "race_at" { "`race`" } else { "`start`, `end` or `race`" };
        return Some(format!("write only the time of day, \"{time}\"; the day `{before}` belongs to the key {days}"));
    }
    let (time, rest) = text.split_at_checked(5).filter(|(time, rest)| clock(time).is_some() && !rest.is_empty())?;
    let only = format!("write only hours and minutes, `\"{time}\"`");
    let rest = rest.trim();
    if let Some(minutes) = end(rest).and_then(|end| minutes_between(clock(time)?, end)) {
        let length = match key {
            "race_at" => "the race takes the `duration` of its session".to_owned(),
            _ => format!("for the end of the sessions, add `length: {minutes} min`"),
        };
        return Some(format!("{only}; {length}"));
    }
    if rest.starts_with(':') || rest.starts_with('.') {
        return Some(only);
    }
    if rest.starts_with(['+', '-', '\u{2212}', '[', 'Z', 'z']) {
        return Some(format!("{only}, and the {}", named(bracketed(rest))));
    }
    None
}

/// The time behind `18:30-`.
fn end(rest: &str) -> Option<civil::Time> {
    clock(rest.strip_prefix(['-', '\u{2013}', '\u{2014}'])?.trim())
}

/// How long it is from one time of a day to a later one; `-08:00` behind `18:30` is no end, but an offset.
fn minutes_between(start: civil::Time, end: civil::Time) -> Option<i32> {
    let of = |time: civil::Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
    Some(of(end) - of(start)).filter(|minutes| *minutes > 0)
}

/// The name of a zone within `+09:00[Asia/Tokyo]`.
fn bracketed(rest: &str) -> Option<&'static str> {
    let (_, name) = rest.split_once('[')?;
    timezone::present(name.strip_suffix(']')?)
}

fn named(zone: Option<&str>) -> String {
    match zone {
        Some(zone) => format!("time zone, `timezone: {zone}`"),
        None => "time zone: a place, as in `timezone: Europe/London`".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_a_date_has_a_key_of_its_own() {
        let london = "and so is the time zone: a place, as in `timezone: Europe/London`";
        let tokyo = "and so is the time zone, `timezone: Asia/Tokyo`";
        let own = "write only the day, `2027-01-04`; the time of day is a key of its own,";
        for (text, key, expected) in [
            ("2027-01-04T18:30", "start", format!("{own} `at: \"18:30\"`, {london}")),
            ("2027-01-04 18:30:00", "end", format!("{own} `at: \"18:30\"`, {london}")),
            ("2027-01-04T23:30Z", "race", format!("{own} `race_at: \"23:30\"`, {london}")),
            ("2027-01-04T23:30-08:00", "start", format!("{own} `at: \"23:30\"`, {london}")),
            ("2027-01-04T23:30[Asia/Tokyo]", "start", format!("{own} `at: \"23:30\"`, {tokyo}")),
            ("2027-01-04T23:30:00+09:00[Asia/Tokyo]", "start", format!("{own} `at: \"23:30\"`, {tokyo}")),
            ("2027-01-04T23:30Z", "revised", "write only the day, `2027-01-04`".to_owned()),
            ("2027-01-04 evening", "start", "write only the day, `2027-01-04`".to_owned()),
        ] {
            assert_eq!(date(text, key), Some(expected), "{text}");
        }
        for none in ["2027-01-04", "2027-01", "2027-02-30T10:00", "tomorrow", "2027-01-0\u{e9}", ""] {
            assert_eq!(date(none, "start"), None, "{none}");
        }
    }

    #[test]
    fn what_follows_a_time_has_a_key_of_its_own() {
        let only = "write only hours and minutes, `\"18:30\"`";
        for (text, key, expected) in [
            ("18:30-19:45", "at", format!("{only}; for the end of the sessions, add `length: 75 min`")),
            ("18:30 \u{2013} 19:30", "at", format!("{only}; for the end of the sessions, add `length: 60 min`")),
            ("18:30-19:30", "race_at", format!("{only}; the race takes the `duration` of its session")),
            ("18:30+02:00", "at", format!("{only}, and the time zone: a place, as in `timezone: Europe/London`")),
            ("18:30-08:00", "at", format!("{only}, and the time zone: a place, as in `timezone: Europe/London`")),
            ("18:30Z", "at", format!("{only}, and the time zone: a place, as in `timezone: Europe/London`")),
            ("18:30[Asia/Calcutta]", "at", format!("{only}, and the time zone, `timezone: Asia/Kolkata`")),
            ("18:30:45", "at", only.to_owned()),
            (
                "2027-01-04T18:30",
                "race_at",
                "write only the time of day, \"18:30\"; the day `2027-01-04` belongs to the key `race`".to_owned(),
            ),
        ] {
            assert_eq!(time(text, key), Some(expected), "{text}");
        }
        for none in ["18:30", "25:00", "7 pm", "noon", "18:3\u{e9}", ""] {
            assert_eq!(time(none, "at"), None, "{none}");
        }
    }
}
