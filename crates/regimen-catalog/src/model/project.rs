//! The project file, `regimen.yaml`: what the catalogue is called, whom it is from, and what is built.

use std::collections::BTreeMap;
use std::str::FromStr;

use jiff::civil::{Date, Time};
use serde::Deserialize;

use super::program::Program;
use crate::language::LanguageTag;
use crate::prose::Line;
use crate::quantity::{BadQuantity, literal};
use crate::reference::Id;

/// The facts of the project file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// The language of the words that stand beside the facts.
    pub language: LanguageTag,
    /// When the catalogue last changed, if no entry is newer.
    pub revised: Option<Date>,
    /// Whom it is from.
    #[serde(default)]
    pub brand: Brand,
    /// The options of each exporter, by its id; the exporter itself knows what they mean.
    #[serde(default)]
    pub exporters: BTreeMap<String, serde_json::Value>,
    /// Programmes with a start.
    #[serde(default)]
    pub schedules: BTreeMap<Id<ScheduleName>, Schedule>,
}

/// Who hands the content out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brand {
    /// The clinic, club or author.
    #[serde(default)]
    pub name: String,
    /// How to reach them, a line each.
    #[serde(default)]
    pub contacts: Vec<String>,
    /// The accent colour.
    pub colour: Option<Colour>,
}

/// A colour, written `#1f6f5c`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl FromStr for Colour {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()));
        let channel = |d: &str, at: usize| u8::from_str_radix(&d[at..at + 2], 16).unwrap_or_default();
        digits
            .map(|d| Self([channel(d, 0), channel(d, 2), channel(d, 4)]))
            .ok_or_else(|| BadQuantity::new(format!("`{}` is not a colour such as `\"#1f6f5c\"`", text.escape_debug())))
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

literal!(Colour);

/// A marker for the names of schedules.
#[derive(Debug)]
pub struct ScheduleName;

/// A programme with a start.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Which programme.
    pub program: Id<Program>,
    /// The first day of its first week.
    pub start: Date,
    /// The time zone of the reader, such as `Europe/London`; needed when `at` is given.
    pub timezone: Option<String>,
    /// When the sessions start; whole-day entries unless stated.
    pub at: Option<Time>,
}

/// The words of the project file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectWords {
    /// What the catalogue is called.
    pub title: String,
    /// Small print for everything that is handed out.
    #[serde(default)]
    pub disclaimer: Line,
}
