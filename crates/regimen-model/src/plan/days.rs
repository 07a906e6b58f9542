//! On which day each session of each week falls.
//!
//! Weekdays stay what they are, but for weeks that count from a race on another weekday. Numbered days move to the days on which
//! the reader can train, as near to their number as the gaps between sessions allow.

mod findings;

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;

use super::outline::{Outline, Outlined};
use super::placement::{Placement, SessionPosition};
use super::reader::{OpenDays, Reader};
use crate::diagnostic::{Diagnostic, FieldPath, FilePath};
use crate::model::Day;
use crate::quantity::Duration;
use crate::vocabulary::{SessionKind, Weekday};

/// What days depend on besides the programme.
pub(super) struct Setting<'a> {
    /// The file of the programme.
    pub(super) file: &'a FilePath,
    /// Where the programme is in the calendar, if it is.
    pub(super) placement: Option<&'a Placement>,
    /// The days on which the athlete can train, if not all.
    pub(super) open: Option<OpenDays<'a>>,
    /// For whom it is.
    pub(super) reader: Option<Reader<'a>>,
    /// What calendars know the sessions of each week of the programme by.
    pub(super) slots: &'a [Vec<String>],
}

/// The last session of each kind so far: its day, and where it stands.
type LastOfKind = BTreeMap<SessionKind, (i64, FieldPath)>;

/// The last sessions so far.
#[derive(Default)]
struct Last {
    /// Of all that are planned.
    all: LastOfKind,
    /// Without what the reader leaves out or moves.
    kept: LastOfKind,
}

impl Last {
    fn add(&mut self, session: &Outlined<'_>, day: i64, path: &FieldPath, is_changed: bool) {
        let kept = (!is_changed).then_some(&mut self.kept);
        for last in [&mut self.all].into_iter().chain(kept) {
            if last.get(&session.session.kind).is_none_or(|(latest, _)| day >= *latest) {
                last.insert(session.session.kind, (day, path.clone()));
            }
        }
    }
}

/// Which of the sessions that the reader leaves out or moves need none of the reader's days. In a week that fits they take part
/// as all others do, so that a change leaves the others where they are, and a date means what the reader has on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Freed {
    /// None of them.
    Nothing,
    /// Those that are named by their slots.
    Slots,
    /// Those that are meant for a date that is named, as well.
    Dates,
}

/// The first day of a week, counted from the first day of the programme; pauses do not count.
pub(super) fn week_start(outline: &Outline<'_>, placement: Option<&Placement>) -> i64 {
    i64::from(outline.first_day) + placement.map_or(0, |placement| placement.shift(outline))
}

/// The days of the sessions of some weeks of a programme, counted from the first day of the programme.
pub(super) fn days(
    weeks: &[Outline<'_>],
    kept: Range<usize>,
    setting: &Setting<'_>,
) -> Result<Vec<Vec<i64>>, Vec<Diagnostic>> {
    let mut findings: Vec<Diagnostic> = Vec::new();
    let mut last = Last::default();
    let mut all: Vec<Vec<i64>> = Vec::new();
    for (number, outline) in weeks.iter().enumerate().take(kept.end).skip(kept.start) {
        let week = Week { number, outline, setting, before: all.last().map(Vec::as_slice).unwrap_or_default() };
        match week.days(&last) {
            Ok(days) => {
                for (index, (day, session)) in days.iter().zip(&outline.sessions).enumerate() {
                    last.add(session, *day, &outline.path(session), week.is_changed(index, *day));
                }
                all.push(days);
            }
            // Every week of a phase finds the same; once is enough.
            Err(finding) if findings.iter().any(|known| known.labels == finding.labels) => {}
            Err(finding) => findings.push(finding),
        }
    }
    if findings.is_empty() { Ok(all) } else { Err(findings) }
}

struct Week<'a> {
    number: usize,
    outline: &'a Outline<'a>,
    setting: &'a Setting<'a>,
    /// The days of the week before, counted from the first day of the plan.
    before: &'a [i64],
}

