//! What a training catalogue means: its entries, the words in which they are said, and programmes written out.
//!
//! This crate knows no YAML, no file and no rule. `regimen-catalog` reads a catalogue into a [`Catalog`], `regimen-lint` asks
//! what is wrong with it, and whoever only works with one needs no more than this.

#[doc(hidden)]
pub mod catalog;
pub mod civil;
mod coverage;
pub mod diagnostic;
pub mod explain;
#[doc(hidden)]
pub mod hidden;
pub mod join;
#[doc(hidden)]
pub mod json_schema;
#[doc(hidden)]
pub mod kind;
pub mod language;
pub mod limits;
mod mentions;
pub mod model;
pub mod plan;
pub mod prose;
pub mod quantity;
pub mod reference;
mod slice;
pub mod source;
pub mod suggest;
pub mod timezone;
pub mod vocabulary;

pub use catalog::{Catalog, TableVisitor, Tabled};
pub use coverage::Coverage;
pub use diagnostic::{Diagnostic, FieldPath, FilePath, Label, Place, Segment, Severity, Spot};
pub use language::LanguageTag;
pub use mentions::Mention;
pub use reference::{BadId, Id, Kind, Reference};
pub use source::{Location, Sources};

/// The project file at the root of a catalogue.
pub const PROJECT_FILE: &str = "regimen.yaml";
