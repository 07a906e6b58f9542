//! The schema of the project file with the options of the exporters, for editors.

use regimen_catalog::schema::{FILE_KINDS, allow_notes};
use regimen_export::Plugin;
use serde_json::{Map, Value, json};

use crate::external;

/// The JSON Schema of `regimen.yaml` in which these exporters have their options below `exporters:`. A section of another
/// name is that of an external plugin, whose own options are known only when it is started.
pub fn project_schema(plugins: &[Plugin]) -> Value {
    let project = FILE_KINDS.iter().find(|kind| kind.name == "project");
    let mut schema = project.map(regimen_catalog::schema::FileKind::schema).unwrap_or_default();
    if let Some(exporters) = schema.pointer_mut("/properties/exporters").and_then(Value::as_object_mut) {
        exporters.extend(sections(plugins));
    }
    schema
}

/// The keywords of `exporters:`.
fn sections(plugins: &[Plugin]) -> Map<String, Value> {
    let section = |plugin: &Plugin| {
        let mut schema = (plugin.options)().into_value();
        allow_notes(&mut schema);
        schema["description"] = format!("Options of the exporter `{}`: {}.", plugin.id, plugin.summary).into();
        (plugin.id.to_owned(), schema)
    };
    let mut external = external::section_schema().into_value();
    allow_notes(&mut external);
    external["description"] = "A plugin of your own, which is a program in any language.".into();
    let keywords = json!({
        "properties": plugins.iter().map(section).collect::<Map<_, _>>(),
        "additionalProperties": external,
    });
    keywords.as_object().cloned().unwrap_or_default()
}
