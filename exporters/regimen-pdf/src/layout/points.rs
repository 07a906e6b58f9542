//! Points set closer than a line each, where there is no room for that: as sentences do, and behind their label.

use std::borrow::Cow;

use regimen_catalog::prose::{Inline, Inlines};
use regimen_export::document::Block;

use crate::text::TextStyle;

use super::flow::Anchor;
use super::looks::BODY;
use super::{Area, Layouter};

/// Key facts where there is no room for a table of them.
const FACT: TextStyle = TextStyle { size: 8.5, leading: 11.5, ..BODY };

/// How close the points of a card are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
pub(super) enum Points {
    /// Each on a line of its own, below its heading.
    Listed,
    /// Those without numbers follow each other.
    InARow,
    /// These follow their heading as well.
    AfterLabels,
    /// So do those with numbers.
    AllInARow,
}

impl Points {
    /// Blocks with points as close as this.
    fn of(self, blocks: &[Block]) -> Cow<'_, [Block]> {
        match self {
            Self::Listed => blocks.into(),
            Self::InARow | Self::AfterLabels => in_a_row(blocks).into(),
            Self::AllInARow => blocks.iter().map(|block| row(block).unwrap_or_else(|| block.clone())).collect(),
        }
    }
}

/// The same blocks with lists of single paragraphs, if their items have no numbers, as a paragraph each.
pub(super) fn in_a_row(blocks: &[Block]) -> Vec<Block> {
    let without_numbers = |block: &&Block| matches!(block, Block::List { start: None, .. });
    let rows = blocks.iter().map(|block| Some(block).filter(without_numbers).and_then(row));
    rows.zip(blocks).map(|(row, block)| row.unwrap_or_else(|| block.clone())).collect()
}

/// A list of single paragraphs as one paragraph, each item after its number, if it has one.
fn row(block: &Block) -> Option<Block> {
    let Block::List { start, items } = block else { return None };
    let lines = (0_u64..).zip(items).map(|(at, item)| {
        let [Block::Paragraph(line)] = item.as_slice() else { return None };
        let number = start.map(|first| Inline::Strong(vec![Inline::Text(format!("{}.", first.saturating_add(at)))]));
        // A number is on the line of its first word.
        let number = number.into_iter().flat_map(|number| [number, Inline::Text("\u{a0}".into())]);
        Some(number.chain(line.iter().cloned()).collect::<Inlines>())
    });
    let lines = lines.collect::<Option<Vec<_>>>()?;
    Some(Block::Paragraph(lines.join(&Inline::Text(" ".into()))))
}

fn labelled(label: &[Inline], text: &[Inline]) -> Inlines {
    let label = [Inline::Strong(label.to_vec()), Inline::Text(": ".into())];
    label.into_iter().chain(text.iter().cloned()).collect()
}

impl Layouter<'_> {
    /// The text of a card with its points as close as they are to be.
    pub(super) fn points(&mut self, body: &[Block], area: Area) {
        let body = self.points.of(body);
        if self.points < Points::AfterLabels {
            return self.card_body(&body, area);
        }
        let mut rest = &*body;
        while let Some((first, after)) = rest.split_first() {
            rest = match (first, after) {
                (Block::Heading { anchor, content, .. }, [Block::Paragraph(text), after @ ..]) => {
                    self.after_label(anchor, content, text, area);
                    after
                }
                _ => {
                    self.blocks(std::slice::from_ref(first), area);
                    after
                }
            };
        }
    }

    /// "**How much:** 3 × 8", a paragraph for each of them.
    pub(super) fn facts_after_labels(&mut self, facts: &[(String, Inlines)], area: Area) {
        for (label, value) in facts {
            self.paragraph(&labelled(&[Inline::Text(label.clone())], value), FACT, area);
        }
    }

    /// "**Keep in mind:** Heels heavy.", to which links to the heading lead.
    fn after_label(&mut self, anchor: &str, label: &[Inline], text: &[Inline], area: Area) {
        let content = labelled(label, text);
        let first = self.flow.boxes.len();
        self.flow.space(4.0);
        self.paragraph(&content, BODY, area.readable());
        self.flow.space(4.0);
        let anchor = Anchor { name: anchor.to_owned(), bookmark: None };
        self.flow.boxes.get_mut(first).into_iter().for_each(|line| line.destinations.push(anchor.clone()));
    }
}
