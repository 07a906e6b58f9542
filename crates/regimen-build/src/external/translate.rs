//! Translations in requests: each word that one lacks is there from the file that stands in for it.

use regimen_catalog::model::StoodIn;
use regimen_catalog::{FilePath, Segment};
use serde_json::{Map, Value};

/// Says which version of the original a translation follows, which only `regimen check` asks.
const FOLLOWS: &str = "follows";

/// A translation as it is written, filled with the words that stand in for those it lacks. `words` reads those of a file.
pub(super) fn filled(mut written: Value, stood_in: &StoodIn, words: &dyn Fn(&FilePath) -> Option<Value>) -> Value {
    if let Some(keys) = written.as_object_mut() {
        keys.remove(FOLLOWS);
    }
    let mut others: Vec<(&FilePath, Option<Value>)> = Vec::new();
    for (path, file) in stood_in {
        if others.iter().all(|(known, _)| *known != file) {
            others.push((file, words(file)));
        }
        let other = others.iter().find(|(known, _)| *known == file).and_then(|(_, words)| words.as_ref());
        if let Some(word) = other.and_then(|words| at(words, &path.0)) {
            put(&mut written, &path.0, word.clone());
        }
    }
    written
}

fn at<'v>(value: &'v Value, path: &[Segment]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, segment| match segment {
        Segment::Key(key) => value.get(key.as_ref()),
        Segment::Index(index) => value.get(index),
    })
}

/// Paths of words are of keys only.
fn put(value: &mut Value, path: &[Segment], word: Value) {
    let Some((Segment::Key(key), rest)) = path.split_first() else {
        *value = word;
        return;
    };
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    if let Some(keys) = value.as_object_mut() {
        put(keys.entry(key.to_string()).or_insert(Value::Null), rest, word);
    }
}
