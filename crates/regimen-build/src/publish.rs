//! Publishing: from files in memory to an output folder, without losing anything that is not ours.
//!
//! # The promise
//! - Nothing is written unless everything can be: all obstacles are found first, and reported together.
//! - A file appears whole or not at all: it is written under a temporary name beside its place, synced, renamed.
//! - A file that is already right is not touched, so its time stamp survives.
//! - Only files that the manifest lists, and that still have the bytes that we wrote, are replaced or removed.
//! - No symbolic link below the output folder is followed.
//!
//! # Interruption
//! The manifest has two lists. Before the first change it is rewritten with `files` = what is there now and
//! `pending` = what is about to be written; after the last change with `files` = what is there then. A build
//! that finds `pending` therefore knows both contents that each file may have, and goes on from there
//! wherever the earlier one was stopped. Removals come before writes, so that a file can give way to a
//! folder and a name can change only the case of its letters.

mod act;
mod decide;
mod disk;
mod earlier;
mod enter;

use std::io;
use std::path::Path;

use regimen_catalog::Diagnostic;

use crate::Built;
use crate::error::Error;
use disk::Disk;
pub use earlier::Earlier;
pub(crate) use earlier::Seen;

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

/// Brings the output folder up to date with `built`.
///
/// Files of exporters that were not asked for stay, and stay in the manifest. When every exporter was asked
/// for, files of any other one are left-overs and go.
///
/// # Errors
/// [`Error::Findings`] or [`Error::Bugs`] if the build failed and should not keep going, [`Error::Refused`] with everything that is in
/// the way; in these cases nothing was written. [`Error::Io`] if the system says no, which can be half-way: then
/// every file is whole, and the next build goes on from there.
pub fn publish(built: &Built, target: Target<'_>) -> Result<Published, Error> {
    publish_in_steps(built, target, &|| Ok(()))
}

/// The same; `step` is asked before every single change of the disk, so that tests can stop it there.
fn publish_in_steps(built: &Built, target: Target<'_>, step: &dyn Fn() -> io::Result<()>) -> Result<Published, Error> {
    let verdict = built.verdict();
    let is_whole = verdict.is_ok() && !built.is_part;
    if !target.keep_going {
        verdict?;
    }
    let folder = enter::enter(target, built)?;
    let disk = Disk::new(&folder.root, step);
    refuse_what_changed(&folder.root, built, target.adopt)?;
    let (manifest, readable) = decide::read_manifest(&disk, target.adopt)?;
    let decision = decide::decide(&disk, (built, is_whole), manifest, target.adopt)?;
    act::act(&disk, &decision, readable)?;
    Ok(decision.published)
}

/// Files that go on from earlier ones must replace just these, or a revision would be lost.
fn refuse_what_changed(root: &Path, built: &Built, adopt: bool) -> Result<(), Error> {
    let refusals = Earlier::published(root, adopt)?.changed_since(root, &built.seen)?;
    if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
}

#[cfg(test)]
mod tests;
