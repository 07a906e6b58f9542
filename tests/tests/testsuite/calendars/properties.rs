//! Which properties a calendar of ours has, how often, and what their values look like. Everything else is wrong: no
//! METHOD, RRULE, EXDATE, ATTACH, ORGANIZER, ATTENDEE or GEO, ever.

use std::collections::{BTreeMap, BTreeSet};

use super::bytes::{ContentLine, is_text};

/// How often a property stands in its component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Times {
    Once,
    AtMostOnce,
}

use Times::{AtMostOnce, Once};

/// A component, a property, how often, and a pattern of its parameters and value. In a pattern, `9` is any digit,
/// `A` an upper-case letter, `x` a hexadecimal digit, `*` any text with its escapes, `~` any value at all.
type Rule = (&'static str, &'static str, Times, &'static [&'static str]);

const RULES: &[Rule] = &[
    ("VCALENDAR", "VERSION", Once, &[":2.0"]),
    ("VCALENDAR", "PRODID", Once, &[":-//Regimen//Regimen *"]),
    ("VCALENDAR", "CALSCALE", Once, &[":GREGORIAN"]),
    ("VCALENDAR", "NAME", AtMostOnce, &[":*"]),
    ("VCALENDAR", "X-WR-CALNAME", AtMostOnce, &[":*"]),
    ("VCALENDAR", "X-WR-CALDESC", AtMostOnce, &[":*"]),
    ("VCALENDAR", "X-WR-TIMEZONE", AtMostOnce, &[":~"]),
    ("VCALENDAR", "REFRESH-INTERVAL", Once, &["VALUE=DURATION:PT12H"]),
    ("VCALENDAR", "X-PUBLISHED-TTL", Once, &[":PT12H"]),
    ("VCALENDAR", "COLOR", AtMostOnce, &[":~"]),
    ("VTIMEZONE", "TZID", Once, &[":~"]),
    ("STANDARD", "DTSTART", Once, &[":99999999T999999"]),
    ("STANDARD", "TZOFFSETFROM", Once, &[":+9999", ":-9999"]),
    ("STANDARD", "TZOFFSETTO", Once, &[":+9999", ":-9999"]),
    ("STANDARD", "TZNAME", Once, &[":*"]),
    ("STANDARD", "RRULE", AtMostOnce, RULES_OF_CLOCKS),
    ("DAYLIGHT", "DTSTART", Once, &[":99999999T999999"]),
    ("DAYLIGHT", "TZOFFSETFROM", Once, &[":+9999", ":-9999"]),
    ("DAYLIGHT", "TZOFFSETTO", Once, &[":+9999", ":-9999"]),
    ("DAYLIGHT", "TZNAME", Once, &[":*"]),
    ("DAYLIGHT", "RRULE", Once, RULES_OF_CLOCKS),
    ("VEVENT", "UID", Once, &[":xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx@regimen"]),
    ("VEVENT", "DTSTAMP", Once, &[":99999999T999999Z"]),
    ("VEVENT", "LAST-MODIFIED", Once, &[":99999999T999999Z"]),
    ("VEVENT", "SEQUENCE", Once, &[":9", ":99", ":999"]),
    ("VEVENT", "STATUS", Once, &[":CONFIRMED", ":CANCELLED"]),
    ("VEVENT", "DTSTART", Once, MOMENTS),
    ("VEVENT", "DTEND", Once, MOMENTS),
    ("VEVENT", "SUMMARY", Once, &[":*"]),
    ("VEVENT", "DESCRIPTION", AtMostOnce, &[":*"]),
    ("VEVENT", "CATEGORIES", AtMostOnce, &[":*", ":*,*", ":*,*,*"]),
    ("VEVENT", "LOCATION", AtMostOnce, &[":*"]),
    ("VEVENT", "URL", AtMostOnce, &[":http://~", ":https://~"]),
    ("VEVENT", "TRANSP", Once, &[":OPAQUE", ":TRANSPARENT"]),
    ("VEVENT", "X-MICROSOFT-CDO-BUSYSTATUS", AtMostOnce, &[":FREE"]),
    ("VEVENT", "CLASS", AtMostOnce, &[":PRIVATE"]),
    ("VEVENT", "X-REGIMEN-HASH", Once, &[":xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"]),
    ("VALARM", "ACTION", Once, &[":DISPLAY"]),
    (
        "VALARM",
        "TRIGGER",
        Once,
        &[":-PT9M", ":-PT99M", ":-PT999M", ":-PT9999M", ":-PT99999M", ":PT9M", ":PT99M", ":PT999M", ":PT9999M"],
    ),
    ("VALARM", "DESCRIPTION", Once, &[":*"]),
];

