//! Several doses in a row: a top set and back-off sets, drop sets.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::dose::{Dose, KEYS};
use super::group_format::GroupFormat;

/// One dose, or several in a row such as a top set and back-off sets; at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doses(Vec<Dose>);

/// More doses in a row would be no dose but a programme.
const MOST_DOSES: usize = 20;

impl Doses {
    /// The name by which it asks to be read: a mapping then has [the keys of a dose](Self::KEYS).
    #[doc(hidden)]
    pub const NAME: &str = "Doses";
    /// The keys of a dose, in the order in which they are written.
    #[doc(hidden)]
    pub const KEYS: &[&str] = KEYS;

    /// The first one, without which there is no dose.
    pub fn first(&self) -> Option<&Dose> {
        self.0.first()
    }

    /// The dose, if there is only one.
    pub fn only(&self) -> Option<&Dose> {
        match self.0.as_slice() {
            [dose] => Some(dose),
            _ => None,
        }
    }

    /// Them in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Dose> {
        self.0.iter()
    }

    /// These doses, each with what it does not say from `base`; see [`Dose::over`]. Between doses in a row there is a rest,
    /// even if each is of one set.
    #[must_use]
    pub fn over(self, base: &Dose) -> Self {
        let several = self.0.len() > 1;
        let over = |dose: Dose| if several { dose.over_in_a_row(base) } else { dose.over(base) };
        Self(self.0.into_iter().map(over).collect())
    }
}

impl Doses {
    /// These doses with the loads of others, in the same unit, as far as those have loads; `None` if theirs is another work.
    #[must_use]
    pub(crate) fn with_loads_of(&self, others: &[Dose]) -> Option<Self> {
        let same = |(one, other): (&Dose, &Dose)| {
            (one.sets, one.held) == (other.sets, other.held) && one.work == other.work && one.has_load_like(other)
        };
        let is_same = self.0.len() == others.len() && self.0.iter().zip(others).all(same);
        let changed = self.0.iter().zip(others).map(|(one, other)| Dose { load: other.load.clone(), ..one.clone() });
        is_same.then(|| Self(changed.collect()))
    }

    /// These doses in a block; see [`Dose::in_turns`].
    #[must_use]
    pub fn in_turns(self, format: Option<GroupFormat>) -> Self {
        Self(self.0.into_iter().map(|dose| dose.in_turns(format)).collect())
    }
}

impl From<Dose> for Doses {
    fn from(dose: Dose) -> Self {
        Self(vec![dose])
    }
}

impl IntoIterator for Doses {
    type Item = Dose;
    type IntoIter = std::vec::IntoIter<Dose>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'d> IntoIterator for &'d Doses {
    type Item = &'d Dose;
    type IntoIter = std::slice::Iter<'d, Dose>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'de> Deserialize<'de> for Doses {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // By a name, so that a reader that puts keys in order knows those of a dose.
        deserializer.deserialize_newtype_struct(Self::NAME, DosesVisitor)
    }
}

/// Reads the keys of one dose, or a list of doses.
struct DosesVisitor;

impl<'de> Visitor<'de> for DosesVisitor {
    type Value = Doses;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("struct Dose")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Doses, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, keys: A) -> Result<Doses, A::Error> {
        Dose::deserialize(MapAccessDeserializer::new(keys)).map(Doses::from)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Doses, A::Error> {
        let mut doses = Vec::new();
        while let Some(dose) = list.next_element()? {
            doses.push(dose);
            if doses.len() > MOST_DOSES {
                return Err(A::Error::custom(format!("a list has at most {MOST_DOSES} doses")));
            }
        }
        if doses.is_empty() {
            return Err(A::Error::custom("a list of doses has at least one"));
        }
        Ok(Doses(doses))
    }
}

impl JsonSchema for Doses {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Doses".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let dose = generator.subschema_for::<Dose>();
        let list = json_schema!({
            "type": "array",
            "description": "Several doses in a row, such as a top set and back-off sets.",
            "items": dose,
            "minItems": 1,
            "maxItems": MOST_DOSES,
        });
        json_schema!({"anyOf": [dose, list]})
    }
}
