//! What is printed: one layout or a list of them.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, IntoDeserializer, SeqAccess, Visitor};

use crate::style::{Layout, PerPage};

/// The name of a layout in a project file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LayoutName {
    /// Pages from top to bottom.
    Handout,
    /// One card on a page.
    #[serde(rename = "cards-1")]
    Cards1,
    /// Two cards on a page.
    #[serde(rename = "cards-2")]
    Cards2,
    /// Four cards on a page.
    #[serde(rename = "cards-4")]
    Cards4,
    /// A programme on a single page.
    Fridge,
}

impl LayoutName {
    /// The same as a setting.
    pub const fn layout(self) -> Layout {
        match self {
            Self::Handout => Layout::Handout,
            Self::Cards1 => Layout::Cards(PerPage::One),
            Self::Cards2 => Layout::Cards(PerPage::Two),
            Self::Cards4 => Layout::Cards(PerPage::Four),
            Self::Fridge => Layout::Fridge,
        }
    }
}

/// The layouts that a project asks for, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layouts(BTreeSet<LayoutName>);

impl Default for Layouts {
    fn default() -> Self {
        Self(BTreeSet::from([LayoutName::Handout]))
    }
}

impl Layouts {
    /// Each layout with what stands in the names of its files, between the name of the entry and `.pdf`.
    pub(crate) fn files(&self) -> Vec<(Layout, &'static str)> {
        let kinds = self.0.iter().filter(|name| matches!(name.layout(), Layout::Cards(_))).count();
        let file = |name: &LayoutName| match name {
            LayoutName::Handout => "",
            LayoutName::Fridge => ".fridge",
            LayoutName::Cards1 if kinds > 1 => ".cards-1",
            LayoutName::Cards2 if kinds > 1 => ".cards-2",
            LayoutName::Cards4 if kinds > 1 => ".cards-4",
            LayoutName::Cards1 | LayoutName::Cards2 | LayoutName::Cards4 => ".cards",
        };
        self.0.iter().map(|name| (name.layout(), file(name))).collect()
    }

    /// Whether any are cards.
    pub(crate) fn has_cards(&self) -> bool {
        self.0.iter().any(|name| matches!(name.layout(), Layout::Cards(_)))
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
        f.write_str("`handout`, `cards-1`, `cards-2`, `cards-4`, `fridge`, or a list of them")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Layouts, E> {
        Ok(Layouts(BTreeSet::from([LayoutName::deserialize(name.into_deserializer())?])))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<Layouts, A::Error> {
        let mut all = BTreeSet::new();
        while let Some(name) = names.next_element()? {
            all.insert(name);
        }
        if all.is_empty() {
            let message = "the list is empty: name `handout`, `cards-1`, `cards-2`, `cards-4` or `fridge`, or leave the option out";
            return Err(de::Error::custom(message));
        }
        Ok(Layouts(all))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(written: serde_json::Value, files: &[&str]) {
        let layouts: Layouts = serde_json::from_value(written).expect("good layouts");
        assert_eq!(layouts.files().iter().map(|(_, file)| *file).collect::<Vec<_>>(), files);
    }

    #[test]
    fn one_layout_or_a_list_of_them() {
        check(json!("handout"), &[""]);
        check(json!("cards-4"), &[".cards"]);
        check(json!(["fridge", "cards-2", "handout", "fridge"]), &["", ".cards", ".fridge"]);
        check(json!(["cards-4", "cards-1"]), &[".cards-1", ".cards-4"]);
    }

    #[test]
    fn a_wrong_layout_names_the_choices() {
        for wrong in [json!("cards"), json!(["handout", "cards-3"]), json!([]), json!(4), json!({})] {
            let error = serde_json::from_value::<Layouts>(wrong).expect_err("no layout").to_string();
            assert!(error.contains("`cards-4`") && error.contains("`fridge`"), "{error}");
            assert!(!error.contains("length"), "{error}");
        }
    }
}
