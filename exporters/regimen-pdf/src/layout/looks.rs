//! How text looks: running text, small print, the cells of tables.

use std::borrow::Cow;

use regimen_catalog::prose::Inline;
use regimen_export::document::ColumnRole;

use crate::fonts::Face;
use crate::style::{Colour, MM, Sheet};
use crate::text::TextStyle;

/// Running text.
pub(super) const BODY: TextStyle =
    TextStyle { face: Face::Regular, size: 10.5, leading: Sheet::LINE, colour: Colour::TEXT };
/// Captions and small print.
pub(super) const SMALL: TextStyle = TextStyle { face: Face::Regular, size: 8.5, leading: 11.5, colour: Colour::MUTED };
/// The cells of tables, and their headers.
pub(super) const CELL: TextStyle = TextStyle { size: 9.5, leading: 13.0, ..BODY };
pub(super) const HEADER: TextStyle = TextStyle { face: Face::Bold, size: 9.0, leading: 12.0, ..BODY };

/// How an exercise of a sheet is done. At the least size of the sheet, it has 10 points.
pub(super) const TEXT: TextStyle = TextStyle { leading: 12.9, ..BODY };

/// Tables and boxes that take less than this share of a page are not parted.
pub(super) const THIRD: f32 = 1.0 / 3.0;
/// How many lines of a title come again.
pub(super) const MOST_REPEATED: usize = 2;

/// Room for a pen below what is printed in a cell of a table.
pub(super) const BELOW_PRINT: f32 = 8.0 * MM;

/// How the header of a table looks: where the cells are as small as can be read, it is no smaller.
pub(super) fn header(sheet: &Sheet) -> TextStyle {
    if sheet.leading < 1.0 { TextStyle { size: CELL.size, ..HEADER } } else { HEADER }
}

/// How the cells of a column look.
const fn cell_style(role: ColumnRole) -> TextStyle {
    match role {
        ColumnRole::Name => TextStyle { face: Face::Bold, ..CELL },
        ColumnRole::Text | ColumnRole::Amount | ColumnRole::Log => CELL,
    }
}

/// What a cell shows: of several lines, only the first is the name.
pub(super) fn shown(cell: &[Inline], role: ColumnRole) -> (Cow<'_, [Inline]>, TextStyle) {
    match cell.iter().position(|inline| *inline == Inline::Break) {
        Some(end) if role == ColumnRole::Name => {
            let name = Inline::Strong(cell[..end].to_vec());
            (std::iter::once(name).chain(cell[end..].iter().cloned()).collect::<Vec<_>>().into(), CELL)
        }
        _ => (cell.into(), cell_style(role)),
    }
}
