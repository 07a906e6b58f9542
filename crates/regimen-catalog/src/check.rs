//! What a catalogue must be beyond each entry alone: every reference leads somewhere, words fit their
//! facts, programmes can be written out.

mod blank;
mod brand;
mod circles;
mod doses;
mod facts;
mod lists;
mod references;
mod schedules;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::lint::{self, Allowance};
use crate::model::{Entry, Program, ScheduleName};
use crate::plan::{Plan, expand, moves};
use crate::reference::{Id, Reference};
use crate::source::Sources;

/// Checks a catalogue, which was read from `sources`. `damaged` are entries whose files could not be read, which are known
/// to exist.
pub(crate) fn check(
    (catalog, sources): (&Catalog, &Sources),
    damaged: &BTreeSet<Reference>,
    allowances: &[Allowance],
) -> Vec<Diagnostic> {
    let mut findings = references::check(catalog, damaged);
    findings.extend(facts::check(catalog));
    findings.extend(circles::check(catalog));
    findings.extend(lists::check(catalog));
    findings.extend(doses::check(catalog));
    findings.extend(brand::check(catalog));
    findings.extend(blank::check(catalog));
    // A programme is only written out when everything it names is there.
    let whole = findings.is_empty() && damaged.is_empty();
    let plans = whole.then(|| plans(catalog, &mut findings));
    if whole {
        findings.extend(schedules::check(catalog));
    }
    findings.extend(lint::check((catalog, sources), plans.as_deref(), allowances));
    findings
}

/// A programme written out: once for everybody, and once for each of its schedules that has other days.
pub(crate) struct Written<'a> {
    pub(crate) program: &'a Entry<Program>,
    pub(crate) plan: Plan,
    pub(crate) dated: Vec<(&'a Id<ScheduleName>, Plan)>,
}

/// Every programme written out, as far as it can be; what cannot be meant joins the findings.
fn plans<'a>(catalog: &'a Catalog, findings: &mut Vec<Diagnostic>) -> Vec<Written<'a>> {
    let programs: Vec<&Entry<Program>> = catalog.programs.values().map(AsRef::as_ref).collect();
    let written: Vec<_> = programs.into_par_iter().map(|program| written(catalog, program)).collect();
    let mut plans = Vec::new();
    for (plan, wrong) in written {
        plans.extend(plan);
        findings.extend(wrong);
    }
    plans
}

fn written<'a>(catalog: &'a Catalog, program: &'a Entry<Program>) -> (Option<Written<'a>>, Vec<Diagnostic>) {
    let plan = match expand(catalog, program, None) {
        Ok(plan) => plan,
        Err(wrong) => return (None, wrong),
    };
    let (mut dated, mut findings) = (Vec::new(), Vec::new());
    for (name, schedule) in catalog.project.schedules.iter().filter(|(_, schedule)| schedule.program == program.id) {
        let moved = moves(catalog, program, (name, schedule));
        match moved.and_then(|moved| moved.then(|| expand(catalog, program, Some((name, schedule)))).transpose()) {
            Ok(plan) => dated.extend(plan.map(|plan| (name, plan))),
            Err(wrong) => findings.extend(wrong),
        }
    }
    (Some(Written { program, plan, dated }), findings)
}
