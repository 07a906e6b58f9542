//! Schemas of `rules` and `allow`, from the list of rules.

use schemars::Schema;
use serde_json::{Map, Value, json};

use regimen_lint::{Amount, RULES, Rule, Threshold};
use regimen_model::json_schema::closed;
use regimen_model::quantity::{Count, Duration, Percent, Rpe, literal_schema};

/// What an `allow` may hold: rules, each with a reason.
pub(super) fn allow() -> Schema {
    let reason = |rule: &Rule| json!({"type": ["string"], "pattern": r"\S", "description": rule.summary, "errorMessage": "say why, in a few words"});
    let mut allow = closed(&RULES.iter().map(|rule| (rule.code.to_owned(), reason(rule))).collect());
    let of_exporter = json!({"type": ["string"], "pattern": r"\S", "description": "A finding of an exporter.", "errorMessage": "say why, in a few words"});
    allow.insert("patternProperties".into(), json!({(OF_EXPORTER): of_exporter}));
    let about = "Rules that the content breaks here on purpose: the code of each, and why.";
    allow.insert("description".into(), about.into());
    allow
}

/// What `rules` may hold: a severity for each code, or a mapping of it and of limits.
pub(super) fn rules() -> Schema {
    let mut rules = closed(&RULES.iter().map(|rule| (rule.code.to_owned(), setting(rule))).collect());
    let only = Map::from_iter([("severity".to_owned(), severity())]);
    let of_exporter = json!({"description": "A finding of an exporter.", "anyOf": [severity(), closed(&only)]});
    rules.insert("patternProperties".into(), json!({(OF_EXPORTER): of_exporter}));
    rules
}

/// The codes of exporters' findings.
const OF_EXPORTER: &str = "^[a-z0-9-]+/[a-z0-9-]+$";

fn severity() -> Value {
    json!({"type": "string", "enum": ["off", "info", "warning", "error"]})
}

/// A severity, or a mapping of a severity and limits.
fn setting(rule: &Rule) -> Value {
    let severity = severity();
    let limits = rule.thresholds.iter().map(|limit| (limit.key.to_owned(), limit_schema(limit).to_value()));
    let keys: Map<String, Value> = limits.chain([("severity".to_owned(), severity.clone())]).collect();
    json!({"description": rule.summary, "anyOf": [severity, closed(&keys)]})
}

fn limit_schema(limit: &Threshold) -> Schema {
    let mut schema = match limit.amount {
        Amount::Count | Amount::Counts => literal_schema::<Count>(),
        Amount::Time | Amount::Times => literal_schema::<Duration>(),
        Amount::Percent => literal_schema::<Percent>(),
        Amount::Rpe => literal_schema::<Rpe>(),
    };
    schema.insert("description".into(), format!("{}; `{}` unless stated.", limit.meaning, limit.default).into());
    schema.insert("examples".into(), json!([limit.default]));
    schema
}
