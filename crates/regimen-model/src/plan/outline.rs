//! The weeks of a programme before they have days and doses: phases counted, single weeks overridden, sessions that do
//! not follow the week put into it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::grown::WeekOfPhase;
use crate::catalog::Catalog;
use crate::diagnostic::{FieldPath, FilePath, Place};
use crate::model::{Day, Entry, Grid, GridPlacement, Phase, PhaseLength, PhaseSession, Program, Session, WeekOverride};
use crate::quantity::Percent;
use crate::reference::Id;
use crate::vocabulary::{PhaseKind, Weekday};

/// One week, or one turn of a cycle.
#[derive(Clone)]
pub struct Outline<'a> {
    pub phase: &'a Phase,
    pub phase_index: usize,
    /// 0 for the first week of the phase.
    pub week: u32,
    /// How many days lie between the first day of the programme and the first of this week.
    pub first_day: u32,
    /// How many days it has: 7, but for turns of a cycle and the last days of a phase in days.
    pub days: u32,
    pub kind: PhaseKind,
    /// The share of the work.
    pub volume: Option<Percent>,
    /// The share of the load.
    pub load: Option<Percent>,
    /// Whether this single week has a smaller share of the work or the load than its phase.
    pub lighter: bool,
    pub sessions: Vec<Outlined<'a>>,
}

/// One session of a week.
#[derive(Clone)]
pub struct Outlined<'a> {
    pub planned: Cow<'a, PhaseSession>,
    pub session: &'a Arc<Entry<Session>>,
    /// The day under which it is shown.
    pub day: Day,
    /// How many days after the first day of its week it is, where the programme counts days and no reader's days move it.
    pub fixed: Option<u32>,
    /// What a calendar knows it by.
    slot: Slot<'a>,
    written: Written<'a>,
}

/// What a calendar knows a session by.
#[derive(Debug, Clone, Copy)]
enum Slot<'a> {
    /// Its name in a week: `w3-strength-a`.
    Week,
    /// Its name in a turn of a cycle: `c3-long-run`.
    Turn,
    /// Its name and its day, counted from the first of the programme: `d15-easy-run`.
    Day,
    /// Which of the days of a rotation it is, counted from 1: `w3-2`, or `w3-turn-2`.
    Rotation(Option<&'a str>, usize),
    /// The day of its cell in a grid, and which session of that day it is, counted from 0: `w3-tuesday`, `w3-tuesday-2`.
    Cell(Day, usize),
}

/// Where a session stands in its phase in the file of the programme.
#[derive(Debug, Clone, Copy)]
enum Written<'a> {
    Session { from_override: Option<usize>, index: usize },
    Rotation { index: usize },
    Cell { grid: &'a Grid, week: u32, column: usize },
}

impl Outlined<'_> {
    /// Whether it stands in a cell of a grid.
    pub fn is_cell(&self) -> bool {
        matches!(self.slot, Slot::Cell(..))
    }

    /// The name by which the programme speaks of its place in the week: its slot, else its session's id; in a grid the day of its
    /// cell.
    pub fn name(&self) -> Cow<'_, str> {
        match self.slot {
            Slot::Cell(day, position) => GridPlacement::name_of(day, position).into(),
            Slot::Week | Slot::Turn | Slot::Day | Slot::Rotation(..) => self.planned.name().into(),
        }
    }
}

