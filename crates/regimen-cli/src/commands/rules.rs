//! `regimen rules`

use clap::Args;
use regimen_catalog::limits::{LIMITS, Limit};
use regimen_catalog::lint::{Citation, RULES, Rule, Threshold};
use serde_json::{Value, json};

use super::list::ResultFormat;
use crate::exit::Exit;
use crate::report;

/// List the rules that `check` asks, with their severity, or the limits of a catalogue
#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// List how much a catalogue may have of what takes time or memory, and which of that `regimen.yaml` may raise
    #[arg(long)]
    limits: bool,

    /// How to show them
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: ResultFormat,
}

/// Lists every rule.
pub(crate) fn run(arguments: &Rules) -> Exit {
    if arguments.limits {
        limits(arguments.format);
        return Exit::Fine;
    }
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

fn limits(format: ResultFormat) {
    match format {
        ResultFormat::Human => {
            let (raised, fixed): (Vec<_>, Vec<_>) = LIMITS.iter().partition(|limit| limit.highest.is_some());
            report::line("What `regimen.yaml` may raise, such as `limits: {languages: 60}`:");
            raised.iter().for_each(|limit| report::line(&limit_row(limit)));
            report::line("\nWhat is the same in every catalogue:");
            fixed.iter().for_each(|limit| report::line(&limit_row(limit)));
        }
        ResultFormat::Json => report::line(&format!("{:#}", Value::from_iter(LIMITS.iter().map(plain_limit)))),
    }
}

fn limit_row(limit: &Limit) -> String {
    let most = limit.to_string();
    match limit.highest {
        Some(highest) => format!("{:14}  {most:>10}  {}; up to {highest}", limit.key, limit.meaning),
        None => format!("{most:>14}  {}", limit.meaning),
    }
}

fn plain_limit(limit: &Limit) -> Value {
    json!({
        "key": (!limit.key.is_empty()).then_some(limit.key),
        "most": limit.most,
        "highest": limit.highest,
        "unit": limit.unit.sign().trim(),
        "meaning": limit.meaning,
    })
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
