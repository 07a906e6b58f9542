//! What a word of a grid's cells means: a session, and when on its day it is done.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use crate::model::{HourOfDay, Session};
use crate::reference::Id;

/// What a word means.
#[derive(Debug, Clone)]
pub(super) enum CellMeaning {
    /// A session, by its id.
    Session(Id<Session>),
    /// The same with more that is said of it.
    Placed(PlacedWord),
}

/// A session that a word means, with when on its day it is done.
#[derive(Debug, Clone, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PlacedWord {
    /// Which session.
    pub(super) session: Id<Session>,
    /// When on its day: `morning`, `evening`, or a time of day; what the schedule says of all sessions unless stated.
    pub(super) at: Option<HourOfDay>,
}

impl<'de> Deserialize<'de> for CellMeaning {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ReadMeaning)
    }
}

struct ReadMeaning;

impl<'de> Visitor<'de> for ReadMeaning {
    type Value = CellMeaning;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the id of a session, or a mapping with `session` and `at`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<CellMeaning, E> {
        text.parse().map(CellMeaning::Session).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<CellMeaning, A::Error> {
        PlacedWord::deserialize(MapAccessDeserializer::new(map)).map(CellMeaning::Placed)
    }
}

impl JsonSchema for CellMeaning {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CellMeaning".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The session that a word of cells means: its id, or a session with when on its day it is done.",
            "anyOf": [generator.subschema_for::<Id<Session>>(), generator.subschema_for::<PlacedWord>()],
        })
    }
}
