//! Where an entry, or the words of one language, were taken from.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

use crate::quantity::{BadQuantity, Literal, literal};

/// The database, book or site that an entry or its words were taken from. It is credited wherever these are printed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Origin {
    /// What it was taken from, by its name.
    #[schemars(length(min = 1))]
    pub from: String,
    /// Its id there, a text or a number.
    #[serde(default, deserialize_with = "text_or_number")]
    #[schemars(with = "Option<IdThere>")]
    pub id: Option<String>,
    /// Its address there.
    pub url: Option<WebAddress>,
    /// Who wrote it.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Under which licence, best as an SPDX identifier.
    pub licence: Option<String>,
    /// Whether it was changed, or how.
    pub changed: Option<Changed>,
}

/// An id of another database; many have numbers.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged, expecting = "a text or a whole number")]
#[schemars(inline)]
enum IdThere {
    Text(String),
    Number(u64),
}

fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<IdThere>::deserialize(deserializer)?.map(|id| match id {
        IdThere::Text(text) => text,
        IdThere::Number(number) => number.to_string(),
    }))
}

/// An address on the web.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct WebAddress(String);

impl WebAddress {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Literal for WebAddress {
    const EXPECTED: &'static str = "an address on the web such as `https://example.org/press`";

    fn shape() -> String {
        r#"https?://[^\s/<>"`][^\s<>"`]*"#.to_owned()
    }
}

impl FromStr for WebAddress {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let text = text.trim();
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`');
        let sound = |rest: &str| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(odd);
        if !rest.is_some_and(sound) {
            // An address without its beginning, as browsers show it.
            let site = text.split('/').next().unwrap_or_default();
            let whole = site.contains('.') && !site.contains([':', '@']) && !site.starts_with('.') && sound(text);
            return Err(BadQuantity::meant::<Self>(text, whole.then(|| format!("https://{text}"))));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

literal!(WebAddress);

/// Whether a text was changed after it was taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// It was not.
    No,
    /// It was.
    Yes,
    /// It was, in this way.
    How(String),
}

impl<'de> Deserialize<'de> for Changed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Said;

        impl Visitor<'_> for Said {
            type Value = Changed;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`true`, `false`, or the changes in a few words")
            }

            fn visit_bool<E: Error>(self, changed: bool) -> Result<Changed, E> {
                Ok(if changed { Changed::Yes } else { Changed::No })
            }

            fn visit_str<E: Error>(self, how: &str) -> Result<Changed, E> {
                Ok(if how.trim().is_empty() { Changed::Yes } else { Changed::How(how.trim().to_owned()) })
            }
        }

        deserializer.deserialize_any(Said)
    }
}

impl JsonSchema for Changed {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Changed".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["boolean", "string"]})
    }
}

/// The key `origin` of an entry or of words, for schemas.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub struct WithOrigin {
    /// Where this was taken from. It is credited wherever it is printed.
    origin: Option<Origin>,
}
