//! `week-jump`: weeks of running grow slowly.

use super::Citation;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{PlanView, WeekView, beside, run_unit};
use regimen_model::diagnostic::Severity;
use rust_decimal::Decimal;

const SMALL: Threshold = Threshold {
    key: "small",
    default: "10 %",
    other: "15 %",
    amount: Amount::Percent,
    meaning: "how much more a week may have; from here on the finding is one step milder",
};
const MOST: Threshold = Threshold {
    key: "most",
    default: "30 %",
    other: "40 %",
    amount: Amount::Percent,
    meaning: "how much more a week may have before the finding has its full severity",
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
    severity: Severity::Warning,
    summary: "A week has at most 30 % more distance than the most of the last four",
    explanation: "Beginners who added more than 30 % in two weeks had more injuries of the kind that distance causes than \
those who added less than 10 % (Nielsen 2014); a programme with steps of 10 % was no safer than the usual one (Buist \
2008), and a large cohort found single long runs more telling than weeks (see `run-spike`). So the week is compared with \
the **largest of the last four**, not with the last one: a lighter week is no reason to start again. Where a run of those \
weeks states no distance, nothing is said.

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
    let back = usize::try_from(report.limit(&WEEKS)).unwrap_or(usize::MAX);
    let metres: Vec<Option<Decimal>> = plan.weeks.iter().map(training_metres).collect();
    for (index, week) in plan.weeks.iter().enumerate() {
        let window: Option<Vec<Decimal>> = metres[index.saturating_sub(back)..index].iter().copied().collect();
        let before = window.and_then(|window| window.into_iter().max()).filter(|before| *before > Decimal::ZERO);
        let (Some(before), Some(now)) = (before, metres[index]) else { continue };
        let percent = (now - before) * Decimal::ONE_HUNDRED / before;
        if percent <= small {
            continue;
        }
        let unit = run_unit(&week.sessions);
        let message = format!(
            "week {} has {} % more distance than the most of the {back} weeks before: {} after {}{}",
            week.number,
            beside(percent, small),
            unit.shown(now),
            unit.shown(before),
            report.basis(Some("Nielsen 2014"), &[&SMALL, &MOST, &WEEKS])
        );
        let finding = report.finding(message);
        let finding = if percent > most { finding } else { finding.lowered() };
        let help = format!("add {small} % at most, or a week in between");
        report.add(finding.at(week.place(plan.program), "in this phase").help(help));
    }
}

/// The distance of a week; `None` also for a week with a race, whose length is not the plan's choice.
fn training_metres(week: &WeekView<'_>) -> Option<Decimal> {
    let race = week.sessions.iter().any(|session| session.kind() == regimen_model::vocabulary::SessionKind::Race);
    if race { None } else { week.metres() }
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
        assert!(of(&["distance: 30 km", "distance: 39 km"])[0].starts_with('?'));
        assert!(of(&["distance: 13.8 km", "distance: 15.2 km"])[0].contains(" 10.1 % more"));
        assert_eq!(of(&["distance: 30 km", "distance: 33 km"]), [""; 0]);
        assert_eq!(of(&["distance: 30 km", "distance: 15 km", "distance: 33 km"]), [""; 0], "after a lighter week");
        assert_eq!(of(&["distance: 30 km", "time: 3 h", "distance: 60 km"]), [""; 0], "nobody knows");
    }
}
