//! What a catalogue must be beyond each entry alone: every reference leads somewhere, words fit their
//! facts, programmes can be written out.

mod facts;
mod references;
mod schedules;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::lint::{self, Allowance};
use crate::model::{Entry, Program};
use crate::plan::{Plan, expand};
use crate::reference::Reference;

/// Checks a catalogue. `damaged` are entries whose files could not be read, which are known to exist.
pub(crate) fn check(catalog: &Catalog, damaged: &BTreeSet<Reference>, allowances: &[Allowance]) -> Vec<Diagnostic> {
    let mut findings = references::check(catalog, damaged);
    findings.extend(facts::check(catalog));
    // A programme is only written out when everything it names is there.
    let whole = findings.is_empty() && damaged.is_empty();
    let plans = whole.then(|| plans(catalog, &mut findings));
    if let Some(plans) = &plans {
        findings.extend(schedules::check(catalog, plans));
    }
    findings.extend(lint::check(catalog, plans.as_deref(), allowances));
    findings
}

/// Every programme written out, as far as it can be; what cannot be meant joins the findings.
fn plans<'a>(catalog: &'a Catalog, findings: &mut Vec<Diagnostic>) -> Vec<(&'a Entry<Program>, Plan)> {
    let programs: Vec<&Entry<Program>> = catalog.programs.values().map(AsRef::as_ref).collect();
    let expanded: Vec<_> = programs.into_par_iter().map(|program| (program, expand(catalog, program, None))).collect();
    let mut plans = Vec::new();
    for (program, plan) in expanded {
        match plan {
            Ok(plan) => plans.push((program, plan)),
            Err(wrong) => findings.extend(wrong),
        }
    }
    plans
}
