//! What becomes of a calendar that readers already have: which of its events changed, and which are gone.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use regimen_catalog::vocabulary::Label;

use super::parts::FOR_THE_CALENDAR;
use super::{CalendarInput, MOST_BYTES, MOST_EVENTS, MOST_PARTS};
use crate::event::{Event, MOST_REVISIONS, Revision, Status, TITLE};
use crate::model::{PreviousCalendar, Published};
use crate::value::{Moment, Text, Utc};
use crate::zone::Zone;

/// What was published, and what the new calendar is.
pub(super) struct History<'a> {
    pub(super) previous: PreviousCalendar,
    pub(super) input: &'a CalendarInput<'a>,
    /// The zone that the new calendar describes, if any.
    pub(super) zone: Option<&'a str>,
}

/// The events of a calendar, each in its revision.
pub(super) struct RevisedCalendar {
    /// The lines of each.
    pub(super) events: Vec<String>,
    /// The last revision of those that are left out.
    pub(super) gone: Vec<(String, u32)>,
    pub(super) changes: Changes,
}

/// What a build does to the events that readers have, and how many there are of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// At another time.
    pub(crate) moved: usize,
    /// With other words.
    pub(crate) changed: usize,
    /// Not there before, or not taking place.
    pub(crate) added: usize,
    /// Not taking place any more, and not over.
    pub(crate) cancelled: usize,
    /// The same to the byte.
    pub(crate) same: usize,
}

impl Changes {
    fn count(&mut self, before: &Published, start: Moment, end: Moment, same: bool) {
        let counted = match before.event.revision.status {
            Status::Cancelled => &mut self.added,
            Status::Confirmed if same => &mut self.same,
            Status::Confirmed if (before.event.start, before.event.end) != (start, end) => &mut self.moved,
            Status::Confirmed => &mut self.changed,
        };
        *counted += 1;
    }
}

impl History<'_> {
    /// The lines of the new events, each in the revision that follows from what was published.
    ///
    /// An event that would be written just as it was keeps its revision, so that it stays the same to the byte. One
    /// that changed is one revision further, and later than all that came before. One that is gone is cancelled until
    /// it is past, because a reader who imports a file keeps what the file does not mention; a feed leaves it out,
    /// unless nothing else is left in it. What is left out is remembered, for the case that it comes back.
    pub(super) fn revise(mut self, events: impl Iterator<Item = Event>) -> RevisedCalendar {
        let now = next_stamp(&self.previous, Utc::from_epoch(self.input.unit.build.epoch));
        let mut changes = Changes::default();
        let published = self.previous.events.values().map(|before| before.text.len());
        let capacity = files_for(self.previous.events.len(), published.sum());
        let mut texts: Vec<String> = events
            .map(|mut event| {
                event.revision.stamp = now;
                match (self.previous.events.remove(&event.uid), self.previous.gone.remove(&event.uid)) {
                    (Some(before), _) => {
                        let (start, end) = (event.start, event.end);
                        let text = written_after(event, &before, Status::Confirmed, now);
                        changes.count(&before, start, end, text == before.text);
                        text
                    }
                    (None, gone) => {
                        changes.added += 1;
                        event.revision.sequence = gone.map_or(0, next_sequence);
                        event.written()
                    }
                }
            })
            .collect();
        let mut gone: Vec<(String, u32)> = std::mem::take(&mut self.previous.gone).into_iter().collect();
        let vanished = std::mem::take(&mut self.previous.events);
        let mut size: usize = texts.iter().map(String::len).sum();
        let leave_out = self.input.settings.feed && !texts.is_empty();
        let capacity = capacity.max(files_for(texts.len(), size));
        for (before, text) in self.cancelled(vanished, now) {
            let was_on = before.event.revision.status == Status::Confirmed;
            changes.cancelled += usize::from(was_on && text.is_some());
            // Those that come first matter most, and what is planned matters more.
            let text = text.filter(|text| {
                let room = capacity * (MOST_BYTES - FOR_THE_CALENDAR);
                !leave_out && texts.len() < capacity * MOST_EVENTS && size + text.len() < room
            });
            match text {
                Some(text) => {
                    size += text.len();
                    texts.push(text);
                }
                None => gone.push((before.event.uid, before.event.revision.sequence)),
            }
        }
        gone.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        gone.truncate(MOST_EVENTS);
        RevisedCalendar { events: texts, gone, changes }
    }

    /// Events that do not take place any more, by their days; with their lines, if they are not past.
    fn cancelled(&self, vanished: BTreeMap<String, Published>, now: Utc) -> Vec<(Published, Option<String>)> {
        let mut vanished: Vec<Published> = vanished.into_values().collect();
        vanished.sort_by_key(|gone| (gone.event.start.date(), gone.event.uid.clone()));
        let line = |before: Published| {
            let event =
                if is_past(before.event.end, self.input.unit.build.epoch) { None } else { self.cancel(&before) };
            let text = event.map(|event| written_after(event, &before, Status::Cancelled, now));
            (before, text)
        };
        vanished.into_iter().map(line).collect()
    }

    /// An event that does not take place any more. `None` if its times cannot be said in this calendar.
    fn cancel(&self, gone: &Published) -> Option<Event> {
        let mut event = gone.event.clone();
        event.start = in_described_zone(event.start, self.zone)?;
        event.end = in_described_zone(event.end, self.zone)?;
        event.private |= self.input.settings.private;
        let was_on = event.revision.status != Status::Cancelled;
        if self.input.is_neutral() && (was_on || !event.body.as_str().is_empty()) {
            event = self.input.neutralised(event);
        } else if !was_on {
            return Some(event);
        }
        let title = self.input.unit.language.fill(Label::CancelledTitle, &[("title", event.title.as_str())]);
        let title = Text::line(&title).clipped(TITLE);
        event.title = if title.as_str().is_empty() { event.title } else { title };
        Some(event)
    }
}

