//! A calendar that we published before, read back: what its events were, and which revision of them.
//!
//! Nothing in it is trusted. Every value comes back through the types of `value`, so that whatever a file holds, what
//! is written again is well formed.

use std::collections::BTreeMap;

use ical::parser::ical::component::IcalEvent;
use ical::property::Property;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use super::{GONE, HASH, PRODUCER};
use crate::event::{Event, MOST_REVISIONS, Revision, Status, TITLE, WARNINGS, is_uid};
use crate::value::{Moment, Text, Uri, Utc, written_len};
use crate::zone::Zone;

/// An event as it was published.
#[derive(Debug, Clone)]
pub(crate) struct Published {
    /// What it says, but for its reminder.
    pub(crate) event: Event,
    /// Its lines.
    pub(crate) text: String,
}

/// A calendar as it was published.
#[derive(Debug, Clone, Default)]
pub(crate) struct PreviousCalendar {
    /// Its events by their UIDs.
    pub(crate) events: BTreeMap<String, Published>,
    /// The last revision of events that were in it once, by their UIDs.
    pub(crate) gone: BTreeMap<String, u32>,
}

impl PreviousCalendar {
    /// Takes in another file of the same calendar.
    ///
    /// # Errors
    /// If an event is in both.
    pub(crate) fn join(&mut self, other: Self) -> Result<(), Unreadable> {
        self.gone.extend(other.gone);
        for (uid, published) in other.events {
            if self.events.insert(uid.clone(), published).is_some() {
                return Err(damaged(format!("the event {uid} is in another file of the calendar, too")));
            }
        }
        Ok(())
    }

    /// Whether nothing was published.
    pub(crate) fn is_empty(&self) -> bool {
        self.events.is_empty() && self.gone.is_empty()
    }
}

/// Why a file is not a calendar that we can go on from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Another program wrote it, or another program changed it.
    Foreign(String),
    /// It does not read as a calendar.
    Damaged(String),
}

/// More than any calendar that we publish.
const MOST_BYTES: usize = 4_000_000;

