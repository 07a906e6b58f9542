//! A build for people: from the rows of a roster to everybody's files, one person after the other.
//!
//! Nothing is kept of a person once their files are in place but digests that are keyed with a secret of the user, so memory does not
//! grow with the roster. A person whose plan has an error gets no files; the others are built. What people have is never in the cache,
//! in names of files but for the id, or in what is told of a bug.

mod made;
mod unchanged;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use regimen_catalog::lint::PersonalRules;
use regimen_catalog::model::PersonId;
use regimen_catalog::people::RosterRow;
use regimen_catalog::{Diagnostic, Id, Severity};

use self::made::{Made, Maker};
use self::unchanged::Unchanged;
use crate::choose;
use crate::error::{Bug, Error};
use crate::keys::CacheKeys;
use crate::publish::{PeopleFolder, Tally, Target};
use crate::share::{self, Shard};
use crate::visible;
use crate::{Progress, Request, run};

/// As many findings are kept; of others only how many there are.
const MOST_FINDINGS: usize = 2_000;

/// Which people of a roster a build is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// One person alone.
    pub person: Option<Id<PersonId>>,
    /// One of several shares.
    pub shard: Option<Shard>,
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
    /// How many people have their files, how many of them as they were, and how many have none because of an error.
    pub people: usize,
    /// Of these, how many have the files that they had.
    pub unchanged: usize,
    /// How many have none, because of an error.
    pub failed: usize,
    /// How many were removed because they are no longer in the roster.
    pub removed: usize,
    /// What was done for each exporter, with what it makes in a few words.
    pub exporters: Vec<(String, Tally)>,
    /// Mistakes of exporters.
    pub bugs: Vec<Bug>,
    /// Whether it was stopped before the end of the roster.
    pub stopped: bool,
}

/// Makes the files of people and publishes them, each person by themselves.
///
/// # Errors
/// [`Error::Usage`] for an unknown exporter, [`Error::Refused`] and [`Error::Io`] as when an output folder is opened; an error with the
/// files of one person ends the build after those that are being made.
pub fn build_for_people(
    request: &Request<'_>,
    rows: impl Iterator<Item = RosterRow> + Send,
    chosen: &Chosen,
    target: Target<'_>,
    progress: &dyn Progress,
    is_stopped: &(dyn Fn() -> bool + Sync),
) -> Result<BuiltForPeople, Error> {
    let project = &request.catalog.project;
    let of_request = choose::choose(request.plugins, project, request.only.as_deref())?;
    let opening = choose::open(&of_request.plugins, project);
    let opened: Vec<_> = opening.opened.into_iter().filter(|one| one.makes_people()).collect();
    let ids: Vec<&str> = opened.iter().map(|one| one.id.as_str()).collect();
    let folder = PeopleFolder::open(target, &ids)?;
    let unchanged = request.cache.and_then(|cache| Unchanged::open(cache, target.out));
    let keys = CacheKeys::new(request, &BTreeMap::new());
    let rules = PersonalRules::new(request.catalog, request.sources, request.allowances);
    let catalog = &visible::visible_catalog(request.catalog);
    let maker = Maker::new(request, &opened, catalog, &folder, unchanged.as_ref(), &keys, &rules);
    let tally = Mutex::new(Collected::default());
    let failure: Mutex<Option<Error>> = Mutex::default();
    let has_failed = || failure.lock().unwrap_or_else(PoisonError::into_inner).is_some();
    let build = |row: RosterRow| {
        if is_stopped() || has_failed() {
            tally.lock().unwrap_or_else(PoisonError::into_inner).stopped = true;
            return;
        }
        let number = row.number;
        match maker.make(row) {
            Ok(made) => {
                progress.finished("people", &made.name);
                tally.lock().unwrap_or_else(PoisonError::into_inner).add(number, made);
            }
            Err(error) => {
                failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            }
        }
    };
    // A row without an id is nobody's, so it is told whoever is chosen.
    let rows = rows.filter(|row| row.id.as_ref().is_none_or(|id| chosen.has(id)));
    run::pool(request.jobs)?.install(|| rows.par_bridge().for_each(build));
    if let Some(error) = failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    let mut all = tally.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut built = std::mem::take(&mut all.built);
    built.stopped = all.stopped;
    // Only a build of the whole roster, or of a whole share of it, knows who is gone. A row that cannot be read may be anybody.
    let is_whole = chosen.person.is_none() && !built.stopped && !all.has_unknown;
    let seen = &all.seen;
    let gone = |id: &str| chosen.shard.is_none_or(|shard| shard.has(id)) && !seen.contains(&share::number_of(id));
    let (removed, changed) = folder.finish(if is_whole { Some(&gone) } else { None })?;
    if let Some(unchanged) = unchanged {
        unchanged.write(is_whole && chosen.shard.is_none());
    }
    let by_id = opened.iter().map(|one| {
        let mut tally = all.tallies.remove(&one.id).unwrap_or_default();
        tally.exporter.clone_from(&one.id);
        tally.removed += usize::try_from(removed.get(&one.id).copied().unwrap_or_default()).unwrap_or_default();
        (one.summary.clone(), tally)
    });
    built.exporters = by_id.collect();
    built.findings.extend(opening.findings);
    let mut findings = all.findings;
    findings.sort_by_key(|(row, _)| *row);
    built.findings.extend(findings.into_iter().map(|(_, finding)| finding));
    built.findings.extend(changed.iter().map(|id| left_behind(id)));
    built.bugs.extend(opening.bugs);
    Ok(built)
}

/// Files of somebody who is gone that somebody has changed.
fn left_behind(id: &str) -> Diagnostic {
    let message = format!("`{id}` is no longer in the roster, and files of theirs that were changed by hand stay");
    Diagnostic::warning("person-left-behind", message).help("look at them, and remove them if nobody needs them")
}

/// What all people come to.
#[derive(Default)]
struct Collected {
    built: BuiltForPeople,
    findings: Vec<(usize, Diagnostic)>,
    tallies: BTreeMap<String, Tally>,
    /// Who is in the roster, in eight bytes each.
    seen: BTreeSet<u64>,
    /// Whether a row has no id that can be read.
    has_unknown: bool,
    stopped: bool,
}

impl Collected {
    fn add(&mut self, row: usize, made: Made) {
        let Made { id, name: _, findings, put, unchanged, bug } = made;
        match &id {
            Some(id) => drop(self.seen.insert(share::number_of(id.as_str()))),
            None => self.has_unknown = true,
        }
        let failed = bug.is_some() || findings.iter().any(|finding| finding.severity == Severity::Error);
        self.built.failed += usize::from(failed);
        self.built.people += usize::from(!failed);
        self.built.unchanged += usize::from(unchanged);
        self.built.bugs.extend(bug);
        for finding in findings {
            if self.findings.len() < MOST_FINDINGS {
                self.findings.push((row, finding));
            } else {
                self.built.left_out += 1;
            }
        }
        for (exporter, [written, right, removed, bytes]) in put.map(|put| put.tallies).unwrap_or_default() {
            let count = |number: u64| usize::try_from(number).unwrap_or_default();
            let tally = self.tallies.entry(exporter).or_default();
            tally.written += count(written);
            tally.unchanged += count(right);
            tally.removed += count(removed);
            tally.bytes += bytes;
        }
    }
}
