//! Programmes: phases of weeks, and sessions on days.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::cycle::{PhaseLength, Rotation};
use super::day::Day;
use super::entry::references;
use super::exercise::Level;
use super::grid::Grid;
use super::placement::PhaseSession;
use super::progression::{Grows, Progression};
use super::session::Session;
use super::small::Source;
use super::visit::{At, FactVisitor, Facts, List, Naming};
use super::word_field::words;
use super::words::{Needed, Words};
use crate::diagnostic::FieldPath;
use crate::json_schema::{Alternative, CalendarDay, alternatives};
use crate::prose::{InlineText, Prose, Word};
use crate::quantity::Percent;
use crate::reference::Id;
use crate::vocabulary::PhaseKind;

/// The facts of a programme. It holds no dates: a schedule anchors it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// For whom it is: 1 beginner to 5 expert.
    pub level: Level,
    /// When its content last changed; calendars carry it as their revision.
    #[schemars(with = "Option<CalendarDay>")]
    #[serde(default, deserialize_with = "crate::civil::read")]
    pub revised: Option<Date>,
    /// The phases in order.
    #[schemars(length(min = 1))]
    pub phases: Vec<Phase>,
    /// The sessions of all weeks as a grid, beside or instead of the `sessions` of phases.
    pub grid: Option<Grid>,
    /// What it rests on.
    #[serde(default)]
    pub sources: Vec<Id<Source>>,
}

impl Program {
    /// How many weeks it has in all; the turns of a cycle count as weeks.
    pub fn weeks(&self) -> u32 {
        self.phases.iter().map(|phase| phase.length.weeks()).sum()
    }

    /// How many days it has in all.
    pub fn days(&self) -> u32 {
        self.phases.iter().map(|phase| phase.length.days()).sum()
    }
}

impl Program {
    /// Every session that a phase has in any of its weeks, as the phase, its overrides or the grid place it.
    pub fn placed_in(&self, phase_index: usize) -> Vec<PlacedSession<'_>> {
        let Some(phase) = self.phases.get(phase_index) else { return Vec::new() };
        let own = phase.overrides.iter().filter_map(|week| week.sessions.as_ref()).flatten();
        let written = phase.sessions.iter().chain(own).map(Cow::Borrowed);
        let turning = phase.rotation.iter().flat_map(|rotation| {
            let day = rotation.days.first().copied().unwrap_or(Day::Number(1));
            let slot = rotation.slot.clone();
            let placed =
                move |id: &Id<Session>| PhaseSession { slot: slot.clone(), ..PhaseSession::new(id.clone(), day) };
            rotation.sessions.iter().map(placed).map(Cow::Owned)
        });
        let before: u32 = self.phases[..phase_index].iter().map(|phase| phase.length.weeks()).sum();
        let weeks = before..before + phase.length.weeks();
        let grid = self.grid.iter().flat_map(|grid| weeks.clone().flat_map(|week| grid.placements(week)));
        let cells = grid
            .map(|placement| PlacedSession { name: placement.name().into(), planned: Cow::Owned(placement.planned) });
        let listed =
            written.chain(turning).map(|planned| PlacedSession { name: planned.name().to_owned().into(), planned });
        listed.chain(cells).collect()
    }
}

/// A session where a programme places it.
#[derive(Debug, Clone)]
pub struct PlacedSession<'a> {
    /// The name by which the programme speaks of its place in the week: its `slot`, else its session's id; in a grid the day of its
    /// cell.
    pub name: Cow<'a, str>,
    /// What is placed, as a phase would say it.
    pub planned: Cow<'a, PhaseSession>,
}

/// Some weeks with the same sessions.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(try_from = "PhaseAsWritten")]
#[schemars(with = "PhaseAsWritten")]
pub struct Phase {
    /// Its id within the programme; the words describe it under this id.
    pub id: Id<Phase>,
    /// What it is for.
    pub kind: PhaseKind,
    /// How long it lasts.
    pub length: PhaseLength,
    /// Share of the work that is done: sets, rounds, repeats and the length of runs; all unless stated.
    pub volume: Option<Percent>,
    /// Share of the load that is lifted; all unless stated.
    pub load: Option<Percent>,
    /// The sessions of each week.
    pub sessions: Vec<PhaseSession>,
    /// Sessions that take turns, across weeks.
    pub rotation: Option<Rotation>,
    /// Whether a week that the reader does not manage comes again before the next.
    pub repeat_weeks: bool,
    /// Weeks that differ from the rest of the phase.
    pub overrides: Vec<WeekOverride>,
    /// How the work changes from week to week.
    pub progression: Vec<Progression>,
}

