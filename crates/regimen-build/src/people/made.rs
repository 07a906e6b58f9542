//! The files of one person.

use std::collections::BTreeSet;
use std::sync::Arc;

use regimen_catalog::language::Language;
use regimen_catalog::model::{Entry, Exercise, Person, PersonId, Program};
use regimen_catalog::people::RosterRow;
use regimen_catalog::plan::{PersonalPlan, Plan, personalise};
use regimen_catalog::{Catalog, Diagnostic, Id, Label, PROJECT_FILE, Place, Severity, Spot, pinned};
use regimen_export::{Artifact, Subject, Unit};

use super::cause::{Cause, Why};
use super::languages;
use super::output::{Exported, PersonOutput, as_they_were, in_the_way, is_own};
use super::slices::{Shared, Slice, Slices};
use super::unchanged::{Common, Compared, EarlierFindings, MadeFrom, Unchanged};
use crate::digest::Digest;
use crate::error::{Bug, Error};
use crate::guard::{exported, guarded};
use crate::opened::{Backend, Opened};
use crate::publish::{Known, PeopleFolder, Put, exporter_of};
use crate::stamp::Stamp;

/// What the files of all people are made with.
pub(super) struct PersonBuilder<'a> {
    pub(super) shared: Shared<'a>,
    opened: &'a [Opened],
    /// The exporters that run.
    ids: BTreeSet<&'a str>,
    /// Where files go; nowhere if they are only to be looked at.
    folder: Option<&'a PeopleFolder>,
    unchanged: Option<&'a Unchanged<'a>>,
    /// What everybody's files depend on, if anything is remembered of people.
    common: Option<Common>,
    pub(super) slices: Slices<'a>,
}

/// What came of a row.
#[derive(Default)]
pub(super) struct RowOutcome {
    pub(super) id: Option<Id<PersonId>>,
    /// How messages call it.
    pub(super) name: String,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) put: Option<Put>,
    pub(super) unchanged: bool,
    /// Why their files were made, if it was asked.
    pub(super) why: Vec<Why>,
    pub(super) bug: Option<Bug>,
}

impl RowOutcome {
    /// The same with more findings.
    fn with(mut self, findings: impl IntoIterator<Item = Diagnostic>) -> Self {
        self.findings.extend(findings);
        self
    }

    fn done<'a>(self) -> Begun<'a> {
        Begun::Done(Box::new(self))
    }
}

/// Whether anything of a person has changed.
enum LookedUp {
    /// Nothing: the states of their files, and whether there is something to say all the same.
    Same(Vec<(String, Stamp)>, EarlierFindings),
    Other {
        made_from: Option<MadeFrom>,
        why: Vec<Why>,
    },
}

/// A row that has nothing more to do, or a person whose files are not in place yet.
pub(super) enum Begun<'a> {
    Done(Box<RowOutcome>),
    Pending(Box<Pending<'a>>),
}

/// A person whose files are made but for those of plugins, and not in place yet.
pub(super) struct Pending<'a> {
    outcome: RowOutcome,
    pub(super) person: Person,
    /// Their row.
    place: Label,
    pub(super) program: &'a Entry<Program>,
    pub(super) language: Arc<Language>,
    made_from: Option<MadeFrom>,
    pub(super) plan: Plan,
    pub(super) replacements: BTreeSet<Id<Exercise>>,
    pub(super) slice: Arc<Slice>,
    pub(super) output: PersonOutput,
}

impl Pending<'_> {
    /// Whether nothing is wrong so far.
    pub(super) fn is_sound(&self) -> bool {
        !self.output.has_error()
    }
}

impl<'a> PersonBuilder<'a> {
    pub(super) fn new(
        shared: Shared<'a>,
        opened: &'a [Opened],
        folder: Option<&'a PeopleFolder>,
        unchanged: Option<&'a Unchanged<'a>>,
    ) -> Self {
        let exporters: Vec<_> = opened.iter().map(|one| format!("{} {}", one.id, one.fingerprint)).collect();
        let common = unchanged.map(|unchanged| unchanged.common(shared.keys.common(), &exporters.join(" ")));
        let ids = opened.iter().map(|one| one.id.as_str()).collect();
        Self { shared, opened, ids, folder, unchanged, common, slices: Slices::new(shared, unchanged) }
    }

