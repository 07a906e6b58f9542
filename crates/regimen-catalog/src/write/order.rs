//! The order of keys: the one in which the types have their fields.
//!
//! A value is read as the type that it will be read as later, by a reader that only takes note of the fields that each type
//! asks for. So there is no second list of keys, and a new field has its place at once.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::de::value::{Error, MapAccessDeserializer, StrDeserializer, StringDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use crate::load::{Class, GuideHead, classify};
use crate::yaml::Data;
use regimen_model::catalog::by_kind;
use regimen_model::diagnostic::{FieldPath, FilePath};
use regimen_model::language::LanguageFile;
use regimen_model::model::{
    Condition, Doses, Entity, Equipment, Exercise, ExerciseWords, Fragment, Guide, IdHistory, Muscle, MuscleGroup,
    MuscleWords, NamedWords, Origin, Program, ProgramWords, Project, ProjectWords, Session, SessionWords, Source,
};

/// The key of the words that stand beside facts.
const WORDS: &str = "words";

/// The keys that entries of all kinds may have behind their own.
const SHARED: [&str; 5] = ["formerly", "replaced_by", "origin", "allow", "follows"];

/// A kind of entry, with the types of the facts and of the words that its files have.
trait Shape: Entity + DeserializeOwned {
    /// The words, as they stand beside the facts or in a file of a translation.
    type Written: DeserializeOwned;
}

macro_rules! shapes {
    ($($kind:ty: $words:ty),+ $(,)?) => {$(
        impl Shape for $kind {
            type Written = $words;
        }
    )+};
}

shapes! {
    Muscle: MuscleWords,
    MuscleGroup: NamedWords,
    Equipment: NamedWords,
    Condition: NamedWords,
    Exercise: ExerciseWords,
    Fragment: SessionWords,
    Session: SessionWords,
    Program: ProgramWords,
    Guide: GuideHead,
    Source: (),
}

/// Puts the keys of a file into the order in which its types have them. Keys that are not known come behind the others of
/// their mapping, but before the words; what cannot be read stays as it is.
pub(super) fn arrange(file: &FilePath, data: &mut Data) {
    let fields = Fields::default();
    match classify(file) {
        Ok(Class::Project(None)) => fields.facts_and_words::<Project, ProjectWords>(data),
        Ok(Class::Project(Some(_))) => fields.read::<ProjectWords>(data, &FieldPath::root()),
        Ok(Class::Language(_)) => fields.read::<LanguageFile>(data, &FieldPath::root()),
        Ok(Class::Entry { kind, language: None, .. }) => by_kind!(kind, T => fields.entry::<T>(data)),
        Ok(Class::Entry { kind, language: Some(_), .. }) => by_kind!(kind, T => fields.words::<T>(data)),
        Ok(Class::Media | Class::Ignored) | Err(_) => {}
    }
    for (path, names) in fields.seen.into_inner() {
        let Some(Data::Keys(keys)) = data.at_mut(&path.0) else { continue };
        keys.sort_by_cached_key(|(key, _)| rank(key, &names));
    }
}

/// Where a key comes in a mapping whose type has these fields.
fn rank(key: &str, names: &[&str]) -> (usize, usize) {
    let at = |names: &[&str]| names.iter().position(|name| *name == key);
    match (at(names), at(&SHARED)) {
        (Some(at), _) => (0, at),
        (None, Some(at)) => (1, at),
        (None, None) => (if key == WORDS { 3 } else { 2 }, 0),
    }
}

/// The fields that types asked for, by the path of the mapping.
#[derive(Default)]
struct Fields {
    seen: RefCell<BTreeMap<FieldPath, Vec<&'static str>>>,
}

impl Fields {
    fn entry<T: Shape>(&self, data: &Data) {
        match data.get(WORDS) {
            Some(_) => self.facts_and_words::<T, T::Written>(data),
            // A guide has its title and summary before its facts, and a source has no words.
            None => {
                self.read::<T::Written>(data, &FieldPath::root());
                self.read::<T>(data, &FieldPath::root());
            }
        }
        self.read::<IdHistory<T>>(data, &FieldPath::root());
        self.origin(data);
    }

    fn facts_and_words<F: DeserializeOwned, W: DeserializeOwned>(&self, data: &Data) {
        self.read::<F>(data, &FieldPath::root());
        if let Some(words) = data.get(WORDS) {
            self.read::<W>(words, &FieldPath::root().key(WORDS));
        }
    }

    fn words<T: Shape>(&self, data: &Data) {
        self.read::<T::Written>(data, &FieldPath::root());
        self.origin(data);
    }

    fn origin(&self, data: &Data) {
        for path in [FieldPath::root(), FieldPath::root().key(WORDS)].map(|path| path.key("origin")) {
            if let Some(origin) = data.at(&path) {
                self.read::<Origin>(origin, &path);
            }
        }
    }

    fn read<T: DeserializeOwned>(&self, data: &Data, path: &FieldPath) {
        // What is wrong with the value is for the reader of the file to say.
        let _read = T::deserialize(Value { data, path: path.clone(), fields: self });
    }

    /// Notes the fields of the mapping at a path. A mapping that is read as two types has those of the first one first.
    fn note(&self, path: &FieldPath, names: &'static [&'static str]) {
        let mut seen = self.seen.borrow_mut();
        let known = seen.entry(path.clone()).or_default();
        let new = names.iter().filter(|name| !known.contains(name)).copied().collect::<Vec<_>>();
        known.extend(new);
    }
}

