//! Exit codes: the one table. `docs/cli.md` shows the same, and a test compares them.

use std::process::ExitCode;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All is well; there may be warnings.
    Fine = 0,
    /// The catalogue has errors.
    Findings = 1,
    /// Wrong arguments, or no catalogue there.
    Usage = 2,
    /// The system refused to read or write, or something in the output folder is in the way.
    Io = 3,
    /// An external plugin failed.
    Plugin = 4,
    /// An external plugin is not trusted.
    Untrusted = 5,
    /// A bug of ours.
    Bug = 70,
    /// Interrupted by the user; what is finished is published.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
