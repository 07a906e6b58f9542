//! A subset of JSON Schema, to hold the options of a plugin against what it says that it takes.
//!
//! Draft 2020-12, of which these keywords are known: `type`, `enum`, `const`, `properties`, `required`, `additionalProperties`,
//! `items`, `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `minLength`, `maxLength`, `minItems`, `maxItems`,
//! `anyOf`, `allOf` and `oneOf`; and, without effect, those that only describe. A schema with another keyword is
//! refused, because an option that nothing checks would look as if it had been. Sizes and work are bounded.

mod parse;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use regimen_catalog::{FieldPath, join, suggest};
use serde_json::{Number, Value};

/// The most steps of a check: schemas come from strangers, and alternatives within alternatives multiply.
const MOST_STEPS: usize = 1_000_000;

/// What options may be.
#[derive(Debug, Clone)]
pub(super) enum Schema {
    /// Anything, or nothing at all.
    Always(bool),
    /// What fulfils all of these.
    Keywords(Box<Keywords>),
}

/// The keywords of one schema. One that is left out allows everything.
#[derive(Debug, Clone, Default)]
pub(super) struct Keywords {
    types: Option<Vec<Type>>,
    /// `enum`, or `const` as an `enum` of one.
    allowed: Vec<Vec<Value>>,
    properties: BTreeMap<String, Schema>,
    required: BTreeSet<String>,
    additional: Option<Schema>,
    items: Option<Schema>,
    bounds: Vec<Bound>,
    any_of: Vec<Schema>,
    all_of: Vec<Schema>,
    one_of: Vec<Schema>,
}

/// A type of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// A limit of a number, of the characters of a text or of the items of a list.
#[derive(Debug, Clone)]
enum Bound {
    Number(Limit, Number),
    Characters(Limit, u64),
    Items(Limit, u64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Limit {
    Least,
    Most,
    Above,
    Below,
}

/// Why options do not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mismatch {
    /// Where, from the options.
    pub(super) path: FieldPath,
    /// Whether the key is wrong, not its value.
    pub(super) is_key: bool,
    /// What is wrong there: "should be a text, found a list".
    pub(super) message: String,
    /// The way out, if there is one to name.
    pub(super) help: Option<String>,
}

/// Why a check came to no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMuchWork;

impl Schema {
    /// The first thing that is wrong with a value; `None` if it fits.
    ///
    /// # Errors
    /// If the schema has so many alternatives within each other that the check would take too long.
    pub(super) fn check(&self, value: &Value) -> Result<Option<Mismatch>, TooMuchWork> {
        let check = Check { steps: Cell::new(MOST_STEPS) };
        let found = check.schema(self, value, &FieldPath::root());
        if check.steps.get() == 0 { Err(TooMuchWork) } else { Ok(found) }
    }
}

/// A check that is running.
struct Check {
    /// How many steps are left; none if it was given up.
    steps: Cell<usize>,
}

impl Check {
    fn schema(&self, schema: &Schema, value: &Value, path: &FieldPath) -> Option<Mismatch> {
        self.steps.set(self.steps.get().saturating_sub(1));
        if self.steps.get() == 0 {
            return None;
        }
        match schema {
            Schema::Always(true) => None,
            Schema::Always(false) => Some(mismatch(path, "is not taken here".into())),
            Schema::Keywords(keywords) => self.keywords(keywords, value, path),
        }
    }

    fn keywords(&self, keywords: &Keywords, value: &Value, path: &FieldPath) -> Option<Mismatch> {
        let types = keywords.types.as_ref().filter(|types| !types.iter().any(|kind| kind.has(value)));
        let typed = types.map(|types| mismatch(path, format!("should be {}, found {}", listed(types), found(value))));
        typed
            .or_else(|| keywords.allowed.iter().find_map(|allowed| self.allowed(allowed, value, path)))
            .or_else(|| keywords.bounds.iter().find_map(|bound| bound.check(value, path)))
            .or_else(|| self.object(keywords, value, path))
            .or_else(|| self.items(keywords.items.as_ref()?, value, path))
            .or_else(|| keywords.all_of.iter().find_map(|one| self.schema(one, value, path)))
            .or_else(|| self.any_of(&keywords.any_of, value, path))
            .or_else(|| self.one_of(&keywords.one_of, value, path))
    }

