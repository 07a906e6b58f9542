//! What a catalogue says of findings of exporters: their severity in `rules:`, and `allow:` at their place.

use std::collections::BTreeSet;

use super::allow::Allowance;
use super::unused;
use regimen_model::PROJECT_FILE;
use regimen_model::diagnostic::{Diagnostic, FieldPath, Place, Severity};
use regimen_model::model::RuleSettings;

/// What a catalogue says of findings of exporters.
#[derive(Debug, Clone, Copy)]
pub struct ExporterRules<'a> {
    settings: &'a RuleSettings,
    allowances: &'a [Allowance],
}

impl<'a> ExporterRules<'a> {
    /// The settings of a project file, with every `allow` of its catalogue.
    pub fn new(settings: &'a RuleSettings, allowances: &'a [Allowance]) -> Self {
        Self { settings, allowances }
    }

    /// The severity that a finding has here; `None` if it is switched off or allowed at its place. Each `allow` that
    /// covers it is noted in `used` by its position.
    pub fn severity(&self, finding: &Diagnostic, used: &mut BTreeSet<usize>) -> Option<Severity> {
        let covering = (0..).zip(self.allowances).filter(|(_, allowance)| allowance.allows(finding));
        let covering: Vec<usize> = covering.map(|(position, _)| position).collect();
        used.extend(&covering);
        let severity = self.settings.severity(&finding.code, finding.severity);
        severity.filter(|_| covering.is_empty())
    }

    /// Every code of an exporter's finding that the catalogue names, and where.
    pub fn codes(self) -> impl Iterator<Item = (&'a str, Place)> {
        let setting = |code: &'a std::sync::Arc<str>| {
            (&**code, Place::key(PROJECT_FILE, FieldPath::root().key("rules").key(code.clone())))
        };
        let allowed = self.allowances.iter().filter(|allowance| allowance.is_of_exporter());
        let allowed = allowed.map(|allowance| (&*allowance.code, allowance.place()));
        self.settings.codes().filter(|code| code.contains('/')).map(setting).chain(allowed)
    }

    /// A finding for each `allow` of a finding of these exporters that is not in `used`.
    pub fn report_unused(&self, used: &BTreeSet<usize>, exporters: &BTreeSet<&str>) -> Vec<Diagnostic> {
        let asked = |allowance: &Allowance| {
            allowance.code.split_once('/').is_some_and(|(exporter, _)| exporters.contains(exporter))
        };
        let unused = (0..).zip(self.allowances).filter(|(position, one)| asked(one) && !used.contains(position));
        let unused: Vec<&Allowance> = unused.map(|(_, allowance)| allowance).collect();
        unused::report_of_exporters(self.settings, &unused, self.allowances)
    }
}
