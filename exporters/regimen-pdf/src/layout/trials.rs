//! Laying out more than once: what was laid out in vain is removed, and what fits is added to the pages before it.

use super::{Destination, Filled, Layouter};

/// How much of a document was laid out at some time.
pub(super) struct Checkpoint {
    nodes: usize,
    links: usize,
    problems: usize,
    missing: usize,
    level: u8,
}

impl Checkpoint {
    /// How many elements the reading order had.
    pub(super) fn nodes(&self) -> usize {
        self.nodes
    }
}

impl Layouter<'_> {
    pub(super) fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            nodes: self.tree.nodes.len(),
            links: self.links.all.len(),
            problems: self.problems.len(),
            missing: self.setter.missing.len(),
            level: self.level,
        }
    }

    /// Lays something out of which nothing is shown, to know what room it takes, and removes it.
    pub(super) fn tried<T>(&mut self, lay_out: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.checkpoint();
        self.only_counts = true;
        let found = lay_out(self);
        self.only_counts = false;
        self.go_back_to(&before);
        found
    }

    /// Removes what was laid out since then.
    pub(super) fn go_back_to(&mut self, earlier: &Checkpoint) {
        self.tree.nodes.truncate(earlier.nodes);
        self.form.truncate(earlier.nodes);
        self.links.all.truncate(earlier.links);
        self.problems.truncate(earlier.problems);
        self.setter.missing.truncate(earlier.missing);
        self.level = earlier.level;
    }
}

impl Filled {
    /// Adds pages behind these.
    pub(super) fn add(&mut self, other: Self) {
        let before = self.pages.len();
        let moved = other.destinations.into_iter();
        self.destinations.extend(moved.map(|one| Destination { page: one.page + before, ..one }));
        self.pages.extend(other.pages);
    }
}
