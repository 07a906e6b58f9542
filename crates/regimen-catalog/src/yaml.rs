//! Strict YAML: the only place that knows a YAML library.
//!
//! A text passes the [strict reader](strict), which refuses everything that YAML allows and catalogue files do not have,
//! each with its exact place. What comes out is a [tree](tree) whose keys are texts, given once, without
//! anchors, tags or surprises, and [`decode`] turns it into facts and words, reporting all mistakes at once.
//! The [index](index::index) finds the bytes of a value again when a finding is shown.

mod comments;
mod data;
mod decode;
mod discreet;
mod events;
mod index;
mod misplaced;
mod origin;
mod parts;
mod placeholder;
mod plain;
mod report;
mod spans;
mod strict;
mod syntax;
mod tree;
mod wording;

use std::ops::Range;

use serde::de::DeserializeOwned;

pub use data::{Data, NotANumber, Number};
pub(crate) use decode::{decode, decode_discreetly};
pub(crate) use parts::{keys_of, plain, read_people};
pub(crate) use spans::{Form, Key, Lead, Node};
pub use wording::wrong_type;

use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place};
use regimen_model::model::Needed;
use regimen_model::source::Syntax;

/// How the places in YAML files are found.
pub const YAML: Syntax = Syntax { index: index::index, touching_comments: comments::touching };

/// How deep lists and keys may be nested; everything that walks a tree may call itself this often.
const MAX_DEPTH: usize = 64;

/// How many bytes are shown behind the first one that is not UTF-8.
const MAX_SHOWN: usize = 80;

/// A part of a YAML document that the strict reader accepted.
#[derive(Debug, Clone)]
pub(crate) struct Value {
    tree: serde_yaml::Value,
    /// The YAML part of the file that it was read from.
    range: Range<usize>,
}

impl Value {
    /// The same as JSON, unless it holds a number that JSON does not have.
    pub(crate) fn to_json(&self) -> Option<serde_json::Value> {
        serde_json::to_value(&self.tree).ok()
    }

    /// What is under a key, as JSON.
    pub(crate) fn json_at(&self, key: &str) -> Option<serde_json::Value> {
        self.tree.as_mapping()?.get(key).and_then(|tree| serde_json::to_value(tree).ok())
    }
}

/// A YAML document that the strict reader accepted; its root has keys.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    /// What it says, without the keys that start with `x-`.
    pub(crate) value: Value,
}

/// Reads the YAML in the bytes `range` of a file: all of it, or the front matter of a guide.
///
/// # Errors
/// Everything that the strict reader refuses, with places in the whole file.
pub(crate) fn read(text: &str, file: &FilePath, range: Range<usize>) -> Result<Document, Vec<Diagnostic>> {
    let tree = strict::read(text, range.clone(), file, strict::Root::Keys)?;
    Ok(Document { value: Value { tree, range } })
}

/// Whether what is written so, without quotes, is a text to the strict reader.
pub(crate) fn is_text(written: &str) -> bool {
    plain::disguised_number(written).is_none() && plain::resolve(written.to_owned()).is_string()
}

/// Takes a key of the root, and what is under it, out of a document.
pub(crate) fn split_off(document: &mut Document, key: &str) -> Option<Value> {
    let tree = document.value.tree.as_mapping_mut()?.shift_remove(key)?;
    Some(Value { tree, range: document.value.range.clone() })
}

/// Takes a key out of the root, or out of the mapping that the root has under `below`. If there may be a text of the same key,
/// only a mapping is taken.
pub(crate) fn split_mapping(document: &mut Document, below: Option<&str>, key: &str, or_text: bool) -> Option<Value> {
    let mut around = document.value.tree.as_mapping_mut()?;
    if let Some(below) = below {
        around = around.get_mut(below)?.as_mapping_mut()?;
    }
    if or_text && !around.get(key)?.is_mapping() {
        return None;
    }
    let tree = around.shift_remove(key)?;
    Some(Value { tree, range: document.value.range.clone() })
}

/// Takes a key out of every mapping whose path `wanted` accepts, with that path.
pub(crate) fn split_everywhere(
    document: &mut Document,
    key: &str,
    wanted: &dyn Fn(&FieldPath) -> bool,
) -> Vec<(FieldPath, Value)> {
    let mut taken = Vec::new();
    take_from(&mut document.value.tree, &FieldPath::root(), key, wanted, &mut taken);
    let range = &document.value.range;
    taken.into_iter().map(|(path, tree)| (path, Value { tree, range: range.clone() })).collect()
}

fn take_from(
    tree: &mut serde_yaml::Value,
    path: &FieldPath,
    key: &str,
    wanted: &dyn Fn(&FieldPath) -> bool,
    taken: &mut Vec<(FieldPath, serde_yaml::Value)>,
) {
    if let Some(mapping) = tree.as_mapping_mut() {
        let found = if wanted(path) { mapping.shift_remove(key) } else { None };
        taken.extend(found.map(|tree| (path.clone(), tree)));
        for (name, value) in mapping.iter_mut() {
            let name = name.as_str().unwrap_or_default();
            take_from(value, &path.clone().key(name), key, wanted, taken);
        }
    } else if let Some(items) = tree.as_sequence_mut() {
        for (index, item) in items.iter_mut().enumerate() {
            take_from(item, &path.clone().index(index), key, wanted, taken);
        }
    }
}

