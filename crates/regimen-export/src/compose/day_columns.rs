//! Which sessions stand in which column of a table of weeks by days.

use jiff::civil::Date;
use regimen_catalog::model::Day;
use regimen_catalog::plan::{LeftOut, Plan, PlannedSession, PlannedWeek};
use regimen_catalog::vocabulary::Weekday;

use super::sheets::day_shown;

/// The first day of the plan on which something stands in a column of a week, 0 for its first.
pub(super) fn first_day_in(plan: &Plan, week: &PlannedWeek, day: Day) -> Option<i64> {
    let start = plan.weeks.first().and_then(|first| first.start);
    let left_out =
        left_out_on(plan, week, day).filter_map(|session| Some(i64::from((session.date - start?).get_days())));
    on_day(plan, week, day).map(|session| i64::from(session.offset)).chain(left_out).min()
}

/// The sessions of a week that stand in a column.
pub(super) fn on_day<'p>(plan: &'p Plan, week: &'p PlannedWeek, day: Day) -> impl Iterator<Item = &'p PlannedSession> {
    let counts_days = plan.counts_days();
    week.sessions.iter().filter(move |session| column(counts_days, week, session) == day)
}

/// The sessions of a week that would stand in a column, but are left out.
pub(super) fn left_out_on<'p>(plan: &'p Plan, week: &PlannedWeek, day: Day) -> impl Iterator<Item = &'p LeftOut> {
    let of_week = left_out_of(plan, week);
    of_week.filter(move |(_, column)| *column == Some(day)).map(|(session, _)| session)
}

/// What is left out of a week, each with its column.
fn left_out_of<'p>(plan: &'p Plan, week: &PlannedWeek) -> impl Iterator<Item = (&'p LeftOut, Option<Day>)> {
    let (counts_days, number) = (plan.counts_days(), week.number);
    let column = move |date| {
        if counts_days { numbered(week, day_of_plan(week, date)?) } else { Some(Day::Weekday(Weekday::of(date))) }
    };
    plan.left_out
        .iter()
        .filter(move |session| session.week == number)
        .map(move |session| (session, column(session.date)))
}

/// The number of a day of the plan in the row of a week, 1 for its first, if it is one of its days.
fn numbered(week: &PlannedWeek, day_of_plan: u32) -> Option<Day> {
    u8::try_from(week.day_within(day_of_plan)? + 1).ok().map(Day::Number)
}

/// Which day of the plan a date is, 0 for its first; `None` before the week and without dates.
fn day_of_plan(week: &PlannedWeek, date: Date) -> Option<u32> {
    Some(week.first_day + u32::try_from((date - week.start?).get_days()).ok()?)
}

/// The day under which a session stands in a table of weeks: its weekday if that is known, and where days are counted, its
/// number among those of its row on which the plan does not wait, or that of the day from which it was moved out of the row.
fn column(counts_days: bool, week: &PlannedWeek, session: &PlannedSession) -> Day {
    let number = || numbered(week, session.offset);
    if !counts_days {
        return match day_shown(session) {
            // A phase in days has rows of seven of them.
            day @ Day::Number(_) if !session.is_in_turn => number().unwrap_or(day),
            day => day,
        };
    }
    let planned = || numbered(week, day_of_plan(week, session.moved_from?)?);
    number().or_else(planned).unwrap_or(session.day)
}

/// The days that have a session, in the order of the plan's weeks.
pub(super) fn days(plan: &Plan) -> Vec<Day> {
    let first = plan.schedule.as_ref().map_or(0, |schedule| schedule.start.weekday().to_monday_zero_offset());
    let counts_days = plan.counts_days();
    let of_week = |week| move |session| column(counts_days, week, session);
    let mut days: Vec<Day> = plan.weeks.iter().flat_map(|week| week.sessions.iter().map(of_week(week))).collect();
    if !plan.left_out.is_empty() {
        days.extend(plan.weeks.iter().flat_map(|week| left_out_of(plan, week)).filter_map(|(_, column)| column));
    }
    days.sort_by_key(|day| match day {
        Day::Weekday(day) => i16::from((*day as i8 - first).rem_euclid(7)),
        Day::Number(number) => 7 + i16::from(*number),
    });
    days.dedup();
    days
}
