//! Versions of words: what a translation was made from.

use std::fmt;
use std::str::FromStr;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::quantity::{BadQuantity, Literal, literal};

/// A version of an entry's words in the default language: a short digest of what they say.
///
/// Words that say the same have the same version, however they are written: the order of keys, quotes, line breaks and
/// comments do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version([u8; LENGTH]);

/// How many letters a version has.
const LENGTH: usize = 8;

/// Letters that make neither a number nor a word, so that YAML reads every version as a text.
const LETTERS: &[u8; 16] = b"bcdfghjklmnpqrst";

impl Version {
    /// The version of words with their keys.
    pub fn of(words: &Value) -> Self {
        let mut said = String::new();
        push(words, &mut said);
        let digest = Sha256::digest(said.as_bytes());
        let halves = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let mut letters = [LETTERS[0]; LENGTH];
        letters.iter_mut().zip(halves).for_each(|(letter, half)| *letter = LETTERS[usize::from(half)]);
        Self(letters)
    }
}

/// What a value says, in a form that depends on nothing else. Keys without a value, and lists and texts without any
/// words, say nothing.
fn push(value: &Value, said: &mut String) {
    match value {
        Value::Object(keys) => {
            let mut keys: Vec<_> = keys.iter().collect();
            keys.sort_by_key(|(key, _)| *key);
            said.push('{');
            for (key, value) in keys {
                let mut inner = String::new();
                push(value, &mut inner);
                if !matches!(inner.as_str(), "" | "{}" | "[]" | "\"\"") {
                    said.push_str(&format!("{key:?}:{inner},"));
                }
            }
            said.push('}');
        }
        Value::Array(items) => {
            said.push('[');
            for item in items {
                push(item, said);
                said.push(',');
            }
            said.push(']');
        }
        Value::String(text) => {
            let words: Vec<_> = text.split_whitespace().collect();
            said.push_str(&format!("\"{}\"", words.join(" ").replace('"', "\\\"")));
        }
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) => said.push_str(&value.to_string()),
    }
}

impl Literal for Version {
    const EXPECTED: &'static str =
        "a version of words such as `kdfrqnst`: eight letters, as `regimen show` prints them";

    fn shape() -> String {
        format!("[bcdfghjklmnpqrst]{{{LENGTH}}}")
    }
}

impl FromStr for Version {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let letters: Option<[u8; LENGTH]> = text.as_bytes().try_into().ok();
        letters
            .filter(|letters| letters.iter().all(|letter| LETTERS.contains(letter)))
            .map(Self)
            .ok_or_else(|| BadQuantity::not::<Self>(text))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.0))
    }
}

literal!(Version);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_version_is_of_what_words_say() {
        let of = |value: Value| Version::of(&value).to_string();
        let squat = of(json!({"name": "Squat", "steps": ["Sit back.", "Stand up."]}));
        assert_eq!(squat, of(json!({"steps": ["Sit\n back.", "Stand up."], "name": "Squat", "cues": []})));
        for other in [
            json!({"name": "Squat", "steps": ["Sit back.", "Stand up!"]}),
            json!({"name": "Squat", "steps": ["Sit back. Stand up."]}),
            json!({"name": "Squat", "cues": ["Sit back.", "Stand up."]}),
            json!({"name": "Squat"}),
        ] {
            assert_ne!(squat, of(other.clone()), "{other}");
        }
        assert_eq!(squat.parse::<Version>().map(|version| version.to_string()).as_deref(), Ok(squat.as_str()));
        for wrong in ["", "kdfrqns", "kdfrqnstt", "KDFRQNST", "12345678", "kdfrqnsa"] {
            assert!(wrong.parse::<Version>().is_err(), "{wrong}");
        }
    }
}
