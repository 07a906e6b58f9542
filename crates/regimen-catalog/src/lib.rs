//! Reads a training catalogue: from a folder of YAML and Markdown, or from memory, to a typed [`Catalog`] and every
//! finding.
//!
//! What a catalogue means is in `regimen-model`, and what is wrong with it in `regimen-lint`; this crate hands both on. It
//! knows no output format, no clock and no terminal, and it reads nothing outside the catalogue's root, but for the people that it is
//! asked to read.

mod load;
pub mod people;
mod pinned;
pub mod schema;
#[cfg(test)]
mod tests;
pub mod write;
pub mod written;
mod yaml;

pub use load::{
    Contents, EntryFile, Files, ListedFile, Listing, LoadError, Loaded, Missing, Overlay, Sound, english, entry_of,
    language_of, list, list_over, load, load_files, load_over,
};
pub use pinned::pinned;
pub use regimen_drawing as drawing;
pub use regimen_lint as lint;
pub use regimen_lint::check_schedules;
pub use regimen_model::{
    BadId, Catalog, Coverage, Diagnostic, FieldPath, FilePath, Id, Kind, Label, LanguageTag, Location, Mention,
    PROJECT_FILE, Place, Reference, Segment, Severity, Sources, Spot, TableVisitor, Tabled, civil, diagnostic, hidden,
    join, language, limits, model, plan, prose, quantity, reference, source::Field, suggest, timezone, vocabulary,
};
pub use yaml::{YAML, wrong_type};

/// The pages that explain findings which are no rules.
pub mod explain {
    pub use regimen_lint::explanations;
    pub use regimen_model::explain::{Explanation, pages};
}
