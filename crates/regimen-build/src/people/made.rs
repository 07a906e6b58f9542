//! The files of one person.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use regimen_catalog::language::Language;
use regimen_catalog::lint::PersonalRules;
use regimen_catalog::model::{Entry, Exercise, Person, PersonId, Program};
use regimen_catalog::people::RosterRow;
use regimen_catalog::plan::{PersonalPlan, personalise};
use regimen_catalog::{Catalog, Diagnostic, Id, Label, PROJECT_FILE, Place, Reference, Severity, Spot, pinned};
use regimen_export::{Artifact, Subject, Unit};

use super::unchanged::Unchanged;
use crate::Request;
use crate::digest::Digest;
use crate::error::{Bug, Error, Refusal};
use crate::guard::{exported, guarded};
use crate::keys::CacheKeys;
use crate::opened::{Backend, Opened};
use crate::publish::{Known, PeopleFolder, Put};
use crate::stamp::Stamp;

/// Parts of the catalogue are kept for so many choices of exercises; others are cut out each time.
const MOST_SLICES: usize = 500;

/// What does not depend on the exporters.
#[derive(Clone, Copy)]
pub(super) struct Shared<'a> {
    pub(super) request: &'a Request<'a>,
    /// The catalogue as units may see it.
    pub(super) catalog: &'a Catalog,
    pub(super) keys: &'a CacheKeys,
    pub(super) rules: &'a PersonalRules<'a>,
}

/// What the files of all people are made with.
pub(super) struct Maker<'a> {
    shared: Shared<'a>,
    opened: &'a [Opened],
    /// The exporters that run.
    ids: BTreeSet<&'a str>,
    /// Where files go; nowhere if they are only to be looked at.
    folder: Option<&'a PeopleFolder>,
    unchanged: Option<&'a Unchanged<'a>>,
    /// What everybody's files depend on.
    common: String,
    slices: Mutex<BTreeMap<SliceOf, Arc<Slice>>>,
}

/// A programme, and the exercises that somebody has in place of others.
type SliceOf = (Id<Program>, BTreeSet<Id<Exercise>>);

/// The part of the catalogue that a person needs, and the digest of its files.
struct Slice {
    catalog: Catalog,
    digest: Option<Digest>,
}

