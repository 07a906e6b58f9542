//! The lines of a text: where they start and end, and how they are indented.

use super::layout::Style;
use crate::yaml::{Form, Node};

/// A text by its lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines<'t>(pub(super) &'t str);

impl Lines<'_> {
    /// The start of the line that has a byte.
    pub(super) fn start(self, at: usize) -> usize {
        self.0[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// The end of a line, before its line break.
    pub(super) fn end(self, at: usize) -> usize {
        let line = self.0[at..].split('\n').next().unwrap_or_default();
        at + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// How many characters stand before a byte in its line.
    pub(super) fn column(self, at: usize) -> usize {
        self.0[self.start(at)..at].trim_start_matches('\u{feff}').chars().count()
    }

    /// How the lines of the text are indented and ended.
    pub(super) fn style(self, root: &Node) -> Style {
        let first = self.0.split_inclusive('\n').next().unwrap_or_default();
        let line_break = if first.ends_with("\r\n") { "\r\n" } else { "\n" };
        let mut seen = Indents::default();
        self.indents(root, &mut seen);
        let step = seen.mapping.filter(|step| *step > 0).or(seen.list.filter(|step| *step > 0));
        let step = step.unwrap_or(Style::NEW.step);
        Style { line_break, step, indented_lists: seen.list.is_none_or(|step| step > 0) }
    }

    /// By how much the first mapping and the first list are indented below their keys.
    fn indents(self, node: &Node, seen: &mut Indents) {
        for child in node.children().iter().filter(|_| !node.is_flow()) {
            if let (Some(key), Some(first), false) = (child.key(), child.children().first(), child.is_flow()) {
                let step = self.column(first.start()).saturating_sub(self.column(key.range.start));
                let known = if matches!(child.form, Form::List { .. }) { &mut seen.list } else { &mut seen.mapping };
                known.get_or_insert(step);
            }
            if seen.mapping.is_some() && seen.list.is_some() {
                return;
            }
            self.indents(child, seen);
        }
    }
}

/// By how many blanks mappings and lists are indented below their keys, as far as a text shows it.
#[derive(Default)]
struct Indents {
    mapping: Option<usize>,
    list: Option<usize>,
}
