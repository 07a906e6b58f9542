//! Ids of entries, and references from one entry to another.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

use crate::model::{Condition, Equipment, Exercise, Fragment, Guide, Muscle, MuscleGroup, Program, Session, Source};
use crate::schema::text_like;

/// The id of an entry of kind `T`: kebab-case, at most 64 characters, equal to its file's stem.
///
/// ```
/// use regimen_catalog::{Id, model::Exercise};
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
        let letters = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let shape = text.starts_with(|c: char| c.is_ascii_lowercase()) && !text.ends_with('-') && !text.contains("--");
        if letters && shape && text.len() <= MAX_ID_LENGTH {
            Ok(Self { text: text.into(), kind: PhantomData })
        } else {
            Err(BadId(text.chars().take(80).collect()))
        }
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

/// The kinds of entry that others can refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// One muscle.
    Muscle,
    /// A named set of muscles.
    MuscleGroup,
    /// Something to train with.
    Equipment,
    /// A state of health that some exercises do not suit.
    Condition,
    /// An exercise.
    Exercise,
    /// Blocks that several sessions share.
    Fragment,
    /// One training session.
    Session,
    /// Weeks of sessions.
    Program,
    /// An article.
    Guide,
    /// A publication that the content rests on.
    Source,
}

impl Kind {
    /// Every kind, in the order in which a catalogue lists them.
    pub const ALL: [Self; 10] = [
        Self::Muscle,
        Self::MuscleGroup,
        Self::Equipment,
        Self::Condition,
        Self::Exercise,
        Self::Fragment,
        Self::Session,
        Self::Program,
        Self::Guide,
        Self::Source,
    ];

    /// The folder that holds entries of this kind.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Muscle => "muscles",
            Self::MuscleGroup => "muscle-groups",
            Self::Equipment => "equipment",
            Self::Condition => "conditions",
            Self::Exercise => "exercises",
            Self::Fragment => "fragments",
            Self::Session => "sessions",
            Self::Program => "programs",
            Self::Guide => "guides",
            Self::Source => "sources",
        }
    }

    /// The scheme that a link in prose uses for this kind; also its name in messages.
    pub const fn scheme(self) -> &'static str {
        match self {
            Self::Muscle => "muscle",
            Self::MuscleGroup => "muscle-group",
            Self::Equipment => "equipment",
            Self::Condition => "condition",
            Self::Exercise => "exercise",
            Self::Fragment => "fragment",
            Self::Session => "session",
            Self::Program => "program",
            Self::Guide => "guide",
            Self::Source => "source",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.scheme())
    }
}

/// An id together with the kind of entry that it names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    /// One muscle.
    Muscle(Id<Muscle>),
    /// A named set of muscles.
    MuscleGroup(Id<MuscleGroup>),
    /// Something to train with.
    Equipment(Id<Equipment>),
    /// A state of health.
    Condition(Id<Condition>),
    /// An exercise.
    Exercise(Id<Exercise>),
    /// Shared blocks.
    Fragment(Id<Fragment>),
    /// One training session.
    Session(Id<Session>),
    /// Weeks of sessions.
    Program(Id<Program>),
    /// An article.
    Guide(Id<Guide>),
    /// A publication.
    Source(Id<Source>),
}

impl Reference {
    /// A reference of the given kind.
    ///
    /// # Errors
    /// If `id` is not in the shape of an id.
    pub fn new(kind: Kind, id: &str) -> Result<Self, BadId> {
        Ok(match kind {
            Kind::Muscle => Self::Muscle(id.parse()?),
            Kind::MuscleGroup => Self::MuscleGroup(id.parse()?),
            Kind::Equipment => Self::Equipment(id.parse()?),
            Kind::Condition => Self::Condition(id.parse()?),
            Kind::Exercise => Self::Exercise(id.parse()?),
            Kind::Fragment => Self::Fragment(id.parse()?),
            Kind::Session => Self::Session(id.parse()?),
            Kind::Program => Self::Program(id.parse()?),
            Kind::Guide => Self::Guide(id.parse()?),
            Kind::Source => Self::Source(id.parse()?),
        })
    }

    /// The kind of entry it names.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Muscle(_) => Kind::Muscle,
            Self::MuscleGroup(_) => Kind::MuscleGroup,
            Self::Equipment(_) => Kind::Equipment,
            Self::Condition(_) => Kind::Condition,
            Self::Exercise(_) => Kind::Exercise,
            Self::Fragment(_) => Kind::Fragment,
            Self::Session(_) => Kind::Session,
            Self::Program(_) => Kind::Program,
            Self::Guide(_) => Kind::Guide,
            Self::Source(_) => Kind::Source,
        }
    }

    /// The id without its kind.
    pub fn id(&self) -> &str {
        match self {
            Self::Muscle(id) => id.as_str(),
            Self::MuscleGroup(id) => id.as_str(),
            Self::Equipment(id) => id.as_str(),
            Self::Condition(id) => id.as_str(),
            Self::Exercise(id) => id.as_str(),
            Self::Fragment(id) => id.as_str(),
            Self::Session(id) => id.as_str(),
            Self::Program(id) => id.as_str(),
            Self::Guide(id) => id.as_str(),
            Self::Source(id) => id.as_str(),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind(), self.id())
    }
}
