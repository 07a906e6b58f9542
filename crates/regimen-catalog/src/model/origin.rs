//! Where an entry, or the words of one language, were taken from.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

use crate::quantity::{BadQuantity, Literal, literal};

/// The database, book or site that an entry or its words were taken from. It is credited wherever these are printed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Origin {
    /// What it was taken from, by its name.
    #[schemars(length(min = 1))]
    pub from: String,
    /// Its id there, a text or a number.
    #[serde(default, deserialize_with = "text_or_number")]
    #[schemars(with = "Option<IdThere>")]
    pub id: Option<String>,
    /// Its address there.
    pub url: Option<WebAddress>,
    /// Who wrote it.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Under which licence, best as an SPDX identifier.
    pub licence: Option<String>,
    /// Whether it was changed, or how.
    pub changed: Option<Changed>,
}

/// An id of another database; many have numbers.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged, expecting = "a text or a whole number")]
#[schemars(inline)]
enum IdThere {
    Text(String),
    Number(u64),
}

fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<IdThere>::deserialize(deserializer)?.map(|id| match id {
        IdThere::Text(text) => text,
        IdThere::Number(number) => number.to_string(),
    }))
}

/// An address on the web.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct WebAddress(String);

impl WebAddress {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Literal for WebAddress {
    const EXPECTED: &'static str = "an address on the web such as `https://example.org/press`";

    fn shape() -> String {
        r#"https?://[^\s/<>"`][^\s<>"`]*"#.to_owned()
    }
}

impl FromStr for WebAddress {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let text = text.trim();
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`');
        let sound = |rest: &str| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(odd);
        if !rest.is_some_and(sound) {
            // An address without its beginning, as browsers show it.
            let site = text.split('/').next().unwrap_or_default();
            let whole = site.contains('.') && !site.contains([':', '@']) && !site.starts_with('.') && sound(text);
            return Err(BadQuantity::meant::<Self>(text, whole.then(|| format!("https://{text}"))));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

literal!(WebAddress);

/// Whether a text was changed after it was taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// It was not.
    No,
    /// It was.
    Yes,
    /// It was, in this way.
    How(String),
}

impl<'de> Deserialize<'de> for Changed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Said;

        impl Visitor<'_> for Said {
            type Value = Changed;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`true`, `false`, or the changes in a few words")
            }

            fn visit_bool<E: Error>(self, changed: bool) -> Result<Changed, E> {
                Ok(if changed { Changed::Yes } else { Changed::No })
            }

            fn visit_str<E: Error>(self, how: &str) -> Result<Changed, E> {
                Ok(if how.trim().is_empty() { Changed::Yes } else { Changed::How(how.trim().to_owned()) })
            }
        }

        deserializer.deserialize_any(Said)
    }
}

impl JsonSchema for Changed {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Changed".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["boolean", "string"]})
    }
}

/// The key `origin` of an entry or of words, for schemas.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub(crate) struct WithOrigin {
    /// Where this was taken from. It is credited wherever it is printed.
    origin: Option<Origin>,
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::Lint;
    use crate::load_files;

    const PRESS: &str = "exercises/press.yaml";

    fn said(origin: &str) -> Vec<String> {
        let words = "words: {name: P, steps: [S.]}\n";
        let all = Lint::new().file(PRESS, &format!("kind: strength\norigin: {origin}\n{words}")).all();
        all.into_iter().filter(|line| !line.contains(" incomplete: ")).collect()
    }

    #[test]
    fn an_origin_has_closed_keys_and_an_address_on_the_web() {
        let whole =
            "{from: wger, id: '345', url: 'https://wger.de/345', authors: [A], licence: CC-BY-SA-4.0, changed: true}";
        for fine in ["{from: A book}", whole, "{from: A book, changed: Steps split}", "{from: wger, id: 345}"] {
            assert_eq!(said(fine), [""; 0], "{fine}");
        }
        let short = said("{from: wger, url: wger.de/345}").concat();
        assert!(short.contains("did you mean `https://wger.de/345`?"), "{short}");
        for wrong in ["ftp://x.example", "wger.de", "https://", "https:///x", "javascript:alert(1)"] {
            let said = said(&format!("{{from: wger, url: '{wrong}'}}"));
            assert!(said.len() == 1 && said[0].contains("is not an address on the web"), "{wrong}: {said:?}");
        }
        for (wrong, code) in
            [("{from: A, license: MIT}", "unknown-key"), ("wger", "wrong-type"), ("{id: a}", "missing-field")]
        {
            let said = said(wrong);
            assert!(said.len() == 1 && said[0].contains(code), "{wrong}: {said:?}");
        }
    }

    #[test]
    fn words_have_origins_of_their_own_and_muscles_still_arise_somewhere() {
        let facts = "kind: strength\norigin: {from: Facts}\nwords: {origin: {from: English}, name: P, steps: [S.]}\n";
        let files = [
            ("regimen.yaml", "language: en\nwords: {title: T}\n"),
            ("languages/de.yaml", "name: Deutsch\n"),
            ("languages/fr.yaml", "name: Français\n"),
            (PRESS, facts),
            ("exercises/press.de.yaml", "name: P\nsteps: [S.]\norigin: {from: German}\n"),
            ("exercises/press.fr.yaml", "name: P\n"),
            ("muscles/soleus.yaml", "origin: {from: Atlas}\nwords: {name: Soleus, origin: Tibia.}\n"),
            ("muscles/soleus.de.yaml", "name: Schollenmuskel\norigin: Das Schienbein.\n"),
        ];
        let files = files.map(|(file, text)| (file.into(), text.as_bytes().into()));
        let catalog = load_files(&files.into_iter().collect()).catalog.expect("a catalogue");
        let tag = |tag: &str| tag.parse().expect("a tag");
        let from = |language: &str| {
            let origins = catalog.exercises["press"].origins(&tag(language));
            origins.into_iter().map(|origin| origin.from.clone()).collect::<Vec<_>>()
        };
        assert_eq!(from("en"), ["Facts", "English"]);
        assert_eq!(from("de"), ["Facts", "German"], "no English word stands in");
        assert_eq!(from("fr"), ["Facts", "English"], "a translation of the English words");
        let soleus = &catalog.muscles["soleus"];
        assert_eq!(soleus.origins(&tag("de"))[0].from, "Atlas");
        assert!(soleus.words(&tag("de")).origin.is_some(), "a text is where the muscle arises");
    }
}
