//! From JSON to a schema.

use serde_json::{Map, Number, Value};

use super::{Bound, Keywords, Limit, Schema, Type};

/// The deepest that schemas may be within each other.
const DEEPEST: usize = 32;
/// The most schemas within one.
const MOST: usize = 10_000;

/// Keywords that say nothing about what is valid.
const DESCRIPTIONS: [&str; 8] =
    ["$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated"];

impl Schema {
    /// Reads a schema.
    ///
    /// # Errors
    /// What is wrong with it, for the author of the plugin.
    pub(in super::super) fn parse(schema: &Value) -> Result<Self, String> {
        Parser { left: MOST }.schema(schema, "", DEEPEST)
    }
}

struct Parser {
    /// How many schemas there may still be.
    left: usize,
}

impl Parser {
    /// Reads the schema at a JSON pointer (RFC 6901).
    fn schema(&mut self, schema: &Value, at: &str, depth: usize) -> Result<Schema, String> {
        let depth =
            depth.checked_sub(1).ok_or_else(|| format!("it has more than {DEEPEST} schemas within each other"))?;
        self.left = self.left.checked_sub(1).ok_or_else(|| format!("it has more than {MOST} schemas"))?;
        let object = match schema {
            Value::Bool(always) => return Ok(Schema::Always(*always)),
            Value::Object(object) => object,
            _ => return Err(wrong(at, "a schema is an object, `true` or `false`")),
        };
        let mut keywords = Keywords::default();
        for (key, value) in object {
            self.keyword((key, value), &format!("{at}/{}", escaped(key)), depth, &mut keywords)?;
        }
        Ok(Schema::Keywords(Box::new(keywords)))
    }

    fn keyword(
        &mut self,
        (key, value): (&str, &Value),
        at: &str,
        depth: usize,
        into: &mut Keywords,
    ) -> Result<(), String> {
        match key {
            "type" => into.types = Some(types(value, at)?),
            "enum" => into.allowed.push(value.as_array().ok_or_else(|| wrong(at, "should be a list"))?.clone()),
            "const" => into.allowed.push(vec![value.clone()]),
            "properties" => {
                for (key, value) in object(value, at)? {
                    let schema = self.schema(value, &format!("{at}/{}", escaped(key)), depth)?;
                    into.properties.insert(key.clone(), schema);
                }
            }
            "required" => {
                let keys =
                    value.as_array().and_then(|keys| keys.iter().map(|key| key.as_str().map(str::to_owned)).collect());
                into.required = keys.ok_or_else(|| wrong(at, "should be a list of keys"))?;
            }
            "additionalProperties" => into.additional = Some(self.schema(value, at, depth)?),
            "items" => into.items = Some(self.schema(value, at, depth)?),
            "anyOf" => into.any_of = self.schemas(value, at, depth)?,
            "allOf" => into.all_of = self.schemas(value, at, depth)?,
            "oneOf" => into.one_of = self.schemas(value, at, depth)?,
            key if DESCRIPTIONS.contains(&key) => {}
            key => into.bounds.push(bound(key, value, at)?),
        }
        Ok(())
    }

    fn schemas(&mut self, value: &Value, at: &str, depth: usize) -> Result<Vec<Schema>, String> {
        let list = value.as_array().filter(|list| !list.is_empty());
        let list = list.ok_or_else(|| wrong(at, "should be a list of schemas"))?;
        list.iter().enumerate().map(|(index, schema)| self.schema(schema, &format!("{at}/{index}"), depth)).collect()
    }
}

fn types(value: &Value, at: &str) -> Result<Vec<Type>, String> {
    let known = |word: &Value| Type::ALL.iter().find(|(name, ..)| word == name).map(|(_, kind, _)| *kind);
    let types = match value {
        Value::Array(types) => types.iter().map(known).collect(),
        one => known(one).map(|kind| vec![kind]),
    };
    types.filter(|types: &Vec<Type>| !types.is_empty()).ok_or_else(|| wrong(at, "should be one of the types of JSON"))
}

fn bound(key: &str, value: &Value, at: &str) -> Result<Bound, String> {
    let number =
        || -> Result<Number, String> { value.as_number().cloned().ok_or_else(|| wrong(at, "should be a number")) };
    let count = || value.as_u64().ok_or_else(|| wrong(at, "should be a whole number, 0 or more"));
    Ok(match key {
        "minimum" => Bound::Number(Limit::Least, number()?),
        "maximum" => Bound::Number(Limit::Most, number()?),
        "exclusiveMinimum" => Bound::Number(Limit::Above, number()?),
        "exclusiveMaximum" => Bound::Number(Limit::Below, number()?),
        "minLength" => Bound::Characters(Limit::Least, count()?),
        "maxLength" => Bound::Characters(Limit::Most, count()?),
        "minItems" => Bound::Items(Limit::Least, count()?),
        "maxItems" => Bound::Items(Limit::Most, count()?),
        _ => {
            return Err(wrong(
                at,
                "is a keyword that is not supported: options are checked by type, keys, items, alternatives, words and bounds alone",
            ));
        }
    })
}

fn object<'a>(value: &'a Value, at: &str) -> Result<&'a Map<String, Value>, String> {
    value.as_object().ok_or_else(|| wrong(at, "should be an object"))
}

fn wrong(at: &str, why: &str) -> String {
    let shown: String = at.chars().take(120).collect();
    format!("`{}` {why}", if shown.is_empty() { "/" } else { &shown }.escape_debug())
}

/// A key as a step of a JSON pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
