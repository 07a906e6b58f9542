//! One amount for all sets, or one for each.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Load, OrNone};

/// The most sets that may have an amount of their own.
pub const MOST_SETS: usize = 20;

/// An amount that is the same in all sets, or one for each set: `8`, or `[12, 10, 8]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PerSet<T> {
    /// The same in all sets.
    All(T),
    /// One for each set in order, 2 to 20 of them.
    Each(Vec<T>),
}

impl<T> PerSet<T> {
    /// The amounts in order: one that is meant for all sets, or one for each.
    pub fn as_slice(&self) -> &[T] {
        match self {
            Self::All(amount) => std::slice::from_ref(amount),
            Self::Each(amounts) => amounts,
        }
    }

    /// The amounts in order: one that is meant for all sets, or one for each.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.as_slice().iter()
    }

    /// The amount, if it is the same in all sets.
    pub fn all(&self) -> Option<&T> {
        match self {
            Self::All(amount) => Some(amount),
            Self::Each(_) => None,
        }
    }

    /// How many sets have an amount of their own; `None` if all have the same.
    pub fn sets(&self) -> Option<u32> {
        match self {
            Self::All(_) => None,
            Self::Each(amounts) => u32::try_from(amounts.len()).ok(),
        }
    }

    /// The amounts, to change them.
    pub(crate) fn as_mut_slice(&mut self) -> &mut [T] {
        match self {
            Self::All(amount) => std::slice::from_mut(amount),
            Self::Each(amounts) => amounts,
        }
    }

    /// Keeps the amounts of so many sets from the first; at least one.
    pub(crate) fn keep_first(&mut self, sets: u32) {
        let Self::Each(amounts) = self else { return };
        amounts.truncate(usize::try_from(sets).unwrap_or(usize::MAX).max(1));
        if amounts.len() == 1
            && let Some(one) = amounts.pop()
        {
            *self = Self::All(one);
        }
    }

    /// The same change made to each amount; the first that fails ends it.
    fn try_map<U, E>(self, mut change: impl FnMut(T) -> Result<U, E>) -> Result<PerSet<U>, E> {
        Ok(match self {
            Self::All(amount) => PerSet::All(change(amount)?),
            Self::Each(amounts) => PerSet::Each(amounts.into_iter().map(change).collect::<Result<_, E>>()?),
        })
    }
}

impl<T> From<T> for PerSet<T> {
    fn from(amount: T) -> Self {
        Self::All(amount)
    }
}

/// As it is written in a file.
impl<T: fmt::Display> fmt::Display for PerSet<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(amount) => amount.fmt(f),
            Self::Each(amounts) => {
                let amounts: Vec<String> = amounts.iter().map(ToString::to_string).collect();
                write!(f, "[{}]", amounts.join(", "))
            }
        }
    }
}

impl<'de, T: Deserialize<'de> + std::str::FromStr<Err: fmt::Display>> Deserialize<'de> for PerSet<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Amounts(PhantomData))
    }
}

/// Reads one amount, or a list of them.
struct Amounts<T>(PhantomData<T>);

impl<T: std::str::FromStr<Err: fmt::Display>> Amounts<T> {
    fn one<E: Error>(text: &str) -> Result<PerSet<T>, E> {
        text.trim().parse().map(PerSet::All).map_err(E::custom)
    }
}

impl<'de, T: Deserialize<'de> + std::str::FromStr<Err: fmt::Display>> Visitor<'de> for Amounts<T> {
    type Value = PerSet<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a single value, or a list with one for each set")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<PerSet<T>, E> {
        Self::one(text)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<PerSet<T>, E> {
        Self::one(&value.to_string())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<PerSet<T>, E> {
        Self::one(&value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<PerSet<T>, E> {
        Self::one(&value.to_string())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<PerSet<T>, A::Error> {
        let mut amounts = Vec::new();
        while let Some(amount) = list.next_element()? {
            amounts.push(amount);
            if amounts.len() > MOST_SETS {
                return Err(A::Error::custom(format!("a list has one for each of at most {MOST_SETS} sets")));
            }
        }
        if amounts.len() < 2 {
            return Err(A::Error::custom(
                "a list has one for each of several sets; write a single one without brackets",
            ));
        }
        Ok(PerSet::Each(amounts))
    }
}

impl<T: Serialize> Serialize for PerSet<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::All(amount) => amount.serialize(serializer),
            Self::Each(amounts) => amounts.serialize(serializer),
        }
    }
}

impl<T: JsonSchema> JsonSchema for PerSet<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("PerSet_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        one_or_each(&generator.subschema_for::<T>(), &generator.subschema_for::<T>())
    }
}

/// One of these, or a list with an `each` for each set.
fn one_or_each(one: &Schema, each: &Schema) -> Schema {
    let list = json_schema!({
        "type": "array",
        "description": "One for each set.",
        "items": each,
        "minItems": 2,
        "maxItems": MOST_SETS,
    });
    json_schema!({"anyOf": [one, list]})
}

impl<'de> Deserialize<'de> for OrNone<PerSet<Load>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = PerSet::<OrNone<Load>>::deserialize(deserializer)?;
        if written.all() == Some(&OrNone::None) {
            return Ok(Self::None);
        }
        let of_set = |load| match load {
            OrNone::Is(load) => Ok(load),
            OrNone::None => Err(D::Error::custom(
                "a list has the load of each set; write a `dose` for the sets without a load and one for the others",
            )),
        };
        written.try_map(of_set).map(Self::Is)
    }
}

impl Serialize for OrNone<PerSet<Load>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => OrNone::<Load>::None.serialize(serializer),
            Self::Is(loads) => loads.serialize(serializer),
        }
    }
}

impl JsonSchema for OrNone<PerSet<Load>> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "LoadOfSets".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        one_or_each(&generator.subschema_for::<OrNone<Load>>(), &generator.subschema_for::<Load>())
    }
}
