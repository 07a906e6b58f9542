//! Places in YAML as lines and columns.

use crate::{FieldPath, Place, Sources, Spot, YAML};

const FILE: &str = "a.yaml";

/// `line:column text` of a spot.
fn shown(sources: &Sources, spot: Spot) -> String {
    let found = sources.locate(&Place { file: FILE.into(), spot }).expect("the file is there");
    let text = sources.text(FILE).expect("the file is there");
    format!("{}:{} {}", found.line, found.column, &text[found.range])
}

fn yaml(text: &str) -> Sources {
    let mut sources = Sources::default();
    sources.add(FILE, text, YAML);
    sources
}

fn path(text: &str) -> FieldPath {
    text.split('.').filter(|part| !part.is_empty()).fold(FieldPath::root(), |path, part| match part.parse() {
        Ok(index) => path.index(index),
        Err(_) => path.key(part),
    })
}

#[test]
fn values_keys_and_words_are_found() {
    let text = "name: 罗马 硬拉\r\nmuscles:\r\n  - target: group:hamstrings  # most\r\n    role: prime\r\n\
                tags: [a, 'b c']\r\nsummary: >\r\n  One two\r\n  three.\r\nlast:\r\n";
    let sources = yaml(text);
    for (spot, expected) in [
        (Spot::Value(path("name")), "1:7 罗马 硬拉"),
        (Spot::Key(path("name")), "1:1 name"),
        (Spot::Within(path("name"), "硬拉".into()), "1:10 硬拉"),
        (Spot::Within(path("name"), "nowhere".into()), "1:7 罗马 硬拉"),
        (Spot::Value(path("muscles.0.role")), "4:11 prime"),
        (Spot::Value(path("muscles.0.target")), "3:13 group:hamstrings"),
        (Spot::Value(path("tags")), "5:7 [a, 'b c']"),
        (Spot::Value(path("tags.1")), "5:11 'b c'"),
        (Spot::Value(path("summary")), "7:3 One two\r\n  three."),
        (Spot::Within(path("summary"), "three".into()), "8:3 three"),
        (Spot::Value(path("last")), "9:1 last"),
        (Spot::Whole, "1:1 "),
        (Spot::Bytes((9..12).into()), "1:8 马"),
    ] {
        assert_eq!(shown(&sources, spot.clone()), expected, "{spot:?}");
    }
}

#[test]
fn what_fills_many_lines_or_does_not_exist_is_shown_by_what_leads_there() {
    let sources = yaml("# a comment\nmuscles:\n  - target: x\n    role: y\n  - z\ndose: {sets: 3}\n");
    for (spot, expected) in [
        (Spot::Value(path("muscles")), "2:1 muscles"),
        (Spot::Value(path("muscles.0")), "3:5 target: x"),
        (Spot::Value(path("muscles.0.head")), "3:5 target: x"),
        (Spot::Value(path("muscles.7.head")), "2:1 muscles"),
        (Spot::Value(path("dose.reps")), "6:1 dose"),
        (Spot::Key(path("dose.reps")), "6:1 dose"),
        (Spot::Value(path("missing")), "2:1 muscles:"),
        (Spot::Value(path("")), "2:1 muscles:"),
        (Spot::Within(path("muscles.0"), "role".into()), "4:5 role"),
    ] {
        assert_eq!(shown(&sources, spot.clone()), expected, "{spot:?}");
    }
}

#[test]
fn front_matter_is_located_in_the_whole_file() {
    let text = "---\ntitle: Guide\nsources:\n- a\n- b\n---\n# Title\n";
    let mut sources = Sources::default();
    sources.add_part(FILE, text, 4..text.len() - 12, YAML);
    assert_eq!(shown(&sources, Spot::Value(path("title"))), "2:8 Guide");
    assert_eq!(shown(&sources, Spot::Value(path("sources.1"))), "5:3 b");
    assert_eq!(shown(&sources, Spot::Value(path("nothing"))), "2:1 title: Guide");
}

