//! The people that a command is told of.

use std::ffi::OsString;
use std::path::Path;

use clap::Args;
use regimen_catalog::Catalog;
use regimen_catalog::people::{Roster, RosterError, Source, open};

use crate::exit::Exit;
use crate::report;

/// Where people are read from.
#[derive(Debug, Args)]
pub(crate) struct PeopleSource {
    /// Read the people of this table (`.csv`), YAML file or folder of YAML files; `-` reads standard input
    #[arg(long, value_name = "FILE_OR_DIR", env = "REGIMEN_PEOPLE")]
    people: Option<OsString>,
}

impl PeopleSource {
    /// The file or folder as the user named it, if there is one. An empty variable names none.
    pub(crate) fn name(&self) -> Option<&Path> {
        self.people.as_deref().filter(|path| !path.is_empty()).map(Path::new)
    }

    /// The people, if they are asked for.
    ///
    /// # Errors
    /// How the program ends if they cannot be read; why has been said.
    pub(crate) fn open<'c>(&self, catalog: &'c Catalog) -> Result<Option<Roster<'c>>, Exit> {
        let Some(path) = self.name() else { return Ok(None) };
        let source = match path.to_str() {
            Some("-") => Source::stream("standard input", std::io::stdin()),
            _ => Source::path(path),
        };
        open(source, catalog).map(Some).map_err(|error| unreadable(&error))
    }
}

fn unreadable(error: &RosterError) -> Exit {
    report::failure(&error.to_string(), Some(error.help()));
    match error {
        RosterError::Missing(_) | RosterError::Ending(_) => Exit::Usage,
        RosterError::Io(..) => Exit::Io,
    }
}

/// "1 person", "12 people"
pub(crate) fn counted(people: usize) -> String {
    format!("{people} {}", if people == 1 { "person" } else { "people" })
}

/// Says how many findings of people there are beyond those that are shown.
pub(crate) fn note_more(findings: usize) {
    match findings {
        0 => {}
        1 => report::note("and 1 more finding in the roster"),
        more => report::note(&format!("and {more} more findings in the roster")),
    }
}
