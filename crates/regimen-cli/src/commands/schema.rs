//! `regimen schema`

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;
use regimen_catalog::schema::{FILE_KINDS, FileKind};
use serde_json::{Map, Value, json};

use crate::exit::Exit;
use crate::exporters;
use crate::report;
use crate::write::page;

/// Print the JSON Schema of a kind of file, for editors that complete and check while you type
///
/// Without KIND the kinds are listed, each with the files that it describes. For VS Code with the YAML extension, use --out: it
/// writes all of them and prints the setting. In other editors with yaml-language-server, let the first line of a file be
/// "# yaml-language-server: $schema=" and the path of its schema.
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// The kind of file, such as `exercise`, or `exercise-words` for its translations; `plugin` for what is said with plugins
    #[arg(value_name = "KIND", hide_possible_values = true, conflicts_with = "out",
          value_parser = PossibleValuesParser::new(FILE_KINDS.iter().map(|kind| kind.name).chain([PLUGIN])))]
    kind: Option<String>,
    /// Write the schemas of all kinds into this folder, and print the setting for VS Code
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// What stands for the protocol of external plugins, which is no kind of file.
const PLUGIN: &str = "plugin";

/// Prints or writes schemas.
pub(crate) fn run(schema: &Schema) -> Exit {
    if schema.kind.as_deref() == Some(PLUGIN) {
        report::line(pretty(&regimen_build::external::protocol::schema()).trim_end());
        return Exit::Fine;
    }
    let named = schema.kind.as_ref().and_then(|name| FILE_KINDS.iter().find(|kind| kind.name == name));
    match (named, &schema.out) {
        (Some(kind), _) => report::line(text(kind).trim_end()),
        (None, Some(folder)) => return write(folder),
        (None, None) => list(),
    }
    Exit::Fine
}

fn list() {
    let width = FILE_KINDS.iter().map(|kind| kind.name.len()).max().unwrap_or(0);
    for kind in FILE_KINDS {
        let files = kind.files.first().copied().unwrap_or_default();
        report::line(&format!("{:width$}  {files}", kind.name));
    }
}

/// The schema as it stands in a file. That of the project file has the options of the exporters of this program.
fn text(kind: &FileKind) -> String {
    match kind.name {
        "project" => pretty(&regimen_build::project_schema(exporters::all())),
        _ => pretty(&kind.schema()),
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn write(folder: &Path) -> Exit {
    for kind in FILE_KINDS {
        let file = folder.join(file_name(kind));
        if let Err(error) = page(&file, text(kind).as_bytes()) {
            let message = format!("`{}` cannot be written: {error}", file.display());
            report::failure(&message, Some("name a folder that you may write to"));
            return Exit::Io;
        }
    }
    report::line(pretty(&setting(folder)).trim_end());
    report::note(&format!("{} schemas written to `{}`", FILE_KINDS.len(), folder.display()));
    report::note("VS Code with the YAML extension: put the lines above into .vscode/settings.json");
    Exit::Fine
}

/// The setting of VS Code that tells which schema is for which files. It has no schemas for front matter of Markdown.
fn setting(folder: &Path) -> Value {
    let yaml = FILE_KINDS.iter().filter(|kind| kind.files.iter().all(|file| file.ends_with(".yaml")));
    let place = |kind| folder.join(file_name(kind)).display().to_string().replace('\\', "/");
    let schemas: Map<String, Value> = yaml.map(|kind| (place(kind), kind.files.into())).collect();
    json!({"yaml.schemas": schemas})
}

fn file_name(kind: &FileKind) -> String {
    format!("{}.json", kind.name)
}
