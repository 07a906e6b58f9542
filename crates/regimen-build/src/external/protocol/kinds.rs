//! The kinds of unit that a plugin names: one by itself, or several in a list.

use std::collections::BTreeSet;
use std::fmt;

use regimen_export::Granularity;
use schemars::{JsonSchema as _, Schema, SchemaGenerator, json_schema};
use serde::Deserialize as _;
use serde::de::value::StrDeserializer;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};

/// Reads `"plan"` and `["plan", "person"]`.
pub(super) fn one_or_several<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeSet<Granularity>, D::Error> {
    from.deserialize_any(Kinds)
}

/// The schema of both.
pub(super) fn schema(generator: &mut SchemaGenerator) -> Schema {
    let one = Granularity::json_schema(generator);
    json_schema!({"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]})
}

struct Kinds;

impl<'de> Visitor<'de> for Kinds {
    type Value = BTreeSet<Granularity>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a kind of unit such as `plan`, or a list of them")
    }

    fn visit_str<E: Error>(self, kind: &str) -> Result<Self::Value, E> {
        Granularity::deserialize(StrDeserializer::new(kind)).map(|kind| [kind].into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut kinds = BTreeSet::new();
        while let Some(kind) = list.next_element()? {
            kinds.insert(kind);
        }
        if kinds.is_empty() { Err(A::Error::custom("the list names no kind of unit")) } else { Ok(kinds) }
    }
}
