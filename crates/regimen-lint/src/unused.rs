//! Which `allow:` allows nothing.

use super::allow::{Allowance, apply};
use super::rules::UNUSED_ALLOW;
use regimen_model::diagnostic::Diagnostic;
use regimen_model::model::RuleSettings;

/// Says which `allow` is of no use. One of `unused-allow` is of use if it silences this of another rule. Those of findings
/// of exporters are left to whoever runs exporters.
pub(super) fn report(settings: &RuleSettings, unused: &[&Allowance]) -> Vec<Diagnostic> {
    let (foreign, own): (Vec<&Allowance>, Vec<&Allowance>) =
        unused.iter().copied().partition(|allowance| allowance.is_of_exporter());
    let (keepers, others): (Vec<&Allowance>, Vec<&Allowance>) = own.into_iter().partition(|one| keeps_unused(one));
    let (mut left, mut idle) = apply(say_unused(settings, &others), &keepers);
    idle.retain(|keeper| !foreign.iter().any(|allowance| keeper.is_above(allowance)));
    left.extend(say_unused(settings, &idle));
    left
}

/// Says which `allow` of findings of exporters is of no use, unless one of `unused-allow` keeps it.
pub(super) fn report_of_exporters(
    settings: &RuleSettings,
    unused: &[&Allowance],
    all: &[Allowance],
) -> Vec<Diagnostic> {
    let keepers: Vec<&Allowance> = all.iter().filter(|one| keeps_unused(one)).collect();
    apply(say_unused(settings, unused), &keepers).0
}

fn keeps_unused(allowance: &Allowance) -> bool {
    *allowance.code == *UNUSED_ALLOW.code
}

/// A finding for each. A rule that is switched off finds nothing, so nothing can be said of it.
fn say_unused(settings: &RuleSettings, unused: &[&Allowance]) -> Vec<Diagnostic> {
    let Some(mut report) = UNUSED_ALLOW.report(settings) else { return Vec::new() };
    for allowance in unused.iter().filter(|allowance| !settings.is_off(&allowance.code)) {
        let code = &allowance.code;
        let finding = report.finding(format!("`{code}` is allowed here, but finds nothing to allow"));
        report.add(finding.at(allowance.place(), "").help("delete it: the content does not break the rule any more"));
    }
    report.found.into_iter().map(|found| found.finding).collect()
}