    fn allowed(&self, allowed: &[Value], value: &Value, path: &FieldPath) -> Option<Mismatch> {
        self.steps.set(self.steps.get().saturating_sub(allowed.len()));
        if allowed.iter().any(|one| is_same(one, value)) {
            return None;
        }
        let words: Vec<String> = allowed.iter().map(shown).collect();
        let wrong = mismatch(path, format!("is {}, and should be {}", shown(value), join::or(&words)));
        let known = allowed.iter().filter_map(Value::as_str);
        Some(Mismatch { help: value.as_str().and_then(|word| suggest::did_you_mean(word, known)), ..wrong })
    }

    fn object(&self, keywords: &Keywords, value: &Value, path: &FieldPath) -> Option<Mismatch> {
        let object = value.as_object()?;
        for (key, value) in object {
            let path = path.clone().key(key.as_str());
            let wrong = match (keywords.properties.get(key), &keywords.additional) {
                (Some(schema), _) => self.schema(schema, value, &path),
                (None, Some(Schema::Always(false))) => Some(unknown(keywords, key, path)),
                (None, Some(schema)) => self.schema(schema, value, &path),
                (None, None) => None,
            };
            if wrong.is_some() {
                return wrong;
            }
        }
        let missing = keywords.required.iter().find(|key| !object.contains_key(*key))?;
        Some(mismatch(path, format!("lacks the key `{missing}`")))
    }

    fn items(&self, schema: &Schema, value: &Value, path: &FieldPath) -> Option<Mismatch> {
        let items = value.as_array()?;
        items.iter().enumerate().find_map(|(index, item)| self.schema(schema, item, &path.clone().index(index)))
    }

    /// What is wrong if no alternative fits: with the one that came furthest, where it can be told.
    fn any_of(&self, schemas: &[Schema], value: &Value, path: &FieldPath) -> Option<Mismatch> {
        let mut wrong = Vec::new();
        for schema in schemas {
            wrong.push(self.schema(schema, value, path)?);
        }
        let furthest = wrong.iter().map(|wrong| wrong.path.0.len()).max()?;
        let mut furthest: Vec<Mismatch> = wrong.into_iter().filter(|wrong| wrong.path.0.len() == furthest).collect();
        match furthest.as_mut_slice() {
            [_] => furthest.pop(),
            _ => Some(mismatch(path, said_together(&furthest))),
        }
    }

