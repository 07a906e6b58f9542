//! What is said where sessions of a week find no day.

use jiff::civil::Date;

use super::gaps::{TooClose, whole_days};
use super::lacking::Weekdays;
use super::{Freed, NoDay, Outlined, Week};
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::{Anchor, DateSpan, Day, ScheduleName};
use crate::reference::Id;
use crate::vocabulary::Weekday;

impl Week<'_> {
    fn place(&self, session: &Outlined<'_>, key: &str) -> Place {
        self.outline.place(self.setting.file, session, FieldPath::root().key(key))
    }

    fn schedule_place(&self) -> Option<Place> {
        let reader = self.setting.open?.reader;
        let key = if reader.schedule.available_days.is_empty() { "busy" } else { "available_days" };
        Some(Place::key(crate::PROJECT_FILE, reader.path(key)))
    }

    pub(super) fn unavailable(&self, session: &Outlined<'_>, day: Weekday, name: &Id<ScheduleName>) -> NoDay {
        let message = format!("`{}` is on a {day}, which the schedule `{name}` does not have", session.planned.name());
        let finding = Diagnostic::error("unavailable-day", message);
        let finding = self
            .schedule_place()
            .into_iter()
            .fold(finding, |finding, place| finding.at(place, "the days of this reader"));
        let date =
            self.date(self.planned_day(session)).filter(|_| self.setting.reader.is_some_and(|one| one.moves_weekdays));
        let help = match date {
            // Any other session would have moved.
            Some(date) => format!("a race stays on its day: add `{date}` to `free`, or `{day}` to `available_days`"),
            None => {
                format!(
                    "add `{day}` to `available_days`, or write a number such as `day: 1` so that the session can move"
                )
            }
        };
        let finding = finding.at(self.place(session, "day"), "not among them").help(help);
        NoDay { finding, is_of_dates: false }
    }

    pub(super) fn busy(&self, index: usize, date: Date, busy: usize) -> NoDay {
        let slot = self.slot(index);
        let session = &self.outline.sessions[index];
        let message = format!("`{slot}` is on {date}, on which the reader is busy");
        let finding = Diagnostic::error("unavailable-day", message);
        let reader = self.setting.reader;
        let place = reader.map(|reader| Place::value(crate::PROJECT_FILE, reader.path("busy").index(busy)));
        let finding = place.into_iter().fold(finding, |finding, place| finding.at(place, "busy"));
        let finding = finding.at(self.place(session, "day"), "does not move").help(format!(
            "leave it out in this schedule (`changes: [{{skip: {slot}}}]`), or move it (`{{move: {slot}, to: …}}`)"
        ));
        NoDay { finding, is_of_dates: true }
    }

    pub(super) fn counted_unavailable(&self, session: &Outlined<'_>, day: Weekday, name: &Id<ScheduleName>) -> NoDay {
        let day_of_plan = self.outline.first_day + session.fixed.unwrap_or_default() + 1;
        let message = format!(
            "`{}` is on day {day_of_plan} of the programme, a {day}, which the schedule `{name}` does not have",
            session.planned.name()
        );
        let finding = Diagnostic::error("unavailable-day", message);
        let finding = self
            .schedule_place()
            .into_iter()
            .fold(finding, |finding, place| finding.at(place, "the days of this reader"));
        let finding = finding.at(self.place(session, "day"), "counted in days, so it does not move").help(format!(
            "add `{day}` to `available_days`, or leave them out: days of a cycle and of `every` follow no weekdays"
        ));
        NoDay { finding, is_of_dates: false }
    }

    pub(super) fn too_few_days(&self, wanted: &[u8], open: &[u8]) -> NoDay {
        let number = self.number + 1;
        let race = self.setting.placement.and_then(|placement| placement.race.as_ref());
        let (wanted, before, open) = match race.map(|race| race.day - self.start()) {
            // There are enough days, on the wrong side of the race.
            Some(race) if wanted.len() <= open.len() => {
                let before = |days: &[u8]| days.iter().filter(|day| i64::from(**day) < race).count();
                (before(wanted), " before its race", format!("{} of them", before(open)))
            }
            _ => (wanted.len(), "", open.len().to_string()),
        };
        let days = if wanted == 1 { "day" } else { "days" };
        let dates = self.dates().map(|dates| format!(" ({dates})")).unwrap_or_default();
        let message =
            format!("week {number}{dates} has sessions on {wanted} {days}{before}, but the reader can train on {open}");
        let finding = Diagnostic::error("unavailable-day", message);
        let finding = self
            .schedule_place()
            .into_iter()
            .fold(finding, |finding, place| finding.at(place, "the days of this reader"));
        let moves_weekdays = self.setting.reader.is_some_and(|reader| reader.moves_weekdays);
        let Some(busy) = self.busy_days() else {
            if let (true, Some(slot)) = (moves_weekdays, self.movable_slot()) {
                let help = format!(
                    "add days to `available_days`, leave a session out in each such week (`changes: [{{skip: {slot}}}]`), or choose a \
                     programme with fewer sessions a week"
                );
                return NoDay { finding: finding.help(help), is_of_dates: false };
            }
            let help = "add days to `available_days`, or choose a programme with fewer sessions a week";
            return NoDay { finding: finding.help(help), is_of_dates: false };
        };
        let skip = self.movable_slot().map(|slot| format!("leave sessions out (`changes: [{{skip: {slot}}}]`), "));
        let pause = match self.setting.reader.map(|reader| &reader.schedule.anchor) {
            // A plan with a start would wait.
            Some(Anchor::Start(_)) | None => String::new(),
            Some(Anchor::End(_) | Anchor::Race { .. }) => format!("pause (`{{pause: {busy}}}`), "),
        };
        let finding = finding.help(format!("{}{pause}or take days out of `busy`", skip.unwrap_or_default()));
        NoDay { finding, is_of_dates: true }
    }

    /// The dates of the week, if it has any.
    fn dates(&self) -> Option<DateSpan> {
        let days = i64::from(self.outline.days);
        let date = |day: i64| self.setting.placement?.date(self.start() + day);
        Some(DateSpan { first: date(0)?, last: date(days - 1)? })
    }

    /// The busy days of the week, from the first to the last of one stretch.
    fn busy_days(&self) -> Option<DateSpan> {
        let (open, week) = (self.setting.open?, self.dates()?);
        let spans = open.reader.schedule.busy.iter();
        let mut within = spans.filter(|days| days.first <= week.last && week.first <= days.last);
        within.next().map(|days| DateSpan { first: days.first.max(week.first), last: days.last.min(week.last) })
    }

    /// What calendars know the last session by that has to find a day of the reader's.
    fn movable_slot(&self) -> Option<&str> {
        let sessions = self.outline.sessions.iter().enumerate();
        let movable = sessions.filter(|(index, session)| {
            let moves = match session.day {
                Day::Number(_) => true,
                Day::Weekday(day) => self.moves_weekday(session, day, Weekdays::All),
            };
            moves && session.fixed.is_none() && !self.is_race(session) && !self.is_freed(*index, Freed::Rests)
        });
        movable.map(|(index, _)| self.slot(index)).next_back()
    }

    pub(super) fn no_gap(&self, TooClose { session: index, gap, before }: TooClose) -> NoDay {
        let session = &self.outline.sessions[index];
        let least = session.planned.min_gap.map(|gap| gap.to_string()).unwrap_or_default();
        let when = match gap {
            0 => "on the same day as".to_owned(),
            1 => "1 day after".to_owned(),
            days => format!("{days} days after"),
        };
        let kind = session.session.kind;
        let is_of_reader =
            session.planned.min_gap.is_some_and(|least| self.usual_gap(index, before.position) >= whole_days(&least));
        let date = |day: i64| self.setting.placement.filter(|_| is_of_reader)?.date(day);
        let dates = date(before.day + gap).zip(date(before.day));
        let message = match dates {
            Some((date, earlier)) => format!(
                "`{}` ({date}) comes {when} the {kind} session before it, `{}` ({earlier}), and its `min_gap` is {least}",
                self.slot(index),
                self.slot_at(before.position)
            ),
            None => {
                let name = session.planned.name();
                format!("`{name}` comes {when} the {kind} session before it, and its `min_gap` is {least}")
            }
        };
        let finding = Diagnostic::error("min-gap", message).at(self.place(session, "min_gap"), "asked for here");
        let before = self.weeks.get(before.position.week).and_then(|week| {
            let session = week.sessions.get(before.position.index)?;
            Some(week.place(self.setting.file, session, FieldPath::root().key("day")))
        });
        let finding = before.into_iter().fold(finding, |finding, place| finding.at(place, "the one before it"));
        let place = self.schedule_place();
        let days = place.as_ref().map(|_| "add days to `available_days`");
        let help = match (dates, days) {
            (None, None) => "move one of the two sessions, or lower `min_gap`".to_owned(),
            (None, Some(days)) => days.to_owned(),
            (Some(_), days) => {
                let slot = self.slot(index);
                let days = days.map(|days| format!("{days}, or ")).unwrap_or_default();
                format!("{days}leave one of the two out in this schedule (`changes: [{{skip: {slot}}}]`), or move it")
            }
        };
        let finding =
            place.into_iter().fold(finding, |finding, place| finding.at(place, "no choice of these days keeps it"));
        NoDay { finding: finding.help(help), is_of_dates: false }
    }
}
