//! Strict YAML: the only place that knows a YAML library.
//!
//! A text first passes the [gate](gate), which refuses everything that YAML allows and catalogue files do not
//! have, each with its exact place. What comes out is a tree whose keys are texts, given once, without
//! anchors, tags or surprises, and `decode` turns it into facts and words, reporting all mistakes at once.
//! The [`Index`] finds the bytes of a value again when a finding is shown.

mod events;
mod gate;
mod index;
mod syntax;
mod wording;

use std::ops::Range;

pub(crate) use index::Index;

use crate::diagnostic::{Diagnostic, FilePath, Place};

/// The largest YAML text that is read, in bytes. The longest entry that ships has a hundredth of it.
pub(crate) const MAX_BYTES: usize = 1 << 20;

/// A piece of a YAML document that passed the gate.
#[derive(Debug, Clone)]
pub(crate) struct Value {
    tree: serde_yaml::Value,
    /// The YAML part of the file that it was read from.
    range: Range<usize>,
}

/// A YAML document that passed the gate; its root has keys.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    /// What it says, without the keys that start with `x-`.
    pub(crate) value: Value,
}

/// Reads the YAML in the bytes `range` of a file: all of it, or the front matter of a guide.
///
/// # Errors
/// Everything that the gate refuses, with places in the whole file.
pub(crate) fn read(text: &str, file: &FilePath, range: Range<usize>) -> Result<Document, Vec<Diagnostic>> {
    let yaml = text.get(range.clone()).unwrap_or_default();
    gate::check(yaml, range.start, file)?;
    let mut tree: serde_yaml::Value = serde_yaml::from_str(events::without_mark(yaml))
        .map_err(|error| vec![second_opinion(&error, yaml, range.start, file)])?;
    drop_private_keys(&mut tree);
    Ok(Document { value: Value { tree, range } })
}

/// Takes a key of the root, and what is under it, out of a document.
pub(crate) fn split_off(document: &mut Document, key: &str) -> Option<Value> {
    let tree = document.value.tree.as_mapping_mut()?.shift_remove(key)?;
    Some(Value { tree, range: document.value.range.clone() })
}

/// The text of a file, which must be UTF-8.
///
/// # Errors
/// If it is not, with line and column of the first wrong byte, since such a file has no text to point into.
pub(crate) fn utf8<'b>(bytes: &'b [u8], file: &FilePath) -> Result<&'b str, Diagnostic> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = &bytes[..error.valid_up_to()];
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = good.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        let column = String::from_utf8_lossy(&good[start..]).chars().count() + 1;
        let message = format!("the file is not text in UTF-8: the first wrong byte is at line {line}, column {column}");
        Diagnostic::error("not-utf8", message)
            .at(Place::file(file.clone()), "")
            .help("save the file with the encoding UTF-8; editors offer it under \"Save with encoding\"")
    })
}

/// Authors may keep notes of their own under keys that start with `x-`.
fn drop_private_keys(tree: &mut serde_yaml::Value) {
    match tree {
        serde_yaml::Value::Mapping(mapping) => {
            mapping.retain(|key, _| !key.as_str().is_some_and(|key| key.starts_with("x-")));
            mapping.iter_mut().for_each(|(_, value)| drop_private_keys(value));
        }
        serde_yaml::Value::Sequence(items) => items.iter_mut().for_each(drop_private_keys),
        serde_yaml::Value::Tagged(tagged) => drop_private_keys(&mut tagged.value),
        serde_yaml::Value::Null
        | serde_yaml::Value::Bool(_)
        | serde_yaml::Value::Number(_)
        | serde_yaml::Value::String(_) => {}
    }
}

/// The gate let the text pass, but the reader that builds the tree did not.
fn second_opinion(error: &serde_yaml::Error, yaml: &str, base: usize, file: &FilePath) -> Diagnostic {
    let at = error.location().map_or(0, |location| {
        let line: usize = yaml.split_inclusive('\n').take(location.line().saturating_sub(1)).map(str::len).sum();
        let column = location.column().saturating_sub(1);
        yaml[line..].char_indices().nth(column).map_or(yaml.len(), |(offset, _)| line + offset)
    });
    let said = wording::clean(&error.to_string());
    let explained = syntax::explain(&said, yaml, at);
    explained.diagnostic(base, file)
}
