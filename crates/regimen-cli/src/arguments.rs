//! The arguments as typed, as far as commands share them. Their documentation is the help text; the arguments of
//! one command stand beside it.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Args, Parser, Subcommand, ValueEnum};
use regimen_catalog::Kind;

use crate::commands::build::Build;
use crate::commands::cache::Cache;
use crate::commands::check::Check;
use crate::commands::completions::Completions;
use crate::commands::explain::Explain;
use crate::commands::init::Init;
use crate::commands::list::List;
use crate::commands::man::Man;
use crate::commands::new::New;
use crate::commands::plugin::Plugin;
use crate::commands::rules::Rules;
use crate::commands::schema::Schema;
use crate::commands::show::Show;
use crate::exporters::time_zone_data;

/// Keeps training knowledge once, as text, and exports it as handouts, calendars and guides.
///
/// A catalogue is a folder with a file `regimen.yaml`. `regimen init` writes one to start from, `regimen check` says
/// what is wrong in it, `regimen build` makes everything from it.
#[derive(Debug, Parser)]
#[command(name = "regimen", version, long_version = long_version(), arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to colour findings: `always`, `never`, or `auto`, which does on a terminal unless `NO_COLOR` is set
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, hide_possible_values = true)]
    pub(crate) color: Colour,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    Auto,
    Always,
    Never,
}

/// The version, and that of the time zone data, which decides the times in calendars.
fn long_version() -> String {
    format!("{}\ntime zone data {}", env!("CARGO_PKG_VERSION"), time_zone_data().unwrap_or("unknown"))
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(Init),
    New(New),
    Check(Check),
    Build(Build),
    List(List),
    Show(Show),
    Rules(Rules),
    Explain(Explain),
    Schema(Schema),
    Plugin(Plugin),
    Cache(Cache),
    Completions(Completions),
    Man(Man),
}

/// Where the catalogue is.
#[derive(Debug, Args)]
pub(crate) struct CatalogFolder {
    /// The folder of the catalogue
    #[arg(value_name = "CATALOG", default_value = "catalog")]
    pub(crate) folder: PathBuf,
}

/// How findings are shown.
#[derive(Debug, Args)]
pub(crate) struct FindingsFormat {
    /// How to show findings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
    /// Show at most this many findings, the worst of them; 0 shows all. JSON and SARIF are always complete
    #[arg(long, value_name = "N", default_value = "0", hide_default_value = true)]
    pub(crate) max: usize,
}

/// A way to show findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: each with the lines that are meant and the way out
    Human,
    /// For editors: one line each, `file:line:column: severity[code]: message`
    Short,
    /// For programs: one JSON array of {code, severity, message, file, line, column, help}
    Json,
    /// For code hosts: one SARIF 2.1.0 log, as code scanning of GitHub reads it
    Sarif,
}

impl Format {
    /// Whether findings are the result on standard output, so that nothing else belongs there.
    pub(crate) fn is_for_programs(self) -> bool {
        matches!(self, Self::Json | Self::Sarif)
    }
}

/// Takes the name of a kind, which shells can complete. A wrong one is explained by the command, which knows more.
#[derive(Clone, Debug)]
pub(crate) struct KindName;

impl TypedValueParser for KindName {
    type Value = String;

    fn parse_ref(&self, command: &clap::Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Kind::ALL.into_iter().map(|kind| PossibleValue::new(kind.scheme()))))
    }
}
