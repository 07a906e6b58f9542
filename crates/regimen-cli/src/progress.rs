//! The progress bar of a build, on a terminal only.