/// The keys of a phase as authors write them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = alternatives(LENGTHS, BESIDE))]
struct PhaseAsWritten {
    /// Its id within the programme; the words describe it under this id.
    id: Id<Phase>,
    /// What it is for.
    kind: PhaseKind,
    /// How many weeks it lasts.
    #[schemars(range(min = 1))]
    weeks: Option<u8>,
    /// How many days it lasts, instead of `weeks`; the next phase begins on the day after.
    #[schemars(range(min = 1, max = 3640))]
    days: Option<u16>,
    /// After how many days the sessions come again, such as 9; their `day` is then one of these. A week's 7 unless stated.
    #[schemars(range(min = 2, max = 99))]
    cycle: Option<u8>,
    /// Share of the work that is done: sets, rounds, repeats and the length of runs; all unless stated.
    volume: Option<Percent>,
    /// Share of the load that is lifted; all unless stated.
    load: Option<Percent>,
    /// The sessions of each week, or of each turn of a cycle.
    #[serde(default)]
    sessions: Vec<PhaseSession>,
    /// Sessions that take turns on some days, across weeks.
    rotation: Option<Rotation>,
    /// Whether a week that the reader does not manage comes again before the next.
    #[serde(default)]
    repeat_weeks: bool,
    /// Weeks that differ from the rest of the phase.
    #[serde(default)]
    overrides: Vec<WeekOverride>,
    /// How the work changes from week to week.
    #[serde(default)]
    progression: Vec<Progression>,
}

/// The keys of which a phase has one.
const LENGTHS: &[Alternative] = &[
    Alternative::keyed("weeks").needs(&["id", "kind"]),
    Alternative::keyed("days").needs(&["id", "kind"]).takes(&["cycle"]),
];

/// The keys that every phase may have.
const BESIDE: &[&str] = &["volume", "load", "sessions", "rotation", "repeat_weeks", "overrides", "progression"];

impl TryFrom<PhaseAsWritten> for Phase {
    type Error = &'static str;

    fn try_from(written: PhaseAsWritten) -> Result<Self, &'static str> {
        let PhaseAsWritten {
            id,
            kind,
            weeks,
            days,
            cycle,
            volume,
            load,
            sessions,
            rotation,
            repeat_weeks,
            overrides,
            progression,
        } = written;
        let length = PhaseLength::written(weeks, days, cycle)?;
        Ok(Self { id, kind, length, volume, load, sessions, rotation, repeat_weeks, overrides, progression })
    }
}

/// One week of a phase that differs from the others. What it does not state is as in the phase.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeekOverride {
    /// Which week of the phase; 1 is its first.
    #[schemars(range(min = 1))]
    pub week: u8,
    /// What this week is for.
    pub kind: Option<PhaseKind>,
    /// Share of the work, instead of the phase's.
    pub volume: Option<Percent>,
    /// Share of the load, instead of the phase's.
    pub load: Option<Percent>,
    /// The sessions of this week, instead of the phase's.
    pub sessions: Option<Vec<PhaseSession>>,
    /// Sessions that this week does not have, by their `slot` or else their session's id.
    #[serde(default)]
    pub without: Vec<Id<PhaseSession>>,
}

/// The words of a programme.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgramWords {
    /// Its name.
    #[schemars(length(min = 1))]
    pub name: Word,
    /// What it does, in a sentence or two.
    pub summary: Prose,
    /// What it is for, in a few words.
    pub goal: InlineText,
    /// For whom it is, in a few words.
    pub audience: InlineText,
    /// What to know before the first session.
    #[serde(default)]
    pub notes: Vec<InlineText>,
    /// What each phase is called, by its id; by what it is for unless stated.
    #[serde(default)]
    pub phase_names: BTreeMap<Id<Phase>, Word>,
    /// What each phase is about, by its id.
    #[serde(default)]
    pub phases: BTreeMap<Id<Phase>, InlineText>,
    /// What must be true before a phase begins, by its id.
    #[serde(default)]
    pub enter: BTreeMap<Id<Phase>, Vec<InlineText>>,
    /// What must be true before a phase ends, by its id. Its weeks are then an estimate, and the last one comes again until
    /// all is true.
    #[serde(default)]
    pub exit: BTreeMap<Id<Phase>, Vec<InlineText>>,
}

