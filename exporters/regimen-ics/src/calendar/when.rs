//! When sessions are: from a date and a time of day to what a calendar writes.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp, ToSpan};
use regimen_catalog::Diagnostic;
use regimen_catalog::plan::{PlanSchedule, PlannedSession};
use regimen_catalog::quantity::{Duration, TimeUnit};
use regimen_catalog::timezone;
use regimen_catalog::vocabulary::SessionKind;

use super::place;
use crate::value::{Moment, Utc};
use crate::zone::{ClockChange, Zone};

/// The clocks by which the sessions of a schedule start.
pub(super) struct Timing<'a> {
    schedule: &'a PlanSchedule,
    clocks: Clocks,
}

enum Clocks {
    /// No zone: sessions are whole days.
    None,
    /// The reader's own clock.
    Floating,
    /// The clocks of a place.
    Zoned(Box<Zone>),
}

/// A session at its time of day, or at one of several.
#[derive(Clone, Copy)]
pub(super) struct Occasion<'a> {
    /// The session, with what is done then alone.
    pub(super) session: &'a PlannedSession,
    /// When it starts; `None` for a whole-day entry.
    pub(super) at: Option<Time>,
    /// Which of the times of the day it is, 1 for the first, if there is an event for each.
    pub(super) number: Option<usize>,
}

/// When a session is, before it is known how the calendar writes times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// The first day, and the day after the last.
    Days(Date, Date),
    /// By the reader's own clock.
    Floating(DateTime, DateTime),
    /// Points of time.
    Instants(Timestamp, Timestamp),
}

