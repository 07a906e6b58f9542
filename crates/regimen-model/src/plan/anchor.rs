//! Where a programme stands in the calendar: from a start, an end or a race to the first day.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use super::outline::{Outline, Outlined};
use super::race::{self, FromRace};
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::{Anchor, PhaseSession, Schedule, ScheduleName};
use crate::reference::Id;
use crate::suggest::did_you_mean;
use crate::vocabulary::SessionKind;

/// Where a programme is in the calendar.
pub(super) struct Placement {
    /// The first day of the first week.
    pub(super) first: Date,
    /// The race, if the weeks count back from it, and the weeks that do.
    pub(super) race: Option<FromRace>,
}

impl Placement {
    /// A placement by the first day alone.
    fn from(first: Date) -> Self {
        Self { first, race: None }
    }

    /// The race whose days a week counts from, if it does: its sessions are as many days before or after it as in the programme.
    pub(super) fn race_of(&self, week: &Outline<'_>) -> Option<&FromRace> {
        self.race.as_ref().filter(|race| week.phase_index >= race.phase)
    }

    /// How many days a week begins later than the weeks before the phase of the race have it, negative for earlier.
    pub(super) fn shift(&self, week: &Outline<'_>) -> i64 {
        self.race_of(week).map_or(0, |race| race.shift)
    }
}

/// A session by its week, counted from 0, and its position in that week.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct SessionPosition {
    pub(super) week: usize,
    pub(super) index: usize,
}

/// Finds the first day of weeks that are laid out for a first day that is a Monday. The error says which anchor cannot be meant.
pub(super) fn place(
    weeks: &[Outline<'_>],
    name: &Id<ScheduleName>,
    schedule: &Schedule,
) -> Result<Placement, Diagnostic> {
    let placement = first_day(weeks, name, schedule)?;
    // No calendar counts years before the first.
    if placement.first.year() < 1 { Err(too_early(name, schedule)) } else { Ok(placement) }
}

fn too_early(name: &Id<ScheduleName>, schedule: &Schedule) -> Diagnostic {
    let path = FieldPath::root().key("schedules").key(name.as_str()).key(schedule.anchor.key());
    Diagnostic::error("anchor", "the programme begins before the first date of the calendar")
        .at(Place::value(crate::PROJECT_FILE, path), "")
        .help("choose a later date")
}

/// Says that a programme goes on for longer than dates do.
pub(super) fn too_late(name: &Id<ScheduleName>, schedule: &Schedule) -> Diagnostic {
    let key = schedule.anchor.key();
    let path = FieldPath::root().key("schedules").key(name.as_str()).key(key);
    Diagnostic::error("anchor", "the programme ends beyond the last date of the calendar")
        .at(Place::value(crate::PROJECT_FILE, path), "")
        .help(format!("choose an earlier `{key}`"))
}

fn first_day(weeks: &[Outline<'_>], name: &Id<ScheduleName>, schedule: &Schedule) -> Result<Placement, Diagnostic> {
    let place = |key: &str| {
        let path = FieldPath::root().key("schedules").key(name.as_str()).key(key);
        Place::value(crate::PROJECT_FILE, path)
    };
    let too_early = |_| too_early(name, schedule);
    let turned = |first: Date| race::is_turned(weeks, first);
    match &schedule.anchor {
        // Weeks from Monday to Sunday have the race after what leads to it.
        Anchor::Start(first) if turned(*first) => {
            let days = 7 - i64::from(first.weekday().to_monday_zero_offset());
            first.checked_add(days.days()).map(Placement::from).map_err(|_| too_late(name, schedule))
        }
        Anchor::Start(first) => Ok(Placement::from(*first)),
        Anchor::End(last) => {
            let days = weeks.last().map_or(0, |week| i64::from(week.first_day + week.days)) - 1;
            let first = last.checked_sub(days.max(0).days()).map_err(too_early)?;
            let back = if turned(first) { first.weekday().to_monday_zero_offset() } else { 0 };
            first.checked_sub(i64::from(back).days()).map(Placement::from).map_err(too_early)
        }
        Anchor::Race { date, event } => {
            let session = race(weeks, event.as_ref(), schedule, &place)?;
            let held = race::Held { weeks, session, may_move: !schedule.available_days.is_empty() };
            let (days, race) = held.days_before(*date);
            let first = date.checked_sub(days.days()).map_err(too_early)?;
            Ok(Placement { first, race: Some(race) })
        }
    }
}

/// The week and the position of the race that is meant.
fn race(
    weeks: &[Outline<'_>],
    event: Option<&Id<PhaseSession>>,
    schedule: &Schedule,
    place: &impl Fn(&str) -> Place,
) -> Result<SessionPosition, Diagnostic> {
    let is_race = |session: &Outlined<'_>| session.session.kind == SessionKind::Race;
    let races: Vec<_> = weeks
        .iter()
        .enumerate()
        .flat_map(|(week, outline)| outline.sessions.iter().enumerate().map(move |(index, one)| (week, index, one)))
        .filter(|(_, _, session)| is_race(session))
        .collect();
    let names: BTreeSet<&str> = races.iter().map(|(_, _, session)| session.planned.name()).collect();
    let meant = event.map(Id::as_str).or_else(|| names.first().copied().filter(|_| names.len() == 1));
    let found: Vec<_> = races.iter().filter(|(_, _, session)| Some(session.planned.name()) == meant).collect();
    let program = &schedule.program;
    match found.as_slice() {
        [] => {}
        [(week, index, _)] => return Ok(SessionPosition { week: *week, index: *index }),
        [(first, ..), .., (last, ..)] => {
            let (name, first, last) = (meant.unwrap_or_default(), first + 1, last + 1);
            let message = format!("the race `{name}` of the programme `{program}` comes in weeks {first} to {last}");
            let help = "give the one that is meant a `slot` of its own, and name it with `event`";
            return Err(Diagnostic::error("anchor", message).at(place("race"), "").help(help));
        }
    }
    Err(match event {
        Some(event) => Diagnostic::error("anchor", format!("the programme `{program}` has no race `{event}`"))
            .at(place("event"), "referred to here")
            .help(did_you_mean(event.as_str(), names.iter().copied()).unwrap_or_else(|| add_a_race(names.is_empty()))),
        None if names.is_empty() => {
            Diagnostic::error("anchor", format!("the programme `{program}` has no session of the kind `race`"))
                .at(place("race"), "")
                .help(add_a_race(true))
        }
        None => {
            let shown: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            let message = format!("the programme `{program}` has several races: {}", shown.join(", "));
            let help = format!("say which one is on this day: `event: {}`", names.last().copied().unwrap_or_default());
            Diagnostic::error("anchor", message).at(place("race"), "").help(help)
        }
    })
}

fn add_a_race(none: bool) -> String {
    if none {
        "give the session of the race the kind `race`, or anchor the programme with `start` or `end`".into()
    } else {
        "name a session of the kind `race`, by its `slot` if it has one".into()
    }
}
