//! `regimen new`

mod people;
mod template;

use std::io;
use std::path::Path;

use clap::Args;
use regimen_catalog::{Kind, Reference};

use super::{kind_named, load_catalog, usable};
use crate::arguments::{CatalogFolder, KindName};
use crate::exit::Exit;
use crate::report;
use crate::write::new_file;

/// Write the file of a new entry, with every required key filled in, or a table of people to start from
///
/// The file is full of notes with the keys that you may add, and invents no facts. It checks without an error as it is: it
/// refers to entries that your catalogue already has. Replace them by what you mean. A file that is there already is never
/// written over. `regimen new people` writes `people.csv` into this folder, with two rows as examples.
#[derive(Debug, Args)]
pub(crate) struct New {
    /// What to write
    #[arg(value_name = "KIND", value_parser = KindName(&[people::PEOPLE]))]
    kind: String,
    /// The id of the new entry, such as `wall-sit`; it becomes the name of the file. For `people`, the file; `people.csv` unless stated
    #[arg(value_name = "ID")]
    id: Option<String>,
    #[command(flatten)]
    catalog: CatalogFolder,
    /// The name that people read, such as "Wall sit"; made from the id unless stated
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
}

/// Why nothing was written, and the way out.
struct Refusal {
    message: String,
    help: String,
    exit: Exit,
}

/// Writes the file of a new entry.
pub(crate) fn run(new: &New) -> Exit {
    match write(new) {
        Ok(done) => {
            report::line(&done);
            Exit::Fine
        }
        Err(Refusal { message, help, exit }) => {
            if !message.is_empty() {
                report::failure(&message, Some(&help));
            }
            exit
        }
    }
}

fn write(new: &New) -> Result<String, Refusal> {
    if new.kind == people::PEOPLE {
        return people::write(Path::new(new.id.as_deref().unwrap_or(people::FILE)), &new.catalog.folder);
    }
    let kind = kind_named(&new.kind).map_err(|help| Refusal {
        message: format!("there is no kind of entry `{}`", new.kind),
        help,
        exit: Exit::Usage,
    })?;
    let id = new.id.as_deref().ok_or_else(|| Refusal {
        message: "a new entry needs an id".into(),
        help: format!("name it: `regimen new {kind} ID`"),
        exit: Exit::Usage,
    })?;
    let reference = Reference::new(kind, id).map_err(|bad| Refusal {
        message: bad.to_string(),
        help: format!("{}the name that people read is free: `--name \"...\"`", better_id(id)),
        exit: Exit::Usage,
    })?;
    let name = name(new, id)?;
    let folder = &new.catalog.folder;
    let loaded = load_catalog(folder).map_err(said)?;
    let catalog = usable(&loaded, folder).map_err(said)?;
    let text = template::filled(&reference, &name, catalog)?;
    let path = folder.join(reference.file());
    new_file(&path, &text).map_err(|error| refused(&path, &error))?;
    let shown = path.display();
    Ok(format!(
        "{shown} is written\n\nOpen it, replace what stands there by what you mean, then:\n  regimen check{}",
        named(folder)
    ))
}

/// Nothing more to say than has been said.
fn said(exit: Exit) -> Refusal {
    Refusal { message: String::new(), help: String::new(), exit }
}

/// The name that was given, or one made from the id.
fn name(new: &New, id: &str) -> Result<String, Refusal> {
    let name = match &new.name {
        Some(name) => name.trim().to_owned(),
        None => from_id(id),
    };
    let odd = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    if name.is_empty() || name.contains(odd) {
        return Err(Refusal {
            message: "a name is one line of text".into(),
            help: "such as `--name \"Wall sit\"`".into(),
            exit: Exit::Usage,
        });
    }
    Ok(name)
}

/// "did you mean `wall-sit`? ", if something like an id can be made of it.
fn better_id(wrong: &str) -> String {
    let words = wrong.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let id = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    let right = Reference::new(Kind::Exercise, &id).is_ok();
    if right { format!("did you mean `{id}`? ") } else { String::new() }
}

/// "Single leg squat"
fn from_id(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn refused(path: &Path, error: &io::Error) -> Refusal {
    let shown = path.display();
    let (message, help) = match error.kind() {
        io::ErrorKind::AlreadyExists => {
            (format!("`{shown}` is there already, and is left as it is"), "choose another id, or edit that file")
        }
        _ => (format!("`{shown}` cannot be written: {error}"), "make sure that you may write there"),
    };
    Refusal { message, help: help.into(), exit: Exit::Io }
}

/// How to name the catalogue on the command line, if it is not the usual one.
fn named(folder: &Path) -> String {
    if folder == Path::new("catalog") { String::new() } else { format!(" {}", folder.display()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_given_or_made_from_the_id() {
        for (given, expected) in [
            (Some("Wall sit"), Some("Wall sit")),
            (Some(" Nordic curl (floor) "), Some("Nordic curl (floor)")),
            (None, Some("Single leg squat")),
            (Some("  "), None),
            (Some("a\nb"), None),
        ] {
            let new = New {
                kind: "exercise".into(),
                id: None,
                catalog: CatalogFolder { folder: "catalog".into() },
                name: given.map(str::to_owned),
            };
            assert_eq!(name(&new, "single-leg-squat").ok().as_deref(), expected);
        }
    }
}
