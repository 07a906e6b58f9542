//! On which side of the body work is done.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use crate::json_schema::vocabulary;

/// On which side of the body work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DoseSide {
    /// On the left.
    Left,
    /// On the right.
    Right,
    /// On the side that is hurt or weaker.
    Affected,
    /// Once on each side.
    Each,
}

/// Every word with its meaning.
const WORDS: &[(&str, &str)] = &[
    ("left", "On the left."),
    ("right", "On the right."),
    ("affected", "On the side that is hurt or weaker."),
    ("each", "Once on each side."),
];

impl JsonSchema for DoseSide {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "DoseSide".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        vocabulary("On which side of the body work is done.", WORDS)
    }
}

impl fmt::Display for DoseSide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Affected => "affected",
            Self::Each => "each",
        })
    }
}
