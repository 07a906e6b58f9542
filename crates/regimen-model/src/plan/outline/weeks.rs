//! The weeks of a programme, phase by phase: what is listed for each, what is next in turn, and what the grid has.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::stretch::{On, Stretch};
use super::{Outline, Outlined, Slot, Written, listed};
use crate::catalog::Catalog;
use crate::model::{Day, Grid, GridPlacement, Phase, PhaseSession, Program, WeekOverride};
use crate::quantity::Percent;
use crate::reference::Id;
use crate::vocabulary::Weekday;

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
        let first = Weekday::ALL[(self.first as u32 + self.first_day) as usize % Weekday::ALL.len()];
        let stretch = Stretch { length: *length, first, names_weekdays: self.names_weekdays, begins, days };
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
    fn fill(&self, stretch: &Stretch, week: u32, outlined: &mut Vec<Outlined<'a>>) {
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
    fn rotate(&self, stretch: &Stretch, turned: &mut usize, outlined: &mut Vec<Outlined<'a>>) {
        let Some(rotation) = &self.phase.rotation else { return };
        let placed = rotation.days.iter().flat_map(|day| stretch.on(*day));
        let mut placed: Vec<(u32, On)> = placed.collect();
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

/// Whether the share of a single week is below that of its phase.
fn is_less(week: Option<Percent>, phase: Option<Percent>) -> bool {
    let usual = phase.map_or(Decimal::ONE_HUNDRED, |share| share.0);
    week.is_some_and(|share| share.0 < usual)
}
