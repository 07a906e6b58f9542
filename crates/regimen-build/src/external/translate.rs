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

#[cfg(test)]
mod tests {
    use regimen_catalog::FieldPath;
    use serde_json::json;

    use super::*;

    #[test]
    fn words_that_stand_in_are_taken_from_their_files() {
        let key = |keys: &[&str]| keys.iter().fold(FieldPath::root(), |path, key| path.key(*key));
        let (english, german): (FilePath, FilePath) = ("a.yaml".into(), "a.de.yaml".into());
        let stood_in = StoodIn::from([
            (key(&["steps"]), german.clone()),
            (key(&["stop_if"]), english.clone()),
            (key(&["alt", "end"]), english.clone()),
        ]);
        let words = |file: &FilePath| {
            let of_german = json!({"name": "Heben", "steps": ["Hoch."]});
            let of_english = json!({"steps": ["Up."], "stop_if": ["Pain."], "alt": {"start": "A", "end": "B"}});
            Some(if *file == german { of_german } else { of_english })
        };
        let written = json!({"name": "Heben (AT)", "follows": "bcdfghjk", "alt": {"start": "Anfang"}});
        assert_eq!(
            filled(written, &stood_in, &words),
            json!({
                "name": "Heben (AT)", "steps": ["Hoch."], "stop_if": ["Pain."], "alt": {"start": "Anfang", "end": "B"},
            })
        );
    }
}
