//! From a programme to a plan: weeks counted, days dated, doses grown.

mod blocks;
mod context;
mod items;

use std::collections::{BTreeMap, BTreeSet};

use super::carried::Carried;
use super::dated::{PlacedWeek, placed};
use super::grown::ProgressionError;
use super::last_load;
use super::lighter;
use super::open::Started;
use super::outline::{Outline, Outlined};
use super::placed::{self, PlacementError};
use super::progress::list_fits;
use super::reader::Reader;
use super::times_done::TimesDone;
use super::{Plan, PlannedAlternative, PlannedBlock, PlannedPart, PlannedSession, PlannedWeek, reckon, results, short};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::{
    Entry, HourOfDay, Note, PerWeek, PlacedWork, Program, RunStep, RunTarget, Schedule, ScheduleName, Session,
};
use crate::quantity::Duration;
use crate::reference::{Id, Reference};
use crate::vocabulary::{SessionKind, Sport};

/// Writes a programme out week by week; with a schedule, every session gets its date.
///
/// The days of a week count from the day on which its first week starts: a programme that starts on a
/// Wednesday has its Tuesday session six days later, unless that would put it on the other side of a race: then its weeks run from
/// Monday to Sunday. A programme that is placed by its race has the race on the day of the schedule, the other sessions of
/// the race's phase and of those after it as many days before or after it as in the programme, and earlier phases on their
/// weekdays.
///
/// # Errors
/// Findings where the programme cannot be meant: a step that does not fit its dose, a list of the wrong length, a
/// cap below the start, a race that is not there, too few days for the sessions of a week, dates beyond the
/// calendar. Entries that do not exist are left out here, because checking the catalogue already reports them.
pub fn expand(
    catalog: &Catalog,
    program: &Entry<Program>,
    schedule: Option<(&Id<ScheduleName>, &Schedule)>,
) -> Result<Plan, Vec<Diagnostic>> {
    expand_for(catalog, program, schedule.map(|(name, schedule)| Reader::of_schedule(name, schedule)))
}

/// The same for a reader.
pub(super) fn expand_for(
    catalog: &Catalog,
    program: &Entry<Program>,
    reader: Option<Reader<'_>>,
) -> Result<Plan, Vec<Diagnostic>> {
    let placed = placed(catalog, program, reader)?;
    let mut expansion = Expansion {
        catalog,
        program,
        started: Started::default(),
        carried: Carried::default(),
        times: TimesDone::default(),
        lessened: false,
        findings: Vec::new(),
        found: BTreeSet::new(),
        of_cells: BTreeMap::new(),
    };
    expansion.pass(&placed.before);
    let changing = reader.filter(|reader| !reader.schedule.changes.is_empty());
    let done_on = |slot: &str, day: u32| changing.map_or(Some(day.into()), |reader| placed.done_on(reader, slot, day));
    let mut weeks: Vec<PlannedWeek> = placed.weeks.iter().map(|week| expansion.week(week, &done_on)).collect();
    if let Some(first) = weeks.first_mut().filter(|_| !placed.before.is_empty()) {
        results::of_a_first_time(first);
    }
    let mut plan = Plan { program: program.id.clone(), schedule: None, weeks, left_out: Vec::new() };
    if let Some(reader) = reader
        && let Err(findings) = placed.date(&mut plan, reader)
    {
        expansion.findings.extend(findings);
    }
    expansion.count_cells();
    if expansion.findings.is_empty() { Ok(plan) } else { Err(expansion.findings) }
}

/// A session where it is placed, or one that may be done instead.
struct Placing<'o, 'a> {
    outlined: &'o Outlined<'a>,
    session: &'a Entry<Session>,
    /// How much of it is done, as far as this is said here.
    work: Option<PlacedWork<'o>>,
    /// What to mind, beside what the session says.
    note: Option<&'o Note>,
    /// Where this is said, below the placement.
    below: FieldPath,
}

impl Placing<'_, '_> {
    /// How long it takes. What a session states itself is the time of its own run, not of one that is placed with another length.
    fn duration(&self, parts: &[PlannedPart]) -> Option<Duration> {
        let own = self.session.duration.filter(|_| self.work.as_ref().is_none_or(|work| !work.changes_run()));
        own.or_else(|| reckon::duration(parts))
    }

