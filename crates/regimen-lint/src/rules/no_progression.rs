//! `no-progression`: weeks that repeat each other.

use super::{ACSM_2009, CONVENTION};
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{PlanView, Task, WeekView};
use regimen_model::diagnostic::Severity;
use rust_decimal::Decimal;

const WEEKS: Threshold = Threshold {
    key: "weeks",
    default: "3",
    other: "4",
    amount: Amount::Count,
    meaning: "how many weeks in a row with the same work are too many",
};

pub(super) static RULE: Rule = Rule {
    code: "no-progression",
    severity: Severity::Info,
    summary: "The work does not stay the same for three weeks",
    explanation: "Muscles adapt to what they are asked for, and then stop. So the work grows: a repetition, a set, some \
effort or some load more. That it grows is the source's; how many weeks may be the same is a convention. Compared are the exercises and doses of the main and accessory parts, in weeks that have hard \
sets. Weeks whose doses are all ranges of repetitions, or as many as possible, or that grow by results (`double`), leave the growth to the athlete and are \
not asked; nor are lighter phases and those of kind `rehab`. Turns of a cycle count by their days: three weeks are 21 days.

Wrong:

```yaml
weeks: 4
sessions: [{session: strength, day: monday}]
```

Right:

```yaml
weeks: 4
sessions: [{session: strength, day: monday}]
progression:
  - exercise: deadlift
    linear: {add: 1 reps, cap: 10 reps}
```
",
    sources: &[ACSM_2009, CONVENTION],
    thresholds: &[WEEKS],
    rising: &[],
    check: Check::Plan(check),
};

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let most = report.limit(&WEEKS);
    let mut row: Vec<&WeekView<'_>> = Vec::new();
    for week in &plan.weeks {
        let asked = !week.is_light() && !week.is_rehab() && week.hard_sets() > 0 && !grows_by_itself(week);
        if !asked {
            say(plan, &row, most, report);
            row.clear();
            continue;
        }
        if row.last().is_some_and(|last| last.work() != week.work()) {
            say(plan, &row, most, report);
            row.clear();
        }
        row.push(week);
    }
    say(plan, &row, most, report);
}

fn say(plan: &PlanView<'_>, row: &[&WeekView<'_>], most: Decimal, report: &mut Report<'_>) {
    let days: u32 = row.iter().map(|week| week.days()).sum();
    let is_long = Decimal::from(days) >= most.saturating_mul(Decimal::from(7));
    let ([first, _, ..], true) = (row, is_long) else { return };
    let numbers: Vec<u32> = row.iter().map(|week| week.number).collect();
    let named = plan.weeks_named(&numbers);
    let message = format!("the work is the same in {named}{}", report.basis(None, &[&WEEKS]));
    let finding = report.finding(message).at(first.place(plan.program), "from this phase on");
    report.add_in(&numbers, &[], finding.help("let it grow with a `progression`, or shorten the phase"));
}

/// Whether the athlete adds repetitions within what the plan says.
fn grows_by_itself(week: &WeekView<'_>) -> bool {
    week.sessions.iter().flat_map(|session| session.hard_tasks()).all(Task::grows_by_itself)
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(weeks: u32, dose: &str, more: &str) -> Vec<String> {
        let phase = format!("kind: base, weeks: {weeks}, sessions: [{{session: s, day: monday}}]{more}");
        let main = format!("{{exercise: hinge, dose: {{{dose}}}}}");
        Lint::new().session("s", "strength", &main).phases(&[&phase]).of("no-progression")
    }

    #[test]
    fn three_weeks_of_the_same_are_reported() {
        assert_eq!(of(3, "reps: 8", ""), ["programs/p.yaml:3 the work is the same in weeks 1-3"]);
        assert_eq!(of(2, "reps: 8", ""), [""; 0]);
        assert_eq!(of(5, "reps: 8", ", progression: [{exercise: hinge, linear: {add: 1 reps, every: 2}}]"), [""; 0]);
        assert_eq!(of(9, "reps: 8-12", ""), [""; 0], "the athlete adds repetitions");
        assert_eq!(of(9, "reps: 8, rpe: 3", ""), [""; 0], "no hard sets");
    }

    #[test]
    fn turns_count_by_their_days() {
        let of = |days: u32| {
            let phase = format!("kind: base, days: {days}, cycle: 4, sessions: [{{session: s, day: 1}}]");
            Lint::new().session("s", "strength", "{exercise: hinge}").phases(&[&phase]).of("no-progression")
        };
        assert_eq!(of(20), [""; 0]);
        assert_eq!(of(24), ["programs/p.yaml:3 the work is the same in turns 1-6"]);
    }
}
