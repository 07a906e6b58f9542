//! Running the jobs side by side, with results in the order of the jobs.

use std::thread::available_parallelism;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use regimen_catalog::{Diagnostic, Place, Severity};
use regimen_export::{Artifact, BuildInfo, Output, Unit};

use crate::choose::Opened;
use crate::digest::Digest;
use crate::error::{Bug, Error};
use crate::guard::guarded;
use crate::plan::Job;
use crate::{File, Progress};

/// What became of a job.
#[derive(Default)]
pub(crate) struct Ran {
    pub(crate) files: Vec<File>,
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) bug: Option<Bug>,
}

/// Deeply nested prose takes deep recursion, so threads get what a main thread usually has.
const STACK: usize = 8 << 20;

/// Threads of our own: `jobs` of them, or one for each core if `jobs` is 0.
pub(crate) fn pool(jobs: usize) -> Result<ThreadPool, Error> {
    // Asked here and not left to rayon, which would read the environment.
    let cores = || available_parallelism().map_or(1, usize::from);
    let threads = if jobs == 0 { cores() } else { jobs.min(MOST_THREADS) };
    let builder = ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK);
    builder.build().map_err(|error| Error::Io {
        action: "start threads for",
        path: "the build".into(),
        source: std::io::Error::other(error),
    })
}

/// More threads than this only cost memory.
const MOST_THREADS: usize = 256;

/// Runs all jobs on the current pool.
pub(crate) fn run(jobs: &[Job<'_>], opened: &[Opened], build: &BuildInfo, progress: &dyn Progress) -> Vec<Ran> {
    progress.planned(jobs.len());
    jobs.par_iter()
        // Units differ in size by far, so that threads take them one by one.
        .with_max_len(1)
        .map(|job| {
            let one = &opened[job.exporter];
            let ran = run_job(job, one, build);
            progress.finished(one.plugin.id, &job.name);
            ran
        })
        .collect()
}

fn run_job(job: &Job<'_>, one: &Opened, build: &BuildInfo) -> Ran {
    let unit = Unit { subject: job.subject, catalog: job.catalog, language: job.language, build };
    let made = guarded(|| {
        let mut output = Output::new();
        one.exporter.export(&unit, &mut output);
        output.into_parts()
    });
    let (artifacts, mut findings) = match made {
        Ok(parts) => parts,
        Err(message) => {
            return Ran {
                bug: Some(Bug { exporter: one.plugin.id.into(), unit: Some(job.name.clone()), message }),
                ..Ran::default()
            };
        }
    };
    for finding in &mut findings {
        if finding.labels.is_empty() {
            *finding = finding.clone().at(Place::file(job.file.clone()), "");
        }
    }
    let mut files = Vec::new();
    if !findings.iter().any(|finding| finding.severity == Severity::Error) {
        for artifact in artifacts {
            match place(artifact, one.plugin.id, job) {
                Ok(file) => files.push(file),
                Err(finding) => findings.push(finding),
            }
        }
    }
    Ran { files, findings, bug: None }
}

/// An artefact at its place below the output folder: `pdf/…`, or `pdf/de/…` for a language that is not
/// the default one.
fn place(artifact: Artifact, exporter: &str, job: &Job<'_>) -> Result<File, Diagnostic> {
    let folder = match job.folder {
        Some(language) => format!("{exporter}/{language}"),
        None => exporter.to_owned(),
    };
    let path = artifact.path.below(&folder).map_err(|bad| {
        Diagnostic::error("bad-path", format!("exporter `{exporter}` at {}: {bad}", job.name))
            .at(Place::file(job.file.clone()), "")
            .help("make the path that the exporter chooses shorter")
    })?;
    Ok(File { path, sha256: Digest::of(&artifact.bytes), bytes: artifact.bytes, unit: job.name.clone() })
}
