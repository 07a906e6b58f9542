//! What the jobs of a build come to, put together as they end and brought into the order of the jobs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use regimen_catalog::Diagnostic;

use crate::built::{Built, Exported, File};
use crate::digest::Digest;
use crate::error::{Bug, Error};
use crate::fault::Fault;
use crate::opened::Opened;
use crate::plan::Order;
use crate::publish::PreviousOutput;
use crate::seen::Seen;

/// The result of running one job: its files and findings, or the bug or plugin error that stopped it.
#[derive(Default)]
pub(crate) struct JobOutcome {
    pub(crate) files: Vec<File>,
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) bug: Option<Bug>,
    pub(crate) fault: Option<Fault>,
    /// Whether the cache knew it.
    pub(crate) cached: bool,
    /// The previous files that the unit was shown.
    pub(crate) seen: Seen,
    pub(crate) previous: PreviousFiles,
    /// The allowances that silenced a finding, by their position.
    pub(crate) allowed: BTreeSet<usize>,
}

/// How many previous files units go on from, and how many of them were there.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PreviousFiles {
    pub(crate) wanted: usize,
    pub(crate) found: usize,
}

/// Takes outcomes from several threads.
#[derive(Default)]
pub(crate) struct Collector(Mutex<Collected>);

/// The outcomes so far.
#[derive(Default)]
pub(crate) struct Collected {
    exporters: BTreeMap<usize, ExporterOutcome>,
    seen: Seen,
    previous: PreviousFiles,
    allowed: BTreeSet<usize>,
    /// Findings on plans that cannot be written out, in the order of the plans.
    unplanned: BTreeMap<usize, Vec<Diagnostic>>,
    /// The error of the first job in order that has one.
    error: Option<(Order, Error)>,
}

/// The outcomes of one exporter's jobs.
#[derive(Default)]
struct ExporterOutcome {
    units: usize,
    cached: usize,
    files: Vec<(Order, File)>,
    /// Each finding once, with the first job that has it, by its digest.
    findings: BTreeMap<Digest, ((Order, usize), Diagnostic)>,
    bugs: Vec<(Order, Bug)>,
    faults: Vec<(Order, Fault)>,
}

impl Collector {
    /// Adds what became of a job.
    pub(crate) fn add(&self, order: Order, outcome: Result<JobOutcome, Error>) {
        // Digests are made outside of the lock.
        let outcome = outcome.map(|outcome| (outcome.findings.iter().map(digest_of).collect::<Vec<_>>(), outcome));
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match outcome {
            Ok((digests, outcome)) => all.add(order, outcome, digests),
            Err(error) if all.error.as_ref().is_none_or(|(first, _)| order < *first) => {
                all.error = Some((order, error));
            }
            Err(_) => {}
        }
    }

    /// Adds the findings on a plan that cannot be written out. It may be tried for several jobs.
    pub(crate) fn add_unplanned(&self, position: usize, findings: &[Diagnostic]) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.unplanned.entry(position).or_insert_with(|| findings.to_vec());
    }

    /// Whether a plan could not be written out, by its position.
    pub(crate) fn is_unplanned(&self, position: usize) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).unplanned.contains_key(&position)
    }

    /// Whether a job has an error that ends the build, so that no other one need start.
    pub(crate) fn has_failed(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).error.is_some()
    }

    /// All outcomes.
    ///
    /// # Errors
    /// The first error in the order of the jobs, of those that there were.
    pub(crate) fn finish(self) -> Result<Collected, Error> {
        let mut all = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        all.error.take().map_or(Ok(all), |(_, error)| Err(error))
    }
}

impl Collected {
    fn add(&mut self, order: Order, outcome: JobOutcome, digests: Vec<Digest>) {
        self.seen.extend(outcome.seen);
        self.allowed.extend(outcome.allowed);
        self.previous.wanted += outcome.previous.wanted;
        self.previous.found += outcome.previous.found;
        let exporter = self.exporters.entry(order.exporter).or_default();
        exporter.units += 1;
        exporter.cached += usize::from(outcome.cached);
        exporter.files.extend(outcome.files.into_iter().map(|file| (order, file)));
        exporter.bugs.extend(outcome.bug.map(|bug| (order, bug)));
        exporter.faults.extend(outcome.fault.map(|fault| (order, fault)));
        for (at, (finding, digest)) in outcome.findings.into_iter().zip(digests).enumerate() {
            let place = (order, at);
            let known = exporter.findings.entry(digest).or_insert((place, finding));
            known.0 = known.0.min(place);
        }
    }

    /// Puts everything into a build, in the order of the jobs, and gives the allowances that were used.
    pub(crate) fn settle(mut self, built: &mut Built, opened: &[Opened], previous: &PreviousOutput) -> BTreeSet<usize> {
        let unplanned = std::mem::take(&mut self.unplanned).into_values().flatten();
        let mut reported = BTreeSet::new();
        // A programme with two schedules says the same of itself twice.
        built.findings.extend(unplanned.filter(|finding| reported.insert(digest_of(finding))));
        if let (true, 0, Some(copy)) = (self.previous.wanted > 0, self.previous.found, previous.copy()) {
            built.findings.push(nothing_earlier(copy));
        }
        built.seen = self.seen;
        for (at, opened) in opened.iter().enumerate() {
            let outcome = self.exporters.remove(&at).unwrap_or_default();
            let mut exporter = Exported { units: outcome.units, cached: outcome.cached, ..Exported::of(opened) };
            exporter.files = in_order(outcome.files);
            exporter.bugs = in_order(outcome.bugs);
            exporter.faults = in_order(outcome.faults);
            exporter.findings = in_order(outcome.findings.into_values().collect());
            exporter.keep_one_of_each_file();
            exporter.gather(opened);
            built.exporters.push(exporter);
        }
        self.allowed
    }
}

fn digest_of(finding: &Diagnostic) -> Digest {
    Digest::of(format!("{finding:?}").as_bytes())
}

/// Values in the order of their jobs. Those of one job keep theirs.
fn in_order<K: Ord, T>(mut values: Vec<(K, T)>) -> Vec<T> {
    values.sort_by(|(one, _), (other, _)| one.cmp(other));
    values.into_iter().map(|(_, value)| value).collect()
}

/// A wrong folder would start every calendar anew.
fn nothing_earlier(copy: &Path) -> Diagnostic {
    let message = format!("`{}` has none of the files that this build would go on from", copy.display());
    Diagnostic::error("nothing-earlier", message).help(
        "name the folder that is laid out as an output folder is, with `ics/` in it; leave it out for the first build",
    )
}
