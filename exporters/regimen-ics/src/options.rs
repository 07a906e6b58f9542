//! The section `exporters: ics:` of `regimen.yaml`.

mod reminder;

use regimen_export::compose::CalendarFolder;
use regimen_export::schemars::{self, JsonSchema};
use serde::Deserialize;

pub(crate) use reminder::{Reminder, Reminders};

use crate::colour::Colour;
use crate::value::{Text, Uri};

/// What the user chose. All of it may be left out.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option that people switch")]
pub(crate) struct Settings {
    /// Whether each schedule has two calendars, because training can tell of one's health: one that says only when sessions are,
    /// and one with everything in the folder `private`.
    pub(crate) private: bool,
    /// Whether times are by the reader's own clock, wherever that is, instead of the schedule's time zone. Outlook
    /// shifts such times.
    pub(crate) floating: bool,
    /// Whether the file is subscribed to, so that apps read it again and again from where it lies. Then it leaves out
    /// sessions that are gone; in a file that is sent they stay, cancelled, until their day is past.
    pub(crate) feed: bool,
    /// When readers are reminded, at most five times: so long before each session (before midnight, for whole days), or at a
    /// time of day. There is none for rests, and none after the start of a session, of which `ics/late-reminder` warns.
    /// Google ignores reminders in subscribed calendars.
    pub(crate) reminder: Reminders,
    /// Whether rests have events.
    pub(crate) rests: bool,
    /// The colour of the calendar.
    pub(crate) colour: Option<Colour>,
    /// Where the sessions take place.
    pub(crate) location: Option<Location>,
    /// Where to read more. It stands in the description, too, because many apps hide it.
    pub(crate) url: Option<Uri>,
    /// A category of every session, before its own. Outlook and others colour by it.
    pub(crate) category: Option<Category>,
    /// Where you put the folder with the calendars on the web, so that readers are told to subscribe.
    pub(crate) address: Option<CalendarFolder>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            private: false,
            floating: false,
            feed: false,
            reminder: Reminders::default(),
            rests: true,
            colour: None,
            location: None,
            url: None,
            category: None,
            address: None,
        }
    }
}

/// A category that people choose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String", extend("errorMessage" = "write a word or a few such as `Training`"))]
pub(crate) struct Category {
    /// Without the characters at which some readers split.
    pub(crate) word: Text,
}

impl TryFrom<String> for Category {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let word = Text::plain_line(&text);
        if word.as_str().is_empty() || word.as_str().chars().count() > 80 {
            return Err("a category is a word or a few, such as `Training`".to_owned());
        }
        Ok(Self { word })
    }
}

/// A place that stands in every event.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String", extend("errorMessage" = "write a line such as `Club house, gym`"))]
pub(crate) struct Location {
    /// One line.
    pub(crate) line: Text,
}

impl TryFrom<String> for Location {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        /// More is no place, and would stand in every event.
        const MOST: usize = 200;
        let line = Text::line(&text);
        if line.as_str().is_empty() || line.as_str().chars().count() > MOST {
            return Err(format!("a place is a line of at most {MOST} characters, such as `Club house, gym`"));
        }
        Ok(Self { line })
    }
}
