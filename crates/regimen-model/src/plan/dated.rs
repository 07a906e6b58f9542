//! A programme in the calendar of one reader: which of its weeks, on which days, and when on the day.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::anchor;
use super::days::{self, Setting};
use super::outline::{self, Outline};
use super::placement::{Placement, after};
use super::reader::{OpenDays, Reader};
use super::{Plan, PlanSchedule, Wait, changes, times};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::model::{Anchor, Change, Day, Entry, Program, Schedule, ScheduleName, Session};
use crate::reference::Id;
use crate::vocabulary::Weekday;

/// The weeks of a plan, on their days.
pub(super) struct Placed<'a> {
    pub(super) weeks: Vec<PlacedWeek<'a>>,
    /// The weeks of the programme before those of the plan, which begins later.
    pub(super) before: Vec<Outline<'a>>,
    placement: Option<Placement>,
}

/// A week on its days.
pub(super) struct PlacedWeek<'a> {
    /// 1 for the first of the programme.
    pub(super) number: u32,
    pub(super) outline: Outline<'a>,
    /// What calendars know its sessions by.
    pub(super) slots: Vec<String>,
    /// Its first day, counted from the first day of the plan.
    pub(super) first_day: u32,
    /// When the plan waits between two of its days.
    pub(super) waits: Vec<Wait>,
    /// The days of its sessions, counted likewise.
    pub(super) days: Vec<u32>,
}

/// Lays the sessions of a programme on days.
pub(super) fn placed<'a>(
    catalog: &'a Catalog,
    program: &'a Entry<Program>,
    reader: Option<Reader<'_>>,
) -> Result<Placed<'a>, Vec<Diagnostic>> {
    let (mut outline, mut placement) = outlined(catalog, program, reader).map_err(|finding| vec![finding])?;
    let kept = placement.as_ref().map_or(0..outline.len(), |placement| placement.kept.clone());
    if let Some((placement, reader)) = placement.as_mut().zip(reader) {
        changes::wait(placement, &outline[kept.clone()], reader).map_err(|finding| vec![finding])?;
    }
    let slots: Vec<Vec<String>> = (1..).zip(&outline).map(|(number, week)| week.slots(number)).collect();
    let open = reader.and_then(OpenDays::of);
    let setting = Setting { file: &program.file, placement: placement.as_ref(), open, reader, slots: &slots };
    let days = days::days(&outline, kept.clone(), &setting)?;
    let own = outline.split_off(kept.start);
    let slots = slots.into_iter().skip(kept.start).collect();
    let weeks = in_plan(own, slots, kept.start, days, placement.as_ref());
    Ok(Placed { weeks, before: outline, placement })
}

/// All weeks of a programme, and where it is in the calendar.
fn outlined<'a>(
    catalog: &'a Catalog,
    program: &'a Program,
    reader: Option<Reader<'_>>,
) -> Result<(Vec<Outline<'a>>, Option<Placement>), Diagnostic> {
    let mut outline = outline::weeks(catalog, program, Weekday::Monday);
    let placement = reader.map(|reader| anchor::place(&outline, reader)).transpose()?;
    if let Some(placement) = &placement
        && Weekday::of(placement.first) != Weekday::Monday
    {
        // Which days a short week has, and in which order, depends on the weekday on which it begins. Weeks that count from a race
        // have the days of the programme.
        let own = outline::weeks(catalog, program, Weekday::of(placement.first));
        let weeks = outline.iter_mut().zip(own).filter(|(week, _)| placement.race_of(week).is_none());
        weeks.for_each(|(week, own)| *week = own);
    }
    Ok((outline, placement))
}

/// All weeks of a programme with the sessions that they have for a schedule, which may lack some of the weeks; `None` if it cannot be
/// kept.
#[doc(hidden)]
pub fn weeks_of<'a>(
    catalog: &'a Catalog,
    program: &'a Program,
    name: &Id<ScheduleName>,
    schedule: &Schedule,
) -> Option<Vec<Outline<'a>>> {
    outlined(catalog, program, Some(Reader::of_schedule(name, schedule))).ok().map(|(weeks, _)| weeks)
}

