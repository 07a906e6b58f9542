//! From a programme to a plan: weeks counted, days dated, doses grown.

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};

use super::progress::dose_in_week;
use super::{Plan, PlanSchedule, PlannedBlock, PlannedItem, PlannedPart, PlannedSession, PlannedWeek};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::{Block, Entry, Item, Phase, PhaseSession, Program, Round, Schedule, ScheduleName, Session};
use crate::quantity::Extent;
use crate::reference::{Id, Reference};
use crate::vocabulary::{Section, SessionKind, Weekday};

/// Writes a programme out week by week; with a schedule, every session gets its date.
///
/// The days of a week count from the day on which the schedule starts: a programme that starts on a
/// Wednesday has its Tuesday session six days later.
///
/// # Errors
/// Findings where the programme cannot be meant: a step that does not fit its dose, an explicit list of
/// the wrong length, dates beyond the calendar. Entries that do not exist are left out here, because
/// checking the catalogue already reports them.
pub fn expand(
    catalog: &Catalog,
    program: &Entry<Program>,
    schedule: Option<(&Id<ScheduleName>, &Schedule)>,
) -> Result<Plan, Vec<Diagnostic>> {
    let mut expansion =
        Expansion { catalog, program, start: schedule.map(|(_, schedule)| schedule.start), findings: Vec::new() };
    let weeks = expansion.weeks();
    if !expansion.findings.is_empty() {
        return Err(expansion.findings);
    }
    let schedule = schedule.map(|(name, schedule)| PlanSchedule {
        name: name.clone(),
        start: schedule.start,
        at: schedule.at.zip(schedule.timezone.clone()),
    });
    Ok(Plan { program: program.id.clone(), schedule, weeks })
}

struct Expansion<'a> {
    catalog: &'a Catalog,
    program: &'a Entry<Program>,
    start: Option<Date>,
    findings: Vec<Diagnostic>,
}

/// A phase, and which of its weeks is being written out.
#[derive(Clone, Copy)]
struct PhaseWeek<'a> {
    phase: &'a Phase,
    phase_index: usize,
    /// 0 for the first week of the phase.
    week: u32,
}

