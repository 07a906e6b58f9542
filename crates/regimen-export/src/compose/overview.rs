//! The weeks of a plan in a table, a column for each day on which something happens.

use regimen_catalog::Reference;
use regimen_catalog::model::{Day, Entry, Program};
use regimen_catalog::plan::{Plan, PlannedSession, PlannedWeek};
use regimen_catalog::prose::{Inline, Inlines};
use regimen_catalog::vocabulary::{Label, SessionKind};

use super::Writer;
use super::amounts::unbroken;
use super::changes::{ColumnHour, DayMarks};
use super::counted::Counting;
use super::day_columns::{days, first_day_in, left_out_on, on_day};
use super::sheets::Sheets;
use super::totals::WeekTotal;
use super::writer::{below_each_other, separate_lines, text};
use crate::document::{Column, ColumnRole, ListedCell, Row, Table};

/// From so many days on, columns have no room for how long each session is in all.
const NARROW: usize = 7;

/// A table of weeks whose sessions lead to their sheets.
struct Linked<'a> {
    plan: &'a Plan,
    sheets: &'a Sheets<'a>,
    /// Whether its columns have no room for how long each session is in all.
    narrow: bool,
}

/// The columns of a table of weeks, those of days among them.
pub(super) struct DayColumns<'a> {
    pub(super) plan: &'a Plan,
    pub(super) columns: &'a [Column],
    pub(super) days: &'a [Day],
    /// Which column is that of the first day.
    pub(super) first: usize,
}

impl Writer<'_> {
    /// Weeks, phases, and the sessions with links to their sheets.
    pub(super) fn overview(self, program: &Entry<Program>, plan: &Plan, sheets: &Sheets<'_>) -> Table {
        let days = days(plan);
        let mut columns = vec![
            Column { title: self.counted_title(), role: ColumnRole::Amount },
            Column { title: self.label_text(Label::Phase), role: ColumnRole::Name },
        ];
        let hours: Vec<Option<ColumnHour>> = days.iter().map(|day| self.column_hour(plan, *day)).collect();
        columns.extend(days.iter().zip(&hours).map(|(day, hour)| {
            let lines = std::iter::once(self.column_title(*day)).chain(hour.as_ref().map(|hour| hour.title.clone()));
            Column { title: separate_lines(lines), role: ColumnRole::Text }
        }));
        let totals = self.week_totals(&WeekTotal::all(plan));
        columns.extend(totals.as_ref().map(|_| self.total_column()));
        let linked = Linked { plan, sheets, narrow: days.len() >= NARROW };
        let of_days = DayColumns { plan, columns: &columns, days: &days, first: 2 };
        let rows = plan.weeks.iter().enumerate().map(|(at, week)| {
            let cells = vec![self.week_number(week), self.phase_of(program, week)];
            let of_week = days.iter().zip(&hours).map(|(day, hour)| {
                let hour = hour.as_ref().map(|hour| hour.hour.as_str());
                self.linked(&linked, week, *day, hour)
            });
            let cells = cells.into_iter().chain(of_week);
            let total = totals.as_ref().and_then(|totals| totals.get(at)).cloned();
            let (listed, heading) = (self.listed_cells(&of_days, week), self.week_by_itself(week));
            Row { listed, heading, ..Row::of(cells.chain(total).collect()) }
        });
        let rows: Vec<Row> = rows.collect();
        Table { summary: self.name(&Reference::from(&program.id)), alignment: Vec::new(), columns, rows }
    }

    /// The cells of a week as a list has them: in the order of their dates, which a race or its reader may have changed, and where days
    /// are counted, each with its day of the plan. Empty if they are just those of the columns.
    pub(super) fn listed_cells(self, of: &DayColumns<'_>, week: &PlannedWeek) -> Vec<ListedCell> {
        let DayColumns { plan, columns, days, first } = *of;
        let found = days.iter().enumerate().filter_map(|(at, day)| Some((first_day_in(plan, week, *day)?, first + at)));
        let mut of_days: Vec<(i64, usize)> = found.collect();
        let is_counted = matches!(self.counting, Counting::Days(_));
        if of_days.is_sorted() && !is_counted {
            return Vec::new();
        }
        of_days.sort_unstable();
        let titled = |column: usize| ListedCell { column, title: self.listed_lines(&columns[column].title) };
        let of_days = of_days.into_iter().map(|(day, column)| {
            let number = || self.language.fill(Label::DayNumber, &[("day", &(day + 1).to_string())]);
            if is_counted { ListedCell { column, title: number() } } else { titled(column) }
        });
        (1..first).map(titled).chain(of_days).chain((first + days.len()..columns.len()).map(titled)).collect()
    }

    pub(super) fn total_column(self) -> Column {
        Column { title: self.label_text(Label::Total), role: ColumnRole::Amount }
    }

    /// "3 (18 January)", where days are counted "15–21 (18 January)"
    pub(super) fn week_number(self, week: &PlannedWeek) -> Inlines {
        self.with_its_date(self.counted_number(week), week)
    }

    /// "Week 3 (18 January)"
    pub(super) fn week_by_itself(self, week: &PlannedWeek) -> Inlines {
        self.with_its_date(self.counted_by_itself(week), week)
    }

    fn with_its_date(self, number: String, week: &PlannedWeek) -> Inlines {
        text(match week.start {
            Some(start) => format!("{number} ({})", unbroken(&self.date(Label::DayMonth, start))),
            None => number,
        })
    }

    fn linked(self, linked: &Linked<'_>, week: &PlannedWeek, day: Day, hour: Option<&str>) -> Inlines {
        let Linked { plan, sheets, narrow } = *linked;
        let sessions: Vec<&PlannedSession> = on_day(plan, week, day).collect();
        let marks = DayMarks::of(plan, week, &sessions, hour);
        let entries = sessions.into_iter().map(|session| {
            let name = self.sheet_link(sheets, session);
            let mark = self.day_mark(&marks, session);
            let total = if narrow { Inlines::new() } else { self.marked_total(session) };
            below_each_other([self.entry_with(session, name, total), mark])
        });
        let left_out = left_out_on(plan, week, day).map(|session| self.left_out_mark(session));
        below_each_other(entries.chain(left_out))
    }

    /// A session on its day: its name, and below it what to do in short.
    pub(super) fn entry(self, session: &PlannedSession, name: Inlines) -> Inlines {
        self.entry_with(session, name, Inlines::new())
    }

    /// The same with what the session is in all. A race says that it is one.
    fn entry_with(self, session: &PlannedSession, name: Inlines, total: Inlines) -> Inlines {
        let own = [name, self.marked_work(session), total];
        below_each_other(self.race_mark(session).into_iter().chain(own))
    }

    /// "Race day" above the name of a race.
    pub(super) fn race_mark(self, session: &PlannedSession) -> Option<Inlines> {
        (session.kind == SessionKind::Race).then(|| vec![Inline::Strong(self.label_text(Label::RaceDay))])
    }

    /// What each week is in all, if that is known of any.
    pub(super) fn week_totals(self, totals: &[WeekTotal]) -> Option<Vec<Inlines>> {
        let totals: Vec<String> = totals.iter().map(|total| self.week_total_text(total)).collect();
        let known = totals.iter().any(|total| !total.is_empty());
        known.then(|| totals.iter().map(|total| text(unbroken(total))).collect())
    }
}