    /// Makes what the exporters of this program make for the person of a row.
    pub(super) fn begin(&self, row: RosterRow) -> Result<Begun<'a>, Error> {
        let RosterRow { id, place, words, person, warnings, cautious, .. } = row;
        let place = Label { place, text: words };
        let name = id.as_ref().map_or_else(|| "person".to_owned(), |id| format!("person:{id}"));
        let outcome = RowOutcome { id, name, ..RowOutcome::default() };
        let person = match person {
            Ok(person) => person,
            Err(findings) => return Ok(self.unreadable(outcome, findings, cautious.as_deref(), &place)?.done()),
        };
        // A programme that is not there is a finding of the row.
        let Some(program) = self.shared.catalog.programs.get(&person.program) else { return Ok(outcome.done()) };
        let language = languages::of(self.shared.catalog, &person);
        let known = self.folder.map(|folder| folder.known(&person.id)).transpose()?.unwrap_or_default();
        let mut same = None;
        let (made_from, why) = match self.looked_up(program, &person, (&language, &known))? {
            LookedUp::Same(stamps, earlier) => {
                let put = as_they_were(&stamps);
                if earlier == EarlierFindings::None {
                    return Ok(RowOutcome { put: Some(put), unchanged: true, ..outcome }.done());
                }
                same = Some(put);
                (None, Vec::new())
            }
            LookedUp::Other { made_from, why } => (made_from, why),
        };
        let findings = warnings.into_iter().map(|warning| of_person(warning, &person)).collect();
        let outcome = RowOutcome { why, findings, ..outcome };
        let PersonalPlan { plan, replacements, findings } = match personalise(self.shared.catalog, program, &person) {
            Ok(personal) => personal,
            Err(mut findings) => {
                let is_unsafe = findings.iter().any(|finding| finding.code == "unsuitable-exercise");
                let put = if is_unsafe { self.withdraw(&person, &known, &mut findings)? } else { None };
                let found = findings.into_iter().map(|finding| self.placed(finding, &person, &place));
                return Ok(RowOutcome { put, why: Vec::new(), ..outcome.with(found) }.done());
            }
        };
        let mut output = PersonOutput { findings, ..PersonOutput::default() };
        output.findings.extend(self.shared.rules.findings(program, &plan, &person));
        output.findings.extend(languages::untranslated(self.shared.catalog, program, &plan, &language.tag));
        if let Some(put) = same.filter(|_| !output.has_error()) {
            let found = output.findings.into_iter().map(|finding| self.placed(finding, &person, &place));
            return Ok(RowOutcome { put: Some(put), unchanged: true, ..outcome.with(found) }.done());
        }
        let slice = self.slices.get(&program.id, replacements.clone());
        let mut pending =
            Pending { outcome, person, place, program, language, made_from, plan, replacements, slice, output };
        self.export_all(&mut pending, &known)?;
        Ok(Begun::Pending(Box::new(pending)))
    }

    /// What comes of a row with an error: files of an earlier build stay, unless it is known that they do not suit the person.
    fn unreadable(
        &self,
        outcome: RowOutcome,
        mut findings: Vec<Diagnostic>,
        cautious: Option<&Person>,
        row: &Label,
    ) -> Result<RowOutcome, Error> {
        let known = match (self.folder, &outcome.id) {
            (Some(folder), Some(id)) => folder.known(id)?,
            _ => Known::default(),
        };
        if known.files.is_empty() {
            return Ok(RowOutcome { findings, ..outcome });
        }
        let program = cautious.and_then(|person| Some((person, self.shared.catalog.programs.get(&person.program)?)));
        let unsafe_for = program.and_then(|(person, program)| {
            let mut found = personalise(self.shared.catalog, program, person).err()?;
            found.retain(|finding| finding.code == "unsuitable-exercise");
            (!found.is_empty()).then_some((person, found))
        });
        let put = match unsafe_for {
            Some((person, mut found)) => {
                let put = self.withdraw(person, &known, &mut found)?;
                findings.extend(found.into_iter().map(|finding| self.placed(finding, person, row)));
                put
            }
            None => {
                let files = known.files.len();
                let (noun, stay) = if files == 1 { ("file", "stays") } else { ("files", "stay") };
                let message =
                    format!("their {files} {noun} of an earlier build {stay}, which may not suit them any more");
                let found = Diagnostic::warning("earlier-files", message).at(row.place.clone(), row.text.clone());
                findings.push(found.help("correct the row and build again before you hand anything out"));
                None
            }
        };
        Ok(RowOutcome { findings, put, ..outcome })
    }

    /// Removes the files of a person whom an exercise of theirs does not suit, so that no earlier sheet leads them to it.
    fn withdraw(&self, person: &Person, known: &Known, findings: &mut Vec<Diagnostic>) -> Result<Option<Put>, Error> {
        let Some(folder) = self.folder.filter(|_| !known.files.is_empty()) else { return Ok(None) };
        let exporters: BTreeSet<&str> = known.files.keys().map(|path| exporter_of(path)).collect();
        let put = folder.put(&person.id, &exporters, &[])?;
        let removed = put.tallies.values().map(|tally| tally.removed).sum::<usize>();
        let (files, are) = if removed == 1 { ("file", "is") } else { ("files", "are") };
        let message = format!(
            "{removed} {files} of an earlier build {are} removed, so that nothing leads to what does not suit them"
        );
        let stays = |path: &&String| folder.has(path);
        let stay: Vec<&String> = known.files.keys().filter(stays).collect();
        let finding = Diagnostic::warning("unsuitable-files", message);
        findings.push(match stay.first() {
            None => finding.help("take back what they have on paper, and tell them to delete an imported calendar"),
            Some(first) => finding.help(format!(
                "`{first}` was changed by hand and is still there: look at it and remove it; take back what they have on paper, too"
            )),
        });
        Ok(Some(put))
    }

    /// Looks up whether anything of a person has changed.
    fn looked_up(
        &self,
        program: &Entry<Program>,
        person: &Person,
        (language, known): (&Language, &Known),
    ) -> Result<LookedUp, Error> {
        let slice = self.slices.possible(&program.id, person);
        let (Some(unchanged), Some(folder), Some(common), Some(digest)) =
            (self.unchanged, self.folder, self.common, slice.digest)
        else {
            return Ok(LookedUp::Other { made_from: None, why: Vec::new() });
        };
        let made_from = unchanged.made_from(common, &format!("{} | {person:?}", language.tag), digest);
        let stamps = folder.stamps(known, &self.ids)?.filter(|stamps| !stamps.is_empty());
        let why = match (unchanged.compare(person.id.as_str(), made_from, stamps.as_deref()), stamps) {
            (Compared::Same(earlier), stamps) => return Ok(LookedUp::Same(stamps.unwrap_or_default(), earlier)),
            (Compared::Other(causes), _) if self.shared.explains => {
                causes.into_iter().map(|cause| self.why(cause, known, &slice.catalog)).collect()
            }
            (Compared::Other(_), _) => Vec::new(),
        };
        Ok(LookedUp::Other { made_from: Some(made_from), why })
    }

    /// A cause in full.
    fn why(&self, cause: Cause, known: &Known, slice: &Catalog) -> Why {
        match cause {
            Cause::NotRemembered if known.files.is_empty() => Why::New,
            Cause::NotRemembered => Why::NotRemembered,
            Cause::Row => Why::Row,
            Cause::Catalog(earlier) => {
                let files = self.shared.keys.files(slice).unwrap_or_default();
                let changed = self.unchanged.and_then(|unchanged| unchanged.changed_files(earlier, &files));
                Why::Catalog(changed.unwrap_or_default())
            }
            Cause::Exporters => Why::Exporters,
            Cause::Program => Why::Program,
            Cause::Files => Why::Files,
            Cause::Findings => Why::Findings,
        }
    }

    /// Lets the exporters of this program make their files.
    fn export_all(&self, pending: &mut Pending<'_>, known: &Known) -> Result<(), Error> {
        let Pending { person, program, language, plan, slice, output, .. } = pending;
        let unit = Unit {
            subject: Subject::Plan(program, plan),
            catalog: &slice.catalog,
            language,
            build: &self.shared.request.info,
            previous: &[],
            person: Some(person),
        };
        for one in self.opened {
            match self.export(one, &unit, known)? {
                Ok(exported) => self.add(output, exported),
                Err(bug) => {
                    *output = PersonOutput { bug: Some(bug), ..PersonOutput::default() };
                    break;
                }
            }
        }
        Ok(())
    }

    /// Adds what an exporter made.
    pub(super) fn add(&self, output: &mut PersonOutput, exported: Exported) {
        let Exported { files, findings, nothing } = exported;
        output.files.extend(files);
        let findings: Vec<_> = findings.into_iter().filter_map(|finding| self.judged(finding, nothing)).collect();
        output.exporters_say |= !findings.is_empty();
        output.findings.extend(findings);
    }

    /// Publishes the files of a person, unless something is wrong.
    pub(super) fn finish(&self, begun: Begun<'_>) -> Result<RowOutcome, Error> {
        let Pending { outcome, person, place, made_from, output, .. } = match begun {
            Begun::Done(outcome) => return Ok(*outcome),
            Begun::Pending(pending) => *pending,
        };
        let has_error = output.has_error();
        let PersonOutput { findings, exporters_say, files, bug } = output;
        let found = findings.into_iter().map(|finding| self.placed(finding, &person, &place));
        let outcome = outcome.with(found);
        let Some(folder) = self.folder.filter(|_| !has_error) else {
            return Ok(RowOutcome { bug, ..outcome });
        };
        let put = match self.put(folder, &person, files) {
            Ok(put) => put,
            // What is in the way of one person is not in the way of others.
            Err(Error::Refused(refusals)) => {
                return Ok(
                    outcome.with(refusals.iter().map(|refusal| self.placed(in_the_way(refusal), &person, &place)))
                );
            }
            Err(error) => return Err(error),
        };
        // What there is to say is said each time, so it has to be found again.
        let findings = match (exporters_say, outcome.findings.is_empty()) {
            (true, _) => EarlierFindings::OfExporters,
            (false, false) => EarlierFindings::OfPlan,
            (false, true) => EarlierFindings::None,
        };
        if let (Some(unchanged), Some(made_from)) = (self.unchanged, made_from) {
            unchanged.keep(person.id.as_str(), made_from, &put.stamps, findings);
        }
        let unchanged = put.tallies.values().all(|tally| tally.written == 0 && tally.removed == 0);
        Ok(RowOutcome { put: Some(put), unchanged, ..outcome })
    }

    /// Puts the files of a person in their place, and those that are the same for all.
    fn put(&self, folder: &PeopleFolder, person: &Person, files: Vec<Artifact>) -> Result<Put, Error> {
        let (own, shared): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| is_own(file, &person.id));
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
        let folder = self.folder_of(one, unit.language);
        let bug = || {
            let unit = unit.person.map(|person| format!("person:{}", person.id));
            Bug { exporter: one.id.clone(), unit, message: "it broke off".into() }
        };
        let Ok(paths) = guarded(|| exporter.previous_files(unit)) else { return Ok(Err(bug())) };
        let previous = languages::previous(self.folder, &paths, (&one.id, &folder), known)?;
        let unit = Unit { previous: &previous, ..*unit };
        let Ok((files, findings)) = exported(exporter.as_ref(), &unit) else { return Ok(Err(bug())) };
        Ok(Ok(Exported::below(&folder, one, files, exporter.gather(findings))))
    }

    /// The folder of an exporter's files in a language: `pdf`, or `pdf/de`.
    pub(super) fn folder_of(&self, one: &Opened, language: &Language) -> String {
        match language.tag == *self.shared.catalog.language() {
            true => one.id.clone(),
            false => format!("{}/{}", one.id, language.tag),
        }
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
    fn placed(&self, mut finding: Diagnostic, person: &Person, row: &Label) -> Diagnostic {
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
        finding.labels.insert(0, row.clone());
        of_person(finding, person)
    }
}

/// A finding that says whom it is about.
fn of_person(finding: Diagnostic, person: &Person) -> Diagnostic {
    Diagnostic { message: format!("{}: {}", person.id, finding.message), ..finding }
}
