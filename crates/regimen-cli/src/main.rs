//! The `regimen` program: arguments in, catalogue and exporters to work, findings and an exit code out.

mod arguments;
mod commands;
mod exit;
mod exporters;
mod progress;
mod report;
mod write;

use std::panic::{catch_unwind, set_hook, take_hook};
use std::process::ExitCode;

use clap::Parser as _;

use exit::Exit;

/// Reading a catalogue makes very many small values, on all cores at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match arguments::Arguments::try_parse() {
        Ok(arguments) => match guarded(|| commands::run(arguments)) {
            Exit::Fine | Exit::Findings if report::is_lost() => {
                report::failure("the result could not be printed", Some("is the disk full?"));
                Exit::Io.into()
            }
            exit => exit.into(),
        },
        Err(error) => {
            // Help and version come this way too; clap knows which stream they belong to.
            let shown = error.print();
            if shown.is_err() || error.use_stderr() { Exit::Usage.into() } else { Exit::Fine.into() }
        }
    }
}

/// Turns a panic, which is always a mistake of ours, into a message that says so and an exit code of its own.
fn guarded(work: impl FnOnce() -> Exit + std::panic::UnwindSafe) -> Exit {
    let usual = take_hook();
    // A panic inside an exporter is caught and reported with its unit; the usual message would come on top.
    set_hook(Box::new(move |panic| {
        if std::env::var_os("RUST_BACKTRACE").is_some() {
            usual(panic);
        }
    }));
    catch_unwind(work).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        let message = format!("regimen stopped at a mistake of its own: {}", said.unwrap_or("no message"));
        report::failure(&message, Some("please report it with this message; nothing of yours was changed half-way"));
        Exit::Bug
    })
}
