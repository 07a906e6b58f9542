//! On which days the session of a sheet comes, in words.

use std::collections::BTreeSet;

use regimen_catalog::model::Day;
use regimen_catalog::plan::{PlannedSession, PlannedWeek};
use regimen_catalog::quantity::Extent;
use regimen_catalog::vocabulary::{Counted, Label, Weekday};

use super::Writer;
use super::counted::Counting;
use super::sheets::{Sheet, day_shown};

impl Writer<'_> {
    /// The days on which a session comes: "Tuesday", "Day 2, Day 4", "every 2 days". Where its weeks have other days and the
    /// days of all of them together would say that it comes more often, each with its weeks.
    pub(super) fn days(self, sheet: &Sheet<'_>) -> String {
        let is_counted = |session: &PlannedSession| is_counted(session) || self.day_of_row(session).is_some();
        let follows_weeks = !sheet.sessions.iter().any(|session| is_counted(session));
        let daily = self.language.count(Counted::EveryDays, Extent::one(1));
        let is_daily = || weeks(sheet).iter().all(|week| is_daily(week, sheet));
        match (follows_weeks, has_all_weekdays(&sheet.sessions)) {
            (true, false) => self.list_of_days(&sheet.sessions),
            (true, true) if is_daily() => daily,
            _ => {
                let of_weeks = weeks(sheet).into_iter().map(|week| (week.number, self.days_in(week, sheet)));
                self.by_weeks(&of_weeks.collect::<Vec<_>>())
            }
        }
    }

    /// What holds of the days of one week.
    fn days_in(self, week: &PlannedWeek, sheet: &Sheet<'_>) -> String {
        let of_phase = weeks(sheet).into_iter().filter(|other| other.phase == week.phase).collect::<Vec<_>>();
        let is_of =
            |weeks: &[&PlannedWeek], session: &PlannedSession| weeks.iter().any(|week| week.number == session.week);
        let sessions = |weeks: &[&PlannedWeek]| {
            let sessions = sheet.sessions.iter().copied().filter(|session| is_of(weeks, session));
            sessions.collect::<Vec<&PlannedSession>>()
        };
        let in_phase = sessions(&of_phase);
        let is_counted = in_phase.iter().any(|session| is_counted(session));
        if is_counted && of_phase.len() > 1 {
            // A weekday says enough of what comes on no other one.
            if let Some(interval) = interval(&in_phase).filter(|days| days % 7 != 0) {
                return self.language.count(Counted::EveryDays, Extent::one(interval));
            }
            let first_day = sheet.plan.weeks.iter().find(|other| other.phase == week.phase).map(|week| week.first_day);
            if in_phase.iter().all(|session| is_numbered_from(session, first_day.unwrap_or_default())) {
                return self.list_of_days(&in_phase);
            }
        }
        if is_daily(week, sheet) {
            return self.language.count(Counted::EveryDays, Extent::one(1));
        }
        let of_week = sessions(&[week]);
        if of_week.iter().all(|session| self.day_of_row(session).is_some()) {
            return self.days_of_rows(week, &of_phase, sheet);
        }
        self.list_of_days(&of_week)
    }

    /// "Day 28, Day 31, every 9 days": the days of the plan in the first of the turns or weeks of a phase between which it does not wait,
    /// and after how many days they come again; where these have different days, those of one.
    fn days_of_rows(self, row: &PlannedWeek, of_phase: &[&PlannedWeek], sheet: &Sheet<'_>) -> String {
        let numbers = |row: &PlannedWeek| {
            let of_row = sheet.sessions.iter().filter(|session| session.week == row.number);
            of_row.filter_map(|session| self.day_of_row(session)).collect::<BTreeSet<u8>>()
        };
        let is_of = |rows: &&[&PlannedWeek]| rows.iter().any(|other| other.number == row.number);
        let rows = of_phase.chunk_by(|one, next| follows_at_once(one, next)).find(is_of).unwrap_or_default();
        let first = rows.first().copied().unwrap_or(row);
        let usual = numbers(first);
        // The last row of a phase may be cut short.
        let is_usual = |row: &&PlannedWeek| usual.iter().filter(|day| u32::from(**day) <= row.days).eq(&numbers(row));
        let is_same = rows.iter().all(is_usual);
        let row = if is_same { first } else { row };
        let days = numbers(row).into_iter().map(|number| {
            let day = row.day_of_plan(u32::from(number).saturating_sub(1)).saturating_add(1);
            self.language.fill(Label::DayNumber, &[("day", &day.to_string())])
        });
        let again =
            (is_same && rows.len() > 1).then(|| self.language.count(Counted::EveryDays, Extent::one(first.days)));
        days.chain(again).collect::<Vec<_>>().join(self.language.label(Label::ListSeparator))
    }

    /// Which day of its turn a session is on, or of a week of days that may move, where numbers are those of days of the plan.
    fn day_of_row(self, session: &PlannedSession) -> Option<u8> {
        match (self.counting, day_shown(session)) {
            (Counting::Days(_), Day::Number(number)) if !is_counted(session) => Some(number),
            _ => None,
        }
    }

    /// The days under which sessions stand, each once.
    fn list_of_days(self, sessions: &[&PlannedSession]) -> String {
        let mut days: Vec<String> = Vec::new();
        for day in sessions.iter().map(|session| self.day_of(session)) {
            if !days.contains(&day) {
                days.push(day);
            }
        }
        days.join(self.language.label(Label::ListSeparator))
    }
}

