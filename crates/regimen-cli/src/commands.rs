//! One module for each command.

pub(crate) mod build;
pub(crate) mod check;

use std::path::Path;

use regimen_catalog::{LoadError, Loaded, load};

use crate::arguments::{Arguments, Command};
use crate::exit::Exit;
use crate::report;

/// Runs what was asked for.
pub(crate) fn run(arguments: Arguments) -> Exit {
    report::set_colour(arguments.color);
    match arguments.command {
        Command::Check(check) => check::run(&check),
        Command::Build(build) => build::run(&build),
    }
}

/// Loads the catalogue, or says why there is none.
fn load_catalog(folder: &Path) -> Result<Loaded, Exit> {
    load(folder).map_err(|error| {
        let here = Path::new(regimen_catalog::PROJECT_FILE).exists();
        let help = match &error {
            LoadError::Missing(_) | LoadError::NoProjectFile(_) if here => {
                Some("this folder is a catalogue itself: name it as `.`".to_owned())
            }
            LoadError::Missing(_) | LoadError::NotAFolder(_) => {
                Some("name the folder that holds `regimen.yaml`, as in `regimen check path/to/catalog`".to_owned())
            }
            LoadError::NoProjectFile(_) => Some(
                "add `regimen.yaml` with `language: en` and `words: {title: ...}`, or name another folder".to_owned(),
            ),
            LoadError::Io(..) => None,
        };
        report::failure(&error.to_string(), help.as_deref());
        if matches!(error, LoadError::Io(..)) { Exit::Io } else { Exit::Usage }
    })
}
