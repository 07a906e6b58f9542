//! A judge that can only say yes is none: calendars that are wrong in one thing, which every reader must find
//! different or refuse.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use regimen_tests::Project;

use super::event::differences;
use super::{bytes, planned, readers};

/// What is done to the good calendar: a name, what is replaced the first time, and by what.
const DAMAGES: &[(&str, &str, &str)] = &[
    ("an hour later", "DTSTART;TZID=Europe/London:20270105T183000", "DTSTART;TZID=Europe/London:20270105T193000"),
    ("a day longer", "DTEND;TZID=Europe/London:20270105T191000", "DTEND;TZID=Europe/London:20270106T191000"),
    ("another title", "week 1 of 8", "week 1 of 9"),
    ("a break that ends a text", "Warm-up\\n", "Warm-up\r\nX-REST:"),
    ("a lost escape", "RPE 3\\n", "RPE 3\\\\n"),
    (
        "another event",
        "END:VEVENT\r\n",
        "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nDTSTAMP:20270104T000000Z\r\n\
         DTSTART:20270104T000000Z\r\nDTEND:20270104T010000Z\r\nSUMMARY:evil\r\nEND:VEVENT\r\n",
    ),
    ("a title that ends its event", "week 1 of 8", "week 1 of 8\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil"),
];

/// Damages of the zone's description. Readers with data of their own do not look at it when they know the name.
const DAMAGED_ZONES: &[(&str, &str, &str)] = &[
    ("winter an hour off", "TZOFFSETTO:+0000", "TZOFFSETTO:+0100"),
    ("summer from January on", "BYMONTH=3;BYDAY=-1SU", "BYMONTH=1;BYDAY=-1SU"),
];

