//! Authors of exporters learn this crate from its examples, so everything public has one.
//!
//! The rule: a type, trait, function or constant has an example of its own, which runs and asserts something. So has a
//! method, unless an example of the same file calls it. Modules, fields and variants need none, and what is exported
//! again has its example where it stands. The lint `unreachable_pub` sees to it that `pub` means public.

use std::fs;
use std::path::{Path, PathBuf};

const KINDS: [&str; 7] = ["fn", "struct", "enum", "trait", "const", "static", "type"];

/// The names of public things in a source file that break the rule.
fn without_example(source: &str) -> Vec<&str> {
    let lines: Vec<&str> = source.lines().collect();
    let examples = examples(&lines).join("\n");
    let mut in_trait = false;
    let mut missing = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        in_trait = (in_trait && *line != "}") || line.starts_with("pub trait ");
        let Some(name) = public_name(line, in_trait) else { continue };
        let is_method = line.starts_with(' ');
        let called = [".", "::"].iter().any(|before| examples.contains(&format!("{before}{name}(")));
        let own = examples_above(&lines[..at]).iter().any(|example| example.contains("assert"));
        if own || is_method && called {
            continue;
        }
        missing.push(name);
    }
    missing
}

/// The name of the public thing that a line begins; what a public trait has is public, too.
fn public_name(line: &str, in_trait: bool) -> Option<&str> {
    let code = line.trim_start();
    let code = if in_trait && code.starts_with("fn ") { code } else { code.strip_prefix("pub ")? };
    let code = code.strip_prefix("const ").filter(|rest| rest.starts_with("fn ")).unwrap_or(code);
    let (kind, rest) = code.split_once(' ')?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    KINDS.contains(&kind).then_some(&rest[..end])
}

/// The examples in the comment that the lines end with, below which attributes may stand.
fn examples_above(lines: &[&str]) -> Vec<String> {
    let attributes = lines.iter().rev().take_while(|line| line.trim_start().starts_with("#[")).count();
    let lines = &lines[..lines.len() - attributes];
    let comment = lines.iter().rev().take_while(|line| line.trim_start().starts_with("///")).count();
    examples(&lines[lines.len() - comment..])
}

/// The examples in comments, each from its fence on; fences that say `ignore` or the like open none.
fn examples(lines: &[&str]) -> Vec<String> {
    let texts = lines.iter().filter_map(|line| {
        let line = line.trim_start();
        line.strip_prefix("///").or_else(|| line.strip_prefix("//!"))
    });
    let mut all = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for text in texts.map(str::trim) {
        open = match (open, text.strip_prefix("```")) {
            (None, Some(language)) => Some((language.is_empty(), String::new())),
            (Some((runs, example)), Some(_)) => {
                all.extend(runs.then_some(example));
                None
            }
            (Some((runs, example)), None) => Some((runs, example + text + "\n")),
            (None, None) => None,
        };
    }
    all
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let of_tests = |path: &PathBuf| path.file_stem().is_some_and(|stem| stem == "tests");
    let inside = |path: PathBuf| if path.is_dir() { rust_files(&path) } else { vec![path] };
    entries.filter(|path| !of_tests(path)).flat_map(inside).collect()
}

#[test]
fn everything_public_has_an_example() {
    let files = rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(files.len() > 20, "the files are found");
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        let missing = without_example(&source);
        assert!(missing.is_empty(), "{} needs examples (see the rule in tests.rs): {missing:?}", file.display());
    }
}

#[test]
fn what_has_no_example_is_found() {
    let example = "/// ```\n/// assert!(a.called());\n/// ```\n#[derive(Debug)]\n";
    for (source, missing) in [
        ("/// A.\npub fn a() {}", &["a"][..]),
        ("pub const fn a() {}\npub const B: u8 = 1;\npub enum C {}\npub type D = u8;", &["a", "B", "C", "D"]),
        ("/// ```ignore\n/// assert!(true);\n/// ```\npub struct A;", &["A"]),
        ("/// ```\n/// let a = A;\n/// ```\npub struct A;", &["A"]),
        ("pub trait A {\n    fn b();\n}\nfn c() {}", &["A", "b"]),
        ("impl A {\n    pub fn b() {}\n}\npub(crate) fn c() {}\npub mod d;\npub use e::F;\n    pub field: u8,", &["b"]),
        (
            &format!("{example}pub struct A;\nimpl A {{\n    pub fn called() {{}}\n    pub fn other() {{}}\n}}"),
            &["other"],
        ),
        (&format!("{example}pub struct A;\npub fn called() {{}}"), &["called"]),
    ] {
        assert_eq!(without_example(source), missing, "{source}");
    }
}
