//! JSON Schemas of the files that authors write, so that editors complete, explain and check while one types.
//!
//! They are made from the types that the files are read into, in draft 7 of JSON Schema, which every editor reads:
//! newer drafts came to yaml-language-server late, and bring nothing that is needed here.
//!
//! A schema knows one file, so it cannot say whether another entry exists.

mod rules;
mod tidy;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use crate::load::GuideHead;
use regimen_model::language::LanguageFile;
use regimen_model::model::{
    Condition, Entity, Equipment, Exercise, Fragment, Guide, IdHistory, Muscle, MuscleGroup, PersonKeys, PersonalFacts,
    Program, Project, ProjectWords, Schedule, Session, Source, Version, WithOrigin,
};
use tidy::Exceptions;
pub use tidy::allow_notes;

/// What a translation says beside its words.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "it is read key by key, so only its schema is used")]
struct Follows {
    /// The version of the default language's words that it follows, as `regimen show` prints it.
    follows: Option<Version>,
}

/// A kind of file, and what it may hold.
#[derive(Debug)]
pub struct FileKind {
    /// Its name: `exercise`, or `exercise-words` for its translations.
    pub name: &'static str,
    /// What such a file is called.
    pub title: &'static str,
    /// Which files are of this kind, counted from the catalogue's root, as editors match them; `!` takes some out. People may be
    /// anywhere.
    pub files: &'static [&'static str],
    make: fn() -> Map<String, Value>,
}

impl FileKind {
    /// The JSON Schema of such a file.
    pub fn schema(&self) -> Value {
        let mut schema = (self.make)();
        schema.insert("$id".into(), format!("urn:regimen:schema:{}", self.name).into());
        schema.insert("title".into(), self.title.into());
        Value::Object(schema)
    }
}

/// Declares the kinds of file: name, title, files, and how the schema is made.
macro_rules! file_kinds {
    ($($name:literal, $title:literal, [$($file:literal),+], $make:expr;)+) => {
        /// Every kind of file, in the order in which a catalogue lists them.
        pub const FILE_KINDS: &[FileKind] =
            &[$(FileKind { name: $name, title: $title, files: &[$($file),+], make: $make }),+];
    };
}

file_kinds! {
    "project", "Project file", ["regimen.yaml"], project;
    "project-words", "Project file, translated", ["regimen.*.yaml"], project_words;
    "muscle", "Muscle", ["muscles/*.yaml", "!muscles/*.*.yaml"], entry::<Muscle>;
    "muscle-words", "Muscle, translated", ["muscles/*.*.yaml"], words::<Muscle>;
    "muscle-group", "Muscle group", ["muscle-groups/*.yaml", "!muscle-groups/*.*.yaml"], entry::<MuscleGroup>;
    "muscle-group-words", "Muscle group, translated", ["muscle-groups/*.*.yaml"], words::<MuscleGroup>;
    "equipment", "Equipment", ["equipment/*.yaml", "!equipment/*.*.yaml"], entry::<Equipment>;
    "equipment-words", "Equipment, translated", ["equipment/*.*.yaml"], words::<Equipment>;
    "condition", "Condition", ["conditions/*.yaml", "!conditions/*.*.yaml"], entry::<Condition>;
    "condition-words", "Condition, translated", ["conditions/*.*.yaml"], words::<Condition>;
    "exercise", "Exercise", ["exercises/*.yaml", "!exercises/*.*.yaml"], entry::<Exercise>;
    "exercise-words", "Exercise, translated", ["exercises/*.*.yaml"], words::<Exercise>;
    "fragment", "Fragment", ["fragments/*.yaml", "!fragments/*.*.yaml"], entry::<Fragment>;
    "fragment-words", "Fragment, translated", ["fragments/*.*.yaml"], words::<Fragment>;
    "session", "Session", ["sessions/*.yaml", "!sessions/*.*.yaml"], entry::<Session>;
    "session-words", "Session, translated", ["sessions/*.*.yaml"], words::<Session>;
    "program", "Programme", ["programs/*.yaml", "!programs/*.*.yaml"], entry::<Program>;
    "program-words", "Programme, translated", ["programs/*.*.yaml"], words::<Program>;
    "guide", "Front matter of a guide", ["guides/*.md", "!guides/*.*.md"], guide;
    "guide-words", "Front matter of a translated guide", ["guides/*.*.md"], guide_words;
    "source", "Source", ["sources/*.yaml"], facts::<Source>;
    "language", "Language", ["languages/*.yaml"], whole::<LanguageFile>;
    "person", "Person", ["people/*.yaml"], person;
}

/// The facts of an entry, with the default language's words beside them.
fn entry<T: Entity<Words: JsonSchema> + JsonSchema>() -> Map<String, Value> {
    beside(with_origin(facts::<T>()), with_origin(whole::<T::Words>()))
}

/// The words of an entry alone: its translation.
fn words<T: Entity<Words: JsonSchema>>() -> Map<String, Value> {
    translated(with_origin(schema::<T::Words>(Exceptions::AtTheRoot)))
}

fn project_words() -> Map<String, Value> {
    translated(whole::<ProjectWords>())
}

