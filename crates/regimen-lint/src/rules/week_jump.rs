//! `week-jump`: weeks of running grow slowly.

use super::Citation;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{PlanView, WeekView, WeeklyRunning, beside};
use regimen_model::diagnostic::Severity;
use rust_decimal::Decimal;

const SMALL: Threshold = Threshold {
    key: "small",
    default: "10 %",
    other: "15 %",
    amount: Amount::Percent,
    meaning: "how much more a week may have, rounded up to a whole kilometre or mile, or to 15 minutes",
};
const MOST: Threshold = Threshold {
    key: "most",
    default: "30 %",
    other: "40 %",
    amount: Amount::Percent,
    meaning: "from here on the finding cites its source; below it is a convention",
};
const WEEKS: Threshold = Threshold {
    key: "weeks",
    default: "4",
    other: "6",
    amount: Amount::Count,
    meaning: "how many weeks back are compared",
};

pub(super) static RULE: Rule = Rule {
    code: "week-jump",
    severity: Severity::Info,
    summary: "A week of running has at most 10 % more than the most of the last four",
    explanation: "The evidence is weak, so this is a hint. Beginners who added more than 30 % in two weeks had 1.59 times as many injuries of the \
kind that distance causes as those who added less than 10 %, which may be chance (95 % interval 0.96 to 2.66, Nielsen 2014); below 30 % nothing \
was seen. A programme with steps of 10 % was no safer than the usual one (Buist \
2008), and a large cohort found single long runs more telling than weeks (see `run-spike`). The tenth is a convention of coaches. The week is compared with \
the **largest of the last four**, not with the last one: a lighter week is no reason to start again. Limits are rounded up to whole kilometres or \
miles, in which plans count, or to a quarter of an hour. Where runs are in minutes, weeks are compared by time, and a distance without a pace counts as \
run in 6:00/km, and a run whose length is not known as an hour. A week with a race is not asked, because the length of the race is not the plan's \
choice, but it counts among those before. Turns of a cycle count for seven days.

Wrong:

```yaml
explicit:
  - {distance: 30 km}
  - {distance: 42 km}
```

Right:

```yaml
explicit:
  - {distance: 30 km}
  - {distance: 33 km}
  - {distance: 22 km}
  - {distance: 36 km}
```
",
    sources: &[
        Citation {
            text: "Nielsen et al. 2014: Excessive progression in weekly running distance and risk of running-related injuries",
            address: Some("https://doi.org/10.2519/jospt.2014.5164"),
        },
        Citation {
            text: "Buist et al. 2008: No effect of a graded training program on the number of running-related injuries in \
                   novice runners",
            address: Some("https://doi.org/10.1177/0363546507307505"),
        },
    ],
    thresholds: &[SMALL, MOST, WEEKS],
    rising: &[(SMALL, MOST)],
    check: Check::Plan(check),
};

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let (small, most) = (report.limit(&SMALL), report.limit(&MOST));
    let back = report.limit(&WEEKS);
    let WeeklyRunning { measure, weeks } = WeeklyRunning::of(&plan.weeks);
    for (index, week) in plan.weeks.iter().enumerate() {
        let Some(now) = weeks[index].chosen() else { continue };
        let first_day = week.ends_before - week.days();
        let is_recent = |earlier: &WeekView<'_>| {
            Decimal::from(first_day.saturating_sub(earlier.ends_before)) < back.saturating_mul(Decimal::from(7))
        };
        let window = plan.weeks[..index].iter().zip(&weeks).rev().take_while(|(earlier, _)| is_recent(earlier));
        let before = window.filter_map(|(_, running)| running.amount).max();
        let Some(before) = before.filter(|before| *before > Decimal::ZERO) else { continue };
        if now <= measure.week_more_by(before, small) {
            continue;
        }
        let percent = (now - before) * Decimal::ONE_HUNDRED / before;
        let source = (percent > most).then_some("Nielsen 2014");
        let message = format!(
            "{} has {} % more {} than the most of the {back} weeks before: {} after {}{}",
            plan.weeks_named(&[week.number]),
            beside(percent, small),
            measure.name(),
            measure.shown(now),
            measure.shown(before),
            report.basis(source, &[&SMALL, &MOST, &WEEKS])
        );
        let most = measure.shown(measure.week_more_by(before, small));
        let help = format!("run {most} in all at most, or add a week in between");
        let finding = report.finding(message).at(week.place(plan.program), "in this phase").help(help);
        report.add_in(&[week.number], &[], finding);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(doses: &[&str]) -> Vec<String> {
        let list: Vec<String> = doses.iter().map(|dose| format!("{{{dose}}}")).collect();
        let phase = format!(
            "kind: base, weeks: {}, sessions: [{{session: s, day: monday}}], progression: [{{exercise: jog, explicit: [{}]}}]",
            doses.len(),
            list.join(", ")
        );
        Lint::new().session("s", "run", "{exercise: jog}").phases(&[&phase]).of("week-jump")
    }

    #[test]
    fn weeks_are_compared_with_the_most_of_four() {
        assert_eq!(
            of(&["distance: 30 km", "distance: 40 km"]),
            ["programs/p.yaml:3 week 2 has 33 % more distance than the most of the 4 weeks before: 40 km after 30 km \
              (Nielsen 2014)"]
        );
        assert!(of(&["distance: 30 km", "distance: 39 km"])[0].ends_with("39 km after 30 km"), "no source says so");
        assert_eq!(of(&["distance: 13.8 km", "distance: 15.2 km"]), [""; 0], "whole kilometres");
        assert_eq!(of(&["distance: 16 mi", "distance: 18 mi"]), [""; 0], "whole miles");
        assert_eq!(of(&["distance: 16 mi", "distance: 19 mi"]).len(), 1);
        assert_eq!(of(&["distance: 30 km", "distance: 33 km"]), [""; 0]);
        assert_eq!(of(&["distance: 30 km", "distance: 15 km", "distance: 33 km"]), [""; 0], "after a lighter week");
    }

    #[test]
    fn races_and_runs_that_nobody_knows_hide_no_weeks() {
        let race = "{exercise: jog, dose: {distance: 20 km}}";
        let phases = ["20 km", "20 km", "60 km"].map(|far| {
            let race =
                if far == "20 km" { "{session: race, day: sunday}" } else { "{session: s, day: sunday, slot: b}" };
            format!(
                "kind: base, weeks: 1, sessions: [{{session: s, day: monday}}, {race}], \
                 progression: [{{exercise: jog, session: s, explicit: [{{distance: {far}}}]}}]"
            )
        });
        let lint = Lint::new().session("s", "run", "{exercise: jog}").session("race", "race", race);
        let said = lint.phases(&phases.each_ref().map(String::as_str)).of("week-jump");
        assert!(said.len() == 1 && said[0].contains("120 km after 40 km"), "{said:?}");
        let free = "kind: run\nmain: [{text: t}]\nwords: {name: Free, texts: {t: Run as the club does.}}\n";
        let phase = "kind: base, weeks: 2, sessions: [{session: s, day: monday}, {session: free, day: friday}], \
                     progression: [{exercise: jog, explicit: [{distance: 20 km}, {distance: 40 km}]}]";
        let lint = Lint::new().session("s", "run", "{exercise: jog}").file("sessions/free.yaml", free);
        assert!(lint.phases(&[phase]).of("week-jump")[0].contains("300 min after 180 min"), "an hour each");
    }

    #[test]
    fn weeks_in_minutes_are_compared_by_time() {
        assert_eq!(
            of(&["time: 2 h", "time: 3 h"]),
            ["programs/p.yaml:3 week 2 has 50 % more time than the most of the 4 weeks before: 180 min after 120 min \
              (Nielsen 2014)"]
        );
        assert_eq!(of(&["time: 2 h", "distance: 22 km"]), [""; 0], "2 h 12 min at 6:00/km");
        assert_eq!(of(&["time: 2 h", "distance: 30 km"]).len(), 1);
    }
}
