//! `regimen init`

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::exit::Exit;
use crate::report;
use crate::write::new_file;

/// The files of a new catalogue, by their path from the new folder.
macro_rules! starter {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../templates/init/", $path)))),+]
    };
}

/// A small catalogue that checks and builds as it is.
pub(crate) const STARTER: &[(&str, &str)] = starter![
    "README.md",
    "catalog/regimen.yaml",
    "catalog/muscles/gastrocnemius.yaml",
    "catalog/muscles/soleus.yaml",
    "catalog/muscle-groups/calves.yaml",
    "catalog/equipment/wall.yaml",
    "catalog/exercises/heel-raise.yaml",
    "catalog/exercises/single-leg-heel-raise.yaml",
    "catalog/exercises/calf-stretch.yaml",
    "catalog/sessions/calf-day.yaml",
    "catalog/programs/strong-calves.yaml",
    "catalog/guides/calf-care.md",
    "catalog/sources/who-2020.yaml",
];

/// A name that git would obey in our own repository too, so the template has another one.
const IGNORED: (&str, &str) = (".gitignore", include_str!("../../templates/init/gitignore"));

/// Write a small catalogue of your own to start from, with notes that explain it
///
/// The folder must be new or empty; a `.git` in it is left alone. The catalogue checks and builds as it is: change it
/// file by file, and let `regimen check` tell you what no longer fits.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The folder to make, such as `my-training`
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Writes the catalogue to start from.
pub(crate) fn run(init: &Init) -> Exit {
    let folder = &init.folder;
    match in_the_way(folder) {
        Ok(None) => {}
        Ok(Some(name)) => {
            let message = format!("the folder `{}` is not empty: `{name}` is there", folder.display());
            report::failure(&message, Some("name a folder that does not exist yet, or an empty one"));
            return Exit::Io;
        }
        Err(error) => return refused(folder, &error),
    }
    for (path, text) in STARTER.iter().chain([&IGNORED]) {
        let path = folder.join(path);
        if let Err(error) = new_file(&path, text) {
            return refused(&path, &error);
        }
    }
    report::line(&format!("{} files written to `{}`", STARTER.len() + 1, folder.display()));
    report::line(&format!("\nNow try:\n{}  regimen check\n  regimen build", enter(folder)));
    Exit::Fine
}

/// Something that stands in the folder, if it is there at all.
fn in_the_way(folder: &Path) -> io::Result<Option<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        entries => entries?,
    };
    for entry in entries {
        let name = entry?.file_name();
        if name != ".git" {
            return Ok(Some(name.to_string_lossy().into_owned()));
        }
    }
    Ok(None)
}

fn refused(path: &Path, error: &io::Error) -> Exit {
    let help = match error.kind() {
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "a file of this name is in the way: name a new folder"
        }
        _ => "name a folder that you may write to",
    };
    report::failure(&format!("`{}` cannot be written: {error}", path.display()), Some(help));
    Exit::Io
}

/// The line that leads into the folder, unless it is the one where the program runs.
fn enter(folder: &Path) -> String {
    if folder == Path::new(".") {
        return String::new();
    }
    let shown = folder.display().to_string();
    let plain = shown.chars().all(|c| c.is_alphanumeric() || "/\\._-:".contains(c));
    if plain { format!("  cd {shown}\n") } else { format!("  cd '{shown}'\n") }
}