    /// The targets that it gives the session.
    fn targets(&self) -> Vec<RunTarget> {
        let Some(work) = &self.work else { return Vec::new() };
        let sport = Sport::of(self.session.kind);
        let strokes =
            |target: RunTarget| if sport.is_some_and(Sport::has_strokes) { target.in_strokes() } else { target };
        let mut targets: Vec<RunTarget> = work.target.copied().map(strokes).into_iter().collect();
        for step in work.run.into_iter().flatten() {
            // As the steps of the plan have them.
            let mut step = step.clone();
            step.done_as(sport);
            targets.extend(step.all().into_iter().filter_map(|step| match step {
                RunStep::Stretch(stretch) => stretch.target,
                RunStep::Repeat(_) => None,
            }));
        }
        targets
    }
}

struct Expansion<'a> {
    catalog: &'a Catalog,
    program: &'a Entry<Program>,
    started: Started,
    carried: Carried,
    times: TimesDone,
    /// Whether a share of a lighter week has made something less in the session that is written out.
    lessened: bool,
    findings: Vec<Diagnostic>,
    /// Where what has been found.
    found: BTreeSet<(Option<Place>, String)>,
    /// What is wrong with cells of a grid: the finding of the first one, and how many others have the same.
    of_cells: BTreeMap<String, (usize, usize)>,
}

impl<'a> Expansion<'a> {
    /// Goes through weeks of the programme that the plan lacks because it begins later: what grows by the week or the session goes on
    /// from them. Loads that depend on results are those of a first time, and what is wrong in these weeks is found in the programme.
    fn pass(&mut self, before: &[Outline<'a>]) {
        for outline in before {
            for outlined in &outline.sessions {
                self.session(outline, outlined);
            }
        }
        self.started = Started::default();
        self.findings.clear();
        self.found.clear();
        self.of_cells.clear();
    }

    /// Writes a week out. `done_on` knows the day on which a session is done, by its slot and the day for which it is planned.
    fn week(&mut self, placed: &PlacedWeek<'a>, done_on: &dyn Fn(&str, u32) -> Option<i64>) -> PlannedWeek {
        let PlacedWeek { number, outline, slots, first_day, waits, days } = placed;
        let sessions = outline.sessions.iter().zip(slots).zip(days);
        let mut sessions: Vec<_> = sessions.map(|((session, slot), day)| (session, slot, *day)).collect();
        // A stable sort: two sessions on one day stay in the order of the file, as far as none is said to be the first.
        sessions.sort_by_key(|(session, _, day)| (*day, session.planned.at.map_or(1, HourOfDay::order)));
        let mut order: Vec<(usize, Option<i64>)> =
            sessions.iter().map(|(_, slot, day)| done_on(slot, *day)).enumerate().collect();
        let planned = |(_, _, day): &(_, _, u32)| i64::from(*day);
        let is_moved =
            order.iter().zip(&sessions).any(|((_, done), one)| done.is_some_and(|done| done != planned(one)));
        let grown =
            if is_moved { self.grown(outline, sessions.iter().map(|(session, ..)| *session)) } else { Vec::new() };
        order.sort_by_key(|(at, done)| done.unwrap_or_else(|| planned(&sessions[*at])));
        let mut written = Vec::with_capacity(sessions.len());
        for (at, done) in order {
            let (session, slot, offset) = sessions[at];
            if let Some(grown) = grown.get(at) {
                (self.carried, self.times) = grown.clone();
            }
            // What may be left out begins nothing: a reader who leaves it out needs the load the next time.
            let is_certain = done.is_some() && !session.planned.may_be_left_out();
            let before = (!is_certain).then(|| self.started.clone());
            let session = self.session(outline, session);
            self.started = before.unwrap_or_else(|| std::mem::take(&mut self.started));
            written.push(PlannedSession { slot: slot.clone(), week: *number, offset, ..session });
        }
        if let Some(grown) = grown.last() {
            (self.carried, self.times) = grown.clone();
        }
        PlannedWeek {
            number: *number,
            phase: outline.phase.id.clone(),
            kind: outline.kind,
            first_day: *first_day,
            days: outline.days,
            waits: waits.clone(),
            is_turn: outline.phase.length.is_turns(),
            start: None,
            sessions: written,
        }
    }

    /// What has grown up to each of these sessions, and up to the end of all, in the order of the programme: a session that the reader
    /// moves keeps the step that it has there.
    fn grown<'o>(
        &mut self,
        outline: &Outline<'a>,
        sessions: impl Iterator<Item = &'o Outlined<'a>>,
    ) -> Vec<(Carried, TimesDone)>
    where
        'a: 'o,
    {
        let started = self.started.clone();
        let now = |expansion: &Self| (expansion.carried.clone(), expansion.times.clone());
        let mut grown = vec![now(self)];
        for session in sessions {
            self.session(outline, session);
            grown.push(now(self));
        }
        self.started = started;
        grown
    }

