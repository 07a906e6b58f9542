//! What a programme says of a session where it places it: how much of it in which week, and what may be done instead.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::change::HourOfDay;
use super::day::Day;
use super::doses::Doses;
use super::exercise::Exercise;
use super::note::Note;
use super::run::{RunStep, StepLength};
use super::session::Session;
use super::target::RunTarget;
use super::visit::{At, FactVisitor, Naming};
use crate::quantity::{Count, Duration, OrNone};
use crate::reference::Id;

/// A session on a day.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PhaseSession {
    /// Which session.
    pub session: Id<Session>,
    /// On which day.
    pub day: Day,
    /// Every so many days from that day on, whatever weekday that is: 2 is every other day.
    #[schemars(range(min = 1, max = 99))]
    pub every: Option<u8>,
    /// The least time since the session of the same kind before it.
    pub min_gap: Option<Duration>,
    /// A name that stays when day or session change, so that calendars see the same event; the session's id
    /// unless stated.
    pub slot: Option<Id<PhaseSession>>,
    /// When on its day: `morning`, `evening`, or a time of day; what the schedule says of all sessions unless stated.
    pub at: Option<HourOfDay>,
    /// How long its step is, instead of what the session says: the one step of its main part that is done once.
    pub length: Option<StepLength>,
    /// How long that step is in each week of the phase; in a week with `none` there is no such session.
    pub lengths: Option<Vec<OrNone<StepLength>>>,
    /// How often the repeat of its main part is done: the same in every week, or one number for each week of the phase.
    pub repeats: Option<PerWeek<Count>>,
    /// How fast or how hard its step is, instead of what the session says.
    pub target: Option<RunTarget>,
    /// The step that is meant, by its `id`, if the main part has several.
    pub step: Option<Id<RunStep>>,
    /// The steps of its main part, instead of the session's.
    #[schemars(length(min = 1))]
    pub run: Option<Vec<RunStep>>,
    /// If its `run` is in short, as in a cell of a grid: for each of its steps the session that says what the step leaves out.
    #[serde(skip)]
    pub like: Vec<Id<Session>>,
    /// What to mind on this day, by the key of a text in the words of the session.
    pub note: Option<Note>,
    /// The doses of its exercises or of single lines, instead of what session and progressions say.
    #[serde(default)]
    pub doses: BTreeMap<LineName, Doses>,
    /// Whether the reader may leave it out.
    #[serde(default)]
    pub optional: bool,
    /// What may be done instead: sessions, or `rest`.
    #[serde(default)]
    pub or: Vec<Alternative>,
}

impl PhaseSession {
    /// The name by which a week speaks of it.
    pub fn name(&self) -> &str {
        self.slot.as_ref().map_or(self.session.as_str(), Id::as_str)
    }
}

impl PhaseSession {
    /// A session on a day, of which nothing more is said.
    pub(crate) fn new(session: Id<Session>, day: Day) -> Self {
        Self {
            session,
            day,
            every: None,
            min_gap: None,
            slot: None,
            at: None,
            length: None,
            lengths: None,
            repeats: None,
            target: None,
            step: None,
            run: None,
            like: Vec::new(),
            note: None,
            doses: BTreeMap::new(),
            optional: false,
            or: Vec::new(),
        }
    }

    pub(super) fn visit(&self, at: &At<'_>, visitor: &mut impl FactVisitor) {
        let Self {
            session,
            day: _,
            every: _,
            min_gap: _,
            slot: _,
            at: _,
            length: _,
            lengths: _,
            repeats: _,
            target: _,
            step: _,
            run: _,
            like: _,
            note: _,
            doses,
            optional: _,
            or,
        } = self;
        visitor.entry(session.into(), Naming::Needed, &at.below("session"));
        for LineName(exercise) in doses.keys() {
            // A name that is no exercise is that of a line, which checking looks up.
            visitor.entry(exercise.into(), Naming::Needed, &at.below("doses").id(exercise));
        }
        for (index, other) in or.iter().enumerate() {
            if let Alternative::Session(other) = other {
                visitor.entry((&other.session).into(), Naming::Needed, &at.below("or").index(index));
            }
        }
    }
}

