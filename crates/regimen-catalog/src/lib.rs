//! What a training catalogue means.
//!
//! This crate reads a folder of YAML and Markdown, checks it, and gives a typed [`Catalog`] and every
//! finding. It knows no output format, no clock and no terminal, and it reads nothing outside the
//! catalogue's root.

mod catalog;
mod check;
pub mod civil;
mod coverage;
pub mod diagnostic;
pub mod explain;
mod hidden;
pub mod join;
mod json_schema;
mod kind;
pub mod language;
pub mod lint;
mod load;
pub mod model;
mod pinned;
pub mod plan;
pub mod prose;
pub mod quantity;
pub mod reference;
mod refers;
pub mod schema;
mod slice;
mod source;
pub mod suggest;
pub mod timezone;
pub mod vocabulary;
pub mod written;
mod yaml;

pub use catalog::{Catalog, TableVisitor, Tabled};
pub use check::check_schedules;
pub use coverage::Coverage;
pub use diagnostic::{Diagnostic, FieldPath, FilePath, Label, Place, Segment, Severity, Spot};
pub use language::LanguageTag;
pub use load::{Files, LoadError, Loaded, Missing, Sound, english, load, load_files};
pub use reference::{BadId, Id, Kind, Reference};
pub use refers::Mention;
pub use source::{Location, Sources};
pub use yaml::wrong_type;

/// The project file at the root of a catalogue.
pub const PROJECT_FILE: &str = "regimen.yaml";