impl Outline<'_> {
    /// What calendars know its sessions by, each by another name, if it is the week of this number.
    pub fn slots(&self, number: u32) -> Vec<String> {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        // The numbers below are taken, so that nobody asks for them again.
        let mut next: BTreeMap<String, u32> = BTreeMap::new();
        let free = |session| {
            let first = self.slot(number, session);
            let mut slot = first.clone();
            if taken.contains(&slot) {
                let next = next.entry(first.clone()).or_insert(2);
                while taken.contains(&slot) {
                    slot = format!("{first}-{next}");
                    *next += 1;
                }
            }
            taken.insert(slot.clone());
            slot
        };
        self.sessions.iter().map(free).collect()
    }

    /// What calendars know a session by, as long as no other has the same.
    fn slot(&self, number: u32, outlined: &Outlined<'_>) -> String {
        // A session that was renamed is known by the first of its names.
        let name = || outlined.planned.slot.as_ref().map_or(outlined.session.first_id().as_str(), Id::as_str);
        match outlined.slot {
            Slot::Week => format!("w{number}-{}", name()),
            Slot::Turn => format!("c{number}-{}", name()),
            Slot::Day => format!("d{}-{}", self.first_day + outlined.fixed.unwrap_or_default() + 1, name()),
            Slot::Rotation(None, turn) => format!("w{number}-{turn}"),
            Slot::Rotation(Some(name), turn) => format!("w{number}-{name}-{turn}"),
            Slot::Cell(..) if self.phase.length.is_turns() => format!("c{number}-{}", outlined.name()),
            Slot::Cell(..) => format!("w{number}-{}", outlined.name()),
        }
    }

    /// Sessions with the slot of one before them in the week, each after that one: those of which the programme names the slot. If it is the
    /// week of this number.
    pub fn same_slots(&self, number: u32) -> Vec<[&Outlined<'_>; 2]> {
        let mut known: BTreeMap<String, &Outlined<'_>> = BTreeMap::new();
        let mut found = Vec::new();
        for session in &self.sessions {
            let slot = self.slot(number, session);
            match known.get(&slot) {
                Some(first) if first.planned.slot.is_some() || session.planned.slot.is_some() => {
                    found.push([*first, session]);
                }
                Some(_) => {}
                None => drop(known.insert(slot, session)),
            }
        }
        found
    }

    /// The sessions that its phase lists for it, whether it has their days or not.
    pub(super) fn listed(&self) -> &[PhaseSession] {
        listed(self.phase, self.phase.override_of(self.week)).1
    }

    /// Where this week stands in its phase.
    pub(crate) fn week_of_phase(&self) -> WeekOfPhase {
        WeekOfPhase { week: self.week, weeks: self.phase.length.weeks(), done: 0 }
    }

    /// How many days lie between the first day of the programme and a session of this week, if the programme begins on a
    /// Monday and no reader's days move it.
    pub fn usual_day(&self, session: &Outlined<'_>) -> u32 {
        let in_week = match (session.fixed, session.day) {
            (Some(day), _) => day,
            (None, Day::Weekday(day)) => (day as u32 + 7 - self.first_day % 7) % 7,
            (None, Day::Number(number)) => u32::from(number).saturating_sub(1),
        };
        self.first_day + in_week
    }

    /// Where a session of this week stands in the file of the programme.
    pub fn path(&self, session: &Outlined<'_>) -> FieldPath {
        let phase = FieldPath::root().key("phases").index(self.phase_index);
        match session.written {
            Written::Session { from_override: Some(week), index } => {
                phase.key("overrides").index(week).key("sessions").index(index)
            }
            Written::Session { from_override: None, index } => phase.key("sessions").index(index),
            Written::Rotation { index } => phase.key("rotation").key("sessions").index(index),
            Written::Cell { grid, week, column } => grid.row_path(week as usize).index(column),
        }
    }

    /// Where something that is said of a session of this week is written, below it in the programme of this file. A cell of a
    /// grid has no keys, and may be in a file of its own.
    pub fn place(&self, program: &FilePath, session: &Outlined<'_>, below: FieldPath) -> Place {
        match session.written {
            Written::Cell { grid, week, column } => grid.place(program, week as usize, column),
            Written::Session { .. } | Written::Rotation { .. } => {
                Place::value(program.clone(), self.path(session).join(below))
            }
        }
    }
}

/// Every week of a programme whose first day is such a weekday. Sessions that do not exist are left out, and so are those
/// of days that a short week does not have; checking reports what is never done.
pub fn weeks<'a>(catalog: &'a Catalog, program: &'a Program, first: Weekday) -> Vec<Outline<'a>> {
    let mut weeks = Vec::new();
    let (mut first_day, mut first_week) = (0, 0);
    let grid = program.grid.as_ref();
    let has_weekdays = grid.is_some_and(|grid| grid.days.iter().any(|day| matches!(day, Day::Weekday(_))));
    let names_weekdays = has_weekdays || program.phases.iter().any(names_weekdays);
    for (phase_index, phase) in program.phases.iter().enumerate() {
        let of_phase = OfPhase { catalog, grid, phase, phase_index, first_day, first_week, first, names_weekdays };
        let mut turned = 0;
        weeks.extend((0..phase.length.weeks()).map(|week| of_phase.outline(week, &mut turned)));
        first_day += phase.length.days();
        first_week += phase.length.weeks();
    }
    weeks
}

/// What the weeks of a phase have in common.
struct OfPhase<'a> {
    catalog: &'a Catalog,
    grid: Option<&'a Grid>,
    phase: &'a Phase,
    phase_index: usize,
    /// The first week of the phase, counted from that of the programme.
    first_week: u32,
    /// The first day of the phase, counted from that of the programme.
    first_day: u32,
    /// The weekday of the programme's first day.
    first: Weekday,
    /// Whether the programme has sessions on weekdays, so that its weeks are those of the calendar.
    names_weekdays: bool,
}

