//! `regimen build`

use crate::arguments::Build;
use crate::exit::Exit;

/// Builds a catalogue.
pub(crate) fn run(_: Build) -> Exit {
    Exit::Bug
}
