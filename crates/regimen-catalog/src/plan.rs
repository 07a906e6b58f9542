//! A programme with its weeks written out: every session, with the dose of every exercise.

mod expand;
mod progress;
#[cfg(test)]
mod tests;

use jiff::civil::{Date, Time};

pub use expand::expand;
pub(crate) use progress::dose_in_week;

use crate::model::{Dose, Exercise, Phase, PlainWords, Program, ScheduleName, Session};
use crate::quantity::{Duration, Extent};
use crate::reference::{Id, Reference};
use crate::vocabulary::{PhaseKind, Section, SessionKind, Weekday};

/// A programme written out week by week.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The programme.
    pub program: Id<Program>,
    /// When it happens, if it has a start.
    pub schedule: Option<PlanSchedule>,
    /// Its weeks in order.
    pub weeks: Vec<PlannedWeek>,
}

impl Plan {
    /// All sessions in order of their days.
    pub fn sessions(&self) -> impl Iterator<Item = &PlannedSession> {
        self.weeks.iter().flat_map(|week| &week.sessions)
    }
}

/// When a plan happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSchedule {
    /// The schedule's name.
    pub name: Id<ScheduleName>,
    /// The first day of its first week.
    pub start: Date,
    /// When the sessions start, and in which time zone; `None` for whole-day entries.
    pub at: Option<(Time, String)>,
}

/// A week of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedWeek {
    /// 1 for the first.
    pub number: u32,
    /// The phase it belongs to.
    pub phase: Id<Phase>,
    /// What the phase is for.
    pub kind: PhaseKind,
    /// The day on which the week starts, if the plan has a start.
    pub start: Option<Date>,
    /// Its sessions in order of their days.
    pub sessions: Vec<PlannedSession>,
}

/// A session of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedSession {
    /// What stays the same when day, session or doses change: `w3-strength-a`. Unique within the plan.
    pub slot: String,
    /// The week, 1 for the first.
    pub week: u32,
    /// The day of the week.
    pub weekday: Weekday,
    /// The date, if the plan has a start.
    pub date: Option<Date>,
    /// The session.
    pub session: Id<Session>,
    /// What it is for.
    pub kind: SessionKind,
    /// How long it takes.
    pub duration: Duration,
    /// Its parts in order; empty parts are left out.
    pub parts: Vec<PlannedPart>,
}

/// A part of a session.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedPart {
    /// Warm-up, main, accessory or cool-down.
    pub section: Section,
    /// What is done, in order, fragments written out.
    pub blocks: Vec<PlannedBlock>,
}

/// A piece of a part.
#[derive(Debug, Clone, PartialEq)]
pub enum PlannedBlock {
    /// One exercise in straight sets.
    Item(PlannedItem),
    /// Exercises in turns.
    Round {
        /// Whether it is a longer circuit rather than a superset.
        circuit: bool,
        /// How many times through.
        rounds: Extent<u32>,
        /// Rest after each round.
        rest: Option<Duration>,
        /// What is done in each round.
        items: Vec<PlannedItem>,
    },
    /// A text: the session or fragment that has it, and its key there.
    Text(Reference, Id<PlainWords>),
}

/// An exercise with the dose of its week.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedItem {
    /// The exercise.
    pub exercise: Id<Exercise>,
    /// How much of it.
    pub dose: Dose,
}
