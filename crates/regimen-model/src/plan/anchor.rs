//! Where a programme stands in the calendar: from a start, an end or a race to the first day.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;

use super::outline::Outline;
use super::placement::{Placement, SessionPosition};
use super::race;
use super::reader::Reader;
use crate::diagnostic::Diagnostic;
use crate::model::{Anchor, PhaseSession, Schedule};
use crate::reference::Id;
use crate::suggest::did_you_mean;
use crate::vocabulary::SessionKind;

/// Finds the first day of weeks that are laid out for a first day that is a Monday. The error says which anchor cannot be meant.
pub(super) fn place(weeks: &[Outline<'_>], reader: Reader<'_>) -> Result<Placement, Diagnostic> {
    let placement = first_day(weeks, reader)?;
    // No calendar counts years before the first.
    if placement.first.year() < 1 { Err(too_early(reader)) } else { Ok(placement) }
}

fn too_early(reader: Reader<'_>) -> Diagnostic {
    reader.anchor("the programme begins before the first date of the calendar").help("choose a later date")
}

fn first_day(weeks: &[Outline<'_>], reader: Reader<'_>) -> Result<Placement, Diagnostic> {
    let too_early = |_| too_early(reader);
    let days = |days: i64| jiff::Span::new().try_days(days);
    match &reader.schedule.anchor {
        Anchor::Start(date) => {
            let kept = kept(weeks, None, reader)?;
            let before = weeks.get(kept.start).map_or(0, |week| i64::from(week.first_day));
            let first = days(before).and_then(|days| date.checked_sub(days)).map_err(too_early)?;
            // Weeks from Monday to Sunday have the race after what leads to it.
            let wait = if race::is_turned(&weeks[kept.clone()], first) { 7 - begins(first) } else { 0 };
            let first = days(wait).and_then(|days| first.checked_add(days)).map_err(|_| reader.too_late())?;
            Ok(Placement::new(first, kept))
        }
        Anchor::End(last) => {
            let kept = kept(weeks, None, reader)?;
            let before = weeks.last().map_or(0, |week| i64::from(week.first_day + week.days)) - 1;
            let first = days(before.max(0)).and_then(|days| last.checked_sub(days)).map_err(too_early)?;
            let back = if race::is_turned(&weeks[kept.clone()], first) { begins(first) } else { 0 };
            let first = days(back).and_then(|days| first.checked_sub(days)).map_err(too_early)?;
            Ok(Placement::new(first, kept))
        }
        Anchor::Race { date, event } => {
            let session = race(weeks, event.as_ref(), reader)?;
            let kept = kept(weeks, Some(session.week), reader)?;
            let held = race::Held { weeks, session, may_move: !reader.schedule.available_days.is_empty() };
            let (before, race) = held.days_before(*date);
            let first = days(before).and_then(|days| date.checked_sub(days)).map_err(too_early)?;
            Ok(Placement { race: Some(race), ..Placement::new(first, kept) })
        }
    }
}

/// Days from a Monday to the weekday of a date.
fn begins(first: Date) -> i64 {
    first.weekday().to_monday_zero_offset().into()
}

/// The weeks of the programme that a schedule has.
fn kept(weeks: &[Outline<'_>], race: Option<usize>, reader: Reader<'_>) -> Result<Range<usize>, Diagnostic> {
    let Schedule { from_week, weeks: wanted, anchor, .. } = reader.schedule;
    for (key, count) in [("from_week", *from_week), ("weeks", *wanted)] {
        if count == Some(0) {
            let finding = Diagnostic::error("anchor", "weeks count from 1").at(reader.place(key), "");
            return Err(finding.help(format!("write 1 or more, or leave out `{key}`")));
        }
    }
    if from_week.is_some() && wanted.is_some() && !matches!(anchor, Anchor::Start(_)) {
        let message = format!("with `{}`, write either `from_week` or `weeks`", anchor.key());
        let finding = Diagnostic::error("anchor", message).at(reader.place("weeks"), "");
        let finding = finding.at(reader.place("from_week"), "");
        return Err(finding.help("each says with which week the schedule begins; leave one of them out"));
    }
    let position = |week: u32| usize::try_from(week).unwrap_or(usize::MAX);
    // The weeks that lead to the race, or all.
    let last = race.map_or(weeks.len(), |week| week + 1);
    let many = |key: &str, what: String| {
        let message = format!("{what}, and the programme `{}` has {last}", reader.schedule.program);
        let message = if race.is_some() { format!("{message} up to its race") } else { message };
        Diagnostic::error("anchor", message)
            .at(reader.place(key), "")
            .help(format!("write a smaller number, or leave out `{key}`"))
    };
    let from = from_week.map_or(0, |week| position(week).saturating_sub(1));
    if let Some(week) = from_week.filter(|_| from >= last) {
        return Err(many("from_week", format!("the schedule begins with week {week}")));
    }
    let Some(wanted) = *wanted else { return Ok(from..weeks.len()) };
    if position(wanted) > last - from {
        return Err(many("weeks", format!("the schedule has {wanted} weeks")));
    }
    match anchor {
        Anchor::Start(_) => Ok(from..from + position(wanted)),
        Anchor::End(_) | Anchor::Race { .. } => Ok(last - position(wanted)..weeks.len()),
    }
}

/// The week and the position of the race that is meant: of several of that name, the last one.
fn race(
    weeks: &[Outline<'_>],
    event: Option<&Id<PhaseSession>>,
    reader: Reader<'_>,
) -> Result<SessionPosition, Diagnostic> {
    let races = races(weeks);
    let names: BTreeSet<&str> = races.iter().map(|race| race.name).collect();
    let meant = event.map(Id::as_str).or_else(|| names.first().copied().filter(|_| names.len() == 1));
    let is_meant = |race: &&Race<'_>| meant.is_some_and(|meant| race.name == meant || race.slot == meant);
    if let Some(race) = races.iter().rev().find(is_meant) {
        return Ok(race.position);
    }
    let program = &reader.schedule.program;
    Err(match event {
        Some(event) => {
            let known = races.iter().flat_map(|race| [race.name, race.slot.as_str()]);
            let near = did_you_mean(event.as_str(), known).unwrap_or_else(|| add_a_race(&names));
            Diagnostic::error("anchor", format!("the programme `{program}` has no race `{event}`"))
                .at(reader.place("event"), "referred to here")
                .help(near)
        }
        None if names.is_empty() => {
            Diagnostic::error("anchor", format!("the programme `{program}` has no session of the kind `race`"))
                .at(reader.place("race"), "")
                .help(add_a_race(&names))
        }
        None => {
            let shown: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            let message = format!("the programme `{program}` has several races: {}", shown.join(", "));
            let help = format!("say which one is on this day: `event: {}`", names.last().copied().unwrap_or_default());
            Diagnostic::error("anchor", message).at(reader.place("race"), "").help(help)
        }
    })
}

/// A race of a programme.
struct Race<'a> {
    position: SessionPosition,
    name: &'a str,
    /// What calendars know it by.
    slot: String,
}

/// The races of a programme in the order of its weeks, and of their days in each.
fn races<'a>(weeks: &'a [Outline<'_>]) -> Vec<Race<'a>> {
    let of_week = |(week, outline): (usize, &'a Outline<'_>)| {
        let slots = outline.slots(u32::try_from(week + 1).unwrap_or(u32::MAX));
        let sessions = outline.sessions.iter().zip(slots).enumerate();
        let races = sessions.filter(|(_, (session, _))| session.session.kind == SessionKind::Race);
        let mut races: Vec<(u32, Race<'a>)> = races
            .map(|(index, (session, slot))| {
                let position = SessionPosition { week, index };
                (outline.usual_day(session), Race { position, name: session.planned.name(), slot })
            })
            .collect();
        races.sort_by_key(|(day, _)| *day);
        races.into_iter().map(|(_, race)| race)
    };
    weeks.iter().enumerate().flat_map(of_week).collect()
}

fn add_a_race(names: &BTreeSet<&str>) -> String {
    if names.is_empty() {
        return "give the session of the race the kind `race`, or anchor the programme with `start` or `end`".into();
    }
    // More would not be read.
    let shown: Vec<_> = names.iter().take(6).map(|name| format!("`{name}`")).collect();
    let races = shown.join(", ");
    format!(
        "its races are {races}; of several with one name, each is known by its place in the plan, such as `w8-sunday`"
    )
}
