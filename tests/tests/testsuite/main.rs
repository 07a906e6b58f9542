//! The program from outside, feature by feature.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests damage files of their own, and ask the environment what to do with expectations"
)]

mod agreement;
mod architecture;
mod authoring;
mod branded;
mod browse;
mod build;
mod cache;
mod calendars;
mod check;
mod cli;
mod content;
mod damage;
mod drawings;
mod editions;
mod formats;
#[cfg(target_os = "linux")]
mod guarded;
mod handouts;
mod hostile;
mod judges;
mod licences;
mod manual;
mod modules;
mod names;
mod options;
mod people;
mod plan;
mod plugins;
mod racing;
mod reported;
mod republish;
mod rules;
mod schemas;
mod trust;
mod unread;
mod values;
mod verdict;
mod verify;
mod wrong;
