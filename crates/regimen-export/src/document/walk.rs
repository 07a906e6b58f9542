//! Blocks within blocks: the one place that knows which blocks hold others.

use super::{Block, Card, Document};

impl Document {
    /// Every block, each before those within it, with how many blocks it is within. Documents may be nested without bound, so this
    /// does not recurse.
    ///
    /// ```
    /// use regimen_export::{Subject, compose, document::Block, testing};
    /// let catalog = testing::catalog();
    /// let page = compose::cards(&testing::unit(&catalog, Subject::Catalog), &[]);
    /// let headings = page.walk().filter(|(_, block)| matches!(block, Block::Heading { .. }));
    /// assert_eq!(headings.count(), 0);
    /// ```
    pub fn walk(&self) -> impl Iterator<Item = (usize, &Block)> {
        walk(&self.blocks)
    }
}

/// Every block of some, as in [`Document::walk`].
///
/// ```
/// use regimen_export::document::{Block, walk};
/// let quote = Block::Quote(vec![Block::Rule]);
/// assert_eq!(walk(&[quote]).map(|(depth, _)| depth).collect::<Vec<_>>(), [0, 1]);
/// ```
pub fn walk(blocks: &[Block]) -> impl Iterator<Item = (usize, &Block)> {
    let mut open = vec![(0, blocks.iter())];
    std::iter::from_fn(move || {
        loop {
            let (depth, rest) = open.last_mut()?;
            let depth = *depth;
            match rest.next() {
                Some(block) => {
                    // The last one put on is the first one taken off.
                    let children: Vec<&[Block]> = block.children().collect();
                    open.extend(children.into_iter().rev().map(|inner| (depth + 1, inner.iter())));
                    return Some((depth, block));
                }
                None => drop(open.pop()),
            }
        }
    })
}

impl Block {
    /// The sequences of blocks directly within this one, such as the items of a list.
    ///
    /// ```
    /// use regimen_export::document::Block;
    /// let list = Block::List { start: None, items: vec![vec![Block::Rule], vec![]] };
    /// assert_eq!(list.children().map(<[Block]>::len).collect::<Vec<_>>(), [1, 0]);
    /// ```
    pub fn children(&self) -> impl Iterator<Item = &[Block]> {
        let (one, several): (Option<&[Block]>, &[Vec<Self>]) = match self {
            Self::List { start: _, items } | Self::Footnotes(items) => (None, items),
            Self::Quote(inner) | Self::Callout { kind: _, title: _, blocks: inner } => (Some(inner), &[]),
            Self::Card(card) => (Some(&card.body), &[]),
            Self::Heading { .. }
            | Self::Paragraph(_)
            | Self::Code { .. }
            | Self::Table(_)
            | Self::Figure(_)
            | Self::Facts(_)
            | Self::Glance(_)
            | Self::Month(_)
            | Self::Work(_)
            | Self::Fields(_)
            | Self::Scales(_)
            | Self::Rule
            | Self::PageBreak
            | Self::SheetBreak => (None, &[]),
        };
        one.into_iter().chain(several.iter().map(Vec::as_slice))
    }

    /// This block with other ones within it, each sequence made from what was there.
    ///
    /// ```
    /// use regimen_export::document::Block;
    /// let quote = Block::Quote(vec![Block::Rule, Block::PageBreak]);
    /// let shorter = quote.with_children(|inner| inner[..1].to_vec());
    /// assert_eq!(shorter, Block::Quote(vec![Block::Rule]));
    /// ```
    #[must_use]
    pub fn with_children(&self, mut made: impl FnMut(&[Self]) -> Vec<Self>) -> Self {
        match self {
            Self::List { start, items } => {
                Self::List { start: *start, items: items.iter().map(|item| made(item)).collect() }
            }
            Self::Footnotes(notes) => Self::Footnotes(notes.iter().map(|note| made(note)).collect()),
            Self::Quote(inner) => Self::Quote(made(inner)),
            Self::Callout { kind, title, blocks } => {
                Self::Callout { kind: *kind, title: title.clone(), blocks: made(blocks) }
            }
            Self::Card(card) => Self::Card(Card { body: made(&card.body), ..card.clone() }),
            Self::Heading { .. }
            | Self::Paragraph(_)
            | Self::Code { .. }
            | Self::Table(_)
            | Self::Figure(_)
            | Self::Facts(_)
            | Self::Glance(_)
            | Self::Month(_)
            | Self::Work(_)
            | Self::Fields(_)
            | Self::Scales(_)
            | Self::Rule
            | Self::PageBreak
            | Self::SheetBreak => self.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use regimen_catalog::prose::Inline;

    use super::*;

    fn text(text: &str) -> Block {
        Block::Paragraph(vec![Inline::Text(text.into())])
    }

    #[test]
    fn blocks_come_in_reading_order_with_their_depth() {
        let list =
            Block::List { start: None, items: vec![vec![text("a"), Block::Quote(vec![text("b")])], vec![text("c")]] };
        let blocks = [text("first"), list, Block::Footnotes(vec![vec![text("note")]])];
        let said: Vec<String> = walk(&blocks)
            .map(|(depth, block)| match block {
                Block::Paragraph(content) => format!("{depth} {}", regimen_catalog::prose::plain_text(content)),
                _ => format!("{depth} …"),
            })
            .collect();
        assert_eq!(said, ["0 first", "0 …", "1 a", "1 …", "2 b", "1 c", "0 …", "1 note"]);
        let same: Vec<Block> = blocks.iter().map(|block| block.with_children(<[Block]>::to_vec)).collect();
        assert_eq!(same, blocks);
    }

    #[test]
    fn documents_as_deep_as_can_be_are_walked() {
        let mut deep = Block::Rule;
        for _ in 0..10_000 {
            deep = Block::Quote(vec![deep]);
        }
        let blocks = [deep];
        assert_eq!(walk(&blocks).map(|(depth, _)| depth).max(), Some(10_000));
        // Dropping it would recurse.
        std::mem::forget(blocks);
    }
}
