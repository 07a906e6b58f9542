//! A build for people: from the rows of a roster to everybody's files, one person after the other.
//!
//! Nothing is kept of a person once their files are in place but digests that are keyed with a secret of the user, so memory does not
//! grow with the roster. A person whose plan has an error gets no files; the others are built. What people have is never in the cache,
//! in names of files but for the id, or in what is told of a bug.

mod alike;
mod cause;
mod languages;
mod made;
mod output;
mod plugins;
mod slices;
mod unchanged;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use regimen_catalog::lint::PersonalRules;
use regimen_catalog::model::PersonId;
use regimen_catalog::people::RosterRow;
use regimen_catalog::{Diagnostic, Id, Severity};

use self::alike::Findings;
pub use self::cause::Why;
use self::made::{Begun, Pending, PersonBuilder, RowOutcome};
pub(crate) use self::output::is_own;
use self::plugins::{AT_ONCE, PeoplePlugin};
use self::slices::Shared;
use self::unchanged::Unchanged;
use crate::choose::{self, Opening};
use crate::digest::Digest;
use crate::error::{Bug, Error};
use crate::fault::Fault;
use crate::keys::CacheKeys;
use crate::opened::Opened;
use crate::publish::{Gone, Part, PeopleFolder, Tally, Target, exporter_of};
use crate::share::{self, Shard};
use crate::visible;
use crate::{Aim, Progress, Request, run};

/// As many reasons are kept; of others only how many there are.
const MOST_REASONS: usize = 2_000;

/// Which people of a roster a build is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// One person alone.
    pub person: Option<Id<PersonId>>,
    /// One of several shares.
    pub shard: Option<Shard>,
    /// Whether those who are gone from the roster lose their files although they are most people, or all.
    pub remove_gone: bool,
}

impl Chosen {
    fn has(&self, id: &Id<PersonId>) -> bool {
        self.person.as_ref().is_none_or(|person| person == id) && self.shard.is_none_or(|shard| shard.has(id.as_str()))
    }
}

/// What a build for people came to.
#[derive(Debug, Default)]
pub struct BuiltForPeople {
    /// What there is to know, in the order of the rows.
    pub findings: Vec<Diagnostic>,
    /// How many more findings there are.
    pub left_out: usize,
    /// How many people have their files.
    pub people: usize,
    /// Of these, how many have the files that they had.
    pub unchanged: usize,
    /// How many have none, because of an error.
    pub failed: usize,
    /// Whose files were made and why, in the order of the rows, if it was asked.
    pub reasons: Vec<(Id<PersonId>, Vec<Why>)>,
    /// How many more people's files were made.
    pub reasons_left_out: usize,
    /// What was done for each exporter, with what it makes in a few words.
    pub exporters: Vec<(String, Tally)>,
    /// Mistakes of exporters.
    pub bugs: Vec<Bug>,
    /// What plugins did wrong before they got anybody. Then nothing was made.
    pub faults: Vec<Fault>,
    /// Whether it was stopped before the end of the roster.
    pub stopped: bool,
}

/// Where files go and what is known of earlier ones; nowhere and nothing if they are only to be looked at.
#[derive(Clone, Copy)]
struct Place<'a> {
    folder: Option<&'a PeopleFolder>,
    unchanged: Option<&'a Unchanged<'a>>,
}

/// A build for people.
#[derive(Clone, Copy)]
pub(crate) struct ForPeople<'a> {
    pub(crate) request: &'a Request<'a>,
    /// Who of the roster.
    pub(crate) chosen: &'a Chosen,
    /// Whether to say why files are made.
    pub(crate) explains: bool,
    pub(crate) progress: &'a dyn Progress,
    /// Asked before each person.
    pub(crate) is_stopped: &'a (dyn Fn() -> bool + Sync),
}