const RULES_OF_CLOCKS: &[&str] = &[
    ":FREQ=YEARLY;BYMONTH=9;BYDAY=9AA",
    ":FREQ=YEARLY;BYMONTH=99;BYDAY=9AA",
    ":FREQ=YEARLY;BYMONTH=9;BYDAY=-1AA",
    ":FREQ=YEARLY;BYMONTH=99;BYDAY=-1AA",
];

const MOMENTS: &[&str] = &["VALUE=DATE:99999999", ":99999999T999999", ":99999999T999999Z", "TZID=~:99999999T999999"];

/// Where each component may stand, and at least and at most how many in one.
const COMPONENTS: &[(&str, &str, usize, usize)] = &[
    ("VCALENDAR", "VTIMEZONE", 0, 1),
    ("VCALENDAR", "VEVENT", 1, 1000),
    ("VTIMEZONE", "STANDARD", 1, 1),
    ("VTIMEZONE", "DAYLIGHT", 0, 1),
    ("VEVENT", "VALARM", 0, 5),
];

/// Everything that is wrong with the properties of a file.
pub(super) fn problems(lines: &[ContentLine]) -> Vec<String> {
    let mut components: BTreeMap<&str, Vec<&ContentLine>> = BTreeMap::new();
    for line in lines {
        components.entry(&line.within).or_default().push(line);
    }
    let mut found: Vec<String> = components.iter().flat_map(|(path, lines)| of_component(path, lines)).collect();
    found.extend(misplaced(&components));
    found.extend(components.values().filter_map(|lines| of_event(lines)));
    found.extend(of_calendar(lines, &components));
    found
}

/// `VEVENT` of `VCALENDAR/VEVENT 3`.
fn kind(path: &str) -> &str {
    let last = path.rsplit('/').next().unwrap_or_default();
    last.split(' ').next().unwrap_or_default()
}

fn of_component(path: &str, lines: &[&ContentLine]) -> Vec<String> {
    let rules = || RULES.iter().filter(|rule| rule.0 == kind(path));
    let mut found = Vec::new();
    for (_, name, times, _) in rules() {
        let count = lines.iter().filter(|line| line.name == *name).count();
        if count > 1 || count == 0 && *times == Once {
            found.push(format!("{path} has {count} {name}"));
        }
    }
    for line in lines {
        let written = format!("{}:{}", line.params, line.value);
        if !rules().any(|rule| rule.1 == line.name && rule.3.iter().any(|pattern| matches(pattern, &written))) {
            found.push(format!("{path} must not have {}: {written}", line.name));
        }
    }
    found
}

fn matches(pattern: &str, written: &str) -> bool {
    let Some(one) = pattern.chars().next() else {
        return written.is_empty();
    };
    let rest = &pattern[one.len_utf8()..];
    match (one, written.chars().next()) {
        ('*', _) if rest.is_empty() => is_text(written),
        // A list: its texts stand between commas that are not escaped.
        ('*', _) => {
            let mut commas = written.match_indices(',').map(|(at, _)| at);
            commas.any(|at| is_text(&written[..at]) && matches(rest, &written[at..]))
        }
        ('~', Some(_)) if rest.is_empty() => true,
        ('~', Some(_)) => {
            written.find(rest.chars().next().unwrap_or_default()).is_some_and(|at| matches(rest, &written[at..]))
        }
        (_, Some(c)) => fits(one, c) && matches(rest, &written[c.len_utf8()..]),
        (_, None) => false,
    }
}