/// Whether the plan waits neither between two of its rows nor in the second.
fn follows_at_once(one: &PlannedWeek, next: &PlannedWeek) -> bool {
    next.waits.is_empty() && next.first_day == one.first_day + one.days * (next.number - one.number)
}

/// Whether a session is known by its day in the plan: it comes every so many days, or on a day of a phase in days.
fn is_counted(session: &PlannedSession) -> bool {
    session.slot.strip_prefix('d').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

/// Whether the number of its day counts from the first day of its phase.
fn is_numbered_from(session: &PlannedSession, first_day: u32) -> bool {
    matches!(day_shown(session), Day::Number(number) if first_day + u32::from(number) == session.offset + 1)
}

/// The days between a session and the next, if these are always as many. Of one that is asked for once, some may be left out.
fn interval(sessions: &[&PlannedSession]) -> Option<u32> {
    let days: BTreeSet<u32> = sessions.iter().map(|session| session.usual).collect();
    let gaps = || days.iter().zip(days.iter().skip(1)).map(|(one, next)| next - one);
    let least = gaps().min()?;
    let is_one = sessions.iter().all(|session| session.place == sessions[0].place);
    gaps().all(|gap| if is_one { gap % least == 0 } else { gap == least }).then_some(least)
}

/// The weeks in which it comes, in order.
fn weeks<'p>(sheet: &Sheet<'p>) -> Vec<&'p PlannedWeek> {
    let numbers: BTreeSet<u32> = sheet.weeks().into_iter().collect();
    sheet.plan.weeks.iter().filter(|week| numbers.contains(&week.number)).collect()
}

/// Whether it comes on all days of a week.
fn is_daily(week: &PlannedWeek, sheet: &Sheet<'_>) -> bool {
    let of_week = sheet.sessions.iter().filter(|session| session.week == week.number);
    let days: BTreeSet<u32> = of_week.map(|session| session.offset).collect();
    week.days > 1 && u32::try_from(days.len()).is_ok_and(|days| days >= week.days)
}

fn has_all_weekdays(sessions: &[&PlannedSession]) -> bool {
    let is_on = |day| sessions.iter().any(|session| day_shown(session) == Day::Weekday(day));
    Weekday::ALL.iter().all(|day| is_on(*day))
}
