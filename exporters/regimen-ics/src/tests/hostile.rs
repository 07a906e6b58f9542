//! Texts that want to break out of their line: written by us, read by the `ical` crate and by the strict
//! checker, equal again.

use jiff::civil::date;
use regimen_export::compose;

use super::checker::{check, unescaped};
use super::fixture::Fixture;
use crate::calendar::uid;
use crate::event::{Calendar, Event, Revision, Status};
use crate::value::{Moment, Text, Utc};

/// A calendar with one event for each text, which is its title, its body and its place at once.
fn calendar(texts: &[Text]) -> Calendar {
    let event = |(index, text): (usize, &Text)| Event {
        uid: uid(&["hostile", "tests", &index.to_string()]),
        revision: Revision { sequence: 0, stamp: Utc::from_epoch(0), status: Status::Confirmed },
        start: Moment::Day(date(2027, 1, 4)),
        end: Moment::Day(date(2027, 1, 5)),
        title: Text::line("Title"),
        body: text.clone(),
        categories: vec![Text::plain_line("Strength")],
        location: Some(Text::line(text.as_str()).clipped(80)).filter(|place| !place.as_str().is_empty()),
        url: None,
        private: false,
        reminders: Vec::new(),
    };
    Calendar {
        version: Text::line("0"),
        name: Text::plain_line("Hostile"),
        edition: Text::plain_line(&texts.iter().map(Text::as_str).collect::<String>()).clipped(80),
        colour: None,
        zone: None,
        gone: Vec::new(),
        events: texts.iter().enumerate().map(event).map(|event| event.written()).collect(),
    }
}

fn assert_read_equal(texts: &[Text]) {
    let bytes = calendar(texts).to_bytes();
    let strict = check(&bytes);
    let strict: Vec<_> = strict
        .all("VEVENT")
        .map(|event| event.get("DESCRIPTION").map_or(String::new(), |p| unescaped(&p.value)))
        .collect();
    let wanted: Vec<_> = texts.iter().map(Text::as_str).collect();
    assert_eq!(strict, wanted);

    let read = ical::IcalParser::new(bytes.as_slice()).next().expect("a calendar").expect("a good one");
    assert_eq!(read.events.len(), texts.len());
    for (event, wanted) in read.events.iter().zip(&wanted) {
        let body = event.properties.iter().find(|property| property.name == "DESCRIPTION");
        let body = body.and_then(|property| property.value.as_deref()).map(unescaped).unwrap_or_default();
        // The crate's reader loses colons at the start of a value, and blanks after the rare fold beside one.
        assert_eq!(body, wanted.trim_start_matches(':'));
    }
}

#[test]
fn no_text_breaks_out() {
    let long = "10 kB, of; text\\ with 🏃🏽‍♀️ and עברית ".repeat(90);
    let hostile = [
        "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil",
        "END:VCALENDAR",
        "\\",
        "\\\\",
        "\\n",
        "ends with \\",
        "\\,\\;\\:",
        ";",
        ",",
        ":colon",
        "\"quoted\"",
        "a\"b:c;d=e",
        "🏋️‍♀️🇩🇪👩‍👩‍👧‍👦",
        "שלום \u{202b}עולם\u{202c} مرحبا",
        "e\u{301}\u{302}\u{303} combining",
        "trailing blanks   \t\u{a0}\u{3000}  ",
        "   leading",
        "\u{0}\u{1}\u{8}\u{b}\u{c}\u{1b}[31m\u{7f}\u{85}\u{2028}\u{feff}",
        "tab\tseparated\r\rlines\n\n\nhere",
        "",
        &long[..long.floor_char_boundary(4000)],
    ];
    assert_read_equal(&hostile.map(Text::new));
}

#[test]
fn ten_kilobytes_in_one_line_are_folded_right() {
    for piece in ["x", "ä", "漢", "🏃", "\\", ",", "a\\;b,", "word ", "ab  cd\u{a0}"] {
        let text = Text::new(&piece.repeat(4090 / piece.len()));
        assert_read_equal(&[text]);
    }
}

#[test]
fn random_texts_are_read_equal() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..300 {
        let texts: Vec<_> = (0..4).map(|_| Text::new(&random.text())).collect();
        assert_read_equal(&texts);
    }
}

#[test]
fn hostile_names_in_a_catalogue_stay_names() {
    let long = "Very long name 🏃 ".repeat(600);
    for name in ["x\r\nEND:VEVENT", "a,b;c\\d", "\\", "🏋️‍♀️", "עברית", long.as_str(), " \t ", ":"] {
        let calendar = Fixture::new(&[date(2027, 1, 4), date(2027, 1, 5)], None).named(name).checked();
        // What is done and the week stay, however long the name.
        let week = " 60 min, week 1 of 1";
        let name = compose::clipped(name, 80 - week.len(), |text| text.chars().count());
        let expected = Text::line(&format!("{name}{week}"));
        for event in calendar.all("VEVENT") {
            assert_eq!(event.text("SUMMARY"), expected.as_str());
        }
    }
}

/// Xorshift: the same numbers in every run.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % end
    }

    fn text(&mut self) -> String {
        const PIECES: [&str; 24] = [
            "a",
            "bc",
            "def",
            "word",
            "\\",
            ",",
            ";",
            ":",
            "\r\n",
            "\n",
            "\r",
            " ",
            " ",
            "  ",
            "\t",
            "ä",
            "漢字",
            "🏃🏽‍♀️",
            "\u{301}",
            "\u{0}",
            "\u{2028}",
            "\u{3000}",
            "\"",
            "BEGIN:VEVENT",
        ];
        let pieces = self.below(400);
        (0..pieces).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }
}
