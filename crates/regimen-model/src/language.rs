//! Languages: tags, and the labels that stand between the author's words.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde_json::json;

use crate::json_schema::closed;
use crate::quantity::{BadQuantity, Literal};
pub use crate::vocabulary::Labelled;
use crate::vocabulary::{Inside, SECTIONS, Weekday, WeekdayShort};

/// Scripts that run from right to left.
const SCRIPTS_TO_THE_LEFT: [&str; 10] =
    ["Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"];

/// Languages whose usual script does.
const LANGUAGES_TO_THE_LEFT: [&str; 25] = [
    "ar", "arc", "arz", "bal", "bqi", "ckb", "dv", "fa", "glk", "he", "khw", "ks", "lrc", "mzn", "nqo", "pnb", "ps",
    "rhg", "sd", "skr", "syr", "ug", "ur", "yi", "ary",
];

/// Regions whose calendars begin their weeks on Sunday (CLDR 47, `weekData`, `firstDay`).
const FROM_SUNDAY: [&str; 56] = [
    "AG", "AS", "BD", "BR", "BS", "BT", "BW", "BZ", "CA", "CO", "DM", "DO", "ET", "GT", "GU", "HK", "HN", "ID", "IL",
    "IN", "IS", "JM", "JP", "KE", "KH", "KR", "LA", "MH", "MM", "MO", "MT", "MX", "MZ", "NI", "NP", "PA", "PE", "PH",
    "PK", "PR", "PT", "PY", "SA", "SG", "SV", "TH", "TT", "TW", "UM", "US", "VE", "VI", "WS", "YE", "ZA", "ZW",
];

/// Regions whose calendars begin them on Saturday.
const FROM_SATURDAY: [&str; 14] = ["AF", "BH", "DJ", "DZ", "EG", "IQ", "IR", "JO", "KW", "LY", "OM", "QA", "SD", "SY"];

/// A BCP 47 language tag in its canonical spelling, such as `en`, `pt-BR` or `zh-Hant`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageTag(Arc<str>);

impl LanguageTag {
    /// The tag as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// English, which stands in for labels that a language lacks.
    pub fn english() -> Self {
        ENGLISH.clone()
    }

    /// Latin, in which anatomy has its names.
    pub fn latin() -> Self {
        Self("la".into())
    }

    /// Whether a voice for one reads the other well: the same language in the same script, wherever it is spoken.
    pub fn sounds_like(&self, other: &Self) -> bool {
        let (this, that) = (self.identifier(), other.identifier());
        self == other || (this.language, this.script) == (that.language, that.script)
    }

    /// Which way its script runs (CLDR, character order).
    ///
    /// ```
    /// use regimen_model::language::{Direction, LanguageTag};
    /// let direction = |tag: &str| tag.parse::<LanguageTag>().expect("a tag").direction();
    /// assert_eq!(["ar", "fa-AF", "he", "ur", "pa-Arab"].map(direction), [Direction::RightToLeft; 5]);
    /// assert_eq!(["en", "de", "tr", "pa", "az-Latn"].map(direction), [Direction::LeftToRight; 5]);
    /// ```
    pub fn direction(&self) -> Direction {
        let id = self.identifier();
        let leftwards = match id.script {
            Some(script) => SCRIPTS_TO_THE_LEFT.contains(&script.as_str()),
            None => LANGUAGES_TO_THE_LEFT.contains(&id.language.as_str()),
        };
        if leftwards { Direction::RightToLeft } else { Direction::LeftToRight }
    }

    /// The weekday on which calendars begin their weeks where it is spoken (CLDR, first day of the week); Monday, as in ISO 8601, if
    /// it names no region.
    ///
    /// ```
    /// use regimen_model::language::LanguageTag;
    /// use regimen_model::vocabulary::Weekday;
    /// let first = |tag: &str| tag.parse::<LanguageTag>().expect("a tag").first_weekday();
    /// assert_eq!(["en", "en-GB", "de-AT"].map(first), [Weekday::Monday; 3]);
    /// assert_eq!(["en-US", "pt-BR", "he-IL"].map(first), [Weekday::Sunday; 3]);
    /// assert_eq!(first("ar-EG"), Weekday::Saturday);
    /// ```
    pub fn first_weekday(&self) -> Weekday {
        match self.identifier().region.as_ref().map(unic_langid::subtags::Region::as_str) {
            Some("MV") => Weekday::Friday,
            Some(region) if FROM_SATURDAY.contains(&region) => Weekday::Saturday,
            Some(region) if FROM_SUNDAY.contains(&region) => Weekday::Sunday,
            _ => Weekday::Monday,
        }
    }

