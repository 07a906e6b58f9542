//! Input that no one meant well: a clear end, in little memory.

use std::io::{self, Read};

use super::{catalog, findings, people};
use crate::people::{RosterError, Source, open};

/// A text that goes on without end, of which it is counted how much was read.
struct Endless<'r> {
    head: &'r [u8],
    again: u8,
    read: &'r std::sync::atomic::AtomicUsize,
}

impl Read for Endless<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = if self.head.is_empty() { into.len() } else { self.head.read(into)? };
        if self.head.is_empty() && length == into.len() {
            into.fill(self.again);
        }
        self.read.fetch_add(length, std::sync::atomic::Ordering::Relaxed);
        Ok(length)
    }
}

#[test]
fn a_line_without_end_is_not_kept() {
    for (head, again) in [
        ("id,program,name\np-1,runners-hamstrings,", b'x'),
        ("id,program,name\np-1,runners-hamstrings,\"", b'\n'),
        ("id,program,name\np-1,runners-hamstrings", b','),
        ("id,program,name", b','),
        ("", b'x'),
        ("- id: p-1\n  name: ", b'x'),
        ("", b'['),
    ] {
        let read = std::sync::atomic::AtomicUsize::new(0);
        let text = Endless { head: head.as_bytes(), again, read: &read };
        let mut roster = open(Source::stream("people", text), catalog()).expect("it can be read");
        let rows: Vec<_> = roster.by_ref().take(3).collect();
        assert!(!roster.findings().is_empty() || rows.last().is_some_and(|row| row.person.is_err()), "{head}{again}");
        assert!(rows.len() < 3, "{head}{again}");
        let read = read.load(std::sync::atomic::Ordering::Relaxed);
        assert!(read < 2 << 20, "{read} bytes of {head}{again}");
    }
}

#[test]
fn too_much_is_a_finding() {
    let columns = format!("id{}\n", ",a".repeat(100_000));
    assert!(findings(columns.as_bytes())[0].contains("roster the table has more than 1000 columns"));
    let cell = format!("program,id,note\nrunners-hamstrings,p-1,{}\n", "x".repeat(20_000));
    assert!(findings(cell.as_bytes())[0].starts_with("2:24 roster this cell has more than 16 KiB"));
    let row = format!("id,note\np-1,{}\np-2,x\n", "x".repeat(2 << 20));
    assert_eq!(findings(row.as_bytes()).len(), 1, "nothing after it is read");
    let yaml = format!("- id: p-1\n{}", "# much\n".repeat(200_000));
    assert!(findings(yaml.as_bytes())[0].starts_with("1:1 too-large the file has more than 1 MiB"));
    let deep = format!("id: p-1\nbest: {}", "[".repeat(100_000));
    assert!(findings(deep.as_bytes())[0].contains("too-deep"));
    let cell = format!("id,program,best\np-1,runners-hamstrings,\"{}\"\n", "[".repeat(10_000));
    assert!(findings(cell.as_bytes())[0].contains("too-deep"));
    let laughs = "- &a [x, x]\n- &b [*a, *a]\n- &c [*b, *b]\n";
    assert!(findings(laughs.as_bytes()).iter().all(|found| found.contains("yaml-alias")));
}

#[test]
fn what_is_no_text_is_told_so() {
    for (text, expected) in [
        (
            b"id,program,name\np-1,runners-hamstrings,M\xfcller\n".as_slice(),
            "2:24 not-utf8 this is not text in UTF-8 = save the table as",
        ),
        (b"id,n\xfcme\np-1,x\n", "1:4 not-utf8"),
        (b"- id: p-1\n  name: M\xfcller\n", "2:10 not-utf8 the file is not text in UTF-8"),
        (b"\xff\xfei\0d\0", "1:1 not-utf8 the file is text in UTF-16"),
        (b"PK\x03\x04xyz", "1:1 roster the file is a workbook of a spreadsheet"),
        (b"id\0,name\n", "1:1 unknown-key this column is no key of a person = did you mean `id`?"),
        (b"\n \r\n", "1:1 empty-roster there is nobody"),
    ] {
        let found = findings(text);
        assert!(found[0].starts_with(expected), "{found:?}");
    }
}

#[test]
fn damage_never_panics() {
    let seed = super::TABLE.as_bytes();
    for at in 0..seed.len() {
        for byte in [0, b'"', b',', b'\n', b'\r', b'{', b'[', b';', 0xff] {
            let mut text = seed.to_vec();
            text[at] = byte;
            findings(&text);
        }
        findings(&seed[..at]);
    }
    assert!(people(super::TABLE).iter().all(|row| row.person.is_ok()));
}

#[test]
fn what_is_not_there_is_told_so() {
    let refused = |path: &str| open(Source::path(path), catalog()).expect_err("it cannot be read");
    assert!(matches!(refused("/nowhere/people.csv"), RosterError::Missing(_)));
    let folder = super::Folder::new("endings", &[("people.xlsx", b"PK")]);
    let path = folder.0.join("people.xlsx");
    let error = refused(path.to_str().expect("a path"));
    assert!(matches!(error, RosterError::Ending(_)) && !error.help().is_empty());
    let roster = open(Source::path(&folder.0), catalog()).expect("a folder");
    assert!(roster.findings()[0].message.contains("there is nobody in the folder"));
}
