//! The command line itself: help, mistakes in arguments, exit codes.

use std::collections::BTreeMap;
use std::fs;

use regimen_tests::{Project, repository};

#[test]
fn help_names_every_command_and_option() {
    let folder = Project::new();
    folder.run("--help").exits(0).quietly().prints("check").prints("build").prints("regimen.yaml");
    let help = folder.run("build --help").exits(0).quietly();
    let help = ["--out", "--only", "--jobs", "--start", "--adopt", "--format", "[default: catalog]", "[default: out]"]
        .into_iter()
        .fold(help, regimen_tests::Run::prints);
    assert!(help.stdout.lines().all(|line| line.chars().count() <= 100), "wider than the terminal\n{}", help.stdout);
    folder.run("check --help").exits(0).quietly().prints("short");
}

#[test]
fn the_version_is_that_of_the_workspace() {
    let version = env!("CARGO_PKG_VERSION");
    let run = Project::new().run("-V").exits(0).quietly();
    assert_eq!(run.stdout, format!("regimen {version}\n"));
    Project::new().run("--version").exits(0).quietly().prints(version).prints("\ntime zone data 20");
}

#[test]
fn wrong_arguments_are_explained() {
    let project = Project::small();
    for (arguments, said) in [
        ("", "Usage: regimen"),
        ("frobnicate", "frobnicate"),
        ("chek", "'check'"),
        ("build --onyl pdf", "'--only'"),
        ("check --format xml", "human"),
        ("build --jobs 0", "--jobs"),
        ("build --jobs many", "--jobs"),
        ("build --only pfd", "did you mean `pdf`? There are: pdf, ics, markdown"),
        ("build --only pdf,docx", "there is no exporter `docx`"),
        ("build --only=", "pdf, ics, markdown"),
        ("build --start 2027-01-04T18:30", "write only the day, 2027-01-04; the time of day goes in --at"),
        ("build --start 20270104", "such as 2027-01-04"),
        ("build --at 18:30Z", "such as 18:30"),
        ("build --start tomorrow", "such as 2027-01-04"),
        ("build --start 2027-02-30", "such as 2027-01-04"),
        ("build --start 4.1.2027", "such as 2027-01-04"),
        ("build one two", "two"),
    ] {
        let run = project.run(arguments);
        assert_eq!(run.code, 2, "{arguments}: {run:#?}");
        assert_eq!(run.stdout, "", "{arguments}: nothing is a result");
        assert!(run.stderr.contains(said), "{arguments} says nothing of {said}:\n{}", run.stderr);
    }
    assert!(!project.path("out").exists());
}

#[test]
fn the_build_date_of_the_environment_must_be_a_number() {
    let project = Project::small();
    project.run_with(".", "build", &[("SOURCE_DATE_EPOCH", "today")]).exits(2).says("SOURCE_DATE_EPOCH");
    assert!(!project.path("out").exists());
}

/// The rows of the table of exit codes in a text.
fn documented(text: &str) -> BTreeMap<u8, String> {
    let rows = text.lines().skip_while(|line| !line.replace(' ', "").starts_with("|code|meaning|"));
    rows.skip(2)
        .map_while(|row| row.strip_prefix('|')?.strip_suffix('|')?.split_once('|'))
        .map(|(code, meaning)| (code.trim().trim_matches('`').parse().unwrap(), meaning.trim().to_owned()))
        .collect()
}

#[test]
fn the_manual_has_the_table_of_exit_codes() {
    let manual = fs::read_to_string(repository().join("docs/cli.md")).expect("docs/cli.md");
    let documented = documented(&manual);
    let source = fs::read_to_string(repository().join("crates/regimen-cli/src/exit.rs")).unwrap();
    let variants = source.lines().filter_map(|line| line.trim().strip_suffix(',')?.split_once(" = "));
    let codes: Vec<u8> = variants.filter_map(|(_, code)| code.parse().ok()).collect();
    assert!(codes.len() >= 5, "exit.rs is read: {codes:?}");
    assert!(documented.keys().eq(codes.iter()), "docs/cli.md has {documented:#?}, exit.rs {codes:?}");
    assert!(documented.values().all(|meaning| !meaning.is_empty()));
}
