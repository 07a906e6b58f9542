//! The linter: rules that content may break and still be understood.
//!
//! What a file *is* decides loading; whether it is *good training* and good content is asked here. Every rule
//! is one record in one file, with its words, its sources and its tests; [`RULES`] lists them all. The project
//! file sets severities and [thresholds](Threshold), and `allow:` silences a rule where the content is right.

mod allow;
mod page;
mod report;
mod rule;
mod rules;
mod settings;
#[cfg(test)]
mod testing;
mod threshold;
mod view;

pub(crate) use allow::{Allowance, Allowed};
pub use page::reference_page;
pub use rule::{Citation, Rule};
pub use rules::RULES;
pub use settings::RuleSettings;
pub use threshold::{Amount, Threshold};

use rayon::prelude::*;

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::model::{Entry, Program};
use crate::plan::Plan;
use report::Report;
use rule::Check;
use view::{CatalogView, PlanView};

/// The rule with this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.binary_search_by(|rule| rule.code.cmp(code)).ok().map(|index| RULES[index])
}

/// Asks every rule. Plans are asked for only if there are any: `None` while the catalogue has errors, because
/// a plan with holes in it breaks rules that its author kept.
pub(crate) fn check(
    catalog: &Catalog,
    plans: Option<&[(&Entry<Program>, Plan)]>,
    allowances: &[Allowance],
) -> Vec<Diagnostic> {
    let view = CatalogView::new(catalog);
    let mut findings: Vec<Diagnostic> = RULES.par_iter().flat_map_iter(|rule| of_catalog(rule, &view)).collect();
    let planned = plans.unwrap_or_default().par_iter();
    findings.par_extend(planned.flat_map_iter(|(program, plan)| of_plan(&view, program, plan)));
    let (mut left, unused) = allow::apply(findings, allowances);
    if plans.is_some() {
        left.extend(allow::report_unused(&catalog.project.rules, &unused));
    }
    left
}

fn of_catalog(rule: &'static Rule, view: &CatalogView<'_>) -> Vec<Diagnostic> {
    let Check::Catalog(check) = rule.check else { return Vec::new() };
    ask(rule, view, |report| check(view, report))
}

fn of_plan(view: &CatalogView<'_>, program: &Entry<Program>, plan: &Plan) -> Vec<Diagnostic> {
    let plan = PlanView::new(view, program, plan);
    let of_rule = |rule: &&'static Rule| match rule.check {
        Check::Plan(check) => ask(rule, view, |report| check(&plan, report)),
        Check::Catalog(_) | Check::Allowances => Vec::new(),
    };
    RULES.iter().flat_map(of_rule).collect()
}

/// The findings of one rule, none if it is switched off.
fn ask(rule: &'static Rule, view: &CatalogView<'_>, check: impl FnOnce(&mut Report<'_>)) -> Vec<Diagnostic> {
    let Some(mut report) = Report::new(rule, &view.catalog.project.rules) else { return Vec::new() };
    check(&mut report);
    report.found
}
