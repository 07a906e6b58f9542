//! The weeks of a programme on one page, to be pinned to the wall: upright or across, in the larger type.

use regimen_catalog::prose::{Inline, plain_text};
use regimen_export::document::{Block, Document, Table};

use crate::problem::Problem;
use crate::style::{LEAST_IN_GRID, Pictures, Sheet, Style};

use super::fridge::{STEPS, first_step, scale};
use super::looks::CELL;
use super::tree::Role;
use super::{LaidOut, Resources, handout};

/// More weeks than this are not promised to fit one page.
const MOST_WEEKS: usize = 24;

/// Rows that are taller than this have more room than anybody needs.
const TALLEST_ROW: f32 = 60.0;

/// Lays the weeks out on one page, or if they do not fit at the smallest size, on as few as possible.
pub(crate) fn lay_out(document: &Document, style: &Style, resources: &Resources<'_>) -> LaidOut {
    let style = &Style { pictures: Pictures::None, ..style.clone() };
    let sheets: [fn(&Style, usize) -> Sheet; 2] = [
        |style, step| Sheet::single(style, scale(style, step), 1),
        |style, step| Sheet::single_across(style, scale(style, step)),
    ];
    let set = |sheet: Sheet| handout(document, style, resources, sheet);
    let fitting = |sheet: Sheet| Some(set(sheet)).filter(|laid| laid.pages.len() == 1 && is_grid(laid));
    let found = sheets.into_iter().filter_map(|sheet| {
        let (step, laid) = first_step(STEPS, |step| fitting(sheet(style, step)))?;
        Some((step, sheet(style, step), laid))
    });
    let largest = found.reduce(|one, other| if other.0 < one.0 { other } else { one });
    let fits = largest.map(|(_, sheet, laid)| (sheet, laid));
    let fits = fits.or_else(|| closer(style).into_iter().find_map(|sheet| Some((sheet, fitting(sheet)?))));
    if let Some((sheet, laid)) = fits {
        return spread(sheet, fitting).unwrap_or(laid);
    }
    let [one, other] = sheets.map(|sheet| set(sheet(style, STEPS)));
    let rank = |laid: &LaidOut| (!is_grid(laid), laid.pages.len());
    let mut laid = if rank(&other) < rank(&one) { other } else { one };
    laid.problems.push(problem(document, laid.pages.len()));
    laid
}

/// The lines of a cell as close as they can be read, as a share of their usual distance.
const CLOSE: f32 = 0.84;

/// The sheets of last resort: with their lines close, and then in the smallest type. Large print keeps its size.
fn closer(style: &Style) -> Vec<Sheet> {
    let usual = scale(style, STEPS);
    let scales = if style.large_print.is_large() { vec![usual] } else { vec![usual, LEAST_IN_GRID / CELL.size] };
    let sheets =
        scales.into_iter().flat_map(|scale| [Sheet::single(style, scale, 1), Sheet::single_across(style, scale)]);
    sheets.map(|sheet| Sheet { leading: CLOSE, ..sheet }).collect()
}

/// Makes the rows so tall that they fill the page, within reason.
fn spread(sheet: Sheet, fitting: impl Fn(Sheet) -> Option<LaidOut>) -> Option<LaidOut> {
    let (mut low, mut high, mut best) = (0.0, TALLEST_ROW, None);
    while high - low > 1.0 {
        let middle = (low + high) / 2.0;
        match fitting(Sheet { row: middle, ..sheet }) {
            Some(laid) => (low, best) = (middle, Some(laid)),
            None => high = middle,
        }
    }
    best
}

/// Whether the weeks are a table still, rather than a list because a column is narrower than a word.
fn is_grid(laid: &LaidOut) -> bool {
    laid.tree.nodes.iter().any(|node| node.role == Role::Table)
}

/// Why the weeks do not fit one page.
fn problem(document: &Document, pages: usize) -> Problem {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let weeks = tables.clone().map(|table| table.rows.len()).sum();
    if weeks > MOST_WEEKS {
        return Problem::TooManyWeeks { weeks, most: MOST_WEEKS, pages };
    }
    Problem::WeekTooTall { cell: tables.filter_map(tallest).next().unwrap_or_default(), pages }
}

/// What stands in the cell with the most lines, of these the longest.
fn tallest(table: &Table) -> Option<String> {
    let lines = |cell: &[Inline]| cell.iter().filter(|inline| **inline == Inline::Break).count();
    let cells = table.rows.iter().flat_map(|row| row.cells.iter().skip(1));
    let tallest = cells.max_by_key(|cell| (lines(cell), plain_text(cell).chars().count()))?;
    let spoken = tallest.split(|inline| *inline == Inline::Break).map(plain_text);
    Some(spoken.collect::<Vec<_>>().join(", "))
}
