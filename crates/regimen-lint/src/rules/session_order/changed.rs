//! What a reader's changes, and a race that moves others, do to the order of a plan.

use rust_decimal::Decimal;

use super::{MANY, in_a_row, named, some_of};
use crate::report::Report;
use crate::view::{PlanView, SessionView, weekday_name};
use regimen_model::diagnostic::Place;
use regimen_model::join;
use regimen_model::model::{Anchor, Day, Schedule};
use regimen_model::vocabulary::{SessionKind, Weekday};

pub(super) fn check(plan: &PlanView<'_>, schedule: &Schedule, place: &Place, report: &mut Report<'_>) {
    past_races(plan, place, report);
    other_races(plan, schedule, place, report);
    paused_races(plan, schedule, place, report);
    races_left_out(plan, place, report);
    races_on_other_days(plan, schedule, place, report);
    too_near(plan, place, report);
}

fn races<'p, 'a>(plan: &'p PlanView<'a>) -> impl Iterator<Item = &'p SessionView<'a>> {
    plan.sessions().filter(|session| session.kind() == SessionKind::Race)
}

/// Sessions that come to be on the other side of a race, because the reader moves them or it, or because of the days that they have.
fn past_races(plan: &PlanView<'_>, place: &Place, report: &mut Report<'_>) {
    let all: Vec<&SessionView<'_>> = plan.sessions().collect();
    for race in all.iter().copied().filter(|session| session.kind() == SessionKind::Race) {
        let is_past = |session: &&SessionView<'_>| {
            session.kind() != SessionKind::Rest && session.usual_day < race.usual_day && session.day >= race.day
        };
        let past: Vec<&SessionView<'_>> = all.iter().copied().filter(is_past).collect();
        let Some(first) = past.first() else { continue };
        let is_moved = past.iter().any(|session| session.is_moved());
        let slot = first.slot();
        let past = some_of(&past, MANY, |session| named(session), join::and);
        let (message, help) = if race.is_moved() {
            let message = format!("{} is moved to before what leads to it: {}", named(race), past);
            (message, "move it to a later day, or leave out what comes after it".to_owned())
        } else if !is_moved {
            let message =
                format!("meant for before {}, and on its day or after it in this schedule: {}", named(race), past);
            (message, format!("leave it out (`changes: [{{skip: {slot}}}]`), or move it to a day before the race"))
        } else {
            let message = format!("moved to the day of the race or after it, and meant for before it: {past}");
            (message, "move it to a day before the race, or leave it out".to_owned())
        };
        let finding = report.finding(message).at(place.clone(), "").at(race.place.clone(), "the race");
        report.add(finding.help(help));
    }
}

/// Races that the one which holds the plan moves to another weekday, although each has a date of its own.
fn other_races(plan: &PlanView<'_>, schedule: &Schedule, place: &Place, report: &mut Report<'_>) {
    let Anchor::Race { date, .. } = schedule.anchor else { return };
    let moved = races(plan).filter(|race| race.date() != Some(date) && !race.is_moved()).filter_map(|race| {
        let Day::Weekday(meant) = race.day_of_week() else { return None };
        let is = race.date().map(Weekday::of).filter(|is| *is != meant)?;
        Some((
            race,
            format!("{} is on a {}, and on a {} in the programme", named(race), weekday_name(is), weekday_name(meant)),
        ))
    });
    let moved: Vec<_> = moved.collect();
    let Some((first, _)) = moved.first() else { return };
    let said = some_of(&moved, MANY, |(_, said)| said.clone(), in_a_row);
    let message = format!("the race moves all of its phase and what follows, other races too: {said}");
    let help = format!(
        "say on which day it is (`changes: [{{move: {}, to: …}}]`), or end its phase before the phase of the race",
        first.slot()
    );
    report.add(report.finding(message).at(place.clone(), "the race").at(first.place.clone(), "").help(help));
}

/// Races that a pause of a plan with a start moves, although each has a date of its own.
fn paused_races(plan: &PlanView<'_>, schedule: &Schedule, place: &Place, report: &mut Report<'_>) {
    let (Anchor::Start(_), Some(planned)) = (&schedule.anchor, plan.schedule) else { return };
    let is_later = |race: &&SessionView<'_>| {
        !race.is_moved() && planned.pauses.iter().any(|days| race.date().is_some_and(|date| days.first < date))
    };
    let later: Vec<&SessionView<'_>> = races(plan).filter(is_later).collect();
    let Some(date) = later.last().and_then(|race| race.date()) else { return };
    let said = some_of(&later, MANY, |race| named(race), join::and);
    let message = format!("the pause moves a race with all that comes after it: {said}");
    let help = format!(
        "hold the plan by the day of its race (`race: {date}` in place of `start`, with the right date), so that a pause leaves sessions out"
    );
    report.add(report.finding(message).at(place.clone(), "").at(later[0].place.clone(), "a race").help(help));
}

