//! Blocks within blocks and running text within running text: the one place that knows which of them hold others.

use super::{Inline, Inlines, ProseBlock};

impl ProseBlock {
    /// The sequences of blocks directly within this one, such as the items of a list.
    ///
    /// ```
    /// use regimen_model::prose::ProseBlock;
    /// let list = ProseBlock::List { start: None, items: vec![vec![ProseBlock::Rule], vec![]] };
    /// assert_eq!(list.children().map(<[ProseBlock]>::len).collect::<Vec<_>>(), [1, 0]);
    /// ```
    pub fn children(&self) -> impl Iterator<Item = &[Self]> {
        let (one, several): (Option<&[Self]>, &[Vec<Self>]) = match self {
            Self::List { start: _, items } | Self::Footnotes(items) => (None, items),
            Self::Quote(inner) | Self::Callout { kind: _, blocks: inner } => (Some(inner), &[]),
            Self::Heading { .. }
            | Self::Paragraph(_)
            | Self::Code { .. }
            | Self::Table { .. }
            | Self::Embed(_)
            | Self::Figure { .. }
            | Self::Rule => (None, &[]),
        };
        one.into_iter().chain(several.iter().map(Vec::as_slice))
    }

    /// The same, to change them.
    pub(crate) fn children_mut(&mut self) -> impl Iterator<Item = &mut Vec<Self>> {
        let (one, several): (Option<&mut Vec<Self>>, &mut [Vec<Self>]) = match self {
            Self::List { start: _, items } | Self::Footnotes(items) => (None, items),
            Self::Quote(inner) | Self::Callout { kind: _, blocks: inner } => (Some(inner), &mut []),
            Self::Heading { .. }
            | Self::Paragraph(_)
            | Self::Code { .. }
            | Self::Table { .. }
            | Self::Embed(_)
            | Self::Figure { .. }
            | Self::Rule => (None, &mut []),
        };
        one.into_iter().chain(several)
    }

    /// The running text of this block itself: of a heading or a paragraph, or of each cell of a table.
    pub fn running_text(&self) -> impl Iterator<Item = &Inlines> {
        let (one, header, rows): (Option<&Inlines>, &[Inlines], &[Vec<Inlines>]) = match self {
            Self::Heading { level: _, anchor: _, content } | Self::Paragraph(content) => (Some(content), &[], &[]),
            Self::Table { alignment: _, header, rows } => (None, header, rows),
            Self::List { .. }
            | Self::Footnotes(_)
            | Self::Quote(_)
            | Self::Callout { .. }
            | Self::Code { .. }
            | Self::Embed(_)
            | Self::Figure { .. }
            | Self::Rule => (None, &[], &[]),
        };
        one.into_iter().chain(header).chain(rows.iter().flatten())
    }

    /// The same, to change it.
    pub(crate) fn running_text_mut(&mut self) -> impl Iterator<Item = &mut Inlines> {
        let (one, header, rows): (Option<&mut Inlines>, &mut [Inlines], &mut [Vec<Inlines>]) = match self {
            Self::Heading { level: _, anchor: _, content } | Self::Paragraph(content) => {
                (Some(content), &mut [], &mut [])
            }
            Self::Table { alignment: _, header, rows } => (None, header, rows),
            Self::List { .. }
            | Self::Footnotes(_)
            | Self::Quote(_)
            | Self::Callout { .. }
            | Self::Code { .. }
            | Self::Embed(_)
            | Self::Figure { .. }
            | Self::Rule => (None, &mut [], &mut []),
        };
        one.into_iter().chain(header).chain(rows.iter_mut().flatten())
    }

    /// Every inline of the running text of this block itself, in reading order.
    pub fn inlines(&self) -> impl Iterator<Item = &Inline> {
        self.running_text().flat_map(|content| walk_inlines(content))
    }
}

impl Inline {
    /// The running text directly within this one, such as what is bold.
    pub fn children(&self) -> &[Self] {
        match self {
            Self::Strong(inner)
            | Self::Emphasis(inner)
            | Self::Struck(inner)
            | Self::Link { target: _, content: inner, title: _ }
            | Self::InLanguage { language: _, content: inner } => inner,
            Self::Text(_) | Self::Code(_) | Self::Checkbox(_) | Self::Footnote(_) | Self::Break => &[],
        }
    }

    /// The same, to change it.
    pub(crate) fn children_mut(&mut self) -> Option<&mut Inlines> {
        match self {
            Self::Strong(inner)
            | Self::Emphasis(inner)
            | Self::Struck(inner)
            | Self::Link { target: _, content: inner, title: _ }
            | Self::InLanguage { language: _, content: inner } => Some(inner),
            Self::Text(_) | Self::Code(_) | Self::Checkbox(_) | Self::Footnote(_) | Self::Break => None,
        }
    }
}

/// Every block in reading order, each before those within it.
///
/// ```
/// use regimen_model::prose::{ProseBlock, parse, walk};
/// let text = parse("Mind the bar[^a].\n\n[^a]: So.\n\n    ![A bar](media/bar.svg)\n");
/// assert!(walk(&text.blocks).any(|block| matches!(block, ProseBlock::Figure { .. })));
/// ```
pub fn walk(blocks: &[ProseBlock]) -> impl Iterator<Item = &ProseBlock> {
    let mut open = vec![blocks.iter()];
    std::iter::from_fn(move || {
        loop {
            let Some(block) = open.last_mut()?.next() else {
                open.pop();
                continue;
            };
            // The last one put on is the first one taken off.
            let children: Vec<&[ProseBlock]> = block.children().collect();
            open.extend(children.into_iter().rev().map(<[ProseBlock]>::iter));
            return Some(block);
        }
    })
}

/// Every inline in reading order, each before those within it.
pub fn walk_inlines(inlines: &[Inline]) -> impl Iterator<Item = &Inline> {
    let mut open = vec![inlines.iter()];
    std::iter::from_fn(move || {
        loop {
            let Some(inline) = open.last_mut()?.next() else {
                open.pop();
                continue;
            };
            open.push(inline.children().iter());
            return Some(inline);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    /// A word in each place that can hold one.
    const TEXT: &str = "# a *b*\n\nc [d **e**](https://x.example)[^n]\n\n- f\n\n  > g\n- h\n\n> [!TIP]\n> i\n\n\
                        | j | k |\n|---|---|\n| l | ~~m~~ |\n\n[^n]: n\n\n    - o\n";

    #[test]
    fn blocks_and_inlines_come_in_reading_order() {
        let parsed = parse(TEXT);
        assert_eq!(parsed.problems, []);
        let inlines = walk(&parsed.blocks).flat_map(ProseBlock::inlines);
        let words = inlines.filter_map(|inline| match inline {
            Inline::Text(text) => Some(text.trim()),
            _ => None,
        });
        assert_eq!(words.collect::<Vec<_>>().concat(), "abcdefghijklmno");
    }

    #[test]
    fn what_can_be_changed_is_what_can_be_seen() {
        fn clear(inlines: &mut Inlines) {
            inlines.retain(|inline| !matches!(inline, Inline::Text(_)));
            inlines.iter_mut().filter_map(Inline::children_mut).for_each(clear);
        }
        fn clear_all(blocks: &mut [ProseBlock]) {
            for block in blocks {
                block.running_text_mut().for_each(clear);
                block.children_mut().for_each(|inner| clear_all(inner));
            }
        }
        let mut blocks = parse(TEXT).blocks;
        clear_all(&mut blocks);
        assert!(!format!("{blocks:?}").contains("Text("), "{blocks:?}");
    }
}
