//! From a calendar of ours to bytes and back: the properties of RFC 5545 and 7986, and the only module that knows
//! the `ical` crate.
//!
//! The crate holds the properties, and reads what we published before. It does not write them: its
//! generator escapes nothing, folds at characters and lets control characters through.

mod read;

use ical::parser::ical::component::{
    IcalAlarm, IcalEvent, IcalTimeZone, IcalTimeZoneTransition, IcalTimeZoneTransitionType,
};
use ical::property::Property;
use sha2::{Digest, Sha256};

use crate::event::{Calendar, Event, Revision, Status, hex};
use crate::value::{Moment, Text, written_local, written_offset};
use crate::write::Lines;
use crate::zone::{Observance, Rules};
pub(crate) use read::{PreviousCalendar, Published, Unreadable, read};

/// How often a subscribed calendar is fetched again. Nextcloud waits a week unless told.
const REFRESH: &str = "PT12H";

/// What PRODID of all our calendars begins with.
const PRODUCER: &str = "-//Regimen//Regimen ";

/// The property by which an event of ours is known, and one content from another.
const HASH: &str = "X-REGIMEN-HASH";

/// The property by which a calendar remembers the last revision of an event that it does not have any more, so that the
/// event goes on from there if it comes back: a UID and a number.
const GONE: &str = "X-REGIMEN-GONE";

/// The properties that say which revision of an event this is, rather than what the event is.
const REVISION: [&str; 5] = ["UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "STATUS"];

impl Calendar {
    /// The finished file.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut lines = Lines::with_room(self.events.iter().map(String::len).sum::<usize>() + 1024);
        lines.begin("VCALENDAR");
        put(&mut lines, &self.properties());
        if let Some((name, rules)) = &self.zone {
            put_zone(&mut lines, &time_zone(name, rules));
        }
        self.events.iter().for_each(|event| lines.finished(event));
        lines.end("VCALENDAR");
        lines.into_string().into_bytes()
    }

    /// What the calendar is (RFC 5545 §3.6, §3.7; RFC 7986 §5).
    fn properties(&self) -> Vec<Property> {
        // Every field by name, so that a new one is not forgotten here.
        let Self { version, name, edition, colour, zone, events, gone } = self;
        let mut properties = vec![
            property("VERSION", "2.0"),
            property("PRODID", format!("{PRODUCER}{}//EN", version.escaped())),
            property("CALSCALE", "GREGORIAN"),
        ];
        // Readers make a calendar of that name, which a single event does not need.
        if events.len() > 1 && !name.as_str().is_empty() {
            properties.push(property("NAME", name.escaped()));
            properties.push(property("X-WR-CALNAME", name.escaped()));
        }
        properties.extend(text("X-WR-CALDESC", edition));
        properties.extend(zone.iter().map(|(name, _)| property("X-WR-TIMEZONE", *name)));
        properties.push(with("REFRESH-INTERVAL", "VALUE", "DURATION", REFRESH));
        properties.push(property("X-PUBLISHED-TTL", REFRESH));
        properties.extend(colour.map(|colour| property("COLOR", colour)));
        properties.extend(gone.iter().map(|(uid, sequence)| property(GONE, format!("{uid} {sequence}"))));
        properties
    }
}

impl Event {
    /// Its lines in the file.
    pub(crate) fn written(&self) -> String {
        let mut lines = Lines::with_room(2 * self.body.as_str().len() + 1024);
        put_event(&mut lines, &self.component());
        lines.into_string()
    }

    fn component(&self) -> IcalEvent {
        let mut content = self.content();
        let alarms: Vec<_> = self.reminders.iter().map(|minutes| self.alarm(*minutes)).collect();
        let hash = hash(content.iter().chain(alarms.iter().flat_map(|alarm| &alarm.properties)));
        let Revision { sequence, stamp, status } = self.revision;
        let stamp = stamp.written();
        let mut properties = vec![
            property("UID", &self.uid),
            property("DTSTAMP", &stamp),
            property("LAST-MODIFIED", stamp),
            property("SEQUENCE", sequence.to_string()),
            property("STATUS", status.word()),
        ];
        properties.append(&mut content);
        properties.push(property(HASH, hash));
        IcalEvent { properties, alarms }
    }

    /// What the event is (RFC 5545 §3.8), apart from which revision it is.
    fn content(&self) -> Vec<Property> {
        // Every field by name, so that a new one is not forgotten here; `component` writes those that are not taken.
        let Self { uid: _, revision, start, end, title, body, categories, location, url, private, reminders: _ } = self;
        let mut properties = vec![moment("DTSTART", *start), moment("DTEND", *end)];
        properties.extend(text("SUMMARY", title));
        properties.extend(text("DESCRIPTION", body));
        let categories: Vec<_> = categories.iter().map(Text::escaped).collect();
        if !categories.is_empty() {
            properties.push(property("CATEGORIES", categories.join(",")));
        }
        properties.extend(location.as_ref().and_then(|place| text("LOCATION", place)));
        properties.extend(url.as_ref().map(|url| property("URL", url.as_str())));
        // A day of training leaves the day free; an hour of it does not leave the hour free (§3.8.2.7), if it happens.
        let free = matches!(start, Moment::Day(_)) || revision.status == Status::Cancelled;
        properties.push(property("TRANSP", if free { "TRANSPARENT" } else { "OPAQUE" }));
        if matches!(start, Moment::Day(_)) {
            // Outlook does not read TRANSP of what it imports, and would block the day.
            properties.push(property("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"));
        }
        if *private {
            properties.push(property("CLASS", "PRIVATE"));
        }
        properties
    }

