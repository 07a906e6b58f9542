//! What a rule writes its findings to.

use rust_decimal::Decimal;

use super::threshold::Threshold;
use regimen_model::diagnostic::{Diagnostic, Severity};
use regimen_model::model::RuleSettings;
use regimen_model::quantity::Extent;

/// The findings of one rule, in the severity that the project file gives it.
pub(crate) struct Report<'a> {
    code: &'static str,
    settings: &'a RuleSettings,
    severity: Severity,
    pub(super) found: Vec<Diagnostic>,
}

impl<'a> Report<'a> {
    /// An empty report of the rule with this code and usual severity; `None` if it is switched off.
    pub(super) fn new(code: &'static str, usual: Severity, settings: &'a RuleSettings) -> Option<Self> {
        let severity = settings.severity(code, usual)?;
        Some(Self { code, settings, severity, found: Vec::new() })
    }

    /// A threshold that is one value.
    pub(super) fn limit(&self, threshold: &Threshold) -> Decimal {
        self.range(threshold).high()
    }

    /// A threshold that is a range.
    pub(super) fn range(&self, threshold: &Threshold) -> Extent<Decimal> {
        self.settings.limit(self.code, threshold.key).unwrap_or_else(|| threshold.standard())
    }

    /// On what these limits rest, to be added to a message: the source, as long as all are the defaults, which it gives;
    /// else where they are set. Without a source the defaults are a convention, and nothing is added.
    pub(super) fn basis(&self, source: Option<&str>, limits: &[&Threshold]) -> String {
        let is_default = limits.iter().all(|limit| self.range(limit) == limit.standard());
        match (is_default, source) {
            (false, _) => format!(" ({} set in `regimen.yaml`)", if limits.len() == 1 { "limit" } else { "limits" }),
            (true, Some(source)) => format!(" ({source})"),
            (true, None) => String::new(),
        }
    }

    /// A finding in the rule's severity.
    pub(super) fn finding(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.severity, self.code, message)
    }

    pub(super) fn add(&mut self, finding: Diagnostic) {
        self.found.push(finding);
    }
}
