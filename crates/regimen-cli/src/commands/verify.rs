//! `regimen verify`

use std::path::PathBuf;

use clap::Args;
use regimen_build::{Verified, VerifiedExporter, Verifying};
use regimen_catalog::Severity;

use super::build::{LEAST_WIDTH, failed};
use super::dates::Dates;
use super::trust::TrustUse;
use super::{ThisProgram, no_catalog};
use crate::arguments::FindingsFormat;
use crate::exit::Exit;
use crate::progress::Bar;
use crate::report::text::size;
use crate::report::{self, Findings};

/// Say whether every file of an output folder is what this program makes of the catalogue
///
/// Everything is made again in memory, without a cache and with the dates and times that the manifest tells of, and compared with the manifest and the
/// files. Nothing is written. Plugins are started as in a build, if you have trusted them.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The output folder
    #[arg(value_name = "OUT")]
    out: PathBuf,
    /// The folder of the catalogue
    #[arg(long, value_name = "DIR", default_value = "catalog")]
    catalog: PathBuf,
    #[command(flatten)]
    dates: Dates,
    /// Make calendars from this copy of an earlier output folder, as a build with --previous does, instead of from those in OUT
    #[arg(long, value_name = "DIR")]
    previous: Option<PathBuf>,
    /// Leave out what lies outside of the folders of exporters, as in a folder that another program fills as well
    #[arg(long)]
    others: bool,
    /// Be content if files of people are as they were written, which cannot be made again without their rows
    #[arg(long)]
    without_people: bool,
    /// Use this many threads; as many as the machine has unless stated
    #[arg(long, short, value_name = "N", env = "REGIMEN_JOBS", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    #[command(flatten)]
    trust: TrustUse,
    #[command(flatten)]
    findings: FindingsFormat,
}

/// Makes everything again and compares it.
pub(crate) fn run(arguments: &Verify) -> Exit {
    let program = ThisProgram::without_cache();
    let mut workspace = program.workspace(&arguments.catalog);
    workspace.trust = arguments.trust.trust();
    let verifying = Verifying {
        folder: &arguments.out,
        overrides: arguments.dates.is_said().then(|| arguments.dates.overrides()),
        previous: arguments.previous.clone(),
        has_others: arguments.others,
        without_people: arguments.without_people,
        jobs: arguments.jobs.map_or(0, usize::from),
    };
    let bar = Bar::new();
    let verified = workspace.verify(&verifying, &bar);
    bar.clear();
    let Verified { loaded, exporters, failure } = match verified {
        Ok(verified) => verified,
        Err(error) => return no_catalog(&error),
    };
    let findings = Findings { root: &arguments.catalog, sources: &loaded.sources, list: &loaded.findings };
    findings.show(&arguments.findings);
    if let Some(error) = failure {
        return failed(&error);
    }
    if !arguments.findings.format.is_for_programs() {
        summarise(arguments, &exporters);
    }
    if findings.worst() == Some(Severity::Error) {
        let out = arguments.out.display();
        report::failure(&format!("`{out}` is not what this program makes of `{}`", arguments.catalog.display()), None);
        return Exit::Findings;
    }
    Exit::Fine
}

/// "pdf       2 files in out/pdf (180 kB) are right: handouts, with `--start 2027-01-04`"
fn summarise(arguments: &Verify, exporters: &[VerifiedExporter]) {
    let width = exporters.iter().map(|one| one.id.len()).fold(LEAST_WIDTH, usize::max);
    for VerifiedExporter { id, summary, right, bytes, options } in exporters {
        let files = if *right == 1 { "file" } else { "files" };
        let are = if *right == 1 { "is" } else { "are" };
        let place = arguments.out.join(id);
        let with = if options.is_empty() { String::new() } else { format!("; with `{options}`") };
        let what = if summary.is_empty() { String::new() } else { format!(": {summary}") };
        let line = format!("{right} {files} in {} ({}) {are} right{what}{with}", place.display(), size(*bytes));
        report::line(&format!("{id:<width$} {line}"));
    }
}
