//! What a rule is.

use super::report::Report;
use super::threshold::Threshold;
use super::view::{CatalogView, PlanView};
use regimen_model::diagnostic::Severity;
use regimen_model::model::RuleSettings;

/// A rule of the linter.
#[derive(Debug)]
pub struct Rule {
    /// Its name in findings and in files, kebab-case, stable between releases.
    pub code: &'static str,
    /// How bad its usual finding is, unless the project file says otherwise.
    pub severity: Severity,
    /// What it asks for, in one line.
    pub summary: &'static str,
    /// Why it matters, with a wrong and a right example: Markdown.
    pub explanation: &'static str,
    /// What it rests on.
    pub sources: &'static [Citation],
    /// Its limits, which the project file may move.
    pub thresholds: &'static [Threshold],
    /// Pairs of limits of which the first lies below the second, or on it.
    pub rising: &'static [(Threshold, Threshold)],
    /// How it is asked.
    pub(super) check: Check,
}

/// Rules whose findings only an `allow` with its reason accepts, case by case.
const ALWAYS_ON: [&str; 1] = ["condition-lost"];

impl Rule {
    /// What its findings are written to; `None` if it is switched off.
    pub(super) fn report<'a>(&self, settings: &'a RuleSettings) -> Option<Report<'a>> {
        Report::new(self.code, self.severity, settings)
    }

    /// Whether it is asked of every week of every programme and schedule, so that one mistake may be found many times.
    pub fn is_of_plans(&self) -> bool {
        matches!(self.check, Check::Plan(_) | Check::Schedule(_))
    }

    /// Whether `rules:` in the project file may turn it off.
    pub(super) fn can_be_off(&self) -> bool {
        !ALWAYS_ON.contains(&self.code)
    }
}

/// A publication, or a word on where a rule comes from.
#[derive(Debug)]
pub struct Citation {
    /// Authors, year and title, or what the convention is.
    pub text: &'static str,
    /// Where to read it.
    pub address: Option<&'static str>,
}

/// How a rule is asked.
#[derive(Debug, Clone, Copy)]
pub(super) enum Check {
    /// Once for the catalogue.
    Catalog(fn(&CatalogView<'_>, &mut Report<'_>)),
    /// For each programme, written out week by week. It looks at days, not at dates, so that schedules with the same days share
    /// what it finds.
    Plan(fn(&PlanView<'_>, &mut Report<'_>)),
    /// For each schedule that has other days than its programme, written out on its dates.
    Schedule(fn(&PlanView<'_>, &mut Report<'_>)),
    /// By the linter itself, once it knows which `allow` was of use.
    Allowances,
}
