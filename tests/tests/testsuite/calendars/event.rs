//! An event, planned or read, and what makes two of them differ.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The most characters of a title.
pub(super) const TITLE: usize = 80;
/// The most bytes of a description as it is written, and what a shorter one says.
const BODY: usize = 4096;
const SHORTENED: &str = "The rest is in the handout.";
const LEFT_OUT: &str = "Left out here: ";

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
    let fields = [
        ("start", &planned.start, &read.start, false),
        ("end", &planned.end, &read.end, false),
        ("title", &title, &read.summary, false),
        ("text", &body, &read.description, written(&body) > BODY && is_shortened(&read.description, &body)),
    ];
    let wrong = fields.into_iter().find(|(_, planned, read, cut)| planned != read && !cut);
    let shown = |text: &str| text.chars().take(400).collect::<String>();
    wrong.map(|(field, planned, read, _)| {
        format!("{field} planned {:?}\n{field}    read {:?}", shown(planned), shown(read))
    })
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

/// How many bytes a text takes with its escapes.
fn written(text: &str) -> usize {
    text.len() + text.matches(['\\', ',', ';', '\n']).count()
}

/// Whether a text has some of the lines of a longer one, in their order. Which are left out is the exporter's business.
fn is_shortened(short: &str, long: &str) -> bool {
    let mut lines = long.lines();
    let mut said = |line: &str| match line.strip_suffix('…') {
        Some(start) => lines.any(|other| other.starts_with(start)),
        None => line.is_empty() || line == SHORTENED || line.starts_with(LEFT_OUT) || lines.any(|other| other == line),
    };
    written(short) <= BODY && short.len() > BODY / 4 && short.lines().all(&mut said)
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
    let long = |words: &str| Event { description: words.trim_end().to_owned(), ..event("long") };
    let (lines, half) = ("two, words\n".repeat(500), "two, words\n".repeat(250));
    assert!(differences(&[event("a\r\nb")], &[event("a b")]).is_empty());
    assert!(differences(&[long(&lines)], &[long(&format!("{half}\n{SHORTENED}"))]).is_empty());
    assert!(!differences(&[long(&lines)], &[long(&format!("{half}\nother words"))]).is_empty());
    assert!(!differences(&[long(&half)], &[long(SHORTENED)]).is_empty(), "it need not be shorter");
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
