//! The options of an exporter: what it accepts, what a project file says, and what is wrong with that.

mod declared;
mod left_out;
mod schema;

use std::fmt;

use left_out::Rest;
use regimen_catalog::{FieldPath, wrong_type};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use declared::OptionsSchema;
use schema::MOST_MISTAKES;
pub use schema::{Schema, TooMuchWork};

/// The options of one exporter as written under `exporters:` in `regimen.yaml`.
///
/// An exporter reads them into a type of its own, which is closed and has a default for each option:
///
/// ```
/// use regimen_export::{Options, schemars};
///
/// #[derive(Default, serde::Deserialize, schemars::JsonSchema)]
/// #[serde(deny_unknown_fields, default)]
/// struct Mine {
///     /// Whether text is printed large.
///     large_print: bool,
/// }
/// let written = Options::new(serde_json::json!({"large_print": true}));
/// assert!(written.read::<Mine>().unwrap().large_print);
/// assert!(!Options::default().read::<Mine>().unwrap().large_print, "no section at all");
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options(Value);

/// Everything that is wrong with the options of an exporter. It is never empty.
///
/// An `open` that checks more than types says so itself:
///
/// ```
/// use regimen_export::{BadOption, BadOptions, OptionProblem, regimen_catalog::FieldPath};
/// let columns = FieldPath::root().key("columns");
/// let bad = BadOptions::from(BadOption::refused(columns, "columns are 1 or 2, not 3").help("write 1 or 2"));
/// assert_eq!(bad.0[0].problem, OptionProblem::Refused("columns are 1 or 2, not 3".into()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadOptions(pub Vec<BadOption>);

/// Which option is wrong, why, and the way out.
///
/// ```
/// use regimen_export::{BadOption, OptionProblem, Options, OptionsSchema};
/// let written = Options::new(serde_json::json!({"paper": "a4"}));
/// let BadOption { path, problem, help } = OptionsSchema::none().check(&written).remove(0);
/// assert_eq!((path.to_string().as_str(), problem), ("paper", OptionProblem::Unknown));
/// assert_eq!(help.as_deref(), Some("there are no keys here"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadOption {
    /// The option, counted from the exporter's section.
    pub path: FieldPath,
    /// What is wrong with it.
    pub problem: OptionProblem,
    /// The way out, if it is not just to leave the option out.
    pub help: Option<String>,
}

/// What is wrong with an option.
///
/// ```
/// use regimen_export::{OptionProblem, options::Schema};
/// let schema = Schema::parse(&serde_json::json!({"type": "boolean"})).expect("a schema");
/// let wrong = schema.check(&serde_json::json!("yes")).expect("little work");
/// let said = "should be `true` or `false`, found the text `yes`";
/// assert_eq!(wrong[0].problem, OptionProblem::Invalid(said.into()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionProblem {
    /// There is no such key.
    Unknown,
    /// Its value does not fit, in words that go on behind its name: "should be a text, found a list".
    Invalid(String),
    /// Its value is refused, in a sentence that stands by itself: "columns are 1 or 2, not 3".
    Refused(String),
}

impl BadOption {
    /// A value that the exporter refuses, and why, in a sentence that stands by itself.
    pub fn refused(path: FieldPath, why: impl Into<String>) -> Self {
        Self { path, problem: OptionProblem::Refused(why.into()), help: None }
    }

    /// The same with a way out.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// For authors of exporters; an author of a catalogue reads findings.
///
/// ```
/// use regimen_export::{BadOption, regimen_catalog::FieldPath};
/// let bad = BadOption::refused(FieldPath::root().key("columns"), "columns are 1 or 2, not 3");
/// assert_eq!(bad.to_string(), "`columns`: columns are 1 or 2, not 3");
/// ```
impl fmt::Display for BadOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.problem {
            OptionProblem::Unknown => write!(f, "there is no option `{}`", self.path)?,
            OptionProblem::Invalid(said) => write!(f, "`{}` {said}", self.path)?,
            OptionProblem::Refused(why) => write!(f, "`{}`: {why}", self.path)?,
        }
        self.help.iter().try_for_each(|help| write!(f, "; {help}"))
    }
}

impl From<BadOption> for BadOptions {
    fn from(bad: BadOption) -> Self {
        Self(vec![bad])
    }
}

impl Options {
    /// Options from the project file.
    pub fn new(value: Value) -> Self {
        Self(value)
    }

    /// Reads them as the exporter's own closed type, and finds all mistakes at once: first those that the type's schema
    /// shows, then those that only reading finds. No options at all read as an empty section. At most a hundred
    /// are found.
    ///
    /// A mistake is at its option or, where the option is a list, at its item: `visit_seq` of a type with a `Deserialize` of
    /// its own says so, an untagged enum does not. What only a whole list or section shows, such as too many items, is said
    /// once each item and option is right.
    ///
    /// ```
    /// use regimen_export::{OptionProblem, Options, schemars};
    /// #[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
    /// #[serde(deny_unknown_fields)]
    /// struct Mine {
    ///     colour: Option<String>,
    /// }
    /// let bad = Options::new(serde_json::json!({"color": "red"})).read::<Mine>().unwrap_err();
    /// assert_eq!((bad.0[0].path.to_string().as_str(), &bad.0[0].problem), ("color", &OptionProblem::Unknown));
    /// assert_eq!(bad.0[0].help.as_deref(), Some("did you mean `colour`?"));
    /// ```
    ///
    /// # Errors
    /// If an option is unknown, missing or has a value that it cannot have.
    pub fn read<T: DeserializeOwned + JsonSchema>(&self) -> Result<T, BadOptions> {
        let mut wrong = OptionsSchema::of::<T>().check(self);
        // What is wrong is left out, so that the rest is read all the same.
        let mut rest = Rest::new(self.section());
        let mut goes_on = wrong.iter().all(|one| !one.path.0.is_empty());
        for one in &wrong {
            rest.leave_out(&one.path);
        }
        while goes_on && wrong.len() < MOST_MISTAKES {
            match serde_path_to_error::deserialize(rest.section()) {
                Ok(read) if wrong.is_empty() => return Ok(read),
                Ok(_) => break,
                Err(error) => {
                    let bad = refused(error, rest.section());
                    let bad = BadOption { path: rest.written(bad.path), ..bad };
                    // What was left out may be missing now.
                    let is_known = rest.lacks_within(&bad.path);
                    goes_on = rest.leave_out(&bad.path);
                    if !is_known {
                        wrong.push(bad);
                    }
                }
            }
        }
        Err(BadOptions(wrong))
    }

    /// The section, which is empty if there is none.
    fn section(&self) -> Value {
        if self.0.is_null() { serde_json::json!({}) } else { self.0.clone() }
    }
}

/// A value that does not read.
fn refused(error: serde_path_to_error::Error<serde_json::Error>, section: &Value) -> BadOption {
    let (pointer, path) = (pointer(error.path()), to_field_path(error.path()));
    let message = error.into_inner().to_string();
    let found = section.pointer(&pointer).unwrap_or(section);
    match wrong_type(&message, found, &[]) {
        Some(said) => BadOption { path, problem: OptionProblem::Invalid(said), help: None },
        None => BadOption::refused(path, message),
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

#[cfg(test)]
mod tests;
