//! How much there is of something as a table to fill in, weeks by days, where the days of a week have amounts of their own.

use regimen_catalog::model::Day;
use regimen_catalog::plan::{Plan, PlannedSession};
use regimen_catalog::prose::Inlines;
use regimen_catalog::vocabulary::Weekday;

use super::Writer;
use super::counted::Counting;
use super::log::LogColumn;
use super::sheets::day_shown;
use super::times::is_one_each_week;
use super::writer::text;
use crate::document::{Column, ColumnRole, LogEntry, Row, Table};

/// Which of some times stand where.
pub(super) struct DayTable<'p> {
    days: Vec<Day>,
    /// The weeks, each with its times on these days.
    weeks: Vec<(u32, Vec<Option<usize>>)>,
    plan: &'p Plan,
}

impl Writer<'_> {
    /// The place of each column in a table of weeks by days; `None` where all days of each week are the same, where days are
    /// counted and no week has the same ones, or where it comes twice on a day.
    pub(super) fn day_table<'p>(self, plan: &'p Plan, columns: &[LogColumn<'_>]) -> Option<DayTable<'p>> {
        let parts: Vec<_> = columns.iter().map(|column| (column.session, &column.session.parts)).collect();
        if matches!(self.counting, Counting::Days(_)) || is_one_each_week(&parts) {
            return None;
        }
        let mut days: Vec<Day> = Vec::new();
        for day in columns.iter().map(|column| day_shown(column.session)) {
            days.extend((!days.contains(&day)).then_some(day));
        }
        let first = first_weekday(columns[0].session);
        days.sort_by_key(|day| match day {
            Day::Weekday(day) => (*day as i8 - first).rem_euclid(7).unsigned_abs(),
            Day::Number(number) => number.saturating_add(7),
        });
        let mut weeks: Vec<(u32, Vec<Option<usize>>)> = Vec::new();
        for (at, session) in columns.iter().map(|column| column.session).enumerate() {
            if weeks.last().is_none_or(|(week, _)| *week != session.week) {
                weeks.push((session.week, vec![None; days.len()]));
            }
            let day = days.iter().position(|day| *day == day_shown(session))?;
            let (_, times) = weeks.last_mut()?;
            if times[day].replace(at).is_some() {
                return None;
            }
        }
        Some(DayTable { days, weeks, plan })
    }

    /// The table, with what is printed each time and what its place to write in is about.
    pub(super) fn filled(self, of: &DayTable<'_>, summary: String, times: &[(Inlines, Vec<LogEntry>)]) -> Table {
        let mut columns = vec![Column { title: self.counted_title(), role: ColumnRole::Name }];
        columns.extend(of.days.iter().map(|day| Column { title: text(self.day(*day)), role: ColumnRole::Log }));
        let rows = of.weeks.iter().map(|(number, of_week)| {
            let week = of.plan.weeks.iter().find(|week| week.number == *number);
            let name = week.map(|week| self.week_number(week)).unwrap_or_default();
            let of_days = of_week.iter().map(|at| at.and_then(|at| times.get(at)).cloned().unwrap_or_default());
            let (cells, log) = std::iter::once((name, Vec::new())).chain(of_days).unzip();
            Row { log, heading: week.map(|week| self.week_by_itself(week)).unwrap_or_default(), ..Row::of(cells) }
        });
        Table { summary, alignment: Vec::new(), columns, rows: rows.collect() }
    }
}

/// The weekday with which the weeks of a plan begin, as a number of days after Monday.
fn first_weekday(session: &PlannedSession) -> i8 {
    let first = session.date.and_then(|date| date.checked_sub(jiff::Span::new().days(session.offset)).ok());
    first.map_or(0, |first| Weekday::of(first) as i8)
}
