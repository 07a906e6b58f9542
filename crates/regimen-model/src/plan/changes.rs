//! What one reader does on other days than planned, or not at all. What calendars know the sessions by stays.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::days;
use super::outline::Outline;
use super::placement::{Placement, after};
use super::reader::Reader;
use super::results::{self, Raise};
use super::{LeftOut, Plan, PlannedSession};
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::{Anchor, Change, DateSpan, Day, Meant, Schedule};
use crate::suggest::did_you_mean;
use crate::vocabulary::SessionKind;

/// How many days a session is moved and a plan waits at most. More is a slip of the pen, and would make a page of the
/// calendar for each month between.
const MOST_DAYS: i64 = 366;

/// So many slots that a plan does not have get a suggestion.
const MOST_SUGGESTED: usize = 50;

/// Lets a plan that has a start wait during pauses, and go on after them.
pub(super) fn wait(placement: &mut Placement, weeks: &[Outline<'_>], reader: Reader<'_>) -> Result<(), Diagnostic> {
    let Schedule { anchor: Anchor::Start(_), changes, available_days, .. } = reader.schedule else { return Ok(()) };
    let (Some(first), Some(last)) = (weeks.first(), weeks.last()) else { return Ok(()) };
    let sessions = weeks.iter().flat_map(|week| &week.sessions);
    let mut fixed = sessions.filter(|session| matches!(session.day, Day::Weekday(_)) && session.fixed.is_none());
    let whole_weeks = !available_days.is_empty() || fixed.next().is_some();
    let pauses = changes.iter().enumerate().filter_map(|(index, change)| Some((index, change.pause()?)));
    let mut pauses: Vec<(usize, &DateSpan)> = pauses.collect();
    pauses.sort_by_key(|(_, days)| days.first);
    let mut before: Option<(&DateSpan, Date)> = None;
    for (index, days) in pauses {
        let begins = days::week_start(first, Some(placement));
        let ends = days::week_start(last, Some(placement)) + i64::from(last.days);
        let far = || reader.too_late();
        let plan_begins = placement.date(begins).ok_or_else(far)?;
        let plan_ends = placement.date(ends - 1).ok_or_else(far)?;
        if days.days() > MOST_DAYS {
            let message = format!("a pause of {} days is longer than a year", days.days());
            return Err(
                wrong(reader, index, message).help("correct the last day, or start the plan again with `start`")
            );
        }
        if days.first > plan_ends || days.last < plan_begins {
            return Err(nothing(reader, index, &format!("the plan lasts from {plan_begins} to {plan_ends}")));
        }
        if before.is_some_and(|(before, _)| days.first <= before.last) {
            return Err(nothing(reader, index, "the plan already waits then").help("put both pauses into one"));
        }
        // It still waits, because it waits by whole weeks.
        if before.is_some_and(|(_, resumes)| days.last < resumes) {
            continue;
        }
        // The first day of the plan that would be one of the pause.
        let Some(from) = (begins..ends).find(|day| placement.date(*day).is_some_and(|date| date >= days.first)) else {
            continue;
        };
        let needed = placement.date(from).map_or(0, |date| DateSpan { first: date, last: days.last.max(date) }.days());
        let needed = if whole_weeks { (needed + 6) / 7 * 7 } else { needed };
        placement.pauses.push((from, needed));
        before = Some((days, placement.date(from).ok_or_else(far)?));
    }
    Ok(())
}

/// Makes the changes of a reader to a plan with dates.
///
/// # Errors
/// A finding for each change that cannot be made.
pub(super) fn make(plan: &mut Plan, reader: Reader<'_>) -> Result<(), Vec<Diagnostic>> {
    if reader.schedule.changes.is_empty() {
        return Ok(());
    }
    let mut changed: BTreeMap<&str, &Change> = BTreeMap::new();
    let mut moves: Vec<(usize, Moved)> = Vec::new();
    let mut left_out: BTreeMap<String, bool> = BTreeMap::new();
    let mut findings = Vec::new();
    let (known, mut unknown) = (Index::new(plan), 0);
    for (index, change) in reader.schedule.changes.iter().enumerate() {
        let found = match known.meant(change, reader, index, &mut unknown) {
            Ok(found) => found,
            Err(finding) => {
                findings.push(finding);
                continue;
            }
        };
        for slot in found {
            if let Some(first) = changed.get(slot) {
                if !is_same(first, change) {
                    let message = format!("`{slot}` is changed twice: by `{first}` and by `{change}`");
                    findings.push(wrong(reader, index, message).help("keep one of the two changes"));
                }
                continue;
            }
            changed.insert(slot, change);
            match change {
                Change::Pause(_) | Change::Skip(_) => {
                    left_out.insert(slot.to_owned(), matches!(change, Change::Pause(_)));
                }
                Change::Move { to, .. } => {
                    moves.push((index, Moved { week: known.slots[slot], slot: slot.to_owned(), to: *to }));
                }
            }
        }
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    let raises = leave_out(plan, &left_out);
    for (index, moved) in moves {
        let wrongly = move_to(plan, &moved).err();
        findings.extend(wrongly.map(|(message, help)| wrong(reader, index, message).help(help)));
    }
    for (date, raise) in raises {
        let sessions = plan.weeks.iter_mut().flat_map(|week| &mut week.sessions);
        results::raise_later(sessions.filter(|session| session.date >= Some(date)), raise);
    }
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

/// Whether two changes of a session do the same: what is skipped may be within a pause.
fn is_same(first: &Change, second: &Change) -> bool {
    matches!((first, second), (Change::Pause(_), Change::Skip(_)) | (Change::Skip(_), Change::Pause(_)))
}

/// The sessions of a plan by what changes name: a reader with many changes asks for many.
struct Index<'a> {
    days: BTreeMap<Date, Vec<&'a str>>,
    /// Every slot, and the position of its week.
    slots: BTreeMap<&'a str, usize>,
    /// The races on the day that holds the plan in place.
    races: BTreeSet<&'a str>,
    /// The days of the plan, if they are in the calendar.
    lasts: Option<DateSpan>,
}

impl<'a> Index<'a> {
    fn new(plan: &'a Plan) -> Self {
        let weeks = plan.weeks.iter().enumerate();
        let slots = weeks.flat_map(|(at, week)| week.sessions.iter().map(move |session| (session.slot.as_str(), at)));
        let mut index = Self { days: BTreeMap::new(), slots: slots.collect(), races: BTreeSet::new(), lasts: None };
        let last = plan.by_week().map(|session| session.offset).chain(plan.days().checked_sub(1)).max();
        index.lasts =
            plan.schedule.as_ref().zip(last).and_then(|(schedule, last)| {
                Some(DateSpan { first: schedule.start, last: after(schedule.start, last)? })
            });
        let race = plan.schedule.as_ref().and_then(|schedule| schedule.race);
        for session in plan.sessions() {
            if let Some(date) = session.date {
                index.days.entry(date).or_default().push(&session.slot);
            }
            if race.is_some() && session.date == race && session.kind == SessionKind::Race {
                index.races.insert(&session.slot);
            }
        }
        index
    }

    /// The slots of the sessions that a change is about. Of unknown ones the first few get a suggestion: who has more has not
    /// mistyped them.
    fn meant(
        &self,
        change: &Change,
        reader: Reader<'_>,
        index: usize,
        unknown: &mut usize,
    ) -> Result<Vec<&'a str>, Diagnostic> {
        let of_days = |days: DateSpan| {
            self.days.range(days.first..=days.last.max(days.first)).flat_map(|(_, slots)| slots).copied().collect()
        };
        let found: Vec<&str> = match change {
            // A plan with a start has waited.
            Change::Pause(_) if matches!(reader.schedule.anchor, Anchor::Start(_)) => return Ok(Vec::new()),
            Change::Pause(days) => of_days(*days),
            Change::Skip(Meant::Date(date)) | Change::Move { what: Meant::Date(date), .. } => {
                of_days(DateSpan { first: *date, last: *date })
            }
            Change::Skip(Meant::Slot(slot)) | Change::Move { what: Meant::Slot(slot), .. } => {
                let Some((known, _)) = self.slots.get_key_value(&**slot) else {
                    *unknown += 1;
                    let near = (*unknown <= MOST_SUGGESTED).then(|| did_you_mean(slot, self.slots.keys().copied()));
                    let message = format!("the plan of `{}` has no session `{slot}`", reader.schedule.program);
                    let help = near.flatten().unwrap_or_else(|| "`regimen show` lists the slots of a plan".into());
                    return Err(wrong(reader, index, message).help(help));
                };
                vec![known]
            }
        };
        if found.is_empty() {
            // Nobody has to know on which days of a pause there would be a session.
            return match (change, self.lasts) {
                (Change::Pause(days), Some(plan)) if days.first <= plan.last && days.last >= plan.first => Ok(found),
                (_, Some(DateSpan { first, last })) if !is_of_plan(change, first, last) => {
                    Err(nothing(reader, index, &format!("the plan lasts from {first} to {last}")))
                }
                _ => Err(nothing(reader, index, "no session is planned for then")),
            };
        }
        if found.iter().any(|slot| self.races.contains(slot)) {
            return Err(on_race(change, reader, index));
        }
        Ok(found)
    }
}

/// Whether the date of a change is one of a plan, whose first and last day these are.
fn is_of_plan(change: &Change, first: Date, last: Date) -> bool {
    match change {
        Change::Skip(Meant::Date(date)) | Change::Move { what: Meant::Date(date), .. } => (first..=last).contains(date),
        Change::Pause(_) | Change::Skip(Meant::Slot(_)) | Change::Move { what: Meant::Slot(_), .. } => false,
    }
}

/// Leaves sessions out of a plan, each with whether all of it pauses then. Gives the bests that should be raised with them, with their
/// dates.
fn leave_out(plan: &mut Plan, left_out: &BTreeMap<String, bool>) -> Vec<(Date, Raise)> {
    let mut raises = Vec::new();
    for week in &mut plan.weeks {
        for session in week.sessions.extract_if(.., |session| left_out.contains_key(&session.slot)) {
            let date = session.date.unwrap_or_default();
            raises.extend(results::raises(&session).into_iter().map(|raise| (date, raise)));
            let PlannedSession { slot, week, date, session, kind, .. } = session;
            let paused = left_out.get(&slot).copied().unwrap_or_default();
            plan.left_out.push(LeftOut { slot, week, session, kind, date: date.unwrap_or_default(), paused });
        }
    }
    plan.left_out.sort_by(|one, other| (one.date, &one.slot).cmp(&(other.date, &other.slot)));
    raises
}

/// A session of a week, by position, and the day on which it is done instead.
struct Moved {
    week: usize,
    slot: String,
    to: Date,
}

/// Moves a session of a week of a plan.
///
/// # Errors
/// Why it cannot be moved so far, and what to do.
fn move_to(plan: &mut Plan, Moved { week, slot, to }: &Moved) -> Result<(), (String, &'static str)> {
    let (week, to) = (*week, *to);
    let start = plan.schedule.as_ref().map_or(to, |schedule| schedule.start);
    let Some(week) = plan.weeks.get_mut(week) else { return Ok(()) };
    for session in week.sessions.iter_mut().filter(|session| session.slot == *slot) {
        if session.date.is_some_and(|date| i64::from((to - date).get_days().abs()) > MOST_DAYS) {
            let message = format!("`{slot}` would be moved by more than a year");
            return Err((message, "correct the day that it is moved `to`"));
        }
        let Ok(offset) = u32::try_from((to - start).get_days()) else {
            return Err((
                format!("`{slot}` would be moved to a day before the plan begins"),
                "choose a day of the plan",
            ));
        };
        session.moved_from = session.date.filter(|date| *date != to);
        (session.date, session.offset) = (Some(to), offset);
    }
    week.sessions.sort_by_key(|session| session.offset);
    Ok(())
}

/// An error at a change.
fn wrong(reader: Reader<'_>, index: usize, message: impl Into<String>) -> Diagnostic {
    let key = reader.schedule.changes.get(index).map_or("skip", Change::key);
    let path: FieldPath = reader.path("changes").index(index).key(key);
    Diagnostic::error("schedule-change", message).at(Place::value(crate::PROJECT_FILE, path), "")
}

/// A change of the race that holds the plan in its place.
fn on_race(change: &Change, reader: Reader<'_>, index: usize) -> Diagnostic {
    let held = "the race holds the plan in its place, so that it is neither left out nor moved";
    match (change, &reader.schedule.anchor) {
        (Change::Pause(_), Anchor::Race { date, .. }) => {
            let message = format!("the race on {date} is within this pause, and holds the plan in its place");
            wrong(reader, index, message).help("let the pause end before the race or begin after it, or correct `race`")
        }
        (Change::Move { .. }, _) => wrong(reader, index, held).help("write the new date of the race under `race`"),
        _ => wrong(reader, index, held)
            .help("take this out; for a plan without its race, write `start` or `end` in place of `race`"),
    }
}

/// A change that changes nothing.
fn nothing(reader: Reader<'_>, index: usize, why: &str) -> Diagnostic {
    wrong(reader, index, format!("this changes nothing: {why}")).help("take it out, or correct the day")
}
