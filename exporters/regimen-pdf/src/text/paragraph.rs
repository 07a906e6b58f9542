//! A paragraph of a document: text to break into lines, which other documents may share, and its own links and elements.

use std::sync::Arc;

use super::lines::{BreakableText, Lengths, TextLine};
use super::spans::{Policy, Spans};

/// Text that may be broken into lines of any width.
#[derive(Debug, Default)]
pub(crate) struct Paragraph {
    /// Its parts name the links and elements below by their positions.
    text: Arc<BreakableText>,
    policy: Policy,
    links: Vec<usize>,
    nodes: Vec<usize>,
}

impl Paragraph {
    /// Puts the document's own links and elements to text that has their positions instead.
    pub(super) fn new(text: Arc<BreakableText>, policy: Policy, own: OwnMarks) -> Self {
        Self { text, policy, links: own.links, nodes: own.nodes }
    }

    /// Whether there is nothing to see.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The width of the longest segment that cannot be broken well.
    pub(crate) fn narrowest(&self) -> f32 {
        self.text.narrowest()
    }

    /// The width at which no line needs to be broken.
    pub(crate) fn widest(&self) -> f32 {
        self.text.widest()
    }

    /// The lines at this width; the last is not one short word if the others can spare one.
    pub(crate) fn lines(&self, width: f32) -> Arc<[TextLine]> {
        self.with_own_marks(self.text.lines(width, self.policy))
    }

    /// The lines of which the first are shorter.
    pub(crate) fn lines_of(&self, lengths: Lengths) -> Arc<[TextLine]> {
        self.with_own_marks(self.text.lines_of(lengths, self.policy))
    }

    fn with_own_marks(&self, lines: Arc<[TextLine]>) -> Arc<[TextLine]> {
        if self.links.is_empty() && self.nodes.is_empty() {
            return lines;
        }
        let mut own = lines.to_vec();
        for part in own.iter_mut().flat_map(|line| &mut line.parts) {
            part.link = part.link.and_then(|at| self.links.get(at).copied());
            part.node = part.node.and_then(|at| self.nodes.get(at).copied());
        }
        own.into()
    }

    /// The same words, hyphenated by the patterns of the language only if they are longer than a line.
    pub(crate) fn unhyphenated(mut self) -> Self {
        self.policy = Policy::LongWords;
        self
    }

    /// The same words as the cell of a table: unhyphenated, and numbers with their units.
    pub(crate) fn in_cell(mut self) -> Self {
        self.policy = Policy::Cell;
        self
    }
}

/// The links and elements of a document that a paragraph has, each once.
#[derive(Default)]
pub(super) struct OwnMarks {
    links: Vec<usize>,
    nodes: Vec<usize>,
}

impl OwnMarks {
    /// Takes the links and elements out of spans and leaves their positions, which are the same in other documents.
    pub(super) fn taken_from(spans: &mut Spans) -> Self {
        let mut own = Self::default();
        for span in &mut spans.all {
            span.link = span.link.map(|link| position(link, &mut own.links));
            span.node = span.node.map(|node| position(node, &mut own.nodes));
        }
        own
    }
}

fn position(number: usize, known: &mut Vec<usize>) -> usize {
    known.iter().position(|one| *one == number).unwrap_or_else(|| {
        known.push(number);
        known.len() - 1
    })
}
