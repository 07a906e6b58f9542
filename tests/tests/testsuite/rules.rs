//! `regimen rules`, `regimen explain`, and the pages that are made from the rules.

use std::collections::BTreeSet;
use std::fs;

use regimen_catalog::lint::{RULES, reference_page};
use regimen_tests::{Project, files, repository};

use crate::architecture::program;

#[test]
fn the_page_of_the_rules_is_that_of_the_program() {
    let file = repository().join("docs/rules.md");
    if std::env::var_os("REGIMEN_BLESS").is_some() {
        fs::write(&file, reference_page()).unwrap();
    }
    let shown = fs::read_to_string(&file).expect("docs/rules.md");
    assert!(shown == reference_page(), "docs/rules.md is old: `REGIMEN_BLESS=1 cargo test -p regimen-tests` writes it");
}

#[test]
fn every_rule_is_listed() {
    let run = Project::new().run("rules").exits(0).quietly();
    for rule in RULES {
        assert!(run.stdout.lines().any(|line| line.starts_with(rule.code)), "{} is not listed", rule.code);
    }
    let run = Project::new().run("rules --format json").exits(0).quietly();
    let list: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(list.as_array().unwrap().len(), RULES.len());
    assert_eq!(list[0]["severity"], RULES[0].severity.to_string());
}

#[test]
fn a_page_says_why_and_the_way_out() {
    let folder = Project::new();
    folder
        .run("explain taper")
        .exits(0)
        .quietly()
        .prints("# taper")
        .prints("Bosquet")
        .prints("`least`")
        .prints("allow:");
    folder.run("explain error[unknown-key]").exits(0).quietly().prints("# unknown-key");
    folder.run("explain tapper").exits(2).says("did you mean `taper`?");
    folder.run("explain nonsense").exits(2).says("regimen rules");
    folder.run("explain").exits(2);
}

/// The codes of the golden corpus, and those that the program's text gives to findings.
fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for (path, bytes) in files(&repository().join("tests/fixtures/wrong")) {
        if path.ends_with("expected.txt") {
            let text = String::from_utf8(bytes).unwrap();
            let pieces: Vec<&str> = text.split('[').collect();
            for pair in pieces.windows(2) {
                let severity = ["error", "warning", "info"].iter().any(|word| pair[0].ends_with(word));
                codes.extend(pair[1].split_once(']').filter(|_| severity).map(|(code, _)| code.to_owned()));
            }
        }
    }
    for (_, code) in program() {
        for call in ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::new(", "Explained { code: ", "wrong("] {
            codes.extend(code.split(call).skip(1).filter_map(first_code));
        }
    }
    codes
}

/// The code that a call begins with, after a severity if there is one.
fn first_code(call: &str) -> Option<String> {
    let start: String = call.trim_start().chars().take(80).collect();
    let start =
        start.strip_prefix("Severity::").and_then(|rest| rest.split_once(',')).map_or(&*start, |(_, rest)| rest);
    let (code, _) = start.trim_start().strip_prefix('"')?.split_once('"')?;
    let plain = code.bytes().all(|byte| byte.is_ascii_lowercase() || b"-/0123456789".contains(&byte));
    plain.then(|| code.to_owned())
}

#[test]
fn every_code_has_a_page() {
    let codes = codes();
    assert!(codes.len() > 60, "the codes are found: {codes:?}");
    let folder = Project::new();
    let missing: Vec<_> = codes.iter().filter(|code| folder.run(&format!("explain {code}")).code != 0).collect();
    assert!(missing.is_empty(), "write a page for {missing:?}");
}
