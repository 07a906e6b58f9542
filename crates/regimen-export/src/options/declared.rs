//! The options that an exporter declares: a JSON Schema that is made from the type that they are read into.

use std::fmt::Write as _;

use regimen_catalog::join;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform, transform_subschemas};
use schemars::{JsonSchema, Schema as JsonDocument};
use serde_json::{Map, Value, json};

use super::schema::NULLABLE;
use super::{BadOption, Options, Schema};

/// What an exporter's section of `regimen.yaml` may contain: draft 7 of JSON Schema, like the schemas of the catalogue's
/// files, of which `regimen schema` makes it a part. Each option's documentation is its description.
///
/// ```
/// use regimen_export::{OptionsSchema, schemars};
///
/// #[derive(Default, serde::Deserialize, schemars::JsonSchema)]
/// #[serde(deny_unknown_fields, default)]
/// struct Mine {
///     /// Whether text is printed large.
///     large_print: bool,
/// }
/// let schema = OptionsSchema::of::<Mine>();
/// assert_eq!(schema.as_value()["properties"]["large_print"]["description"], "Whether text is printed large.");
/// assert_eq!(schema.clone().into_value()["additionalProperties"], false, "the type is closed");
/// assert_eq!(
///     schema.table(),
///     "| option | value | default | meaning |\n| --- | --- | --- | --- |\n\
///      | `large_print` | `true` or `false` | `false` | Whether text is printed large. |\n"
/// );
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct OptionsSchema(Value);

/// What a table says in place of a default, where it depends on other options. Editors do not see it.
const DEFAULT_IN_WORDS: &str = "x-default";

impl OptionsSchema {
    /// The schema of the type that [`Options::read`] is asked for. The type is closed (`deny_unknown_fields`), and derives
    /// [`JsonSchema`]. Types of options that also derive `Serialize` show their defaults.
    ///
    /// ```
    /// use regimen_export::{OptionsSchema, compose::CalendarFolder};
    /// assert_eq!(OptionsSchema::of::<CalendarFolder>().as_value()["type"], "string", "an address is a text");
    /// ```
    pub fn of<T: JsonSchema>() -> Self {
        let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
        let mut schema = settings.into_generator().into_root_schema_for::<T>();
        Tidy.transform(&mut schema);
        // Sections are parts of another schema, which says these for all.
        schema.remove("$schema");
        schema.remove("title");
        // The default of a whole section is that of each option.
        schema.remove("default");
        Self(schema.to_value())
    }

    /// The schema of an exporter without options.
    pub fn none() -> Self {
        Self(json!({"type": "object", "additionalProperties": false}))
    }

    /// The JSON Schema.
    pub fn as_value(&self) -> &Value {
        &self.0
    }

    /// The JSON Schema as editors get it: stricter, because it asks to leave an option out instead of writing nothing after it.
    pub fn into_value(self) -> Value {
        let mut schema = self.0;
        if let Ok(schema) = <&mut JsonDocument>::try_from(&mut schema) {
            RecursiveTransform(|schema: &mut JsonDocument| {
                schema.remove(DEFAULT_IN_WORDS);
                schema.remove(NULLABLE);
            })
            .transform(schema);
        }
        schema
    }

    /// What is wrong with a section, as far as the schema shows it.
    ///
    /// ```
    /// use regimen_export::{Options, OptionsSchema};
    /// let wrong = OptionsSchema::none().check(&Options::new(serde_json::json!({"paper": "a4"})));
    /// assert_eq!(wrong[0].help.as_deref(), Some("there are no keys here"));
    /// ```
    pub fn check(&self, options: &Options) -> Vec<BadOption> {
        // A type with very many alternatives is left to those who read it.
        Schema::of_type(&self.0).check(&options.section()).unwrap_or_default()
    }

    /// The options as a table in Markdown: name, value, default and meaning of each.
    pub fn table(&self) -> String {
        let mut table = "| option | value | default | meaning |\n| --- | --- | --- | --- |\n".to_owned();
        let options = self.0.get("properties").and_then(Value::as_object);
        let required: Vec<&str> =
            self.0["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, option) in options.into_iter().flatten() {
            let default = if required.contains(&name.as_str()) { "required".to_owned() } else { default(option) };
            let cells = [format!("`{name}`"), values(option), default, meaning(option)];
            let cells = cells.map(|cell| cell.replace('|', "\\|"));
            let _infallible = writeln!(table, "| {} |", cells.join(" | "));
        }
        table
    }
}