    /// The languages that this one is a form of, the nearest first: of `de-AT`, `de`. A script is never left out,
    /// because whoever reads one does not read the other.
    pub fn wider(&self) -> impl Iterator<Item = Self> + use<> {
        let mut id = self.identifier();
        let mut wider = Vec::new();
        if id.variants().len() > 0 {
            id.clear_variants();
            wider.push(Self(id.to_string().into()));
        }
        if id.region.take().is_some() {
            wider.push(Self(id.to_string().into()));
        }
        wider.into_iter()
    }

    fn identifier(&self) -> unic_langid::LanguageIdentifier {
        self.0.parse().unwrap_or_default()
    }
}

impl Literal for LanguageTag {
    const EXPECTED: &'static str = "a language tag such as `en`, `de` or `pt-BR`";

    fn shape() -> String {
        // Language, script, region and variants of BCP 47.
        let variant = "([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3})";
        let region = "([A-Za-z]{2}|[0-9]{3})";
        format!("([A-Za-z]{{2,3}}|[A-Za-z]{{5,8}})([-_][A-Za-z]{{4}})?([-_]{region})?([-_]{variant})*")
    }
}

impl FromStr for LanguageTag {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed = text.parse::<unic_langid::LanguageIdentifier>().ok().filter(|id| !id.language.is_empty());
        parsed.map(|id| Self(id.to_string().into())).ok_or_else(|| BadQuantity::not::<Self>(text))
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

crate::quantity::literal!(LanguageTag);

/// A language file: `languages/de.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LanguageFile {
    /// What the language calls itself.
    pub name: String,
    /// Which way it runs; as its script does unless stated.
    pub direction: Option<Direction>,
    /// The labels by section and key.
    #[serde(default)]
    #[schemars(schema_with = "labels_schema")]
    pub labels: Labels,
}

/// Which way a language runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Direction {
    /// Left to right.
    #[default]
    #[serde(rename = "ltr")]
    LeftToRight,
    /// Right to left.
    #[serde(rename = "rtl")]
    RightToLeft,
}

/// The labels that there can be, by section and key.
fn labels_schema(generator: &mut SchemaGenerator) -> Schema {
    let text = generator.subschema_for::<Message>();
    let label = |about: &str| json!({"allOf": [text], "description": about.trim()});
    let sections = SECTIONS.iter().map(|(name, keys)| {
        let labels = keys.iter().map(|(key, about)| ((*key).to_owned(), label(about)));
        ((*name).to_owned(), closed(&labels.collect()).to_value())
    });
    closed(&sections.collect())
}

/// Labels by section and key: `section` / `warm-up`.
pub type Labels = BTreeMap<String, BTreeMap<String, Message>>;

/// A label: one text, or one for each plural category of the language (Unicode CLDR: `zero`, `one`, `two`,
/// `few`, `many`, `other`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    other: String,
    plural: BTreeMap<String, String>,
}

impl Message {
    /// The names in braces, of every text.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.texts().flat_map(names)
    }

    /// Every text of the label.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.plural.values().map(String::as_str).chain([self.other.as_str()])
    }
}

impl JsonSchema for Message {
    fn schema_name() -> Cow<'static, str> {
        "Label".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let text = json!({"type": "string"});
        let mut forms = closed(&CATEGORIES.iter().map(|one| ((*one).to_owned(), text.clone())).collect());
        forms.insert("required".into(), json!(["other"]));
        json_schema!({"anyOf": [text, forms]})
    }
}

impl serde::Serialize for Message {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.plural.is_empty() {
            return serializer.serialize_str(&self.other);
        }
        let other = (&OTHER.to_owned(), &self.other);
        serializer.collect_map(self.plural.iter().chain([other]))
    }
}

/// The plural category that every label has.
const OTHER: &str = "other";

impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MessageVisitor)
    }
}

/// The plural categories of Unicode CLDR.
const CATEGORIES: &[&str] = &["zero", "one", "two", "few", "many", "other"];

struct MessageVisitor;

