//! The `regimen` program as a library: arguments in, catalogue and exporters to work, findings and an exit code out.
//!
//! Whoever has an exporter in Rust ships a program of their own with it, beside all that `regimen` has:
//!
//! ```no_run
//! use regimen_export::{Exporter, Granularity, OptionsSchema, Output, Plugin, Unit};
//!
//! struct Count;
//!
//! impl Exporter for Count {
//!     fn granularity(&self) -> &[Granularity] {
//!         &[Granularity::Catalog]
//!     }
//!
//!     fn export(&self, unit: &Unit<'_>, out: &mut Output) {
//!         let bytes = unit.catalog.exercises.len().to_string().into_bytes();
//!         let path = "count.txt".parse().expect("a safe path");
//!         out.file(regimen_export::Artifact { path, bytes });
//!     }
//! }
//!
//! const COUNT: Plugin = Plugin {
//!     id: "count",
//!     version: "1.0.0",
//!     summary: "how many exercises there are",
//!     explanations: "",
//!     options: OptionsSchema::none,
//!     open: |_| Ok(Box::new(Count)),
//! };
//!
//! fn main() -> std::process::ExitCode {
//!     regimen_cli::Program::new().exporter(COUNT).run()
//! }
//! ```

mod arguments;
mod commands;
mod exit;
mod exporters;
mod interrupt;
mod pages;
mod progress;
mod report;
mod user;
mod write;

use std::panic::{catch_unwind, set_hook, take_hook};
use std::process::ExitCode;

use clap::Parser as _;

use exit::Exit;
use regimen_export::Plugin;

/// The program with its exporters.
#[derive(Debug)]
pub struct Program {
    exporters: Vec<Plugin>,
}

impl Default for Program {
    fn default() -> Self {
        Self::new()
    }
}

impl Program {
    /// The program as it ships: handouts, calendars and guides.
    pub fn new() -> Self {
        Self { exporters: exporters::SHIPPED.to_vec() }
    }

    /// The same with one exporter more, which builds report after the others.
    #[must_use]
    pub fn exporter(mut self, exporter: Plugin) -> Self {
        self.exporters.push(exporter);
        self
    }

    /// Does what the arguments of this process ask for.
    pub fn run(self) -> ExitCode {
        // This program, started again around a plugin.
        if let Some(code) = regimen_build::external::guard::serve(std::env::args_os().skip(1)) {
            return u8::try_from(code).unwrap_or(1).into();
        }
        exporters::set(self.exporters);
        match commands::Arguments::try_parse() {
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
