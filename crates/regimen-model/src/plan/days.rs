//! On which day each session of each week falls.
//!
//! Weekdays stay what they are, but for weeks that count from a race on another weekday and for people who lack them. Numbered days move to the days on which
//! the reader can train, as near to their number as the gaps between sessions allow.

mod choices;
mod findings;
mod gaps;
mod lacking;
mod rests;

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;

use choices::{Movable, choices};
use lacking::Weekdays;

use super::outline::{Outline, Outlined};
use super::placement::{Placement, SessionPosition};
use super::reader::{OpenDays, Reader};
use crate::diagnostic::{Diagnostic, FilePath};
use crate::model::Day;
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

/// A session on its day.
#[derive(Clone, Copy)]
struct OnDay {
    position: SessionPosition,
    /// Its day, counted from the first day of the programme.
    day: i64,
    /// Whether this is the day for which it is planned, to which nothing of the reader's has moved it.
    is_as_planned: bool,
}

/// The last session of each kind so far.
type LastOfKind = BTreeMap<SessionKind, OnDay>;

/// The last sessions so far.
#[derive(Default)]
struct Last {
    /// Of all that are planned.
    all: LastOfKind,
    /// Without what the reader leaves out or moves.
    kept: LastOfKind,
}

impl Last {
    fn add(&mut self, kind: SessionKind, session: OnDay, is_changed: bool) {
        let kept = (!is_changed).then_some(&mut self.kept);
        for last in [&mut self.all].into_iter().chain(kept) {
            if last.get(&kind).is_none_or(|latest| session.day >= latest.day) {
                last.insert(kind, session);
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
    /// Rest days, as well: nobody needs a day on which they can train to rest.
    Rests,
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
    let mut found: Vec<NoDay> = Vec::new();
    let mut last = Last::default();
    let mut all: Vec<Vec<i64>> = Vec::new();
    for (number, outline) in weeks.iter().enumerate().take(kept.end).skip(kept.start) {
        let before = all.last().map(Vec::as_slice).unwrap_or_default();
        let week = Week { weeks, number, outline, setting, before };
        match week.days(&last) {
            Ok(days) => {
                for (index, (day, session)) in days.iter().zip(&outline.sessions).enumerate() {
                    let is_as_planned = *day == week.start() + i64::from(week.planned_day(session));
                    let position = SessionPosition { week: number, index };
                    let on = OnDay { position, day: *day, is_as_planned };
                    last.add(session.session.kind, on, week.is_changed(index, *day));
                }
                all.push(days);
            }
            Err(wrong) => {
                for one in wrong {
                    // Every week of a phase finds the same, but for dates; once is enough.
                    let is_same = |known: &NoDay| known.finding.labels == one.finding.labels && !one.is_of_dates;
                    if !found.iter().any(is_same) {
                        found.push(one);
                    }
                }
            }
        }
    }
    if found.is_empty() { Ok(all) } else { Err(found.into_iter().map(|one| one.finding).collect()) }
}

/// Why sessions of a week find no day.
struct NoDay {
    finding: Diagnostic,
    /// Whether the dates of this week are the reason, and other weeks have other ones.
    is_of_dates: bool,
}

struct Week<'a> {
    /// All weeks of the programme.
    weeks: &'a [Outline<'a>],
    number: usize,
    outline: &'a Outline<'a>,
    setting: &'a Setting<'a>,
    /// The days of the week before, counted from the first day of the plan.
    before: &'a [i64],
}

/// How the sessions of a week are laid on days.
#[derive(Clone, Copy)]
struct Laying<'a> {
    /// The days on which the reader can train, if not all.
    open: Option<OpenDays<'a>>,
    /// Which sessions need no day of the reader's.
    freed: Freed,
    /// Whether weekdays that the race turns may move as numbered days do.
    may_move: bool,
    /// Which other weekdays may move.
    weekdays: Weekdays,
    /// The days on which the sessions would be if the reader were never busy. Only what would be on a busy date leaves them, and
    /// what has to make room for it.
    homes: Option<&'a [i64]>,
}

