//! Running the jobs side by side, with results in the order of the jobs.

use std::collections::BTreeSet;
use std::thread::available_parallelism;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use regimen_catalog::{Diagnostic, Place, Severity, pinned};
use regimen_export::{Artifact, ArtifactPath, Exporter, Output, Unit};

use crate::cache::{self, Made};
use crate::digest::Digest;
use crate::error::{Bug, Error};
use crate::external::External;
use crate::fault::Fault;
use crate::guard::guarded;
use crate::job::Job;
use crate::keys::Keys;
use crate::opened::{Maker, Opened};
use crate::publish::Seen;
use crate::{File, Progress, Request};

/// What became of a job.
#[derive(Default)]
pub(crate) struct Ran {
    pub(crate) files: Vec<File>,
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) bug: Option<Bug>,
    pub(crate) fault: Option<Fault>,
    /// Whether the cache knew it.
    pub(crate) cached: bool,
    /// The earlier files that the unit was shown.
    pub(crate) seen: Seen,
    /// How many files the unit goes on from, and how many of them were there.
    pub(crate) earlier: (usize, usize),
    /// The allowances that silenced a finding, by their position.
    pub(crate) allowed: BTreeSet<usize>,
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
    pub(crate) request: &'a Request<'a>,
    pub(crate) keys: Option<&'a Keys>,
    pub(crate) progress: &'a dyn Progress,
    /// Whether files are published later, so that their bytes are kept.
    pub(crate) keeps_bytes: bool,
}

