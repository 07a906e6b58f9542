//! What a reader leaves out of a plan, and what they do on another day.

use jiff::civil::{Date, Time};
use regimen_catalog::model::{DateSpan, Day, HourOfDay, Session};
use regimen_catalog::plan::{LeftOut, Plan, PlannedSession, PlannedWeek};
use regimen_catalog::prose::{Inline, Inlines};
use regimen_catalog::vocabulary::{Label, SessionKind};
use regimen_catalog::{Id, Reference};

use super::Writer;
use super::amounts::unbroken;
use super::day_columns::on_day;
use super::writer::{below_each_other, separate_lines, text};

impl Writer<'_> {
    /// A line for each pause and each session that is left out or moved, in order of the days on which they would be.
    pub(super) fn changes(self, plan: &Plan) -> Inlines {
        let starts = plan.schedule.iter().flat_map(|schedule| &schedule.pauses).map(|days| days.first);
        let pauses = starts.zip(self.pauses(plan));
        let left_out = plan.left_out.iter().map(|one| (one.date, self.change(&one.session, one.date, None)));
        let moved = plan.sessions().filter_map(|session| {
            let (from, to) = session.moved_from.zip(session.date)?;
            Some((from, self.change(&session.session, from, Some(to))))
        });
        let mut lines: Vec<(Date, String)> = pauses.chain(left_out).chain(moved).collect();
        lines.sort_by_key(|(date, _)| *date);
        separate_lines(lines.into_iter().map(|(_, line)| line))
    }

    /// "12 January to 14 January: pause" for each pause, in the order of the schedule.
    pub(super) fn pauses(self, plan: &Plan) -> impl Iterator<Item = String> {
        let pauses = plan.schedule.iter().flat_map(|schedule| &schedule.pauses);
        pauses.map(move |days| self.pause(*days))
    }

    /// What stands below a session in a table of weeks: when on its day it is, if that is stated and not above the column; and of one that
    /// is not on the day on which readers look for it, its date where the row does not show that, and the day from which it was moved.
    pub(super) fn day_mark(self, marks: &DayMarks<'_>, session: &PlannedSession) -> Inlines {
        let DayMarks { plan, week, hour, says_dates, says_hours } = *marks;
        let on = session.date.filter(|date| says_dates || !row_shows(plan, week, *date));
        let on = on.map(|date| unbroken(&self.date(Label::DayMonth, date)));
        let from = session.moved_from.map(|from| self.moved_from(&unbroken(&self.date(Label::DayMonth, from))));
        let own = if says_hours { self.stated_hours(session) } else { self.hour(session) };
        let own = own.filter(|own| hour != Some(own.as_str()));
        self.marks(own.into_iter().chain(on).chain(from))
    }

    /// What stands below a session on its date: when on the day it is, if that is stated, and the day from which it was moved; empty for
    /// others.
    pub(super) fn moved_mark(self, session: &PlannedSession) -> Inlines {
        let from = session.moved_from.map(|from| self.moved_from(&unbroken(&self.date(Label::DayMonth, from))));
        self.marks(self.stated_hours(session).into_iter().chain(from))
    }

    fn marks(self, said: impl Iterator<Item = String>) -> Inlines {
        let said: Vec<String> = said.collect();
        if said.is_empty() { Inlines::new() } else { emphasised(said.join(self.language.label(Label::ListSeparator))) }
    }

    /// When most sessions of a column are that have an hour of the schedule alone, to be said above all of them: "18:30". `None` if one of
    /// them has no hour, which nothing in its cell would say; only a race may have none.
    pub(super) fn column_hour(self, plan: &Plan, day: Day) -> Option<ColumnHour> {
        plan.schedule.as_ref().filter(|schedule| schedule.timezone.is_some())?;
        let trained = plan.weeks.iter().flat_map(|week| on_day(plan, week, day));
        let trained: Vec<&PlannedSession> =
            trained.filter(|session| session.kind != SessionKind::Rest && session.hour.is_none()).collect();
        let (timed, untimed): (Vec<_>, Vec<_>) = trained
            .into_iter()
            .map(|session| (session, self.stated_hours(session)))
            .partition(|(_, hour)| hour.is_some());
        if untimed.iter().any(|(session, _)| session.kind != SessionKind::Race) {
            return None;
        }
        let mut hours: Vec<(String, usize)> = Vec::new();
        for hour in timed.iter().filter_map(|(_, hour)| hour.clone()) {
            match hours.iter_mut().find(|(known, _)| *known == hour) {
                Some((_, count)) => *count += 1,
                None => hours.push((hour, 1)),
            }
        }
        // Of equally many, the first.
        let (hour, _) = hours.into_iter().rev().max_by_key(|(_, count)| *count)?;
        let weeks: Vec<u32> = timed.iter().map(|(session, _)| session.week).collect();
        let title = if untimed.is_empty() { hour.clone() } else { self.in_weeks(&hour, &weeks) };
        Some(ColumnHour { hour, title })
    }

    /// When the sessions of a sheet are: "18:30", where days or weeks differ "18:30 (Tuesday)"; `None` where nothing says so.
    pub(super) fn hours_of(self, sessions: &[&PlannedSession]) -> Option<String> {
        let hours: Vec<_> =
            sessions.iter().map(|session| (*session, self.stated_hours(session).unwrap_or_default())).collect();
        Some(self.by_times(&hours)).filter(|hours| !hours.is_empty())
    }

    /// When on its day a session is: each of its times if it is done at several, else as its programme says, else as the schedule does.
    fn stated_hours(self, session: &PlannedSession) -> Option<String> {
        let times: Vec<String> = session.day_times.iter().map(|time| hour_and_minute(*time)).collect();
        if times.is_empty() {
            return self.hour(session).or_else(|| session.at.map(hour_and_minute));
        }
        Some(times.join(self.language.label(Label::ListSeparator)))
    }

    /// "morning", or "06:30" if that is known; nothing if the programme does not say when on its day a session is.
    pub(super) fn hour(self, session: &PlannedSession) -> Option<String> {
        match (session.hour?, session.at) {
            (_, Some(at)) | (HourOfDay::Time(at), None) => Some(hour_and_minute(at)),
            (HourOfDay::Morning, None) => Some(self.label(Label::Morning)),
            (HourOfDay::Evening, None) => Some(self.label(Label::Evening)),
        }
    }

    /// "moved from 20 February"
    pub(super) fn moved_from(self, date: &str) -> String {
        self.language.fill(Label::MovedFrom, &[("date", date)])
    }

    /// A session that is left out, as a table of weeks has it.
    pub(super) fn left_out_mark(self, session: &LeftOut) -> Inlines {
        let mark = emphasised(unbroken(self.language.label(Label::LeftOutMark)));
        below_each_other([self.named(&Reference::from(&session.session)), mark])
    }

    /// "12 January to 14 January: pause"
    fn pause(self, days: DateSpan) -> String {
        let [from, to] = [days.first, days.last].map(|date| self.date(Label::DayMonth, date));
        if from == to {
            return self.language.fill(Label::Pause, &[("date", &from)]);
        }
        self.language.fill(Label::PauseFromTo, &[("from", &from), ("to", &to)])
    }

    fn change(self, session: &Id<Session>, date: Date, to: Option<Date>) -> String {
        let name = self.name(&Reference::from(session));
        let date = self.date(Label::DayMonth, date);
        match to {
            None => self.language.fill(Label::LeftOut, &[("session", &name), ("date", &date)]),
            Some(to) => {
                let to = self.date(Label::DayMonth, to);
                self.language.fill(Label::MovedTo, &[("session", &name), ("to", &to), ("date", &date)])
            }
        }
    }
}

