//! How long a description is, as it is written.

use jiff::civil::date;
use serde_json::json;

use super::fixture::Fixture;

/// What stays at the end of a long description.
const END: &str =
    "\n\nLeft out here: Main part.\nThe rest is in the handout.\n\nAsk, first.\n\nhttps://example.org/a,b";

/// The description of a session with these lines, as it is written and as it is read.
fn description(lines: &[String]) -> (String, String) {
    let fixture = Fixture::new(&[date(2027, 1, 4)], None).saying(lines).warning("Ask, first.");
    let calendar = fixture.with(json!({"url": "https://example.org/a,b"})).checked();
    let event = calendar.all("VEVENT").next().expect("an event");
    (event.value("DESCRIPTION").to_owned(), event.text("DESCRIPTION"))
}

/// So many lines, of which the last makes the description as long as it has to be.
fn lines_for(octets: usize, piece: &str) -> Vec<String> {
    let mut lines = vec![piece.to_owned(); 3000 / (piece.len() + 8)];
    lines.push(String::from("x"));
    let missing = octets - description(&lines).0.len();
    lines.last_mut().expect("lines").push_str(&"x".repeat(missing));
    lines
}

#[test]
fn the_limit_counts_octets_with_their_escapes() {
    for piece in ["plain words", "commas, and; signs\\", "drei mal zwölf × 🏃🏽‍♀️"] {
        let exact = lines_for(4096, piece);
        let (written, read) = description(&exact);
        assert_eq!(written.len(), 4096);
        let (last, others) = exact.split_last().expect("lines");
        assert!(read.contains(last) && !read.contains("The rest is"), "{read}");

        let (written, read) = description(&lines_for(4097, piece));
        assert!(written.len() < 4096);
        assert!(read.ends_with(&format!("- {piece}{END}")), "the last line goes as a whole: {read}");
        assert_eq!(read.matches(piece).count(), others.len());
    }
}

#[test]
fn a_line_longer_than_everything_takes_nothing_else_with_it() {
    let lines = ["first".to_owned(), "ä,".repeat(5000), "last".to_owned()];
    let (written, read) = description(&lines);
    assert!(
        read.contains("- first\n- ä,ä,")
            && read.ends_with("ä…\n- last\n\nThe rest is in the handout.\n\nAsk, first.\n\nhttps://example.org/a,b"),
        "{read}"
    );
    assert!(written.len() < 2500, "{}", written.len());
}

#[test]
fn a_disclaimer_longer_than_everything_is_cut_between_characters() {
    let fixture = Fixture::new(&[date(2027, 1, 4)], None).warning(&"é̂🏃🏽‍♀️; ".repeat(900));
    let calendar = fixture.with(json!({"url": "https://example.org/a,b"})).checked();
    let read = calendar.all("VEVENT").next().expect("an event").text("DESCRIPTION");
    assert!(
        read.ends_with("é̂🏃🏽‍♀️…\n\nhttps://example.org/a,b") || read.ends_with(";…\n\nhttps://example.org/a,b"),
        "{read}"
    );
}