    fn one_of(&self, schemas: &[Schema], value: &Value, path: &FieldPath) -> Option<Mismatch> {
        let fitting = schemas.iter().filter(|schema| self.schema(schema, value, path).is_none()).count();
        match fitting {
            0 => self.any_of(schemas, value, path),
            1 => None,
            _ => Some(mismatch(path, "has the keys of several forms, of which the plugin takes one at a time".into())),
        }
    }
}

/// A key that is none of the options.
fn unknown(keywords: &Keywords, key: &str, path: FieldPath) -> Mismatch {
    let known: Vec<String> = keywords.properties.keys().map(|key| format!("`{key}`")).collect();
    let near = suggest::did_you_mean(key, keywords.properties.keys().map(String::as_str));
    let all = || match known.as_slice() {
        [] => "there are no keys here".to_owned(),
        known => format!("there {} {}", if known.len() == 1 { "is" } else { "are" }, join::and(known)),
    };
    let message = "is not a key that the plugin knows".to_owned();
    Mismatch { path, is_key: true, message, help: Some(near.unwrap_or_else(all)) }
}

fn mismatch(path: &FieldPath, message: String) -> Mismatch {
    Mismatch { path: path.clone(), is_key: false, message, help: None }
}

/// "should be a text or a number, found a list", where each alternative wants another type; else each in its own words.
fn said_together(wrong: &[Mismatch]) -> String {
    let parts: Option<Vec<(&str, &str)>> =
        wrong.iter().map(|one| one.message.strip_prefix("should be ")?.split_once(", found ")).collect();
    match parts {
        Some(parts) => {
            let wanted: BTreeSet<&str> = parts.iter().map(|(wanted, _)| *wanted).collect();
            let found = parts.first().map_or("", |(_, found)| found);
            format!("should be {}, found {found}", join::or(&wanted.into_iter().collect::<Vec<_>>()))
        }
        None => {
            let mut all: Vec<&str> = wrong.iter().map(|one| one.message.as_str()).collect();
            all.dedup();
            if let [one] = all.as_slice() {
                return (*one).to_owned();
            }
            format!("fits none of the forms that the plugin takes: {}", all.join("; or it "))
        }
    }
}

impl Bound {
    fn check(&self, value: &Value, path: &FieldPath) -> Option<Mismatch> {
        let (limit, is_kept, bound, of) = match (self, value) {
            (Self::Number(limit, bound), Value::Number(number)) => {
                let is_kept = limit.is_kept(number.as_f64()?.partial_cmp(&bound.as_f64()?)?);
                (limit, is_kept, bound.to_string(), "")
            }
            (Self::Characters(limit, bound), Value::String(text)) => {
                (limit, limit.is_kept((text.chars().count() as u64).cmp(bound)), bound.to_string(), " characters")
            }
            (Self::Items(limit, bound), Value::Array(items)) => {
                (limit, limit.is_kept((items.len() as u64).cmp(bound)), bound.to_string(), " items")
            }
            _ => return None,
        };
        let verb = if of.is_empty() { "should be" } else { "should have" };
        (!is_kept).then(|| mismatch(path, format!("{verb} {} {bound}{of}", limit.words())))
    }
}

impl Limit {
    fn is_kept(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Least => order.is_ge(),
            Self::Most => order.is_le(),
            Self::Above => order.is_gt(),
            Self::Below => order.is_lt(),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Least => "at least",
            Self::Most => "at most",
            Self::Above => "more than",
            Self::Below => "less than",
        }
    }
}

impl Type {
    const ALL: [(&'static str, Self, &'static str); 7] = [
        ("null", Self::Null, "nothing"),
        ("boolean", Self::Boolean, "`true` or `false`"),
        ("integer", Self::Integer, "a whole number"),
        ("number", Self::Number, "a number"),
        ("string", Self::String, "a text"),
        ("array", Self::Array, "a list"),
        ("object", Self::Object, "keys with values"),
    ];

    fn has(self, value: &Value) -> bool {
        match self {
            Self::Null => value.is_null(),
            Self::Boolean => value.is_boolean(),
            // 2.0 is a whole number, too.
            Self::Integer => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|it| it.fract() == 0.0),
            Self::Number => value.is_number(),
            Self::String => value.is_string(),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
        }
    }

    fn words(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind, _)| *kind == self).map_or("", |(_, _, words)| words)
    }
}

fn listed(types: &[Type]) -> String {
    join::or(&types.iter().map(|kind| kind.words()).collect::<Vec<_>>())
}

/// What was found in place of another type: "the text `x`", "a list".
fn found(value: &Value) -> String {
    match value {
        Value::Null => "nothing".into(),
        Value::Bool(_) | Value::Number(_) => shown(value),
        Value::String(_) => format!("the text {}", shown(value)),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "keys with values".into(),
    }
}

/// A value in a sentence, cut if it is long.
fn shown(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let cut: String = text.chars().take(60).collect();
    format!("`{}{}`", cut.escape_debug(), if cut.len() < text.len() { "…" } else { "" })
}

/// Whether two values are equal; 1 is 1.0 (JSON Schema, section 4.2.2).
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let same = |(key, value): (&String, &Value)| other.get(key).is_some_and(|other| is_same(value, other));
            one.len() == other.len() && one.iter().all(same)
        }
        _ => one == other,
    }
}

#[cfg(test)]
mod tests;
