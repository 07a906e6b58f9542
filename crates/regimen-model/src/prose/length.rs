//! How long prose is on paper, as estimated from what is written, before anything is set.

use super::{Inline, Inlines, ProseBlock, walk, walk_inlines};

/// Characters on a line.
const LINE: u64 = 80;
/// What a change of type, a link or a break takes beside its characters: they are set one by one.
const MARK: u64 = 40;
/// What a cell takes beside its characters, for its frame and the white around it.
const CELL: u64 = 16;
/// Lines that a picture takes at least.
const PICTURE: u64 = 5;
/// Lines on a page.
const PAGE: u64 = 40;

/// Pages that so many lines take.
///
/// ```
/// use regimen_model::prose::{estimated_lines, estimated_pages, parse};
/// let text = parse(&"A line of text.\n\n".repeat(80));
/// assert_eq!(estimated_pages(estimated_lines(&text.blocks)), 2);
/// ```
pub fn estimated_pages(lines: u64) -> u64 {
    lines.div_ceil(PAGE)
}

/// How many lines blocks take, with all that is in them: more rather than fewer. Cards take those of their entries, which are not
/// counted.
pub fn estimated_lines(blocks: &[ProseBlock]) -> u64 {
    walk(blocks).map(lines_of).sum()
}

/// How many lines running text takes.
pub fn estimated_lines_of(content: &[Inline]) -> u64 {
    characters(content).div_ceil(LINE)
}

fn lines_of(block: &ProseBlock) -> u64 {
    match block {
        ProseBlock::Heading { level: _, anchor: _, content } => 1 + estimated_lines_of(content),
        ProseBlock::Paragraph(content) => estimated_lines_of(content).max(1),
        ProseBlock::Code { language: _, text } => text.lines().map(|line| 1 + line.len() as u64 / LINE).sum(),
        ProseBlock::Table { alignment: _, header, rows } => {
            of_row(header) + rows.iter().map(|row| of_row(row)).sum::<u64>()
        }
        ProseBlock::Embed(_) | ProseBlock::Figure { .. } => PICTURE,
        ProseBlock::List { .. }
        | ProseBlock::Quote(_)
        | ProseBlock::Callout { .. }
        | ProseBlock::Rule
        | ProseBlock::Footnotes(_) => 1,
    }
}

/// Cells stand beside each other.
fn of_row(cells: &[Inlines]) -> u64 {
    let characters: u64 = cells.iter().map(|cell| CELL + characters(cell)).sum();
    characters.div_ceil(LINE).max(1)
}

fn characters(content: &[Inline]) -> u64 {
    let each = walk_inlines(content).map(|inline| match inline {
        Inline::Text(text) => text.len() as u64,
        Inline::Code(text) => MARK + text.len() as u64,
        Inline::Break => LINE,
        Inline::Strong(_)
        | Inline::Emphasis(_)
        | Inline::Struck(_)
        | Inline::Link { .. }
        | Inline::InLanguage { .. }
        | Inline::Checkbox(_)
        | Inline::Footnote(_) => MARK,
    });
    each.sum()
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn lines(text: &str) -> u64 {
        let parsed = parse(text);
        assert_eq!(parsed.problems, []);
        estimated_lines(&parsed.blocks)
    }

    #[test]
    fn whatever_is_set_counts() {
        assert_eq!(lines(&"word ".repeat(160)), 10);
        assert_eq!(lines("## Why\n\nBecause.\n"), 3);
        assert_eq!(lines("a\\\nb\\\nc"), 3);
        assert_eq!(lines("```\na\n\nb\n```\n"), 3);
        assert_eq!(lines("| a | b |\n|---|---|\n| 1 | 2 |\n|   |   |\n"), 3);
        // A list, an item, and the text in it.
        assert_eq!(lines("- a\n- b\n"), 3);
        assert_eq!(lines(&"*a* ".repeat(80)), (80 * (40 + 2) - 1_u64).div_ceil(80));
    }
}
