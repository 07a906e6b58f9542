//! `regimen completions`

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::Arguments;
use crate::exit::Exit;
use crate::report;

/// Print what a shell needs to complete commands and options
#[derive(Debug, Args)]
#[command(after_help = PLACES)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Where each shell looks for it.
const PLACES: &str = "\
Save it where your shell looks for it, then start a new shell. Create the folder first if it is missing.
  bash        regimen completions bash > ~/.local/share/bash-completion/completions/regimen
  zsh         regimen completions zsh > ~/.zfunc/_regimen
              with `fpath+=~/.zfunc` before `compinit` in ~/.zshrc
  fish        regimen completions fish > ~/.config/fish/completions/regimen.fish
  powershell  regimen completions powershell >> $PROFILE
  elvish      regimen completions elvish > ~/.config/elvish/lib/regimen.elv
              with `use regimen` in rc.elv";

/// Prints the completions of one shell.
pub(crate) fn run(completions: &Completions) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(completions.shell, &mut Arguments::command(), "regimen", &mut script);
    report::line(String::from_utf8_lossy(&script).trim_end());
    Exit::Fine
}
