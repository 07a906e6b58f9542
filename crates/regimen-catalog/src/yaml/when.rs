//! Suggestions for dates and times of day that are spelt in another way than the format's.

pub(super) mod apart;

use jiff::civil::{Date, Time};

/// The dates that a text may mean, at most two: `4.1.2027` is one, `1/4/2027` is another one in America.
pub(super) fn dates(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split(['-', '.', '/', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts.as_slice() else {
        return Vec::new();
    };
    let number = |text: &str| {
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ordinal = matches!(&text[digits.len()..], "" | "st" | "nd" | "rd" | "th");
        if ordinal && digits.len() <= 4 { digits.parse::<i16>().ok() } else { None }
    };
    let date = |year: Option<i16>, month: Option<i16>, day: Option<i16>| {
        let year = year.map(|year| if year < 100 { 2000 + year } else { year });
        Date::new(year?, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?).ok()
    };
    let found = if let Some(month) = month(second) {
        vec![date(number(third), Some(month), number(first))]
    } else if let Some(month) = month(first) {
        vec![date(number(third), Some(month), number(second))]
    } else if first.len() == 4 {
        vec![date(number(first), number(second), number(third))]
    } else if text.contains('/') {
        vec![date(number(third), number(second), number(first)), date(number(third), number(first), number(second))]
    } else {
        vec![date(number(third), number(second), number(first))]
    };
    let mut written: Vec<String> = found.into_iter().flatten().map(|date| date.to_string()).collect();
    written.dedup();
    written
}

/// The number of a month by its English name or the first three letters of it.
fn month(text: &str) -> Option<i16> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let text = text.to_lowercase();
    let text = text.trim_end_matches('.');
    let named = |name: &&str| *name == text || (text.len() >= 3 && name.starts_with(text));
    (1..).zip(NAMES).find(|(_, name)| named(name)).map(|(number, _)| number)
}

/// The time of day that a text means: `7:00`, `7.30`, `18h30`, `7 pm`, `18`.
pub(super) fn time(text: &str) -> Option<String> {
    let text = text.to_lowercase().replace("a.m.", "am").replace("p.m.", "pm");
    let text = text.trim().trim_end_matches("uhr").trim_end();
    let (clock, add) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(0)),
        (_, Some(clock)) => (clock, Some(12)),
        _ => (text, None),
    };
    let clock = clock.trim().trim_end_matches('h');
    let mut parts = clock.split([':', '.', 'h']);
    let (hours, minutes) = (parts.next()?, parts.next().unwrap_or("00"));
    let two_digits = minutes.len() == 2 && hours.len() <= 2 && parts.all(|seconds| seconds == "00");
    let whole = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<i8>().ok())?;
    let (hours, minutes) = (whole(hours)?, whole(minutes).filter(|_| two_digits)?);
    let hours = match add {
        Some(add) => (1..=12).contains(&hours).then_some(hours % 12 + add)?,
        None => hours,
    };
    Time::new(hours, minutes, 0, 0).ok().map(|time| time.strftime("%H:%M").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_understood() {
        for (text, expected) in [
            ("2027-1-4", "2027-01-04"),
            ("2027/01/04", "2027-01-04"),
            ("04.01.2027", "2027-01-04"),
            ("4.1.27", "2027-01-04"),
            ("4 January 2027", "2027-01-04"),
            ("4th Jan 2027", "2027-01-04"),
            ("Jan 4, 2027", "2027-01-04"),
            ("01/04/2027", "2027-04-01 2027-01-04"),
            ("16/05/2027", "2027-05-16"),
            ("4/4/2027", "2027-04-04"),
            ("30.02.2027", ""),
            ("next Monday", ""),
            ("1-2-3-4", ""),
            ("", ""),
            ("ä1.ö2.ü3", ""),
        ] {
            assert_eq!(dates(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn times_are_understood() {
        for (text, expected) in [
            ("7:00", Some("07:00")),
            ("7.30", Some("07:30")),
            ("18h30", Some("18:30")),
            ("18", Some("18:00")),
            ("7 pm", Some("19:00")),
            ("7:30pm", Some("19:30")),
            ("12 a.m.", Some("00:00")),
            ("12 pm", Some("12:00")),
            ("18:30 Uhr", Some("18:30")),
            ("7:5", None),
            ("25:00", None),
            ("13 pm", None),
            ("noon", None),
            ("", None),
            ("ü", None),
        ] {
            assert_eq!(time(text).as_deref(), expected, "{text}");
        }
    }
}
