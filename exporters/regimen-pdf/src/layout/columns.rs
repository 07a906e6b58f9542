//! How wide columns are: as their content asks, and alike in all tables of a document that have the same columns.

use regimen_catalog::prose::plain_text;
use regimen_export::document::{Block, Column, ColumnRole, Document, Row, Table, walk};

use crate::style::MM;
use crate::text::Paragraph;

use super::Layouter;
use super::blocks::DEEPEST;
use super::looks::{header, shown};

/// Less than this is no room to write in by hand.
const LEAST_TO_WRITE: f32 = 16.0 * MM;
/// More than this is no help in writing.
const MOST_TO_WRITE: f32 = 42.0 * MM;

/// What the content of a column asks for, without the space around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Need {
    /// The longest word that cannot be broken well.
    pub(super) word: f32,
    /// The longest content on one line.
    pub(super) whole: f32,
    pub(super) role: ColumnRole,
    /// Whether a hand writes in it, which needs room.
    pub(super) by_hand: bool,
}

impl Need {
    /// What the column must have with `padding` at both sides.
    pub(super) fn least(&self, padding: f32) -> f32 {
        let written = if self.by_hand { LEAST_TO_WRITE } else { 0.0 };
        (self.word + 2.0 * padding).max(written)
    }
}

/// The tables of a document, and what those with the same columns need.
#[derive(Default)]
pub(super) struct Tables<'a> {
    all: Vec<&'a Table>,
    known: Vec<Known<'a>>,
}

/// What these columns need with text of a size, as a share of the usual, of which none is smaller than `least`.
struct Known<'a> {
    columns: &'a [Column],
    text: f32,
    least: f32,
    needs: Vec<Need>,
}

impl<'a> Tables<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let printed = document.walk().filter(|(depth, _)| *depth <= DEEPEST);
        Self { all: printed.filter_map(|(_, block)| table_of(block)).collect(), known: Vec::new() }
    }

    /// Those with the same columns as one of these blocks, which are as wide as it.
    pub(super) fn alike(&self, blocks: &[Block]) -> Vec<&'a Table> {
        let columns: Vec<_> = walk(blocks).filter_map(|(_, block)| Some(&table_of(block)?.columns)).collect();
        self.all.iter().copied().filter(|table| columns.contains(&&table.columns)).collect()
    }
}

/// The table that a block is or has.
fn table_of(block: &Block) -> Option<&Table> {
    match block {
        Block::Table(table) => Some(table),
        Block::Work(work) => work.by_days.as_ref(),
        _ => None,
    }
}

/// A name longer than this that is alone in its row is text, and may reach over the columns beside it.
const LONG_NAME: f32 = 150.0;

/// How many columns the first cell of a row may span: all but those to write in, if they are empty.
/// Empty cells of an author's own table are for writing, and stay.
pub(super) fn reach(row: &Row, table: &Table) -> usize {
    let texts = table.columns.iter().take_while(|column| column.role != ColumnRole::Log).count();
    let alone = texts > 1 && table.alignment.is_empty() && row.cells.iter().skip(1).all(Vec::is_empty);
    if alone { texts } else { 1 }
}

