//! The weeks of a plan in a table, a column for each day on which something happens.

use regimen_catalog::Reference;
use regimen_catalog::model::{Day, Entry, Program};
use regimen_catalog::plan::{Plan, PlannedWeek};
use regimen_catalog::prose::Inlines;
use regimen_catalog::vocabulary::Label;

use super::Writer;
use super::sheets::{Sheets, day_shown};
use super::writer::text;
use crate::document::{Column, ColumnRole, Row, Table};

impl Writer<'_> {
    /// Weeks, phases, and the sessions with links to their sheets.
    pub(super) fn overview(self, program: &Entry<Program>, plan: &Plan, sheets: &Sheets<'_>) -> Table {
        let days = days(plan);
        let mut columns = vec![
            Column { title: self.label_text(Label::Week), role: ColumnRole::Amount },
            Column { title: self.label_text(Label::Phase), role: ColumnRole::Name },
        ];
        columns.extend(days.iter().map(|day| Column { title: text(self.day(*day)), role: ColumnRole::Text }));
        let rows = plan.weeks.iter().map(|week| {
            let cells = vec![self.week_number(week), text(self.language.label(week.kind))];
            let cells = cells.into_iter().chain(days.iter().map(|day| self.on_day(week, *day, sheets)));
            Row { cells: cells.collect(), group: false, figure: None }
        });
        Table {
            summary: self.name(&Reference::from(&program.id)),
            alignment: Vec::new(),
            columns,
            rows: rows.collect(),
        }
    }

    /// "3 (18 January)"
    pub(super) fn week_number(self, week: &PlannedWeek) -> Inlines {
        let number = week.number.to_string();
        text(match week.start {
            Some(start) => format!("{number} ({})", self.date(Label::DayMonth, start)),
            None => number,
        })
    }

    fn on_day(self, week: &PlannedWeek, day: Day, sheets: &Sheets<'_>) -> Inlines {
        let sessions = week.sessions.iter().filter(|session| day_shown(session) == day);
        self.joined(sessions.map(|session| vec![self.sheet_link(sheets, session)]), Label::ListSeparator)
    }
}

/// The days that have a session, in the order of the plan's weeks.
pub(super) fn days(plan: &Plan) -> Vec<Day> {
    let first = plan.schedule.as_ref().map_or(0, |schedule| schedule.start.weekday().to_monday_zero_offset());
    let mut days: Vec<Day> = plan.sessions().map(day_shown).collect();
    days.sort_by_key(|day| match day {
        Day::Weekday(day) => (*day as i8 - first).rem_euclid(7),
        Day::Number(number) => 7 + i8::try_from(*number).unwrap_or_default(),
    });
    days.dedup();
    days
}
