//! Blocks as plain text, for the file beside a calendar.

use regimen_catalog::prose::{Inlines, plain_text};
use regimen_catalog::vocabulary::Label;
use regimen_export::Unit;
use regimen_export::document::Block;

use crate::value::Text;

/// A title and what stands below it, in UTF-8 with `\n`: a line for each paragraph and each fact, none of them broken,
/// because every window has its own width.
pub(crate) fn text(unit: &Unit<'_>, title: &str, blocks: &[Block]) -> String {
    let mut text = format!("{}\n", Text::line(title).as_str());
    for block in blocks {
        text.push('\n');
        for line in lines(unit, block) {
            text.push_str(Text::line(&line).as_str());
            text.push('\n');
        }
    }
    text
}

/// The lines of a block. Help has no other blocks than these.
fn lines(unit: &Unit<'_>, block: &Block) -> Vec<String> {
    let fact = |(label, value): &(String, Inlines)| {
        let label = unit.language.fill(Label::PartOf, &[("part", label)]);
        format!("{label} {}", plain_text(value))
    };
    match block {
        Block::Heading { content, .. } | Block::Paragraph(content) => vec![plain_text(content)],
        Block::Facts(facts) => facts.iter().map(fact).collect(),
        _ => Vec::new(),
    }
}
