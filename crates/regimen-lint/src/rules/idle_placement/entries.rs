//! Amounts that a session of a phase lists for weeks which do not have it.

use std::collections::BTreeSet;

use super::Idle;
use regimen_model::diagnostic::FieldPath;
use regimen_model::join;
use regimen_model::model::{Day, PerWeek, Phase, PhaseSession};
use regimen_model::quantity::OrNone;

/// A list with an amount for each week.
pub(super) struct Listed {
    pub(super) key: &'static str,
    /// The same for one week, as an override writes it, in weeks that have one rather than `none`.
    weeks: Vec<Option<String>>,
}

impl Listed {
    /// Whether it has an amount for a week, 0 for the first.
    pub(super) fn has(&self, week: u32) -> bool {
        self.amount(week).is_some()
    }

    fn amount(&self, week: u32) -> Option<&String> {
        usize::try_from(week).ok().and_then(|week| self.weeks.get(week))?.as_ref()
    }

    /// Whether it has `none` for a week.
    fn has_none(&self, week: u32) -> bool {
        usize::try_from(week).is_ok_and(|week| matches!(self.weeks.get(week), Some(None)))
    }
}

/// The lists of a session of a phase.
pub(super) fn listed(planned: &PhaseSession) -> impl Iterator<Item = Listed> {
    fn weeks<T: ToString>(key: &str, list: &[OrNone<T>]) -> Vec<Option<String>> {
        let amount = |one: &OrNone<T>| match one {
            OrNone::Is(amount) => Some(format!("{key}: {}", amount.to_string())),
            OrNone::None => None,
        };
        list.iter().map(amount).collect()
    }
    let lengths = planned.lengths.as_deref().map(|list| Listed { key: "lengths", weeks: weeks("length", list) });
    let repeats = match &planned.repeats {
        Some(PerWeek::Weeks(list)) => Some(Listed { key: "repeats", weeks: weeks("repeats", list) }),
        Some(PerWeek::Always(_)) | None => None,
    };
    lengths.into_iter().chain(repeats)
}

/// Why a week does not have a session of its phase.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    /// It lists its own sessions.
    OwnSessions,
    /// It leaves the session out.
    LeftOut,
    /// The other list of the session has `none`.
    None(&'static str),
    /// The session comes every so many days.
    NotDue(u8),
    /// It is cut short.
    CutShort,
}

/// Amounts for weeks that do not have the session.
pub(super) fn dropped(phase: &Phase, planned: &PhaseSession, done: &BTreeSet<u32>) -> Vec<Idle> {
    let mut found = Vec::new();
    for list in listed(planned) {
        let mut weeks: Vec<(Why, Vec<u32>)> = Vec::new();
        for week in (0..phase.length.weeks()).filter(|week| list.has(*week) && !done.contains(week)) {
            let why = why(phase, planned, &list, week);
            match weeks.iter_mut().find(|(known, _)| *known == why) {
                Some((_, weeks)) => weeks.push(week),
                None => weeks.push((why, vec![week])),
            }
        }
        found.extend(weeks.into_iter().map(|(why, weeks)| idle(phase, planned, &list, why, &weeks)));
    }
    found
}

fn why(phase: &Phase, planned: &PhaseSession, list: &Listed, week: u32) -> Why {
    let other = phase.override_of(week).map(|(_, other)| other);
    if other.is_some_and(|other| other.sessions.is_some()) {
        return Why::OwnSessions;
    }
    if other.is_some_and(|other| other.without.iter().any(|id| id.as_str() == planned.name())) {
        return Why::LeftOut;
    }
    let mut others = listed(planned).filter(|other| other.key != list.key && other.has_none(week));
    match (others.next(), planned.every) {
        (Some(other), _) => Why::None(other.key),
        (None, Some(every)) => Why::NotDue(every),
        (None, None) => Why::CutShort,
    }
}

fn idle(phase: &Phase, planned: &PhaseSession, list: &Listed, why: Why, weeks: &[u32]) -> Idle {
    let (key, name) = (list.key, planned.name());
    let is_one = weeks.len() == 1;
    let what = match (phase.length.is_turns(), is_one) {
        (true, true) => "turn",
        (true, false) => "turns",
        (false, true) => "week",
        (false, false) => "weeks",
    };
    let numbers: Vec<String> = weeks.iter().map(|week| (week + 1).to_string()).collect();
    let first = weeks.first().copied().unwrap_or_default();
    let amount = list.amount(first).map(String::as_str).unwrap_or_default();
    let (those, them) = if is_one { ("that", "it") } else { ("those", "them") };
    let has = if is_one { "has sessions of its own" } else { "have sessions of their own" };
    let (because, help) = match why {
        Why::OwnSessions => (
            format!("{those} {what} {has} under `overrides`"),
            format!(
                "write `none` for {them} in the list, or say how much where `overrides` lists the session: `{amount}`"
            ),
        ),
        Why::LeftOut => (
            "`overrides` leaves it out there (`without`)".to_owned(),
            format!("write `none` for {them} in the list, or take `{name}` out of `without`"),
        ),
        Why::None(other) => {
            (format!("`{other}` has `none` there"), "write `none` in both lists, or an amount in both".to_owned())
        }
        Why::NotDue(every) => {
            (format!("with `every: {every}` it does not come there"), format!("write `none` for {them} in the list"))
        }
        Why::CutShort => return cut_short(phase, planned.day, list, first),
    };
    let message = format!("the `{key}` of `{name}` for {what} {} are never done: {because}", join::and(&numbers));
    Idle { below: weeks.iter().map(|week| entry(key, *week)).collect(), message, help }
}

/// Only the last week or turn of a phase is cut short.
fn cut_short(phase: &Phase, day: Day, list: &Listed, last: u32) -> Idle {
    let days = phase.length.days_in(last);
    let what = if phase.length.is_turns() { "turn" } else { "week" };
    let before = if matches!(day, Day::Weekday(_)) { "and has no" } else { "before day" };
    let message = format!(
        "the last of the `{}` is never done: {what} {} is cut short to {days} days, {before} {day}",
        list.key,
        last + 1
    );
    let help = format!("write `none` for this {what}, or change the `days` of the phase");
    Idle { below: vec![entry(list.key, last)], message, help }
}

fn entry(key: &str, week: u32) -> FieldPath {
    FieldPath::root().key(key).index(week as usize)
}