/// What a placement gives a dose: a line of the session by its `id`, else all lines with an exercise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct LineName(Id<Exercise>);

impl LineName {
    /// As it is written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The exercise of this id, if it is not the name of a line.
    pub fn exercise(&self) -> &Id<Exercise> {
        &self.0
    }
}

impl std::borrow::Borrow<str> for LineName {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

/// An amount that is the same in every week of a phase, or one for each week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PerWeek<T> {
    /// In every week.
    Always(T),
    /// One for each week of the phase; in a week with `none` there is no such session.
    Weeks(Vec<OrNone<T>>),
}

/// How much of a session is done in one week, as far as its placement says so. It is final: no progression and no share of a
/// lighter week changes it.
#[derive(Debug, Clone, Copy)]
pub struct PlacedWork<'a> {
    /// How long its step is.
    pub length: Option<StepLength>,
    /// How fast or how hard that step is.
    pub target: Option<&'a RunTarget>,
    /// How often its repeat is done.
    pub repeats: Option<Count>,
    /// The step that is meant, if the session has several.
    pub step: Option<&'a Id<RunStep>>,
    /// The steps of its work, instead of the session's.
    pub run: Option<&'a [RunStep]>,
    /// For each of these steps the session that says what it leaves out; nothing if they say all.
    pub like: &'a [Id<Session>],
    /// The doses of its exercises.
    pub doses: Option<&'a BTreeMap<LineName, Doses>>,
}

impl PlacedWork<'_> {
    /// Whether it says nothing, so that the session's own work is done.
    pub fn is_unstated(&self) -> bool {
        !self.changes_run() && self.doses.is_none_or(BTreeMap::is_empty)
    }

    /// Whether it says how long or how fast the steps of a run are.
    pub fn changes_run(&self) -> bool {
        let Self { length, target, repeats, step: _, run, like: _, doses: _ } = self;
        length.is_some() || target.is_some() || repeats.is_some() || run.is_some()
    }
}

impl PhaseSession {
    /// How much of it is done in a week of the phase, 0 for its first; `None` if that week does not have it. A list that has too
    /// few weeks, which writing a plan out reports, says nothing about the others.
    pub fn work_in(&self, week: u32) -> Option<PlacedWork<'_>> {
        let at = usize::try_from(week).unwrap_or(usize::MAX);
        let listed = self.lengths.as_ref().and_then(|lengths| lengths.get(at));
        let repeats = match &self.repeats {
            None => None,
            Some(PerWeek::Always(count)) => Some(OrNone::Is(*count)),
            Some(PerWeek::Weeks(weeks)) => weeks.get(at).copied(),
        };
        let length = stated(listed.copied())?.or(self.length);
        Some(PlacedWork {
            length,
            target: self.target.as_ref(),
            repeats: stated(repeats)?,
            step: self.step.as_ref(),
            run: self.run.as_deref(),
            like: &self.like,
            doses: Some(&self.doses),
        })
    }

    /// Whether the reader may leave it out.
    pub fn may_be_left_out(&self) -> bool {
        self.optional || self.or.contains(&Alternative::Rest)
    }

    /// The sessions that may be done instead, each with its position in the list.
    pub fn alternatives(&self) -> impl Iterator<Item = (usize, &AlternativeSession)> {
        self.or.iter().enumerate().filter_map(|(index, other)| match other {
            Alternative::Rest => None,
            Alternative::Session(other) => Some((index, other.as_ref())),
        })
    }
}

/// What a list has for a week; the outer `None` where it has `none`.
fn stated<T>(listed: Option<OrNone<T>>) -> Option<Option<T>> {
    match listed {
        None => Some(None),
        Some(OrNone::Is(value)) => Some(Some(value)),
        Some(OrNone::None) => None,
    }
}

