//! What the program says that it is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Command, Output};

use regimen_tests::{Project, Tool, repository};
use serde_json::Value;

/// Every part, by name.
fn parts() -> BTreeMap<String, Vec<Value>> {
    let run = Project::new().run("licences --format json").exits(0).quietly();
    let list: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
    let mut parts: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for part in list {
        parts.entry(part["name"].as_str().unwrap().to_owned()).or_default().push(part);
    }
    parts
}

/// Runs a script of `packaging`; `None` where there is no Python, or packages of other systems are not on the disk.
fn script(name: &str, arguments: &[&str]) -> Option<Output> {
    Tool::named("python3")?;
    let mut command = Command::new("python3");
    command.arg("-B").arg(repository().join("packaging").join(name)).args(arguments).current_dir(repository());
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if said.contains("CalledProcessError") && std::env::var_os("CI").is_none() {
        // `cargo fetch --locked` gets them.
        return None;
    }
    Some(output)
}

#[test]
fn every_part_has_a_licence_and_its_text() {
    let parts = parts();
    assert!(parts.len() > 150, "{}", parts.len());
    for part in parts.values().flatten() {
        let licence = part["licence"].as_str().unwrap();
        let texts: Vec<&str> = part["texts"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
        assert!(!licence.is_empty() && !texts.is_empty(), "{part}");
        assert!(texts.iter().all(|text| !text.trim().is_empty()), "{part}");
        // What licences say of themselves, of which one holds for each part.
        let words = [
            "Permission is hereby granted",
            "Apache License",
            "SIL OPEN FONT LICENSE",
            "Redistribution and use in source and binary forms",
            "Permission is granted to anyone to use this software",
            "public domain",
            "hyph-utf8",
        ];
        assert!(texts.iter().any(|text| words.iter().any(|words| text.replace('\n', " ").contains(words))), "{part}");
    }
    for name in [
        "Regimen",
        "Figtree",
        "Source Sans 3",
        "IANA time zone database",
        "ICU dictionaries",
        "Rust standard library",
        "mimalloc",
        "Unicode Character Database and CLDR",
        "Hyphenation patterns of hyph-utf8",
    ] {
        assert!(parts.contains_key(name), "{name}");
    }
}

#[test]
fn licences_are_shown_as_a_list_or_with_their_texts() {
    let project = Project::new();
    let list = project.run("licences").exits(0).quietly().prints("Regimen ").prints("MIT OR Apache-2.0").stdout;
    assert!(list.lines().count() < 300 && !list.contains("Permission is hereby granted"));
    let full = project.run("licences --full").exits(0).quietly().stdout;
    assert!(full.starts_with(list.split("\n\n").next().unwrap()));
    assert!(full.contains("Permission is hereby granted") && full.contains("SIL OPEN FONT LICENSE"));
    project.run("licences Figtree").exits(0).prints("Figtree (font): OFL-1.1").prints("The Figtree Project Authors");
    project.run("licences figtre").exits(2).says("did you mean `Figtree`?");
    project.run("licences --full Figtree").exits(2);
}

/// Every crate of the list is locked in this version, and nothing that is linked on this system is missing.
#[test]
fn the_list_is_that_of_the_locked_crates() {
    let lock = fs::read_to_string(repository().join("Cargo.lock")).unwrap();
    let of = |block: &str, field: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(&format!("{field} = \""))?.strip_suffix('"'));
        line.unwrap_or_default().to_owned()
    };
    let locked: BTreeSet<(String, String)> =
        lock.split("[[package]]").skip(1).map(|block| (of(block, "name"), of(block, "version"))).collect();
    for part in parts().values().flatten().filter(|part| part["what"] == "" && part["name"] != "Regimen") {
        let key = (part["name"].as_str().unwrap().to_owned(), part["version"].as_str().unwrap().to_owned());
        assert!(locked.contains(&key), "{key:?} is not locked: run `python3 packaging/licences.py`");
    }
    let Some(output) = script("licences.py", &["--check"]) else { return };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_bill_of_materials_is_valid_and_always_the_same() {
    let Some(output) = script("sbom.py", &[]) else { return };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(script("sbom.py", &[]).unwrap().stdout == output.stdout);
    let bom: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(bom["metadata"]["timestamp"].is_null());
    let components = bom["components"].as_array().unwrap();
    let names: BTreeSet<&str> = components.iter().map(|component| component["name"].as_str().unwrap()).collect();
    let parts = parts();
    let missing: Vec<_> = parts.keys().filter(|name| *name != "Regimen" && !names.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let project = Project::new().file("bom.json", &output.stdout);
    let Some(judge) = Tool::python("sbom.py", "cyclonedx") else { return };
    let counted = judge.judge(&[&project.path("bom.json")]);
    assert_eq!(counted.trim(), (components.len() + 1).to_string());
}
