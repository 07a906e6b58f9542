//! Suggestions for dates and times of day that are spelt in another way than the format's.

pub mod apart;

use jiff::civil::{Date, Time};

use super::calendar;
use crate::vocabulary::Month;

/// The dates that a text may mean, at most two: `4.1.2027` is one, `1/4/2027` is another one in America.
pub fn dates(text: &str) -> Vec<String> {
    let text = &in_parts(text);
    let parts: Vec<&str> =
        text.split(['-', '.', '/', ' ', ',']).filter(|part| !part.is_empty() && *part != "de").collect();
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
    let (one, two, three) = (number(first), number(second), number(third));
    let day_first = date(three, two, one);
    let found = if let Some(month) = month(second) {
        vec![date(three, Some(month), one)]
    } else if let Some(month) = month(first) {
        vec![date(three, Some(month), two)]
    } else if first.len() == 4 {
        vec![date(one, two, three)]
    } else if third.len() == 4 {
        vec![day_first, date(three, one, two).filter(|_| text.contains('/'))]
    } else {
        // Two digits may be the year at either end; plans are for years to come, not for years long ago.
        let year_first = date(one, two, three);
        let month_first = date(three, one, two).filter(|_| text.contains('/'));
        let recent = |date: &Option<Date>| date.is_some_and(|date| date.year() >= 2020);
        let of_year = [year_first.filter(|_| !text.contains('/')), day_first, month_first];
        let all: Vec<_> = of_year.into_iter().filter(recent).collect();
        if all.is_empty() { vec![day_first] } else { all }
    };
    let mut written: Vec<String> = found.into_iter().flatten().map(|date| date.to_string()).collect();
    written.dedup();
    written
}

/// `20270104` and `2027年1月4日` with hyphens between their parts.
fn in_parts(text: &str) -> String {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]);
    }
    text.replace(['年', '月', '년', '월'], "-").replace(['日', '일'], "").replace("- ", "-")
}

/// The number of a month by its name in one of many languages, or the first letters of its English name.
fn month(text: &str) -> Option<i16> {
    let text = text.to_lowercase();
    calendar::month(&text).or_else(|| {
        let named = |month: &Month| text.len() >= 3 && month.as_str().starts_with(text.trim_end_matches('.'));
        (1..).zip(Month::ALL).find(|(_, month)| named(month)).map(|(number, _)| number)
    })
}

/// The time of day that a text means: `7:00`, `7.30`, `18h30`, `7 pm`, `18`.
pub fn time(text: &str) -> Option<String> {
    let text = text.to_lowercase().replace("a.m.", "am").replace("p.m.", "pm");
    let text = text.trim();
    if let Some((_, time)) = NAMED_TIMES.iter().find(|(names, _)| names.split('|').any(|name| name == text)) {
        return Some((*time).to_owned());
    }
    let text = text.replace(" uhr ", ":").replace(" h ", ":").replace(" o'clock", "");
    let text = text.strip_prefix("um ").or_else(|| text.strip_prefix("at ")).unwrap_or(&text);
    let text = ["uhr", "hrs", "hours"].iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text).trim_end();
    let (clock, add) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(0)),
        (_, Some(clock)) => (clock, Some(12)),
        _ => (text, None),
    };
    let digits = clock.trim().trim_end_matches('h');
    // As on a clock of 24 hours without its colon.
    let joined = matches!(digits.len(), 3 | 4) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let with_colon = joined.then(|| format!("{}:{}", &digits[..digits.len() - 2], &digits[digits.len() - 2..]));
    let clock = with_colon.as_deref().unwrap_or(clock);
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

/// Times of day that have a name.
const NAMED_TIMES: [(&str, &str); 2] = [
    ("noon|midday|mittag|mittags|midi|mediodía|mezzogiorno|meio-dia|middag|'s middags", "12:00"),
    ("midnight|mitternacht|minuit|medianoche|mezzanotte|meia-noite|middernacht", "00:00"),
];

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
            ("27-01-04", "2027-01-04"),
            ("04-01-27", "2027-01-04"),
            ("26-01-27", "2026-01-27 2027-01-26"),
            ("1/2/27", "2027-02-01 2027-01-02"),
            ("04.01.99", "2099-01-04"),
            ("20270104", "2027-01-04"),
            ("20271301", ""),
            ("2027年1月4日", "2027-01-04"),
            ("4. Januar 2027", "2027-01-04"),
            ("4 de enero de 2027", "2027-01-04"),
            ("4 août 2027", "2027-08-04"),
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
            ("noon", Some("12:00")),
            ("Mitternacht", Some("00:00")),
            ("1830", Some("18:30")),
            ("730", Some("07:30")),
            ("0730h", Some("07:30")),
            ("18 Uhr 30", Some("18:30")),
            ("18 h 30", Some("18:30")),
            ("7 o'clock", Some("07:00")),
            ("1875", None),
            ("18300", None),
            ("evening", None),
            ("", None),
            ("ü", None),
        ] {
            assert_eq!(time(text).as_deref(), expected, "{text}");
        }
    }
}
