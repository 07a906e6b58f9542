//! What was asked of a build, as a manifest tells it.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

/// By which program and with which options files were made, as far as the sources do not say it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Asked {
    /// The version of the program.
    pub program: String,
    /// The day on which every programme starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// The day by which every programme with a race is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub race: Option<Date>,
    /// The time of day at which sessions start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
    /// The time zone of every schedule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    /// How long sessions take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<String>,
    /// The seconds since 1970 that were said from outside, in place of the newest revision of the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_date_epoch: Option<i64>,
}