    /// A reminder so many minutes after the start, or before it if there are fewer than none (RFC 5545 §3.6.6).
    fn alarm(&self, minutes: i64) -> IcalAlarm {
        let sign = if minutes > 0 { "" } else { "-" };
        let trigger = format!("{sign}PT{}M", minutes.unsigned_abs());
        let mut properties = vec![property("ACTION", "DISPLAY"), property("TRIGGER", trigger)];
        // It has to have one (RFC 5545 §3.6.6), whatever became of the title.
        let said = [&self.title, &self.body].into_iter().find(|text| !text.as_str().is_empty());
        properties.push(property("DESCRIPTION", said.map_or("…", Text::escaped)));
        IcalAlarm { properties }
    }
}

impl Status {
    /// RFC 5545 §3.8.1.11
    fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "CONFIRMED",
            Self::Cancelled => "CANCELLED",
        }
    }
}

/// RFC 5545 §3.6.5
fn time_zone(name: &str, rules: &Rules) -> IcalTimeZone {
    use IcalTimeZoneTransitionType::{DAYLIGHT, STANDARD};
    let daylight = rules.daylight.as_ref().map(|daylight| transition(DAYLIGHT, daylight));
    IcalTimeZone {
        properties: vec![property("TZID", name)],
        transitions: [transition(STANDARD, &rules.standard)].into_iter().chain(daylight).collect(),
    }
}

fn transition(kind: IcalTimeZoneTransitionType, observance: &Observance) -> IcalTimeZoneTransition {
    let mut transition = IcalTimeZoneTransition::new(kind);
    let properties = &mut transition.properties;
    properties.extend(observance.first_onset().map(|onset| property("DTSTART", written_local(onset))));
    properties.push(property("TZOFFSETFROM", written_offset(observance.from)));
    properties.push(property("TZOFFSETTO", written_offset(observance.to)));
    properties.push(property("TZNAME", &observance.name));
    properties.extend(observance.yearly.map(|yearly| property("RRULE", yearly.written())));
    transition
}

fn property(name: &str, value: impl Into<String>) -> Property {
    Property { name: name.to_owned(), params: None, value: Some(value.into()) }
}

fn with(name: &str, param: &str, setting: &str, value: impl Into<String>) -> Property {
    Property { params: Some(vec![(param.to_owned(), vec![setting.to_owned()])]), ..property(name, value) }
}

/// A text, if there is one: some readers take an empty value for a broken line.
fn text(name: &str, text: &Text) -> Option<Property> {
    (!text.as_str().is_empty()).then(|| property(name, text.escaped()))
}

fn moment(name: &str, moment: Moment) -> Property {
    match moment {
        Moment::Day(_) => with(name, "VALUE", "DATE", moment.written()),
        Moment::Zoned(_, zone) => with(name, "TZID", zone, moment.written()),
        Moment::Floating(_) | Moment::Utc(_) => property(name, moment.written()),
    }
}

/// What tells one content from another, so that a reader of the file can see which events changed.
fn hash<'a>(properties: impl Iterator<Item = &'a Property>) -> String {
    let mut hasher = Sha256::new();
    // No part has a control character, so no two lists of parts run together.
    let mut add = |part: &str, end: &[u8]| {
        hasher.update(part);
        hasher.update(end);
    };
    for property in properties.filter(|property| !REVISION.contains(&property.name.as_str())) {
        add(&property.name, &[1]);
        for (name, values) in property.params.iter().flatten() {
            add(name, &[2]);
            values.iter().for_each(|value| add(value, &[3]));
        }
        add(property.value.as_deref().unwrap_or_default(), &[4]);
    }
    hex(&hasher.finalize()[..16])
}

fn put_zone(lines: &mut Lines, zone: &IcalTimeZone) {
    lines.begin("VTIMEZONE");
    put(lines, &zone.properties);
    for transition in &zone.transitions {
        let kind = match transition.transition {
            IcalTimeZoneTransitionType::STANDARD => "STANDARD",
            IcalTimeZoneTransitionType::DAYLIGHT => "DAYLIGHT",
        };
        lines.begin(kind);
        put(lines, &transition.properties);
        lines.end(kind);
    }
    lines.end("VTIMEZONE");
}

fn put_event(lines: &mut Lines, event: &IcalEvent) {
    lines.begin("VEVENT");
    put(lines, &event.properties);
    for alarm in &event.alarms {
        lines.begin("VALARM");
        put(lines, &alarm.properties);
        lines.end("VALARM");
    }
    lines.end("VEVENT");
}

fn put(lines: &mut Lines, properties: &[Property]) {
    for Property { name, params, value } in properties {
        lines.property(name, params.as_deref().unwrap_or_default(), value.as_deref().unwrap_or_default());
    }
}
