//! What a project file sets for the rules of the linter, and for findings of exporters, by their codes.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::diagnostic::Severity;
use crate::quantity::Extent;

/// What the project file says of rules, and of findings of exporters. Which of them there are is not known here: the linter
/// reads `rules:`, and refuses what it does not know.
#[derive(Debug, Clone, Default)]
pub struct RuleSettings {
    of: BTreeMap<Arc<str>, RuleSetting>,
}

/// What the project file says of one rule.
#[derive(Debug, Clone, Default)]
pub struct RuleSetting {
    /// Its severity, if it is stated.
    pub level: Option<Level>,
    /// The limits that are stated, by their keys.
    pub limits: BTreeMap<&'static str, Extent<Decimal>>,
}

/// A severity, or none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing is found.
    Off,
    /// [`Severity::Info`].
    Info,
    /// [`Severity::Warning`].
    Warning,
    /// [`Severity::Error`].
    Error,
}

impl Level {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

impl RuleSettings {
    /// Notes what is said of one code; of a code that is named twice, the last counts.
    pub fn insert(&mut self, code: impl Into<Arc<str>>, setting: RuleSetting) {
        self.of.insert(code.into(), setting);
    }

    /// The severity of a finding that usually has this one; `None` if it is switched off.
    pub fn severity(&self, code: &str, usual: Severity) -> Option<Severity> {
        let level = self.of.get(code).and_then(|setting| setting.level);
        level.map_or(Some(usual), Level::severity)
    }

    /// Whether a finding is switched off.
    pub fn is_off(&self, code: &str) -> bool {
        self.of.get(code).is_some_and(|setting| setting.level == Some(Level::Off))
    }

    /// A limit of a rule, if it is stated.
    pub fn limit(&self, code: &str, key: &str) -> Option<Extent<Decimal>> {
        self.of.get(code)?.limits.get(key).copied()
    }

    /// Every code that has a setting, in order.
    pub fn codes(&self) -> impl Iterator<Item = &Arc<str>> {
        self.of.keys()
    }
}