/// How many files so many events of so many bytes take.
fn files_for(events: usize, bytes: usize) -> usize {
    events.div_ceil(MOST_EVENTS).max(bytes.div_ceil(MOST_BYTES - FOR_THE_CALENDAR)).clamp(1, MOST_PARTS)
}

/// Whether the end of an event has passed, wherever its reader is.
fn is_past(end: Moment, now: i64) -> bool {
    let utc = |local: DateTime| Offset::UTC.to_timestamp(local).ok();
    let instant = match end {
        // The day ends last where the clocks are furthest behind.
        Moment::Day(date) => utc(date.at(12, 0, 0, 0)),
        Moment::Floating(local) => utc(local.saturating_add(SignedDuration::from_hours(12))),
        Moment::Utc(utc) => Some(utc.0),
        Moment::Zoned(local, name) => Zone::find(name).and_then(|zone| Some(zone.instant(local).ok()?.0)),
    };
    instant.is_none_or(|instant| instant.as_second() <= now)
}

/// The lines of an event that was published before: as they were, or one revision further.
fn written_after(mut event: Event, before: &Published, status: Status, now: Utc) -> String {
    event.revision = Revision { status, ..before.event.revision };
    let text = event.written();
    if text == before.text {
        return text;
    }
    event.revision = before.event.revision.next(now, status);
    event.written()
}

/// The time of this revision: that of the plan, unless what was published claims to be as new. No clock is asked,
/// so that the same catalogue after the same calendar gives the same bytes.
fn next_stamp(previous: &PreviousCalendar, plan: Utc) -> Utc {
    let newest = previous.events.values().map(|before| before.event.revision.stamp.0).max();
    let after = newest.and_then(|newest| Timestamp::from_second(newest.as_second() + 1).ok());
    Utc(after.map_or(plan.0, |after| after.max(plan.0)))
}

/// A time on the clocks of `zone`, which the calendar describes, or else in UTC.
fn in_described_zone(moment: Moment, zone: Option<&str>) -> Option<Moment> {
    match moment {
        Moment::Zoned(local, name) if zone != Some(name) => {
            let (instant, _) = Zone::find(name)?.instant(local).ok()?;
            Some(Moment::Utc(Utc(instant)))
        }
        Moment::Zoned(..) | Moment::Day(_) | Moment::Floating(_) | Moment::Utc(_) => Some(moment),
    }
}

impl Revision {
    /// The one after this.
    fn next(self, stamp: Utc, status: Status) -> Self {
        Self { sequence: next_sequence(self.sequence), stamp, status }
    }
}

fn next_sequence(sequence: u32) -> u32 {
    sequence.saturating_add(1).min(MOST_REVISIONS)
}

impl Moment {
    /// The day on which it is, by its own clock.
    fn date(self) -> Date {
        match self {
            Self::Day(date) => date,
            Self::Floating(local) | Self::Zoned(local, _) => local.date(),
            Self::Utc(utc) => jiff::tz::Offset::UTC.to_datetime(utc.0).date(),
        }
    }
}
