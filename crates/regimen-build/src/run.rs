//! Running the jobs side by side: each is planned, exported and staged by the worker that takes it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::thread::available_parallelism;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use regimen_catalog::{Diagnostic, Place, Severity, pinned};
use regimen_export::{Artifact, ArtifactPath, Exporter, Unit};

use crate::Build;
use crate::built::{File, UnitOrigin};
use crate::cache::{StoredFile, UnitOutput};
use crate::collect::{Collected, Collector, JobOutcome, PreviousFiles};
use crate::digest::Digest;
use crate::error::{Bug, Error};
use crate::external::External;
use crate::guard::{exported, guarded};
use crate::job::Job;
use crate::keys::CacheKeys;
use crate::opened::{Backend, Opened};
use crate::plan::{Order, Planner, Task};
use crate::seen::Seen;

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
    pub(crate) build: &'a Build<'a>,
    pub(crate) keys: Option<&'a CacheKeys>,
    pub(crate) planner: &'a Planner<'a>,
}

impl Runner<'_> {
    /// Runs all jobs: those of external plugins while those of this program run on the current pool.
    pub(crate) fn run(&self) -> Result<Collected, Error> {
        let is_built_in = |at: usize| matches!(self.opened[at].backend, Backend::BuiltIn(_));
        let collector = Collector::default();
        for (position, findings) in self.planner.unplanned.iter().enumerate() {
            collector.add_unplanned(position, findings);
        }
        let external = (0_usize..).zip(self.opened).filter(|(at, _)| !is_built_in(*at)).collect::<Vec<_>>();
        let is_external = |at: usize| !is_built_in(at);
        let units = self.planner.tasks(&is_built_in).count() + self.planner.tasks(&is_external).count();
        self.build.progress.planned(units);
        rayon::join(
            || self.run_built_in(&is_built_in, &collector),
            || external.par_iter().with_max_len(1).for_each(|(at, one)| self.run_external(*at, one, &collector)),
        );
        collector.finish()
    }

    fn run_built_in(&self, is_built_in: &(dyn Fn(usize) -> bool + Sync), collector: &Collector) {
        // Units differ in size by far, so threads take them one by one.
        self.planner.tasks(is_built_in).par_bridge().for_each(|task| self.run_task(&task, collector));
        let has_failed = |position| collector.is_unplanned(self.planner.unplanned.len() + position);
        let left = self.planner.left_undated(is_built_in, &has_failed);
        left.par_iter().with_max_len(1).for_each(|task| self.run_task(task, collector));
    }

    fn run_task(&self, task: &Task<'_>, collector: &Collector) {
        let one = &self.opened[task.order.exporter];
        let Backend::BuiltIn(exporter) = &one.backend else { return };
        if collector.has_failed() {
            return;
        }
        match task.job(self.planner) {
            Ok(Some(job)) if !self.is_missing(&job) => {
                let ran = self.run_job(&Running { job: &job, one }, exporter.as_ref());
                collector.add(task.order, ran);
                self.build.progress.finished(&one.id, &job.name);
            }
            Ok(_) => {}
            Err(unplanned) => {
                collector.add_unplanned(self.planner.unplanned.len() + unplanned.position, unplanned.findings);
            }
        }
    }

    /// Whether the unit is about something that is missing because of errors.
    fn is_missing(&self, job: &Job<'_>) -> bool {
        self.build.request.missing.is_some_and(|missing| job.lacks(missing))
    }

    /// Runs a plugin once for all its jobs that the cache does not know.
    fn run_external(&self, at: usize, one: &Opened, collector: &Collector) {
        let Backend::External(external) = &one.backend else { return };
        let is_mine = |exporter: usize| exporter == at;
        let tasks = self.planner.all_tasks(&is_mine);
        let mut jobs: Vec<(Order, Job<'_>)> = Vec::new();
        for task in &tasks {
            match task.job(self.planner) {
                Ok(job) => jobs.extend(job.filter(|job| !self.is_missing(job)).map(|job| (task.order, job))),
                Err(unplanned) => {
                    collector.add_unplanned(self.planner.unplanned.len() + unplanned.position, unplanned.findings);
                }
            }
        }
        self.run_plugin(&jobs, one, external, collector);
    }

    fn run_plugin(&self, jobs: &[(Order, Job<'_>)], one: &Opened, external: &External, collector: &Collector) {
        let known = jobs.iter().map(|(_, job)| {
            let key = self.key(&Running { job, one }, &[]);
            (key, key.and_then(|key| self.known(&key)))
        });
        let known: Vec<(Option<Digest>, Option<UnitOutput>)> = known.collect();
        let stale: Vec<&Job<'_>> =
            jobs.iter().zip(&known).filter(|(_, (_, output))| output.is_none()).map(|((_, job), _)| job).collect();
        let (request, nothing) = (self.build.request, stale.is_empty());
        let made = if nothing { Ok(Vec::new()) } else { external.export(&stale, &request.info, request.sources) };
        let (mut made, mut fault) = match made {
            Ok(made) => (made.into_iter(), None),
            Err(fault) => (Vec::new().into_iter(), Some(fault)),
        };
        for ((order, job), (key, known)) in jobs.iter().zip(known) {
            self.build.progress.finished(&one.id, &job.name);
            let cached = known.is_some();
            let fresh = || {
                let output = UnitOutput::from(made.next()?);
                self.remember(key.as_ref(), &output);
                Some(output)
            };
            let outcome = match known.or_else(fresh) {
                Some(output) => {
                    let outcome = self.outcome(output, &Running { job, one });
                    outcome.map(|outcome| JobOutcome { cached, ..outcome })
                }
                // One fault for all the units that it keeps from being made.
                None => Ok(JobOutcome { fault: fault.take(), ..JobOutcome::default() }),
            };
            collector.add(*order, outcome);
        }
    }

    fn key(&self, running: &Running<'_>, previous: &[Artifact]) -> Option<Digest> {
        self.keys?.of(running.job, running.one, previous)
    }

    fn known(&self, key: &Digest) -> Option<UnitOutput> {
        self.build.request.cache?.output(key, self.build.stage.wants_bytes())
    }

    fn remember(&self, key: Option<&Digest>, output: &UnitOutput) {
        if let (Some(cache), Some(key)) = (self.build.request.cache, key) {
            cache.put_output(key, output);
        }
    }

    fn run_job(&self, running: &Running<'_>, exporter: &dyn Exporter) -> Result<JobOutcome, Error> {
        let job = running.job;
        let mut unit = Unit {
            subject: job.subject,
            catalog: job.catalog,
            language: job.language,
            build: &self.build.request.info,
            previous: &[],
            person: None,
        };
        let broken = |message| {
            let bug = Bug { exporter: running.one.id.clone(), unit: Some(job.name.clone()), message };
            Ok(JobOutcome { bug: Some(bug), ..JobOutcome::default() })
        };
        let paths = match guarded(|| exporter.previous_files(&unit)) {
            Ok(paths) => paths,
            Err(message) => return broken(message),
        };
        let wanted = paths.len();
        let (previous, seen) = self.read_previous(paths, running)?;
        unit.previous = &previous;
        let key = self.key(running, &previous);
        let known = key.and_then(|key| self.known(&key));
        let cached = known.is_some();
        let output = match known.map_or_else(|| exported(exporter, &unit).map(UnitOutput::from), Ok) {
            Ok(output) => output,
            Err(message) => return broken(message),
        };
        if !cached {
            self.remember(key.as_ref(), &output);
        }
        let previous = PreviousFiles { wanted, found: previous.len() };
        Ok(JobOutcome { seen, previous, cached, ..self.outcome(output, running)? })
    }

    /// The previous files that the unit goes on from, and their digests.
    fn read_previous(&self, paths: Vec<ArtifactPath>, running: &Running<'_>) -> Result<(Vec<Artifact>, Seen), Error> {
        let (mut files, mut seen) = (Vec::new(), Seen::default());
        if paths.is_empty() {
            return Ok((files, seen));
        }
        let folder = running.folder();
        for path in paths {
            // A path that is too long is a finding of the file that would be written there.
            let Ok(place) = path.below(&folder) else { continue };
            let previous = self.build.request.previous;
            let bytes = previous.read(&place)?;
            previous.note(&mut seen, place, bytes.as_deref());
            files.extend(bytes.map(|bytes| Artifact { path, bytes }));
        }
        Ok((files, seen))
    }

    /// The outcome of a job: its files, staged, unless one of its findings is an error here.
    fn outcome(&self, output: UnitOutput, running: &Running<'_>) -> Result<JobOutcome, Error> {
        let job = running.job;
        let mut outcome = JobOutcome::default();
        let nothing = output.files.is_empty();
        for finding in output.findings {
            let judged = self.judged(finding, job, &mut outcome.allowed);
            outcome.findings.extend(judged.with_severity(nothing));
        }
        if outcome.findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Ok(outcome);
        }
        let unit = Arc::new(UnitOrigin { name: job.name.clone(), source: job.source() });
        let folder = running.folder();
        for StoredFile { path, size, digest: sha256, bytes } in output.files {
            match path.below(&folder) {
                Ok(path) => {
                    let staged = self.build.stage.put(&path, sha256, bytes)?;
                    outcome.files.push(File { path, size, sha256, unit: unit.clone(), staged });
                }
                Err(bad) => outcome.findings.push(bad_path(&bad, running)),
            }
        }
        Ok(outcome)
    }

    /// A finding at its place and with the severity that the catalogue gives it.
    fn judged(&self, mut finding: Diagnostic, job: &Job<'_>, allowed: &mut BTreeSet<usize>) -> Judged {
        let request = self.build.request;
        if finding.labels.is_empty() {
            finding = finding.at(Place::file(job.file.clone()), "");
        }
        for label in &mut finding.labels {
            label.place = pinned(request.sources, &label.place);
        }
        let severity = request.rules().severity(&finding, allowed);
        Judged { finding, severity }
    }
}

/// A job and its exporter.
struct Running<'a> {
    job: &'a Job<'a>,
    one: &'a Opened,
}

impl Running<'_> {
    /// The folder of the job's files below the output folder: `pdf`, or `pdf/de` for a language that is not the default one.
    fn folder(&self) -> String {
        match self.job.folder {
            Some(language) => format!("{}/{language}", self.one.id),
            None => self.one.id.clone(),
        }
    }
}

/// A finding, and the severity that the catalogue gives it; `None` if it is allowed.
struct Judged {
    finding: Diagnostic,
    severity: Option<Severity>,
}

impl Judged {
    /// The finding as it is reported, if it is. An error that is why nothing was made stays one.
    fn with_severity(self, nothing: bool) -> Option<Diagnostic> {
        if nothing && self.finding.severity == Severity::Error {
            return Some(self.finding);
        }
        let severity = self.severity?;
        Some(Diagnostic { severity, ..self.finding })
    }
}

fn bad_path(bad: &regimen_export::BadPath, running: &Running<'_>) -> Diagnostic {
    let (exporter, job) = (&running.one.id, running.job);
    Diagnostic::error("bad-path", format!("exporter `{exporter}` at {}: {bad}", job.name))
        .at(Place::file(job.file.clone()), "")
        .help("make the path that the exporter chooses shorter")
}
