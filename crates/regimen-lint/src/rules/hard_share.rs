//! `hard-share`: most days are easy ones.

use std::collections::BTreeMap;

use super::Citation;
use super::hard_hard::EFFORT;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{Hard, PlanView, WeekView};
use regimen_model::diagnostic::Severity;
use rust_decimal::Decimal;

const MOST: Threshold = Threshold {
    key: "most",
    default: "50 %",
    other: "34 %",
    amount: Amount::Percent,
    meaning: "the largest share of a week's days of endurance training that may be hard",
};
const DAYS: Threshold = Threshold {
    key: "days",
    default: "3",
    other: "4",
    amount: Amount::Count,
    meaning: "how many hard days a week has at least before it is asked",
};

pub(super) static RULE: Rule = Rule {
    code: "hard-share",
    severity: Severity::Warning,
    summary: "Half of the days of endurance training are easy, or more",
    explanation: "Endurance athletes of many sports train hard in about one session of five. Who trains seldom may train hard more often, but \
not on every day. A day is hard as in `hard-hard`: by a stated RPE of 8 or more, a heart rate zone of 4 or more, a pace of `threshold` or faster, or one that is much \
faster than most of the plan, or a race or test; texts are not read. Weeks with three hard days or more are asked, and turns of a cycle with as many in seven days; lighter weeks and phases of kind `rehab` are not. The half is a convention: the source \
describes what athletes do, and does not set a limit.

Wrong, if all of these are hard:

```yaml
sessions:
  - {session: intervals, day: monday}
  - {session: tempo, day: wednesday}
  - {session: hills, day: friday}
  - {session: track, day: sunday}
```

Right:

```yaml
sessions:
  - {session: intervals, day: tuesday}
  - {session: easy, day: wednesday}
  - {session: tempo, day: friday}
  - {session: long, day: sunday}
```
",
    sources: &[Citation {
        text: "Seiler 2010: What is best practice for training intensity and duration distribution in endurance athletes?",
        address: Some("https://doi.org/10.1123/ijspp.5.3.276"),
    }],
    thresholds: &[MOST, DAYS, EFFORT],
    rising: &[],
    check: Check::Plan(check),
};

/// The days of a week on which endurance is trained, and the hard ones among them.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Share {
    hard: usize,
    all: usize,
}

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let (most, days) = (report.limit(&MOST), report.limit(&DAYS));
    let mut found: BTreeMap<(usize, Share), Vec<&WeekView<'_>>> = BTreeMap::new();
    for week in plan.full_weeks().filter(|week| !week.is_rehab()) {
        let share = share(plan, week, report.limit(&EFFORT));
        let (hard, all) = (Decimal::from(share.hard), Decimal::from(share.all));
        if week.in_seven_days(hard).is_some_and(|hard| hard >= days) && hard * Decimal::ONE_HUNDRED > all * most {
            found.entry((week.phase_index(), share)).or_default().push(week);
        }
    }
    for ((_, Share { hard, all }), in_weeks) in found {
        let numbers: Vec<u32> = in_weeks.iter().map(|week| week.number).collect();
        let message = format!(
            "{hard} of {all} days of endurance training are hard in {}{}",
            plan.weeks_named(&numbers),
            report.basis(None, &[&MOST, &DAYS, &EFFORT])
        );
        let place = in_weeks[0].place(plan.program);
        let help = "make some of them easy, so that the hard ones can be hard";
        report.add_in(&numbers, &[], report.finding(message).at(place, "in this phase first").help(help));
    }
}

fn share(plan: &PlanView<'_>, week: &WeekView<'_>, effort: Decimal) -> Share {
    let mut days: BTreeMap<u32, bool> = BTreeMap::new();
    for session in week.sessions.iter().filter(|session| session.is_endurance()) {
        let hard = matches!(session.hard(effort, plan), Some(Hard::Kind | Hard::Stated));
        *days.entry(session.day).or_default() |= hard;
    }
    Share { hard: days.values().filter(|hard| **hard).count(), all: days.len() }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// A week with hard runs on these days, and easy ones on those.
    fn of(hard: &[&str], easy: &[&str], kind: &str) -> Vec<String> {
        let on = |id: &str, days: &[&str]| -> Vec<String> {
            days.iter().map(|day| format!("{{session: {id}, day: {day}}}")).collect()
        };
        let days = [on("h", hard), on("e", easy)].concat().join(", ");
        let lint = Lint::new().session("h", "run", "{exercise: jog, dose: {distance: 5 km, rpe: 8}}");
        let lint = lint.session("e", "run", "{exercise: jog, dose: {distance: 5 km, rpe: 4}}");
        lint.phases(&[&format!("kind: {kind}, weeks: 2, sessions: [{days}]")]).of("hard-share")
    }

    #[test]
    fn more_than_half_of_the_days_may_not_be_hard() {
        assert_eq!(
            of(&["monday", "wednesday", "friday"], &["sunday"], "build"),
            ["programs/p.yaml:3 3 of 4 days of endurance training are hard in weeks 1-2"]
        );
        assert_eq!(of(&["monday", "wednesday", "friday"], &["tuesday", "thursday", "sunday"], "build"), [""; 0]);
    }

    #[test]
    fn turns_count_for_seven_days() {
        let of = |hard: &[u32]| {
            let hard: Vec<String> =
                hard.iter().map(|day| format!("{{session: h, day: {day}, slot: d{day}}}")).collect();
            let phase = format!("kind: base, days: 18, cycle: 9, sessions: [{}]", hard.join(", "));
            let lint = Lint::new().session("h", "run", "{exercise: jog, dose: {distance: 5 km, rpe: 8}}");
            lint.phases(&[&phase]).of("hard-share")
        };
        assert_eq!(of(&[1, 4, 7]), [""; 0], "2.3 in seven days");
        assert_eq!(of(&[1, 3, 5, 7]), ["programs/p.yaml:3 4 of 4 days of endurance training are hard in turns 1-2"]);
    }

    #[test]
    fn two_hard_days_and_lighter_weeks_are_not_asked() {
        assert_eq!(of(&["monday", "wednesday"], &["sunday"], "build"), [""; 0]);
        assert_eq!(of(&["monday", "wednesday", "friday"], &[], "taper"), [""; 0]);
        assert_eq!(of(&["monday", "wednesday", "friday"], &[], "rehab"), [""; 0]);
    }
}
