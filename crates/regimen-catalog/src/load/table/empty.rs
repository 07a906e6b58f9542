//! Rows in which nothing stands: what spreadsheets leave behind, or weeks in which nothing is done.

use super::rows::CellText;
use regimen_model::diagnostic::{Diagnostic, FilePath, Place};

/// Whether nothing stands in a row.
pub(super) fn is_empty(row: &[CellText]) -> bool {
    row.iter().all(CellText::is_blank)
}

/// Rows in which nothing stands, where weeks are not counted: an error if they are too many, else a question whether they are weeks.
pub(super) fn empty_weeks(
    file: &FilePath,
    rows: &[Vec<CellText>],
    weeks: u32,
) -> (Option<Diagnostic>, Option<Diagnostic>) {
    let mut empty = (1..).zip(rows).filter(|(_, row)| is_empty(row));
    let Some((number, row)) = empty.next() else { return (None, None) };
    let (count, of_plan) = (1 + empty.count(), usize::try_from(weeks).unwrap_or(usize::MAX));
    let range = row.first().map_or(0, |cell| cell.range.start)..row.last().map_or(0, |cell| cell.range.end);
    let place = Place::bytes(file.clone(), range);
    let others = match count {
        1 => String::new(),
        2 => ", and so does another one".to_owned(),
        _ => format!(", and so do {} others", count - 1),
    };
    let message = format!("this empty row counts as week {number}{others}");
    let help = "delete it if it is no week, or write `rest` in it if nothing is done then; with a column `week` before the days, empty \
                rows are none";
    if rows.len() > of_plan && rows.len() - count <= of_plan {
        let message = format!("{message}, so that the table has {} weeks, and the phases have {of_plan}", rows.len());
        return (Some(Diagnostic::error("table", message).at(place, "").help(help)), None);
    }
    (None, Some(Diagnostic::warning("table", message).at(place, "").help(help)))
}

/// The rows but for empty ones that spreadsheets leave at the end.
pub(super) fn without_empty_ends(mut rows: &[Vec<CellText>], weeks: u32) -> &[Vec<CellText>] {
    while let Some((last, before)) = rows.split_last() {
        let is_line = last.len() > 1 && rows.len() <= usize::try_from(weeks).unwrap_or(usize::MAX);
        if is_line || !is_empty(last) {
            break;
        }
        rows = before;
    }
    rows
}
