//! Codes of exporters' findings in `rules:` and `allow:`: whether there are such findings, and whether an `allow` is of use.

use std::collections::BTreeSet;

use regimen_catalog::explain::pages;
use regimen_catalog::suggest::nearest;
use regimen_catalog::{Diagnostic, Place};

use crate::choose::external_names;
use crate::overrides::ScheduleOverrides;
use crate::{Built, Request};

/// A finding for each code that no exporter has. What an external plugin can find, it alone knows.
pub(crate) fn unknown(request: &Request<'_>) -> Vec<Diagnostic> {
    let external: BTreeSet<&str> = external_names(request.plugins, &request.catalog.project).collect();
    let unknown = request.rules().codes().filter_map(|(code, place)| {
        let (exporter, _) = code.split_once('/')?;
        if external.contains(exporter) {
            return None;
        }
        let Some(plugin) = request.plugins.iter().find(|plugin| plugin.id == exporter) else {
            let known = request.plugins.iter().map(|plugin| plugin.id).chain(external.iter().copied());
            return Some(no_exporter((code, exporter), nearest(exporter, known), place));
        };
        let codes: Vec<&str> = pages(plugin.explanations).map(|page| page.code).collect();
        (!codes.contains(&code)).then(|| no_finding((code, exporter), &codes, place))
    });
    unknown.collect()
}

fn no_exporter((code, exporter): (&str, &str), meant: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("`{code}` is a finding of the exporter `{exporter}`, which does not exist");
    let help = match meant {
        Some(meant) => format!("did you mean the exporter `{meant}`?"),
        None => "use the code that the finding has in brackets, or delete this key".to_owned(),
    };
    Diagnostic::error("wrong-value", message).at(place, "").help(help)
}

fn no_finding((code, exporter): (&str, &str), codes: &[&str], place: Place) -> Diagnostic {
    let message = format!("the exporter `{exporter}` has no finding `{code}`");
    let list = || codes.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>().join(", ");
    let help = match nearest(code, codes.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("it has: {}", list()),
    };
    Diagnostic::error("wrong-value", message).at(place, "").help(help)
}

/// A finding for each `allow` of a finding that its exporter did not have. Nothing is said of exporters that did not run, that
/// broke off, or that were given other days than those of the project file or a part of the catalogue.
pub(crate) fn unused(request: &Request<'_>, built: &Built, allowed: &BTreeSet<usize>) -> Vec<Diagnostic> {
    if request.overrides != ScheduleOverrides::default() || request.missing.is_some() {
        return Vec::new();
    }
    let whole = built.exporters.iter().filter(|one| one.bugs.is_empty() && one.faults.is_empty());
    let exporters = whole.map(|one| one.id.as_str()).collect();
    request.rules().report_unused(allowed, &exporters)
}
