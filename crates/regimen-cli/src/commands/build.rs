//! `regimen build`

pub(crate) mod people;

use std::path::PathBuf;

use clap::Args;
use regimen_build::{
    BuildOptions, Built, Error, ExporterReport, Finished, Outcome, Output, Published, Tally, Unchanged,
};

use super::cache::CacheUse;
use super::dates::Dates;
use super::trust::TrustUse;
use super::{ThisProgram, no_catalog};
use crate::arguments::{CatalogFolder, FindingsFormat};
use crate::exit::Exit;
use crate::progress::Bar;
use crate::report::text::size;
use crate::report::{self, Findings};

/// The width of the names of exporters in the summary, if none is longer: that of the shipped ones.
pub(super) const LEAST_WIDTH: usize = 9;

/// Check the catalogue, then make handouts, calendars and guides from it
///
/// Files that did not change are left alone, and files of an earlier build that are no longer made are removed.
/// If there is an error, nothing is written, unless you say `--keep-going`.
#[derive(Debug, Args)]
pub(crate) struct Build {
    #[command(flatten)]
    pub(crate) catalog: CatalogFolder,
    /// The folder to write to
    #[arg(long, short, value_name = "DIR", default_value = "out", env = "REGIMEN_OUT")]
    pub(crate) out: PathBuf,
    /// Run only these exporters, such as `pdf,ics`; files of the others stay as they are
    #[arg(long, value_name = "EXPORTERS", value_delimiter = ',')]
    pub(crate) only: Option<Vec<String>>,
    /// Use this many threads; as many as the machine has unless stated
    #[arg(long, short, value_name = "N", env = "REGIMEN_JOBS", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,
    #[command(flatten)]
    pub(crate) dates: Dates,
    /// Continue the calendars in this copy of an earlier output folder, such as a download of what readers have, instead of those in --out
    #[arg(long, value_name = "DIR")]
    pub(crate) previous: Option<PathBuf>,
    /// Write into a folder that another program filled, or over files that were changed by hand
    #[arg(long)]
    pub(crate) adopt: bool,
    /// Publish whatever no error concerns, and end with 1 if there are errors; files of earlier builds stay until a build has none
    #[arg(long)]
    pub(crate) keep_going: bool,
    #[command(flatten)]
    pub(crate) people: people::ForPeople,
    #[command(flatten)]
    pub(crate) trust: TrustUse,
    #[command(flatten)]
    pub(crate) cache: CacheUse,
    #[command(flatten)]
    pub(crate) findings: FindingsFormat,
}

/// Checks a catalogue, makes everything from it, and publishes it.
pub(crate) fn run(arguments: &Build) -> Exit {
    if let Some(exit) = people::run(arguments) {
        return exit;
    }
    let program = ThisProgram::new(&arguments.cache);
    let mut workspace = program.workspace(&arguments.catalog.folder);
    workspace.trust = arguments.trust.trust();
    let output = Output { folder: &arguments.out, adopt: arguments.adopt, keep_going: arguments.keep_going };
    let bar = Bar::new();
    let outcome = workspace.publish(&options(arguments), output, &bar);
    bar.clear();
    match outcome {
        Ok(Outcome::Unchanged(unchanged)) => say_again(arguments, &unchanged),
        Ok(Outcome::Built(finished)) => {
            let Finished { loaded, result } = *finished;
            let root = &arguments.catalog.folder;
            Findings { root, sources: &loaded.sources, list: &loaded.findings }.show(&arguments.findings);
            finish(arguments, loaded.errors(), result)
        }
        Err(error) => no_catalog(&error),
    }
}

