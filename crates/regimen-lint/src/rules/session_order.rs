//! `session-order`: a schedule keeps the order that a programme means.

mod changed;

use std::collections::BTreeSet;

use jiff::civil::Date;

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
    summary: "A schedule keeps the sessions of a programme in their order and on their days",
    explanation: "A programme with weekdays means weeks from Monday to Sunday. A schedule that starts on a Wednesday has each \
Monday session after the Sunday of the same week, so that the long run of Sunday comes before what should prepare for it. \
Where that would put a session on the other side of a race, the weeks run from Monday to Sunday after all, and the plan begins \
a few days after its `start`, or ends before its `end`.

A schedule whose race is on another weekday than in the programme counts the days of the race's phase back from it, and earlier \
phases keep their weekdays. Where both meet, two sessions may fall on one day, or the later one before the earlier. The finding names \
them, and `changes` of the schedule leaves one of them out or moves it. It also names what comes much nearer to the race than in the \
programme, and weekdays that the race moves to days on which the reader does not train. Sessions of kind `rest` do not count.

Another race of the plan has a date of its own, so the rule says if the race of the schedule moves it to another weekday, or a pause of a plan \
with a `start` to a later date. Of what a reader moves it names what comes to stand on the other side of a race, or closer than its `min_gap` allows.

Wrong, if the race is on a Sunday in the programme, and the phase before the last ends with a long run on Sunday:

```yaml
schedules:
  spring:
    program: ten-km
    race: 2027-04-24       # a Saturday, so that Monday of the last phase is on a Sunday
```

Right:

