//! Events and calendars as they are written and read back, and the limits of their parts.

use crate::value::{Moment, Text, Uri, Utc};
use crate::zone::Rules;

/// The most characters of a title. Phones cut longer ones, and then the end is lost without a sign.
pub(crate) const TITLE: usize = 80;
/// The most bytes if more is needed to say when to stop and whom to ask first, which is never left out.
pub(crate) const WARNINGS: usize = 16_384;
/// The greatest integer of a calendar (RFC 5545 §3.3.8).
pub(crate) const MOST_REVISIONS: u32 = i32::MAX as u32;

/// A calendar, ready to be written.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    /// The program's version.
    pub(crate) version: Text,
    /// What readers call it.
    pub(crate) name: Text,
    /// The date and the mark of its content; may be empty. It is no part of any event, so none changes with it.
    pub(crate) edition: Text,
    /// Its colour, a name of CSS.
    pub(crate) colour: Option<&'static str>,
    /// The zone of its times, if they name one.
    pub(crate) zone: Option<(&'static str, Rules)>,
    /// The lines of its events in order.
    pub(crate) events: Vec<String>,
    /// The last revision of events that readers once had and that it does not have, by their UIDs.
    pub(crate) gone: Vec<(String, u32)>,
}

/// An event: one session on its day.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    /// What stays the same whatever changes.
    pub(crate) uid: String,
    /// Which revision of the event this is.
    pub(crate) revision: Revision,
    /// When it starts.
    pub(crate) start: Moment,
    /// When it ends; for a whole day, the day after.
    pub(crate) end: Moment,
    /// One line.
    pub(crate) title: Text,
    /// The whole session.
    pub(crate) body: Text,
    /// What it is for, a word each.
    pub(crate) categories: Vec<Text>,
    /// Where it is.
    pub(crate) location: Option<Text>,
    /// Where to read more.
    pub(crate) url: Option<Uri>,
    /// Whether others who see the calendar see only that there is something.
    pub(crate) private: bool,
    /// Minutes from the start to each reminder, most of them negative.
    pub(crate) reminders: Vec<i64>,
}

/// Which revision of an event a file holds. A reader that knows the event takes it only if this rose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Revision {
    /// 0 at first, one more at each change (RFC 5545 §3.8.7.4).
    pub(crate) sequence: u32,
    /// When the plan last changed this event (§3.8.7.2, §3.8.7.3); never the time of the build.
    pub(crate) stamp: Utc,
    /// Whether it takes place.
    pub(crate) status: Status,
}

/// Whether an event takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// It does.
    Confirmed,
    /// It was published, and does not any more.
    Cancelled,
}

/// Whether a text has the shape of a UID of ours.
pub(crate) fn is_uid(text: &str) -> bool {
    let digits = text.strip_suffix("@regimen");
    digits.is_some_and(|digits| digits.len() == 40 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