/// Words of which every one may be missing, with the version of the original that they follow.
fn translated(mut words: Map<String, Value>) -> Map<String, Value> {
    optional(&mut words);
    if let Some(definitions) = words.get_mut("definitions").and_then(Value::as_object_mut) {
        definitions.values_mut().filter_map(Value::as_object_mut).for_each(optional);
    }
    together(words, whole::<Follows>())
}

fn optional(schema: &mut Map<String, Value>) {
    schema.remove("required");
}

/// A mapping that also says where it was taken from. Muscles have a word of the same name, which is a text.
fn with_origin(mut schema: Map<String, Value>) -> Map<String, Value> {
    let mut origin = whole::<WithOrigin>();
    let own = schema.get_mut("properties").and_then(Value::as_object_mut).and_then(|keys| keys.remove("origin"));
    if let Some(own) = own
        && let Some(keys) = origin.get_mut("properties").and_then(Value::as_object_mut)
    {
        let either = json!({"anyOf": [own, keys.remove("origin")]});
        keys.insert("origin".into(), either);
    }
    together(schema, origin)
}

/// The facts of an entry alone, with what it was called before.
fn facts<T: JsonSchema>() -> Map<String, Value> {
    together(schema::<T>(Exceptions::Everywhere), whole::<IdHistory<T>>())
}

/// A file, or a part of one, without exceptions from rules.
fn whole<W: JsonSchema>() -> Map<String, Value> {
    schema::<W>(Exceptions::Nowhere)
}

fn project() -> Map<String, Value> {
    let mut facts = root::<Project>();
    let rules = facts.get_mut("properties").and_then(|keys| keys.get_mut("rules")).and_then(Value::as_object_mut);
    rules.into_iter().for_each(|keys| keys.extend(std::mem::take(rules::rules().ensure_object())));
    beside(tidied(facts, Exceptions::In("Schedule")), whole::<ProjectWords>())
}

/// Facts and words of a guide stand in one mapping.
fn guide() -> Map<String, Value> {
    together(with_origin(facts::<Guide>()), whole::<GuideHead>())
}

fn guide_words() -> Map<String, Value> {
    translated(with_origin(schema::<GuideHead>(Exceptions::AtTheRoot)))
}

/// Who a person is, when they train, and all else that is theirs, in one mapping.
fn person() -> Map<String, Value> {
    let mut dates = whole::<Schedule>();
    // Which of the days that a schedule needs is stated, a schedule of the project file may say as well.
    let forms = dates.remove("oneOf");
    dates.remove("dependencies");
    let forms = forms.as_ref().and_then(Value::as_array).into_iter().flatten();
    let mut keys = Map::new();
    forms.filter_map(|form| form["properties"].as_object()).for_each(|form| keys.extend(form.clone()));
    keys.remove("program");
    dates.insert("properties".into(), keys.into());
    let mut person = whole::<PersonalFacts>();
    let mut definitions = take_map(&mut person, "definitions");
    definitions.extend(take_map(&mut dates, "definitions"));
    let mut person = together(together(whole::<PersonKeys>(), dates), person);
    let needed = "write a `program`, or a `schedule` of `regimen.yaml`";
    let needed = ["program", "schedule"].map(|key| json!({"required": [key], "errorMessage": needed}));
    person.insert("anyOf".into(), needed.as_slice().into());
    person.insert("definitions".into(), definitions.into());
    person.insert(
        "description".into(),
        "One person: the programme that they follow, when, and what is otherwise for them.".into(),
    );
    person
}

/// One mapping with the keys of two.
fn together(mut one: Map<String, Value>, mut other: Map<String, Value>) -> Map<String, Value> {
    let mut properties = take_map(&mut one, "properties");
    properties.extend(take_map(&mut other, "properties"));
    one.insert("properties".into(), properties.into());
    let required = [one.remove("required"), other.remove("required")];
    let required: Vec<Value> =
        required.into_iter().flatten().filter_map(|keys| keys.as_array().cloned()).flatten().collect();
    if !required.is_empty() {
        one.insert("required".into(), required.into());
    }
    one
}

/// Puts `words` into the mapping of the facts.
fn beside(mut facts: Map<String, Value>, mut words: Map<String, Value>) -> Map<String, Value> {
    let mut definitions = take_map(&mut facts, "definitions");
    definitions.extend(take_map(&mut words, "definitions"));
    words.remove("$schema");
    words.insert("description".into(), "What people read, in the language of the catalogue.".into());
    let words = json!({"properties": {"words": words}, "required": ["words"]});
    let mut file = together(facts, words.as_object().cloned().unwrap_or_default());
    if !definitions.is_empty() {
        file.insert("definitions".into(), definitions.into());
    }
    file
}

fn take_map(schema: &mut Map<String, Value>, key: &str) -> Map<String, Value> {
    match schema.remove(key) {
        Some(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

/// The schema of a type, tidied for editors.
fn schema<T: JsonSchema>(exceptions: Exceptions) -> Map<String, Value> {
    tidied(root::<T>(), exceptions)
}

fn root<T: JsonSchema>() -> Schema {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<T>()
}

fn tidied(mut root: Schema, exceptions: Exceptions) -> Map<String, Value> {
    tidy::tidy(&mut root, exceptions);
    std::mem::take(root.ensure_object())
}