impl<'a> Timing<'a> {
    /// Reads the schedule's time and zone.
    ///
    /// # Errors
    /// If there is no such zone.
    pub(super) fn new(
        schedule: &'a PlanSchedule,
        sessions: &[Occasion<'_>],
        floating: bool,
    ) -> Result<Self, Diagnostic> {
        let timed = schedule.at.is_some() || schedule.race_at.is_some() || sessions.iter().any(|one| one.at.is_some());
        let clocks = match schedule.timezone.as_ref().filter(|_| timed) {
            None => Clocks::None,
            Some(_) if floating => Clocks::Floating,
            Some(name) => Clocks::Zoned(Box::new(Zone::find(name).ok_or_else(|| unknown_zone(name, schedule))?)),
        };
        Ok(Self { schedule, clocks })
    }

    /// Sessions for a time that the clocks of their day skip start later, and what follows them at once still does. Where something else
    /// starts at the time that the clocks show instead, they start when that is over. Each is a warning.
    pub(super) fn pass_skipped_times(&self, occasions: &mut [Occasion<'_>], findings: &mut Vec<Diagnostic>) {
        let Clocks::Zoned(zone) = &self.clocks else { return };
        for index in 0..occasions.len() {
            let occasion = occasions[index];
            let Some((first, Some(ClockChange::Skipped))) = self.start(zone, occasion) else { continue };
            self.push_followers(zone, index, occasions, findings);
            let others = occasions.iter().filter(|other| other.session.date == occasion.session.date);
            let others = others.filter(|other| other.at != occasion.at);
            let others = others.filter_map(|other| {
                let (start, _) = self.start(zone, *other)?;
                Some((start, start.checked_add(length(duration(other.session, self.schedule))?).ok()?))
            });
            let others: BTreeMap<Timestamp, Timestamp> = others.collect();
            let mut start = first;
            // Each turn passes over one of the others.
            while let Some(end) = others.get(&start) {
                start = *end;
            }
            let shown = zone.local(start);
            if start == first || Some(shown.date()) != occasion.session.date {
                continue;
            }
            let change = occasion
                .at
                .map(|time| Self::clock_change(occasion.session, time, zone.name, ClockChange::Skipped, shown));
            let key = self.key(occasion.session);
            findings.extend(change.map(|(change, label)| change.at(place(self.schedule, key), label)));
            occasions[index].at = Some(shown.time());
        }
    }

    /// What starts when a session is over whose time the clocks skip does so later, unless it is a race, and so does what follows that.
    fn push_followers(
        &self,
        zone: &Zone,
        skipped: usize,
        occasions: &mut [Occasion<'_>],
        findings: &mut Vec<Diagnostic>,
    ) {
        let (mut before, date, mut moved) = (occasions[skipped], occasions[skipped].session.date, vec![skipped]);
        let Some((mut start, _)) = self.start(zone, before) else { return };
        // Each turn goes on to a later time of the day.
        loop {
            let Some(lasts) = length(duration(before.session, self.schedule)) else { return };
            let ends = before.at.zip(date).and_then(|(at, date)| date.to_datetime(at).checked_add(lasts).ok());
            let follows = |other: &Occasion<'_>| {
                let local = other.at.zip(other.session.date).map(|(at, date)| date.to_datetime(at));
                local.is_some() && local == ends && other.at > before.at && other.session.kind != SessionKind::Race
            };
            let mut others = occasions.iter().enumerate().filter(|(index, _)| !moved.contains(index));
            let Some((at, _)) = others.find(|(_, other)| follows(other)) else { return };
            let (Some((own, _)), Ok(over)) = (self.start(zone, occasions[at]), start.checked_add(lasts)) else {
                return;
            };
            let shown = zone.local(over);
            if own >= over || Some(shown.date()) != date {
                return;
            }
            let (earlier, later) = (before.session, occasions[at].session);
            let message = format!(
                "session {} on {}: it follows session {}, which starts later because the clocks of {} change that day, so the calendar says {}",
                later.slot,
                shown.date(),
                earlier.slot,
                zone.name,
                shown.strftime("%H:%M")
            );
            let finding = Diagnostic::warning("ics/clock-change", message);
            let finding = finding.help("take another time of day if that is not what you want");
            findings
                .push(finding.at(place(self.schedule, self.key(later)), "follows a session at a change of the clocks"));
            (before, start) = (occasions[at], over);
            moved.push(at);
            occasions[at].at = Some(shown.time());
        }
    }

    /// When an occasion with a time of day starts, and whether a change of the clocks moved that.
    fn start(&self, zone: &Zone, occasion: Occasion<'_>) -> Option<(Timestamp, Option<ClockChange>)> {
        let is_timed = occasion.session.kind != SessionKind::Rest
            && length(duration(occasion.session, self.schedule)).is_some_and(|length| !length.is_zero());
        let local = occasion.session.date?.to_datetime(occasion.at.filter(|_| is_timed)?);
        zone.instant(local).ok()
    }

    /// When a session is. A clock change on the way is a warning.
    ///
    /// # Errors
    /// If no calendar can hold it.
    pub(super) fn span(&self, occasion: Occasion<'_>, findings: &mut Vec<Diagnostic>) -> Result<Span, Diagnostic> {
        let Occasion { session, at, number: _ } = occasion;
        let duration = duration(session, self.schedule);
        let length = length(duration).ok_or_else(|| self.too_long(session, duration))?;
        let far = || self.too_far(session);
        // Years have four digits (RFC 5545 §3.3.4), and the last one leaves no room for an end.
        let date = session.date.filter(|date| (1..9999).contains(&date.year()));
        let date = date.ok_or_else(far)?;
        // A rest has no hour, whatever it lasts; and an event ends after it starts (RFC 5545 §3.8.2.2).
        let whole_day = session.kind == SessionKind::Rest || length.is_zero();
        match (&self.clocks, at.filter(|_| !whole_day)) {
            (Clocks::Floating, Some(time)) => {
                let start = date.to_datetime(time);
                let end = start.checked_add(length).map_err(|_| far())?;
                Ok(Span::Floating(start, end))
            }
            (Clocks::Zoned(zone), Some(time)) => {
                let (start, change) = zone.instant(date.to_datetime(time)).map_err(|_| far())?;
                let shown = zone.local(start);
                let key = self.key(session);
                let change = change.map(|change| Self::clock_change(session, time, zone.name, change, shown));
                findings.extend(change.map(|(change, label)| change.at(place(self.schedule, key), label)));
                let end = start.checked_add(length).map_err(|_| far())?;
                let in_utc = |instant| jiff::tz::Offset::UTC.to_datetime(instant).year();
                if [start, end].map(in_utc).iter().any(|year| !(1..=9999).contains(year)) {
                    return Err(far());
                }
                Ok(Span::Instants(start, end))
            }
            (Clocks::None | Clocks::Floating | Clocks::Zoned(_), _) => {
                // What takes longer than a day covers its days.
                let days = (length.as_mins() + MINUTES_OF_A_DAY - 1) / MINUTES_OF_A_DAY;
                let next = date.checked_add(days.max(1).days()).map_err(|_| far())?;
                Ok(Span::Days(date, next))
            }
        }
    }

    /// The key of the schedule that says when a session starts.
    fn key(&self, session: &PlannedSession) -> &'static str {
        start_key(self.schedule, session)
    }

    /// The zone, if two yearly rules lead readers to the right time at every start and end. Otherwise all
    /// times are written in UTC: a mixture would be right too, but harder to check by eye.
    pub(super) fn describable_zone(&self, spans: &[Span]) -> Option<&Zone> {
        let zone = self.zone()?;
        let times: Vec<Timestamp> = spans
            .iter()
            .filter_map(|span| match span {
                Span::Instants(start, end) => Some([*start, *end]),
                Span::Days(..) | Span::Floating(..) => None,
            })
            .flatten()
            .collect();
        let named = !zone.is_utc() && !times.is_empty();
        (named && zone.rules_hold_at(&times)).then_some(zone)
    }

    /// The zone whose clocks the sessions go by, if any.
    pub(super) fn zone(&self) -> Option<&Zone> {
        match &self.clocks {
            Clocks::Zoned(zone) => Some(zone.as_ref()),
            Clocks::None | Clocks::Floating => None,
        }
    }

    fn too_long(&self, session: &PlannedSession, duration: Duration) -> Diagnostic {
        let message = format!("session {} takes {duration}, which no calendar should block", session.slot);
        if self.schedule.length == Some(duration) {
            return Diagnostic::error("ics/session-length", message)
                .at(place(self.schedule, "length"), "of every session")
                .help("give a `length` of at most 14 days");
        }
        Diagnostic::error("ics/session-length", message)
            .at(place(self.schedule, "program"), "has that session")
            .at(session.place.clone(), "its place in the programme")
            .help("give the session a `duration` of at most 14 days")
    }

    fn too_far(&self, session: &PlannedSession) -> Diagnostic {
        let date = session.date.map(|date| date.to_string());
        let message = format!(
            "session {} is on {}, which no calendar can write",
            session.slot,
            date.as_deref().unwrap_or("no day")
        );
        Diagnostic::error("ics/beyond-calendar", message)
            .at(place(self.schedule, "start"), "counted from here")
            .help("start the schedule in a year from 1 to 9998")
    }

    fn clock_change(
        session: &PlannedSession,
        time: Time,
        zone: &str,
        change: ClockChange,
        shown: DateTime,
    ) -> (Diagnostic, &'static str) {
        let time = time.strftime("%H:%M");
        let why = match change {
            ClockChange::Skipped => {
                format!("the clocks of {zone} skip {time} that day, so the calendar says {}", shown.strftime("%H:%M"))
            }
            ClockChange::Repeated => {
                format!("the clocks of {zone} show {time} twice that day, and the calendar means the first")
            }
        };
        let message = format!("session {} on {}: {why}", session.slot, shown.date());
        let finding = Diagnostic::warning("ics/clock-change", message);
        (finding.help("take another time of day if that is not what you want"), "falls into a change of the clocks")
    }
}

/// The days of a calendar, in minutes.
const MINUTES_OF_A_DAY: i64 = 24 * 60;

impl Span {
    /// Start and end as the calendar writes them: on the clocks of `zone`, else in UTC.
    pub(super) fn moments(self, zone: Option<&Zone>) -> (Moment, Moment) {
        let written = |instant: Timestamp| match zone {
            Some(zone) => Moment::Zoned(zone.local(instant), zone.name),
            None => Moment::Utc(Utc(instant)),
        };
        match self {
            Self::Days(first, next) => (Moment::Day(first), Moment::Day(next)),
            Self::Floating(start, end) => (Moment::Floating(start), Moment::Floating(end)),
            Self::Instants(start, end) => (written(start), written(end)),
        }
    }

