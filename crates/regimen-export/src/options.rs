//! An exporter's own section of `regimen.yaml`.

use regimen_catalog::{FieldPath, wrong_type};
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
        if value.is_array() {
            // A list would be taken for the options in their order.
            let message = wrong_type("invalid type: this, expected a map", value, &[]).unwrap_or_default();
            return Err(BadOptions { path: FieldPath::root(), message });
        }
        let error = match serde_path_to_error::deserialize(value) {
            Ok(read) => return Ok(read),
            Err(error) => error,
        };
        let pointer = pointer(error.path());
        let path = to_field_path(error.path());
        let message = error.into_inner().to_string();
        let words = words_at::<T>(value, &pointer);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let wrong = value.pointer(&pointer).unwrap_or(value);
        Err(BadOptions { path, message: wrong_type(&message, wrong, &words).unwrap_or(message) })
    }
}

/// The words that a closed vocabulary has: serde lists them only when it is given a word that it does not know.
fn words_at<T: DeserializeOwned>(value: &serde_json::Value, pointer: &str) -> Vec<String> {
    let mut asked = value.clone();
    let Some(place) = asked.pointer_mut(pointer) else {
        return Vec::new();
    };
    *place = "".into();
    let answer = T::deserialize(asked).err().map(|error| error.to_string()).unwrap_or_default();
    match answer.strip_prefix("unknown variant `") {
        Some(_) => answer.split('`').skip(3).step_by(2).map(str::to_owned).collect(),
        None => Vec::new(),
    }
}

/// The same path as a JSON pointer (RFC 6901).
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let steps = path.iter().filter_map(|segment| match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { .. } | Segment::Unknown => None,
    });
    steps.map(|step| format!("/{step}")).collect()
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
