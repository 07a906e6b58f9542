//! External plugins: exporters that are programs of their own, in any language.
//!
//! ```text
//! section   what regimen.yaml says: which program, made of which files, with which options
//! process   runs it, within limits
//! protocol  what is said, as types
//! request   units and their parts of the catalogue, as JSON
//! answer    files and findings, checked
//! place     from `exercises[3].words.cues` to a file of the author
//! ```
//!
//! A plugin is started once to describe itself and once for all units that the cache does not have. It gets no path of
//! ours: the host writes every file. It is trusted code all the same, for nothing keeps it from reading what its user can.

mod answer;
mod ending;
mod open;
mod place;
mod process;
pub mod protocol;
mod request;
mod section;
mod translate;

use std::path::Path;

use regimen_catalog::Diagnostic;
use regimen_catalog::model::Project;

pub(crate) use answer::{description, made};
pub(crate) use open::{External, Surroundings, Unopened, date_of, external, open};
pub(crate) use process::run;
pub(crate) use request::{describe, export};
pub use section::is_external;
pub(crate) use section::{Section, may_see_people, names, read, schema as section_schema};

/// Becomes the parent of whatever plugins leave behind, on Linux, so that it is found and ended. Only for programs that start
/// no other processes.
pub fn adopt_orphans() {
    ending::adopt_orphans();
}

/// Ends every plugin that runs, with what it started, waits until they are gone, and then ends this program with the exit
/// code. A program that is told to end in the middle of a build calls this. It does not return, so that no plugin that
/// was ended by it is reported as one that failed.
pub fn end_running_and_exit(code: i32) -> ! {
    process::end_running_and_exit(code)
}

/// Findings on a plugin's section that need no look at the plugin itself.
pub(crate) fn check(name: &str, project: &Project, root: &Path) -> Vec<Diagnostic> {
    let section = project.exporters.get(name);
    section.and_then(|section| section::read(name, section, root).err()).unwrap_or_default()
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
