//! An event, planned or read, and what makes two of them differ.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The most characters of a title, and the most bytes of a description.
const TITLE: usize = 80;
const BODY: usize = 4096;

/// An event as the judges of `tests/judges` print it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Event {
    pub(crate) uid: String,
    /// `2027-01-04T17:00:00Z`, without `Z` by the reader's own clock, or only the date.
    pub(crate) start: String,
    pub(crate) end: String,
    pub(crate) summary: String,
    pub(crate) description: String,
}

/// Everything in which the events that were read are not the planned ones.
pub(crate) fn differences(planned: &[Event], read: &[Event]) -> Vec<String> {
    let mut found = Vec::new();
    if planned.len() != read.len() {
        found.push(format!("{} events are planned and {} were read", planned.len(), read.len()));
    }
    let by_uid: BTreeMap<&str, &Event> = read.iter().map(|event| (event.uid.as_str(), event)).collect();
    for wanted in planned {
        match by_uid.get(wanted.uid.as_str()) {
            Some(event) => found.extend(difference(wanted, event)),
            None => found.push(format!("{} was not read", wanted.uid)),
        }
    }
    found
}

/// The first field that is not as planned.
fn difference(planned: &Event, read: &Event) -> Option<String> {
    let (title, body) = (one_line(&planned.summary), kept(&planned.description));
    let long_title = title.chars().count() > TITLE && is_cut(&read.summary, &title, TITLE);
    let long_body = body.len() > BODY && is_cut(&read.description, &body, BODY);
    let fields = [
        ("start", &planned.start, &read.start, false),
        ("end", &planned.end, &read.end, false),
        ("title", &title, &read.summary, long_title),
        ("text", &body, &read.description, long_body),
    ];
    let wrong = fields.into_iter().find(|(_, planned, read, cut)| planned != read && !cut);
    wrong.map(|(field, planned, read, _)| format!("{field} planned {planned:?}\n{field}    read {read:?}"))
}

/// What a calendar keeps of a text: line breaks of every kind are one, tabs are blanks, other control characters and
/// byte-order marks are gone, and so are blanks at both ends.
pub(crate) fn kept(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let seen = lines.replace('\t', " ").replace(|c: char| c != '\n' && c.is_control() || c == '\u{feff}', "");
    seen.trim().to_owned()
}

/// What a title keeps of a text: one line without runs of blanks.
pub(crate) fn one_line(text: &str) -> String {
    kept(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text is the beginning of a longer one with an ellipsis. Where it is cut is the exporter's business.
fn is_cut(short: &str, long: &str, most: usize) -> bool {
    let fits = short.chars().count() <= most && short.len() > most / 4;
    fits && short.strip_suffix('…').is_some_and(|start| long.starts_with(start.trim_end()))
}

#[test]
fn events_that_differ_in_anything_are_different() {
    let event = |title: &str| Event {
        uid: "u".to_owned(),
        start: "2027-01-04".to_owned(),
        end: "2027-01-05".to_owned(),
        summary: title.to_owned(),
        description: "one\ntwo".to_owned(),
    };
    let long = "word ".repeat(40);
    assert!(differences(&[event("a\r\nb")], &[event("a b")]).is_empty());
    assert!(differences(&[event(&long)], &[event(&format!("{}…", long[..74].trim_end()))]).is_empty());
    let planned = [event("a b")];
    let others = [
        vec![],
        vec![event("a b"), event("a b")],
        vec![event("a c")],
        vec![event("a…")],
        vec![Event { start: "2027-01-03".to_owned(), ..event("a b") }],
        vec![Event { end: "2027-01-06".to_owned(), ..event("a b") }],
        vec![Event { uid: "v".to_owned(), ..event("a b") }],
        vec![Event { description: "one two".to_owned(), ..event("a b") }],
    ];
    for other in others {
        assert!(!differences(&planned, &other).is_empty(), "{other:?}");
    }
}