    /// Minutes from the start to a time of day, so many days before; negative before the start.
    pub(super) fn minutes_to(self, time: Time, days_before: u8, clocks: Option<&Zone>) -> Option<i64> {
        let on = |date: Date| Some(date.checked_sub(i64::from(days_before).days()).ok()?.to_datetime(time));
        let apart = |start: DateTime| {
            let minutes = start.duration_until(on(start.date())?).as_mins();
            Some(minutes)
        };
        match self {
            Self::Days(first, _) => apart(first.to_datetime(Time::midnight())),
            Self::Floating(start, _) => apart(start),
            Self::Instants(start, _) => {
                let zone = clocks?;
                let (instant, _) = zone.instant(on(zone.local(start).date())?).ok()?;
                Some(start.duration_until(instant).as_mins())
            }
        }
    }
}

/// The key of a schedule that says when a session starts.
pub(super) fn start_key(schedule: &PlanSchedule, session: &PlannedSession) -> &'static str {
    match session.kind {
        SessionKind::Race if schedule.race_at.is_some() => "race_at",
        SessionKind::Race => "times",
        _ if schedule.at.is_some() => "at",
        _ => "times",
    }
}

/// How long a session takes in the calendar. The reader's hour is not what a race or a rest lasts. A session of which
/// nobody knows how long it takes has an hour.
fn duration(session: &PlannedSession, schedule: &PlanSchedule) -> Duration {
    let keeps_its_own = matches!(session.kind, SessionKind::Race | SessionKind::Rest) || takes_no_time(session);
    let stated = schedule.length.filter(|_| !keeps_its_own).or(session.duration);
    stated.unwrap_or_else(|| TimeUnit::Hour.amount(if session.kind == SessionKind::Rest { 0 } else { 1 }))
}

fn takes_no_time(session: &PlannedSession) -> bool {
    session.duration.and_then(length).is_some_and(|length| length.is_zero())
}

/// The longest that it may take, in whole minutes.
fn length(duration: Duration) -> Option<SignedDuration> {
    let seconds: i64 = duration.seconds().high().ceil().try_into().ok()?;
    // A unit wrong by far should not fill a calendar.
    (0..=14 * 24 * 3600).contains(&seconds).then(|| SignedDuration::from_mins((seconds + 59) / 60))
}

fn unknown_zone(name: &str, schedule: &PlanSchedule) -> Diagnostic {
    let shown: String = name.chars().take(80).collect();
    let message = format!("there is no time zone `{}`", shown.escape_debug());
    Diagnostic::error("ics/unknown-time-zone", message)
        .at(place(schedule, "timezone"), "unknown")
        .help(timezone::advice(name))
}