impl ForPeople<'_> {
    /// Makes the files of people and publishes them, each person by themselves.
    ///
    /// # Errors
    /// [`Error::Usage`] for an unknown exporter, [`Error::Refused`] and [`Error::Io`] as when an output folder is opened. An error of the
    /// system with the files of one person ends the build after those that are being made.
    pub(crate) fn publish(
        &self,
        rows: impl Iterator<Item = RosterRow> + Send,
        target: Target<'_>,
    ) -> Result<BuiltForPeople, Error> {
        let request = self.request;
        let Opening { opened, findings, bugs, faults } = self.open(Aim::Files)?;
        if !faults.is_empty() || findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Ok(BuiltForPeople { findings, bugs, faults, ..BuiltForPeople::default() });
        }
        let ids: Vec<&str> = opened.iter().map(|one| one.id.as_str()).collect();
        let folder = PeopleFolder::open(target, &ids)?;
        let unchanged = request.cache.and_then(|cache| Unchanged::open(cache, target.out));
        let keys = CacheKeys::new(request, &BTreeMap::new());
        let shard = self.chosen.shard;
        let part = Part {
            share: shard.unwrap_or(Shard::WHOLE).to_string(),
            inputs: Digest::of(format!("{} {ids:?}", keys.whole(&request.info)).as_bytes()),
            roster: None,
            complete: false,
        };
        // One person of the same catalogue leaves the rest as it is.
        let is_of_same = |known: Part| self.chosen.person.is_some() && known.inputs == part.inputs;
        let goes_on = folder.part()?.is_some_and(is_of_same);
        if !goes_on {
            folder.mark(&part)?;
        }
        let place = Place { folder: Some(&folder), unchanged: unchanged.as_ref() };
        let mut all = self.make(rows, &opened, &keys, place)?;
        // Only a build of the whole roster, or of a whole share of it, knows who is gone. A row that cannot be read may be anybody.
        let is_whole = self.chosen.person.is_none() && !all.built.stopped && !all.has_unknown;
        let seen = &all.seen;
        let is_gone = |id: &str| shard.is_none_or(|shard| shard.has(id)).then(|| !seen.contains(&share::number_of(id)));
        let gone = Gone { is: &is_gone, may_be_most: self.chosen.remove_gone };
        let complete = self.chosen.person.is_none() && !all.built.stopped;
        let part = Part { roster: all.roster.filter(|_| complete), complete, ..part };
        let ended = folder.finish(is_whole.then_some(&gone), Some(&part).filter(|_| !goes_on))?;
        if let Some(unchanged) = unchanged {
            unchanged.write(is_whole && shard.is_none());
        }
        let by_id = opened.iter().map(|one| {
            let mut tally = all.tallies.remove(&one.id).unwrap_or_default();
            tally.exporter.clone_from(&one.id);
            tally.removed +=
                usize::try_from(ended.removed.get(&one.id).copied().unwrap_or_default()).unwrap_or_default();
            (one.summary.clone(), tally)
        });
        let exporters = by_id.collect();
        let mut built = all.settled(findings, bugs);
        built.exporters = exporters;
        built.findings.extend(ended.changed.iter().map(|id| left_behind(id)));
        built.findings.extend(ended.spared.map(|(gone, all)| most_are_gone(gone, all)));
        Ok(built)
    }

    /// Makes the files of people in memory, and keeps the findings alone; without exporters, only what a plan by itself shows.
    ///
    /// # Errors
    /// As [`publish`](Self::publish), but for what concerns an output folder.
    pub(crate) fn check(
        &self,
        rows: impl Iterator<Item = RosterRow> + Send,
        runs_exporters: bool,
    ) -> Result<BuiltForPeople, Error> {
        let Opening { opened, findings, bugs, .. } = self.open(Aim::Findings)?;
        let opened = if runs_exporters { &opened } else { &[][..] };
        let keys = CacheKeys::new(self.request, &BTreeMap::new());
        Ok(self.make(rows, opened, &keys, Place { folder: None, unchanged: None })?.settled(findings, bugs))
    }

    /// The exporters that make files for people, ready to work. Plugins are started only for files.
    fn open(&self, aim: Aim) -> Result<Opening, Error> {
        let request = self.request;
        let project = &request.catalog.project;
        let chosen = choose::choose(request.plugins, project, request.only.as_deref())?;
        let mut opening = choose::open(&chosen.plugins, project);
        if aim == Aim::Files && !chosen.external.is_empty() {
            self.progress.starting_plugins();
            opening.add_external_for_people(&chosen.external, request.only.is_some(), request.surroundings())?;
        }
        opening.opened.retain(Opened::makes_people);
        Ok(opening)
    }

    fn make(
        &self,
        rows: impl Iterator<Item = RosterRow> + Send,
        opened: &[Opened],
        keys: &CacheKeys,
        place: Place<'_>,
    ) -> Result<Collected, Error> {
        let Self { request, chosen, explains, progress, is_stopped } = *self;
        let Place { folder, unchanged } = place;
        let rules = PersonalRules::new(request.catalog, request.sources, request.allowances);
        let catalog = &visible::visible_catalog(request.catalog);
        let shared = Shared { request, catalog, keys, rules: &rules, explains };
        let builder = PersonBuilder::new(shared, opened, folder, unchanged);
        let plugins = PeoplePlugin::among(opened);
        let collected = Mutex::new(Collected::default());
        let failure: Mutex<Option<Error>> = Mutex::default();
        let has_failed = || failure.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        let build = |rows: Vec<RosterRow>| {
            if is_stopped() || has_failed() {
                collected.lock().unwrap_or_else(PoisonError::into_inner).built.stopped = true;
                return;
            }
            let mut begun: Vec<_> = rows.into_iter().map(|row| (row.number, builder.begin(row))).collect();
            for plugin in &plugins {
                let mut pending: Vec<_> = begun.iter_mut().filter_map(|(_, begun)| pending(begun)).collect();
                plugin.export(&mut pending, &builder);
            }
            for (number, begun) in begun {
                match begun.and_then(|begun| builder.finish(begun)) {
                    Ok(outcome) => {
                        progress.finished("people", &outcome.name);
                        collected.lock().unwrap_or_else(PoisonError::into_inner).add(number, outcome);
                    }
                    Err(error) => {
                        failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                    }
                }
            }
        };
        // A row without an id is nobody's, so it is told whoever is chosen.
        let roster = AtomicU64::new(0);
        let mut rows = rows.filter(|row| {
            row.id.as_ref().is_none_or(|id| {
                // The same in any order.
                roster.fetch_add(share::number_of(id.as_str()), Ordering::Relaxed);
                chosen.has(id)
            })
        });
        let at_once = if plugins.is_empty() { 1 } else { AT_ONCE };
        let rows = std::iter::from_fn(|| {
            let some: Vec<RosterRow> = rows.by_ref().take(at_once).collect();
            (!some.is_empty()).then_some(some)
        });
        run::pool(request.jobs)?.install(|| rows.par_bridge().for_each(build));
        if let Some(error) = failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(error);
        }
        let mut collected = collected.into_inner().unwrap_or_else(PoisonError::into_inner);
        collected.roster = Some(Digest::of(&roster.into_inner().to_be_bytes()));
        // Whoever failed may have files with pictures of an earlier catalogue.
        let is_whole = chosen.person.is_none() && !collected.built.stopped && collected.built.failed == 0;
        if let Some(folder) = folder.filter(|_| is_whole) {
            let runs = |path: &str| opened.iter().any(|one| one.id == exporter_of(path));
            folder.remove_shared(&|path| runs(path) && builder.slices.is_idle_picture(path))?;
        }
        Ok(collected)
    }
}

