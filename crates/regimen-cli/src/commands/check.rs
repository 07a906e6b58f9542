//! `regimen check`

use regimen_build::check_options;
use regimen_catalog::Severity;

use super::load_catalog;
use crate::arguments::{Check, Format};
use crate::exit::Exit;
use crate::exporters::EXPORTERS;
use crate::report::{self, Findings};

/// Checks a catalogue and shows every finding.
pub(crate) fn run(check: &Check) -> Exit {
    let mut loaded = match load_catalog(&check.catalog.folder) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    if let Some(catalog) = &loaded.catalog {
        loaded.findings.extend(check_options(catalog, EXPORTERS));
    }
    let findings = Findings { root: &check.catalog.folder, sources: &loaded.sources, list: &loaded.findings };
    findings.show(check.findings.format);
    if check.findings.format == Format::Human
        && loaded.findings.is_empty()
        && let Some(catalog) = &loaded.catalog
    {
        report::line(&format!(
            "{}: nothing to report in {}",
            check.catalog.folder.display(),
            report::contents(catalog)
        ));
    }
    if findings.worst() == Some(Severity::Error) { Exit::Findings } else { Exit::Fine }
}