impl Week<'_> {
    fn days(&self, last: &Last) -> Result<Vec<i64>, Diagnostic> {
        let mut days = self.choose_days(last, Freed::Nothing);
        for freed in [Freed::Slots, Freed::Dates] {
            // What the reader leaves out or moves need not fit.
            let frees = || (0..self.outline.sessions.len()).any(|index| self.is_freed(index, freed));
            if days.is_err() && (freed == Freed::Slots || frees()) {
                days = self.choose_days(last, freed);
            }
        }
        days
    }

    fn choose_days(&self, last: &Last, freed: Freed) -> Result<Vec<i64>, Diagnostic> {
        let open = self.open_days(freed);
        let mut fixed = self.fixed(Fixing { may_move: true, freed })?;
        let (mut numbers, mut choices) = self.choices(&fixed, &open);
        if choices.is_empty() && self.is_turned() {
            // Days of the programme that the race moves keep their distance from it, if the reader's days are too few.
            fixed = self.fixed(Fixing { may_move: false, freed })?;
            (numbers, choices) = self.choices(&fixed, &open);
        }
        if choices.is_empty() {
            return Err(self.too_few_days(&numbers, &open));
        }
        let mut first_problem = None;
        for choice in &choices {
            let days = self.chosen(&fixed, &numbers, choice);
            match self.too_close(&days, last, freed) {
                None => return Ok(days),
                Some(problem) => first_problem.get_or_insert(problem),
            };
        }
        let problem = first_problem.unwrap_or(TooClose { session: 0, gap: 0, before: FieldPath::root() });
        Err(self.no_gap(problem))
    }

    /// What calendars know a session of this week by.
    fn slot(&self, index: usize) -> &str {
        let slot = self.setting.slots.get(self.number).and_then(|slots| slots.get(index));
        slot.map(String::as_str).unwrap_or_default()
    }

    /// Whether the reader leaves out or moves a session that is on such a day of the plan.
    fn is_changed(&self, index: usize, day: i64) -> bool {
        let Some(reader) = self.setting.reader else { return false };
        let date = self.setting.placement.and_then(|placement| placement.date(day));
        reader.names_slot(self.slot(index)) || date.is_some_and(|date| reader.names_date(date))
    }

    /// Whether a session needs none of the reader's days.
    fn is_freed(&self, index: usize, freed: Freed) -> bool {
        match freed {
            Freed::Nothing => false,
            Freed::Slots => self.setting.reader.is_some_and(|reader| reader.names_slot(self.slot(index))),
            Freed::Dates => {
                let day = self.planned_day(&self.outline.sessions[index]);
                self.is_changed(index, self.start() + i64::from(day))
            }
        }
    }

    /// The days that may move, and every way to lay them on open ones so that the race stays where it is among them.
    fn choices(&self, fixed: &[Option<u8>], open: &[u8]) -> (Vec<u8>, Vec<Vec<u8>>) {
        let sessions = self.outline.sessions.iter().zip(fixed).filter(|(_, fixed)| fixed.is_none());
        let mut numbers: Vec<u8> = sessions.map(|(session, _)| self.usual(session)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        // A week that counts from the race may begin before the one in front of it ends.
        let before = self.before.iter().filter_map(|day| u8::try_from(day - self.start()).ok());
        let taken: Vec<u8> = fixed.iter().copied().flatten().chain(before).collect();
        let mut choices = choices(&numbers, open, &taken);
        if let Some(race) = self.race() {
            let race = self.usual(race);
            let keeps = |(number, day): (&u8, &u8)| *number == race || number.cmp(&race) == day.cmp(&race);
            choices.retain(|days| numbers.iter().zip(days).all(keeps));
        }
        (numbers, choices)
    }

    /// The race that the week counts from, if it is in this week.
    fn race(&self) -> Option<&Outlined<'_>> {
        let race = self.setting.placement?.race_of(self.outline)?;
        let SessionPosition { week, index } = race.session;
        self.outline.sessions.get(index).filter(|_| week == self.number)
    }

    /// Whether weekdays are others than in the programme, because the race is on another one.
    fn is_turned(&self) -> bool {
        let counts = self.setting.placement.is_some_and(|placement| placement.race_of(self.outline).is_some());
        counts && self.begins() != self.outline.first_day % 7
    }

    /// The day of each session that cannot move, counted from the first day of the week. Weekdays that are turned may move as
    /// numbered days do.
    fn fixed(&self, fixing: Fixing) -> Result<Vec<Option<u8>>, Diagnostic> {
        let sessions = self.outline.sessions.iter().enumerate();
        sessions.map(|(index, session)| self.fixed_day(index, session, fixing)).collect()
    }

    fn fixed_day(&self, index: usize, session: &Outlined<'_>, fixing: Fixing) -> Result<Option<u8>, Diagnostic> {
        if self.race().is_some_and(|race| std::ptr::eq(race, session)) {
            return Ok(Some(self.usual(session)));
        }
        let day = self.planned_day(session);
        let Some(open) = self.setting.open else { return Ok(Some(day)) };
        let may_move = match (session.fixed, session.day) {
            (None, Day::Number(_)) => true,
            (None, Day::Weekday(_)) => self.is_turned() && fixing.may_move,
            (Some(_), _) => false,
        };
        // A day that does not move is the one that a change by its date means.
        if self.is_freed(index, if may_move { fixing.freed } else { Freed::Dates }) {
            return Ok(Some(day));
        }
        if may_move {
            return Ok(None);
        }
        let date = self.date(day);
        let is_open = date.is_none_or(|date| open.has(date));
        let busy = date.and_then(|date| Some((date, open.busy(date)?)));
        match (session.fixed, session.day) {
            _ if is_open => Ok(Some(day)),
            _ if let Some((date, busy)) = busy => Err(self.busy(index, date, busy)),
            // The rule about the order of sessions says where the race puts a session on a day that the reader does not have.
            (None, Day::Weekday(_)) if self.is_turned() => Ok(Some(day)),
            (None, Day::Weekday(day)) => Err(self.unavailable(session, day, open.reader.name)),
            (Some(_), _) | (None, Day::Number(_)) => {
                let weekday = date.map_or(Weekday::Monday, Weekday::of);
                Err(self.counted_unavailable(session, weekday, open.reader.name))
            }
        }
    }

    /// The date of a day of the week, if the plan has dates.
    fn date(&self, day: u8) -> Option<Date> {
        self.setting.placement?.date(self.start() + i64::from(day))
    }

    /// The days of the week on which the reader can train, without those that are named for what needs no day.
    fn open_days(&self, freed: Freed) -> Vec<u8> {
        let Some(open) = self.setting.open else { return Vec::new() };
        let days = u8::try_from(self.outline.days.min(7)).unwrap_or(7);
        let is_named = |date: Date| freed == Freed::Dates && open.reader.names_date(date);
        (0..days).filter(|day| self.date(*day).is_none_or(|date| open.has(date) && !is_named(date))).collect()
    }

    /// The day of the week on which a session is if it does not move to one of the reader's days, 0 for the first.
    fn planned_day(&self, session: &Outlined<'_>) -> u8 {
        match (session.fixed, session.day) {
            (None, Day::Weekday(day)) if !self.is_turned() => self.offset(day),
            (Some(_), _) | (None, Day::Weekday(_) | Day::Number(_)) => self.usual(session),
        }
    }

    /// The day of the week for which a session is meant if nothing moves it, 0 for the first.
    fn usual(&self, session: &Outlined<'_>) -> u8 {
        u8::try_from(self.outline.usual_day(session) - self.outline.first_day).unwrap_or(u8::MAX)
    }

    /// The weekday on which the week begins, 0 for a Monday.
    fn begins(&self) -> u32 {
        let first = self.setting.placement.map_or(Weekday::Monday, |placement| Weekday::of(placement.first));
        ((first as i64 + self.start()).rem_euclid(7)) as u32
    }

    /// The first day of the week, counted from the first day of the plan.
    fn start(&self) -> i64 {
        week_start(self.outline, self.setting.placement)
    }

    /// Days from the first day of the week to the given weekday.
    fn offset(&self, day: Weekday) -> u8 {
        ((day as u32 + 7 - self.begins()) % 7) as u8
    }

    /// The days of the whole plan on which the sessions fall if the days that move are these.
    fn chosen(&self, fixed: &[Option<u8>], numbers: &[u8], choice: &[u8]) -> Vec<i64> {
        let sessions = self.outline.sessions.iter().zip(fixed);
        let day = |(session, fixed): (&Outlined<'_>, &Option<u8>)| {
            let position = || numbers.iter().position(|known| *known == self.usual(session));
            let moved = || position().and_then(|position| choice.get(position)).copied();
            fixed.or_else(moved).unwrap_or_else(|| self.usual(session))
        };
        sessions.map(day).map(|day| self.start() + i64::from(day)).collect()
    }

    /// The first session that comes too soon after one of its kind.
    fn too_close(&self, days: &[i64], last: &Last, freed: Freed) -> Option<TooClose> {
        let counts = |index: &usize| !self.is_freed(*index, freed);
        let mut order: Vec<usize> = (0..days.len()).filter(counts).collect();
        order.sort_by_key(|index| days[*index]);
        let mut last = if freed == Freed::Nothing { &last.all } else { &last.kept }.clone();
        for index in order {
            let session = &self.outline.sessions[index];
            let before = last.insert(session.session.kind, (days[index], self.outline.path(session)));
            if let (Some((day, before)), Some(least)) = (before, &session.planned.min_gap)
                && days[index] - day < whole_days(least)
            {
                return Some(TooClose { session: index, gap: days[index] - day, before });
            }
        }
        None
    }
}