    /// A session of a week, without its slot, its day and the number of the week.
    fn session(&mut self, outline: &Outline<'a>, outlined: &Outlined<'a>) -> PlannedSession {
        let session = outlined.session;
        self.started.next_session();
        self.lists_fit(outline, outlined);
        // A week for which it has `none` does not list it.
        let work = outlined.planned.work_in(outline.week);
        let is_dosed = work.as_ref().is_some_and(|work| !work.is_unstated());
        let note = outlined.planned.note.as_ref();
        let placing = Placing { outlined, session, work, note, below: FieldPath::root() };
        let targets = placing.targets();
        self.lessened = false;
        let parts = self.placed(outline, &placing);
        let lessened = self.lessened;
        let or = self.alternatives(outline, outlined);
        self.times.count(outline, outlined, &parts);
        PlannedSession {
            slot: String::new(),
            week: 0,
            day: outlined.day,
            hour: outlined.planned.at,
            offset: 0,
            usual: outline.usual_day(outlined),
            place: outline.place(&self.program.file, outlined, FieldPath::root()),
            date: None,
            is_in_turn: outline.phase.length.is_turns(),
            at: None,
            day_times: Vec::new(),
            moved_from: None,
            session: session.id.clone(),
            kind: session.kind,
            duration: placing.duration(&parts),
            lighter: !is_dosed && lighter::is_lighter(outline, outlined, &parts, lessened),
            targets,
            parts,
            optional: outlined.planned.may_be_left_out(),
            or,
        }
    }

    /// What may be done instead. Sessions that do not exist are left out, as everywhere.
    fn alternatives(&mut self, outline: &Outline<'a>, outlined: &Outlined<'a>) -> Vec<PlannedAlternative> {
        let mut planned = Vec::new();
        for (index, other) in outlined.planned.alternatives() {
            let Some(session) = self.catalog.sessions.get(&other.session) else { continue };
            let below = FieldPath::root().key("or").index(index);
            let placing = Placing { outlined, session, work: Some(other.work()), note: other.note.as_ref(), below };
            let parts = self.placed(outline, &placing);
            let duration = placing.duration(&parts);
            let (session, kind, targets) = (session.id.clone(), session.kind, placing.targets());
            planned.push(PlannedAlternative { session, kind, duration, targets, parts });
        }
        planned
    }

    /// The parts of a session, with what its placement says of them.
    fn placed(&mut self, outline: &Outline<'a>, placing: &Placing<'_, 'a>) -> Vec<PlannedPart> {
        let session = placing.session;
        let doses = placing.work.as_ref().and_then(|work| work.doses);
        let mut parts = self.parts(outline, placing, session, doses);
        let full = placing.work.as_ref().and_then(|work| self.in_full(outline, placing, &parts, work));
        let errors = placing.work.map(|work| placed::place(&mut parts, &PlacedWork { run: full.as_deref(), ..work }));
        last_load::in_weights(self.catalog, &mut parts);
        if let Some(note) = placing.note {
            placed::note(&mut parts, note, &session.id);
        }
        // Notes of placed steps are texts of the session, and its kind is the sport of all of them.
        for block in parts.iter_mut().flat_map(|part| &mut part.blocks) {
            if let PlannedBlock::Run(steps) = block {
                for step in steps {
                    step.own_notes(&Reference::from(&session.id));
                    step.done_as(Sport::of(session.kind));
                }
            }
        }
        let is_cell = placing.outlined.is_cell();
        let errors =
            errors.into_iter().flatten().map(|error| if is_cell { error.in_cell(session.id.as_str()) } else { error });
        for PlacementError { path, message, help, .. } in errors {
            if let Some((_, others)) = self.of_cells.get_mut(&message) {
                *others += 1;
                continue;
            }
            if is_cell {
                self.of_cells.insert(message.clone(), (self.findings.len(), 0));
            }
            let place = outline.place(&self.program.file, placing.outlined, placing.below.clone().join(path));
            self.find(Diagnostic::error("placement", message).at(place, "").help(help));
        }
        parts
    }

