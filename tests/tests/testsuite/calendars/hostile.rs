//! Texts that want to break out of their line, as names of sessions, programmes and places: written, read by every
//! reader, equal again.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};

use super::event::differences;
use super::{bytes, caldata, memory, readers};

/// How many random calendars every reader is asked about, and how many sessions each has.
const CALENDARS: usize = 24;
const SESSIONS: usize = 8;

const HOSTILE: &[&str] = &[
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil",
    "x\nEND:VCALENDAR",
    "lone\rcarriage\r\rreturns\r",
    "x\r\n folded\r\n\tfolded",
    "one\u{2028}two\u{2029}three\u{85}four\u{b}five\u{c}six",
    "\u{0}nul \u{1}\u{8}\u{1b}[31mred\u{7f} and \u{9b}C1",
    "\u{feff}mark and \u{fffe} and \u{ffff}",
    "\u{1c}files\u{1d}groups\u{1e}records\u{1f}units",
    "\\",
    "\\\\",
    "\\n literally, \\N too",
    "ends with \\",
    "ends with two \\\\",
    "\\,\\;\\:\\\"",
    ",",
    ";",
    ":colon first",
    "::",
    "=;VALUE=DATE:20270101",
    "\"quoted\" 'and' ^n ^^ ^'",
    "https://example.org/?a=b&c;d,e",
    "<b>HTML</b> &amp; &#10;",
    "%0D%0AEND:VEVENT =0D=0A",
    "🏋️‍♀️🇩🇪👩‍👩‍👧‍👦👩🏽‍🚀",
    "שלום \u{202b}עולם\u{202c} مرحبا \u{2066}abc\u{2069}\u{200f}",
    "e\u{301}\u{302}\u{303} combining, ﬁ ligature, Å Å",
    "zero\u{200b}width\u{200c}and\u{200d}joiners\u{2060}\u{ad}",
    "  blanks   at\tboth  ends \u{a0}\u{3000}\u{2003} ",
    "no\u{a0}break\u{202f}spaces\u{3000}inside",
    "\u{10ffff}\u{e000}\u{fdd0} private and no characters",
    "BEGIN:VCALENDAR",
    "DTSTART:20270101T000000Z",
];

/// Long texts: over the most that a title and a description hold, of pieces that make folding hard.
fn long() -> Vec<String> {
    let pieces = [
        "x",
        "ä",
        "漢",
        "🏃",
        "\\",
        ",;",
        ";\\n",
        "word ",
        "a ",
        "ab  cd\u{a0}",
        "👩🏽‍🚀",
        "e\u{301}",
        "line\r\n",
        "1234567 ",
    ];
    // The shorter ones fit whole into a description, with their escapes.
    let long = pieces.iter().flat_map(|piece| [10_240, 1_800].map(|bytes| piece.repeat(bytes / piece.len())));
    // A blank at every distance from the border of a line.
    let blanks = (0..80).map(|at| format!("{}{}{}", "x".repeat(at), " ".repeat(1 + at % 5), "y".repeat(80)));
    // The first is the place of all, and no place is cut.
    std::iter::once("long".to_owned()).chain(long).chain(blanks).collect()
}

/// A text of pieces that calendars find hard, and of anything else.
fn text() -> impl Strategy<Value = String> {
    let hard = prop::sample::select(vec![
        "\\",
        ",",
        ";",
        ":",
        "\"",
        "\r\n",
        "\n",
        "\r",
        " ",
        "  ",
        "\t",
        "\\n",
        "🏃🏽‍♀️",
        "\u{301}",
        "\u{2028}",
        "\u{feff}",
        "\u{0}",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "\r\n ",
        "x",
        "word",
        "ä",
        "漢字",
    ]);
    let piece = prop_oneof![4 => hard.prop_map(str::to_owned), 1 => any::<String>(), 1 => "[a-z ]{0,30}"];
    vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

#[test]
fn hostile_names_are_read_equal_by_every_reader() {
    let folder = tempfile::tempdir().unwrap();
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let mut programs: Vec<(String, Vec<String>)> =
        vec![("all".to_owned(), owned(HOSTILE)), ("long".to_owned(), long())];
    // Each once as the programme's name and the place.
    programs.extend(HOSTILE.iter().enumerate().map(|(at, text)| (format!("hostile-{at}"), owned(&[text, "second"]))));
    readers::assert_agreement(&memory::written(&folder, &programs));
}

#[test]
fn random_names_are_read_equal_by_every_reader() {
    let folder = tempfile::tempdir().unwrap();
    let mut runner = TestRunner::deterministic();
    let calendars = vec(vec(text(), SESSIONS), CALENDARS).new_tree(&mut runner).unwrap().current();
    let programs = calendars.into_iter().enumerate().map(|(at, names)| (format!("random-{at}"), names));
    readers::assert_agreement(&memory::written(&folder, &programs.collect::<Vec<_>>()));
}

proptest! {
    #![proptest_config(Config { cases: 100, failure_persistence: None, ..Config::default() })]

    // The reader that is asked without starting a program finds the smallest text that goes wrong.
    #[test]
    fn random_names_are_read_equal_by_one_reader(names in vec(text(), 1..4)) {
        let (written, planned) = memory::calendar(&names);
        prop_assert_eq!(bytes::problems(&written), Vec::<String>::new());
        prop_assert_eq!(differences(&planned, &caldata::read(&written).unwrap()), Vec::<String>::new());
    }
}
