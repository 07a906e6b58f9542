//! Dates of a schedule that contradict each other.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::Date;

use regimen_model::diagnostic::{Diagnostic, FieldPath, Place};
use regimen_model::model::{Anchor, Change, Meant, Schedule, ScheduleName};
use regimen_model::plan::Plan;
use regimen_model::reference::Id;

/// All that is asked of the dates of a schedule and of the plan that follows from them.
pub(crate) fn all(plan: &Plan, name: &Id<ScheduleName>, schedule: &Schedule) -> Vec<Diagnostic> {
    [check(name, schedule), outside(plan, name, schedule), unmoved(plan, name, schedule)].concat()
}

/// Checks the dates on which a reader can and cannot train against each other, and against what they move.
pub(super) fn check(name: &Id<ScheduleName>, schedule: &Schedule) -> Vec<Diagnostic> {
    let path = |key: &str| FieldPath::root().key("schedules").key(name.as_str()).key(key);
    let place = |path: FieldPath| Place::value(regimen_model::PROJECT_FILE, path);
    let mut findings = Vec::new();
    for (at, free) in schedule.free.iter().enumerate() {
        let busy = schedule.busy.iter().position(|busy| busy.first <= free.last && free.first <= busy.last);
        let Some(index) = busy else { continue };
        let first = free.first.max(schedule.busy[index].first);
        let message = format!("{first} is both busy and free, and counts as busy");
        let finding = Diagnostic::warning("unavailable-day", message)
            .at(place(path("free").index(at)), "free")
            .at(place(path("busy").index(index)), "busy");
        findings.push(finding.help("take the day out of one of the two"));
    }
    for (at, change) in schedule.changes.iter().enumerate() {
        let Change::Move { what, to } = change else { continue };
        let Some(index) = schedule.busy.iter().position(|busy| busy.contains(*to)) else { continue };
        let message = format!("`{what}` is moved to {to}, on which the reader is busy");
        let finding = Diagnostic::warning("schedule-change", message)
            .at(place(path("changes").index(at).key("to")), "moved to here")
            .at(place(path("busy").index(index)), "busy");
        findings.push(finding.help("choose another day, or take the day out of `busy`"));
    }
    findings.extend(race(name, schedule));
    findings.extend(pauses(name, schedule));
    findings
}

/// Busy and free dates of a schedule that are no days of its plan.
pub(super) fn outside(plan: &Plan, name: &Id<ScheduleName>, schedule: &Schedule) -> Vec<Diagnostic> {
    let days = plan.days().max(plan.sessions().map(|session| session.offset + 1).max().unwrap_or_default());
    let Some(first) = plan.schedule.as_ref().map(|schedule| schedule.start) else { return Vec::new() };
    let Ok(last) = first.checked_add(SignedDuration::from_hours(24 * (i64::from(days.max(1)) - 1))) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for (key, spans) in [("busy", &schedule.busy), ("free", &schedule.free)] {
        let outside = spans.iter().enumerate().filter(|(_, span)| span.last < first || last < span.first);
        let outside: Vec<_> = outside.collect();
        let Some((index, span)) = outside.first() else { continue };
        let path = FieldPath::root().key("schedules").key(name.as_str()).key(key);
        let more = match outside.len() {
            1 => "is no day".to_owned(),
            2 => "and one more of these dates are no days".to_owned(),
            all => format!("and {} more of these dates are no days", all - 1),
        };
        let message = format!("{span} {more} of the plan of `{name}`, which lasts from {first} to {last}");
        let place = Place::value(regimen_model::PROJECT_FILE, path.index(*index));
        let finding = Diagnostic::warning("unavailable-day", message).at(place, "");
        findings.push(finding.help("correct the date, or take it out"));
    }
    findings
}

/// Sessions that are moved to the day on which they are.
pub(super) fn unmoved(plan: &Plan, name: &Id<ScheduleName>, schedule: &Schedule) -> Vec<Diagnostic> {
    let on: BTreeMap<&str, Option<Date>> =
        plan.by_week().map(|session| (&*session.slot, session.date.filter(|_| session.moved_from.is_none()))).collect();
    let findings = schedule.changes.iter().enumerate().filter_map(|(index, change)| {
        let Change::Move { what, to } = change else { return None };
        let is_there = match what {
            Meant::Date(day) => day == to,
            Meant::Slot(slot) => on.get(&**slot).is_some_and(|date| *date == Some(*to)),
        };
        let path = FieldPath::root().key("schedules").key(name.as_str()).key("changes").index(index).key("to");
        let message = format!("this changes nothing: `{what}` is on {to} without it");
        let finding = Diagnostic::warning("schedule-change", message);
        let finding = finding.at(Place::value(regimen_model::PROJECT_FILE, path), "");
        is_there.then(|| finding.help("correct the date, or take the change out"))
    });
    findings.collect()
}

/// A race on a day on which its reader is busy.
fn race(name: &Id<ScheduleName>, schedule: &Schedule) -> Option<Diagnostic> {
    let Anchor::Race { date, .. } = schedule.anchor else { return None };
    let index = schedule.busy.iter().position(|busy| busy.contains(date))?;
    let path = |key: &str| FieldPath::root().key("schedules").key(name.as_str()).key(key);
    let place = |path: FieldPath| Place::value(regimen_model::PROJECT_FILE, path);
    let finding = Diagnostic::error("unavailable-day", format!("the race is on {date}, on which the reader is busy"))
        .at(place(path("race")), "the race")
        .at(place(path("busy").index(index)), "busy");
    Some(finding.help("take the day out of `busy`, or correct the date of the race"))
}

