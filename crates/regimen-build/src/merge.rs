//! Joining what several machines made for the shares of a roster.

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::publish::{Merged, PeopleFolder, Share};

/// Joins output folders that were made with a [`Shard`](crate::Shard) of a roster each. The result is what one build of the whole
/// roster makes, byte for byte. Memory does not grow with the number of people.
///
/// # Errors
/// [`Error::Usage`] if one of the folders was not made by a build for people. [`Error::Refused`] if two have different files of somebody,
/// or if `out` is not ours and `adopt` does not say to use it all the same; [`Error::Io`] if the system says no.
pub fn merge(shares: &[PathBuf], out: &Path, adopt: bool) -> Result<Merged, Error> {
    let shares: Vec<Share> = shares.iter().map(|folder| Share::open(folder, out)).collect::<Result<_, _>>()?;
    PeopleFolder::merge(&shares, out, adopt)
}
