//! The manual knows every command and option, and so do the shells and the manual pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use regimen_tests::{Project, repository};

/// The options in a text, such as `--out`.
fn options(text: &str) -> BTreeSet<String> {
    let starts =
        text.match_indices("--").filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '-'));
    let names = starts.map(|(at, _)| text[at + 2..].chars().take_while(|c| c.is_ascii_lowercase() || *c == '-'));
    let names = names.map(|name| format!("--{}", name.collect::<String>()));
    names.filter(|name| name.len() > 2).collect()
}

/// What the help of the program says: its commands, each with its options and arguments.
fn commands(folder: &Project) -> BTreeMap<String, (BTreeSet<String>, String)> {
    let help = folder.run("--help").exits(0).stdout;
    let list = help.split("\nCommands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    let described = names.map(|name| {
        let help = folder.run(&format!("{name} --help")).exits(0).quietly().stdout;
        let usage = help.lines().find_map(|line| line.strip_prefix("Usage: regimen ")).unwrap();
        let usage = usage.replace(" [OPTIONS]", "").replace(['<', '>'], "");
        let inner =
            help.split("\nCommands:\n").nth(1).map(|rest| rest.split("\n\n").next().unwrap()).unwrap_or_default();
        let inner = inner.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        let inner = inner.filter_map(|line| line.split_whitespace().next()).filter(|inner| *inner != "help");
        let inner = inner.map(|inner| folder.run(&format!("{name} {inner} --help")).exits(0).quietly().stdout);
        let help: String = std::iter::once(help.clone()).chain(inner).collect::<Vec<_>>().join("\n");
        let defined = help.lines().filter(|line| line.trim_start().starts_with('-') && !line.contains(" - "));
        let defined: String =
            defined.filter_map(|line| line.split_once("--")).map(|(_, at)| format!(" --{at}")).collect();
        (name.to_owned(), (options(&defined), usage))
    });
    described.collect()
}

/// The sections of the manual that describe a command, by their heading.
fn sections(manual: &str) -> BTreeMap<String, String> {
    let sections = manual.split("\n## `regimen ").skip(1).map(|section| {
        let (usage, rest) = section.split_once("`\n").unwrap();
        let body = rest.split("\n## ").next().unwrap();
        (usage.to_owned(), body.to_owned())
    });
    sections.collect()
}

#[test]
fn the_manual_describes_every_command_and_option_and_no_other() {
    let manual = fs::read_to_string(repository().join("docs/cli.md")).unwrap();
    let sections = sections(&manual);
    let commands = commands(&Project::new());
    assert!(commands.len() >= 8, "the help is read: {commands:#?}");
    let usages: BTreeSet<&String> = commands.values().map(|(_, usage)| usage).collect();
    assert_eq!(sections.keys().collect::<BTreeSet<_>>(), usages, "headings of docs/cli.md, and `regimen --help`");
    for (name, (defined, usage)) in &commands {
        let everywhere = ["--help", "--color"].map(str::to_owned);
        let defined: BTreeSet<_> = defined.iter().filter(|option| !everywhere.contains(option)).cloned().collect();
        // Only the tables of a section define options; its prose may speak of others.
        let rows = sections[usage].lines().filter_map(|line| line.strip_prefix("| `-")?.split(" | ").next());
        let described = options(&rows.map(|cell| format!("-{cell} ")).collect::<String>());
        assert_eq!(described, defined, "options of `regimen {name}` in docs/cli.md and in its help");
    }
    assert!(manual.contains("`--color`"), "the option of all commands");
}

#[test]
fn every_shell_completes_every_command() {
    let folder = Project::new();
    let commands = commands(&folder);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = folder.run(&format!("completions {shell}")).exits(0).quietly().stdout;
        for (name, (defined, _)) in &commands {
            assert!(script.contains(name.as_str()), "{shell} does not know `{name}`");
            let missing = defined.iter().find(|option| !script.contains(option.trim_start_matches('-')));
            assert_eq!(missing, None, "{shell} does not know an option of `{name}`");
        }
    }
    for shell in ["bash", "zsh"] {
        let script = folder.run(&format!("completions {shell}")).stdout;
        assert!(script.contains("muscle-group"), "{shell} does not complete kinds");
    }
    folder.run("completions tcsh").exits(2).says("possible values");
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = Project::new();
    let mut expected: BTreeSet<String> = commands(&folder).keys().map(|name| format!("regimen-{name}.1")).collect();
    expected.insert("regimen.1".into());
    folder.run("man pages/man1").exits(0).quietly().prints("pages written to `pages/man1`");
    let pages = folder.files("pages/man1");
    assert_eq!(pages.keys().cloned().collect::<BTreeSet<_>>(), expected);
    let build = folder.text("pages/man1/regimen-build.1");
    assert!(build.contains(".SH OPTIONS") && build.contains("\\-\\-adopt"), "{build}");
    folder.run("man pages/man1").exits(0);
    assert_eq!(folder.files("pages/man1"), pages, "again gives the same");
    let taken = Project::new().file("pages", "mine");
    taken.run("man pages").exits(3).says("cannot be written to `pages`");
    assert_eq!(taken.text("pages"), "mine");
}
