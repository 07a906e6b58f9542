//! The keys of a person.

use regimen_model::diagnostic::FieldPath;
use regimen_model::model::{PersonKeys, PersonalFacts, Schedule};

use crate::yaml;

/// The keys below which exercises are named.
pub(super) const OF_EXERCISES: [&str; 4] = ["best", "training_max", "doses", "instead"];

/// Every key that a person may have, in the order of their types.
pub fn keys() -> Vec<String> {
    let own = yaml::keys_of::<PersonalFacts>();
    let dates = Schedule::keys().map(str::to_owned);
    yaml::keys_of::<PersonKeys>().into_iter().chain(dates).chain(own).collect()
}

/// The path of a key of a person.
pub(super) fn at(key: &str) -> FieldPath {
    FieldPath::root().key(key)
}