/// What became of a row.
#[derive(Default)]
pub(super) struct Made {
    pub(super) id: Option<Id<PersonId>>,
    /// How messages call it.
    pub(super) name: String,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) put: Option<Put>,
    pub(super) unchanged: bool,
    pub(super) bug: Option<Bug>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(
        shared: Shared<'a>,
        opened: &'a [Opened],
        folder: Option<&'a PeopleFolder>,
        unchanged: Option<&'a Unchanged<'a>>,
    ) -> Self {
        let exporters = opened.iter().map(|one| format!("{} {}", one.id, one.fingerprint));
        let common = format!("1 {} {}", shared.keys.common(), exporters.collect::<Vec<_>>().join(" "));
        let ids = opened.iter().map(|one| one.id.as_str()).collect();
        Self { shared, opened, ids, folder, unchanged, common, slices: Mutex::default() }
    }

    /// Makes and publishes the files of the person of a row.
    pub(super) fn make(&self, row: RosterRow) -> Result<Made, Error> {
        let RosterRow { id, place, person, .. } = row;
        let name = id.as_ref().map_or_else(|| "person".to_owned(), |id| format!("person:{id}"));
        let made = Made { id, name, ..Made::default() };
        let person = match person {
            Ok(person) => person,
            Err(findings) => return Ok(Made { findings, ..made }),
        };
        // A programme that is not there is a finding of the row.
        let Some(program) = self.shared.catalog.programs.get(&person.program) else { return Ok(made) };
        let language = self.language(&person);
        let known = self.folder.map(|folder| folder.known(&person.id)).transpose()?.unwrap_or_default();
        let made_from = self.digest(program, &person);
        let made_from = made_from.map(|digest| format!("{} | {} | {digest} | {person:?}", self.common, language.tag));
        if let (Some(unchanged), Some(folder), Some(made_from)) = (self.unchanged, self.folder, &made_from)
            && let Some(stamps) = folder.stamps(&known, &self.ids)?
            && !stamps.is_empty()
            && unchanged.is_so(person.id.as_str(), made_from, &stamps)
        {
            return Ok(Made { put: Some(as_they_were(&stamps)), unchanged: true, ..made });
        }
        let Anew { mut findings, files, bug } = self.anew(program, &person, (language, &known))?;
        findings = findings.into_iter().map(|finding| self.placed(finding, &person, &place)).collect();
        let has_error = bug.is_some() || findings.iter().any(|finding| finding.severity == Severity::Error);
        let Some(folder) = self.folder.filter(|_| !has_error) else { return Ok(Made { findings, bug, ..made }) };
        let put = match self.put(folder, &person, files) {
            Ok(put) => put,
            // What is in the way of one person is not in the way of others.
            Err(Error::Refused(refusals)) => {
                findings.extend(refusals.iter().map(|refusal| self.placed(in_the_way(refusal), &person, &place)));
                return Ok(Made { findings, ..made });
            }
            Err(error) => return Err(error),
        };
        // What there is to say is said each time, so it has to be found again.
        if let (Some(unchanged), Some(made_from), true) = (self.unchanged, made_from, findings.is_empty()) {
            unchanged.keep(person.id.as_str(), &made_from, &put.stamps);
        }
        let unchanged = put.tallies.values().all(|tally| tally.written == 0 && tally.removed == 0);
        Ok(Made { findings, put: Some(put), unchanged, ..made })
    }

    /// Writes out the plan of a person and exports it.
    fn anew(
        &self,
        program: &Entry<Program>,
        person: &Person,
        (language, known): (&Language, &Known),
    ) -> Result<Anew, Error> {
        let personal = match personalise(self.shared.catalog, program, person) {
            Ok(personal) => personal,
            Err(findings) => return Ok(Anew { findings, ..Anew::default() }),
        };
        let PersonalPlan { plan, replacements, findings } = personal;
        let mut anew = Anew { findings, ..Anew::default() };
        anew.findings.extend(self.shared.rules.findings(program, &plan));
        let slice = self.slice((program.id.clone(), replacements));
        let unit = Unit {
            subject: Subject::Plan(program, &plan),
            catalog: &slice.catalog,
            language,
            build: &self.shared.request.info,
            previous: &[],
            person: Some(person),
        };
        for one in self.opened {
            match self.export(one, &unit, known)? {
                Ok(Exported { files, findings, nothing }) => {
                    anew.files.extend(files);
                    anew.findings.extend(findings.into_iter().filter_map(|finding| self.judged(finding, nothing)));
                }
                Err(bug) => return Ok(Anew { bug: Some(bug), ..Anew::default() }),
            }
        }
        Ok(anew)
    }

    /// Puts the files of a person in their place, and those that are the same for all.
    fn put(&self, folder: &PeopleFolder, person: &Person, files: Vec<Artifact>) -> Result<Put, Error> {
        let (own, shared): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| is_own(file, person));
        for file in shared {
            folder.put_shared(&file.path, &file.bytes)?;
        }
        let with_digest = |file: Artifact| {
            let digest = Digest::of(&file.bytes);
            (file, digest)
        };
        folder.put(&person.id, &self.ids, &own.into_iter().map(with_digest).collect::<Vec<_>>())
    }

    /// What an exporter makes for a person, or how it broke off. What it said then may have the person's name in it, and is not told.
    fn export(&self, one: &Opened, unit: &Unit<'_>, known: &Known) -> Result<Result<Exported, Bug>, Error> {
        let Backend::BuiltIn(exporter) = &one.backend else { return Ok(Ok(Exported::default())) };
        let language = unit.tag();
        let folder = match language == self.shared.catalog.language() {
            true => one.id.clone(),
            false => format!("{}/{language}", one.id),
        };
        let bug = || {
            let unit = unit.person.map(|person| format!("person:{}", person.id));
            Bug { exporter: one.id.clone(), unit, message: "it broke off".into() }
        };
        let Ok(paths) = guarded(|| exporter.previous_files(unit)) else { return Ok(Err(bug())) };
        let mut previous = Vec::new();
        for path in paths {
            let Ok(place) = path.below(&folder) else { continue };
            let bytes = self.folder.map(|folder| folder.previous(known, &place)).transpose()?.flatten();
            previous.extend(bytes.map(|bytes| Artifact { path, bytes }));
        }
        let unit = Unit { previous: &previous, ..*unit };
        let Ok((files, findings)) = exported(exporter.as_ref(), &unit) else { return Ok(Err(bug())) };
        let (nothing, mut findings, mut placed) = (files.is_empty(), exporter.gather(findings), Vec::new());
        for Artifact { path, bytes } in files {
            match path.below(&folder) {
                Ok(path) => placed.push(Artifact { path, bytes }),
                Err(bad) => findings.push(Diagnostic::error("bad-path", format!("exporter `{}`: {bad}", one.id))),
            }
        }
        Ok(Ok(Exported { files: placed, findings, nothing }))
    }

    fn language(&self, person: &Person) -> &'a Language {
        let own = person.own.language.as_ref().and_then(|tag| self.shared.catalog.languages.get(tag));
        let usual = || &self.shared.catalog.languages[self.shared.catalog.language()];
        own.unwrap_or_else(usual)
    }

    /// The digest of all of the catalogue that a person's plan may have: the programme, and what may take the place of its exercises.
    fn digest(&self, program: &Entry<Program>, person: &Person) -> Option<Digest> {
        let own = &person.own;
        let mut exercises: BTreeSet<Id<Exercise>> = own.instead.values().cloned().collect();
        if own.equipment.is_some() {
            let of_program = self.slice((program.id.clone(), BTreeSet::new()));
            exercises.extend(of_program.catalog.exercises.values().flat_map(|exercise| exercise.substitutes.clone()));
        }
        self.slice((program.id.clone(), exercises)).digest
    }

    fn slice(&self, of: SliceOf) -> Arc<Slice> {
        let lock = || self.slices.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&of) {
            return known.clone();
        }
        let (program, exercises) = &of;
        let roots: Vec<Reference> =
            std::iter::once(program.into()).chain(exercises.iter().map(Reference::from)).collect();
        let catalog = self.shared.catalog.slice(&roots);
        let slice = Arc::new(Slice { digest: self.shared.keys.slice(&catalog), catalog });
        let mut slices = lock();
        if slices.len() < MOST_SLICES {
            slices.insert(of, slice.clone());
        }
        slice
    }

    /// A finding of an exporter with the severity that the catalogue gives it.
    fn judged(&self, finding: Diagnostic, nothing: bool) -> Option<Diagnostic> {
        if nothing && finding.severity == Severity::Error {
            return Some(finding);
        }
        let severity = self.shared.request.rules().severity(&finding, &mut BTreeSet::new())?;
        Some(Diagnostic { severity, ..finding })
    }

    /// A finding at the row of its person: what has no place of its own, and what would be at a schedule of theirs, which is in no file.
    fn placed(&self, mut finding: Diagnostic, person: &Person, row: &Place) -> Diagnostic {
        let is_of_schedule = |place: &Place| {
            let (Spot::Value(path) | Spot::Key(path) | Spot::Within(path, _)) = &place.spot else { return false };
            let mut keys = path.to_string();
            keys.push('.');
            *place.file == *PROJECT_FILE && keys.starts_with(&format!("schedules.{}.", person.id))
        };
        finding.labels.retain(|label| !is_of_schedule(&label.place));
        for label in &mut finding.labels {
            label.place = pinned(self.shared.request.sources, &label.place);
        }
        finding.message = format!("{}: {}", person.id, finding.message);
        finding.labels.insert(0, Label { place: row.clone(), text: String::new() });
        finding
    }
}

