//! A reader that accepts nothing but what calendar.md asks for.

mod closed;

use std::collections::BTreeSet;

/// A component: its name, its properties in order, and the components in it.
#[derive(Debug, Default)]
pub(super) struct Component {
    pub(super) name: String,
    pub(super) properties: Vec<Property>,
    pub(super) inner: Vec<Component>,
}

/// A property after unfolding: its name, its parameters as written, its value as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Property {
    pub(super) name: String,
    pub(super) params: String,
    pub(super) value: String,
}

impl Component {
    pub(super) fn get(&self, name: &str) -> Option<&Property> {
        let mut found = self.properties.iter().filter(|property| property.name == name);
        let first = found.next();
        assert!(found.next().is_none(), "{name} stands twice");
        first
    }

    pub(super) fn value(&self, name: &str) -> &str {
        let found = self.get(name).map(|property| property.value.as_str());
        found.unwrap_or_else(|| panic!("{} has no {name}", self.name))
    }

    pub(super) fn text(&self, name: &str) -> String {
        unescaped(self.value(name))
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.inner.iter().filter(move |component| component.name == name)
    }
}

/// Reads a calendar and asserts every rule for bytes, lines, names and values.
pub(super) fn check(bytes: &[u8]) -> Component {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    assert!(!text.contains('\u{feff}'), "a byte-order mark");
    assert!(text.ends_with("\r\n"), "the last line ends too");
    closed::check_size(bytes);
    let calendar = parse(&unfolded(text));
    check_calendar(&calendar);
    closed::check(&calendar);
    calendar
}

/// Undoes folds, and asserts the rules for lines.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.strip_suffix("\r\n").expect("a last line").split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.is_empty(), "an empty line");
        assert!(!line.chars().any(char::is_control), "a control character: {line:?}");
        match (line.strip_prefix(' '), lines.last_mut()) {
            (Some(rest), Some(before)) => {
                assert!(!rest.is_empty(), "an empty fold");
                assert!(!before.ends_with(char::is_whitespace), "a blank before a fold: {before:?}");
                let backslashes = before.chars().rev().take_while(|c| *c == '\\').count();
                assert_eq!(backslashes % 2, 0, "a fold in an escape: {before:?}");
                // A blank after a fold is allowed only where letters and blanks take turns all along.
                if rest.starts_with(char::is_whitespace) {
                    let tail: Vec<char> = before.chars().rev().take(20).collect();
                    assert!(tail.windows(2).all(|pair| pair.iter().any(|c| c.is_whitespace())), "{before:?}{rest:?}");
                }
                before.push_str(rest);
            }
            (Some(_), None) => panic!("the first line is folded"),
            (None, _) => {
                // Not every reader joins lines before it looks for the colon.
                assert!(line.contains(':'), "a fold before the value: {line:?}");
                lines.push(line.to_owned());
            }
        }
    }
    lines
}

fn parse(lines: &[String]) -> Component {
    let mut open = vec![Component::default()];
    for line in lines {
        let end = line.find([':', ';']).unwrap_or_else(|| panic!("no colon: {line}"));
        let (name, rest) = line.split_at(end);
        assert!(name.chars().all(|c| c.is_ascii_uppercase() || c == '-'), "a name: {line}");
        // No parameter of ours is quoted, so the first colon starts the value.
        let (params, value) = rest.split_once(':').unwrap_or_else(|| panic!("no colon: {line}"));
        match name {
            "BEGIN" => open.push(Component { name: value.to_owned(), ..Component::default() }),
            "END" => {
                let done = open.pop().expect("something is open");
                assert_eq!(done.name, value, "ends of components cross");
                open.last_mut().expect("the file is open").inner.push(done);
            }
            _ => open.last_mut().expect("the file is open").properties.push(Property {
                name: name.to_owned(),
                params: params.trim_start_matches(';').to_owned(),
                value: value.to_owned(),
            }),
        }
    }
    let mut file = open.pop().expect("the file is open");
    assert!(open.is_empty() && file.properties.is_empty(), "something stands outside");
    assert_eq!(file.inner.len(), 1, "one calendar");
    file.inner.remove(0)
}