/// The hour above a column.
pub(super) struct ColumnHour {
    /// "18:30".
    pub(super) hour: String,
    /// The same with its weeks, if a race has no hour.
    pub(super) title: String,
}

/// What the marks of the sessions of a cell depend on.
pub(super) struct DayMarks<'p> {
    plan: &'p Plan,
    week: &'p PlannedWeek,
    /// The hour above its column.
    hour: Option<&'p str>,
    /// Whether its sessions have several dates, so that each must be said.
    says_dates: bool,
    /// Whether it says hours that the schedule alone states.
    says_hours: bool,
}

impl<'p> DayMarks<'p> {
    /// Those of a day of a week that has these sessions, below the hour of its column.
    pub(super) fn of(
        plan: &'p Plan,
        week: &'p PlannedWeek,
        sessions: &[&PlannedSession],
        hour: Option<&'p str>,
    ) -> Self {
        let says_dates = sessions.windows(2).any(|pair| pair[0].date != pair[1].date);
        Self { plan, week, hour, says_dates, says_hours: true }
    }

    /// The same without hours that the schedule alone states, where room is dear.
    pub(super) fn without_hours(self) -> Self {
        Self { says_hours: false, ..self }
    }
}

fn hour_and_minute(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

fn emphasised(said: String) -> Inlines {
    vec![Inline::Emphasis(text(said))]
}

/// Whether a row that says when its week begins, under columns in the order of the plan's days, says when a session is.
fn row_shows(plan: &Plan, week: &PlannedWeek, date: Date) -> bool {
    let Some((schedule, start)) = plan.schedule.as_ref().zip(week.start) else { return true };
    let is_within = u32::try_from((date - start).get_days()).is_ok_and(|day| day < week.days);
    is_within && (plan.counts_days() || start.weekday() == schedule.start.weekday())
}
