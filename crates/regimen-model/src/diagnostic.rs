//! Findings: what is wrong, where, and the way out.
//!
//! A [`Diagnostic`] never holds text of a file. It holds [`Place`]s, which [`Sources`](crate::Sources)
//! turns into lines and columns when somebody wants to read them.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// How bad a finding is. The order is from mild to severe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing has to change.
    Info,
    /// Probably a mistake; the build goes on.
    Warning,
    /// Wrong; nothing is built.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// A file of the catalogue, relative to its root, with `/` between the parts: `exercises/squat.yaml`.
pub type FilePath = Arc<str>;

/// One step into a YAML document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Segment {
    /// The value under this key of a mapping.
    Key(Arc<str>),
    /// The item at this position of a list, counted from 0.
    Index(usize),
}

/// Where a value stands inside one YAML document, shown as `main[2].dose.sets`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct FieldPath(pub Vec<Segment>);

impl FieldPath {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// This path and one key more.
    #[must_use]
    pub fn key(mut self, key: impl Into<Arc<str>>) -> Self {
        self.0.push(Segment::Key(key.into()));
        self
    }

    /// This path and one list position more.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(Segment::Index(index));
        self
    }

    /// This path and another one below it.
    #[must_use]
    pub fn join(mut self, below: Self) -> Self {
        self.0.extend(below.0);
        self
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if position == 0 => f.write_str(key)?,
                Segment::Key(key) => write!(f, ".{key}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// What part of a file a finding speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Spot {
    /// The file as a whole: it is missing, empty, or not text.
    Whole,
    /// These bytes of the file.
    Bytes(SpanRange),
    /// The value at this path of the file's YAML (for a guide: of its front matter).
    Value(FieldPath),
    /// The key that leads to this path, rather than its value.
    Key(FieldPath),
    /// The first occurrence of this text inside the value at this path, else the whole value.
    Within(FieldPath, Arc<str>),
    /// The first occurrence of this text in the file, else the file as a whole.
    Text(Arc<str>),
    /// A line and a column, both counted from 1, of a text that is not kept, such as a file of people. The file is named as the
    /// user named it, not from the root of a catalogue.
    At {
        /// The line.
        line: usize,
        /// The column, in characters.
        column: usize,
    },
}

/// A byte range with an order, so that findings can be sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct SpanRange {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl From<Range<usize>> for SpanRange {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// A file and a spot in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// The file, relative to the catalogue's root.
    pub file: FilePath,
    /// The part of it.
    pub spot: Spot,
}

impl Place {
    /// The file as a whole.
    pub fn file(file: impl Into<FilePath>) -> Self {
        Self { file: file.into(), spot: Spot::Whole }
    }

    /// Bytes of a file.
    pub fn bytes(file: impl Into<FilePath>, range: Range<usize>) -> Self {
        Self { file: file.into(), spot: Spot::Bytes(range.into()) }
    }

    /// A YAML value of a file.
    pub fn value(file: impl Into<FilePath>, path: FieldPath) -> Self {
        Self { file: file.into(), spot: Spot::Value(path) }
    }

    /// The first occurrence of a text in a file.
    pub fn text(file: impl Into<FilePath>, text: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), spot: Spot::Text(text.into()) }
    }

    /// A line and a column of a text that is not kept.
    pub fn at(file: impl Into<FilePath>, line: usize, column: usize) -> Self {
        Self { file: file.into(), spot: Spot::At { line, column } }
    }

    /// A YAML key of a file.
    pub fn key(file: impl Into<FilePath>, path: FieldPath) -> Self {
        Self { file: file.into(), spot: Spot::Key(path) }
    }
}

/// A place and what to say of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// A few words drawn beside the place; may be empty.
    pub text: String,
}

/// One finding.
///
/// ```
/// use regimen_model::{Diagnostic, FieldPath, Place};
/// let place = Place::value("exercises/squat.yaml", FieldPath::root().key("level"));
/// let finding = Diagnostic::error("wrong-value", "level is 1 to 5, this is 9").at(place, "too high");
/// assert_eq!(finding.labels.len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Diagnostic {
    /// The rule or kind of error, kebab-case, stable between releases.
    pub code: Cow<'static, str>,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence: what is wrong, naming the thing.
    pub message: String,
    /// Where; the first is the place to go to, the rest explain.
    pub labels: Vec<Label>,
    /// The way out, as an instruction.
    pub help: Option<String>,
}

impl Diagnostic {
    /// The same finding, one step more severe.
    #[must_use]
    pub fn raised(mut self) -> Self {
        self.severity = match self.severity {
            Severity::Info => Severity::Warning,
            Severity::Warning | Severity::Error => Severity::Error,
        };
        self
    }

    /// The same finding, one step less severe.
    #[must_use]
    pub fn lowered(mut self) -> Self {
        self.severity = match self.severity {
            Severity::Error => Severity::Warning,
            Severity::Warning | Severity::Info => Severity::Info,
        };
        self
    }

    /// A finding of the given severity without a place yet.
    pub fn new(severity: Severity, code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { code: code.into(), severity, message: message.into(), labels: Vec::new(), help: None }
    }

    /// An error without a place yet.
    pub fn error(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning without a place yet.
    pub fn warning(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// Adds a place with a few words beside it.
    #[must_use]
    pub fn at(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    /// Says the way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says the way out, if there is one to say.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }
}
