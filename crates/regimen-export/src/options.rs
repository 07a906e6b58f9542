//! An exporter's own section of `regimen.yaml`.

use regimen_catalog::FieldPath;
use serde::de::DeserializeOwned;

/// The options of one exporter as written under `exporters:` in `regimen.yaml`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options(serde_json::Value);

/// Which option is wrong, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadOptions {
    /// The option, counted from the exporter's section.
    pub path: FieldPath,
    /// What is wrong with it.
    pub message: String,
}

impl Options {
    /// Options from the project file.
    pub fn new(value: serde_json::Value) -> Self {
        Self(value)
    }

    /// Reads them as the exporter's own closed type. No options at all read as an empty section.
    ///
    /// # Errors
    /// If an option is unknown or has the wrong type.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, BadOptions> {
        let empty = serde_json::json!({});
        let value = if self.0.is_null() { &empty } else { &self.0 };
        serde_path_to_error::deserialize(value)
            .map_err(|error| BadOptions { path: to_field_path(error.path()), message: error.into_inner().to_string() })
    }
}

fn to_field_path(path: &serde_path_to_error::Path) -> FieldPath {
    use serde_path_to_error::Segment;
    path.iter().fold(FieldPath::root(), |field, segment| match segment {
        Segment::Seq { index } => field.index(*index),
        Segment::Map { key } => field.key(key.as_str()),
        Segment::Enum { variant } => field.key(variant.as_str()),
        Segment::Unknown => field,
    })
}
