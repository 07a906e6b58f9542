//! The `regimen` program.

use std::process::ExitCode;

use regimen_cli::Program;

/// Reading a catalogue makes very many small values, on all cores at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    Program::new().run()
}