```yaml
schedules:
  spring:
    program: ten-km
    race: 2027-04-24
    changes:
      - {skip: w8-easy}    # the short run, on the day of the long one
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Schedule(check),
};

/// A session nearer to the race than this, in days, is no longer training for it.
const NEAR: u32 = 2;
/// How many days nearer than in the programme it has to be before that is worth a word.
const NEARER: u32 = 3;

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
        before_race(plan, race, &place, report);
        other_days(plan, schedule, &place, report);
    }
    moved_weeks(plan, schedule, &place, report);
    within_weeks(plan, schedule, &place, report);
    across_weeks(plan, &place, report);
    changed::check(plan, schedule, &place, report);
}

/// Sessions much nearer to the race than in the programme.
fn before_race(plan: &PlanView<'_>, race: &SessionView<'_>, place: &Place, report: &mut Report<'_>) {
    let counted = plan.sessions().filter(|session| counts(session) && session.usual_day < race.usual_day);
    let near: Vec<String> = counted
        .filter_map(|session| {
            let (meant, days) = (race.usual_day - session.usual_day, race.day.checked_sub(session.day)?);
            let is_near = days <= NEAR && meant >= days + NEARER;
            is_near.then(|| format!("{}, {meant} days before it in the programme", named(session)))
        })
        .collect();
    if !near.is_empty() {
        let date = race.date().map(|date| date.to_string()).unwrap_or_default();
        let message = format!("close to the race ({date}): {}", near.join("; "));
        let help = "leave it out of this schedule with `changes`, or change the weeks around the race";
        report.add(report.finding(message).at(place.clone(), "the race").at(race.place.clone(), "").help(help));
    }
}

/// Weekdays that the race moves to days on which the reader does not train.
fn other_days(plan: &PlanView<'_>, schedule: &Schedule, place: &Place, report: &mut Report<'_>) {
    if schedule.available_days.is_empty() {
        return;
    }
    let is_off = |session: &&SessionView<'_>| {
        let weekday = session.date().map(Weekday::of);
        let moved = weekday.is_some_and(|day| session.day_of_week() != Day::Weekday(day));
        matches!(session.day_of_week(), Day::Weekday(_))
            && session.kind() != SessionKind::Race
            && counts(session)
            && moved
            && weekday.is_some_and(|day| !schedule.available_days.contains(&day))
    };
    let off: Vec<&SessionView<'_>> = plan.sessions().filter(is_off).collect();
    let Some(first) = off.first() else { return };
    let message = format!(
        "the race is on another weekday than in the programme, and puts {} on days on which the reader does not train",
        some_of(&off.iter().map(|session| named(session)).collect::<Vec<_>>())
    );
    let help = format!("move each in this schedule (`changes: [{{move: {}, to: …}}]`), or skip it", first.slot());
    report.add(report.finding(message).at(place.clone(), "the race").at(first.place.clone(), "").help(help));
}

/// Weeks that begin or end on another day than the schedule says, so that nothing changes sides with a race.
fn moved_weeks(plan: &PlanView<'_>, schedule: &Schedule, place: &Place, report: &mut Report<'_>) {
    let Some(planned) = plan.schedule else { return };
    let (date, day) = match schedule.anchor {
        // A plan with weekdays waits by whole weeks, so that only weeks that turn begin on another weekday than it says.
        Anchor::Start(date) if planned.start > date && has_weekdays(plan) && is_other(date, planned.start) => {
            (date, planned.start)
        }
        Anchor::End(date) => {
            let days = plan.weeks.last().map_or(0, |week| i64::from(week.ends_before) - 1);
            let last = planned.start.checked_add(jiff::SignedDuration::from_hours(24 * days)).ok();
            let Some(last) = last.filter(|last| *last < date) else { return };
            (date, last)
        }
        Anchor::Start(_) | Anchor::Race { .. } => return,
    };
    let (what, from) = match schedule.anchor {
        Anchor::End(_) => ("ends", "up to"),
        Anchor::Start(_) | Anchor::Race { .. } => ("begins", "from"),
    };
    let message = format!(
        "the plan {what} on {} {day}, because {from} {}, {date}, its weeks would have sessions on the other side of their race",
        capital(Weekday::of(day)),
        capital(Weekday::of(date))
    );
    let monday = date
        .checked_add(jiff::SignedDuration::from_hours(24 * (7 - i64::from(date.weekday().to_monday_zero_offset()))));
    let written = if matches!(schedule.anchor, Anchor::Start(_)) { monday.unwrap_or(day) } else { day };
    let help = format!("write `{}: {written}`, or `race:` and its date", schedule.anchor.key());
    report.add(report.finding(message).at(place.clone(), "").help(help));
}

fn is_other(one: Date, other: Date) -> bool {
    Weekday::of(one) != Weekday::of(other)
}

/// Whether a plan has sessions on weekdays.
fn has_weekdays(plan: &PlanView<'_>) -> bool {
    plan.sessions().any(|session| matches!(session.day_of_week(), Day::Weekday(_)))
}

/// Weekdays whose order within a week is not that of the programme.
fn within_weeks(plan: &PlanView<'_>, schedule: &Schedule, place: &Place, report: &mut Report<'_>) {
    let mut turned: BTreeSet<(Weekday, Weekday)> = BTreeSet::new();
    let mut example = None;
    for week in &plan.weeks {
        let fixed = |session: &&SessionView<'_>| counts(session) && session.meant_weekday().is_some();
        let sessions: Vec<&SessionView<'_>> = week.sessions.iter().filter(fixed).collect();
        for (index, before) in sessions.iter().enumerate() {
            for after in &sessions[index + 1..] {
                if let (Some(first), Some(later)) = (before.meant_weekday(), after.meant_weekday())
                    && first > later
                    && before.day < after.day
                {
                    turned.insert((later, first));
                    example.get_or_insert_with(|| format!("{} after {}", named(after), named(before)));
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
        "the weeks of this schedule begin on a {}, so that {} of each week {come} after its {}: {}",
        capital(first),
        join::and(&late),
        capital(last),
        example.unwrap_or_default()
    );
    let otherwise = match schedule.anchor {
        Anchor::Start(_) => "start on a Monday",
        Anchor::End(_) => "end on a Sunday",
        Anchor::Race { .. } => "give the race its weekday in the programme",
    };
    let help = format!("{otherwise}, or number the days of the programme (`day: 1` to `7`)");
    report.add(report.finding(message).at(place.clone(), "").help(help));
}

/// Where weeks that count from the race meet those before them: sessions of different days on one day, or in the other order.
fn across_weeks(plan: &PlanView<'_>, place: &Place, report: &mut Report<'_>) {
    let mut found: Vec<(String, &SessionView<'_>)> = Vec::new();
    // The latest session of all weeks so far: a phase of a day or two lets a later one meet what comes before it.
    let mut latest: Option<&SessionView<'_>> = None;
    for week in &plan.weeks {
        let sessions = || week.sessions.iter().filter(|session| counts(session));
        for later in sessions() {
            let Some(met) = latest.filter(|latest| latest.day >= later.day) else { continue };
            let how = if met.day == later.day { "on the day of" } else { "before" };
            found.push((format!("{} comes {how} {}", named(later), named(met)), later));
        }
        latest = latest.into_iter().chain(sessions()).max_by_key(|session| session.day);
    }
    let Some((_, first)) = found.first() else { return };
    let said: Vec<String> = found.iter().map(|(said, _)| said.clone()).collect();
    let message = format!("weeks that count from the race meet those before them: {}", said.join("; "));
    let help = format!(
        "leave one of the two out of this schedule (`changes: [{{skip: {}}}]`), or move it to another day",
        first.slot()
    );
    report.add(report.finding(message).at(place.clone(), "the race").at(first.place.clone(), "").help(help));
}

/// The first few of a list, and how many more there are.
fn some_of(names: &[String]) -> String {
    const SHOWN: usize = 3;
    match names.len().checked_sub(SHOWN) {
        None | Some(0) => join::and(names),
        Some(more) => format!("{} and {more} more", names[..SHOWN].join(", ")),
    }
}

/// A reader who moves a session knows that its order changes.
fn counts(session: &SessionView<'_>) -> bool {
    session.kind() != SessionKind::Rest && !session.is_moved()
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
    fn weeks_that_count_from_the_race_may_meet_those_before() {
        let meeting = |race: &str, days: [&str; 4]| of(&format!("race: {race}"), days);
        assert_eq!(meeting("2027-04-24", WEEKDAYS), [""; 0], "Tuesday of the last week is a Monday");
        let monday = ["monday", "sunday", "saturday", "sunday"];
        assert_eq!(
            meeting("2027-04-24", monday),
            [
                "regimen.yaml:5 weeks that count from the race meet those before them: `s` of week 2 (2027-04-18) comes on the day of \
              `long` of week 1 (2027-04-18)"
            ]
        );
        let friday = meeting("2027-04-23", monday);
        assert!(
            friday[0].ends_with("`s` of week 2 (2027-04-17) comes before `long` of week 1 (2027-04-18)"),
            "{friday:?}"
        );
        assert_eq!(meeting("2027-04-26", monday), [""; 0], "a day later all have more time");
        let near = meeting("2027-04-23", ["monday", "sunday", "monday", "wednesday"]);
        assert_eq!(near, [""; 0], "two days later");
        let near = meeting("2027-04-20", ["monday", "sunday", "monday", "friday"]);
        assert!(
            near.iter().any(|line| line.ends_with("`long` of week 1 (2027-04-18), 5 days before it in the programme")),
            "{near:?}"
        );
    }

    #[test]
    fn weeks_that_count_from_the_race_may_meet_one_that_is_not_next_to_them() {
        let phases = [
            "kind: build, weeks: 1, sessions: [{session: s, day: sunday, slot: long}]",
            "kind: taper, days: 1, sessions: []",
            "kind: race, days: 6, sessions: [{session: s, day: tuesday}, {session: race, day: sunday}]",
        ];
        let of = |race: &str| {
            let project =
                format!("language: en\nschedules:\n  plan:\n    program: p\n    race: {race}\nwords: {{title: T}}\n");
            let lint = Lint::new().session("s", "run", "{exercise: jog}").session("race", "race", "{exercise: jog}");
            lint.phases(&phases).file("regimen.yaml", &project).of("session-order")
        };
        assert_eq!(of("2027-04-25"), [""; 0]);
        let met = "`s` of week 3 (2027-04-17) comes before `long` of week 1 (2027-04-18)";
        assert!(of("2027-04-22").iter().any(|line| line.ends_with(met)), "{:?}", of("2027-04-22"));
    }

    #[test]
    fn weekdays_that_the_race_moves_go_to_days_of_the_reader() {
        let days =
            |race: &str, available: &str| of(&format!("race: {race}\n    available_days: [{available}]"), WEEKDAYS);
        assert_eq!(
            days("2027-04-24", "tuesday, thursday, saturday, sunday"),
            [""; 0],
            "Tuesday and Thursday, not Sunday"
        );
        let few = days("2027-04-24", "tuesday, saturday, sunday");
        assert!(few.len() == 1 && few[0].contains("comes on the day of `long`"), "{few:?}");
        let none = of(
            "race: 2027-04-19\n    available_days: [monday, tuesday, wednesday, saturday]",
            ["monday", "saturday", "tuesday", "wednesday"],
        );
        assert!(
            none.iter().any(|line| line
                .ends_with("puts `openers` of week 2 (2027-04-18) on days on which the reader does not train")),
            "{none:?}"
        );
    }

    #[test]
    fn numbered_days_count_back_from_the_race() {
        assert_eq!(of("race: 2027-04-19", ["2", "7", "6", "7"]), [""; 0]);
    }

    #[test]
    fn a_start_within_the_week_turns_weekdays_around() {
        let of = |anchor: &str, gym: &str, long: &str| {
            let sessions = format!("[{{session: s, day: {gym}}}, {{session: s, day: {long}, slot: long}}]");
            let project =
                format!("language: en\nschedules:\n  plan:\n    program: p\n    {anchor}\nwords: {{title: T}}\n");
            let lint = Lint::new().session("s", "run", "{exercise: jog}").file("regimen.yaml", &project);
            lint.phases(&[&format!("kind: build, weeks: 2, sessions: {sessions}")]).of("session-order")
        };
        assert_eq!(
            of("start: 2027-01-06", "monday", "sunday"),
            [
                "regimen.yaml:5 the weeks of this schedule begin on a Wednesday, so that Monday of each week comes after its Sunday: \
              `s` of week 1 (2027-01-11) after `long` of week 1 (2027-01-10)"
            ]
        );
        assert!(of("end: 2027-01-19", "monday", "sunday")[0].starts_with("regimen.yaml:5"));
        assert_eq!(of("start: 2027-01-04", "monday", "sunday"), [""; 0]);
        assert_eq!(of("start: 2027-01-06", "1", "7"), [""; 0]);
        assert_eq!(of("start: 2027-01-06", "thursday", "sunday"), [""; 0]);
    }

    #[test]
    fn what_is_done_every_so_many_days_has_no_order_of_weekdays() {
        let lint = Lint::new().session("s", "run", "{exercise: jog}").session("calm", "mobility", "{exercise: hinge}");
        let project = "language: en\nschedules:\n  plan:\n    program: p\n    start: 2027-01-06\nwords: {title: T}\n";
        let phases = [
            "kind: base, weeks: 1, sessions: [{session: calm, day: 1, every: 1}]",
            "kind: base, weeks: 1, sessions: [{session: s, day: monday}, {session: s, day: thursday, slot: b}]",
        ];
        let said = lint.phases(&phases).file("regimen.yaml", project).of("session-order");
        assert!(
            said.len() == 1 && said[0].ends_with("`s` of week 2 (2027-01-18) after `b` of week 2 (2027-01-14)"),
            "{said:?}"
        );
    }

    #[test]
    fn a_start_within_the_week_of_a_race_plan_waits_for_monday() {
        let days = ["monday", "sunday", "saturday", "sunday"];
        assert_eq!(
            of("start: 2027-01-06", days),
            [
                "regimen.yaml:5 the plan begins on Monday 2027-01-11, because from Wednesday, 2027-01-06, its weeks would have sessions \
              on the other side of their race"
            ]
        );
        assert_eq!(
            of("end: 2027-01-20", days),
            [
                "regimen.yaml:5 the plan ends on Sunday 2027-01-17, because up to Wednesday, 2027-01-20, its weeks would have sessions \
              on the other side of their race"
            ]
        );
        assert_eq!(of("end: 2027-01-17", days), [""; 0]);
        assert_eq!(of("end: 2027-01-20", ["1", "7", "6", "7"]), [""; 0]);
        assert_eq!(of("start: 2027-01-04", days), [""; 0]);
        assert_eq!(of("start: 2027-01-06", ["1", "7", "6", "7"]), [""; 0]);
        assert_eq!(of("start: 2027-01-06", ["thursday", "sunday", "saturday", "sunday"]), [""; 0]);
    }

    #[test]
    fn weeks_that_wait_for_monday_are_said_with_a_pause_too() {
        let turned = of("start: 2027-04-07\n    changes: [{pause: 2027-04-09..2027-04-13}]", WEEKDAYS);
        assert!(
            turned.iter().any(|line| line.contains("the plan begins on Monday 2027-04-19, because from Wednesday")),
            "{turned:?}"
        );
    }
}
