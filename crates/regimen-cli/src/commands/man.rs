//! `regimen man`

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory as _};
use clap_mangen::Man as Page;

use super::Arguments;
use crate::exit::Exit;
use crate::report;
use crate::write::page;

/// Write the manual pages, one for each command
///
/// Pages of an earlier version are replaced. After `regimen man ~/.local/share/man/man1`, `man regimen` shows them.
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// The folder to write to, such as `~/.local/share/man/man1`
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Writes the manual pages.
pub(crate) fn run(man: &Man) -> Exit {
    let folder = &man.folder;
    let pages = pages();
    for command in &pages {
        if let Err(error) = write(command, folder) {
            let message = format!("the pages cannot be written to `{}`: {error}", folder.display());
            report::failure(&message, Some("name a folder that you may write to"));
            return Exit::Io;
        }
    }
    report::line(&format!("{} pages written to `{}`", pages.len(), folder.display()));
    Exit::Fine
}

/// The program, then each of its commands, each by its full name.
fn pages() -> Vec<Command> {
    let mut program = Arguments::command().disable_help_subcommand(true);
    program.build();
    let commands: Vec<Command> = program.get_subcommands().cloned().collect();
    std::iter::once(program).chain(commands).collect()
}

fn write(command: &Command, folder: &Path) -> io::Result<()> {
    let version = format!("regimen {}", env!("CARGO_PKG_VERSION"));
    let shown = Page::new(command.clone()).source(version);
    let mut text = Vec::new();
    shown.render(&mut text)?;
    page(&folder.join(shown.get_filename()), &text)
}
