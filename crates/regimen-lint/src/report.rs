//! What a rule writes its findings to.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::threshold::Threshold;
use regimen_model::diagnostic::{Diagnostic, Place, Severity};
use regimen_model::model::RuleSettings;
use regimen_model::quantity::Extent;

/// The findings of one rule, in the severity that the project file gives it.
pub(crate) struct Report<'a> {
    code: &'static str,
    settings: &'a RuleSettings,
    severity: Severity,
    pub(super) found: Vec<Found>,
    /// How many findings of a severity are kept.
    most: usize,
    /// How many are.
    kept: BTreeMap<Severity, usize>,
    /// How many more there are.
    pub(super) left_out: BTreeMap<Severity, usize>,
}

/// A finding, and what makes it the same as one of another writing of the same programme.
pub(super) struct Found {
    pub(super) finding: Diagnostic,
    pub(super) scope: Scope,
}

/// What a finding is about, so that nobody reads it again of each schedule whose weeks are a part of the programme's.
pub(super) enum Scope {
    /// What it says, word by word.
    Message,
    /// These weeks, at these places; all places are alike where none is named.
    Weeks { weeks: Vec<u32>, about: Vec<Place> },
    /// The plan as a whole, whatever its numbers are.
    Plan,
}

impl<'a> Report<'a> {
    /// An empty report of the rule with this code and usual severity; `None` if it is switched off.
    pub(super) fn new(code: &'static str, usual: Severity, settings: &'a RuleSettings) -> Option<Self> {
        let severity = settings.severity(code, usual)?;
        let (kept, left_out) = (BTreeMap::new(), BTreeMap::new());
        Some(Self { code, settings, severity, found: Vec::new(), most: usize::MAX, kept, left_out })
    }

    /// Keeps so many findings of a severity, and counts the others.
    pub(super) fn keep_at_most(&mut self, most: usize) -> &mut Self {
        self.most = most;
        self
    }

    fn push(&mut self, finding: Diagnostic, scope: Scope) {
        let kept = self.kept.entry(finding.severity).or_default();
        if *kept < self.most {
            *kept += 1;
            self.found.push(Found { finding, scope });
        } else {
            *self.left_out.entry(finding.severity).or_default() += 1;
        }
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

    /// Adds a finding that is another one as soon as a word of it differs.
    pub(super) fn add(&mut self, finding: Diagnostic) {
        self.push(finding, Scope::Message);
    }

    /// Adds a finding about weeks: about the same names in backquotes and these places, it is the same in fewer weeks.
    pub(super) fn add_in(&mut self, weeks: &[u32], about: &[&Place], finding: Diagnostic) {
        let about = about.iter().map(|place| (*place).clone()).collect();
        self.push(finding, Scope::Weeks { weeks: weeks.to_vec(), about });
    }

    /// Adds a finding about the plan as a whole: at the same place it is the same, whatever its numbers are.
    pub(super) fn add_of_plan(&mut self, finding: Diagnostic) {
        self.push(finding, Scope::Plan);
    }
}