/// The paths of keys of these names that have an empty list or mapping, in the order of the file.
pub(crate) fn empty_values<'k>(value: &Value, keys: &[&'k str]) -> Vec<(FieldPath, &'k str)> {
    let mut found = Vec::new();
    find_empty_values(&value.tree, &FieldPath::root(), keys, &mut found);
    found
}

fn find_empty_values<'k>(
    tree: &serde_yaml::Value,
    path: &FieldPath,
    keys: &[&'k str],
    found: &mut Vec<(FieldPath, &'k str)>,
) {
    if let Some(mapping) = tree.as_mapping() {
        for (name, value) in mapping {
            let name = name.as_str().unwrap_or_default();
            let path = path.clone().key(name);
            let is_empty = value.as_mapping().is_some_and(serde_yaml::Mapping::is_empty)
                || value.as_sequence().is_some_and(|items| items.is_empty());
            match keys.iter().find(|key| is_empty && **key == name) {
                Some(key) => found.push((path, key)),
                None => find_empty_values(value, &path, keys, found),
            }
        }
    } else if let Some(items) = tree.as_sequence() {
        for (index, item) in items.iter().enumerate() {
            find_empty_values(item, &path.clone().index(index), keys, found);
        }
    }
}

/// Adds blank words for the keys that are missing, so that they can be read without them.
pub(crate) fn fill_in(value: &mut Value, needed: &[Needed]) {
    blanks(&mut value.tree, needed);
}

fn blanks(tree: &mut serde_yaml::Value, needed: &[Needed]) {
    let Some(mapping) = tree.as_mapping_mut() else { return };
    for one in needed {
        let (key, blank) = match one {
            Needed::Text(key) => (*key, serde_yaml::Value::String(String::new())),
            Needed::List(key) => (*key, serde_yaml::Value::Sequence(Vec::new())),
            Needed::Within(key, inner) => {
                let keys = mapping.get_mut(*key).and_then(serde_yaml::Value::as_mapping_mut);
                keys.into_iter().flat_map(|keys| keys.values_mut()).for_each(|tree| blanks(tree, inner));
                continue;
            }
        };
        if !mapping.contains_key(key) {
            mapping.insert(serde_yaml::Value::String(key.to_owned()), blank);
        }
    }
}

/// Takes several keys of the root out of a document, as a piece of its own.
pub(crate) fn split_keys(document: &mut Document, keys: &[&str]) -> Value {
    let mut taken = serde_yaml::Mapping::new();
    if let Some(root) = document.value.tree.as_mapping_mut() {
        let found = keys.iter().filter_map(|key| root.shift_remove_entry(*key));
        taken.extend(found.collect::<Vec<_>>());
    }
    Value { tree: serde_yaml::Value::Mapping(taken), range: document.value.range.clone() }
}

/// Reads a text that ships with the program.
pub(crate) fn trusted<T: DeserializeOwned>(text: &str) -> T {
    serde_yaml::from_str(text).unwrap_or_else(|error| unreachable!("a built-in file is damaged: {error}"))
}

/// The text of a file, which must be UTF-8.
///
/// # Errors
/// If it is not: a finding at the first wrong byte, and the text around that byte to show it in.
pub(crate) fn utf8<'b>(bytes: &'b [u8], file: &FilePath) -> Result<&'b str, Box<(String, Diagnostic)>> {
    std::str::from_utf8(bytes).map_err(|error| {
        let wrong = error.valid_up_to();
        // What is right stays as it is, and U+FFFD stands for what is wrong, so that the place fits the text.
        let place = wrong..wrong + char::REPLACEMENT_CHARACTER.len_utf8();
        let finding = Diagnostic::error("not-utf8", "the file is not text in UTF-8")
            .at(Place::bytes(file.clone(), place), "this byte is no character")
            .help("save the file with the encoding UTF-8; editors offer it under \"Save with encoding\"");
        Box::new((shown_with(bytes, wrong), finding))
    })
}

