//! Handouts are filled in by another program, and `regimen log` reads what it wrote.

use std::collections::BTreeMap;

use regimen_tests::{Project, Tool};
use serde_json::Value;

use super::kinds::handout;

/// Sheets, tables and the fridge, with dates and without.
const HANDOUTS: [&str; 4] = [
    "fields/schedules/spring-race.sheet",
    "fields/schedules/spring-race",
    "fields/programs/strong-calves.fridge",
    "large-fields/programs/strong-calves.sheet",
];

#[test]
fn what_is_filled_in_is_read_back() {
    let Some(tool) = Tool::python("fill.py", "pikepdf") else { return };
    for name in HANDOUTS {
        for how in ["plain", "packed"] {
            let project = Project::new();
            let filled = project.path("filled.pdf");
            let written: BTreeMap<String, Value> =
                serde_json::from_str(&tool.judge(&[&handout(name).path, &filled, &how])).unwrap();
            let read = project.run_in(".", "log filled.pdf --format json").exits(0).quietly().stdout;
            let rows: Vec<BTreeMap<String, Value>> = serde_json::from_str(&read).unwrap();
            let done: BTreeMap<String, Value> =
                rows.iter().map(|row| (row["name"].as_str().unwrap().to_owned(), row["done"].clone())).collect();
            assert_eq!(done, written, "{name}, {how}");
            assert_eq!(rows.len(), written.len(), "{name}");
            for row in rows.iter().filter(|row| !row["week"].is_null()) {
                assert!(row["session"].is_string() && row["day"].is_string() && row["label"].is_string(), "{row:?}");
                assert_eq!(row["date"].is_string(), name.contains("schedules"), "{row:?}");
                let sheet = row["sheet"].as_str().unwrap();
                assert!(name.contains(sheet), "{sheet}");
            }
            assert!(rows.iter().any(|row| row["planned"].is_string()));
        }
    }
}

/// What a file is read as, but for its own name.
fn rows(project: &Project, file: &str) -> Vec<BTreeMap<String, Value>> {
    let read = project.run_words(&["log", file, "--format", "json"]).exits(0).quietly().stdout;
    let mut rows: Vec<BTreeMap<String, Value>> = serde_json::from_str(&read).unwrap();
    rows.iter_mut().for_each(|row| drop(row.remove("file")));
    rows
}

#[test]
fn what_other_programs_save_again_is_read_as_before() {
    let ways = [
        ("qpdf", &["--object-streams=disable"][..]),
        ("qpdf", &["--object-streams=generate", "--linearize"]),
        ("mutool", &["clean"]),
        ("mutool", &["clean", "-ggz"]),
    ];
    for name in HANDOUTS {
        let project = Project::new().file("ours.pdf", std::fs::read(&handout(name).path).unwrap());
        let (ours, again) = (project.path("ours.pdf"), project.path("again.pdf"));
        let meant = rows(&project, "ours.pdf");
        assert!(!meant.is_empty());
        for (program, arguments) in ways {
            let Some(tool) = Tool::named(program) else { continue };
            let mut arguments: Vec<&dyn AsRef<std::ffi::OsStr>> =
                arguments.iter().map(|argument| argument as &dyn AsRef<_>).collect();
            arguments.extend([&ours as &dyn AsRef<_>, &again]);
            tool.judge(&arguments);
            assert_eq!(rows(&project, "again.pdf"), meant, "{program}, {name}");
        }
    }
}

#[test]
fn a_table_for_spreadsheets_has_a_row_for_each_field() {
    let project = Project::new().file("a b.pdf", std::fs::read(&handout(HANDOUTS[0]).path).unwrap());
    let table = project.run_words(&["log", "a b.pdf", "a b.pdf"]).exits(0).quietly().stdout;
    assert!(table.starts_with("file,sheet,title,mark,name,label,week,day,date,session,exercise,time,planned,done\n"));
    let row = table.lines().find(|row| row.contains(",w1-gym-one_deadlift,")).unwrap();
    assert!(row.starts_with("a b.pdf,schedules/spring-race,Half marathon,"), "{row}");
    assert!(row.contains(",1,Sunday,2027-03-21,Gym,Deadlift,,"), "{row}");
    assert!(row.ends_with(','), "nothing was filled in: {row}");
    assert_eq!(table.matches(",w1-gym-one_deadlift,").count(), 2, "one for each file");
}

#[test]
fn files_that_are_no_handouts_are_refused_and_nothing_is_printed() {
    let good = std::fs::read(&handout(HANDOUTS[0]).path).unwrap();
    let project = Project::new()
        .file("good.pdf", &good)
        .file("text.pdf", "Dear reader")
        .file("guide.pdf", std::fs::read(&handout("fields/guides/calf-care").path).unwrap())
        .file("cut.pdf", &good[..good.len() / 2])
        .file("folder/good.pdf", &good);
    for (file, reason) in [
        ("text.pdf", "it is no PDF"),
        ("guide.pdf", "has no fields"),
        ("cut.pdf", "it is damaged"),
        ("missing.pdf", "there is no such file"),
        ("folder", "it is a folder"),
    ] {
        let run = project.run_in(".", &format!("log good.pdf {file}")).exits(2).says(reason).says(file).says("help");
        assert_eq!(run.stdout, "", "{file}");
    }
    let Some(tool) = Tool::python("fill.py", "pikepdf") else { return };
    let _written = tool.judge(&[&project.path("good.pdf"), &project.path("secret.pdf"), &"encrypted"]);
    project.run_in(".", "log secret.pdf").exits(2).says("it is encrypted").says("without a password");
}
