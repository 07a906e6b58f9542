//! What becomes of a calendar that readers already have: which of its events changed, and which are gone.

use jiff::Timestamp;
use jiff::civil::Date;
use regimen_catalog::vocabulary::Label;
use regimen_export::Unit;

use super::{Calendar, Event, Revision, Status, TITLE};
use crate::model::{Earlier, Published};
use crate::value::{Moment, Text, Utc};
use crate::zone::Zone;

/// Gives the events of a calendar the revisions that follow from what was published before.
///
/// An event that would be written just as it was keeps its revision, so that it stays the same to the byte. One that
/// changed is one revision further, and later than all that came before. One that is gone is cancelled until its day
/// is past, because a reader who imports a file keeps what the file does not mention; a `feed` leaves it out, because
/// a reader who subscribes has what the feed has.
pub(super) fn revise(calendar: &mut Calendar, mut earlier: Earlier, unit: &Unit<'_>, feed: bool) {
    let now = next_stamp(&earlier, Utc::from_epoch(unit.build.epoch));
    for event in &mut calendar.events {
        event.revision.stamp = now;
        if let Some(before) = earlier.remove(&event.uid) {
            event.revision = Revision { status: Status::Confirmed, ..before.event.revision };
            if event.written() != before.text {
                event.revision = before.event.revision.next(now, Status::Confirmed);
            }
        }
    }
    if !feed {
        let gone = earlier.into_values().filter(|gone| gone.event.end.date() > unit.build.date);
        let zone = calendar.zone.as_ref().map(|(name, _)| *name);
        let mut cancelled: Vec<Event> = gone.filter_map(|gone| cancelled(gone, unit, zone, now)).collect();
        cancelled.sort_by_key(|event| (event.start.date(), event.uid.clone()));
        calendar.events.append(&mut cancelled);
    }
}

/// The time of this revision: that of the plan, unless what was published claims to be as new. No clock is asked,
/// so that the same catalogue after the same calendar gives the same bytes.
fn next_stamp(earlier: &Earlier, plan: Utc) -> Utc {
    let newest = earlier.values().map(|before| before.event.revision.stamp.0).max();
    let after = newest.and_then(|newest| Timestamp::from_second(newest.as_second() + 1).ok());
    Utc(after.map_or(plan.0, |after| after.max(plan.0)))
}

/// An event that does not take place any more. `None` if its times cannot be said in this calendar.
fn cancelled(gone: Published, unit: &Unit<'_>, zone: Option<&str>, now: Utc) -> Option<Event> {
    let mut event = gone.event;
    let before = event.revision;
    event.start = said_in(event.start, zone)?;
    event.end = said_in(event.end, zone)?;
    if before.status != Status::Cancelled {
        let title = unit.language.fill(Label::CancelledTitle, &[("title", event.title.as_str())]);
        event.title = Text::line(&title).clipped(TITLE);
        event.revision.status = Status::Cancelled;
    }
    if event.written() != gone.text {
        event.revision = before.next(now, Status::Cancelled);
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
