//! The section `exporters: ics:` of `regimen.yaml`.

use regimen_catalog::quantity::Duration;
use regimen_export::compose::CalendarFolder;
use serde::Deserialize;

use crate::colour::Colour;
use crate::value::{Text, Uri};

/// What the user chose. All of it may be left out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Settings {
    /// Hides the sessions from those who may see the calendar: training can tell of one's health.
    pub(crate) private: bool,
    /// Times by the reader's own clock, wherever that is, instead of the schedule's time zone. Outlook
    /// shifts such times.
    pub(crate) floating: bool,
    /// The file is read again and again from where it lies, so that sessions which are gone can be left out. In a file
    /// that is sent they have to stay, cancelled.
    pub(crate) feed: bool,
    /// A reminder so long before each session; before midnight for whole days. Google ignores it in
    /// subscribed calendars.
    pub(crate) reminder: Option<Reminder>,
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

/// A length of time before a session, in whole minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Duration")]
pub(crate) struct Reminder {
    /// How many.
    pub(crate) minutes: u32,
}

impl TryFrom<Duration> for Reminder {
    type Error = String;

    fn try_from(duration: Duration) -> Result<Self, String> {
        /// The earliest reminder that Google Calendar knows: four weeks.
        const MOST: u32 = 4 * 7 * 24 * 60;
        let seconds = duration.seconds();
        let whole: Option<u32> = seconds.high().try_into().ok().filter(|_| seconds.high().is_integer());
        let minutes = whole.filter(|seconds| seconds % 60 == 0).map(|seconds| seconds / 60);
        minutes
            .filter(|minutes| seconds.is_one() && *minutes <= MOST)
            .map(|minutes| Self { minutes })
            .ok_or_else(|| format!("a reminder comes at one time before a session, in whole minutes and at most 672 h, such as `30 min`; this is `{duration}`"))
    }
}
