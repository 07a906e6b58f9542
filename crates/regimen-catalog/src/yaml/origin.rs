//! Where a tree comes from, and what serde says against it.

use std::cell::OnceCell;
use std::ops::Range;

use super::wording;
use regimen_model::diagnostic::{FieldPath, FilePath, Place, Segment};
use regimen_model::source::Index;

/// Where a tree comes from.
pub(super) struct TreeOrigin<'a> {
    pub(super) text: &'a str,
    pub(super) file: &'a FilePath,
    pub(super) base: &'a FieldPath,
    pub(super) range: Range<usize>,
    pub(super) index: OnceCell<Index>,
    /// Whether nothing that is written there may be repeated.
    pub(super) is_discreet: bool,
}

impl TreeOrigin<'_> {
    /// The path from the root of the file.
    pub(super) fn full(&self, path: &FieldPath) -> FieldPath {
        FieldPath(self.base.0.iter().chain(&path.0).cloned().collect())
    }

    /// What to call the thing at a path.
    pub(super) fn name(&self, path: &FieldPath) -> String {
        if self.is_discreet { wording::name_of_format(path) } else { wording::name(&self.full(path)) }
    }

    pub(super) fn value(&self, path: &FieldPath) -> Place {
        Place::value(self.file.clone(), self.full(path))
    }

    pub(super) fn key(&self, path: &FieldPath) -> Place {
        Place::key(self.file.clone(), self.full(path))
    }

    /// How a single value is spelled in the file.
    pub(super) fn written(&self, path: &FieldPath) -> Option<&str> {
        let index = || super::index::index(self.text, self.range.clone());
        self.index.get_or_init(index).written(self.text, &self.full(path))
    }
}

/// Where and how serde refused a tree.
pub(super) struct Refusal {
    pub(super) path: FieldPath,
    pub(super) message: String,
}

impl<E: std::fmt::Display> From<serde_path_to_error::Error<E>> for Refusal {
    fn from(error: serde_path_to_error::Error<E>) -> Self {
        use serde_path_to_error::Segment as Step;
        let known = error.path().iter().map_while(|step| match step {
            Step::Seq { index } => Some(Segment::Index(*index)),
            Step::Map { key } => Some(Segment::Key(key.as_str().into())),
            Step::Enum { .. } | Step::Unknown => None,
        });
        Self { path: FieldPath(known.collect()), message: wording::clean(&error.inner().to_string()) }
    }
}