fn names_weekdays(phase: &Phase) -> bool {
    let listed = phase.overrides.iter().filter_map(|week| week.sessions.as_ref()).chain([&phase.sessions]);
    let days = listed.flatten().map(|session| &session.day);
    days.chain(phase.rotation.iter().flat_map(|rotation| &rotation.days)).any(|day| matches!(day, Day::Weekday(_)))
}

impl<'a> OfPhase<'a> {
    fn outline(&self, week: u32, turned: &mut usize) -> Outline<'a> {
        let Phase {
            id: _,
            kind,
            length,
            volume,
            load,
            sessions: _,
            rotation: _,
            repeat_weeks: _,
            overrides: _,
            progression: _,
        } = self.phase;
        let other = self.phase.override_of(week);
        let (from_override, listed) = listed(self.phase, other);
        let other = other.map(|(_, other)| other);
        let begins = week * length.days_a_week();
        let days = length.days_in(week);
        let stretch = Stretch { of: self, begins, days };
        let without = other.map(|other| other.without.as_slice()).unwrap_or_default();
        let mut outlined = Vec::new();
        for (index, planned) in listed.iter().enumerate() {
            let Some(session) = self.catalog.sessions.get(&planned.session) else { continue };
            let is_left_out = without.iter().any(|id| id.as_str() == planned.name());
            if is_left_out || planned.work_in(week).is_none() {
                continue;
            }
            let written = Written::Session { from_override, index };
            outlined.extend(stretch.days_of(planned).into_iter().map(|on| Outlined {
                planned: Cow::Borrowed(planned),
                session,
                day: on.day,
                fixed: on.fixed,
                slot: on.slot,
                written,
            }));
        }
        // A week that lists its own sessions has just these. One without the rotation goes on with it in the week after.
        let slot = self.phase.rotation.as_ref().and_then(|rotation| rotation.slot.as_ref());
        if from_override.is_none() && slot.is_none_or(|slot| !without.contains(slot)) {
            self.rotate(&stretch, turned, &mut outlined);
        }
        self.fill(&stretch, week, &mut outlined);
        Outline {
            phase: self.phase,
            phase_index: self.phase_index,
            week,
            first_day: self.first_day + begins,
            days,
            kind: other.and_then(|other: &WeekOverride| other.kind).unwrap_or(*kind),
            volume: other.and_then(|other| other.volume).or(*volume),
            load: other.and_then(|other| other.load).or(*load),
            lighter: other.is_some_and(|other| is_less(other.volume, *volume) || is_less(other.load, *load)),
            sessions: outlined,
        }
    }

    /// The sessions that the grid has for a week of the phase.
    fn fill(&self, stretch: &Stretch<'_, 'a>, week: u32, outlined: &mut Vec<Outlined<'a>>) {
        let Some(grid) = self.grid else { return };
        let week = self.first_week + week;
        for GridPlacement { column, position, planned } in grid.placements(week) {
            let Some(session) = self.catalog.sessions.get(&planned.session) else { continue };
            let Some((day, fixed)) = stretch.in_row(planned.day) else { continue };
            outlined.push(Outlined {
                session,
                day,
                fixed,
                slot: Slot::Cell(planned.day, position),
                written: Written::Cell { grid, week, column },
                planned: Cow::Owned(planned),
            });
        }
    }

    /// The sessions that are next in turn on the days of this week.
    fn rotate(&self, stretch: &Stretch<'_, 'a>, turned: &mut usize, outlined: &mut Vec<Outlined<'a>>) {
        let Some(rotation) = &self.phase.rotation else { return };
        let placed = rotation.days.iter().flat_map(|day| stretch.on(*day));
        let mut placed: Vec<(u32, On<'a>)> = placed.collect();
        placed.sort_by_key(|(offset, _)| *offset);
        for (number, (_, on)) in (1..).zip(placed) {
            let Some(index) = turned.checked_rem(rotation.sessions.len()) else { return };
            *turned += 1;
            let id = &rotation.sessions[index];
            let Some(session) = self.catalog.sessions.get(id) else { continue };
            let planned = PhaseSession { slot: rotation.slot.clone(), ..PhaseSession::new(id.clone(), on.day) };
            outlined.push(Outlined {
                planned: Cow::Owned(planned),
                session,
                day: on.day,
                fixed: on.fixed,
                slot: Slot::Rotation(rotation.slot.as_ref().map(Id::as_str), number),
                written: Written::Rotation { index },
            });
        }
    }
}