/// What only the bytes show, because lenient readers put it right or overlook it.
const SLOPPY: &[(&str, &str, &str)] = &[
    ("a comma", "SUMMARY:Strength A: first steps\\,", "SUMMARY:Strength A: first steps,"),
    ("line feeds", "BEGIN:VEVENT\r\n", "BEGIN:VEVENT\n"),
    ("without a zone", "DTSTART;TZID=Europe/London:20270105T183000", "DTSTART:20270105T183000"),
    ("a mark", "BEGIN:VCALENDAR", "\u{feff}BEGIN:VCALENDAR"),
    ("an empty line", "BEGIN:VEVENT\r\n", "\r\nBEGIN:VEVENT\r\n"),
    (
        "a long line",
        "TRANSP:OPAQUE\r\n",
        "TRANSP:OPAQUE\r\nLOCATION:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n",
    ),
    ("a control character", "week 1 of 8", "week 1 of 8\u{7}"),
    ("a blank before a fold", "SUMMARY:Strength A", "SUMMARY:Strength \r\n A"),
    ("a blank after a fold", "SUMMARY:Strength A", "SUMMARY:Strength\r\n  A"),
    ("a fold in an escape", "first steps\\,", "first steps\\\r\n ,"),
    ("a fold before the colon", "SUMMARY:", "SUMM\r\n ARY:"),
    ("a method", "VERSION:2.0\r\n", "VERSION:2.0\r\nMETHOD:PUBLISH\r\n"),
    ("another version", "VERSION:2.0", "VERSION:4.0"),
    ("no version", "VERSION:2.0\r\n", ""),
    ("no scale", "CALSCALE:GREGORIAN\r\n", ""),
    ("no maker", "PRODID:", "X-PRODID:"),
    ("a week's patience", "X-PUBLISHED-TTL:PT12H", "X-PUBLISHED-TTL:P1W"),
    ("half a name", "X-WR-CALNAME:", "X-WR-CALTEXT:"),
    ("another zone's name", "X-WR-TIMEZONE:Europe/London", "X-WR-TIMEZONE:Europe/Dublin"),
    ("a zone of no use", "TZID:Europe/London", "TZID:Europe/Dublin"),
    ("history", "TZNAME:GMT\r\n", "TZNAME:GMT\r\nRDATE:19700101T000000\r\n"),
    ("one rule of two", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n", ""),
    ("a rule for an event", "STATUS:CONFIRMED\r\n", "STATUS:CONFIRMED\r\nRRULE:FREQ=WEEKLY\r\n"),
    ("an exception", "STATUS:CONFIRMED\r\n", "STATUS:CONFIRMED\r\nEXDATE:20270105T183000Z\r\n"),
    ("a file", "STATUS:CONFIRMED\r\n", "STATUS:CONFIRMED\r\nATTACH:https://example.org/a.pdf\r\n"),
    ("an organiser", "STATUS:CONFIRMED\r\n", "STATUS:CONFIRMED\r\nORGANIZER:mailto:a@example.org\r\n"),
    ("a guest", "STATUS:CONFIRMED\r\n", "STATUS:CONFIRMED\r\nATTENDEE:mailto:a@example.org\r\n"),
    ("a place on earth", "STATUS:CONFIRMED\r\n", "STATUS:CONFIRMED\r\nGEO:51.5;0.1\r\n"),
    ("a script", "TRANSP:OPAQUE\r\n", "TRANSP:OPAQUE\r\nURL:javascript:alert(1)\r\n"),
    (
        "an alarm without a time",
        "END:VEVENT\r\n",
        "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:a\r\nEND:VALARM\r\nEND:VEVENT\r\n",
    ),
    (
        "an alarm without words",
        "END:VEVENT\r\n",
        "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT\r\n",
    ),
    ("a task", "BEGIN:VEVENT\r\n", "BEGIN:VTODO\r\nUID:a\r\nEND:VTODO\r\nBEGIN:VEVENT\r\n"),
    ("an empty event", "BEGIN:VEVENT\r\n", "BEGIN:VEVENT\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n"),
    ("no stamp", "DTSTAMP:", "CREATED:"),
    ("a stamp by the clock on the wall", "T000000Z\r\n", "T000000\r\n"),
    ("two states", "STATUS:CONFIRMED\r\n", "STATUS:CONFIRMED\r\nSTATUS:CONFIRMED\r\n"),
    ("a free hour", "TRANSP:OPAQUE", "TRANSP:TRANSPARENT"),
    ("an end before the start", "DTEND;TZID=Europe/London:20270105T191000", "DTEND;TZID=Europe/London:20270105T181000"),
    ("a date with a time", "DTEND;TZID=Europe/London:20270105T191000", "DTEND;VALUE=DATE:20270106"),
    ("somebody's name", "@regimen", "@spring-2027"),
    ("an end too many", "END:VCALENDAR", "END:VEVENT\r\nEND:VCALENDAR"),
    ("no end", "END:VCALENDAR\r\n", ""),
];

/// The shipped calendar, and what must be read in it.
fn good(project: &Project) -> (String, Vec<super::event::Event>) {
    project.run("build --only ics").exits(0);
    let planned = planned::of_project(project).into_values().next().unwrap();
    (project.text("out/ics/spring-2027.ics"), planned)
}

fn damaged(good: &str, (name, from, to): &(&str, &str, &str)) -> String {
    assert!(good.contains(from), "{name}: the good calendar has no {from:?}");
    good.replacen(from, to, 1)
}

/// The calendar without its last event.
fn shorter(good: &str) -> String {
    let last = good.rfind("BEGIN:VEVENT").unwrap();
    format!("{}END:VCALENDAR\r\n", &good[..last])
}

#[test]
fn every_reader_finds_wrong_calendars_wrong() {
    let project = Project::shipped();
    let (text, planned) = good(&project);
    let mut files: BTreeMap<PathBuf, String> = DAMAGES
        .iter()
        .chain(DAMAGED_ZONES)
        .map(|damage| (project.path(&format!("{}.ics", damage.0)), damaged(&text, damage)))
        .collect();
    files.insert(project.path("an event less.ics"), shorter(&text));
    for (path, text) in &files {
        fs::write(path, text).unwrap();
    }
    for (reader, answers) in readers::readings(&files.into_keys().collect::<Vec<_>>()) {
        for (path, answer) in answers {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let by_name = reader.ends_with("zone named") || reader == "caldata";
            let overlooked = by_name && DAMAGED_ZONES.iter().any(|damage| damage.0 == name);
            let seen = answer.map_or(true, |read| !differences(&planned, &read).is_empty());
            assert_eq!(seen, !overlooked, "{reader} is asked about {name}");
        }
    }
}

#[test]
fn the_bytes_of_sloppy_calendars_are_found_wrong() {
    let (text, _) = good(&Project::shipped());
    assert_eq!(bytes::problems(text.as_bytes()), Vec::<String>::new());
    for damage in SLOPPY {
        let problems = bytes::problems(damaged(&text, damage).as_bytes());
        assert!(!problems.is_empty(), "nobody notices {}", damage.0);
    }
    let twice = text.replacen("END:VCALENDAR\r\n", &text[text.rfind("BEGIN:VEVENT").unwrap()..], 1);
    assert!(!bytes::problems(twice.as_bytes()).is_empty(), "nobody notices an event that stands twice");
    assert!(!bytes::problems(&text.as_bytes()[..text.len() - 2]).is_empty(), "nobody notices a last line without end");
}
