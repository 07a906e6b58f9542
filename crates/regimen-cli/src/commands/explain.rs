//! `regimen explain`

use clap::Args;
use regimen_catalog::lint::RULES;
use regimen_catalog::suggest::did_you_mean;

use crate::exit::Exit;
use crate::exporters;
use crate::pages::{all, page};
use crate::report;
use crate::report::text::{columns, wrapped};

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
        let columns = columns().map_or(WIDEST, |columns| columns.clamp(40, WIDEST));
        report::line(&format!("# {code}\n\n{}", set(page.trim_end(), columns)));
        return Exit::Fine;
    }
    let known: Vec<&str> = RULES.iter().map(|rule| rule.code).chain(all().map(|page| page.code)).collect();
    let near = did_you_mean(code, known.into_iter());
    let of_plugin =
        code.split_once('/').filter(|(exporter, _)| !exporters::all().iter().any(|one| one.id == *exporter));
    let plugin = of_plugin.map(|(plugin, _)| format!("if `{plugin}` is a plugin of your own, its author explains it"));
    let help = plugin
        .or(near)
        .unwrap_or_else(|| "findings show their code in brackets; `regimen rules` lists the rules".into());
    report::failure(&format!("there is no finding with the code `{code}`"), Some(&help));
    Exit::Usage
}

/// Lines are wrapped to at most this many columns, because longer ones are hard to read.
const WIDEST: usize = 100;

/// A page with its paragraphs and items wrapped; examples and tables stay as they are.
fn set(page: &str, columns: usize) -> String {
    let mut fenced = false;
    let mut set: Vec<String> = Vec::new();
    let mut open = String::new();
    for line in page.lines() {
        let fence = line.starts_with("```");
        if fence || fenced || line.is_empty() || line.starts_with(['|', '-', '#']) {
            close(&mut open, columns, &mut set);
        }
        if fenced || fence || line.is_empty() || line.starts_with(['|', '#']) {
            set.push(line.to_owned());
        } else {
            open = format!("{open} {}", line.trim());
        }
        fenced ^= fence;
    }
    close(&mut open, columns, &mut set);
    set.join("\n")
}

/// Ends a paragraph, or an item, whose further lines stand below its first word.
fn close(open: &mut String, columns: usize, set: &mut Vec<String>) {
    let text = std::mem::take(open);
    let indent = if text.trim_start().starts_with("- ") { "  " } else { "" };
    if !text.is_empty() {
        let lines = wrapped(&text, columns.saturating_sub(indent.len()));
        set.extend(lines.iter().enumerate().map(|(at, line)| format!("{}{line}", if at == 0 { "" } else { indent })));
    }
}