/// Sums up, or says why nothing was done.
fn finish(arguments: &Build, errors: usize, result: Option<Result<(Built, Published), Error>>) -> Exit {
    let (built, published) = match result {
        Some(Ok(done)) => done,
        Some(Err(error)) => return failed(&error),
        None => {
            if arguments.keep_going {
                report::failure("nothing was written, because an error concerns the whole catalogue", None);
            }
            return Exit::Findings;
        }
    };
    let summary_of = |tally: &Tally| built.exporters.iter().find(|exporter| exporter.id == tally.exporter);
    let lines =
        published.exporters.iter().map(|tally| (summary_of(tally).map_or("", |one| one.summary.as_str()), tally));
    summarise(arguments, &lines.collect::<Vec<_>>());
    match built.verdict() {
        Err(error @ (Error::Bugs(_) | Error::Faults(_))) => kept_going(&error),
        Ok(()) | Err(_) if errors > 0 => kept_going(&Error::Findings { errors }),
        Ok(()) | Err(_) => Exit::Fine,
    }
}

/// Says what a build would say that has nothing to do.
fn say_again(arguments: &Build, unchanged: &Unchanged) -> Exit {
    let Unchanged { report, sources } = unchanged;
    Findings { root: &arguments.catalog.folder, sources, list: &report.findings }.show(&arguments.findings);
    let tallies: Vec<Tally> = report.exporters.iter().map(ExporterReport::tally).collect();
    let summaries = report.exporters.iter().map(|one| one.summary.as_str());
    summarise(arguments, &summaries.zip(&tallies).collect::<Vec<_>>());
    Exit::Fine
}

fn options(arguments: &Build) -> BuildOptions {
    BuildOptions {
        only: arguments.only.clone(),
        overrides: arguments.dates.overrides(),
        previous: arguments.previous.clone(),
        jobs: arguments.jobs.map_or(0, usize::from),
    }
}

/// Prints a line for each exporter, with its summary: the names in one column, the rest in another.
fn summarise(arguments: &Build, exporters: &[(&str, &Tally)]) {
    if arguments.findings.format.is_for_programs() {
        return;
    }
    let width = exporters.iter().map(|(_, tally)| tally.exporter.len()).fold(LEAST_WIDTH, usize::max);
    for (summary, tally) in exporters {
        report::line(&format!("{:<width$} {}", tally.exporter, summed_up(arguments, summary, tally)));
    }
}

/// "2 files in out/pdf (180 kB): handouts; 1 written, 1 unchanged"
fn summed_up(arguments: &Build, summary: &str, tally: &Tally) -> String {
    let files = tally.written + tally.unchanged;
    let mut changes = Vec::new();
    for (count, done) in [(tally.written, "written"), (tally.unchanged, "unchanged"), (tally.removed, "removed")] {
        if count > 0 {
            changes.push(format!("{count} {done}"));
        }
    }
    if files == 0 && changes.is_empty() {
        let colon = if summary.is_empty() { "" } else { ": " };
        return format!("nothing to make{colon}{summary}");
    }
    let place = arguments.out.join(&tally.exporter);
    format!(
        "{files} {} in {} ({}): {}",
        if files == 1 { "file" } else { "files" },
        place.display(),
        size(tally.bytes),
        [summary.to_owned(), changes.join(", ")]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("; "),
    )
}

pub(super) fn failed(error: &Error) -> Exit {
    explained(error, &error.to_string())
}

/// The same for a build that published all that the error does not concern.
pub(super) fn kept_going(error: &Error) -> Exit {
    explained(error, &error.of_a_part())
}

fn explained(error: &Error, message: &str) -> Exit {
    let hints = error.hints();
    let help = (!hints.is_empty()).then(|| hints.join("; "));
    report::failure(message, help.as_deref());
    match error {
        Error::Findings { .. } => Exit::Findings,
        Error::Usage { .. } => Exit::Usage,
        Error::Io { .. } | Error::Refused(_) => Exit::Io,
        Error::Faults(_) => Exit::Plugin,
        Error::Untrusted(_) => Exit::Untrusted,
        Error::Bugs(_) => Exit::Bug,
    }
}
