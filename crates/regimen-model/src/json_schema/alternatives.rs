//! Mappings of which exactly one of several keys decides what they are.

use std::collections::BTreeSet;

use schemars::Schema;
use serde_json::{Map, Value, json};

/// One form of a mapping: the key that decides, and the keys that belong to it.
#[derive(Debug)]
pub(crate) struct Alternative {
    /// The key that says which form it is.
    pub(crate) key: &'static str,
    needs: &'static [&'static str],
    takes: &'static [&'static str],
}

impl Alternative {
    /// The form that has this key.
    pub(crate) const fn keyed(key: &'static str) -> Self {
        Self { key, needs: &[], takes: &[] }
    }

    /// These keys must stand beside it.
    pub(crate) const fn needs(mut self, keys: &'static [&'static str]) -> Self {
        self.needs = keys;
        self
    }

    /// These keys may stand beside it.
    pub(crate) const fn takes(mut self, keys: &'static [&'static str]) -> Self {
        self.takes = keys;
        self
    }

    /// Whether a key may stand beside the one that decides.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.needs.contains(&key) || self.takes.contains(&key)
    }

    /// Its own mapping with a part of the properties: so editors offer what fits, and say what does not.
    fn schema(&self, common: &[&str], properties: &Map<String, Value>, decides: &str) -> Value {
        let own = |key: &&String| key.as_str() == self.key || self.has(key) || common.contains(&key.as_str());
        let properties: Map<String, Value> =
            properties.keys().filter(own).map(|key| (key.clone(), properties[key].clone())).collect();
        json!({
            "title": self.key,
            "type": "object",
            "properties": properties,
            "required": self.needs,
            "additionalProperties": false,
            // Apart from the other keys, so that its absence is said in words that fit all forms.
            "allOf": [{"required": [self.key], "errorMessage": decides}],
        })
    }
}

/// Turns the schema of a mapping with all keys into one of these forms; `common` keys may stand in each.
pub(crate) fn alternatives(forms: &[Alternative], common: &[&str]) -> impl Fn(&mut Schema) {
    move |schema| {
        let Some(Value::Object(properties)) = schema.remove("properties") else { return };
        for key in ["type", "additionalProperties", "required"] {
            schema.remove(key);
        }
        let mut seen = BTreeSet::new();
        let keys = forms.iter().map(|form| form.key).filter(|key| seen.insert(*key));
        let decides = format!("write one of {}", keys.map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", "));
        let forms: Vec<Value> = forms.iter().map(|form| form.schema(common, &properties, &decides)).collect();
        schema.insert("oneOf".into(), forms.into());
    }
}

/// Says that two keys exclude each other.
pub(crate) fn excludes(one: &'static str, other: &'static str) -> impl Fn(&mut Schema) {
    depends(one, json!({"properties": {other: false}}))
}

/// Says that a key needs another one.
pub(crate) fn needs(one: &'static str, other: &'static str) -> impl Fn(&mut Schema) {
    depends(one, json!([other]))
}

fn depends(key: &'static str, on: Value) -> impl Fn(&mut Schema) {
    move |schema| {
        let known = schema.get("dependencies").and_then(Value::as_object).cloned();
        let mut all = known.unwrap_or_default();
        all.insert(key.to_owned(), on.clone());
        schema.insert("dependencies".into(), Value::Object(all));
    }
}
