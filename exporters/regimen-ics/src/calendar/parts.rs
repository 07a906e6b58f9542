//! A calendar in as many files as apps need it to be.

use super::{Calendar, MOST_BYTES, MOST_EVENTS};
use crate::value::Text;

/// Room for what stands around the events.
pub(super) const FOR_THE_CALENDAR: usize = 100_000;

impl Calendar {
    /// The bytes of each file: one, if it is not too large for that. Events keep their order and their ids, so that one that
    /// moves from a file to another stays the same to readers.
    pub(crate) fn files(self) -> Vec<Vec<u8>> {
        if self.events.len() <= MOST_EVENTS {
            let bytes = self.to_bytes();
            if bytes.len() <= MOST_BYTES {
                return vec![bytes];
            }
        }
        let mut parts: Vec<Vec<String>> = Vec::new();
        let mut size = usize::MAX;
        for event in self.events {
            let full = parts.last().is_none_or(|part| part.len() >= MOST_EVENTS);
            if full || size + event.len() > MOST_BYTES - FOR_THE_CALENDAR {
                parts.push(Vec::new());
                size = 0;
            }
            size += event.len();
            if let Some(part) = parts.last_mut() {
                part.push(event);
            }
        }
        let mut gone = Some(self.gone);
        let parts = parts.into_iter().enumerate().map(|(index, events)| {
            let name = match index {
                0 => self.name.clone(),
                // Outlook makes a calendar of each name.
                index => Text::plain_line(&format!("{} {}", self.name.as_str(), index + 1)),
            };
            let gone = gone.take().unwrap_or_default();
            let (version, edition, zone) = (self.version.clone(), self.edition.clone(), self.zone.clone());
            Calendar { version, name, edition, colour: self.colour, zone, events, gone }.to_bytes()
        });
        parts.collect()
    }
}
