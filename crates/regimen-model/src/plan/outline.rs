//! The weeks of a programme before they have days and doses: phases counted, single weeks overridden, sessions that do
//! not follow the week put into it.

mod stretch;
mod weeks;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use weeks::weeks;

use super::grown::WeekOfPhase;
use crate::diagnostic::{FieldPath, FilePath, Place};
use crate::model::{Day, Entry, Grid, GridPlacement, Phase, PhaseSession, Session, WeekOverride};
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

    /// How many days lie between its first day and a weekday, if the programme begins on a Monday.
    pub fn days_to(&self, weekday: Weekday) -> u32 {
        (weekday as u32 + 7 - self.first_day % 7) % 7
    }

    /// How many days lie between the first day of the programme and a session of this week, if the programme begins on a
    /// Monday and no reader's days move it.
    pub fn usual_day(&self, session: &Outlined<'_>) -> u32 {
        let in_week = match (session.fixed, session.day) {
            (Some(day), _) => day,
            (None, Day::Weekday(day)) => self.days_to(day),
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

/// The sessions that a phase lists for a week of which this is said alone, and which of its overrides does.
fn listed<'p>(phase: &'p Phase, other: Option<(usize, &'p WeekOverride)>) -> (Option<usize>, &'p [PhaseSession]) {
    let own = other.and_then(|(index, other)| Some((Some(index), other.sessions.as_deref()?)));
    own.unwrap_or((None, &phase.sessions))
}
