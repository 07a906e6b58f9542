//! Columns as wide as makes a table lowest, where all of it has to be on one page.

use std::collections::HashMap;

use regimen_export::document::Table;

use crate::text::Paragraph;

use super::Layouter;
use super::columns::reach;
use super::looks::{header, shown};
use super::table::{FEW, Fit};

/// Widths are moved from column to column by these shares of the table.
const MOVES: [f32; 3] = [0.01, 0.02, 0.04];
/// Between [`FEW`] columns, much is moved at once: less would often save no line.
const FURTHER_MOVES: [f32; 7] = [0.01, 0.02, 0.04, 0.08, 0.12, 0.16, 0.22];

/// More moves than this change hardly anything.
const MOST_MOVES: usize = 60;

/// The texts of a table by column, its header first, and how many lines they have at some width.
struct Texts {
    columns: Vec<Vec<Paragraph>>,
    known: HashMap<(usize, u32), Vec<usize>>,
}

/// How tall a table is: the lines of its rows, and of all of its cells together, which lead to fewer lines of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Height {
    rows: usize,
    cells: usize,
}

impl Texts {
    /// How many lines each cell of a column has.
    fn lines(&mut self, column: usize, width: f32) -> &[usize] {
        let Self { columns, known } = self;
        // A tenth of a point more or less changes no line.
        known
            .entry((column, (width * 10.0) as u32))
            .or_insert_with(|| columns[column].iter().map(|words| words.lines(width).len()).collect())
    }

    fn height(&mut self, widths: &[f32]) -> Height {
        let mut rows: Vec<usize> = Vec::new();
        let mut cells = 0;
        for (column, width) in widths.iter().enumerate() {
            let lines = self.lines(column, *width);
            cells += lines.iter().sum::<usize>();
            rows.resize(rows.len().max(lines.len()), 0);
            rows.iter_mut().zip(lines).for_each(|(most, lines)| *most = (*most).max(*lines));
        }
        Height { rows: rows.iter().sum(), cells }
    }
}

impl Layouter<'_> {
    /// The widths of columns, with their padding, that make a table lowest, found from those that are fair.
    pub(super) fn lowest(&mut self, table: &Table, fair: Vec<f32>, fit: &Fit) -> Vec<f32> {
        let Fit { needs, padding, text, .. } = fit;
        let inner = |width: f32| width - 2.0 * *padding;
        let least: Vec<f32> =
            needs.iter().zip(&fair).map(|(need, fair)| inner(need.least(*padding).min(*fair))).collect();
        let mut texts = Texts { columns: self.texts_of(table, *text), known: HashMap::new() };
        let all: f32 = fair.iter().sum();
        let mut widths: Vec<f32> = fair.into_iter().map(inner).collect();
        let mut height = texts.height(&widths);
        for _ in 0..MOST_MOVES {
            let mut best = None;
            for (from, to, by) in moves(widths.len(), all) {
                if widths[from] - by < least[from] {
                    continue;
                }
                let mut moved = widths.clone();
                (moved[from], moved[to]) = (moved[from] - by, moved[to] + by);
                let lower = texts.height(&moved);
                if lower < best.as_ref().map_or(height, |(best, _)| *best) {
                    best = Some((lower, moved));
                }
            }
            let Some((lower, moved)) = best else { break };
            (height, widths) = (lower, moved);
        }
        widths.into_iter().map(|width| width + 2.0 * *padding).collect()
    }

    fn texts_of(&mut self, table: &Table, text: f32) -> Vec<Vec<Paragraph>> {
        let columns = table.columns.iter().enumerate().map(|(at, column)| {
            let header = self.setter.rich(&column.title, header(&self.sheet).scaled(text), &mut |_, _| None);
            let cells = table.rows.iter().filter(|row| !row.group).map(|row| {
                // A text over several columns has room.
                let cell = row.cells.get(at).filter(|_| at > 0 || reach(row, table) == 1);
                let Some(cell) = cell else { return Paragraph::default() };
                let (content, style) = shown(cell, column.role);
                self.setter.rich(&content, style.scaled(text), &mut |_, _| None).in_cell()
            });
            std::iter::once(header).chain(cells.collect::<Vec<_>>()).collect()
        });
        columns.collect()
    }
}

/// Each way to make one of so many columns narrower and another one wider.
fn moves(columns: usize, all: f32) -> impl Iterator<Item = (usize, usize, f32)> {
    let shares = if columns <= FEW { FURTHER_MOVES.as_slice() } else { MOVES.as_slice() };
    let pairs =
        (0..columns).flat_map(move |from| (0..columns).map(move |to| (from, to))).filter(|(from, to)| from != to);
    pairs.flat_map(move |(from, to)| shares.iter().map(move |share| (from, to, share * all)))
}
