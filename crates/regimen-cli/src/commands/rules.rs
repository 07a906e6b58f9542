//! `regimen rules`

use clap::Args;
use regimen_catalog::lint::{Citation, RULES, Rule, Threshold};
use serde_json::{Value, json};

use super::list::ResultFormat;
use crate::exit::Exit;
use crate::report;

/// List the rules that `check` asks, with their severity
#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// How to show them
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: ResultFormat,
}

/// Lists every rule.
pub(crate) fn run(arguments: &Rules) -> Exit {
    match arguments.format {
        ResultFormat::Human => {
            RULES.iter().for_each(|rule| report::line(&row(rule)));
            report::line(
                "\n`regimen explain CODE` prints the page of one. In `regimen.yaml`, `rules: {deload: off}` turns one off, and \
                 in\na file, `allow: {deload: the reason}` accepts a case.",
            );
        }
        ResultFormat::Json => report::line(&format!("{:#}", Value::from_iter(RULES.iter().map(|rule| plain(rule))))),
    }
    Exit::Fine
}

fn row(rule: &Rule) -> String {
    let width = RULES.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
    format!("{:width$}  {:7}  {}", rule.code, rule.severity.to_string(), rule.summary)
}

fn plain(rule: &Rule) -> Value {
    let limit = |limit: &Threshold| json!({"key": limit.key, "default": limit.default, "meaning": limit.meaning});
    let source = |source: &Citation| json!({"text": source.text, "address": source.address});
    json!({
        "code": rule.code,
        "severity": rule.severity,
        "summary": rule.summary,
        "thresholds": rule.thresholds.iter().map(limit).collect::<Vec<_>>(),
        "sources": rule.sources.iter().map(source).collect::<Vec<_>>(),
    })
}
