//! Cells as they are written, which may have texts that cannot be read.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::Deserializer;

use super::cell::Cell;
use super::read::cell;
use crate::quantity::{BadQuantity, ScalarText};

/// A cell whose text cannot be read. All of them are kept, so that checking finds them together with what else is wrong with the
/// cells of their grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadCell {
    /// The week, counted from 0.
    pub week: usize,
    /// The column, counted from 0.
    pub column: usize,
    /// What is written.
    pub text: String,
}

impl UnreadCell {
    /// What is wrong with it.
    pub fn wrong(&self) -> Option<BadQuantity> {
        self.text.parse::<Cell>().err()
    }
}

impl Cell {
    /// Reads a text strictly. What is wrong with another one, and what it may mean, takes longer to say: reading it with `parse` does.
    pub fn read(text: &str) -> Option<Self> {
        cell(text).ok()
    }
}

/// A cell, or a text that cannot be read as one.
pub(super) struct WrittenCell(Result<Cell, String>);

impl<'de> Deserialize<'de> for WrittenCell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = deserializer.deserialize_any(ScalarText)?;
        Ok(Self(Cell::read(&text).ok_or(text)))
    }
}

impl JsonSchema for WrittenCell {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Cell::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Cell::json_schema(generator)
    }
}

/// The cells of rows, and those that cannot be read.
pub(super) fn parted(rows: Vec<Vec<WrittenCell>>) -> (Vec<Vec<Cell>>, Vec<UnreadCell>) {
    let mut unread = Vec::new();
    let mut weeks = Vec::with_capacity(rows.len());
    for (week, row) in rows.into_iter().enumerate() {
        let cells = row.into_iter().enumerate().map(|(column, WrittenCell(cell))| {
            cell.unwrap_or_else(|text| {
                unread.push(UnreadCell { week, column, text });
                Cell::default()
            })
        });
        weeks.push(cells.collect());
    }
    (weeks, unread)
}