    /// The steps of a placement, with what those in short leave out.
    fn in_full(
        &mut self,
        outline: &Outline<'a>,
        placing: &Placing<'_, 'a>,
        parts: &[PlannedPart],
        work: &PlacedWork<'_>,
    ) -> Option<Vec<RunStep>> {
        let (run, catalog) = (work.run?, self.catalog);
        let own = if work.like.is_empty() { Vec::new() } else { short::main_run(parts) };
        let steps = run.iter().enumerate().map(|(index, step)| match work.like.get(index) {
            None => step.clone(),
            Some(like) if *like == placing.session.id => short::in_full(step, &own),
            Some(like) => match catalog.sessions.get(like) {
                Some(like) => {
                    let main = self.main_run(outline, placing, like);
                    match other_sport(placing.session.kind, like.kind) {
                        Some(sport) => short::in_full(&short::in_sport(step, sport), &main),
                        None => short::in_full(step, &main),
                    }
                }
                None => step.clone(),
            },
        });
        Some(steps.collect())
    }

    /// Lists of a placement have one entry for each week of its phase.
    fn lists_fit(&mut self, outline: &Outline<'_>, outlined: &Outlined<'_>) {
        let lengths = outlined.planned.lengths.as_ref().map(|lengths| ("lengths", lengths.len()));
        let repeats = match &outlined.planned.repeats {
            Some(PerWeek::Weeks(weeks)) => Some(("repeats", weeks.len())),
            Some(PerWeek::Always(_)) | None => None,
        };
        for (key, count) in lengths.into_iter().chain(repeats) {
            if let Some(ProgressionError { message, help, .. }) = list_fits(key, count, outline.week_of_phase()) {
                let place = outline.place(&self.program.file, outlined, FieldPath::root().key(key));
                self.find(Diagnostic::error("placement", message).at(place, "").help(help));
            }
        }
    }

    /// Says of what is wrong with a cell in how many others it is, too: one cause is one finding.
    fn count_cells(&mut self) {
        for (index, others) in std::mem::take(&mut self.of_cells).into_values().filter(|(_, others)| *others > 0) {
            if let Some(finding) = self.findings.get_mut(index) {
                let cells = if others == 1 { "cell" } else { "cells" };
                finding.message += &format!(" (and in {others} more {cells})");
            }
        }
    }

    fn report(&mut self, at: &Outline<'_>, index: usize, problem: ProgressionError, dose: Option<Place>) {
        let path =
            FieldPath::root().key("phases").index(at.phase_index).key("progression").index(index).key(problem.key);
        let finding = Diagnostic::error("progression", problem.message)
            .at(Place::value(self.program.file.clone(), path), "")
            .help(problem.help);
        let finding = match dose {
            Some(dose) if problem.involves_dose => finding.at(dose, "the dose is defined here"),
            _ => finding,
        };
        self.find(finding);
    }

    /// Notes a finding. Every week of the phase finds the same; once is enough.
    fn find(&mut self, finding: Diagnostic) {
        let place = finding.labels.first().map(|label| label.place.clone());
        if self.found.insert((place, finding.message.clone())) {
            self.findings.push(finding);
        }
    }
}

/// The sport of a part of a run in a session of this kind, if it is another one than that of the session. A race or a test is of the sport
/// in which one gets ready for it.
fn other_sport(session: SessionKind, part: SessionKind) -> Option<Sport> {
    let own = Sport::of(session);
    let has_own = own.is_some() || session == SessionKind::CrossTrain;
    Sport::of(part).filter(|sport| has_own && own != Some(*sport))
}

#[cfg(test)]
mod tests {
    use super::other_sport;
    use crate::vocabulary::SessionKind::{CrossTrain, Race, Ride, Run, Strength};
    use crate::vocabulary::Sport;

    #[test]
    fn a_part_is_of_another_sport_only_in_a_session_of_one() {
        for (session, part, expected) in [
            (Run, Ride, Some(Sport::Ride)),
            (Ride, Run, Some(Sport::Run)),
            (CrossTrain, Run, Some(Sport::Run)),
            (Run, Run, None),
            (Race, Run, None),
            (Strength, Run, None),
            (Run, Strength, None),
        ] {
            assert_eq!(other_sport(session, part), expected, "{part:?} in {session:?}");
        }
    }
}
