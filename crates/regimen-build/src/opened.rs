//! Exporters that are ready to work.

use std::collections::BTreeSet;

use regimen_export::{Exporter, Granularity};

use crate::digest::Digest;
use crate::external::External;

/// An exporter that is ready to work.
pub(crate) struct Opened {
    pub(crate) id: String,
    /// What it makes, in a few words.
    pub(crate) summary: String,
    pub(crate) backend: Backend,
    /// The kinds of unit that it wants, in order and without repetition.
    pub(crate) kinds: BTreeSet<Granularity>,
    /// The digest of what its output depends on besides units.
    pub(crate) fingerprint: Digest,
}

impl Opened {
    /// An external plugin. Units of people are none of its kinds unless it may see them.
    pub(crate) fn external(external: External) -> Self {
        let may_have = |kind: &Granularity| *kind != Granularity::Person || external.may_see_people();
        let kinds = external.kinds.iter().copied().filter(may_have).collect();
        Self {
            id: external.name().to_owned(),
            summary: external.summary.clone(),
            kinds,
            fingerprint: external.fingerprint,
            backend: Backend::External(Box::new(external)),
        }
    }
}

impl Opened {
    /// Whether it makes files for people.
    pub(crate) fn makes_people(&self) -> bool {
        self.kinds.contains(&Granularity::Person)
    }
}

/// Who makes the files.
pub(crate) enum Backend {
    /// Code of this program.
    BuiltIn(Box<dyn Exporter>),
    /// A program of its own.
    External(Box<External>),
}