impl<'de> serde::de::Visitor<'de> for MessageVisitor {
    type Value = Message;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or texts for the plural forms such as {one: \"{n} set\", other: \"{n} sets\"}")
    }

    fn visit_str<E>(self, text: &str) -> Result<Message, E> {
        Ok(Message { other: text.to_owned(), plural: BTreeMap::new() })
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Message, A::Error> {
        let mut plural = BTreeMap::new();
        while let Some((category, text)) = map.next_entry::<String, String>()? {
            if !CATEGORIES.contains(&category.as_str()) {
                return Err(serde::de::Error::unknown_field(&category, CATEGORIES));
            }
            plural.insert(category, text);
        }
        let other = plural.remove("other").ok_or_else(|| serde::de::Error::missing_field("other"))?;
        Ok(Message { other, plural })
    }
}

/// How much of something there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// What is there.
    pub own: usize,
    /// What could be there.
    pub all: usize,
}

impl std::ops::AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.own += other.own;
        self.all += other.all;
    }
}

/// A language with all its labels, ready to write with.
#[derive(Debug, Clone)]
pub struct Language {
    /// Its tag.
    pub tag: LanguageTag,
    /// What it calls itself.
    pub name: String,
    /// Which way it runs.
    pub direction: Direction,
    labels: Labels,
    table: Table,
    /// The labels that are in this language, or in one that it is a form of; English stands in for the others.
    own: Arc<[Vec<bool>]>,
}

/// The tag of the language that stands in.
static ENGLISH: LazyLock<LanguageTag> = LazyLock::new(|| LanguageTag("en".into()));

/// The labels by vocabulary and word, because composing a document asks for thousands of them.
type Table = Arc<[Vec<Option<Message>>]>;

/// Which labels a file has.
fn own(labels: &Labels) -> Arc<[Vec<bool>]> {
    let has = |section: &str, key: &str| labels.get(section).is_some_and(|labels| labels.contains_key(key));
    let words = |(section, words): &(&str, &[(&str, &str)])| words.iter().map(|(key, _)| has(section, key)).collect();
    SECTIONS.iter().map(words).collect()
}

/// Labels inside a line are those of the same words alone, as they are written, where a file has no others, and so are short ones those of
/// the whole words.
fn inside(labels: &mut Labels) {
    let inside = Inside::ALL.iter().map(|word| (word.label_key(), word.alone()));
    let short = WeekdayShort::ALL.iter().zip(Weekday::ALL).map(|(short, whole)| (short.label_key(), whole.label_key()));
    for ((section, key), (of_alone, alone)) in inside.chain(short) {
        let Some(label) = labels.get(of_alone).and_then(|labels| labels.get(alone)).cloned() else { continue };
        labels.entry(section.to_owned()).or_default().entry(key.to_owned()).or_insert(label);
    }
}

fn table(labels: &Labels) -> Table {
    let message = |section: &str, key: &str| labels.get(section)?.get(key).cloned();
    let words =
        |(section, words): &(&str, &[(&str, &str)])| words.iter().map(|(key, _)| message(section, key)).collect();
    SECTIONS.iter().map(words).collect()
}

impl Language {
    /// A language whose file has every label.
    pub fn whole(tag: LanguageTag, file: LanguageFile) -> Self {
        let (table, own) = (table(&file.labels), own(&file.labels));
        let direction = file.direction.unwrap_or_else(|| tag.direction());
        Self { tag, name: file.name, direction, labels: file.labels, table, own }
    }

    /// This language with the labels of a file laid over its own.
    #[must_use]
    pub fn overlaid(mut self, tag: LanguageTag, file: LanguageFile) -> Self {
        let mut file = file;
        inside(&mut file.labels);
        let mut own = own(&file.labels);
        // Labels of `de` are at home in `de-AT`, those of English in another language are not.
        if self.tag.sounds_like(&tag) {
            let inherited = own.iter().zip(self.own.iter());
            own = inherited.map(|(own, of)| own.iter().zip(of).map(|(own, of)| *own || *of).collect()).collect();
        }
        for (section, labels) in file.labels {
            self.labels.entry(section).or_default().extend(labels);
        }
        let table = table(&self.labels);
        // A form of a language runs as the language does.
        let below = tag.wider().any(|wider| wider == self.tag).then_some(self.direction);
        let direction = file.direction.or(below).unwrap_or_else(|| tag.direction());
        Self { tag, name: file.name, direction, labels: self.labels, table, own }
    }