impl ProgramWords {
    /// What must be true before a phase ends.
    pub fn exit_of(&self, phase: &Id<Phase>) -> &[InlineText] {
        self.exit.get(phase).map_or(&[], Vec::as_slice)
    }

    /// What must be true before a phase begins.
    pub fn enter_of(&self, phase: &Id<Phase>) -> &[InlineText] {
        self.enter.get(phase).map_or(&[], Vec::as_slice)
    }
}

impl Words for ProgramWords {
    const REQUIRED: &'static [Needed] =
        &[Needed::Text("name"), Needed::Text("summary"), Needed::Text("goal"), Needed::Text("audience")];

    fn name(&self) -> Option<&Word> {
        Some(&self.name)
    }

    words!(Self { name, summary, goal, audience, notes, phase_names, phases, enter, exit });
}

impl Facts for Program {
    fn visit(&self, visitor: &mut impl FactVisitor) {
        let Self { level: _, revised: _, phases, grid, sources } = self;
        let at = At::key("phases");
        phases.iter().enumerate().for_each(|(index, phase)| phase.visit(&at.index(index), visitor));
        grid.iter().for_each(|grid| grid.visit(&At::key("grid"), visitor));
        visitor.entries(references(sources), List::Shown, &At::key("sources"));
    }
}

impl Phase {
    /// What is said of one of its weeks alone, 0 for the first, and its position in `overrides`.
    pub fn override_of(&self, week: u32) -> Option<(usize, &WeekOverride)> {
        self.overrides.iter().enumerate().find(|(_, other)| u32::from(other.week) == week + 1)
    }

    /// Its lists of sessions, its own and those of single weeks, each with its path; `path` is that of the phase.
    pub fn session_lists(&self, path: &FieldPath) -> impl Iterator<Item = (FieldPath, &[PhaseSession])> {
        let own = (path.clone().key("sessions"), self.sessions.as_slice());
        let weeks = self.overrides.iter().enumerate().filter_map(move |(index, week)| {
            Some((path.clone().key("overrides").index(index).key("sessions"), week.sessions.as_deref()?))
        });
        std::iter::once(own).chain(weeks)
    }

    fn visit(&self, at: &At<'_>, visitor: &mut impl FactVisitor) {
        let Self {
            id: _,
            kind: _,
            length: _,
            volume: _,
            load: _,
            sessions,
            rotation,
            repeat_weeks: _,
            overrides,
            progression,
        } = self;
        visit_sessions(sessions, at, visitor);
        if let Some(Rotation { sessions, days: _, slot: _ }) = rotation {
            let at = at.below("rotation");
            visitor.entries(references(sessions), List::Shown, &at.below("sessions"));
        }
        let weeks = at.below("overrides");
        for (index, week) in overrides.iter().enumerate() {
            let WeekOverride { week: _, kind: _, volume: _, load: _, sessions, without: _ } = week;
            visit_sessions(sessions.as_deref().unwrap_or_default(), &weeks.index(index), visitor);
        }
        let rules = at.below("progression");
        for (index, rule) in progression.iter().enumerate() {
            let (Progression { of, session, slot: _, scheme: _ }, at) = (rule, rules.index(index));
            match of {
                Grows::Exercise(exercise) => visitor.entry(exercise.into(), Naming::Needed, &at.below("exercise")),
                Grows::Item(_) | Grows::Step(_) => {}
            }
            session.iter().for_each(|session| visitor.entry(session.into(), Naming::Needed, &at.below("session")));
        }
    }
}

fn visit_sessions(sessions: &[PhaseSession], at: &At<'_>, visitor: &mut impl FactVisitor) {
    let at = at.below("sessions");
    for (index, planned) in sessions.iter().enumerate() {
        planned.visit(&at.index(index), visitor);
    }
}
