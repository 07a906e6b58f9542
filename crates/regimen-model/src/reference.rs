//! Ids of entries, and references from one entry to another.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

use crate::json_schema::text_like;
pub use crate::kind::Kind;

/// The id of an entry of kind `T`: kebab-case, at most 64 characters, equal to its file's stem.
///
/// ```
/// use regimen_model::{Id, model::Exercise};
/// let id: Id<Exercise> = "romanian-deadlift".parse().expect("kebab-case");
/// assert_eq!(id.as_str(), "romanian-deadlift");
/// assert!("Romanian Deadlift".parse::<Id<Exercise>>().is_err());
/// ```
pub struct Id<T> {
    text: Arc<str>,
    kind: PhantomData<fn() -> T>,
}

/// The longest id, in characters.
pub const MAX_ID_LENGTH: usize = 64;

/// The regular expression of an id, without anchors.
pub(crate) const ID_SHAPE: &str = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

impl<T> Id<T> {
    /// The id as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadId(String);

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not an id: an id has lower-case letters a-z, digits and single hyphens, \
             starts with a letter and has at most {MAX_ID_LENGTH} characters",
            self.0.escape_debug()
        )
    }
}

impl std::error::Error for BadId {}

impl<T> std::str::FromStr for Id<T> {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        Ok(Self { text: checked(text)?, kind: PhantomData })
    }
}

/// A text in the shape of an id.
fn checked(text: &str) -> Result<Arc<str>, BadId> {
    let letters = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let shape = text.starts_with(|c: char| c.is_ascii_lowercase()) && !text.ends_with('-') && !text.contains("--");
    if letters && shape && text.len() <= MAX_ID_LENGTH {
        Ok(text.into())
    } else {
        Err(BadId(text.chars().take(80).collect()))
    }
}

impl<'de, T> serde::Deserialize<'de> for Id<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl<T> serde::Serialize for Id<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<T> schemars::JsonSchema for Id<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = text_like(ID_SHAPE, "an id: lower-case letters a-z, digits and single hyphens");
        schema.insert("maxLength".into(), MAX_ID_LENGTH.into());
        schema
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.text)
    }
}

// By hand, because a derive would ask the same of `T`.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), kind: PhantomData }
    }
}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<T> std::borrow::Borrow<str> for Id<T> {
    fn borrow(&self) -> &str {
        &self.text
    }
}

/// An entry by its kind and id. Kinds come in the order of [`Kind::ALL`].
///
/// ```
/// use regimen_model::{Id, Kind, Reference, model::Exercise};
/// let id: Id<Exercise> = "squat".parse().expect("kebab-case");
/// let reference = Reference::from(&id);
/// assert_eq!((reference.kind(), reference.id()), (Kind::Exercise, "squat"));
/// assert_eq!(reference.as_id(), Some(id));
/// assert_eq!(reference.to_string(), "exercise:squat");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    kind: Kind,
    id: Arc<str>,
}

impl Reference {
    /// A reference of the given kind.
    ///
    /// # Errors
    /// If `id` is not in the shape of an id.
    pub fn new(kind: Kind, id: &str) -> Result<Self, BadId> {
        Ok(Self { kind, id: checked(id)? })
    }

    /// The kind of entry it names.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The id without its kind.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The file of what it names, by its path from the root of the catalogue.
    ///
    /// ```
    /// use regimen_model::{Kind, Reference};
    /// let file = |kind| Reference::new(kind, "squat").map(|entry| entry.file());
    /// assert_eq!(file(Kind::Exercise)?, "exercises/squat.yaml");
    /// assert_eq!(file(Kind::Guide)?, "guides/squat.md");
    /// # Ok::<(), regimen_model::reference::BadId>(())
    /// ```
    pub fn file(&self) -> String {
        format!("{}/{}{}", self.kind.folder(), self.id, self.kind.ending())
    }

    /// Its id, as one of whichever kind.
    pub(crate) fn id_of_any_kind<T>(&self) -> Id<T> {
        Id { text: self.id.clone(), kind: PhantomData }
    }

    /// A reference to what has this id.
    pub(crate) fn of_id<T>(kind: Kind, id: Id<T>) -> Self {
        Self { kind, id: id.text }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.id)
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple(&format!("{:?}", self.kind)).field(&self.id).finish()
    }
}
