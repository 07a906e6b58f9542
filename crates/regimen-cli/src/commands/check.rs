//! `regimen check`

use clap::Args;
use regimen_build::check_options;
use regimen_catalog::Severity;

use super::load_catalog;
use crate::arguments::{CatalogFolder, FindingsFormat, Format};
use crate::exit::Exit;
use crate::exporters;
use crate::report::{self, Findings};

/// Read the whole catalogue and say what is wrong, where, and the way out
#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) catalog: CatalogFolder,
    #[command(flatten)]
    pub(crate) findings: FindingsFormat,
}

/// Checks a catalogue and shows every finding.
pub(crate) fn run(check: &Check) -> Exit {
    let mut loaded = match load_catalog(&check.catalog.folder) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    if let Some(catalog) = &loaded.catalog {
        let wrong = check_options(catalog, &check.catalog.folder, exporters::all());
        loaded.add(wrong);
    }
    let findings = Findings { root: &check.catalog.folder, sources: &loaded.sources, list: &loaded.findings };
    findings.show(&check.findings);
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