/// Races on a day of a pause of a plan with an `end`, which leaves them out with all else.
fn races_left_out(plan: &PlanView<'_>, place: &Place, report: &mut Report<'_>) {
    let races = plan.left_out.iter().filter(|one| one.paused && one.kind == SessionKind::Race);
    for race in races {
        let message = format!("the pause leaves out a race: `{}` of week {} ({})", race.session, race.week, race.date);
        let help = format!(
            "end the pause before it; if the reader does not race, say so for the race alone (`changes: [{{skip: {}}}]`)",
            race.slot
        );
        report.add(report.finding(message).at(place.clone(), "").help(help));
    }
}

/// Races on numbered days that the days of the reader move, although each has a date of its own.
fn races_on_other_days(plan: &PlanView<'_>, schedule: &Schedule, place: &Place, report: &mut Report<'_>) {
    let held = match schedule.anchor {
        Anchor::Race { date, .. } => Some(date),
        Anchor::Start(_) | Anchor::End(_) => None,
    };
    let waits = held.is_none() && plan.schedule.is_some_and(|planned| !planned.pauses.is_empty());
    // What a pause moves is said as such.
    for week in plan.weeks.iter().filter(|_| !waits) {
        let races = week.sessions.iter().filter(|session| session.kind() == SessionKind::Race);
        for race in races.filter(|race| race.date() != held && !race.is_moved()) {
            // Days of a cycle and of a phase in days do not move.
            let (Day::Number(number), Some(first)) = (race.day_of_week(), week.first_of_seven()) else { continue };
            if race.day + 1 == first + u32::from(number) {
                continue;
            }
            let message = format!("the days of the reader move a race from day {number} of its week: {}", named(race));
            let slot = race.slot();
            let help = format!(
                "say on which day it is (`changes: [{{move: {slot}, to: …}}]`), or hold the plan by its date (`race: …`)"
            );
            report.add(report.finding(message).at(place.clone(), "").at(race.place.clone(), "the race").help(help));
        }
    }
}

