//! Values by key, in the order in which an author writes them.

use serde::Serialize;
use serde_json::Value;

use super::push_wrapped;

/// Keys stand in this many columns.
const KEYS: usize = 18;

/// Values by key. What is empty is left out.
#[derive(Debug, Default)]
pub(super) struct Keyed(Vec<(&'static str, Value)>);

impl Keyed {
    /// Adds a value, if there is one.
    pub(super) fn put(&mut self, key: &'static str, value: impl Into<Value>) -> &mut Self {
        let value = value.into();
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !empty {
            self.0.push((key, value));
        }
        self
    }

    /// Adds the values for people: each item of a list on a line of its own.
    pub(super) fn push(&self, columns: usize, text: &mut Vec<String>) {
        if !self.0.is_empty() {
            text.push(String::new());
        }
        for (key, value) in &self.0 {
            let items = match value {
                Value::Array(items) => items.as_slice(),
                other => std::slice::from_ref(other),
            };
            for (at, item) in items.iter().enumerate() {
                let mark = match *key {
                    _ if items.len() == 1 => String::new(),
                    "steps" => format!("{}. ", at + 1),
                    _ => "- ".to_owned(),
                };
                let label = format!("{:<KEYS$} {mark}", if at == 0 { key } else { "" });
                push_wrapped(&label, &as_text(item), columns, text);
            }
        }
    }
}

impl Serialize for Keyed {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// A value in words: what has a text of its own says that.
fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(as_text).collect::<Vec<_>>().join(", "),
        Value::Object(of) => of.get("text").map(as_text).unwrap_or_default(),
        other => other.to_string(),
    }
}