/// The file up to the end of the line with a wrong byte, which may be far away where the file is no text at all.
fn shown_with(bytes: &[u8], wrong: usize) -> String {
    let rest = bytes[wrong..].iter().take(MAX_SHOWN).take_while(|byte| **byte != b'\n').count();
    String::from_utf8_lossy(&bytes[..wrong + rest]).into_owned()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use regimen_model::model::{Exercise, Program, Session};

    const SEEDS: [&str; 4] = [
        "kind: strength\npattern: hinge\nlaterality: bilateral\nlevel: 2\nmuscles:\n  - target: group:hamstrings\n    role: prime\n  \
         - {target: muscle:soleus, role: stabiliser}\ndefaults: {sets: 3, reps: 8-12, rest: 90 s}\ntags: [a, 'b c', \"d\\te\"]\n",
        "# Anfang 中文\r\nkind: run\r\nduration: 30 min\r\nmain:\r\n- exercise: easy-jog\r\n  dose: {time: 20 min}\r\n- superset:\r\n  - exercise: a\r\n",
        "phases:\n  - id: base\n    kind: base\n    weeks: 4\n    sessions:\n    - {session: a, on: monday}\nlevel: 1\nx-note: |\n  many\n\n  lines\n",
        "? a\n: >-\n  folded\n  text\nb: &x [1, {c: *x}]\n--- !!t\n<<: {}\n\"q\": 'it''s'\n",
    ];

    const PIECES: [&str; 24] = [
        "\t", " ", "\n", "\r", "\0", ":", ": ", "- ", "[", "]", "{", "}", "\"", "'", "#", "&a ", "*a", "!t ", "|",
        "---\n", "é", "中", "\u{feff}", "? ",
    ];

    /// The next number of a xorshift sequence, below `limit`.
    fn below(state: &mut u64, limit: usize) -> usize {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        usize::try_from(*state >> 33).unwrap() % limit.max(1)
    }

    /// A file in which some characters are lost, added or written twice.
    pub(crate) fn damaged(state: &mut u64) -> String {
        let mut text: Vec<char> = SEEDS[below(state, SEEDS.len())].chars().collect();
        for _ in 0..=below(state, 6) {
            let at = below(state, text.len());
            match below(state, 3) {
                0 => drop(text.splice(at..at, PIECES[below(state, PIECES.len())].chars())),
                1 => drop(text.drain(at..(at + below(state, 5)).min(text.len()))),
                _ => {
                    let other = below(state, text.len());
                    let piece: Vec<char> = text[at.min(other)..at.max(other)].iter().take(40).copied().collect();
                    drop(text.splice(other..other, piece));
                }
            }
        }
        text.into_iter().collect()
    }

    /// A tree as text. Line breaks at the end of a text do not count: parsers differ in the last one of a file that
    /// ends without it. Neither do private keys, which nobody reads.
    fn shape(tree: &serde_yaml::Value) -> String {
        match tree {
            serde_yaml::Value::Mapping(mapping) => {
                let public = mapping.iter().map(|(key, value)| (key.as_str().unwrap(), value));
                let public = public.filter(|(key, _)| !key.starts_with("x-"));
                public.map(|(key, value)| format!("{key:?}: {} ", shape(value))).collect::<String>() + "."
            }
            serde_yaml::Value::Sequence(items) => {
                format!("[{}]", items.iter().map(shape).collect::<Vec<_>>().join(","))
            }
            serde_yaml::Value::String(text) => format!("{:?}", text.trim_end()),
            other => format!("{other:?}"),
        }
    }

    /// What is said in the author's form, as [`shape`] shows it.
    fn said(data: &Data) -> String {
        match data {
            Data::Keys(keys) => {
                let public = keys.iter().filter(|(key, _)| !key.starts_with("x-"));
                public.map(|(key, value)| format!("{key:?}: {} ", said(value))).collect::<String>() + "."
            }
            Data::List(items) => format!("[{}]", items.iter().map(said).collect::<Vec<_>>().join(",")),
            Data::Text(text) => format!("{:?}", text.trim_end()),
            Data::Nothing => shape(&serde_yaml::Value::Null),
            Data::Flag(flag) => shape(&(*flag).into()),
            Data::Number(number) => shape(&serde_yaml::from_str(number.as_str()).expect("a number")),
        }
    }

    #[test]
    fn damaged_files_never_panic_and_mean_what_a_second_parser_says() {
        let (mut state, mut passed) = (0x2545_f491_4f6c_dd1d, 0);
        let file: FilePath = "a.yaml".into();
        for round in 0..4_000 {
            let text = damaged(&mut state);
            let Ok(document) = read(&text, &file, 0..text.len()) else {
                continue;
            };
            passed += 1;
            let node = Node::read(&text, 0..text.len()).expect("what the strict reader accepts can be taken apart");
            assert_eq!(said(&node.data()), shape(&document.value.tree), "round {round}: {text:?}");
            // The second parser refuses a little more, such as `{a:, b: 1}`.
            if let Ok(second) = serde_yaml::from_str(events::without_mark(&text)) {
                assert_eq!(shape(&document.value.tree), shape(&second), "round {round}: {text:?}");
            }
            let root = FieldPath::root();
            let (_, mut found) = match round % 3 {
                0 => (None::<()>, decode::<Exercise>(&text, &file, &root, document.value).1),
                1 => (None, decode::<Session>(&text, &file, &root, document.value).1),
                _ => (None, decode::<Program>(&text, &file, &root, document.value).1),
            };
            let mut sources = regimen_model::Sources::default();
            sources.add(file.clone(), text.as_str(), YAML);
            found.retain(|finding| sources.locate(&finding.labels[0].place).is_none());
            assert_eq!(found, []);
        }
        assert!(passed > 200, "only {passed} texts got through the strict reader");
    }
}
