//! Values of the wrong shape: a list, keys, a number where something else belongs. Whatever is said of them is said in
//! words of the format, never in those of a programming language.

use std::path::Path;

use regimen_catalog::{Files, load_files};
use serde_yaml::{Mapping, Value};

/// Words of parsers and types that an author has no use for.
const FOREIGN: [&str; 16] = [
    "invalid type",
    "invalid value",
    "invalid length",
    "sequence",
    "struct",
    "enum",
    "variant",
    "untagged",
    "tuple",
    "newtype",
    "deserial",
    "boolean",
    "integer",
    "string",
    "a map",
    "null",
];

/// A foreign word in a message, outside of what it quotes.
fn foreign(text: &str) -> Option<&'static str> {
    let prose: String = text.to_lowercase().split('`').step_by(2).collect();
    FOREIGN.into_iter().find(|word| prose.contains(word))
}

/// What may be written where something else belongs.
fn wrong_shapes() -> Vec<Value> {
    let keys = Mapping::from_iter([(Value::from("strange"), Value::from("x"))]);
    vec![
        Value::Sequence(Vec::new()),
        Value::Sequence(vec![Value::from("strange"), Value::from(1)]),
        Value::Sequence(vec![Value::Sequence(vec![Value::Null])]),
        Value::Mapping(keys),
        Value::Mapping(Mapping::new()),
        Value::from("strange: words"),
        Value::from(-7),
        Value::from(2.5),
        Value::from(true),
        Value::Null,
    ]
}

/// Every way in which one value of a tree has the wrong shape.
fn misshapen(tree: &Value) -> Vec<Value> {
    let mut all = wrong_shapes();
    match tree {
        Value::Mapping(mapping) => {
            for (key, value) in mapping {
                all.extend(misshapen(value).into_iter().map(|wrong| {
                    let mut changed = mapping.clone();
                    changed.insert(key.clone(), wrong);
                    Value::Mapping(changed)
                }));
            }
        }
        Value::Sequence(items) => {
            for (index, value) in items.iter().enumerate() {
                all.extend(misshapen(value).into_iter().map(|wrong| {
                    let mut changed = items.clone();
                    changed[index] = wrong;
                    Value::Sequence(changed)
                }));
            }
        }
        _ => {}
    }
    all
}

#[test]
fn no_word_of_a_parser_reaches_an_author() {
    let mut small = small();
    small.insert("sessions/rich.yaml".into(), RICH_SESSION.as_bytes().into());
    small.insert("programs/rich.yaml".into(), RICH_PROGRAM.as_bytes().into());
    let mut tried = 0;
    for (path, bytes) in &small {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        // Guides keep their keys between two lines of hyphens.
        let (yaml, rest) = match text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n")) {
            Some((yaml, rest)) => (yaml, Some(rest)),
            None => (text, None),
        };
        let Ok(tree) = serde_yaml::from_str::<Value>(yaml) else { continue };
        // Alone with the project file, which is all that decoding needs.
        let mut alone: Files = small
            .iter()
            .filter(|(path, _)| ***path == *"regimen.yaml")
            .map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect();
        for wrong in misshapen(&tree) {
            let written = serde_yaml::to_string(&wrong).expect("UTF-8");
            let written = rest.map_or(written.clone(), |rest| format!("---\n{written}---\n{rest}"));
            alone.insert(path.clone(), written.as_bytes().into());
            for finding in load_files(&alone).findings {
                let said = [&finding.message, finding.help.as_deref().unwrap_or_default()].join("\n");
                assert_eq!(foreign(&said), None, "{path}: {said}\n{written}");
            }
            tried += 1;
        }
    }
    assert!(tried > 1000, "{tried} values");
}

/// Blocks of every form.
const RICH_SESSION: &str = "
kind: strength
duration: 30-40 min
warm_up: [{use: ready}, {run: [{id: easy, duration: 1 km, target: easy pace}, {repeat: 2, steps: [{duration: 90 s}]}]}]
main:
  - {superset: [{exercise: a, dose: {sets: 2, hold: 30 s, load: band red, tempo: 3-1-1-0}}, {exercise: b}], rounds: 2, rest: 60 s}
  - {exercise: c, dose: {sets: 2, distance: 20 m, rir: 2, set_type: drop, times_per_day: 2}}
  - {id: top, exercise: a, dose: [{reps: [5, 5+], load: [60 kg, 90 %last]}, {sets: 2, reps: 10, hold: 5 s}]}
  - {exercise: b, dose: {reps: until-tired, every: 2 days, side: left, pain: 3}}
words: {name: Rich, texts: {a: b}}
";

/// Progressions of every form.
const RICH_PROGRAM: &str = "
level: 2
phases:
  - id: one
    kind: base
    weeks: 2
    volume: 60 %
    sessions: [{session: rich, day: tuesday, slot: first, min_gap: 48 h}]
    overrides: [{week: 2, kind: deload, volume: 50 %}]
    progression:
      - {exercise: a, linear: {add: 1 reps, every: 1, cap: 8 reps}}
      - {exercise: b, double: {reps: 8-12, add: 2.5 kg}}
      - {exercise: c, explicit: [{sets: 2, reps: 5}, {sets: 3, reps: 5}]}
      - {step: easy, lengths: [1 km, 2 km]}
      - {item: top, from: [{reps: 5}, {reps: 6}]}
words: {name: Rich, summary: Rich., goal: x, audience: y, notes: [z], phases: {one: x}}
";

/// The files of a small catalogue.
fn small() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/small");
    let mut files = Files::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
                files.insert(name.into(), std::fs::read(&path).expect("a file").into());
            }
        }
    }
    files
}
