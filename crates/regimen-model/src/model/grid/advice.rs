//! Texts that are written into cells and have their place elsewhere: dates, hours, sets of a lift, what is noted of a day of rest.

use super::REST;
use super::read::cell;
use super::text::{bracketed_end, folded, is_rest, shown};
use super::turns;
use crate::civil;
use crate::quantity::{Count, Literal, Reps, parse_decimal};

/// What is wrong with such a text, and what to write; `None` for any other text.
pub(super) fn advice(text: &str) -> Option<String> {
    let words = folded(text);
    let words = words.as_str();
    date(words)
        .or_else(|| clock(words))
        .or_else(|| noted_rest(words))
        .or_else(|| rest_at_the_end(words))
        .or_else(|| brackets_alone(words))
        .or_else(|| lifted(words))
        .or_else(|| turns::advice(words))
}

/// `(morning)`, `(hilly)`
fn brackets_alone(words: &str) -> Option<String> {
    let inner = words.strip_prefix('(')?.strip_suffix(')').filter(|inner| !inner.contains(['(', ')']))?.trim();
    let said = match inner {
        "am" | "morning" | "pm" | "afternoon" | "evening" => {
            let at = if matches!(inner, "am" | "morning") { "morning" } else { "evening" };
            format!(
                "says when and not what is done; list a word with both under `sessions` of the grid, such as \
                 `{at}-run: {{session: easy-run, at: {at}}}`, and write `{at}-run`"
            )
        }
        _ => format!("brackets alone say nothing to do; write the session before them, as in `5 mi easy ({inner})`"),
    };
    Some(format!("`{}`: {said}", shown(words)))
}

/// `squat 3x5 @ 80 %`, `3x8 40 kg`
fn lifted(words: &str) -> Option<String> {
    let spaced = words.replace('@', " ").replace('%', " % ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let at = tokens.iter().position(|token| matches!(*token, "%" | "kg" | "lb" | "lbs")).filter(|at| *at > 0)?;
    let unit = match tokens[at] {
        "%" => "%1rm",
        "kg" => "kg",
        _ => "lb",
    };
    let load = Some(tokens[at - 1]).filter(|number| parse_decimal(number).is_some())?;
    let sets = tokens.iter().find_map(|token| {
        let (sets, reps) = token.split_once('x')?;
        Some((Count::read(sets)?, Reps::read(reps)?))
    });
    let (sets, reps) = sets?;
    Some(format!(
        "`{}` are sets of a lift, which stand in their session, as in `{{exercise: squat, dose: {{sets: {sets}, reps: {reps}, \
         load: {load} {unit}}}}}`; the cell has the word of that session, as in `strength-a`",
        shown(words)
    ))
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
    let in_order = match parts.as_slice() {
        [day, month, year] if sign == '.' => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => words.to_owned(),
    };
    if let Some(why) = civil::no_such_day(&in_order).filter(|_| is_date) {
        let shown = shown(words);
        return Some(format!(
            "`{shown}` is not a day of the calendar: {why}; a cell says what is done on its day, as in `5 mi easy`"
        ));
    }
    is_date.then(|| {
        format!(
            "`{}` is a date; a cell says what is done on its day, as in `5 mi easy`, and a schedule gives the days their dates",
            shown(words)
        )
    })
}

/// `12:30`, which may be half past twelve or twelve minutes and a half.
fn clock(words: &str) -> Option<String> {
    // `easy 7:30` like `7:30 easy`.
    let turned = words.rsplit_once(' ').filter(|(before, last)| {
        last.starts_with(|c: char| c.is_ascii_digit())
            && before.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'))
    });
    let turned = turned.map(|(before, last)| format!("{last} {before}"));
    let (hours, rest) = turned.as_deref().unwrap_or(words).split_once(':')?;
    let (minutes, half) = rest.split_at_checked(2)?;
    let is_clock = is_digits(hours) && matches!(hours.len(), 1 | 2) && is_digits(minutes);
    let [hours, minutes] = [hours, minutes].map(|number| number.parse::<u32>().ok());
    let (hours, minutes) = hours.zip(minutes).filter(|(hours, minutes)| is_clock && *hours < 24 && *minutes < 60)?;
    // Below four hours it is how long a run is.
    // A word behind it, as in `7:30 easy`.
    let is_word = half.starts_with(' ') && half.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'));
    if !matches!(half.trim(), "" | "am" | "pm" | "h") && !is_word || (hours < 4 && (half.is_empty() || is_word)) {
        return None;
    }
    let seconds = if minutes == 0 { String::new() } else { format!(" {minutes} s") };
    let word = ["am ", "pm "].iter().find_map(|hour| half.trim_start().strip_prefix(hour)).unwrap_or(half.trim());
    let seconds = if is_word { format!("{seconds} {word}") } else { seconds };
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
