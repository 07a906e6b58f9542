//! `regimen check --people`, `regimen new people`, and the manual's page about people; building for them is asked about in the modules.

mod building;
mod engines;
mod interrupted;
mod merging;
mod plugins;
mod private;
mod roster;
mod unchanged;

use std::fs;
use std::io::Write as _;
use std::process::Stdio;
use std::sync::OnceLock;

use regimen_catalog::people::{Source, keys, open};
use regimen_catalog::{Catalog, load};
use regimen_tests::{Project, repository};

const CHECK: &str = "check --content-only --people people.csv";

fn shipped() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| load(&repository().join("catalog")).unwrap().catalog.unwrap())
}

/// What is wrong with a table.
fn wrong(table: &str) -> Vec<String> {
    let mut roster = open(Source::stream("people.csv", table.as_bytes()), shipped()).unwrap();
    let mut found = roster.findings().to_vec();
    found.extend(roster.by_ref().filter_map(|row| row.person.err()).flatten());
    found.into_iter().map(|finding| finding.message).collect()
}

fn page() -> String {
    fs::read_to_string(repository().join("docs/people.md")).unwrap()
}

#[test]
fn the_people_of_the_tests_are_right() {
    let table = fs::read(repository().join("tests/fixtures/people.csv")).unwrap();
    let project = Project::shipped().file("people.csv", table);
    let run = project.run(&format!("{CHECK} --format short")).exits(0);
    assert_eq!(run.stderr, "");
}

#[test]
fn mistakes_are_shown_by_row_and_column_and_nothing_is_repeated() {
    let table = "id,name,program,start,best.deadlfit,note\np-001,Xanthippe,runners-hamstring,,,\n\
                 p-002,\"Ferguson, Ngo\",runners-hamstrings,2027-02-30,,\"Xanthippe\nsays\"\np-002,Ferguson,Xanthippe,,,\n\
                 Ferguson,Ngozi,runners-hamstrings,,,\np-004,Ferguson, Xanthippe,runners-hamstrings,,,\n";
    let project = Project::shipped().file("lists/people.csv", table);
    let check = "check --content-only --people lists/people.csv";
    let human = project.run(check).exits(1);
    assert!(human.stderr.contains("--> lists/people.csv:2:17"), "{}", human.stderr);
    assert!(human.stderr.contains("\nlists/people.csv: "), "{}", human.stderr);
    assert!(human.stderr.contains("= note: row 2, column `program`, of `p-001`"), "{}", human.stderr);
    let short = project.run(&format!("{check} --format short")).exits(1);
    for line in [
        "lists/people.csv:1:23: error[unknown-reference]: there is no exercise of this id (did you mean `deadlift`?)",
        "lists/people.csv:2:17: error[unknown-reference]: there is no programme of this id (did you mean `runners-hamstrings`?)",
        "lists/people.csv:3:42: error[wrong-value]: `start`: this is not a day of the calendar: February 2027 has 28 days",
        "lists/people.csv:5:1: error[person-id]: another person before this one has the id `p-002`",
        "lists/people.csv:6:1: error[wrong-value]: `id`: this is not an id",
        "lists/people.csv:7:1: error[roster]: this row has 7 cells, the first row 6",
    ] {
        assert!(short.stderr.contains(line), "{line}\n{}", short.stderr);
    }
    let json = project.run(&format!("{check} --format json")).exits(1);
    let list: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let first = list.as_array().unwrap().iter().find(|one| one["file"] == "lists/people.csv").unwrap();
    assert_eq!((&first["line"], &first["column"]), (&1.into(), &23.into()));
    let sarif = project.run(&format!("{check} --format sarif")).exits(1);
    let log: serde_json::Value = serde_json::from_str(&sarif.stdout).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let place = |result: &serde_json::Value| result["locations"][0]["physicalLocation"].clone();
    let of_person = results.iter().map(place).find(|place| place["artifactLocation"]["uri"] == "lists/people.csv");
    let of_person = of_person.expect("a place in the table");
    assert_eq!(of_person["region"], serde_json::json!({"startLine": 1, "startColumn": 23}));
    for run in [human, short, json, sarif] {
        let said = format!("{}{}", run.stdout, run.stderr);
        for name in ["Xanthippe", "Ferguson", "Ngo"] {
            assert!(!said.contains(name), "{name} is repeated\n{said}");
        }
    }
}

