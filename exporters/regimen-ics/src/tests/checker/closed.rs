//! What must not be there: components, properties and parameters of which calendar.md says nothing, and values of
//! another shape. METHOD, RRULE of an event, EXDATE, ATTACH, ORGANIZER, ATTENDEE and GEO are among them.

use super::Component;

/// The most bytes and the most events that Google takes.
const MOST_BYTES: usize = 900_000;
const MOST_EVENTS: usize = 1000;

/// Which components may stand in which, and how many.
const INSIDE: &[(&str, &str, usize)] = &[
    ("VCALENDAR", "VTIMEZONE", 1),
    ("VCALENDAR", "VEVENT", MOST_EVENTS),
    ("VTIMEZONE", "STANDARD", 1),
    ("VTIMEZONE", "DAYLIGHT", 1),
    ("VEVENT", "VALARM", 5),
];

/// The properties of the components that `check` does not list.
const PROPERTIES: &[(&str, &[&str])] = &[
    ("VTIMEZONE", &["TZID"]),
    ("STANDARD", &["DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE"]),
    ("DAYLIGHT", &["DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE"]),
    ("VALARM", &["ACTION", "TRIGGER", "DESCRIPTION"]),
];

/// Asserts that a calendar is not too large for any reader.
pub(super) fn check_size(bytes: &[u8]) {
    assert!(bytes.len() <= MOST_BYTES, "{} bytes", bytes.len());
}

/// Asserts that nothing else is in a component or in the components in it.
pub(super) fn check(component: &Component) {
    for (outer, inner, most) in INSIDE.iter().filter(|rule| rule.0 == component.name) {
        assert!(component.all(inner).count() <= *most, "too many {inner} in {outer}");
    }
    for inner in &component.inner {
        let known = INSIDE.iter().any(|rule| (rule.0, rule.1) == (component.name.as_str(), inner.name.as_str()));
        assert!(known, "{} in {}", inner.name, component.name);
        check(inner);
    }
    let listed = PROPERTIES.iter().find(|rule| rule.0 == component.name);
    for property in &component.properties {
        assert!(listed.is_none_or(|rule| rule.1.contains(&property.name.as_str())), "{property:?}");
        // Only what a calendar remembers is a list of lines.
        assert!(property.name == "X-REGIMEN-GONE" || component.get(&property.name).is_some(), "each stands once");
        let allowed = match property.name.as_str() {
            "DTSTART" | "DTEND" => {
                property.params.is_empty() || property.params == "VALUE=DATE" || property.params.starts_with("TZID=")
            }
            "REFRESH-INTERVAL" => property.params == "VALUE=DURATION",
            _ => property.params.is_empty(),
        };
        assert!(allowed, "parameters of {property:?}");
        assert!(has_its_shape(&property.name, &property.value), "{property:?}");
    }
}

fn has_its_shape(name: &str, value: &str) -> bool {
    match name {
        "URL" => value.starts_with("https://") || value.starts_with("http://"),
        "CLASS" => value == "PRIVATE",
        "X-REGIMEN-GONE" => {
            value.split_once(' ').is_some_and(|(uid, number)| uid.ends_with("@regimen") && is_number(number))
        }
        "COLOR" => value.bytes().all(|byte| byte.is_ascii_lowercase()),
        "X-REGIMEN-HASH" => value.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "TRIGGER" => value
            .trim_start_matches('-')
            .strip_prefix("PT")
            .and_then(|rest| rest.strip_suffix('M'))
            .is_some_and(is_number),
        "SEQUENCE" => is_number(value),
        "RRULE" => is_yearly(value),
        "TZNAME" | "TZID" | "X-WR-TIMEZONE" => {
            value.bytes().all(|byte| byte.is_ascii_graphic() && !b",;\\".contains(&byte))
        }
        _ => true,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU`, and nothing else: Outlook reads no other rule of a zone.
fn is_yearly(rule: &str) -> bool {
    let parts = rule.strip_prefix("FREQ=YEARLY;BYMONTH=").and_then(|rest| rest.split_once(";BYDAY="));
    parts.is_some_and(|(month, day)| {
        let (nth, weekday) = day.split_at(day.len().saturating_sub(2));
        let months: Vec<String> = (1..=12).map(|month| month.to_string()).collect();
        months.iter().any(|known| known == month)
            && ["-1", "1", "2", "3", "4"].contains(&nth)
            && ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].contains(&weekday)
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use serde_json::json;

    use crate::tests::fixture::Fixture;

    /// What is put after the first of these lines, and must be refused.
    const WRONG: &[(&str, &str)] = &[
        ("VERSION:2.0", "METHOD:PUBLISH"),
        ("VERSION:2.0", "VERSION:2.0"),
        ("COLOR:teal", "COLOR:#008080"),
        ("X-PUBLISHED-TTL:PT12H", "BEGIN:VTODO\r\nUID:a\r\nEND:VTODO"),
        ("TZNAME:CET", "RDATE:19700101T000000"),
        ("TZNAME:CET", "TZURL:https://example.org"),
        ("TZID:Europe/Berlin", "LAST-MODIFIED:20270101T000000Z"),
        ("STATUS:CONFIRMED", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
        ("STATUS:CONFIRMED", "EXDATE:20270104T170000Z"),
        ("STATUS:CONFIRMED", "RECURRENCE-ID:20270104T170000Z"),
        ("STATUS:CONFIRMED", "ATTACH:https://example.org/a"),
        ("STATUS:CONFIRMED", "ORGANIZER:mailto:a@example.org"),
        ("STATUS:CONFIRMED", "ATTENDEE:mailto:a@example.org"),
        ("STATUS:CONFIRMED", "GEO:1;2"),
        ("STATUS:CONFIRMED", "X-ALT-DESC:a"),
        ("STATUS:CONFIRMED", "CLASS:PUBLIC"),
        ("STATUS:CONFIRMED", "URL:ftp://example.org"),
        ("STATUS:CONFIRMED", "LOCATION;LANGUAGE=en:a"),
        ("ACTION:DISPLAY", "REPEAT:2"),
        ("ACTION:DISPLAY", "TRIGGER:-PT5M"),
        ("TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"),
    ];

    #[test]
    fn what_is_too_much_is_refused() {
        let days = [date(2027, 1, 4), date(2027, 1, 7)];
        let options = json!({"reminder": "30 min", "colour": "teal"});
        let fixture = Fixture::new(&days, Some((time(18, 0, 0, 0), "Europe/Berlin"))).with(options);
        fixture.checked();
        let good = String::from_utf8(fixture.export().files.remove(0).1).expect("UTF-8");
        for (after, wrong) in WRONG {
            let bad = good.replacen(&format!("{after}\r\n"), &format!("{after}\r\n{wrong}\r\n"), 1);
            assert_ne!(bad, good, "{after}");
            let refused = std::panic::catch_unwind(|| super::super::check(bad.as_bytes()));
            assert!(refused.is_err(), "{wrong} is not noticed");
        }
    }
}