/// Some days of a phase: a week, or a turn of a cycle.
struct Stretch<'s, 'a> {
    of: &'s OfPhase<'a>,
    /// Its first day, counted from that of the phase.
    begins: u32,
    days: u32,
}

/// A day of a session.
struct On<'a> {
    day: Day,
    fixed: Option<u32>,
    slot: Slot<'a>,
}

impl<'a> Stretch<'_, 'a> {
    /// The days on which a session of the list stands.
    fn days_of(&self, planned: &PhaseSession) -> Vec<On<'a>> {
        match planned.every {
            None => self.on(planned.day).into_iter().map(|(_, on)| on).collect(),
            Some(every) => self.every(planned.day, u32::from(every).max(1)),
        }
    }

    /// Where a day stands in these days, if it does: how many days after the first, and what is known of it.
    fn on(&self, day: Day) -> Option<(u32, On<'a>)> {
        let length = self.of.phase.length;
        let (offset, fixed, slot) = match (day, length) {
            (Day::Weekday(weekday), _) => (self.offset(weekday), None, Slot::Week),
            (Day::Number(number), PhaseLength::Weeks(_)) => (u32::from(number).saturating_sub(1), None, Slot::Week),
            (Day::Number(number), PhaseLength::Turns { .. }) => {
                (u32::from(number).saturating_sub(1), Some(u32::from(number).saturating_sub(1)), Slot::Turn)
            }
            (Day::Number(number), PhaseLength::Days(_)) => {
                let offset = (u32::from(number).saturating_sub(1)).checked_sub(self.begins)?;
                (offset, Some(offset), Slot::Day)
            }
        };
        (offset < self.days).then_some((offset, On { day, fixed, slot }))
    }

    /// The day of a column of a grid, whose rows count their days from 1, and how many days after the first it is where the programme
    /// counts days.
    fn in_row(&self, day: Day) -> Option<(Day, Option<u32>)> {
        let (Day::Number(column), PhaseLength::Days(_)) = (day, self.of.phase.length) else {
            return self.on(day).map(|(_, on)| (on.day, on.fixed));
        };
        let offset = Some(u32::from(column).saturating_sub(1)).filter(|offset| *offset < self.days)?;
        Some((number(self.begins + offset), Some(offset)))
    }

    /// Every so many days of the phase, from a day of it on.
    fn every(&self, day: Day, every: u32) -> Vec<On<'a>> {
        let start = match day {
            Day::Number(number) => u32::from(number).saturating_sub(1),
            Day::Weekday(weekday) => Stretch { begins: 0, ..*self }.offset(weekday),
        };
        let ends = self.begins + self.days;
        let skipped = self.begins.saturating_sub(start).div_ceil(every);
        let first = start + skipped * every;
        let days = (first..ends).step_by(every as usize);
        days.map(|of_phase| {
            let offset = of_phase - self.begins;
            let shown = match (day, self.of.phase.length) {
                (Day::Weekday(_), _) => Day::Weekday(self.weekday(offset)),
                // One table has no days of two kinds.
                (Day::Number(_), PhaseLength::Weeks(_)) if self.of.names_weekdays => Day::Weekday(self.weekday(offset)),
                (Day::Number(_), PhaseLength::Days(_)) => number(of_phase),
                (Day::Number(_), _) => number(offset),
            };
            On { day: shown, fixed: Some(offset), slot: Slot::Day }
        })
        .collect()
    }

    /// Days from the first of these to such a weekday.
    fn offset(&self, weekday: Weekday) -> u32 {
        let begins = self.weekday(0) as u32;
        (weekday as u32 + 7 - begins) % 7
    }

    /// The weekday so many days after the first of these.
    fn weekday(&self, offset: u32) -> Weekday {
        let day = (self.of.first as u32 + self.of.first_day + self.begins + offset) % 7;
        Weekday::ALL[day as usize]
    }
}

/// The sessions that a phase lists for a week of which this is said alone, and which of its overrides does.
fn listed<'p>(phase: &'p Phase, other: Option<(usize, &'p WeekOverride)>) -> (Option<usize>, &'p [PhaseSession]) {
    let own = other.and_then(|(index, other)| Some((Some(index), other.sessions.as_deref()?)));
    own.unwrap_or((None, &phase.sessions))
}

/// A day so many days after the first.
fn number(offset: u32) -> Day {
    Day::Number(u8::try_from(offset + 1).unwrap_or(u8::MAX))
}

/// Whether the share of a single week is below that of its phase.
fn is_less(week: Option<Percent>, phase: Option<Percent>) -> bool {
    let usual = phase.map_or(Decimal::ONE_HUNDRED, |share| share.0);
    week.is_some_and(|share| share.0 < usual)
}
