//! Literals: values that are written as one text or number, how they are read, and how they look to an editor.

use std::fmt;
use std::str::FromStr;

use schemars::{Schema, json_schema};
use serde_json::Value;

/// A value that is written as one YAML scalar. How it looks is said here once, for messages and for schemas.
pub trait Literal: FromStr {
    /// What it is, with examples between backquotes: "a share such as `60 %`".
    const EXPECTED: &'static str;
    /// The plain numbers that are such a value, if there are any.
    const NUMBERS: Option<Numbers> = None;

    /// Reads a text strictly, as the format spells it.
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    /// Other spellings to try for a text that cannot be read, in small letters with hyphens and a decimal point: what an
    /// author writes elsewhere, in the spelling of the format. At most two that can be read are offered.
    fn respelt(_tidied: &str) -> Vec<String> {
        Vec::new()
    }

    /// What to do where no spelling of this value says what was meant.
    fn advice(_tidied: &str) -> Option<String> {
        None
    }

    /// The regular expression of its text, without anchors and blanks at its ends.
    ///
    /// It knows no look-around, so that every tool can read it, and therefore not that a range must not fall.
    fn shape() -> String;

    /// A few such texts, which editors offer.
    fn examples() -> Vec<String> {
        let quoted = Self::EXPECTED.split('`').skip(1).step_by(2).map(|text| text.trim_matches('"'));
        quoted.filter(|text| text.parse::<Self>().is_ok()).map(str::to_owned).collect()
    }
}

/// Plain numbers from `low` to `high`.
#[derive(Debug)]
pub struct Numbers {
    /// The lowest.
    pub low: u32,
    /// The highest.
    pub high: u32,
    /// Whether halves count too.
    pub halves: bool,
}

/// The schema of a literal.
pub fn literal_schema<T: Literal>() -> Schema {
    let expected = T::EXPECTED;
    let mut schema = json_schema!({
        // A list of one, because yaml-language-server then says `errorMessage` in alternatives too.
        "type": ["string"],
        "pattern": format!(r"^\s*({})\s*$", T::shape()),
        "description": format!("{}{}.", expected[..1].to_uppercase(), &expected[1..]),
        "errorMessage": format!("write {expected}"),
    });
    let examples = T::examples();
    let numbers = T::NUMBERS.is_some();
    let plain = |text: String| text.parse::<u32>().map_or_else(|_| text.clone().into(), Value::from);
    let examples: Vec<Value> =
        examples.into_iter().map(|text| if numbers { plain(text) } else { text.into() }).collect();
    if !examples.is_empty() {
        schema.insert("examples".into(), examples.into());
    }
    if let Some(Numbers { low, high, halves }) = T::NUMBERS {
        schema.insert("type".into(), vec![if halves { "number" } else { "integer" }, "string"].into());
        schema.insert("minimum".into(), low.into());
        schema.insert("maximum".into(), high.into());
        if halves {
            schema.insert("multipleOf".into(), Value::from(0.5));
        }
    }
    schema
}

/// The regular expression of one of these words.
pub(crate) fn one_of(words: impl IntoIterator<Item = &'static str>) -> String {
    let words: Vec<_> = words.into_iter().collect();
    format!("({})", words.join("|"))
}

/// Lets a [`Literal`] be written as one YAML scalar, text or number, and read through its `FromStr`.
macro_rules! literal {
    ($($name:ty),+) => {$(
        $crate::quantity::literal_read!($name);

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )+};
}
pub(crate) use literal;

/// The same for a literal that is not always written as a text.
macro_rules! literal_read {
    ($name:ty) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = deserializer.deserialize_any($crate::quantity::ScalarText)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::quantity::literal_schema::<Self>()
            }
        }
    };
}
pub(crate) use literal_read;

/// Reads a scalar as its text: authors may write `reps: 8` or `reps: 8-12`.
#[derive(Debug)]
pub struct ScalarText;

impl serde::de::Visitor<'_> for ScalarText {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a single value")
    }

    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        Ok(text.trim().to_owned())
    }

    fn visit_u64<E>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_i64<E>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_f64<E>(self, value: f64) -> Result<String, E> {
        // The shortest text that means this number is the text that was written, up to 15 digits.
        Ok(value.to_string())
    }
}