impl Layouter<'_> {
    /// What the columns of this table and of all tables like it need with text of this size, as a share of the usual.
    pub(super) fn needs(&mut self, table: &Table, text: f32) -> Vec<Need> {
        let least = self.setter.least;
        let is_known = |known: &&Known<'_>| (known.columns, known.text, known.least) == (&table.columns, text, least);
        if let Some(known) = self.tables.known.iter().find(is_known) {
            return known.needs.clone();
        }
        let alike: Vec<&Table> = self.tables.all.iter().copied().filter(|one| one.columns == table.columns).collect();
        let needs = self.needs_of(&alike, text);
        if let Some(first) = alike.first() {
            self.tables.known.push(Known { columns: &first.columns, text, least, needs: needs.clone() });
        }
        needs
    }

    /// What the columns of these tables, which are alike, need with text of this size.
    pub(super) fn needs_of(&mut self, tables: &[&Table], text: f32) -> Vec<Need> {
        let columns = tables.first().map_or(0, |table| table.columns.len());
        (0..columns).map(|at| self.need(tables, at, text)).collect()
    }

    fn need(&mut self, tables: &[&Table], at: usize, text: f32) -> Need {
        let role =
            tables.first().and_then(|table| table.columns.get(at)).map_or(ColumnRole::Text, |column| column.role);
        let mut need = Need { word: 0.0, whole: 0.0, role, by_hand: role == ColumnRole::Log };
        let mut take = |words: &Paragraph| {
            need.word = need.word.max(words.narrowest());
            need.whole = need.whole.max(words.widest());
        };
        if let Some(column) = tables.first().and_then(|table| table.columns.get(at)) {
            let style = header(&self.sheet).scaled(text);
            take(&self.setter.rich(&column.title, style, &mut |_, _| None));
            if role == ColumnRole::Log {
                // Of columns to write in, the title asks for room.
                take(&self.setter.plain(&plain_text(&column.title), style));
            }
        }
        for table in tables {
            for row in table.rows.iter().filter(|row| !row.group) {
                let Some(cell) = row.cells.get(at) else { continue };
                let (content, style) = shown(cell, role);
                let words = self.setter.rich(&content, style.scaled(text), &mut |_, _| None);
                if at > 0 || words.widest() <= LONG_NAME || reach(row, table) == 1 {
                    take(&words);
                }
            }
        }
        need
    }
}

/// Shares the width of a table between its columns, `padding` being free at both sides of each; the shares add up to it.
///
/// Whoever asks for little gets it: names and amounts stay on one line beside long instructions, which share the rest.
pub(super) fn share(needs: &[Need], padding: f32, width: f32) -> Vec<f32> {
    let asks = asks(needs, padding, width);
    let least: f32 = asks.iter().map(|ask| ask.least).sum();
    let most: f32 = asks.iter().map(|ask| ask.most).sum();
    if least >= width {
        return asks.iter().map(|ask| ask.least * width / least).collect();
    }
    if most > width {
        return fair(asks, width);
    }
    generous(needs, &asks, width - most)
}

#[derive(Clone, Copy)]
struct Ask {
    least: f32,
    most: f32,
    weight: f32,
}

/// What columns ask for: none less than its longest word, as long as all of these have room beside each other.
fn asks(needs: &[Need], padding: f32, width: f32) -> Vec<Ask> {
    let fair = width / needs.len() as f32 * 0.25;
    let ask = |need: &Need, least: f32| Ask { least, most: (need.whole + 2.0 * padding).max(least), weight: 1.0 };
    let ways: [&dyn Fn(f32) -> f32; 2] = [&|word| word.max(fair), &|word| word];
    let fitting = ways.into_iter().find_map(|least| {
        let asks: Vec<Ask> = needs.iter().map(|need| ask(need, least(need.least(padding)))).collect();
        (asks.iter().map(|ask| ask.least).sum::<f32>() <= width).then_some(asks)
    });
    // A single word without end leaves room for the others.
    fitting
        .unwrap_or_else(|| needs.iter().map(|need| ask(need, need.least(padding).min(width * 0.4).max(fair))).collect())
}

impl Ask {
    fn at(&self, level: f32) -> f32 {
        (level * self.weight).clamp(self.least, self.most)
    }
}

/// All columns grow alike until they have what they ask for; those that ask for too much then share by its root, so that
/// more text gets more room, and short text beside it still some.
fn fair(mut asks: Vec<Ask>, width: f32) -> Vec<f32> {
    let level = level(&asks, width);
    for ask in &mut asks {
        if ask.at(level) >= ask.most {
            ask.least = ask.most;
        } else {
            ask.weight = ask.most.sqrt();
        }
    }
    let level = self::level(&asks, width);
    let shares: Vec<f32> = asks.iter().map(|ask| ask.at(level)).collect();
    let sum: f32 = shares.iter().sum();
    shares.iter().map(|share| share * width / sum).collect()
}

/// The level at which the columns fill the width.
fn level(asks: &[Ask], width: f32) -> f32 {
    let (mut low, mut high) = (0.0, asks.iter().map(|ask| ask.most / ask.weight).fold(0.0, f32::max));
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if asks.iter().map(|ask| ask.at(middle)).sum::<f32>() > width { high = middle } else { low = middle }
    }
    low
}