#[test]
fn people_come_from_a_folder_standard_input_or_a_variable() {
    let project = Project::shipped()
        .file("people/p-1.yaml", "program: runners-hamstrings\n")
        .file("people/p-2.yaml", "program: runners-hamstring\n")
        .file("one/p-1.yaml", "program: runners-hamstrings\n");
    project.run("check --content-only --people people --format short").exits(1).says("people/p-2.yaml:1:10: error");
    let aside = Project::shipped()
        .file("people/p-1.yaml", "program: runners-hamstrings\n")
        .file("people/more/p-2.yaml", "program: runners-hamstrings\n")
        .file("people/more.csv", "id\n");
    let aside = aside.run("check --content-only --people people --format short").exits(0);
    assert!(aside.stderr.contains("warning[roster]: there are 2 tables or folders"), "{}", aside.stderr);
    project.run("check --content-only --people one").exits(0).prints("one: nothing to report in 1 person");
    project.run_with(".", "check --content-only", &[("REGIMEN_PEOPLE", "one")]).exits(0).prints("in 1 person");
    let quiet = project.run_with(".", "check --content-only", &[("REGIMEN_PEOPLE", "")]).exits(0);
    assert!(!quiet.stdout.contains("person"));
    for (text, said) in
        [("id,program\np-1,nothing\n", ":2:5: error"), ("- id: p-1\n  program: nothing\n", ":2:12: error")]
    {
        let mut command = project.command("check --content-only --people - --format short");
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.contains(&format!("standard input{said}")), "{stderr}");
    }
    project.run("check --content-only --people nowhere.csv").exits(2).says("there is no file or folder `nowhere.csv`");
    project.run("check --content-only --people catalog/README.md").exits(2).says("`.csv`");
}

#[test]
fn a_start_that_is_hardly_meant_is_told() {
    let of = |day: &str| {
        let table = format!("id,program,start,busy\np-1,strong-calves,{day},2028-01-09\n");
        let run = Project::small().file("people.csv", table).run(&format!("{CHECK} --format short")).exits(0);
        run.stderr.lines().filter(|line| line.contains("people.csv")).map(str::to_owned).collect::<Vec<_>>()
    };
    let sunday = of("2027-01-03");
    assert!(
        sunday.iter().any(|line| line.contains("p-1: `start` is a Sunday, on which the programme has nothing")),
        "{sunday:?}"
    );
    let monday = of("2027-01-04");
    assert!(
        monday.len() == 1 && monday[0].contains("warning[unavailable-day]: p-1: 2028-01-09 is no day of the plan"),
        "{monday:?}"
    );
}

#[test]
fn a_table_to_start_from_is_right_and_replaces_none() {
    let project = Project::shipped();
    project.run("new people").exits(0).prints("regimen check --people people.csv");
    project.run(CHECK).exits(0).prints("in 2 people");
    let before = project.text("people.csv");
    project.run("new people").exits(3).says("`people.csv` is there already");
    assert_eq!(project.text("people.csv"), before);
    project.run("new people mine/patients.csv catalog").exits(0).prints("mine/patients.csv is written");
    assert_eq!(project.text("mine/patients.csv"), before);
    project.run("new exercise").exits(2).says("regimen new exercise ID");
    let empty = Project::new().file("catalog/regimen.yaml", "language: en\nwords: {title: T}\n");
    empty.run("new people").exits(2).says("regimen new program ID");
}

#[test]
fn the_page_has_every_column_with_an_example_that_is_read() {
    let page = page();
    let columns = page.split("## Every column").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = columns.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix("` |"));
    let rows: Vec<(&str, &str)> =
        rows.filter_map(|row| Some((row.split_once("` |")?.0, row.rsplit_once("| `")?.1))).collect();
    let named: Vec<&str> = rows.iter().map(|(column, _)| column.split('.').next().unwrap()).collect();
    let mut known = keys();
    let mut sorted = named.clone();
    known.sort_unstable();
    sorted.sort_unstable();
    assert_eq!(sorted, known, "the columns of docs/people.md, and the keys of a person");
    for (column, example) in rows {
        let beside = match column {
            "id" | "program" | "schedule" | "start" | "end" | "race" => "",
            "event" | "race_at" => "race",
            _ => "start",
        };
        let cells = [
            ("id", "p-001"),
            ("program", if column == "schedule" { "" } else { "runners-hamstrings" }),
            (beside, "2027-01-04"),
            ("timezone", if beside.is_empty() { "" } else { "Europe/London" }),
            ("available_days", if column == "free" { "monday" } else { "" }),
        ];
        let mut cells: Vec<(&str, &str)> =
            cells.into_iter().filter(|(name, _)| !name.is_empty() && *name != column).collect();
        cells.push((column, example));
        let row = |of: fn(&(&str, &str)) -> String| cells.iter().map(of).collect::<Vec<_>>().join(",");
        let table = format!("{}\n{}\n", row(|(name, _)| (*name).to_owned()), row(|(_, cell)| format!("\"{cell}\"")));
        assert_eq!(wrong(&table), [""; 0], "{table}");
    }
}

#[test]
fn the_tables_and_files_of_the_page_are_right() {
    let page = page();
    let table = page.split("```csv\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(wrong(table), [""; 0]);
    let yaml = page.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let project = Project::shipped().file("people/p-002.yaml", yaml);
    project.run("check --content-only --people people").exits(0).prints("in 1 person");
}
