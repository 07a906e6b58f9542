//! `session-order`: a schedule keeps the order that a programme means.

use std::collections::BTreeSet;

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{PlanView, SessionView};
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::join;
use regimen_model::model::{Anchor, Day, Schedule};
use regimen_model::vocabulary::{SessionKind, Weekday};

pub(super) static RULE: Rule = Rule {
    code: "session-order",
    severity: Severity::Warning,
    summary: "A schedule keeps the sessions of each week in the order of the programme, and the race after them",
    explanation: "A programme with weekdays means weeks from Monday to Sunday. A schedule that starts on a Wednesday has each \
Monday session after the Sunday of the same week, so that the long run of Sunday comes before what should prepare for it. A \
schedule whose race is on another weekday than in the programme moves the race alone: sessions that should come before it \
may fall on race day or after it, and the long run of the week before may be the day before. Sessions of kind `rest` do not \
count. Nothing is reported where days are numbered, because numbered days count from the start.

Wrong, if the race is on a Sunday in the programme:

```yaml
schedules:
  spring:
    program: ten-km
    race: 2027-04-24       # a Saturday, on which the programme has a short run
```

Right, with numbered days in the programme, so that all of the week is counted back from the race:

```yaml
sessions:
  - {session: easy, day: 2}
  - {session: openers, day: 6}
  - {session: race, day: 7}
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Plan(check),
};

/// A session nearer to the race than this, in days, is no longer training for it.
const NEAR: i64 = 2;
/// How many days nearer than in the programme it has to be before that is worth a word.
const NEARER: i64 = 3;

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let Some((name, schedule)) = plan.schedule() else { return };
    let key = schedule.anchor.key();
    let path = FieldPath::root().key("schedules").key(name.as_str());
    let place = Place::value(regimen_model::PROJECT_FILE, path.key(key));
    let race = match &schedule.anchor {
        Anchor::Race { date, .. } => {
            let is_meant =
                |session: &&SessionView<'_>| session.kind() == SessionKind::Race && session.date() == Some(*date);
            plan.sessions().find(is_meant)
        }
        Anchor::Start(_) | Anchor::End(_) => None,
    };
    if let Some(race) = race {
        around_race(plan, race, &place, report);
    }
    within_weeks(plan, race, schedule, &place, report);
}

/// Sessions on the other side of the race than in the programme, and those that come too near.
fn around_race(plan: &PlanView<'_>, race: &SessionView<'_>, place: &Place, report: &mut Report<'_>) {
    let date = race.date().map(|date| date.to_string()).unwrap_or_default();
    let (meant, raced) = (i64::from(race.usual_day), i64::from(race.day));
    let mut late: Vec<String> = Vec::new();
    let mut near: Vec<String> = Vec::new();
    for session in plan.sessions().filter(|session| counts(session) && !std::ptr::eq(*session, race)) {
        let (usual, day) = (i64::from(session.usual_day), i64::from(session.day));
        let name = || named(session);
        if usual < meant && day >= raced {
            late.push(name());
        } else if usual > meant && day <= raced {
            near.push(format!("{}, meant for after it", name()));
        } else if usual < meant && raced - day <= NEAR && (meant - usual) - (raced - day) >= NEARER {
            near.push(format!("{}, {} days before it in the programme", name(), meant - usual));
        }
    }
    let help = "number the days of the programme (`day: 1` to `7`), so that they count back from the race; or change the weeks \
                around it";
    if !late.is_empty() {
        let (come, they) = if late.len() == 1 { ("comes", "it is") } else { ("come", "they are") };
        let message = format!(
            "{} {come} on the day of the race ({date}) or after it, and {they} meant for before it",
            join::and(&late)
        );
        report.add(report.finding(message).at(place.clone(), "the race").at(race.place.clone(), "").help(help));
    }
    if !near.is_empty() {
        let message = format!("close to the race ({date}): {}", near.join("; "));
        report.add(report.finding(message).at(place.clone(), "the race").at(race.place.clone(), "").help(help));
    }
}

/// Weekdays whose order within a week is not that of the programme.
fn within_weeks(
    plan: &PlanView<'_>,
    race: Option<&SessionView<'_>>,
    schedule: &Schedule,
    place: &Place,
    report: &mut Report<'_>,
) {
    let mut turned: BTreeSet<(Weekday, Weekday)> = BTreeSet::new();
    for week in &plan.weeks {
        // The race is on its own day, whatever the weekday of the programme.
        let moved = |session: &SessionView<'_>| race.is_some_and(|race| std::ptr::eq(race, session));
        let fixed = |session: &&SessionView<'_>| {
            counts(session) && !moved(session) && matches!(session.day_of_week(), Day::Weekday(_))
        };
        let sessions: Vec<&SessionView<'_>> = week.sessions.iter().filter(fixed).collect();
        for (index, first) in sessions.iter().enumerate() {
            for later in &sessions[index + 1..] {
                if let (Day::Weekday(first), Day::Weekday(later)) = (first.day_of_week(), later.day_of_week())
                    && first > later
                {
                    turned.insert((later, first));
                }
            }
        }
    }
    let Some(last) = turned.iter().map(|(_, before)| *before).max() else { return };
    let late: BTreeSet<Weekday> = turned.iter().map(|(late, _)| *late).collect();
    let late: Vec<String> = late.iter().map(|day| capital(*day)).collect();
    let Some(first) = plan.schedule.map(|schedule| Weekday::of(schedule.start)) else { return };
    let come = if late.len() == 1 { "comes" } else { "come" };
    let message = format!(
        "the weeks of this schedule begin on a {}, so that {} of each week {come} after its {}",
        capital(first),
        join::and(&late),
        capital(last)
    );
    let otherwise = match schedule.anchor {
        Anchor::Start(_) => "start on a Monday",
        Anchor::End(_) => "end on a Sunday",
        Anchor::Race { .. } => "give the race its weekday in the programme",
    };
    let help = format!("{otherwise}, or number the days of the programme (`day: 1` to `7`)");
    report.add(report.finding(message).at(place.clone(), "").help(help));
}

fn counts(session: &SessionView<'_>) -> bool {
    session.kind() != SessionKind::Rest
}

/// "`openers` of week 2 (2027-04-24)"
fn named(session: &SessionView<'_>) -> String {
    let name = session.name_in_week();
    let date = session.date().map(|date| format!(" ({date})")).unwrap_or_default();
    format!("`{name}` of week {}{date}", session.week())
}

fn capital(day: Weekday) -> String {
    let (first, rest) = day.as_str().split_at(1);
    format!("{}{rest}", first.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// Two weeks: three sessions and a long one, then race week, in a schedule with this anchor.
    fn of(anchor: &str, days: [&str; 4]) -> Vec<String> {
        let [gym, long, openers, race] = days;
        let build = format!(
            "kind: build, weeks: 1, sessions: [{{session: s, day: {gym}}}, {{session: s, day: {long}, slot: long}}]"
        );
        let last = format!(
            "kind: race, weeks: 1, sessions: [{{session: s, day: {gym}}}, {{session: s, day: {openers}, slot: openers}}, \
             {{session: race, day: {race}}}]"
        );
        let project = format!("language: en\nschedules:\n  plan:\n    program: p\n    {anchor}\nwords: {{title: T}}\n");
        let lint = Lint::new().session("s", "run", "{exercise: jog}").session("race", "race", "{exercise: jog}");
        lint.phases(&[&build, &last]).file("regimen.yaml", &project).of("session-order")
    }

    const WEEKDAYS: [&str; 4] = ["tuesday", "sunday", "saturday", "sunday"];

    #[test]
    fn a_race_on_its_weekday_moves_nothing() {
        assert_eq!(of("race: 2027-04-25", WEEKDAYS), [""; 0]);
    }

    #[test]
    fn sessions_on_race_day_or_after_it_are_found() {
        let saturday = of("race: 2027-04-24", WEEKDAYS);
        assert_eq!(
            saturday,
            [
                "regimen.yaml:5 `openers` of week 2 (2027-04-24) comes on the day of the race (2027-04-24) or after it, and it is \
              meant for before it"
            ]
        );
        let monday = of("race: 2027-04-19", WEEKDAYS);
        assert!(
            monday[0].contains("`s` of week 2 (2027-04-20) and `openers` of week 2 (2027-04-24) come on"),
            "{monday:?}"
        );
        assert!(monday[1].ends_with(
            "close to the race (2027-04-19): `long` of week 1 (2027-04-18), 7 days before it in the programme"
        ));
        assert_eq!(monday.len(), 2);
    }

    #[test]
    fn numbered_days_count_back_from_the_race() {
        assert_eq!(of("race: 2027-04-19", ["2", "7", "6", "7"]), [""; 0]);
    }

    #[test]
    fn a_start_within_the_week_turns_weekdays_around() {
        let days = ["monday", "sunday", "saturday", "sunday"];
        assert_eq!(
            of("start: 2027-01-06", days),
            [
                "regimen.yaml:5 the weeks of this schedule begin on a Wednesday, so that Monday of each week comes after its Sunday"
            ]
        );
        assert!(of("end: 2027-01-12", days)[0].starts_with("regimen.yaml:5"));
        let two = of("start: 2027-01-06", ["monday", "sunday", "tuesday", "sunday"]);
        assert!(two[0].ends_with("so that Monday and Tuesday of each week come after its Sunday"), "{two:?}");
        assert_eq!(of("start: 2027-01-04", days), [""; 0]);
        assert_eq!(of("start: 2027-01-06", ["1", "7", "6", "7"]), [""; 0]);
        assert_eq!(of("start: 2027-01-06", ["thursday", "sunday", "saturday", "sunday"]), [""; 0]);
    }
}
