//! The program from outside: a closed world to run it in.
//!
//! A [`Project`] is a temporary folder with a catalogue. Running the program in it clears the environment, so no
//! setting of the machine reaches a test; what comes back is a [`Run`], which is asked in a chain:
//!
//! ```no_run
//! use regimen_tests::Project;
//! Project::shipped().run("check").exits(0).prints("nothing to report");
//! ```

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![expect(clippy::print_stderr, reason = "a check that is skipped says so")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests make catalogues of their own, and ask the environment whether this is CI"
)]

mod dice;
mod folder;
mod generate;
pub mod hostile;
mod program;
mod project;
mod tool;

pub use dice::Dice;
pub use folder::{files, repository};
pub use generate::{generate, write_files, year};
pub use program::program;
pub use project::{Project, Run, finished};
pub use tool::Tool;
