//! iCalendar schedules (RFC 5545, RFC 7986) that calendar apps import right.
//!
//! A plan becomes one event for each session, in this order: `calendar` decides what the events are,
//! `zone` what a calendar says of a time zone, `model` which properties that makes, and `write` how
//! they stand in a file. What goes into a property is one of the types of `value`. `plain` writes the text beside
//! a calendar that says how to use it.

mod calendar;
mod colour;
mod event;
mod exporter;
mod findings;
mod model;
mod options;
mod plain;
#[cfg(test)]
mod tests;
mod texts;
mod value;
mod write;
mod zone;

pub use exporter::PLUGIN;
pub use zone::{known_time_zone, time_zone_data_version};
