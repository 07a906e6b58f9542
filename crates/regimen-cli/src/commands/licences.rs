//! `regimen licences`

use std::sync::LazyLock;

use clap::Args;
use regimen_catalog::suggest::did_you_mean;
use serde::Deserialize;
use serde_json::json;

use super::list::ResultFormat;
use crate::exit::Exit;
use crate::report;
use crate::report::text::table;

/// Show what this program is made of, and under which licences
///
/// Its own code, and all that is linked into it: crates, fonts, patterns of hyphenation, time zones and tables of Unicode.
#[derive(Debug, Args)]
pub(crate) struct Licences {
    /// Show the texts of this part alone, such as `jiff`
    #[arg(value_name = "PART")]
    part: Option<String>,
    /// Show the text of every licence below the list
    #[arg(long, conflicts_with = "part")]
    full: bool,
    /// How to show them; JSON always has the texts
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: ResultFormat,
}

/// What is linked in; `packaging/licences.py` writes it.
static LINKED: LazyLock<Linked> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../licences.json"))
        .unwrap_or_else(|error| unreachable!("a test reads this file: {error}"))
});

#[derive(Deserialize)]
struct Linked {
    parts: Vec<Part>,
    /// Each text once, for parts may have the same.
    texts: Vec<String>,
}

#[derive(Clone, Deserialize)]
struct Part {
    name: String,
    version: String,
    /// As an SPDX expression.
    licence: String,
    #[serde(default)]
    what: String,
    texts: Vec<usize>,
}

/// The licences of Regimen itself.
const OWN: [&str; 2] = [include_str!("../../../../LICENSE-APACHE"), include_str!("../../../../LICENSE-MIT")];

/// Lists what is linked in, with the texts if they are asked for.
pub(crate) fn run(arguments: &Licences) -> Exit {
    let all = all();
    let Some(name) = &arguments.part else {
        match arguments.format {
            ResultFormat::Json => report::line(&format!("{:#}", json!(all.iter().map(plain).collect::<Vec<_>>()))),
            ResultFormat::Human => list(&all, arguments.full),
        }
        return Exit::Fine;
    };
    let named: Vec<_> = all.iter().filter(|(part, _)| part.name.eq_ignore_ascii_case(name)).collect();
    if named.is_empty() {
        let nearest = did_you_mean(name, all.iter().map(|(part, _)| part.name.as_str()));
        let help = nearest.unwrap_or_else(|| "`regimen licences` lists them".to_owned());
        report::failure(&format!("`{}` is no part of this program", name.escape_debug()), Some(&help));
        return Exit::Usage;
    }
    match arguments.format {
        ResultFormat::Json => report::line(&format!("{:#}", json!(named.into_iter().map(plain).collect::<Vec<_>>()))),
        ResultFormat::Human => named.into_iter().for_each(|(part, texts)| {
            report::line(&heading(part));
            texts.iter().for_each(|text| report::line(&format!("\n{text}")));
        }),
    }
    Exit::Fine
}

/// Every part with its texts, this program first.
fn all() -> Vec<(Part, Vec<&'static str>)> {
    let own = Part {
        name: "Regimen".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        licence: env!("CARGO_PKG_LICENSE").to_owned(),
        what: String::new(),
        texts: Vec::new(),
    };
    let texts = |part: &Part| part.texts.iter().filter_map(|at| LINKED.texts.get(*at)).map(String::as_str).collect();
    let linked = LINKED.parts.iter().map(|part| (part.clone(), texts(part)));
    std::iter::once((own, OWN.map(str::trim_end).to_vec())).chain(linked).collect()
}

fn list(all: &[(Part, Vec<&str>)], full: bool) {
    let row = |(part, _): &(Part, Vec<&str>)| {
        let Part { name, version, licence, what, texts: _ } = part;
        [name.clone(), version.clone(), licence.clone(), what.clone()]
    };
    report::line(&table(&all.iter().map(row).collect::<Vec<_>>(), None));
    if !full {
        report::line("\n`regimen licences PART` shows the texts of one, `regimen licences --full` those of all.");
        return;
    }
    // Each text once, below the names of all parts that have it.
    let mut texts: Vec<&str> = Vec::new();
    for text in all.iter().flat_map(|(_, texts)| texts) {
        if !texts.contains(text) {
            texts.push(text);
        }
    }
    for text in texts {
        let of = all.iter().filter(|(_, texts)| texts.contains(&text)).map(|(part, _)| heading(part));
        report::line(&format!("\n{}\n{}\n\n{text}", "=".repeat(80), of.collect::<Vec<_>>().join("\n")));
    }
}

/// "jiff 0.2.1: MIT OR Unlicense"
fn heading(part: &Part) -> String {
    let Part { name, version, licence, what, texts: _ } = part;
    let version = if version.is_empty() { String::new() } else { format!(" {version}") };
    let what = if what.is_empty() { String::new() } else { format!(" ({what})") };
    format!("{name}{version}{what}: {licence}")
}

fn plain((part, texts): &(Part, Vec<&str>)) -> serde_json::Value {
    let Part { name, version, licence, what, texts: _ } = part;
    json!({"name": name, "version": version, "licence": licence, "what": what, "texts": texts})
}