    /// The labels by section and key.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// The section and key of every label.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &str)> {
        self.labels.iter().flat_map(|(section, labels)| labels.keys().map(move |key| (section.as_str(), key.as_str())))
    }

    /// The label of a word of a closed vocabulary, such as `Label::Steps` or `Section::WarmUp`.
    pub fn label(&self, word: impl Labelled) -> &str {
        self.message(word).map_or(word.label_key().1, |message| message.other.as_str())
    }

    /// The language that the label of a word is in: this one, or English where this one lacks it.
    pub fn language_of(&self, word: impl Labelled) -> &LanguageTag {
        let (vocabulary, place) = word.label_place();
        let has_own = self.own.get(vocabulary).and_then(|words| words.get(place)).copied().unwrap_or_default();
        if has_own { &self.tag } else { &ENGLISH }
    }

    /// How many labels are in this language.
    pub fn labels_there(&self) -> Share {
        let own = self.own.iter().flatten().filter(|own| **own).count();
        Share { own, all: self.own.iter().map(Vec::len).sum() }
    }

    /// The label of a word with names in braces filled in: `{name}`.
    pub fn fill(&self, word: impl Labelled, values: &[(&str, &str)]) -> String {
        fill(self.label(word), values)
    }

    /// A label that counts something, in the plural form of its number: "1 set", "3-4 sets".
    pub fn count(&self, word: impl Labelled, count: crate::quantity::Extent<u32>) -> String {
        let Some(message) = self.message(word) else {
            return count.to_string();
        };
        let number = if count.is_one() { count.to_string() } else { format!("{}–{}", count.low(), count.high()) };
        Self::counted(message, self.category(count.high()), &number)
    }

    /// The same for numbers that are already written, such as "12, 10, 8", in the plural form of `last`.
    pub fn count_written(&self, word: impl Labelled, numbers: &str, last: u32) -> String {
        let message = self.message(word);
        message.map_or_else(|| numbers.to_owned(), |message| Self::counted(message, self.category(last), numbers))
    }

    fn counted(message: &Message, category: &str, number: &str) -> String {
        fill(message.plural.get(category).unwrap_or(&message.other), &[("n", number)])
    }

    fn message(&self, word: impl Labelled) -> Option<&Message> {
        let (vocabulary, place) = word.label_place();
        self.table.get(vocabulary)?.get(place)?.as_ref()
    }

    /// The plural category of a number; ranges take the one of their end, as CLDR's ranges mostly do.
    fn category(&self, number: u32) -> &'static str {
        use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
        let language = self.tag.identifier().language;
        let only_language = unic_langid::LanguageIdentifier::from_parts(language, None, None, &[]);
        let rules = PluralRules::create(only_language, PluralRuleType::CARDINAL);
        match rules.ok().and_then(|rules| rules.select(number).ok()) {
            Some(PluralCategory::ZERO) => "zero",
            Some(PluralCategory::ONE) => "one",
            Some(PluralCategory::TWO) => "two",
            Some(PluralCategory::FEW) => "few",
            Some(PluralCategory::MANY) => "many",
            Some(PluralCategory::OTHER) | None => "other",
        }
    }
}

/// A text with names in braces filled in: `{name}`.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::new();
    let mut rest = template;
    // One pass, so that a value that holds braces is never filled in again.
    while let Some((before, name, after)) = next_name(rest) {
        text.push_str(before);
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => text.push_str(value),
            None => text.push_str(&format!("{{{name}}}")),
        }
        rest = after;
    }
    text + rest
}

/// The names in braces of a text.
pub fn names(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, name, after) = next_name(rest)?;
        rest = after;
        Some(name)
    })
}

fn next_name(text: &str) -> Option<(&str, &str, &str)> {
    let (before, after) = text.split_once('{')?;
    let (name, after) = after.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wider_languages_keep_their_script() {
        let of = |tag: &str| {
            tag.parse::<LanguageTag>().expect("a tag").wider().map(|wider| wider.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(of("de-AT"), ["de"]);
        assert_eq!(of("zh-Hant-TW"), ["zh-Hant"]);
        assert_eq!(of("ca-ES-valencia"), ["ca-ES", "ca"]);
        assert_eq!(of("de"), [""; 0]);
    }

    #[test]
    fn filled_in_values_are_not_filled_in_again() {
        assert_eq!(fill("{a} of {b} {c}", &[("a", "{b}"), ("b", "2")]), "{b} of 2 {c}");
    }
}