/// The person of a row, if there is more to make for them.
fn pending<'b, 'a>(begun: &'b mut Result<Begun<'a>, Error>) -> Option<&'b mut Pending<'a>> {
    match begun {
        Ok(Begun::Pending(pending)) => Some(pending),
        Ok(Begun::Done(_)) | Err(_) => None,
    }
}

/// Files of somebody who is gone that somebody has changed.
fn left_behind(id: &str) -> Diagnostic {
    let message = format!("`{id}` is no longer in the roster, and files of theirs that were changed by hand stay");
    Diagnostic::warning("person-left-behind", message).help("look at them, and remove them if nobody needs them")
}

/// That most people who have files are not in the roster.
fn most_are_gone(gone: usize, all: usize) -> Diagnostic {
    let message = format!("{gone} of the {all} people who have files are not in the roster; their files stay");
    Diagnostic::error("most-are-gone", message)
        .help("look whether the roster is whole; if they have left, build again with `--remove-gone`")
}

/// What all people come to.
#[derive(Default)]
struct Collected {
    built: BuiltForPeople,
    findings: Findings,
    /// By row.
    reasons: BTreeMap<usize, (Id<PersonId>, Vec<Why>)>,
    tallies: BTreeMap<String, Tally>,
    /// Who is in the roster, in eight bytes each.
    seen: BTreeSet<u64>,
    /// Whether a row has no id that can be read.
    has_unknown: bool,
    /// The ids of the whole roster.
    roster: Option<Digest>,
}

impl Collected {
    /// All of it, with what was found before anybody was built, in the order of the rows.
    fn settled(mut self, found: Vec<Diagnostic>, bugs: Vec<Bug>) -> BuiltForPeople {
        self.built.findings = found;
        let (of_people, left_out) = self.findings.in_order();
        self.built.findings.extend(of_people);
        self.built.left_out += left_out;
        self.built.reasons = self.reasons.into_values().collect();
        self.built.bugs.extend(bugs);
        self.built
    }

    fn add(&mut self, row: usize, outcome: RowOutcome) {
        let RowOutcome { id, name: _, findings, put, unchanged, why, bug } = outcome;
        match &id {
            Some(id) => drop(self.seen.insert(share::number_of(id.as_str()))),
            None => self.has_unknown = true,
        }
        let failed = bug.is_some() || findings.iter().any(|finding| finding.severity == Severity::Error);
        self.built.failed += usize::from(failed);
        self.built.people += usize::from(!failed);
        self.built.unchanged += usize::from(unchanged);
        self.built.bugs.extend(bug);
        self.findings.add(row, id.as_ref(), findings);
        if let (Some(id), Some(_), false) = (id, &put, why.is_empty()) {
            self.reasons.insert(row, (id, why));
        }
        while self.reasons.len() > MOST_REASONS {
            self.reasons.pop_last();
            self.built.reasons_left_out += 1;
        }
        for (exporter, tally) in put.map(|put| put.tallies).unwrap_or_default() {
            self.tallies.entry(exporter).or_default().add(&tally);
        }
    }
}
