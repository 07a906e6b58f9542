//! The `regimen` program: arguments in, catalogue and exporters to work, findings and an exit code out.

mod arguments;
mod commands;
mod exit;
mod exporters;
mod progress;
mod report;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match arguments::Arguments::try_parse() {
        Ok(arguments) => commands::run(arguments).into(),
        Err(error) => {
            // Help and version come this way too; clap knows which stream they belong to.
            let shown = error.print();
            if shown.is_err() || error.use_stderr() { exit::Exit::Usage.into() } else { exit::Exit::Fine.into() }
        }
    }
}
