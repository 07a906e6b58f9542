//! What there is to note by hand or to fill in what was done.

use std::borrow::Cow;
use std::fmt;

use regimen_export::schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

/// Whether there is room to note what was done, and for whom.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Log {
    /// Room to write by hand.
    #[default]
    Pen,
    /// No room.
    No,
    /// The same room as fields of a form, to be filled in on a screen as well.
    Fields,
}

const FIELDS: &str = "fields";

impl JsonSchema for Log {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Log".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [{"type": "boolean"}, {"type": "string"}], "enum": [true, false, FIELDS]})
    }
}

/// As a project file has it.
impl Serialize for Log {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Pen => serializer.serialize_bool(true),
            Self::No => serializer.serialize_bool(false),
            Self::Fields => serializer.serialize_str(FIELDS),
        }
    }
}

impl<'de> Deserialize<'de> for Log {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Written)
    }
}

struct Written;

impl Visitor<'_> for Written {
    type Value = Log;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`true`, `false` or `{FIELDS}`")
    }

    fn visit_bool<E: de::Error>(self, written: bool) -> Result<Log, E> {
        Ok(if written { Log::Pen } else { Log::No })
    }

    fn visit_str<E: de::Error>(self, written: &str) -> Result<Log, E> {
        match written {
            FIELDS => Ok(Log::Fields),
            other => Err(E::unknown_variant(other, &["true", "false", FIELDS])),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_written_is_read_and_anything_else_names_the_choices() {
        for (written, log) in [(json!(true), Log::Pen), (json!(false), Log::No), (json!("fields"), Log::Fields)] {
            assert_eq!(serde_json::from_value::<Log>(written.clone()).unwrap(), log);
            assert_eq!(serde_json::to_value(log).unwrap(), written);
        }
        for wrong in [json!("field"), json!(1), json!(null)] {
            let error = serde_json::from_value::<Log>(wrong).unwrap_err().to_string();
            assert!(error.contains("`fields`"), "{error}");
        }
    }
}
