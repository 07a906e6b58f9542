//! What the program says about each mistake, as a person reads it.
//!
//! A case is a folder of `fixtures/wrong`: its `catalog` is laid over the small catalogue, and `expected.txt` has
//! the command, what is said and the exit code. `REGIMEN_BLESS=1` writes the expectations anew; read them before
//! you commit them.

use std::fs;

use regimen_tests::{Project, repository};

#[test]
fn every_mistake_is_explained_as_expected() {
    let folder = repository().join("tests/fixtures/wrong");
    let bless = std::env::var_os("REGIMEN_BLESS").is_some();
    let mut different = Vec::new();
    let mut cases: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 20, "the corpus is there");
    for case in cases {
        let overlay = case.join("catalog");
        assert!(overlay.is_dir(), "{} expects something of no catalogue", case.display());
        let file = case.join("expected.txt");
        let expected = fs::read_to_string(&file).unwrap_or_default();
        let command = expected.lines().next().and_then(|line| line.strip_prefix("$ regimen "));
        let command = command.unwrap_or("check");
        let project = Project::small().overlay("catalog", &overlay);
        let run = project.run(command);
        let transcript = format!("$ regimen {command}\n{}{}exit code {}\n", run.stdout, run.stderr, run.code);
        if bless {
            fs::write(&file, &transcript).unwrap();
        } else if transcript != expected {
            different.push(format!("{}\n{transcript}", case.display()));
        }
        assert!(project.files("out").is_empty(), "{}: something is written", case.display());
    }
    assert!(
        different.is_empty(),
        "not as expected; `REGIMEN_BLESS=1 cargo test` accepts these:\n\n{}",
        different.join("\n")
    );
}
