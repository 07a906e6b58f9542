//! The pages that explain findings which are no rules: what cannot be read, understood or planned.

use regimen_model::explain::{Explanation, pages};

/// What can be found in a catalogue, beside the rules.
const FAMILIES: [&str; 5] = [
    include_str!("explain/yaml.md"),
    include_str!("explain/values.md"),
    include_str!("explain/files.md"),
    include_str!("explain/plans.md"),
    include_str!("explain/people.md"),
];

/// The page of every finding in a catalogue that is no rule.
pub fn explanations() -> impl Iterator<Item = Explanation> {
    FAMILIES.into_iter().flat_map(pages)
}