impl Expansion<'_> {
    fn weeks(&mut self) -> Vec<PlannedWeek> {
        let mut weeks = Vec::new();
        let program = self.program;
        for (phase_index, phase) in program.phases.iter().enumerate() {
            for week in 0..u32::from(phase.weeks) {
                weeks.extend(self.week(PhaseWeek { phase, phase_index, week }, weeks.len() as u32 + 1));
            }
        }
        weeks
    }

    fn week(&mut self, at: PhaseWeek<'_>, number: u32) -> Option<PlannedWeek> {
        let start = match self.start.map(|start| start.checked_add((i64::from(number) - 1).weeks())) {
            None => None,
            Some(Ok(date)) => Some(date),
            Some(Err(_)) => {
                self.too_late();
                return None;
            }
        };
        let mut sessions: Vec<PlannedSession> = Vec::new();
        for planned in &at.phase.sessions {
            let Some(session) = self.catalog.sessions.get(&planned.session).cloned() else {
                continue;
            };
            let date = match start.map(|start| start.checked_add(i64::from(offset(start, planned.day)).days())) {
                Some(Err(_)) => {
                    self.too_late();
                    continue;
                }
                other => other.and_then(Result::ok),
            };
            let slot = free_slot(&sessions, number, planned);
            sessions.push(PlannedSession {
                slot,
                week: number,
                weekday: planned.day,
                date,
                session: session.id.clone(),
                kind: session.kind,
                duration: session.duration,
                parts: self.parts(at, &session),
            });
        }
        // A stable sort: two sessions on one day stay in the order of the file.
        sessions.sort_by_key(|session| start.map_or(session.weekday as u8, |start| offset(start, session.weekday)));
        Some(PlannedWeek { number, phase: at.phase.id.clone(), kind: at.phase.kind, start, sessions })
    }

    fn parts(&mut self, at: PhaseWeek<'_>, session: &Entry<Session>) -> Vec<PlannedPart> {
        let mut parts = Vec::new();
        for (section, _, blocks) in session.parts() {
            let from = Reference::Session(session.id.clone());
            let mut planned = Vec::new();
            for block in blocks {
                self.block(Context { at, session, section }, &from, block, &mut planned);
            }
            if !planned.is_empty() {
                parts.push(PlannedPart { section, blocks: planned });
            }
        }
        parts
    }

    fn block(&mut self, context: Context<'_>, from: &Reference, block: &Block, out: &mut Vec<PlannedBlock>) {
        match block {
            Block::Item(item) => out.extend(self.item(context, item).map(PlannedBlock::Item)),
            Block::Superset(round) => out.push(self.round(context, round, false)),
            Block::Circuit(round) => out.push(self.round(context, round, true)),
            Block::Text(key) => out.push(PlannedBlock::Text(from.clone(), key.clone())),
            Block::Use(id) => {
                // A fragment holds no other fragment (checking says so), so this goes one level deep.
                let Some(fragment) = self.catalog.fragments.get(id).cloned() else {
                    return;
                };
                let from = Reference::Fragment(id.clone());
                for inner in fragment.blocks.iter().filter(|inner| !matches!(inner, Block::Use(_))) {
                    self.block(context, &from, inner, out);
                }
            }
        }
    }

    fn round(&mut self, context: Context<'_>, round: &Round, circuit: bool) -> PlannedBlock {
        let items = round.items.iter().filter_map(|item| self.item(context, item)).collect();
        let rounds = if context.lightened() { scaled(round.rounds, context.at.phase) } else { round.rounds };
        PlannedBlock::Round { circuit, rounds, rest: round.rest, items }
    }

    fn item(&mut self, context: Context<'_>, item: &Item) -> Option<PlannedItem> {
        let exercise = self.catalog.exercises.get(&item.exercise)?;
        let mut dose = item.dose.clone().unwrap_or_else(|| exercise.defaults.clone());
        if context.grows() {
            let session = &context.session.id;
            // The last entry that fits wins, so that a special one may follow a general one.
            let fitting = context.at.phase.progression.iter().enumerate().rev().find(|(_, progression)| {
                progression.exercise == item.exercise && progression.session.as_ref().is_none_or(|only| only == session)
            });
            if let Some((index, progression)) = fitting {
                match dose_in_week(progression, &dose, context.at.week) {
                    Ok(grown) => dose = grown,
                    Err(problem) => self.misfit(context.at, index, problem),
                }
            }
        }
        if context.lightened() {
            dose.sets = scaled(dose.sets, context.at.phase);
        }
        Some(PlannedItem { exercise: item.exercise.clone(), dose })
    }

    fn misfit(&mut self, at: PhaseWeek<'_>, index: usize, problem: super::progress::Misfit) {
        let path =
            FieldPath::root().key("phases").index(at.phase_index).key("progression").index(index).key(problem.key);
        let finding = Diagnostic::error("progression", problem.message)
            .at(Place::value(self.program.file.clone(), path), "")
            .help(problem.help);
        // Every week of the phase finds the same; once is enough.
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    fn too_late(&mut self) {
        let finding = Diagnostic::error("start-date", "the programme ends beyond the last date of the calendar")
            .at(Place::file(self.program.file.clone()), "")
            .help("choose an earlier `start`");
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}

#[derive(Clone, Copy)]
struct Context<'a> {
    at: PhaseWeek<'a>,
    session: &'a Entry<Session>,
    section: Section,
}

impl Context<'_> {
    /// Warm-up and cool-down stay as they are: only the work grows.
    fn grows(self) -> bool {
        self.section.is_work()
    }

    /// A lighter week has less work, but as much mobility as any other.
    fn lightened(self) -> bool {
        self.grows() && self.session.kind != SessionKind::Mobility
    }
}

/// Days from the first day of a week to the given day.
fn offset(start: Date, day: Weekday) -> u8 {
    let first = start.weekday().to_monday_zero_offset();
    (day as i8 - first).rem_euclid(7).unsigned_abs()
}

fn free_slot(taken: &[PlannedSession], week: u32, planned: &PhaseSession) -> String {
    let base = planned.slot.as_ref().map_or(planned.session.as_str(), Id::as_str);
    let mut slot = format!("w{week}-{base}");
    for number in 2.. {
        if taken.iter().all(|session| session.slot != slot) {
            break;
        }
        slot = format!("w{week}-{base}-{number}");
    }
    slot
}

/// The share of the sets that the phase asks for, rounded half up, at least one.
fn scaled(sets: Extent<u32>, phase: &Phase) -> Extent<u32> {
    let Some(volume) = phase.volume else {
        return sets;
    };
    sets.map(|count| {
        let share = (Decimal::from(count) * volume.0 / Decimal::ONE_HUNDRED)
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        u32::try_from(share).unwrap_or(count).clamp(1, 1000)
    })
}
