//! Texts that are written into cells and have their place elsewhere: dates, hours, what is noted of a day of rest.

use super::REST;
use super::read::cell;
use super::text::{bracketed_end, folded, is_rest, shown};

/// What is wrong with such a text, and what to write; `None` for any other text.
pub(super) fn advice(text: &str) -> Option<String> {
    let words = folded(text);
    let words = words.as_str();
    date(words).or_else(|| clock(words)).or_else(|| noted_rest(words)).or_else(|| rest_at_the_end(words))
}

/// `2027-01-01`, `1/2/2027`, `24.12.`
fn date(words: &str) -> Option<String> {
    let sign = words.chars().find(|c| !c.is_ascii_digit()).filter(|sign| matches!(sign, '-' | '/' | '.'))?;
    let parts: Vec<&str> = words.split(sign).collect();
    let is_short = |part: &&str| matches!(part.len(), 1 | 2) && is_digits(part);
    let is_date = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => is_digits(year) && is_short(month) && is_short(day),
        [day, month, year] => is_short(day) && is_short(month) && matches!(year.len(), 0 | 2 | 4) && is_digits(year),
        _ => false,
    };
    is_date.then(|| {
        format!(
            "`{}` is a date; a cell says what is done on its day, as in `5 mi easy`, and a schedule gives the days their dates",
            shown(words)
        )
    })
}

/// `12:30`, which may be half past twelve or twelve minutes and a half.
fn clock(words: &str) -> Option<String> {
    let (hours, rest) = words.split_once(':')?;
    let (minutes, half) = rest.split_at_checked(2)?;
    let is_clock = is_digits(hours) && matches!(hours.len(), 1 | 2) && is_digits(minutes);
    let [hours, minutes] = [hours, minutes].map(|number| number.parse::<u32>().ok());
    let (hours, minutes) = hours.zip(minutes).filter(|(hours, minutes)| is_clock && *hours < 24 && *minutes < 60)?;
    // Below four hours it is how long a run is.
    if !matches!(half.trim(), "" | "am" | "pm" | "h") || (hours < 4 && half.is_empty()) {
        return None;
    }
    let seconds = if minutes == 0 { String::new() } else { format!(" {minutes} s") };
    Some(format!(
        "`{}` may be an hour or a length: an hour stands under `times` of a schedule, and a length has its unit, as in `{hours} min{seconds}`",
        shown(words)
    ))
}

/// `rest (ill)`
fn noted_rest(words: &str) -> Option<String> {
    let (before, _) = bracketed_end(words).filter(|(before, _)| !before.is_empty() && is_rest(before))?;
    Some(format!("`{}`: nothing is done on this day, so that there is nothing to note; write `{before}`", shown(words)))
}

/// `2 mi easy, then rest`
fn rest_at_the_end(words: &str) -> Option<String> {
    let (before, last) = words.rsplit_once(" then ")?;
    let before = before.trim_end_matches([',', ' ']);
    (is_rest(last) && !is_rest(before) && cell(before).is_ok())
        .then(|| format!("`{}`: `{REST}` behind a run is nothing to do; write `{before}`", shown(words)))
}

fn is_digits(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}
