//! What a catalogue must be beyond each entry alone: every reference leads somewhere, words fit their
//! facts, programmes can be written out.

mod facts;
mod ladders;
mod references;
mod schedules;

use std::collections::BTreeSet;

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::reference::Reference;

/// Checks a catalogue. `damaged` are entries whose files could not be read, which are known to exist.
pub(crate) fn check(catalog: &Catalog, damaged: &BTreeSet<Reference>) -> Vec<Diagnostic> {
    let mut findings = references::check(catalog, damaged);
    findings.extend(facts::check(catalog));
    findings.extend(ladders::check(catalog));
    // A programme is only written out when everything it names is there.
    if findings.is_empty() && damaged.is_empty() {
        findings.extend(schedules::check(catalog));
    }
    findings
}