/// Reads a calendar that [`Calendar::to_bytes`](crate::event::Calendar) wrote.
///
/// # Errors
/// If it is not one, or not a whole one.
pub(crate) fn read(bytes: &[u8]) -> Result<PreviousCalendar, Unreadable> {
    if bytes.len() > MOST_BYTES {
        return Err(damaged("it is larger than any calendar of ours"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| damaged(format!("{error}")))?;
    let mut calendars = ical::IcalParser::new(bytes);
    let calendar = calendars.next().ok_or_else(|| damaged("it is empty"))?;
    let calendar = calendar.map_err(|error| damaged(error.to_string()))?;
    let producer = value(&calendar.properties, "PRODID").unwrap_or_default();
    if !producer.starts_with(PRODUCER) {
        let shown: String = producer.chars().take(80).collect();
        return Err(Unreadable::Foreign(format!("its PRODID is `{}`", shown.escape_debug())));
    }
    if calendars.next().is_some() || !text.ends_with("END:VCALENDAR\r\n") {
        return Err(damaged("something follows its end"));
    }
    let texts: Vec<&str> = texts(text).collect();
    if texts.len() != calendar.events.len() {
        return Err(damaged("its lines do not end as they were written"));
    }
    let mut previous = PreviousCalendar { gone: gone(&calendar.properties)?, ..PreviousCalendar::default() };
    for (event, text) in calendar.events.iter().zip(texts) {
        let event = published(event)?;
        let uid = event.uid.clone();
        if previous.events.insert(uid.clone(), Published { event, text: text.to_owned() }).is_some() {
            return Err(damaged(format!("the event {uid} stands in it twice")));
        }
    }
    Ok(previous)
}

/// The lines of each event.
fn texts(calendar: &str) -> impl Iterator<Item = &str> {
    const BEGIN: &str = "\r\nBEGIN:VEVENT\r\n";
    const END: &str = "\r\nEND:VEVENT\r\n";
    let mut rest = calendar;
    std::iter::from_fn(move || {
        let begin = rest.find(BEGIN)? + "\r\n".len();
        let end = begin + rest[begin..].find(END)? + END.len();
        let text = &rest[begin..end];
        // The next event begins with the line end that closes this one.
        rest = &rest[end - "\r\n".len()..];
        Some(text)
    })
}

/// The revisions that the calendar remembers of events that it does not have any more.
fn gone(properties: &[Property]) -> Result<BTreeMap<String, u32>, Unreadable> {
    let entry = |property: &Property| {
        let (uid, sequence) = property.value.as_deref()?.split_once(' ')?;
        Some((uid.to_owned(), sequence_of(sequence)?)).filter(|(uid, _)| is_uid(uid))
    };
    let entries = properties.iter().filter(|property| property.name == GONE).map(entry);
    entries.collect::<Option<_>>().ok_or_else(|| damaged(format!("it has a {GONE} that cannot be read")))
}

/// A revision, as far as a calendar can count (RFC 5545 §3.3.8).
fn sequence_of(text: &str) -> Option<u32> {
    text.parse().ok().filter(|sequence| *sequence <= MOST_REVISIONS)
}

fn published(event: &IcalEvent) -> Result<Event, Unreadable> {
    let properties = &event.properties;
    let uid = value(properties, "UID").unwrap_or_default();
    if !is_uid(uid) || value(properties, HASH).is_none() {
        let shown: String = uid.chars().take(80).collect();
        return Err(Unreadable::Foreign(format!("Regimen did not write its event `{}`", shown.escape_debug())));
    }
    let wrong = |name: &str| damaged(format!("the event {uid} has no {name} that can be read"));
    let text = |name| Text::from_escaped(value(properties, name).unwrap_or_default());
    let event = Event {
        uid: uid.to_owned(),
        revision: revision(properties).ok_or_else(|| wrong("SEQUENCE, DTSTAMP or STATUS"))?,
        start: moment(properties, "DTSTART").ok_or_else(|| wrong("DTSTART"))?,
        end: moment(properties, "DTEND").ok_or_else(|| wrong("DTEND"))?,
        title: text("SUMMARY"),
        body: text("DESCRIPTION"),
        categories: list(value(properties, "CATEGORIES").unwrap_or_default()),
        location: Some(text("LOCATION")).filter(|place| !place.as_str().is_empty()),
        url: value(properties, "URL").and_then(|url| Uri::try_from(url.to_owned()).ok()),
        private: value(properties, "CLASS").is_some(),
        reminders: Vec::new(),
    };
    if !event.start.is_before(event.end) {
        return Err(damaged(format!("the event {uid} ends before it starts")));
    }
    if written_len(event.body.as_str()) > WARNINGS || event.title.as_str().chars().count() > TITLE {
        return Err(damaged(format!("the event {uid} has a longer text than we write")));
    }
    Ok(event)
}

/// The texts of a list (RFC 5545 §3.1.1). They hold no commas, so every comma is one between two texts.
fn list(written: &str) -> Vec<Text> {
    let texts = written.split(',').map(|text| Text::plain_line(Text::from_escaped(text).as_str()));
    texts.filter(|text| !text.as_str().is_empty()).collect()
}

fn revision(properties: &[Property]) -> Option<Revision> {
    let status = match value(properties, "STATUS")? {
        "CONFIRMED" => Status::Confirmed,
        "CANCELLED" => Status::Cancelled,
        _ => return None,
    };
    let stamp = value(properties, "DTSTAMP")?.strip_suffix('Z').and_then(local)?;
    Some(Revision {
        sequence: value(properties, "SEQUENCE").and_then(sequence_of)?,
        stamp: Utc(Offset::UTC.to_timestamp(stamp).ok()?),
        status,
    })
}

fn moment(properties: &[Property], name: &str) -> Option<Moment> {
    let property = properties.iter().find(|property| property.name == name)?;
    let written = property.value.as_deref()?;
    let params: Vec<(&str, Option<&str>)> = property
        .params
        .iter()
        .flatten()
        .map(|(key, values)| (key.as_str(), values.first().map(String::as_str)))
        .collect();
    match params.as_slice() {
        [] => match written.strip_suffix('Z') {
            Some(utc) => Some(Moment::Utc(Utc(Offset::UTC.to_timestamp(local(utc)?).ok()?))),
            None => local(written).map(Moment::Floating),
        },
        [("VALUE", Some("DATE"))] => day(written).map(Moment::Day),
        [("TZID", Some(zone))] => Some(Moment::Zoned(local(written)?, Zone::present(zone)?)),
        _ => None,
    }
}

/// `20270104`
fn day(written: &str) -> Option<Date> {
    let digits = written.len() == 8 && written.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| Date::strptime("%Y%m%d", written).ok()).flatten()
}

/// `20270104T180000`
fn local(written: &str) -> Option<DateTime> {
    let (date, time) = written.split_once('T')?;
    let digits = time.len() == 6 && time.bytes().all(|byte| byte.is_ascii_digit());
    let time = digits.then(|| jiff::civil::Time::strptime("%H%M%S", time).ok()).flatten()?;
    Some(day(date)?.to_datetime(time))
}

fn value<'a>(properties: &'a [Property], name: &str) -> Option<&'a str> {
    properties.iter().find(|property| property.name == name)?.value.as_deref()
}

fn damaged(why: impl Into<String>) -> Unreadable {
    Unreadable::Damaged(why.into())
}
