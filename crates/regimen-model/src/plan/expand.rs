//! From a programme to a plan: weeks counted, days dated, doses grown.

use std::collections::BTreeMap;

use super::carried::{Carried, Line};
use super::dated::{PlacedWeek, placed};
use super::followed::{after_a_set, followed, inherited};
use super::grown::{ProgressionError, WeekDoses, WeekOfPhase};
use super::last_load;
use super::lighter;
use super::open::{self, Shares, Started};
use super::outline::{Outline, Outlined};
use super::placed::{self, PlacementError};
use super::progress::{PhaseProgression, list_fits};
use super::reader::Reader;
use super::run_steps::{is_written_for_week, steps_in_week};
use super::{
    Instruction, Plan, PlannedAlternative, PlannedBlock, PlannedItem, PlannedPart, PlannedSession, PlannedWeek, reckon,
    share, short,
};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::{
    Dose, Doses, Entry, Exercise, ExerciseGroup, GroupFormat, Grows, HourOfDay, Item, LineName, Misfit, Note, PerWeek,
    PlacedWork, Program, RunStep, RunTarget, Schedule, ScheduleName, Scheme, Session, SessionBlock,
};
use crate::quantity::{Duration, Extent};
use crate::reference::{Id, Reference};
use crate::vocabulary::{Section, Sport};

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
    let reader = schedule.map(|(name, schedule)| Reader { name, schedule });
    let placed = placed(catalog, program, reader)?;
    let mut expansion = Expansion {
        catalog,
        program,
        started: Started::default(),
        carried: Carried::default(),
        lessened: false,
        findings: Vec::new(),
    };
    let weeks = placed.weeks.iter().map(|week| expansion.week(week)).collect();
    let mut plan = Plan { program: program.id.clone(), schedule: None, weeks, left_out: Vec::new() };
    if let Some(reader) = reader
        && let Err(findings) = placed.date(&mut plan, reader)
    {
        expansion.findings.extend(findings);
    }
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
        let of_run = work.run.into_iter().flatten().flat_map(RunStep::all).filter_map(|step| match step {
            RunStep::Stretch(stretch) => stretch.target,
            RunStep::Repeat(_) => None,
        });
        let all = work.target.copied().into_iter().chain(of_run);
        // As the steps have them.
        let has_strokes = Sport::of(self.session.kind).is_some_and(Sport::has_strokes);
        all.map(|target| if has_strokes { target.in_strokes() } else { target }).collect()
    }
}

struct Expansion<'a> {
    catalog: &'a Catalog,
    program: &'a Entry<Program>,
    started: Started,
    carried: Carried,
    /// Whether a share of a lighter week has made something less in the session that is written out.
    lessened: bool,
    findings: Vec<Diagnostic>,
}

impl<'a> Expansion<'a> {
    fn week(&mut self, placed: &PlacedWeek<'a>) -> PlannedWeek {
        let PlacedWeek { number, outline, slots, first_day, days } = placed;
        let mut sessions: Vec<_> = outline.sessions.iter().zip(slots).zip(days).collect();
        // A stable sort: two sessions on one day stay in the order of the file, as far as none is said to be the first.
        sessions.sort_by_key(|((session, _), day)| (**day, session.planned.at.map_or(1, HourOfDay::order)));
        let sessions = sessions.into_iter().map(|((session, slot), day)| PlannedSession {
            slot: slot.clone(),
            week: *number,
            offset: *day,
            ..self.session(outline, session)
        });
        let sessions = sessions.collect();
        PlannedWeek {
            number: *number,
            phase: outline.phase.id.clone(),
            kind: outline.kind,
            first_day: *first_day,
            days: outline.days,
            is_turn: outline.phase.length.is_turns(),
            start: None,
            sessions,
        }
    }

