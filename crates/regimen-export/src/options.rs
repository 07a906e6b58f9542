//! An exporter's own section of `regimen.yaml`.

use regimen_catalog::FieldPath;
use serde::de::DeserializeOwned;

/// The options of one exporter as written under `exporters:` in `regimen.yaml`.
///
/// An exporter reads them into a type of its own, which is closed and has a default for each option:
///
/// ```
/// use regimen_export::Options;
///
/// #[derive(Default, serde::Deserialize)]
/// #[serde(deny_unknown_fields, default)]
/// struct Mine {
///     large_print: bool,
/// }
/// let written = Options::new(serde_json::json!({"large_print": true}));
/// assert!(written.read::<Mine>().unwrap().large_print);
/// assert!(!Options::default().read::<Mine>().unwrap().large_print, "no section at all");
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options(serde_json::Value);

/// Which option is wrong, and why.
///
/// An `open` that checks more than types says so itself:
///
/// ```
/// use regimen_export::{BadOptions, regimen_catalog::FieldPath};
/// let bad = BadOptions { path: FieldPath::root().key("columns"), message: "columns are 1 or 2, not 3".into() };
/// assert_eq!(format!("{}: {}", bad.path, bad.message), "columns: columns are 1 or 2, not 3");
/// ```
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
    /// ```
    /// #[derive(Debug, serde::Deserialize)]
    /// #[serde(deny_unknown_fields)]
    /// struct NoOptions {}
    /// let unknown = regimen_export::Options::new(serde_json::json!({"colour": "red"}));
    /// assert_eq!(unknown.read::<NoOptions>().unwrap_err().path.to_string(), "colour");
    /// ```
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