/// Which weeks of a programme a schedule has, and what it may name in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptWeeks {
    /// The number of the first one, counted from 1, and that of the last.
    pub weeks: RangeInclusive<u32>,
    /// What calendars know their sessions by.
    pub slots: BTreeSet<String>,
    /// Their sessions.
    pub sessions: BTreeSet<Id<Session>>,
    /// What calendars know the race by that holds the schedule in its place, if one does.
    pub race: Option<String>,
}

impl KeptWeeks {
    /// Whether this is a session or a slot of theirs.
    pub fn names(&self, name: &str) -> bool {
        self.slots.contains(name) || self.sessions.iter().any(|session| session.as_str() == name)
    }
}

/// The weeks that a schedule has of a programme; `None` if it cannot be kept.
pub fn kept_weeks(
    catalog: &Catalog,
    program: &Program,
    name: &Id<ScheduleName>,
    schedule: &Schedule,
) -> Option<KeptWeeks> {
    let (weeks, placement) = outlined(catalog, program, Some(Reader::of_schedule(name, schedule))).ok()?;
    let placement = placement?;
    let number = |position: usize| u32::try_from(position).unwrap_or(u32::MAX);
    let own = || weeks.iter().enumerate().take(placement.kept.end).skip(placement.kept.start);
    let slots_of = |(position, week): (usize, &Outline<'_>)| week.slots(number(position + 1));
    let race = placement.race.map(|race| race.session).and_then(|race| {
        let slots = slots_of((race.week, weeks.get(race.week)?));
        slots.into_iter().nth(race.index)
    });
    let sessions = own().flat_map(|(_, week)| &week.sessions).map(|session| session.session.id.clone());
    Some(KeptWeeks {
        weeks: number(placement.kept.start + 1)..=number(placement.kept.end),
        slots: own().flat_map(slots_of).collect(),
        sessions: sessions.collect(),
        race,
    })
}

/// The weeks that the plan has, with days counted from its first day; so many weeks of the programme are left out before them.
fn in_plan<'a>(
    outline: Vec<Outline<'a>>,
    slots: Vec<Vec<String>>,
    left_out: usize,
    days: Vec<Vec<i64>>,
    placement: Option<&Placement>,
) -> Vec<PlacedWeek<'a>> {
    let waited = |day: i64| day + placement.map_or(0, |placement| placement.waits(day));
    // A plan whose first day is one of a pause begins after it.
    let base = waited(outline.first().map_or(0, |week| days::week_start(week, placement)));
    let in_plan = |day: i64| u32::try_from(waited(day) - base).unwrap_or_default();
    let waits = |week: &Outline<'_>| {
        let begins = days::week_start(week, placement);
        let within = placement.map_or(&[][..], |placement| placement.waits_within(begins, week.days));
        // Pauses that follow each other at once make the plan wait once.
        let waits = within.chunk_by(|(one, _), (next, _)| one == next).map(|same| {
            let days = u32::try_from(same.iter().map(|(_, days)| days).sum::<i64>()).unwrap_or_default();
            Wait { first_day: in_plan(same[0].0).saturating_sub(days), days }
        });
        waits.collect()
    };
    let all = (1..).skip(left_out).zip(outline.into_iter().zip(slots)).zip(days);
    let weeks = all.map(|((number, (outline, slots)), days)| PlacedWeek {
        number,
        slots,
        first_day: in_plan(days::week_start(&outline, placement)),
        waits: waits(&outline),
        days: days.into_iter().map(in_plan).collect(),
        outline,
    });
    weeks.collect()
}

