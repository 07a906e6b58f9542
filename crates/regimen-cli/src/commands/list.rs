//! `regimen list`

mod filter;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use regimen_catalog::model::Level;
use regimen_catalog::{Catalog, Kind, Reference};
use serde::Serialize;

use self::filter::{Filter, level, tags};
use super::{kind_named, load_catalog, usable};
use crate::arguments::KindName;
use crate::exit::Exit;
use crate::report::text::{columns, cut, named, one_line, table, width};
use crate::report::{self};

/// Names are cut to no less than this many columns.
const SHORTEST_NAME: usize = 16;

/// List the entries of the catalogue: kind, id, name and file
///
/// Several filters must all hold, and so must one that is given several times. In a narrow terminal long names are cut
/// and files left out; into a file or a pipe everything is written.
#[derive(Debug, Args)]
pub(crate) struct List {
    /// Only entries of this kind
    #[arg(value_name = "KIND", value_parser = KindName(&[]))]
    kind: Option<String>,
    /// The folder of the catalogue
    #[arg(long, value_name = "DIR", default_value = "catalog")]
    catalog: PathBuf,
    /// Only exercises and guides with this tag
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Only exercises that train this muscle, by itself or in a group, or a muscle of this group
    #[arg(long, value_name = "ID")]
    muscle: Vec<String>,
    /// Only exercises that can be done with this equipment
    #[arg(long, value_name = "ID")]
    equipment: Vec<String>,
    /// Only exercises and programmes of this level, such as 2 or 1-3
    #[arg(long, value_name = "LEVEL", value_parser = levels)]
    level: Option<(Level, Level)>,
    /// Only entries that no other entry and no schedule refers to
    #[arg(long)]
    unused: bool,
    /// How to show the list
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: ResultFormat,
}

/// A way to show a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ResultFormat {
    /// For people
    Human,
    /// For programs
    Json,
}

/// An entry as programs read it.
#[derive(Serialize)]
struct Listed {
    kind: &'static str,
    id: String,
    name: String,
    file: String,
    level: Option<u8>,
    tags: Vec<String>,
}

/// Shows the entries that fit.
pub(crate) fn run(list: &List) -> Exit {
    match list_entries(list) {
        Ok(found) => {
            show(list, &found);
            Exit::Fine
        }
        Err(exit) => exit,
    }
}

fn list_entries(list: &List) -> Result<Vec<Listed>, Exit> {
    let kind = match &list.kind {
        None => None,
        Some(name) => Some(kind_named(name).map_err(|help| no_kind(list, name, &help))?),
    };
    let loaded = load_catalog(&list.catalog)?;
    let catalog = usable(&loaded, &list.catalog)?;
    let filter = Filter::new(list, catalog)?;
    let kinds = Kind::ALL.into_iter().filter(|one| kind.is_none_or(|kind| kind == *one));
    let found = kinds.flat_map(|kind| catalog.references(kind));
    let found = found.filter(|reference| filter.fits(reference));
    Ok(found.map(|reference| entry(list, catalog, &reference)).collect())
}

fn no_kind(list: &List, name: &str, help: &str) -> Exit {
    let folder = Path::new(name).is_dir() && list.catalog == Path::new("catalog");
    let other = format!("to list another catalogue: `regimen list --catalog {name}`");
    report::failure(&format!("there is no kind of entry `{name}`"), Some(if folder { &other } else { help }));
    Exit::Usage
}

fn entry(list: &List, catalog: &Catalog, reference: &Reference) -> Listed {
    let file = catalog.file(reference).map(|file| list.catalog.join(&**file).display().to_string());
    Listed {
        kind: reference.kind().scheme(),
        id: reference.id().to_owned(),
        name: catalog.name(reference, catalog.language()).unwrap_or_default(),
        file: file.unwrap_or_default().replace('\\', "/"),
        level: level(catalog, reference).map(Level::get),
        tags: tags(catalog, reference).to_vec(),
    }
}

fn show(list: &List, found: &[Listed]) {
    if list.format == ResultFormat::Json {
        return report::json(&serde_json::to_string_pretty(found).unwrap_or_else(|_| "[]".into()));
    }
    if found.is_empty() {
        return report::note("nothing fits");
    }
    report::line(&lines(found, list.kind.is_none(), columns()));
}

/// Kind, id, name and file in columns; of a narrow place the names get what is left, and files have none.
fn lines(found: &[Listed], kinds: bool, limit: Option<usize>) -> String {
    let first = |entry: &Listed| if kinds { format!("{:<12}  {}", entry.kind, entry.id) } else { entry.id.clone() };
    let rows: Vec<[String; 3]> =
        found.iter().map(|entry| [first(entry), one_line(&entry.name), named(&entry.file)]).collect();
    let widest = |at: usize| rows.iter().map(|row: &[String; 3]| width(&row[at])).max().unwrap_or(0);
    let left = limit.map_or(usize::MAX, |limit| limit.saturating_sub(widest(0) + widest(2) + 4));
    if left < SHORTEST_NAME.min(widest(1)) {
        let rows: Vec<[String; 2]> = rows.into_iter().map(|[first, name, _]| [first, name]).collect();
        return table(&rows, limit);
    }
    let rows: Vec<_> = rows.into_iter().map(|[first, name, file]| [first, cut(&name, left), file]).collect();
    table(&rows, None)
}

fn levels(text: &str) -> Result<(Level, Level), String> {
    let (low, high) = text.split_once('-').unwrap_or((text, text));
    match (low.parse(), high.parse()) {
        (Ok(low), Ok(high)) if low <= high => Ok((low, high)),
        _ => Err("write a level from 1 to 5, or a range such as 1-3".to_owned()),
    }
}
