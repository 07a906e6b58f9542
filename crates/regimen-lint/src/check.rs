//! What a catalogue must be beyond each entry alone: every reference leads somewhere, words fit their
//! facts, programmes can be written out.

mod blank;
mod brand;
pub(crate) mod busy;
mod circles;
mod days;
mod doses;
mod facts;
mod grids;
mod hours;
mod lengths;
mod limits;
mod lists;
mod placed_notes;
mod placements;
mod races;
mod references;
mod schedules;
mod size;

pub use limits::{lines_of_exercise, lines_of_guide};
pub use size::lines_of_program;
mod slots;
mod texts;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::allow::Allowance;
use crate::linter::{self, Plans, Written};
use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, Label, Place, Severity};
use regimen_model::model::{Entry, Program, Project, Schedule, ScheduleName};
use regimen_model::plan::{expand, moves};
use regimen_model::reference::{Id, Reference};
use regimen_model::source::Sources;

/// Checks a catalogue, which was read from `sources`. `damaged` are entries whose files could not be read, which are known
/// to exist.
pub fn check(
    catalog: &Catalog,
    sources: &Sources,
    damaged: &BTreeSet<Reference>,
    allowances: &[Allowance],
) -> Vec<Diagnostic> {
    let mut findings = references::check(catalog, damaged);
    let (sizes, too_large) = size::check(catalog);
    let sized = &without(catalog, &too_large);
    findings.extend(sizes);
    findings.extend(limits::check(catalog));
    findings.extend(facts::check(catalog, damaged, &too_large));
    findings.extend(circles::check(catalog));
    findings.extend(lists::check(catalog));
    findings.extend(doses::check(catalog));
    findings.extend(placements::check(sized, damaged));
    findings.extend(grids::check(sized, damaged));
    findings.extend(races::check(sized));
    findings.extend(slots::check(sized));
    findings.extend(brand::check(catalog));
    findings.extend(blank::check(catalog));
    // A programme is only written out when everything it names is there.
    let has_errors = |findings: &[Diagnostic]| findings.iter().any(|one| one.severity == Severity::Error);
    let whole = !has_errors(&findings) && damaged.is_empty();
    let plans = whole.then(|| plans(catalog, &mut findings));
    let all_planned = whole && !has_errors(&findings);
    if whole {
        findings.extend(schedules::check(catalog));
    }
    let plans = Plans { written: plans.as_deref().unwrap_or_default(), are_all: all_planned };
    findings.extend(linter::check(catalog, sources, &plans, allowances));
    findings
}

/// The catalogue without some of its programmes.
fn without<'a>(catalog: &'a Catalog, left_out: &BTreeSet<&Id<Program>>) -> Cow<'a, Catalog> {
    if left_out.is_empty() {
        return Cow::Borrowed(catalog);
    }
    let kept = catalog.programs.iter().filter(|(id, _)| !left_out.contains(id));
    let programs = kept.map(|(id, program)| (id.clone(), program.clone())).collect();
    Cow::Owned(Catalog { programs, ..catalog.clone() })
}

/// Findings on schedules that take the place of those of the project file for one build: their time zones, and the rules of
/// training on their days. What is found with the schedules of the project file, too, is left out, and so is what keeps a programme
/// from being planned.
pub fn check_schedules(
    catalog: &Catalog,
    sources: &Sources,
    schedules: &BTreeMap<Id<ScheduleName>, Schedule>,
    allowances: &[Allowance],
) -> Vec<Diagnostic> {
    let found = |catalog: &Catalog| {
        let mut findings = schedules::check(catalog);
        let plans = plans(catalog, &mut Vec::new());
        findings.extend(linter::check_plans(catalog, sources, &plans, allowances));
        findings
    };
    let mut project = (*catalog.project).clone();
    project.schedules.clone_from(schedules);
    let moved = Catalog { project: project.into(), ..catalog.clone() };
    let own = found(catalog);
    let known: BTreeSet<(&str, &str)> = own.iter().map(|one| (one.code.as_ref(), one.message.as_str())).collect();
    let mut new = found(&moved);
    new.retain(|one| !known.contains(&(one.code.as_ref(), one.message.as_str())));
    new.iter_mut().for_each(|finding| point_at_schedule(finding, catalog));
    new
}

/// The keys of the project file do not say what the build was told instead.
fn point_at_schedule(finding: &mut Diagnostic, catalog: &Catalog) {
    let labels = std::mem::take(&mut finding.labels).into_iter();
    finding.labels = labels
        .filter_map(|label| {
            if *label.place.file != *regimen_model::PROJECT_FILE {
                return Some(label);
            }
            let name = Project::schedule_at(&label.place.spot)?;
            catalog.project.schedules.keys().find(|known| known.as_str() == name)?;
            let place = Place::key(regimen_model::PROJECT_FILE, FieldPath::root().key("schedules").key(name));
            Some(Label { place, text: "with the options of this build".into() })
        })
        .collect();
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
        let is_dated = !schedule.busy.is_empty() || !schedule.free.is_empty();
        let moved = moves(catalog, program, name, schedule).map(|moved| moved || is_dated);
        match moved.and_then(|moved| moved.then(|| expand(catalog, program, Some((name, schedule)))).transpose()) {
            Ok(plan) => {
                findings.extend(plan.iter().flat_map(|plan| busy::outside(plan, name, schedule)));
                findings.extend(plan.iter().flat_map(|plan| busy::unmoved(plan, name, schedule)));
                dated.extend(plan.map(|plan| (name, plan)));
            }
            Err(wrong) => findings.extend(wrong),
        }
    }
    (Some(Written { program, plan, dated }), findings)
}