/// What is left goes to those who make use of it: room to write in first, then text.
fn generous(needs: &[Need], asks: &[Ask], mut left: f32) -> Vec<f32> {
    let mut shares: Vec<f32> = asks.iter().map(|ask| ask.most).collect();
    let is_log = |at: usize| needs[at].role == ColumnRole::Log;
    let logs = (0..needs.len()).filter(|at| is_log(*at)).count();
    if logs > 0 {
        let wanted: f32 =
            (0..needs.len()).filter(|at| is_log(*at)).map(|at| (MOST_TO_WRITE - shares[at]).max(0.0)).sum();
        let given = if wanted > 0.0 { (left / wanted).min(1.0) } else { 0.0 };
        for at in (0..needs.len()).filter(|at| is_log(*at)) {
            let more = (MOST_TO_WRITE - shares[at]).max(0.0) * given;
            shares[at] += more;
            left -= more;
        }
    }
    let greed = |at: usize| match needs[at].role {
        ColumnRole::Text | ColumnRole::Name => asks[at].most.max(40.0),
        ColumnRole::Amount | ColumnRole::Log => 0.35 * asks[at].most.max(40.0),
    };
    let all: f32 = (0..needs.len()).map(greed).sum();
    (0..needs.len()).map(|at| shares[at] + left.max(0.0) * greed(at) / all).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ColumnRole::{Amount, Log, Name, Text};

    fn check(needs: &[(f32, f32, ColumnRole)]) -> Vec<f32> {
        let needs: Vec<Need> = needs
            .iter()
            .map(|(word, whole, role)| Need { word: *word, whole: *whole, role: *role, by_hand: *role == Log })
            .collect();
        let shares = share(&needs, 5.0, 480.0);
        assert!((shares.iter().sum::<f32>() - 480.0).abs() < 0.1, "{shares:?}");
        assert!(shares.iter().all(|share| *share > 0.0), "{shares:?}");
        shares
    }

    #[test]
    fn columns_fill_the_table_exactly() {
        check(&[(30.0, 60.0, Name), (40.0, 300.0, Text), (20.0, 30.0, Amount), (0.0, 0.0, Log)]);
        check(&[(30.0, 900.0, Name), (40.0, 3000.0, Text)]);
        check(&[(900.0, 900.0, Text), (900.0, 900.0, Text)]);
        check(&[(0.0, 0.0, Text); 60]);
        check(&[(0.0, 0.0, Log)]);
    }

    #[test]
    fn short_content_stays_whole_beside_long_content() {
        let shares = check(&[(50.0, 90.0, Name), (30.0, 70.0, Amount), (60.0, 2000.0, Text), (20.0, 20.0, Log)]);
        assert!(shares[0] > 99.9 && shares[1] > 79.9, "{shares:?}");
        assert!(shares[3] >= LEAST_TO_WRITE - 0.1, "{shares:?}");
    }

    #[test]
    fn more_text_gets_more_room_but_not_all() {
        let shares = check(&[(60.0, 4000.0, Text), (60.0, 1000.0, Text)]);
        assert!((shares[0] / shares[1] - 2.0).abs() < 0.05, "{shares:?}");
    }

    #[test]
    fn no_column_is_narrower_than_its_longest_word_while_all_have_room() {
        let shares = check(&[(300.0, 320.0, Text), (60.0, 900.0, Text), (70.0, 800.0, Text)]);
        assert!(shares[0] >= 309.9 && shares[1] >= 69.9 && shares[2] >= 79.9, "{shares:?}");
        let mut needs = vec![(44.0, 44.0, Text); 8];
        needs.push((2.0, 2.0, Text));
        needs[0] = (46.0, 46.0, Text);
        let shares = check(&needs);
        let narrow = shares.iter().zip(&needs).find(|(share, need)| **share < need.0 + 9.9);
        assert_eq!(narrow, None, "{shares:?}");
    }

    #[test]
    fn room_to_write_comes_first_and_has_an_end() {
        let shares = check(&[(50.0, 90.0, Name), (20.0, 20.0, Log)]);
        assert!(shares[1] >= MOST_TO_WRITE && shares[1] < shares[0], "{shares:?}");
    }
}
