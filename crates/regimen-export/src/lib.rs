//! What an exporter is: the contract, the units it gets, and the documents it renders.
//!
//! Who writes an exporter depends on this crate, and on `serde` if it has options; their schema comes from
//! [`schemars`], which comes with this crate. What the units hold is in
//! [`regimen_catalog`], which comes with this crate.
//!
//! # In and out
//!
//! Regimen reads a catalogue, checks it, and hands it to exporters in pieces:
//!
//! 1. A [`Plugin`] lists the exporter and the schema of its options. Its `open` reads the [`Options`] of a project once
//!    and gives an [`Exporter`].
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
//! It writes a text file for each exercise, and finds those that do not say how to breathe.
//!
//! ```
//! use regimen_export::regimen_catalog::{Diagnostic, FieldPath, Place};
//! use regimen_export::{
//!     Artifact, BadOptions, Exporter, Granularity, Options, OptionsSchema, Output, Plugin, Subject, Unit, schemars, testing,
//! };
//!
//! pub const PLUGIN: Plugin = Plugin {
//!     id: "steps",
//!     version: "1",
//!     summary: "steps of exercises as plain text",
//!     explanations: "# steps/no-breathing\n\nBeginners hold their breath. Say when to breathe out.\n",
//!     options: OptionsSchema::of::<Steps>,
//!     open,
//! };
//!
//! /// The options: all of them closed, documented, and with a default.
//! #[derive(serde::Deserialize, schemars::JsonSchema)]
//! #[serde(deny_unknown_fields)]
//! struct Steps {
//!     /// What each step begins with.
//!     bullet: Option<String>,
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
//!         if words.breathing.is_none() {
//!             let message = format!("`{}` does not say how to breathe", exercise.id);
//!             let place = Place::key(exercise.file.clone(), FieldPath::root().key("words"));
//!             out.report(Diagnostic::warning("steps/no-breathing", message).at(place, "").help("add `breathing:`"));
//!         }
//!         let bullet = self.bullet.as_deref().unwrap_or("-");
//!         let steps: String = words.steps.iter().map(|step| format!("{bullet} {}\n", step.plain())).collect();
//!         let text = format!("{}\n\n{steps}", words.name);
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
//! let finding = &made.findings[0];
//! assert_eq!(finding.message, "`calf-raise` does not say how to breathe");
//! assert_eq!(finding.labels[0].place.file.as_ref(), "exercises/calf-raise.yaml");
//!
//! // Wrong options are found all at once, each with a way out.
//! let wrong = Options::new(serde_json::json!({"bulet": "*"}));
//! let bad = (PLUGIN.open)(&wrong).err().expect("there is no such option");
//! assert_eq!(bad.0[0].help.as_deref(), Some("did you mean `bullet`?"));
//! ```
//!
//! The options' type is their only description. It reads them, and its schema ([`OptionsSchema`]) completes and explains them in
//! editors (`regimen schema`), finds mistakes before the exporter runs, and is a table for a manual.
//!
//! [`testing`] has the catalogue of this test; [`testing::catalog_with`] adds to it what another test needs. A program of
//! your own runs the plugin beside the exporters of Regimen: `regimen_cli::Program::new().exporter(PLUGIN).run()`, or
//! begin with `regimen plugin new --language rust steps`.

pub mod artifact;
pub mod compose;
pub mod direction;
pub mod document;
pub mod exporter;
pub mod options;
pub mod testing;
#[cfg(test)]
mod tests;

pub use artifact::{Artifact, ArtifactPath, BadPath};
pub use exporter::{BuildInfo, Exporter, Granularity, Output, Plugin, Subject, Unit};
pub use options::{BadOption, BadOptions, OptionProblem, Options, OptionsSchema};
/// What a catalogue holds, so that an exporter needs no other crate for it.
///
/// ```
/// use regimen_export::regimen_catalog::Diagnostic;
/// assert_eq!(Diagnostic::warning("steps/no-cues", "`calf-raise` has no cues").labels, []);
/// ```
pub use regimen_catalog;
/// The derive of options' schemas, in the version that [`OptionsSchema`] needs. Where it is in scope by its name,
/// `#[derive(schemars::JsonSchema)]` needs no dependency of its own.
pub use schemars;
