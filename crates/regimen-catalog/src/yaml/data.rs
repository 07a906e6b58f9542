//! A value in its author's form: what a YAML text says, in the order in which it says it.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::plain;
use regimen_model::diagnostic::{FieldPath, Segment};

/// What a YAML text says, or a part of it. Numbers keep their digits, and keys their order; two mappings with the same
/// keys and values are equal in any order.
///
/// ```
/// use regimen_catalog::write::Data;
/// let words = Data::keys([("name", Data::from("Wall sit")), ("cues", Data::list(["Knees out."]))]);
/// assert_eq!(words.get("name"), Some(&Data::Text("Wall sit".into())));
/// ```
#[derive(Debug, Clone, Default)]
pub enum Data {
    /// Nothing, as under a key without a value.
    #[default]
    Nothing,
    /// `true` or `false`.
    Flag(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Data>),
    /// A mapping: keys, each with its value. No key may be given twice.
    Keys(Vec<(String, Data)>),
}

/// A number in the digits in which it is written, such as `8` or `2.50`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number(String);

/// A text that the catalogue's reader does not take for a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotANumber(String);

impl Number {
    /// The digits, perhaps with a minus and a point.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Number {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let known = plain::disguised_number(text).is_none() && plain::resolve(text.to_owned()).is_number();
        if known { Ok(Self(text.to_owned())) } else { Err(NotANumber(text.to_owned())) }
    }
}

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a number in plain digits, such as `8` or `2.5`", self.0.escape_debug())
    }
}

impl std::error::Error for NotANumber {}

impl Data {
    /// A mapping with these keys.
    pub fn keys<K: Into<String>>(keys: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self::Keys(keys.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }

    /// A list of these items.
    pub fn list<V: Into<Self>>(items: impl IntoIterator<Item = V>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }

    /// The value under a key of this mapping.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Self::Keys(keys) = self else { return None };
        keys.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// The value at a path below this one.
    pub fn at(&self, path: &FieldPath) -> Option<&Self> {
        path.0.iter().try_fold(self, |data, segment| match (segment, data) {
            (Segment::Key(key), data) => data.get(key),
            (Segment::Index(index), Self::List(items)) => items.get(*index),
            (Segment::Index(_), _) => None,
        })
    }

    /// The value at a path below this one, to change it.
    pub fn at_mut(&mut self, path: &[Segment]) -> Option<&mut Self> {
        path.iter().try_fold(self, |data, segment| match (segment, data) {
            (Segment::Key(key), Self::Keys(keys)) => {
                keys.iter_mut().find(|(known, _)| **known == **key).map(|(_, value)| value)
            }
            (Segment::Index(index), Self::List(items)) => items.get_mut(*index),
            _ => None,
        })
    }

    /// A value that is written without quotes.
    pub(super) fn plain(text: &str) -> Self {
        match plain::resolve(text.to_owned()) {
            serde_yaml::Value::Null => Self::Nothing,
            serde_yaml::Value::Bool(flag) => Self::Flag(flag),
            serde_yaml::Value::Number(_) => Self::Number(Number(text.to_owned())),
            _ => Self::Text(text.to_owned()),
        }
    }
}

impl PartialEq for Data {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Nothing, Self::Nothing) => true,
            (Self::Flag(one), Self::Flag(other)) => one == other,
            (Self::Number(one), Self::Number(other)) => one == other,
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::List(one), Self::List(other)) => one == other,
            (Self::Keys(one), Self::Keys(other)) => {
                let other_by_key: BTreeMap<&str, &Self> = other.iter().map(|(key, value)| (&**key, value)).collect();
                let found =
                    |(key, value): &(String, Self)| other_by_key.get(&**key).is_some_and(|found| *found == value);
                one.len() == other.len() && one.iter().all(found)
            }
            _ => false,
        }
    }
}

impl Eq for Data {}

impl From<&str> for Data {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Data {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Data {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<i32> for Data {
    fn from(number: i32) -> Self {
        Self::Number(Number(number.to_string()))
    }
}

impl From<u32> for Data {
    fn from(number: u32) -> Self {
        Self::Number(Number(number.to_string()))
    }
}

impl From<Number> for Data {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        for text in ["0", "-7", "2.50", "123456789012345"] {
            assert_eq!(text.parse::<Number>().expect("a number").as_str(), text);
        }
        for text in ["", "1e3", "+5", ".5", "012", "1.500", "8-12", "1234567890123456", "true", "a"] {
            assert!(text.parse::<Number>().is_err(), "{text}");
        }
    }

    #[test]
    fn mappings_are_equal_in_any_order() {
        let (one, two) = (("a", Data::from(1)), ("b", Data::from("x")));
        let both = Data::keys([one.clone(), two.clone()]);
        assert_eq!(both, Data::keys([two.clone(), one.clone()]));
        assert_ne!(both, Data::keys([one.clone()]));
        assert_ne!(Data::list([1, 2]), Data::list([2, 1]));
        assert_ne!(Data::from("1"), Data::from(1));
    }
}
