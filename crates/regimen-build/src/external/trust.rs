//! Which plugins may be started: those that their user has trusted, as they were then.

pub(crate) mod store;

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::parts::{Parts, PluginFile};
use super::section::Section;
use crate::digest::Digest;
use crate::untrusted::{Untrusted, WhyUntrusted};
use store::TrustStore;

/// Which plugins of a catalogue may be started. Without a word, none.
#[derive(Debug, Clone, Default)]
pub enum Trust {
    /// None of them.
    #[default]
    Nobody,
    /// Whatever the catalogue has: for a catalogue of one's own, or where the machine itself keeps harm away.
    Everybody,
    /// Those that are recorded, as long as neither their section nor their files change.
    Recorded(TrustStore),
}

/// A plugin as it is now: what somebody trusts who trusts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginFacts {
    /// Its name in the project file.
    pub name: String,
    /// The program and its arguments as they are written.
    pub words: Vec<String>,
    /// The program that this starts.
    pub program: PathBuf,
    /// Its whole section of the project file.
    pub section: Value,
    /// The files that it is made of, in order of their names.
    pub files: Vec<PluginFile>,
    /// Why it cannot be told which files belong to it, if so. Such a plugin cannot be recorded.
    pub unknown: Option<String>,
    /// One digest of name, section and files.
    pub digest: Digest,
}

impl PluginFacts {
    pub(crate) fn new(section: &Section, parts: Parts) -> Self {
        let Section { name, words, command, written, .. } = section;
        let facts = format!("{} {name} {} {written} {}", name.len(), written.to_string().len(), parts.digest());
        Self {
            name: name.clone(),
            words: words.clone(),
            program: command.program.clone(),
            section: written.clone(),
            digest: Digest::of(facts.as_bytes()),
            files: parts.files,
            unknown: parts.unknown,
        }
    }

    fn untrusted(&self, catalog: &Path, why: WhyUntrusted) -> Untrusted {
        Untrusted {
            plugin: self.name.clone(),
            catalog: catalog.to_owned(),
            words: self.words.clone(),
            program: self.program.clone(),
            files: self.files.iter().map(|file| file.name.clone()).collect(),
            why,
        }
    }
}

impl Trust {
    /// Why a plugin of a catalogue may not be started as it is now; `None` if it may.
    pub(crate) fn against(&self, facts: &PluginFacts, catalog: &Path) -> Option<Untrusted> {
        let why = match self {
            Self::Everybody => return None,
            Self::Nobody => WhyUntrusted::New,
            Self::Recorded(store) => store.known(facts, catalog).err()?,
        };
        let why = facts.unknown.clone().map_or(why, WhyUntrusted::Unknown);
        Some(facts.untrusted(catalog, why))
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
