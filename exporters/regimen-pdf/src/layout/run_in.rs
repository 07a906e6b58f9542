//! Lists whose items follow each other as sentences do, where there is no room for a line each.

use regimen_catalog::prose::Inline;
use regimen_export::document::Block;

/// The same blocks with lists of single paragraphs, if their items have no numbers, as a paragraph each.
pub(super) fn in_a_row(blocks: &[Block]) -> Vec<Block> {
    blocks.iter().map(|block| run_in(block).unwrap_or_else(|| block.clone())).collect()
}

fn run_in(block: &Block) -> Option<Block> {
    let Block::List { start: None, items } = block else { return None };
    let lines = items.iter().map(|item| match item.as_slice() {
        [Block::Paragraph(line)] => Some(line.clone()),
        _ => None,
    });
    let lines = lines.collect::<Option<Vec<_>>>()?;
    Some(Block::Paragraph(lines.join(&Inline::Text(" ".into()))))
}