    /// A session of a week, without its slot, its day and the number of the week.
    fn session(&mut self, outline: &Outline<'a>, outlined: &Outlined<'a>) -> PlannedSession {
        let session = outlined.session;
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
            moved_from: None,
            session: session.id.clone(),
            kind: session.kind,
            duration: placing.duration(&parts),
            lighter: !is_dosed && lighter::is_lighter(outline, outlined, &parts, lessened),
            targets,
            parts,
            optional: outlined.planned.may_be_left_out(),
            or: self.alternatives(outline, outlined),
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
        let steps = work.run?.iter().enumerate().map(|(index, step)| match work.like.get(index) {
            None => step.clone(),
            Some(like) if *like == placing.session.id => short::in_full(step, parts),
            Some(like) => match self.catalog.sessions.get(like) {
                Some(like) => short::in_full(step, &self.parts(outline, placing, like, None)),
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

    fn parts(
        &mut self,
        outline: &Outline<'a>,
        placing: &Placing<'_, 'a>,
        session: &'a Entry<Session>,
        placed: Option<&BTreeMap<LineName, Doses>>,
    ) -> Vec<PlannedPart> {
        let name = &placing.outlined.name();
        let mut parts = Vec::new();
        for (section, _, blocks) in session.parts() {
            let from = Reference::from(&session.id);
            let mut planned = Vec::new();
            for block in blocks {
                self.block(
                    &Context { outline, session, name, section, placed, format: None, written_format: None },
                    &from,
                    block,
                    &mut planned,
                );
            }
            if !planned.is_empty() {
                parts.push(PlannedPart { section, blocks: planned });
            }
        }
        parts
    }

    fn block(&mut self, context: &Context<'_>, from: &Reference, block: &SessionBlock, out: &mut Vec<PlannedBlock>) {
        match block {
            SessionBlock::Item(item) => out.extend(self.items(context, from, item).into_iter().map(PlannedBlock::Item)),
            SessionBlock::Group(group) => out.push(self.group(context, from, group)),
            SessionBlock::Run(steps) => out.push(PlannedBlock::Run(self.run(context, from, steps))),
            SessionBlock::Text(key) => out.push(PlannedBlock::Text(from.clone(), key.clone())),
            SessionBlock::Use(id) => {
                // A fragment holds no other fragment (checking says so), so this goes one level deep.
                let catalog = self.catalog;
                let Some(fragment) = catalog.fragments.get(id) else {
                    return;
                };
                let from = Reference::from(id);
                for inner in fragment.blocks.iter().filter(|inner| !matches!(inner, SessionBlock::Use(_))) {
                    self.block(context, &from, inner, out);
                }
            }
        }
    }

    fn group(&mut self, context: &Context<'_>, from: &Reference, group: &ExerciseGroup) -> PlannedBlock {
        // Doses that are written for this week are for all rounds, so these are final as well.
        let in_turns = &Context { format: Some(group.format), ..*context };
        let is_final = || group.items.iter().any(|item| self.is_final(in_turns, item));
        let format = match context.outline.volume.filter(|_| context.lightened() && !is_final()) {
            Some(volume) => group.format.with_rounds(|rounds| share::of_count(rounds, volume)),
            None => group.format,
        };
        self.lessened |= format != group.format;
        let context = &Context { format: Some(format), written_format: Some(group.format), ..*context };
        let mut items: Vec<_> = group.items.iter().flat_map(|item| self.items(context, from, item)).collect();
        if let GroupFormat::Tabata { work, .. } = format {
            items.iter_mut().for_each(|item| item.dose = item.dose.timed(work));
        }
        PlannedBlock::Group { format, items }
    }

    fn run(&mut self, context: &Context<'_>, from: &Reference, steps: &[RunStep]) -> Vec<RunStep> {
        let meant: Vec<_> = self.progressions(context).collect();
        let mut errors = Vec::new();
        let mut steps =
            steps_in_week(steps, &meant, context.week(), &mut |index, problem| errors.push((index, problem)));
        errors.into_iter().for_each(|(index, problem)| self.report(context.outline, index, problem, None));
        steps.iter_mut().for_each(|step| step.own_notes(from));
        match context.outline.volume.filter(|_| context.lightened()) {
            // What is written for this week is final.
            Some(volume) => {
                let share = share::of_run(&steps, volume, &|step| is_written_for_week(step, &meant));
                self.lessened |= share != steps;
                share
            }
            None => steps,
        }
    }

    fn items(&mut self, context: &Context<'_>, from: &Reference, item: &Item) -> Vec<PlannedItem> {
        let Some(exercise) = self.catalog.exercises.get(&item.exercise) else {
            return Vec::new();
        };
        let defaults = exercise.defaults_in(context.written_format);
        // Checking reports an exercise without a dose.
        let Some(written) = item.dose.clone().or_else(|| defaults.clone().map(Doses::from)) else { return Vec::new() };
        let fitting = self.followed(context, item);
        let is_hidden = context.is_placed(item);
        let line = Line { item, written: &written, phase: context.outline.phase_index, at: context.week(), is_hidden };
        let grown = self.carried.in_week(&line, fitting.map(|one| one.rule));
        let grown = grown.and_then(|grown| context.fitting(fitting, grown)).and_then(|grown| match fitting {
            Some(one) if !is_hidden => after_a_set(one.rule, item, self.catalog, context.session, grown),
            Some(_) | None => Ok(grown),
        });
        let grown = grown.unwrap_or_else(|problem| {
            let index = fitting.map_or(0, |one| one.index);
            self.report(context.outline, index, problem, Some(self.dose_place(context, item, exercise)));
            written.clone().into()
        });
        let scheme = fitting.map(|one| &one.rule.scheme);
        // The sets of a table are its own; those of doses in a row belong together.
        let in_a_row = !matches!(scheme, Some(Scheme::PercentTable(_)));
        let mut doses: Vec<Dose> = grown.doses.into_iter().map(|dose| context.in_turns(dose)).collect();
        if !scheme.is_some_and(Scheme::is_written_by_week) {
            self.lighten(context, exercise, &mut doses, in_a_row);
        }
        let shares = context.shares();
        let mut instruction = open::lighter_stages(grown.instruction, exercise, shares);
        if !is_hidden && self.started.is_open(item, scheme) {
            let rule = instruction.or_else(|| open::stepped(scheme, context.week()));
            instruction = open::reached(&mut doses, rule, shares);
            self.lessened |= instruction.as_ref().is_some_and(Instruction::is_share);
        }
        // Last, because a dose of one set has no rest, and may have grown or shrunk to it.
        let doses = inherited(doses, in_a_row, &written, defaults.as_ref());
        let mut note = item.note.as_ref().map(|note| note.of(from));
        let planned = |(index, dose)| PlannedItem {
            id: item.id.clone(),
            exercise: item.exercise.clone(),
            dose,
            goes_on: index > 0,
            instruction: instruction.take(),
            note: note.take(),
        };
        doses.into_iter().enumerate().map(planned).collect()
    }

    /// The progression that an item follows.
    fn followed<'c>(&self, context: &'c Context<'_>, item: &Item) -> Option<PhaseProgression<'c>> {
        // Rules by results do not go with a clock that says how long the work lasts.
        let by_the_clock = context.format.is_some_and(|format| format.is_by_the_clock());
        let meant = self.progressions(context).filter(|one| !by_the_clock || !one.rule.scheme.is_by_results());
        followed(&meant.collect::<Vec<_>>(), item, self.catalog, context.session)
    }

    /// Whether the dose of an item is written for each single week.
    fn is_final(&self, context: &Context<'_>, item: &Item) -> bool {
        context.is_placed(item) || self.followed(context, item).is_some_and(|one| one.rule.scheme.is_written_by_week())
    }

    fn lighten(&mut self, context: &Context<'_>, exercise: &Exercise, doses: &mut Vec<Dose>, in_a_row: bool) {
        if !context.lightened() || (context.outline.volume, context.outline.load) == (None, None) {
            return;
        }
        let full = doses.clone();
        match context.outline.volume {
            Some(volume) if in_a_row => share::of_works(doses, exercise.kind, volume),
            Some(volume) => doses.iter_mut().for_each(|dose| share::of_work(dose, exercise.kind, volume)),
            None => {}
        }
        if let Some(load) = context.outline.load {
            doses.iter_mut().for_each(|dose| share::of_load(self.catalog, exercise, dose, load));
        }
        self.lessened |= *doses != full;
    }

    /// The progressions of the phase that may change this session, each with its position.
    fn progressions<'c>(&self, context: &'c Context<'_>) -> impl Iterator<Item = PhaseProgression<'c>> + use<'c> {
        let all = context.outline.phase.progression.iter().enumerate();
        let all = all.map(|(index, rule)| PhaseProgression { index, rule });
        all.filter(move |one| context.grows() && one.rule.is_for(&context.session.id, context.name))
    }

    /// Where the dose of an item is written: with it, or with its exercise.
    fn dose_place(&self, context: &Context<'_>, item: &Item, exercise: &Entry<Exercise>) -> Place {
        let default = Place::value(exercise.file.clone(), FieldPath::root().key("defaults"));
        let written = || {
            let parts = context.session.parts();
            let used = parts.iter().flat_map(|(_, _, blocks)| blocks.iter()).filter_map(|block| match block {
                SessionBlock::Use(id) => self.catalog.fragments.get(id),
                _ => None,
            });
            let fragments = used.map(|fragment| (&fragment.file, "blocks", fragment.blocks.as_slice()));
            let own = parts.iter().map(|(_, key, blocks)| (&context.session.file, *key, *blocks));
            own.chain(fragments).find_map(|(file, key, blocks)| {
                let blocks = blocks.iter().enumerate();
                let mut items = blocks.flat_map(|(index, block)| block.items().map(move |found| (index, found)));
                let (index, (below, _)) = items.find(|(_, (_, found))| std::ptr::eq(*found, item))?;
                Some(Place::value(file.clone(), FieldPath::root().key(key).index(index).join(below).key("dose")))
            })
        };
        item.dose.as_ref().and_then(|_| written()).unwrap_or(default)
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
        let same =
            |known: &Diagnostic| known.labels.first() == finding.labels.first() && known.message == finding.message;
        if !self.findings.iter().any(same) {
            self.findings.push(finding);
        }
    }
}

#[derive(Clone, Copy)]
struct Context<'a> {
    outline: &'a Outline<'a>,
    session: &'a Entry<Session>,
    /// The name by which the programme speaks of its place in the week.
    name: &'a str,
    section: Section,
    /// The doses of the session's placement.
    placed: Option<&'a BTreeMap<LineName, Doses>>,
    /// The format of a block that is a group, in this week.
    format: Option<GroupFormat>,
    /// The same as it is written.
    written_format: Option<GroupFormat>,
}

impl Context<'_> {
    /// Warm-up and cool-down stay as they are: only the work grows.
    fn grows(&self) -> bool {
        self.section.is_work()
    }

    /// A lighter week has less work, but as much mobility as any other, and its race or test in full.
    fn lightened(&self) -> bool {
        self.grows() && !lighter::is_spared(self.session.kind)
    }

    /// Whether the session's placement has a dose of its own for a line.
    fn is_placed(&self, item: &Item) -> bool {
        let is_named = |doses| placed::is_named(doses, item.id.as_ref(), &item.exercise);
        self.grows() && self.placed.is_some_and(is_named)
    }

    /// The shares of a lighter week, if this part of the session has less of it.
    fn shares(&self) -> Option<Shares> {
        self.lightened().then_some(Shares { volume: self.outline.volume, load: self.outline.load })
    }

    /// The doses that a progression states, if they can be done in the block. One that is for all lines with its exercise leaves a
    /// tabata alone.
    fn fitting(
        &self,
        progression: Option<PhaseProgression<'_>>,
        grown: WeekDoses,
    ) -> Result<WeekDoses, ProgressionError> {
        let meant = progression.filter(|one| one.rule.scheme.replaces_doses());
        let (Some(format), Some(one)) = (self.written_format, meant) else { return Ok(grown) };
        let is_special = matches!(one.rule.of, Grows::Item(_)) || one.rule.session.is_some() || one.rule.slot.is_some();
        match format.misfit(&grown.doses) {
            Some(Misfit { message, help }) if is_special || !matches!(format, GroupFormat::Tabata { .. }) => {
                Err(ProgressionError { key: one.rule.scheme.key(), message, help, involves_dose: false })
            }
            Some(_) | None => Ok(grown),
        }
    }

    /// A dose in the block: a list with an amount for each round ends with the rounds of this week.
    fn in_turns(&self, dose: Dose) -> Dose {
        let mut dose = dose.in_turns(self.written_format);
        let rounds = self.format.and_then(|format| format.rounds());
        if let Some(rounds) = rounds.filter(|_| dose.sets == Extent::one(1)) {
            dose.keep_amounts(rounds.high());
        }
        dose
    }

    fn week(&self) -> WeekOfPhase {
        self.outline.week_of_phase()
    }
}
