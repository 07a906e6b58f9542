//! Nothing of a person is repeated, wherever it is written.

use super::{catalog, findings, roster};
use crate::people::keys;

/// A name that is nowhere else.
const NAME: &str = "Xanthippe Ferguson-Ngo";

/// Ways to write it that a finding might repeat.
fn is_repeated(text: &str) -> bool {
    let small = text.to_lowercase();
    ["xanth", "fergus", "ngo"].iter().any(|part| small.contains(part))
}

fn is_silent(text: &str) {
    let mut roster = roster(text.as_bytes());
    let of_all = roster.findings().to_vec();
    let rows: Vec<_> = roster.by_ref().collect();
    let wrong = rows.iter().filter_map(|row| row.person.as_ref().err()).flatten().chain(&of_all);
    for finding in wrong {
        assert!(!is_repeated(&format!("{finding:?}")), "{text}\n{finding:#?}");
    }
}

#[test]
fn a_name_in_the_wrong_cell_is_not_repeated() {
    let _loaded_once = catalog();
    let nested = [
        "best.deadlift",
        "doses.plank",
        "doses.plank.reps",
        "doses.plank.load",
        "instead.plank",
        "times.monday",
        "result.5k",
    ];
    let columns = keys().into_iter().chain(nested.map(str::to_owned));
    for column in columns {
        for value in [
            NAME.to_owned(),
            NAME.to_lowercase().replace(' ', "-"),
            "xanthippe".to_owned(),
            format!("{NAME} is not {NAME}, expected `{NAME}`"),
            format!("mat;{NAME}"),
            format!("{{{NAME}: {NAME}}}"),
            format!("[{NAME}, {{pause: {NAME}, sets: {NAME}}}]"),
            format!("8 {NAME}"),
            format!("2027-01-04 {NAME}"),
            format!("a\u{0}{NAME}"),
        ] {
            let cell = value.replace('"', "\"\"");
            is_silent(&format!("id,program,{column}\np-1,runners-hamstrings,\"{cell}\"\n"));
            is_silent(&format!("id,{column},start\np-1,\"{cell}\",2027-01-04\n"));
            let key = column.split('.').next().unwrap_or_default();
            is_silent(&format!("- id: p-1\n  {key}: {value}\n  program: runners-hamstrings\n"));
            is_silent(&format!(
                "- id: p-1\n  program: runners-hamstrings\n  start: 2027-01-04\n  {key}: \"{}\"\n",
                value.replace(['"', '\0'], "")
            ));
            is_silent(&format!("- id: p-1\n  start: 2027-01-04\n  {key}:\n    - {value}\n"));
            is_silent(&format!("id: p-1\n{key}:\n  {NAME}: {value}\n  plank: {{{NAME}: 1}}\n"));
        }
    }
}

#[test]
fn a_name_where_none_belongs_is_not_repeated() {
    for text in [
        format!("p-1,{NAME},runners-hamstrings\n"),
        format!("id,{NAME}\np-1,x\n"),
        format!("id,best.{NAME},doses.plank.{NAME},{NAME}.x,times.{NAME}\np-1,,,,\n"),
        "id,name\np-1,Ferguson, Xanthippe\n".to_owned(),
        "id,name\np-1,\"Xanthippe\n".to_owned(),
        format!("{NAME}:\n  id: p-1\n"),
        format!("- {NAME}\n"),
        format!("- [{NAME}]\n"),
        format!("- ? {NAME}\n"),
        format!("- &{} a\n", "Xanthippe"),
        format!("- *{}\n", "Xanthippe"),
        format!("- !{} a\n", "Xanthippe"),
        format!("- id: p-1\n  {NAME}: 1\n  {NAME}: 1\n"),
        format!("- id: p-1\n  name: {NAME}: {NAME}\n"),
        format!("- id: p-1\n  name: \"{NAME}\n"),
        format!("- id: p-1\n  name: [{NAME}\n"),
        format!("- id: p-1\n name: {NAME}\n"),
        format!("- id: p-1\n\tname: {NAME}\n"),
        format!("- id: p-1\n{NAME}\n"),
        format!("- id: p-1\n  name: |{NAME}\n"),
        format!("- id: p-1\n  name: \"\\q{NAME}\"\n"),
        format!("- id: p-1\n  name: {{{NAME}}}\n"),
        format!("---\n{NAME}\n"),
        format!("# x\n{NAME}\n"),
    ] {
        is_silent(&text);
        assert!(!findings(text.as_bytes()).is_empty(), "{text}");
    }
}
