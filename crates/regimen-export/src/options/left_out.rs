//! What is left out of a section because it is wrong, so that the rest is read all the same.

use std::collections::{BTreeMap, BTreeSet};

use regimen_catalog::{FieldPath, Segment};
use serde_json::Value;

/// A section without its wrong options, and without the wrong items of options that are lists.
#[derive(Debug)]
pub(super) struct Rest {
    section: Value,
    /// The options that are left out as a whole.
    options: BTreeSet<String>,
    /// Of other options, the items that are left out, by their indices as written.
    items: BTreeMap<String, BTreeSet<usize>>,
}

impl Rest {
    /// A section of which nothing is left out yet.
    pub(super) fn new(section: Value) -> Self {
        Self { section, options: BTreeSet::new(), items: BTreeMap::new() }
    }

    /// What there is to read.
    pub(super) fn section(&self) -> &Value {
        &self.section
    }

    /// Leaves out the option that holds a path as it is written or, where it is a list, the item that does. Tells whether it
    /// was still there.
    pub(super) fn leave_out(&mut self, path: &FieldPath) -> bool {
        let Some(Segment::Key(key)) = path.0.first() else { return false };
        let Some(section) = self.section.as_object_mut() else { return false };
        if let (Some(Segment::Index(index)), Some(Value::Array(items))) = (path.0.get(1), section.get_mut(&**key)) {
            let gone = self.items.entry(key.to_string()).or_default();
            let moved = index - gone.range(..index).count();
            if moved < items.len() && gone.insert(*index) {
                items.remove(moved);
                return true;
            }
            return false;
        }
        self.options.insert(key.to_string());
        section.remove(&**key).is_some()
    }

    /// A path in the rest as a path in the section as it is written.
    pub(super) fn written(&self, mut path: FieldPath) -> FieldPath {
        if let [Segment::Key(key), Segment::Index(index), ..] = path.0.as_mut_slice() {
            // Each item that is gone before it moved it up by one.
            for gone in self.items.get(&**key).into_iter().flatten() {
                if gone <= index {
                    *index += 1;
                }
            }
        }
        path
    }

    /// Whether anything within a path is left out.
    pub(super) fn lacks_within(&self, path: &FieldPath) -> bool {
        match path.0.as_slice() {
            [] => !self.options.is_empty() || !self.items.is_empty(),
            [Segment::Key(key)] => self.options.contains(&**key) || self.items.contains_key(&**key),
            _ => false,
        }
    }
}
