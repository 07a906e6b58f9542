//! On which days the session of a sheet comes, in words.

use std::collections::{BTreeMap, BTreeSet};

use regimen_catalog::Id;
use regimen_catalog::model::{Day, Phase};
use regimen_catalog::plan::{PlannedSession, PlannedWeek};
use regimen_catalog::quantity::Extent;
use regimen_catalog::vocabulary::{Counted, Label, Weekday};

use super::Writer;
use super::counted::Counting;
use super::sheets::{Sheet, day_shown};

/// More lists of days than this say less than all days in one.
const MOST_LISTS: usize = 3;

impl Writer<'_> {
    /// The days on which a session comes: "Tuesday", "Day 2, Day 4", "every 2 days". Where its weeks have other days and the
    /// days of all of them together would say that it comes more often, each with its weeks.
    pub(super) fn days(self, sheet: &Sheet<'_>) -> String {
        let is_counted = |session: &PlannedSession| is_counted(session) || self.day_of_row(session).is_some();
        let follows_weeks = !sheet.sessions.iter().any(|session| is_counted(session));
        let weeks = weeks(sheet);
        if follows_weeks && !has_all_weekdays(&sheet.sessions) {
            return self.days_of_weeks(&weeks).unwrap_or_else(|| self.list_of_days(&sheet.sessions));
        }
        if follows_weeks && weeks.iter().all(OfWeek::is_daily) {
            return self.language.count(Counted::EveryDays, Extent::one(1));
        }
        let phases = self.days_of_phases(&weeks, sheet);
        let of_weeks = weeks.iter().map(|of| (of.week.number, self.days_in(of, &phases)));
        self.by_weeks(&of_weeks.collect::<Vec<_>>())
    }

    /// "Wednesday (weeks 1–8); Tuesday, Thursday (week 9)": the days of weeks that have other ones, where no week has them all, which
    /// would say that it comes more often than it does; `None` where that takes too many words.
    fn days_of_weeks(self, weeks: &[OfWeek<'_>]) -> Option<String> {
        let days = |of: &OfWeek<'_>| of.sessions.iter().map(|session| day_shown(session)).collect::<BTreeSet<Day>>();
        let all: BTreeSet<Day> = weeks.iter().flat_map(days).collect();
        if weeks.iter().any(|of| days(of) == all) {
            return None;
        }
        let of_weeks: Vec<_> = weeks.iter().map(|of| (of.week.number, self.list_of_days(&of.sessions))).collect();
        let said = self.variants(&of_weeks);
        let separator = self.separator_of(of_weeks.iter().map(|(_, days)| days.as_str()));
        (said.len() <= MOST_LISTS).then(|| said.join(separator))
    }

    /// What holds of the days of one week.
    fn days_in(self, of: &OfWeek<'_>, phases: &BTreeMap<&Id<Phase>, DaysOfPhase>) -> String {
        let phase = phases.get(&of.week.phase);
        if let Some(all) = phase.and_then(|phase| phase.all.clone()) {
            return all;
        }
        if of.is_daily() {
            return self.language.count(Counted::EveryDays, Extent::one(1));
        }
        if of.sessions.iter().all(|session| self.day_of_row(session).is_some()) {
            return phase
                .and_then(|phase| phase.rows.get(&of.week.number).cloned())
                .unwrap_or_else(|| self.one_after_another(self.days_of_row(of)));
        }
        self.list_of_days(&of.sessions)
    }

    /// What holds of the days of all weeks of each phase.
    fn days_of_phases<'p>(self, weeks: &[OfWeek<'p>], sheet: &Sheet<'p>) -> BTreeMap<&'p Id<Phase>, DaysOfPhase> {
        let mut rows: BTreeMap<&Id<Phase>, Vec<&OfWeek<'p>>> = BTreeMap::new();
        weeks.iter().for_each(|of| rows.entry(&of.week.phase).or_default().push(of));
        let phase_of: BTreeMap<u32, &Id<Phase>> = weeks.iter().map(|of| (of.week.number, &of.week.phase)).collect();
        let mut sessions: BTreeMap<&Id<Phase>, Vec<&PlannedSession>> = BTreeMap::new();
        for session in &sheet.sessions {
            if let Some(phase) = phase_of.get(&session.week) {
                sessions.entry(phase).or_default().push(session);
            }
        }
        let mut first_days: BTreeMap<&Id<Phase>, u32> = BTreeMap::new();
        for week in &sheet.plan.weeks {
            first_days.entry(&week.phase).or_insert(week.first_day);
        }
        let of_phase = |(phase, rows): (&'p Id<Phase>, Vec<&OfWeek<'p>>)| {
            let in_phase = sessions.get(phase).map(Vec::as_slice).unwrap_or_default();
            let counts_days = rows.len() > 1 && in_phase.iter().any(|session| is_counted(session));
            let first_day = first_days.get(phase).copied().unwrap_or_default();
            let all = if counts_days { self.days_in_phase(in_phase, first_day) } else { None };
            let stretches = rows.chunk_by(|one, next| follows_at_once(one.week, next.week));
            let said = stretches.filter_map(|rows| Some((rows, self.days_of_rows(rows)?)));
            let rows =
                said.flat_map(|(rows, said)| rows.iter().map(move |of| (of.week.number, said.clone()))).collect();
            (phase, DaysOfPhase { all, rows })
        };
        rows.into_iter().map(of_phase).collect()
    }

    /// What holds of the days of all weeks of a phase, of which the first day is given.
    fn days_in_phase(self, in_phase: &[&PlannedSession], first_day: u32) -> Option<String> {
        // A weekday says enough of what comes on no other one.
        if let Some(interval) = interval(in_phase).filter(|days| days % 7 != 0) {
            return Some(self.language.count(Counted::EveryDays, Extent::one(interval)));
        }
        let is_numbered = in_phase.iter().all(|session| is_numbered_from(session, first_day));
        is_numbered.then(|| self.list_of_days(in_phase))
    }

    /// "Day 28, Day 31, every 9 days": the days of the plan in the first of turns or weeks between which the plan does not wait, and
    /// after how many days they come again; `None` where these have different days.
    fn days_of_rows(self, rows: &[&OfWeek<'_>]) -> Option<String> {
        let first = rows.first()?;
        let usual = self.days_counted(first);
        // The last row of a phase may be cut short.
        let is_usual = |row: &&OfWeek<'_>| {
            usual.iter().filter(|day| u32::from(**day) <= row.week.days).eq(&self.days_counted(row))
        };
        let again = (rows.len() > 1).then(|| self.language.count(Counted::EveryDays, Extent::one(first.week.days)));
        rows.iter().all(is_usual).then(|| self.one_after_another(self.days_of_row(first).into_iter().chain(again)))
    }

    /// "Day 28", "Day 31": the days of the plan in a turn or a week.
    fn days_of_row(self, row: &OfWeek<'_>) -> Vec<String> {
        let days = self.days_counted(row).into_iter().map(|number| {
            let day = row.week.day_of_plan(u32::from(number).saturating_sub(1)).saturating_add(1);
            self.language.fill(Label::DayNumber, &[("day", &day.to_string())])
        });
        days.collect()
    }

    fn days_counted(self, row: &OfWeek<'_>) -> BTreeSet<u8> {
        row.sessions.iter().filter_map(|session| self.day_of_row(session)).collect()
    }

    fn one_after_another(self, days: impl IntoIterator<Item = String>) -> String {
        days.into_iter().collect::<Vec<_>>().join(self.language.label(Label::ListSeparator))
    }

    /// Which day of its turn a session is on, or of a week of days that may move, where numbers are those of days of the plan.
    fn day_of_row(self, session: &PlannedSession) -> Option<u8> {
        match (self.counting, day_shown(session)) {
            (Counting::Days(_), Day::Number(number)) if !is_counted(session) => Some(number),
            _ => None,
        }
    }

    /// The days under which sessions stand, each once: weekdays in the order of the reader's week, then days by their number.
    fn list_of_days(self, sessions: &[&PlannedSession]) -> String {
        let first = self.language.tag.first_weekday() as i8;
        let mut sessions = sessions.to_vec();
        sessions.sort_by_key(|session| match (self.counting, day_shown(session)) {
            (_, Day::Weekday(day)) => (0, u32::from((day as i8 - first).rem_euclid(7).unsigned_abs())),
            (Counting::Days(_), Day::Number(_)) => (1, session.offset),
            (_, Day::Number(number)) => (1, number.into()),
        });
        let mut days: Vec<String> = Vec::new();
        for day in sessions.into_iter().map(|session| self.day_of(session)) {
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

/// What holds of the days of all weeks of a phase.
struct DaysOfPhase {
    /// In any week, if anything does.
    all: Option<String>,
    /// In a week by its number, where numbers are those of days of the plan.
    rows: BTreeMap<u32, String>,
}

/// A week in which a session comes.
struct OfWeek<'p> {
    week: &'p PlannedWeek,
    /// Each time that it comes.
    sessions: Vec<&'p PlannedSession>,
}

impl OfWeek<'_> {
    /// Whether it comes on all days of the week.
    fn is_daily(&self) -> bool {
        let days: BTreeSet<u32> = self.sessions.iter().map(|session| session.offset).collect();
        self.week.days > 1 && u32::try_from(days.len()).is_ok_and(|days| days >= self.week.days)
    }
}

/// The weeks in which it comes, in order.
fn weeks<'p>(sheet: &Sheet<'p>) -> Vec<OfWeek<'p>> {
    let mut sessions: BTreeMap<u32, Vec<&PlannedSession>> = BTreeMap::new();
    for session in &sheet.sessions {
        sessions.entry(session.week).or_default().push(session);
    }
    let of_week = |week: &'p PlannedWeek| Some(OfWeek { week, sessions: sessions.remove(&week.number)? });
    sheet.plan.weeks.iter().filter_map(of_week).collect()
}

fn has_all_weekdays(sessions: &[&PlannedSession]) -> bool {
    let is_on = |day| sessions.iter().any(|session| day_shown(session) == Day::Weekday(day));
    Weekday::ALL.iter().all(|day| is_on(*day))
}
