//! Who prints.

use std::borrow::Cow;

use regimen_export::schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// Whether files are for screens and office printers, or for a print shop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(from = "bool", into = "bool")]
pub enum Press {
    /// For screens and office printers.
    #[default]
    No,
    /// For a print shop: inks, marks to trim along, and nothing that only a screen has.
    Yes,
}

impl Press {
    pub(crate) fn is_press(self) -> bool {
        self == Self::Yes
    }
}

impl From<bool> for Press {
    fn from(written: bool) -> Self {
        if written { Self::Yes } else { Self::No }
    }
}

impl From<Press> for bool {
    fn from(press: Press) -> Self {
        press.is_press()
    }
}

impl JsonSchema for Press {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Press".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "boolean"})
    }
}