impl Runner<'_> {
    /// Runs all jobs: those of external plugins while those of this program run on the current pool.
    pub(crate) fn run(&self, jobs: &[Job<'_>]) -> Result<Vec<Ran>, Error> {
        self.progress.planned(jobs.len());
        let external: Vec<(usize, &External)> = (0_usize..).zip(self.opened).filter_map(there).collect();
        let mut results: Vec<Option<Result<Ran, Error>>> = Vec::new();
        results.resize_with(jobs.len(), || None);
        let (mine, theirs) = rayon::join(|| self.run_here(jobs), || self.run_there(jobs, &external));
        for (at, ran) in mine.into_iter().chain(theirs) {
            results[at] = Some(ran);
        }
        // The first error in the order of the jobs, whichever came first in time.
        results.into_iter().flatten().collect()
    }

    fn run_here(&self, jobs: &[Job<'_>]) -> Vec<(usize, Result<Ran, Error>)> {
        let here = jobs.par_iter().enumerate().with_max_len(1).filter_map(|(at, job)| {
            // Units differ in size by far, so that threads take them one by one.
            let one = &self.opened[job.exporter];
            let Maker::Here(exporter) = &one.maker else { return None };
            let ran = self.run_job(job, one, exporter.as_ref());
            self.progress.finished(&one.id, &job.name);
            Some((at, ran))
        });
        here.collect()
    }

    /// Runs each plugin once for all its jobs that the cache does not know.
    fn run_there(&self, jobs: &[Job<'_>], external: &[(usize, &External)]) -> Vec<(usize, Result<Ran, Error>)> {
        let plugins = external.par_iter().with_max_len(1).flat_map_iter(|(exporter, external)| {
            let own: Vec<(usize, &Job<'_>)> =
                jobs.iter().enumerate().filter(|(_, job)| job.exporter == *exporter).collect();
            let done = self.run_plugin(&own, &self.opened[*exporter], external);
            own.into_iter().zip(done).map(|((at, _), ran)| (at, Ok(ran)))
        });
        plugins.collect()
    }

    fn run_plugin(&self, jobs: &[(usize, &Job<'_>)], one: &Opened, external: &External) -> Vec<Ran> {
        let known = jobs.iter().map(|(_, job)| {
            let key = self.key(job, one, &[]);
            (key, key.and_then(|key| self.known(&key)))
        });
        let known: Vec<(Option<Digest>, Option<Made>)> = known.collect();
        let stale: Vec<&Job<'_>> =
            jobs.iter().zip(&known).filter(|(_, (_, made))| made.is_none()).map(|((_, job), _)| *job).collect();
        let (request, nothing) = (self.request, stale.is_empty());
        let made = if nothing { Ok(Vec::new()) } else { external.export(&stale, &request.info, request.sources) };
        let (mut made, mut fault) = match made {
            Ok(made) => (made.into_iter(), None),
            Err(fault) => (Vec::new().into_iter(), Some(fault)),
        };
        let ran = jobs.iter().zip(known).map(|((_, job), (key, known))| {
            self.progress.finished(&one.id, &job.name);
            let cached = known.is_some();
            let fresh = || {
                let made = made.next()?;
                self.remember(key.as_ref(), &made);
                Some(made)
            };
            match known.or_else(fresh) {
                Some((artifacts, findings)) => Ran { cached, ..self.settled(artifacts, findings, job, &one.id) },
                // One fault for all the units that it keeps from being made.
                None => Ran { fault: fault.take(), ..Ran::default() },
            }
        });
        ran.collect()
    }

    fn key(&self, job: &Job<'_>, one: &Opened, earlier: &[Artifact]) -> Option<Digest> {
        self.keys?.of(job, (&one.id, &one.stamp), earlier)
    }

    fn known(&self, key: &Digest) -> Option<Made> {
        cache::unpacked(&self.request.cache?.get(key)?)
    }

    fn remember(&self, key: Option<&Digest>, made: &Made) {
        if let (Some(cache), Some(key)) = (self.request.cache, key) {
            cache.put(key, &cache::packed(made));
        }
    }

    fn run_job(&self, job: &Job<'_>, one: &Opened, exporter: &dyn Exporter) -> Result<Ran, Error> {
        let mut unit = Unit {
            subject: job.subject,
            catalog: job.catalog,
            language: job.language,
            build: &self.request.info,
            earlier: &[],
        };
        let broken = |message| {
            let bug = Bug { exporter: one.id.clone(), unit: Some(job.name.clone()), message };
            Ran { bug: Some(bug), ..Ran::default() }
        };
        let paths = match guarded(|| exporter.continues(&unit)) {
            Ok(paths) => paths,
            Err(message) => return Ok(broken(message)),
        };
        let wanted = paths.len();
        let (earlier, seen) = self.look_back(paths, job, &one.id)?;
        unit.earlier = &earlier;
        let key = self.key(job, one, &earlier);
        let brief = key.filter(|_| !self.keeps_bytes).map(|key| Digest::of(format!("sums {key}").as_bytes()));
        let summed = brief.and_then(|brief| self.known(&brief));
        let is_summed = summed.is_some();
        let known = summed.or_else(|| key.and_then(|key| self.known(&key)));
        let cached = known.is_some();
        let made = known.map_or_else(|| made(exporter, &unit), Ok);
        Ok(match made {
            Ok((mut artifacts, findings)) => {
                if !cached {
                    self.remember(key.as_ref(), &(artifacts.clone(), findings.clone()));
                }
                if !self.keeps_bytes && !is_summed {
                    artifacts.iter_mut().for_each(sum);
                    self.remember(brief.as_ref(), &(artifacts.clone(), findings.clone()));
                }
                let earlier = (wanted, earlier.len());
                Ran { seen, earlier, cached, ..self.settled(artifacts, findings, job, &one.id) }
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
            let earlier = self.request.earlier;
            let bytes = earlier.read(&place)?;
            earlier.note(&mut seen, place, bytes.as_deref());
            files.extend(bytes.map(|bytes| Artifact { path, bytes }));
        }
        Ok((files, seen))
    }

    /// What a job gives back: its files, unless one of its findings is an error here.
    fn settled(&self, artifacts: Vec<Artifact>, found: Vec<Diagnostic>, job: &Job<'_>, exporter: &str) -> Ran {
        let mut allowed = BTreeSet::new();
        let nothing = artifacts.is_empty();
        let judged = found.into_iter().filter_map(|finding| self.judged(finding, (job, nothing), &mut allowed));
        let mut findings: Vec<Diagnostic> = judged.collect();
        let mut files = Vec::new();
        if !findings.iter().any(|finding| finding.severity == Severity::Error) {
            for artifact in artifacts {
                match place(artifact, exporter, job) {
                    Ok(file) if self.keeps_bytes => files.push(file),
                    Ok(file) => files.push(File { bytes: Vec::new(), ..file }),
                    Err(finding) => findings.push(finding),
                }
            }
        }
        Ran { files, findings, allowed, ..Ran::default() }
    }

    /// A finding at its place and in the severity that the catalogue gives it; `None` if it is allowed. An error that is
    /// why nothing was made stays one.
    fn judged(
        &self,
        mut finding: Diagnostic,
        (job, nothing): (&Job<'_>, bool),
        allowed: &mut BTreeSet<usize>,
    ) -> Option<Diagnostic> {
        if finding.labels.is_empty() {
            finding = finding.at(Place::file(job.file.clone()), "");
        }
        for label in &mut finding.labels {
            label.place = pinned(self.request.sources, &label.place);
        }
        let severity = self.request.rules().severity(&finding, allowed);
        if nothing && finding.severity == Severity::Error {
            return Some(finding);
        }
        severity.map(|severity| Diagnostic { severity, ..finding })
    }
}

/// Puts the sum of a file in the place of its bytes: enough to tell whether two files are the same, and quick to read.
fn sum(artifact: &mut Artifact) {
    artifact.bytes = Digest::of(&artifact.bytes).to_string().into_bytes();
}

fn there((at, one): (usize, &Opened)) -> Option<(usize, &External)> {
    match &one.maker {
        Maker::There(external) => Some((at, external)),
        Maker::Here(_) => None,
    }
}

/// What an exporter makes of a unit, or the message with which it broke off.
fn made(exporter: &dyn Exporter, unit: &Unit<'_>) -> Result<Made, String> {
    guarded(|| {
        let mut output = Output::new();
        exporter.export(unit, &mut output);
        output.into_parts()
    })
}

/// An artefact at its place below the output folder: `pdf/…`, or `pdf/de/…` for a language that is not
/// the default one.
fn place(artifact: Artifact, exporter: &str, job: &Job<'_>) -> Result<File, Diagnostic> {
    let path = artifact.path.below(&folder(exporter, job)).map_err(|bad| {
        Diagnostic::error("bad-path", format!("exporter `{exporter}` at {}: {bad}", job.name))
            .at(Place::file(job.file.clone()), "")
            .help("make the path that the exporter chooses shorter")
    })?;
    let artifact = Artifact { path, bytes: artifact.bytes };
    Ok(File { place: job.place(), ..File::new(artifact, job.name.clone()) })
}

/// The folder of the job's files below the output folder.
fn folder(exporter: &str, job: &Job<'_>) -> String {
    match job.folder {
        Some(language) => format!("{exporter}/{language}"),
        None => exporter.to_owned(),
    }
}