/// Sessions that are moved into a pause.
fn pauses(name: &Id<ScheduleName>, schedule: &Schedule) -> Vec<Diagnostic> {
    let path = |index: usize| FieldPath::root().key("schedules").key(name.as_str()).key("changes").index(index);
    let place = |path: FieldPath| Place::value(regimen_model::PROJECT_FILE, path);
    let moves = schedule.changes.iter().enumerate().filter_map(|(at, change)| {
        let Change::Move { what, to } = change else { return None };
        let is_in = |change: &Change| change.pause().is_some_and(|days| days.contains(*to));
        let index = schedule.changes.iter().position(is_in)?;
        let message = format!("`{what}` is moved to {to}, within a pause");
        let finding = Diagnostic::warning("schedule-change", message)
            .at(place(path(at).key("to")), "moved to here")
            .at(place(path(index).key("pause")), "nothing is done on these days");
        Some(finding.help("choose another day, or make the pause shorter"))
    });
    moves.collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn a_date_is_busy_or_free_and_nothing_is_moved_to_a_busy_one() {
        let of = |keys: &str| {
            let project = format!(
                "language: en\nschedules: {{s: {{program: p, start: 2027-04-05, {keys}}}}}\nwords: {{title: T}}\n"
            );
            let lint = Lint::new().file("regimen.yaml", &project).program("{exercise: jog}", "run", 2);
            let said = lint
                .all()
                .into_iter()
                .filter(|line| line.contains("unavailable-day: ") || line.contains("schedule-change: "));
            said.collect::<Vec<_>>()
        };
        let both = of("available_days: [monday], busy: [2027-04-08], free: [2027-04-17, 2027-04-07..2027-04-09]");
        assert!(
            both.len() == 1 && both[0].ends_with("2027-04-08 is both busy and free, and counts as busy"),
            "{both:?}"
        );
        assert_eq!(of("available_days: [monday], busy: [2027-04-08], free: [2027-04-07]"), [""; 0]);
        let moved = of("busy: [2027-04-08], changes: [{move: w1-s, to: 2027-04-08}, {move: w2-s, to: 2027-04-09}]");
        assert!(
            moved.len() == 1 && moved[0].ends_with("`w1-s` is moved to 2027-04-08, on which the reader is busy"),
            "{moved:?}"
        );
    }

    #[test]
    fn dates_outside_of_the_plan_are_said() {
        let of = |keys: &str| said(&format!("start: 2027-04-05, {keys}"), "run");
        assert_eq!(
            of("busy: [2027-04-06, 2027-04-18, 2027-04-01..2027-04-04, 2027-04-19..2027-04-30]"),
            [
                "regimen.yaml:2:79 unavailable-day: 2027-04-01..2027-04-04 and one more of these dates are no days of the plan of `s`, \
             which lasts from 2027-04-05 to 2027-04-18"
            ]
        );
        let free = of("available_days: [monday], free: [2027-04-08, 2026-04-08]");
        assert!(free.len() == 1 && free[0].contains(": 2026-04-08 is no day of the plan"), "{free:?}");
        assert_eq!(of("busy: [2027-04-01..2027-04-05], changes: [{skip: w1-s}]"), [""; 0]);
    }

    /// What is said of the days of a schedule.
    fn said(keys: &str, kind: &str) -> Vec<String> {
        let project = format!("language: en\nschedules: {{s: {{program: p, {keys}}}}}\nwords: {{title: T}}\n");
        let lint = Lint::new().file("regimen.yaml", &project).program("{exercise: jog}", kind, 2);
        let said = lint.all().into_iter();
        said.filter(|line| line.contains("unavailable-day: ") || line.contains("schedule-change: ")).collect()
    }

    #[test]
    fn nothing_is_moved_into_a_pause() {
        for anchor in ["start: 2027-04-05", "end: 2027-04-18"] {
            let changes = "changes: [{pause: 2027-04-12..2027-04-14}, {move: w1-s, to: 2027-04-13}]";
            let said = said(&format!("{anchor}, {changes}"), "run");
            assert!(
                said.len() == 1 && said[0].ends_with("`w1-s` is moved to 2027-04-13, within a pause"),
                "{anchor}: {said:?}"
            );
        }
    }

    #[test]
    fn a_race_is_on_no_busy_day() {
        let of = |busy: &str| said(&format!("race: 2027-04-12, busy: [{busy}]"), "race");
        assert_eq!(of("2027-04-11"), [""; 0]);
        let said = of("2027-04-11..2027-04-13");
        assert!(
            said.len() == 1 && said[0].ends_with("the race is on 2027-04-12, on which the reader is busy"),
            "{said:?}"
        );
    }

    #[test]
    fn a_move_to_the_day_of_the_session_is_found() {
        let of = |change: &str| {
            let project = format!(
                "language: en\nschedules: {{s: {{program: p, start: 2027-04-05, changes: [{change}]}}}}\nwords: {{title: T}}\n"
            );
            let lint = Lint::new().file("regimen.yaml", &project).program("{exercise: jog}", "run", 2);
            lint.all().into_iter().filter(|line| line.contains(" schedule-change: ")).collect::<Vec<_>>()
        };
        for what in ["w1-s", "2027-04-05"] {
            let said = of(&format!("{{move: {what}, to: 2027-04-05}}"));
            let wanted = format!("this changes nothing: `{what}` is on 2027-04-05 without it");
            assert!(said.len() == 1 && said[0].ends_with(&wanted), "{said:?}");
            assert_eq!(of(&format!("{{move: {what}, to: 2027-04-06}}")), [""; 0]);
        }
    }
}