/// How days that cannot move are found.
#[derive(Clone, Copy)]
struct Fixing {
    /// Whether weekdays that the race turns may move as numbered days do.
    may_move: bool,
    /// Which sessions need no day of the reader's.
    freed: Freed,
}

/// A session that comes too soon after one of its kind.
struct TooClose {
    /// Its position in the week.
    session: usize,
    /// How many days lie between.
    gap: i64,
    /// Where the one before it stands.
    before: FieldPath,
}

/// A gap in whole days: 48 h are 2, 36 h are 2 as well.
fn whole_days(gap: &Duration) -> i64 {
    let days = gap.seconds().low() / rust_decimal::Decimal::from(86_400);
    days.ceil().try_into().unwrap_or(i64::MAX)
}

/// Every way to lay the numbered days on the open ones in order, the nearest first. A day that already has a
/// session is taken only if there is no other.
fn choices(numbers: &[u8], open: &[u8], taken: &[u8]) -> Vec<Vec<u8>> {
    let subsets = (0_u8..128).filter(|days| days.count_ones() as usize == numbers.len());
    let subsets = subsets.map(|days| (0..7).filter(|day| days & (1 << day) != 0).collect::<Vec<u8>>());
    let mut choices: Vec<_> = subsets.filter(|days| days.iter().all(|day| open.contains(day))).collect();
    let distance = |days: &Vec<u8>| {
        let moved: u32 = days.iter().zip(numbers).map(|(day, number)| u32::from(day.abs_diff(*number))).sum();
        let shared = days.iter().filter(|day| taken.contains(day)).count() as u32;
        moved + 10 * shared
    };
    choices.sort_by_key(distance);
    choices
}