fn fits(pattern: char, c: char) -> bool {
    match pattern {
        '9' => c.is_ascii_digit(),
        'A' => c.is_ascii_uppercase(),
        'x' => c.is_ascii_digit() || ('a'..='f').contains(&c),
        exact => exact == c,
    }
}

/// Components where none belong, and too few or too many of them.
fn misplaced(components: &BTreeMap<&str, Vec<&ContentLine>>) -> Vec<String> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut found = Vec::new();
    for path in components.keys().filter(|path| **path != "VCALENDAR") {
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        *counts.entry((parent, kind(path))).or_default() += 1;
    }
    for ((parent, name), count) in &counts {
        let rule = COMPONENTS.iter().find(|rule| (rule.0, rule.1) == (kind(parent), *name));
        if rule.is_none_or(|rule| *count > rule.3) {
            found.push(format!("{count} {name} in {parent:?}"));
        }
    }
    for (parent, name, least, _) in COMPONENTS {
        let parents = components.keys().filter(|path| kind(path) == *parent);
        let lacking = parents.filter(|path| counts.get(&(**path, *name)).unwrap_or(&0) < least);
        found.extend(lacking.map(|path| format!("{path} has no {name}")));
    }
    found
}

fn of_event(lines: &[&ContentLine]) -> Option<String> {
    let get = |name: &str| lines.iter().find(|line| line.name == name);
    let (start, end, transparency) = (get("DTSTART")?, get("DTEND")?, get("TRANSP")?);
    let day = start.params == "VALUE=DATE";
    let title = super::bytes::unescaped(&get("SUMMARY")?.value);
    let good = start.params == end.params
        && start.value < end.value
        && start.value.ends_with('Z') == end.value.ends_with('Z')
        && (transparency.value == "TRANSPARENT") == day
        && title.chars().count() <= 80
        && !title.contains('\n')
        && get("DESCRIPTION").is_none_or(|text| text.value.len() < 8200);
    (!good).then(|| format!("{start:?} to {end:?}, {transparency:?}, {title:?}"))
}

/// What the events and the calendar owe to each other.
fn of_calendar(lines: &[ContentLine], components: &BTreeMap<&str, Vec<&ContentLine>>) -> Vec<String> {
    let values = |within: &str, name: &str| -> Vec<&str> {
        let found = lines.iter().filter(|line| kind(&line.within) == within && line.name == name);
        found.map(|line| line.value.as_str()).collect()
    };
    let mut found = Vec::new();
    let uids = values("VEVENT", "UID");
    if uids.iter().collect::<BTreeSet<_>>().len() != uids.len() {
        found.push("two events have one UID".to_owned());
    }
    let zones = values("VTIMEZONE", "TZID");
    let named: BTreeSet<&str> = lines.iter().filter_map(|line| line.params.strip_prefix("TZID=")).collect();
    if zones != values("VCALENDAR", "X-WR-TIMEZONE") || named != zones.iter().copied().collect() {
        found.push(format!("times name {named:?}, {zones:?} are described"));
    }
    let changing = values("DAYLIGHT", "RRULE").len();
    if values("STANDARD", "RRULE").len() != changing {
        found.push("a clock that changes needs two rules".to_owned());
    }
    let names = values("VCALENDAR", "NAME");
    let events = components.keys().filter(|path| kind(path) == "VEVENT").count();
    let escaped = names.iter().any(|name| name.contains([',', ';', '\\']));
    if names != values("VCALENDAR", "X-WR-CALNAME") || escaped || events == 1 && !names.is_empty() {
        found.push(format!("{events} events are called {names:?}"));
    }
    found
}
