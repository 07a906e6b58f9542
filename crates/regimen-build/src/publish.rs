//! Publishing: from staged files to an output folder, without losing anything that is not ours.
//!
//! # The promise
//! - No published file changes unless everything is right: the output folder is checked and locked before exporters run,
//!   and all other obstacles are found first, and reported together.
//! - A file appears whole or not at all: it is written under a temporary name as soon as it is made, made to last, and
//!   renamed once the verdict on the build is known.
//! - A file that is already right is not touched, so its time stamp survives.
//! - Only files that the manifest lists, and that still have the bytes that we wrote, are replaced or removed.
//! - No symbolic link below the output folder is followed, also none that is put there while a build runs.
//! - A build that fails leaves the folder as it was.
//!
//! # Interruption
//! The manifest has two lists. Before the first change it is rewritten with `files` = what is there now and
//! `pending` = what is about to be written; after the last change with `files` = what is there then. A build
//! that finds `pending` therefore knows both contents that each file may have, and goes on from there
//! wherever the earlier one was stopped. Removals come before writes, so that a file can give way to a
//! folder and a name can change only the case of its letters. Staged files that a killed build left are removed when the
//! next one opens the folder.

mod act;
mod decide;
mod disk;
mod lock;
mod output;
mod people;
mod previous;
mod state;

use std::path::Path;

use regimen_catalog::Diagnostic;

pub use output::OutputFolder;
pub use people::Merged;
pub(crate) use people::{Gone, Kept, Known, Part, PeopleFolder, Put, Share, exporter_of};
pub use previous::PreviousOutput;
pub(crate) use state::{OutputState, Present};

/// Where to publish.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The output folder; it need not exist.
    pub out: &'a Path,
    /// The root of the catalogue, which the output folder must not be part of.
    pub catalog_root: &'a Path,
    /// Whether to build into a folder that holds other things, and over files in the way.
    pub adopt: bool,
    /// Whether to publish the files that no error concerns, if there are errors. All earlier files are kept then: one of
    /// them may belong to a unit that has an error.
    pub keep_going: bool,
}

/// What publishing did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// What it did for each exporter: those of the build in their order, then others whose files were removed.
    pub exporters: Vec<Tally>,
    /// Files that were left although they are no longer part of the output.
    pub warnings: Vec<Diagnostic>,
}

/// What publishing did for one exporter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// The exporter's id.
    pub exporter: String,
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files that were right already.
    pub unchanged: usize,
    /// Files that were removed.
    pub removed: usize,
    /// The size of all its files, written or unchanged.
    pub bytes: u64,
}

impl Tally {
    /// Adds what was done for the same exporter elsewhere.
    pub(crate) fn add(&mut self, other: &Self) {
        self.written += other.written;
        self.unchanged += other.unchanged;
        self.removed += other.removed;
        self.bytes += other.bytes;
    }
}

#[cfg(test)]
mod tests;