/// A value that is read.
struct Value<'a> {
    data: &'a Data,
    path: FieldPath,
    fields: &'a Fields,
}

impl<'a> Value<'a> {
    fn keys(&self, only: Option<&'static [&'static str]>) -> Entries<'a> {
        let keys = match self.data {
            Data::Keys(keys) => &**keys,
            _ => &[],
        };
        Entries { left: keys.iter(), value: None, only, path: self.path.clone(), fields: self.fields }
    }
}

impl<'de> Deserializer<'de> for Value<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.data {
            Data::Nothing => visitor.visit_unit(),
            Data::Flag(flag) => visitor.visit_bool(*flag),
            Data::Number(number) => match (number.as_str().parse::<u64>(), number.as_str().parse::<i64>()) {
                (Ok(number), _) => visitor.visit_u64(number),
                (_, Ok(number)) => visitor.visit_i64(number),
                _ => visitor.visit_f64(number.as_str().parse().unwrap_or_default()),
            },
            Data::Text(text) => visitor.visit_str(text),
            Data::List(items) => {
                visitor.visit_seq(Items { left: items.iter().enumerate(), path: self.path, fields: self.fields })
            }
            Data::Keys(_) => visitor.visit_map(self.keys(None)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if *self.data == Data::Nothing { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        match self.data {
            // One dose, where a list of them may be.
            Data::Keys(_) if name == Doses::NAME => self.deserialize_struct(name, Doses::KEYS, visitor),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if !matches!(self.data, Data::Keys(_)) {
            return self.deserialize_any(visitor);
        }
        self.fields.note(&self.path, names);
        // Keys of others, such as `allow`, would end the reading.
        visitor.visit_map(self.keys(Some(names)))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.data {
            Data::Text(text) => {
                let text: StrDeserializer<'_, Error> = text.as_str().into_deserializer();
                visitor.visit_enum(text)
            }
            _ => visitor.visit_enum(MapAccessDeserializer::new(self.keys(None))),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

/// The items of a list that is read.
struct Items<'a> {
    left: std::iter::Enumerate<std::slice::Iter<'a, Data>>,
    path: FieldPath,
    fields: &'a Fields,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some((index, data)) = self.left.next() else { return Ok(None) };
        seed.deserialize(Value { data, path: self.path.clone().index(index), fields: self.fields }).map(Some)
    }
}

/// The keys of a mapping that is read.
struct Entries<'a> {
    left: std::slice::Iter<'a, (String, Data)>,
    value: Option<Value<'a>>,
    /// The keys that are read, if not all are.
    only: Option<&'static [&'static str]>,
    path: FieldPath,
    fields: &'a Fields,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let only = self.only;
        let wanted = |key: &str| only.is_none_or(|names| names.contains(&key));
        let Some((key, data)) = self.left.find(|(key, value)| wanted(key) && *value != Data::Nothing) else {
            return Ok(None);
        };
        self.value = Some(Value { data, path: self.path.clone().key(key.as_str()), fields: self.fields });
        let key: StringDeserializer<Error> = key.clone().into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let value = self.value.take().ok_or_else(|| serde::de::Error::custom("no key was read"))?;
        seed.deserialize(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use regimen_model::diagnostic::Segment;

    /// The keys of the mapping at a path, once they are arranged.
    fn arranged(file: &str, yaml: &str, path: &[Segment]) -> String {
        let mut data = crate::yaml::Node::read(yaml, 0..yaml.len()).expect("YAML").data();
        arrange(&file.into(), &mut data);
        let Some(Data::Keys(keys)) = data.at_mut(path) else { panic!("no mapping") };
        keys.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn keys_come_as_the_types_have_them() {
        let exercise = "words: {steps: [Sit.], name: A}\nx-note: 1\nallow: {no-muscle: why}\nlevel: 2\nformerly: [b]\n\
            defaults: {allow: {}, rest: 60 s, reps: 8, sets: 3}\nkind: strength\n";
        let file = "exercises/a.yaml";
        assert_eq!(arranged(file, exercise, &[]), "kind level defaults formerly allow x-note words");
        assert_eq!(arranged(file, exercise, &FieldPath::root().key("words").0), "name steps");
        assert_eq!(arranged(file, exercise, &FieldPath::root().key("defaults").0), "sets reps rest allow");
        let session = "main:\n  - {rounds: 2, superset: [{dose: {reps: 8, sets: 2}, exercise: a}]}\nkind: strength\nwords: {name: A}\n";
        let dose = FieldPath::root().key("main").index(0).key("superset").index(0);
        assert_eq!(arranged("sessions/a.yaml", session, &dose.0), "exercise dose");
        assert_eq!(arranged("sessions/a.yaml", session, &dose.key("dose").0), "sets reps");
        assert_eq!(arranged("guides/a.md", "sources: [b]\nsummary: S\ntitle: A\n", &[]), "title summary sources");
        assert_eq!(arranged("exercises/a.de.yaml", "follows: abcdefgh\nname: A\n", &[]), "name follows");
        assert_eq!(arranged("media/a.txt", "b: 1\na: 2\n", &[]), "b a");
    }
}
