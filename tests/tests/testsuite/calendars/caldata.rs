//! The strict reader of the crate `caldata`. It reads zones by name, from data of its own.

use std::fs;
use std::path::Path;

use caldata::IcalParser;
use caldata::component::{Component, IcalEvent};
use caldata::types::CalDateOrDateTime;

use super::bytes::unescaped;
use super::event::Event;

/// The events of a file.
///
/// # Errors
/// Why the reader refuses it.
pub(super) fn events(path: &Path) -> Result<Vec<Event>, String> {
    read(&fs::read(path).unwrap())
}

/// The events of a calendar.
///
/// # Errors
/// Why the reader refuses it.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Event>, String> {
    let calendar = IcalParser::from_slice(bytes).expect_one().map_err(|error| error.to_string())?;
    calendar.events.iter().map(event).collect()
}

fn event(event: &IcalEvent) -> Result<Event, String> {
    // It gives texts as they are written.
    let text = |name: &str| {
        let property = event.get_properties().iter().find(|property| property.name == name);
        property.map(|property| unescaped(&property.value)).unwrap_or_default()
    };
    Ok(Event {
        uid: event.get_uid().to_owned(),
        start: moment(&event.dtstart.0),
        end: moment(&event.dtend.as_ref().ok_or("an event has no end")?.0),
        summary: text("SUMMARY"),
        description: text("DESCRIPTION"),
    })
}

fn moment(moment: &CalDateOrDateTime) -> String {
    match moment {
        CalDateOrDateTime::Date(date) => date.naive_date().to_string(),
        CalDateOrDateTime::DateTime(time) if time.timezone().is_local() => {
            time.utc().format("%Y-%m-%dT%H:%M:%S").to_string()
        }
        CalDateOrDateTime::DateTime(time) => time.utc().format("%Y-%m-%dT%H:%M:%SZ").to_string(),
    }
}
