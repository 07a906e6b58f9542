//! Lists: markers, indentation, and what keeps two lists apart.

/// Two lists of one kind in a row are told apart by their marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marker {
    /// `-`, or `*` if the list before has `-`.
    Bullet { other: bool },
    /// `1.`, or `1)` if the list before has `1.`.
    Number { start: u64, other: bool },
}

/// The highest number that CommonMark takes for a list item.
const MAX_NUMBER: u64 = 999_999_999;

impl Marker {
    /// The marker of a list, given the one of the list right before it.
    pub(crate) fn after(start: Option<u64>, previous: Option<Self>) -> Self {
        match start {
            None => Self::Bullet { other: previous == Some(Self::Bullet { other: false }) },
            Some(start) => Self::Number { start, other: matches!(previous, Some(Self::Number { other: false, .. })) },
        }
    }

    fn text(self, index: usize, count: usize) -> String {
        match self {
            Self::Bullet { other: false } => "-".to_owned(),
            Self::Bullet { other: true } => "*".to_owned(),
            Self::Number { start, other } => {
                let sign = if other { ')' } else { '.' };
                let last = start.saturating_add(count as u64);
                let first = if last > MAX_NUMBER { 1 } else { start };
                format!("{}{sign}", first + index as u64)
            }
        }
    }
}

/// The blocks of one item as Markdown, and whether they may stand without an empty line between them.
pub(crate) struct Item {
    pub(crate) blocks: Vec<String>,
    pub(crate) tight: bool,
}

/// The list, or an empty text if nothing is in it.
pub(crate) fn list(marker: Marker, items: &[Item]) -> String {
    let tight = items.iter().all(|item| item.tight);
    let narrow = items.iter().all(|item| item.blocks.len() == 1) && tight;
    let separator = if tight { "\n" } else { "\n\n" };
    let count = items.len();
    let items = items.iter().enumerate().map(|(index, item)| {
        let text = marker.text(index, count);
        // Python-Markdown nests by four columns; CommonMark by wherever the item's text starts, so four it is.
        let width = if narrow { text.len() + 1 } else { (text.len() + 1).max(4) };
        let body = indent(&item.blocks.join(separator), &" ".repeat(width));
        format!("{text:<width$}{}", body.trim_start())
    });
    items.collect::<Vec<_>>().join(separator)
}

/// Every line behind `prefix`; lines with nothing in them stay empty.
pub(crate) fn indent(text: &str, prefix: &str) -> String {
    let lines = text
        .split('\n')
        .map(|line| if line.is_empty() { prefix.trim_end().to_owned() } else { format!("{prefix}{line}") });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(blocks: &[&str]) -> Item {
        Item { blocks: blocks.iter().map(|&block| block.to_owned()).collect(), tight: true }
    }

    #[test]
    fn numbers_go_on_from_their_start() {
        let marker = Marker::after(Some(9), None);
        assert_eq!(list(marker, &[item(&["a"]), item(&["b\\\nc"])]), "9. a\n10. b\\\n    c");
        let huge = Marker::after(Some(u64::MAX), None);
        assert_eq!(list(huge, &[item(&["a"])]), "1. a");
    }

    #[test]
    fn nested_lists_stand_four_columns_in() {
        let marker = Marker::after(None, None);
        assert_eq!(list(marker, &[item(&["a", "- b"]), item(&["c"])]), "-   a\n    - b\n-   c");
        assert_eq!(Marker::after(None, Some(marker)), Marker::Bullet { other: true });
    }
}
