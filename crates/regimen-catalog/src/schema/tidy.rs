//! What holds for every mapping of a schema, and what editors need not see.

use schemars::Schema;
use schemars::transform::{RecursiveTransform, Transform as _};
use serde_json::{Value, json};

use super::rules;

/// Where a rule may be let off with `allow`, a key that no type has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exceptions {
    Nowhere,
    AtTheRoot,
    Everywhere,
    /// In one definition.
    In(&'static str),
}

/// Tidies a schema and everything in it.
pub(super) fn tidy(schema: &mut Schema, exceptions: Exceptions) {
    RecursiveTransform(optional_without_null).transform(schema);
    RecursiveTransform(plain).transform(schema);
    match exceptions {
        Exceptions::Nowhere => {}
        Exceptions::AtTheRoot => allow_exceptions(schema),
        Exceptions::Everywhere => RecursiveTransform(allow_exceptions).transform(schema),
        Exceptions::In(name) => {
            let definition = schema.get_mut("definitions").and_then(|all| all.get_mut(name));
            if let Some(Ok(definition)) = definition.map(<&mut Schema>::try_from) {
                RecursiveTransform(allow_exceptions).transform(definition);
            }
        }
    }
    if exceptions != Exceptions::Nowhere
        && let Some(definitions) =
            schema.ensure_object().entry("definitions").or_insert_with(|| json!({})).as_object_mut()
    {
        definitions.insert("Allow".into(), rules::allow().into());
    }
    RecursiveTransform(private_keys).transform(schema);
}

/// A key that may be left out is left out, rather than written with nothing after it.
fn optional_without_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|one| one != "null");
        let one = if let [one] = types.as_slice() { Some(one.clone()) } else { None };
        // Where a message is given, the list of one stays; see the schema of literals.
        if let Some(one) = one.filter(|_| schema.get("errorMessage").is_none()) {
            schema.insert("type".into(), one);
        }
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.retain(|word| !word.is_null());
    }
    if let Some(Value::Array(of)) = schema.get("anyOf")
        && let [one, null] = of.as_slice()
        && null["type"] == "null"
    {
        let one = one.clone();
        schema.remove("anyOf");
        if schema.get("description").is_some() {
            // Draft 7 reads nothing beside a `$ref`.
            schema.insert("allOf".into(), json!([one]));
        } else if let Value::Object(one) = one {
            schema.ensure_object().extend(one);
        }
    }
}

/// Takes out what only programs use, and the line breaks of comments.
fn plain(schema: &mut Schema) {
    schema.remove("default");
    schema.remove("format");
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = text.replace('\n', " ");
    }
}

/// Whether a schema is of a mapping with certain keys.
fn is_closed(schema: &Schema) -> bool {
    schema.get("additionalProperties") == Some(&Value::Bool(false))
}

/// Allows notes of authors in every mapping of a schema that comes from elsewhere, as in the files of a catalogue.
pub fn allow_notes(schema: &mut Value) {
    if let Ok(schema) = <&mut Schema>::try_from(schema) {
        RecursiveTransform(private_keys).transform(schema);
    }
}

/// Authors may keep notes of their own in every mapping.
fn private_keys(schema: &mut Schema) {
    if !is_closed(schema) {
        return;
    }
    let patterns = schema.ensure_object().entry("patternProperties").or_insert_with(|| json!({}));
    if let Some(patterns) = patterns.as_object_mut() {
        let keys: Vec<(String, Value)> = std::mem::take(patterns).into_iter().collect();
        for (pattern, value) in keys {
            // An id could start like a note of the author, which is never read.
            let pattern = pattern.strip_prefix('^').map_or(pattern.clone(), |rest| format!("^(?!x-){rest}"));
            patterns.insert(pattern, value);
        }
        patterns.insert("^x-".into(), json!({}));
    }
}

/// Lets rules be let off in a mapping.
fn allow_exceptions(schema: &mut Schema) {
    if is_closed(schema)
        && let Some(Value::Object(properties)) = schema.get_mut("properties")
    {
        properties.insert("allow".into(), json!({"$ref": "#/definitions/Allow"}));
    }
}