fn check_calendar(calendar: &Component) {
    assert_eq!(calendar.name, "VCALENDAR");
    let fixed =
        [("VERSION", "2.0"), ("CALSCALE", "GREGORIAN"), ("REFRESH-INTERVAL", "PT12H"), ("X-PUBLISHED-TTL", "PT12H")];
    for (name, value) in fixed {
        assert_eq!(calendar.value(name), value);
    }
    assert_eq!(calendar.get("REFRESH-INTERVAL").map(|p| p.params.as_str()), Some("VALUE=DURATION"));
    assert!(calendar.value("PRODID").starts_with("-//Regimen//Regimen ") && calendar.value("PRODID").ends_with("//EN"));
    let names: Vec<_> = calendar.properties.iter().map(|property| property.name.as_str()).collect();
    let known = [
        "VERSION",
        "PRODID",
        "CALSCALE",
        "NAME",
        "X-WR-CALNAME",
        "X-WR-CALDESC",
        "X-WR-TIMEZONE",
        "REFRESH-INTERVAL",
        "X-PUBLISHED-TTL",
        "COLOR",
        "X-REGIMEN-GONE",
    ];
    assert!(names.iter().all(|name| known.contains(name)), "{names:?}");
    check_name(calendar);
    check_events(calendar);
    calendar.all("VTIMEZONE").for_each(check_zone);
}

fn check_name(calendar: &Component) {
    let single = calendar.all("VEVENT").count() == 1;
    let name = calendar.get("NAME").map(|property| &property.value);
    assert_eq!(name, calendar.get("X-WR-CALNAME").map(|property| &property.value));
    assert!(!single || name.is_none(), "a single event needs no calendar");
    assert!(name.is_none_or(|name| !name.contains([',', ';', '\\'])), "{name:?}");
}

/// What events owe to each other and to the calendar.
fn check_events(calendar: &Component) {
    let events: Vec<_> = calendar.all("VEVENT").collect();
    let zones: Vec<_> = calendar.all("VTIMEZONE").map(|zone| zone.value("TZID")).collect();
    assert_eq!(zones.first().copied(), calendar.get("X-WR-TIMEZONE").map(|p| p.value.as_str()));
    assert!(zones.len() <= 1);
    let uids: BTreeSet<_> = events.iter().map(|event| event.value("UID")).collect();
    assert_eq!(uids.len(), events.len(), "one event for each UID");
    let mut used = false;
    for event in &events {
        check_event(event);
        for name in ["DTSTART", "DTEND"] {
            if let Some(zone) = event.get(name).and_then(|p| p.params.strip_prefix("TZID=")) {
                assert_eq!(zones.first(), Some(&zone), "times name the zone that is described");
                used = true;
            }
        }
    }
    assert_eq!(used, !zones.is_empty(), "a zone is described only for times that name it");
}

fn check_event(event: &Component) {
    let known = [
        "UID",
        "DTSTAMP",
        "LAST-MODIFIED",
        "SEQUENCE",
        "STATUS",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "DESCRIPTION",
        "CATEGORIES",
        "LOCATION",
        "URL",
        "TRANSP",
        "X-MICROSOFT-CDO-BUSYSTATUS",
        "CLASS",
        "X-REGIMEN-HASH",
    ];
    for property in &event.properties {
        assert!(known.contains(&property.name.as_str()), "{property:?}");
        assert!(!property.value.is_empty(), "{property:?}");
        assert!(event.get(&property.name).is_some());
    }
    let (id, host) = event.value("UID").split_once('@').expect("an @");
    assert!(id.len() == 40 && id.bytes().all(|b| b.is_ascii_hexdigit()) && host == "regimen");
    assert_eq!(event.value("DTSTAMP"), event.value("LAST-MODIFIED"));
    assert!(is_time(event.value("DTSTAMP").strip_suffix('Z').expect("UTC")));
    assert!(event.value("SEQUENCE").parse::<i32>().is_ok_and(|sequence| sequence >= 0));
    assert!(["CONFIRMED", "CANCELLED"].contains(&event.value("STATUS")));
    assert_eq!(event.value("X-REGIMEN-HASH").len(), 32);
    check_texts(event);
    check_times(event);
    for alarm in &event.inner {
        assert_eq!((alarm.name.as_str(), alarm.value("ACTION")), ("VALARM", "DISPLAY"));
        assert!(
            alarm.value("TRIGGER").trim_start_matches('-').starts_with("PT") && !alarm.value("DESCRIPTION").is_empty()
        );
    }
}