/// What may be done instead of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alternative {
    /// Nothing, written `rest`.
    Rest,
    /// Another session.
    Session(Box<AlternativeSession>),
}

/// A session that may be done instead of another one: its id, or `{session: swim, length: 1 km}`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlternativeSession {
    /// Which session.
    pub session: Id<Session>,
    /// How long its step is, instead of what the session says.
    pub length: Option<StepLength>,
    /// How fast or how hard that step is.
    pub target: Option<RunTarget>,
    /// How often the repeat of its main part is done.
    pub repeats: Option<Count>,
    /// The steps of its work, instead of the session's.
    #[schemars(length(min = 1))]
    pub run: Option<Vec<RunStep>>,
    /// If its `run` is in short: for each of its steps the session that says what the step leaves out.
    #[serde(skip)]
    pub like: Vec<Id<Session>>,
    /// What to mind on this day, by the key of a text in the words of the session.
    pub note: Option<Note>,
}

impl AlternativeSession {
    /// A session of which nothing more is said.
    pub(super) fn new(session: Id<Session>) -> Self {
        Self { session, length: None, target: None, repeats: None, run: None, like: Vec::new(), note: None }
    }

    /// How much of it is done.
    pub fn work(&self) -> PlacedWork<'_> {
        let Self { session: _, length, target, repeats, run, like, note: _ } = self;
        PlacedWork {
            length: *length,
            target: target.as_ref(),
            repeats: *repeats,
            step: None,
            run: run.as_deref(),
            like,
            doses: None,
        }
    }
}

/// The word for doing nothing.
const REST: &str = "rest";

impl<'de> Deserialize<'de> for Alternative {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ReadAlternative)
    }
}

struct ReadAlternative;

impl<'de> Visitor<'de> for ReadAlternative {
    type Value = Alternative;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the id of a session, `rest`, or a mapping with `session`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Alternative, E> {
        if text == REST {
            return Ok(Alternative::Rest);
        }
        let session = text.parse().map_err(E::custom)?;
        Ok(Alternative::Session(AlternativeSession::new(session).into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Alternative, A::Error> {
        let session = AlternativeSession::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Alternative::Session(session.into()))
    }
}

impl JsonSchema for Alternative {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Alternative".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "What may be done instead: `rest`, a session's id, or a session with how much of it.",
            "anyOf": [generator.subschema_for::<Id<Session>>(), generator.subschema_for::<AlternativeSession>()],
        })
    }
}

impl<'de, T> Deserialize<'de> for PerWeek<T>
where
    T: Deserialize<'de> + std::str::FromStr,
    T::Err: fmt::Display,
    OrNone<T>: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ReadPerWeek(PhantomData))
    }
}

struct ReadPerWeek<T>(PhantomData<fn() -> T>);

impl<T: std::str::FromStr> ReadPerWeek<T>
where
    T::Err: fmt::Display,
{
    fn always<E: Error>(text: &str) -> Result<PerWeek<T>, E> {
        text.parse().map(PerWeek::Always).map_err(E::custom)
    }
}

impl<'de, T> Visitor<'de> for ReadPerWeek<T>
where
    T: std::str::FromStr,
    T::Err: fmt::Display,
    OrNone<T>: Deserialize<'de>,
{
    type Value = PerWeek<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one value, or a list with one for each week")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<PerWeek<T>, E> {
        Self::always(text.trim())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<PerWeek<T>, E> {
        Self::always(&number.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<PerWeek<T>, E> {
        Self::always(&number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<PerWeek<T>, E> {
        Self::always(&number.to_string())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<PerWeek<T>, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(items)).map(PerWeek::Weeks)
    }
}

impl<T: JsonSchema> JsonSchema for PerWeek<T>
where
    OrNone<T>: JsonSchema,
{
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("{}PerWeek", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [
            generator.subschema_for::<T>(),
            {"type": "array", "items": generator.subschema_for::<OrNone<T>>()},
        ]})
    }
}
