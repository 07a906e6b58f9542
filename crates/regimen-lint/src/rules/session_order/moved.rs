//! Sessions that their reader moves far from their place, such as by a change that was written for an earlier date of the race.

use std::collections::BTreeMap;

use super::{FEW, named, some_of};
use crate::report::Report;
use crate::view::{PlanView, SessionView};
use regimen_model::diagnostic::{FieldPath, Place};
use regimen_model::join;
use regimen_model::model::{Change, Meant, Schedule};
use regimen_model::vocabulary::SessionKind;

/// How many days a session is moved without a word: to the same weekday of the week before or after it.
const MOST_DAYS: i32 = 7;

pub(super) fn check(plan: &PlanView<'_>, schedule: &Schedule, path: &FieldPath, report: &mut Report<'_>) {
    let mut by_name: BTreeMap<&str, Vec<&SessionView<'_>>> = BTreeMap::new();
    for session in plan.sessions() {
        by_name.entry(session.name_in_week()).or_default().push(session);
    }
    for session in plan.sessions() {
        let (Some(meant), Some(date)) = (session.moved_from(), session.date()) else { continue };
        if is_past_race(plan, session) {
            continue;
        }
        let same = by_name.get(session.name_in_week()).map(Vec::as_slice).unwrap_or_default();
        let passed = |other: &&&SessionView<'_>| {
            let weeks = session.week().cmp(&other.week());
            weeks.is_ne() && !other.is_moved() && weeks != session.day.cmp(&other.day)
        };
        let passed: Vec<&SessionView<'_>> = same.iter().filter(passed).copied().collect();
        let days = (date - meant).get_days();
        if days.abs() <= MOST_DAYS && passed.is_empty() {
            continue;
        }
        let unit = if days.abs() == 1 { "day" } else { "days" };
        let (side, other_side) = if days < 0 { ("before", "after") } else { ("after", "before") };
        let mut message =
            format!("{} is moved to {} {unit} {side} its place, which is {meant}", named(session), days.abs());
        if !passed.is_empty() {
            let said = some_of(&passed, FEW, |other| named(other), join::and);
            message.push_str(&format!(", and no longer comes {other_side} {said}"));
        } else if plan.weeks.last().is_some_and(|last| session.day >= last.ends_before) {
            message.push_str(", and after the last day of the plan");
        }
        let of_session = |change: &Change| match change {
            Change::Move { what: Meant::Slot(slot), to } => *to == date && **slot == *session.slot(),
            Change::Move { what: Meant::Date(day), to } => *to == date && *day == meant,
            Change::Pause(_) | Change::Skip(_) => false,
        };
        let index = schedule.changes.iter().position(of_session).unwrap_or_default();
        let place = Place::value(regimen_model::PROJECT_FILE, path.clone().key("changes").index(index).key("to"));
        let help = "correct the date, or take the change out; a change keeps its date where the plan gets others";
        report.add(report.finding(message).at(place, "moved to here").at(session.place.clone(), "").help(help));
    }
}

/// Whether a move brings a session to the other side of a race, which is said as such.
fn is_past_race(plan: &PlanView<'_>, session: &SessionView<'_>) -> bool {
    let mut races = plan.sessions().filter(|race| race.kind() == SessionKind::Race);
    races.any(|race| session.usual_day < race.usual_day && session.day >= race.day)
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// Six weeks with a run and a long one, then a week with a race, in a schedule with this change.
    fn of(anchor: &str, change: &str) -> Vec<String> {
        let build =
            "kind: build, weeks: 6, sessions: [{session: s, day: tuesday}, {session: s, day: sunday, slot: long}]";
        let last = "kind: race, weeks: 1, sessions: [{session: race, day: sunday}]";
        let project = format!(
            "language: en\nschedules:\n  plan:\n    program: p\n    {anchor}\n    changes: [{change}]\nwords: {{title: T}}\n"
        );
        let lint = Lint::new().session("s", "run", "{exercise: jog}").session("race", "race", "{exercise: jog}");
        let said = lint.phases(&[build, last]).file("regimen.yaml", &project).of("session-order");
        said.into_iter().map(|line| line.trim_start_matches("regimen.yaml:6 ").to_owned()).collect()
    }

    #[test]
    fn a_change_for_another_date_of_the_race_is_found() {
        let change = "{move: w5-long, to: 2027-03-23}";
        // Week 5 ends on the 4th of April, then on the 25th.
        let stale = of("race: 2027-05-09", change);
        assert_eq!(
            stale,
            [
                "`long` of week 5 (2027-03-23) is moved to 33 days before its place, which is 2027-04-25, and no longer comes after \
              `long` of week 1 (2027-03-28), `long` of week 2 (2027-04-04), `long` of week 3 (2027-04-11) and 1 more"
            ]
        );
        assert_eq!(of("race: 2027-04-11", change), [""; 0]);
        assert_eq!(of("race: 2027-04-11", "{move: 2027-03-28, to: 2027-03-30}"), [""; 0], "a few days later");
    }

    #[test]
    fn moves_by_more_than_a_week_past_the_same_session_or_past_the_end_are_found() {
        let race = "race: 2027-04-11";
        let onto = of(race, "{move: 2027-03-28, to: 2027-03-21}");
        assert!(
            onto.len() == 1 && onto[0].ends_with("and no longer comes after `long` of week 4 (2027-03-21)"),
            "{onto:?}"
        );
        let later = of(race, "{move: w1-s, to: 2027-03-03}");
        assert!(
            later.len() == 1
                && later[0].contains("8 days after its place")
                && later[0].contains("before `s` of week 2"),
            "{later:?}"
        );
        let end = of("start: 2027-02-22", "{move: w7-race, to: 2027-05-11}");
        assert!(end.len() == 1 && end[0].ends_with("and after the last day of the plan"), "{end:?}");
        let past = of(race, "{move: w5-long, to: 2027-05-11}");
        assert!(past.len() == 1 && past[0].contains("to the day of the race or after it"), "{past:?}");
    }
}
