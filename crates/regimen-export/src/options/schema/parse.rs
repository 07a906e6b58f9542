//! From JSON to a schema.

use serde_json::{Map, Number, Value};

use super::{Bound, Keywords, Limit, NULLABLE, Rule, Schema, Type};

/// The deepest that schemas may be within each other.
const DEEPEST: usize = 32;
/// The most schemas within one.
const MOST: usize = 10_000;

/// Keywords that say nothing about what is valid.
const DESCRIPTIONS: [&str; 8] =
    ["$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated"];

/// What becomes of a keyword that is not known, or not used as it should be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unknown {
    /// The schema is refused: an option that nothing checks would look as if it had been.
    Refused,
    /// It is passed over: reading the options will tell.
    PassedOver,
}

impl Schema {
    /// Reads a schema of which every keyword has to be known.
    ///
    /// ```
    /// use regimen_export::options::Schema;
    /// let wrong = Schema::parse(&serde_json::json!({"type": "string", "pattern": "^a"})).unwrap_err();
    /// assert!(wrong.starts_with("`/pattern` is a keyword that is not supported"));
    /// ```
    ///
    /// # Errors
    /// What is wrong with it, for the author of the schema.
    pub fn parse(schema: &Value) -> Result<Self, String> {
        Parser { left: MOST, unknown: Unknown::Refused }.schema(schema, "", DEEPEST).map(Self)
    }

    /// The schema of a type, of which more is checked when the type is read. Forms that only unknown keywords tell apart
    /// may both fit, so `oneOf` is read as `anyOf`.
    pub(in crate::options) fn of_type(schema: &Value) -> Self {
        let rule = Parser { left: MOST, unknown: Unknown::PassedOver }.schema(schema, "", DEEPEST);
        Self(rule.unwrap_or(Rule::Always(true)))
    }
}

struct Parser {
    /// How many schemas there may still be.
    left: usize,
    unknown: Unknown,
}

/// A place in a schema.
#[derive(Clone, Copy)]
struct Position<'a> {
    /// Its JSON pointer (RFC 6901).
    pointer: &'a str,
    /// How many schemas may still be within it.
    depth: usize,
}

impl Parser {
    /// Reads the schema at a JSON pointer.
    fn schema(&mut self, schema: &Value, pointer: &str, depth: usize) -> Result<Rule, String> {
        let depth =
            depth.checked_sub(1).ok_or_else(|| format!("it has more than {DEEPEST} schemas within each other"))?;
        self.left = self.left.checked_sub(1).ok_or_else(|| format!("it has more than {MOST} schemas"))?;
        let object = match schema {
            Value::Bool(always) => return Ok(Rule::Always(*always)),
            Value::Object(object) => object,
            _ => return Err(wrong(pointer, "a schema is an object, `true` or `false`")),
        };
        let mut keywords = Keywords::default();
        for (key, value) in object {
            let at = Position { pointer: &below(pointer, key), depth };
            let read = self.keyword(key, value, at, &mut keywords);
            if self.unknown == Unknown::Refused {
                read?;
            }
        }
        Ok(Rule::Keywords(Box::new(keywords)))
    }

    fn keyword(&mut self, key: &str, value: &Value, at: Position<'_>, into: &mut Keywords) -> Result<(), String> {
        let Position { pointer, depth } = at;
        match key {
            "type" => into.types = Some(types(value, pointer)?),
            "enum" => into.allowed.push(value.as_array().ok_or_else(|| wrong(pointer, "should be a list"))?.clone()),
            "const" => into.allowed.push(vec![value.clone()]),
            "errorMessage" if self.unknown == Unknown::PassedOver => {
                into.wanted = value.as_str().and_then(|order| order.strip_prefix("write ")).map(str::to_owned);
            }
            NULLABLE if self.unknown == Unknown::PassedOver => into.is_nullable = value == true,
            "properties" => {
                for (key, value) in object(value, pointer)? {
                    let rule = self.schema(value, &below(pointer, key), depth)?;
                    into.properties.insert(key.clone(), rule);
                }
            }
            "required" => {
                let keys =
                    value.as_array().and_then(|keys| keys.iter().map(|key| key.as_str().map(str::to_owned)).collect());
                into.required = keys.ok_or_else(|| wrong(pointer, "should be a list of keys"))?;
            }
            "additionalProperties" => into.additional = Some(self.schema(value, pointer, depth)?),
            "items" => into.items = Some(self.schema(value, pointer, depth)?),
            "anyOf" => into.any_of = self.schemas(value, at)?,
            "allOf" => into.all_of = self.schemas(value, at)?,
            "oneOf" if self.unknown == Unknown::PassedOver => into.any_of.extend(self.schemas(value, at)?),
            "oneOf" => into.one_of = self.schemas(value, at)?,
            key if DESCRIPTIONS.contains(&key) => {}
            key => into.bounds.push(bound(key, value, pointer)?),
        }
        Ok(())
    }

    fn schemas(&mut self, value: &Value, at: Position<'_>) -> Result<Vec<Rule>, String> {
        let list = value.as_array().filter(|list| !list.is_empty());
        let list = list.ok_or_else(|| wrong(at.pointer, "should be a list of schemas"))?;
        let each = list.iter().enumerate();
        each.map(|(index, schema)| self.schema(schema, &below(at.pointer, &index.to_string()), at.depth)).collect()
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

/// The most characters of a place that are shown.
const SHOWN: usize = 120;

fn wrong(at: &str, why: &str) -> String {
    let shown: String = at.chars().take(SHOWN).collect();
    format!("`{}` {why}", if shown.is_empty() { "/" } else { &shown }.escape_debug())
}

/// The pointer of a key below another pointer, as far as it is shown: keys may be long, and each is in the pointers of all below.
fn below(pointer: &str, key: &str) -> String {
    if pointer.len() > 4 * SHOWN {
        return pointer.to_owned();
    }
    let key: String = key.chars().take(SHOWN).collect();
    format!("{pointer}/{}", escaped(&key))
}

/// A key as a step of a JSON pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