fn check_times(event: &Component) {
    let (start, end) = (event.get("DTSTART").expect("a start"), event.get("DTEND").expect("an end"));
    assert_eq!(start.params, end.params);
    assert!(start.value < end.value, "{} ends at {}", start.value, end.value);
    let free = start.params == "VALUE=DATE";
    let busy = event.get("X-MICROSOFT-CDO-BUSYSTATUS").map(|status| status.value.as_str());
    assert_eq!(busy, free.then_some("FREE"), "Outlook blocks the days that it imports");
    let cancelled = event.value("STATUS") == "CANCELLED";
    assert_eq!(event.value("TRANSP"), if free || cancelled { "TRANSPARENT" } else { "OPAQUE" });
    for time in [&start.value, &end.value] {
        let utc = time.strip_suffix('Z');
        assert!(if free { is_date(time) } else { is_time(utc.unwrap_or(time)) }, "{time}");
        assert!(utc.is_none() || start.params.is_empty());
    }
}

fn check_texts(event: &Component) {
    for name in ["SUMMARY", "DESCRIPTION", "CATEGORIES", "LOCATION"] {
        let Some(property) = event.get(name) else {
            continue;
        };
        let mut chars = property.value.chars();
        while let Some(c) = chars.next() {
            // Categories are a list (RFC 5545 §3.8.1.2).
            let separates = name == "CATEGORIES" && c == ',';
            assert!(separates || (c != ',' && c != ';'), "an unescaped {c} in {property:?}");
            assert!(c != '\\' || chars.next().is_some_and(|c| ",;\\n".contains(c)), "{property:?}");
        }
        let text = unescaped(&property.value);
        assert_eq!(text, text.trim(), "{name} starts or ends with a blank");
        assert!(text.len() <= if name == "DESCRIPTION" { 4096 } else { 320 });
    }
    let title = event.text("SUMMARY");
    assert!(title.chars().count() <= 80 && !title.contains('\n'), "{title}");
}

fn check_zone(zone: &Component) {
    assert_eq!(zone.properties.len(), 1);
    let kinds: Vec<_> = zone.inner.iter().map(|inner| inner.name.as_str()).collect();
    assert!(kinds == ["STANDARD"] || kinds == ["STANDARD", "DAYLIGHT"], "{kinds:?}");
    for inner in &zone.inner {
        assert!(is_time(inner.value("DTSTART")) && !inner.value("TZNAME").is_empty());
        for name in ["TZOFFSETFROM", "TZOFFSETTO"] {
            let offset = inner.value(name);
            assert!(offset.starts_with(['+', '-']) && offset.len() == 5 && offset != "-0000", "{offset}");
        }
        assert_eq!(inner.get("RRULE").is_some(), kinds.len() == 2);
    }
}

fn is_date(text: &str) -> bool {
    text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_time(text: &str) -> bool {
    text.split_once('T')
        .is_some_and(|(date, time)| is_date(date) && time.len() == 6 && time.bytes().all(|b| b.is_ascii_digit()))
}

/// Undoes the escapes of a text (RFC 5545 §3.3.11).
pub(super) fn unescaped(value: &str) -> String {
    let mut text = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match (c == '\\').then(|| chars.next()).flatten() {
            Some('n' | 'N') => text.push('\n'),
            Some(escaped) => text.push(escaped),
            None => text.push(c),
        }
    }
    text
}
