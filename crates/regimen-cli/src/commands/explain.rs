//! `regimen explain`

use clap::Args;
use regimen_catalog::explain::{Explanation, explanations, pages};
use regimen_catalog::lint::{RULES, rule};
use regimen_catalog::suggest::did_you_mean;

use crate::exit::Exit;
use crate::exporters::EXPORTERS;
use crate::report;

/// Explain a finding by its code: why it matters, a wrong and a right example, and the way out
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The code, such as `taper` or `unknown-key`; findings show it in brackets
    #[arg(value_name = "CODE")]
    code: String,
}

/// Shows the page of a code, which may stand in brackets as findings show it.
pub(crate) fn run(arguments: &Explain) -> Exit {
    let code = arguments.code.trim_start_matches("error").trim_start_matches("warning").trim_start_matches("info");
    let code = code.trim_matches(['[', ']']);
    if let Some(page) = page(code) {
        report::line(&format!("# {code}\n\n{}", page.trim_end()));
        return Exit::Fine;
    }
    let known: Vec<&str> = RULES.iter().map(|rule| rule.code).chain(all().map(|page| page.code)).collect();
    let near = did_you_mean(code, known.into_iter());
    let help = near.unwrap_or_else(|| "findings show their code in brackets; `regimen rules` lists the rules".into());
    report::failure(&format!("there is no finding with the code `{code}`"), Some(&help));
    Exit::Usage
}

/// The page of a code, as Markdown.
pub(crate) fn page(code: &str) -> Option<String> {
    let page = rule(code).map(regimen_catalog::lint::Rule::page);
    page.or_else(|| all().find(|page| page.code == code).map(|page| page.text.to_owned()))
}

/// The pages of all findings that are no rules.
fn all() -> impl Iterator<Item = Explanation> {
    let exporters = EXPORTERS.iter().flat_map(|plugin| pages(plugin.explanations));
    explanations().chain(pages(regimen_build::EXPLANATIONS)).chain(exporters)
}
