//! A table of people to start from.

use std::io;
use std::path::Path;

use regimen_catalog::Catalog;

use super::{Refusal, load_catalog, named, said, usable};
use crate::exit::Exit;
use crate::write::new_file;

/// What stands for the table in place of a kind of entry.
pub(super) const PEOPLE: &str = "people";

/// The table, unless another name is stated.
pub(super) const FILE: &str = "people.csv";

/// The columns that are needed most, and what two people have in them. The programme is that of the catalogue.
const COLUMNS: &[(&str, &str, &str)] = &[
    ("id", "p-001", "p-002"),
    ("name", "First Person", "Second Person"),
    ("program", PROGRAM, PROGRAM),
    ("start", "2027-01-04", ""),
    ("at", "18:30", ""),
    ("timezone", "Europe/London", ""),
    ("language", "", ""),
    ("units", "kg;km", ""),
    ("equipment", "", ""),
    ("conditions", "", ""),
    ("note", "Start gently, and stop if something hurts.", ""),
    ("next_visit", "", ""),
    ("from", "", ""),
];

/// What stands for a programme of the catalogue.
const PROGRAM: &str = "{program}";

/// Writes the table, with a programme of the catalogue in it.
pub(super) fn write(path: &Path, folder: &Path) -> Result<String, Refusal> {
    let loaded = load_catalog(folder).map_err(said)?;
    let text = filled(usable(&loaded, folder).map_err(said)?)?;
    let shown = path.display();
    new_file(path, &text).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Refusal {
            message: format!("`{shown}` is there already, and is left as it is"),
            help: "edit that file, or name another: `regimen new people FILE.csv`".into(),
            exit: Exit::Io,
        },
        _ => Refusal {
            message: format!("`{shown}` cannot be written: {error}"),
            help: "make sure that you may write there".into(),
            exit: Exit::Io,
        },
    })?;
    Ok(format!(
        "{shown} is written\n\nOpen it in a spreadsheet, replace the two rows by your people, then:\n  regimen check{} --people {shown}",
        named(folder)
    ))
}

fn filled(catalog: &Catalog) -> Result<String, Refusal> {
    let program = catalog.programs.keys().next().ok_or_else(|| Refusal {
        message: "people follow a programme, and the catalogue has none".into(),
        help: "write one first: `regimen new program ID`".into(),
        exit: Exit::Usage,
    })?;
    let row = |of: fn(&(&'static str, &'static str, &'static str)) -> &'static str| {
        COLUMNS.iter().map(of).map(cell).collect::<Vec<_>>().join(",")
    };
    let rows = [row(|(column, ..)| column), row(|(_, first, _)| first), row(|(.., second)| second)];
    Ok(format!("{}\n", rows.join("\n")).replace(PROGRAM, program.as_str()))
}

/// A text between quotes where a comma is in it.
fn cell(text: &str) -> String {
    if text.contains(',') { format!("\"{text}\"") } else { text.to_owned() }
}
