//! What becomes of a calendar that readers already have: which of its events changed, and which are gone.

use jiff::Timestamp;
use jiff::civil::Date;
use regimen_catalog::vocabulary::Label;
use regimen_export::Unit;

use super::{Event, Revision, Status, TITLE};
use crate::model::{Earlier, Published};
use crate::value::{Moment, Text, Utc};
use crate::zone::Zone;

/// What was published, and what the new calendar is.
pub(super) struct History<'a> {
    pub(super) earlier: Earlier,
    pub(super) unit: &'a Unit<'a>,
    /// Whether readers have what the file has, and no more.
    pub(super) feed: bool,
    /// The zone that the new calendar describes, if any.
    pub(super) zone: Option<&'a str>,
}

impl History<'_> {
    /// The lines of the new events, each in the revision that follows from what was published.
    ///
    /// An event that would be written just as it was keeps its revision, so that it stays the same to the byte. One
    /// that changed is one revision further, and later than all that came before. One that is gone is cancelled until
    /// its day is past, because a reader who imports a file keeps what the file does not mention; a feed leaves it out.
    pub(super) fn settle(mut self, events: impl Iterator<Item = Event>) -> Vec<String> {
        let now = next_stamp(&self.earlier, Utc::from_epoch(self.unit.build.epoch));
        let mut texts: Vec<String> = events
            .map(|mut event| {
                event.revision.stamp = now;
                match self.earlier.remove(&event.uid) {
                    None => event.written(),
                    Some(before) => written_after(event, &before, Status::Confirmed, now),
                }
            })
            .collect();
        texts.extend(self.cancelled(now));
        texts
    }

    /// The lines of events that do not take place any more, by their days.
    fn cancelled(self, now: Utc) -> Vec<String> {
        let today = self.unit.build.date;
        let gone = self.earlier.into_values().filter(|gone| !self.feed && gone.event.end.date() > today);
        let mut cancelled: Vec<_> = gone
            .filter_map(|before| {
                let event = cancelled(&before, self.unit, self.zone)?;
                let day = (event.start.date(), event.uid.clone());
                Some((day, written_after(event, &before, Status::Cancelled, now)))
            })
            .collect();
        cancelled.sort();
        cancelled.into_iter().map(|(_, text)| text).collect()
    }
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
fn next_stamp(earlier: &Earlier, plan: Utc) -> Utc {
    let newest = earlier.values().map(|before| before.event.revision.stamp.0).max();
    let after = newest.and_then(|newest| Timestamp::from_second(newest.as_second() + 1).ok());
    Utc(after.map_or(plan.0, |after| after.max(plan.0)))
}

/// An event that does not take place any more. `None` if its times cannot be said in this calendar.
fn cancelled(gone: &Published, unit: &Unit<'_>, zone: Option<&str>) -> Option<Event> {
    let mut event = gone.event.clone();
    event.start = said_in(event.start, zone)?;
    event.end = said_in(event.end, zone)?;
    if event.revision.status != Status::Cancelled {
        let title = unit.language.fill(Label::CancelledTitle, &[("title", event.title.as_str())]);
        event.title = Text::line(&title).clipped(TITLE);
    }
    Some(event)
}

/// A time on the clocks of `zone`, which the calendar describes, or else in UTC.
fn said_in(moment: Moment, zone: Option<&str>) -> Option<Moment> {
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
        Self { sequence: self.sequence.saturating_add(1).min(MOST_REVISIONS), stamp, status }
    }
}

/// The greatest integer of a calendar (RFC 5545 §3.3.8).
const MOST_REVISIONS: u32 = i32::MAX as u32;

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
