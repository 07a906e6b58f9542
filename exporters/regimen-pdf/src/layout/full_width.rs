//! Content in columns: which blocks are as wide as the page.

use regimen_export::document::{Block, ColumnRole, Figure, Table};

use crate::style::{Pictures, Sheet};

use super::blocks::{DEEPEST, is_form, warns};
use super::flow::height;
use super::looks::THIRD;
use super::{Area, Layouter};

/// Columns of a table in less than this are narrow for running text.
const LEAST_COLUMN: f32 = 75.0;

impl Layouter<'_> {
    /// The content of a document, in columns if the sheet has several.
    pub(super) fn content(&mut self, blocks: &[Block]) {
        let area = self.page_area();
        if self.sheet.columns == 1 {
            return self.blocks(blocks, area);
        }
        let spans = self.spans(blocks);
        let mut start = 0;
        for run in spans.chunk_by(|one, other| one == other) {
            self.flow.full_width = run[0];
            let width = if run[0] { area.width } else { self.sheet.column() };
            self.blocks(&blocks[start..start + run.len()], Area { width, ..area });
            start += run.len();
        }
        self.flow.full_width = true;
    }

    /// Which blocks span the page: what is too wide for a column, and what leads into it or out of it.
    fn spans(&mut self, blocks: &[Block]) -> Vec<bool> {
        let mut spans: Vec<bool> = blocks.iter().map(|block| self.is_wide(block, 0)).collect();
        for at in (0..blocks.len()).rev() {
            let next = blocks.get(at + 1).is_some_and(is_form);
            let led = at > 0 && is_form(&blocks[at - 1]);
            match &blocks[at] {
                Block::Heading { .. } => spans[at] |= spans.get(at + 1).copied().unwrap_or(true),
                Block::Paragraph(_) => spans[at] |= next || led,
                // It has no width, and goes with what follows.
                Block::PageBreak | Block::SheetBreak => spans[at] = spans.get(at + 1).copied().unwrap_or(true),
                _ => {}
            }
        }
        for at in 0..blocks.len() {
            // A single block between others of the full width would be beside an empty column.
            let alone = (at == 0 || spans[at - 1]) && spans.get(at + 1).copied().unwrap_or(true);
            spans[at] |= alone;
        }
        spans
    }

    fn is_wide(&mut self, block: &Block, depth: usize) -> bool {
        let any = |blocks: &[Block]| depth < DEEPEST && blocks.iter().any(|block| self.is_wide(block, depth + 1));
        match block {
            Block::Heading { level, .. } => *level <= 1 && depth == 0,
            Block::Card(_)
            | Block::Glance(_)
            | Block::Month(_)
            | Block::Work(_)
            | Block::Fields(_)
            | Block::Scales(_)
            | Block::Rule => true,
            Block::Table(table) => self.table_is_wide(table),
            Block::Figure(figure) => self.figure_is_wide(figure),
            Block::Callout { kind, .. } if warns(*kind) => block.children().any(any) || self.is_tall(block),
            Block::List { .. } | Block::Footnotes(_) | Block::Quote(_) | Block::Callout { .. } => {
                block.children().any(any)
            }
            Block::Paragraph(_) | Block::Code { .. } | Block::Facts(_) | Block::PageBreak | Block::SheetBreak => false,
        }
    }

    /// Whether a warning would take more than a third of a column, and leave the other one empty beside it; or more than all of it, where
    /// room is dear.
    fn is_tall(&mut self, warning: &Block) -> bool {
        let most = self.sheet.room() * if self.sheet.dense { 1.0 } else { THIRD };
        let area = Area { width: self.sheet.column(), ..self.page_area() };
        let (before, flow) = (self.checkpoint(), std::mem::take(&mut self.flow));
        self.blocks(std::slice::from_ref(warning), area);
        let in_column = std::mem::replace(&mut self.flow, flow);
        self.go_back_to(&before);
        height(&in_column.boxes) > most
    }

    /// Whether there is a hand to write in it, or its columns would be too narrow to read.
    fn table_is_wide(&mut self, table: &Table) -> bool {
        let column = self.sheet.column();
        let whole: f32 = self.needs(table, 1.0).iter().map(|need| need.whole).sum();
        let logs = table.columns.iter().any(|one| one.role == ColumnRole::Log);
        logs || (whole > column && column < table.columns.len() as f32 * LEAST_COLUMN)
    }

    /// Whether a picture is so broad that a column would make it small.
    fn figure_is_wide(&mut self, figure: &Figure) -> bool {
        let limit = (Sheet::READABLE, self.sheet.room());
        let shown = self.style.pictures != Pictures::None;
        if shown && !figure.beside.is_empty() {
            return true;
        }
        shown
            && (self.resources.picture)(&figure.file, limit).is_ok_and(|picture| picture.width >= 2.0 * picture.height)
    }
}
