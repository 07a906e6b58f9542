//! What a schedule says of one reader: a name for findings, the days on which they can train, what they change.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::{Anchor, Change, DateSpan, Meant, Schedule, ScheduleName};
use crate::reference::Id;
use crate::vocabulary::Weekday;

/// A schedule with its name.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) name: &'a Id<ScheduleName>,
    pub(super) schedule: &'a Schedule,
    /// Whether sessions on weekdays that the reader lacks move to those that they have, as they do for a person of a roster.
    pub(super) moves_weekdays: bool,
}

impl<'a> Reader<'a> {
    /// The reader of a schedule of the project file, for whom a weekday is meant.
    pub(super) fn of_schedule(name: &'a Id<ScheduleName>, schedule: &'a Schedule) -> Self {
        Self { name, schedule, moves_weekdays: false }
    }

    /// A key of the schedule.
    pub(super) fn path(&self, key: &str) -> FieldPath {
        FieldPath::root().key("schedules").key(self.name.as_str()).key(key)
    }

    /// Where the value of a key of the schedule stands.
    pub(super) fn place(&self, key: &str) -> Place {
        Place::value(crate::PROJECT_FILE, self.path(key))
    }

    /// An error at the day that holds the programme in place.
    pub(super) fn anchor(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error("anchor", message).at(self.place(self.schedule.anchor.key()), "")
    }

    /// Says that a programme goes on for longer than dates do.
    pub(super) fn too_late(&self) -> Diagnostic {
        let help = format!("choose an earlier `{}`", self.schedule.anchor.key());
        self.anchor("the programme ends beyond the last date of the calendar").help(help)
    }

    /// Whether the schedule leaves out or moves the session of a slot.
    pub(super) fn names_slot(&self, slot: &str) -> bool {
        self.means(|meant| matches!(meant, Meant::Slot(known) if **known == *slot))
    }

    /// Whether the schedule leaves out or moves what is planned for a date. A plan with a start has nothing during a pause.
    pub(super) fn names_date(&self, date: Date) -> bool {
        self.is_paused(date) || self.means(|meant| matches!(meant, Meant::Date(known) if *known == date))
    }

    /// Whether what is planned for a date is left out by a pause. A plan with a start waits instead, and has nothing then.
    fn is_paused(&self, date: Date) -> bool {
        let mut pauses = self.schedule.changes.iter().filter_map(Change::pause);
        !matches!(self.schedule.anchor, Anchor::Start(_)) && pauses.any(|days| days.contains(date))
    }

    /// What becomes of the session of a slot that is planned for a date: the new date, or `None` within if it is left out. `None` if
    /// the schedule leaves it as it is.
    pub(super) fn changed(&self, slot: &str, date: Date) -> Option<Option<Date>> {
        if self.is_paused(date) {
            return Some(None);
        }
        let is_meant = |meant: &Meant| match meant {
            Meant::Slot(known) => **known == *slot,
            Meant::Date(known) => *known == date,
        };
        self.schedule.changes.iter().find_map(|change| match change {
            Change::Pause(_) => None,
            Change::Skip(meant) => is_meant(meant).then_some(None),
            Change::Move { what, to } => is_meant(what).then_some(Some(*to)),
        })
    }

    fn means(&self, is: impl Fn(&Meant) -> bool) -> bool {
        self.schedule.changes.iter().any(|change| change.meant().is_some_and(&is))
    }
}

/// The days on which an athlete can train.
#[derive(Clone, Copy)]
pub(super) struct OpenDays<'a> {
    pub(super) reader: Reader<'a>,
    /// The dates on which they cannot.
    busy: &'a [DateSpan],
}

impl<'a> OpenDays<'a> {
    /// The days of a schedule, if they are not all days.
    pub(super) fn of(reader: Reader<'a>) -> Option<Self> {
        let Schedule { available_days, busy, .. } = reader.schedule;
        (!available_days.is_empty() || !busy.is_empty()).then_some(Self { reader, busy })
    }

    /// The days that the athlete has as long as no date is a busy one, if they are not all days.
    pub(super) fn without_busy(self) -> Option<Self> {
        (!self.reader.schedule.available_days.is_empty()).then_some(Self { busy: &[], ..self })
    }

    /// Whether the athlete can train on a day.
    pub(super) fn has(&self, date: Date) -> bool {
        let Schedule { available_days, free, .. } = self.reader.schedule;
        let usual = available_days.is_empty() || available_days.contains(&Weekday::of(date));
        self.busy(date).is_none() && (usual || free.iter().any(|days| days.contains(date)))
    }

    /// Which of the busy dates a day is one of.
    pub(super) fn busy(&self, date: Date) -> Option<usize> {
        self.busy.iter().position(|days| days.contains(date))
    }
}
