//! The section `exporters: ics:` of `regimen.yaml`.

mod reminder;

use regimen_export::compose::CalendarFolder;
use serde::Deserialize;

pub(crate) use reminder::{Reminder, Reminders};

use crate::colour::Colour;
use crate::value::{Text, Uri};

/// What the user chose. All of it may be left out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option that people switch")]
pub(crate) struct Settings {
    /// Hides the sessions from those who may see the calendar: training can tell of one's health.
    pub(crate) private: bool,
    /// Times by the reader's own clock, wherever that is, instead of the schedule's time zone. Outlook
    /// shifts such times.
    pub(crate) floating: bool,
    /// The file is read again and again from where it lies, so that sessions which are gone can be left out. In a file
    /// that is sent they have to stay, cancelled.
    pub(crate) feed: bool,
    /// When readers are reminded of each session. Google ignores it in subscribed calendars.
    pub(crate) reminder: Reminders,
    /// Whether rests have entries.
    pub(crate) rests: bool,
    /// The colour of the calendar, a name of CSS.
    pub(crate) colour: Option<Colour>,
    /// Where the sessions take place.
    pub(crate) location: Option<Location>,
    /// Where to read more.
    pub(crate) url: Option<Uri>,
    /// The first category of every session, by which apps such as Outlook colour them.
    pub(crate) category: Option<Category>,
    /// Where the folder with the calendars is on the web, for those who subscribe.
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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
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
