//! What an exporter is: the contract, the units it gets, and the documents it renders. Who writes an exporter depends
//! on this crate alone; what the units hold is in [`regimen_catalog`], which comes with it.
//!
//! # In and out
//!
//! Regimen reads a catalogue, checks it, and hands it to exporters in pieces:
//!
//! 1. A [`Plugin`] lists the exporter. Its `open` reads the exporter's [`Options`] once and gives an [`Exporter`].
//! 2. The exporter says which kinds of [`Unit`] it wants, by [`Granularity`]: each guide, each exercise, the whole
//!    catalogue. It gets one at a time: a [`Subject`], the part of the catalogue that belongs to it, and a language.
//! 3. It puts files and findings into an [`Output`]. A file is an [`Artifact`]: bytes and an [`ArtifactPath`] below the
//!    exporter's own folder. A language that is not the catalogue's own gets a folder below that, by itself.
//!
//! Few exporters have to decide what a page contains: [`compose`] makes a [`document::Document`] of an entry, and an
//! exporter only renders its blocks.
//!
//! # Rules
//!
//! - No disk, clock, environment, network or random number. All an exporter knows is in its unit and its options.
//! - The same unit gives the same bytes, on any thread and in any order. Do not let the order of a hash map show.
//! - No two units make a file of the same path.
//! - What is wrong is a finding with a place and a way out, never a panic. After a finding that is an error nothing is
//!   published.
//! - Words come from the catalogue and from the labels of [`Unit::language`], so that they can be translated.
//!
//! # A whole exporter
//!
//! It writes a text file for each exercise, and finds those without cues.
//!
//! ```
//! use regimen_export::regimen_catalog::{Diagnostic, FieldPath, Place};
//! use regimen_export::{Artifact, BadOptions, Exporter, Granularity, Options, Output, Plugin, Subject, Unit, testing};
//!
//! pub const PLUGIN: Plugin = Plugin {
//!     id: "steps",
//!     version: "1",
//!     summary: "steps of exercises as plain text",
//!     explanations: "# steps/no-cues\n\nCues are what a reader keeps in mind. Add one or two.\n",
//!     open,
//! };
//!
//! #[derive(serde::Deserialize)]
//! #[serde(deny_unknown_fields, default)]
//! struct Steps {
//!     bullet: String,
//! }
//!
//! impl Default for Steps {
//!     fn default() -> Self {
//!         Self { bullet: "-".to_owned() }
//!     }
//! }
//!
//! fn open(options: &Options) -> Result<Box<dyn Exporter>, BadOptions> {
//!     Ok(Box::new(options.read::<Steps>()?))
//! }
//!
//! impl Exporter for Steps {
//!     fn granularity(&self) -> &[Granularity] {
//!         &[Granularity::Exercise]
//!     }
//!
//!     fn export(&self, unit: &Unit<'_>, out: &mut Output) {
//!         let Subject::Exercise(exercise) = unit.subject else { return };
//!         let words = exercise.words(unit.tag());
//!         if words.cues.is_empty() {
//!             let place = Place::key(exercise.file.clone(), FieldPath::root().key("words"));
//!             let finding = Diagnostic::warning("steps/no-cues", format!("`{}` has no cues", exercise.id));
//!             out.report(finding.at(place, "").help("add `cues:` with one or two short reminders"));
//!         }
//!         let mut text = format!("{}\n\n", words.name);
//!         for step in &words.steps {
//!             text.push_str(&format!("{} {}\n", self.bullet, step.plain()));
//!         }
//!         match format!("{}.txt", exercise.id).parse() {
//!             Ok(path) => out.file(Artifact { path, bytes: text.into() }),
//!             Err(bad) => out.report(Diagnostic::error("steps/bad-path", bad.to_string())),
//!         }
//!     }
//! }
//!
//! // Its test: options in, files and findings out.
//! let options = Options::new(serde_json::json!({"bullet": "*"}));
//! let exporter = (PLUGIN.open)(&options).expect("the option is known");
//! let made = testing::export(&testing::catalog(), &*exporter);
//! assert_eq!(made.text("calf-raise.txt"), "Calf raise\n\n* Rise onto your toes.\n* Lower your heels.\n");
//! assert_eq!(made.findings, []);
//! ```
//!
//! [`testing`] has the catalogue of this test, and [`testing::catalog_with`] changes it, to see a finding for example.
//! To be run by `regimen build`, the plugin takes a line in the list of the program.

pub mod artifact;
pub mod compose;
pub mod document;
pub mod exporter;
pub mod options;
pub mod testing;
#[cfg(test)]
mod tests;

pub use artifact::{Artifact, ArtifactPath, BadPath};
pub use exporter::{BuildInfo, Exporter, Granularity, Output, Plugin, Subject, Unit};
pub use options::{BadOptions, Options};
/// What a catalogue holds, so that an exporter needs no other crate for it.
///
/// ```
/// use regimen_export::regimen_catalog::Diagnostic;
/// assert_eq!(Diagnostic::warning("steps/no-cues", "`calf-raise` has no cues").labels, []);
/// ```
pub use regimen_catalog;
