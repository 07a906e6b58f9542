//! The layouts that a project asks for: one or a list of them.

use std::borrow::Cow;
use std::fmt;

use regimen_export::Granularity;
use regimen_export::schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::layouts::{LAYOUTS, Layout};

/// The layouts that a project asks for, each once, in the order of [`LAYOUTS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layouts(Vec<&'static Layout>);

impl Default for Layouts {
    fn default() -> Self {
        Self(vec![&Layout::SHEET])
    }
}

impl Layouts {
    fn of(wanted: &[&Layout]) -> Self {
        Self(LAYOUTS.into_iter().filter(|layout| wanted.contains(layout)).collect())
    }

    /// Each layout that prints units of a kind, with the end of the names of its files, between the name of the entry and
    /// `.pdf`.
    pub(crate) fn files(&self, kind: Granularity) -> impl Iterator<Item = (&'static Layout, String)> {
        let prints = move |layout: &&&'static Layout| {
            // A guide is the same in both, and printed once.
            let again = kind == Granularity::Guide && ***layout == Layout::SHEET && self.0.contains(&&Layout::HANDOUT);
            layout.granularities().contains(&kind) && !again
        };
        self.0.iter().filter(prints).map(|layout| (*layout, layout.suffix(&self.0)))
    }

    /// The kinds of unit that are printed in any of them.
    pub(crate) fn granularities(&self) -> Vec<Granularity> {
        let mut all: Vec<Granularity> = self.0.iter().flat_map(|layout| layout.granularities()).copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl JsonSchema for Layouts {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Layouts".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let meanings = LAYOUTS.map(Layout::about).to_vec();
        let one = json_schema!({"type": "string", "enum": NAMES.as_slice(), "enumDescriptions": meanings});
        json_schema!({"anyOf": [one, {"type": "array", "items": one}]})
    }
}

/// As a project file has it: one layout alone is no list.
impl Serialize for Layouts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] => serializer.serialize_str(one.name()),
            all => serializer.collect_seq(all.iter().map(|layout| layout.name())),
        }
    }
}

impl<'de> Deserialize<'de> for Layouts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrMore)
    }
}

struct OneOrMore;

impl<'de> Visitor<'de> for OneOrMore {
    type Value = Layouts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, or a list of them", NAMES.map(quoted).join(", "))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Layouts, E> {
        Ok(Layouts::of(&[named(name)?]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<Layouts, A::Error> {
        let mut wanted = Vec::new();
        while let Some(Named(layout)) = names.next_element()? {
            wanted.push(layout);
        }
        if wanted.is_empty() {
            let (last, first) = NAMES.split_last().map_or(("", &[][..]), |(last, first)| (*last, first));
            let first = first.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
            let message = format!("the list is empty: name {first} or `{last}`, or leave the option out");
            return Err(de::Error::custom(message));
        }
        Ok(Layouts::of(&wanted))
    }
}

/// A layout by its name, in a list.
struct Named(&'static Layout);

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(One)
    }
}

struct One;

impl Visitor<'_> for One {
    type Value = Named;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&NAMES.map(quoted).join(", "))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Named, E> {
        named(name).map(Named)
    }
}

/// The names of all layouts.
static NAMES: [&str; LAYOUTS.len()] = {
    let mut names = [""; LAYOUTS.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = LAYOUTS[at].name();
        at += 1;
    }
    names
};

fn named<E: de::Error>(name: &str) -> Result<&'static Layout, E> {
    let found = LAYOUTS.into_iter().find(|layout| layout.name() == name);
    found.ok_or_else(|| E::unknown_variant(name, &NAMES))
}

fn quoted(name: &str) -> String {
    format!("`{name}`")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(written: serde_json::Value, files: &[&str]) {
        let layouts: Layouts = serde_json::from_value(written).expect("good layouts");
        assert_eq!(layouts.files(Granularity::Plan).map(|(_, file)| file).collect::<Vec<_>>(), files);
    }

    #[test]
    fn a_guide_is_printed_once() {
        let of_guides = |written| -> Vec<String> {
            let layouts: Layouts = serde_json::from_value(written).expect("good layouts");
            layouts.files(Granularity::Guide).map(|(_, file)| file).collect()
        };
        for written in [json!("sheet"), json!("handout"), json!(["sheet", "handout"]), json!(["sheet", "fridge"])] {
            assert_eq!(of_guides(written.clone()), [""], "{written}");
        }
        assert!(of_guides(json!("fridge")).is_empty());
    }

    #[test]
    fn one_layout_or_a_list_of_them() {
        check(json!("handout"), &[""]);
        check(json!(["handout", "sheet"]), &[".sheet", ""]);
        check(json!("cards-4"), &[".cards"]);
        check(json!(["fridge", "cards-2", "handout", "fridge"]), &["", ".cards", ".fridge"]);
        check(json!(["cards-4", "cards-1"]), &[".cards-1", ".cards-4"]);
    }

    #[test]
    fn a_wrong_layout_names_the_choices() {
        for wrong in [json!("cards"), json!(["handout", "cards-3"]), json!([]), json!(4), json!([4]), json!({})] {
            let error = serde_json::from_value::<Layouts>(wrong).expect_err("no layout").to_string();
            assert!(error.contains("`cards-4`") && error.contains("`fridge`"), "{error}");
            assert!(!error.contains("length"), "{error}");
        }
    }

    #[test]
    fn units_are_those_of_all_layouts() {
        let layouts = Layouts::of(&[&Layout::FRIDGE, &Layout::CARDS_2]);
        assert_eq!(layouts.granularities(), [Granularity::Catalog, Granularity::Plan, Granularity::Person]);
    }
}
