//! The weeks of a plan in a table, a column for each day on which something happens.

use jiff::civil::Date;
use regimen_catalog::Reference;
use regimen_catalog::model::{Day, Entry, Program};
use regimen_catalog::plan::{LeftOut, Plan, PlannedSession, PlannedWeek};
use regimen_catalog::prose::{Inline, Inlines, plain_text};
use regimen_catalog::vocabulary::{Label, SessionKind, Weekday};

use super::Writer;
use super::amounts::unbroken;
use super::changes::DayMarks;
use super::counted::Counting;
use super::counting::waits_before;
use super::sheets::{Sheets, day_shown};
use super::totals::WeekTotal;
use super::writer::{separate_lines, text};
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
        let hours: Vec<Option<String>> = days.iter().map(|day| self.column_hour(plan, *day)).collect();
        columns.extend(days.iter().zip(&hours).map(|(day, hour)| {
            let lines = std::iter::once(self.column_title(*day)).chain(hour.clone());
            Column { title: separate_lines(lines), role: ColumnRole::Text }
        }));
        let totals = self.week_totals(plan);
        columns.extend(totals.as_ref().map(|_| self.total_column()));
        let linked = Linked { plan, sheets, narrow: days.len() >= NARROW };
        let of_days = DayColumns { plan, columns: &columns, days: &days, first: 2 };
        let rows = plan.weeks.iter().enumerate().map(|(at, week)| {
            let cells = vec![self.week_number(week), self.phase_of(program, week)];
            let of_week = days.iter().zip(&hours).map(|(day, hour)| self.linked(&linked, week, *day, hour.as_deref()));
            let cells = cells.into_iter().chain(of_week);
            let total = totals.as_ref().and_then(|totals| totals.get(at)).cloned();
            Row { listed: self.listed_cells(&of_days, week), ..Row::of(cells.chain(total).collect()) }
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
        let titled = |column: usize| ListedCell { column, title: plain_lines(&columns[column].title) };
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
        let number = self.counted_number(week);
        text(match week.start {
            Some(start) => format!("{number} ({})", unbroken(&self.date(Label::DayMonth, start))),
            None => number,
        })
    }

    fn linked(self, linked: &Linked<'_>, week: &PlannedWeek, day: Day, hour: Option<&str>) -> Inlines {
        let Linked { plan, sheets, narrow } = *linked;
        let marks = DayMarks::of(plan, week, day, hour);
        let entries = on_day(plan, week, day).map(|session| {
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
    pub(super) fn week_totals(self, plan: &Plan) -> Option<Vec<Inlines>> {
        let totals: Vec<String> = WeekTotal::all(plan).iter().map(|total| self.week_total_text(total)).collect();
        let known = totals.iter().any(|total| !total.is_empty());
        known.then(|| totals.iter().map(|total| text(unbroken(total))).collect())
    }
}

/// Whether the total of any week has a distance.
pub(super) fn has_distances(plan: &Plan) -> bool {
    plan.weeks.iter().any(|week| WeekTotal::of(week).has_distance())
}

/// Lines of a cell, those that are not empty.
pub(super) fn below_each_other(lines: impl IntoIterator<Item = Inlines>) -> Inlines {
    let lines = lines.into_iter().filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(&Inline::Break)
}

/// The lines of a title with a comma between them.
fn plain_lines(title: &[Inline]) -> String {
    title.split(|inline| *inline == Inline::Break).map(plain_text).collect::<Vec<_>>().join(", ")
}

/// The first day of the plan on which something stands in a column of a week, 0 for its first.
fn first_day_in(plan: &Plan, week: &PlannedWeek, day: Day) -> Option<i64> {
    let start = plan.weeks.first().and_then(|first| first.start);
    let left_out =
        left_out_on(plan, week, day).filter_map(|session| Some(i64::from((session.date - start?).get_days())));
    on_day(plan, week, day).map(|session| i64::from(session.offset)).chain(left_out).min()
}

/// The sessions of a week that stand in a column.
pub(super) fn on_day<'p>(plan: &'p Plan, week: &'p PlannedWeek, day: Day) -> impl Iterator<Item = &'p PlannedSession> {
    let counts_days = plan.counts_days();
    week.sessions.iter().filter(move |session| column(plan, counts_days, week, session) == day)
}

/// The sessions of a week that would stand in a column, but are left out.
pub(super) fn left_out_on<'p>(plan: &'p Plan, week: &PlannedWeek, day: Day) -> impl Iterator<Item = &'p LeftOut> {
    let of_week = left_out_of(plan, week);
    of_week.filter(move |(_, column)| *column == Some(day)).map(|(session, _)| session)
}

/// What is left out of a week, each with its column.
fn left_out_of<'p>(plan: &'p Plan, week: &PlannedWeek) -> impl Iterator<Item = (&'p LeftOut, Option<Day>)> {
    let (counts_days, number, start) = (plan.counts_days(), week.number, week.start);
    let column = move |session: &LeftOut| {
        let weekday = Day::Weekday(Weekday::of(session.date));
        if counts_days { start.and_then(|start| numbered(start, session.date)) } else { Some(weekday) }
    };
    plan.left_out.iter().filter(move |session| session.week == number).map(move |session| (session, column(session)))
}

/// The number of a day, 1 for the first day of its row.
fn numbered(start: Date, date: Date) -> Option<Day> {
    u8::try_from((date - start).get_days() + 1).ok().map(Day::Number)
}

/// The day under which a session stands in a table of weeks: its weekday if that is known, and where days are counted, its
/// number among those of its row on which the plan does not wait, or that of the day from which it was moved out of the row.
fn column(plan: &Plan, counts_days: bool, week: &PlannedWeek, session: &PlannedSession) -> Day {
    if !counts_days {
        return day_shown(session);
    }
    let of_row = week.first_day..week.first_day + week.days;
    let planned = session.moved_from.zip(week.start).filter(|_| !of_row.contains(&session.offset));
    let planned = planned.and_then(|(from, start)| numbered(start, from));
    let number = || {
        let waits = session.date.map_or(0, |date| waits_before(plan, week, date));
        u8::try_from(session.offset.saturating_sub(week.first_day).saturating_sub(waits).saturating_add(1)).ok()
    };
    planned.or_else(|| number().map(Day::Number)).unwrap_or(session.day)
}

/// The days that have a session, in the order of the plan's weeks.
pub(super) fn days(plan: &Plan) -> Vec<Day> {
    let first = plan.schedule.as_ref().map_or(0, |schedule| schedule.start.weekday().to_monday_zero_offset());
    let counts_days = plan.counts_days();
    let of_week = |week| move |session| column(plan, counts_days, week, session);
    let mut days: Vec<Day> = plan.weeks.iter().flat_map(|week| week.sessions.iter().map(of_week(week))).collect();
    if !plan.left_out.is_empty() {
        days.extend(plan.weeks.iter().flat_map(|week| left_out_of(plan, week)).filter_map(|(_, column)| column));
    }
    days.sort_by_key(|day| match day {
        Day::Weekday(day) => (*day as i8 - first).rem_euclid(7),
        Day::Number(number) => 7 + i8::try_from(*number).unwrap_or_default(),
    });
    days.dedup();
    days
}
