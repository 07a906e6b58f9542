//! The first row of a table: the names of its days, and columns of other things.

use std::collections::BTreeSet;
use std::ops::Range;

use super::rows::CellText;
use super::shown;
use regimen_model::language::Language;
use regimen_model::model::Day;
use regimen_model::suggest::{calendar, nearest};
use regimen_model::vocabulary::Weekday;

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// The number of the week.
    Week,
    /// The cells of a day.
    Day,
    /// The author's own, which is not read.
    Own,
    /// Nothing: spreadsheets leave such columns behind.
    Empty,
}

/// Headings of columns that coaches have beside the days. `mi` is none: it is a Wednesday, too.
const BESIDE: [&str; 19] = [
    "total",
    "totals",
    "sum",
    "km",
    "miles",
    "mileage",
    "volume",
    "notes",
    "note",
    "comments",
    "comment",
    "focus",
    "phase",
    "theme",
    "block",
    "date",
    "dates",
    "week of",
    "week starting",
];

/// Headings of the column that counts the weeks. Words that are a day in some language are none: `wo`, `ne`.
pub(super) const WEEK: [&str; 22] = [
    "week number",
    "week no",
    "week #",
    "week",
    "wk",
    "woche",
    "semaine",
    "semana",
    "settimana",
    "vecka",
    "viikko",
    "uge",
    "uke",
    "týden",
    "tydzień",
    "hét",
    "hafta",
    "săptămână",
    "тиждень",
    "εβδομάδα",
    "周",
    "週",
];

/// How keys of one's own begin, in a table as everywhere.
pub(super) const OWN: &str = "x-";

/// What the columns are below these headings.
pub(super) fn columns(first: &[CellText]) -> Vec<Column> {
    let column = |cell: &CellText| match even(&cell.text).as_str() {
        "" => Column::Empty,
        name if WEEK.contains(&name) => Column::Week,
        name if name.starts_with(OWN) || BESIDE.contains(&name) => Column::Own,
        _ => Column::Day,
    };
    first.iter().map(column).collect()
}

/// Whether a column of one's own says so itself.
pub(super) fn is_marked(cell: &CellText) -> bool {
    even(&cell.text).starts_with(OWN)
}

fn even(text: &str) -> String {
    text.trim().trim_end_matches(['.', ':']).to_lowercase()
}

/// The days that are named, and what is wrong with names.
pub(super) struct Days {
    pub(super) days: Vec<Day>,
    pub(super) wrong: Vec<(Range<usize>, String)>,
    /// What is probably meant by the first wrong name.
    pub(super) meant: Option<String>,
}

/// The days of these headings, in English, in the language of the catalogue, or by another name that is no other day's.
pub(super) fn days(first: &[CellText], columns: &[Column], language: Option<&Language>) -> Days {
    let own: Vec<String> = Weekday::ALL.iter().filter_map(|day| Some(language?.label(*day).to_lowercase())).collect();
    let mut days = Days { days: Vec::new(), wrong: Vec::new(), meant: None };
    let is_day = |(_, column): &(&CellText, &Column)| **column == Column::Day;
    let names: Vec<String> = first.iter().zip(columns).filter(is_day).map(|(cell, _)| even(&cell.text)).collect();
    let read: BTreeSet<Day> = names.iter().filter_map(|name| day(name, &own)).collect();
    if let Some(week) = in_order(&names).filter(|_| read.len() < names.len()) {
        return Days { days: week, ..days };
    }
    for (cell, _) in first.iter().zip(columns).filter(is_day) {
        match day(&even(&cell.text), &own) {
            Some(day) if days.days.contains(&day) => {
                days.wrong.push((cell.range.clone(), format!("`{day}` has two columns")));
            }
            Some(day) => days.days.push(day),
            None => {
                days.wrong.push((cell.range.clone(), format!("`{}` is no day", shown(&cell.text))));
                let known = Weekday::ALL.iter().map(|day| day.as_str()).chain(["week"]).chain(BESIDE);
                days.meant = days.meant.take().or_else(|| nearest(&even(&cell.text), known).map(str::to_owned));
            }
        }
    }
    days
}

/// The days of seven names that are those of a week in their order, where a short name alone may be that of two days: `Mo`, `Di`, `Mi`,
/// `Do`, `Fr`, `Sa`, `So`; `lu`, `ma`, `me`, `je`, `ve`, `sa`, `di`.
fn in_order(names: &[String]) -> Option<Vec<Day>> {
    let all = Weekday::ALL.len();
    let from = |first: usize| Weekday::ALL.iter().cycle().skip(first).take(all).copied();
    let fits = |first: &usize| {
        names.len() == all && names.iter().zip(from(*first)).all(|(name, day)| calendar::may_be(name, day))
    };
    let mut weeks = (0..all).filter(fits);
    let (first, other) = (weeks.next()?, weeks.next());
    other.is_none().then(|| from(first).map(Day::Weekday).collect())
}

/// A day by its name, the first letters of it, or a number such as `day 2`.
fn day(text: &str, own: &[String]) -> Option<Day> {
    let english = |day: &&Weekday| day.as_str() == text || day.as_str().get(..3) == Some(text);
    let weekday = Weekday::ALL.iter().find(english).copied();
    let weekday = weekday.or_else(|| begun(text, own)).or_else(|| calendar::weekday(text));
    let number = text.strip_prefix("day").map_or(text, str::trim_start).parse::<u8>().ok();
    let number = number.filter(|number| (1..=99).contains(number)).map(Day::Number);
    weekday.map(Day::Weekday).or(number)
}

/// The one day of the week whose name begins so, with two letters or more.
fn begun(text: &str, names: &[String]) -> Option<Weekday> {
    let mut begun = names.iter().zip(Weekday::ALL).filter(|(name, _)| name.starts_with(text));
    let (_, day) = begun.next().filter(|_| text.chars().count() > 1)?;
    begun.next().is_none().then_some(*day)
}

/// Whether a row is one of days, rather than a title above it.
pub(super) fn names_days(row: &[CellText], language: Option<&Language>) -> bool {
    let columns = columns(row);
    let Days { days, wrong, .. } = days(row, &columns, language);
    days.len() > 1 && wrong.is_empty()
}
