//! The arguments as typed. Their documentation is the help text.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::exporters::time_zone_data;

/// Keeps training knowledge once, as text, and exports it as handouts, calendars and guides.
///
/// A catalogue is a folder with a file `regimen.yaml`. `regimen check` says what is wrong in it,
/// `regimen build` makes everything from it.
#[derive(Debug, Parser)]
#[command(name = "regimen", version, long_version = long_version(), arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The version, and that of the time zone data, which decides the times in calendars.
fn long_version() -> String {
    format!("{}\ntime zone data {}", env!("CARGO_PKG_VERSION"), time_zone_data().unwrap_or("unknown"))
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Build(Build),
}

/// Read the whole catalogue and say what is wrong, where, and the way out
#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) catalog: CatalogFolder,
    #[command(flatten)]
    pub(crate) findings: FindingsFormat,
}

/// Check the catalogue, then make handouts, calendars and guides from it
///
/// Files that did not change are left alone, and files of an earlier build that are no longer made are removed.
/// If anything is wrong, nothing is written.
#[derive(Debug, Args)]
pub(crate) struct Build {
    #[command(flatten)]
    pub(crate) catalog: CatalogFolder,
    /// The folder to write to
    #[arg(long, short, value_name = "DIR", default_value = "out", env = "REGIMEN_OUT")]
    pub(crate) out: PathBuf,
    /// Run only these exporters, such as `pdf,ics`; files of the others stay as they are
    #[arg(long, value_name = "EXPORTERS", value_delimiter = ',')]
    pub(crate) only: Option<Vec<String>>,
    /// Use this many threads; as many as the machine has unless stated
    #[arg(long, short, value_name = "N", env = "REGIMEN_JOBS", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,
    /// Start every programme on this day, such as 2027-01-04, whatever its schedule says; weeks count from it, so a Monday keeps their sessions in order
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) start: Option<Date>,
    /// Write into a folder that another program filled, or over files that were changed by hand
    #[arg(long)]
    pub(crate) adopt: bool,
    #[command(flatten)]
    pub(crate) findings: FindingsFormat,
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
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a day of the calendar as year-month-day, such as 2027-01-04".to_owned())
}
