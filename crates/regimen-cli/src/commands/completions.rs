//! `regimen completions`

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::arguments::Arguments;
use crate::exit::Exit;
use crate::report;

/// Print what a shell needs to complete commands and options
///
/// The manual says where each shell looks for it.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Prints the completions of one shell.
pub(crate) fn run(completions: &Completions) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(completions.shell, &mut Arguments::command(), "regimen", &mut script);
    report::line(String::from_utf8_lossy(&script).trim_end());
    Exit::Fine
}
