//! The rules of training, asked of what one person does.

mod loads;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::allow::{self, Allowance};
use crate::check::busy;
use crate::linter::{Known, plan_findings, rule_findings};
use crate::report::Found;
use crate::rule::Check;
use crate::rules::RULES;
use crate::view::{CatalogView, PlanView};
use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::Diagnostic;
use regimen_model::model::{Entry, Person, Program};
use regimen_model::plan::{Plan, expand};
use regimen_model::reference::Id;
use regimen_model::source::Sources;

/// Rules about how a programme is written: what a person leaves out is no mistake in it.
const OF_WRITING: &[&str] = &["idle-progression"];

/// Asks the rules of training of the plans of people, many of whom have the same programme.
pub struct PersonalRules<'a> {
    view: CatalogView<'a>,
    allowances: Vec<&'a Allowance>,
    /// What the programmes themselves have been found to be, which is said when the catalogue is checked.
    programs: Mutex<BTreeMap<Id<Program>, Arc<Vec<Found>>>>,
}

impl std::fmt::Debug for PersonalRules<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PersonalRules").finish_non_exhaustive()
    }
}

impl<'a> PersonalRules<'a> {
    /// The rules with the severities and limits of a catalogue, and with what it allows.
    pub fn new(catalog: &'a Catalog, sources: &'a Sources, allowances: &'a [Allowance]) -> Self {
        Self {
            view: CatalogView::new(catalog, sources, allowances),
            allowances: allowances.iter().collect(),
            programs: Mutex::default(),
        }
    }

    /// What is wrong with the plan of a person that is right in the programme, at the places of the catalogue.
    pub fn findings(&self, program: &Entry<Program>, plan: &Plan, person: &Person) -> Vec<Diagnostic> {
        let own = person.schedule.as_ref();
        let of_everybody = self.of_program(program);
        let known = Known::new(&of_everybody);
        let seen = PlanView::new(&self.view, program, plan).of(own);
        let new = plan_findings(&seen).into_iter().filter(|found| !known.contains(found)).map(|found| found.finding);
        let mut findings: Vec<Diagnostic> = new.filter(|finding| !OF_WRITING.contains(&&*finding.code)).collect();
        findings.extend(loads::impossible(&self.view.catalog.project.rules, plan, &person.own));
        if let (Some(planned), Some(own)) = (&plan.schedule, own) {
            findings.extend(busy::all(plan, &planned.name, own));
            for rule in RULES {
                let Check::Schedule(check) = rule.check else { continue };
                findings.extend(rule_findings(rule, &seen, check).into_iter().map(|found| found.finding));
            }
        }
        allow::apply(findings, &self.allowances).0
    }

    fn of_program(&self, program: &Entry<Program>) -> Arc<Vec<Found>> {
        let lock = || self.programs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&program.id) {
            return known.clone();
        }
        let plan = expand(self.view.catalog, program, None);
        let found = plan.map(|plan| plan_findings(&PlanView::new(&self.view, program, &plan))).unwrap_or_default();
        lock().entry(program.id.clone()).or_insert_with(|| Arc::new(found)).clone()
    }
}
