//! The columns of a table of people, which are named like the keys of a person.

use std::collections::BTreeSet;

use regimen_model::diagnostic::{Diagnostic, FilePath};
use regimen_model::model::{PersonalFacts, Schedule};

use super::keys::OF_EXERCISES;
use super::lookup;
use super::person::Reader;

/// The most columns of a table.
pub(super) const MOST: usize = 1_000;

/// Columns of one's own start like this, and are not read.
const OWN: &str = "x-";

/// The keys that are ids, and texts whatever they look like.
const IDS: [&str; 3] = ["id", "program", "schedule"];

/// The keys that are times of day, which without quotes may be numbers of YAML: `18.30`.
const TIMES: [&str; 3] = ["at", "race_at", "times"];

/// A column of a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// The key, with the keys around it; nothing for a column that is not read.
    pub(super) path: Vec<String>,
    pub(super) cells: Cells,
}

/// What the cells of a column have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cells {
    /// A text, whatever it looks like.
    Text,
    /// Items between semicolons.
    List,
    /// The same, each of them a text whatever it looks like.
    Texts,
    /// A value as YAML has it without quotes.
    Plain,
    /// Nothing that is read: notes of one's own, or a column that is none.
    Unread,
    /// A column without a name, in which nothing may stand.
    Unnamed,
}

/// The columns that a first row names, and what is wrong with them: the number of a cell, counted from 0, and what to say of it. No
/// columns if there is no such row.
pub(super) fn columns(
    reader: &Reader<'_>,
    file: &FilePath,
    cells: &[String],
) -> (Vec<Column>, Vec<(usize, Diagnostic)>) {
    if cells.len() > MOST {
        let found = Diagnostic::error("roster", format!("the table has more than {MOST} columns"));
        return (Vec::new(), vec![(MOST, found.help("delete the columns that are none of a person"))]);
    }
    let is_named = |cell: &String| reader.is_key(path(cell).first().map_or("", String::as_str));
    if !cells.iter().any(is_named) {
        let found = Diagnostic::error("roster", "the first row should have the names of columns");
        return (Vec::new(), vec![(0, found.help("write a first row such as `id,name,program,start,note`"))]);
    }
    let (mut columns, mut wrong, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (number, cell) in cells.iter().enumerate() {
        let path = path(cell);
        match wrong_column(reader, file, &path) {
            Some(finding) => wrong.push((number, Diagnostic { labels: Vec::new(), ..finding })),
            None if !cell.trim().is_empty() && !seen.insert(path.clone()) => {
                let found = Diagnostic::error("duplicate-key", format!("`{}` has two columns", path.join(".")));
                wrong.push((
                    number,
                    found.help("keep one of them; several values of one key are a list, with `;` between"),
                ));
            }
            None => {
                columns.push(column(path));
                continue;
            }
        }
        columns.push(Column { path: Vec::new(), cells: Cells::Unread });
    }
    if !seen.contains(&vec!["id".to_owned()]) {
        let found = Diagnostic::error("roster", "there is no column `id`");
        let near = cells.iter().position(|cell| reader.nearest(cell) == Some("id")).unwrap_or_default();
        wrong.push((
            near,
            found.help("add one, with an id for each person that says nothing of who they are, such as `p-001`"),
        ));
        return (Vec::new(), wrong);
    }
    (columns, wrong)
}

/// The keys that a name leads to. Keys and ids have small letters, so capitals make no difference.
fn path(cell: &str) -> Vec<String> {
    cell.trim().to_lowercase().split('.').map(|part| part.trim().to_owned()).collect()
}

/// What spreadsheets call a column: A to Z, then AA.
pub(super) fn letters(number: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(number % 26).unwrap_or_default());
    let before = (number / 26).checked_sub(1).map(letters).unwrap_or_default();
    format!("{before}{letter}")
}

fn column(path: Vec<String>) -> Column {
    let key = path.first().map_or("", String::as_str);
    let is_whole = path.len() == 1;
    let cells = match key {
        "" => Cells::Unnamed,
        key if key.starts_with(OWN) => Cells::Unread,
        key if PersonalFacts::TEXTS.contains(&key) || IDS.contains(&key) => Cells::Text,
        "day_times" => Cells::Texts,
        key if TIMES.contains(&key) && (key == "times") != is_whole => Cells::Text,
        key if is_whole && (PersonalFacts::LISTS.contains(&key) || Schedule::LISTS.contains(&key)) => Cells::List,
        _ => Cells::Plain,
    };
    Column { path: if matches!(cells, Cells::Unnamed | Cells::Unread) { Vec::new() } else { path }, cells }
}

/// What is wrong with the name of a column.
fn wrong_column(reader: &Reader<'_>, file: &FilePath, path: &[String]) -> Option<Diagnostic> {
    let [key, below @ ..] = path else { return None };
    if (key.is_empty() && below.is_empty()) || key.starts_with(OWN) {
        return None;
    }
    if !reader.is_key(key) {
        let found = Diagnostic::error("unknown-key", "this column is no key of a person");
        return Some(found.help(reader.known(key)));
    }
    if let Some(found) = reader.wrong_path(file, path) {
        return Some(found);
    }
    if let Some(depth) = reader.deepest(file, path) {
        let found = Diagnostic::error("unknown-key", "there are no keys below the key of this column");
        return Some(found.help(format!("end it at `{}`", path[..depth].join("."))));
    }
    let exercise = below.first().filter(|_| OF_EXERCISES.contains(&key.as_str()))?;
    lookup::unknown_exercise(reader.catalog, file, key, exercise)
}
