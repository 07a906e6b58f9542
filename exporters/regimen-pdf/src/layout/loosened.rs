//! Tables whose amounts may be parted at the ends of lines, because their columns are too narrow for them.

use regimen_catalog::prose::{Inline, Inlines};
use regimen_export::document::{Column, ColumnRole, Row, Table};

const NO_BREAK: char = '\u{a0}';

/// The same table with blanks between numbers, units and names that have no room on one line.
pub(super) fn loosened(table: &Table) -> Table {
    let cell = |(column, cell): (&Column, &Inlines)| match column.role {
        ColumnRole::Text => content(cell),
        // What a row begins and ends with is read at a glance.
        ColumnRole::Name | ColumnRole::Amount | ColumnRole::Log => cell.clone(),
    };
    let row = |row: &Row| Row { cells: table.columns.iter().zip(&row.cells).map(cell).collect(), ..row.clone() };
    Table { rows: table.rows.iter().map(row).collect(), ..table.clone() }
}

fn content(inlines: &[Inline]) -> Inlines {
    inlines.iter().map(inline).collect()
}

fn inline(one: &Inline) -> Inline {
    match one {
        Inline::Text(text) => Inline::Text(text.replace(NO_BREAK, " ")),
        Inline::Strong(inner) => Inline::Strong(content(inner)),
        Inline::Emphasis(inner) => Inline::Emphasis(content(inner)),
        Inline::Struck(inner) => Inline::Struck(content(inner)),
        Inline::Link { target, content: inner, title } => {
            Inline::Link { target: target.clone(), content: content(inner), title: title.clone() }
        }
        Inline::InLanguage { language, content: inner } => {
            Inline::InLanguage { language: language.clone(), content: content(inner) }
        }
        Inline::Code(_) | Inline::Checkbox(_) | Inline::Footnote(_) | Inline::Break => one.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_parted_in_columns_to_read() {
        let text = |words: &str| vec![Inline::Text(words.into())];
        let column = |role| Column { title: text("A"), role };
        let cell = || vec![Inline::Strong(text("3\u{a0}×\u{a0}10 each")), Inline::Break];
        let table = Table {
            summary: String::new(),
            alignment: Vec::new(),
            columns: [ColumnRole::Text, ColumnRole::Amount].map(column).into(),
            rows: vec![Row::of(vec![cell(), cell()])],
        };
        let cells = &loosened(&table).rows[0].cells;
        assert_eq!(cells[0], [Inline::Strong(text("3 × 10 each")), Inline::Break]);
        assert_eq!(cells[1], cell());
    }
}
