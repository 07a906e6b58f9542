//! A word: a text without marks that knows its language.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use crate::language::LanguageTag;

/// A name, or another text without marks. It is read like a `&str`.
///
/// Where it stands in for a word that a translation lacks, it says which language it is in.
///
/// ```
/// use regimen_model::model::Word;
/// let word = Word::from("Squat");
/// assert_eq!((word.len(), word.language()), (5, None));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word {
    text: String,
    language: Option<LanguageTag>,
}

impl Word {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The language of a word that stands in; `None` for a word in the language of its file.
    pub fn language(&self) -> Option<&LanguageTag> {
        self.language.as_ref()
    }

    /// The same word, in this language.
    #[must_use]
    pub fn in_language(self, language: &LanguageTag) -> Self {
        Self { language: Some(language.clone()), ..self }
    }
}

impl Deref for Word {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl From<String> for Word {
    fn from(text: String) -> Self {
        Self { text, language: None }
    }
}

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for Word {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl From<&Word> for Word {
    fn from(word: &Word) -> Self {
        word.clone()
    }
}

impl From<Word> for String {
    fn from(word: Word) -> Self {
        word.text
    }
}

impl From<Word> for Vec<u8> {
    fn from(word: Word) -> Self {
        word.text.into_bytes()
    }
}

impl PartialEq<str> for Word {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl PartialEq<&str> for Word {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl serde::Serialize for Word {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl JsonSchema for Word {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Word".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}
