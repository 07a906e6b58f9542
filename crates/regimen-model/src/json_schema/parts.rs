//! Schemas of scalars that are no quantities, and of what has no type of its own.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

/// A text of this shape.
pub(crate) fn text_like(shape: &str, expected: &str) -> Schema {
    json_schema!({"type": "string", "pattern": format!("^({shape})$"), "errorMessage": format!("write {expected}")})
}

/// One of the words of a closed vocabulary, each with its meaning.
pub(crate) fn vocabulary(about: &str, words: &[(&str, &str)]) -> Schema {
    let (words, meanings): (Vec<&str>, Vec<&str>) = words.iter().map(|(word, about)| (*word, about.trim())).unzip();
    json_schema!({"type": "string", "description": about.trim(), "enum": words, "enumDescriptions": meanings})
}

/// A mapping with these keys and no others.
pub fn closed(keys: &Map<String, Value>) -> Schema {
    json_schema!({"type": "object", "properties": keys, "additionalProperties": false})
}

/// Declares a type that stands for another one in schemas.
macro_rules! stands_in {
    ($($(#[$about:meta])+ $name:ident = $schema:expr;)+) => {$(
        $(#[$about])+
        pub(crate) enum $name {}

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    )+};
}

stands_in! {
    /// A date, as authors write it.
    CalendarDay = text_like("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", "a date such as `2027-01-31`");
    /// A time of day, as authors write it.
    TimeOfDay = text_like("([01][0-9]|2[0-3]):[0-5][0-9](:00)?", "a time of day such as `\"09:15\"`");
    /// The options of an exporter, which only the exporter knows.
    Options = json_schema!({"type": "object"});
}
