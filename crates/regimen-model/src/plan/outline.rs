//! The weeks of a programme before they have days and doses: phases counted, single weeks overridden.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::progress::WeekOfPhase;
use crate::catalog::Catalog;
use crate::diagnostic::FieldPath;
use crate::model::{Entry, Phase, PhaseSession, Program, Session, WeekOverride};
use crate::quantity::Percent;
use crate::vocabulary::PhaseKind;

/// One week.
#[derive(Clone)]
pub struct Outline<'a> {
    pub phase: &'a Phase,
    pub phase_index: usize,
    /// 0 for the first week of the phase.
    pub week: u32,
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
    pub planned: &'a PhaseSession,
    pub session: &'a Arc<Entry<Session>>,
    /// The override that lists it, if the phase does not.
    from_override: Option<usize>,
    index: usize,
}

impl Outline<'_> {
    /// Where this week stands in its phase.
    pub(crate) fn week_of_phase(&self) -> WeekOfPhase {
        WeekOfPhase { week: self.week, weeks: self.phase.weeks.into() }
    }

    /// Where a session of this week stands in the file of the programme.
    pub fn path(&self, session: &Outlined<'_>) -> FieldPath {
        let phase = FieldPath::root().key("phases").index(self.phase_index);
        let list = match session.from_override {
            Some(index) => phase.key("overrides").index(index),
            None => phase,
        };
        list.key("sessions").index(session.index)
    }
}

/// Every week of a programme. Sessions that do not exist are left out; checking reports them.
pub fn weeks<'a>(catalog: &'a Catalog, program: &'a Program) -> Vec<Outline<'a>> {
    let phases = program.phases.iter().enumerate();
    let weeks = phases.flat_map(|(index, phase)| (0..u32::from(phase.weeks)).map(move |week| (index, phase, week)));
    weeks.map(|(index, phase, week)| outline(catalog, phase, index, week)).collect()
}

fn outline<'a>(catalog: &'a Catalog, phase: &'a Phase, phase_index: usize, week: u32) -> Outline<'a> {
    let Phase { id: _, kind, weeks: _, volume, load, sessions, overrides, progression: _ } = phase;
    let found = overrides.iter().enumerate().find(|(_, other)| u32::from(other.week) == week + 1);
    let other = found.map(|(_, other)| other);
    let own = found.and_then(|(index, other)| Some((Some(index), other.sessions.as_deref()?)));
    let (from_override, listed) = own.unwrap_or((None, sessions.as_slice()));
    let without = other.map(|other| other.without.as_slice()).unwrap_or_default();
    let sessions =
        listed.iter().enumerate().filter(|(_, planned)| without.iter().all(|id| id.as_str() != planned.name()));
    let sessions = sessions.filter_map(|(index, planned)| {
        let session = catalog.sessions.get(&planned.session)?;
        Some(Outlined { planned, session, from_override, index })
    });
    Outline {
        phase,
        phase_index,
        week,
        kind: other.and_then(|other: &WeekOverride| other.kind).unwrap_or(*kind),
        volume: other.and_then(|other| other.volume).or(*volume),
        load: other.and_then(|other| other.load).or(*load),
        lighter: other.is_some_and(|other| is_less(other.volume, *volume) || is_less(other.load, *load)),
        sessions: sessions.collect(),
    }
}

/// Whether the share of a single week is below that of its phase.
fn is_less(week: Option<Percent>, phase: Option<Percent>) -> bool {
    let usual = phase.map_or(Decimal::ONE_HUNDRED, |share| share.0);
    week.is_some_and(|share| share.0 < usual)
}