/// "`a4` or `letter`"
fn values(option: &Value) -> String {
    let expected = Schema::of_type(option).expected();
    match expected.strip_prefix("one of ") {
        Some(words) if !words.contains(", or") => join::or(&words.split(", ").collect::<Vec<_>>()),
        Some(words) => words.to_owned(),
        None => expected,
    }
}

fn default(option: &Value) -> String {
    match (option.get(DEFAULT_IN_WORDS), option.get("default")) {
        (Some(Value::String(words)), _) => words.clone(),
        (_, None | Some(Value::Null)) => "none".to_owned(),
        (_, Some(Value::String(text))) => format!("`{text}`"),
        (_, Some(value)) => format!("`{value}`"),
    }
}

/// The description, and what each word of a vocabulary means.
fn meaning(option: &Value) -> String {
    let mut meaning = option["description"].as_str().unwrap_or_default().to_owned();
    let Some((words, about)) = vocabulary(option) else { return meaning };
    for (word, about) in words.iter().zip(about) {
        if let (Some(word), Some(about)) = (word.as_str(), about.as_str()) {
            let _infallible = write!(meaning, " `{word}`: {about}");
        }
    }
    meaning
}

/// The words of an option with their meanings, also where it is a list of them.
fn vocabulary(option: &Value) -> Option<(&Vec<Value>, &Vec<Value>)> {
    let own = option["enum"].as_array().zip(option["enumDescriptions"].as_array());
    let alternatives = option["anyOf"].as_array().into_iter().flatten();
    own.or_else(|| alternatives.filter_map(vocabulary).next())
}

/// Takes out what only programs use, and writes the rest as editors read it best.
struct Tidy;

impl Transform for Tidy {
    fn transform(&mut self, schema: &mut JsonDocument) {
        transform_subschemas(self, schema);
        words(schema);
        without_null(schema);
        schema.remove("format");
        if schema.get("default").is_some_and(Value::is_null) {
            schema.remove("default");
        }
        if let Some(Value::String(text)) = schema.get_mut("description") {
            *text = text.replace('\n', " ");
        }
    }
}

/// A documented enum as words with their meanings, as editors read them, instead of a schema for each word.
fn words(schema: &mut JsonDocument) {
    let Some(Value::Array(forms)) = schema.get("oneOf") else { return };
    let word = |form: &Value| Some((form.get("const").filter(|word| word.is_string())?.clone(), about(form)));
    let Some(words) = forms.iter().map(word).collect::<Option<Vec<_>>>() else { return };
    let (words, about): (Vec<Value>, Vec<Value>) = words.into_iter().unzip();
    schema.remove("oneOf");
    schema.insert("type".into(), "string".into());
    schema.insert("enum".into(), words.into());
    schema.insert("enumDescriptions".into(), about.into());
}

fn about(form: &Value) -> Value {
    form["description"].as_str().unwrap_or_default().replace('\n', " ").into()
}

/// An option that may be left out is left out, rather than written with nothing after it; but that is taken, too.
fn without_null(schema: &mut JsonDocument) {
    let null = [("type", json!("null")), ("enum", Value::Null), ("anyOf", json!({"type": "null"}))];
    let mut is_nullable = false;
    for (list, null) in null {
        if let Some(Value::Array(all)) = schema.get_mut(list) {
            let before = all.len();
            all.retain(|one| *one != null);
            is_nullable |= all.len() < before;
        }
    }
    if is_nullable {
        schema.insert(NULLABLE.into(), true.into());
    }
    if let Some([one]) = schema.get("type").and_then(Value::as_array).map(Vec::as_slice) {
        let one = one.clone();
        schema.insert("type".into(), one);
    }
    let one = match schema.get("anyOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([Value::Object(one)]) => one.clone(),
        _ => return,
    };
    schema.remove("anyOf");
    merge(schema.ensure_object(), one);
}

/// Adds the keywords of a type to those of an option, whose own description counts.
fn merge(option: &mut Map<String, Value>, kind: Map<String, Value>) {
    for (keyword, value) in kind {
        option.entry(keyword).or_insert(value);
    }
}
