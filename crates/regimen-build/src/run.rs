//! Running the jobs side by side, with results in the order of the jobs.

use std::thread::available_parallelism;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use regimen_catalog::{Diagnostic, Place, Severity};
use regimen_export::{Artifact, ArtifactPath, BuildInfo, Output, Unit};

use crate::choose::Opened;
use crate::digest::Digest;
use crate::error::{Bug, Error};
use crate::guard::guarded;
use crate::plan::Job;
use crate::publish::{Earlier, Seen};
use crate::{File, Progress};

/// What became of a job.
#[derive(Default)]
pub(crate) struct Ran {
    pub(crate) files: Vec<File>,
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) bug: Option<Bug>,
    /// The earlier files that the unit was shown.
    pub(crate) seen: Seen,
    /// How many files the unit goes on from, and how many of them were there.
    pub(crate) earlier: (usize, usize),
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

/// What all jobs need besides themselves.
pub(crate) struct Runner<'a> {
    pub(crate) opened: &'a [Opened],
    pub(crate) build: &'a BuildInfo,
    pub(crate) earlier: &'a Earlier,
    pub(crate) progress: &'a dyn Progress,
}

impl Runner<'_> {
    /// Runs all jobs on the current pool.
    pub(crate) fn run(&self, jobs: &[Job<'_>]) -> Result<Vec<Ran>, Error> {
        self.progress.planned(jobs.len());
        let results: Vec<_> = jobs
            .par_iter()
            // Units differ in size by far, so that threads take them one by one.
            .with_max_len(1)
            .map(|job| {
                let one = &self.opened[job.exporter];
                let ran = self.run_job(job, one);
                self.progress.finished(one.plugin.id, &job.name);
                ran
            })
            .collect();
        // The first error in the order of the jobs, whichever came first in time.
        results.into_iter().collect()
    }

    fn run_job(&self, job: &Job<'_>, one: &Opened) -> Result<Ran, Error> {
        let mut unit = Unit {
            subject: job.subject,
            catalog: job.catalog,
            language: job.language,
            build: self.build,
            earlier: &[],
        };
        let broken = |message| {
            let bug = Bug { exporter: one.plugin.id.into(), unit: Some(job.name.clone()), message };
            Ran { bug: Some(bug), ..Ran::default() }
        };
        let paths = match guarded(|| one.exporter.continues(&unit)) {
            Ok(paths) => paths,
            Err(message) => return Ok(broken(message)),
        };
        let wanted = paths.len();
        let (earlier, seen) = self.look_back(paths, job, one.plugin.id)?;
        unit.earlier = &earlier;
        let made = guarded(|| {
            let mut output = Output::new();
            one.exporter.export(&unit, &mut output);
            output.into_parts()
        });
        Ok(match made {
            Ok((artifacts, findings)) => {
                Ran { seen, earlier: (wanted, earlier.len()), ..settled(artifacts, findings, job, one.plugin.id) }
            }
            Err(message) => broken(message),
        })
    }

    /// The earlier files that the unit goes on from, and their sums.
    fn look_back(
        &self,
        paths: Vec<ArtifactPath>,
        job: &Job<'_>,
        exporter: &str,
    ) -> Result<(Vec<Artifact>, Seen), Error> {
        let (mut files, mut seen) = (Vec::new(), Seen::new());
        for path in paths {
            // A path that is too long is a finding of the file that would be written there.
            let Ok(place) = path.below(&folder(exporter, job)) else { continue };
            let bytes = self.earlier.read(&place)?;
            self.earlier.note(&mut seen, place, bytes.as_deref());
            files.extend(bytes.map(|bytes| Artifact { path, bytes }));
        }
        Ok((files, seen))
    }
}

/// What a job gives back: its files, unless one of its findings is an error.
fn settled(artifacts: Vec<Artifact>, mut findings: Vec<Diagnostic>, job: &Job<'_>, exporter: &str) -> Ran {
    for finding in &mut findings {
        if finding.labels.is_empty() {
            *finding = finding.clone().at(Place::file(job.file.clone()), "");
        }
    }
    let mut files = Vec::new();
    if !findings.iter().any(|finding| finding.severity == Severity::Error) {
        for artifact in artifacts {
            match place(artifact, exporter, job) {
                Ok(file) => files.push(file),
                Err(finding) => findings.push(finding),
            }
        }
    }
    Ran { files, findings, ..Ran::default() }
}

/// An artefact at its place below the output folder: `pdf/…`, or `pdf/de/…` for a language that is not
/// the default one.
fn place(artifact: Artifact, exporter: &str, job: &Job<'_>) -> Result<File, Diagnostic> {
    let path = artifact.path.below(&folder(exporter, job)).map_err(|bad| {
        Diagnostic::error("bad-path", format!("exporter `{exporter}` at {}: {bad}", job.name))
            .at(Place::file(job.file.clone()), "")
            .help("make the path that the exporter chooses shorter")
    })?;
    Ok(File { path, sha256: Digest::of(&artifact.bytes), bytes: artifact.bytes, unit: job.name.clone() })
}

/// The folder of the job's files below the output folder.
fn folder(exporter: &str, job: &Job<'_>) -> String {
    match job.folder {
        Some(language) => format!("{exporter}/{language}"),
        None => exporter.to_owned(),
    }
}
