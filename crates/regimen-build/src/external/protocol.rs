//! The words that are spoken with external plugins: version 1 of the protocol, as types.
//!
//! `regimen schema plugin` prints these as JSON Schema, and `docs/plugins.md` explains them. Within a version keys are only
//! added: a plugin ignores what it does not know, and the program ignores nothing, so that a misspelt key is found.

mod kinds;
mod plan;

use std::collections::{BTreeMap, BTreeSet};

use regimen_catalog::Kind;
use regimen_catalog::language::Labels;
use regimen_export::Granularity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::plan::{
    WireAlternative, WireBlock, WireLeftOut, WirePart, WirePlan, WireSchedule, WireSession, WireWait, WireWeek,
};

/// The version that this program speaks.
pub const PROTOCOL: u32 = 1;

/// What the program asks, as one JSON value on standard input.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "op", rename_all = "kebab-case")]
pub enum Request<'a> {
    /// What are you? Nothing of a catalogue is needed for the answer.
    Describe {
        /// The version of the protocol: 1.
        protocol: u32,
    },
    /// Make the files of these units.
    Export(Box<Export<'a>>),
}

/// Everything that a plugin needs to make files.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Export<'a> {
    /// The version of the protocol: 1.
    pub protocol: u32,
    /// The plugin's name in `regimen.yaml`, and the folder of its files.
    pub target: &'a str,
    /// What stands under `options` in `regimen.yaml`; it fits the plugin's own schema.
    pub options: &'a Value,
    /// The facts of this build.
    pub build: Build,
    /// The languages of the units, by tag.
    pub languages: BTreeMap<&'a str, WireLanguage<'a>>,
    /// The parts of the catalogue that units need, each under the name that they have in `units[].catalog`.
    pub catalogs: BTreeMap<String, WireCatalog>,
    /// What to make files of.
    pub units: Vec<WireUnit<'a>>,
}

/// The facts of a build that are not in the catalogue.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Build {
    /// The only date that plugins know, as year-month-day: `SOURCE_DATE_EPOCH`, else the catalogue's newest revision.
    pub date: String,
    /// The same as seconds since 1970-01-01T00:00:00Z.
    pub epoch: i64,
    /// The tag of the catalogue's default language.
    pub language: String,
    /// The version of the program.
    pub version: String,
}

/// A language that units are written in.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireLanguage<'a> {
    /// What it calls itself.
    pub name: &'a str,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The words that the program's own exporters use, by section and key; what counts has a text for each plural form.
    pub labels: &'a Labels,
}

/// A part of the catalogue, in one language: everything that a unit may need, and nothing else. Entries are in order of their
/// ids, and have the keys of their files (`regimen schema exercise` and so on) beside `id` and `file`; `words` are those of
/// the language, or of the default one where there is no translation.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct WireCatalog {
    /// The version of this form: 1.
    pub schema: u32,
    /// The tag of its language.
    pub language: String,
    /// The project file, without what other exporters, the linter and other schedules need.
    pub project: Value,
    /// Muscles.
    pub muscles: Vec<Value>,
    /// Groups of muscles.
    pub muscle_groups: Vec<Value>,
    /// Equipment.
    pub equipment: Vec<Value>,
    /// Conditions.
    pub conditions: Vec<Value>,
    /// Exercises.
    pub exercises: Vec<Value>,
    /// Blocks that sessions share.
    pub fragments: Vec<Value>,
    /// Sessions.
    pub sessions: Vec<Value>,
    /// Programmes.
    pub programs: Vec<Value>,
    /// Guides, each with its article as `body`, in Markdown.
    pub guides: Vec<Value>,
    /// Publications.
    pub sources: Vec<Value>,
}

/// The key of a kind of entry in a [`WireCatalog`].
pub(super) fn key_of(kind: Kind) -> String {
    kind.folder().replace('-', "_")
}

/// What to make files of: the whole catalogue, a guide, an exercise, a programme or a person's plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireUnit<'a> {
    /// Its name, to be repeated in the answer.
    pub id: &'a str,
    /// What it is about, such as `guide:calf`, if it is not the whole catalogue.
    pub subject: Option<String>,
    /// The tag of the language to write in.
    pub language: &'a str,
    /// Which of the `catalogs` it has.
    pub catalog: String,
    /// The programme written out week by week, for programmes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<WirePlan>,
    /// Whose plan it is, if it is that of a person; it has their dates, exercises, doses and units already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<WirePerson<'a>>,
}

/// A person, as far as their paper needs to know them.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct WirePerson<'a> {
    /// Their id. Their files are `people/ID.…`, such as `people/p-001.csv`.
    pub id: &'a str,
    /// Their name; not there if the roster has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'a str>,
    /// A line to them; not there if the roster has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'a str>,
}

/// What a plugin says of itself.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// The version of the protocol that it speaks.
    pub protocol: u32,
    /// What it is called; the name in `regimen.yaml` is what counts.
    pub name: String,
    /// Its own version.
    pub version: String,
    /// What it makes, in a few words, shown after a build.
    #[serde(default)]
    pub summary: String,
    /// What a unit is: one kind, or a list of kinds. Units of `person` come only from a build for people, and only if `regimen.yaml` says
    /// `people: true` for the plugin.
    #[serde(deserialize_with = "kinds::one_or_several")]
    #[schemars(schema_with = "kinds::schema")]
    pub granularity: BTreeSet<Granularity>,
    /// The JSON Schema of its options; without one it takes none.
    #[serde(default)]
    pub options_schema: Option<Value>,
}

/// What a plugin made.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The version of the protocol that it speaks.
    pub protocol: u32,
    /// An answer for each unit, in any order.
    pub units: Vec<UnitAnswer>,
}

/// What a plugin made of a unit.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitAnswer {
    /// The unit's name as it was given.
    pub id: String,
    /// Its files.
    #[serde(default)]
    pub files: Vec<WireFile>,
    /// What there is to say about its content.
    #[serde(default)]
    pub diagnostics: Vec<WireDiagnostic>,
}

/// A file: its path, and either `text` or `base64`.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireFile {
    /// Where, below the plugin's own folder, with `/` between the parts.
    pub path: String,
    /// What, if it is text.
    pub text: Option<String>,
    /// What, if it is not.
    pub base64: Option<String>,
}

/// A finding about the content.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireDiagnostic {
    /// How bad it is; an error keeps everything from being written.
    pub severity: WireSeverity,
    /// A short name for its kind, such as `no-cue`; the plugin's name is put in front.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// Where, as a path into the unit's catalogue: `exercises[3].words.cues`.
    pub at: Option<String>,
    /// The way out.
    pub help: Option<String>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WireSeverity {
    /// Wrong; nothing is written.
    Error,
    /// Probably a mistake.
    Warning,
    /// Worth knowing.
    Info,
}

/// The JSON Schema of everything that is said.
pub fn schema() -> Value {
    // What the program says is described as it is written, what it hears as it is read.
    let settings = schemars::generate::SchemaSettings::draft07;
    let (mut said, mut heard) = (settings().for_serialize().into_generator(), settings().into_generator());
    let request = said.subschema_for::<Request<'_>>();
    let (description, answer) = (heard.subschema_for::<Description>(), heard.subschema_for::<Answer>());
    let mut definitions = said.take_definitions(true);
    definitions.extend(heard.take_definitions(true));
    serde_json::json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "urn:regimen:schema:plugin",
        "title": "Plugin protocol, version 1",
        "description": "A request goes to a plugin's standard input; the answer to `describe` is a description, that to \
                        `export` an answer.",
        "anyOf": [request, description, answer],
        "definitions": definitions,
    })
}
