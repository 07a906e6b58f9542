//! What exporters make for one person.

use std::collections::BTreeMap;

use regimen_catalog::model::PersonId;
use regimen_catalog::{Diagnostic, Id, Severity};
use regimen_export::Artifact;

use crate::error::{Bug, Refusal};
use crate::opened::Opened;
use crate::publish::Put;
use crate::stamp::Stamp;

/// What exporters made for a person. Findings have no places yet.
#[derive(Default)]
pub(super) struct PersonOutput {
    pub(super) findings: Vec<Diagnostic>,
    /// Whether any of the findings is of an exporter.
    pub(super) exporters_say: bool,
    pub(super) files: Vec<Artifact>,
    pub(super) bug: Option<Bug>,
}

impl PersonOutput {
    pub(super) fn has_error(&self) -> bool {
        self.bug.is_some() || self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// What an exporter made.
#[derive(Default)]
pub(super) struct Exported {
    pub(super) files: Vec<Artifact>,
    pub(super) findings: Vec<Diagnostic>,
    /// Whether it made no file.
    pub(super) nothing: bool,
}

impl Exported {
    /// The files of an exporter in its folder.
    pub(super) fn below(folder: &str, one: &Opened, made: Vec<Artifact>, mut findings: Vec<Diagnostic>) -> Self {
        let (nothing, mut files) = (made.is_empty(), Vec::new());
        for Artifact { path, bytes } in made {
            match path.below(folder) {
                Ok(path) => files.push(Artifact { path, bytes }),
                Err(bad) => findings.push(Diagnostic::error("bad-path", format!("exporter `{}`: {bad}", one.id))),
            }
        }
        Self { files, findings, nothing }
    }
}

/// A file that is not ours, where one of a person's has to be.
pub(super) fn in_the_way(refusal: &Refusal) -> Diagnostic {
    let message = format!("`{}` {}", refusal.path.display(), refusal.reason);
    Diagnostic::error("person-file", message).help(refusal.reason.hint())
}

/// Whether a file is of its person alone: it has their id in its name. Pictures, which may have such a name, are in a folder of their own
/// and the same for all.
pub(crate) fn is_own(file: &Artifact, id: &Id<PersonId>) -> bool {
    let mut parts = file.path.as_str().rsplit('/');
    let (name, folder) = (parts.next().unwrap_or_default(), parts.next());
    let has_id = name.strip_prefix(id.as_str()).is_some_and(|rest| rest.starts_with('.'));
    has_id && matches!(folder, Some("people" | "private"))
}

/// What is said of files that nobody has to make.
pub(super) fn as_they_were(stamps: &[(String, Stamp)]) -> Put {
    let mut put = Put { tallies: BTreeMap::new(), stamps: stamps.to_vec() };
    for (path, stamp) in stamps {
        put.keep(path, stamp.size);
    }
    put
}
