//! The pages that explain findings: those of rules, of the reader, of builds and of exporters.

use regimen_catalog::explain::{Explanation, explanations, pages};
use regimen_catalog::lint::rule;

use crate::exporters;

/// The page of a code, as Markdown.
pub(crate) fn page(code: &str) -> Option<String> {
    let page = rule(code).map(regimen_catalog::lint::Rule::page);
    page.or_else(|| all().find(|page| page.code == code).map(|page| page.text.to_owned()))
}

/// The pages of all findings that are no rules.
pub(crate) fn all() -> impl Iterator<Item = Explanation> {
    let exporters = exporters::all().iter().flat_map(|plugin| pages(plugin.explanations));
    explanations().chain(pages(regimen_build::EXPLANATIONS)).chain(exporters)
}
