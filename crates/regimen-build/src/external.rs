//! External plugins: exporters that are programs of their own, in any language.
//!
//! ```text
//! section   what regimen.yaml says: which program, made of which files, with which options
//! parts     the files that it is made of
//! trust     whether its user has trusted these files and this section
//! process   runs it, within limits
//! guard     the process around it, which ends all that it started
//! protocol  what is said, as types
//! request   units and their parts of the catalogue, as JSON
//! answer    files and findings, checked
//! place     from `exercises[3].words.cues` to a file of the author
//! ```
//!
//! A plugin is started once to describe itself and once for all units that the cache does not have. It gets no path of
//! ours: the host writes every file. It can do whatever its user can all the same, so it is started only if its user trusts it.

mod answer;
mod ending;
pub mod guard;
mod open;
mod parts;
mod place;
mod process;
pub mod protocol;
mod request;
mod section;
mod translate;
mod trust;

use std::path::Path;

use regimen_catalog::Diagnostic;
use regimen_catalog::model::Project;

pub(crate) use answer::{description, made};
pub(crate) use open::{External, Ready, Startable, Surroundings, Unopened, date_of, external, open, ready};
pub use parts::PluginFile;
pub(crate) use process::run;
pub(crate) use request::{describe, export};
pub use section::is_external;
pub(crate) use section::{Section, may_see_people, names, read, schema as section_schema};
pub use trust::store::{TrustStore, Trusted};
pub use trust::{PluginFacts, Trust};

/// Ends every plugin that runs, with what it started, waits until they are gone, and then ends this program with the exit
/// code. A program that is told to end in the middle of a build calls this. It does not return, so that no plugin that
/// was ended by it is reported as one that failed.
pub fn end_running_and_exit(code: i32) -> ! {
    process::end_running_and_exit(code)
}

/// A plugin as it is now, or what is wrong with its section. Nothing is started.
///
/// # Errors
/// What is wrong with its section.
pub(crate) fn facts(name: &str, project: &Project, root: &Path) -> Result<PluginFacts, Vec<Diagnostic>> {
    let section = project.exporters.get(name).cloned().unwrap_or_default();
    let section = section::read(name, &section, root)?;
    let parts = parts::Parts::of(&section, root);
    Ok(PluginFacts::new(&section, parts))
}

/// Findings on a plugin's section that need no look at the plugin itself.
pub(crate) fn check(name: &str, project: &Project, root: &Path) -> Vec<Diagnostic> {
    let section = project.exporters.get(name);
    section.and_then(|section| section::read(name, section, root).err()).unwrap_or_default()
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
