//! What a reader leaves out of a plan, and what they do on another day.

use jiff::civil::{Date, Time};
use regimen_catalog::model::{DateSpan, HourOfDay, Session};
use regimen_catalog::plan::{LeftOut, Plan, PlannedSession, PlannedWeek};
use regimen_catalog::prose::{Inline, Inlines};
use regimen_catalog::vocabulary::Label;
use regimen_catalog::{Id, Reference};

use super::Writer;
use super::amounts::unbroken;
use super::overview::below_each_other;
use super::writer::{separate_lines, text};

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

    /// What stands below a session in a table of weeks: when on its day it is, if the programme says so; and of one that is not on the
    /// day on which readers look for it, its date where the row does not show that, and the day from which it was moved.
    pub(super) fn day_mark(self, plan: &Plan, week: &PlannedWeek, session: &PlannedSession) -> Inlines {
        let on = session.date.filter(|date| !row_shows(plan, week, *date));
        let on = on.map(|date| unbroken(&self.date(Label::DayMonth, date)));
        let from = session.moved_from.map(|from| self.moved_from(&unbroken(&self.date(Label::DayMonth, from))));
        let said: Vec<String> = self.hour(session).into_iter().chain(on).chain(from).collect();
        if said.is_empty() { Inlines::new() } else { emphasised(said.join(self.language.label(Label::ListSeparator))) }
    }

    /// What stands below a session on its date: when on the day it is, if the programme says so, and the day from which it was moved;
    /// empty for others.
    pub(super) fn moved_mark(self, session: &PlannedSession) -> Inlines {
        let from = session.moved_from.map(|from| self.moved_from(&unbroken(&self.date(Label::DayMonth, from))));
        let said: Vec<String> = self.hour(session).into_iter().chain(from).collect();
        if said.is_empty() { Inlines::new() } else { emphasised(said.join(self.language.label(Label::ListSeparator))) }
    }

    /// "morning", or "06:30" if that is known; nothing if the programme does not say when on its day a session is.
    pub(super) fn hour(self, session: &PlannedSession) -> Option<String> {
        let time = |time: Time| time.strftime("%H:%M").to_string();
        match (session.hour?, session.at) {
            (_, Some(at)) => Some(time(at)),
            (HourOfDay::Time(at), None) => Some(time(at)),
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

fn emphasised(said: String) -> Inlines {
    vec![Inline::Emphasis(text(said))]
}

/// Whether a row that says when its week begins, under columns in the order of the plan's days, says when a session is.
fn row_shows(plan: &Plan, week: &PlannedWeek, date: Date) -> bool {
    let Some((schedule, start)) = plan.schedule.as_ref().zip(week.start) else { return true };
    let is_within = u32::try_from((date - start).get_days()).is_ok_and(|day| day < week.days);
    is_within && (plan.counts_days() || start.weekday() == schedule.start.weekday())
}
