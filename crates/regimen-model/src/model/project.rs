//! The project file, `regimen.yaml`: what the catalogue is called, whom it is from, and what is built.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny};

use super::brand::Brand;
use super::schedule::{Schedule, ScheduleName};
use super::settings::RuleSettings;
use super::version::Version;
use super::word_field::words;
use super::words::{Needed, StoodIn, Words};
use crate::diagnostic::{Segment, Spot};
use crate::json_schema::{CalendarDay, Options};
use crate::language::{LanguageTag, Share};
use crate::limits::Limits;
use crate::prose::{InlineText, Word};
use crate::reference::Id;

/// The facts of the project file.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// The language of the words that stand beside the facts.
    pub language: LanguageTag,
    /// When the catalogue last changed, if no entry is newer.
    #[schemars(with = "Option<CalendarDay>")]
    #[serde(default, deserialize_with = "crate::civil::read")]
    pub revised: Option<Date>,
    /// Whom it is from.
    #[serde(default)]
    pub brand: Brand,
    /// The options of each exporter, by its id; the exporter itself knows what they mean.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Options>")]
    pub exporters: BTreeMap<String, serde_json::Value>,
    /// How severe the linter's rules are, and where their limits lie.
    // The linter knows what may stand here, and reads it.
    #[serde(default, deserialize_with = "read_elsewhere")]
    #[schemars(with = "Options")]
    pub rules: RuleSettings,
    /// How much the catalogue may have of what takes time or memory, where it is more than `regimen rules --limits` prints.
    #[serde(default)]
    pub limits: Limits,
    /// Programmes with a start.
    #[serde(default)]
    pub schedules: BTreeMap<Id<ScheduleName>, Schedule>,
}

/// Passes over what somebody else reads.
fn read_elsewhere<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RuleSettings, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|IgnoredAny| RuleSettings::default())
}

impl Project {
    /// The name of the schedule that a spot of the project file is in.
    pub fn schedule_at(spot: &Spot) -> Option<&str> {
        let (Spot::Value(path) | Spot::Key(path) | Spot::Within(path, _)) = spot else { return None };
        match path.0.as_slice() {
            [Segment::Key(list), Segment::Key(name), ..] if **list == *SCHEDULES => Some(name),
            _ => None,
        }
    }
}

/// The key that holds the schedules of the project file.
const SCHEDULES: &str = "schedules";

/// The words of the project file.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectWords {
    /// What the catalogue is called.
    pub title: Word,
    /// Small print for everything that is handed out.
    #[serde(default)]
    pub disclaimer: InlineText,
    /// A short line on top of every page but the first, instead of the document's title; `{title}`, `{page}`, `{pages}`
    /// and `{date}` are filled in.
    #[serde(default)]
    pub header: Word,
    /// A short line above the contacts at the foot of every page; `{title}`, `{page}`, `{pages}` and `{date}` are
    /// filled in.
    #[serde(default)]
    pub footer: Word,
    /// The version of these words or, in a translation, of those that it follows.
    #[serde(skip)]
    pub version: Option<Version>,
    /// The words that stand in for missing ones of a translation.
    #[serde(skip)]
    pub stood_in: StoodIn,
    /// How many of the default language's words a translation has.
    #[serde(skip)]
    pub share: Share,
}

impl Words for ProjectWords {
    const REQUIRED: &'static [Needed] = &[Needed::Text("title")];

    fn name(&self) -> Option<&Word> {
        Some(&self.title)
    }

    words!(
        @ (Self { title, disclaimer, header, footer, version: _, stood_in: _, share: _ })
        Self { title, disclaimer, header, footer }
    );
}

impl ProjectWords {
    /// The names in braces that are filled in.
    pub const NAMES: [&str; 4] = ["title", "page", "pages", "date"];
}
