//! Short texts beside an exercise or a step.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};

use crate::reference::{Id, Reference};

/// A marker for things that have a key but no words of their own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlainWords {}

/// A short text beside an exercise or a step, by its key in the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its key under `texts`.
    pub key: Id<PlainWords>,
    /// The session or fragment whose words have it: known in a plan, where the blocks of fragments stand among those of the
    /// session.
    pub owner: Option<Reference>,
}

impl Note {
    /// The note of a block of this session or fragment.
    pub fn of(&self, owner: &Reference) -> Self {
        Self { key: self.key.clone(), owner: Some(owner.clone()) }
    }
}

impl<'de> Deserialize<'de> for Note {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Id::deserialize(deserializer).map(|key| Self { key, owner: None })
    }
}

impl JsonSchema for Note {
    fn inline_schema() -> bool {
        <Id<PlainWords>>::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        <Id<PlainWords>>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        <Id<PlainWords>>::json_schema(generator)
    }
}