/// What was made of a plan, without places.
#[derive(Default)]
struct Anew {
    findings: Vec<Diagnostic>,
    files: Vec<Artifact>,
    bug: Option<Bug>,
}

/// What an exporter made.
#[derive(Default)]
struct Exported {
    files: Vec<Artifact>,
    findings: Vec<Diagnostic>,
    /// Whether it made no file.
    nothing: bool,
}

/// A file that is not ours, where one of a person's has to be.
fn in_the_way(refusal: &Refusal) -> Diagnostic {
    let message = format!("`{}` {}", refusal.path.display(), refusal.reason);
    Diagnostic::error("person-file", message).help(refusal.reason.hint())
}

/// Whether a file is of its person alone: it has their id in its name. Pictures, which may have such a name, are in a folder of their own
/// and the same for all.
fn is_own(file: &Artifact, person: &Person) -> bool {
    let mut parts = file.path.as_str().rsplit('/');
    let (name, folder) = (parts.next().unwrap_or_default(), parts.next());
    let has_id = name.strip_prefix(person.id.as_str()).is_some_and(|rest| rest.starts_with('.'));
    has_id && matches!(folder, Some("people" | "private"))
}

/// What is said of files that nobody has to make.
fn as_they_were(stamps: &[(String, Stamp)]) -> Put {
    let mut put = Put { tallies: BTreeMap::new(), stamps: stamps.to_vec() };
    for (path, stamp) in stamps {
        put.keep(path, stamp.size);
    }
    put
}
