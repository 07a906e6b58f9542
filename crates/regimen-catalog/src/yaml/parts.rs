//! Values that are put together from pieces, such as the cells of a table.

use serde::de::{DeserializeOwned, IntoDeserializer as _};
use serde_yaml::{Mapping, Value as Tree};

use super::wording::{self, Mistake};
use super::{Value, discreet, plain as scalar, strict};
use regimen_model::diagnostic::{Diagnostic, FilePath};

impl Value {
    /// Keys without any yet.
    pub(crate) fn keys() -> Self {
        Self::from(Tree::Mapping(Mapping::new()))
    }

    /// A text, whatever it looks like.
    pub(crate) fn text(text: &str) -> Self {
        Self::from(Tree::String(text.to_owned()))
    }

    /// A list.
    pub(crate) fn list(items: Vec<Self>) -> Self {
        Self::from(Tree::Sequence(items.into_iter().map(|item| item.tree).collect()))
    }

    /// Whether it says nothing.
    pub(crate) fn is_nothing(&self) -> bool {
        self.tree.is_null()
    }

    /// What it says, if it is a text.
    pub(crate) fn as_text(&self) -> Option<&str> {
        self.tree.as_str()
    }

    /// Puts a value below keys, one in the other. `false` if another value is in the way.
    pub(crate) fn put<'k>(&mut self, path: impl IntoIterator<Item = &'k str>, value: Self) -> bool {
        let mut at = &mut self.tree;
        for key in path {
            if at.is_null() {
                *at = Tree::Mapping(Mapping::new());
            }
            let Some(keys) = at.as_mapping_mut() else { return false };
            at = keys.entry(Tree::String(key.to_owned())).or_insert(Tree::Null);
        }
        let is_free = at.is_null();
        if is_free {
            *at = value.tree;
        }
        is_free
    }

    /// The value of a key, if it says something.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let tree = self.tree.as_mapping()?.get(key).filter(|tree| !tree.is_null())?;
        Some(Self::from(tree.clone()))
    }

    /// The keys that say something, in order; none if it has no keys.
    pub(crate) fn stated(&self) -> impl Iterator<Item = &str> {
        let stated = self.tree.as_mapping().into_iter().flatten().filter(|(_, value)| !value.is_null());
        stated.filter_map(|(key, _)| key.as_str())
    }

    /// The items of a list, each as far as it is a text; none if it is no list.
    pub(crate) fn items(&self) -> impl Iterator<Item = &str> {
        let items = self.tree.as_sequence().into_iter().flatten();
        items.map(|item| item.as_str().unwrap_or_default())
    }

    /// Takes the keys out that `wanted` accepts, with their values.
    pub(crate) fn take(&mut self, wanted: impl Fn(&str) -> bool) -> Self {
        let Some(keys) = self.tree.as_mapping_mut() else { return Self::keys() };
        let (taken, left) = std::mem::take(keys).into_iter().partition(|(key, _)| key.as_str().is_some_and(&wanted));
        *keys = left;
        Self::from(Tree::Mapping(taken))
    }

    /// Whether it has keys.
    pub(crate) fn has_keys(&self) -> bool {
        self.tree.is_mapping()
    }

    /// Its items if it is a list, else itself alone; and whether it is a list.
    pub(crate) fn into_items(self) -> (Vec<Self>, bool) {
        match self.tree {
            Tree::Sequence(items) => (items.into_iter().map(Self::from).collect(), true),
            tree => (vec![Self::from(tree)], false),
        }
    }
}

impl From<Tree> for Value {
    fn from(tree: Tree) -> Self {
        Self { tree, range: 0..0 }
    }
}

/// What is meant by a text without quotes.
///
/// # Errors
/// For numbers that nobody writes like this: what to say of them.
pub(crate) fn plain(text: &str) -> Result<Value, (&'static str, &'static str)> {
    match scalar::disguised_number(text) {
        None => Ok(Value::from(scalar::resolve(text.to_owned()))),
        Some(_) => Err(("this is no number as people write it", "write the number with plain digits")),
    }
}

/// Reads a text with the keys of one person or a list of people, or a part of it, such as a cell.
///
/// # Errors
/// Everything that the strict reader refuses, without repeating the text.
pub(crate) fn read_people(text: &str, file: &FilePath) -> Result<Value, Vec<Diagnostic>> {
    strict::read(text, 0..text.len(), file, strict::Root::KeysOrList).map(Value::from).map_err(discreet::strict)
}

/// The keys that a closed type has.
pub(crate) fn keys_of<T: DeserializeOwned>() -> Vec<String> {
    let none = std::iter::once(("?", ()));
    let asked = serde::de::value::MapDeserializer::new(none);
    let said = match T::deserialize(asked.into_deserializer()) {
        Ok(_) => return Vec::new(),
        Err::<T, serde::de::value::Error>(error) => error.to_string(),
    };
    match Mistake::parse(&said) {
        Mistake::UnknownKey { allowed } => allowed.into_iter().map(str::to_owned).collect(),
        _ => wording::quoted(&said).into_iter().map(str::to_owned).collect(),
    }
}
