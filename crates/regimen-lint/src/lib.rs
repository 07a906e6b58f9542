//! What is wrong with a catalogue: checks across its entries, and rules that content may break and still be understood.
//!
//! What a file *is* decides loading; whether everything that it names is there, and whether it is *good training* and good
//! content, is asked here. Every rule is one record in one file, with its words, its sources and its tests; [`RULES`] lists
//! them all. The project file sets severities and [thresholds](Threshold), and `allow:` silences a rule where the content is
//! right.

mod allow;
mod bound;
mod cells;
mod check;
mod explain;
mod exported;
mod linter;
mod page;
mod personal;
mod report;
mod rule;
mod rules;
mod settings;
#[cfg(test)]
pub(crate) mod testing;
mod threshold;
mod translations;
mod unused;
mod view;

pub use allow::Allowance;
pub use check::{check, check_schedules, lines_of_exercise, lines_of_guide, lines_of_program};
pub use explain::explanations;
pub use exported::ExporterRules;
pub use page::reference_page;
pub use personal::PersonalRules;
pub use regimen_model::model::RuleSettings;
pub use rule::{Citation, Rule};
pub use rules::RULES;
pub use settings::{Allowed, Rules};
pub use threshold::{Amount, Threshold};

/// The rule with this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.binary_search_by(|rule| rule.code.cmp(code)).ok().map(|index| RULES[index])
}
