//! What is said of a rule in full: its page, as Markdown.

use super::rule::Rule;
use super::rules::RULES;
use regimen_model::limits::{LIMITS, Limit};

/// The page of all rules, `docs/rules.md`.
pub fn reference_page() -> String {
    let rows = RULES.iter();
    let rows: String =
        rows.map(|rule| format!("| [`{0}`](#{0}) | {1} | {2} |\n", rule.code, rule.severity, rule.summary)).collect();
    let pages: String = RULES.iter().map(|rule| format!("\n## {}\n\n{}", rule.code, rule.page())).collect();
    format!("{INTRODUCTION}\n| rule | severity | requires |\n| --- | --- | --- |\n{rows}{pages}\n{}", limits_page())
}

/// How much a catalogue may have, for the end of the page.
fn limits_page() -> String {
    let row = |limit: &Limit| {
        let key = if limit.key.is_empty() { String::new() } else { format!("`{}`", limit.key) };
        let highest = limit.highest.map(|highest| highest.to_string()).unwrap_or_default();
        format!("| {key} | {limit} | {highest} | {} |\n", limit.meaning)
    };
    let rows: String = LIMITS.iter().map(row).collect();
    format!("{LIMITS_INTRODUCTION}\n| key | most | up to | of what |\n| --- | --- | --- | --- |\n{rows}")
}

const LIMITS_INTRODUCTION: &str = "## Limits

How much a catalogue may have of what takes time or memory; `regimen rules --limits` prints the same. What has a key may be raised
under [`limits:`](format.md#limits) in `regimen.yaml`, up to the number beside it.
";

const INTRODUCTION: &str = "# The rules

<!-- Made from the rules themselves: `REGIMEN_BLESS=1 cargo test -p regimen-tests` writes it anew. -->

`regimen check` asks these of every catalogue. `regimen explain CODE` prints one of them, and explains the other findings
as well: those that say why a file cannot be read.

Their severities and limits are set under [`rules:`](format.md#rules) in `regimen.yaml`; [`allow:`](format.md#allow)
accepts one case where the content is right as it is. A rule speaks only of what is stated: where a load, an effort or a
distance is not given, it says nothing.
";

impl Rule {
    /// The page that `regimen explain` prints: what the rule asks for, why, its limits, and what it rests on.
    pub fn page(&self) -> String {
        let mut page = format!("{}. Severity: `{}`.\n\n{}", self.summary, self.severity, self.explanation.trim_end());
        page += &self.limits();
        page += &format!("\n\n{}\n\nSources:\n", self.settings());
        for source in self.sources {
            let address = source.address.map(|address| format!(", <{address}>")).unwrap_or_default();
            page += &format!("\n- {}{address}", source.text);
        }
        page + "\n"
    }

    /// The table of thresholds, if there are any.
    fn limits(&self) -> String {
        if self.thresholds.is_empty() {
            return String::new();
        }
        let rows = self.thresholds.iter();
        let rows: String =
            rows.map(|limit| format!("\n| `{}` | `{}` | {} |", limit.key, limit.default, limit.meaning)).collect();
        format!("\n\n| limit | default | meaning |\n| --- | --- | --- |{rows}")
    }

    /// How to change it, and how to accept one case.
    fn settings(&self) -> String {
        let code = self.code;
        let mut text = if self.can_be_off() {
            format!("To turn the rule off, write `rules: {{{code}: off}}` in `regimen.yaml`.")
        } else {
            "The rule cannot be turned off.".to_owned()
        };
        if let Some(limit) = self.thresholds.first() {
            text += &format!(" To change its limit: `rules: {{{code}: {{{}: {}}}}}`.", limit.key, limit.other);
        }
        text + &format!(
            " To accept one case: `allow: {{{code}: why this is right here}}`, there or above it in the file."
        )
    }
}
