//! The arguments that commands share, as typed. Their documentation is the help text; the arguments of one command stand
//! beside it, and what all have in common stands in `commands.rs`.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Args, ValueEnum};
use regimen_catalog::Kind;

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    Auto,
    Always,
    Never,
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
    /// Show at most this many findings, the worst of them; 0 shows all, also those beyond 20 of one rule in a programme or schedule.
    /// JSON and SARIF are always complete
    #[arg(long, value_name = "N")]
    pub(crate) max: Option<usize>,
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

/// Takes the name of a kind, or one of these other words, which shells can complete. A wrong one is explained by the command, which
/// knows more.
#[derive(Clone, Debug)]
pub(crate) struct KindName(pub(crate) &'static [&'static str]);

impl TypedValueParser for KindName {
    type Value = String;

    fn parse_ref(&self, command: &clap::Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Kind::ALL.into_iter().map(Kind::scheme).chain(self.0.iter().copied()).map(PossibleValue::new)))
    }
}