impl Week<'_> {
    fn days(&self, last: &Last) -> Result<Vec<i64>, Vec<NoDay>> {
        let as_planned = self.days_with(last, Weekdays::Stay);
        if as_planned.is_ok() || !self.lacks_weekdays() {
            return as_planned;
        }
        self.days_with(last, Weekdays::Lacking).or_else(|_| self.days_with(last, Weekdays::All))
    }

    fn days_with(&self, last: &Last, weekdays: Weekdays) -> Result<Vec<i64>, Vec<NoDay>> {
        let mut days = self.choose_days(last, Freed::Nothing, weekdays);
        for freed in [Freed::Slots, Freed::Dates, Freed::Rests] {
            // What the reader leaves out or moves need not fit.
            let frees = || (0..self.outline.sessions.len()).any(|index| self.is_freed(index, freed));
            if days.is_err() && (freed == Freed::Slots || frees()) {
                days = self.choose_days(last, freed, weekdays);
            }
        }
        days
    }

    fn choose_days(&self, last: &Last, freed: Freed, weekdays: Weekdays) -> Result<Vec<i64>, Vec<NoDay>> {
        let laying = Laying { open: self.setting.open, freed, may_move: true, weekdays, homes: None };
        let Some(open) = laying.open else { return self.lay(last, laying) };
        match self.lay(last, Laying { open: open.without_busy(), ..laying }) {
            Ok(homes) if !self.is_any_busy(&homes, laying) => Ok(homes),
            Ok(homes) => self.lay(last, Laying { homes: Some(&homes), ..laying }),
            Err(_) => self.lay(last, laying),
        }
    }

    /// Whether any session that needs a day of the reader's would be on a busy date.
    fn is_any_busy(&self, days: &[i64], laying: Laying<'_>) -> bool {
        let (Some(open), Some(placement)) = (laying.open, self.setting.placement) else { return false };
        let sessions = self.outline.sessions.iter().enumerate().zip(days);
        let mut needed = sessions.filter(|((index, session), _)| self.needs_day(*index, session, laying));
        needed.any(|(_, day)| placement.date(*day).is_some_and(|date| open.busy(date).is_some()))
    }

    /// Lays the sessions on days. Those that the race turns keep their distance from it if the reader's days do not fit them.
    fn lay(&self, last: &Last, laying: Laying<'_>) -> Result<Vec<i64>, Vec<NoDay>> {
        self.lay_once(last, laying).or_else(|_| self.lay_once(last, Laying { may_move: false, ..laying }))
    }

    fn lay_once(&self, last: &Last, laying: Laying<'_>) -> Result<Vec<i64>, Vec<NoDay>> {
        let open = self.open_days(laying);
        let fixed = self.fixed(laying)?;
        let (numbers, choices) = self.choices(&fixed, &open, laying);
        let all = choices.iter().map(|choice| {
            let mut days = self.chosen(&fixed, &numbers, choice);
            if laying.freed == Freed::Rests {
                self.put_rests_aside(&mut days);
            }
            days
        });
        let all = all.filter(|days| self.keeps_side_of_held(days, &fixed) && self.keeps_order(days, laying));
        let (on_sides, past): (Vec<_>, Vec<_>) = all.partition(|days| self.keeps_sides(days, &fixed));
        let all = if on_sides.is_empty() { past } else { on_sides };
        if all.is_empty() {
            return Err(vec![self.too_few_days(&numbers, &open)]);
        }
        let mut first_problem = None;
        for days in all {
            match self.too_close(&days, &fixed, last, laying.freed) {
                None => return Ok(days),
                Some(problem) => first_problem.get_or_insert(problem),
            };
        }
        Err(first_problem.map(|problem| self.no_gap(problem)).into_iter().collect())
    }

    /// What calendars know a session of this week by.
    fn slot(&self, index: usize) -> &str {
        self.slot_at(SessionPosition { week: self.number, index })
    }

    fn slot_at(&self, position: SessionPosition) -> &str {
        let slots = self.setting.slots.get(position.week);
        slots.and_then(|slots| slots.get(position.index)).map(String::as_str).unwrap_or_default()
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
            Freed::Rests => self.is_rest(index) || self.is_freed(index, Freed::Dates),
        }
    }

    /// The days that may move, and every way to lay them on open ones.
    fn choices(&self, fixed: &[Option<u8>], open: &[u8], laying: Laying<'_>) -> (Vec<u8>, Vec<Vec<u8>>) {
        let Laying { freed, homes, .. } = laying;
        let sessions = self.outline.sessions.iter().zip(fixed).enumerate();
        let movable = sessions.filter(|(_, (_, fixed))| fixed.is_none());
        let home = |index: usize| u8::try_from(homes?.get(index)? - self.start()).ok();
        let movable: BTreeMap<u8, Option<u8>> =
            movable.map(|(index, (session, _))| (self.usual(session), home(index))).collect();
        let numbers: Vec<Movable> =
            movable.iter().map(|(number, home)| Movable { number: *number, home: *home }).collect();
        // A week that counts from the race may begin before the one in front of it ends.
        let before = self.before.iter().filter_map(|day| u8::try_from(day - self.start()).ok());
        let own = fixed.iter().enumerate().filter(|(index, _)| freed != Freed::Rests || !self.is_rest(*index));
        let taken: Vec<u8> = own.filter_map(|(_, day)| *day).chain(before).collect();
        (movable.into_keys().collect(), choices(&numbers, open, &taken))
    }

    /// Whether all that moves to days of the reader's is on its side of the race which holds the plan.
    fn keeps_side_of_held(&self, days: &[i64], fixed: &[Option<u8>]) -> bool {
        let Some(placement) = self.setting.placement else { return true };
        let Some(race) = &placement.race else { return true };
        let held = self.weeks.get(race.session.week).map(|week| (week, week.sessions.get(race.session.index)));
        let Some((week, Some(session))) = held else { return true };
        let meant = week.usual_day(session);
        let sessions = self.outline.sessions.iter().zip(days).zip(fixed);
        let mut moving = sessions.filter(|(_, fixed)| fixed.is_none());
        moving.all(|((session, day), _)| self.is_on_side(session, *day, meant, race.day))
    }

    /// Whether what moves to days of the reader's stays on its side of every race of the week.
    fn keeps_sides(&self, days: &[i64], fixed: &[Option<u8>]) -> bool {
        let all = || self.outline.sessions.iter().zip(days).zip(fixed);
        all().filter(|((race, _), _)| race.session.kind == SessionKind::Race).all(|((race, race_day), race_fixed)| {
            let meant = self.outline.usual_day(race);
            let mut moving = all().filter(|(_, fixed)| fixed.is_none() || race_fixed.is_none());
            moving.all(|((session, day), _)| self.is_on_side(session, *day, meant, *race_day))
        })
    }

    /// Whether a session on this day is on the side of a race on which it is meant to be: `meant` is the day of the race in the
    /// programme, `race` the one that it has.
    fn is_on_side(&self, session: &Outlined<'_>, day: i64, meant: u32, race: i64) -> bool {
        let usual = self.outline.usual_day(session);
        usual == meant || usual.cmp(&meant) == day.cmp(&race)
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
    fn fixed(&self, laying: Laying<'_>) -> Result<Vec<Option<u8>>, Vec<NoDay>> {
        let sessions = self.outline.sessions.iter().enumerate();
        let (mut fixed, mut wrong) = (Vec::new(), Vec::new());
        for (index, session) in sessions {
            match self.fixed_day(index, session, laying) {
                Ok(day) => fixed.push(day),
                Err(one) => wrong.push(one),
            }
        }
        if wrong.is_empty() { Ok(fixed) } else { Err(wrong) }
    }

    /// Whether a session may move to a day of the reader's.
    fn may_move(&self, session: &Outlined<'_>, laying: Laying<'_>) -> bool {
        match (session.fixed, session.day) {
            (None, Day::Number(_)) => true,
            (None, Day::Weekday(day)) => {
                laying.may_move && self.is_turned() || self.moves_weekday(session, day, laying.weekdays)
            }
            (Some(_), _) => false,
        }
    }

    /// Whether a session has to be on one of the reader's days: not the race, and nothing that is left out or moved.
    fn needs_day(&self, index: usize, session: &Outlined<'_>, laying: Laying<'_>) -> bool {
        // A day that does not move is the one that a change by its date means.
        let freed = match laying.freed {
            Freed::Nothing | Freed::Slots if !self.may_move(session, laying) => Freed::Dates,
            freed => freed,
        };
        !self.is_race(session) && !self.is_freed(index, freed)
    }

    /// Whether a session is the race that the week counts from.
    fn is_race(&self, session: &Outlined<'_>) -> bool {
        self.race().is_some_and(|race| std::ptr::eq(race, session))
    }

    fn fixed_day(&self, index: usize, session: &Outlined<'_>, laying: Laying<'_>) -> Result<Option<u8>, NoDay> {
        if self.is_race(session) {
            return Ok(Some(self.usual(session)));
        }
        let day = self.planned_day(session);
        let Some(open) = laying.open.filter(|_| self.needs_day(index, session, laying)) else { return Ok(Some(day)) };
        if self.may_move(session, laying) {
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
    fn open_days(&self, laying: Laying<'_>) -> Vec<u8> {
        let Some(open) = laying.open else { return Vec::new() };
        let days = u8::try_from(self.outline.days.min(7)).unwrap_or(7);
        let is_named = |date: Date| matches!(laying.freed, Freed::Dates | Freed::Rests) && open.reader.names_date(date);
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
}