/// Sessions that a reader, the race or the weekday on which weeks begin brings closer to one of their kind than their `min_gap` allows.
fn too_near(plan: &PlanView<'_>, place: &Place, report: &mut Report<'_>) {
    let all: Vec<&SessionView<'_>> = plan.sessions().collect();
    for (at, session) in all.iter().enumerate() {
        let before = all[..at].iter().rev().find(|other| other.kind() == session.kind());
        let (Some(before), Some(least)) = (before, session.min_gap) else { continue };
        let days = least.seconds().low() / Decimal::from(86_400);
        let gap = session.day - before.day;
        let is_sound = Decimal::from(session.usual_day.abs_diff(before.usual_day)) >= days.ceil();
        if (session.is_moved() || before.is_moved() || is_sound) && Decimal::from(gap) < days.ceil() {
            let message = format!(
                "{} comes {gap} {} after {}, and its `min_gap` is {least}",
                named(session),
                if gap == 1 { "day" } else { "days" },
                named(before)
            );
            let slot = session.slot();
            let help = format!("move it to another day, or leave one of the two out (`changes: [{{skip: {slot}}}]`)");
            report.add(report.finding(message).at(place.clone(), "").at(session.place.clone(), "").help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// A run, a long one and a race of a phase of its own in the third week, in a schedule with these keys.
    fn of(keys: &str, [run, long, tune_up, race]: [&str; 4]) -> Vec<String> {
        let build = format!(
            "kind: build, weeks: 2, sessions: [{{session: s, day: {run}, min_gap: 48 h}}, {{session: s, day: {long}, slot: long}}]"
        );
        let last = format!(
            "kind: race, weeks: 2, overrides: [{{week: 1, sessions: [{{session: tune-up, day: {tune_up}}}]}}, \
             {{week: 2, sessions: [{{session: race, day: {race}}}]}}]"
        );
        let project = format!("language: en\nschedules:\n  plan:\n    program: p\n    {keys}\nwords: {{title: T}}\n");
        let mut lint = Lint::new().session("s", "run", "{exercise: jog}").session("race", "race", "{exercise: jog}");
        lint = lint.session("tune-up", "race", "{exercise: jog}");
        let said = lint.phases(&[&build, &last]).file("regimen.yaml", &project).of("session-order");
        said.into_iter().map(|line| line.trim_start_matches("regimen.yaml:5 ").to_owned()).collect()
    }

    const WEEKDAYS: [&str; 4] = ["tuesday", "sunday", "saturday", "sunday"];
    const NUMBERS: [&str; 4] = ["2", "7", "6", "7"];

    #[test]
    fn what_is_moved_past_a_race_is_named_whatever_holds_the_plan() {
        for anchor in ["start: 2027-03-29", "end: 2027-04-25", "race: 2027-04-25\n    event: race"] {
            let moved = |change: &str| of(&format!("{anchor}\n    changes: [{change}]"), WEEKDAYS);
            let past = moved("{move: w2-s, to: 2027-04-26}");
            assert!(
                past.iter().any(|line| line.contains("meant for before it: `s` of week 2 (2027-04-26)")),
                "{past:?}"
            );
            assert_eq!(moved("{move: w2-s, to: 2027-04-08}"), [""; 0], "{anchor}");
        }
        let early = of("start: 2027-03-29\n    changes: [{move: w3-tune-up, to: 2027-04-10}]", WEEKDAYS);
        assert_eq!(
            early,
            ["`tune-up` of week 3 (2027-04-10) is moved to before what leads to it: `long` of week 2 (2027-04-11)"]
        );
    }

    #[test]
    fn a_pause_may_leave_out_a_race() {
        let paused = |change: &str| of(&format!("end: 2027-04-25\n    changes: [{change}]"), WEEKDAYS);
        assert_eq!(
            paused("{pause: 2027-04-24..2027-04-25}"),
            ["the pause leaves out a race: `race` of week 4 (2027-04-25)"]
        );
        assert_eq!(paused("{skip: w4-race}"), [""; 0], "the reader says so");
    }

    #[test]
    fn another_race_keeps_its_weekday() {
        let held = |date: &str| of(&format!("race: {date}\n    event: race"), WEEKDAYS);
        assert_eq!(held("2027-04-25"), [""; 0]);
        let saturday = held("2027-04-24");
        assert!(
            saturday.iter().any(|line| line.ends_with(
                "other races too: `tune-up` of week 3 (2027-04-16) is on a Friday, and on a Saturday in the programme"
            )),
            "{saturday:?}"
        );
        let moved =
            of("race: 2027-04-24\n    event: race\n    changes: [{move: w3-tune-up, to: 2027-04-17}]", WEEKDAYS);
        assert_eq!(moved, [""; 0], "its reader says when it is");
    }

    #[test]
    fn another_race_keeps_its_weekday_in_the_only_phase_as_well() {
        let of = |keys: &str| {
            let phase = "kind: race, weeks: 2, sessions: [{session: s, day: tuesday}], overrides: [\
                         {week: 1, sessions: [{session: tune-up, day: sunday}]}, {week: 2, sessions: [{session: race, day: sunday}]}]";
            let project =
                format!("language: en\nschedules:\n  plan:\n    program: p\n    {keys}\nwords: {{title: T}}\n");
            let lint =
                Lint::new().session("race", "race", "{exercise: jog}").session("tune-up", "race", "{exercise: jog}");
            let lint = lint.session("s", "run", "{exercise: jog}").phases(&[phase]);
            lint.file("regimen.yaml", &project).of("session-order")
        };
        assert_eq!(of("race: 2027-04-25\n    event: race"), [""; 0]);
        let saturday = of("race: 2027-04-24\n    event: race");
        assert!(
            saturday.len() == 1
                && saturday[0]
                    .ends_with("`tune-up` of week 1 (2027-04-17) is on a Saturday, and on a Sunday in the programme"),
            "{saturday:?}"
        );
        let moved = "race: 2027-04-24\n    event: race\n    changes: [{move: w1-tune-up, to: 2027-04-18}]";
        assert_eq!(of(moved), [""; 0]);
    }

    #[test]
    fn a_pause_that_moves_a_race_is_said() {
        for days in [WEEKDAYS, NUMBERS] {
            let of = |pause: &str| of(&format!("start: 2027-03-29\n    changes: [{{pause: {pause}}}]"), days);
            let said = of("2027-04-05..2027-04-07");
            assert!(said.len() == 1 && said[0].starts_with("the pause moves a race"), "{said:?}");
            assert_eq!(of("2027-04-25..2027-04-26").len(), 1, "the race itself");
        }
        let held = of("race: 2027-04-25\n    event: race\n    changes: [{pause: 2027-04-05..2027-04-07}]", WEEKDAYS);
        assert_eq!(held, [""; 0]);
    }

    #[test]
    fn a_session_that_is_moved_keeps_its_gap() {
        let near = of("start: 2027-03-29\n    changes: [{move: w1-long, to: 2027-04-05}]", WEEKDAYS);
        assert_eq!(
            near,
            ["`s` of week 2 (2027-04-06) comes 1 day after `long` of week 1 (2027-04-05), and its `min_gap` is 48 h"]
        );
    }

    #[test]
    fn a_numbered_race_that_the_days_of_the_reader_move_is_said() {
        let on = |keys: &str| of(&format!("start: 2027-03-29\n    {keys}"), NUMBERS);
        assert_eq!(on("busy: [2027-04-24]"), [""; 0]);
        let said = on("busy: [2027-04-25]");
        assert_eq!(said, ["the days of the reader move a race from day 7 of its week: `race` of week 4 (2027-04-24)"]);
        assert_eq!(on("busy: [2027-04-25]\n    changes: [{move: w4-race, to: 2027-04-23}]"), [""; 0]);
    }

    #[test]
    fn a_pause_at_the_start_is_no_week_that_begins_later() {
        let waits = of("start: 2027-03-29\n    changes: [{pause: 2027-03-28..2027-03-30}]", WEEKDAYS);
        assert!(waits.len() == 1 && waits[0].starts_with("the pause moves a race"), "{waits:?}");
    }
}