/// Whether a schedule has any session on another day of its week or weekday than the programme has for everybody, leaves some out, or begins
/// later or ends earlier than it says.
///
/// # Errors
/// As for [`super::expand`], as far as days are concerned; doses are not looked at.
pub fn moves(
    catalog: &Catalog,
    program: &Entry<Program>,
    name: &Id<ScheduleName>,
    schedule: &Schedule,
) -> Result<bool, Vec<Diagnostic>> {
    let reader = Reader::of_schedule(name, schedule);
    let placed = placed(catalog, program, Some(reader))?;
    let first = placed.first();
    let last = placed.weeks.iter().flat_map(|week| week.days.iter().chain([&week.first_day])).max();
    if let Some(first) = first {
        after(first, last.copied().unwrap_or_default()).ok_or_else(|| vec![reader.too_late()])?;
    }
    let ends = || {
        let week = placed.weeks.last()?;
        after(first?, (week.first_day + week.outline.days).saturating_sub(1))
    };
    let is_off = match schedule.anchor {
        Anchor::Start(start) => first != Some(start),
        Anchor::End(end) => ends() != Some(end),
        // Days that count from the race are the programme's, on other weekdays.
        Anchor::Race { .. } => first.is_some_and(|first| placed.has_other_weekdays(first)),
    };
    let days = |placed: &Placed<'_>| placed.weeks.iter().map(|week| week.days.clone()).collect::<Vec<_>>();
    Ok(is_off || !schedule.changes.is_empty() || days(&placed) != days(&self::placed(catalog, program, None)?))
}

impl Placed<'_> {
    /// Whether any session is on another weekday than the programme's, if the plan begins on such a day.
    fn has_other_weekdays(&self, first: Date) -> bool {
        let sessions = self.weeks.iter().flat_map(|week| week.outline.sessions.iter().zip(&week.days));
        let mut weekdays = sessions.filter(|(session, _)| session.fixed.is_none());
        weekdays.any(|(session, day)| match session.day {
            Day::Weekday(meant) => after(first, *day).is_some_and(|date| Weekday::of(date) != meant),
            Day::Number(_) => false,
        })
    }

    /// The first day of the plan, if it is in the calendar.
    fn first(&self) -> Option<Date> {
        let placement = self.placement.as_ref()?;
        let week = self.weeks.first();
        placement.date(week.map_or(0, |week| days::week_start(&week.outline, Some(placement))))
    }

    /// The day of the plan on which the session of a slot is done that is planned for such a day; `None` if the reader leaves it out.
    pub(super) fn done_on(&self, reader: Reader<'_>, slot: &str, day: u32) -> Option<i64> {
        let planned = self.first().and_then(|first| Some((first, after(first, day)?)));
        match planned.and_then(|(first, date)| Some((first, reader.changed(slot, date)?))) {
            None => Some(day.into()),
            Some((first, to)) => to.map(|to| (to - first).get_days().into()),
        }
    }

    /// Gives every week and session its date, and makes the changes of the reader.
    pub(super) fn date(&self, plan: &mut Plan, reader: Reader<'_>) -> Result<(), Vec<Diagnostic>> {
        let too_late = || vec![reader.too_late()];
        let first = self.first().ok_or_else(too_late)?;
        for week in &mut plan.weeks {
            week.start = Some(after(first, week.first_day).ok_or_else(too_late)?);
            for session in &mut week.sessions {
                session.date = Some(after(first, session.offset).ok_or_else(too_late)?);
            }
        }
        plan.schedule = Some(plan_schedule(first, reader));
        changes::make(plan, reader)?;
        times::set(plan, reader.schedule);
        Ok(())
    }
}

fn plan_schedule(start: Date, reader: Reader<'_>) -> PlanSchedule {
    let Schedule { anchor, timezone, at, race_at, times: _, day_times, length, formerly, .. } = reader.schedule;
    let race = match anchor {
        Anchor::Race { date, .. } => Some(*date),
        Anchor::Start(_) | Anchor::End(_) => None,
    };
    let race_at = race_at.or_else(|| reader.schedule.time_of("race"));
    let [at, race_at] = [*at, race_at].map(|time| time.zip(timezone.clone()));
    PlanSchedule {
        name: reader.name.clone(),
        start,
        race,
        at,
        race_at,
        timezone: timezone.clone(),
        day_times: day_times.clone(),
        pauses: reader.schedule.changes.iter().filter_map(Change::pause).copied().collect(),
        length: *length,
        formerly: formerly.clone(),
    }
}