#[test]
fn broken_files_are_located_up_to_where_they_break() {
    let sources = yaml("a: 1\nb:\n  c: [1, 2\nd: 'x\n");
    assert_eq!(shown(&sources, Spot::Value(path("a"))), "1:4 1");
    assert_eq!(shown(&sources, Spot::Value(path("b.c.0"))), "3:7 1");
    assert_eq!(shown(&sources, Spot::Value(path("d"))), "1:1 a: 1");
}

#[test]
fn columns_of_long_lines_count_characters() {
    let text = format!("\u{feff}a: {}\nb: {}", "中é".repeat(1_000), "xü".repeat(5_000));
    let sources = yaml(&text);
    for (at, c) in text.char_indices() {
        let found = sources.locate(&Place::bytes(FILE, at..at + c.len_utf8())).expect("the file is there");
        let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let before = text[line..at].chars().filter(|c| *c != '\u{feff}').count();
        assert_eq!((found.line, found.column), (1 + usize::from(line > 0), before + 1), "{at}");
    }
}

#[test]
fn nonsense_places_do_not_panic() {
    let sources = yaml("\u{feff}é: ü\n");
    assert_eq!(shown(&sources, Spot::Value(path("é"))), "1:4 ü");
    for (start, end) in [(0, 9999), (4, 1), (9999, 0), (4, 5)] {
        shown(&sources, Spot::Bytes((start..end).into()));
    }
    assert_eq!(sources.locate(&Place::file("other.yaml")), None);
    shown(&yaml(""), Spot::Value(path("a.b")));
    shown(&yaml("[a, b]"), Spot::Value(path("a.0")));
    shown(&yaml("? [a]\n: {b: c}\n"), Spot::Value(path("a.b")));
}

#[test]
fn bytes_lead_to_keys_and_values_and_back() {
    let text = "# note\nname: 罗马\nmuscles:\n  - target: x\n    role: y\n  - [a, 'b c']\nsummary: >\n  One two\n  three.\nlast:\n";
    let sources = yaml(text);
    for (found, expected) in [
        ("name", "name"),
        ("罗马", "name"),
        ("muscles", "muscles"),
        ("target", "muscles.0.target"),
        ("x", "muscles.0.target"),
        ("y\n  -", "muscles.0.role"),
        ("a,", "muscles.1.0"),
        ("b c", "muscles.1.1"),
        ("three", "summary"),
        ("last", "last"),
    ] {
        let byte = text.find(found).expect("it is there");
        let field = sources.field_at(FILE, byte).expect("it is in the document");
        assert_eq!(field.path, path(expected), "{found}");
        assert_eq!(sources.field(FILE, &field.path), Some(field), "{found}");
    }
    let exact = |at: &str| sources.field(FILE, &path(at)).map(|field| text[field.value].to_owned());
    assert_eq!(exact("muscles").as_deref(), Some("- target: x\n    role: y\n  - [a, 'b c']"));
    assert_eq!(exact("muscles.1.1").as_deref(), Some("'b c'"));
    assert_eq!(exact("last").as_deref(), Some(""));
    assert_eq!(exact("muscles.2"), None);
    assert_eq!(sources.field_at(FILE, 3), None);
    assert_eq!(sources.field_at(FILE, 9_999), None);
    // Between two items of a list is the list.
    let blank = text.find("  - [a").expect("it is there");
    assert_eq!(sources.field_at(FILE, blank).map(|field| field.path), Some(path("muscles")));
}

#[test]
fn a_place_in_a_text_that_is_not_kept_says_itself_where_it_is() {
    let found = Sources::default().locate(&Place::at("people.csv", 7, 12)).expect("no text is needed");
    assert_eq!((&*found.file, found.line, found.column, found.range), ("people.csv", 7, 12, 0..0));
}
